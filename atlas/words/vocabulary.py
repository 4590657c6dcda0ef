"""Words for the allowed values of the tables, which the schema holds, and for what is no value of a table."""

from collections.abc import Iterable
from typing import Any

from atlas.model import signs
from atlas.model.atlas import Atlas
from atlas.model.commitments import NO_EVIDENCE
from atlas.records import Field
from atlas.words.languages import LOCALES
from atlas.words.translator import IN_LISTS, Translator


def of_field(field: Field, translate: Translator) -> dict[str, str]:
    """The allowed values of a column in words; empty for a column that takes any."""
    return {value: translate(label) for value, label in field.categories.items()}


def labels(atlas: Atlas, column: str, translate: Translator) -> dict[str, str]:
    """The allowed values of a column in words, in the order of legends.

    :param column: ``<table>.<column>``.
    """
    table, _, name = column.partition(".")
    return of_field(atlas.schema.tables[table].field(name), translate)


def label(atlas: Atlas, column: str, row: Any, translate: Translator) -> str:
    """What a record has in a column with allowed values, in words; empty where it has nothing, see :func:`labels`."""
    value = row[column.partition(".")[2]]
    return labels(atlas, column, translate)[value] if value else ""


def reasons(translate: Translator) -> dict[str, str]:
    """By what a place is found, see :class:`atlas.model.recognition.Candidate`."""
    return {
        "name_vi": translate("Vietnamese name"),
        "name_zh": translate("Chinese name"),
        "name_pinyin": translate("Pinyin"),
        "name_en": translate("English name"),
        "also_known_as": translate("another name"),
        "name_zh_variants": translate("another Chinese form"),
        "official_code": translate("official code"),
        "slug": translate("name in addresses"),
        "id": translate("id"),
        "former_name": translate("name of a unit before it"),
        "later_name": translate("name of a unit after it"),
        "other_parent": translate("lies elsewhere"),
        "misspelling": translate("spelled nearly so"),
    }


def commitment_states(translate: Translator) -> dict[str, str]:
    """The states of a commitment in words."""
    return {
        "done": translate("Done"),
        "under_way": translate("Under way"),
        "taken_up_again": translate("Taken up again later"),
        "replaced": translate("Replaced"),
        NO_EVIDENCE: translate("No evidence found"),
    }


def finding_kinds(translate: Translator) -> dict[str, str]:
    """The kinds of what is found in a contribution, in words."""
    return {
        "error": translate("To correct"),
        "reading": translate("To confirm"),
        "twin": translate("May be there already"),
        "note": translate("For information"),
    }


def group_text(translate: Translator) -> str:
    """What the map says of twinnings that stand together as one mark; the browser puts their number for ``{n}``."""
    return translate("{n} twinnings here; click to come closer", n="{n}")


def several_text(translate: Translator) -> str:
    """What the mark of a place says that has several twinnings; the browser puts their number for ``{n}``."""
    return translate("{n} twinnings here; click to list them", n="{n}")


def control_names(translate: Translator) -> dict[str, str]:
    """The names of what moves the map and closes a list on it."""
    return {
        "whole": translate("Whole border"),
        "closer": translate("Zoom in"),
        "farther": translate("Zoom out"),
        "close": translate("Close"),
        "fingers": translate("Use two fingers to move the map"),
        "map": translate(
            "Map: arrow keys go from one to the next from west to east, Enter opens, Escape leaves, plus and minus zoom"
        ),
    }


def legend_names(translate: Translator) -> dict[str, str]:
    """What the legend on the map says beside the names of levels and layers."""
    return {
        "head": translate("Legend"),
        "levels": translate("Levels on the map"),
    }


def sign_names(translate: Translator, layers: Iterable[str] = ()) -> dict[str, str]:
    """The signs on the map beside those of levels, in the order of the legend, with some of its layers."""
    return {
        "ended": translate("A side no longer exists"),
        "successor": translate("Unit of today that stands in"),
        **{layer: layer_names(translate)[layer] for layer in layers},
        "border": translate("Land border"),
        "area": translate("Approximate area"),
        "at_border": translate("Commune at the border, approximate"),
    }


