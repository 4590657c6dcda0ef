"""What was agreed, point by point, with what sources say of it; and the report for the next session."""

import streamlit as st

from atlas.model import agreed
from ui import commitments_view, downloads, filters, frame, state

atlas, translate = state.atlas(), state.translator()
selection = state.selection()
wanted, wrong = commitments_view.asked(atlas)
rows = agreed.found(atlas, selection, wanted)


def files() -> None:
    """The report since a session, and the tables of the selection."""
    if wanted.since:
        downloads.report(atlas, selection, wanted, translate)
    downloads.show(atlas, selection, translate)


frame.head("commitments", translate, commitments_view.counted(rows, translate), files)
commitments_view.choose_since(atlas, wanted, translate)
filters.show(
    atlas,
    translate,
    lambda one: [agreed.found(atlas, one, wanted)],
    twinnings=False,
    own=commitments_view.filters_of_page(atlas, selection, wanted),
)
filters.left_undated(selection, lambda one: len(agreed.found(atlas, one, wanted)), translate)
commitments_view.not_understood(wrong, translate)
if wanted.since:
    commitments_view.report(atlas, wanted.since, rows, selection, translate)
left, right = st.columns([3, 2])
with left:
    commitments_view.listed(atlas, rows, selection, translate)
with right:
    commitments_view.where(atlas, rows, selection, translate)
commitments_view.by_field(atlas, rows, selection, translate)
