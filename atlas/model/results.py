"""What two sides have achieved, as sources count it: totals of twinnings, and totals of persons with their parts."""

from dataclasses import dataclass

import pandas as pd

from atlas.model import coverage
from atlas.model.atlas import Atlas
from atlas.model.selection import Selection
from atlas.model.topics import EVERYTHING

# degrees and outcomes in the order in which they stand in a total
PARTS = ["undergraduate", "master", "doctoral", "postgraduate", "vocational", "language", "graduated", "studying"]
MOST_TOTALS, MOST_COMPOSITIONS = 4, 3  # as many as one view can show in type for a large room


@dataclass(frozen=True)
class Part:
    """Persons of a total. ``row``: the figure that counts them, None for those of whom no source says more."""

    row: dict | None
    by_outcome: bool
    value: int


@dataclass(frozen=True)
class Composition:
    """A total (a row of table ``figures``) and its parts, which add up to it."""

    total: dict
    parts: tuple[Part, ...]


def compositions(atlas: Atlas, figures: pd.DataFrame) -> list[Composition]:
    """The exact totals of persons among some figures, once by degree and once by what became of them.

    What has been counted over years stands before what was counted once, larger totals before smaller ones.
    """
    counted = figures[
        (figures["qualifier"] == "exact") & (figures["measure"] == "persons") & (figures["rate"] == "total")
    ]
    parts = counted[counted["part_of"].isin(counted.index)]
    wholes = counted.loc[list(dict.fromkeys(parts["part_of"]))].sort_values(
        ["cumulative", "value"], ascending=False, kind="stable"
    )
    answer = []
    for total in wholes.to_dict("records"):
        mine = parts[parts["part_of"] == total["id"]]
        splits = ((mine[mine["outcome"].isna()], False), (mine[mine["outcome"].notna()], True))
        answer += [_composition(total, rows, by_outcome) for rows, by_outcome in splits if len(rows) > 1]
    return answer


def _composition(total: dict, rows: pd.DataFrame, by_outcome: bool) -> Composition:
    order = PARTS
    key = "outcome" if by_outcome else "category"
    rows = rows.sort_values(
        [key, "value"], key=lambda column: column.map(order.index) if column.name == key else -column
    )
    parts = [Part(row, by_outcome, int(row["value"])) for row in rows.to_dict("records")]
    if rest := int(total["value"]) - sum(part.value for part in parts):
        parts.append(Part(None, by_outcome, rest))
    return Composition(total, tuple(parts))


def totals(atlas: Atlas, selection: Selection) -> list[dict]:
    """The first totals that sources state for the provinces or regions selected; for the whole border without any filter."""
    slugs = selection.province + selection.region
    found = [one.total for one in coverage.coverage(atlas, slugs)]
    own = {atlas.places.by_slug[slug] for slug in slugs}
    if slugs:
        found = [row for row in found if row["place"] or row["counterpart"]]
        found.sort(key=lambda row: (own.isdisjoint((row["place"], row["counterpart"])), -row["value"]))
        return found[:MOST_TOTALS]
    if selection.restricts:
        return []
    return [row for row in found if not row["place"] and not row["counterpart"]][:MOST_TOTALS]


def of(atlas: Atlas, selection: Selection) -> tuple[list[dict], list[Composition]]:
    """Totals and compositions that a view of results shows of a selection."""
    figures = EVERYTHING.records(atlas, selection)["figures"]
    return totals(atlas, selection), compositions(atlas, figures)[:MOST_COMPOSITIONS]


def leading_series(atlas: Atlas, events: pd.DataFrame, selection: Selection) -> list[str]:
    """The series of some events, first those that the places selected have hosted, then those of the most numbered sessions.

    :param events: rows of table ``events``; only what was held counts.
    """
    hosts = {atlas.places.by_slug[slug] for slug in selection.province + selection.region}
    held = events[(events["status"] == "held") & events["series"].notna()]
    ranks = {
        series: (
            any(place and not hosts.isdisjoint(atlas.places.lineage(place)) for place in rows["place"]),
            int(rows["ordinal"].notna().sum()),
            len(rows),
        )
        for series, rows in held.groupby("series", sort=True)
    }
    return sorted(ranks, key=ranks.__getitem__, reverse=True)
