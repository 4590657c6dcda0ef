"""Fields for the texts of a session, one for each of its languages."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import streamlit as st

from atlas.model import session_file
from atlas.model.atlas import Atlas
from atlas.model.session import Said, Session
from atlas.records import dates
from atlas.words.languages import LANGUAGE_NAMES
from atlas.words.translator import Translator
from ui import session_store

DAYS = "2026, 2026-02, 2026-02-11"
Put = Callable[[Session, Any], Session]


def said(
    atlas: Atlas, name: str, label: str, get: Callable[[Session], Said], put: Put, hints: Sequence[str] = (),
    lines: int = 1, where: str = "",
) -> None:  # fmt: skip
    """A field for each language of the session.

    :param name: of the text, one of :data:`atlas.model.session_file.LONGEST`.
    :param get: the text of a session; put: takes the session and the whole text, and gives the changed session.
    :param hints: what stands in its place while nothing is typed, for each language.
    :param lines: how many the field shows.
    :param where: tells fields of one name apart.
    """
    session = session_store.current(atlas)
    languages = session.language.split("-")
    for number, language in enumerate(languages):
        spoken = f"{label} ({LANGUAGE_NAMES[language]})" if len(languages) > 1 else label

        def change(session: Session, value: str, language: str = language) -> Session:
            return put(session, replace(get(session), **{language: session_file.cleaned(value, name)}))

        hint = hints[number] if number < len(hints) else ""
        text(atlas, f"{name}{where}-{language}", spoken, getattr(get(session), language), change, name, hint, lines)


def text(
    atlas: Atlas, key: str, label: str, shown: str, put: Put, name: str, hint: str = "", lines: int = 1
) -> None:  # fmt: skip
    """A field for one text, see :func:`said`."""
    key = session_store.key(atlas, key)
    shared: dict[str, Any] = {
        "max_chars": session_file.LONGEST[name],
        "placeholder": hint.replace("\n", " ") or None,
        "key": key,
        "on_change": session_store.follow,
        "args": (atlas, put, key),
    }
    if lines == 1:
        st.text_input(label, shown, **shared)
    else:
        st.text_area(label, shown, height=24 * lines + 20, **shared)


def day(atlas: Atlas, key: str, label: str, shown: str, put: Put, translate: Translator) -> None:
    """A field for a partial date; what is none is answered by a sentence, and the session stays."""
    key = session_store.key(atlas, key)

    def change(session: Session, value: str) -> Session:
        read = dates.typed(value) if value.strip() else ""
        return session if read is None else put(session, read)

    said = st.text_input(
        label, shown, placeholder=DAYS, max_chars=40, key=key, on_change=session_store.follow,
        args=(atlas, change, key),
    )  # fmt: skip
    if said.strip() and dates.typed(said) is None:
        st.warning(translate("This is no date. Write a year, a month or a day: {form}.", form=DAYS))


def choice(
    atlas: Atlas, key: str, label: str, options: dict[str, str], shown: str, put: Put
) -> None:  # fmt: skip
    """A row of buttons, one of which is chosen."""
    key = session_store.key(atlas, key)
    st.segmented_control(
        label, list(options), format_func=options.__getitem__, default=shown, required=True, key=key,
        on_change=session_store.follow, args=(atlas, put, key),
    )  # fmt: skip


def minutes(atlas: Atlas, key: str, label: str, shown: int | None, most: int, put: Put) -> None:
    """A field for a number of minutes, which may be empty; Streamlit would say in English which numbers it takes."""
    key = session_store.key(atlas, key)

    def change() -> None:
        if (typed := st.session_state[key]) is not None:
            st.session_state[key] = min(max(typed, 0), most)
        session_store.follow(atlas, put, key)

    st.number_input(label, value=shown, step=1, key=key, on_change=change)


def upload_words(key: str, taken: str, translate: Translator) -> None:
    """Words for the upload widget in a container; its own are English, and the style sheet puts these in their place.

    :param taken: what may be uploaded.
    """
    words = {
        "upload": translate("Choose a file"),
        "upload-limit": taken,
        "upload-refused": translate("The file was not taken. Expected: {what}.", what=taken),
    }
    said = "".join(f" --{name}: '{text}';" for name, text in words.items())
    st.html(f"<style>.st-key-{key} {{{said} }}</style>")
