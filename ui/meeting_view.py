"""Parts of the page on meetings: what is announced, and the lists."""

from dataclasses import replace

import pandas as pd
import streamlit as st

from atlas.charts import sessions
from atlas.look import palette
from atlas.model import meetings
from atlas.model.atlas import Atlas
from atlas.model.selection import Selection
from atlas.words import values, vocabulary
from atlas.words.translator import Translator
from ui import flow_view


def next_meetings(atlas: Atlas, selection: Selection, translate: Translator) -> None:
    """One sentence for each series whose next session is announced and concerns the places that are filtered."""
    names = vocabulary.labels(atlas, "events.series", translate)
    events = replace(selection, year_from=None, year_to=None, undated=None).records(atlas, "events")
    said = [
        translate(
            "{series}, {session}: announced for {date}, {place}",
            series=names[row["series"]],
            session=values.session(row, translate),
            date=values.event_date(row, translate),
            place=atlas.places.name(row["place"], translate.language)
            if row["place"]
            else translate("place not stated"),
        )
        for row in meetings.announced(
            atlas.records("events", events.index),
            selection.day(atlas),
            atlas.records("events", atlas.table("events").index),
        )
    ]
    with st.container(key="next-meetings"):
        if said:
            st.markdown(f"**{translate('Next meetings')}**")
            st.text("\n".join(said))
        else:
            st.text(translate("No next meeting of this selection is announced in the sources."))


def no_series(atlas: Atlas, events: pd.DataFrame, translate: Translator) -> str:
    """Why there is no chart of the series, with the sessions that pass the filters but have no date."""
    undated = sessions.undated_series(atlas, events, translate)
    return translate.join_long(undated) or translate("No meeting of a series passes the filters.")


def lists(atlas: Atlas, records: flow_view.Records, translate: Translator) -> pd.DataFrame:
    """The records as a table, one kind at a time. Returns the meetings that the map is to show."""
    names = {
        "series": translate("Series"),
        "events": translate("All meetings"),
        "agreements": translate("Agreements"),
        "figures": translate("Figures"),
    }
    events = records["events"]
    in_series = events[events["series"].notna()]
    chosen = flow_view.choose_list(atlas, names, records | {"series": in_series}, translate, "series")
    if chosen == "series":
        flow_view.table(atlas, "events", in_series, translate)
        return in_series
    flow_view.table(atlas, chosen, records[chosen], translate)
    if chosen == "agreements":
        return events[events.index.isin(records["agreements"]["event"])]
    return events if chosen == "events" else in_series


def legend(atlas: Atlas, listed: pd.DataFrame, translate: Translator) -> None:
    """The colours of the series on the map, and what the numbers count."""
    present = set(listed["series"])
    colours = [
        (name, palette.SERIES_COLOURS[series])
        for series, name in vocabulary.labels(atlas, "events.series", translate).items()
        if series in present
    ]
    colours.append((translate("several series, or none"), palette.GREY))
    flow_view.legend([], tuple(colours), translate)
    st.caption(translate("The number in a mark is how many of the listed meetings this place hosted."))
