"""Handing in: a checked file, records that are still true, and what became of the hand-ins of one log-in."""

from collections import Counter
from collections.abc import Sequence

import streamlit as st
from markupsafe import Markup

from atlas.cards.linked import Linked
from atlas.exports.contributions.asked import CONFIRMED, Asked, Checked
from atlas.exports.contributions.chosen import Cells, chosen
from atlas.model.atlas import Atlas
from atlas.records.dates import today
from atlas.words import vocabulary
from atlas.words.translator import IN_LISTS, Translator
from server import inbox
from ui import asked_list, links, record_list, ticks, views
from ui.contribute_choice import Whose

STILL_TRUE = "still-true"
LAST_CONFIRMED = "last_confirmed"
HANDED = "handed-in"  # the files of this visit that were handed in, so that none is twice
SAID = "hand-in-said"  # what became of the last click, and whether it was done
MOST_OWN = 30  # hand-ins that are listed


def box(translate: Translator) -> inbox.Inbox | None:
    """The inbox; None where nothing can be handed in, also where it cannot be used, which is said."""
    try:
        return inbox.configured()
    except inbox.InboxRefused as refused:
        st.warning(told(refused, translate))
        return None


def told(refused: inbox.InboxRefused, translate: Translator) -> str:
    """Why the inbox did not do what was asked, and what to do."""
    return f"{translate.said(refused.reason)} {translate.said(refused.remedy or '')}".strip()


def who() -> str | None:
    """The name under which the visitor has logged in."""
    return inbox.asking(st.context.headers)


def states(translate: Translator) -> dict[str, str]:
    """What may have become of an entry, in words."""
    return {
        inbox.WAITING: translate("waiting"),
        inbox.ACCEPTED: translate("accepted"),
        inbox.ASKED_BACK: translate("asked back"),
        inbox.REFUSED: translate("refused"),
        inbox.ENTERED: translate("entered"),
        inbox.WITHDRAWN: translate("withdrawn"),
    }


def counted(kept: inbox.Kept, translate: Translator) -> str:
    """How many entries are in each state, in one line."""
    names = states(translate)
    numbers: Counter[str] = kept.counted
    return " · ".join(
        translate("{name}: {value}", name=name, value=translate.number(numbers[one]))
        for one, name in names.items()
        if numbers[one]
    )


def said() -> None:
    """What became of the last click."""
    if found := st.session_state.pop(SAID, None):
        done, text = found
        (st.success if done else st.warning)(text)


def log_in(why: str, page: str, translate: Translator) -> None:
    """Say for what one logs in, with the way to it; the page is loaded anew, since its connection stays nobody's."""
    st.info(why)
    st.html(Markup("<p><a data-anew href='{}'>{}</a></p>").format(links.log_in(page), translate("Log in")))


def offer(kept: inbox.Inbox, checked: Checked | None, file_id: str, translate: Translator) -> None:
    """Hand in what a file asks for, for whoever is logged in and when there is nothing to correct."""
    by = who()
    if not by:
        log_in(
            translate("Whoever is logged in hands the file in here. Others send it to the keepers of the atlas."),
            "contribute",
            translate,
        )
    elif checked is None or not checked.ready:
        st.caption(translate("When the file has no errors and all readings are confirmed, it can be handed in here."))
    elif file_id in st.session_state.get(HANDED, ()):
        st.info(translate("This file is handed in. What becomes of it stands under “My hand-ins”."))
    else:
        with st.form("hand-in", border=False):
            st.text(translate("Logged in as {name}", name=by))
            remark = st.text_area(
                translate("Remark for the keepers: where it is from, what they should know"), key="hand-in-remark",
                max_chars=2_000, height=80,
            )  # fmt: skip
            label = translate.plural("Hand in {n} record", "Hand in {n} records", len(checked.asked))
            if st.form_submit_button(label, key="hand-in-button", type="primary"):
                _put(kept, by, checked.name, remark, checked.version, checked.asked, file_id, translate)
                st.rerun()


def _put(
    kept: inbox.Inbox, by: str, name: str, remark: str, version: str | None, entries: Sequence[Asked], mark: str,
    translate: Translator,
) -> None:  # fmt: skip
    try:
        kept.put(inbox.handed_in(by, name, remark or "", translate.language, version, entries))
    except inbox.InboxRefused as refused:
        st.session_state[SAID] = False, told(refused, translate)
        return
    done = translate.plural("{n} record is handed in. The keepers see it now.", "{n} records are handed in. The keepers see them now.", len(entries))  # fmt: skip
    st.session_state[SAID] = True, done
    st.session_state.setdefault(HANDED, set()).add(mark)


