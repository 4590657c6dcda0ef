"""Scholarships and study: how many from each province, at what degree, in which city, and what became of them."""

from atlas.charts import places
from atlas.model.topics import SCHOLARSHIPS
from ui import charts, flow_view, state, study

atlas, translate = state.atlas(), state.translator()
records = flow_view.opening(
    atlas, SCHOLARSHIPS, "scholarships", translate, first=lambda found: study.totals(atlas, found["figures"], translate)
)

if not flow_view.empty(records, translate):
    figures = records["figures"]
    title = translate("Scholarships, students and language courses by place")
    by_place = charts.of_figures(atlas, places.panels, figures, translate, title)
    charts.folded(atlas, by_place, translate, "by-place", opened=not places.matrix(atlas, figures, translate))
    charts.unnumbered(atlas, figures, translate)
    study.fields(atlas, figures, translate, translate("Fields of study"))
    study.institutions(atlas, figures, translate)
    flow_view.differences(atlas, records, translate, "scholarships")
