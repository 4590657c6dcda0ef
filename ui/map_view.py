"""The map: a folium map in which only the selection travels on an interaction."""

from collections.abc import Iterable
from urllib.parse import quote

import pandas as pd
import streamlit as st
from streamlit_folium import st_folium

from atlas import maps
from atlas.i18n import Translator
from atlas.selection import Selection
from atlas.store import Atlas
from ui import state

AT_THE_BORDER = ("commune", "village")  # what the opening view frames: the whole border, not the few pairs far from it
TO_ROOT = "../.."  # from the address of the map's frame to that of the application


def show(
    atlas: Atlas,
    selection: Selection,
    rows: pd.DataFrame,
    translate: Translator,
    height: int,
    frame: str | None = None,
) -> None:
    """Draw the twinnings of ``rows``; a click opens the record that was hit.

    :param frame: a token; the view moves to the selection's open pair, or to all that is shown, when it changes.
        Without one the visitor's own moves decide.
    """
    pair = selection.pair
    shown = rows.index
    frame = frame or st.session_state["frame"]
    if pair and frame.startswith((pair, "scene-")):
        framed = [pair]
    else:
        framed = shown if selection.restricts else rows.index[rows["level"].isin(AT_THE_BORDER)]
    group = maps.selection_group(
        atlas,
        shown,
        language=translate.language,
        labels=selection.labels,
        day=selection.day(atlas),
        selected=pair,
        frame=frame,
        framed=framed,
    )
    with st.container(key="map"):
        st_folium(
            maps.base_map(atlas.files, TO_ROOT),
            key="clicked",
            height=height,
            use_container_width=True,
            returned_objects=["last_active_drawing"],
            feature_group_to_add=group,
            on_change=lambda: _clicked(atlas, shown),
        )


def legend(rows: pd.DataFrame, translate: Translator) -> None:
    """The levels that are on the map, drawn as they are drawn there."""
    present = set(rows["level"].unique())
    names = [(level, name) for level, name in maps.level_names(translate).items() if level in present]
    entries = [
        f"<span>{_image(maps.legend_mark(level))}{name}</span>"
        for level, name in [*names, (None, translate("A side no longer exists"))]
    ]
    entries.append(f"<span>{_image(maps.SUCCESSOR_MARK)}{translate('Unit of today that stands in')}</span>")
    st.html(f"<div class='legend'>{''.join(entries)}</div>")


def disclaimer(translate: Translator) -> None:
    """What the boundaries on the map are, and are not."""
    st.caption(
        translate(
            "Boundaries are approximate, for orientation only and not for legal use. Land border © OpenStreetMap contributors; Chinese units: Tianditu; Vietnamese areas: cells around commune points."
        )
    )


def _image(svg: str) -> str:
    return f"<img alt='' src='data:image/svg+xml,{quote(svg)}'>"


def _clicked(atlas: Atlas, shown: pd.Index) -> None:
    drawing = (st.session_state["clicked"] or {}).get("last_active_drawing") or {}
    if twinning := clicked_twinning(atlas, drawing.get("properties") or {}, shown):
        state.open_record(twinning, move=False)


def clicked_twinning(atlas: Atlas, properties: dict, shown: Iterable[str]) -> str | None:
    """The twinning that a click means: the curve itself, or the first shown one of the place that was hit."""
    if properties.get("twinning") in atlas.twinnings.index:
        return properties["twinning"]
    return next(
        (
            one
            for one in shown
            if properties.get("place") in (*atlas.twinnings.at[one, "vn"], *atlas.twinnings.at[one, "cn"])
        ),
        None,
    )