def confirm(kept: inbox.Inbox, atlas: Atlas, whose: Whose, translate: Translator) -> None:
    """The twinnings that are chosen with what is last confirmed, each with a box to tick that it is still true."""
    by = who()
    if not by:
        log_in(translate("Whoever is logged in can say here that records are still true."), "contribute", translate)
        return
    every = chosen(atlas, whose.selection, whose.units, whose.series)["twinnings"]
    rows = [row for row in every if row["status"] != "planned"]  # what has not begun cannot go on
    if not rows:
        st.info(translate("No twinning is chosen. Take back one of the filters, or choose another unit."))
        return
    day = today(atlas.version).isoformat()
    rows = sorted(rows, key=lambda row: row[LAST_CONFIRMED])  # those without any first
    linked = Linked(atlas, translate, links.record)
    status = vocabulary.labels(atlas, "twinnings.status", translate)
    columns: dict[str, Sequence[str]] = {
        translate("Kept up"): [ticks.box(row["id"], translate("Kept up")) for row in rows],
        translate("Twinning"): [linked.record("twinnings", row["id"]) for row in rows],
        translate("Status"): [status[row["status"]] for row in rows],
        translate("Last confirmed"): [
            translate.date(row[LAST_CONFIRMED], IN_LISTS) if row[LAST_CONFIRMED] else translate("never") for row in rows
        ],
    }
    st.caption(translate("Tick the twinnings that you know to be kept up today. The keepers see it before it is entered."))  # fmt: skip
    with st.form(STILL_TRUE, border=False):
        key = f"{STILL_TRUE}-{len(kept.of(by))}"  # another after each hand-in, so that nothing stays ticked
        held = ticks.field(key, translate)
        inside = ticks.all_of(ticks.TICKED, translate("Tick all")) + record_list.plain_html(
            columns, translate("Twinnings")
        )
        st.html(ticks.listed(key, inside))
        remark = st.text_input(translate("How you know"), key="still-true-remark", max_chars=2_000)
        label = translate("Still true, as of {day}, by {name}", day=translate.date(day), name=by)
        if st.form_submit_button(label, key="still-true-button", type="primary"):
            _confirmed(kept, by, [row for row in rows if row["id"] in held], day, remark, atlas, translate)
            st.rerun()


def _confirmed(
    kept: inbox.Inbox, by: str, rows: Sequence[Cells], day: str, remark: str, atlas: Atlas, translate: Translator
) -> None:
    if not rows:
        st.session_state[SAID] = False, translate("Nothing is ticked.")
        return
    entries = [
        Asked(CONFIRMED, "twinnings", row["id"], {LAST_CONFIRMED: day}, {LAST_CONFIRMED: row[LAST_CONFIRMED]})
        for row in rows
    ]
    _put(kept, by, "", remark, atlas.version, entries, "", translate)


def own(kept: inbox.Inbox, atlas: Atlas, translate: Translator) -> None:
    """The hand-ins of who is logged in, the newest first, with the answers."""
    by = who()
    found = kept.of(by) if by else ()
    if not found:
        st.info(translate("You have handed in nothing yet."))
    for one in found[:MOST_OWN]:
        name = views.quoted(one.hand_in.name) if one.hand_in.name else translate("Still true")
        day = translate.date(one.hand_in.at[:10])
        with st.expander(f"{day} · {name} · {counted(one, translate)}", expanded=one is found[0]):
            if one.hand_in.remark:
                st.text(one.hand_in.remark)
            _entries(atlas, one, translate)
            if one.may_be_withdrawn:
                st.button(
                    translate("Withdraw"), key=f"withdraw-{one.hand_in.id}", icon=":material/undo:", on_click=_withdraw,
                    args=(kept, one.hand_in.id, by, translate),
                )  # fmt: skip


def _entries(atlas: Atlas, kept: inbox.Kept, translate: Translator) -> None:
    names = states(translate)
    answers = [(names[kept.state(n)], kept.decision(n)) for n in range(len(kept.hand_in.entries))]
    columns: dict[str, Sequence[str]] = {
        translate("Record"): [asked_list.record(atlas, one, translate) for one in kept.hand_in.entries],
        translate("What is asked for"): [asked_list.values(atlas, one, translate) for one in kept.hand_in.entries],
        translate("Answer"): [
            Markup("<b>{}</b> {}").format(state, decision.remark if decision else "") for state, decision in answers
        ],
    }
    with st.container(key=f"own-{kept.hand_in.id}"):
        record_list.plain(columns, translate("What was handed in"))


def _withdraw(kept: inbox.Inbox, identifier: str, by: str, translate: Translator) -> None:
    try:
        kept.withdraw(identifier, by)
    except inbox.InboxRefused as refused:
        st.session_state[SAID] = False, told(refused, translate)
