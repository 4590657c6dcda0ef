"""The tables as an Excel workbook, in one language or in two: a summary, then a sheet a table, ready to print."""

import io
import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from itertools import accumulate
from typing import Any

import pandas as pd
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from atlas import ENGLISH, records
from atlas.cards.source import UNLINKED
from atlas.exports import scenes, summary, tables
from atlas.exports.about import about
from atlas.exports.rows import readable, selected
from atlas.exports.spreadsheets import opens_formula
from atlas.look import text as measure
from atlas.look.palette import LEVEL_COLOURS
from atlas.model.atlas import LEVELS, Atlas
from atlas.model.selection import Selection
from atlas.model.session import Session
from atlas.words import columns, vocabulary
from atlas.words.voice import Voice

WIDEST, NARROWEST = 32, 5  # characters of a column; what is longer goes on in a line below
BROADEST = 215  # characters of a printed page; with more a page fitted to them has letters of less than 7 points
LINE, MOST_LINES = 15, 27  # points, and as many as a row may have
LONGEST_NAME = 31  # characters of a sheet's name
LONGEST_LINK = 2079  # characters, in Excel
# the sheets of the workbook after its summary: what is looked for first, then what it refers to
SHEETS = (
    "figures",
    "twinnings",
    "events",
    "agreements",
    "commitments",
    "commitment_evidence",
    "totals",
    "discrepancies",
    "discrepancy_statements",
    "twinning_members",
    "series_members",
    "places",
    "successions",
    "fields",
    "sources",
)
# the columns of broad tables that are read on paper; those after them are printed as far as there is room
FIRST_COLUMNS = {
    "figures": ("title", "value", "value_max", "qualifier", "rate", "as_of", "origin", "destination", "provider"),
    "agreements": ("title", "status", "signed_on", "valid_until", "parties", "subject"),
    "events": ("title", "kind", "date_from", "date_to", "place", "status", "outcomes", "series", "ordinal"),
    "commitments": ("text", "due", "responsible_vn", "responsible_cn", "agreement", "event"),
    "commitment_evidence": ("commitment", "date", "kind", "text"),
    "discrepancies": ("title", "status", "used"),
    "places": ("name_vi", "name_zh", "name_en", "kind", "parent", "valid_from", "valid_until"),
}
# mean something to those who keep the records: a group that can be folded, and is not printed
LAST_COLUMNS = (
    "date_inferred", "as_of_inferred", "valid_until_inferred", "ordinal_inferred",
    "lat", "lon", "coordinate_precision", "coordinate_source", "name_zh_basis", "name_zh_sources", "slug",
    "release", "sources", "id",
)  # fmt: skip
A4 = 9


def xlsx(atlas: Atlas, selection: Selection | None, language: str, session: Session | None = None) -> bytes:
    """All tables of a selection as an Excel workbook, in one language or in two.

    A day is a date, a month or a year stays text. In two languages a text has a line in each.

    :param language: one of :data:`atlas.words.voice.LANGUAGES`.
    :param session: heads the summary, which its proposals and decisions follow.
    """
    voice = Voice(language)

    def fill(book: xlsxwriter.Workbook, looks: "_Looks") -> None:
        first = book.add_worksheet(_named(lambda translate: translate("Summary"), voice))
        if session and session.decisions:
            decided = tables.decisions(session.decisions, voice)
            sheet = book.add_worksheet(_named(lambda translate: translate("Decisions"), voice))
            frame = pd.DataFrame(decided.rows, columns=[head.replace("\n", " · ") for head in decided.heads])
            _fill(sheet, frame, set(), set(), set(), looks)
        for table, frame in _frames(atlas, selection, voice).items():
            _sheet(book, atlas, table, frame, voice, looks)
        _summary(book, first, atlas, selection, voice, looks, session)

    return _written(atlas, voice, fill)


