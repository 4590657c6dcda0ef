"""The mark of each level of twinning and kind of place, as SVG."""

from typing import Any

from markupsafe import Markup

from atlas.look.element import element, picture
from atlas.look.layers import LAND, LAYERS
from atlas.look.palette import FAINT, GREY, INK

# Okabe–Ito colours, told apart by width and shape as well
LEVEL_STYLES: dict[str, dict[str, Any]] = {
    "province": {"color": "#0072b2", "weight": 6, "size": 14, "shape": "square"},
    "prefecture": {"color": "#56b4e9", "weight": 5, "size": 13, "shape": "diamond"},
    "district": {"color": "#009e73", "weight": 4, "size": 11, "shape": "square"},
    "commune": {"color": "#d55e00", "weight": 3, "size": 10, "shape": "circle"},
    "village": {"color": "#a0760b", "weight": 2, "size": 10, "shape": "triangle"},
    "border_guard": {"color": "#cc79a7", "weight": 3, "size": 10, "shape": "diamond"},
    "organisation": {"color": GREY, "weight": 2, "size": 10, "shape": "ring"},
    "border_gate": {"color": "#000000", "weight": 2, "size": 10, "shape": "cross"},
}
ENDED = "7 5"  # dashes of the curve of what has ended
# on a field of 12 by 12
SHAPES = {
    "circle": element("circle", cx=6, cy=6, r=5),
    "ring": element("circle", cx=6, cy=6, r=3.8, fill="#fff", stroke="{color}", stroke_width=2.4),
    "square": element("rect", x=1, y=1, width=10, height=10),
    "diamond": element("path", d="M6 0 12 6 6 12 0 6Z"),
    "triangle": element("path", d="M6 0 12 11 0 11Z"),
    "cross": element("path", d="M4 0h4v4h4v4h-4v4h-4v-4h-4v-4h4Z"),
}
# places that may be shown beside the selection, by the name of their layer
MARKS = {
    "crossings": element("path", d="M1 11.5V1.5h10v10H8V5H4v6.5Z"),
    "study": element("path", d="M6 1 12 4.2 6 7.4 0 4.2Z")
    + element("path", d="M2.4 6.6v2.8c1.6 1.6 5.6 1.6 7.2 0V6.6L6 8.6Z"),
}
MARK_STYLE: dict[str, Any] = {"color": INK, "size": 15}
FIELD = "-1 -1 14 14"
SUCCESSOR_MARK = picture(14, 14, element("circle", cx=7, cy=7, r=4.5, fill="#fff", stroke="#d55e00", stroke_width=1.5))


def symbol(level: str, **at: str) -> Markup:
    """The mark of a level of twinning as SVG; ``x`` and ``y`` where it stands in a larger drawing."""
    size = LEVEL_STYLES[level]["size"]
    return picture(size, size, _mark(level), **at, viewBox=FIELD)


def level_marks() -> dict[str, dict]:
    """Colour, width and mark of each level of twinning as the map script takes them."""
    return {level: style | {"shape": SHAPES[style["shape"]].format(**style)} for level, style in LEVEL_STYLES.items()}


def mark(layer: str) -> Markup:
    """The mark of the places of one of ``MARKS`` as SVG."""
    size, color = MARK_STYLE["size"], MARK_STYLE["color"]
    return picture(size, size, _outlined(MARKS[layer], color), viewBox=FIELD)


def legend_area(style: dict) -> Markup:
    """A piece of an area as it is filled on the map, as SVG."""
    land = element("rect", width=22, height=14, fill=LAND["VN"]["fillColor"])
    area = element("rect", width=22, height=14, fill=style["fillColor"], fill_opacity=style["fillOpacity"])
    return picture(22, 14, land, area)


def legend_border() -> Markup:
    """A piece of the land border as it is drawn on the map, as SVG."""
    style = dict(LAYERS)["border"]["style"]
    look = {"fill": "none", "stroke": style["color"], "stroke_width": style["weight"]}
    return picture(32, 14, element("path", d="M0 8 8 6 16 9 24 5 32 7", **look))


def legend_mark(level: str | None, **at: str) -> Markup:
    """A short piece of a level's curve with its mark at the end, or of a dashed curve, as SVG."""
    style: dict[str, Any] = LEVEL_STYLES[level] if level else {"color": FAINT, "weight": 3}
    dash = None if level else ENDED
    curve = element("path", d="M1 7H34", stroke=style["color"], stroke_width=style["weight"], stroke_dasharray=dash)
    end = [element("g", _mark(level), transform="translate(28 1)")] if level else []
    return picture(42, 14, curve, *end, **at)


def _mark(level: str) -> Markup:
    style = LEVEL_STYLES[level]
    return _outlined(SHAPES[style["shape"]].format(**style), style["color"])


def _outlined(shape: Markup, color: str) -> Markup:
    return element("g", shape, fill=color, stroke="#fff", stroke_width=1)
