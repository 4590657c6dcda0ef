"""Vega-Lite specifications made by Altair: that of series once, into which only the values are put afterwards, and that of bars for the image to take away."""

import json
import math
from functools import cache
from typing import Any

import altair as alt

from atlas.charts.bars import WIDE, Axis, Bars, Line
from atlas.look.palette import FAINT, GRID, INK, UNKNOWN, WHITE, ink_on
from atlas.look.text import FONT, LINE, wrap

NAMES, VALUES, BAR = 320, 130, 20  # pixels: the column of names, the room for values right of the plot, a bar
IN_NAMES, IN_PLOT = 38, 52  # narrow letters that fit the column and the plot
SHAPES = {"at_least": "triangle-right", "about": "circle", "moment": "diamond"}
AXIS_COLOURS: dict[str, Any] = {
    "labelColor": INK,
    "titleColor": INK,
    "gridColor": GRID,
    "domainColor": FAINT,
    "tickColor": FAINT,
}


@alt.theme.register("atlas", enable=True)
def theme() -> alt.theme.ThemeConfig:
    """How every chart looks: system fonts with Vietnamese and Chinese, nothing under 14 px."""
    text: Any = {"fontSize": 14, "color": INK}
    axis: Any = {"labelFontSize": 14, "titleFontSize": 14, "titleFontWeight": "normal", "labelOverlap": True}
    axis |= AXIS_COLOURS
    return {
        "config": {
            "background": WHITE,
            "font": FONT,
            "view": {"stroke": None},
            "axis": axis,
            "title": {"fontSize": 18, "subtitleFontSize": 14, "subtitleColor": FAINT, "anchor": "start", "color": INK},
            "text": text,
        }
    }


def _sharing(*layers: alt.Chart, **encoding: Any) -> alt.LayerChart | alt.FacetChart:
    """Layers with the same position."""
    return alt.layer(*layers, encoding=alt.SharedEncoding(**encoding))


def filled(template: dict, lines: list[dict], height: float) -> dict:
    """A template with its rows, in a height in pixels."""
    return template | {"data": {"values": lines}, "height": math.ceil(height)}


def _year_axis() -> alt.Axis:
    return alt.Axis(format="d", tickMinStep=1, title=None, labelFlush=True, labelSeparation=8)


def _headings(base: alt.Chart) -> alt.Chart:
    """The heading of each line."""
    text: dict[str, Any] = {"align": "left", "baseline": "middle", "lineBreak": "\n", "lineHeight": LINE}
    written = base.mark_text(**text, fontWeight="bold").encode(y=_pixels("y_name"), text="name:N", x=alt.value(0))
    return written.transform_filter("isValid(datum.name)")


def _pixels(field: str) -> alt.Y:
    return alt.Y(f"{field}:Q", scale=None, axis=None)


def _raw(channel: Any, field: str) -> Any:
    return channel(f"{field}:N", scale=None, legend=None)


def _specification(*layers: alt.Chart | alt.LayerChart | alt.FacetChart) -> dict:
    chart = alt.layer(
        *layers, data=alt.InlineData(values=[]), autosize=alt.AutoSizeParams(type="fit-x", contains="padding")
    )
    return _lean({name: part for name, part in chart.to_dict().items() if name not in ("data", "datasets")})


def _lean(part: Any) -> Any:
    """A specification without the type that a field has where none is stated."""
    if isinstance(part, dict):
        return {name: _lean(value) for name, value in part.items() if (name, value) != ("type", "nominal")}
    return [_lean(one) for one in part] if isinstance(part, list) else part


@cache
def series_template() -> dict:
    """Sessions of series as numbered circles along the years."""
    base = alt.Chart()
    x = alt.X("x:Q", scale=alt.Scale(zero=False, nice=False, padding=14), axis=_year_axis())
    points = base.mark_point(size=520, strokeWidth=2, opacity=1).encode(
        stroke=_raw(alt.Stroke, "colour"),
        fill=alt.condition("datum.hollow", alt.value(UNKNOWN), alt.Fill("colour:N", scale=None)),
        strokeDash=alt.condition("datum.hollow", alt.value([4, 3]), alt.value([1, 0])),
    )
    numbers = base.mark_text(fontSize=14, fontWeight="bold").encode(text="number:N", color=_raw(alt.Color, "ink"))
    placed = _sharing(points, numbers, x=x, y=_pixels("y")).transform_filter("isValid(datum.x)")
    return _specification(_headings(base), placed)


