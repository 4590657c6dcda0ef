"""A filled workbook of a stranger, read cell by cell within bounds of time and memory.

What is in the archive is counted before a library sees it: one short text may stand in thousands of cells, and a small
file may hold millions of them.
"""

import io
import re
import struct
import unicodedata
import zipfile
import zlib
from datetime import date, datetime, time, timedelta
from itertools import groupby
from pathlib import Path
from typing import Any

from atlas import records
from atlas.records import InvalidRecords, Package, Problem

LARGEST_FILE = 5 * 2**20
LARGEST_CONTENT = 20 * 2**20
MOST_PARTS = 200
MOST_ROWS = 5_000
MOST_COLUMNS = 100
MOST_CELLS = 250_000
LONGEST_CELL = 10_000  # characters
LONGEST_TITLE = 31  # characters of a sheet's name, in Excel
MOST_MARKS = 4  # on one letter; Unicode sorts them in the square of their number
MOST_PROBLEMS = 1_000
REMARK = "#"
EXPLANATION = "_"
CELLS = (b"<c ", b"<c>", b"<si>", b"<si ", b":c ", b":si>")  # with and without a prefix of their namespace

Rows = dict[str, list[tuple[int, dict[str, str]]]]


def read_workbook(path: str | Path, package: Package) -> Rows:
    """The filled rows of a workbook: table -> (line in its sheet, column -> text).

    Line breaks inside a cell become a blank. The workbook is read cell by cell and never calculated.

    :raises InvalidRecords: it is no workbook, larger than allowed, or has sheets, columns or cells that cannot be read; all problems at once.
    """
    import openpyxl  # a quarter of a second, which who reads no workbook spares

    path = Path(path)
    content = _checked(path)
    try:
        book = openpyxl.load_workbook(content, read_only=True, keep_links=False)
        sheets = {
            sheet.title: list(_lines(sheet)) for sheet in book.worksheets if not sheet.title.startswith(EXPLANATION)
        }
    except Exception as error:  # a stranger's file may be wrong in any way
        raise _unread(path, f"a workbook (.xlsx) that can be read ({type(error).__name__})") from error
    rows: Rows = {}
    problems = []
    for title, lines in sheets.items():
        place = f"{path.name}, {title[:LONGEST_TITLE]}"
        if title not in package.tables:
            problems.append(
                Problem(place, None, None, None, f"a sheet named after a table: {', '.join(package.tables)}")
            )
        else:
            rows[title], found = _table_rows(place, package.tables[title], lines)
            problems += found
    if problems:
        raise InvalidRecords(problems[:MOST_PROBLEMS])
    return rows


def _unread(path: Path, expected: str) -> InvalidRecords:
    return InvalidRecords([Problem(path.name, None, None, None, expected)])


def _checked(path: Path) -> io.BytesIO:
    """The parts of the archive, each whole, in an archive without compression; counted before any is unpacked."""
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise _unread(path, f"a workbook of at most {LARGEST_FILE // 2**20} MB")
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            if len(entries) > MOST_PARTS or sum(entry.file_size for entry in entries) > LARGEST_CONTENT:
                most = f"{MOST_PARTS} parts and {LARGEST_CONTENT // 2**20} MB when unpacked"
                raise _unread(path, f"a workbook of at most {most}")
            if any(entry.flag_bits & 1 for entry in entries):
                raise _unread(path, "a workbook without a password")
            parts = {entry.filename: archive.read(entry) for entry in entries if not entry.is_dir()}
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        raise _unread(path, "a workbook in the format .xlsx") from None
    except OSError:
        raise _unread(path, "a file that can be read") from None
    except (zlib.error, struct.error, EOFError, RuntimeError):
        raise _unread(path, "a workbook (.xlsx) that can be read; save it anew") from None
    if sum(data.count(mark) for data in parts.values() for mark in CELLS) > MOST_CELLS:
        raise _unread(path, f"a workbook of at most {MOST_CELLS:,} cells")
    plain = io.BytesIO()
    with zipfile.ZipFile(plain, "w", zipfile.ZIP_STORED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return plain


def _lines(sheet: Any) -> Any:
    # what a sheet says of its own size may be wrong; it is cut one line and column after the most that is read
    sheet.reset_dimensions()
    return sheet.iter_rows(max_row=MOST_ROWS + 1, max_col=MOST_COLUMNS + 1, values_only=True)


def _table_rows(
    place: str, table: records.Table, lines: list[tuple]
) -> tuple[list[tuple[int, dict[str, str]]], list[Problem]]:
    header = ["" if value is None else _said(value).strip() for value in (lines or [()])[0]]
    while header and not header[-1]:
        header.pop()
    problems = [
        Problem(place, 1, column, None, "this column once") for column in table.columns if header.count(column) != 1
    ]
    problems += [
        Problem(place, 1, name, None, "no column that the table does not have")
        for name in header
        if name not in table.columns
    ]
    if len(lines) > MOST_ROWS or len(header) > MOST_COLUMNS:
        problems.append(Problem(place, None, None, None, f"at most {MOST_ROWS:,} lines and {MOST_COLUMNS} columns"))
    if problems:
        return [], problems
    rows = []
    for number, line in enumerate(lines[1:], 2):
        first = _said(line[0]) if line and line[0] is not None else ""
        if first.lstrip().startswith(REMARK) or all(value is None or value == "" for value in line):
            continue
        row = {}
        for column, value in zip(header, line):
            row[column], expected = _text(value)
            if expected:
                problems.append(Problem(place, number, column, _said(value), expected))
        if any(value not in (None, "") for value in line[len(header) :]):
            problems.append(Problem(place, number, None, None, f"nothing beside the {len(header)} columns"))
        rows.append((number, {column: row.get(column, "") for column in table.columns}))
    return rows, problems


def _said(value: Any) -> str:
    """A cell as messages show it; of a formula for many cells its text, if it has one."""
    plain = isinstance(value, (str, int, float, datetime, date, time, timedelta))
    return str(value if plain else getattr(value, "text", "="))[:LONGEST_CELL]


def _text(value: Any) -> tuple[str, str | None]:
    """A cell as text, and what it should have been if it cannot be."""
    if value is None:
        return "", None
    if isinstance(value, bool):
        return str(value).lower(), None
    if isinstance(value, (datetime, date, time, timedelta)):
        # a spreadsheet makes 2016-05 the first of May
        return "", "a date as text (format the cell as text, then write the date as far as it is known)"
    if isinstance(value, float) and value.is_integer():
        return str(int(value)), None
    if not isinstance(value, (str, int, float)):  # what a formula of many cells is read as
        return "", "a text or number, not a formula"
    said = str(value)
    if len(said) > LONGEST_CELL:
        return "", f"a text of at most {LONGEST_CELL:,} characters"
    if any(
        is_mark and len(list(run)) > MOST_MARKS
        for is_mark, run in groupby(said, lambda one: unicodedata.combining(one) > 0)
    ):
        return "", f"at most {MOST_MARKS} marks on a letter"
    return " ".join(filter(None, map(str.strip, re.split(r"[\r\n]+", said)))), None
