"""Series of numbered meetings: their sessions, the gaps in them, and what is announced next."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import pandas as pd

from atlas.records.dates import bounds


@dataclass(frozen=True)
class Session:
    """One place in a series: an event, or a number for which no source was found (``event`` is None)."""

    series: str
    ordinal: int | None
    event: dict | None


def members(rows: Iterable[dict], event: dict) -> list[str]:
    """The places whose meeting a session of a series is: all members of its time, or of today where its day is not known.

    :param rows: table ``series_members``.
    """
    day = event["date_from"] or event["date_to"]
    return [row["place"] for row in rows if row["series"] == event["series"] and _belonged(row, day)]


def _belonged(row: dict, day: str | None) -> bool:
    if day is None:
        return row["until"] is None
    first, last = bounds(day)
    begun = row["since"] is None or bounds(row["since"])[0] <= last
    return begun and (row["until"] is None or bounds(row["until"])[1] >= first)


def sessions(events: list[dict], series: str) -> list[Session]:
    """The meetings of a series in their order, and every number between the known ones that no event has."""
    rows = sorted((row for row in events if row["series"] == series), key=lambda row: row["date_from"] or "")
    numbered = {int(row["ordinal"]): row for row in rows if not pd.isna(row["ordinal"])}
    others = [Session(series, None, row) for row in rows if pd.isna(row["ordinal"])]
    if not numbered:
        return others
    return others + [
        Session(series, number, numbered.get(number)) for number in range(min(numbered), max(numbered) + 1)
    ]


def announced(events: list[dict], day: date, every: list[dict]) -> list[dict]:
    """Planned sessions of series that may still lie ahead on a day, the nearest first.

    One has passed when its whole time lies before the day, when a later session of its series has been held, or the
    meeting together with which it was to be held.

    :param every: all events, among them those that filters have taken away from ``events``.
    """
    planned = [row for row in events if row["status"] == "planned" and row["series"] and row["date_from"]]
    over = [row for row in every if row["status"] == "held" and row["date_from"] and bounds(row["date_from"])[0] < day]
    occasions = {row["id"] for row in over}
    ahead = [
        row
        for row in planned
        if bounds(row["date_to"] or row["date_from"])[1] >= day
        and row["held_with"] not in occasions
        and not any(precedes(row, other) for other in over)
    ]
    return sorted(ahead, key=lambda row: row["date_from"])


def precedes(one: dict, other: dict) -> bool:
    """Whether a session comes before another of its series, by their numbers, else by their dates."""
    if one["series"] is None or one["series"] != other["series"]:
        return False
    if not pd.isna(one["ordinal"]) and not pd.isna(other["ordinal"]):
        return one["ordinal"] < other["ordinal"]
    return (one["date_from"] or "9999") < (other["date_from"] or "")


def earliest(event: dict, events: list[dict]) -> str | None:
    """The partial date before which an undated session was not held: that of the last dated one before it in its series."""
    return max((row["date_from"] for row in events if row["date_from"] and precedes(row, event)), default=None)


def last_held(events: list[dict], day: date) -> list[dict]:
    """The last session of each series that was held by a day and whose date is known, the newest first."""
    held = [
        row
        for row in events
        if row["status"] == "held" and row["series"] and row["date_from"] and bounds(row["date_from"])[0] <= day
    ]
    last = {row["series"]: row for row in sorted(held, key=lambda row: row["date_from"])}
    return sorted(last.values(), key=lambda row: row["date_from"], reverse=True)


def not_heard_of(events: list[dict], day: date, every: list[dict]) -> list[dict]:
    """The numbered sessions whose announced time has passed by a day, while no source tells of them or of a later one.

    :param every: as for :func:`announced`.
    """
    ahead = {row["id"] for row in announced(events, day, every)}
    held = last_held(every, day)
    return [
        row
        for row in events
        if row["status"] == "planned"
        and row["series"]
        and row["date_from"]
        and row["id"] not in ahead
        and not any(precedes(row, other) for other in held)
    ]
