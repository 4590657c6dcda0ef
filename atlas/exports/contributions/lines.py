"""The lines of a filled workbook: which are rows of tables, which are not read and why; every one is told or counted."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from itertools import groupby

from atlas.exports.contributions.asked import ERROR, NOTE, Finding
from atlas.exports.contributions.reading import EXPLANATION, LONGEST_TITLE, MOST_COLUMNS, REMARK, Book, Cell, Sheet
from atlas.exports.contributions.readings import is_error_value, shown
from atlas.records import Package, Table
from atlas.records.said import Said, said

MOST_ROWS = 5_000
MOST_LISTED = 20
HEAD = 3  # lines of a sheet of the blank workbook: names of columns, titles, an example


@dataclass(frozen=True)
class Line:
    """A row as it was filled in: its cells by the table's column, and where each stands in its sheet."""

    sheet: str
    number: int
    cells: Mapping[str, Cell]
    columns: Mapping[str, int]

    def place(self, column: str | None) -> str | None:
        """Where a spreadsheet has a cell of this row."""
        return f"{letters(self.columns[column])}{self.number}" if column and column in self.columns else None


@dataclass
class Lines:
    """What a workbook has: rows by table, what was found, and of each sheet how many lines are no rows or hidden."""

    rows: dict[str, list[Line]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    ignored: dict[str, int] = field(default_factory=dict)
    hidden: dict[str, int] = field(default_factory=dict)
    comments: dict[str, int] = field(default_factory=dict)
    unread: dict[str, int] = field(default_factory=dict)  # rows of sheets whose columns are not known

    def tell(self, kind: str, sheet: str, message: Said, row: int | None = None, column: str | None = None) -> None:
        """Keep what was found at a sheet."""
        self.findings.append(Finding(kind, message, sheet, row, column))


def letters(column: int) -> str:
    """The name of a column in a spreadsheet, from 1 for A."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def accounted(book: Book, package: Package, examples: Mapping[str, Collection[tuple[str, ...]]]) -> Lines:
    """The rows of all sheets that are tables.

    :param examples: by table, the cells of the records that the blank workbook may show as an example.
    """
    lines = Lines()
    for sheet in book.sheets:
        title = sheet.title[:LONGEST_TITLE]
        lines.ignored[title] = lines.hidden[title] = lines.comments[title] = lines.unread[title] = 0
        if table := package.tables.get(sheet.title):
            _table(sheet, table, lines, examples.get(sheet.title, ()))
        else:
            _stranger(sheet, title, package, lines)
    return lines


def _stranger(sheet: Sheet, title: str, package: Package, lines: Lines) -> None:
    """A sheet that is no table: not read, and refused where it seems to be one under another name."""
    lines.ignored[title] = len(sheet.lines)
    if title.startswith(EXPLANATION) or not sheet.lines:
        return
    header = {_name(cell) for cell in sheet.lines.get(1, {}).values()}
    like = [name for name, table in package.tables.items() if len(header & set(table.columns)) > len(table.columns) / 2]
    like += get_close_matches(title.strip().casefold(), package.tables, 1, 0.8)
    if like:
        lines.tell(
            ERROR,
            title,
            said("This sheet is read only under the name of its table; call it {table} again.", table=like[0]),
        )
    else:
        lines.tell(
            NOTE, title, said("This sheet is no table and was not read. Filled lines: {lines}.", lines=len(sheet.lines))
        )


def _name(cell: Cell) -> str:
    return unicodedata.normalize("NFKC", shown(cell)).strip().casefold()


def _table(sheet: Sheet, table: Table, lines: Lines, examples: Collection[tuple[str, ...]]) -> None:
    columns = _columns(sheet, table, lines)
    filled: list[Line] = []
    remarks, beside = [], []
    for number, cells in sorted(sheet.lines.items()):
        if number == 1:
            continue
        if _is_remark(cells):
            lines.ignored[table.name] += 1
            if not _is_head(number, cells, columns, examples):
                remarks.append(number)
            continue
        own = {column: cells[at] for column, at in columns.items() if at in cells}
        beside += [f"{letters(at)}{number}" for at in sorted(set(cells) - set(columns.values()))]
        if own:
            filled.append(Line(table.name, number, own, columns))
        else:
            lines.ignored[table.name] += 1
    lines.hidden[table.name] = len({line.number for line in filled} & sheet.hidden_lines)
    _tell_rest(sheet, table.name, lines, remarks, beside)
    _tell_merged(sheet, table.name, filled, lines)
    if len(filled) > MOST_ROWS:
        lines.tell(
            ERROR,
            table.name,
            said("The sheet has more than {most:,} rows; hand them in in several workbooks.", most=MOST_ROWS),
        )
        lines.unread[table.name] = len(filled)
        return
    if filled:
        _tell_missing(table, columns, lines)
        lines.rows[table.name] = filled


def _columns(sheet: Sheet, table: Table, lines: Lines) -> dict[str, int]:
    """Where the columns of a table stand; what is wrong with line 1 is told."""
    header = {at: _name(cell) for at, cell in sheet.lines.get(1, {}).items() if at <= MOST_COLUMNS}
    found: dict[str, int] = {}
    for at, name in sorted(header.items()):
        if name in table.columns:
            if name in found:
                lines.tell(ERROR, table.name, said("Line 1 names the column {column} twice.", column=name), 1, name)
            found.setdefault(name, at)
        else:
            message = said("Column {letter}, {column}, is none of the table and was not read.", letter=letters(at), column=shown(sheet.lines[1][at])[:60])  # fmt: skip
            lines.tell(NOTE, table.name, message, 1)
    return found


def _tell_missing(table: Table, columns: Mapping[str, int], lines: Lines) -> None:
    """Columns that line 1 does not name; an older workbook may lack those that need no value."""
    for column in table.fields:
        if column.name not in columns and (column.required or column.name in table.primary_key):
            message = said(
                "Line 1 does not name the column {column}; write the names as in the blank workbook.",
                column=column.name,
            )
            lines.tell(ERROR, table.name, message, 1, column.name)
        elif column.name not in columns:
            lines.tell(
                NOTE,
                table.name,
                said("There is no column {column}; nothing is said of it.", column=column.name),
                1,
                column.name,
            )


def _is_remark(cells: Mapping[int, Cell]) -> bool:
    """Whether a line says so itself; what a spreadsheet could not work out begins with the same sign and is no remark."""
    first = cells.get(1)
    return first is not None and not is_error_value(first) and shown(first).lstrip().startswith(REMARK)


def _is_head(
    number: int, cells: Mapping[int, Cell], columns: Mapping[str, int], examples: Collection[tuple[str, ...]]
) -> bool:
    """Whether a remark is one of those that the workbook brought: the titles, or an example as it was."""
    if number != HEAD:
        return number < HEAD
    rest = tuple(shown(cells[at]) if at in cells else "" for at in columns.values() if at != 1)
    return rest in examples


def _tell_rest(sheet: Sheet, name: str, lines: Lines, remarks: list[int], beside: list[str]) -> None:
    """What of a sheet was not read, or was read though nobody sees it."""
    if remarks:
        lines.tell(
            NOTE, name, said("Lines that start with # are remarks and were not read: {lines}.", lines=listed(remarks))
        )
    if beside:
        lines.tell(NOTE, name, said("Cells beside the columns were not read: {cells}.", cells=_some(beside)))
    if comments := [place for place in sheet.comments if not re.fullmatch("[A-Z]+[12]", place)]:
        lines.comments[name] = len(comments)
        lines.tell(NOTE, name, said("Comments in cells were not read: {cells}.", cells=_some(comments)))
    if sheet.hidden:
        lines.tell(NOTE, name, said("The sheet is hidden; it was read like all others."))
    if hidden := sheet.hidden_lines & set(sheet.lines):
        lines.tell(NOTE, name, said("Hidden lines were read like all others: {lines}.", lines=listed(hidden)))
    if columns := [letters(at) for at in sorted(sheet.hidden_columns & set(sheet.lines.get(1, ())))]:
        lines.tell(NOTE, name, said("Hidden columns were read like all others: {columns}.", columns=_some(columns)))


def _tell_merged(sheet: Sheet, name: str, filled: list[Line], lines: Lines) -> None:
    """Cells that are one in the sheet, and of which a row has the value and the others have nothing."""
    numbers = {line.number for line in filled}
    for merged in sheet.merged:
        ends = [int(number) for number in re.findall(r"\d+", merged)]
        if ends and numbers and numbers & set(range(ends[0], min(ends[-1], max(numbers)) + 1)):
            lines.tell(
                ERROR,
                name,
                said(
                    "Merged cells hold one value for all; unmerge them and write it into each: {cells}.", cells=merged
                ),
                ends[0],
            )


def listed(numbers: Iterable[int]) -> str:
    """Numbers of lines, neighbours together: ``2, 5–8``."""
    runs = [
        [number for _, number in run] for _, run in groupby(enumerate(sorted(numbers)), lambda both: both[1] - both[0])
    ]
    return _some([f"{run[0]}–{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs])


def _some(places: list[str]) -> str:
    return ", ".join(places[:MOST_LISTED]) + (" …" if len(places) > MOST_LISTED else "")
