"""Meetings: the series along the years, the last and the next session, what came of them, and where they were held."""

import streamlit as st

from atlas.model.topics import MEETINGS
from ui import charts, flow_view, meeting_view, state

atlas, translate = state.atlas(), state.translator()
selection = state.selection()
records = MEETINGS.records(atlas, selection)

flow_view.head(atlas, "meetings", MEETINGS, selection, records, translate)
left, right = st.columns([2, 1])
with left:
    if flow_view.empty(records, translate):
        kind = ""
    else:
        meeting_view.series(atlas, records, selection, translate)
        kind = meeting_view.lists(atlas, records, translate)
with right:
    meeting_view.beside(atlas, records, selection, translate)
if kind == "figures":
    charts.in_columns(
        atlas,
        charts.by_unit(
            atlas,
            records["figures"][records["figures"]["part_of"].isna()],
            translate,
            {
                ("missions", "total"): translate("Delegations and meetings counted by sources"),
                ("agreements", "total"): translate("Agreements counted by sources"),
                ("crossings", "total"): translate("Border crossings"),
            },
        ),
        translate,
        "meetings",
    )
elif kind:
    meeting_view.map_of(atlas, meeting_view.on_map(records, kind), selection, translate)
