"""What falls due as iCalendar (RFC 5545, RFC 7986), for the calendars of Outlook, phones and others."""

from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta

import icalendar

from atlas.model import addresses
from atlas.model.atlas import Atlas
from atlas.model.calendar import Due
from atlas.words import calendar, values
from atlas.words.translator import Translator

MIME = "text/calendar"
OFTEN = timedelta(days=1)  # how often a program asks again
URN = "border-cooperation-atlas"


def ics(atlas: Atlas, entries: Iterable[Due], translate: Translator, name: str, root: str) -> bytes:
    """The entries as one calendar, the same bytes for the same version: each a whole day, month or year, or several days.

    :param name: of the calendar.
    :param root: the address of the atlas, without a slash at its end; the entries lead to the pages of their records.
    """
    whole = icalendar.Calendar()
    whole.add("prodid", f"-//{URN}//{translate.language.upper()}")
    whole.add("version", "2.0")
    whole.add("calscale", "GREGORIAN")
    whole.add("name", name)
    whole.add("x-wr-calname", name)  # what Outlook, Google and Apple read in place of NAME
    whole.add("last-modified", _made(atlas))
    whole.add("refresh-interval", OFTEN, parameters={"VALUE": "DURATION"})
    whole.add("x-published-ttl", icalendar.vDuration(OFTEN))
    for one in entries:
        whole.add_component(_event(atlas, one, translate, root))
    return whole.to_ical()


def _event(atlas: Atlas, one: Due, translate: Translator, root: str) -> icalendar.Event:
    first, last = one.bounds
    page = f"{root}/{addresses.record(addresses.KINDS[one.table], one.id, lang=translate.language)}"
    sources = values.source_line(atlas, calendar.record(atlas, one)["sources"], translate)
    event = icalendar.Event()
    # which occasion it is, whatever its day is found to be later
    event.add("uid", "-".join(filter(None, [one.kind, one.id, str(one.years or "")])) + f"@{URN}")
    event.add("dtstamp", _made(atlas))
    event.add("last-modified", _made(atlas))
    event.add("dtstart", first)
    event.add("dtend", last + timedelta(days=1))
    event.add("summary", calendar.summary(atlas, one, translate))
    event.add("description", "\n".join([*calendar.said(atlas, one, translate), sources, page]))
    event.add("url", page)
    event.add("categories", [calendar.kinds(translate)[one.kind]])
    event.add("transp", "TRANSPARENT")  # nobody is taken for busy
    return event


def _made(atlas: Atlas) -> datetime:
    return datetime.combine(datetime.fromisoformat(atlas.version).date(), time(), UTC)
