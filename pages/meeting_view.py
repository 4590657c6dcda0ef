"""Prepare and hold a presentation: a sequence of scenes made from the selection, and the meeting view that shows it."""

import streamlit as st

from atlas.words import vocabulary
from ui import filters, presentation, sequence, state

atlas, translate = state.atlas(), state.translator()
sequence.keep(atlas, translate)
if number := st.session_state.get("scene"):
    listed = sequence.current(atlas)
    presentation.show(atlas, listed, number, translate, bilingual=st.session_state.get("labels") == "bilingual")
else:
    filters.show(atlas, translate)
    sequence.edit(atlas, state.selection(), translate, vocabulary.scene_kinds(translate))
