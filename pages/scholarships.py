"""Scholarships and study: from each province to the cities of study and back."""

import streamlit as st

from atlas.charts import counts, timelines
from atlas.charts.plot import Plot
from atlas.model.topics import SCHOLARSHIPS
from ui import charts, flow_view, state, study

atlas, translate = state.atlas(), state.translator()


def totals(records: flow_view.Records) -> None:
    """The totals that sources state, with their parts."""
    granted = records["figures"][records["figures"]["programme"] == "scholarship"]
    plots = [
        charts.of_figures(atlas, counts.parts, granted, translate, translate("Students on scholarships, by degree")),
        charts.of_figures(atlas, counts.outcomes, granted, translate, translate("What became of the students")),
    ]
    if any(plots):
        charts.in_columns(atlas, plots, translate, "totals")


records = flow_view.opening(atlas, SCHOLARSHIPS, "scholarships", translate, first=totals)
figures = records["figures"]

if not flow_view.empty(records, translate):
    parts = study.parts(translate)
    state.relabel("part", study.parts)
    part = st.segmented_control(
        translate("Charts"),
        list(parts),
        default="scholarships",
        key="part",
        format_func=parts.__getitem__,
        required=True,
    )
    granted = figures[figures["programme"] == "scholarship"]
    others = figures[figures["programme"] != "scholarship"]
    counted = granted[granted["measure"].isin(["persons", "scholarships"]) & granted["part_of"].isna()]
    plots: list[Plot | None]
    if part == "scholarships":
        plots = [
            *charts.by_unit(
                atlas,
                granted,
                translate,
                {
                    ("scholarships", "per_year"): translate("Scholarships offered each year"),
                    ("scholarships", "total"): translate("Scholarships given"),
                },
            ),
        ]
    elif part == "years":
        plots = [
            charts.of_figures(atlas, timelines.periods, counted, translate, translate("Which years each number covers"))
        ]
    else:
        title = translate("Students and language courses")
        plots = [
            *charts.by_unit(atlas, others[others["part_of"].isna()], translate, {("persons", "total"): title}),
            charts.of_figures(
                atlas, counts.parts, others, translate, translate("Students at one university, by degree")
            ),
        ]
    if plots or part != "scholarships":
        charts.in_columns(atlas, plots, translate, "scholarships")
    charts.unnumbered(atlas, figures, translate)
    study.fields(atlas, figures, translate, translate("Fields of study"))
    study.institutions(atlas, figures, translate)
    flow_view.differences(atlas, records, translate, "scholarships")
