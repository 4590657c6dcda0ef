"""What two sides have achieved, as sources count it: totals of twinnings, and totals of persons with their parts."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from atlas.model import coverage
from atlas.model.atlas import Atlas
from atlas.model.selection import Selection
from atlas.model.topics import EVERYTHING

# degrees and outcomes in the order in which they stand in a total
PARTS = ["undergraduate", "master", "doctoral", "postgraduate", "vocational", "language", "graduated", "studying"]
MOST_ENDS = 3  # units from which, or to which, a number of some units counts
MOST_TOTALS, MOST_COMPOSITIONS = 4, 3  # as many as one view can show in type for a large room
MEASURES = ("twinnings", "vn_localities", "cn_localities")  # pairs before the localities of both sides that they join
PEOPLE = ("persons", "trips")
ACHIEVED = "graduated"  # what became of persons, told with their total
PAIRS = ("levels", "place", "counterpart")  # which pairs a total is about
# two figures that agree in these count the same, at two times
COUNT = (
    "programme", "measure", "category", "outcome", "origin", "destination", "provider_places", "cumulative",
)  # fmt: skip


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
    return _totals(atlas, selection)[:MOST_TOTALS]


def _totals(atlas: Atlas, selection: Selection) -> list[dict]:
    slugs = selection.province + selection.region
    found = [one.total for one in coverage.coverage(atlas, slugs, selection.asof)]
    own = {atlas.places.by_slug[slug] for slug in slugs}
    if slugs:
        found = [row for row in found if row["place"] or row["counterpart"]]
        return sorted(found, key=lambda row: (own.isdisjoint((row["place"], row["counterpart"])), -row["value"]))
    if selection.restricts:
        return []
    return [row for row in found if not row["place"] and not row["counterpart"]]


def of(atlas: Atlas, selection: Selection) -> tuple[list[dict], list[Composition]]:
    """Totals and compositions that a view of results shows of a selection."""
    figures = EVERYTHING.records(atlas, selection)["figures"]
    return totals(atlas, selection), compositions(atlas, figures)[:MOST_COMPOSITIONS]


@dataclass(frozen=True)
class Result:
    """A number that a room should hear: a row of table ``totals`` or ``figures``."""

    table: Literal["totals", "figures"]
    row: dict


def ranked(atlas: Atlas, selection: Selection, programmes: tuple[str, ...] | None = None) -> list[Result]:
    """Totals of twinnings and counts of figures of a selection, those first that a room should hear first.

    No part of another number stands here, but whoever has graduated: that follows the total it belongs to. No number a
    year, no length, and of what was counted at several times the newest only. A total of pairs is followed by the
    localities of both sides that the pairs join: these are its parts, as degrees are those of a total of persons.

    In this order: what speaks of the whole of the units selected (with those that they succeeded), then of a part of them,
    then of others too; what has parts; what is dated; what an official source states; high confidence; twinnings; what rests on an
    agreement; what counts up over years; people, then units that have a name; the larger number.

    :param programmes: of the figures; all but "other" and the totals of twinnings too if left out.
    """
    figures = EVERYTHING.records(atlas, selection)["figures"]
    asked = figures["programme"].isin(programmes) if programmes else figures["programme"] != "other"
    groups = _counts(atlas, figures[asked])
    if not programmes:
        groups += _stated(atlas, selection)
    return [one for group in sorted(groups, key=lambda group: _rank(atlas, selection, group)) for one in group]


def _counts(atlas: Atlas, figures: pd.DataFrame) -> list[list[Result]]:
    """Every figure that counts something and is no part, the newest of its kind, with those of it who have graduated."""
    known = figures[figures["value"].notna() & (figures["rate"] == "total") & (figures["measure"] != "kilometres")]
    newest = _newest(known[known["part_of"].isna()].to_dict("records"), COUNT)
    graduated = {row["part_of"]: row for row in known[known["outcome"] == ACHIEVED].to_dict("records")}
    return [[Result("figures", one) for one in (row, graduated.get(row["id"])) if one is not None] for row in newest]


def _stated(atlas: Atlas, selection: Selection) -> list[list[Result]]:
    """The totals of a selection, the newest of their kind, in groups of those that describe the same pairs."""
    groups: dict[tuple, list[Result]] = {}
    for row in _newest(_totals(atlas, selection), (*PAIRS, "measure")):
        groups.setdefault(tuple(row[column] for column in PAIRS), []).append(Result("totals", row))
    return [sorted(group, key=lambda one: MEASURES.index(one.row["measure"])) for group in groups.values()]


def _newest(rows: list[dict], columns: tuple[str, ...]) -> list[dict]:
    """Of the rows that agree in some columns those of the latest day; several where they are of one day."""
    last: dict[tuple, str] = {}
    for row in rows:
        count = tuple(row[column] for column in columns)
        last[count] = max(last.get(count, ""), row["as_of"] or "")
    return [row for row in rows if (row["as_of"] or "") == last[tuple(row[column] for column in columns)]]


def _rank(atlas: Atlas, selection: Selection, group: list[Result]) -> tuple:
    """The place of a number and what follows it, the smallest first; see :func:`ranked`."""
    row, total = group[0].row, group[0].table == "totals"
    parts = len(group) > 1 or (not total and bool(compositions(atlas, _with_parts(atlas, row))))
    kinds = atlas.table("sources")["kind"]
    return (
        _reach(atlas, selection, row, total),
        not parts,
        not row["as_of"],
        not any(kinds.get(source) == "official" for source in row["sources"]),
        ("high", "medium", "low").index("high" if total else row["confidence"]),
        not (total and parts),
        total or not row["agreement"],
        not (total or row["cumulative"]),
        0 if total or row["measure"] in PEOPLE else 1 + (row["measure"] == "other"),
        -row["value"],
        row["id"],
    )


def _with_parts(atlas: Atlas, total: dict) -> pd.DataFrame:
    rows = atlas.table("figures")
    return rows[(rows["id"] == total["id"]) | (rows["part_of"] == total["id"])]


def _reach(atlas: Atlas, selection: Selection, row: dict, total: bool) -> int:
    """0 for what speaks of the whole of the units selected, 1 for a part of them, 2 where others are counted in."""
    if total:
        sides: list[tuple[str, ...]] = [(row["place"] or "vn",), (row["counterpart"] or "cn",)]
    else:
        ends = (*row["origin"], *row["destination"])
        sides = [_of_country(atlas, ends, country) for country in ("VN", "CN")]
        given = _of_country(atlas, row["provider_places"], "VN")
        if given and selection.province:
            sides[0] = min(sides[0], given, key=lambda units: _within(atlas, selection.province, units))
    vn, cn = (_within(atlas, slugs, units) for slugs, units in zip((selection.province, selection.region), sides))
    if selection.province:
        return 2 if selection.region and cn == 2 else vn
    return cn if selection.region else max(vn, cn)


def _of_country(atlas: Atlas, places: Iterable[str], country: str) -> tuple[str, ...]:
    return tuple(place for place in places if atlas.places[place]["country"] == country)


def _within(atlas: Atlas, slugs: tuple[str, ...], units: tuple[str, ...]) -> int:
    own = {atlas.places.by_slug[slug] for slug in slugs} or {"vn", "cn"}
    own |= {former for unit in own for former in atlas.places.predecessors(unit)}
    if own.issuperset(units):
        return 0
    return 1 if all(not own.isdisjoint(atlas.places.lineage(unit)) for unit in units) else 2


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


def own(one: Result, selection: Selection) -> bool:
    """Whether a number is of the units selected, and not of many more."""
    ends = [one.row[side] for side in ("origin", "destination")] if one.table == "figures" else []
    return not selection.province or all(len(end) <= max(MOST_ENDS, len(selection.province)) for end in ends)
