"""A slide and what is put on it: text, tables, charts with their data, notes."""

import copy
import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import xlsxwriter
from pptx.chart.chart import Chart
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.enum.text import MSO_ANCHOR
from pptx.oxml.ns import qn
from pptx.presentation import Presentation
from pptx.shapes.connector import Connector
from pptx.slide import Slide
from pptx.util import Emu, Inches, Pt

from atlas.exports import pictures, tables
from atlas.exports.about import disclaimer
from atlas.exports.slides.layout import BOTTOM, CAPTION_TOP, INNER, LEFT, SMALLEST, TOP, fitted, row_height
from atlas.exports.slides.ooxml import EAST_ASIAN, LATIN, A, C, Element, describe, put, rgb, row, write
from atlas.exports.tables import Table
from atlas.look import text as measure
from atlas.look.palette import ACTION, FAINT, GRID, LINE
from atlas.model.atlas import Atlas
from atlas.model.scenes import Scene
from atlas.words import vocabulary
from atlas.words.translator import Translator
from atlas.words.voice import Voice

LABEL_WIDTH, LABEL_LINES = 44, {1: 3, 2: 6}  # narrow letters; lines for all languages together
NOTE_LINE = Pt(17)


@dataclass(frozen=True)
class Deck:
    """What all slides of a presentation share."""

    atlas: Atlas
    voice: Voice
    file: Presentation

    @property
    def bilingual(self) -> bool:
        """Whether two languages stand below each other."""
        return len(self.voice.translators) > 1

    @property
    def small(self) -> float:
        """Points of the text in tables."""
        return 10.5 if self.bilingual else 12

    def say(self, said: Callable[..., str | None], between: str = "\n") -> str:
        """What is said to the translator of each language, with ``between`` between them."""
        return self.voice(said, between)

    def heading(self, scene: Scene) -> str:
        """The title that a scene was given, or that of its kind."""
        return scene.title or self.say(lambda translate: vocabulary.scene_kinds(translate)[scene.kind])

    def page(self, title: str, more: str = "", caption: str = "") -> "Page":
        """A new slide; ``more`` follows its title in brackets, the caption stands below everything."""
        page = Page(self, self.file.slides.add_slide(self.file.slide_layouts.get_by_name("Title Only")), bool(caption))
        lines = title.split("\n")
        if more:
            lines[0] += f" ({more})"
        write(page.slide.shapes.title.text_frame, lines, 26 if len(lines) == 1 else 22, bold=True)
        page.foot()
        if caption:
            page.text(caption.split("\n"), LEFT, CAPTION_TOP, INNER, Emu(BOTTOM - CAPTION_TOP), 14)
        return page

    def title_page(self) -> "Page":
        """The slide that opens the deck."""
        return Page(self, self.file.slides.add_slide(self.file.slide_layouts.get_by_name("Title Slide")))


