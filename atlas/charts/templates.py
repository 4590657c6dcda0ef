"""Vega-Lite specifications made by Altair once per language, into which only the values are put afterwards: building one anew costs 40 ms, putting values in costs none."""

import math
from functools import cache
from typing import Any

import altair as alt

from atlas.look.palette import FAINT, INK, UNKNOWN
from atlas.look.text import FONT, LINE
from atlas.words.languages import LOCALES
from atlas.words.translator import Translator

BAR = 26
NARROW = 600  # pixels
AXIS_COLOURS: dict[str, Any] = {
    "labelColor": INK,
    "titleColor": INK,
    "gridColor": "#dfe4e7",
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
            "background": "#ffffff",
            "font": FONT,
            "view": {"stroke": None},
            "axis": axis,
            "title": {"fontSize": 18, "subtitleFontSize": 14, "subtitleColor": FAINT, "anchor": "start", "color": INK},
            "text": text,
        }
    }


def labels(top: int, names: list[str], said: list[str]) -> dict:
    """The two labels of a row: its name in bold, and below it what is said of it; ``top`` in pixels."""
    return {"name": "\n".join(names), "y_name": top + LINE / 2 + 4, "said": "\n".join(said)}


def _sharing(*layers: alt.Chart, **encoding: Any) -> alt.LayerChart | alt.FacetChart:
    """Layers with the same position and tooltip, which then travel once."""
    return alt.layer(*layers, encoding=alt.SharedEncoding(**encoding))


def filled(template: dict, lines: list[dict], height: float) -> dict:
    """A template with its rows, in a height in pixels."""
    return template | {"data": {"values": lines}, "height": math.ceil(height)}


@cache
def _tooltip(language: str, *fields: str) -> list[alt.Tooltip]:
    translate = Translator(language)
    titles = {
        "name": translate("Title"),
        "said": translate("Value and time"),
        "tip": translate("Title"),
        "value": translate("Value and time"),
        "source": translate("Source"),
        "number": translate("Session"),
        "date": translate("Date"),
        "state": translate("Status"),
        "host": translate("Place"),
    }
    return [alt.Tooltip(f"{field}:N", title=titles[field]) for field in fields]


def _number_axis(language: str, title: str, logarithmic: bool = False) -> alt.Axis:
    group = LOCALES[language].number_symbols["latn"]["group"]
    digits = f"replace(format(datum.value, ',~f'), /,/g, '{group}')"
    return alt.Axis(
        labelExpr=digits,
        title=title,
        labelFlush=True,
        **({"values": [10**power for power in range(9)]} if logarithmic else {"tickCount": 5}),
    )


def _year_axis() -> alt.Axis:
    return alt.Axis(format="d", tickMinStep=1, title=None, labelFlush=True, labelSeparation=8)


def _texts(base: alt.Chart, *below: str) -> alt.LayerChart | alt.FacetChart:
    """The heading of each line and the texts below it."""
    text: dict[str, Any] = {
        "align": "left",
        "baseline": "middle",
        "lineBreak": "\n",
        "lineHeight": LINE,
        "tooltip": None,
    }
    layers = [base.mark_text(**text, fontWeight="bold").encode(y=_pixels("y_name"), text="name:N")]
    for field in below:
        y = f"datum.y_name + {LINE} * length(split(datum.name, '\\n'))"
        layers.append(
            base.transform_calculate(y_said=y).mark_text(**text).encode(y=_pixels("y_said"), text=f"{field}:N")
        )
    return _sharing(*layers, x=alt.value(0)).transform_filter("isValid(datum.name)")


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
def statement_template(language: str, unit: str, logarithmic: bool) -> dict:
    """Numbers as points or ranges on one axis, each with its label above it."""
    scale = alt.Scale(type="log", padding=12) if logarithmic else alt.Scale(zero=True, nice=True)
    base = alt.Chart()
    x = alt.X("x:Q", scale=scale, axis=_number_axis(language, unit, logarithmic))
    hollow = alt.condition("datum.about", alt.value(UNKNOWN), alt.Fill("colour:N", scale=None, legend=None))
    ranges = (
        base.transform_filter("isValid(datum.x2)")
        .mark_bar(height=12, aria=False)
        .encode(x2="x2:Q", color=_raw(alt.Color, "colour"))
    )
    points = (
        base.transform_filter("isValid(datum.x) && !isValid(datum.x2)")
        .mark_point(size=190, strokeWidth=2.5, opacity=1)
        .encode(shape=_raw(alt.Shape, "shape"), stroke=_raw(alt.Stroke, "colour"), fill=hollow)
    )
    marks = _sharing(ranges, points, x=x, y=_pixels("y"), tooltip=_tooltip(language, "name", "said", "source"))
    return _specification(_texts(base, "said"), marks)


@cache
def stack_template(language: str, unit: str) -> dict:
    """Totals as bars that are made of their parts."""
    base = alt.Chart()
    bars = base.mark_bar(stroke=FAINT, strokeWidth=1, aria=False, height=BAR).encode(
        x=alt.X("x:Q", axis=_number_axis(language, unit)),
        x2="x2:Q",
        y=_pixels("y"),
        fill=_raw(alt.Fill, "colour"),
        tooltip=_tooltip(language, "tip", "value"),
    )
    return _specification(_texts(base, "said"), bars)


@cache
def timeline_template(language: str) -> dict:
    """Times of validity as bars from year to year; a short one is a diamond, an open end an arrow."""
    base = alt.Chart()
    x = alt.X("x:Q", scale=alt.Scale(zero=False, nice=False, padding=14), axis=_year_axis())
    bars = base.transform_filter("isValid(datum.x)").mark_bar(aria=False, height=12).encode(x=x, x2="x2:Q")
    points = (
        base.transform_filter("isValid(datum.shape)")
        .mark_point(size=170, opacity=1, filled=True)
        .encode(x="x2:Q", shape=_raw(alt.Shape, "shape"))
    )
    tooltip = _tooltip(language, "name", "said")
    marks = _sharing(bars, points, y=_pixels("y"), fill=_raw(alt.Fill, "colour"), tooltip=tooltip)
    return _specification(_texts(base, "said"), marks)


@cache
def series_template(language: str) -> dict:
    """Sessions of series as numbered circles along the years."""
    base = alt.Chart()
    x = alt.X("x:Q", scale=alt.Scale(zero=False, nice=False, padding=14), axis=_year_axis())
    points = base.mark_point(size=520, strokeWidth=2, opacity=1).encode(
        stroke=_raw(alt.Stroke, "colour"),
        fill=alt.condition("datum.hollow", alt.value(UNKNOWN), alt.Fill("colour:N", scale=None)),
        strokeDash=alt.condition("datum.hollow", alt.value([4, 3]), alt.value([1, 0])),
    )
    numbers = base.mark_text(fontSize=14, fontWeight="bold").encode(text="number:N", color=_raw(alt.Color, "ink"))
    met = _sharing(points, numbers, x=x, y=_pixels("at"), tooltip=_tooltip(language, "number", "date", "host", "state"))
    # where there is little room, every second session moves down, so that neighbours do not cover each other
    placed = met.transform_filter("isValid(datum.x)").transform_calculate(
        at=f"datum.y + (width < {NARROW} ? 22 * datum.lower : 0)"
    )
    return _specification(_texts(base), placed)
