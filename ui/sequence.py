"""The sequence of scenes while it is prepared: from the selection, picked, ordered, captioned, saved and loaded."""

from dataclasses import replace
from typing import Literal

import streamlit as st
from markupsafe import Markup

from atlas import ROOT
from atlas.exports.about import described
from atlas.model import scenes
from atlas.model.atlas import Atlas
from atlas.model.scenes import InvalidScenes, Scene
from atlas.model.selection import Selection
from atlas.words import naming
from atlas.words.translator import Translator
from ui import downloads, presentation, state

KEY = "sequence"
KEPT = (ROOT / "assets/kept.js").read_text("utf-8")


def current(atlas: Atlas) -> tuple[Scene, ...]:
    """The visitor's own sequence, or the usual one of the selection."""
    return st.session_state.get(KEY) or scenes.sequence(atlas, state.selection())


def keep(atlas: Atlas, translate: Translator) -> None:
    """Have the browser keep the visitor's own sequence, which a session loses with a reload, and take it up again.

    What the browser gives back is checked like a file that is uploaded.
    """
    own = st.session_state.get(KEY)
    content = scenes.write(own).decode() if own else ""
    known = (
        "own"
        if own and len(content.encode()) <= scenes.LARGEST_FILE
        else "usual"
        if KEY in st.session_state
        else "unknown"
    )
    with st.container(key="kept"):
        kept = Markup("<div class='atlas-kept' data-state='{}' data-sequence='{}'></div>")
        st.html(kept.format(known, content))
        st.html(f"<script>{KEPT}</script>", unsafe_allow_javascript=True)
        st.text_area(
            translate("Kept sequence"),
            key="kept-sequence",
            max_chars=scenes.LARGEST_FILE,
            on_change=_take_up,
            args=(atlas, translate),
        )
    if problems := st.session_state.pop("kept-problems", None):
        st.warning(translate("The sequence kept in this browser is of no use any more:"))
        st.text("\n".join(problems))


def _take_up(atlas: Atlas, translate: Translator) -> None:
    content = st.session_state["kept-sequence"].encode("utf-8", "surrogatepass")
    if not content or st.session_state.get(KEY):
        return
    try:
        st.session_state[KEY] = scenes.read(content, atlas, translate)
    except InvalidScenes as invalid:
        st.session_state[KEY], st.session_state["kept-problems"] = None, invalid.problems


def edit(atlas: Atlas, selection: Selection, translate: Translator, names: dict[str, str]) -> None:
    """The list of scenes with what can be done to it."""
    listed = current(atlas)
    st.caption(
        translate(
            "Scenes are made from the current selection. Pick, order and caption them; "
            "in the meeting, the arrow and page keys or a presenter's remote turn the scenes."
        )
    )
    with st.container(key="sequence-actions", horizontal=True):
        st.button(
            translate("Start"), type="primary", icon=":material/slideshow:", on_click=presentation.start, args=(1,)
        )
        each: dict[Literal["level", "pair"], str] = {
            "level": translate("One scene a level"),
            "pair": translate("One scene a twinning"),
        }
        for choice, label in each.items():
            made = scenes.sequence(atlas, selection, choice)
            st.button(label, on_click=_set, args=(made,), icon=":material/playlist_add:")
        st.button(translate("Scenes of the selection"), on_click=_set, args=(None,), icon=":material/restart_alt:")
        st.download_button(
            translate("Save the sequence"),
            scenes.write(listed),
            "scenes.json",
            "application/json",
            on_click="ignore",
            icon=":material/save:",
        )
        downloads.documents(atlas, selection, translate)
    _load(atlas, translate)
    for number, scene in enumerate(listed):
        _row(atlas, listed, number, scene, translate, names)


def _row(
    atlas: Atlas, listed: tuple[Scene, ...], number: int, scene: Scene, translate: Translator, names: dict[str, str]
) -> None:
    with st.container(border=True, horizontal=True, vertical_alignment="bottom", key=f"scene-row-{number}"):
        what = names[scene.kind] if scene.kind != "pair" else _pair_title(atlas, scene, translate)
        st.text(f"{number + 1}. {scene.title or what}\n{described(atlas, scene.selection, translate)}", width=360)
        caption = st.text_input(
            translate("Caption"), scene.caption, key=f"caption-{number}-{hash(listed) & 0xFFFFFF}", width="stretch"
        )
        if caption != scene.caption:
            _set(_with(listed, number, replace(scene, caption=caption[: scenes.LONGEST["caption"]])))
            st.rerun()
        actions = (
            ("up", ":material/arrow_upward:", translate("Move up"), _moved(listed, number, -1), number == 0),
            (
                "down",
                ":material/arrow_downward:",
                translate("Move down"),
                _moved(listed, number, 1),
                number + 1 == len(listed),
            ),
            (
                "drop",
                ":material/delete:",
                translate("Leave out"),
                listed[:number] + listed[number + 1 :],
                len(listed) == 1,
            ),
        )
        for key, icon, label, result, disabled in actions:
            st.button(label, icon=icon, key=f"{key}-{number}", on_click=_set, args=(result,), disabled=disabled)


def _pair_title(atlas: Atlas, scene: Scene, translate: Translator) -> str:
    return naming.title(atlas, atlas.twinnings.loc[scene.selection.pair].to_dict(), translate.language)


def _load(atlas: Atlas, translate: Translator) -> None:
    # the widget's own words are English; the style sheet puts these in their place
    words = {"--upload": translate("Choose a file"), "--upload-limit": translate("a sequence saved by the atlas, JSON")}
    style = "".join(f"{name}: '{text}';" for name, text in words.items())
    st.html(f"<style>.st-key-load-sequence {{ {style} }}</style>")
    with st.container(key="load-sequence"):
        file = st.file_uploader(translate("Load a saved sequence"), type="json", key="sequence-file", max_upload_size=1)
    if file is None or st.session_state.get("loaded") == file.file_id:
        return
    st.session_state["loaded"] = file.file_id
    try:
        st.session_state[KEY] = scenes.read(file.getvalue(), atlas, translate)
    except InvalidScenes as invalid:
        st.session_state.pop("loaded")
        st.error(translate("The sequence was not loaded:"))
        st.text("\n".join(invalid.problems))
        return
    st.rerun()


def _set(listed: tuple[Scene, ...] | None) -> None:
    st.session_state[KEY] = listed


def _with(listed: tuple[Scene, ...], number: int, scene: Scene) -> tuple[Scene, ...]:
    return (*listed[:number], scene, *listed[number + 1 :])


def _moved(listed: tuple[Scene, ...], number: int, step: int) -> tuple[Scene, ...]:
    rest = list(listed)
    rest.insert(number + step, rest.pop(number))
    return tuple(rest)
