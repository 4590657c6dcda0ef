"""Every twinned locality on the map, with filters, list and record; or the same along the border, or as one table."""

import streamlit as st

from atlas.model import facets
from ui import along_view, downloads, filters, frame, map_view, panel, records, state

atlas, translate = state.atlas(), state.translator()
selection = state.selection()
rows = selection.twinnings(atlas, "level", "signed_on", "vn", "cn")


def files() -> None:
    """The menus of files."""
    downloads.show(atlas, selection, translate)
    downloads.documents(atlas, selection, translate)


frame.head("twinning_map", translate, records.count(atlas, rows, translate), files)
filters.show(atlas, translate, lambda one: [one.twinnings(atlas, *facets.COLUMNS)], years=False)
filters.left_undated(selection, lambda undated: len(undated.twinnings(atlas, "level")), translate)
if state.visit().part() == "table":
    records.whole(atlas, rows, selection, translate)
elif state.visit().part() == "border":
    along_view.show(atlas, rows, selection, translate)
else:
    panel.phone_tabs(translate)
    with st.container(key="stage", horizontal=True):
        panel.show(atlas, rows, selection, translate)
        with st.container(key="map-side"):
            map_view.show(atlas, selection, rows, translate)
            filters.show_timeline(atlas, translate)
map_view.disclaimer(translate)
map_view.layer_tables(atlas, selection, translate)
records.show_coverage(atlas, selection, translate)
