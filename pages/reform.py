"""Which twinnings lost their signer in the reform of 2025-07-01, and who stands in for it: the list for re-signing."""

import streamlit as st

from atlas.exports import resigning
from atlas.model import reform
from ui import downloads, filters, map_view, record_list, records, state

atlas, translate = state.atlas(), state.translator()
filters.show(atlas, translate)
selection = state.selection()
listed = reform.abolished(atlas, selection)
rows = atlas.twinnings.loc[[row.twinning for row in listed]]

with st.container(key="selection-count"):
    records.count_abolished(listed, selection, atlas, translate)
filters.left_undated(selection, lambda undated: len(reform.abolished(atlas, undated)), translate)
if listed:
    left, right = st.columns([4, 3])
    with left:
        map_view.show(atlas, selection, rows, translate)
        map_view.legend(atlas, rows, translate, selection.layers)
    with right:
        records.card(atlas, st.session_state.get("pair"), translate, selection)
    map_view.disclaimer(translate)
    shown = resigning.table(atlas, listed, translate)
    record_list.show(shown.to_dict("list"), rows.index, translate("Twinnings that lost a unit, one a row"), "pair")
    downloads.table(shown, atlas, selection, translate, "reform")
    map_view.layer_tables(atlas, selection, translate)
else:
    st.info(
        translate(
            "No twinning of this selection lost a unit before {day}.",
            day=translate.date(selection.day(atlas).isoformat()),
        )
    )
