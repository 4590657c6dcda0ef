"""The drawing of a map as shapes, each of which can be changed in a presentation program."""

import math
from collections.abc import Iterator

from atlas.exports.slides.ooxml import EMU_PER_PIXEL, A, Element, P, color_of, filled, maker, run, stroke
from atlas.look.marks import LEVEL_STYLES
from atlas.look.palette import WHITE
from atlas.look.text import clean, width
from atlas.maps.drawing import Area, Drawing, Label, Mark, Path, Point

PRESETS = {
    "circle": "ellipse",
    "square": "rect",
    "diamond": "diamond",
    "triangle": "triangle",
    "pentagon": "pentagon",
    "cross": "mathPlus",
}
LONGEST_NAME = 250
# https://learn.microsoft.com/openspecs/office_standards/ms-odrawxml, 2.22: what stands for nothing
DECORATIVE, ORNAMENTS = (
    "{C183D7F6-B498-43B3-948B-1728B52AA6E4}",
    "http://schemas.microsoft.com/office/drawing/2017/decorative",
)
ADEC = maker(ORNAMENTS, {"adec": ORNAMENTS})

Box = tuple[int, int, int, int]  # left, top, width and height in EMU


def map_of(drawing: Drawing, x: int, y: int, description: str, numbers: Iterator[int]) -> Element:
    """A drawing at a place of the slide (EMU) as a group of groups of shapes.

    :param numbers: one for each shape.
    """
    right, bottom = drawing.width, drawing.height
    frame = Area("", [[(0, 0), (right, 0), (right, bottom), (0, bottom), (0, 0)]], drawing.ground, 1, None, 0)
    groups = {
        "frame": [_area(frame, x, y, next(numbers))],
        **{
            name: [
                _path(one, x, y, next(numbers)) if isinstance(one, Path) else _area(one, x, y, next(numbers))
                for one in shapes
            ]
            for name, shapes in drawing.layers.items()
        },
        "twinnings": [_path(path, x, y, next(numbers)) for path in drawing.twinnings],
        "places": [_mark(mark, x, y, next(numbers)) for mark in drawing.marks],
        "names": [_label(label, x, y, next(numbers)) for label in drawing.labels],
    }
    box = (x, y, round(drawing.width * EMU_PER_PIXEL), round(drawing.height * EMU_PER_PIXEL))
    inside = [
        _group(name, description and f"{description}: {name}", next(numbers), box, shapes)
        for name, shapes in groups.items()
        if shapes
    ]
    return _group("map", description, next(numbers), box, inside)


def _mark(mark: Mark, x: int, y: int, number: int) -> Element:
    """The mark of a level of twinning, hollow where the place has ended, at its own place beside the one given (EMU)."""
    style = LEVEL_STYLES[mark.level]
    size = round(style["size"] * mark.share * EMU_PER_PIXEL)
    left, top = (
        start + round(at * EMU_PER_PIXEL) - size // 2
        for start, at in zip((x, y), mark.at)
    )  # fmt: skip
    fill, line = (WHITE, stroke(style["color"], 2)) if mark.ended else (style["color"], stroke(WHITE, 0.75))
    look = (preset(PRESETS[style["shape"]]), filled(fill), line)
    return shape(number, mark.name, (left, top, size, size), look)


def _group(name: str, description: str, number: int, box: Box, inside: list[Element]) -> Element:
    x, y, width, height = box
    place = A.xfrm(A.off(x=x, y=y), A.ext(cx=width, cy=height), A.chOff(x=x, y=y), A.chExt(cx=width, cy=height))
    said = P.cNvPr(id=number, name=named(name), descr=named(description)) if description else _ornament(number, name)
    return P.grpSp(P.nvGrpSpPr(said, P.cNvGrpSpPr(), P.nvPr()), P.grpSpPr(place), *inside)


