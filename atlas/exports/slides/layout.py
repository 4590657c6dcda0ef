"""The sizes of a slide, the empty deck, and how much text fits."""

import math
from collections.abc import Iterable
from dataclasses import replace

from lxml import etree
from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.enum.text import MSO_ANCHOR
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.util import Emu, Inches

from atlas.exports.slides.ooxml import CELL_MARGIN, EAST_ASIAN, LATIN, NAMESPACES, A, color_of
from atlas.exports.tables import Table
from atlas.look import text as measure
from atlas.look.palette import ACTION, GREY, LABOUR, MEETING, STUDY, TRAINING

WIDTH, HEIGHT = Inches(13.333), Inches(7.5)
LEFT, TOP, INNER = Inches(0.5), Inches(1.3), Inches(12.333)
BOTTOM, CAPTION_TOP = Inches(6.85), Inches(6.4)
ACCENTS = (ACTION, MEETING, STUDY, TRAINING, LABOUR, GREY)  # offered to whoever edits a slide
SMALLEST = 12  # points of text on a slide to talk from
LONGEST_CELL, LONGEST_LINES = 2000, (2000, 160, 80)  # characters

PLACES = {
    PP_PLACEHOLDER.TITLE: (LEFT, Inches(0.3), INNER, Inches(0.9)),
    PP_PLACEHOLDER.BODY: (LEFT, TOP, INNER, Emu(BOTTOM - TOP)),
    PP_PLACEHOLDER.FOOTER: (LEFT, Inches(6.9), Inches(11.3), Inches(0.55)),
    PP_PLACEHOLDER.SLIDE_NUMBER: (Inches(11.9), Inches(6.95), Inches(0.93), Inches(0.4)),
    PP_PLACEHOLDER.DATE: (Inches(11.9), Inches(0.05), Inches(0.93), Inches(0.2)),
    PP_PLACEHOLDER.CENTER_TITLE: (LEFT, Inches(1.0), INNER, Inches(1.6)),
    PP_PLACEHOLDER.SUBTITLE: (LEFT, Inches(2.7), INNER, Inches(1.2)),
}
ANCHORS = {
    PP_PLACEHOLDER.TITLE: MSO_ANCHOR.MIDDLE,
    PP_PLACEHOLDER.CENTER_TITLE: MSO_ANCHOR.MIDDLE,
    PP_PLACEHOLDER.SUBTITLE: MSO_ANCHOR.TOP,
    PP_PLACEHOLDER.FOOTER: MSO_ANCHOR.MIDDLE,
}


def template() -> Presentation:
    """An empty deck of 16:9 slides with the atlas's faces and colours, a title slide and a slide with a title."""
    file = Presentation()
    file.slide_width, file.slide_height = WIDTH, HEIGHT
    for layout in list(file.slide_layouts):
        if layout.name not in ("Title Slide", "Title Only"):
            file.slide_layouts.remove(layout)
    theme = file.slide_master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    theme._blob = _themed(theme.blob)
    for holder in (file.slide_master, *file.slide_layouts):
        for placeholder in holder.placeholders:
            kind = placeholder.placeholder_format.type
            placeholder.left, placeholder.top, placeholder.width, placeholder.height = PLACES[kind]
            if kind in ANCHORS:
                frame = placeholder.text_frame
                frame.word_wrap = True
                frame.margin_left = frame.margin_right = 0
                frame.vertical_anchor = ANCHORS[kind]
    return file


def _themed(theme: bytes) -> bytes:
    root = etree.fromstring(theme)
    names = {"namespaces": NAMESPACES}
    for faces in root.iterfind(".//a:fontScheme/*", **names):
        for kind, face in (("latin", LATIN), ("ea", EAST_ASIAN)):
            faces.replace(faces.find(f"a:{kind}", **names), A(kind, typeface=face))
    for number, color in enumerate(ACCENTS, start=1):
        root.find(f".//a:accent{number}", **names)[:] = [color_of(color)]
    return etree.tostring(root, encoding="UTF-8", standalone=True)


def clipped(text: str, most: int) -> str:
    """A text of so many characters at most."""
    return text if len(text) <= most else f"{text[: most - 1]}…"


def row_height(cells: tuple[str, ...], widths: tuple[int, ...], width: float, size: float) -> float:
    """About how high a row becomes, in points."""
    whole = sum(widths)
    return (
        max(text_height(text, width * share / whole - 2 * CELL_MARGIN, size) for text, share in zip(cells, widths)) + 5
    )


def text_height(text: str, width: float, size: float) -> float:
    """About how high a text becomes in a column, in points; lines of Chinese are higher."""
    return sum(
        max(1, math.ceil(measure.width(line, size) / width)) * size * (1.45 if measure.HAN.search(line) else 1.22)
        for line in text.split("\n")
    )


def parts(table: Table, width: float, height: float, size: float) -> Iterable[Table]:
    """A table in parts of a height in points; what is too long for a page of its own is cut."""
    left = height - row_height(table.heads, table.widths, width, size)
    page: list[tuple] = []
    used = 0.0
    for cells, identifier, sources in zip(table.rows, table.ids, table.sources):
        most = LONGEST_CELL
        while (needed := row_height(cells, table.widths, width, size)) > left:
            most = round(most * 0.8)
            cells = _cut(cells, most)
        if page and used + needed > left:
            yield _part(table, page)
            page, used = [], 0.0
        page.append((cells, identifier, sources))
        used += needed
    if page:
        yield _part(table, page)


def fitted(table: Table, width: float, height: float) -> Table:
    """A table for one slide, of a size in points: the ends of long lines are cut if need be, then the last rows."""
    height *= 0.93  # a program may break lines earlier
    for most in LONGEST_LINES:
        rows = [
            tuple("\n".join(clipped(line, most) for line in text.split("\n")) for text in one) for one in table.rows
        ]
        heights = [row_height(cells, table.widths, width, SMALLEST) for cells in (table.heads, *rows)]
        if sum(heights) <= height:
            break
    shown = next((place for place in range(len(rows), 1, -1) if sum(heights[: place + 1]) <= height), 1)
    return replace(table, rows=tuple(rows)).first(shown)


def _part(table: Table, rows: list[tuple]) -> Table:
    return Table(table.title, table.heads, table.widths, *(tuple(column) for column in zip(*rows)))


def _cut(cells: tuple[str, ...], most: int) -> tuple[str, ...]:
    return tuple(clipped(text, most) for text in cells)
