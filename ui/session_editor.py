"""Prepare a session: start from a ready-made one or a file, edit it on the page, keep, save and present it."""

import json
from base64 import b64encode
from collections.abc import Callable
from dataclasses import replace

import streamlit as st
from markupsafe import Markup

from atlas import ROOT
from atlas.model import readymade, session_file
from atlas.model.atlas import Atlas
from atlas.model.audience import released
from atlas.model.session import Session
from atlas.model.session_file import InvalidSession
from atlas.words.translator import Translator
from atlas.words.voice import two
from ui import downloads, presentation, session_about, session_scenes, state, views
from ui import session_fields as fields
from ui import session_store as store

KEPT = (ROOT / "assets/kept.js").read_text("utf-8")
BEFORE = "session-before"  # the one that was replaced, which a click brings back
SAID = "session-said"  # why the last thing that was asked for was not done
current = store.current


def keep(atlas: Atlas, translate: Translator) -> None:
    """Have the browser keep the visitor's own session, which the server loses with a reload, and take it up again.

    What the browser gives back is checked like a file that is uploaded. Logos are sent apart, so that an edit does not
    send them again.
    """
    own = store.own()
    known = "own" if own else "usual" if store.KEY in st.session_state else "unknown"
    with st.container(key="kept"):
        plain = replace(own, vn=replace(own.vn, logo=None), cn=replace(own.cn, logo=None)) if own else None
        content = json.dumps(json.loads(session_file.write(plain)), ensure_ascii=False) if plain else ""
        st.html(Markup("<div class=atlas-kept data-state={} data-session='{}'></div>").format(known, content))
        for side, shown in (("vn", own.vn.logo), ("cn", own.cn.logo)) if own else ():
            if shown:
                logo = Markup("<div class=atlas-kept-logo data-side={} data-logo='{}'></div>")
                st.html(logo.format(side, b64encode(shown.content).decode()))
        st.html(f"<script>{KEPT}</script>", unsafe_allow_javascript=True)
        st.text_area(
            translate("Kept session"), key="kept-session", max_chars=session_file.LARGEST_FILE, on_change=_take_up,
            args=(atlas, translate),
        )  # fmt: skip
    if problems := st.session_state.pop("kept-problems", None):
        st.warning(translate("The session kept in this browser is of no use any more:"))
        st.text("\n".join(problems))


def _take_up(atlas: Atlas, translate: Translator) -> None:
    content = st.session_state["kept-session"].encode("utf-8", "surrogatepass")
    if not content or store.own():
        return
    try:
        store.restart(session_file.read(content, atlas, translate))
    except InvalidSession as invalid:
        store.restart(None)
        st.session_state["kept-problems"] = invalid.problems


def edit(atlas: Atlas, translate: Translator) -> None:
    """The whole page of a session that is prepared."""
    session = current(atlas)
    if store.own() is None:
        st.caption(
            translate(
                "These scenes follow the filters until you edit them. Start a ready-made session, or change this one."
            )
        )
        _start(atlas, translate)
    else:
        with st.expander(translate("Start another session")):
            _start(atlas, translate)
    with st.container(key="session-actions", horizontal=True, vertical_alignment="center"):
        st.button(
            translate("Present"), type="primary", icon=":material/slideshow:", key="session-present",
            on_click=presentation.start, args=(1,),
        )  # fmt: skip
        st.download_button(
            translate("Save the session"), session_file.write(session), "session.json", "application/json",
            on_click="ignore", icon=":material/save:", key="session-save",
        )  # fmt: skip
        downloads.documents(atlas, session.selection, translate, session)
        if before := st.session_state.get(BEFORE):
            st.button(
                translate("Back to the session before"), icon=":material/undo:", key="session-back", on_click=_begin,
                args=(before,),
            )  # fmt: skip
    parts = {
        "scenes": translate("Scenes"),
        "about": translate("Title, delegations, languages"),
        "decisions": translate("Proposals and decisions"),
    }
    part = views.choose(parts, translate("Parts of the session"))
    edits: dict[str, Callable[[Atlas, Session, Translator], None]] = {
        "scenes": session_scenes.edit,
        "about": session_about.edit,
        "decisions": session_about.decisions,
    }
    with st.container(key="session"):
        edits[part](atlas, session, translate)


