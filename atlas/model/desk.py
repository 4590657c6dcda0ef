"""The desk for re-signing: each unit of today with the twinnings that fall on it, and the Chinese units near it.

"Near" is all that the layers can say, for the areas of units are approximate: Chinese areas are known of counties and
larger units, which are ranked by the length of border that they share with a unit; of townships only points are known,
which are ranked by their distance along the border.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from math import fsum
from typing import Literal

from atlas.model import along
from atlas.model.atlas import Atlas, cached
from atlas.model.reform import Abolished, abolished, is_since
from atlas.model.selection import Selection
from atlas.model.standing import of_today, unit_of

Way = Literal["successor", "area", "above"]
WAYS: tuple[Way, ...] = ("successor", "area", "above")
REACH = 20  # kilometres along and from the border within which a township is near
MOST = 5  # townships


@dataclass(frozen=True)
class Tie:
    """One twinning as it falls on a unit of today.

    former: the units through which it does; way: ``successor`` where the unit stands in for one of them, ``area`` where
    it has part of the area of one that has no successor at its level, ``above`` where nothing of the area is known and
    the unit is that above it; others: further units of today on which it falls; acts: the legal acts that sources name;
    sources: of what became of the former units; renewed: whether a source after the reform has it signed anew.
    """

    row: Abolished
    former: tuple[str, ...]
    way: Way
    others: tuple[str, ...]
    acts: tuple[str, ...]
    sources: tuple[str, ...]
    renewed: bool

    @property
    def twinning(self) -> str:
        """The id of the twinning."""
        return self.row.twinning


@dataclass(frozen=True)
class Near:
    """A Chinese unit: by the kilometres of border that it shares, or by its distance along the border."""

    place: str
    km: float


@dataclass(frozen=True)
class Unit:
    """A unit of today. ``sharing``: Chinese units, the longest border first; ``townships``: the nearest first."""

    place: str
    province: str
    ties: tuple[Tie, ...]
    sharing: tuple[Near, ...]
    townships: tuple[Near, ...]

    @property
    def former(self) -> tuple[str, ...]:
        """All former units whose twinnings fall on it."""
        return tuple(dict.fromkeys(one for tie in self.ties for one in tie.former))

    @property
    def collide(self) -> tuple[Tie, ...]:
        """The twinnings that fall together here: all that came to it or its area, where those are of several former units."""
        here = tuple(tie for tie in self.ties if tie.way != "above")
        return here if len({one for tie in here for one in tie.former}) > 1 and len(here) > 1 else ()

    @property
    def split(self) -> tuple[Tie, ...]:
        """The twinnings that fall on other units too."""
        return tuple(tie for tie in self.ties if tie.others)

    @property
    def renewed(self) -> bool:
        """Whether sources have all of its twinnings signed anew."""
        return all(tie.renewed for tie in self.ties)


def units(atlas: Atlas, selection: Selection) -> list[Unit]:
    """The units of the day on which the selected twinnings fall that lost a Vietnamese unit; west to east by province.

    Others get the same list: nobody may change it.
    """
    return _units(atlas, selection.chosen, selection.day(atlas))


def by_province(found: Iterable[Unit]) -> dict[str, list[Unit]]:
    """The same by province, in their order."""
    grouped = defaultdict(list)
    for unit in found:
        grouped[unit.province].append(unit)
    return dict(grouped)


@cached(20)
def _units(atlas: Atlas, selection: Selection, day: date) -> list[Unit]:
    falls: dict[str, list[tuple[Abolished, list[tuple[Way, str]], tuple[str, ...]]]] = defaultdict(list)
    for row in abolished(atlas, selection):
        through: dict[str, list[tuple[Way, str]]] = defaultdict(list)
        for way, former, today in _today(atlas, row, day):
            for unit in today:
                through[unit].append((way, former))
        for unit, ways in through.items():
            falls[unit].append((row, ways, tuple(one for one in through if one != unit)))
    found = [
        Unit(place, _province(atlas, place), tuple(_tie(atlas, place, *one) for one in rows), *_near(atlas, place))
        for place, rows in falls.items()
    ]
    return sorted(found, key=lambda unit: _west_to_east(atlas, unit))


def _today(atlas: Atlas, row: Abolished, day: date) -> Iterator[tuple[Way, str, tuple[str, ...]]]:
    """For each Vietnamese unit that a twinning lost: how, from which, and on which units of the day it falls."""
    places = atlas.places
    for former in dict.fromkeys(unit_of(atlas, place) for place in row.ended):
        if places[former]["country"] != "VN":
            continue
        if here := of_today(atlas, former, day):
            yield ("successor" if places.successors(former) else "area"), former, here
        else:
            yield (
                "above",
                former,
                next(filter(None, (of_today(atlas, one, day) for one in places.ancestors(former))), ()),
            )


def _tie(atlas: Atlas, unit: str, row: Abolished, ways: list[tuple[Way, str]], others: tuple[str, ...]) -> Tie:
    way = min((one for one, _ in ways), key=WAYS.index)
    former = tuple(one for _, one in ways)
    became = [change for kind, one in ways for change in _changes(atlas, one, kind, unit)]
    return Tie(
        row,
        former,
        way,
        others,
        tuple(dict.fromkeys(change["legal_act"] for change in became if change["legal_act"])),
        tuple(dict.fromkeys(source for change in became for source in change["sources"])),
        renewed(atlas, row),
    )


def _changes(atlas: Atlas, former: str, way: Way, unit: str) -> list[dict]:
    """The rows of the table of successions that lead from a former unit to one of today."""
    known = _successions(atlas)
    own = [change for change in known.get(former, ()) if change["successor"] in (unit, None)]
    if way != "area":
        return own
    parts = atlas.places.inside(former)
    return own + [change for part in parts for change in known.get(part, ()) if change["successor"] == unit]


@cached(2)
def _successions(atlas: Atlas) -> dict[str, list[dict]]:
    found = defaultdict(list)
    for row in atlas.table("successions").to_dict("records"):
        found[row["predecessor"]].append(row)
    return found


def renewed(atlas: Atlas, row: Abolished) -> bool:
    """Whether a source has a twinning renewed since the reform, or as one of its own of a unit that stands in."""
    twinnings = atlas.twinnings
    dates = [twinnings.at[row.twinning, "renewed_on"]]
    dates += [twinnings.at[one, name] for one in row.taken_up for name in ("signed_on", "renewed_on", "last_confirmed")]
    return any(map(is_since, dates))


def _province(atlas: Atlas, place: str) -> str:
    return next((one for one in atlas.places.lineage(place) if atlas.places[one]["kind"] == "province"), place)


def _west_to_east(atlas: Atlas, unit: Unit) -> tuple:
    """Provinces by where the border reaches them, those away from it last; each before its communes."""
    return (
        _start(atlas, unit.province),
        unit.province,
        unit.place != unit.province,
        _start(atlas, unit.place),
        unit.place,
    )


def _start(atlas: Atlas, place: str) -> float:
    if place in atlas.along["units"]:
        return along.reach(atlas, place).start
    return at.km if (at := along.stand(atlas, place)) and at.away <= along.REACH else along.length(atlas)


def _near(atlas: Atlas, unit: str) -> tuple[tuple[Near, ...], tuple[Near, ...]]:
    """The Chinese units that share the stretches of a unit, and the townships near them; none away from the border."""
    mine = atlas.along["units"].get(unit, ())
    if not mine:
        return (), ()
    large = atlas.places[unit]["kind"] == "province"
    return _sharing(atlas, mine, "prefecture" if large else "county"), () if large else _townships(atlas, mine)


def _sharing(atlas: Atlas, mine: list, kind: str) -> tuple[Near, ...]:
    shared = {
        one: round(fsum(max(0.0, min(a[1], b[1]) - max(a[0], b[0])) for a in mine for b in theirs), 1)
        for one, theirs in _chinese(atlas, kind).items()
    }
    return tuple(Near(one, km) for one, km in sorted(shared.items(), key=lambda item: (-item[1], item[0])) if km)


@cached(2)
def _chinese(atlas: Atlas, kind: str) -> dict[str, list]:
    """The stretches of the Chinese units of a kind."""
    rows = {one: atlas.places[one] for one in atlas.along["units"]}
    return {
        one: atlas.along["units"][one] for one, row in rows.items() if (row["country"], row["kind"]) == ("CN", kind)
    }


def _townships(atlas: Atlas, mine: list) -> tuple[Near, ...]:
    found = sorted(
        (round(min(max(0.0, start - at.km, at.km - end) for start, end in mine), 1), at.away, one)
        for one, at in _stands(atlas).items()
    )
    return tuple(Near(one, gap) for gap, _, one in found[:MOST] if gap <= REACH)


@cached(1)
def _stands(atlas: Atlas) -> dict[str, along.Stand]:
    """Where the Chinese townships stand that are not far from the border."""
    places = atlas.table("places")
    found = {one: along.stand(atlas, one) for one in places.index[places["kind"] == "township"]}
    return {one: at for one, at in found.items() if at and at.away <= REACH}
