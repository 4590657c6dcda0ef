"""From CSV files to tables of text, and from those to typed frames.

Accepted and made uniform while reading: a byte order mark, any line ends, decomposed diacritics
(composed to NFC), non-breaking and ideographic spaces (to plain ones), blanks around a cell,
and the spellings of true and false that Table Schema allows. Anything else is a problem.
"""

import csv
import io
import unicodedata
from pathlib import Path

import pandas as pd

from atlas.records.problems import Problem
from atlas.records.said import Said, said
from atlas.records.schema import DESCRIPTION, Field, Package, Table

LARGEST_FILE = 64 * 2**20
LARGEST_CELL = 2**17  # characters
TRUE = ("true", "True", "TRUE", "1")
FALSE = ("false", "False", "FALSE", "0")

_SPACES = "\u00a0\u2007\u202f\u3000"


class Tables(dict[str, pd.DataFrame]):
    """Tables of text by name.

    Columns are the schema's in its order, cells are strings (empty when missing), the index is
    the line in the file. A table that could not be read is not in it, and empty when asked for.
    """

    def __init__(self, package: Package):
        super().__init__()
        self.package = package

    def __missing__(self, name: str) -> pd.DataFrame:
        return pd.DataFrame(columns=self.package.tables[name].columns, dtype=object)


def load(folder: str | Path, package: Package) -> tuple[Tables, list[Problem]]:
    """Read every table as text; with it the problems of files, headers and rows.

    A row with too few or too many cells is filled or cut.
    """
    tables = Tables(package)
    problems = _strangers(folder, package)
    for table in package.tables.values():
        frame, found = _load(table)
        problems += found
        if frame is not None:
            tables[table.name] = frame
    return tables, problems


def typed(table: Table, frame: pd.DataFrame) -> pd.DataFrame:
    """Give the columns of a valid table of text their types (see `atlas.records.read`)."""
    columns = {field.name: _typed(field, frame[field.name].tolist()) for field in table.fields}
    return pd.DataFrame(columns)


def _typed(field: Field, texts: list[str]) -> pd.Series:
    if field.many:
        return pd.Series([items(field, text) for text in texts], dtype=object)
    if field.type == "boolean":
        return pd.Series([text in TRUE for text in texts], dtype=bool)
    if field.type == "integer":
        return pd.Series([int(text) if text else None for text in texts], dtype="Int64")
    if field.type == "number":
        return pd.Series([float(text) if text else None for text in texts], dtype="float64")
    return pd.Series([text or None for text in texts], dtype=object)


def items(field: Field, text: str) -> tuple[str, ...]:
    """Items of a cell that refers to other records or holds a list; none for an empty cell."""
    if not text:
        return ()
    if not field.many:
        return (text,)
    return tuple(item.strip() for item in text.split(field.separator))


def _strangers(folder: str | Path, package: Package) -> list[Problem]:
    known = {Path(table.file).name for table in package.tables.values()} | {DESCRIPTION, "README.md"}
    return [
        Problem(
            path.as_posix(),
            None,
            None,
            None,
            said("no file that {description} does not describe", description=DESCRIPTION),
        )
        for path in Path(folder).iterdir()
        if path.is_file() and path.name not in known and not path.name.startswith(".")
    ]


class _Unreadable(Exception):
    """A file that is no table at all: line, value and what was expected."""

    def __init__(self, row: int | None, value: str | None, expected: Said):
        self.row, self.value, self.expected = row, value, expected


def _load(table: Table) -> tuple[pd.DataFrame | None, list[Problem]]:
    try:
        lines, rows = _rows(_text(Path(table.file)))
    except _Unreadable as found:
        return None, [Problem(table.file, found.row, None, found.value, found.expected)]
    header = rows.pop(0)
    lines.pop(0)
    missing = [Problem(table.file, 1, name, None, said("this column")) for name in table.columns if name not in header]
    missing += [
        Problem(table.file, 1, name, None, said("this column once")) for name in table.columns if header.count(name) > 1
    ]
    problems = missing + [
        Problem(table.file, 1, None, name, said("no column that the schema does not have"))
        for name in header
        if name not in table.columns
    ]
    if missing:
        return None, problems
    if not problems and header != table.columns:
        expected = said("the columns in the order {columns}", columns=",".join(table.columns))
        problems.append(Problem(table.file, 1, None, ",".join(header), expected))
    width = len(header)
    for line, cells in zip(lines, rows):
        if not any(cells):
            problems.append(Problem(table.file, line, None, None, said("no empty row")))
        elif len(cells) != width:
            expected = said("{width} cells, found {found}", width=width, found=len(cells))
            problems.append(Problem(table.file, line, None, None, expected))
    filled = [(row + [""] * width)[:width] if len(row) != width else row for row in rows]
    frame = pd.DataFrame(filled, columns=header, index=lines, dtype=object)
    return frame[table.columns], problems


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise _Unreadable(None, None, said("a file of at most {most} MB", most=LARGEST_FILE // 2**20))
        data = path.read_bytes()
        text = unicodedata.normalize("NFC", data.decode("utf-8-sig"))
    except OSError as error:
        raise _Unreadable(None, None, said("a file that can be read")) from error
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise _Unreadable(line, None, said('text in UTF-8 (in Excel: save as "CSV UTF-8")')) from error
    for space in _SPACES:
        text = text.replace(space, " ")
    first = text.partition("\n")[0]
    if "," not in first and any(mark in first for mark in ";\t"):
        expected = said("columns separated by commas; only items of a list take semicolons")
        raise _Unreadable(1, first.strip(), expected)
    return text


def _rows(text: str) -> tuple[list[int], list[list[str]]]:
    """The rows of a CSV file, and the line on which each begins; the header is the first."""
    rows: list[list[str]] = []
    lines: list[int] = []
    csv.field_size_limit(LARGEST_CELL)  # other libraries raise it for the whole process
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    line = 1
    try:
        for cells in reader:
            rows.append([cell.strip() for cell in cells])
            lines.append(line)
            line = reader.line_num + 1
    except csv.Error as error:
        if "field limit" in str(error):
            raise _Unreadable(line, None, said("cells of at most {most:,} characters", most=LARGEST_CELL)) from error
        expected = said("quotation marks in pairs, doubled inside a quoted cell ({error})", error=str(error))
        raise _Unreadable(line, None, expected) from error
    if not any(map(any, rows)):
        raise _Unreadable(None, None, said("a header line"))
    return lines, rows
