"""Tables for Excel and its kin: CSV and XLSX, in which no cell can start a formula."""

import io
import math
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
from atlas.exports.about import about, text
from atlas.exports.archive import zipped
from atlas.exports.rows import readable
from atlas.look import text as measure
from atlas.model.atlas import Atlas
from atlas.model.selection import Selection
from atlas.words import columns
from atlas.words.translator import Translator

# what spreadsheets take for the start of a formula, with the full-width forms that some of them accept
# https://owasp.org/www-community/attacks/CSV_Injection
OPENERS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
WIDEST, NARROWEST = 32, 5  # characters of a column; what is longer goes on in a line below
BROADEST = 215  # characters of a printed page; with more a page fitted to them has letters of less than 7 points
LINE, MOST_LINES = 15, 27  # points, and as many as a row may have
# the sheets of the workbook: what is looked for first, then what it refers to
SHEETS = (
    "twinnings",
    "figures",
    "agreements",
    "events",
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
LAST_COLUMNS = ("sources", "id")  # mean something to those who keep the records, and are not printed
A4 = 9


def opens_formula(value: Any) -> bool:
    """Whether a spreadsheet could take a text for a formula."""
    return isinstance(value, str) and value.startswith(OPENERS)


def csv(frame: pd.DataFrame) -> bytes:
    """A table as CSV that Excel opens by itself: UTF-8 with a byte order mark, CRLF, an apostrophe before what could start a formula."""
    cells = {
        column: pd.Series([f"'{value}" if opens_formula(value) else whole(value) for value in values], dtype=object)
        for column, values in frame.items()
    }
    return pd.DataFrame(cells).to_csv(index=False, lineterminator="\r\n").encode("utf-8-sig")


def whole(value: object) -> object:
    """A count as it is counted, without the ``.0`` of a column in which some are unknown; any other value as it is."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def csv_table(atlas: Atlas, selection: Selection | None, translate: Translator, name: str) -> bytes:
    """One table of a selection as CSV; its last column says in every row where the file is from."""
    statements = " · ".join(f"{label}: {value}" for label, value in about(atlas, selection, translate))
    return csv(readable(atlas, selection, translate)[name].assign(**{translate("About this file"): statements}))


def csv_zip(atlas: Atlas, selection: Selection | None, translate: Translator) -> bytes:
    """All tables of a selection as CSV files in one archive, with a text file that says what they are."""
    files = {"about.txt": text(atlas, selection, translate).encode("utf-8-sig")}
    files |= {f"{name}.csv": csv(frame) for name, frame in readable(atlas, selection, translate).items()}
    return zipped(files, atlas.version)


def xlsx(atlas: Atlas, selection: Selection | None, translate: Translator) -> bytes:
    """All tables of a selection as an Excel workbook: a sheet that says what it is, then a sheet a table, ready to print.

    A day is a date, a month or a year stays text. The ids of records and sources stand in the last columns.
    """
    content = io.BytesIO()
    schema = atlas.schema.tables
    frames = readable(atlas, selection, translate)
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        book.set_properties(
            {
                "title": translate("Vietnam–China Border Cooperation Atlas"),
                "created": datetime.fromisoformat(atlas.version),
            }
        )
        looks = _Looks(book)
        sheet = book.add_worksheet(translate("About"))
        sheet.set_column(0, 0, 28)
        sheet.set_column(1, 1, 100)
        _printed(sheet)
        for row, (name, statement) in enumerate(about(atlas, selection, translate)):
            sheet.write_string(row, 0, name, looks.label)
            sheet.write_string(row, 1, statement, looks.plain)
        for name in SHEETS:
            table, frame = schema[name], frames[name]
            sheet = book.add_worksheet(translate(table.title))
            last = [translate(columns.title(table.field(column))) for column in LAST_COLUMNS if column in table.columns]
            read = _as_read([column for column in frame.columns if column not in last], table, translate)
            widths = _fill(sheet, frame[read + last], _days(table, translate), looks)
            printed = sum(reach <= BROADEST for reach in accumulate(widths[: len(read)]))
            sheet.print_area(0, 0, len(frame), printed - 1)
    return content.getvalue()


@dataclass(frozen=True)
class _Looks:
    """How cells look in a workbook."""

    book: xlsxwriter.Workbook

    def _text(self, **more: Any) -> Format:
        return self.book.add_format({"text_wrap": True, "valign": "top"} | more)

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
    def quoted(self) -> Format:
        """Excel keeps a cell with a quote prefix as text even after it was edited."""
        return self._text(quote_prefix=True)

    @cached_property
    def day(self) -> Format:
        """As the months and years beside it are written."""
        return self._text(num_format="yyyy-mm-dd", align="left")


def _days(table: records.Table, translate: Translator) -> set[str]:
    """The titles of the columns that hold dates."""
    return {translate(columns.title(field)) for field in table.fields if field.date}


def _as_read(titles: list[str], table: records.Table, translate: Translator) -> list[str]:
    """The titles of columns in the order in which a table is read on paper; what is no field stands after the first."""
    named = {
        name: translate(columns.title(field))
        for field in table.fields
        for name in (field.name, field.name.removesuffix(f"_{ENGLISH}"))
    }
    first = [named[name] for name in FIRST_COLUMNS.get(table.name, ())]
    if not first:
        return titles
    added = [title for title in titles if title not in named.values()]
    return list(dict.fromkeys([first[0], *added, *first, *titles]))


def _fill(sheet: Worksheet, frame: pd.DataFrame, days: set[str], looks: _Looks) -> list[int]:
    """Write a table and return the widths of its columns in characters."""
    _printed(sheet)
    sheet.repeat_rows(0)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, len(frame), len(frame.columns) - 1)
    lines, widths = [1] * (len(frame) + 1), []
    for column, title in enumerate(frame.columns):
        values = ["" if pd.isna(value) else value for value in frame[title].tolist()]
        width = min(WIDEST, max(NARROWEST, *(measure.columns(str(word)) for word in (*title.split(), *values))))
        sheet.set_column(column, column, width + 2)
        widths.append(width + 2)
        sheet.write_string(0, column, title, looks.heading)
        for row, value in enumerate(values, 1):
            _write(sheet, row, column, value, title in days, looks)
        lines = [
            max(known, math.ceil(measure.columns(str(text)) / width)) for known, text in zip(lines, (title, *values))
        ]
    for row, count in enumerate(lines):
        sheet.set_row(row, LINE * min(count, MOST_LINES))
    return widths


def _printed(sheet: Worksheet) -> None:
    """Landscape pages as wide as the table, with the sheet's name and the page's number."""
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
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
