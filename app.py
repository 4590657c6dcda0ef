"""Starts the server: the Streamlit application with its own routes for files and for other programs."""

import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from threading import Thread
from typing import Any

import streamlit as st
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import RedirectResponse
from starlette.routing import Route

from atlas import ROOT
from atlas.maps import scripts
from atlas.model import addresses, store
from atlas.model import changes as changed
from atlas.model.atlas import Atlas
from atlas.words.search import prepare
from server import (
    api,
    basemap,
    calendar,
    changes,
    frames,
    front,
    gate,
    headers,
    leaving,
    limits,
    linked,
    messages,
    opening,
    patience,
    reconcile,
    search,
    source,
    static,
    uploads,
)
from server.coding import Codings
from server.files import asset_file, data_file, map_file, page_file


def failed(error: Exception) -> bool:
    """Log what went wrong in a page and tell the visitor its number, in the language of the page."""
    visit = st.session_state.get("visit")
    st.error(headers.failure(error, visit.selection.lang if visit else "en"))
    return True


def first_page(request: Request) -> RedirectResponse:
    """The first page opens at the root address; whoever has it under its name is led there."""
    return RedirectResponse(f"./?{request.url.query}")


def _shown() -> Atlas:
    return source.source().published.atlas


def _head(request: Request) -> str:
    """What the page of a record says to programs; nothing while the data is damaged."""
    with suppress(store.DamagedData):
        return linked.in_page(_shown(), request)
    return ""


def _prepare(atlas: Atlas) -> None:
    prepare(atlas)
    if released := changed.versions(atlas):
        changed.since(atlas, changed.usual(released))


@asynccontextmanager
async def ready(_: st.App) -> AsyncIterator[None]:
    """Read the data before the first visitor comes; where it is damaged, the pages say so."""
    with suppress(store.DamagedData):
        # the first who searches shall not wait for the index, nor who asks what changed for the releases, nor anybody else
        Thread(target=_prepare, args=(_shown(),), daemon=True).start()
    yield


# of records, and with a file of their own
PAGES = {*addresses.TABLES, *(file.stem for file in (ROOT / "pages").glob("*.py"))}
PARTS: dict[str, Any] = {
    "routes": [
        *changes.routes(_shown),
        *api.routes(_shown),
        *search.routes(_shown),
        *calendar.routes(_shown),
        *linked.routes(_shown),
        *front.routes(_shown),
        *reconcile.routes(_shown),
        *(Route(f"/assets/{name}", map_file) for name in scripts.NAMES),
        *(Route(f"/assets/{name}", page_file) for name in ("page.css", "page.js")),
        Route("/assets/{name:path}", asset_file),
        Route("/data/{name:path}", data_file),
        Route("/twinning_map", first_page),
        Route(f"/{basemap.ADDRESS}", basemap.basemap_file),
    ],
    "middleware": [
        Middleware(
            gate.Gate,
            names=st.get_option("server.allowedHosts"),
            address=st.get_option("server.address"),
            others=st.get_option("server.corsAllowedOrigins"),
            everybody=not st.get_option("server.enableCORS"),
        ),
        Middleware(headers.SecurityHeaders),
        Middleware(limits.Limits),
        Middleware(leaving.Leaving, patience=st.get_option("server.disconnectedSessionTTL")),
        Middleware(messages.BoundedMessages),
        Middleware(uploads.BoundedUploads),
        Middleware(Codings, plain={f"/{basemap.ADDRESS}"}),
        Middleware(static.PackedFiles),
        Middleware(GZipMiddleware, minimum_size=1000, compresslevel=5),
        Middleware(frames.GuardedFrames),
        Middleware(opening.OpeningPage, pages=PAGES, head=_head),
    ],
    "exception_handlers": {Exception: headers.broken},
    "lifespan": ready,
    "on_script_error": failed,
}

try:
    basemap.chosen()
except basemap.BadBasemap as wrong:
    sys.exit(str(wrong))  # told to whoever starts the server, not to visitors

patience.end_silent_connections()
app = st.App(ROOT / "ui/shell.py", **PARTS)
