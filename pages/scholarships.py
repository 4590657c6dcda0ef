"""Scholarships and study: how many from each province, at what degree, in which city, and what became of them."""

from atlas.charts import timelines
from atlas.model.topics import SCHOLARSHIPS
from ui import charts, flow_view, state, study

atlas, translate = state.atlas(), state.translator()
records = flow_view.opening(
    atlas, SCHOLARSHIPS, "scholarships", translate, first=lambda found: study.totals(atlas, found["figures"], translate)
)

if not flow_view.empty(records, translate):
    figures = records["figures"]
    study.by_place(atlas, figures, translate)
    title = translate("Which years each number covers")
    counted = figures[figures["part_of"].isna() & figures["measure"].isin(["persons", "scholarships"])]
    charts.folded(
        atlas, charts.of_figures(atlas, timelines.periods, counted, translate, title), translate, "years", False
    )
    charts.unnumbered(atlas, figures, translate)
    study.fields(atlas, figures, translate, translate("Fields of study"))
    study.institutions(atlas, figures, translate)
    flow_view.differences(atlas, records, translate, "scholarships")
