"""Entering the accepted rows of a hand-in into the records, where the server has a clone of them."""

from concurrent.futures.process import BrokenProcessPool

import streamlit as st
from markupsafe import Markup

from atlas import AtlasError
from atlas.records import InvalidRecords, Problem
from atlas.words.translator import Translator
from server import inbox
from server.inbox.applying import Applied, apply
from server.worker import apart
from ui import record_list
from ui.hand_in_view import SAID, told

MOST = 100  # problems that are listed


def show(box: inbox.Inbox, kept: inbox.Kept, keeper: str, translate: Translator) -> None:
    """A button that makes the accepted rows a change of the records; how it is done elsewhere where there is no clone."""
    if not kept.counted[inbox.ACCEPTED]:
        return
    folder = inbox.records_folder()
    if folder is None:
        st.caption(translate("Accepted rows enter the records when whoever keeps them runs this command there:"))
        st.code("python -m atlas inbox apply", language=None)
        return
    if not st.button(translate("Enter accepted rows"), key="enter-accepted", type="primary"):
        return
    try:
        with st.spinner(translate("The records are being checked and built. This takes up to a minute…")):
            applied = apart(apply, box, kept.hand_in.id, keeper, folder, inbox.store())
    except InvalidRecords as invalid:
        st.error(translate("Nothing was entered: the records would be wrong. Ask back or refuse these rows, or correct them with their author."))  # fmt: skip
        _problems(invalid.problems, translate)
    except inbox.InboxRefused as refused:
        st.error(told(refused, translate))
    except AtlasError as failed:  # such as another command that is writing the records
        st.error(translate("Nothing was entered: {reason}", reason=str(failed)))
    except (TimeoutError, MemoryError, BrokenProcessPool):
        st.error(translate("The server has stopped this: it took too long or too much memory. Nothing is lost; try again."))  # fmt: skip
    else:
        st.session_state[SAID] = not applied.unpublished, _done(applied, translate)
        st.rerun()


def _done(applied: Applied, translate: Translator) -> str:
    if applied.commit is None:
        return translate("There was nothing left to enter.")
    said = translate.plural(
        "{n} row is entered, as commit {commit}.", "{n} rows are entered, as commit {commit}.", len(applied.entries),
        commit=applied.commit[:12],
    )  # fmt: skip
    if applied.unpublished:
        why = translate("The shared store has not taken the new version yet: {reason}", reason=applied.unpublished)
        return f"{said} {why}"
    if applied.published is None:
        return f"{said} {translate('A server without a shared store shows them when it is started again.')}"
    return said


def _problems(problems: list[Problem], translate: Translator) -> None:
    shown = problems[:MOST]
    record_list.plain(
        {
            translate("Where"): [
                Markup("{} {}").format(one.file, translate("line {n}", n=one.row) if one.row else "") for one in shown
            ],
            translate("Column"): [one.column or "" for one in shown],
            translate("What is written"): [one.value or "" for one in shown],
            translate("What was found"): [translate.said(one.message) for one in shown],
        },
        translate("What was found"),
    )
