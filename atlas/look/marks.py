"""The mark of each level of twinning and kind of place, as SVG."""

from typing import Any

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
SHAPES = {
    "circle": "<circle cx='6' cy='6' r='5'/>",
    "ring": "<circle cx='6' cy='6' r='3.8' fill='#fff' stroke='{color}' stroke-width='2.4'/>",
    "square": "<rect x='1' y='1' width='10' height='10'/>",
    "diamond": "<path d='M6 0 12 6 6 12 0 6Z'/>",
    "triangle": "<path d='M6 0 12 11 0 11Z'/>",
    "cross": "<path d='M4 0h4v4h4v4h-4v4h-4v-4h-4v-4h4Z'/>",
}


# places that may be shown beside the selection, by the name of their layer
MARKS = {
    "crossings": "<path d='M1 11.5V1.5h10v10H8V5H4v6.5Z'/>",
    "study": "<path d='M6 1 12 4.2 6 7.4 0 4.2Z'/><path d='M2.4 6.6v2.8c1.6 1.6 5.6 1.6 7.2 0V6.6L6 8.6Z'/>",
}
MARK_STYLE = {"color": INK, "size": 15}

SUCCESSOR_MARK = (
    "<svg xmlns='http://www.w3.org/2000/svg' width='14' height='14'>"
    "<circle cx='7' cy='7' r='4.5' fill='#fff' stroke='#d55e00' stroke-width='1.5'/></svg>"
)


def symbol(level: str) -> str:
    """The mark of a level of twinning as SVG."""
    size = LEVEL_STYLES[level]["size"]
    return f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='-1 -1 14 14' width='{size}' height='{size}'>{_mark(level)}</svg>"


def level_marks() -> dict[str, dict]:
    """Colour, width and mark of each level of twinning as the map script takes them."""
    return {level: style | {"shape": SHAPES[style["shape"]].format(**style)} for level, style in LEVEL_STYLES.items()}


def mark(layer: str) -> str:
    """The mark of the places of one of ``MARKS`` as SVG."""
    size, color = MARK_STYLE["size"], MARK_STYLE["color"]
    shape = f"<g fill='{color}' stroke='#fff' stroke-width='1'>{MARKS[layer]}</g>"
    return f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='-1 -1 14 14' width='{size}' height='{size}'>{shape}</svg>"


def legend_area(style: dict) -> str:
    """A piece of an area as it is filled on the map, as SVG."""
    fill = f"fill='{style['fillColor']}' fill-opacity='{style['fillOpacity']}'"
    return f"<svg xmlns='http://www.w3.org/2000/svg' width='22' height='14'><rect width='22' height='14' fill='{LAND['VN']['fillColor']}'/><rect width='22' height='14' {fill}/></svg>"


def legend_border() -> str:
    """A piece of the land border as it is drawn on the map, as SVG."""
    style = dict(LAYERS)["border"]["style"]
    return f"<svg xmlns='http://www.w3.org/2000/svg' width='32' height='14'><path d='M0 8 8 6 16 9 24 5 32 7' fill='none' stroke='{style['color']}' stroke-width='{style['weight']}'/></svg>"


def legend_mark(level: str | None) -> str:
    """A short piece of a level's curve with its mark at the end, or of a dashed curve, as SVG."""
    style = LEVEL_STYLES[level] if level else {"color": FAINT, "weight": 3}
    dash = "" if level else "stroke-dasharray='7 5'"
    mark = f"<g transform='translate(28 1)'>{_mark(level)}</g>" if level else ""
    return f"<svg xmlns='http://www.w3.org/2000/svg' width='42' height='14'><path d='M1 7H34' stroke='{style['color']}' stroke-width='{style['weight']}' {dash}/>{mark}</svg>"


def _mark(level: str) -> str:
    style = LEVEL_STYLES[level]
    return f"<g fill='{style['color']}' stroke='#fff' stroke-width='1'>{SHAPES[style['shape']].format(**style)}</g>"
