"""In which years sources show contact of a twinning: the last of them is when it was last seen in a source.

A sign is a fact with a date of its own, never the day on which a source was published, with one exception:

* the twinning, or its agreement, was signed; the twinning was renewed;
* a meeting that names the twinning was held; what is only planned is no contact;
* a figure under its agreement speaks of a period; what is cumulative shows no year of its own, and a figure that was
  reported at a meeting is about something else;
* a source reports on a commitment of its agreement, or of a meeting that names it and has no paper, by naming that paper
  or meeting; what reports of the same matter only is no contact of these two sides;
* a source shows it alive (``last_confirmed`` of a twinning that is ``active``): there the date may be that of the source,
  which states a contact of that time. Of others the date says only when they were last written of.

No sign is no proof of anything: nobody may have written of it, or the atlas has not found it.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from atlas.model.atlas import Atlas, cached

What = Literal["signed", "renewed", "met", "counted", "reported", "confirmed"]
NEVER = "none"  # in addresses: no source gives a date of any contact
BACK = (0, 1, 2, 3, 5, 10)  # years


@dataclass(frozen=True, order=True)
class Sign:
    """One contact. ``first``, ``last``: partial dates between which it was; ``table`` and ``id``: the record that has it."""

    last: str
    first: str
    what: What
    table: str
    id: str

    def years(self, asof: str | None = None) -> range:
        """The years in which it was, up to a day (ISO 8601)."""
        last = min(self.last, asof) if asof else self.last
        return range(int(self.first[:4]), int(last[:4]) + 1)


def of(atlas: Atlas, twinning: str, asof: str | None = None) -> list[Sign]:
    """The signs of a twinning, the earliest first.

    :param asof: the day (ISO 8601) after which nothing is known; all are if left out.
    """
    # a partial date is a prefix of the days it covers, so text order is date order
    return [one for one in _all(atlas)[twinning] if not asof or one.first <= asof]


def by_year(atlas: Atlas, twinning: str, asof: str | None = None) -> dict[int, list[Sign]]:
    """The signs of a twinning by year, the earliest first; years without any are left out."""
    found: dict[int, list[Sign]] = defaultdict(list)
    for sign in of(atlas, twinning, asof):
        for year in sign.years(asof):
            found[year].append(sign)
    return dict(sorted(found.items()))


def last_seen(atlas: Atlas, twinning: str, asof: str | None = None) -> str | None:
    """The partial date on which a twinning was last seen in a source; None where no source gives one."""
    last = max((one.last for one in of(atlas, twinning, asof)), default=None)
    return min(last, asof) if last and asof else last


def passes(seen: str, last: str | None) -> bool:
    """Whether a twinning that was last seen on a partial date is among those of a filter.

    :param seen: a year, before which it was last seen; or :data:`NEVER`.
    """
    return last is None if seen == NEVER else last is not None and last[:4] < seen


def choices(year: int) -> tuple[str, ...]:
    """What the filter offers in a year: to have been last seen before it or an earlier one, and :data:`NEVER`."""
    return (*(str(year - back) for back in BACK), NEVER)


def counted(atlas: Atlas, twinnings: Iterable[str], choices: Iterable[str], asof: str | None) -> dict[str, int]:
    """How many of the twinnings each choice of the filter leaves, see :func:`passes`."""
    last = [last_seen(atlas, one, asof) for one in twinnings]
    return {seen: sum(passes(seen, one) for one in last) for seen in choices}


@cached(1)
def _all(atlas: Atlas) -> dict[str, list[Sign]]:
    met, own, under, reported = _met(atlas), _papers(atlas), _counted(atlas), _reported(atlas)
    found = {}
    for row in atlas.twinnings.to_dict("records"):
        twinning, agreement = row["id"], row["agreement"]
        papers = [one for one in own.get(agreement, ()) if one.first not in (row["signed_on"], row["renewed_on"])]
        signs = {*_dated(row), *met[twinning], *papers, *under.get(agreement, ())}
        for record in (("agreements", agreement), *(("events", meeting.id) for meeting in met[twinning])):
            signs.update(reported.get(record, ()))
        found[twinning] = sorted(signs, key=lambda one: (one.first, one))
    return found


def _dated(row: dict) -> Iterator[Sign]:
    dates: list[tuple[What, str | None]] = [("signed", row["signed_on"]), ("renewed", row["renewed_on"])]
    if row["status"] == "active":
        dates.append(("confirmed", row["last_confirmed"]))
    for what, date in dates:
        if date:
            yield Sign(date, date, what, "twinnings", row["id"])


def _met(atlas: Atlas) -> dict[str, list[Sign]]:
    """The meetings of each twinning that were held and have a date."""
    found: dict[str, list[Sign]] = defaultdict(list)
    for row in atlas.table("events").to_dict("records"):
        if row["status"] == "held" and row["first"]:
            for twinning in row["twinnings"]:
                found[twinning].append(Sign(row["last"], row["first"], "met", "events", row["id"]))
    return found


def _papers(atlas: Atlas) -> dict[str, list[Sign]]:
    return {
        row["id"]: [Sign(row["signed_on"], row["signed_on"], "signed", "agreements", row["id"])]
        for row in atlas.table("agreements").to_dict("records")
        if row["status"] == "signed" and row["signed_on"]
    }


def _counted(atlas: Atlas) -> dict[str, list[Sign]]:
    """The figures under each agreement that speak of a period with an end."""
    found: dict[str, list[Sign]] = defaultdict(list)
    for row in atlas.table("figures").to_dict("records"):
        if row["agreement"] and row["period_to"] and not row["cumulative"]:
            first = row["period_from"] or row["period_to"]
            found[row["agreement"]].append(Sign(row["period_to"], first, "counted", "figures", row["id"]))
    return found


def _reported(atlas: Atlas) -> dict[tuple[str, str], list[Sign]]:
    """What sources that name a paper, or a meeting without one, report of its commitments, by paper or meeting."""
    found: dict[tuple[str, str], list[Sign]] = defaultdict(list)
    for row in atlas.table("commitment_evidence").to_dict("records"):
        if row["link"] != "paper" or not row["date"]:
            continue
        (promised,) = atlas.records("commitments", [row["commitment"]])
        record = ("agreements", promised["agreement"]) if promised["agreement"] else ("events", promised["event"])
        found[record].append(Sign(row["date"], row["date"], "reported", "commitments", promised["id"]))
    return found
