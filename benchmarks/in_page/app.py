"""The atlas with every map as a component of the page, under the same content security policy."""

from importlib.resources import files

import streamlit as st
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from atlas import ROOT
from benchmarks.in_page.component import use
from server import headers
from server.files import data_file

use("in the page")
app = st.App(
    ROOT / "ui/shell.py",
    routes=[
        Mount("/leaflet", StaticFiles(directory=files("xstatic.pkg.leaflet") / "data")),
        Mount("/assets", StaticFiles(directory=ROOT / "assets")),
        Route("/data/{name:path}", data_file),
    ],
    middleware=[Middleware(headers.SecurityHeaders), Middleware(GZipMiddleware, minimum_size=1000, compresslevel=5)],
)
