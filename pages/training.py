"""Cadre and vocational training: the agreements and courses along the years, the route of a course, what was counted."""

from atlas.model.topics import TRAINING
from ui import charts, flow_view, state, study

atlas, translate = state.atlas(), state.translator()
records = flow_view.opening(
    atlas,
    TRAINING,
    "training",
    translate,
    lambda found: study.course_shapes(atlas, found["events"]),
    first=lambda found: study.courses(atlas, found, translate),
)

if not flow_view.empty(records, translate):
    charts.unnumbered(atlas, records["figures"], translate)
    study.fields(atlas, records["figures"], translate, translate("Themes and priority sectors"))
    study.institutions(atlas, records["figures"], translate)
    flow_view.differences(atlas, records, translate, "training")
