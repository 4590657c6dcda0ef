"""The page of what falls due: its period, the entries by month, and how a program subscribes to them."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

import pandas as pd
import streamlit as st
from markupsafe import Markup

from atlas.model.addresses import KINDS as KINDS_OF
from atlas.model.atlas import Atlas
from atlas.model.calendar import KINDS, Due, by_period, cited_in, due, period
from atlas.model.selection import Selection
from atlas.model.spelling import LONGEST_SEARCH
from atlas.records.dates import bounds, typed
from atlas.words import calendar as words
from atlas.words import values
from atlas.words.translator import IN_LISTS, Translator
from ui import links, state, views

EVERY = "all"
LISTED = 100  # entries; every change of a filter sends them
YEARS_AHEAD = (5, 10)  # that are offered; other periods can be typed


@dataclass(frozen=True)
class Asked:
    """What the address asks for: the first and last day, the kinds, and what of it could not be followed."""

    first: date
    last: date
    kinds: tuple[str, ...]
    wrong: tuple[str, ...] = ()


def asked(atlas: Atlas, selection: Selection) -> Asked:
    """What the address asks for; what of its period is none is left out."""
    visit, day = state.visit(), selection.day(atlas)
    texts = {name: text for name in ("since", "until") if (text := visit.part(name))}
    read = {name: typed(text) for name, text in texts.items()}
    wrong = tuple(text for name, text in texts.items() if read[name] is None)
    try:
        first, last = period(read.get("since"), read.get("until"), day)
    except ValueError:
        wrong = (texts["until"],)
        first, last = period(read["since"], None, day)
    kind = visit.part("list")
    return Asked(first, last, (kind,) if kind in KINDS else KINDS, wrong)


def found(atlas: Atlas, selection: Selection, asked: Asked) -> tuple[Due, ...]:
    """All kinds of what falls due in the period."""
    return due(atlas, selection, asked.first, asked.last)


def records(atlas: Atlas, asked: Asked, selection: Selection) -> Iterable[pd.DataFrame]:
    """The records that the entries of a selection rest on, by table."""
    ids: dict[str, dict[str, None]] = defaultdict(dict)
    for one in _of_kinds(found(atlas, selection, asked), asked):
        table, identifier = cited_in(atlas, one)
        ids[table][identifier] = None
    return [atlas.table(table).loc[list(those)] for table, those in ids.items()]


def _of_kinds(entries: Iterable[Due], asked: Asked) -> list[Due]:
    return [one for one in entries if one.kind in asked.kinds]


def counted(found: Sequence[Due], asked: Asked, translate: Translator) -> str:
    """How many entries the period has."""
    number = translate.plural("{n} entry", "{n} entries", len(_of_kinds(found, asked)))
    return " · ".join([number, _period(asked, translate), state.of_day()])


def _period(asked: Asked, translate: Translator) -> str:
    """The period in words: whole years where it has no other parts, else months."""
    first, last = _ends(asked)
    return translate.period(first, last)


def _ends(asked: Asked) -> tuple[str, str]:
    """The first and last part of the period as partial dates, no finer than they need be."""
    first, last = asked.first, asked.last
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        return str(first.year), str(last.year)
    whole = first.day == 1 and bounds(str(last)[:7])[1] == last
    length = len("2026-11") if whole else len("2026-11-30")
    return str(first)[:length], str(last)[:length]


def choose_period(asked: Asked, translate: Translator) -> None:
    """Draw the two ends of the period, which can be typed, and periods that are often asked for."""
    first, last = _ends(asked)
    box = Markup("<label>{} <input class=day data-typed={} maxlength={} value='{}' title='{}'></label>")
    example = translate("for example 2027 or 2027-05")
    boxes = [
        box.format(label, name, LONGEST_SEARCH, value, example)
        for label, name, value in ((translate("From"), "since", first), (translate("To"), "until", last))
    ]
    button = Markup("<button type=button class=action data-set='{}'>{}</button>")
    now = state.selection().day(state.atlas()).year
    offered = [button.format("since=&until=", translate("The next 12 months"))]
    offered.append(button.format(f"since={now}&until={now}", now))
    offered += [button.format(f"since={now}&until={now + years}", f"{now} – {now + years}") for years in YEARS_AHEAD]
    whole = Markup("<div class='bar choosers' role=group aria-label='{}'>{}{}</div>")
    with st.container(key="period"):
        st.html(whole.format(translate("Period"), Markup("").join(boxes), Markup("").join(offered)))
    held = state.selection()
    if held.year_from or held.year_to or held.undated:
        st.caption(translate("The years that are filtered are those of records; they leave nothing out here."))
    if asked.wrong:
        texts = translate.join(map(views.quoted, asked.wrong))
        st.warning(
            translate(
                "{texts} is no end of a period. Possible are years and months such as 2027 or 2027-05, the earlier one first.",
                texts=texts,
            )
        )


def show(atlas: Atlas, found: Sequence[Due], asked: Asked, translate: Translator) -> None:
    """Draw the choice of kinds with their numbers, and the entries by month; a sentence where there is none."""
    numbers, names = Counter(one.kind for one in found), words.kinds(translate)
    parts = {EVERY: translate("{name} ({n})", name=translate("All"), n=len(found))}
    parts |= {kind: translate("{name} ({n})", name=names[kind], n=numbers[kind]) for kind in KINDS}
    views.choose(parts, translate("What falls due"), "list")
    entries = _of_kinds(found, asked)
    if not entries:
        st.info(
            translate(
                "Nothing of this selection falls due in this period ({period}) as far as the sources say.",
                period=_period(asked, translate),
            )
        )
        return
    numbers_of = {name: len(rows) for name, rows in by_period(entries).items()}
    sections = (
        _section(atlas, name, rows, numbers_of[name], translate) for name, rows in by_period(entries[:LISTED]).items()
    )
    st.html(Markup("<div class=due>{}</div>").format(Markup("").join(sections)))
    _rest(entries, translate)


def _section(atlas: Atlas, name: str, rows: Iterable[Due], number: int, translate: Translator) -> Markup:
    """A month, or the entries of a year whose month nobody knows."""
    head = translate("{year}, month not stated", year=name) if len(name) == len("2026") else translate.date(name)
    whole = Markup("<section><h2>{} <span>{}</span></h2><ul>{}</ul></section>")
    return whole.format(head, number, Markup("").join(_entry(atlas, one, translate) for one in rows))


def _entry(atlas: Atlas, one: Due, translate: Translator) -> Markup:
    row = words.record(atlas, one)
    said = [words.label(one, translate), *words.said(atlas, one, translate)]
    whole_day = len(one.day) == len("2026-11-30")
    day = translate.period(one.day, one.until, IN_LISTS) if whole_day else words.some_day(one.day, translate)
    entry = Markup("<li{}><span>{}</span><div><a href='{}'>{}</a><small>{}<br>{}</small></div></li>")
    return entry.format(
        "" if whole_day else Markup(" class=whole"),
        day,
        links.record(KINDS_OF[one.table], one.id),
        words.name(atlas, one, translate),
        " · ".join(said),
        values.source_line(atlas, row["sources"], translate),
    )


def _rest(entries: Sequence[Due], translate: Translator) -> None:
    """Say that the list ends before its end, and lead to the years of what is not listed."""
    if len(entries) <= LISTED:
        return
    st.caption(
        translate(
            "The first {n} of {m} are listed. Choose a year, a shorter period or a filter to see the others.",
            n=LISTED,
            m=len(entries),
        )
    )
    button = Markup("<button type=button class=action data-set='since={0}&amp;until={0}'>{1}</button>")
    years = Counter(one.day[:4] for one in entries[LISTED:])
    choices = [button.format(year, translate("{name} ({n})", name=year, n=n)) for year, n in sorted(years.items())]
    st.html(Markup("<div class='bar choosers'>{}</div>").format(Markup("").join(choices)))


def subscribe(selection: Selection, asked: Asked, translate: Translator) -> None:
    """A menu with the address of the same entries as a calendar, for any period."""
    given = {
        "lang": translate.language,
        "province": ",".join(selection.province),
        "region": ",".join(selection.region),
        "q": selection.q,
        "kind": ",".join(asked.kinds) if asked.kinds != KINDS else "",
    }
    address = f"calendar.ics?{urlencode({name: value for name, value in given.items() if value}, safe=',')}"
    menu = Markup(
        "<details class='menu subscribe'><summary>{}</summary><div><a href='{address}' data-subscribe>{}</a>"
        "<button type=button data-copy='{address}' data-done='{}'>{}</button><a href='{address}' download>{}</a><p>{}</p></div></details>"
    )
    st.html(
        menu.format(
            translate("Subscribe"),
            translate("Open in the calendar of this device"),
            translate("Copied"),
            translate("Copy the address for Outlook or another program"),
            translate("Download once (.ics)"),
            translate(
                "The calendar has the last year and the next ten, with the places and kinds chosen here, and is kept up to date."
            ),
            address=address,
        )
    )
