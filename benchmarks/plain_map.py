"""What the benchmarks compare with: a plain folium map of the same data, redrawn at every rerun."""

import json

import folium
import streamlit as st
from streamlit_folium import st_folium

from atlas import DATA
from atlas.look import layers, marks
from atlas.maps import geometry
from atlas.model import store
from atlas.words import naming


@st.cache_resource
def loaded():
    return store.load()


atlas = loaded()
rows = atlas.twinnings[atlas.twinnings["level"] != "border_gate"]
if provinces := st.multiselect("Province", atlas.province_slugs, key="province", bind="query-params"):
    rows = rows[[not slugs.isdisjoint(provinces) for slugs in rows["slugs"]]]
chart = folium.Map(location=[22.6, 105.6], zoom_start=7, tiles=None)
for name, look in layers.LAYERS:
    path = DATA / "layers" / f"{name}.geojson"
    if path.exists():
        folium.GeoJson(
            json.loads(path.read_text("utf-8")),
            name=name,
            style_function=lambda feature, look=look: (
                look.get("style") or look["styles"].get(feature["properties"].get("country"), {})
            ),
        ).add_to(chart)
for row in rows.to_dict("records"):
    sides = [
        [atlas.places.position(place) for place in row[side] if atlas.places.position(place)] for side in ("vn", "cn")
    ]
    if not all(sides):
        continue
    hubs = [tuple(sum(values) / len(side) for values in zip(*side)) for side in sides]
    style = marks.LEVEL_STYLES[row["level"]]
    folium.PolyLine(
        geometry.bezier(geometry.curve(*hubs)),
        color=style["color"],
        weight=style["weight"],
        tooltip=naming.title(atlas, row, "en"),
    ).add_to(chart)
    for side in ("vn", "cn"):
        for place in row[side]:
            if position := atlas.places.position(place):
                folium.CircleMarker(
                    position, radius=5, color=style["color"], tooltip=atlas.places.full_name(place, "en")
                ).add_to(chart)
st_folium(chart, key="map", height=600, use_container_width=True)
st.dataframe(rows[["level", "signed_on", "status"]])