def workbook(
    atlas: Atlas, statements: list[tuple[str, str]], sheets: dict[str, list[pd.DataFrame]], voice: Voice
) -> bytes:
    """A workbook of tables in words, after a sheet that says what it is.

    :param statements: label and text of each line of that sheet.
    :param sheets: by their names; each in every language of the voice.
    """

    def fill(book: xlsxwriter.Workbook, looks: "_Looks") -> None:
        first = book.add_worksheet(_named(lambda translate: translate("About"), voice))
        _printed(first)
        first.set_column(0, 0, 28)
        first.set_column(1, 1, 100)
        for line, (label, text) in enumerate(statements):
            first.write_string(line, 0, label, looks.label)
            first.write_string(line, 1, text, looks.plain)
            first.set_row(line, LINE * max(_lines(label, 26), _lines(text, 96)))
        for title, spoken in sheets.items():
            _fill(book.add_worksheet(title), _together(spoken), set(), set(), set(), looks)

    return _written(atlas, voice, fill)


def _written(atlas: Atlas, voice: Voice, fill: Callable[[xlsxwriter.Workbook, "_Looks"], None]) -> bytes:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        name = voice(lambda translate: translate("Vietnam–China Border Cooperation Atlas"), " · ")
        book.set_properties({"title": name, "created": datetime.fromisoformat(atlas.version)})
        fill(book, _Looks(book))
    return content.getvalue()


def _frames(atlas: Atlas, selection: Selection | None, voice: Voice) -> dict[str, pd.DataFrame]:
    """The rows of every sheet in the language, or with both in each cell."""
    spoken = [readable(atlas, selection, one, voice.first.language) for one in voice.translators]
    return {name: _together([one[name] for one in spoken]) for name in SHEETS}


def _together(spoken: list[pd.DataFrame]) -> pd.DataFrame:
    first, *more = spoken
    if not more:
        return first
    (second,) = more
    cells = {
        _both(title, other): [_both(one, two) for one, two in zip(first[title], second[other])]
        for title, other in zip(first, second)
    }
    return pd.DataFrame(cells, index=first.index)


def _both(one: Any, other: Any) -> Any:
    """The first of two values, with the second below it where that is another text."""
    return f"{one}\n{other}" if isinstance(one, str) and isinstance(other, str) and one != other else one


def _named(said: Callable, voice: Voice) -> str:
    """The name of a sheet; where two languages have no room, the first."""
    both = voice(said, " ")
    return both if len(both) <= LONGEST_NAME else said(voice.first)


def _table_name(table: records.Table, voice: Voice) -> str:
    return _named(lambda translate: translate(table.title), voice)


def _title(field: records.Field, voice: Voice) -> str:
    return voice(lambda translate: translate(columns.title(field)))


@dataclass(frozen=True)
class _Looks:
    """How cells look in a workbook."""

    book: xlsxwriter.Workbook

    def _text(self, **more: Any) -> Format:
        return self.book.add_format({"text_wrap": True, "valign": "top"} | more)

    @cached_property
    def title(self) -> Format:
        return self._text(bold=True, font_size=16)

    @cached_property
    def heading(self) -> Format:
        return self._text(bold=True, bottom=1)

    @cached_property
    def label(self) -> Format:
        return self._text(bold=True)

    @cached_property
    def plain(self) -> Format:
        return self._text()

    @cached_property
    def number(self) -> Format:
        return self._text(align="right")

    @cached_property
    def quoted(self) -> Format:
        """Excel keeps a cell with a quote prefix as text even after it was edited."""
        return self._text(quote_prefix=True)

    @cached_property
    def link(self) -> Format:
        return self._text(font_color="#0b5c8a", underline=1)

    @cached_property
    def day(self) -> Format:
        """As the months and years beside it are written."""
        return self._text(num_format="yyyy-mm-dd", align="left")


