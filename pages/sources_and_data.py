"""Where the records come from, where sources disagree, what is missing, and all data to take away."""

from atlas.model.selection import Selection
from ui import disagreements, frame, provenance, records, state, views

atlas, translate = state.atlas(), state.translator()
frame.head("sources_and_data", translate, provenance.counted(atlas, translate))
match views.choose(provenance.sections(translate), translate("Section")):
    case "sources":
        provenance.show_sources(atlas, translate)
    case "discrepancies":
        disagreements.show(atlas, translate)
    case "coverage":
        records.show_coverage(atlas, Selection(), translate)
    case "quality":
        provenance.show_quality(atlas, translate)
    case "downloads":
        provenance.show_downloads(atlas, translate)
