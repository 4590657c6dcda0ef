"""The user guide, in the language of the page."""

import streamlit as st

from atlas import ROOT
from ui import frame, state

translate = state.translator()
frame.head("help", translate)
with st.container(key="guide"):
    st.markdown((ROOT / f"docs/guide.{translate.language}.md").read_text("utf-8"))
