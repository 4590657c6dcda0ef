"""Meetings: the series along the years, who hosted them, what came of them, and what is announced."""

import streamlit as st

from atlas.charts import sessions
from atlas.look import palette
from atlas.maps import flows
from atlas.model.topics import MEETINGS
from ui import charts, flow_view, meeting_view, state

atlas, translate = state.atlas(), state.translator()
selection = state.selection()
records = MEETINGS.records(atlas, selection)

flow_view.head(atlas, "meetings", MEETINGS, selection, records, translate)
meeting_view.next_meetings(atlas, selection, translate)
left, right = st.columns([4, 3])
with right:
    listed = meeting_view.lists(atlas, records, translate)
    flow_view.card(atlas, records, translate)
with left:
    shapes = flows.event_shapes(atlas, listed, lambda row: palette.SERIES_COLOURS.get(row["series"], palette.GREY))
    flow_view.show(atlas, selection, shapes, translate, "meetings")
    meeting_view.legend(atlas, listed, translate)

if not flow_view.empty(records, translate):
    plots = [
        sessions.series(
            atlas,
            records["events"],
            translate,
            translate("The series of meetings along the years"),
            not selection.restricts,
        ),
        *charts.by_unit(
            atlas,
            records["figures"][records["figures"]["part_of"].isna()],
            translate,
            {
                ("missions", "total"): translate("Delegations and meetings counted by sources"),
                ("agreements", "total"): translate("Agreements counted by sources"),
                ("crossings", "total"): translate("Border crossings"),
            },
        ),
    ]
    charts.show_or_say(
        atlas, plots[0], translate, "series", meeting_view.no_series(atlas, records["events"], translate)
    )
    charts.in_columns(atlas, plots[1:], translate, "meetings")
    flow_view.differences(atlas, records, translate, "meetings")
