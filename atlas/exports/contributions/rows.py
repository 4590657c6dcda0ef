"""What the rows of a filled workbook ask for, beside the records as they were given out and as they stand."""

from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass

import pandas as pd

from atlas.exports.contributions import readings
from atlas.exports.contributions.asked import CHANGED, ERROR, NEW, NOTE, READING, Asked, Finding, identified
from atlas.exports.contributions.lines import Line
from atlas.exports.contributions.names import Named
from atlas.exports.contributions.offers import Read
from atlas.records import Field, Package, Table
from atlas.records.dates import bounds
from atlas.records.loading import Tables
from atlas.records.said import said

CONFIRMED_ON = "last_confirmed"
Place = tuple[str, int, str]  # sheet, line and column
Standing = Mapping[str, Mapping[str, Mapping[str, str]]]  # table, what a record is known by, column


@dataclass(frozen=True)
class Filled:
    """A row of the workbook: what it asks for, None where that is nothing, and the whole record as it would stand, if it can."""

    line: Line
    id: str
    asked: Asked | None
    whole: Mapping[str, str]


class Reader:
    """Reads the rows of a workbook and keeps what is found.

    :param given: the records of a prefilled workbook as they were given out.
    :param confirmed: cells whose readings the contributor has confirmed.
    """

    def __init__(
        self,
        tables: Tables,
        given: Standing,
        rows: Mapping[str, list[Line]],
        confirmed: Collection[Place],
    ):
        self.package: Package = tables.package
        self.given, self.confirmed = given, frozenset(confirmed)
        self.standing: Standing = {name: standing(table, tables[name]) for name, table in self.package.tables.items()}
        self.named = Named(tables, {name: _ids(lines) for name, lines in rows.items()})
        self.findings: list[Finding] = []
        self._names = {name: table.names for name, table in self.package.tables.items()}
        self._first: dict[tuple[str, str], int] = {}

    def read(self, line: Line) -> Filled:
        """One row."""
        table = self.package.tables[line.sheet]
        row = readings.Row(table, self.named, self._names[table.name])
        taken = {column: self._cell(line, table.field(column), "", row) for column in table.primary_key}
        known = identified(table, {column: read.text for column, read in taken.items()})
        given = self.given.get(table.name, {}).get(known)
        stands = self.standing[table.name].get(known)
        before = given if given is not None else stands or {}
        for column in table.fields:
            if column.name not in taken:
                taken[column.name] = self._cell(line, column, before.get(column.name, ""), row)
        if table.name == "twinnings":
            self.named.signed[known] = taken["signed_on"].text
        wrong = self._tell(line, taken)
        wrong |= self._repeated(line, known)
        asked, whole = self._asked(line, table, known, given, stands, taken)
        return Filled(line, known, None if wrong else asked, whole)

    def _cell(self, line: Line, column: Field, before: str, row: readings.Row) -> Read:
        cell = line.cells.get(column.name)
        read = Read("") if cell is None else readings.read(cell, column, before, row)
        row.texts[column.name] = read.text
        return read

    def _tell(self, line: Line, taken: Mapping[str, Read]) -> bool:
        """Keep what is to be said of cells; whether one is wrong."""
        for column, read in taken.items():
            if read.kind and read.message is not None:
                kind = (
                    NOTE if (line.sheet, line.number, column) in self.confirmed and read.kind == READING else read.kind
                )
                reading = read.text if read.kind == READING else None
                value = readings.shown(line.cells[column])
                self._found(line, kind, read.message, column, value, reading)
        return any(read.kind == ERROR for read in taken.values())

    def _repeated(self, line: Line, known: str) -> bool:
        first = self._first.setdefault((line.sheet, known), line.number)
        if first == line.number or not known.strip("|"):
            return False
        self._found(line, ERROR, said("Line {line} has this record already.", line=str(first)), self.package.tables[line.sheet].primary_key[0])  # fmt: skip
        return True

    def _found(self, line: Line, kind: str, message: str, column: str | None = None, value: str | None = None,
               reading: str | None = None, record: str | None = None) -> None:  # fmt: skip
        place = line.place(column)
        self.findings.append(Finding(kind, message, line.sheet, line.number, column, place, value, reading, record))

    def _asked(
        self,
        line: Line,
        table: Table,
        known: str,
        given: Mapping | None,
        stands: Mapping | None,
        taken: Mapping[str, Read],
    ) -> tuple[Asked | None, Mapping[str, str]]:
        """What a row asks for, and the record as it would be; of one that is wrong, as far as it can be read."""
        texts = {column: read.text for column, read in taken.items()}
        if given is None and stands is None:
            cells = {column: text for column, text in texts.items() if text}
            return Asked(NEW, table.name, known, cells, {}, line.number), texts
        seen = given if given is not None else stands or {}
        changed = {
            column: text
            for column, text in texts.items()
            if taken[column].kind != ERROR
            and not _same(table.field(column), text, seen.get(column, ""))
            and (text or (given is not None and column in line.columns))  # nobody empties what he was not shown
        }
        if stands is None:
            if changed:
                self._found(
                    line,
                    ERROR,
                    said("The record {record} is no longer in the tables; take a new workbook.", record=known),
                )
            return None, {}
        if given is None:
            self._found(
                line,
                NOTE,
                said("A record with this id is there; only the filled cells are compared with it."),
                record=known,
            )
        else:
            self._moved(line, known, given, stands, changed)
        changed = {
            column: text for column, text in changed.items() if not _same(table.field(column), text, stands[column])
        }
        whole = {**stands, **changed}
        if not changed:
            return None, whole
        self._backwards(line, known, stands, changed)
        shown = {column: seen.get(column, "") for column in changed}
        return Asked(CHANGED, table.name, known, changed, shown, line.number), whole

    def _moved(self, line: Line, known: str, given: Mapping, stands: Mapping, changed: Mapping[str, str]) -> None:
        for column in changed:
            if stands[column] != given.get(column, ""):
                message = said(
                    "This has been changed since the workbook was made; it is {value} now.", value=stands[column] or "–"
                )
                self._found(line, NOTE, message, column, changed[column], record=known)

    def _backwards(self, line: Line, known: str, stands: Mapping, changed: Mapping[str, str]) -> None:
        before, now = stands.get(CONFIRMED_ON, ""), changed.get(CONFIRMED_ON, "")
        with suppress(ValueError):  # what is no date is told elsewhere
            if before and now and bounds(now)[1] < bounds(before)[0]:
                message = said(
                    "This is earlier than {value}, which stands: a source has confirmed the record since.", value=before
                )
                self._found(line, NOTE, message, CONFIRMED_ON, now, record=known)


def standing(table: Table, frame: pd.DataFrame) -> dict[str, dict[str, str]]:
    """The records of a table by what they are known by."""
    return {identified(table, row): row for row in frame.to_dict("records")}


def _ids(lines: list[Line]) -> set[str]:
    return {readings.shown(line.cells["id"]).strip() for line in lines if "id" in line.cells}


def _same(column: Field, text: str, other: str) -> bool:
    """Whether two texts of a cell say the same: spreadsheets write numbers in their own way."""
    if text == other or column.type not in ("integer", "number"):
        return text == other
    try:
        return float(text) == float(other)
    except ValueError:
        return False
