"""The rows of a comparison: what each of two sides has in each of them, and what may be said of the difference."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from atlas.model.sides import Side

Key = tuple[str, ...]

# why a side has nothing in a row, and why no difference is said
NO_SOURCE, NOT_APPLICABLE, UNKNOWN_DATE = "no_source", "not_applicable", "unknown_date"
SAME, QUALIFIERS, TIMES, WHOLES, SEVERAL, LENGTHS = "same", "qualifiers", "times", "wholes", "several", "lengths"


@dataclass(frozen=True)
class Value:
    """What a side has in a row.

    records: ids of what is counted, or of the figures that stand side by side; possible: of those that count only if
    their partial dates mean the right days; of: how many there are in all; total: id of the stated total that the number
    documents; date: a partial date; last, coming: ids of the last session of a series and of the next that is announced;
    reason: why there is nothing, one of the texts above.
    """

    records: tuple[str, ...] = ()
    possible: tuple[str, ...] = ()
    of: int | None = None
    total: str | None = None
    date: str | None = None
    last: str | None = None
    coming: str | None = None
    reason: str = ""

    @property
    def number(self) -> int:
        """How many are counted for certain."""
        return len(self.records)

    @property
    def most(self) -> int:
        """How many there are at most."""
        return self.number + len(self.possible)


@dataclass(frozen=True)
class Row:
    """What both sides have of the same.

    key: names it within its section; form: ``count``, ``share``, ``total``, ``figures`` or ``date``;
    record: the kind of the records behind it, as addresses of records name it.
    """

    key: Key
    form: str
    record: str
    a: Value
    b: Value

    @property
    def shared(self) -> bool:
        """Whether neither side has nothing."""
        return not (self.a.reason or self.b.reason)


@dataclass(frozen=True)
class Section:
    """The rows of one subject."""

    name: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Comparison:
    """Two sides with their sections.

    common: how many records of each table concern both; undated: of each table that no date puts into a period or before
    a day; between: what came between two days, each row with all in ``a``.
    """

    a: Side
    b: Side
    sections: tuple[Section, ...]
    common: Mapping[str, int]
    undated: Mapping[str, tuple[str, ...]]
    between: tuple[Section, ...] = ()

    @property
    def kind(self) -> str:
        """What is compared, one of :data:`atlas.model.sides.KINDS`."""
        return self.a.kind

    @property
    def uneven(self) -> bool:
        """Whether two periods are of different lengths, so that their numbers are no measure of each other."""
        return self.kind == "period" and self.a.period.months != self.b.period.months

    def row(self, section: str, *key: str) -> Row:
        """One row; KeyError when there is none."""
        found = {(one.name, row.key): row for one in self.sections for row in one.rows}
        return found[section, key]


def groups(rows: pd.DataFrame, column: str) -> dict[Key, Value]:
    """The ids of some records by what they have in a column."""
    found = rows.groupby(column, sort=False).groups
    return {(str(name),): Value(tuple(ids)) for name, ids in found.items()}


def section(
    name: str,
    form: str,
    record: str,
    a: Mapping[Key, Value],
    b: Mapping[Key, Value],
    order: Iterable[str] | Callable[[Key], Any],
    nothing: Value = Value(),
) -> Section:
    """What two sides have, in the same rows.

    :param order: of the first parts of keys, or how keys are sorted.
    :param nothing: what a side has in a row that only the other has.
    """
    if not callable(order):
        places = {one: place for place, one in enumerate(order)}
        by_place: Callable[[Key], Any] = lambda key: places[key[0]]  # noqa: E731
        order = by_place
    keys = sorted(a.keys() | b.keys(), key=order)
    return Section(name, tuple(Row(key, form, record, a.get(key, nothing), b.get(key, nothing)) for key in keys))


def joined(*parts: Section) -> Section:
    """Sections of one subject as one, the rows in their order."""
    return replace(parts[0], rows=tuple(row for one in parts for row in one.rows))


def difference(row: Row, figures: Mapping[str, dict], uneven: bool = False) -> tuple[float, float] | str:
    """Between which numbers the two sides of a row differ, both the same where that is certain; or why it cannot be said.

    Empty where one side has nothing, and for dates.

    :param figures: rows of table ``figures`` by id.
    :param uneven: whether the sides are periods of different lengths.
    """
    if not row.shared or row.form == "date":
        return ""
    if uneven:
        return LENGTHS
    if row.form == "count":
        return _apart(row.a, row.b)
    if row.form == "figures":
        return _of_figures([figures[one] for one in row.a.records], [figures[one] for one in row.b.records])
    return WHOLES


def _apart(a: Value, b: Value) -> tuple[int, int]:
    gap = max(a.number - b.most, b.number - a.most, 0)
    return gap, max(a.most - b.number, b.most - a.number)


def _of_figures(a: list[dict], b: list[dict]) -> tuple[float, float] | str:
    if a == b:
        return SAME
    if len(a) != 1 or len(b) != 1:
        return SEVERAL
    (one,), (other,) = a, b
    if any(row["qualifier"] != "exact" for row in (one, other)):
        return QUALIFIERS
    if any(one[name] != other[name] for name in ("period_from", "period_to", "as_of")):
        return TIMES
    apart = abs(one["value"] - other["value"])
    return apart, apart
