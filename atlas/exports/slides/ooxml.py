"""DrawingML by elements: text, fills, lines and rows of tables as python-pptx takes them."""

import re
from collections.abc import Iterable
from typing import Any

from lxml.builder import ElementMaker
from pptx.dml.color import RGBColor
from pptx.oxml import oxml_parser
from pptx.oxml.xmlchemy import BaseOxmlElement as Element
from pptx.util import Emu, Inches, Pt

from atlas.exports.scenes.board import INK, LEADING, PAPER, QUIET, RULE
from atlas.look.text import HAN, clean

# faces that come with Windows and with Office for macOS; both have the letters of their language
LATIN, EAST_ASIAN = "Arial", "Microsoft YaHei"
EMU_PER_PIXEL = 9525
SCHEME = {INK: "tx1", QUIET: "tx2", PAPER: "bg1"}  # colours that a template has
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


def run(text: str, size: float, bold: bool, paint: Element, *effects: Element, latin: str = "vi-VN") -> Element:
    """Text with the faces of the template and the language that a presentation program needs to show it rightly.

    :param size: in points.
    :param paint: its fill.
    :param latin: the language of what is not Chinese.
    """
    language = {"lang": "zh-CN", "altLang": latin} if HAN.search(text) else {"lang": latin}
    faces = (A.latin(typeface="+mn-lt"), A.ea(typeface="+mn-ea"))
    look = A.rPr(paint, *effects, *faces, **language, sz=round(size * 100), b=int(bold))
    return A.r(look, A.t(clean(text)))


def paragraph(text: str, size: float, bold: bool, color: str, align: str = "l", latin: str = "vi-VN") -> Element:
    """A paragraph with lines as high as on the stage; Chinese and other words are runs of their own."""
    high = A.lnSpc(A.spcPts(val=round(size * LEADING * 100)))
    # a program sets the size of an empty line by its end
    end = [] if text else [A.endParaRPr(sz=round(size * 100))]
    return A.p(A.pPr(high, algn=align), *runs(text, size, bold, color, latin), *end)


def runs(text: str, size: float, bold: bool, color: str, latin: str) -> list[Element]:
    """The runs of a line of text, divided where the language changes; a line break within it is kept."""
    made: list[Element] = []
    for number, line in enumerate(text.split("\n")):
        made += [A.br()] * (number > 0)
        made += [run(one, size, bold, themed(color), latin=latin) for one in re.split(f"({HAN.pattern})", line) if one]
    return made


def themed(color: str) -> Element:
    """A fill; text and paper have the colours of the template, so that a deck of an office keeps its own."""
    return A.solidFill(A.schemeClr(val=SCHEME[color])) if color in SCHEME else filled(color)


def put(frame: Any, paragraphs: Any) -> None:
    """Put paragraphs into a text frame of python-pptx, in place of what it holds."""
    body = frame._txBody
    for former in body.p_lst:
        body.remove(former)
    body.extend(paragraphs)


def row(cells: Iterable[Iterable[Element]], height: float, margins: tuple[float, float], rule: float) -> Element:
    """A row of a table without fills: the paragraphs of its cells over a rule.

    :param height: in EMU, as the margins beside and above the text and the width of the rule.
    """
    beside, above = map(round, margins)
    made = []
    for paragraphs in cells:
        edges = (A.lnL(A.noFill()), A.lnR(A.noFill()), A.lnT(A.noFill()), A.lnB(filled(RULE), w=round(rule)))
        look = A.tcPr(*edges, A.noFill(), marL=beside, marR=beside, marT=above, marB=above)
        made.append(A.tc(A.txBody(A.bodyPr(), A.lstStyle(), *paragraphs), look))
    return A.tr(*made, h=round(height))


def describe(shape: Any, text: str) -> None:
    """Set the alternative text of a shape, chart or table of python-pptx."""
    shape._element.xpath(".//p:cNvPr")[0].set("descr", clean(text)[:LONGEST_DESCRIPTION])