def _start(atlas: Atlas, translate: Translator) -> None:
    chosen = state.selection()
    members = (*chosen.province, *chosen.region)
    names = translate.join(atlas.places.name(atlas.places.by_slug[slug], translate.language) for slug in members)
    whom = names or translate("the whole border")
    cards = {
        "education": (
            translate("Education and training"),
            translate("Results, scholarships and their parts, the course and its route, agreements, the series"),
            whom,
        ),
        "twinning": (
            translate("Twinned communities"),
            translate("Clusters on the map and along the border, what papers promise, who signs again"),
            whom,
        ),
        "committee": (
            translate("Joint working committee"),
            translate("Members side by side, what the last session agreed, proposals, next dates"),
            translate("all members") if len(members) < 2 else names,
        ),
    }
    card = Markup("<p>{}</p><p><b>{}</b></p>")  # below what starts it
    with st.container(key="session-cards", horizontal=True):
        for kind, (title, shown, whose) in cards.items():
            with st.container(border=True, key=f"session-card-{kind}"):
                st.button(
                    title, key=f"start-{kind}", on_click=_readymade, args=(atlas, kind), icon=":material/play_arrow:",
                    width="stretch",
                )  # fmt: skip
                st.html(card.format(shown, whose))
        with st.container(border=True, key="session-card-own"):
            each = {
                None: translate("Scenes of the selection"),
                "level": translate("One scene a level"),
                "pair": translate("One scene a twinning"),
            }
            for how, label in each.items():
                st.button(
                    label, key=f"start-own-{how}", on_click=_own, args=(atlas, translate, how), width="stretch",
                    icon=":material/play_arrow:",
                )  # fmt: skip
            st.html(card.format(translate("Whatever the filters above leave"), whom))
        with st.container(border=True, key="load-session"):
            _load(atlas, translate)
    if said := st.session_state.pop(SAID, None):
        st.warning(said)


def _readymade(atlas: Atlas, kind: str) -> None:
    chosen = state.selection()
    made = getattr(readymade, kind)(
        released(atlas, "both"), (*chosen.province, *chosen.region), two(chosen.lang or "en"), chosen.asof
    )
    _begin(made)


def _own(atlas: Atlas, translate: Translator, each: str | None) -> None:
    if each is None:
        return _begin(None)
    chosen = state.selection()
    made = readymade.own(released(atlas, "both"), chosen, current(atlas).language, each)  # type: ignore[arg-type]
    if len(made.scenes) > session_file.MOST_SCENES:
        said = translate(
            "This would be {n} scenes; a session has at most {most}. Choose fewer with the filters.",
            n=len(made.scenes),
            most=session_file.MOST_SCENES,
        )
        st.session_state[SAID] = said
        return None
    return _begin(made)


def _begin(session: Session | None) -> None:
    before = store.own()
    store.restart(session)
    st.session_state[BEFORE] = before
    state.go(list=(), view=())


def _load(atlas: Atlas, translate: Translator) -> None:
    fields.upload_words("load-session", translate("a session saved by the atlas"), translate)
    file = st.file_uploader(translate("Open a saved session"), type="json", key="session-file", max_upload_size=5)
    if file is None or st.session_state.get("loaded") == file.file_id:
        return
    st.session_state["loaded"] = file.file_id
    try:
        loaded = session_file.read(file.getvalue(), atlas, translate)
    except InvalidSession as invalid:
        st.session_state.pop("loaded")
        st.error(translate("The session was not opened; the one on the page stays:"))
        st.text("\n".join(invalid.problems))
        return
    _begin(loaded)
    st.rerun()
