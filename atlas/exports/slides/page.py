"""Boards as slides: each thing on a board becomes what a presentation program can edit.

It knows no kind of scene: the title goes into the title of the layout, the sources and the number of a scene into their
placeholders, all else where the board has it.
"""

import copy
import io
import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Any

from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.oxml.ns import qn
from pptx.presentation import Presentation
from pptx.slide import Slide, SlideLayout

from atlas.exports import scenes
from atlas.exports.scenes import board
from atlas.exports.scenes.board import Bar, Board, Box, Disc, Drawn, Image, Item, Line, Room, Run, Table, Text
from atlas.exports.slides import charts, shapes, template
from atlas.exports.slides.ooxml import EMU_PER_PIXEL, A, Element, P, filled, paragraph, put, row, themed

FURNITURE = {scenes.FOOT: template.SOURCES, scenes.NUMBER: None}  # rooms of a board, and their placeholders
ALIGN = {"start": "l", "middle": "ctr", "end": "r"}
ANCHOR = {"top": "t", "middle": "ctr", "bottom": "b"}
PLAIN_TABLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"  # a style without grid and fills


@dataclass(frozen=True)
class Deck:
    """What all slides share.

    latin: the language of what is not Chinese, as a presentation program calls it; version: of the data.
    """

    file: Presentation
    latin: str
    version: str
    layouts: dict[str, SlideLayout] = field(init=False)
    unit: float = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "layouts", template.layouts(self.file))
        object.__setattr__(self, "unit", template.unit(self.file))

    def slide(self, shown: Board, layout: str | None = None) -> Slide:
        """A new slide with everything that stands on a board, in a layout that fits it unless one is named."""
        page = Page(self, self.file.slides.add_slide(self.layouts[layout] if layout else self._layout(shown)))
        page.fill(shown)
        return page.slide

    def _layout(self, shown: Board) -> SlideLayout:
        kinds = set(map(type, shown.items))
        wanted = template.CHART if Bar in kinds else template.TABLE if Table in kinds else template.SCENE
        if not any(isinstance(one, Text) and _is_head(one.room) for one in shown.items):
            wanted = template.COVER
        return self.layouts.get(wanted) or self.layouts[template.SCENE]


