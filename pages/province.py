"""One province, of today or former: key numbers, its twinnings, figures, agreements, meetings, coverage and open points."""

from functools import partial

import streamlit as st

from atlas.charts import counts
from atlas.look import palette
from atlas.maps import flows
from atlas.model import facets
from atlas.model.topics import EVERYTHING
from ui import charts, downloads, filters, flow_view, frame, province_view, state
from ui.records import show_coverage

atlas, translate = state.atlas(), state.translator()
selection = province_view.chosen(atlas, state.selection(), translate)
place = atlas.places.by_slug[selection.province[0]]
twinnings = selection.twinnings(atlas)
records = EVERYTHING.records(atlas, selection)
figures = records["figures"]

frame.head(
    "province", translate, flow_view.count(records, translate), partial(downloads.show, atlas, selection, translate)
)
filters.show(
    atlas, translate, lambda one: [one.twinnings(atlas, *facets.COLUMNS), *EVERYTHING.records(atlas, one).values()]
)
province_view.head(atlas, place, translate)
province_view.key_numbers(atlas, twinnings, records, translate)
left, right = st.columns([4, 3])
with left:
    unit = flow_view.unit(atlas, atlas.table("figures"), translate)
    counted = flow_view.of_unit(figures, unit)
    found = flows.flows(atlas, counted)
    shapes = flows.flow_shapes(atlas, found, lambda row: palette.PROGRAMME_COLOURS[row["programme"]])
    flow_view.show(atlas, selection, shapes, translate, "province")
    flow_view.legend(flows.legend(found, translate), province_view.programme_legend(atlas, found, translate), translate)
with right:
    province_view.lists(atlas, twinnings, records, translate)
    province_view.card(atlas, twinnings, records, selection, translate)

if not flow_view.empty(records | {"twinnings": twinnings}, translate):
    title = translate("What sources count for this province")
    plots = [
        charts.of_figures(atlas, counts.statements, counted, translate, title),
        charts.of_figures(atlas, counts.parts, figures, translate, translate("Students, by degree")),
        charts.of_figures(atlas, counts.outcomes, figures, translate, translate("What became of the students")),
    ]
    charts.in_columns(atlas, plots, translate, "province")
    charts.unnumbered(atlas, figures, translate)
    show_coverage(atlas, selection, translate)
    flow_view.differences(atlas, records | {"twinnings": twinnings}, translate, "province")
