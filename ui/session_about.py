"""What a session is: title, date, place, the two delegations, for whom and in which languages; and its decisions."""

from base64 import b64encode
from dataclasses import replace

import streamlit as st
from markupsafe import Markup

from atlas.model.atlas import Atlas
from atlas.model.logos import InvalidLogo, logo
from atlas.model.session import Decision, Delegation, Said, Session
from atlas.model.session_file import MOST_DECISIONS, MOST_MINUTES_OF_ALL
from atlas.words import vocabulary
from atlas.words.languages import LANGUAGE_NAMES
from atlas.words.translator import Translator
from atlas.words.voice import LANGUAGES, TWO
from ui import session_fields as fields
from ui import session_store as store

PICTURE = Markup("<img class=logo alt='{}' src='data:{};base64,{}'>")


def edit(atlas: Atlas, session: Session, translate: Translator) -> None:
    """Everything of a session but its scenes and decisions."""
    left, right = st.columns(2, gap="medium")
    with left:
        fields.said(atlas, "title", translate("Title"), lambda s: s.title, lambda s, v: replace(s, title=v))
        fields.day(atlas, "date", translate("Date"), session.date, lambda s, v: replace(s, date=v), translate)
        fields.said(atlas, "place", translate("Place"), lambda s: s.place, lambda s, v: replace(s, place=v))
        fields.minutes(
            atlas, "planned", translate("Planned length in minutes"), session.minutes, MOST_MINUTES_OF_ALL,
            lambda s, v: replace(s, minutes=v),
        )  # fmt: skip
        spoken = {one: " + ".join(LANGUAGE_NAMES[part] for part in one.split("-")) for one in (*TWO, *LANGUAGES)}
        fields.choice(
            atlas, "language", translate("Languages, the host's first"), spoken, session.language,
            lambda s, v: replace(s, language=v),
        )  # fmt: skip
        audiences = {"both": translate("both sides"), "own": translate("our own side")}
        fields.choice(
            atlas, "audience", translate("For whom"), audiences, session.audience, lambda s, v: replace(s, audience=v)
        )
    with right:
        _side(atlas, "vn", translate("Vietnamese delegation"), session.vn, translate)
        _side(atlas, "cn", translate("Chinese delegation"), session.cn, translate)


def _side(atlas: Atlas, side: str, label: str, shown: Delegation, translate: Translator) -> None:
    def changed(session: Session, **changes: object) -> Session:
        mine: Delegation = getattr(session, side)
        return replace(session, **{side: replace(mine, **changes)})  # type: ignore[arg-type]

    fields.said(
        atlas, "name", label, lambda s: getattr(s, side).name, lambda s, v: changed(s, name=v), where=f"-{side}"
    )
    with st.container(horizontal=True, vertical_alignment="center", key=f"logo-{side}"):
        if shown.logo:
            st.html(PICTURE.format(translate("Logo"), shown.logo.mime, b64encode(shown.logo.content).decode()))
            st.button(
                translate("Take the logo away"), key=f"logo-away-{side}", icon=":material/delete:",
                on_click=lambda: store.put(changed(store.current(atlas), logo=None)),
            )  # fmt: skip
        fields.upload_words(f"logo-{side}", "PNG, JPEG; 500 kB", translate)
        file = st.file_uploader(
            translate("Logo"), type=["png", "jpg", "jpeg"], key=store.key(atlas, f"logo-file-{side}"),
            max_upload_size=1,
        )  # fmt: skip
    if file is None or st.session_state.get(f"logo-taken-{side}") == file.file_id:
        return
    st.session_state[f"logo-taken-{side}"] = file.file_id
    try:
        taken = logo(file.getvalue(), translate)
    except InvalidLogo as invalid:
        st.session_state.pop(f"logo-taken-{side}")
        st.error(str(invalid))
        return
    store.put(changed(store.current(atlas), logo=taken))
    st.rerun()


def decisions(atlas: Atlas, session: Session, translate: Translator) -> None:
    """What is proposed and decided: what, who, by when, and where it stands."""
    states = vocabulary.decision_states(translate)
    for at, one in enumerate(session.decisions):
        with st.container(border=True, key=f"decision-{at}"):
            _decision(atlas, at, one, states, translate)
    if not session.decisions:
        st.text(translate("Nothing is written down yet."))
    st.button(
        translate("Add a proposal or decision"), key="decision-added", icon=":material/add:",
        on_click=lambda: _set(atlas, (*store.current(atlas).decisions, Decision(Said()))),
        disabled=len(session.decisions) >= MOST_DECISIONS,
    )  # fmt: skip


def _decision(atlas: Atlas, at: int, one: Decision, states: dict[str, str], translate: Translator) -> None:
    def changed(session: Session, **changes: object) -> Session:
        listed = session.decisions
        return replace(session, decisions=(*listed[:at], replace(listed[at], **changes), *listed[at + 1 :]))  # type: ignore[arg-type]

    where = f"-{at}"
    wide, narrow = st.columns([3, 2], gap="medium")
    with wide:
        fields.said(
            atlas, "what", translate("What"), lambda s: s.decisions[at].what, lambda s, v: changed(s, what=v), lines=2,
            where=where,
        )  # fmt: skip
    with narrow:
        fields.said(
            atlas, "who", translate("Who"), lambda s: s.decisions[at].who, lambda s, v: changed(s, who=v), where=where
        )
        fields.day(atlas, f"by{where}", translate("By when"), one.by, lambda s, v: changed(s, by=v), translate)
        fields.choice(atlas, f"state{where}", translate("State"), states, one.state, lambda s, v: changed(s, state=v))
        st.button(
            translate("Take away"), key=f"decision-away-{at}", icon=":material/delete:",
            on_click=lambda: _set(atlas, tuple(d for n, d in enumerate(store.current(atlas).decisions) if n != at)),
        )  # fmt: skip


def _set(atlas: Atlas, listed: tuple[Decision, ...]) -> None:
    store.restart(replace(store.current(atlas), decisions=listed))
