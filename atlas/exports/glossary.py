"""The interpreter's glossary: the terms of a session or a selection side by side, as tables, a paper and a term base."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

import pandas as pd

from atlas import SPOKEN
from atlas.exports import about, excel
from atlas.exports.rows import referred, selected, with_lineage
from atlas.exports.tables import Table
from atlas.model import terms
from atlas.model.atlas import Atlas, cached
from atlas.model.gazetteer import PROPOSED
from atlas.model.selection import Selection
from atlas.model.spelling import fold
from atlas.model.terms import GROUPS, Term
from atlas.words import naming, vocabulary
from atlas.words.languages import in_order
from atlas.words.translator import IN_LISTS, Translator
from atlas.words.voice import Voice

OTHER = "other"  # a value that names nothing


def groups(translate: Translator) -> dict[str, str]:
    """The groups of terms in words."""
    return {
        "places": translate("Places"),
        "bodies": translate("Bodies"),
        "papers": translate("Titles of papers and meetings"),
        "fields": translate("Fields"),
    }


def bases(translate: Translator) -> dict[str, str]:
    """What a Chinese name rests on, in words."""
    return {
        "attested": translate("attested by a source"),
        "proposed": translate("proposed by rule"),
        "not_stated": translate("not stated"),
        "worded": translate("worded by the atlas"),
    }


def of(atlas: Atlas, selection: Selection | None) -> list[Term]:
    """The terms of the meetings that are open, see :func:`atlas.model.terms.of_meetings`; otherwise of a selection.

    A text that is searched for is looked for in the terms. Places have the units above them and those that came after.
    """
    chosen = selection or Selection()
    meetings = tuple(one for one in chosen.record if one in atlas.table("events").index)
    found = _terms(atlas, meetings, replace(chosen.chosen, q=""))
    needle = fold(chosen.q)
    return [one for one in found if one.says(needle)] if needle else list(found)


@cached(50)
def _terms(atlas: Atlas, meetings: tuple[str, ...], selection: Selection) -> tuple[Term, ...]:
    titled: tuple[str, ...]
    if meetings:
        rows, titled = terms.of_meetings(atlas, meetings), terms.MADE
        places = with_lineage(atlas, referred(atlas.schema.tables, rows, "places"))
    else:
        rows, titled = selected(atlas, selection), terms.MADE[:1]
        places = rows["places"]["id"].tolist()
    found = [
        *terms.places(atlas, places),
        *_values("bodies", "events.series", rows["events"]["series"], atlas),
        *terms.bodies(atlas, rows["twinning_members"]),
        *terms.papers(rows, titled),
        *_values("fields", "commitments.field", rows["commitments"]["field"], atlas),
        *terms.fields(atlas, rows["figures"]),
    ]
    return tuple(sorted(found, key=lambda one: GROUPS.index(one.group)))


def _values(group: str, column: str, used: Iterable[str | None], atlas: Atlas) -> Iterator[Term]:
    """The allowed values of a column that records have, in the order of the schema."""
    spoken = {code: vocabulary.labels(atlas, column, Translator(code)) for code in SPOKEN}
    wanted = set(used) - {None, OTHER}
    for value in filter(wanted.__contains__, spoken["vi"]):
        vi, zh, en = (spoken[code][value] for code in ("vi", "zh", "en"))
        yield Term(group, column, value, vi, zh, "", en, "worded")


def kind(atlas: Atlas, term: Term, translate: Translator) -> str:
    """What a term names: a commune and until when it was one, a series of meetings, the subject of an agreement."""
    match term.table:
        case "places":
            named, until = naming.kind(atlas, term.id, translate), atlas.places[term.id]["valid_until"]
            day = translate("until {day}", day=translate.date(until, IN_LISTS)) if until else ""
            return translate.join(filter(None, (named, day)))
        case "agreements":
            (row,) = atlas.records(term.table, [term.id])
            subject = vocabulary.label(atlas, "agreements.subject", row, translate)
            return translate("Agreement") if row["subject"] == OTHER else subject
        case "events" | "events.series":
            return translate("Meeting") if term.table == "events" else translate("Series")
        case "twinnings":
            return translate("Twinned body")
    return translate("Field of study or theme") if term.table == "fields" else translate("Field of commitments")


def chinese(term: Term) -> str:
    """The Chinese name with its mark where it is only proposed."""
    return f"{term.zh}{PROPOSED}" if term.zh and term.basis == "proposed" else term.zh


def table(atlas: Atlas, found: list[Term], translate: Translator, order: str) -> pd.DataFrame:
    """The terms in words, one a row.

    :param order: the language whose own names stand first.
    """
    vietnamese = {translate("Vietnamese name"): [one.vi for one in found]}
    names = {
        translate("Chinese name"): [chinese(one) for one in found],
        translate("Pinyin"): [one.pinyin for one in found],
    }
    first, second = in_order(order, vietnamese, names)
    said, named = bases(translate), groups(translate)
    columns = {
        translate("Group"): [named[one.group] for one in found],
        **first,
        **second,
        translate("English name"): [one.en for one in found],
        translate("Kind"): [kind(atlas, one, translate) for one in found],
        translate("Basis of the Chinese name"): [said[one.basis] if one.zh else "" for one in found],
        translate("Id"): [one.id for one in found],
    }
    return pd.DataFrame(columns)


def xlsx(atlas: Atlas, selection: Selection | None, language: str) -> bytes:
    """The terms as an Excel workbook, after a sheet that says what it is; in two languages each cell has both."""
    voice, found = Voice(language), of(atlas, selection)
    name = voice(lambda translate: translate("Glossary"), " ")
    spoken = [table(atlas, found, translate, voice.first.language) for translate in voice.translators]
    said = [line for translate in voice.translators for line in statements(atlas, selection, translate)]
    return excel.workbook(atlas, said, {name: spoken}, voice)


def statements(atlas: Atlas, selection: Selection | None, translate: Translator) -> list[tuple[str, str]]:
    """What a file of terms says of itself: of what it is, what its marks mean, and what every export says."""
    said = about.about(atlas, selection, translate)
    if subject := scope(atlas, selection, translate):
        said = [(label, subject if label == translate("Selection") else text) for label, text in said]
    return [(translate("Glossary"), note(translate)), *said]


def note(translate: Translator) -> str:
    """What is attested and what is not."""
    return translate(
        "A Chinese name is attested where a source prints it. Titles, names of twinned bodies, series and fields are worded by the atlas, not quoted."
    )


def scope(atlas: Atlas, selection: Selection | None, translate: Translator) -> str:
    """The meetings whose terms they are; empty where a selection says it."""
    events = atlas.table("events").index
    chosen = [one for one in (selection or Selection()).record if one in events]
    return translate.join_long(naming.record_name(atlas, "events", one, translate) for one in chosen)


def tables(atlas: Atlas, found: list[Term], voice: Voice) -> list[Table]:
    """The terms as tables of a paper, one a group, with the sources on which their names rest."""
    language = voice.first.language
    order = in_order(language, ("vi",), ("zh", "pinyin"))
    columns = (*order[0], *order[1], "en")
    heads = {
        "vi": voice(lambda translate: translate("Vietnamese name")),
        "zh": voice(lambda translate: translate("Chinese name")),
        "pinyin": voice(lambda translate: translate("Pinyin")),
        "en": voice(lambda translate: translate("English name")),
    }
    made = []
    for group in GROUPS:
        rows = [one for one in found if one.group == group]
        cells = [
            (
                *(chinese(one) if column == "zh" else getattr(one, column) for column in columns),
                voice(lambda translate, one=one: kind(atlas, one, translate)),
                voice(lambda translate, one=one: bases(translate)[one.basis]) if one.zh else "",
            )
            for one in rows
        ]
        made.append(
            Table(
                voice(lambda translate, group=group: groups(translate)[group]),
                (
                    *map(heads.__getitem__, columns),
                    voice(lambda translate: translate("Kind")),
                    voice(lambda translate: translate("Basis of the Chinese name")),
                ),
                (24, 22, 22, 22, 30, 16),
                tuple(cells),
                tuple(one.id for one in rows),
                tuple(one.sources for one in rows),
            )
        )
    return made
