"""The working list for re-signing: twinnings whose unit ended, and what stands in for it.

Vietnam ended its districts and merged provinces and communes on 2025-07-01.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from atlas.model.atlas import Atlas, cached
from atlas.model.selection import Selection
from atlas.model.standing import standing
from atlas.records.dates import bounds

REFORM = "2025-07-01"
CASES = ("one", "several", "shared", "none")  # what stands in: decided each in its own way


@dataclass(frozen=True)
class Abolished:
    """One twinning that lost a signer.

    ended: the member places that no longer exist, and the villages whose commune does not;
    successors: today's units that stand in for them; area: today's units on the area of those without a successor;
    shared: how many of the twinnings listed also fall on one of these units;
    since: ids of events after the reform that concern the twinning, newest first;
    taken_up: ids of the twinnings that a unit standing in has with the same partner.
    """

    twinning: str
    ended: tuple[str, ...]
    successors: tuple[str, ...]
    area: tuple[str, ...]
    shared: int
    since: tuple[str, ...]
    taken_up: tuple[str, ...]

    @property
    def several_on_one(self) -> bool:
        """Whether another twinning falls on the same unit of today."""
        return self.shared > 1

    @property
    def one_on_several(self) -> bool:
        """Whether the twinning falls on more than one unit of today."""
        return len(self.successors) > 1

    @property
    def case(self) -> str:
        """The one of :data:`CASES` it is to be decided as.

        ``none``: no unit at its level stands in; ``several``: more than one does, whatever else falls on them; ``shared``:
        one does, for other twinnings too; ``one``: one does, for this twinning alone.
        """
        if not self.successors:
            return "none"
        if self.one_on_several:
            return "several"
        return "shared" if self.several_on_one else "one"


def abolished(atlas: Atlas, selection: Selection) -> list[Abolished]:
    """The selected twinnings with a member unit, or the commune of a village, that ended before the day shown.

    In the order of the atlas. Others get the same list: nobody may change it.
    """
    return _abolished(atlas, selection.chosen, selection.day(atlas))


@cached(
    50
)  # the counts beside the filters ask for the same again; the day is named, since today is another one tomorrow
def _abolished(atlas: Atlas, selection: Selection, day: date) -> list[Abolished]:
    found = {
        twinning: standing(atlas, row, day) for twinning, row in selection.twinnings(atlas).to_dict("index").items()
    }
    found = {twinning: one for twinning, one in found.items() if one.ended}
    successors = {twinning: one.successors for twinning, one in found.items()}
    falls_on = Counter(unit for units in successors.values() for unit in units)
    meetings = _meetings_since(atlas)
    of_unit = atlas.twinnings["vn"].explode().reset_index().groupby("vn")["index"].agg(list).to_dict()
    return [
        Abolished(
            twinning,
            one.ended,
            one.successors,
            one.area,
            max((falls_on[unit] for unit in successors[twinning]), default=0),
            tuple(meetings.get(twinning, ())),
            _taken_up(atlas, twinning, of_unit, successors[twinning]),
        )
        for twinning, one in found.items()
    ]


def is_since(day: str | None) -> bool:
    """Whether a partial date lies on or after the day of the reform, all of it."""
    return bool(day) and bounds(day)[0].isoformat() >= REFORM


def by_case(rows: list[Abolished]) -> dict[str, list[Abolished]]:
    """The rows of each of :data:`CASES`, in their order; each row stands in exactly one."""
    return {case: [row for row in rows if row.case == case] for case in CASES}


def _taken_up(
    atlas: Atlas, twinning: str, of_unit: dict[str, list[str]], successors: tuple[str, ...]
) -> tuple[str, ...]:
    partners = atlas.twinnings["cn"]
    others = dict.fromkeys(one for unit in successors for one in of_unit.get(unit, ()) if one != twinning)
    return tuple(one for one in others if not set(partners[one]).isdisjoint(partners[twinning]))


def _meetings_since(atlas: Atlas) -> dict[str, list[str]]:
    events = atlas.table("events")
    later = events[events["date_from"].fillna("").map(is_since).astype(bool)].sort_values("date_from", ascending=False)
    pairs = later.explode("twinnings").dropna(subset=["twinnings"])
    return pairs.groupby("twinnings", sort=False)["id"].agg(list).to_dict() if len(pairs) else {}
