"""What falls due: ends of agreements, days of commitments, announced meetings, round anniversaries; facts without words."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from atlas.model.atlas import Atlas, cached
from atlas.model.selection import Selection
from atlas.records.dates import LAST_YEAR, bounds

SESSION, END, COMMITMENT, ANNIVERSARY = KINDS = ("session", "end", "commitment", "anniversary")
ROUND = 5  # years between the anniversaries that offices keep
NOT_SIGNED = ("planned", "agreed")  # states of what need not have been signed


@dataclass(frozen=True)
class Due:
    """One thing that falls due.

    kind: one of :data:`KINDS`; table, id: the record that says so; day: its partial date, as fine as the source has it;
    until: the partial date of the last day of a meeting of several, else None; years: since the signature, of an
    anniversary alone.
    """

    kind: str
    table: str
    id: str
    day: str
    until: str | None = None
    years: int | None = None

    @property
    def bounds(self) -> tuple[date, date]:
        """The first and the last day that it can touch."""
        return bounds(self.day)[0], bounds(self.until or self.day)[1]


def due(atlas: Atlas, selection: Selection, first: date, last: date) -> tuple[Due, ...]:
    """All that falls due for the places and words selected in a period, whatever years of signature are.

    What has a partial date lies in every period that it touches. Nothing is left out for being done, or past.

    :param first, last: both included.
    :return: by first day; of one first day what lasts longest, so that whole years and months stand before days.
    """
    asked = replace(selection.chosen, level=(), confidence=(), year_from=None, year_to=None, undated=None)
    return _due(atlas, asked, first, last)


@cached(50)
def _due(atlas: Atlas, selection: Selection, first: date, last: date) -> tuple[Due, ...]:
    rows = {
        name: atlas.records(name, selection.records(atlas, name).index)
        for name in ("agreements", "events", "twinnings")
    }
    found = [*_sessions(rows["events"]), *_ends(rows["agreements"]), *_commitments(atlas, rows)]
    found += [
        one for name in ("agreements", "twinnings") for one in _anniversaries(name, rows[name], first.year, last.year)
    ]
    touching = (one for one in found if one.bounds[0] <= last and one.bounds[1] >= first)
    return tuple(sorted(touching, key=_order))


def _order(one: Due) -> tuple:
    begins, ends = one.bounds
    return begins, -ends.toordinal(), KINDS.index(one.kind), one.table, one.id


def _sessions(events: Iterable[dict]) -> Iterator[Due]:
    for row in events:
        if row["status"] == "planned" and row["date_from"]:
            yield Due(SESSION, "events", row["id"], row["date_from"], row["date_to"])


def _ends(agreements: Iterable[dict]) -> Iterator[Due]:
    for row in agreements:
        if row["valid_until"]:
            yield Due(END, "agreements", row["id"], row["valid_until"])


def _commitments(atlas: Atlas, rows: dict[str, list[dict]]) -> Iterator[Due]:
    papers, meetings = ({row["id"] for row in rows[name]} for name in ("agreements", "events"))
    table = atlas.table("commitments")
    for row in atlas.records("commitments", table.index[table["due"].notna()]):
        if row["agreement"] in papers or row["event"] in meetings:
            yield Due(COMMITMENT, "commitments", row["id"], row["due"])


def _anniversaries(table: str, rows: Iterable[dict], first: int, last: int) -> Iterator[Due]:
    for row in rows:
        if not row["signed_on"] or row["status"] in NOT_SIGNED:
            continue
        begun = int(row["signed_on"][:4])
        for year in range(begun + ROUND, last + 1, ROUND):
            if year >= first:
                yield Due(ANNIVERSARY, table, row["id"], _in_year(row["signed_on"], year), years=year - begun)


def _in_year(signed: str, year: int) -> str:
    """The same day, month or year in another year; of 29 February where there is none, the month."""
    text = f"{year}{signed[4:]}"
    try:
        bounds(text)
    except ValueError:
        return text[:7]
    return text


def by_period(entries: Iterable[Due]) -> dict[str, list[Due]]:
    """The entries by the month (YYYY-MM) in which they begin, and those of a whole year by that year (YYYY), which comes first."""
    found = defaultdict(list)
    for one in entries:
        found[one.day[:7]].append(one)
    return dict(sorted(found.items()))


def period(since: str | None, until: str | None, day: date) -> tuple[date, date]:
    """The first and the last day of a period of which two partial dates are the first and the last part.

    Without them it is the month of ``day`` and the twelve after it; without one, as long from the other on.

    :raises ValueError: it ends before it begins.
    """
    first = bounds(since)[0] if since else day.replace(day=1)
    if not until:
        return first, bounds(f"{min(first.year + 1, LAST_YEAR)}-{first.month:02}")[1]
    if not since:
        first = min(first, bounds(until)[0])
    last = bounds(until)[1]
    if last < first:
        raise ValueError(f"a time that is not before {since}")
    return first, last


def cited_in(atlas: Atlas, one: Due) -> tuple[str, str]:
    """The table and id of the record that has the places: the paper or meeting of a commitment, else the record itself."""
    if one.kind != COMMITMENT:
        return one.table, one.id
    (row,) = atlas.records("commitments", [one.id])
    return ("agreements", row["agreement"]) if row["agreement"] else ("events", row["event"])
