"""The page of the keepers: what was handed in, row by row beside what is there, and what they decide."""

from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

import streamlit as st
from markupsafe import Markup

from atlas.exports.contributions import told as contributions
from atlas.exports.contributions.asked import CONFIRMED
from atlas.model.atlas import Atlas
from atlas.words.translator import IN_LISTS, Translator
from server import inbox
from ui import frame, links, record_list, review_enter, review_rows, state, ticks
from ui.hand_in_view import SAID, counted, log_in, said, told, who

BEFORE = "review-before"  # what the field of a hand-in held before the last change of it
OFFICE = "review-office"  # whose statement a confirmation is


def may_review() -> bool:
    """Whether the visitor is a keeper; asked in every run and every answer, for a log-in may end."""
    return inbox.is_keeper(who())


def show(atlas: Atlas, translate: Translator) -> None:
    """All hand-ins, or the one in the address; nothing for whoever is no keeper."""
    keeper = who()
    if not keeper or not may_review():
        frame.head(frame.REVIEW, translate)
        log_in(translate("This page is for the keepers of the atlas, when they are logged in."), "review", translate)
        return
    try:
        kept = inbox.configured()
        assert kept  # without one nobody is a keeper
        _review(kept, atlas, keeper, translate)
    except inbox.InboxRefused as refused:
        st.warning(told(refused, translate))


def _review(box: inbox.Inbox, atlas: Atlas, keeper: str, translate: Translator) -> None:
    found = box.all()
    asked = (state.visit().part("id") or "").lower()
    one = next((one for one in found if one.hand_in.id.lower() == asked), None)
    waiting = sum(kept.open for kept in found)
    frame.head(frame.REVIEW, translate, translate.plural("{n} hand-in is open", "{n} hand-ins are open", waiting))
    said()
    if one:
        _one(box, one, found, atlas, keeper, translate)
        return
    if asked:
        st.warning(translate("There is no such hand-in; it may have been moved out of the inbox."))
    for damaged in box.damaged():
        st.warning(translate("{folder} cannot be read: {reason}", folder=f"`{damaged.folder}`", reason=damaged.reason))
    if not found:
        st.info(translate("Nothing was handed in yet."))
        return
    _list(sorted(found, key=lambda kept: not kept.open), translate)


def address(identifier: str = "") -> str:
    """The address of a hand-in on this page, of the list without one."""
    page = links.to(frame.REVIEW)
    return f"{page}&{urlencode({'id': identifier})}" if identifier else page


def _list(found: Sequence[inbox.Kept], translate: Translator) -> None:
    """The hand-ins, those that wait first."""
    link = Markup("<a href='{}'>{}</a>")
    columns: dict[str, Sequence[str]] = {
        translate("What was handed in"): [
            link.format(address(one.hand_in.id), one.hand_in.name or translate("Still true")) for one in found
        ],
        translate("By"): [one.hand_in.by for one in found],
        translate("On"): [translate.date(one.hand_in.at[:10], IN_LISTS) for one in found],
        translate("Records"): [translate.number(len(one.hand_in.entries)) for one in found],
        translate("Decision"): [counted(one, translate) for one in found],
        translate("Remark"): [one.hand_in.remark for one in found],
    }
    with st.container(key="hand-ins"):
        record_list.plain(columns, translate("What was handed in"))


def _one(
    box: inbox.Inbox, kept: inbox.Kept, found: Sequence[inbox.Kept], atlas: Atlas, keeper: str, translate: Translator
) -> None:
    """One hand-in: who, when and why; its rows with what is decided of each; and entering the accepted ones."""
    hand_in = kept.hand_in
    who_and_when = translate(
        "{name}, {day}: {file}",
        name=hand_in.by,
        day=translate.date(hand_in.at[:10]),
        file=hand_in.name or translate("Still true"),
    )
    remark = Markup("<blockquote>{}</blockquote>").format(hand_in.remark) if hand_in.remark else ""
    whole = Markup("<div class=handed-in><p><a href='{}'>{}</a></p><p><b>{}</b> · {}</p>{}</div>")
    st.html(whole.format(address(), translate("← All hand-ins"), who_and_when, counted(kept, translate), remark))
    if kept.withdrawn:
        st.info(translate("Its author has withdrawn this hand-in."))
    key = _key(kept, keeper)
    given = {
        str(n): (decision.state, decision.remark)
        for n in range(len(hand_in.entries))
        if (decision := kept.decision(n)) and kept.state(n) != inbox.WAITING
    }
    _office(atlas, kept, translate)
    ticks.field(key, translate, given, lambda: _decide(atlas, kept, key, given, translate))
    st.html(ticks.listed(key, review_rows.drawn(atlas, kept, found, translate)))
    review_enter.show(box, kept, keeper, translate)