@dataclass(frozen=True)
class Page:
    """One slide while it grows; places and sizes are in EMU."""

    deck: Deck
    slide: Slide
    has_caption: bool = False

    @property
    def bottom(self) -> int:
        """Where the room for the scene ends."""
        return CAPTION_TOP - Inches(0.1) if self.has_caption else BOTTOM

    @property
    def height(self) -> Emu:
        """The room for the scene from top to bottom."""
        return Emu(self.bottom - TOP)

    def foot(self) -> None:
        """The footer and slide number of the layout, which new slides do not get by themselves."""
        for placeholder in self.slide.slide_layout.placeholders:
            kind = placeholder.placeholder_format.type
            if kind in (PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER):
                self.add(copy.deepcopy(placeholder._element))
            if kind == PP_PLACEHOLDER.FOOTER:
                said = self.deck.say(self._origin).split("\n")
                write(self.slide.shapes[-1].text_frame, said, SMALLEST, color=FAINT)

    def _origin(self, translate: Translator) -> str:
        atlas = self.deck.atlas
        version = translate("Data version {day}", day=translate.date(atlas.version))
        names = pictures.names_proposed(atlas, translate)
        return " · ".join((version, atlas.schema.licence, disclaimer(translate), *names))

    def add(self, element: Element) -> None:
        """Put an element of DrawingML on the slide, above what is there."""
        self.slide.shapes._spTree.append(element)

    def text(
        self,
        lines: list[str],
        x: int,
        y: int,
        width: int,
        height: int,
        size: float,
        *,
        middle: bool = False,
        **look: Any,
    ) -> None:
        """Lines without a margin; ``look`` as :func:`atlas.exports.slides.ooxml.write` takes it."""
        frame = self.slide.shapes.add_textbox(x, y, width, height).text_frame
        frame.word_wrap = True
        frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
        frame.vertical_anchor = MSO_ANCHOR.MIDDLE if middle else MSO_ANCHOR.TOP
        write(frame, lines, size, **look)

    def paragraphs(self, written: Iterable[Element], x: int, y: int, width: int, height: int) -> None:
        """Paragraphs of DrawingML in a text box that wraps them."""
        frame = self.slide.shapes.add_textbox(x, y, width, height).text_frame
        frame.word_wrap = True
        put(frame, written)

    def line(
        self, start: tuple[int, int], end: tuple[int, int], color: str, width: float, description: str
    ) -> Connector:
        """A straight line of a width in points."""
        line = self.slide.shapes.add_connector(1, *start, *end)
        line.line.color.rgb, line.line.width = rgb(color), Pt(width)
        describe(line, description)
        return line

    def notes(self, sources: list[str], before: Iterable[str] = ()) -> None:
        """What stands behind a slide: statements of its own, then every source in one line."""
        lines = list(before)
        if sources:
            lines += [self.deck.say(lambda translate: f"{translate('Sources')}:", " / ")]
            named = tables.sources(self.deck.atlas, sources, self.deck.voice.first)
            lines += [f"[{number}] {line}" for number, line in enumerate(named, start=1)]
        self.slide.notes_slide.notes_text_frame.text = "\n".join(measure.clean(line) for line in lines)

    def table(self, table: Table, x: int, y: int, width: int, size: float) -> None:
        """A table of which the columns share the width as its ``widths`` say; ``size`` in points."""
        frame = self.slide.shapes.add_table(1, len(table.heads), x, y, width, Pt(20))
        describe(frame, table.title.replace("\n", " / "))
        grid = frame.table._tbl
        whole = sum(table.widths)
        for column, share in zip(grid.tblGrid.gridCol_lst, table.widths):
            column.w = Emu(width * share // whole)
        grid.remove(grid.tr_lst[0])
        for cells in (table.heads, *table.rows):
            height = Pt(row_height(cells, table.widths, Emu(width).pt, size))
            grid.append(row(cells, height, size, cells is table.heads))
        frame.height = sum(one.h for one in grid.tr_lst)

    def note(self, lines: list[str], x: int, y: int, width: int) -> None:
        """What is to be known of a picture, in small letters below it."""
        self.text(lines, x, y, width, NOTE_LINE * len(lines), SMALLEST, color=FAINT)

    def fitted_table(self, table: Table, x: int, width: int, below: int = 0) -> Table:
        """A table in the room for the scene but for what stands below; returns the rows that are shown."""
        part = fitted(table, Emu(width).pt, Emu(self.height - below).pt)
        self.table(part, x, TOP, width, SMALLEST)
        return part

    def chart(self, kind: XL_CHART_TYPE, data: CategoryChartData, box: tuple, name: str, note: list[str]) -> Chart:
        """A chart with lines of a note below it, in a box of left, top, width and height."""
        x, y, width, height = box
        below = NOTE_LINE * len(note)
        chart = self._chart(kind, data, (x, y, width, Emu(height - below)), name)
        if note:
            self.note(note, x, y + height - below, width)
        return chart

    def _chart(self, kind: XL_CHART_TYPE, data: CategoryChartData, box: tuple, name: str) -> Chart:
        frame = self.slide.shapes.add_chart(kind, *box, data)
        described = [
            f"{category.label}: {', '.join(f'{series.values[place]:g}' for series in data)}"
            for place, category in enumerate(data.categories)
        ]
        describe(frame, f"{name}. {'; '.join(described)}")
        chart = frame.chart
        chart.part.chart_workbook.update_from_xlsx_blob(_workbook(data, self.deck.atlas.version))
        chart.has_title = chart.has_legend = False
        chart.font.size, chart.font.name = Pt(SMALLEST), LATIN
        chart.font._rPr.append(A.ea(typeface=EAST_ASIAN))
        axis = chart.value_axis
        axis.major_gridlines.format.line.color.rgb = rgb(GRID)
        axis.format.line.fill.background()
        axis.minimum_scale = 0
        axis.tick_labels.number_format, axis.tick_labels.number_format_is_linked = "#,##0", False
        for number, series in enumerate(chart.plots[0].series):
            series.format.fill.solid()
            series.format.fill.fore_color.rgb = rgb(ACTION if number == 0 else LINE)
        return chart

    def bar_label(self, said: str) -> str:
        """A text in lines that leave room for the bars; a program that finds too little squeezes the whole chart."""
        languages = len(self.deck.voice.translators)
        most = LABEL_LINES[languages] // languages
        lines = []
        for text in said.split("\n"):
            wrapped = measure.wrap(text, LABEL_WIDTH)
            *whole, last = wrapped[:most]
            lines += [*whole, f"{last}…" if len(wrapped) > most else last]
        return measure.clean("\n".join(lines))


def only_bars(chart: Chart) -> None:
    """Show bars that bear their values without an axis of values, and the name of each: programs leave out every second."""
    chart.value_axis.visible = chart.value_axis.has_major_gridlines = False
    axis = chart.category_axis
    axis.tick_labels.font.size = Pt(SMALLEST)
    axis._element.txPr.bodyPr.set("rot", "0")
    axis._element.find(qn("c:noMultiLvlLbl")).addprevious(C.tickLblSkip(val="1"))


def _workbook(data: CategoryChartData, version: str) -> bytes:
    """The data of a chart laid out as python-pptx does, whose own workbook would take a text that starts with = for a formula."""
    content = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(content, options) as book:
        book.set_properties({"created": datetime.fromisoformat(version)})
        sheet = book.add_worksheet()
        sheet.write_column(1, 0, [category.label for category in data.categories])
        for column, series in enumerate(data, start=1):
            sheet.write_string(0, column, series.name)
            sheet.write_column(1, column, series.values)
    return content.getvalue()
