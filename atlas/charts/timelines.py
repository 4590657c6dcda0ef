"""Agreements, courses and series of meetings along the years."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import pandas as pd

from atlas.charts.counts import colour, province_legend, province_of
from atlas.charts.plot import Plot
from atlas.charts.templates import filled, labels, timeline_template
from atlas.look.palette import GREY, PROVINCE_COLOURS
from atlas.look.text import LINE, wrap
from atlas.model.atlas import Atlas
from atlas.records.dates import bounds
from atlas.words import values
from atlas.words.translator import Translator

SHORT = 0.12  # years; a shorter span is a mark, since a bar of that length could not be seen


@dataclass(frozen=True)
class Span:
    """One line of a time line, from ``first`` to ``last`` (partial dates); without ``first`` it has words but no bar."""

    title: str
    said: str
    first: str | None
    last: str | None
    colour: str
    open_ended: bool
    sources: tuple[str, ...]


def periods(atlas: Atlas, rows: pd.DataFrame, translate: Translator, title: str) -> Plot | None:
    """Which time each figure counts, as a bar from its first to its last day. None when no row has a period."""
    spans, provinces = [], []
    for row in atlas.records("figures", rows.index):
        first = row["period_from"] or (None if row["cumulative"] else row["as_of"])
        if not first:
            continue
        shade, province = colour(atlas, row)
        provinces.append(province)
        last = row["period_to"] or row["as_of"]
        spans.append(
            Span(
                translate.text(row, "title"),
                f"{values.amount(row, translate)} · {values.when(row, translate)}",
                first,
                last,
                shade,
                not last,
                row["sources"],
            )
        )
    return timeline(spans, translate, title, province_legend(atlas, provinces, translate))


def pair_colour(atlas: Atlas, agreement: dict) -> tuple[str, str | None]:
    """The colour of an agreement by its Vietnamese side, and the province it stands for (None: several, or none)."""
    province = province_of(atlas, agreement["vn_places"])
    return PROVINCE_COLOURS[province] if province else GREY, province


def agreement_spans(rows: list[dict], translate: Translator, shade: Callable[[dict], str]) -> list[Span]:
    """Agreements with the term that is stated for them; without one, with the day of their signature."""
    spans = []
    for row in rows:
        begin = (row["valid_from"], row["signed_on"]) if row["valid_until"] else (row["signed_on"], row["valid_from"])
        first = begin[0] or begin[1]
        term = translate.period(row["valid_from"], row["valid_until"]) if row["valid_until"] else ""
        said = [
            translate("signed {day}", day=translate.date(row["signed_on"]))
            if row["signed_on"]
            else translate("date of signature not stated"),
            translate("term {period}", period=term) if term else translate("end of term not stated"),
        ]
        spans.append(
            Span(
                translate.text(row, "title"),
                " · ".join(text for text in said if text),
                first,
                row["valid_until"],
                shade(row),
                bool(first) and not row["valid_until"],
                row["sources"],
            )
        )
    return spans


def event_spans(rows: list[dict], translate: Translator, shade: str) -> list[Span]:
    """Events on the days on which they were held."""
    return [
        Span(
            translate.text(row, "title"),
            values.event_date(row, translate),
            row["date_from"],
            row["date_to"] or row["date_from"],
            shade,
            False,
            row["sources"],
        )
        for row in rows
    ]


def timeline(
    spans: list[Span], translate: Translator, title: str, legend: tuple[tuple[str, str], ...] = ()
) -> Plot | None:
    """Spans under each other in the order of their beginning. None when there is none."""
    if not spans:
        return None
    lines, top = [], 0
    ordered = sorted(spans, key=lambda span: span.first or "9999")
    for span in ordered:
        names, said = wrap(span.title), wrap(span.said)
        place = top + LINE * (len(names) + len(said)) + 4
        begin = year(bounds(span.first)[0]) if span.first else None
        end = year(bounds(span.last or span.first)[1], 1) if span.first else None
        short = begin is not None and end is not None and end - begin < SHORT
        lines.append(
            labels(top, names, said)
            | {
                "y": place + 6,
                "x": None if short else begin,
                "x2": end,
                "shape": "triangle-right" if span.open_ended else "diamond" if short else None,
                "colour": span.colour,
            }
        )
        top = place + (26 if span.first else 8)
    spec = filled(timeline_template(translate.language), lines, top)
    frame = pd.DataFrame([(span.title, span.said) for span in ordered], columns=[translate("Title"), translate("Time")])
    note = translate("triangle: end not stated") if any(span.open_ended for span in spans) else ""
    cited = tuple(dict.fromkeys(source for span in spans for source in span.sources))
    return Plot(title, spec, note, cited, frame, legend)


def middle(event: dict) -> tuple[date, float]:
    """The middle of the time in which an event began: its earliest day, and the days from there."""
    first, last = bounds(event["date_from"])
    return first, (last - first).days / 2


def year(day: date, more: float = 0) -> float:
    """A day, and so many days more, as a year with its fraction."""
    start = date(day.year, 1, 1)
    return round(day.year + ((day - start).days + more) / ((date(day.year + 1, 1, 1) - start).days), 3)
