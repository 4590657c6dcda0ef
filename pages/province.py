"""One province, of today or former: key figures, what is next and open, its map and records; or all provinces to choose from."""

from functools import partial

import streamlit as st

from atlas.model import facets
from atlas.model.topics import EVERYTHING
from ui import downloads, filters, flow_view, frame, province_view, state

atlas, translate = state.atlas(), state.translator()
selection = state.selection()
records = province_view.records_of(atlas, selection)

pairs = translate.plural("{n} twinning", "{n} twinnings", len(records["twinnings"]))
frame.head(
    "province",
    translate,
    f"{pairs} · {flow_view.count(records, translate)}",
    partial(downloads.show, atlas, selection, translate),
)
filters.show(
    atlas, translate, lambda one: [one.twinnings(atlas, *facets.COLUMNS), *EVERYTHING.records(atlas, one).values()]
)
filters.left_undated(selection, lambda one: sum(map(len, province_view.records_of(atlas, one).values())), translate)
place = province_view.chosen(atlas, selection)
if place is None:
    flow_view.empty(records, translate)
    province_view.overview(atlas, selection, translate)
else:
    province_view.head(atlas, place, translate)
    province_view.key_figures(atlas, records, selection, translate)
    left, right = st.columns([3, 2])
    with left:
        province_view.sentences(atlas, selection, translate)
    with right:
        province_view.map_of(atlas, records["twinnings"], selection, translate)
        province_view.last_seen(atlas, records["twinnings"].index, selection, translate)
    if province_view.lists(atlas, records, selection, translate) == "figures":
        province_view.figures(atlas, records["figures"], selection, translate)
