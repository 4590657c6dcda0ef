"""Words for what the tables hold as keys: the name of any record, and of any allowed value."""

from typing import Any

from atlas.model.atlas import Atlas
from atlas.records import Field
from atlas.words import vocabulary
from atlas.words.languages import LANGUAGE_NAMES
from atlas.words.naming import record_name
from atlas.words.translator import Translator
from atlas.words.vocabulary import discrepancy_states

SUFFIXES = {"_vi": (" (Vietnamese)", "vi"), "_zh": (" (Chinese)", "zh"), "_en": (" (English)", "en")}


def title(field: Field) -> str:
    """The message id of a column's title; columns of one text in three languages share it."""
    suffix, _ = SUFFIXES.get(field.name[-3:], ("", None))
    return field.title.removesuffix(suffix)


def title_with_language(field: Field, translate: Translator) -> str:
    """A column's title, with the language where it is one of three columns of the same text."""
    suffix, language = SUFFIXES.get(field.name[-3:], ("", ""))
    return (
        f"{translate(title(field))} ({LANGUAGE_NAMES[language]})"
        if suffix and field.title.endswith(suffix)
        else translate(field.title)
    )


def of_field(table: str, field: Field, translate: Translator) -> dict[str, str]:
    """The allowed values of one column in words; empty for a column that takes any."""
    elsewhere = {
        ("sources", "kind"): vocabulary.source_kinds,
        ("places", "coordinate_precision"): vocabulary.precisions,
        ("places", "gate_class"): vocabulary.gate_classes,
        ("twinnings", "level"): vocabulary.level_names,
        ("totals", "levels"): vocabulary.level_names,
        ("twinnings", "status"): vocabulary.statuses,
        ("agreements", "subject"): vocabulary.subjects,
        ("events", "kind"): vocabulary.kinds,
        ("events", "series"): vocabulary.series,
        ("series_members", "series"): vocabulary.series,
        ("commitments", "field"): vocabulary.commitment_fields,
        ("commitments", "basis"): vocabulary.commitment_bases,
        ("commitment_evidence", "kind"): vocabulary.evidence_kinds,
        ("commitment_evidence", "link"): vocabulary.evidence_links,
        ("figures", "programme"): vocabulary.programmes,
        ("figures", "category"): vocabulary.categories,
        ("figures", "outcome"): vocabulary.outcomes,
    }
    if (table, field.name) in elsewhere:
        return elsewhere[table, field.name](translate)
    if field.name == "confidence":
        return vocabulary.confidences(translate)
    if (table, field.name) == ("figures", "measure"):
        return {measure: unit for (measure, rate), unit in vocabulary.units(translate).items() if rate == "total"}
    words = _words(translate)
    return {value: words[value] for value in field.enum}


def _words(translate: Translator) -> dict[str, str]:
    """Allowed values that no card shows by themselves."""
    return {
        "VN": translate("Vietnam"),
        "CN": translate("China"),
        "country": translate("country"),
        "province": translate("province"),
        "region": translate("autonomous region"),
        "prefecture": translate("prefecture or prefecture-level city"),
        "district": translate("district"),
        "county": translate("county"),
        "commune": translate("commune or ward"),
        "township": translate("township"),
        "village": translate("village"),
        "border_gate": translate("border gate"),
        "institution": translate("institution"),
        "attested": translate("attested by a source"),
        "proposed": translate("proposed by rule"),
        "merged": translate("merged"),
        "split": translate("split"),
        "renamed": translate("renamed"),
        "unchanged": translate("unchanged"),
        "abolished": translate("abolished"),
        "signed": translate("signed"),
        "agreed": translate("agreed, signature not reported"),
        "planned": translate("Planned"),
        "held": translate("held"),
        "in_person": translate("In person"),
        "online": translate("Online"),
        "field_of_study": translate("field of study"),
        "theme": translate("course theme"),
        "sector": translate("sector"),
        "exact": translate("exact"),
        "at_least": translate("at least"),
        "about": translate("about"),
        "range": translate("from – to"),
        "not_stated": translate("not stated"),
        "total": translate("in total"),
        "per_year": translate("per year"),
        "per_month": translate("per month"),
        "per_day": translate("per day"),
        "both": translate("for both sides"),
        "own": translate("for one's own side"),
        "none": translate("in no paper"),
        "twinnings": translate("twinnings"),
        "vn_localities": translate("Vietnamese localities"),
        "cn_localities": translate("Chinese localities"),
        **discrepancy_states(translate),
    }


def cell(atlas: Atlas, field: Field, value: Any, words: dict[str, str], translate: Translator) -> Any:
    """A value of a table as a reader sees it: names for ids (sources keep theirs), ``words`` for allowed values, lists in one line."""
    if field.many or field.references:
        items = value if isinstance(value, tuple) else (value,) if value else ()
        if field.references and field.references != "sources":
            return "; ".join(record_name(atlas, field.references, item, translate) for item in items)
        return "; ".join(words[item] if field.enum else item for item in items)
    if field.type == "boolean":
        return translate("yes") if value else translate("no")
    if field.enum:
        return words[value] if value else ""
    return "" if value is None else value
