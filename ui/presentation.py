"""The meeting view: a session on the whole screen. All its scenes are sent at once, so that turning them asks no server."""

import streamlit as st
from markupsafe import Markup

from atlas.exports.scenes import stage
from atlas.model.atlas import Atlas, cached
from atlas.model.audience import released
from atlas.model.session import Scene, Session
from atlas.words.translator import Translator
from ui import links, state

VIEWS = {
    "map": None,
    "unrolled": "border",
}  # kinds of scenes -> the part of the first page that shows them to move about in


def start(number: int) -> None:
    """Open a scene by its number, counted from 1."""
    state.go(scene=[str(number)])


def show(atlas: Atlas, session: Session, translate: Translator) -> None:
    """The stage; which scene it shows stands in the address, and its script follows that by itself."""
    st.html(_made(atlas, session, translate.language), unsafe_allow_javascript=True)


@cached(4)
def _made(atlas: Atlas, session: Session, language: str) -> Markup:
    translate = Translator(language)
    known = released(atlas, session.audience)

    def live(scene: Scene) -> str | None:
        if scene.kind not in VIEWS:
            return None
        return links.to(links.FIRST, session.selected(scene), view=VIEWS[scene.kind], lang=language)

    content = stage.content(known, session, stage.boards(known, session), translate, live)
    return Markup("<div>{}</div>").format(stage.script(content))  # which the page shows; a script by itself it hides
