"""The mark of each level of twinning and kind of place, as SVG."""

from functools import cache
from typing import Any

from markupsafe import Markup

from atlas.look.element import element, picture
from atlas.look.layers import AREA, LAND, LAYERS
from atlas.look.palette import FAINT, INK, LEVEL_COLOURS, WHITE

# thin for ties of provinces, which reach far, strong for those of neighbours; each with a shape, for whoever sees no hue
LEVEL_STYLES: dict[str, dict[str, Any]] = {
    level: {"color": LEVEL_COLOURS[level], "weight": weight, "size": size, "shape": shape}
    for level, weight, size, shape in (
        ("province", 1.4, 14, "square"),
        ("prefecture", 1.4, 14, "diamond"),
        ("district", 2.5, 10, "square"),
        ("commune", 3.5, 10, "circle"),
        ("village", 3, 11, "triangle"),
        ("border_guard", 2.5, 12, "diamond"),
        ("organisation", 1.5, 12, "pentagon"),
        ("border_gate", 2, 10, "cross"),
    )
}
# on a field of 12 by 12
SHAPES = {
    "circle": element("circle", cx=6, cy=6, r=5),
    "square": element("rect", x=1, y=1, width=10, height=10),
    "diamond": element("path", d="M6 0 12 6 6 12 0 6Z"),
    "triangle": element("path", d="M6 0 12 11 0 11Z"),
    "pentagon": element("path", d="M6 .5 11.6 4.6 9.5 11.2 2.5 11.2 .4 4.6Z"),
    "cross": element("path", d="M4 0h4v4h4v4h-4v4h-4v-4h-4v-4h4Z"),
}
# places that may be shown beside the selection, by the name of their layer
MARKS = {
    "crossings": element("path", d="M1 11.5V1.5h10v10H8V5H4v6.5Z"),
    "study": element("path", d="M6 1 12 4.2 6 7.4 0 4.2Z")
    + element("path", d="M2.4 6.6v2.8c1.6 1.6 5.6 1.6 7.2 0V6.6L6 8.6Z"),
}
MARK_STYLE: dict[str, Any] = {"color": INK, "size": 15}
# beneath the curve of a twinning that is new or has changed, wider by so much
CHANGED: dict[str, Any] = {"color": INK, "weight": 8, "opacity": 0.22}
FIELD = "-1 -1 14 14"
SUCCESSOR_MARK = picture(
    42,
    14,
    element("path", d="M1 7H32", stroke=FAINT, stroke_width=1.5, stroke_dasharray="1.5 3"),
    element("circle", cx=34, cy=7, r=3, fill=FAINT),
)


def symbol(level: str, ended: bool = False, share: float = 1, **at: str) -> Markup:
    """The mark of a level of twinning as SVG, hollow for a side that has ended; ``x`` and ``y`` where it stands in a larger drawing.

    :param share: of its usual size.
    """
    size = round(LEVEL_STYLES[level]["size"] * share, 2)
    return picture(size, size, _mark(level, ended), **at, viewBox=FIELD)


def level_marks() -> dict[str, dict]:
    """Colour, width and mark of each level of twinning as the map script takes them, and its piece of a legend."""
    return {
        level: style | {"shape": SHAPES[style["shape"]], "legend": legend_mark(level)}
        for level, style in LEVEL_STYLES.items()
    }


def signs() -> dict[str, Markup]:
    """The pieces of a legend beside those of levels, by name: what has ended, what stands in, border, areas and ``MARKS``."""
    return {
        "ended": legend_mark(None),
        "successor": SUCCESSOR_MARK,
        "changed": legend_changed(),
        **{layer: mark(layer) for layer in MARKS},
        "border": legend_border(),
        "area": legend_area(AREA["style"]),
        "at_border": legend_area(AREA["at_border"]),
    }


def mark(layer: str) -> Markup:
    """The mark of the places of one of ``MARKS`` as SVG."""
    size, color = MARK_STYLE["size"], MARK_STYLE["color"]
    return picture(size, size, _outlined(MARKS[layer], color), viewBox=FIELD)


def legend_area(style: dict) -> Markup:
    """A piece of an area as it is filled on the map, as SVG."""
    land = element("rect", width=22, height=14, fill=LAND["VN"]["fillColor"])
    area = element("rect", width=22, height=14, fill=style["fillColor"], fill_opacity=style["fillOpacity"])
    return picture(22, 14, land, area)


def legend_changed() -> Markup:
    """A piece of a curve with what lies beneath it where a twinning is new or has changed, as SVG."""
    wide, path = 2 + CHANGED["weight"], "M5 7H37"
    beneath = element(
        "path", d=path, stroke=CHANGED["color"], stroke_width=wide, opacity=CHANGED["opacity"], stroke_linecap="round"
    )
    return picture(42, 14, beneath, element("path", d=path, stroke=FAINT, stroke_width=2))


def legend_border() -> Markup:
    """A piece of the land border as it is drawn on the map, as SVG."""
    style = dict(LAYERS)["border"]["style"]
    look = {"fill": "none", "stroke": style["color"], "stroke_width": style["weight"]}
    return picture(32, 14, element("path", d="M0 8 8 6 16 9 24 5 32 7", **look))


@cache
def legend_mark(level: str | None, **at: str) -> Markup:
    """A short piece of a level's curve with its mark at the end, or of one with the hollow mark of what has ended, as SVG."""
    style: dict[str, Any] = LEVEL_STYLES[level] if level else {"color": FAINT, "weight": 2}
    curve = element("path", d="M1 7H34", stroke=style["color"], stroke_width=style["weight"])
    mark = _mark(level) if level else _outlined(SHAPES["circle"], FAINT, hollow=True)
    return picture(42, 14, curve, element("g", mark, transform="translate(28 1)"), **at)


def _mark(level: str, ended: bool = False) -> Markup:
    style = LEVEL_STYLES[level]
    return _outlined(SHAPES[style["shape"]], style["color"], ended)


def _outlined(shape: Markup, color: str, hollow: bool = False) -> Markup:
    if hollow:
        return element("g", shape, fill=WHITE, stroke=color, stroke_width=2)
    return element("g", shape, fill=color, stroke=WHITE, stroke_width=1)