@dataclass(frozen=True)
class Page:
    """One slide while it grows."""

    deck: Deck
    slide: Slide
    numbers: Iterator[int] = field(default_factory=lambda: count(100))

    def fill(self, shown: Board) -> None:
        """Put everything on the slide; placeholders of the layout that nothing fills go."""
        title = next((one for one in shown.items if isinstance(one, Text)), None)
        for item in shown.items:
            if item is title:
                self.title(item)
            elif isinstance(item, Text) and item.room in FURNITURE:
                self.furniture(item)
            elif item != scenes.ABOVE:  # the layout has it
                PUT[type(item)](self, item)
        for placeholder in list(self.slide.placeholders):
            if placeholder.has_text_frame and not placeholder.text_frame.text:
                placeholder._element.getparent().remove(placeholder._element)

    def title(self, text: Text) -> None:
        """The title where the layout has it, longer if it takes from the picture; that of a cover where the board has it."""
        shape = self.slide.shapes.title
        at = template.room(self.deck.file, shape)
        said, longer = text.runs, text.room.height - scenes.HEAD.height
        if _is_head(text.room):
            said = board.clipped(said, at.width, at.height + longer)
            if longer:
                left, top, width, height = shape.left, shape.top, shape.width, shape.height
                shape.left, shape.top, shape.width = left, top, width
                shape.height = height + round(longer * self.deck.unit)
        else:
            shape.left, shape.top, shape.width, shape.height = self.box(text.room)
            shape.text_frame._txBody.bodyPr.set("anchor", ANCHOR[text.anchor])
        put(shape.text_frame, (self.inherited(one, number == 0) for number, one in enumerate(said)))

    def inherited(self, one: Run, first: bool) -> Element:
        """A paragraph in a placeholder, whose face, weight and colour are those of the layout but for a second language."""
        made = self.paragraph(one)
        for look in made.iter(qn("a:rPr")):
            if first:
                del look.attrib["b"]
            for former in look.xpath("./a:latin | ./a:ea | ./a:solidFill[a:schemeClr/@val='tx1']"):
                look.remove(former)
        for place in made.xpath("./a:pPr/@algn/.."):
            del place.attrib["algn"]
        return made

    def furniture(self, text: Text) -> None:
        """The sources, clipped to the room that the layout has for them, and the number of the slide."""
        if FURNITURE[text.room] is None:
            self.number()
            return
        shape = next(one for one in self.slide.placeholders if one.placeholder_format.idx == FURNITURE[text.room])
        at = template.room(self.deck.file, shape)
        said = board.clipped(text.runs, at.width, at.height)
        put(shape.text_frame, (self.inherited(one, first=True) for one in said if one.text))

    def number(self) -> None:
        """The number of the slide where the layout shows it, which new slides do not get by themselves."""
        for placeholder in self.slide.slide_layout.placeholders:
            if placeholder.placeholder_format.type == PP_PLACEHOLDER.SLIDE_NUMBER:
                made = copy.deepcopy(placeholder._element)
                made.xpath(".//p:cNvPr")[0].set("id", str(next(self.numbers)))
                self.add(made)

    def text(self, text: Text) -> None:
        """A text box; where no paragraph needs a second line, no program may break one."""
        if not any(one.text for one in text.runs):
            return
        single = all(len(board.wrapped(one, text.room.width)) == 1 for one in text.runs)
        body = A.bodyPr(
            wrap="none" if single else "square", lIns=0, tIns=0, rIns=0, bIns=0, anchor=ANCHOR[text.anchor]
        )  # fmt: skip
        paragraphs = [self.paragraph(one, ALIGN[text.align]) for one in text.runs]
        frame = P.txBody(body, A.lstStyle(), *paragraphs)
        properties = P.nvSpPr(P.cNvPr(id=next(self.numbers), name="Text"), P.cNvSpPr(txBox="1"), P.nvPr())
        place = P.spPr(self.xfrm(text.room), shapes.preset("rect"), filled(None))
        self.add(P.sp(properties, place, frame))

    def paragraph(self, one: Run, align: str = "l") -> Element:
        """A paragraph of a board in points."""
        return paragraph(one.text, self.points(one.size), one.bold, one.colour, align, self.deck.latin)

    def rectangle(self, box: Box) -> None:
        """A rectangle, with round corners if need be."""
        share = box.radius / max(1, min(box.room.width, box.room.height))
        corner = A.prstGeom(
            A.avLst(A.gd(name="adj", fmla=f"val {min(50_000, round(share * 100_000))}")), prst="roundRect"
        )
        look = (
            corner if box.radius else shapes.preset("rect"),
            self.fill_of(box.fill),
            self.stroke(box.line, box.weight),
        )
        self.add(shapes.shape(next(self.numbers), "", self.box(box.room), look))

    def disc(self, disc: Disc) -> None:
        """A round mark."""
        (x, y), radius = disc.at, disc.radius
        look = (shapes.preset("ellipse"), self.fill_of(disc.fill or board.PAPER), self.stroke(disc.line, disc.weight))
        self.add(
            shapes.shape(next(self.numbers), "", self.box(Room(x - radius, y - radius, 2 * radius, 2 * radius)), look)
        )

    def line(self, line: Line) -> None:
        """A line through points, with a head at its end."""
        share = self.deck.unit / EMU_PER_PIXEL
        first, *rest = [(x * share, y * share) for x, y in line.points]
        stroke = self.stroke(line.colour, line.weight)
        if line.dashed:
            stroke.insert(1, A.prstDash(val="dash"))
        if line.arrow:
            stroke.append(A.tailEnd(type="triangle", w="med", len="med"))
        steps = [("moveTo", [first]), *(("lnTo", [point]) for point in rest)]
        self.add(shapes.freeform(next(self.numbers), "", steps, (filled(None), stroke), 0, 0))

    def bar(self, bar: Bar) -> None:
        """A chart with its data, in a placeholder for a chart while the layout has one."""
        free = self.free(template.CHARTS)
        frame = charts.stacked(self.slide, free, bar, self.deck.version, self.points(board.VALUE))
        self.place(frame, bar.room)

    def table(self, table: Table) -> None:
        """A table with the heights that it was measured to have, in a placeholder for one while the layout has it."""
        free = self.free(template.TABLES)
        size = (len(table.heights), len(table.heads))
        frame = free.insert_table(*size) if free else self.slide.shapes.add_table(*size, 0, 0, 1, 1)
        self.place(frame, table.room)
        grid, unit = frame._element.xpath(".//a:tbl")[0], self.deck.unit
        for former in grid.tr_lst:
            grid.remove(former)
        look = A.tblPr(A.tableStyleId(PLAIN_TABLE), firstRow="1")
        grid.replace(grid.tblPr, look)
        for column, share in zip(grid.tblGrid.gridCol_lst, table.widths):
            column.set("w", str(round(table.room.width * share / math.fsum(table.widths) * unit)))
        for number, (cells, height) in enumerate(zip((table.heads, *table.rows), table.heights)):
            said = [list(self.cell(cell, table.size, number == 0)) for cell in cells]
            margins = (board.CELL[0] * unit, board.CELL[1] * unit)
            grid.append(row(said, height * unit, margins, (3 if number == 0 else 1.5) * unit))
        frame._element.xpath(".//p:cNvPr")[0].set("descr", shapes.named(" · ".join(table.heads).replace("\n", " / ")))

    def cell(self, text: str, size: float, head: bool) -> Iterator[Element]:
        """The lines of a cell: a head is bold, a second language stands back."""
        for number, line in enumerate(text.split("\n")):
            colour = board.QUIET if head or number else board.INK
            yield self.paragraph(Run(line, size, head, colour))

    def drawn(self, drawn: Drawn) -> None:
        """A map of shapes that can be edited."""
        x, y = (round(at * self.deck.unit) for at in drawn.at)
        drawing = drawn.drawing.scaled(self.deck.unit / EMU_PER_PIXEL)
        self.add(shapes.map_of(drawing, x, y, drawn.name, self.numbers))

    def image(self, image: Image) -> None:
        """A picture of pixels."""
        frame = self.slide.shapes.add_picture(io.BytesIO(image.content), *self.box(image.room))
        self.place(frame, image.room)
        frame._element.xpath(".//p:cNvPr")[0].set("descr", shapes.named(image.name))

    def free(self, among: tuple[int, ...]) -> Any:
        """The first placeholder of some numbers that nothing fills; None without one."""
        return next(
            (
                one
                for one in self.slide.placeholders
                if one.placeholder_format.idx in among and not (one.has_chart or one.has_table)
            ),
            None,
        )

    def place(self, frame: Any, room: Room) -> None:
        """Have a frame of python-pptx stand in a room, under a number of its own."""
        frame.left, frame.top, frame.width, frame.height = self.box(room)
        frame._element.xpath(".//p:cNvPr")[0].set("id", str(next(self.numbers)))

    def add(self, element: Element) -> None:
        """Put an element on the slide, above what is there."""
        self.slide.shapes._spTree.append(element)

    def box(self, room: Room) -> tuple[int, int, int, int]:
        """A room in EMU: left, top, width, height."""
        unit = self.deck.unit
        return round(room.x * unit), round(room.y * unit), round(room.width * unit), round(room.height * unit)

    def xfrm(self, room: Room) -> Element:
        """The same as DrawingML has it."""
        x, y, width, height = self.box(room)
        return A.xfrm(A.off(x=x, y=y), A.ext(cx=width, cy=height))

    def points(self, size: float) -> float:
        """The size of a text in points."""
        return size * self.deck.unit / 12_700

    def fill_of(self, colour: str | None) -> Element:
        """A fill, or none; paper and text in the colours of the template."""
        return themed(colour) if colour else filled(None)

    def stroke(self, colour: str | None, weight: float) -> Element:
        """A line of so many units, or none."""
        if not colour:
            return A.ln(A.noFill())
        return A.ln(themed(colour), A.round(), w=round(weight * self.deck.unit))


def _is_head(room: Room) -> bool:
    """Whether a room is that of a title above a picture."""
    return replace(room, height=scenes.HEAD.height) == scenes.HEAD


PUT: dict[type[Item], Callable[[Page, Any], None]] = {
    Text: Page.text,
    Box: Page.rectangle,
    Line: Page.line,
    Disc: Page.disc,
    Bar: Page.bar,
    Table: Page.table,
    Drawn: Page.drawn,
    Image: Page.image,
}
