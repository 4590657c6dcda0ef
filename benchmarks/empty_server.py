"""The page with an empty map, and the Leaflet that it would otherwise ask a foreign host for."""

from importlib.resources import files

import streamlit as st
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

from atlas import ROOT

LEAFLET = StaticFiles(directory=str(files("xstatic.pkg.leaflet") / "data"))
app = st.App(ROOT / "benchmarks/empty_map.py", routes=[Mount("/leaflet", LEAFLET)])
