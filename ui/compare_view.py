"""Two sides compared: what is chosen, the same rows for both on the same scale, and the records behind each number."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import chain

import pandas as pd
import streamlit as st
from markupsafe import Markup

from atlas.charts import bars
from atlas.charts.bars import Axis, Mark
from atlas.look.marks import LEVEL_STYLES, symbol
from atlas.look.palette import GREY, LEVEL_COLOURS, MEETING, PROGRAMME_COLOURS, UNKNOWN
from atlas.model import facets, sides
from atlas.model.atlas import Atlas
from atlas.model.compared import Comparison, Row, Section, Value
from atlas.model.selection import Selection
from atlas.model.topics import EVERYTHING
from atlas.words import comparison as words
from atlas.words import values
from atlas.words.translator import Translator
from ui import links, record_list, state

LISTED = 20  # records below a number; the file to download has all
ROW_SCALE = ("units", "totals", "figures")  # sections whose rows count different things: each row has its own scale
OPEN = ("twinnings", "standing", "border")  # subjects that are open from the start on a narrow screen
FEW = 5  # lines of figures that are shown at once


@dataclass(frozen=True)
class View:
    """What all parts of the page work with. ``names``: of the two sides."""

    atlas: Atlas
    comparison: Comparison
    translate: Translator
    names: tuple[str, str]


def view(atlas: Atlas, comparison: Comparison, translate: Translator) -> View:
    """The view of a comparison in a language."""
    names = tuple(words.side(atlas, one, translate) for one in (comparison.a, comparison.b))
    return View(atlas, comparison, translate, (names[0], names[1]))


def counted(comparison: Comparison, translate: Translator) -> str:
    """How many rows both sides have, and how many one of them alone."""
    rows = [row for section in comparison.sections for row in section.rows]
    both = sum(_has(row.a) and _has(row.b) for row in rows)
    return " · ".join(
        [
            translate.plural("{n} row of both sides", "{n} rows of both sides", both),
            translate.plural("{n} row of one side", "{n} rows of one side", len(rows) - both),
            state.of_day(),
        ]
    )


def _has(value: Value) -> bool:
    return not value.reason and bool(value.most or value.date or value.total or value.of)


def show(shown: View) -> None:
    """The rows, the sides at their heads, what is to be known of them, and what came between two days."""
    translate, comparison = shown.translate, shown.comparison
    said = Markup("").join(
        Markup("<p>{}</p>").format(text) for text in words.notices(shown.atlas, comparison, translate)
    )
    heads = Markup("").join(map(Markup("<span class=side>{}</span>").format, shown.names))
    head = Markup("<div class='heads' aria-hidden=true><span></span>{}<span>{}</span></div>")
    rows = Markup("").join(_section(shown, section) for section in comparison.sections)
    whole = Markup("<div class=compared>{}{}{}</div><div class='below noted'>{}</div>")
    came = _between(shown) if comparison.between else Markup("")
    with st.container(key="compared"):
        st.html(whole.format(head.format(heads, translate("Difference")), rows, came, said))


def _section(shown: View, section: Section) -> Markup:
    rows, rest = _folded(section)
    axis = None if section.name in ROW_SCALE else _axis(chain.from_iterable((row.a, row.b) for row in rows))
    drawn = Markup("").join(_row(shown, section.name, row, axis) for row in rows)
    if rest:
        more = Markup("<details class=rest><summary>{}</summary>{}</details>")
        text = shown.translate.plural(
            "{n} more row, with what one side alone has", "{n} more rows, with what one side alone has", len(rest)
        )
        drawn += more.format(text, Markup("").join(_row(shown, section.name, row, axis) for row in rest))
    head = words.sections(shown.translate)[section.name]
    return _headed(head, drawn, section.name, section.name in OPEN)


def _folded(section: Section) -> tuple[list[Row], list[Row]]:
    """The rows that are shown at once, and those that are folded: of figures, what one side alone has and long rows."""
    if section.name != "figures" or len(section.rows) <= FEW:
        return list(section.rows), []
    shown: list[Row] = []
    left = FEW
    for row in filter(lambda row: row.shared, section.rows):
        left -= max(row.a.number, row.b.number)
        if left >= 0:
            shown.append(row)
    return shown, [row for row in section.rows if row not in shown]


def _headed(head: str, rows: Markup | str, name: str, is_open: bool) -> Markup:
    """The rows of a subject below its name; on a narrow screen as long as its box is checked."""
    whole = Markup("<section class={}><h2><label><input type=checkbox{}>{}</label></h2><div>{}</div></section>")
    return whole.format(name, Markup(" checked") if is_open else "", head, rows)


def _axis(found: Iterable[Value]) -> Axis:
    return Axis(0, max((max(value.most, value.of or 0) for value in found), default=0) or 1, ())


def _row(shown: View, section: str, row: Row, axis: Axis | None) -> Markup:
    comparison, translate = shown.comparison, shown.translate
    label = words.label(shown.atlas, section, row, comparison.kind, translate)
    level = row.key[0] if section in ("twinnings", "standing") and row.key[0] in LEVEL_STYLES else None
    mark = record_list.image(symbol(level)) if level else Markup("")
    axis = axis or _own_axis(shown, row)
    cells = Markup("").join(
        _cell(shown, section, row, value, name, axis) for value, name in zip((row.a, row.b), shown.names)
    )
    apart = words.apart(shown.atlas, row, comparison.uneven, translate)
    named = Markup("<span class=side>{}: </span>{}").format(translate("Difference"), apart) if apart else ""
    line = Markup("<span class=name>{}{}</span>{}<span class=apart>{}</span>").format(mark, label, cells, named)
    if not (row.a.most or row.b.most):
        return Markup("<div class='row'>{}</div>").format(line)
    behind = Markup("").join(
        _behind(shown, row.record, value, name) for value, name in zip((row.a, row.b), shown.names)
    )
    whole = Markup("<details class=row><summary>{}</summary><div class=behind>{}</div></details>")
    return whole.format(line, behind)


def _own_axis(shown: View, row: Row) -> Axis:
    if row.form == "figures":
        found = shown.atlas.records("figures", (*row.a.records, *row.b.records))
        ends = [one[name] for one in found for name in ("value", "value_max") if not pd.isna(one[name])]
        return Axis(0, max(ends, default=0) or 1, ())
    if row.form == "total":
        stated = shown.atlas.records("totals", filter(None, (row.a.total, row.b.total)))
        ends = [one[name] for one in stated for name in ("value", "value_max") if not pd.isna(one[name])]
        return Axis(0, max([*ends, row.a.of or 0, row.b.of or 0, 1]), ())
    return _axis((row.a, row.b))


def _cell(shown: View, section: str, row: Row, value: Value, name: str, axis: Axis) -> Markup:
    """What one side has: bars with their values, or why there is none; the name of the side where it does not stand above."""
    if row.form == "figures" and not value.reason:
        lines = [_figure(shown, one, axis) for one in shown.atlas.records("figures", value.records)]
    else:
        lines = [_line(shown, section, row, value, axis)]
    whole = Markup("<span class=cell><span class=side>{}: </span>{}</span>")
    return whole.format(name, Markup("").join(lines))


def _line(shown: View, section: str, row: Row, value: Value, axis: Axis) -> Markup:
    translate = shown.translate
    if value.reason or row.form == "date":
        return Markup("<span class=text>{}</span>").format(words.said(shown.atlas, section, row, value, translate))
    colour = _colour(section, row)
    if row.form == "count":
        marks = [Mark(0, value.number, colour), Mark(value.number, value.most, UNKNOWN)]
        text, below = words.count(value, translate), words.meetings(shown.atlas, value, translate)
        return _bar(marks, axis, text, translate.join(below), not value.most, beside=True)
    if row.form == "total":
        (stated,) = shown.atlas.records("totals", [value.total or ""])
        marks = [Mark(0, stated["value"], UNKNOWN), Mark(0, value.of or 0, colour)]
        day = words.stated_on(shown.atlas, value.total or "", translate)
        return _bar(marks, axis, words.documented(shown.atlas, value, translate), day, beside=True)
    marks = [Mark(0, value.of or 0, UNKNOWN), Mark(0, value.number, colour)]
    return _bar(marks, axis, words.said(shown.atlas, section, row, value, translate))


def _figure(shown: View, row: dict, axis: Axis) -> Markup:
    """A figure as a bar, a range from one end to the other, its qualifier as a sign; its time below."""
    known = not pd.isna(row["value"])
    start, end = (row["value"], row["value_max"]) if row["qualifier"] == "range" else (0, row["value"])
    sign = row["qualifier"] if row["qualifier"] in bars.SIGNS else ""
    marks = [Mark(start, end, PROGRAMME_COLOURS[row["programme"]], sign=sign)] if known else []
    text = values.quantity(row, shown.translate) if known else shown.translate("number not stated")
    return _bar(marks, axis, text, words.figure_time(shown.atlas, row, shown.translate), not known)


def _bar(marks: list[Mark], axis: Axis, text: str, more: str = "", faint: bool = False, beside: bool = False) -> Markup:
    """Marks with their value at the end, and what is to be known of it beside the value or below the bar."""
    drawn = Markup("").join(bars.drawn(mark, axis) for mark in marks)
    end = max((axis.share(mark.end) for mark in marks), default=0)
    small = Markup(" <small>{}</small>").format(more) if more else Markup("")
    whole = Markup("<span class=plot><span>{}<b{} style='left:{:.4g}%'>{}{}</b></span></span>{}")
    near, below = (small, "") if beside else ("", small)
    return whole.format(drawn, Markup(" class=none") if faint else "", 100 * end, text, near, below)


def _colour(section: str, row: Row) -> str:
    name = row.key[0]
    if section in ("twinnings", "standing"):
        return LEVEL_COLOURS.get(name, GREY)
    if section in ("events", "series"):
        return MEETING
    return PROGRAMME_COLOURS.get(name, GREY) if section == "programmes" else GREY


def _behind(shown: View, kind: str, value: Value, name: str) -> Markup:
    """The records behind a number, those that only may count under a heading of their own."""
    parts = [Markup("<p class=side>{}</p>").format(name), _records(shown, kind, value.records)]
    if value.possible:
        parts += [Markup("<p>{}</p>").format(shown.translate("Possible")), _records(shown, kind, value.possible)]
    return Markup("<div>{}</div>").format(Markup("").join(parts))


def _records(shown: View, kind: str, ids: tuple[str, ...]) -> Markup:
    if not ids:
        return Markup("<p class=none>{}</p>").format(shown.translate("none documented"))
    link = Markup("<li><a href='{}'>{}</a></li>")
    items = [
        link.format(links.record(kind, one), words.record(shown.atlas, kind, one, shown.translate))
        for one in ids[:LISTED]
    ]
    if len(ids) > LISTED:
        items.append(
            Markup("<li>{}</li>").format(
                shown.translate("and {n} more; the file to download has all", n=len(ids) - LISTED)
            )
        )
    return Markup("<ul>{}</ul>").format(Markup("").join(items))


def _between(shown: View) -> Markup:
    """What came between two days: how much of each kind, with the records."""
    translate = shown.translate
    days = sorted((shown.comparison.a, shown.comparison.b), key=lambda one: one.day)
    first, last = (words.side(shown.atlas, one, translate) for one in days)
    head = translate("Between {first} and {last}", first=first, last=last)
    row = Markup("<details class='row between'><summary><span class=name>{}</span><b>{}</b></summary>{}</details>")
    rows = Markup("").join(
        row.format(
            words.came(shown.atlas, section.name, one, translate),
            words.count(one.a, translate),
            _records(shown, one.record, one.a.records + one.a.possible),
        )
        for section in shown.comparison.between
        for one in section.rows
    )
    return _headed(head, rows or translate("Nothing that is documented."), "came", True)


def records(atlas: Atlas, found: Comparison, selection: Selection) -> list[pd.DataFrame]:
    """The records of both sides that pass a selection, for the counts of the filters."""
    both = (found.a.text, found.b.text)
    match found.kind:
        case "province":
            scope = replace(selection, province=both)
        case "region":
            scope = replace(selection, region=both)
        case _:
            scope = sides.within(selection, found.a)
    return [scope.twinnings(atlas, *facets.COLUMNS), *EVERYTHING.records(atlas, scope).values()]
