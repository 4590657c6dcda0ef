"""The atlas with one address more: ``/held`` says how many sessions, connected or not, its process holds in memory."""

import gc

import streamlit as st
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from streamlit.runtime.app_session import AppSession

from app import PARTS
from atlas import ROOT


def held(_: Request) -> PlainTextResponse:
    """The number of sessions that nothing has freed."""
    gc.collect()
    return PlainTextResponse(str(sum(type(one) is AppSession for one in gc.get_objects())))


app = st.App(ROOT / "ui/shell.py", **PARTS | {"routes": [Route("/held", held), *PARTS["routes"]]})