def _summary(
    book: xlsxwriter.Workbook,
    sheet: Worksheet,
    atlas: Atlas,
    selection: Selection | None,
    voice: Voice,
    looks: _Looks,
    session: Session | None,
) -> None:
    """What the selection holds, each number a link to its sheet; results that sources state; a chart; what the file is."""
    _printed(sheet, pages=1)
    sheet.set_column(0, 0, 46)
    sheet.set_column(1, 1, 16)
    sheet.set_column(2, 2, 70)
    rows = selected(atlas, selection)
    name = voice(lambda translate: translate("Vietnam–China Border Cooperation Atlas"))
    line = 1
    if session:
        asked = scenes.context(atlas, session)
        name = "\n".join(scenes.heading(asked))
        for line, said in enumerate(scenes.meeting(asked), start=1):
            sheet.merge_range(line, 0, line, 2, said, looks.plain)
        line += 1
    sheet.merge_range(0, 0, 0, 2, name, looks.title)
    sheet.set_row(0, 24 * (name.count("\n") + 1))
    line += 1
    schema = atlas.schema.tables
    for table in ("twinnings", "figures", "events", "agreements", "commitments", "sources"):
        target = _table_name(schema[table], voice).replace("'", "''")
        said = voice(lambda translate, table=table: translate(schema[table].title), " · ")
        sheet.write_url(line, 0, f"internal:'{target}'!A1", looks.link, said)
        sheet.write_number(line, 1, len(rows[table]), looks.number)
        line += 1
    line = _levels(book, sheet, atlas, rows["twinnings"], line + 1, voice, looks)
    if results := summary.headlines(atlas, selection or Selection(), voice):
        sheet.write_string(line, 0, voice(lambda translate: translate("Results"), " · "), looks.heading)
        for number, label in results:
            line += 1
            sheet.write_string(line, 0, label, looks.plain)
            sheet.write_string(line, 1, number, looks.number)
            sheet.set_row(line, LINE * _lines(label, 46))
        line += 2
    for label, statement in _statements(atlas, selection, voice):
        sheet.write_string(line, 0, label, looks.label)
        sheet.merge_range(line, 1, line, 2, statement, looks.plain)
        sheet.set_row(line, LINE * max(_lines(statement, 84), _lines(label, 44)))
        line += 1


def _statements(atlas: Atlas, selection: Selection | None, voice: Voice) -> list[tuple[str, str]]:
    """Labels and texts of :func:`atlas.exports.about.about`, a line in each language."""
    spoken = zip(*(about(atlas, selection, translate) for translate in voice.translators))
    both = lambda texts: "\n".join(dict.fromkeys(texts))  # noqa: E731
    return [(both(label for label, _ in said), both(text for _, text in said)) for said in spoken]


