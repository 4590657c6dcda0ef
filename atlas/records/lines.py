"""What the rules read of tables of text: cells by their lines, dates and numbers as far as they can be read."""

from collections.abc import Iterator
from datetime import date

import pandas as pd

from atlas.records.dates import bounds
from atlas.records.loading import Tables, items
from atlas.records.said import Said

# Table, line, column, value and what was expected.
Breach = tuple[str, int | None, str | None, str | None, Said]
Span = tuple[date, date]

ALWAYS = (date.min, date.max)


def cells_of(frame: pd.DataFrame, *columns: str) -> Iterator[tuple[str, ...]]:
    """The cells of some columns, row by row."""
    return zip(*(frame[column] for column in columns))


def lines(frame: pd.DataFrame, *columns: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Line in the file, and the cells of some columns."""
    return zip(frame.index, cells_of(frame, *columns))


def listed(tables: Tables, name: str, column: str) -> Iterator[tuple[int, str]]:
    """Line and item of every item in a column."""
    field = tables.package.tables[name].field(column)
    for row, text in tables[name][column].items():
        for item in items(field, text):
            yield row, item


def days(text: str) -> Span:
    """Bounds of a partial date; all days where it is missing or wrong, which the rule for single cells reports."""
    try:
        return bounds(text) if text else ALWAYS
    except ValueError:
        return ALWAYS


def number(text: str) -> float:
    """A number; not comparable where the text is wrong, which the rule for single cells reports."""
    try:
        return float(text)
    except ValueError:
        return float("nan")
