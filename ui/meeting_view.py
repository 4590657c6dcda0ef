"""Parts of the page on meetings: the series along the years, the last and the next session, the lists and their map."""

import pandas as pd
import streamlit as st
from markupsafe import Markup

from atlas.cards import session
from atlas.charts import sessions
from atlas.look import palette
from atlas.maps import flows
from atlas.model import outlook
from atlas.model.atlas import Atlas
from atlas.model.selection import Selection
from atlas.words import sentences
from atlas.words.translator import Translator
from ui import charts, flow_view, links, state

Records = flow_view.Records


def series(atlas: Atlas, records: Records, selection: Selection, translate: Translator) -> None:
    """The series along the years, with what its marks mean, its sources and its values; a sentence where there is none."""
    title = translate("The series of meetings along the years")
    events, gaps = records["events"], not selection.restricts
    opened = next(iter(state.selection().record), "")
    drawn = sessions.html(atlas, events, translate, lambda one: links.to("meetings", record=(one,)), opened, gaps)
    with st.container(key="chart-series"):
        st.html(Markup("<h2>{}</h2>").format(title))
        if not drawn:
            st.info(translate("No meeting of a series passes the filters."))
            return
        drawn += _key(gaps, translate)
        if plot := sessions.series(atlas, events, translate, title, gaps):
            charts.draw(atlas, plot, translate, "series", drawn)
        else:
            st.html(drawn)


def _key(gaps: bool, translate: Translator) -> Markup:
    meanings = {
        "held": translate("held"),
        "said": translate("announced only, or date unknown"),
    }
    if gaps:
        meanings["gap"] = translate("not found in any source")
    entry = Markup("<span><i class={}></i>{}</span>")
    entries = [entry.format(name, text) for name, text in meanings.items()]
    return Markup("<div class=series-key>{}</div>").format(Markup("").join(entries))


def beside(atlas: Atlas, records: Records, selection: Selection, translate: Translator) -> None:
    """The record that is open, or the last and the next session."""
    with st.container(key="sessions"):
        if any(one in rows.index for one in flow_view.opened(atlas) for rows in records.values()):
            flow_view.card_in_place(atlas, records, translate)
        else:
            found = outlook.outlook(atlas, selection)
            st.html(session.html(atlas, found, translate, lambda page, changes: links.to(page, **changes)))


def lists(atlas: Atlas, records: Records, translate: Translator) -> str:
    """The records as a table, one kind at a time. Returns the kind that is shown."""
    names = {
        "series": translate("Series"),
        "events": translate("All meetings"),
        "agreements": translate("Agreements"),
        "figures": translate("Figures"),
        "differences": translate("Where sources disagree"),
    }
    points = flow_view.disputed(atlas, records)
    shown = records | {"series": in_series(records["events"]), "differences": points}
    kind = flow_view.choose_list(atlas, names, shown, translate, of_series="series", parameter="view")
    with st.container(key="meetings-lists"):
        if kind == "differences":
            flow_view.points(atlas, points, translate)
        else:
            flow_view.table(atlas, "events" if kind == "series" else kind, shown[kind], translate)
    return kind


def in_series(events: pd.DataFrame) -> pd.DataFrame:
    """The meetings that belong to a series."""
    return events[events["series"].notna()]


def on_map(records: Records, kind: str) -> pd.DataFrame:
    """The meetings that the map shows beside a list: those of the list, or those at which its agreements were signed."""
    events = records["events"]
    if kind == "agreements":
        return events[events.index.isin(records["agreements"]["event"])]
    return events if kind == "events" else in_series(events)


def map_of(atlas: Atlas, listed: pd.DataFrame, selection: Selection, translate: Translator) -> None:
    """Where the meetings of the list were held; a sentence where no place is known."""
    with st.container(key="meetings-map"):
        st.html(Markup("<h2>{}</h2>").format(translate("Where they were held")))
        if listed["place"].isna().all():
            st.info(translate("No source states where these meetings were held."))
            return
        shapes = flows.event_shapes(atlas, listed, lambda _: palette.MEETING)
        flow_view.show(atlas, selection, shapes, translate, "meetings")
        counted = translate("The number in a mark is how many of the listed meetings this place hosted.")
        st.html(Markup("<div class=below><p>{} {}</p></div>").format(counted, sentences.about_boundaries(translate)))
