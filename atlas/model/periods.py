"""Periods that are compared: a year, half, quarter or month, or from one to another; and what certainly lies in one."""

import re
from dataclasses import dataclass
from datetime import date

import pandas as pd

from atlas.records.dates import FIRST_YEAR, LAST_YEAR, bounds

MONTHS = 12
# by how an address spells a part of a year: its months. EDTF level 2 has numbers for them
# https://www.loc.gov/standards/datetime/ (sub-year groupings)
PARTS = {"H1": (1, 6), "H2": (7, 12), "Q1": (1, 3), "Q2": (4, 6), "Q3": (7, 9), "Q4": (10, 12)}
EDTF = {"40": "H1", "41": "H2", "33": "Q1", "34": "Q2", "35": "Q3", "36": "Q4"}
_FORM = re.compile(r"([0-9]{4})(?:-?(H[12]|Q[1-4])|-([0-9]{2}))?", re.IGNORECASE)


@dataclass(frozen=True)
class Period:
    """From the first day to the last, both included; ``text``: as an address spells it, e.g. ``2024-H1`` or ``2016/2020``."""

    text: str
    first: date
    last: date

    def holds(self, partial: str | None) -> bool | None:
        """Whether a partial date lies in the period: True for certain, None where it may, False where it does not or is unknown."""
        if not partial or pd.isna(partial):
            return False
        first, last = bounds(partial)
        return self.spans(first, last) or (None if self.touches(first, last) else False)

    def spans(self, first: date, last: date) -> bool:
        """Whether all days from one to another lie in it."""
        return self.first <= first and last <= self.last

    def touches(self, first: date, last: date) -> bool:
        """Whether any of the days from one to another lies in it."""
        return first <= self.last and self.first <= last

    @property
    def months(self) -> int:
        """How many months it has."""
        return (self.last.year - self.first.year) * MONTHS + self.last.month - self.first.month + 1

    @property
    def ends(self) -> tuple[str, str]:
        """The texts of its first and last part, which are the same for one year, half, quarter or month."""
        first, _, last = self.text.partition("/")
        return first, last or first


def read(text: str) -> Period | None:
    """The period that a text means: ``2024``, ``2024-H1``, ``2024-Q3``, ``2024-05``, ``2016/2020``; None for any other.

    The numbers of EDTF for halves and quarters (``2024-40``, ``2024-33``) are understood too.
    """
    first, slash, last = text.strip().partition("/")
    begin, end = _part(first), _part(last) if slash else None
    if begin is None or not slash:
        return begin
    if end is None or end.first <= begin.last:
        return None
    return Period(f"{begin.text}/{end.text}", begin.first, end.last)


def _part(text: str) -> Period | None:
    found = _FORM.fullmatch(text)
    if found is None or not FIRST_YEAR <= int(found[1]) <= LAST_YEAR:
        return None
    year, number = found[1], found[3] or ""
    part = EDTF.get(number, (found[2] or "").upper())
    if part:
        return _named(int(year), part)
    partial = f"{year}-{number}" if number else year
    try:
        return Period(partial, *bounds(partial))
    except ValueError:
        return None


def _named(year: int, part: str) -> Period:
    first, last = (bounds(f"{year}-{month:02}") for month in PARTS[part])
    return Period(f"{year}-{part}", first[0], last[1])


def latest(day: date) -> tuple[Period, Period]:
    """The last half of a year that was over on a day, and the same half a year earlier, which comes first."""
    year, part = (day.year - 1, "H2") if day.month <= PARTS["H1"][1] else (day.year, "H1")
    return _named(year - 1, part), _named(year, part)
