"""Cadre and vocational training: courses, the agreements behind them, and where they led."""

from atlas.charts import timelines
from atlas.look import palette
from atlas.maps import flows
from atlas.model.topics import TRAINING
from ui import charts, flow_view, state, study

atlas, translate = state.atlas(), state.translator()
shade = palette.PROGRAMME_COLOURS["cadre_training"]
records = flow_view.opening(
    atlas,
    TRAINING,
    "training",
    translate,
    lambda found: flows.event_shapes(atlas, found["events"], lambda row: shade),
)
figures, events, agreements = records["figures"], records["events"], records["agreements"]

if not flow_view.empty(records, translate):
    spans = [
        *timelines.agreement_spans(atlas.records("agreements", agreements.index), translate, lambda row: palette.GREY),
        *timelines.event_spans(atlas.records("events", events.index), translate, shade),
    ]
    legend = ((translate("Agreements"), palette.GREY), (translate("Courses"), shade))
    plots = [
        timelines.timeline(spans, translate, translate("Agreements and courses on cadre training"), legend),
        *charts.by_unit(
            atlas,
            figures,
            translate,
            {
                ("persons", "total"): translate("Persons trained"),
                ("courses", "total"): translate("Courses held"),
            },
        ),
        charts.of_figures(atlas, timelines.periods, figures, translate, translate("Which years each number covers")),
    ]
    charts.in_columns(atlas, plots, translate, "training")
    charts.unnumbered(atlas, figures, translate)
    study.fields(atlas, figures, translate, translate("Themes and priority sectors"))
    study.institutions(atlas, figures, translate)
    flow_view.differences(atlas, records, translate, "training")
