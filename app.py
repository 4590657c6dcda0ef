"""Starts the server: the Streamlit application with its own routes for files and for other programs."""

from importlib.resources import files

import streamlit as st
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from atlas import ROOT, api, security, serving


def failed(error: Exception) -> bool:
    """Log what went wrong in a page and tell the visitor its number, in the language of the page."""
    st.error(security.failure(error, st.session_state.get("lang") or "en"))
    return True


app = st.App(
    ROOT / "ui/shell.py",
    routes=[
        *api.routes(lambda: serving.source().published.atlas),
        Mount("/leaflet", StaticFiles(directory=files("xstatic.pkg.leaflet") / "data")),
        Mount("/assets", StaticFiles(directory=ROOT / "assets")),
        Route("/data/{name:path}", serving.data_file),
    ],
    middleware=[Middleware(security.SecurityHeaders), Middleware(GZipMiddleware, minimum_size=1000, compresslevel=5)],
    on_script_error=failed,
)
