"""What falls due, in words: what it is, on which day or in which time, and what the record says of it."""

from datetime import date

from atlas.model import commitments, meetings
from atlas.model.atlas import Atlas, cached
from atlas.model.calendar import ANNIVERSARY, COMMITMENT, END, KINDS, SESSION, Due, cited_in
from atlas.words import naming, outlook, values, vocabulary
from atlas.words.translator import Translator


def kinds(translate: Translator) -> dict[str, str]:
    """The kinds of what falls due, see :data:`atlas.model.calendar.KINDS`."""
    names = {
        SESSION: translate("Announced meetings"),
        END: translate("Ends of agreements"),
        COMMITMENT: translate("Commitments due"),
        ANNIVERSARY: translate("Round anniversaries"),
    }
    return {kind: names[kind] for kind in KINDS}


def label(one: Due, translate: Translator) -> str:
    """Of which kind one entry is."""
    match one.kind:
        case "session":
            return translate("Announced meeting")
        case "end":
            return translate("End of the agreement")
        case "commitment":
            return translate("Commitment due")
    return translate("{n} years since signing", n=one.years or 0)


def name(atlas: Atlas, one: Due, translate: Translator) -> str:
    """What the record is called; a session by its series and number."""
    row = record(atlas, one)
    if one.kind == SESSION and row["series"]:
        return outlook.session_title(atlas, row, translate)
    return naming.record_name(atlas, one.table, one.id, translate)


def summary(atlas: Atlas, one: Due, translate: Translator) -> str:
    """What falls due in one line, with the time where that is no single day."""
    title = name(atlas, one, translate)
    texts = {
        SESSION: translate("Announced: {title}", title=title),
        END: translate("Ends: {title}", title=title),
        COMMITMENT: translate("Due: {title}", title=title),
        ANNIVERSARY: translate("{n} years: {title}", n=one.years or 0, title=title),
    }
    if len(one.day) == len("2026-11-30"):
        return texts[one.kind]
    return translate("{text} ({time})", text=texts[one.kind], time=some_day(one.day, translate))


def some_day(partial: str, translate: Translator) -> str:
    """That something falls on an unknown day of a month or year."""
    if len(partial) == len("2026"):
        return translate("some day in {year}", year=partial)
    return translate("some day in {month}", month=translate.date(partial))


def said(atlas: Atlas, one: Due, translate: Translator) -> list[str]:
    """What the record says of it, each in a few words."""
    row = record(atlas, one)
    match one.kind:
        case "session":
            texts = [outlook.host(atlas, row, translate)]
            if row["date_inferred"]:
                texts.append(translate("time inferred"))
            if one.id not in _ahead(atlas):
                texts.append(translate("no source found says whether it was held"))
        case "commitment":
            states = vocabulary.commitment_states(translate)
            texts = [
                naming.record_name(atlas, *cited_in(atlas, one), translate),
                states[commitments.state_of(atlas, one.id)],
            ]
        case _:
            signed = translate("signed: {day}", day=translate.date(row["signed_on"])) if row["signed_on"] else ""
            texts = [signed, values.term(row, translate) if one.kind == END else ""]
    return [text for text in texts if text]


@cached(1)
def _ahead(atlas: Atlas) -> frozenset[str]:
    """The announced meetings that could still come on the day of the records."""
    every = atlas.records("events", atlas.table("events").index)
    return frozenset(row["id"] for row in meetings.announced(every, date.fromisoformat(atlas.version), every))


def record(atlas: Atlas, one: Due) -> dict:
    """The row of the record that says so."""
    (row,) = atlas.records(one.table, [one.id])
    return row
