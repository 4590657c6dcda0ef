"""Cadre and vocational training: courses, the agreements behind them, and where they led."""

import streamlit as st

from atlas import charts as drawing
from atlas import flows
from atlas.topics import TRAINING
from ui import charts, filters, flow_view, state, study

atlas, translate = state.atlas(), state.translator()
filters.show(atlas, translate, twinnings=False)
selection = state.selection()
records = TRAINING.records(atlas, selection)
figures, events, agreements = records["figures"], records["events"], records["agreements"]
shade = drawing.PROGRAMME_COLOURS["cadre_training"]

flow_view.count(atlas, selection, records, translate)
left, right = st.columns([4, 3])
with left:
    unit = flow_view.unit(TRAINING.figures(atlas), translate, "training")
    courses = flows.event_shapes(atlas, events, translate, lambda row: shade)
    flow_view.flow_map(atlas, selection, flow_view.of_unit(figures, unit), translate, "training", courses)
with right:
    flow_view.lists(atlas, records, translate, "training")
    flow_view.card(atlas, records, translate)

if not flow_view.empty(records, translate):
    spans = [
        *drawing.agreement_spans(atlas.records("agreements", agreements.index), translate, drawing.GREY),
        *drawing.event_spans(atlas.records("events", events.index), translate, shade),
    ]
    legend = ((translate("Agreements"), drawing.GREY), (translate("Courses"), shade))
    plots = [
        drawing.timeline(atlas, spans, translate, translate("Agreements and courses on cadre training"), legend),
        *charts.by_unit(
            atlas,
            figures,
            translate,
            {
                ("persons", "total"): translate("Persons trained"),
                ("courses", "total"): translate("Courses held"),
            },
        ),
        charts.of_figures(atlas, "periods", figures, translate, translate("Which years each number covers")),
    ]
    charts.in_columns(atlas, plots, translate, "training")
    charts.unnumbered(atlas, figures, translate)
    study.fields(atlas, figures, translate, translate("Themes and priority sectors"))
    study.institutions(atlas, figures, translate)
    flow_view.differences(atlas, records, translate, "training")
