"""Figures that may stand in one row: those that count the same in the same way."""

from collections.abc import Callable
from typing import Any

import pandas as pd

from atlas.model.atlas import Atlas
from atlas.model.compared import Key, Value

# over what time a figure counts
MOMENT, SPAN, RUNNING, NO_TIME = "moment", "span", "running", "no_time"
TIMES = (SPAN, RUNNING, MOMENT, NO_TIME)
NAMES = ("programme", "measure", "rate", "category", "outcome", "direction", "time", "part")  # the parts of a key
ANY = ""


def definition(atlas: Atlas, row: dict) -> Key:
    """What a figure counts and how: its programme, measure, rate, category, outcome, direction, time and whether it is a part.

    The direction is the countries of origin and destination, e.g. ``vn-cn``.
    """
    ends = [_country(atlas, row[side]) for side in ("origin", "destination")]
    return (
        row["programme"],
        row["measure"],
        row["rate"],
        row["category"] or ANY,
        row["outcome"] or ANY,
        "-".join(ends).lower() if all(ends) else ANY,
        _time(row),
        "part" if row["part_of"] else ANY,
    )


def _country(atlas: Atlas, places: tuple[str, ...]) -> str:
    found = {atlas.places[place]["country"] for place in places}
    return found.pop() if len(found) == 1 else ""


def _time(row: dict) -> str:
    if row["cumulative"] or (row["period_from"] and not row["period_to"]):
        return RUNNING
    if row["period_from"] or row["period_to"]:
        return SPAN
    return MOMENT if row["as_of"] else NO_TIME


def by_definition(atlas: Atlas, rows: pd.DataFrame) -> dict[Key, Value]:
    """The ids of figures by what they count, see :func:`definition`; those of later times last."""
    found: dict[Key, list[dict]] = {}
    for row in rows.to_dict("records"):
        found.setdefault(definition(atlas, row), []).append(row)
    return {key: Value(tuple(row["id"] for row in sorted(listed, key=_when))) for key, listed in found.items()}


def _when(row: dict) -> tuple[str, str, str]:
    return row["period_from"] or row["as_of"] or "", row["period_to"] or "", row["id"]


def in_order(atlas: Atlas) -> Callable[[Key], Any]:
    """How the definitions of figures are sorted: as their values stand in the schema."""
    fields = atlas.schema.tables["figures"]
    orders = [(ANY, *fields.field(name).categories) for name in NAMES[:5]] + [(ANY, "vn-cn", "cn-vn"), TIMES]

    def place(key: Key) -> tuple:
        return (*(order.index(part) if part in order else len(order) for order, part in zip(orders, key)), key)

    return place