def _key(kept: inbox.Kept, keeper: str) -> str:
    """Names the field of a hand-in; another where others have decided or rows were entered, so that it shows that."""
    of_others = sum(one.by != keeper or bool(one.commit) for one in kept.history)
    return f"{kept.hand_in.id}-{of_others}"


def _decide(atlas: Atlas, kept: inbox.Kept, key: str, given: ticks.Ticks, translate: Translator) -> None:
    """Keep what the keeper has changed since the last time, of all that the field holds."""
    before = st.session_state.get(BEFORE, {}).get(key, given)
    now = ticks.read(st.session_state[f"ticked-{key}"])
    changed = {row: now.get(row, ("", "")) for row in {*before, *now} if now.get(row) != before.get(row)}
    wanting = [row for row, (choice, remark) in changed.items() if choice == inbox.ASKED_BACK and not remark.strip()]
    decided = {
        int(row): _decision(atlas, kept, int(row), choice, remark)
        for row, (choice, remark) in changed.items()
        if row not in wanting and row.isdecimal() and int(row) < len(kept.hand_in.entries)
    }
    if decided and not _kept(kept, decided, translate):
        return
    st.session_state[BEFORE] = {key: {row: one for row, one in now.items() if row not in wanting}}
    if wanting:
        listed = translate.join(str(int(row) + 1) for row in sorted(wanting, key=int))
        st.session_state[SAID] = False, translate("Say in a remark what is missing, in line: {n}", n=listed)


def _decision(atlas: Atlas, kept: inbox.Kept, row: int, choice: str, remark: str) -> inbox.Decision:
    """A decision with what the keeper saw stand there, and whose statement a confirmation is."""
    entry = kept.hand_in.entries[row]
    if choice != inbox.ACCEPTED:
        return inbox.Decision(choice or inbox.WAITING, remark)
    office = st.session_state.get(f"{OFFICE}-{kept.hand_in.id}") or "" if entry.kind == CONFIRMED else ""
    return inbox.Decision(choice, remark, office.strip(), contributions.since(atlas, entry))


def _kept(kept: inbox.Kept, decided: Mapping[int, inbox.Decision], translate: Translator) -> bool:
    """Whether the inbox has taken decisions of the visitor, who must be a keeper at this moment; if not, why is said."""
    keeper, box = who(), inbox.configured()
    if not box or not keeper or not may_review():
        return False
    try:
        box.decide(kept.hand_in.id, decided, keeper)
    except inbox.InboxRefused as refused:
        st.session_state[SAID] = False, told(refused, translate)
        return False
    return True


def _office(atlas: Atlas, kept: inbox.Kept, translate: Translator) -> None:
    """Whose statement confirmations are, as their source will name it."""
    confirmed = [n for n, one in enumerate(kept.hand_in.entries) if one.kind == CONFIRMED]
    if not confirmed or not kept.open:
        return
    before = next((one.office for n in confirmed if (one := kept.decision(n)) and one.office), "")
    st.text_input(
        translate("Whose statement the confirmations are, as a source names its publisher"), before,
        key=f"{OFFICE}-{kept.hand_in.id}", max_chars=200, placeholder=kept.hand_in.by, on_change=_renamed,
        args=(atlas, kept, confirmed, translate), width=640,
    )  # fmt: skip


def _renamed(atlas: Atlas, kept: inbox.Kept, confirmed: Sequence[int], translate: Translator) -> None:
    accepted = [n for n in confirmed if kept.state(n) == inbox.ACCEPTED]
    remarks = {n: one.remark for n in accepted if (one := kept.decision(n))}
    _kept(kept, {n: _decision(atlas, kept, n, inbox.ACCEPTED, remark) for n, remark in remarks.items()}, translate)