def changed_since(release: str, translate: Translator) -> str:
    """What the map says of twinnings that are new or have changed since a release."""
    return translate("New or changed since {day}", day=translate.date(release, IN_LISTS))


def layer_names(translate: Translator) -> dict[str, str]:
    """The layers of ``MARKS`` in words."""
    return {
        "crossings": translate("Gates and crossings"),
        "study": translate("Cities and institutions of study"),
    }


def units(atlas: Atlas, translate: Translator) -> dict[tuple[str, str], str]:
    """What one unit of a value is, by measure and rate; only values of one unit may share an axis or a sum."""
    rates = {
        "total": "{unit}",
        "per_year": translate("{unit} a year", unit="{unit}"),
        "per_month": translate("{unit} a month", unit="{unit}"),
        "per_day": translate("{unit} a day", unit="{unit}"),
    }
    return {
        (measure, rate): form.format(unit=name)
        for rate, form in rates.items()
        for measure, name in labels(atlas, "figures.measure", translate).items()
    }


def scene_kinds(translate: Translator) -> dict[str, str]:
    """The kinds of scene in words."""
    return {
        "cover": translate("Cover"),
        "message": translate("Results"),
        "parts": translate("Totals and their parts"),
        "flow": translate("From where to where"),
        "route": translate("A course and its route"),
        "map": translate("Twinnings on the map"),
        "unrolled": translate("Along the border"),
        "clusters": translate("Clusters of twinned communities"),
        "pair": translate("One twinning"),
        "agreements": translate("Agreements along the years"),
        "series": translate("Series of meetings"),
        "matrix": translate("Twinnings by province and level"),
        "commitments": translate("What was agreed, and what sources say of it"),
        "reform": translate("Who signs again"),
        "text": translate("Text"),
        "decisions": translate("Proposals and decisions"),
    }


def decision_states(translate: Translator) -> dict[str, str]:
    """The states of what was proposed at a meeting, in words."""
    return {"proposed": translate("proposed"), "agreed": translate("agreed"), "done": translate("done")}


def reform_cases(translate: Translator) -> dict[str, str]:
    """The cases in which a twinning is that lost a unit, in words."""
    return {
        "one": translate("One successor"),
        "several": translate("Several successors"),
        "shared": translate("Shared successor"),
        "none": translate("No successor at its level"),
    }


def resigning_states(translate: Translator) -> dict[str, str]:
    """How far it is with a unit at the desk for re-signing, in words; the second is an office's own note."""
    return {
        "open": translate("Open"),
        "drafted": translate("Letter drafted"),
        "renewed": translate("Renewed by a source"),
    }


def record_kinds(translate: Translator) -> dict[str, str]:
    """What one record of each kind is called that has a page, see :mod:`atlas.model.addresses`."""
    return {
        "twinning": translate("Twinning"),
        "place": translate("Place"),
        "agreement": translate("Agreement"),
        "event": translate("Meeting or course"),
        "commitment": translate("Commitment"),
        "source": translate("Source"),
        "figure": translate("Figure"),
        "discrepancy": translate("Point on which sources disagree"),
    }


def disagreement_topics(translate: Translator) -> dict[str, str]:
    """What points on which sources disagree are about, in words."""
    return {
        "twinnings": translate("Twinnings"),
        "study": translate("Scholarships and study"),
        "training": translate("Training"),
        "labour": translate("Labour"),
        "meetings": translate("Meetings and agreements"),
        "places": translate("Places and units"),
    }


def language_name(code: str, translate: Translator) -> str:
    """The name of a source's language, as the reader calls it; its code where no name is known."""
    return LOCALES[translate.language].languages.get(code.partition("-")[0], code)


def seen(value: str, translate: Translator) -> str:
    """When twinnings were last seen in a source, by a value of the filter, see :func:`atlas.model.signs.passes`."""
    if value == signs.NEVER:
        return translate("no dated contact found in a source")
    return translate("before {year}", year=value)
