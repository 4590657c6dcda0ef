"""How many records each choice of a filter would leave."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import chain
from typing import Any

import pandas as pd

from atlas.model.atlas import LEVELS
from atlas.model.selection import Selection

COLUMNS = ("slugs", "level", "confidence", "first", "last")  # of twinnings, for :func:`counts`
Rows = Callable[[Selection], Iterable[pd.DataFrame]]

_CLEARED: dict[str, dict[str, Any]] = {
    "province": {"province": ()},
    "region": {"region": ()},
    "level": {"level": LEVELS},  # without any the paired gates are left out, which can be chosen
    "confidence": {"confidence": ()},
    "year": {"year_from": None, "year_to": None, "undated": None},
}


def counts(rows: Rows, selection: Selection, last_year: int) -> dict[str, dict[str, int]]:
    """Of each filter: how many records each of its values would leave, all other filters as they are.

    :param rows: the records of a page that pass a selection, as tables with ``slugs``, ``first`` and ``last``, and
        with ``level`` and ``confidence`` where they are twinnings.
    :param last_year: the year in which what goes on is counted last.
    :return: filter -> value -> number; places by slug, years as YYYY, and ``undated`` among the years.
    """
    return {
        facet: _counted(facet, rows(replace(selection, **cleared)), last_year) for facet, cleared in _CLEARED.items()
    }


def _counted(facet: str, tables: Iterable[pd.DataFrame], last_year: int) -> dict[str, int]:
    found: Counter[str] = Counter()
    for table in tables:
        if facet in ("province", "region"):
            found.update(chain.from_iterable(set(slugs) for slugs in table["slugs"]))
        elif facet == "year":
            found.update(_years(table, last_year))
        elif facet in table:
            found.update(table[facet])
    return dict(found)


def _years(table: pd.DataFrame, last_year: int) -> Iterable[str]:
    for first, last in zip(table["first"], table["last"]):
        if not isinstance(first, str):
            yield "undated"
        else:
            end = int(last[:4]) if isinstance(last, str) else last_year
            yield from map(str, range(int(first[:4]), max(int(first[:4]), end) + 1))
