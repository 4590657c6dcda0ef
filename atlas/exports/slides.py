"""A presentation (PPTX) of scenes: maps of editable shapes, charts with their data, tables, sources in the notes."""

import copy
import io
import math
import re
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from xml.sax.saxutils import quoteattr

import pandas as pd
import xlsxwriter
from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_LEGEND_POSITION
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.enum.text import MSO_ANCHOR
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml import parse_xml
from pptx.slide import Slide
from pptx.util import Emu, Inches, Pt

from atlas.exports import pictures, sections
from atlas.exports import tables as exports_tables
from atlas.exports.about import about, described, disclaimer
from atlas.exports.archive import zipped
from atlas.exports.rows import DATES, day, selected
from atlas.exports.tables import Table
from atlas.look import marks, palette
from atlas.look import text as look_text
from atlas.look.palette import part_colour
from atlas.maps import svg
from atlas.maps.drawing import WATER, Area, Drawing, Label, Mark, Path, draw
from atlas.model import results, scenes, standing
from atlas.model.atlas import Atlas
from atlas.model.scenes import Scene
from atlas.model.selection import Selection
from atlas.words import sentences, vocabulary
from atlas.words import values as words_values
from atlas.words.sentences import of_part
from atlas.words.translator import Translator
from atlas.words.voice import Voice

Progress = Callable[[str, float], None]

# faces that come with Windows and with Office for macOS; both have the letters of their language
LATIN, EAST_ASIAN = "Arial", "Microsoft YaHei"
INK, FAINT, PALE, LINE = "22303A", "51606B", "F4F1EA", "C3C9CC"
ACCENTS = ("0072B2", "D55E00", "009E73", "CC79A7", "E69F00", "56B4E9")
WIDTH, HEIGHT = Inches(13.333), Inches(7.5)
LEFT, TOP, INNER = Inches(0.5), Inches(1.3), Inches(12.333)
BOTTOM, CAPTION_TOP = Inches(6.85), Inches(6.4)
EMU_PER_PIXEL = 9525
NAMESPACES = " ".join(
    f'xmlns:{prefix}="http://schemas.openxmlformats.org/{path}"'
    for prefix, path in (("a", "drawingml/2006/main"), ("p", "presentationml/2006/main"))
)
SHAPES = {
    "circle": "ellipse",
    "ring": "donut",
    "square": "rect",
    "diamond": "diamond",
    "triangle": "triangle",
    "cross": "mathPlus",
}
LANGUAGE_TAGS = {"vi": "vi-VN", "zh": "zh-CN", "en": "en-GB"}
CELL_MARGIN = 4  # points
SMALLEST = 8.5  # points of text in tables
LONGEST_CELL = 2000
MOST_BARS = {1: 9, 2: 6}  # by number of languages
LABEL_WIDTH, LABEL_LINES = 44, 4  # narrow letters; lines for all languages together
MOST_LATEST = 3
MOST_TO_TALK = 12  # slides
MOST_UNITS = {1: 8, 2: 4}  # rows, by number of languages
PALE_GREY = "E3E8EB"


def pptx(
    atlas: Atlas,
    selection: Selection | None,
    language: str,
    progress: Progress = lambda step, share: None,
    sequence: tuple[Scene, ...] | None = None,
) -> bytes:
    """A deck of 16:9 slides: one for each scene, then the tables of all of them in full.

    The scenes after the twelfth and the tables are an annex, which the show passes over.

    :param language: one of :data:`atlas.words.voice.LANGUAGES`.
    :param sequence: the scenes; those of :func:`atlas.model.scenes.sequence` if left out.
    """
    listed = (sequence and scenes.known(atlas, sequence)) or scenes.sequence(atlas, selection)
    deck = _Deck(atlas, language)
    for number, scene in enumerate(listed):
        progress(vocabulary.scene_kinds(deck.voice.first)[scene.kind], number / len(listed) * 0.6)
        deck.show(scene)
    tables = _tables(atlas, listed, deck.voice)
    for number, table in enumerate(tables):
        progress(table.title.replace("\n", " / "), 0.6 + number / len(tables) * 0.35)
        deck.append(table)
    deck.divide(min(len(listed), MOST_TO_TALK))
    progress(deck.voice.first("Writing the file"), 0.95)
    return _dated(deck.content(), atlas.version)


def _tables(atlas: Atlas, listed: tuple[Scene, ...], voice: Voice) -> list[Table]:
    """Every table that the scenes summarise, a record only where it comes first; meetings and agreements at the end."""
    shown: dict[str, dict[str, None]] = {
        name: {} for name in ("twinnings", "figures", "events", "agreements", "discrepancies")
    }

    def fresh(name: str, rows: pd.DataFrame) -> pd.DataFrame:
        rows = rows[~rows.index.isin(shown[name])]
        shown[name].update(dict.fromkeys(rows.index))
        return rows

    made: list[Table] = []
    for scene in listed:
        on = day(atlas, scene.selection)
        if scene.kind == "map":
            made.append(exports_tables.pairs(atlas, fresh("twinnings", scene.selection.twinnings(atlas)), voice, on))
        elif scene.kind in scenes.TOPICS:
            records = scenes.TOPICS[scene.kind].records(atlas, scene.selection)
            figures = exports_tables.figures(atlas, fresh("figures", records["figures"]), voice)
            made.append(
                replace(
                    figures, title=voice(lambda translate, kind=scene.kind: vocabulary.scene_kinds(translate)[kind])
                )
            )
            for name in ("events", "agreements"):
                fresh(name, records[name])
        elif scene.kind == "open":
            rows = selected(atlas, scene.selection)
            twinnings = atlas.twinnings.loc[rows["twinnings"].index]
            made.append(exports_tables.abolished(atlas, twinnings, voice, on))
            made.append(exports_tables.totals(atlas, scene.selection, voice))
            made.append(exports_tables.discrepancies(atlas, fresh("discrepancies", rows["discrepancies"]), voice))
    ordered = {
        name: atlas.table(name).loc[list(shown[name])].sort_values(DATES[name], ascending=False, kind="stable")
        for name in ("events", "agreements")
    }
    made.append(exports_tables.events(atlas, ordered["events"], voice, outcomes=False))
    made.append(exports_tables.agreements(atlas, ordered["agreements"], voice))
    return [table for table in made if len(table)]


