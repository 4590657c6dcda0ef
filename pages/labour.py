"""Labour exchange: agreements, and figures of persons, trips and permits, which are different things."""

from atlas.model.topics import LABOUR
from ui import charts, flow_view, state, study

atlas, translate = state.atlas(), state.translator()
records = flow_view.opening(
    atlas, LABOUR, "labour", translate, first=lambda found: study.labour(atlas, found, translate)
)

if not flow_view.empty(records, translate):
    charts.unnumbered(atlas, records["figures"], translate)
    flow_view.differences(atlas, records, translate, "labour")
