"""Two provinces, Chinese sides, days or periods in the same rows, on the same scales."""

from functools import partial

import streamlit as st

from ui import compare_choice, compare_view, downloads, filters, frame, state

atlas, translate = state.atlas(), state.translator()
selection = state.selection()
asked = compare_choice.asked(atlas, selection)
found = compare_choice.compared(atlas, asked, selection)

if found is None:
    frame.head("compare", translate)
    compare_choice.show(atlas, asked, translate)
else:
    frame.head(
        "compare",
        translate,
        compare_view.counted(found, translate),
        partial(downloads.comparison, atlas, found, selection, translate),
    )
    compare_choice.show(atlas, asked, translate)
    with st.container(key=f"compare-{found.kind}"):
        counted = partial(compare_view.records, atlas, found)
        filters.show(atlas, translate, counted, years=found.kind in ("province", "region"))
    compare_view.show(compare_view.view(atlas, found, translate))
