"""The page on which an office takes its records as a workbook, has a filled one checked, and hands it in."""

from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import Any

import streamlit as st

from atlas.exports.contributions import workbook
from atlas.exports.contributions.annotated import annotated
from atlas.exports.contributions.asked import Checked
from atlas.exports.contributions.check import check
from atlas.exports.contributions.prefilled import prefilled
from atlas.exports.formats import file_name
from atlas.exports.media import MEDIA
from atlas.model.atlas import Atlas
from atlas.model.selection import Selection
from atlas.words.translator import Translator
from server import inbox, uploads
from server.worker import apart
from ui import checked_view, contribute_choice, frame, hand_in_view, state, views
from ui import session_fields as fields
from ui.contribute_choice import Whose

CHECKED = "contribution-checked"  # what was found in the file, in this visit alone
MOST = uploads.LARGEST // 2**20  # MB


def show(atlas: Atlas, selection: Selection, translate: Translator) -> None:
    """The three steps; where there is an inbox, also what is still true and what became of hand-ins."""
    whose, wrong = contribute_choice.asked(atlas, selection)
    frame.head("contribute", translate, state.of_day())
    kept = hand_in_view.box(translate)
    part = views.choose(_parts(kept, translate), translate("Ways to contribute")) if kept else "workbook"
    hand_in_view.said()
    if kept and part == "own":
        hand_in_view.own(kept, atlas, translate)
        return
    contribute_choice.show(atlas, selection, whose, wrong, translate)
    if kept and part == "true":
        hand_in_view.confirm(kept, atlas, whose, translate)
        return
    _take(atlas, whose, translate)
    file, checked = _check(atlas, translate)
    st.subheader(translate("3. Hand it in"), anchor=False)
    if kept:
        hand_in_view.offer(kept, checked, file.file_id if file else "", translate)
    else:
        _send(translate)


def _parts(kept: inbox.Inbox, translate: Translator) -> dict[str, str]:
    by = hand_in_view.who()
    number = len(kept.of(by)) if by else 0
    parts = {"workbook": translate("Workbook"), "true": translate("Still true")}
    return parts | ({"own": translate("{name} ({n})", name=translate("My hand-ins"), n=number)} if by else {})


def _take(atlas: Atlas, whose: Whose, translate: Translator) -> None:
    """The workbook with the chosen records, and the blank one."""
    st.subheader(translate("1. Take the workbook"), anchor=False)
    st.text(contribute_choice.counted(atlas, whose, translate))
    with st.container(key="workbooks", horizontal=True, vertical_alignment="center"):
        st.download_button(
            translate("Workbook with these records"),
            state.apart(prefilled, atlas, translate, whose.selection, whose.units, whose.series),
            file_name(atlas, whose.selection, translate.language, "xlsx", "-".join(("contribution", *whose.units))),
            MEDIA["xlsx"],
            key="prefilled",
            on_click="ignore",
            icon=":material/download:",
            type="primary",
        )
        st.download_button(
            translate("Blank workbook"),
            state.apart(workbook.template, atlas, translate),
            f"border-cooperation-atlas-{translate.language}.xlsx",
            MEDIA["xlsx"],
            key="template",
            on_click="ignore",
            icon=":material/download:",
        )
    st.caption(
        translate(
            "Correct what has changed and add rows for what is new; cells that you leave as they are ask for nothing. The first sheets say what is wanted most and how to fill in the others."
        )
    )
    with st.expander(translate("How to fill it in")):
        st.markdown("\n".join(f"- {line}" for line in workbook.guide(translate)))


def _check(atlas: Atlas, translate: Translator) -> tuple[Any, Checked | None]:
    """The file that was dropped, and what was found in it; the server keeps neither."""
    st.subheader(translate("2. Check it"), anchor=False)
    with st.container(key="filled-workbook"):
        fields.upload_words("filled-workbook", translate("the filled workbook; {n} MB", n=MOST), translate)
        file = st.file_uploader(translate("Drop the filled workbook here"), key="filled-file", max_upload_size=MOST)
    if file is None:
        st.session_state.pop(CHECKED, None)
        st.caption(translate("The file is checked here and not kept. Every problem is shown at its cell."))
        return None, None
    checked = _found(atlas, file, translate)
    if checked:
        _result(atlas, checked, file, translate)
    return file, checked


def _found(atlas: Atlas, file: Any, translate: Translator) -> Checked | None:
    """What is found in a file with the readings confirmed so far; looked at once."""
    kept = st.session_state.get(CHECKED)
    confirmed = kept["confirmed"] if kept and kept["file"] == file.file_id else frozenset()
    asked = {"file": file.file_id, "atlas": atlas.fingerprint, "confirmed": confirmed}
    if kept and {name: kept[name] for name in asked} == asked:
        return kept["checked"]
    try:
        with st.spinner(translate("The workbook is being checked…")):
            checked = apart(check, file.getvalue(), file.name, confirmed=confirmed, **_beside())
    except (TimeoutError, MemoryError, BrokenProcessPool):
        st.error(translate("The file takes too long or is too large to be checked. Split it, and hand it in in parts."))
        return None
    st.session_state[CHECKED] = asked | {"checked": checked}
    return checked


def _beside() -> dict[str, Path]:
    """Where the records are that a file is judged with: those that a hand-in will change, where there is a clone of them."""
    folder = inbox.records_folder()
    return {"seeds": folder / "seeds"} if folder else {}


def _result(atlas: Atlas, checked: Checked, file: Any, translate: Translator) -> None:
    """All findings, the copy with remarks, and what is asked for."""
    said = checked_view.counted(checked, translate)
    wrong = any(one.kind == "error" for one in checked.findings)
    if checked.ready:
        st.success(said)
    elif wrong:
        st.error(said)
    else:
        st.info(said)
    if checked.findings:
        st.download_button(
            translate("Copy with remarks at the cells"),
            state.apart(annotated, file.getvalue(), checked.findings, translate),
            f"{file.name.rpartition('.')[0] or file.name}-{translate.language}.xlsx",
            MEDIA["xlsx"],
            key="annotated",
            on_click="ignore",
            icon=":material/download:",
        )
    checked_view.errors(atlas, checked, translate)
    kept = st.session_state[CHECKED]
    confirmed = checked_view.confirm(checked, kept["confirmed"], translate)
    if confirmed is not None:
        st.session_state[CHECKED] = kept | {"confirmed": frozenset(confirmed), "checked": None, "atlas": None}
        st.rerun()
    checked_view.others(atlas, checked, translate)
    checked_view.asked(atlas, checked, translate)
    if checked.sheets:
        checked_view.sheets(checked, translate)


def _send(translate: Translator) -> None:
    """What to do with a checked file where nothing can be handed in."""
    st.markdown(
        translate(
            "Send the checked workbook to the keepers of the atlas. They compare every row with its source before it enters the tables; the data version then changes."
        )
    )
    with st.expander(translate("On the command line")):
        st.code("python -m atlas contribute check FILE.xlsx --out FOLDER", language=None)
