"""Parts of the page on one province."""

from dataclasses import replace

import pandas as pd
import streamlit as st

from atlas.cards import twinning
from atlas.look import palette
from atlas.maps import flows
from atlas.model import quality
from atlas.model.atlas import Atlas
from atlas.model.selection import Selection
from atlas.words import vocabulary
from atlas.words.translator import Translator
from ui import filters, flow_view, views
from ui.records import show_cards


def chosen(atlas: Atlas, selection: Selection, translate: Translator) -> Selection:
    """The selection narrowed to one province: the one that is filtered, or one to be chosen here."""
    offered = list(selection.province) or atlas.province_slugs
    if len(offered) == 1:
        return replace(selection, province=(offered[0],))
    labels = filters.unit_labels(atlas, translate.language)
    slug = views.choose({slug: labels[slug].split(" · ")[0] for slug in offered}, translate("Province"))
    return replace(selection, province=(slug,))


def head(atlas: Atlas, place: str, translate: Translator) -> None:
    """The province's names, and what it was or became."""
    row = atlas.places[place]
    names = dict.fromkeys(
        name
        for name in (
            *(atlas.places.name(place, one) for one in (translate.language, "vi")),
            atlas.places.chinese_name(place),
        )
        if name
    )
    st.subheader(" · ".join(names), anchor=False)
    before = translate.join(atlas.places.name(one, translate.language) for one in atlas.places.predecessors(place))
    after = translate.join(atlas.places.name(one, translate.language) for one in atlas.places.successors(place))
    if after:
        st.caption(
            translate("until {day}, now part of {successors}", day=translate.date(row["valid_until"]), successors=after)
        )
    if before:
        st.caption(
            translate(
                "since {day}, formed from {predecessors}", day=translate.date(row["valid_from"]), predecessors=before
            )
        )


def key_numbers(atlas: Atlas, twinnings: pd.DataFrame, records: flow_view.Records, translate: Translator) -> None:
    """How much the atlas has of the province."""
    disputed = {
        one
        for name, rows in (records | {"twinnings": twinnings}).items()
        for one in quality.differences(atlas, name, rows.index).index
    }
    localities = {place for column in ("vn", "cn") for places in twinnings[column] for place in places}
    numbers = {
        translate("Twinnings"): len(twinnings),
        translate("Localities in them"): len(localities),
        translate("Agreements"): len(records["agreements"]),
        translate("Meetings and courses"): len(records["events"]),
        translate("Figures"): len(records["figures"]),
        translate("Where sources disagree"): len(disputed),
    }
    with st.container(key="key-numbers", horizontal=True):
        for name, number in numbers.items():
            st.metric(name, translate.number(number), width="content")


def lists(atlas: Atlas, twinnings: pd.DataFrame, records: flow_view.Records, translate: Translator) -> None:
    """The records of the province as a table, one kind at a time."""
    names = {
        "twinnings": translate("Twinnings"),
        "figures": translate("Figures"),
        "events": translate("Meetings and courses"),
        "agreements": translate("Agreements"),
    }
    records = records | {"twinnings": twinnings}
    kind = flow_view.choose_list(atlas, names, records, translate)
    flow_view.table(atlas, kind, records[kind], translate)


def card(
    atlas: Atlas, twinnings: pd.DataFrame, records: flow_view.Records, selection: Selection, translate: Translator
) -> None:
    """The open record; a twinning has the card of the page on twinnings."""
    if selection.pair is None or selection.pair not in twinnings.index:
        flow_view.card(atlas, records, translate)
        return
    show_cards(twinning.html(atlas, selection.pair, translate, selection.day(atlas)), "", translate)


def programme_legend(atlas: Atlas, found: list[flows.Flow], translate: Translator) -> tuple[tuple[str, str], ...]:
    """The colours of the programmes that are on the map."""
    present = {flow.figures[0]["programme"] for flow in found}
    return tuple(
        (name, palette.PROGRAMME_COLOURS[programme])
        for programme, name in vocabulary.labels(atlas, "figures.programme", translate).items()
        if programme in present
    )
