"""What the soft checks look at, and what they find."""

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd
import shapely

from atlas.records.dates import bounds
from atlas.records.said import Said
from atlas.records.schema import Package

# Table, row (None for the table as a whole), column, value and message.
Found = tuple[str, int | None, str | None, str | None, Said]


@dataclass(frozen=True)
class Records:
    """What the checks look at; `areas` are geometries (WGS-84) by place id."""

    package: Package
    tables: dict[str, pd.DataFrame]
    areas: dict[str, shapely.Geometry]

    def rows(self, name: str) -> Iterator[tuple[int, dict]]:
        """Index and values by column of every row of a table."""
        return enumerate(self.tables[name].to_dict("records"))


def conflict(day: str | None, other: str | None) -> bool:
    """Whether two partial dates are given and no reading of both fits."""
    return before(day, other) or before(other, day)


def before(day: str | None, other: str | None) -> bool:
    """Whether two partial dates are given and one lies before the other in every reading."""
    return bool(day and other) and bounds(day)[1] < bounds(other)[0]