class _Deck:
    """The presentation while it grows."""

    def __init__(self, atlas: Atlas, language: str):
        self.atlas, self.voice = atlas, Voice(language)
        self.file = _template()
        title = self.voice(lambda translate: translate("Vietnam–China Border Cooperation Atlas"), " · ")
        properties = self.file.core_properties
        properties.title = properties.author = properties.last_modified_by = title
        properties.created = properties.modified = datetime.fromisoformat(atlas.version)
        properties.language = language

    def content(self) -> bytes:
        written = io.BytesIO()
        self.file.save(written)
        return written.getvalue()

    def show(self, scene: Scene) -> None:
        """Add the slide of a scene."""
        makers = {
            "title": self._title,
            "results": self._results,
            "map": self._map,
            "pair": self._pair,
            "meetings": self._meetings,
            "open": self._open,
        }
        makers.get(scene.kind, self._topic)(scene)

    def append(self, table: Table) -> None:
        """Add slides with a table, as many as its rows need."""
        pages = list(_pages(table, INNER.pt, Emu(BOTTOM - TOP).pt, self._small))
        for number, part in enumerate(pages, start=1):
            slide = self._slide(table.title, f"{number}/{len(pages)}" if len(pages) > 1 else "")
            self._table(slide, part, LEFT, TOP, INNER, self._small)
            self._notes(slide, exports_tables.cited([part]))

    def divide(self, talk: int) -> None:
        """Keep so many slides to talk from; the others become the annex."""
        said = (lambda translate: translate("Presentation"), lambda translate: translate("Annex"))
        sections.divide(self.file, talk, tuple(self._say(one, " · ") for one in said))

    @property
    def _small(self) -> float:
        """Points of the text in tables."""
        return 12 if len(self.voice.translators) == 1 else 10.5

    def _say(self, said: Callable[[Translator], str | None], between: str = "\n") -> str:
        return self.voice(said, between)

    def _slide(self, title: str, more: str = "", caption: str = "") -> Slide:
        slide = self.file.slides.add_slide(self.file.slide_layouts.get_by_name("Title Only"))
        lines = title.split("\n")
        if more:
            lines[0] += f" ({more})"
        _write(slide.shapes.title.text_frame, lines, 26 if len(lines) == 1 else 22, bold=True)
        self._foot(slide)
        if caption:
            self._text(slide, caption.split("\n"), LEFT, CAPTION_TOP, INNER, Emu(BOTTOM - CAPTION_TOP), 14)
        return slide

    def _foot(self, slide: Slide) -> None:
        """The footer and slide number of the layout, which new slides do not get by themselves."""
        for placeholder in slide.slide_layout.placeholders:
            kind = placeholder.placeholder_format.type
            if kind in (PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER):
                element = copy.deepcopy(placeholder._element)
                slide.shapes._spTree.append(element)
                if kind == PP_PLACEHOLDER.FOOTER:
                    footer = slide.shapes[-1]
                    _write(footer.text_frame, self._say(self._origin).split("\n"), 9, color=FAINT)

    def _origin(self, translate: Translator) -> str:
        version = translate("Data version {day}", day=translate.date(self.atlas.version))
        said = (
            version,
            self.atlas.schema.licence,
            disclaimer(translate),
            *pictures.names_proposed(self.atlas, translate),
        )
        return " · ".join(said)

    def _heading(self, scene: Scene) -> str:
        return scene.title or self._say(lambda translate: vocabulary.scene_kinds(translate)[scene.kind])

    def _text(
        self, slide: Slide, lines: list[str], x, y, width, height, size: float, *, middle: bool = False, **look
    ) -> None:
        frame = slide.shapes.add_textbox(x, y, width, height).text_frame
        frame.word_wrap = True
        frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
        frame.vertical_anchor = MSO_ANCHOR.MIDDLE if middle else MSO_ANCHOR.TOP
        _write(frame, lines, size, **look)

    def _notes(self, slide: Slide, sources: list[str], before: Iterable[str] = ()) -> None:
        """What stands behind a slide: statements of its own, then every source in one line."""
        lines = list(before)
        if sources:
            lines += [self._say(lambda translate: f"{translate('Sources')}:", " / ")]
            named = exports_tables.sources(self.atlas, sources, self.voice.first)
            lines += [f"[{number}] {line}" for number, line in enumerate(named, start=1)]
        slide.notes_slide.notes_text_frame.text = "\n".join(svg.clean(line) for line in lines)

    def _title(self, scene: Scene) -> None:
        selection = scene.selection
        slide = self.file.slides.add_slide(self.file.slide_layouts.get_by_name("Title Slide"))
        title = scene.title or self._say(lambda translate: translate("Vietnam–China Border Cooperation Atlas"))
        _write(slide.shapes.title.text_frame, title.split("\n"), 36, bold=True)
        lines = self._say(lambda translate: described(self.atlas, selection, translate)).split("\n")
        _write(
            slide.placeholders[1].text_frame,
            [*lines, *scene.caption.split("\n")] if scene.caption else lines,
            20,
            color=FAINT,
        )
        numbers = exports_tables.key_numbers(self.atlas, selected(self.atlas, selection), self.voice)
        share = Emu(INNER // len(numbers))
        for place, (name, number) in enumerate(numbers):
            x = Emu(LEFT + share * place)
            self._text(slide, [number], x, Inches(4.25), share, Inches(0.7), 36, bold=True, color=ACCENTS[0])
            self._text(slide, name.split("\n"), x, Inches(4.95), share, Inches(0.6), 14, color=FAINT)
        line = lambda translate: pictures.statement(self.atlas, selection, translate)  # noqa: E731
        self._text(slide, self._say(line).split("\n"), LEFT, Inches(6.2), INNER, Inches(0.9), 11, color=FAINT)
        statements = [
            f"{name}: {text}"
            for translate in self.voice.translators
            for name, text in about(self.atlas, selection, translate)
        ]
        self._notes(slide, [], statements)

    def _map(self, scene: Scene) -> None:
        rows, on = scene.selection.twinnings(self.atlas), day(self.atlas, scene.selection)
        levels = dict.fromkeys(rows["level"])
        heading = self._heading(scene)
        if not scene.title and len(scene.selection.level) == 1 and len(levels) == 1:
            level = next(iter(levels))
            heading = self._say(
                lambda translate: translate("Twinnings: {level}", level=vocabulary.level_names(translate)[level])
            )
        slide = self._slide(heading, caption=scene.caption)
        bottom = CAPTION_TOP - Inches(0.1) if scene.caption else BOTTOM
        drawing = self._drawing(slide, list(rows.index), on, LEFT, TOP, Inches(9.2), Emu(bottom - TOP))
        self._legend(slide, drawing, rows, on)
        table = exports_tables.pairs(self.atlas, rows, self.voice, on)
        self._notes(
            slide,
            exports_tables.cited([table]),
            [pictures.statement(self.atlas, scene.selection, one) for one in self.voice.translators],
        )

    def _drawing(self, slide: Slide, twinnings: list[str], on: str, x: int, y: int, width: int, height: int):
        drawing = draw(
            self.atlas, twinnings, self.voice.language, on, width / EMU_PER_PIXEL, height / EMU_PER_PIXEL, 14
        )
        description = self._say(
            lambda translate: translate.plural("Map with {n} twinning", "Map with {n} twinnings", len(twinnings)), " / "
        )
        slide.shapes._spTree.append(_map(drawing, x, y, description))
        km, length = svg.scale_bar(drawing)
        bar = slide.shapes.add_connector(1, x + width - Inches(0.15) - round(length * EMU_PER_PIXEL), y + height - Inches(0.15), x + width - Inches(0.15), y + height - Inches(0.15))  # fmt: skip
        bar.line.color.rgb, bar.line.width = RGBColor.from_string(INK), Pt(2)
        _describe(bar, f"{km} km")
        self._text(slide, [f"{km} km"], x + width - Inches(2.15), y + height - Inches(0.42), Inches(2), Inches(0.25), 11, align="r")  # fmt: skip
        return drawing

    def _legend(self, slide: Slide, drawing: Drawing, rows: pd.DataFrame, on: str) -> None:
        x, y = Inches(9.95), TOP
        counts = rows["level"].value_counts()
        bilingual = len(self.voice.translators) > 1
        step = Inches(0.48 if bilingual else 0.46)

        def entry(names: str, number: int) -> None:
            first, *others = names.split("\n")
            lines = [f"{first}: {self.voice.first.number(number)}", *others]
            self._text(slide, lines, x + Inches(0.75), y, Inches(2.55), step, 12 if bilingual else 14, middle=True)

        for level in drawing.levels:
            style = marks.LEVEL_STYLES[level]
            names = self._say(lambda translate, level=level: vocabulary.level_names(translate)[level])
            line = slide.shapes.add_connector(1, x, y + step // 2, x + Inches(0.45), y + step // 2)
            line.line.color.rgb, line.line.width = RGBColor.from_string(style["color"][1:].upper()), Pt(style["weight"])
            _describe(line, names)
            mark = Mark(names, ((x + Inches(0.45)) / EMU_PER_PIXEL, (y + step // 2) / EMU_PER_PIXEL), level)
            slide.shapes._spTree.append(parse_xml(_mark(mark, 0, 0, _next_id(slide))))
            entry(names, int(counts[level]))
            y += step
        dashed = standing.count(self.atlas, rows.to_dict("records"), date.fromisoformat(on)).signers
        remarks = []
        if dashed:
            line = slide.shapes.add_connector(1, x, y + step // 2, x + Inches(0.5), y + step // 2)
            line.line.color.rgb, line.line.width = RGBColor.from_string(FAINT), Pt(3)
            line.line._get_or_add_ln().append(parse_xml(f'<a:prstDash {NAMESPACES} val="dash"/>'))
            names = self._say(lambda translate: translate("A side no longer exists"))
            _describe(line, names)
            entry(names, dashed)
            y += step
        if drawing.outside:
            remarks += self._say(lambda translate: pictures.outside(drawing, translate)).split("\n")
        remarks += self._say(pictures.origins).split("\n")
        self._text(slide, remarks, x, y + Inches(0.15), Inches(2.9), Inches(1.2), 8 if bilingual else 10, color=FAINT)

    def _pair(self, scene: Scene) -> None:
        on = day(self.atlas, scene.selection)
        table = exports_tables.of_pair(self.atlas, scene.selection.pair, self.voice, on)
        slide = self._slide(scene.title or table.title, caption=scene.caption)
        bottom = CAPTION_TOP - Inches(0.1) if scene.caption else BOTTOM
        self._drawing(slide, [scene.selection.pair], on, LEFT, TOP, Inches(5.9), Emu(bottom - TOP))
        part, size = _fitted(table, Inches(6.2).pt, Emu(bottom - TOP).pt, self._small)
        self._table(slide, part, Inches(6.63), TOP, Inches(6.2), size)
        self._notes(slide, exports_tables.cited([table]), [f"{name}: {text}" for name, text in table.rows])

    def _topic(self, scene: Scene) -> None:
        records = scenes.TOPICS[scene.kind].records(self.atlas, scene.selection)
        slide = self._slide(self._heading(scene), caption=scene.caption)
        bottom = CAPTION_TOP - Inches(0.1) if scene.caption else BOTTOM
        rows = exports_tables.comparable(records["figures"])
        if len(rows):
            self._figures(slide, rows, LEFT, Inches(8.4), bottom)
        self._latest(slide, records, Inches(9.2) if len(rows) else LEFT, Inches(3.63) if len(rows) else INNER, bottom)
        tables = [exports_tables.figures(self.atlas, records["figures"], self.voice)]
        self._notes(slide, exports_tables.cited(tables))

    def _figures(self, slide: Slide, rows: pd.DataFrame, x: int, width: int, bottom: int) -> None:
        """A bar for each of the largest of some figures of one unit, with its value in words beside it."""
        most = MOST_BARS[len(self.voice.translators)]
        shown = rows.sort_values("value", ascending=False, kind="stable").head(most).iloc[::-1]
        unit = (shown["measure"].iloc[0], shown["rate"].iloc[0])
        name = self._say(lambda translate: vocabulary.units(translate)[unit], " / ")
        data = CategoryChartData(number_format="#,##0")
        data.categories = [self._bar_label(_counted(row, self.voice)) for row in shown.to_dict("records")]
        data.add_series(name, [float(value) for value in shown["value"]])
        note = self._say(
            lambda translate: translate(
                "{unit}: the {n} largest of {all} figures; all are in the tables at the end.",
                unit=vocabulary.units(translate)[unit],
                n=len(shown),
                all=len(rows),
            )
        )
        lines = note.split("\n")
        if (shown["qualifier"] == "range").any():
            lines += self._say(lambda translate: translate("A bar shows the lower end of a range.")).split("\n")
        height = Emu(bottom - TOP - Pt(14) * len(lines))
        chart = self._chart(slide, XL_CHART_TYPE.BAR_CLUSTERED, data, x, TOP, width, height, name)
        points = chart.plots[0].series[0].points
        for number, row in enumerate(shown.to_dict("records")):
            label = points[number].data_label
            label.position = XL_LABEL_POSITION.OUTSIDE_END
            quantity = self._say(lambda translate, row=row: words_values.quantity(row, translate), " / ")
            _write(label.text_frame, [quantity], 12 if len(self.voice.translators) == 1 else 10.5)
        chart.plots[0].gap_width = max(60, 400 - 60 * len(shown))
        self._text(slide, lines, x, TOP + height, width, Pt(14) * len(lines), 11, color=FAINT)

    def _bar_label(self, said: str) -> str:
        """A text in lines that leave room for the bars; a program that finds too little squeezes the whole chart."""
        most = LABEL_LINES // len(self.voice.translators)
        lines = []
        for text in said.split("\n"):
            first, more = look_text.wrap(text, LABEL_WIDTH)[:most], look_text.wrap(text, LABEL_WIDTH)[most:]
            lines += [*first[:-1], f"{first[-1]}…" if more else first[-1]]
        return svg.clean("\n".join(lines))

    def _latest(self, slide: Slide, records: dict[str, pd.DataFrame], x: int, width: int, bottom: int) -> None:
        """How many records of each kind there are, and the latest ones."""
        frame = slide.shapes.add_textbox(x, TOP, width, Emu(bottom - TOP)).text_frame
        frame.word_wrap = True
        heads = {
            "agreements": lambda translate: translate("Agreements"),
            "events": lambda translate: translate("Meetings and courses"),
            "figures": lambda translate: translate("Figures"),
        }
        most = MOST_LATEST if len(self.voice.translators) == 1 else 2
        paragraphs = []
        for name, head in heads.items():
            rows = records[name]
            count = self.voice.first.number(len(rows))
            paragraphs.append((f"{self._say(head, ' / ')}: {count}", 14, True))
            if name == "figures":
                continue
            for row in rows[rows[DATES[name]].notna()].head(most).to_dict("records"):
                said = self._say(
                    lambda translate, row=row, name=name: (
                        f"{translate.date(row[DATES[name]])}: {translate.text(row, 'title')}"
                    )
                )
                paragraphs += [(_clipped(line, 130), 11.5, False) for line in said.split("\n")]
        body = frame._txBody
        body.remove(body.p_lst[0])
        for text, size, bold in paragraphs:
            body.append(parse_xml(_paragraph(text, size, bold, INK, after=6, namespaces=NAMESPACES)))

    def _meetings(self, scene: Scene) -> None:
        records = scenes.TOPICS["meetings"].records(self.atlas, scene.selection)
        events = records["events"]
        slide = self._slide(self._heading(scene), caption=scene.caption)
        bottom = CAPTION_TOP - Inches(0.1) if scene.caption else BOTTOM
        by_year = exports_tables.years(events)
        table = exports_tables.series(self.atlas, events, self.voice, scene.selection.day(self.atlas))
        width = Inches(5.6)
        if by_year:
            name = self._say(lambda translate: translate("Meetings and courses held, by year"), " / ")
            data = CategoryChartData(number_format="0")
            data.categories = [str(year) for year, _ in by_year]
            data.add_series(name, [count for _, count in by_year])
            dated = sum(count for _, count in by_year)
            note = self._say(
                lambda translate: translate(
                    "{n} of {all} documented meetings and courses were held on a known date.", n=dated, all=len(events)
                )
            ).split("\n")
            height = Emu(bottom - TOP - Pt(14) * len(note))
            chart = self._chart(slide, XL_CHART_TYPE.COLUMN_CLUSTERED, data, LEFT, TOP, width, height, name)
            chart.plots[0].gap_width = 40
            self._text(slide, note, LEFT, TOP + height, width, Pt(14) * len(note), 11, color=FAINT)
        if len(table):
            part, size = _fitted(table, Inches(6.4).pt, Emu(bottom - TOP).pt, self._small)
            self._table(slide, part, Inches(6.43), TOP, Inches(6.4), size)
        else:
            self._latest(slide, records, Inches(6.43), Inches(6.4), bottom)
        self._notes(slide, exports_tables.cited([table]))

    def _open(self, scene: Scene) -> None:
        selection, on = scene.selection, day(self.atlas, scene.selection)
        rows = selected(self.atlas, selection)
        twinnings = self.atlas.twinnings.loc[rows["twinnings"].index]
        slide = self._slide(self._heading(scene), caption=scene.caption)
        bottom = CAPTION_TOP - Inches(0.1) if scene.caption else BOTTOM
        abolished = exports_tables.abolished(self.atlas, twinnings, self.voice, on)
        x, width = LEFT, INNER
        if len(abolished):
            table_width, most = Inches(7.6), MOST_UNITS[len(self.voice.translators)]
            part, size = _fitted(abolished.first(most), table_width.pt, Emu(bottom - TOP).pt, self._small)
            self._table(slide, part, LEFT, TOP, table_width, size)
            x, width = LEFT + table_width + Inches(0.3), INNER - table_width - Inches(0.3)
        self._points(slide, rows, twinnings, on, (x, TOP, width, Emu(bottom - TOP)))
        self._notes(
            slide,
            exports_tables.cited(
                [abolished, exports_tables.discrepancies(self.atlas, rows["discrepancies"], self.voice)]
            ),
        )

    def _points(self, slide: Slide, rows: dict, twinnings: pd.DataFrame, on: str, box: tuple) -> None:
        """How much is open, in sentences, and the first points on which sources disagree."""
        lost = standing.count(self.atlas, twinnings.to_dict("records"), date.fromisoformat(on))
        undated = int(twinnings["signed_on"].isna().sum())
        disputed = rows["discrepancies"]
        left_open = disputed[disputed["status"] == "open"]
        points = [
            lambda translate: translate("{n} of {all} twinnings lost a unit: {relation}.", n=lost.twinnings, all=len(twinnings), relation=sentences.relation(lost, translate)),
            lambda translate: translate("{n} of {all} twinnings have no known date of signature.", n=undated, all=len(twinnings)),
        ]  # fmt: skip
        if len(disputed):
            points.append(lambda translate: translate("Sources disagree on {n} points; {open} of them are left open.", n=len(disputed), open=len(left_open)))  # fmt: skip
        frame = slide.shapes.add_textbox(*box).text_frame
        frame.word_wrap = True
        body = frame._txBody
        body.remove(body.p_lst[0])
        for point in points:
            for text in self._say(point).split("\n"):
                body.append(parse_xml(_paragraph(text, 18, False, INK, after=9, namespaces=NAMESPACES)))
        for row in left_open.head(4).to_dict("records"):
            said = _clipped(self._say(lambda translate, row=row: translate.text(row, "title"), " / "), 150)
            body.append(parse_xml(_paragraph(f"– {said}", 12, False, FAINT, after=4, namespaces=NAMESPACES)))

    def _results(self, scene: Scene) -> None:
        totals, compositions = results.of(self.atlas, scene.selection)
        slide = self._slide(self._heading(scene), caption=scene.caption)
        bottom = CAPTION_TOP - Inches(0.1) if scene.caption else BOTTOM
        numbers = exports_tables.headlines(self.atlas, scene.selection, self.voice)
        width = Inches(4.6) if compositions else INNER
        step = Emu(int((bottom - TOP) / max(len(numbers), 4)))
        for place, (number, label) in enumerate(numbers):
            y = TOP + step * place
            self._text(slide, [number], LEFT, y, Inches(1.5), step, 40, bold=True, color=ACCENTS[0], middle=True)
            lines = label.split("\n")
            self._text(slide, lines, LEFT + Inches(1.6), y, width - Inches(1.6), step, 14 if len(lines) == 1 else 12, middle=True)  # fmt: skip
        if compositions:
            x = LEFT + width + Inches(0.3)
            self._compositions(slide, compositions, (x, TOP, INNER - width - Inches(0.3), Emu(bottom - TOP)))
        cited = [source for row in (*(one.total for one in compositions), *totals) for source in row["sources"]]
        self._notes(slide, list(dict.fromkeys(cited)))

    def _compositions(self, slide: Slide, shown: list[results.Composition], box: tuple) -> None:
        """A bar for each total, made of its parts, with the number on each."""
        parts = {self._say(partial(of_part, part), " / "): part for one in shown for part in one.parts}
        drawn = shown[::-1]  # a bar chart begins at the bottom
        data = CategoryChartData(number_format="#,##0;;;")
        data.categories = [
            self._bar_label(self._say(lambda translate, row=one.total: f"{words_values.amount(row, translate)}: {translate.text(row, 'title')}"))
            for one in drawn
        ]  # fmt: skip
        for name in parts:
            values = [
                sum(part.value for part in one.parts if self._say(partial(of_part, part), " / ") == name)
                for one in drawn
            ]
            data.add_series(name, values)
        title = self._say(lambda translate: translate("Totals and their parts"), " / ")
        chart = self._chart(slide, XL_CHART_TYPE.BAR_STACKED, data, *box, title)
        plot = chart.plots[0]
        plot.overlap, plot.gap_width = 100, 60
        chart.value_axis.visible = chart.value_axis.has_major_gridlines = False
        chart.has_legend = True
        chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
        for series, part in zip(plot.series, parts.values()):
            fill = _hex(part_colour(part.row, part.by_outcome)) if part.row else PALE_GREY
            series.format.fill.fore_color.rgb = RGBColor.from_string(fill)
            labels = series.data_labels
            labels.show_value, labels.number_format, labels.number_format_is_linked = True, "#,##0;;;", False
            labels.font.size, labels.font.bold = Pt(16), True
            labels.font.color.rgb = RGBColor.from_string(_hex(palette.ink_on(f"#{fill}")))

    def _chart(self, slide: Slide, kind, data: CategoryChartData, x, y, width, height, name: str):
        frame = slide.shapes.add_chart(kind, x, y, width, height, data)
        rows = [
            f"{category.label}: {', '.join(f'{series.values[place]:g}' for series in data)}"
            for place, category in enumerate(data.categories)
        ]
        _describe(frame, f"{name}. {'; '.join(rows)}")
        chart = frame.chart
        chart.part.chart_workbook.update_from_xlsx_blob(self._workbook(data))
        chart.has_title = chart.has_legend = False
        chart.font.size, chart.font.name = Pt(12 if len(self.voice.translators) == 1 else 10.5), LATIN
        chart.font._rPr.append(parse_xml(f'<a:ea {NAMESPACES} typeface="{EAST_ASIAN}"/>'))
        axis = chart.value_axis
        axis.major_gridlines.format.line.color.rgb = RGBColor.from_string("DFE4E7")
        axis.format.line.fill.background()
        axis.minimum_scale = 0
        axis.tick_labels.number_format, axis.tick_labels.number_format_is_linked = "#,##0", False
        for number, series in enumerate(chart.plots[0].series):
            series.format.fill.solid()
            series.format.fill.fore_color.rgb = RGBColor.from_string(ACCENTS[number] if number == 0 else LINE)
        return chart

    def _workbook(self, data: CategoryChartData) -> bytes:
        """The data of a chart laid out as python-pptx does, whose own workbook would take a text that starts with = for a formula."""
        content = io.BytesIO()
        options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        with xlsxwriter.Workbook(content, options) as book:
            book.set_properties({"created": datetime.fromisoformat(self.atlas.version)})
            sheet = book.add_worksheet()
            sheet.write_column(1, 0, [category.label for category in data.categories])
            for column, series in enumerate(data, start=1):
                sheet.write_string(0, column, series.name)
                sheet.write_column(1, column, series.values)
        return content.getvalue()

    def _table(self, slide: Slide, table: Table, x: int, y: int, width: int, size: float) -> None:
        frame = slide.shapes.add_table(1, len(table.heads), x, y, width, Pt(20))
        _describe(frame, table.title.replace("\n", " / "))
        grid = frame.table._tbl
        whole = sum(table.widths)
        for column, share in zip(grid.tblGrid.gridCol_lst, table.widths):
            column.w = Emu(width * share // whole)
        grid.remove(grid.tr_lst[0])
        for cells in (table.heads, *table.rows):
            height = Pt(_row_height(cells, table.widths, Emu(width).pt, size))
            grid.append(parse_xml(_row(cells, height, size, cells is table.heads)))
        frame.height = sum(row.h for row in grid.tr_lst)


def _template() -> Presentation:
    """An empty deck of 16:9 slides with the atlas's faces and colours, a title slide and a slide with a title."""
    file = Presentation()
    file.slide_width, file.slide_height = WIDTH, HEIGHT
    for layout in list(file.slide_layouts):
        if layout.name not in ("Title Slide", "Title Only"):
            file.slide_layouts.remove(layout)
    theme = file.slide_master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    text = theme.blob.decode("utf-8")
    text = re.sub(
        r'<a:latin typeface="[^"]*"/>\s*<a:ea typeface="[^"]*"/>',
        f'<a:latin typeface="{LATIN}"/><a:ea typeface="{EAST_ASIAN}"/>',
        text,
    )
    for number, color in enumerate(ACCENTS, start=1):
        text = re.sub(
            rf"(<a:accent{number}>).*?(</a:accent{number}>)", rf'\g<1><a:srgbClr val="{color}"/>\g<2>', text, flags=re.S
        )
    theme._blob = text.encode("utf-8")
    places = {
        PP_PLACEHOLDER.TITLE: (LEFT, Inches(0.3), INNER, Inches(0.9)),
        PP_PLACEHOLDER.BODY: (LEFT, TOP, INNER, Emu(BOTTOM - TOP)),
        PP_PLACEHOLDER.FOOTER: (LEFT, Inches(6.95), Inches(11.3), Inches(0.4)),
        PP_PLACEHOLDER.SLIDE_NUMBER: (Inches(11.9), Inches(6.95), Inches(0.93), Inches(0.4)),
        PP_PLACEHOLDER.DATE: (Inches(11.9), Inches(0.05), Inches(0.93), Inches(0.2)),
        PP_PLACEHOLDER.CENTER_TITLE: (LEFT, Inches(1.0), INNER, Inches(1.6)),
        PP_PLACEHOLDER.SUBTITLE: (LEFT, Inches(2.7), INNER, Inches(1.2)),
    }
    for holder in (file.slide_master, *file.slide_layouts):
        for placeholder in holder.placeholders:
            kind = placeholder.placeholder_format.type
            placeholder.left, placeholder.top, placeholder.width, placeholder.height = places[kind]
            if kind in (
                PP_PLACEHOLDER.TITLE,
                PP_PLACEHOLDER.CENTER_TITLE,
                PP_PLACEHOLDER.SUBTITLE,
                PP_PLACEHOLDER.FOOTER,
            ):
                frame = placeholder.text_frame
                frame.word_wrap = True
                frame.margin_left = frame.margin_right = 0
                frame.vertical_anchor = MSO_ANCHOR.MIDDLE if kind != PP_PLACEHOLDER.SUBTITLE else MSO_ANCHOR.TOP
    return file


def _write(
    frame, lines: list[str], size: float, *, bold: bool = False, color: str = INK, align: str = "l", after: float = 0
) -> None:
    """Put lines into a text frame, a paragraph each; ``after`` is the space below each in points."""
    body = frame._txBody
    for paragraph in body.p_lst:
        body.remove(paragraph)
    for line in lines:
        body.append(parse_xml(_paragraph(line, size, bold, color, align, after, NAMESPACES)))


def _paragraph(
    text: str, size: float, bold: bool, color: str, align: str = "l", after: float = 0, namespaces: str = ""
) -> str:
    space = f'<a:spcAft><a:spcPts val="{round(after * 100)}"/></a:spcAft>' if after else ""
    return f'<a:p {namespaces}><a:pPr algn="{align}">{space}</a:pPr>{_run(text, size, bold, color)}</a:p>'


def _run(text: str, size: float, bold: bool, color: str, effect: str = "") -> str:
    """Text with the faces and the language that a presentation program needs to show it rightly."""
    language = 'lang="zh-CN" altLang="vi-VN"' if look_text.HAN.search(text) else 'lang="vi-VN"'
    return (
        f'<a:r><a:rPr {language} sz="{round(size * 100)}" b="{bold:d}"><a:solidFill>{_color(color)}</a:solidFill>{effect}'
        f'<a:latin typeface="{LATIN}"/><a:ea typeface="{EAST_ASIAN}"/></a:rPr><a:t>{svg.escaped(text)}</a:t></a:r>'
    )


def _row(cells: tuple[str, ...], height: int, size: float, head: bool) -> str:
    """A row of a table as XML."""
    margin = round(CELL_MARGIN * 12700)
    look = (
        f'<a:tcPr marL="{margin}" marR="{margin}" marT="{margin // 2}" marB="{margin // 2}"><a:lnB w="6350"><a:solidFill>{_color(LINE)}</a:solidFill></a:lnB>'
        f"<a:solidFill>{_color(FAINT if head else 'FFFFFF')}</a:solidFill></a:tcPr>"
    )
    color = "FFFFFF" if head else INK
    written = ("".join(_paragraph(line, size, head, color) for line in text.split("\n")) for text in cells)
    inside = "".join(f"<a:tc><a:txBody><a:bodyPr/><a:lstStyle/>{text}</a:txBody>{look}</a:tc>" for text in written)
    return f'<a:tr {NAMESPACES} h="{int(height)}">{inside}</a:tr>'


def _describe(shape, text: str) -> None:
    """Set the alternative text of a shape, chart or table."""
    shape._element.xpath(".//p:cNvPr")[0].set("descr", svg.clean(text)[:2000])


def _next_id(slide: Slide) -> int:
    return max(int(one) for one in slide.shapes._spTree.xpath(".//p:cNvPr/@id")) + 1


def _map(drawing: Drawing, x: int, y: int, description: str):
    """A drawing as a group of groups of shapes, each of which can be changed in the presentation program."""
    numbers = iter(range(1000, 1_000_000))
    frame = Area(
        "",
        [[(0, 0), (drawing.width, 0), (drawing.width, drawing.height), (0, drawing.height), (0, 0)]],
        WATER,
        1,
        None,
        0,
    )
    groups = [("frame", [_area(frame, x, y, next(numbers))])]
    for name, shapes in drawing.layers.items():
        draw = [
            _path(one, x, y, next(numbers)) if isinstance(one, Path) else _area(one, x, y, next(numbers))
            for one in shapes
        ]
        groups.append((name, draw))
    groups.append(("twinnings", [_path(path, x, y, next(numbers)) for path in drawing.twinnings]))
    groups.append(("places", [_mark(mark, x, y, next(numbers)) for mark in drawing.marks]))
    groups.append(("names", [_label(label, x, y, next(numbers)) for label in drawing.labels]))
    box = (x, y, round(drawing.width * EMU_PER_PIXEL), round(drawing.height * EMU_PER_PIXEL))
    inside = "".join(
        _group(name, f"{description}: {name}", next(numbers), box, "".join(shapes)) for name, shapes in groups if shapes
    )
    return parse_xml(_group("map", description, next(numbers), box, inside, NAMESPACES))


def _group(name: str, description: str, number: int, box: tuple, inside: str, namespaces: str = "") -> str:
    x, y, width, height = box
    place = f'<a:off x="{x}" y="{y}"/><a:ext cx="{width}" cy="{height}"/><a:chOff x="{x}" y="{y}"/><a:chExt cx="{width}" cy="{height}"/>'
    return (
        f'<p:grpSp {namespaces}><p:nvGrpSpPr><p:cNvPr id="{number}" name={_quoted(name)} descr={_quoted(description)}/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr>'
        f"<p:grpSpPr><a:xfrm>{place}</a:xfrm></p:grpSpPr>{inside}</p:grpSp>"
    )


def _shape(number: int, name: str, box: tuple, geometry: str, look: str, text: str = "") -> str:
    x, y, width, height = box
    return (
        f'<p:sp {NAMESPACES}><p:nvSpPr><p:cNvPr id="{number}" name={_quoted(name)} descr={_quoted(name)}/><p:cNvSpPr/><p:nvPr/></p:nvSpPr>'
        f'<p:spPr><a:xfrm><a:off x="{x}" y="{y}"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>{geometry}{look}</p:spPr>{text}</p:sp>'
    )


def _freeform(number: int, name: str, points: list[list[tuple]], commands: str, look: str, x: int, y: int) -> str:
    """A shape of its own; ``commands`` has a place for every point, in the order of ``points``."""
    flat = [(round(a * EMU_PER_PIXEL), round(b * EMU_PER_PIXEL)) for line in points for a, b in line]
    left, top = min(a for a, _ in flat), min(b for _, b in flat)
    width, height = max(a for a, _ in flat) - left, max(b for _, b in flat) - top
    drawn = commands % tuple(f'<a:pt x="{a - left}" y="{b - top}"/>' for a, b in flat)
    geometry = f'<a:custGeom><a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/><a:rect l="0" t="0" r="r" b="b"/><a:pathLst><a:path w="{width}" h="{height}">{drawn}</a:path></a:pathLst></a:custGeom>'
    return _shape(number, name, (x + left, y + top, width, height), geometry, look)


def _area(area: Area, x: int, y: int, number: int) -> str:
    rings = [ring[:-1] for ring in area.rings]
    commands = "".join(f"<a:moveTo>%s</a:moveTo>{'<a:lnTo>%s</a:lnTo>' * (len(ring) - 1)}<a:close/>" for ring in rings)
    fill = f"<a:solidFill>{_color(area.fill, area.opacity)}</a:solidFill>" if area.fill else "<a:noFill/>"
    return _freeform(number, area.name or "frame", rings, commands, fill + _stroke(area.line, area.width), x, y)


def _path(path: Path, x: int, y: int, number: int) -> str:
    onward = "<a:quadBezTo>%s%s</a:quadBezTo>" if path.curve else "<a:lnTo>%s</a:lnTo>" * (len(path.points) - 1)
    look = "<a:noFill/>" + _stroke(path.color, path.width, path.dashed)
    return _freeform(number, path.name, [path.points], f"<a:moveTo>%s</a:moveTo>{onward}", look, x, y)


def _mark(mark: Mark, x: int, y: int, number: int) -> str:
    style = marks.LEVEL_STYLES[mark.level]
    size = round(style["size"] * EMU_PER_PIXEL)
    box = (
        x + round(mark.at[0] * EMU_PER_PIXEL) - size // 2,
        y + round(mark.at[1] * EMU_PER_PIXEL) - size // 2,
        size,
        size,
    )
    geometry = f'<a:prstGeom prst="{SHAPES[style["shape"]]}"><a:avLst/></a:prstGeom>'
    return _shape(
        number,
        mark.name,
        box,
        geometry,
        f"<a:solidFill>{_color(style['color'])}</a:solidFill>{_stroke('#ffffff', 0.75)}",
    )


def _label(label: Label, x: int, y: int, number: int) -> str:
    width, height = look_text.width(label.text, label.size) + 12, label.size * 1.5
    box = [round(value * EMU_PER_PIXEL) for value in (label.at[0] - width / 2, label.at[1] - height / 2, width, height)]
    color = FAINT if label.large else INK
    glow = '<a:effectLst><a:glow rad="38100"><a:srgbClr val="FFFFFF"/></a:glow></a:effectLst>'
    text = (
        '<p:txBody><a:bodyPr wrap="none" lIns="0" tIns="0" rIns="0" bIns="0" anchor="ctr"/><a:lstStyle/>'
        f'<a:p><a:pPr algn="ctr"/>{_run(label.text, label.size * 0.75, False, color, glow)}</a:p></p:txBody>'
    )
    geometry = '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
    return _shape(
        number,
        label.text,
        (x + box[0], y + box[1], box[2], box[3]),
        geometry,
        "<a:noFill/><a:ln><a:noFill/></a:ln>",
        text,
    )


def _color(color: str, opacity: float = 1) -> str:
    alpha = f'<a:alpha val="{round(opacity * 100_000)}"/>' if opacity < 1 else ""
    return f'<a:srgbClr val="{_hex(color)}">{alpha}</a:srgbClr>'


def _hex(color: str) -> str:
    digits = color.removeprefix("#").upper()
    return digits if len(digits) == 6 else "".join(digit * 2 for digit in digits)


def _stroke(color: str | None, width: float, dashed: bool = False) -> str:
    if not color:
        return "<a:ln><a:noFill/></a:ln>"
    dash = '<a:prstDash val="dash"/>' if dashed else ""
    return f'<a:ln w="{round(width * EMU_PER_PIXEL)}"><a:solidFill>{_color(color)}</a:solidFill>{dash}<a:round/></a:ln>'


def _quoted(text: str) -> str:
    return quoteattr(svg.clean(text)[:250])


def _counted(row: dict, voice: Voice) -> str:
    return voice(lambda translate: f"{translate.text(row, 'title')} ({words_values.when(row, translate)})")


def _clipped(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"


def _height(text: str, width: float, size: float) -> float:
    """About how high a text becomes in a column, in points; lines of Chinese are higher."""
    return sum(
        max(1, math.ceil(look_text.width(line, size) / width)) * size * (1.45 if look_text.HAN.search(line) else 1.22)
        for line in text.split("\n")
    )


def _row_height(cells: tuple[str, ...], widths: tuple[int, ...], width: float, size: float) -> float:
    """About how high a row becomes, in points."""
    whole = sum(widths)
    return max(_height(text, width * share / whole - 2 * CELL_MARGIN, size) for text, share in zip(cells, widths)) + 5


def _pages(table: Table, width: float, height: float, size: float) -> Iterable[Table]:
    """A table in parts of a height in points; what is too long for a page of its own is cut."""
    left = height - _row_height(table.heads, table.widths, width, size)
    page: list[tuple] = []
    used = 0.0
    for cells, identifier, sources in zip(table.rows, table.ids, table.sources):
        most = LONGEST_CELL
        while (needed := _row_height(cells, table.widths, width, size)) > left:
            most = round(most * 0.8)
            cells = _cut(cells, most)
        if page and used + needed > left:
            yield _part(table, page)
            page, used = [], 0.0
        page.append((cells, identifier, sources))
        used += needed
    if page:
        yield _part(table, page)


def _fitted(table: Table, width: float, height: float, size: float) -> tuple[Table, float]:
    """A table for one slide and its size of text: smaller if need be, and the ends of long cells cut if that is not enough."""
    high = lambda most, size: sum(  # noqa: E731
        _row_height(_cut(cells, most), table.widths, width, size) for cells in (table.heads, *table.rows)
    )
    most = LONGEST_CELL
    while high(most, size) > height and size > SMALLEST:
        size -= 0.5
    while high(most, size) > height and most > 20:
        most = round(most * 0.8)
    rows = [(_cut(cells, most), *more) for cells, *more in zip(table.rows, table.ids, table.sources)]
    return _part(table, rows), size


def _part(table: Table, rows: list[tuple]) -> Table:
    return Table(table.title, table.heads, table.widths, *(tuple(column) for column in zip(*rows)))


def _cut(cells: tuple[str, ...], most: int) -> tuple[str, ...]:
    return tuple(_clipped(text, most) for text in cells)


def _dated(content: bytes, version: str) -> bytes:
    """The same file with the data version for every date in it."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return zipped({name: archive.read(name) for name in archive.namelist()}, version)
