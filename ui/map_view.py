"""The map: a folium map in which only the selection travels on an interaction."""

from dataclasses import replace

import pandas as pd
import streamlit as st
from markupsafe import Markup
from streamlit_folium import st_folium

from atlas.look import marks
from atlas.maps import browser, framing, leaflet
from atlas.model.atlas import Atlas
from atlas.model.selection import Selection
from atlas.words import sentences, vocabulary
from atlas.words.translator import Translator
from server import basemap
from ui import changed_mark, record_list, state

HEIGHT = 420  # pixels; the style sheet fits it to the width
TO_ROOT = "../.."  # from the address of the map's frame to that of the application


def show(
    atlas: Atlas,
    selection: Selection,
    rows: pd.DataFrame,
    translate: Translator,
    frame: str | None = None,
    stage: int | None = None,
    counted: pd.DataFrame | None = None,
) -> None:
    """Draw the twinnings of ``rows``; a click opens the record that was hit, one on a level of the legend filters by it.

    :param frame: a token; the view moves to the selection's open pair, or to all that is shown, when it changes.
        Without one it moves when a record is opened by a link or a row.
    :param stage: the height of the map in units of a scene, by which its names are large enough for a room; it has no legend.
    :param counted: what the filters leave without that of levels, by which the legend counts; ``twinnings`` of the
        selection unless given.
    """
    group = leaflet.selection_group(
        atlas,
        rows.index,
        language=translate.language,
        labels=selection.labels,
        day=selection.day(atlas),
        selected=selection.pair,
        frame=frame or state.visit().frame,
        framed=framing.of_twinnings(atlas, rows.index) if selection.restricts else framing.of_border(atlas),
        layers=selection.layers,
        counts=None if stage else _counts(atlas, selection, counted),
        levels=selection.level,
        stage=stage,
        since=None if stage else changed_mark.since(atlas),
        only_changed=bool(selection.changed),
    )
    with st.container(key="map"):
        st_folium(
            leaflet.base_map(atlas.files, TO_ROOT, basemap.under(TO_ROOT)),
            key="clicked",
            height=HEIGHT,
            use_container_width=True,
            returned_objects=[],
            feature_group_to_add=group,
            render=False,  # what is returned is rendered in any case
        )


def _counts(atlas: Atlas, selection: Selection, counted: pd.DataFrame | None) -> dict[str, int]:
    rows = replace(selection, level=()).twinnings(atlas) if counted is None else counted
    return {str(level): int(number) for level, number in rows["level"].value_counts().items()}


def legend(atlas: Atlas, rows: pd.DataFrame, translate: Translator) -> None:
    """The levels and signs of a map that has no legend on it, drawn as they are drawn there."""
    present = set(rows["level"].unique())
    names, signs = vocabulary.labels(atlas, "twinnings.level", translate), marks.signs()
    entries = [(marks.legend_mark(level), name) for level, name in names.items() if level in present]
    entries += [(signs[sign], name) for sign, name in vocabulary.sign_names(translate).items()]
    shown = Markup("").join(Markup("<span>{}{}</span>").format(record_list.image(svg), name) for svg, name in entries)
    st.html(Markup("<div class='legend'>{}</div>").format(shown))


def layer_tables(atlas: Atlas, selection: Selection, translate: Translator) -> None:
    """The places of the layers that are on the map beside the selection, one a row."""
    language, names = translate.language, vocabulary.layer_names(translate)
    words = (
        vocabulary.labels(atlas, "places.gate_class", translate)
        | vocabulary.labels(atlas, "places.coordinate_precision", translate)
        | {None: translate("not stated")}
    )
    for layer in selection.layers:
        places = browser.marked(atlas)[layer]
        rows = [atlas.places[place] for place in places]
        table = {
            translate("Name"): [atlas.places.full_name(place, language) for place in places],
            translate("Other names"): [
                " · ".join(name for name in (row["name_vi"], atlas.places.chinese_name(place), row["name_en"]) if name)
                for place, row in zip(places, rows)
            ],
            translate("Class"): [words[row["gate_class"]] for row in rows],
            translate("Position"): [words[row["coordinate_precision"]] for row in rows],
            translate("Sources"): [
                translate.join(atlas.table("sources").loc[list(row["sources"]), "title"]) for row in rows
            ],
        }
        if layer != "crossings":
            del table[translate("Class")]
        with st.container(key=f"layer-{layer}"):
            st.markdown(f"#### {names[layer]}")
            record_list.plain(table, names[layer])


def disclaimer(translate: Translator) -> None:
    """What the boundaries on the map are, and are not."""
    st.caption(sentences.about_boundaries(translate))
