"""Which sides of a twinning have ended by a day, at which level, and who stands in: the one answer for all who ask.

Two questions are told apart. The unit that signed may have ended; or a village that is twinned goes on while the commune
it lies in has ended.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from atlas.model.atlas import Atlas


@dataclass(frozen=True)
class Standing:
    """One twinning on a day.

    signers: the member units that have ended; villages: the member villages that go on without their commune;
    successors: today's units that stand in for both; area: today's units on the area of those without a successor.
    """

    signers: tuple[str, ...]
    villages: tuple[str, ...]
    successors: tuple[str, ...]
    area: tuple[str, ...]

    @property
    def ended(self) -> tuple[str, ...]:
        """The members that lost their unit in one way or the other."""
        return (*self.signers, *self.villages)


@dataclass(frozen=True)
class Count:
    """How many twinnings lost a unit.

    ``signers``: those of which a unit that signed has ended; ``villages``: the others, of which the commune of a village
    has; ``units``: how many different units that signed have ended.
    """

    signers: int
    villages: int
    units: int

    @property
    def twinnings(self) -> int:
        """All that lost a unit."""
        return self.signers + self.villages


def standing(atlas: Atlas, twinning: dict, day: date) -> Standing:
    """What has ended of a twinning (with ``vn`` and ``cn``) before a day, and who stands in."""
    members = (*twinning["vn"], *twinning["cn"])
    signers = ended(atlas, twinning, day)
    villages = tuple(
        place
        for place in members
        if place not in signers and (commune := unit_of(atlas, place)) != place and atlas.places.ended(commune, day)
    )
    lost = (*signers, *villages)
    return Standing(
        signers, villages, _units(atlas, lost, atlas.places.successors), _units(atlas, lost, atlas.places.area_today)
    )


def ended(atlas: Atlas, twinning: dict, day: date) -> tuple[str, ...]:
    """The member units of a twinning that have ended before a day."""
    return tuple(place for place in (*twinning["vn"], *twinning["cn"]) if atlas.places.ended(place, day))


def first_end(atlas: Atlas, twinning: dict, day: date = date.max) -> str | None:
    """The last day of the first member unit of a twinning that ended before a day; None where all stood."""
    return min((atlas.places[place]["valid_until"] for place in ended(atlas, twinning, day)), default=None)


def unit_of(atlas: Atlas, place: str) -> str:
    """The unit behind a link: the place itself, or the commune that a village lies in."""
    row = atlas.places[place]
    return row["parent"] if row["kind"] == "village" and row["parent"] else place


def all_of_today(atlas: Atlas, places: Iterable[str], day: date) -> list[str]:
    """The places that stand in for any of these on a day, each once, see :func:`of_today`."""
    return list(dict.fromkeys(unit for place in places for unit in of_today(atlas, place, day)))


def of_today(atlas: Atlas, place: str, day: date) -> tuple[str, ...]:
    """The places that stand in for one on a day: itself while it exists, otherwise what came after it.

    Where no unit of its level came after it, those on its area; empty where neither is known.
    """
    found: dict[str, None] = {}
    waiting, seen = [place], set()
    while waiting:
        one = waiting.pop(0)
        if one in seen:
            continue
        seen.add(one)
        if not atlas.places.ended(one, day):
            found[one] = None
        else:
            waiting += atlas.places.successors(one) or atlas.places.area_today(one)
    return tuple(found)


def _units(atlas: Atlas, places: Iterable[str], of: Callable[[str], list[str]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(unit for place in places for unit in of(unit_of(atlas, place))))


def count(atlas: Atlas, twinnings: Iterable[dict], day: date) -> Count:
    """How many of the twinnings lost a unit before a day, by which of both ways."""
    found = [standing(atlas, row, day) for row in twinnings]
    return Count(
        sum(bool(one.signers) for one in found),
        sum(bool(one.villages) and not one.signers for one in found),
        len({unit for one in found for unit in one.signers}),
    )
