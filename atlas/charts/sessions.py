"""Series of meetings along the years: as a drawing of links for a page, and as an image to take away."""

from collections.abc import Callable
from math import ceil, floor

import pandas as pd
from markupsafe import Markup

from atlas.charts.plot import Plot
from atlas.charts.timelines import middle, year
from atlas.look.palette import INK, MEETING, ink_on
from atlas.look.text import LINE, wrap
from atlas.model.atlas import Atlas
from atlas.model.meetings import Session, sessions
from atlas.words import values, vocabulary
from atlas.words.translator import Translator


def series(atlas: Atlas, events: pd.DataFrame, translate: Translator, title: str, gaps: bool = True) -> Plot | None:
    """The series of meetings along the years, each meeting with its number; missing ones as hollow marks.

    A series of which no meeting has a date is words without marks. None when that is so of all.

    :param gaps: whether numbers that no event has are shown; not sensible when filters have taken events away.
    """
    names = vocabulary.labels(atlas, "events.series", translate)
    records = atlas.records("events", events.index)
    lines, table = [], []
    used: list[str] = []
    top = 0
    for name, mine in _in_order(atlas, records, gaps).items():
        placed = _placed(mine)
        heading = wrap(names[name] if placed else _without_dates(names[name], mine, translate))
        place = top + LINE * len(heading) + 22
        lines.append({"name": "\n".join(heading), "y_name": top + LINE * len(heading) / 2 + 4})
        lines += [_session_mark(*one) | {"y": place} for one in placed]
        for session in mine:
            table.append((names[name], _number(session), *_session_said(atlas, session, translate)))
            used += session.event["sources"] if session.event else ()
        top = place + 36 if placed else place - 6
    if not any("x" in line for line in lines):
        return None
    from atlas.charts.templates import filled, series_template  # Altair, see atlas.charts.plot

    spec = filled(series_template(), lines, top)
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


def html(
    atlas: Atlas,
    events: pd.DataFrame,
    translate: Translator,
    to: Callable[[str], str],
    opened: str = "",
    gaps: bool = True,
) -> Markup:
    """The series in rows along one axis of years, each session with its number; the mark of one opens its record.

    A series of which no meeting has a date has its sessions in a line of words. Empty when there is no meeting of a series.

    :param to: the address that opens a record.
    :param opened: id of the record that is open.
    :param gaps: as for :func:`series`.
    """
    listed = _in_order(atlas, atlas.records("events", events.index), gaps)
    placed = {name: _placed(mine) for name, mine in listed.items()}
    years = [x for marks in placed.values() for _, x, _ in marks]
    first, last = (floor(min(years)), max(ceil(max(years)), floor(min(years)) + 1)) if years else (0, 1)
    names = vocabulary.labels(atlas, "events.series", translate)

    def marks(name: str) -> Markup:
        stands = [
            (session, f"left:{100 * (x - first) / (last - first):.2f}%", dated) for session, x, dated in placed[name]
        ]
        stands = stands or [(session, "", False) for session in listed[name]]
        return Markup("").join(_mark(atlas, *one, translate, to, opened) for one in stands)

    rows = Markup("").join(
        Markup("<section><h3>{}</h3><div class='{}'>{}{}</div></section>").format(
            names[name],
            "track" if placed[name] else "words",
            "" if placed[name] else translate("date unknown"),
            marks(name),
        )
        for name in listed
    )
    if years:
        rows = _axis(first, last) + rows
    return Markup("<div class='series-chart' style='--years:{}'>{}</div>").format(last - first, rows) if rows else rows


def _axis(first: int, last: int) -> Markup:
    year = Markup("<i{} style='left:{:.2f}%'>{}</i>")
    fifth = Markup(" class=fifth")
    places = ((one, 100 * (one - first) / (last - first)) for one in range(first, last + 1))
    said = Markup("").join(year.format("" if one % 5 else fifth, left, one) for one, left in places)
    return Markup("<div class='axis-years' aria-hidden=true>{}</div>").format(said)


def _mark(
    atlas: Atlas, session: Session, left: str, dated: bool, translate: Translator, to: Callable[[str], str], opened: str
) -> Markup:
    said = translate.join(text for text in _session_said(atlas, session, translate) if text)
    number = _number(session)
    spoken = translate("no. {n}: {said}", n=number, said=said) if number else said
    lower = Markup(" lower") if (session.ordinal or 0) % 2 else ""
    if session.event is None:
        gap = Markup("<i class='gap{}' style='{}' title='{}' role=img aria-label='{}'>{}</i>")
        return gap.format(lower, left, spoken, spoken, number)
    return Markup("<a class='{}{}' style='{}' href='{}' title='{}' aria-label='{}'{}>{}</a>").format(
        "held" if _held(session, dated) else "said",
        lower,
        left,
        to(session.event["id"]),
        spoken,
        spoken,
        Markup(" aria-current=true") if session.event["id"] == opened else "",
        number or "·",
    )


def _held(session: Session, dated: bool) -> bool:
    return dated and session.event is not None and session.event["status"] == "held"


def along(atlas: Atlas, events: pd.DataFrame, gaps: bool) -> dict[str, list[tuple[Session, float, bool]]]:
    """The sessions of each series that has a dated one: each with its place on the axis of years, and whether it has a date."""
    listed = _in_order(atlas, atlas.records("events", events.index), gaps)
    return {name: placed for name, mine in listed.items() if (placed := _placed(mine))}


def _in_order(atlas: Atlas, records: list[dict], gaps: bool) -> dict[str, list[Session]]:
    series = atlas.schema.tables["events"].field("series").categories
    found = {name: [one for one in sessions(records, name) if gaps or one.event] for name in series}
    return {name: mine for name, mine in found.items() if mine}


def _without_dates(name: str, mine: list[Session], translate: Translator) -> str:
    listed = [values.session(one.event, translate) or translate.text(one.event, "title") for one in mine if one.event]
    return translate("{series}, date unknown: {sessions}", series=name, sessions=translate.join(listed))


def _session_mark(session: Session, x: float, dated: bool) -> dict:
    hollow = not _held(session, dated)
    return {
        "x": x,
        "number": _number(session),
        "colour": MEETING,
        "hollow": int(hollow),
        "ink": INK if hollow else ink_on(MEETING),
    }


def _number(session: Session) -> str:
    return "" if session.ordinal is None else str(session.ordinal)


def _session_said(atlas: Atlas, session: Session, translate: Translator) -> tuple[str, str, str]:
    """When and where a session was held or is announced, and which of both; a missing one has words for the first alone."""
    event = session.event
    if not event:
        return translate("not found in any source"), "", ""
    host = atlas.places.name(event["place"], translate.language) if event["place"] else translate("place not stated")
    return values.event_date(event, translate), host, vocabulary.label(atlas, "events.status", event, translate)


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
