"""Along the land border: by which kilometre places stand, which units it passes, and which border communes are twinned.

Kilometres run from the tripoint in the west (0) to the sea in the east; see :mod:`atlas.boundaries.along`.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from atlas.model.atlas import Atlas, cached
from atlas.model.standing import unit_of

REACH = 200  # kilometres: what lies farther from the border has no place along it


@dataclass(frozen=True)
class Stand:
    """Where a place stands: by the kilometre of the border that is nearest to it, and so many kilometres away from that."""

    km: float
    away: float


@dataclass(frozen=True)
class Band:
    """A unit and the stretch on which the border is its edge, in kilometres."""

    place: str
    start: float
    end: float


@dataclass(frozen=True)
class Commune:
    """A border commune, where it begins and ends along the border, and what is documented of it.

    ``twinning``: "commune" where it or one that it came from is twinned, "village" where a village in it is, or None;
    ``twinnings``: the ids of these.
    """

    place: str
    province: str | None
    stretches: tuple[tuple[float, float], ...]
    twinning: str | None
    twinnings: tuple[str, ...]

    @property
    def middle(self) -> float:
        """The kilometre in the middle of its longest stretch."""
        start, end = max(self.stretches, key=lambda one: one[1] - one[0])
        return (start + end) / 2


@dataclass(frozen=True)
class Count:
    """The border communes of a province: all, those that are twinned, and the others in which a village is."""

    province: str
    communes: int
    twinned: int
    by_village: int


def length(atlas: Atlas) -> float:
    """The length of the border in kilometres."""
    return atlas.along["length"]


def stand(atlas: Atlas, place: str) -> Stand | None:
    """Where a place stands, or the nearest unit above it that has a position; None where none is known."""
    found = atlas.along["places"].get(place)
    return Stand(*found) if found else None


def bands(atlas: Atlas, country: str, kind: str, on: date) -> list[Band]:
    """The units of a country (``VN``, ``CN``) and a kind of a day along the border, west to east."""
    rows = {one: atlas.places[one] for one in atlas.along["units"] if atlas.places.exists(one, on)}
    here = [one for one, row in rows.items() if (row["country"], row["kind"]) == (country, kind)]
    return sorted((reach(atlas, one) for one in here), key=lambda band: (band.start, band.end, band.place))


def reach(atlas: Atlas, unit: str) -> Band:
    """A unit at the border from where it begins to where it ends.

    :raises KeyError: the border does not pass it.
    """
    stretches = atlas.along["units"][unit]
    return Band(unit, stretches[0][0], stretches[-1][1])


@cached(20)
def communes(atlas: Atlas, on: date, among: frozenset[str] | None = None) -> list[Commune]:
    """The border communes of a day, west to east.

    :param among: ids of the only twinnings that count; all of the day if not given.
    """
    twinned = _twinned(atlas, on, among)
    found = [
        Commune(one, _province(atlas, one), stretches, *twinned.get(one, (None, ())))
        for one, stretches in _stretches(atlas).items()
        if atlas.places.exists(one, on)
    ]
    return sorted(found, key=lambda one: (one.stretches, one.place))


def counts(atlas: Atlas, on: date) -> list[Count]:
    """The border communes of a day by province, west to east."""
    of_province = defaultdict(list)
    for one in communes(atlas, on):
        of_province[one.province].append(one.twinning)
    return [
        Count(band.place, len(found), found.count("commune"), found.count("village"))
        for band in bands(atlas, "VN", "province", on)
        if (found := of_province[band.place])
    ]


def _stretches(atlas: Atlas) -> dict[str, tuple[tuple[float, float], ...]]:
    places, units = atlas.table("places"), atlas.along["units"]
    of_kind = places[places["kind"] == "commune"]
    found = {one: tuple(map(tuple, units[one])) for one in of_kind.index if one in units}
    # of some whose edge is at the border by the table of places no area is known that shows where
    for one in of_kind.index[of_kind["on_border"]].difference(list(found)):
        if at := stand(atlas, one):
            found[one] = ((at.km, at.km),)
    return found


def _province(atlas: Atlas, commune: str) -> str | None:
    return next((one for one in atlas.places.ancestors(commune) if atlas.places[one]["kind"] == "province"), None)


def _twinned(atlas: Atlas, on: date, among: frozenset[str] | None) -> dict[str, tuple[str, tuple[str, ...]]]:
    """The communes that are twinned, or in which a village is, with all that stand in for them: the level, the twinnings."""
    rows = atlas.twinnings if among is None else atlas.twinnings[atlas.twinnings.index.isin(among)]
    stood = rows[rows["since"].isna() | (rows["since"].fillna("") <= on.isoformat())]
    found: dict[str, tuple[str, tuple[str, ...]]] = {}
    for level in ("commune", "village"):  # what a commune has signed itself goes before
        for twinning, places in stood.loc[stood["level"] == level, "vn"].items():
            for unit in dict.fromkeys(one for place in places for one in _onward(atlas, unit_of(atlas, place))):
                first, ids = found.get(unit, (level, ()))
                found[unit] = (first, (*ids, str(twinning)))
    return found


def _onward(atlas: Atlas, unit: str) -> list[str]:
    """A unit, those that stand in for it, and those that stand in for these."""
    found = [unit]
    for one in found:
        found += [new for new in atlas.places.successors(one) if new not in found]
    return found


def farthest(atlas: Atlas, twinning: Mapping) -> float | None:
    """How many kilometres the farthest member of a twinning (with ``vn`` and ``cn``) lies from the border, None where that is not known."""
    stands = [stand(atlas, place) for side in ("vn", "cn") for place in twinning[side]]
    known = [one.away for one in stands if one]
    return max(known) if known and len(known) == len(stands) else None