def shape(number: int, name: str, box: Box, look: tuple[Element, ...], *text: Element, turn: float = 0) -> Element:
    """A shape with text, turned clockwise about its middle by so many degrees; without a name it only adorns."""
    x, y, width, height = box
    said = P.cNvPr(id=number, name=named(name), descr=named(name)) if name else _ornament(number)
    turned = {"rot": round(turn * 60_000) % 21_600_000} if turn else {}
    place = A.xfrm(A.off(x=x, y=y), A.ext(cx=width, cy=height), **turned)
    return P.sp(P.nvSpPr(said, P.cNvSpPr(), P.nvPr()), P.spPr(place, *look), *text)


def _ornament(number: int, name: str = "Decoration") -> Element:
    """What readers of a screen pass over."""
    known = ADEC.decorative(val="1")
    return P.cNvPr(A.extLst(A.ext(known, uri=DECORATIVE)), id=number, name=name)


def named(text: str) -> str:
    """A text as a shape may be called or described."""
    return clean(text)[:LONGEST_NAME]


def preset(name: str) -> Element:
    """The outline of one of the shapes that DrawingML knows."""
    return A.prstGeom(A.avLst(), prst=name)


def _area(area: Area, x: int, y: int, number: int) -> Element:
    steps = []
    for ring in area.rings:
        steps += [("moveTo", ring[:1]), *(("lnTo", [point]) for point in ring[1:-1]), ("close", [])]
    look = (filled(area.fill, area.opacity), stroke(area.line, area.width))
    return freeform(number, area.name or "frame", steps, look, x, y)


def _path(path: Path, x: int, y: int, number: int) -> Element:
    first, *rest = path.points
    onward = (
        [(("quadBezTo", "cubicBezTo")[path.curve - 1], rest)] if path.curve else [("lnTo", [point]) for point in rest]
    )
    look = (filled(None), stroke(path.color, path.width))
    return freeform(number, path.name, [("moveTo", [first]), *onward], look, x, y)


def freeform(
    number: int, name: str, steps: list[tuple[str, list[Point]]], look: tuple[Element, ...], x: int, y: int
) -> Element:
    """A shape of its own; a step is what DrawingML calls it and its points in pixels."""
    drawn = [
        (step, [(round(a * EMU_PER_PIXEL), round(b * EMU_PER_PIXEL)) for a, b in points]) for step, points in steps
    ]
    across, down = zip(*(point for _, points in drawn for point in points))
    left, top = min(across), min(down)
    width, height = max(across) - left, max(down) - top
    path = A.path(*(A(step, *(A.pt(x=a - left, y=b - top) for a, b in points)) for step, points in drawn), w=width, h=height)  # fmt: skip
    whole = A.rect(l="0", t="0", r="r", b="b")
    geometry = A.custGeom(A.avLst(), A.gdLst(), A.ahLst(), A.cxnLst(), whole, A.pathLst(path))
    return shape(number, name, (x + left, y + top, width, height), (geometry, *look))


def _label(label: Label, x: int, y: int, number: int) -> Element:
    broad, high = width(label.text, label.size) + 12, label.size * 1.5
    # text that starts or ends at its point keeps to that end of its box; the middle of the box is where it turns
    along = {"start": broad / 2, "middle": 0, "end": -broad / 2}[label.anchor]
    turn = math.radians(label.angle)
    middle = (label.at[0] + along * math.cos(turn), label.at[1] + along * math.sin(turn))
    at = (middle[0] - broad / 2, middle[1] - high / 2)
    left, top, breadth, height = (round(value * EMU_PER_PIXEL) for value in (*at, broad, high))
    glow = A.effectLst(A.glow(color_of(WHITE), rad=38100))
    said = run(label.text, label.size * 0.75, False, filled(label.color), glow)
    body = A.bodyPr(wrap="none", lIns=0, tIns=0, rIns=0, bIns=0, anchor="ctr")
    align = {"start": "l", "middle": "ctr", "end": "r"}[label.anchor]
    text = P.txBody(body, A.lstStyle(), A.p(A.pPr(algn=align), said))
    box = (x + left, y + top, breadth, height)
    return shape(number, label.text, box, (preset("rect"), filled(None), stroke(None, 0)), text, turn=label.angle)
