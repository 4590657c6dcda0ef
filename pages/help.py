"""The user guide, in the language of the page."""

import streamlit as st

from atlas import ROOT
from ui import frame, state

translate = state.translator()
frame.head("help", translate)
guide = (ROOT / f"docs/guide.{translate.language}.md").read_text("utf-8")
with st.container(key="guide"):
    st.markdown(guide.split("\n\n", 2)[2])  # the page has a title and languages of its own
