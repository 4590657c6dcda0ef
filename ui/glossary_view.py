"""The interpreter's glossary: for which session or province, one group of its terms at a time, and its files."""

from functools import partial

import streamlit as st
from markupsafe import Markup

from atlas.cards.linked import Linked
from atlas.exports import glossary
from atlas.model.addresses import KINDS
from atlas.model.atlas import Atlas
from atlas.model.selection import Selection
from atlas.model.terms import Term
from atlas.words import sentences, values, vocabulary
from atlas.words.languages import in_order
from atlas.words.translator import IN_LISTS, Translator
from ui import downloads, filters, frame, links, record_list, views

LISTED = 100  # rows, each with a name in every language


def show(atlas: Atlas, selection: Selection, translate: Translator) -> None:
    """The whole page."""
    found = glossary.of(atlas, selection)
    sizes = {group: [one for one in found if one.group == group] for group in glossary.groups(translate)}
    number = translate.plural("{n} term", "{n} terms", len(found))
    files = partial(downloads.glossary, atlas, selection, translate)
    # a term base without a term is none
    frame.head("glossary", translate, number, files if found else None)
    meetings = glossary.scope(atlas, selection, translate)
    # a session has the terms that it has, whatever province is looked at
    provinces = None if meetings else _by_province(atlas, selection)
    filters.search(atlas, translate, translate("Find a term"), len(found), provinces)
    st.html(_chooser(atlas, selection, meetings, translate))
    filled = [group for group, rows in sizes.items() if rows]
    if not filled:
        st.info(translate("No term passes all filters together. Take back one of them."))
        return
    names = glossary.groups(translate)
    parts = {group: translate("{name} ({n})", name=names[group], n=len(rows)) for group, rows in sizes.items()}
    _table(atlas, sizes[views.choose(parts, translate("Group"), default=filled[0])], translate)


def _by_province(atlas: Atlas, selection: Selection) -> dict[str, int]:
    """How many terms each province would leave, by slug."""
    asked = ((slug, Selection(province=(slug,), q=selection.q, asof=selection.asof)) for slug in atlas.province_slugs)
    return {slug: len(glossary.of(atlas, one)) for slug, one in asked}


def _chooser(atlas: Atlas, selection: Selection, chosen: str, translate: Translator) -> Markup:
    """The meeting whose terms are shown, and a menu of the sessions of every series, the newest first."""
    events = atlas.table("events")
    names = vocabulary.labels(atlas, "events.series", translate)
    groups = []
    for series, name in names.items():
        rows = events[events["series"] == series].sort_values("date_from", ascending=False, na_position="last")
        groups.append(_sessions(name, rows.to_dict("records"), selection, translate))
    everything = Markup("<a href='{}'><span>{}</span></a>").format(
        links.to("glossary", record=()), translate("No session: all terms of the selection")
    )
    menu = Markup("<details class=menu><summary>{}</summary><div>{}{}</div></details>")
    said = Markup("<p><strong>{}</strong></p><p>{}</p>").format(
        chosen, translate("With those held together with it, and the session before.")
    )
    whole = Markup("<div class=province-name>{}{}</div>")
    return whole.format(
        menu.format(translate("Choose a session"), everything, Markup("").join(groups)), said if chosen else ""
    )


def _sessions(name: str, rows: list[dict], selection: Selection, translate: Translator) -> Markup:
    link = Markup("<a href='{}'{}><span>{}</span></a>")
    here = Markup(" aria-current=true")
    entries = (
        link.format(
            links.to("glossary", province=(), record=(row["id"],)),
            here if row["id"] in selection.record else "",
            translate(
                "{title} ({day})",
                title=values.session(row, translate) or translate.text(row, "title"),
                day=translate.date(row["date_from"], IN_LISTS),
            ),
        )
        for row in rows
    )
    return Markup("<h3>{}</h3>{}").format(name, Markup("").join(entries))


def _table(atlas: Atlas, rows: list[Term], translate: Translator) -> None:
    linked, said = Linked(atlas, translate, links.record), glossary.bases(translate)
    shown = rows[:LISTED]
    vietnamese = {translate("Vietnamese name"): [_own(linked, one, one.vi) for one in shown]}
    chinese = {
        translate("Chinese name"): [_own(linked, one, glossary.chinese(one)) for one in shown],
        translate("Pinyin"): [one.pinyin for one in shown],
    }
    first, second = in_order(translate.language, vietnamese, chinese)
    columns = {
        **first,
        **second,
        translate("English name"): [one.en for one in shown],
        translate("Kind"): [glossary.kind(atlas, one, translate) for one in shown],
        translate("Basis of the Chinese name"): [said[one.basis] if one.zh else "" for one in shown],
    }
    with st.container(key="records-table"):
        record_list.plain(columns, translate("Terms in Vietnamese, Chinese, pinyin and English, one a row"))
    if len(rows) > LISTED:
        st.caption(translate("The first {n} of {m} are listed. Filter to see the others.", n=LISTED, m=len(rows)))
    # pages in Chinese say below what the mark of a proposed name means
    marks = "" if translate.language == "zh" else sentences.proposed_names(translate)
    st.caption(f"{glossary.note(translate)} {marks}")


def _own(linked: Linked, term: Term, name: str) -> str:
    """A name as the link to the page of its record, where it has one."""
    return linked.link(term.table, term.id, name) if term.table in KINDS else name
