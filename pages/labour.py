"""Labour exchange: agreements, and figures of persons, trips and permits, which are different things."""

import streamlit as st

from atlas import charts as drawing
from atlas.topics import LABOUR
from ui import charts, filters, flow_view, state

atlas, translate = state.atlas(), state.translator()
filters.show(atlas, translate, twinnings=False)
selection = state.selection()
records = LABOUR.records(atlas, selection)
figures = records["figures"]

flow_view.count(atlas, selection, records, translate)
left, right = st.columns([4, 3])
with left:
    unit = flow_view.unit(LABOUR.figures(atlas), translate, "labour")
    flow_view.flow_map(atlas, selection, flow_view.of_unit(figures, unit), translate, "labour")
with right:
    flow_view.lists(atlas, records, translate, "labour")
    flow_view.card(atlas, records, translate)

if not flow_view.empty(records, translate):
    spans = drawing.agreement_spans(
        atlas.records("agreements", records["agreements"].index), translate, drawing.PROGRAMME_COLOURS["labour"]
    )
    plots = [
        *charts.by_unit(atlas, figures, translate, {("persons", "total"): translate("Labour: persons")}),
        drawing.timeline(atlas, spans, translate, translate("Agreements on labour, by date")),
        *charts.by_unit(
            atlas,
            figures,
            translate,
            {
                ("permits", "total"): translate("Labour: permits"),
                ("trips", "total"): translate("Labour: trips"),
                ("persons", "per_day"): translate("Labour: persons a day"),
                ("persons", "per_year"): translate("Labour: persons needed a year"),
            },
        ),
    ]
    charts.in_columns(atlas, plots, translate, "labour")
    charts.unnumbered(atlas, figures, translate)
    flow_view.differences(atlas, records, translate, "labour")
