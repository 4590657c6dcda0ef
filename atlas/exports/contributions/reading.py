"""A filled workbook, read cell by cell within bounds of time and memory and never calculated."""

import io
import json
import warnings
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from atlas.exports.contributions.asked import GIVEN
from atlas.exports.contributions.comments import of_others
from atlas.exports.contributions.comments import read as read_comments
from atlas.exports.contributions.strangers import Unread, parts
from atlas.records.said import said

EXPLANATION = "_"
REMARK = "#"
MOST_COLUMNS = 100
MOST_SHEETS = 60
LONGEST_TITLE = 31  # characters of a sheet's name, in Excel


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a cell: its value, the kind that the file says (``e`` an error, ``f`` a formula), and how a date is shown."""

    value: Any
    kind: str
    form: str = ""


@dataclass(frozen=True)
class Sheet:
    """The filled lines of a sheet, by number and within a line by column from 1.

    Beside them what is hidden, the cells with comments, and the ranges of cells that are merged.
    """

    title: str
    hidden: bool
    lines: Mapping[int, Mapping[int, Cell]]
    hidden_lines: frozenset[int]
    hidden_columns: frozenset[int]
    comments: tuple[str, ...]
    merged: tuple[str, ...]


@dataclass(frozen=True)
class Book:
    """All sheets of a workbook; those of a prefilled one with its version and its records as they were given out."""

    sheets: tuple[Sheet, ...]
    version: str | None
    given: Mapping[str, Mapping[str, Mapping[str, str]]]  # table, what a record is known by, column


def read(content: bytes, name: str) -> Book:
    """What stands in a workbook.

    :raises Unread: it is no workbook that can be read.
    """
    found = parts(content, name)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what a spreadsheet has and openpyxl does not
            sheets = tuple(_sheets(found))
    except Unread:
        raise
    except Exception as error:  # a stranger's file may be wrong in any way
        raise Unread(
            said("The workbook cannot be read; open it in a spreadsheet and save it as Excel Workbook (.xlsx).")
        ) from error
    version, given = _given(next((sheet for sheet in sheets if sheet.title == GIVEN), None))
    return Book(tuple(sheet for sheet in sheets if sheet.title != GIVEN), version, given)


def _sheets(found: dict[str, bytes]) -> Iterator[Sheet]:
    from openpyxl.packaging.relationship import get_rels_path
    from openpyxl.reader.excel import ExcelReader  # a quarter of a second, which who reads no workbook spares

    plain = io.BytesIO()
    with zipfile.ZipFile(plain, "w", zipfile.ZIP_STORED) as archive:
        for part, data in found.items():
            archive.writestr(part, data)
    reader = ExcelReader(plain, read_only=True, keep_links=False)
    reader.read()
    listed = [(sheet, rel.target) for sheet, rel in reader.parser.find_sheets() if "worksheet" in rel.Type]
    if len(listed) > MOST_SHEETS:
        raise Unread(
            said("The workbook has more than {most} sheets; delete those that are no tables.", most=MOST_SHEETS)
        )
    for sheet, target in listed:
        comments = _comments(found, target, get_rels_path(target))
        yield _sheet(reader, sheet.name, sheet.state != "visible", found[target], comments)


def _sheet(reader: Any, title: str, hidden: bool, data: bytes, comments: tuple[str, ...]) -> Sheet:
    # the reader behind openpyxl's sheets: it alone tells hidden lines, and makes no empty ones for a cell far below
    from openpyxl.worksheet._reader import WorkSheetParser

    book = reader.wb
    parser = WorkSheetParser(
        io.BytesIO(data), reader.shared_strings, False, book.epoch, book._date_formats, book._timedelta_formats
    )
    lines: dict[int, dict[int, Cell]] = {}
    for number, cells in parser.parse():
        filled = {
            cell["column"]: Cell(cell["value"], cell["data_type"], _form(book, cell))
            for cell in cells
            if cell["value"] is not None and (not isinstance(cell["value"], str) or cell["value"].strip())
        }
        if filled:
            lines.setdefault(number, {}).update(filled)
    return Sheet(
        title,
        hidden,
        lines,
        frozenset(int(number) for number, seen in parser.row_dimensions.items() if _is_hidden(seen)),
        frozenset(
            column
            for seen in parser.column_dimensions.values()
            if _is_hidden(seen)
            for column in range(int(seen["min"]), min(int(seen["max"]), MOST_COLUMNS) + 1)
        ),
        comments,
        tuple(str(one.ref) for one in parser.merged_cells.mergeCell) if parser.merged_cells else (),
    )


def _is_hidden(seen: Mapping[str, str]) -> bool:
    return seen.get("hidden") in ("1", "true") or seen.get("ht") == "0"


def _form(book: Any, cell: Mapping[str, Any]) -> str:
    from openpyxl.styles.numbers import BUILTIN_FORMATS, BUILTIN_FORMATS_MAX_SIZE

    if cell["data_type"] != "d" or not cell["style_id"]:
        return ""
    number = book._cell_styles[cell["style_id"]].numFmtId
    if number < BUILTIN_FORMATS_MAX_SIZE:
        return BUILTIN_FORMATS.get(number, "")
    return book._number_formats[number - BUILTIN_FORMATS_MAX_SIZE]


def _comments(found: dict[str, bytes], target: str, relations: str) -> tuple[str, ...]:
    """The cells of a sheet that have comments which the atlas did not write."""
    from openpyxl.packaging.relationship import RelationshipList
    from openpyxl.xml.functions import fromstring

    if relations not in found:
        return ()
    places = []
    for rel in RelationshipList.from_tree(fromstring(found[relations])):
        if rel.Type.endswith("/comments"):
            part = _beside(target, rel.target)
            places += [place for place, text in read_comments(fromstring(found[part])) if of_others(text)]
    return tuple(places)


def _beside(part: str, target: str) -> str:
    from posixpath import dirname, join, normpath

    return target.lstrip("/") if target.startswith("/") else normpath(join(dirname(part), target))


def _given(sheet: Sheet | None) -> tuple[str | None, dict[str, dict[str, dict[str, str]]]]:
    given: dict[str, dict[str, dict[str, str]]] = {}
    if sheet is None:
        return None, given
    try:
        lines = [[str(line[column].value) for column in sorted(line)] for _, line in sorted(sheet.lines.items())]
        for table, record, cells in (line[:3] for line in lines[1:]):
            given.setdefault(table, {})[record] = {column: str(text) for column, text in json.loads(cells).items()}
        return lines[0][1], given
    except (ValueError, IndexError, AttributeError):
        message = said(
            "The hidden sheet {sheet} was changed; take a new workbook and copy your changes into it.", sheet=GIVEN
        )
        raise Unread(message) from None
