"""How records are filtered: one description, by which pages, files and the atlas as one file choose the same records."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

import numpy as np

from atlas.model import changes, signs
from atlas.model.atlas import LEVELS, Atlas
from atlas.model.names import names

Test = Literal["concerns", "holds", "touches", "known", "among", "seen", "changed"]
TABLES = ("twinnings", "agreements", "events", "figures")


@dataclass(frozen=True)
class Filter:
    """A record of some tables passes if its columns stand a test against the values of parameters of the address.

    usual: the values that hold where none is chosen.
    """

    test: Test
    parameters: tuple[str, ...]
    columns: tuple[str, ...]
    tables: tuple[str, ...] = TABLES
    usual: tuple[str, ...] = ()


FILTERS = (
    Filter("concerns", ("province",), ("slugs",)),
    Filter("concerns", ("region",), ("slugs",)),
    Filter("holds", ("q",), ("search_text",)),
    Filter("touches", ("from", "to", "undated"), ("first", "last")),
    Filter("known", ("asof",), ("since",)),
    Filter("changed", ("changed",), ("changed",)),
    # paired gates come only when their level is chosen
    Filter("among", ("level",), ("level",), TABLES[:1], tuple(level for level in LEVELS if level != "border_gate")),
    Filter("among", ("confidence",), ("confidence",), TABLES[:1]),
    Filter("seen", ("seen", "asof"), ("signs",), TABLES[:1]),
)


def passes(atlas: Atlas, table: str, value: Callable[[str], Any]) -> np.ndarray:
    """For every row of a table whether it passes all filters.

    :param table: one of :data:`TABLES`.
    :param value: gives what is chosen of a parameter: a tuple, a text, a number, or nothing.
    """
    mask = np.ones(len(atlas.table(table)), bool)
    for one in FILTERS:
        values = [value(name) for name in one.parameters]
        if table in one.tables and (any(values) or one.usual):
            mask &= TESTS[one.test](atlas, table, one.columns, values[0] or one.usual, *values[1:])
    return mask


def _concerns(atlas: Atlas, table: str, _: tuple[str, ...], slugs: Sequence[str]) -> np.ndarray:
    """It has to do with one of these provinces, regions and prefectures."""
    return atlas.concerning(table, slugs)


def _holds(atlas: Atlas, table: str, columns: tuple[str, ...], text: str) -> np.ndarray:
    """The names of its places have all of a text, in any spelling."""
    texts = atlas.table(table)[columns[0]]
    needles = names(atlas).needles(text)
    return np.array([all(needle in text for needle in needles) for text in texts], bool)


def _touches(
    atlas: Atlas, table: str, columns: tuple[str, ...], first: int | None, last: int | None, undated: str | None
) -> np.ndarray:
    """It lies between the first and the last year, both included, or has no date where those are wanted too, or alone."""
    # a partial date is a prefix of the days it covers, so text order is date order
    begins, ends = (atlas.table(table)[column] for column in columns)
    known = begins.notna().to_numpy()
    if undated == "only":
        return ~known
    if not first and not last:
        return np.ones(len(known), bool)
    inside = known & (begins.fillna("") <= f"{last or date.max.year}-12-31").to_numpy()
    inside &= (ends.fillna("9999") >= str(first or "")).to_numpy()
    return inside | ~known if undated == "include" else inside


def _known(atlas: Atlas, table: str, columns: tuple[str, ...], day: str) -> np.ndarray:
    """It can have stood on a day (ISO 8601), or it is not known since when."""
    since = atlas.table(table)[columns[0]]
    return (since.isna() | (since.fillna("") <= day)).to_numpy()


def _changed(atlas: Atlas, table: str, _: tuple[str, ...], release: str) -> np.ndarray:
    """It is new or has changed since a release."""
    return atlas.table(table).index.isin(list(changes.since(atlas, release).get(table, ())))


def _among(atlas: Atlas, table: str, columns: tuple[str, ...], values: Sequence[str]) -> np.ndarray:
    """It has one of these values."""
    return atlas.table(table)[columns[0]].isin(values).to_numpy()


def _seen(
    atlas: Atlas, table: str, columns: tuple[str, ...], seen: str | tuple[str, ...], day: str | None
) -> np.ndarray:
    """It was last seen in a source before a year, or never, of what is known on a day."""
    rows = atlas.table(table).index
    if not seen:
        return np.ones(len(rows), bool)
    return np.array([signs.passes(str(seen), signs.last_seen(atlas, one, day)) for one in rows], bool)


TESTS: dict[Test, Callable[..., np.ndarray]] = {
    "concerns": _concerns,
    "holds": _holds,
    "touches": _touches,
    "known": _known,
    "among": _among,
    "seen": _seen,
    "changed": _changed,
}
