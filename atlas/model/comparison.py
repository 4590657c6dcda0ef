"""Two sides compared: what the atlas has of each, in the same rows, nothing added up that is not counted alike."""

import pandas as pd

from atlas.model import along, commitments, coverage, meetings, outlook, quality, standing, time_rows
from atlas.model.atlas import LEVELS, Atlas, cached
from atlas.model.compared import (
    NO_SOURCE,
    NOT_APPLICABLE,
    UNKNOWN_DATE,
    Comparison,
    Key,
    Section,
    Value,
    groups,
    joined,
    section,
)
from atlas.model.figure_rows import by_definition, in_order
from atlas.model.selection import Selection
from atlas.model.sides import Side, within
from atlas.records.dates import today

TABLES = ("twinnings", "agreements", "events", "figures")
NOTHING = Value(reason=NO_SOURCE)


@cached(20)
def compare(atlas: Atlas, a: Side, b: Side, selection: Selection) -> Comparison:
    """Two sides of one kind under the other filters; swapped sides give the same rows, each the other way round.

    :param selection: what :attr:`atlas.model.selection.Selection.chosen` gives; the filter of which the sides take the
        place is passed over.
    """
    if a.kind in ("day", "period"):
        return time_rows.compare(atlas, a, b, within(selection, a))
    one, other = within(selection, a), within(selection, b)
    found = tuple(make(atlas, one, other) for make in SECTIONS)
    mine, theirs = _records(atlas, one), _records(atlas, other)
    common = {name: len(mine[name].index.intersection(theirs[name].index)) for name in TABLES}
    return Comparison(a, b, tuple(part for part in found if part.rows), common, {})


def _records(atlas: Atlas, one: Selection) -> dict[str, pd.DataFrame]:
    return {"twinnings": one.twinnings(atlas)} | {name: one.records(atlas, name) for name in TABLES[1:]}


def _twinnings(atlas: Atlas, one: Selection, other: Selection) -> Section:
    a, b = (_by_level(atlas, side) for side in (one, other))
    return section("twinnings", "count", "twinning", a, b, ("all", *LEVELS, "undated", "lost"))


def _by_level(atlas: Atlas, one: Selection) -> dict[Key, Value]:
    rows = one.twinnings(atlas)
    lost = [
        row["id"] for row in rows.to_dict("records") if standing.standing(atlas, row, one.day(atlas)).ended
    ]  # fmt: skip
    return {
        ("all",): Value(tuple(rows.index)),
        **groups(rows, "level"),
        ("undated",): Value(tuple(rows.index[rows["signed_on"].isna()])),
        ("lost",): Value(tuple(lost)),
    }


def _border(atlas: Atlas, one: Selection, other: Selection) -> Section:
    a, b = (_at_border(atlas, side) for side in (one, other))
    order = ("communes", "villages", "counties")
    return section("border", "share", "place", a, b, order, Value(reason=NOT_APPLICABLE))


def _at_border(atlas: Atlas, one: Selection) -> dict[Key, Value]:
    """The communes of today at the border that are twinned, and those in which only a village is; of a Chinese side its counties.

    Today's communes stand for those that they took the place of, see :func:`atlas.model.along.communes`.
    """
    if not one.province:
        return _counties(atlas, one)
    among = frozenset(one.twinnings(atlas, "level").index)
    found = [
        commune
        for commune in along.communes(atlas, today(atlas.version), among)
        if not atlas.places.slugs([commune.place]).isdisjoint(one.province)
    ]
    by = {level: tuple(row.place for row in found if row.twinning == level) for level in ("commune", "village")}
    return _of_all("communes", by["commune"], len(found)) | (
        _of_all("villages", by["village"], len(found)) if found else {}
    )


def _counties(atlas: Atlas, one: Selection) -> dict[Key, Value]:
    """The counties at the border in which anything is twinned."""
    places = atlas.table("places")
    at_border = places.index[places["on_border"] & (places["kind"] == "county") & places["valid_until"].isna()]
    mine = [place for place in at_border if not atlas.places.slugs([place]).isdisjoint(one.region)]
    twinned = {
        unit for places in one.twinnings(atlas, "cn")["cn"] for place in places for unit in atlas.places.lineage(place)
    }
    return _of_all("counties", tuple(place for place in mine if place in twinned), len(mine))


def _of_all(name: str, places: tuple[str, ...], number: int) -> dict[Key, Value]:
    return {(name,): Value(places, of=number) if number else Value(reason=NOT_APPLICABLE)}


def _totals(atlas: Atlas, one: Selection, other: Selection) -> Section:
    a, b = (_stated(atlas, side) for side in (one, other))
    levels = {level: place for place, level in enumerate(LEVELS)}
    return section(
        "totals", "total", "twinning", a, b, lambda key: ([levels[one] for one in key[1].split()], key), NOTHING
    )


