"""Numbers, dates and places of records in words."""

from collections.abc import Callable, Iterable

import pandas as pd

from atlas.model.atlas import Atlas
from atlas.words.translator import FORMATS, Translator

MOST_PUBLISHERS = 6  # that a line under a chart names; the cards of the records name all


def quantity(row: dict, translate: Translator, write: Callable[[float], str] | None = None) -> str:
    """A value with its qualifier, e.g. "at least 2,000" or "18–25".

    :param write: how a number is written; as the language does if left out.
    """
    write = write or translate.number
    value = write(row["value"])
    if row["qualifier"] == "range":
        return f"{value}–{write(row['value_max'])}"
    if row["qualifier"] == "at_least":
        return translate("at least {value}", value=value)
    if row["qualifier"] == "about":
        return translate("about {value}", value=value)
    return value


def amount(row: dict, translate: Translator) -> str:
    """A figure's value with qualifier, unit and rate, e.g. "at least 2,000 trips"; never a zero for what is not stated."""
    if pd.isna(row["value"]):
        return translate("number not stated")
    n = 2 if row["qualifier"] == "range" else int(row["value"])
    text = _counted(row["measure"], quantity(row, translate), n, translate)
    match row["rate"]:
        case "per_year":
            return translate("{unit} a year", unit=text)
        case "per_month":
            return translate("{unit} a month", unit=text)
        case "per_day":
            return translate("{unit} a day", unit=text)
    return text


def _counted(measure: str, value: str, n: int, translate: Translator) -> str:
    """So many of what a measure counts; ``n`` decides between one and several."""
    amounts = {
        "money_cny": translate("{value} yuan", value=value),
        "money_vnd": translate("{value} đồng", value=value),
        "kilometres": translate("{value} km", value=value),
    }
    match measure:
        case "persons":
            return translate.plural("{value} person", "{value} persons", n, value=value)
        case "scholarships":
            return translate.plural("{value} scholarship", "{value} scholarships", n, value=value)
        case "courses":
            return translate.plural("{value} course", "{value} courses", n, value=value)
        case "trips":
            return translate.plural("{value} trip", "{value} trips", n, value=value)
        case "permits":
            return translate.plural("{value} permit", "{value} permits", n, value=value)
        case "crossings":
            return translate.plural("{value} crossing", "{value} crossings", n, value=value)
        case "pairs":
            return translate.plural("{value} pair", "{value} pairs", n, value=value)
        case "missions":
            return translate.plural("{value} delegation or meeting", "{value} delegations or meetings", n, value=value)
        case "agreements":
            return translate.plural("{value} agreement", "{value} agreements", n, value=value)
    return amounts.get(measure, value)


def when(row: dict, translate: Translator, formats: dict = FORMATS) -> str:
    """The time that a figure speaks of: its period, whether it is cumulative, and the date as of which it is stated.

    :param formats: of dates, see :meth:`Translator.date`.
    """
    first, last = row["period_from"], row["period_to"]
    parts = []
    if row["cumulative"] and first and not last:
        parts.append(translate("cumulative since {day}", day=translate.date(first, formats)))
    elif row["cumulative"]:
        parts.append(translate("cumulative"))
    elif first and not last:
        parts.append(translate("since {day}", day=translate.date(first, formats)))
    if last:
        parts.append(translate.period(first, last, formats))
    text = as_of(row, translate, formats)
    for part in reversed(parts):
        text = translate("{text}, {more}", text=part, more=text)
    return text


def as_of(row: dict, translate: Translator, formats: dict = FORMATS) -> str:
    """The date for which a figure is stated, and whether that date rests on reasoning."""
    if not row["as_of"]:
        return translate("as-of date not stated")
    text = translate("as of {day}", day=translate.date(row["as_of"], formats))
    return translate("{text} (inferred)", text=text) if row["as_of_inferred"] else text


def places(atlas: Atlas, ids: Iterable[str], language: str) -> str:
    """Names of places in one line."""
    return Translator(language).join(atlas.places.name(place, language) for place in ids)


def direction(atlas: Atlas, row: dict, translate: Translator) -> str:
    """From where to where a figure counts; an end that no source names is said to be so."""
    ends = [
        places(atlas, row[side], translate.language) or translate("not stated") for side in ("origin", "destination")
    ]
    return " → ".join(ends)


def event_date(row: dict, translate: Translator, formats: dict = FORMATS) -> str:
    """When an event was held or is planned, and whether that rests on reasoning."""
    text = translate.period(row["date_from"], row["date_to"], formats)
    return translate("{text} (inferred)", text=text) if row["date_inferred"] and row["date_from"] else text


def session(row: dict, translate: Translator) -> str:
    """The number of a meeting in its series, and whether it was counted here or stated by a source."""
    if pd.isna(row["ordinal"]):
        return ""
    number = translate("no. {n}", n=int(row["ordinal"]))
    return translate("{number} (counted, not stated)", number=number) if row["ordinal_inferred"] else number


def term(row: dict, translate: Translator) -> str:
    """The duration that a paper states, and whether its end was counted from it."""
    if not row["term"]:
        return ""
    n = int(row["term"][1:-1])
    text = (
        translate.plural("{n} year", "{n} years", n)
        if row["term"].endswith("Y")
        else translate.plural("{n} month", "{n} months", n)
    )
    return translate("{text} (the end is counted from it)", text=text) if row["valid_until_inferred"] else text


def labels(atlas: Atlas, translate: Translator) -> dict[str, str]:
    """What the map says of each figure, event and agreement, in one line; the browser fetches it once."""
    figures = {
        row["id"]: f"{translate.text(row, 'title')}: {amount(row, translate)} ({as_of(row, translate)})"
        for row in atlas.records("figures", atlas.table("figures").index)
    }
    events = {
        row["id"]: f"{event_date(row, translate)}: {translate.text(row, 'title')}"
        for row in atlas.records("events", atlas.table("events").index)
    }
    agreements = {
        row["id"]: f"{translate.date(row['signed_on'])}: {translate.text(row, 'title')}"
        for row in atlas.records("agreements", atlas.table("agreements").index)
    }
    return figures | events | agreements


def publisher(row: dict, translate: Translator) -> str:
    """The publisher of a source, or its title where none is known, and whether what was read is a copy elsewhere."""
    name = row["publisher"] or row["title"]
    return translate("{publisher}, copy", publisher=name) if row["kind"] == "mirror" else name


def publishers(atlas: Atlas, ids: tuple[str, ...], translate: Translator) -> list[str]:
    """The publishers of sources, each once, see :func:`publisher`."""
    return list(dict.fromkeys(publisher(row, translate) for row in atlas.records("sources", ids)))


def source_line(atlas: Atlas, ids: tuple[str, ...], translate: Translator) -> str:
    """The first publishers of sources in one line, and how many there are beside them."""
    names = publishers(atlas, ids, translate)
    if len(names) > MOST_PUBLISHERS:
        names = [*names[:MOST_PUBLISHERS], translate("and {n} more", n=len(names) - MOST_PUBLISHERS)]
    return translate("Source: {publishers}", publishers=translate.join(names))
