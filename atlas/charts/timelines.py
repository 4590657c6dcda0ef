"""Agreements, courses and series of meetings along the years."""

from dataclasses import dataclass
from datetime import date

import pandas as pd

from atlas.charts.bars import SIGNS, Bars, Line, Mark, years
from atlas.charts.counts import programme_legend
from atlas.charts.plot import Plot
from atlas.look.palette import PROGRAMME_COLOURS
from atlas.model.atlas import Atlas
from atlas.records.dates import bounds
from atlas.words import values
from atlas.words.translator import IN_LISTS, Translator

SHORT = 0.12  # years; a shorter span is a mark, since a bar of that length could not be seen


@dataclass(frozen=True)
class Span:
    """One line of a time line, from ``first`` to ``last`` (partial dates); without ``first`` it has words but no bar.

    ``record``: the id of what it stands for.
    """

    record: str
    title: str
    said: str
    first: str | None
    last: str | None
    colour: str
    open_ended: bool
    sources: tuple[str, ...]


def periods(atlas: Atlas, rows: pd.DataFrame, translate: Translator, title: str) -> Plot | None:
    """Which time each figure counts, as a bar from its first to its last day. None when no row has a period."""
    spans = []
    for row in atlas.records("figures", rows.index):
        first = row["period_from"] or (None if row["cumulative"] else row["as_of"])
        if not first:
            continue
        last = row["period_to"] or row["as_of"]
        said = f"{values.amount(row, translate)} · {values.when(row, translate, IN_LISTS)}"
        colour = PROGRAMME_COLOURS[row["programme"]]
        spans.append(Span(row["id"], translate.text(row, "title"), said, first, last, colour, not last, row["sources"]))
    return timeline(spans, translate, title, programme_legend(atlas, rows["programme"], translate))


def agreement_spans(rows: list[dict], translate: Translator, colour: str) -> list[Span]:
    """Agreements with the term that is stated for them; without one, with the day of their signature."""
    spans = []
    for row in rows:
        begin = (row["valid_from"], row["signed_on"]) if row["valid_until"] else (row["signed_on"], row["valid_from"])
        first = begin[0] or begin[1]
        term = translate.period(row["valid_from"], row["valid_until"], IN_LISTS) if row["valid_until"] else ""
        said = [
            translate("signed {day}", day=translate.date(row["signed_on"], IN_LISTS))
            if row["signed_on"]
            else translate("date of signature not stated"),
            translate("term {period}", period=term) if term else translate("end of term not stated"),
        ]
        spans.append(
            Span(
                row["id"],
                translate.text(row, "title"),
                " · ".join(said),
                first,
                row["valid_until"],
                colour,
                bool(first) and not row["valid_until"],
                row["sources"],
            )
        )
    return spans


def event_spans(rows: list[dict], translate: Translator, colour: str) -> list[Span]:
    """Events on the days on which they were held."""
    return [
        Span(
            row["id"],
            translate.text(row, "title"),
            values.event_date(row, translate, IN_LISTS),
            row["date_from"],
            row["date_to"] or row["date_from"],
            colour,
            False,
            row["sources"],
        )
        for row in rows
    ]


def timeline(
    spans: list[Span], translate: Translator, title: str, legend: tuple[tuple[str, str], ...] = ()
) -> Plot | None:
    """Spans under each other in the order of their beginning. None when none has a date."""
    ordered = sorted(spans, key=lambda span: span.first or "9999")
    ends = {span: _ends(span) for span in ordered if span.first}
    if not ends:
        return None
    axis = years(min(begin for begin, _ in ends.values()), max(end for _, end in ends.values()))
    lines = tuple(
        Line(span.title, span.said, (_mark(span, *ends[span]),) if span in ends else (), records=(span.record,))
        for span in ordered
    )
    frame = pd.DataFrame([(span.title, span.said) for span in ordered], columns=[translate("Title"), translate("Time")])
    marks = {mark.sign for line in lines for mark in line.marks}
    notes = {"moment": translate("at one time"), "at_least": translate("end not stated")}
    note = " · ".join(f"{SIGNS[sign]} {said}" for sign, said in notes.items() if sign in marks)
    cited = tuple(dict.fromkeys(source for span in spans for source in span.sources))
    return Plot(title, Bars(lines, axis), note, cited, frame, legend)


def _ends(span: Span) -> tuple[float, float]:
    assert span.first
    return year(bounds(span.first)[0]), year(bounds(span.last or span.first)[1], 1)


def _mark(span: Span, begin: float, end: float) -> Mark:
    if end - begin < SHORT:
        begin = end = (begin + end) / 2
    sign = "at_least" if span.open_ended else "moment" if begin == end else ""
    return Mark(begin, end, span.colour, sign=sign)


def middle(event: dict) -> tuple[date, float]:
    """The middle of the time in which an event began: its earliest day, and the days from there."""
    first, last = bounds(event["date_from"])
    return first, (last - first).days / 2


def year(day: date, more: float = 0) -> float:
    """A day, and so many days more, as a year with its fraction."""
    start = date(day.year, 1, 1)
    return round(day.year + ((day - start).days + more) / ((date(day.year + 1, 1, 1) - start).days), 3)
