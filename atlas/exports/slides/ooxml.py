"""DrawingML by elements: text, fills, lines and rows of tables as python-pptx takes them."""

from typing import Any

from lxml.builder import ElementMaker
from pptx.dml.color import RGBColor
from pptx.oxml import oxml_parser
from pptx.oxml.xmlchemy import BaseOxmlElement as Element
from pptx.util import Emu, Inches, Pt

from atlas.look.palette import FAINT, INK, LINE, WHITE
from atlas.look.text import HAN, clean

# faces that come with Windows and with Office for macOS; both have the letters of their language
LATIN, EAST_ASIAN = "Arial", "Microsoft YaHei"
EMU_PER_PIXEL = 9525
EMU_PER_POINT = 12700
CELL_MARGIN = 4  # points
LONGEST_DESCRIPTION = 2000

NAMESPACES = {
    prefix: f"http://schemas.openxmlformats.org/{path}/2006/main"
    for prefix, path in (("a", "drawingml"), ("p", "presentationml"))
}


def maker(namespace: str, namespaces: dict[str, str]) -> ElementMaker:
    """Makes elements of a namespace with the classes of python-pptx; whole numbers and lengths may be attributes."""
    numbers = dict.fromkeys((int, Emu, Inches, Pt), lambda element, value: str(int(value)))
    return ElementMaker(typemap=numbers, namespace=namespace, nsmap=namespaces, makeelement=oxml_parser.makeelement)


A = maker(NAMESPACES["a"], NAMESPACES)
P = maker(NAMESPACES["p"], NAMESPACES)
CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
C = maker(CHART, {"c": CHART})


def hexadecimal(color: str) -> str:
    """A colour (#rrggbb or #rgb) as six capital digits."""
    digits = color.removeprefix("#").upper()
    return digits if len(digits) == 6 else "".join(digit * 2 for digit in digits)


def rgb(color: str) -> RGBColor:
    """A colour as python-pptx takes it."""
    return RGBColor.from_string(hexadecimal(color))


def color_of(color: str, opacity: float = 1) -> Element:
    """A colour, and how much of what is below it covers (1: all)."""
    alpha = [A.alpha(val=round(opacity * 100_000))] if opacity < 1 else []
    return A.srgbClr(*alpha, val=hexadecimal(color))


def filled(color: str | None, opacity: float = 1) -> Element:
    """A fill of one colour, or none."""
    return A.solidFill(color_of(color, opacity)) if color else A.noFill()


def stroke(color: str | None, width: float) -> Element:
    """A line of a width in pixels, or none."""
    if not color:
        return A.ln(A.noFill())
    return A.ln(filled(color), A.round(), w=round(width * EMU_PER_PIXEL))


def run(text: str, size: float, bold: bool, color: str, *effects: Element) -> Element:
    """Text with the faces and the language that a presentation program needs to show it rightly; ``size`` in points."""
    language = {"lang": "zh-CN", "altLang": "vi-VN"} if HAN.search(text) else {"lang": "vi-VN"}
    faces = (A.latin(typeface=LATIN), A.ea(typeface=EAST_ASIAN))
    look = A.rPr(filled(color), *effects, *faces, **language, sz=round(size * 100), b=int(bold))
    return A.r(look, A.t(clean(text)))


def paragraph(text: str, size: float, bold: bool, color: str, align: str = "l", after: float = 0) -> Element:
    """A line of text; ``after`` is the space below it in points."""
    space = [A.spcAft(A.spcPts(val=round(after * 100)))] if after else []
    return A.p(A.pPr(*space, algn=align), run(text, size, bold, color))


def write(
    frame: Any,
    lines: list[str],
    size: float,
    *,
    bold: bool = False,
    color: str = INK,
    align: str = "l",
    after: float = 0,
) -> None:
    """Put lines into a text frame of python-pptx, a paragraph each."""
    put(frame, (paragraph(line, size, bold, color, align, after) for line in lines))


def put(frame: Any, paragraphs: Any) -> None:
    """Put paragraphs into a text frame of python-pptx, in place of what it holds."""
    body = frame._txBody
    for former in body.p_lst:
        body.remove(former)
    body.extend(paragraphs)


def row(cells: tuple[str, ...], height: int, size: float, head: bool) -> Element:
    """A row of a table, ``height`` in EMU."""
    color = WHITE if head else INK
    return A.tr(
        *(
            A.tc(
                A.txBody(A.bodyPr(), A.lstStyle(), *(paragraph(line, size, head, color) for line in text.split("\n"))),
                _cell(FAINT if head else WHITE),
            )
            for text in cells
        ),
        h=int(height),
    )


def _cell(background: str) -> Element:
    margin = CELL_MARGIN * EMU_PER_POINT
    return A.tcPr(
        A.lnB(filled(LINE), w=6350),
        filled(background),
        marL=margin,
        marR=margin,
        marT=margin // 2,
        marB=margin // 2,
    )


def describe(shape: Any, text: str) -> None:
    """Set the alternative text of a shape, chart or table of python-pptx."""
    shape._element.xpath(".//p:cNvPr")[0].set("descr", clean(text)[:LONGEST_DESCRIPTION])
