"""The page of what changed: two versions to choose, counts by table, and the records of one table with their values."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from urllib.parse import urlencode

import streamlit as st
from markupsafe import Markup

from atlas import AtlasError
from atlas.exports import changed
from atlas.exports.formats import file_name
from atlas.exports.media import MEDIA
from atlas.model import changes, history
from atlas.model.atlas import Atlas
from atlas.model.changes import Change, Difference
from atlas.model.changes_selected import by_province, selected
from atlas.model.history import DamagedHistory
from atlas.model.selection import Selection
from atlas.words import agreed, vocabulary
from atlas.words import changes as words
from atlas.words.translator import Translator
from ui import filters, frame, links, record_list, state, views

MOST = 100  # records that a list shows; the file has them all
# the table -> the page that can show of its records those alone that have changed
PAGES = {
    "twinnings": links.FIRST,
    "twinning_members": links.FIRST,
    "agreements": "meetings",
    "events": "meetings",
    "commitments": "commitments",
    "commitment_evidence": "commitments",
}
SHORT = 160  # letters of a value that a row shows


@dataclass(frozen=True)
class Asked:
    """The two versions that are compared.

    told: of which session the first is the newest release before it; said: what the address asked for instead, and why
    it is not shown.
    """

    a: str
    b: str
    told: str = ""
    said: str = ""


def show(atlas: Atlas, translate: Translator) -> None:
    """Draw the page."""
    try:
        released = list(history.released(atlas))
    except DamagedHistory as damaged:
        frame.head("changes", translate)
        st.error(translate("The releases of the records cannot be read: {reason}", reason=_unmarked(str(damaged))))
        return
    if not released:
        frame.head("changes", translate)
        st.info(translate("No release of the records has been kept yet."))
        return
    asked = _asked(atlas, released, translate)
    found = changes.between(atlas, asked.a, asked.b)
    chosen = selected(atlas, found, state.selection())
    days = " → ".join(translate.date(one.version) for one in (found.before, found.after))
    counts = f"{days} · {words.counted(chosen, translate)}"
    frame.head("changes", translate, counts, partial(_file, atlas, asked, translate))
    _choosers(atlas, asked, released, translate)
    if asked.told:
        st.caption(asked.told)
    if asked.said:
        st.warning(asked.said)
    label = translate("Search what changed")
    filters.search(atlas, translate, label, len(chosen), by_province(atlas, found, state.selection()))
    if chosen:
        _tables(atlas, found, chosen, asked, translate)
    else:
        st.info(translate("No record differs between these versions. Choose others, or change the filters."))


def _asked(atlas: Atlas, released: Sequence[str], translate: Translator) -> Asked:
    """What the address asks for; without it, what the newest release and the time since have changed."""
    visit = state.visit()
    a, b = (visit.part(name) or "" for name in ("a", "b"))
    series = next(iter(visit.values("series")[-1:]), None)
    usual = (changes.usual(released), changes.TODAY)
    if series and series not in vocabulary.labels(atlas, "events.series", translate):
        return Asked(*usual, said=translate("{text}: there is no such series of meetings.", text=views.quoted(series)))
    a = a or (changes.SINCE if series else "")
    unknown = [one for one in (a, b) if one and one not in (*released, changes.TODAY, changes.SINCE)]
    if unknown:
        texts = translate.join(map(views.quoted, unknown))
        known = translate.join(translate.date(one) for one in released)
        said = translate("{texts}: there is no such release. There are those of: {known}.", texts=texts, known=known)
        return Asked(*usual, said=said)
    told = ""
    if changes.SINCE in (a, b):
        try:
            before = changes.before_session(atlas, series).version
        except AtlasError:
            return Asked(released[0], changes.TODAY, said=_no_older(atlas, series, translate))
        a, b = (before if one == changes.SINCE else one for one in (a, b))
        last = _session(atlas, changes.last_session(atlas, series), translate)
        told = translate("The newest release before this session: {session}.", session=last)
    order = (*released, changes.TODAY)
    first, until = sorted((a or usual[0], b or usual[1]), key=order.index)
    return Asked(first, until, told)


def _unmarked(text: str) -> str:
    """A text of a record in Markdown, of which no sign is markup."""
    return re.sub(r"([\\`*_\[\]<>$:#|~])", r"\\\1", text)


def _session(atlas: Atlas, row: dict, translate: Translator) -> str:
    return _unmarked(agreed.session(atlas, row["id"], translate))


def _no_older(atlas: Atlas, series: str | None, translate: Translator) -> str:
    """Why there is no release before the last session, of a series or of any."""
    try:
        last = changes.last_session(atlas, series)
    except AtlasError:
        return translate("No session with a known date has been held")
    return translate(
        "No release is older than this session: {session}. What has changed since the first release is shown.",
        session=_session(atlas, last, translate),
    )


def _file(atlas: Atlas, asked: Asked, translate: Translator) -> None:
    """All changes that the filters leave, as a table."""
    st.download_button(
        translate("Table (CSV)"),
        state.apart(changed.csv, atlas, asked.a, asked.b, state.selection(), translate),
        file_name(atlas, state.selection(), translate.language, "csv", "changes"),
        MEDIA["csv"],
        key="changes-csv",
        on_click="ignore",
        icon=":material/download:",
    )
    link = Markup("<a class=action href='{}'>{}</a>")
    st.html(link.format(f"feed.atom?{urlencode(_units(state.selection(), translate))}", translate("Feed (Atom)")))


def _units(selection: Selection, translate: Translator) -> dict[str, str]:
    units = {"province": selection.province, "region": selection.region}
    return {"lang": translate.language} | {name: ",".join(slugs) for name, slugs in units.items() if slugs}


def _choosers(atlas: Atlas, asked: Asked, released: Sequence[str], translate: Translator) -> None:
    """The two versions, each with all that can take its place."""
    days = {one: translate.date(one) for one in reversed(released)}
    session = {changes.SINCE: translate("the last session")}
    later = {changes.TODAY: translate("today"), **days}
    whole = Markup("<div class='bar choosers' role=group aria-label='{}'>{}{}</div>")
    inside = _choices("a={}&series=", {**session, **days}, asked.a)
    held = {one["series"]: agreed.session(atlas, one["id"], translate) for one in changes.sessions(atlas)}
    inside += Markup("<h3>{}</h3>").format(translate("The last session of a series"))
    inside += _choices(f"a={changes.SINCE}&series={{}}", held)
    before = views.menu("side-a", translate("Since"), days[asked.a], inside)
    after = views.menu("side-b", translate("Until"), later[asked.b], _choices("b={}", later, asked.b))
    with st.container(key="sides"):
        st.html(whole.format(translate("The two versions"), before, after))


def _choices(change: str, texts: Mapping[str, str], chosen: str = "") -> Markup:
    """A list of what takes the place of a version.

    :param change: what a choice changes in the address, with braces where its value goes.
    """
    choice = Markup("<li><button type=button data-set='{}' aria-pressed={}>{}</button>")
    items = (choice.format(change.format(one), str(one == chosen).lower(), text) for one, text in texts.items())
    return Markup("<ul>{}</ul>").format(Markup("").join(items))


def _tables(atlas: Atlas, found: Difference, chosen: list[Change], asked: Asked, translate: Translator) -> None:
    """How much changed in each table, and the records of the one that is chosen."""
    titles = {name: translate(table.title) for name, table in atlas.schema.tables.items()}
    counted = changes.counts(chosen)
    order = sorted(counted, key=lambda name: words.ORDER.index(name) if name in words.ORDER else len(words.ORDER))
    numbers = {name: sum(counted[name][kind] for kind in changes.KINDS) for name in order}
    parts = {name: translate("{name} ({n})", name=titles.get(name, name), n=number) for name, number in numbers.items()}
    kinds = words.kinds(translate)
    heads = [kinds["added"], kinds["changed"], translate("of these wording only"), kinds["renamed"], kinds["removed"]]
    columns: dict[str, Sequence[str]] = {translate("Table"): [titles.get(name, name) for name in order]}
    for head, kind in zip(heads, ("added", "changed", "wording", "renamed", "removed")):
        columns[head] = [translate.number(counted[name][kind]) for name in order]
    record_list.plain(columns, translate("What changed, by table"))
    for text in words.of_tables(atlas, found, translate):
        st.caption(text)
    table = views.choose(parts, translate("Table"), "list")
    if asked.b == changes.TODAY and table in PAGES:
        name, said = PAGES[table], {links.FIRST: translate("Only these on the map")}
        where = said.get(name, translate("Only these on the page “{name}”", name=frame.titles(translate)[name]))
        link = Markup("<p class=elsewhere><a class=action href='{}'>{}</a></p>")
        st.html(link.format(links.to(name, changed=asked.a), where))
    _records(atlas, [one for one in words.in_order(chosen) if one.table == table], translate)


def _records(atlas: Atlas, rows: Sequence[Change], translate: Translator) -> None:
    if len(rows) > MOST:
        st.caption(
            translate(
                "The first {n} of {all} are shown. Search or choose a province to see others; the table has all of them.",
                n=MOST,
                all=len(rows),
            )
        )
    shown = rows[:MOST]
    columns: dict[str, Sequence[str]] = {
        translate("Record"): [_linked(atlas, one, translate) for one in shown],
        translate("What happened"): [words.happened(one, translate) for one in shown],
        translate("Facts"): [_values(atlas, one, one.facts, translate) for one in shown],
        translate("Wording"): [_values(atlas, one, one.wording, translate) for one in shown],
    }
    with st.container(key="changed-records"):
        record_list.plain(columns, translate("What changed"))


def _linked(atlas: Atlas, one: Change, translate: Translator) -> Markup:
    name = words.title(atlas, one, translate)
    if page := words.linked(one):
        return Markup("<a href='{}'>{}</a>").format(links.record(*page), name)
    return Markup.escape(name)


def _values(atlas: Atlas, one: Change, cells: Sequence[changes.Cell], translate: Translator) -> Markup:
    line = Markup("<div><b>{}</b> <del>{}</del> → <ins>{}</ins></div>")
    exchanged = Markup("<div><b>{}</b> {}</div>")
    lines = []
    for cell in words.own(atlas, one.table, cells, translate):
        name, *values = words.cell(atlas, one.table, cell, translate)
        if cell.column == words.SOURCES:
            lines.append(exchanged.format(name, _short(words.exchanged(atlas, cell, translate))))
        else:
            lines.append(line.format(name, *map(_short, values)))
    if not lines and cells:
        lines = [Markup("<div>{}</div>").format(translate("in another language"))]
    return Markup("").join(lines)


def _short(text: str) -> str:
    return text if len(text) <= SHORT else f"{text[: SHORT - 1]}…"
