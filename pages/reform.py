"""Which twinnings lost their signer in the reform of 2025-07-01, and who stands in for it: the list for re-signing."""

from dataclasses import replace

import pandas as pd
import streamlit as st

from atlas.exports import resigning
from atlas.model import desk, reform
from atlas.model.selection import Selection
from ui import desk_view, downloads, filters, frame, map_view, records, reform_view, state, views

atlas, translate = state.atlas(), state.translator()
selection = state.selection()
listed = reform.abolished(atlas, selection)


def rows(one: Selection) -> list[pd.DataFrame]:
    """The twinnings of a selection that lost a unit."""
    return [atlas.twinnings.loc[[row.twinning for row in reform.abolished(atlas, one)]]]


def files() -> None:
    """The whole list as a file."""
    downloads.table(resigning.table(atlas, listed, translate), atlas, selection, translate, "reform")


frame.head("reform", translate, reform_view.counted(atlas, listed, selection, translate), files)
filters.show(atlas, translate, rows)
filters.left_undated(selection, lambda undated: len(reform.abolished(atlas, undated)), translate)
if listed:
    units = desk.units(atlas, selection)
    cases = reform_view.cases(listed, translate) | desk_view.entry(units, translate)
    case = views.choose(cases, translate("What stands in"), default=reform_view.first_case(listed, selection.pair))
    left, right = st.columns([5, 3]) if selection.pair else (st.container(), st.container())
    with left:
        if case == desk_view.VIEW:
            desk_view.show(atlas, units, selection, translate)
        else:
            reform_view.show(atlas, listed, case, translate)
    if selection.pair:
        with right:
            records.card(atlas, selection.pair, translate, selection)
    (shown,), (counted,) = rows(selection), rows(replace(selection, level=()))
    map_view.show(atlas, selection, shown, translate, counted=counted)
    map_view.disclaimer(translate)
    map_view.layer_tables(atlas, selection, translate)
else:
    st.info(
        translate(
            "No twinning of this selection lost a unit before {day}.",
            day=translate.date(selection.day(atlas).isoformat()),
        )
    )
