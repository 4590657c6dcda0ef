"""Series of meetings along the years."""

import pandas as pd

from atlas.charts.plot import Plot
from atlas.charts.templates import filled, series_template
from atlas.charts.timelines import middle, year
from atlas.look.palette import INK, SERIES_COLOURS, ink_on
from atlas.look.text import LINE, wrap
from atlas.model.atlas import Atlas
from atlas.model.meetings import Session, sessions
from atlas.words import values, vocabulary
from atlas.words.translator import Translator


def series(atlas: Atlas, events: pd.DataFrame, translate: Translator, title: str, gaps: bool = True) -> Plot | None:
    """The series of meetings along the years, each meeting with its number; missing ones as hollow marks.

    A series of which no meeting has a date is words without marks. None when that is so of all: see
    :func:`undated_series`.

    :param gaps: whether numbers that no event has are shown; not sensible when filters have taken events away.
    """
    names = vocabulary.series(translate)
    records = atlas.records("events", events.index)
    lines, table = [], []
    used: list[str] = []
    top = 0
    for name, mine in _in_order(records, gaps).items():
        placed = _placed(mine)
        heading = wrap(names[name] if placed else _without_dates(name, mine, translate))
        place = top + LINE * len(heading) + 22
        lines.append({"name": "\n".join(heading), "y_name": top + LINE * len(heading) / 2 + 4})
        lines += [_session_mark(atlas, *one, translate) | {"y": place} for one in placed]
        for session in mine:
            table.append((names[name], _number(session), *_session_said(atlas, session, translate)))
            used += session.event["sources"] if session.event else ()
        top = place + 36 if placed else place - 6
    if not any("x" in line for line in lines):
        return None
    spec = filled(series_template(translate.language), lines, top)
    notes = [translate("number: session in its series")]
    if any(line.get("hollow") for line in lines):
        notes.append(
            translate("hollow: only announced, undated or not found in any source, placed between its neighbours")
        )
    heads = ("Series", "Session", "Date", "Place", "Status")
    frame = pd.DataFrame(table, columns=list(heads)).set_axis(
        [
            translate("Series"),
            translate("Session"),
            translate("Date"),
            translate("Place"),
            translate("Status"),
        ],
        axis=1,
    )
    return Plot(title, spec, " · ".join(notes), tuple(dict.fromkeys(used)), frame)


def undated_series(atlas: Atlas, events: pd.DataFrame, translate: Translator) -> list[str]:
    """What there is of each series of which no meeting has a date: its name and its sessions in the order of their numbers."""
    listed = _in_order(atlas.records("events", events.index), gaps=False)
    return [_without_dates(name, mine, translate) for name, mine in listed.items() if not _placed(mine)]


def along(atlas: Atlas, events: pd.DataFrame, gaps: bool) -> dict[str, list[tuple[Session, float, bool]]]:
    """The sessions of each series that has a dated one: each with its place on the axis of years, and whether it has a date."""
    listed = _in_order(atlas.records("events", events.index), gaps)
    return {name: placed for name, mine in listed.items() if (placed := _placed(mine))}


def _in_order(records: list[dict], gaps: bool) -> dict[str, list[Session]]:
    found = {name: [one for one in sessions(records, name) if gaps or one.event] for name in SERIES_COLOURS}
    return {name: mine for name, mine in found.items() if mine}


def _without_dates(name: str, mine: list[Session], translate: Translator) -> str:
    listed = [values.session(one.event, translate) or translate.text(one.event, "title") for one in mine if one.event]
    return translate(
        "{series}, date unknown: {sessions}", series=vocabulary.series(translate)[name], sessions=translate.join(listed)
    )


def _session_mark(atlas: Atlas, session: Session, x: float, dated: bool, translate: Translator) -> dict:
    said, host, state = _session_said(atlas, session, translate)
    colour = SERIES_COLOURS[session.series]
    hollow = not (dated and session.event is not None and session.event["status"] == "held")
    return {
        "lower": (session.ordinal or 0) % 2,
        "x": x,
        "number": _number(session),
        "colour": colour,
        "hollow": int(hollow),
        "ink": INK if hollow else ink_on(colour),
        "date": said if dated or not session.event else translate("date unknown"),
        "state": state,
        "host": host,
    }


def _number(session: Session) -> str:
    return "" if session.ordinal is None else str(session.ordinal)


def _session_said(atlas: Atlas, session: Session, translate: Translator) -> tuple[str, str, str]:
    """When and where a session was held or is announced, and which of both; a missing one has words for the first alone."""
    event = session.event
    if not event:
        return translate("not found in any source"), "", ""
    host = atlas.places.name(event["place"], translate.language) if event["place"] else translate("place not stated")
    return values.event_date(event, translate), host, vocabulary.event_status(event, translate)


def _placed(mine: list[Session]) -> list[tuple[Session, float, bool]]:
    """Where each session stands on the axis of years, and whether a source gives the date; nothing if none is dated."""
    known = {
        index: year(*middle(session.event))
        for index, session in enumerate(mine)
        if session.event and session.event["date_from"]
    }
    return [(session, _between(known, index), index in known) for index, session in enumerate(mine)] if known else []


def _between(known: dict[int, float], index: int) -> float:
    """The place of a session on the axis of years: its own, or one between or beside those that have one."""
    if index in known:
        return known[index]
    earlier, later = [other for other in known if other < index], [other for other in known if other > index]
    if not earlier:
        return known[min(later)] - 0.6 * (min(later) - index)
    if not later:
        return known[max(earlier)] + 0.6 * (index - max(earlier))
    before, after = max(earlier), min(later)
    return known[before] + (known[after] - known[before]) * (index - before) / (after - before)
