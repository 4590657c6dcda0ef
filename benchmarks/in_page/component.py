"""Stands in for ``st_folium``: the same map, drawn by the same script, as a component of the page itself."""

import json
from collections.abc import Callable

import folium
import streamlit as st
from streamlit.components.v2.get_bidi_component_manager import get_bidi_component_manager
from streamlit.components.v2.manifest_scanner import ComponentConfig, ComponentManifest

from atlas import ROOT
from atlas.maps import leaflet
from ui import flow_view, map_view

NAME = "atlas.map"
FRAMED = map_view.st_folium
TO_ROOT = len(map_view.TO_ROOT)


def in_page(chart: folium.Map, *, key: str, height: int, feature_group_to_add, on_change: Callable, **_) -> None:
    """Take what the pages give to ``st_folium`` and draw it without a frame."""
    manager = get_bidi_component_manager()
    if manager.get_component_asset_root(NAME) is None:
        # a script by address, as an inline one needs "blob:" in the policy; no public function of Streamlit declares
        # the folder of a component that is not an installed package
        manager.register_from_manifest(
            ComponentManifest("atlas", "1", [ComponentConfig("map", "benchmarks/in_page")]), ROOT
        )
    start = next(child for child in chart._children.values() if isinstance(child, leaflet._Layers))
    config = json.loads(start.argument)
    config["data"] = f".{config['data'][TO_ROOT:]}"
    config["layers"] = [layer | {"url": f".{layer['url'][TO_ROOT:]}"} for layer in config["layers"]]
    drawn = next(iter(feature_group_to_add._children.values()))
    draw = "select" if isinstance(drawn, leaflet._Shown) else "flows"

    def clicked() -> None:
        st.session_state[key] = {"last_active_drawing": {"properties": st.session_state[f"{key}-in-page"]["clicked"]}}
        on_change()

    st.components.v2.component(NAME, js="map.js")(
        key=f"{key}-in-page",
        height=height,
        data={"config": config, "draw": draw, "options": json.loads(drawn.argument)},
        on_clicked_change=clicked,
    )


def use(way: str) -> None:
    """Let the pages of this process show their maps in a frame or in the page."""
    map_view.st_folium = flow_view.st_folium = in_page if way == "in the page" else FRAMED