def _stated(atlas: Atlas, one: Selection) -> dict[Key, Value]:
    """Stated totals of the side itself, not of all of which it is a part, by what they count; the latest of several."""
    own = atlas.places.by_slug[(one.province or one.region)[0]]
    found: dict[Key, Value] = {}
    for stated in sorted(coverage.coverage(atlas, asof=one.asof), key=lambda one: one.total["as_of"] or ""):
        total = stated.total
        if own in (total["place"], total["counterpart"]):
            key = (total["measure"], " ".join(sorted(total["levels"], key=LEVELS.index)))
            found[key] = Value(of=stated.documented, total=total["id"])
    return found


def _agreements(atlas: Atlas, one: Selection, other: Selection) -> Section:
    a, b = (time_rows.by_term(side.records(atlas, "agreements"), side.day(atlas)) for side in (one, other))
    return section("agreements", "count", "agreement", a, b, time_rows.TERMS)


def _series(atlas: Atlas, one: Selection, other: Selection) -> Section:
    a, b = (_sessions(atlas, side) for side in (one, other))
    order = list(atlas.schema.tables["events"].field("series").categories)
    return section("series", "count", "event", a, b, order)


def _sessions(atlas: Atlas, one: Selection) -> dict[Key, Value]:
    day = one.day(atlas)
    rows = one.records(atlas, "events")
    mine = atlas.records("events", rows.index[rows["series"].notna()])
    every = atlas.records("events", atlas.table("events").index)
    last = {row["series"]: row["id"] for row in meetings.last_held(mine, day)}
    coming = {row["series"]: row["id"] for row in reversed(meetings.announced(mine, day, every))}
    held: dict[str, list[str]] = {}
    for row in mine:
        held.setdefault(row["series"], [])
        if row["status"] == "held":
            held[row["series"]].append(row["id"])
    return {
        (name,): Value(tuple(ids), last=last.get(name), coming=coming.get(name)) for name, ids in held.items()
    }  # fmt: skip


def _events(atlas: Atlas, one: Selection, other: Selection) -> Section:
    a, b = (
        groups(rows[rows["series"].isna() & (rows["status"] == "held")], "kind")
        for rows in (side.records(atlas, "events") for side in (one, other))
    )
    return section("events", "count", "event", a, b, list(atlas.schema.tables["events"].field("kind").categories))


def _figures(atlas: Atlas, one: Selection, other: Selection) -> Section:
    a, b = (by_definition(atlas, side.records(atlas, "figures")) for side in (one, other))
    return section("figures", "figures", "figure", a, b, in_order(atlas), NOTHING)


def _promised(atlas: Atlas, one: Selection, other: Selection) -> Section:
    a, b = (_by_state(atlas, side) for side in (one, other))
    order = ("done", "under_way", "taken_up_again", "replaced", commitments.NO_EVIDENCE)
    return section("commitments", "count", "commitment", a, b, order)


def _by_state(atlas: Atlas, one: Selection) -> dict[Key, Value]:
    found: dict[Key, list[str]] = {}
    for promised in outlook.outlook(atlas, one).commitments:
        found.setdefault((commitments.state_of(atlas, promised, one.asof),), []).append(promised)
    return {key: Value(tuple(ids)) for key, ids in found.items()}


def _disputed(atlas: Atlas, one: Selection, other: Selection) -> Section:
    a, b = (_by_status(atlas, side) for side in (one, other))
    order = list(atlas.schema.tables["discrepancies"].field("status").categories)
    return section("discrepancies", "count", "discrepancy", a, b, order)


def _by_status(atlas: Atlas, one: Selection) -> dict[Key, Value]:
    found = (quality.differences(atlas, name, rows.index).index for name, rows in _records(atlas, one).items())
    points = atlas.table("discrepancies")
    return groups(points[points.index.isin({one for ids in found for one in ids})], "status")


def _sources(atlas: Atlas, one: Selection, other: Selection) -> Section:
    a, b = (_cited(atlas, side) for side in (one, other))
    newest, other_newest = (_latest("newest", cited["published"]) for cited in (a, b))
    last, other_last = (_latest("confirmed", side.twinnings(atlas)["last_confirmed"]) for side in (one, other))
    return joined(
        section("sources", "count", "source", groups(a, "kind"), groups(b, "kind"), quality.KINDS),
        section("sources", "date", "source", newest, other_newest, ("newest",)),
        section("sources", "date", "twinning", last, other_last, ("confirmed",)),
    )


def _cited(atlas: Atlas, one: Selection) -> pd.DataFrame:
    cited = {source for rows in _records(atlas, one).values() for ids in rows["sources"] for source in ids}
    sources = atlas.table("sources")
    return sources[sources.index.isin(cited)]


def _latest(name: str, dates: pd.Series) -> dict[Key, Value]:
    """The last of some partial dates, with the records that have it."""
    known = dates.dropna()
    if known.empty:
        return {(name,): Value(reason=NO_SOURCE if dates.empty else UNKNOWN_DATE)}
    last = max(known)
    return {(name,): Value(tuple(known.index[known == last]), date=last)}


SECTIONS = (
    _twinnings, _border, _totals, _agreements, _series, _events, _figures, _promised, _disputed, _sources,
)  # fmt: skip
