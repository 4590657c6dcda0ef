"""The drawing of a map as shapes, each of which can be changed in a presentation program."""

import math
from itertools import count

from pptx.slide import Slide

from atlas.exports.slides.ooxml import EMU_PER_PIXEL, A, Element, P, color_of, filled, run, stroke
from atlas.look.marks import LEVEL_STYLES
from atlas.look.palette import FAINT, INK, WHITE
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

Box = tuple[int, int, int, int]  # left, top, width and height in EMU


def next_id(slide: Slide) -> int:
    """A number that no shape of the slide has yet."""
    return max(int(one) for one in slide.shapes._spTree.xpath(".//p:cNvPr/@id")) + 1


def map_of(drawing: Drawing, x: int, y: int, description: str) -> Element:
    """A drawing at a place of the slide (EMU) as a group of groups of shapes."""
    numbers = count(1000)
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
        "places": [mark_of(mark, x, y, next(numbers)) for mark in drawing.marks],
        "names": [_label(label, x, y, next(numbers)) for label in drawing.labels],
    }
    box = (x, y, round(drawing.width * EMU_PER_PIXEL), round(drawing.height * EMU_PER_PIXEL))
    inside = [
        _group(name, f"{description}: {name}", next(numbers), box, shapes) for name, shapes in groups.items() if shapes
    ]
    return _group("map", description, next(numbers), box, inside)


def mark_of(mark: Mark, x: int, y: int, number: int) -> Element:
    """The mark of a level of twinning, hollow where the place has ended, at its own place beside the one given (EMU)."""
    style = LEVEL_STYLES[mark.level]
    size = round(style["size"] * mark.share * EMU_PER_PIXEL)
    left, top = (
        start + round(at * EMU_PER_PIXEL) - size // 2
        for start, at in zip((x, y), mark.at)
    )  # fmt: skip
    fill, line = (WHITE, stroke(style["color"], 2)) if mark.ended else (style["color"], stroke(WHITE, 0.75))
    look = (_preset(PRESETS[style["shape"]]), filled(fill), line)
    return _shape(number, mark.name, (left, top, size, size), look)


def sign_of(name: str, fill: str | None, x: int, y: int, number: int) -> Element:
    """The sign of a border commune, or of a gate where nothing fills it, with its middle at a height (EMU)."""
    if fill is None:
        return _shape(
            number, name, (x + 114_300, y - 57_150, 19_050, 114_300), (_preset("rect"), filled(INK), stroke(None, 0))
        )
    return _shape(number, name, (x, y - 42_863, 228_600, 85_725), (_preset("rect"), filled(fill), stroke(FAINT, 0.8)))


def _group(name: str, description: str, number: int, box: Box, inside: list[Element]) -> Element:
    x, y, width, height = box
    place = A.xfrm(A.off(x=x, y=y), A.ext(cx=width, cy=height), A.chOff(x=x, y=y), A.chExt(cx=width, cy=height))
    named = P.cNvPr(id=number, name=_named(name), descr=_named(description))
    return P.grpSp(P.nvGrpSpPr(named, P.cNvGrpSpPr(), P.nvPr()), P.grpSpPr(place), *inside)


def _shape(number: int, name: str, box: Box, look: tuple[Element, ...], *text: Element, turn: float = 0) -> Element:
    """A shape with text, turned clockwise about its middle by so many degrees."""
    x, y, width, height = box
    named = P.cNvPr(id=number, name=_named(name), descr=_named(name))
    turned = {"rot": round(turn * 60_000) % 21_600_000} if turn else {}
    place = A.xfrm(A.off(x=x, y=y), A.ext(cx=width, cy=height), **turned)
    return P.sp(P.nvSpPr(named, P.cNvSpPr(), P.nvPr()), P.spPr(place, *look), *text)


def _named(text: str) -> str:
    return clean(text)[:LONGEST_NAME]


def _preset(name: str) -> Element:
    return A.prstGeom(A.avLst(), prst=name)


def _area(area: Area, x: int, y: int, number: int) -> Element:
    steps = []
    for ring in area.rings:
        steps += [("moveTo", ring[:1]), *(("lnTo", [point]) for point in ring[1:-1]), ("close", [])]
    look = (filled(area.fill, area.opacity), stroke(area.line, area.width))
    return _freeform(number, area.name or "frame", steps, look, x, y)


def _path(path: Path, x: int, y: int, number: int) -> Element:
    first, *rest = path.points
    onward = (
        [(("quadBezTo", "cubicBezTo")[path.curve - 1], rest)] if path.curve else [("lnTo", [point]) for point in rest]
    )
    look = (filled(None), stroke(path.color, path.width))
    return _freeform(number, path.name, [("moveTo", [first]), *onward], look, x, y)


def _freeform(
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
    return _shape(number, name, (x + left, y + top, width, height), (geometry, *look))


def _label(label: Label, x: int, y: int, number: int) -> Element:
    broad, high = width(label.text, label.size) + 12, label.size * 1.5
    # text that starts or ends at its point keeps to that end of its box; the middle of the box is where it turns
    along = {"start": broad / 2, "middle": 0, "end": -broad / 2}[label.anchor]
    turn = math.radians(label.angle)
    middle = (label.at[0] + along * math.cos(turn), label.at[1] + along * math.sin(turn))
    at = (middle[0] - broad / 2, middle[1] - high / 2)
    left, top, breadth, height = (round(value * EMU_PER_PIXEL) for value in (*at, broad, high))
    glow = A.effectLst(A.glow(color_of(WHITE), rad=38100))
    said = run(label.text, label.size * 0.75, False, label.color, glow)
    body = A.bodyPr(wrap="none", lIns=0, tIns=0, rIns=0, bIns=0, anchor="ctr")
    align = {"start": "l", "middle": "ctr", "end": "r"}[label.anchor]
    text = P.txBody(body, A.lstStyle(), A.p(A.pPr(algn=align), said))
    box = (x + left, y + top, breadth, height)
    return _shape(number, label.text, box, (_preset("rect"), filled(None), stroke(None, 0)), text, turn=label.angle)
