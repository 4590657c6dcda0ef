"""Which twinnings lost their signer in the reform of 2025-07-01, and who stands in for it: the list for re-signing."""

import streamlit as st

from atlas.exports import resigning
from atlas.model import reform
from ui import downloads, filters, map_view, records, reform_view, state

atlas, translate = state.atlas(), state.translator()
filters.show(atlas, translate)
selection = state.selection()
listed = reform.abolished(atlas, selection)
rows = atlas.twinnings.loc[[row.twinning for row in listed]]

with st.container(key="selection-count"):
    st.text(reform_view.counted(atlas, listed, selection, translate))
filters.left_undated(selection, lambda undated: len(reform.abolished(atlas, undated)), translate)
if listed:
    case = st.segmented_control(
        translate("What stands in"),
        list(reform.CASES),
        default=reform_view.first_case(listed, selection.pair),
        format_func=reform_view.cases(listed, translate).__getitem__,
        required=True,
    )
    reform_view.show(atlas, listed, case, translate)
    records.card(atlas, st.session_state.get("pair"), translate, selection)
    downloads.table(resigning.table(atlas, listed, translate), atlas, selection, translate, "reform")
    map_view.show(atlas, selection, rows, translate)
    map_view.legend(atlas, rows, translate, selection.layers)
    map_view.disclaimer(translate)
    map_view.layer_tables(atlas, selection, translate)
else:
    st.info(
        translate(
            "No twinning of this selection lost a unit before {day}.",
            day=translate.date(selection.day(atlas).isoformat()),
        )
    )
