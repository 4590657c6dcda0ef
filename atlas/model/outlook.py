"""What lies ahead of a selection on a day and what is open: meetings, terms of agreements, commitments, units that ended."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import chain

from atlas.model import commitments, meetings, standing
from atlas.model.atlas import Atlas, cached
from atlas.model.selection import Selection
from atlas.records.dates import bounds

SOON = timedelta(days=365)


@dataclass(frozen=True)
class Outlook:
    """What lies ahead and what is open.

    ahead: announced sessions of series that may still come, the nearest first; last: the last session of each series,
    the newest first; not_heard_of: see :func:`atlas.model.meetings.not_heard_of`; ending, ended: agreements whose stated
    term ends within a year, and has ended, the latest end first; without_term: how many agreements state no end;
    commitments: ids of all, and without_evidence: of those on which no source reports; lost: twinnings that lost a unit.
    """

    ahead: tuple[dict, ...]
    last: tuple[dict, ...]
    not_heard_of: tuple[dict, ...]
    ending: tuple[dict, ...]
    ended: tuple[dict, ...]
    without_term: int
    commitments: tuple[str, ...]
    without_evidence: tuple[str, ...]
    lost: standing.Count


def outlook(atlas: Atlas, selection: Selection) -> Outlook:
    """What lies ahead and is open of the places and words selected, whatever years are: they speak of what has been."""
    return _outlook(atlas, replace(selection.chosen, year_from=None, year_to=None, undated=None))


@cached(50)
def _outlook(atlas: Atlas, selection: Selection) -> Outlook:
    day = selection.day(atlas)
    events, papers = (selection.records(atlas, name) for name in ("events", "agreements"))
    mine = atlas.records("events", events.index)
    every = atlas.records("events", atlas.table("events").index)
    agreements = atlas.records("agreements", papers.index)
    promised = atlas.table("commitments")
    promised = promised.index[promised["agreement"].isin(papers.index) | promised["event"].isin(events.index)]
    ending, ended = terms(agreements, day)
    return Outlook(
        tuple(meetings.announced(mine, day, every)),
        tuple(meetings.last_held(mine, day)),
        tuple(meetings.not_heard_of(mine, day, every)),
        ending,
        ended,
        sum(row["valid_until"] is None for row in agreements),
        tuple(promised),
        tuple(one for one in promised if commitments.state_of(atlas, one, selection.asof) == commitments.NO_EVIDENCE),
        standing.count(atlas, selection.twinnings(atlas, "vn", "cn").to_dict("records"), day),
    )


@dataclass(frozen=True)
class Numbers:
    """How many records of each kind concern a unit, on how many commitments no source reports, and how many twinnings lost a unit."""

    twinnings: int
    agreements: int
    events: int
    figures: int
    without_evidence: int
    lost: int


@cached(50)
def by_unit(atlas: Atlas, selection: Selection) -> Callable[[str], Numbers]:
    """The numbers of any province, region or prefecture by its slug, of what the other filters leave.

    Each record is looked at once, for to filter anew for each of twenty provinces takes twenty times as long.
    """
    whole = replace(selection.chosen, province=())
    ahead = replace(whole, year_from=None, year_to=None, undated=None)  # of what :func:`outlook` counts
    promised = atlas.table("commitments").loc[list(outlook(atlas, whole).without_evidence)]
    passing = {name: ahead.records(atlas, name)["slugs"].to_dict() for name in ("agreements", "events")}
    both = zip(promised["agreement"], promised["event"])
    nothing: frozenset[str] = frozenset()
    day, ties = selection.day(atlas), ahead.twinnings(atlas, "vn", "cn", "slugs").to_dict("records")
    slugs: list[Iterable[frozenset[str]]] = [
        whole.twinnings(atlas, "slugs")["slugs"],
        *(whole.records(atlas, name)["slugs"] for name in ("agreements", "events", "figures")),
        [passing["agreements"].get(paper, nothing) | passing["events"].get(event, nothing) for paper, event in both],
        [row["slugs"] for row in ties if standing.count(atlas, [row], day).twinnings],
    ]
    counted = [Counter(chain.from_iterable(one)) for one in slugs]
    return lambda slug: Numbers(*(numbers[slug] for numbers in counted))


def terms(agreements: list[dict], day: date) -> tuple[tuple[dict, ...], tuple[dict, ...]]:
    """The agreements whose stated term ends within a year from a day, and those whose term has ended; the latest end first.

    A term until "2027" has ended when the whole year has.
    """
    limited = sorted(
        (row for row in agreements if row["valid_until"]), key=lambda row: row["valid_until"], reverse=True
    )
    ends = [(row, bounds(row["valid_until"])[1]) for row in limited]
    return (
        tuple(row for row, end in ends if day <= end <= day + SOON),
        tuple(row for row, end in ends if end < day),
    )