def _levels(
    book: xlsxwriter.Workbook,
    sheet: Worksheet,
    atlas: Atlas,
    twinnings: pd.DataFrame,
    line: int,
    voice: Voice,
    looks: _Looks,
) -> int:
    """How many twinnings there are of each level, and their chart beside. Returns the next free line."""
    counts = twinnings["level"].value_counts()
    present = [level for level in LEVELS if level in counts]
    if not present:
        return line
    field = atlas.schema.tables["twinnings"].field("level")
    title = f"{voice(lambda one: one(atlas.schema.tables['twinnings'].title), ' · ')}: {_title(field, voice)}"
    sheet.write_string(line, 0, title.replace("\n", " · "), looks.heading)
    named = [vocabulary.labels(atlas, "twinnings.level", translate) for translate in voice.translators]
    for row, level in enumerate(present, line + 1):
        sheet.write_string(row, 0, " · ".join(dict.fromkeys(names[level] for names in named)), looks.plain)
        sheet.write_number(row, 1, int(counts[level]), looks.number)
    first, last = line + 1, line + len(present)
    chart = book.add_chart({"type": "bar"})
    chart.add_series(
        {
            "categories": [sheet.name, first, 0, last, 0],
            "values": [sheet.name, first, 1, last, 1],
            "points": [{"fill": {"color": LEVEL_COLOURS.get(level, "#5a5a5a")}} for level in present],
            "data_labels": {"value": True},
            "gap": 40,
        }
    )
    chart.set_title({"name": title.replace("\n", " · "), "name_font": {"size": 12}, "overlay": False})
    chart.set_legend({"none": True})
    chart.set_x_axis({"visible": False, "major_gridlines": {"visible": False}})
    chart.set_y_axis({"reverse": True, "line": {"none": True}})
    chart.set_size({"width": 500, "height": 60 + 36 * len(present)})
    sheet.insert_chart(1, 2, chart, {"x_offset": 10, "description": title.replace("\n", " · ")})
    return max(last + 2, 4 + (60 + 36 * len(present)) // 20)


def _sheet(
    book: xlsxwriter.Workbook, atlas: Atlas, name: str, frame: pd.DataFrame, voice: Voice, looks: _Looks
) -> None:
    table = atlas.schema.tables[name]
    sheet = book.add_worksheet(_table_name(table, voice))
    last = [_title(table.field(column), voice) for column in LAST_COLUMNS if column in table.columns]
    read = _as_read([column for column in frame.columns if column not in last], table, voice)
    days = {_title(field, voice) for field in table.fields if field.date}
    widths = _fill(sheet, frame[read + last], days, set(last), _linked(atlas, name), looks)
    printed = sum(reach <= BROADEST for reach in accumulate(widths[: len(read)]))
    sheet.print_area(0, 0, len(frame), printed - 1)


def _linked(atlas: Atlas, table: str) -> set[str]:
    """The addresses in a table that may be links: others are kept for the record only."""
    if table != "sources":
        return set()
    rows = atlas.table("sources")
    return {url for url in rows.loc[~rows["kind"].isin(UNLINKED), "url"].dropna() if len(url) <= LONGEST_LINK}


def _as_read(titles: list[str], table: records.Table, voice: Voice) -> list[str]:
    """The titles of columns in the order in which a table is read on paper; what is no field stands after the first."""
    named = {
        name: _title(field, voice)
        for field in table.fields
        for name in (field.name, field.name.removesuffix(f"_{ENGLISH}"))
    }
    first = [named[name] for name in FIRST_COLUMNS.get(table.name, ())]
    if not first:
        return titles
    added = [title for title in titles if title not in named.values()]
    return list(dict.fromkeys([first[0], *added, *first, *titles]))


def _fill(
    sheet: Worksheet, frame: pd.DataFrame, days: set[str], last: set[str], linked: set[str], looks: _Looks
) -> list[int]:
    """Write a table and return the widths of its columns in characters.

    :param days: titles of the columns with dates.
    :param last: titles of the columns that are a group.
    :param linked: the texts that are links.
    """
    _printed(sheet)
    sheet.repeat_rows(0)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, len(frame), len(frame.columns) - 1)
    heights, widths = [1] * (len(frame) + 1), []
    for column, title in enumerate(frame.columns):
        values = ["" if pd.isna(value) else value for value in frame[title].tolist()]
        longest = (measure.columns(part) for value in values for part in str(value).split("\n"))
        width = min(WIDEST, max(NARROWEST, *(measure.columns(word) for word in title.split()), *longest))
        sheet.set_column(column, column, width + 2, None, {"level": 1} if title in last else {})
        widths.append(width + 2)
        sheet.write_string(0, column, title, looks.heading)
        for row, value in enumerate(values, 1):
            if value in linked:
                sheet.write_url(row, column, value, looks.link, value)
            else:
                _write(sheet, row, column, value, title in days, looks)
        heights = [max(known, _lines(str(text), width)) for known, text in zip(heights, (title, *values))]
    for row, count in enumerate(heights):
        sheet.set_row(row, LINE * min(count, MOST_LINES))
    return widths


def _lines(text: str, width: int) -> int:
    """How many lines a text takes in a column of so many characters."""
    return sum(max(1, math.ceil(measure.columns(part) / width)) for part in text.split("\n"))


def _printed(sheet: Worksheet, pages: int = 0) -> None:
    """Landscape pages as wide as the table, as many as it needs (0), with the sheet's name and the page's number."""
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, pages)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.set_footer("&L&A&R&P / &N")


def _write(sheet: Worksheet, row: int, column: int, value: Any, is_date: bool, looks: _Looks) -> None:
    if value == "":
        return
    if not isinstance(value, str):
        sheet.write_number(row, column, value, looks.plain)
    elif is_date and len(value) == len("YYYY-MM-DD"):
        sheet.write_datetime(row, column, date.fromisoformat(value), looks.day)
    else:
        sheet.write_string(row, column, value, looks.quoted if opens_formula(value) else looks.plain)
