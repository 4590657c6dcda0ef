"""What was agreed, point by point: by session, paper, field, responsible side and state, and all since a session."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

import pandas as pd

from atlas.model import changes, commitments, meetings
from atlas.model.atlas import Atlas, cached
from atlas.model.selection import POINTS, Selection
from atlas.records.dates import bounds

SIDES = ("vn", "cn", "both", "none")  # who is responsible by the text; none: it is not stated
UNSTATED = "none"


@dataclass(frozen=True)
class Wanted:
    """By what points are filtered beside a selection; empty tuples and None mean no restriction.

    series: of the session at which a point was agreed; session: ids of events; paper: ids of the agreements in which
    points stand, of the event where there is no paper; field, side, state: see :func:`known`;
    since: id of the event since which, its own day included, a point was agreed between the same parties.
    """

    series: tuple[str, ...] = ()
    session: tuple[str, ...] = ()
    paper: tuple[str, ...] = ()
    field: tuple[str, ...] = ()
    side: tuple[str, ...] = ()
    state: tuple[str, ...] = ()
    since: str | None = None

    @classmethod
    def from_query(cls, query: Mapping[str, Sequence[str]], atlas: Atlas) -> tuple["Wanted", list[tuple[str, str]]]:
        """Read parameters of an address.

        :return: what they ask for, and (parameter, value) of everything that is not known.
        """
        allowed = known(atlas)
        asked = {name: tuple(dict.fromkeys(filter(None, query.get(name, ())))) for name in POINTS}
        wrong = [(name, one) for name, values in asked.items() for one in values if one not in allowed[name]]
        given = tuple(query.get("since", ()))[-1:]
        since = next((one for one in given if one in atlas.table("events").index), None)
        wrong += [("since", one) for one in given if one and one != since]
        kept: dict[str, Any] = {
            name: tuple(one for one in values if one in allowed[name]) for name, values in asked.items()
        }
        return cls(**kept, since=since), wrong

    def without(self, name: str) -> "Wanted":
        """The same without one filter."""
        cleared: dict[str, Any] = {name: ()}
        return replace(self, **cleared)


@dataclass(frozen=True)
class Since:
    """All that was agreed between the parties of a session since it, its own day included; ids of commitments.

    own: of the session and its papers; later: of papers and sessions of that day or after it, the newest first; a partial
    date counts if its last day does; unsure: those of them whose first day does not; undated: of papers and sessions of which no day is known, which may be earlier.
    """

    event: str
    own: tuple[str, ...]
    later: tuple[str, ...]
    unsure: tuple[str, ...]
    undated: tuple[str, ...]

    @property
    def ids(self) -> tuple[str, ...]:
        """Those that are known to be of that day or later, with the session's own."""
        return (*self.own, *self.later)


@cached(1)
def points(atlas: Atlas) -> pd.DataFrame:
    """Every commitment, the newest first and those without a date last, those of one paper in its order.

    Index: id. Columns: ``agreement`` (None without a paper), ``session`` (event, None without one), ``series``, ``paper``
    (the agreement, else the event), ``field``, ``side`` (one of :data:`SIDES`), ``agreed`` (a partial date or None), and of
    its paper and session ``slugs`` (frozenset), ``first`` and ``last`` (partial dates or None).
    """
    rows = pd.DataFrame([_point(atlas, row) for row in atlas.table("commitments").to_dict("records")], columns=COLUMNS)
    rows = rows.astype(object).where(rows.notna(), None)
    newest = rows.sort_values("agreed", ascending=False, na_position="last", kind="stable")
    order = {paper: n for n, paper in enumerate(dict.fromkeys(newest["paper"]))}
    return newest.sort_values("paper", key=lambda papers: papers.map(order), kind="stable").set_index("id")


COLUMNS = ["id", "agreement", "session", "series", "paper", "field", "side", "agreed", "slugs", "first", "last"]


def _point(atlas: Atlas, row: dict) -> dict:
    paper = atlas.records("agreements", [row["agreement"]])[0] if row["agreement"] else None
    session = row["event"] or (paper and paper["event"]) or None
    event = atlas.records("events", [session])[0] if session else None
    told = [one for one in (paper, event) if one]
    dated = next((one for one in told if isinstance(one["first"], str)), {"first": None, "last": None})
    return {
        "id": row["id"],
        "agreement": row["agreement"],
        "session": session,
        "series": event["series"] if event else None,
        "paper": row["agreement"] or row["event"],
        "field": row["field"],
        "side": side(row),
        "agreed": (paper and paper["signed_on"]) or (event and event["date_from"]) or None,
        "slugs": frozenset().union(*(one["slugs"] for one in told)),
        "first": dated["first"],
        "last": dated["last"],
    }


def side(row: Mapping[str, str | None]) -> str:
    """Which side is responsible for a commitment by its own text, one of :data:`SIDES`.

    :param row: of table ``commitments``.
    """
    vn, cn = (any(row[f"responsible_{one}_{language}"] for language in ("vi", "zh", "en")) for one in ("vn", "cn"))
    return {(True, True): "both", (True, False): "vn", (False, True): "cn"}.get((vn, cn), UNSTATED)


