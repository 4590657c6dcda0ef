"""The meeting view: a session on the whole screen. All its scenes are sent at once, so that turning them asks no server."""

from typing import Any

import streamlit as st
from markupsafe import Markup

from atlas.exports.scenes import stage
from atlas.model.atlas import Atlas, cached
from atlas.model.session import Scene, Session
from atlas.words.translator import Translator
from server.worker import apart
from ui import links, state
from ui import session_store as store

VIEWS = {
    "map": None,
    "unrolled": "border",
}  # kinds of scenes -> the part of the first page that shows them to move about in


def start(number: int) -> None:
    """Open a scene by its number, counted from 1."""
    state.go(scene=[str(number)])


def show(atlas: Atlas, session: Session, translate: Translator) -> None:
    """The stage; which scene it shows stands in the address, and its script follows that by itself."""
    maps = tuple(_map(session, scene, translate.language) for scene in session.scenes)
    if store.own() is None:
        drawn = _usual(atlas, session, translate.language, maps)
    elif len(session.scenes) <= store.FEW:
        drawn = store.kept(1, stage.drawn, atlas, session, translate.language, maps)
    else:
        drawn = store.kept(1, _apart, atlas, session, translate.language, maps)
    st.html(Markup("<div>{}</div>").format(drawn), unsafe_allow_javascript=True)  # a script by itself is hidden


_usual = cached(4)(stage.drawn)  # of sessions that follow the filters, which all visitors share


def _apart(*asked: Any) -> Markup:
    return apart(stage.drawn, *asked)


def _map(session: Session, scene: Scene, language: str) -> str | None:
    """The address of the map that can be moved, for a scene that has one."""
    if scene.kind not in VIEWS:
        return None
    return links.to(links.FIRST, session.selected(scene), view=VIEWS[scene.kind], lang=language)
