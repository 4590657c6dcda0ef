"""The page of one record, whatever its kind: found by its id, which never changes."""

from difflib import get_close_matches
from functools import partial
from urllib.parse import urlencode

import streamlit as st
from markupsafe import Markup

from atlas.cards import pages
from atlas.cards.facts import items
from atlas.cards.linked import Linked
from atlas.exports import about
from atlas.model.addresses import KINDS, TABLES, record
from atlas.model.atlas import Atlas
from atlas.model.selection import Selection
from atlas.words import naming, vocabulary
from atlas.words.translator import Translator
from ui import changed_mark, frame, links, state

LONGEST_ID = 100  # characters; no id is longer, and likeness is looked for in less


def title(kind: str, translate: Translator) -> str:
    """What the record is called that the address asks for; the kind of the page where there is no such record."""
    atlas, asked = state.atlas(), _asked()
    if asked in atlas.table(TABLES[kind]).index:
        return naming.record_name(atlas, TABLES[kind], asked, translate)
    return vocabulary.record_kinds(translate)[kind]


def show(kind: str) -> None:
    """Draw the page of a record, or what leads on from an id that none of its kind has."""
    atlas, translate, asked = state.atlas(), state.translator(), _asked()
    known = asked in atlas.table(TABLES[kind]).index
    with st.container(key="record-card" if known else "no-record"):
        counts = vocabulary.record_kinds(translate)[kind] if known else ""
        frame.head(
            kind, translate, counts, partial(_elsewhere, kind, translate) if known else None, title(kind, translate)
        )
        if not known:
            st.html(_unknown(atlas, kind, asked, translate))
            return
        day = state.selection().day(atlas)
        foot = changed_mark.mark(atlas, TABLES[kind], asked, translate) + _cited(atlas, kind, asked, translate)
        st.html(pages.html(atlas, kind, asked, translate, day, links.record, foot))


def _elsewhere(kind: str, translate: Translator) -> None:
    """The way to the map that shows a twinning or a region, to the page that sums a province up, to the workbook of a unit."""
    atlas, everything = state.atlas(), Selection(lang=translate.language, asof=state.selection().asof)
    slug = atlas.places[_asked()]["slug"] if kind == "place" else None
    address, name = "", ""
    if kind == "twinning":
        address, name = links.to(links.FIRST, everything, pair=_asked()), translate("On the map")
    elif slug in atlas.province_slugs:
        address, name = links.to("province", everything, province=(slug,)), translate("Province overview")
    elif slug in atlas.region_slugs:
        address, name = links.to(links.FIRST, everything, region=(slug,)), translate("On the map")
    elif kind == "place":
        address = f"{links.to('contribute', everything)}&{urlencode({'id': _asked()})}"
        name = translate("Correct or add records")
    if address:
        st.html(Markup("<a class=action href='{}'>{}</a>").format(address, name))


def _asked() -> str:
    return state.visit().part("id") or ""


def _cited(atlas: Atlas, kind: str, identifier: str, translate: Translator) -> Markup:
    """How to cite the record: with its id and its address, which never change, and the versions of data and code."""
    address = f"{_root()}{record(kind, identifier)}"
    text = about.record_citation(atlas, TABLES[kind], identifier, address, translate)
    return Markup("<p class=cite><strong>{}</strong> {}</p>").format(translate("How to cite"), text)


def _root() -> str:
    """The address under which the pages stand, as the visitor's browser has it."""
    here = (st.context.url or "").partition("?")[0]
    return here[: here.rfind("/") + 1]


def _unknown(atlas: Atlas, kind: str, asked: str, translate: Translator) -> Markup:
    """A sentence on an id that no record of a kind has, with links to the record that has it, or to what it may mean."""
    linked = Linked(atlas, translate, links.record)
    search = Markup("<p><a href='{}'>{}</a></p>").format(
        links.search(asked[:LONGEST_ID]), translate("Search everything")
    )
    if not asked:
        said = translate("The address names no record: its id is missing.")
        return Markup("<p>{}</p>{}").format(said, search)
    kinds = vocabulary.record_kinds(translate)
    elsewhere = next((table for table in KINDS if asked in atlas.table(table).index), None)
    if elsewhere:
        said = translate(
            "The id {id} is not of this kind of record. It belongs to: {kind}.", id=asked, kind=kinds[KINDS[elsewhere]]
        )
        return Markup("<p>{}</p>{}").format(said, items("ul", [linked.record(elsewhere, asked)]))
    said = translate(
        "No record of the atlas has the id {id}. It may be mistyped, or the record was withdrawn.",
        id=asked[:LONGEST_ID],
    )
    near = _near(atlas, TABLES[kind], asked)
    meant = Markup("<p>{}</p>{}").format(
        translate("Ids that are near to it:"), items("ul", [linked.record(TABLES[kind], one) for one in near])
    )
    return Markup("<p>{}</p>{}{}").format(said, meant if near else "", search)


def _near(atlas: Atlas, table: str, asked: str) -> list[str]:
    sought = asked[:LONGEST_ID].strip().lower()
    if table == "places" and sought in atlas.places.by_slug:
        return [atlas.places.by_slug[sought]]
    return get_close_matches(sought, atlas.table(table).index, n=5)