def bars(drawing: Bars) -> dict:
    """Lines with their names in a column of their own, then marks along one axis, the values at their ends.

    For images alone: the width of the columns is fixed.
    """
    rows: list[dict] = []
    top = 0
    for line in drawing.lines:
        drawn, height = _bar_rows(line, drawing.axis, top)
        rows += drawn
        top += height
    base = alt.Chart()
    axis = drawing.axis
    scale = alt.Scale(
        domain=[axis.first, axis.last],
        range=[NAMES, alt.ExprRef(f"width - {VALUES}")],
        zero=False,
        nice=False,
    )
    said = f"{json.dumps(axis.said)}[round(datum.index * {len(axis.said) - 1})]"
    x_axis = alt.Axis(values=axis.ticks, labelExpr=said, title=axis.title or None, labelOverlap=False)
    x = alt.X("x:Q", scale=scale, axis=x_axis)
    text: dict[str, Any] = {"align": "left", "baseline": "middle", "lineBreak": "\n", "lineHeight": LINE}
    bar = base.transform_filter("datum.kind == 'bar'").mark_bar(height=BAR, stroke=FAINT, strokeWidth=0.5)
    sign = base.transform_filter("datum.kind == 'sign'").mark_point(size=150, strokeWidth=2.5, opacity=1, fill=UNKNOWN)
    value = base.transform_filter("datum.kind == 'value'").mark_text(**text, dx=12, fontWeight="bold")
    inside = base.transform_filter("datum.kind == 'inside'").mark_text(baseline="middle", align="center")
    keys = base.transform_filter("datum.kind == 'keys'").mark_text(**text)
    named = base.transform_filter("datum.kind == 'name'").mark_text(**text, fontWeight="bold")
    below = base.transform_filter("datum.kind == 'below'").mark_text(**text, color=FAINT)
    return filled(
        _specification(
            _sharing(
                bar.encode(x2="x2:Q", fill=_raw(alt.Fill, "colour")),
                sign.encode(shape=_raw(alt.Shape, "shape"), stroke=_raw(alt.Stroke, "colour")),
                value.encode(text="text:N"),
                inside.encode(text="text:N", color=_raw(alt.Color, "colour")),
                x=x,
                y=_pixels("y"),
            ),
            _sharing(named.encode(text="text:N"), below.encode(text="text:N"), x=alt.value(0), y=_pixels("y")),
            keys.encode(x=alt.value(NAMES), y=_pixels("y"), text="text:N"),
        ),
        rows,
        top,
    )


def _bar_rows(line: Line, axis: Axis, top: int) -> tuple[list[dict], int]:
    """What is drawn of a line that begins so many pixels from the top, and the height that it takes."""
    names, said = wrap(line.name, IN_NAMES), wrap(line.said, IN_NAMES) if line.said else []
    y = top + 6 + BAR / 2
    rows: list[dict] = [{"kind": "name", "y": y, "text": "\n".join(names)}]
    if said:
        rows.append({"kind": "below", "y": y + LINE * len(names), "text": "\n".join(said)})
    for mark in line.marks:
        if mark.end > mark.start:
            rows.append({"kind": "bar", "y": y, "x": mark.start, "x2": mark.end, "colour": mark.colour})
        if mark.sign in SHAPES:
            shape = {"shape": SHAPES[mark.sign], "colour": mark.colour}
            rows.append({"kind": "sign", "y": y, "x": mark.end} | shape)
        if mark.name and axis.share(mark.end) - axis.share(mark.start) > WIDE:
            middle = (mark.start + mark.end) / 2
            rows.append({"kind": "inside", "y": y, "x": middle, "text": mark.said, "colour": ink_on(mark.colour)})
    if line.value:
        end = max((mark.end for mark in line.marks), default=axis.first)
        rows.append({"kind": "value", "y": y, "x": end, "text": line.value})
    keys = wrap(" · ".join(f"{mark.name} {mark.said}" for mark in line.marks), IN_PLOT) if line.keyed else []
    if keys:
        rows.append({"kind": "keys", "y": y + BAR / 2 + LINE / 2 + 4, "text": "\n".join(keys)})
    height = max(LINE * (len(names) + len(said)), BAR + (LINE * len(keys) + 4 if keys else 0))
    return rows, math.ceil(height) + 18
