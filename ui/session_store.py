"""The session that a visitor prepares: generated from the filters until something is edited, then the visitor's own."""

from collections.abc import Callable
from typing import Any, TypeVar

import streamlit as st

from atlas.model import readymade
from atlas.model.atlas import Atlas, cached
from atlas.model.audience import released
from atlas.model.selection import Selection
from atlas.model.session import Session
from atlas.words.voice import two
from ui import state

KEY, WIDGETS = "session", "session-widgets"
FEW = 12  # scenes that keep no other visitor waiting while they are drawn
Made = TypeVar("Made")


def own() -> Session | None:
    """The session that the visitor has started or edited."""
    return st.session_state.get(KEY)


def current(atlas: Atlas) -> Session:
    """The visitor's own session, or the one that fits the filters."""
    return own() or _generated(atlas, state.selection())


@cached(20)
def _generated(atlas: Atlas, selection: Selection) -> Session:
    language = selection.lang or "en"
    spoken = two(language) if selection.labels == "bilingual" else language
    return readymade.own(released(atlas, "both"), selection, spoken)


def kept(most: int, make: Callable[..., Made], atlas: Atlas, *arguments: Any) -> Made:
    """What a function of an atlas makes of the visitor's own session; the last answers go with the visit.

    :param most: how many of this function.
    """
    memory: dict[Any, Made] = st.session_state.setdefault(f"kept-{make.__qualname__}", {})
    key = (atlas.fingerprint, *arguments)
    made = memory.pop(key) if key in memory else make(atlas, *arguments)
    memory[key] = made  # the last one stands last
    while len(memory) > most:
        del memory[next(iter(memory))]
    return made


def put(session: Session) -> None:
    """Keep an edited session; the widgets in which it is edited stay as they are."""
    st.session_state[KEY] = session


def restart(session: Session | None) -> None:
    """Take up another session, None for the one that fits the filters; widgets begin anew with what it holds."""
    st.session_state[KEY] = session
    st.session_state[WIDGETS] = _count() + 1


def _count() -> int:
    return st.session_state.get(WIDGETS, 0)


def key(atlas: Atlas, name: str) -> str:
    """The key of a widget, another one for each session that is taken up.

    The first edit of a generated session makes it the visitor's own without a new key: the widget that comes next keeps
    the focus.
    """
    if own() is None:
        st.session_state["session-generated"] = hash(state.selection().chosen) & 0xFFFFFF
    return f"{name}-{_count()}-{st.session_state.get('session-generated', 0)}"


def follow(atlas: Atlas, change: Callable[[Session, Any], Session], name: str) -> None:
    """What a widget holds goes into the session.

    :param change: takes the session and the value, and gives the changed session.
    """
    put(change(current(atlas), st.session_state[name]))
