"""Labour exchange: agreements, and figures of persons, trips and permits, which are different things."""

from atlas.charts import counts, timelines
from atlas.model.topics import LABOUR
from ui import charts, flow_view, state

atlas, translate = state.atlas(), state.translator()
records = flow_view.opening(atlas, LABOUR, "labour", translate)
figures = records["figures"]

if not flow_view.empty(records, translate):
    signed = atlas.records("agreements", records["agreements"].index)
    spans = timelines.agreement_spans(signed, translate, lambda row: timelines.pair_colour(atlas, row)[0])
    pairs = counts.province_legend(atlas, [timelines.pair_colour(atlas, row)[1] for row in signed], translate)
    plots = [
        *charts.by_unit(atlas, figures, translate, {("persons", "total"): translate("Labour: persons")}),
        timelines.timeline(spans, translate, translate("Agreements on labour, by pair and date"), pairs),
        *charts.by_unit(
            atlas,
            figures,
            translate,
            {
                ("permits", "total"): translate("Labour: permits"),
                ("trips", "total"): translate("Labour: trips"),
                ("persons", "per_day"): translate("Labour: persons a day"),
                ("persons", "per_year"): translate("Labour: workers short a year"),
            },
        ),
    ]
    charts.in_columns(atlas, plots, translate, "labour")
    charts.unnumbered(atlas, figures, translate)
    flow_view.differences(atlas, records, translate, "labour")
