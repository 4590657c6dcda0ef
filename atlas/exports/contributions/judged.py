"""What is wrong or doubtful in the records as they would stand with the rows of a workbook among them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from atlas import DATA
from atlas.exports.contributions.asked import ERROR, NEW, NOTE, Finding, identified
from atlas.exports.contributions.rows import Filled
from atlas.records import Problem, Remark
from atlas.records.checked import Records
from atlas.records.checks import areas, doubtful
from atlas.records.loading import Tables, typed
from atlas.records.reading import broken
from atlas.records.said import Said, said

REPEATS = "repeated-"  # kinds of remarks on the same thing twice, which twins tells


@dataclass(frozen=True)
class Merged:
    """The tables of text as they would stand, their rows by line, and the row of the workbook that is there."""

    tables: Tables
    rows: Mapping[str, Mapping[int, Mapping[str, str]]]
    filled: Mapping[str, Mapping[int, Filled]]


def merged(tables: Tables, rows: Mapping[str, list[Filled]]) -> Merged:
    """The records with those of a workbook: changed ones in their places, new ones after them."""
    together, every, filled = Tables(tables.package), {}, {}
    for name, frame in tables.items():
        table = tables.package.tables[name]
        cells, there = dict(zip(frame.index, frame.to_dict("records"))), {}
        lines = {identified(table, row): line for line, row in cells.items()}
        last = max(frame.index, default=1)
        for row in (one for one in rows.get(name, ()) if one.whole):
            line = lines.get(row.id)
            if line is None:
                line = last = last + 1
            cells[line], there[line] = dict(row.whole), row
        together[name] = pd.DataFrame(
            [[row[column] for column in table.columns] for row in cells.values()],
            columns=table.columns,
            index=list(cells),
            dtype=object,
        )
        every[name], filled[name] = cells, there
    return Merged(together, every, filled)


def errors(merged: Merged, standing: Tables, found: list[Finding]) -> Iterator[Finding]:
    """What breaks the rules and did not before; nothing of cells that are known to be wrong."""
    wrong = {(one.sheet, one.row, one.column) for one in found if one.kind == ERROR}
    before: set[tuple] | None = None
    files = {table.file: name for name, table in standing.package.tables.items()}
    for problem in broken(merged.tables):
        name = files[problem.file]
        row = merged.filled[name].get(problem.row or 0)
        if row is None:
            if before is None:
                before = {_same_problem(one, standing, files[one.file]) for one in broken(standing)}
            if _same_problem(problem, merged.tables, name) not in before:
                yield _elsewhere(problem, name, merged)
            continue
        columns = (problem.column or "").split(", ")
        if not any((name, row.line.number, column) in wrong for column in columns):
            message = said("expected {expected}", expected=_in_workbook(problem.expected, merged.filled[name]))
            yield _at(ERROR, row, columns[0] or None, problem.value, message)


def _same_problem(problem: Problem, tables: Tables, name: str) -> tuple:
    """A problem by its record, since lines move when rows are added."""
    record = None
    if problem.row in tables[name].index:
        record = identified(tables.package.tables[name], tables[name].loc[problem.row])
    return name, record, problem.column, problem.value


def _elsewhere(problem: Problem, name: str, merged: Merged) -> Finding:
    """What is no longer right in a record that the workbook does not have, or in a table as a whole."""
    if problem.row is None:
        message = said("Table {table} would not be right: expected {expected}", table=name, expected=problem.expected)
        return Finding(ERROR, message, column=problem.column, value=problem.value)
    record = identified(merged.tables.package.tables[name], merged.tables[name].loc[problem.row])
    message = said(
        "With these rows the record {record} would no longer be right ({table}, {column}): expected {expected}",
        record=record,
        table=name,
        column=problem.column,
        expected=problem.expected,
    )
    return Finding(ERROR, message, column=problem.column, value=problem.value, record=record)


def _in_workbook(message: str, filled: Mapping[int, Filled]) -> str:
    """A sentence that names a line of the merged table names that of the workbook, where it is one."""
    if not isinstance(message, Said) or message.values.get("line") not in filled:
        return message
    return said(message.template, **message.values | {"line": filled[message.values["line"]].line.number})


def _at(kind: str, row: Filled, column: str | None, value: str | None, message: Said) -> Finding:
    return Finding(kind, message, row.line.sheet, row.line.number, column, row.line.place(column), value)


def doubts(merged: Merged, standing: Tables, layers: Path = DATA / "layers") -> Iterator[Finding]:
    """What is worth a look in the rows of a workbook that has no errors, and was not there before."""
    files = {table.file: name for name, table in standing.package.tables.items()}
    known = areas(layers) if merged.filled["places"] else {}  # which only positions of places are compared with
    before: set[tuple] | None = None
    for remark in _remarks(merged.tables, known):
        name = files[remark.file]
        row = _row(remark, merged, name)
        if row is None or row.asked is None or remark.kind.startswith(REPEATS):
            continue
        if row.asked.kind != NEW:
            if before is None:
                before = {_same_remark(one, standing, files[one.file]) for one in _remarks(standing, known)}
            if _same_remark(remark, merged.tables, name) in before:
                continue
        column = (remark.column or "").split(", ")[0] or None
        yield _at(NOTE, row, column, remark.value, said("worth a look: {remark}", remark=remark.message))


def _remarks(tables: Tables, known: dict) -> list[Remark]:
    package = tables.package
    frames = {name: typed(table, tables[name]) for name, table in package.tables.items()}
    return doubtful(Records(package, frames, known))


def _row(remark: Remark, merged: Merged, name: str) -> Filled | None:
    if remark.row is None:
        return None
    return merged.filled[name].get(merged.tables[name].index[remark.row - 2])


def _same_remark(remark: Remark, tables: Tables, name: str) -> tuple:
    record = None
    if remark.row is not None:
        record = identified(tables.package.tables[name], tables[name].iloc[remark.row - 2])
    return remark.kind, name, record, remark.column, remark.value
