"""Validating the tables and reading them as typed frames."""

from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from atlas.records.loading import Tables, load, typed
from atlas.records.problems import InvalidRecords, Problem, in_file_order
from atlas.records.rules import RULES
from atlas.records.schema import schema


def validate(folder: str | Path) -> list[Problem]:
    """All hard problems of the tables in a folder, by file, row and column; none if they are valid."""
    try:
        _valid(folder)
    except InvalidRecords as invalid:
        return invalid.problems
    return []


def read(folder: str | Path) -> dict[str, pd.DataFrame]:
    """Read all tables of a folder as typed frames, by name.

    Columns are the schema's in its order. Texts and partial dates are str, None where missing;
    lists are tuples of str, empty where missing; integers Int64 with NA; numbers float64 with NaN;
    booleans bool, False where missing. Order and number of rows are those of the file.

    Raises InvalidRecords with all problems.
    """
    tables = _valid(folder)
    return {name: typed(table, tables[name]) for name, table in tables.package.tables.items()}


def _valid(folder: str | Path) -> Tables:
    tables, problems = load(folder, schema(folder))
    if problems := broken(tables, problems):
        raise InvalidRecords(problems)
    return tables


def broken(tables: Tables, problems: Iterable[Problem] = ()) -> list[Problem]:
    """What breaks the rules in tables of text, by file, row and column.

    :param problems: what is known to be wrong already; nothing more is said of its rows and cells.
    """
    problems = list(problems)
    for rule in RULES:
        # What is said of a row or cell that is already known to be wrong would only mislead.
        known = {(problem.file, problem.row, problem.column) for problem in problems}
        for name, row, column, value, expected in rule(tables):
            file = tables.package.tables[name].file
            if not known & {(file, row, None), (file, row, column)}:
                problems.append(Problem(file, row, column, value, expected))
    return in_file_order(problems)
