"""Where the records come from, where sources disagree, what is missing, and all data to take away."""

import streamlit as st

from atlas.model.selection import Selection
from ui import provenance, records, state

atlas, translate = state.atlas(), state.translator()
sections = provenance.sections(translate)
state.relabel("section", provenance.sections)
section = st.segmented_control(
    translate("Section"),
    list(sections),
    default="sources",
    key="section",
    persist_state="session",
    format_func=sections.__getitem__,
    required=True,
    label_visibility="collapsed",
)
match section:
    case "sources":
        provenance.show_sources(atlas, translate)
    case "discrepancies":
        provenance.show_discrepancies(atlas, translate)
    case "coverage":
        records.show_coverage(atlas, Selection(), translate)
    case "quality":
        provenance.show_quality(atlas, translate)
    case "downloads":
        provenance.show_downloads(atlas, translate)
