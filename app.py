"""Starts the server: the Streamlit application with its own routes for what browsers fetch as files."""

from importlib.resources import files

import streamlit as st
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import JSONResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from atlas import DATA, ROOT


class CachedFiles(StaticFiles):
    """Files whose address carries their version, so that a browser need not ask again."""

    def file_response(self, *args, **kwargs):
        response = super().file_response(*args, **kwargs)
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return response


async def health(request):
    """Says that the server answers."""
    return JSONResponse({"status": "ok"})


app = st.App(
    "ui/shell.py",
    routes=[
        Route("/healthz", health),
        Mount("/leaflet", StaticFiles(directory=files("xstatic.pkg.leaflet") / "data")),
        Mount("/assets", StaticFiles(directory=ROOT / "assets")),
        Mount("/data", CachedFiles(directory=DATA, check_dir=False)),
    ],
    middleware=[Middleware(GZipMiddleware, minimum_size=1000)],
)
