"""Every twinned locality on the map, with filters, list and record card."""

import streamlit as st

from ui import downloads, filters, map_view, records, state

atlas, translate = state.atlas(), state.translator()
filters.show(atlas, translate)
selection = state.selection()
rows = selection.twinnings(atlas, "level", "signed_on")

facts, switch, files = st.columns([11, 5, 8], vertical_alignment="center")
with facts.container(key="selection-count"):
    records.count(atlas, rows, selection, translate)
labels = filters.bilingual(translate)
state.relabel("labels", filters.bilingual)
switch.pills(
    translate("Labels"),
    list(labels),
    key="labels",
    persist_state="session",
    format_func=labels.__getitem__,
    label_visibility="collapsed",
)
with files.container(horizontal=True, horizontal_alignment="right"):
    downloads.show(atlas, selection, translate)
    downloads.documents(atlas, selection, translate)
filters.left_undated(selection, lambda undated: len(undated.twinnings(atlas, "level")), translate)

left, right = st.columns([4, 3])
with left:
    map_view.show(atlas, selection, rows, translate)
    map_view.legend(atlas, rows, translate, selection.layers)
with right:
    if rows.empty:
        records.nothing(selection, translate)
    else:
        records.table(atlas, rows, translate)
    records.card(atlas, st.session_state.get("pair"), translate, selection)
map_view.disclaimer(translate)
map_view.layer_tables(atlas, selection, translate)
records.show_coverage(atlas, selection, translate)