@cached(1)
def known(atlas: Atlas) -> dict[str, tuple[str, ...]]:
    """The values that each of the filters of :class:`Wanted` may have, papers and sessions the newest first."""
    rows = points(atlas)
    order = {
        "series": atlas.schema.tables["events"].field("series").enum,
        "field": atlas.schema.tables["commitments"].field("field").enum,
    }
    return {
        "series": tuple(one for one in order["series"] if (rows["series"] == one).any()),
        "session": tuple(rows["session"].dropna().unique()),
        "paper": tuple(rows["paper"].unique()),
        "field": tuple(one for one in order["field"] if (rows["field"] == one).any()),
        "side": SIDES,
        "state": (*commitments.SHOWN_BY, commitments.NO_EVIDENCE),
    }


def found(atlas: Atlas, selection: Selection, wanted: Wanted) -> pd.DataFrame:
    """The points of :func:`points` that pass both, with their ``state`` on the day shown.

    A point passes a selection with its paper or with its session. Others get the same rows: nobody may change them.
    """
    return _found(atlas, selection.chosen, wanted)


@cached(50)
def _found(atlas: Atlas, selection: Selection, wanted: Wanted) -> pd.DataFrame:
    rows = _of_selection(atlas, selection)
    for field in fields(wanted):
        values = getattr(wanted, field.name)
        if field.name == "since":
            rows = rows[rows.index.isin(since(atlas, values).ids)] if values else rows
        elif values:
            rows = rows[rows[field.name].isin(values)]
    return rows


@cached(50)
def _of_selection(atlas: Atlas, selection: Selection) -> pd.DataFrame:
    rows, changed = points(atlas), selection.changed
    if changed:  # of the points themselves: their papers may be as they were
        rows = rows[rows.index.isin(changes.since(atlas, changed).get("commitments", ()))]
        selection = replace(selection, changed=None)
    papers, events = (selection.records(atlas, name).index for name in ("agreements", "events"))
    kept = rows[rows["agreement"].isin(papers) | atlas.table("commitments")["event"].loc[rows.index].isin(events)]
    return kept.assign(state=[commitments.state_of(atlas, one, selection.asof) for one in kept.index])


def counts(atlas: Atlas, selection: Selection, wanted: Wanted) -> dict[str, dict[str, int]]:
    """Of each filter of :class:`Wanted`: how many points each of its values would leave, all other filters as they are."""
    return {
        name: dict(Counter(found(atlas, selection, wanted.without(name))[name].dropna()))
        for name in POINTS
    }  # fmt: skip


@cached(20)
def since(atlas: Atlas, event: str) -> Since:
    """What was agreed between the parties of a session since it; nothing but its own where its day is not known.

    Parties are the units of both sides as the session has them, with those that stand in for them now: what concerns one
    of each side belongs to them.

    :param event: id of an event.
    """
    (session,) = atlas.records("events", [event])
    rows = points(atlas)
    own = tuple(row["id"] for row in commitments.of_record(atlas, "events", event))
    if not session["date_from"]:
        return Since(event, own, (), (), ())
    begun = bounds(session["date_from"])[0]
    of_parties = [
        one
        for one, slugs in zip(rows.index, rows["slugs"])
        if one not in own and all(not slugs.isdisjoint(party) for party in parties(atlas, event))
    ]
    ends = {one: bounds(day) for one, day in rows["agreed"].items() if day}
    later = tuple(one for one in of_parties if one in ends and ends[one][1] >= begun)
    return Since(
        event,
        own,
        later,
        tuple(one for one in later if ends[one][0] < begun),
        tuple(one for one in of_parties if one not in ends),
    )


def parties(atlas: Atlas, event: str) -> tuple[frozenset[str], frozenset[str]]:
    """The slugs of the units that meet at a session on the Vietnamese and on the Chinese side, see :func:`since`."""
    (session,) = atlas.records("events", [event])
    members = meetings.members(atlas.series_members.get(session["series"], ()), session)
    found: dict[str, set[str]] = {"VN": set(), "CN": set()}
    for place in (*session["vn_places"], *session["cn_places"], *members):
        found[atlas.places[place]["country"]] |= set(_slugs(atlas, place))
    return frozenset(found["VN"]), frozenset(found["CN"])


def _slugs(atlas: Atlas, place: str) -> list[str]:
    """The slugs of a unit and of what stands in for it; of one without, those of the narrowest unit above it that has one."""
    for unit in atlas.places.lineage(place):
        units = (unit, *atlas.places.successors(unit))
        if slugs := [slug for one in units if (slug := atlas.places[one]["slug"])]:
            return slugs
    return []


def sessions(atlas: Atlas) -> list[str]:
    """The sessions of series that were held and of which a day is known, the newest first: those since which can be asked."""
    rows = atlas.table("events")
    held = rows[rows["series"].notna() & (rows["status"] == "held") & rows["date_from"].notna()]
    return list(held["date_from"].sort_values(ascending=False, kind="stable").index)


def by_province(rows: pd.DataFrame, slugs: Sequence[str]) -> dict[str, Counter[str]]:
    """How many points concern each of these provinces, by slug and field; only those that have any, in their order."""
    found = {
        slug: Counter(field for places, field in zip(rows["slugs"], rows["field"]) if slug in places) for slug in slugs
    }
    return {slug: numbers for slug, numbers in found.items() if numbers}
