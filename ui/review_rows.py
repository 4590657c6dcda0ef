"""The rows of a hand-in as one block of HTML: values beside those that are there, sources, conflicts, and what can be decided."""

from collections.abc import Sequence

import streamlit as st
from markupsafe import Markup

from atlas.cards import source
from atlas.cards.linked import Linked
from atlas.exports.contributions import told
from atlas.exports.contributions.asked import Asked
from atlas.model.atlas import Atlas
from atlas.words import changes as words
from atlas.words.translator import Translator
from server import inbox
from server.inbox import conflicts
from server.inbox.conflicts import Conflict
from server.inbox.rows import Standing
from ui import asked_list, links, ticks
from ui.hand_in_view import states

DRAWN = "review-drawn"  # the block of the last hand-in, which each decision would draw anew


def drawn(atlas: Atlas, kept: inbox.Kept, found: Sequence[inbox.Kept], translate: Translator) -> Markup:
    """The block; it is the same whatever is decided, so that no decision sends it again."""
    ended = tuple(n for n in range(len(kept.hand_in.entries)) if kept.state(n) in (inbox.ENTERED, inbox.WITHDRAWN))
    own = _conflicts(atlas, kept, found)
    asked = (atlas.fingerprint, kept.hand_in.id, translate.language, ended, str(own))
    before = st.session_state.get(DRAWN)
    if before is None or before[0] != asked:
        before = asked, _block(atlas, kept, own, translate)
        st.session_state[DRAWN] = before
    return before[1]


def _conflicts(atlas: Atlas, kept: inbox.Kept, found: Sequence[inbox.Kept]) -> dict[int, list[Conflict]]:
    """What each entry contradicts: other open ones, or what has come to stand since."""
    own: dict[int, list[Conflict]] = {}
    tables = {one.table for one in kept.hand_in.entries}
    records = Standing(atlas.schema, {table: told.standing(atlas, table) for table in tables})
    for one in conflicts.conflicts(found, records):
        for wish in one.wishes:
            if wish.hand_in == kept.hand_in.id:
                own.setdefault(wish.index, []).append(one)
    return own


def _block(atlas: Atlas, kept: inbox.Kept, own: dict[int, list[Conflict]], translate: Translator) -> Markup:
    heads = [translate("Line"), translate("Record"), translate("Values"), translate("Sources"), translate("Decision")]
    head = Markup("").join(map(Markup("<th scope=col>{}").format, heads))
    rows = Markup("").join(
        _row(atlas, n, one, kept, own.get(n, ()), translate) for n, one in enumerate(kept.hand_in.entries)
    )
    whole = Markup("<p>{}</p><div class='records reviewed'><table aria-label='{}'><thead><tr>{}<tbody>{}</table></div>")
    accept = ticks.all_of(inbox.ACCEPTED, translate("Accept all without conflict"))
    return whole.format(accept, translate("What was handed in"), head, rows)


def _row(
    atlas: Atlas, n: int, one: Asked, kept: inbox.Kept, found: Sequence[Conflict], translate: Translator
) -> Markup:
    open_row = kept.state(n) not in (inbox.ENTERED, inbox.WITHDRAWN)
    mark = Markup(" data-row={}").format(n) if open_row else Markup("")
    if found:
        mark += Markup(" data-conflict=1")
    said = Markup("").join(
        Markup("<p class=conflict>{}</p>").format(_said(atlas, conflict, kept.hand_in.id, translate))
        for conflict in found
    )
    cells = [
        str(n + 1),
        Markup("{}<br><small>{} · {}</small>").format(
            asked_list.record(atlas, one, translate),
            asked_list.kinds(translate)[one.kind],
            asked_list.table(atlas, one.table, translate),
        ),
        asked_list.values(atlas, one, translate) + said,
        _sources(atlas, one, kept.hand_in.entries, translate),
        _decision(n, translate) if open_row else states(translate)[kept.state(n)],
    ]
    return Markup("<tr{}>").format(mark) + Markup("").join(map(Markup("<td>{}").format, cells))


def _said(atlas: Atlas, one: Conflict, hand_in: str, translate: Translator) -> str:
    """A conflict in a sentence."""
    others = [wish for wish in one.wishes if wish.hand_in != hand_in]
    if one.kind == conflicts.GONE:
        return translate("There is no such record any more.")
    if one.kind == conflicts.SAME_ID:
        names = translate.join(dict.fromkeys(wish.by for wish in one.wishes))
        return (
            translate("Several new records have this id, from: {names}", names=names)
            if len(one.wishes) > 1
            else translate("There is a record under this id already.")
        )
    if one.kind == conflicts.CHANGED_SINCE:
        name, before, now = _cell(atlas, one, one.given, one.standing, translate)
        return translate("{name}: changed since from {before} to {now}", name=name, before=before, now=now)
    asked = [
        (wish.by, translate("Still true") if wish.value is None else _cell(atlas, one, None, wish.value, translate)[2])
        for wish in others or one.wishes
    ]
    said = [translate("{name}: {value}", name=by, value=value) for by, value in asked]
    name, _, _ = _cell(atlas, one, None, None, translate)
    return translate("{name}: others ask for another value ({said})", name=name, said=translate.join_long(said))


def _cell(
    atlas: Atlas, one: Conflict, before: str | None, after: str | None, translate: Translator
) -> tuple[str, str, str]:
    """The column and two values of it in words."""
    column = one.column or ""
    cell = told.cell(atlas.schema.tables[one.table], column, before or "", after or "")
    return words.cell(atlas, one.table, cell, translate)


def _sources(atlas: Atlas, one: Asked, entries: Sequence[Asked], translate: Translator) -> Markup:
    """The sources of a record as it is to be: title and address, new ones as they were handed in."""
    new = {other.id: other.cells for other in entries if other.table == "sources"}
    linked = Linked(atlas, translate, links.record)
    items = [
        source.line(linked, identifier) if identifier in atlas.table("sources").index else _new(identifier, new)
        for identifier in _ids(atlas, one)
    ]
    return Markup("<ul>{}</ul>").format(Markup("").join(map(Markup("<li>{}</li>").format, items)))


def _ids(atlas: Atlas, one: Asked) -> list[str]:
    if one.table == "sources":
        return [one.id]
    cited = one.cells.get("sources")
    if cited is None and one.id in atlas.table(one.table).index and "sources" in atlas.table(one.table):
        return list(atlas.table(one.table).loc[one.id, "sources"])
    return [part.strip() for part in (cited or "").split(";") if part.strip()]


def _new(identifier: str, new: dict) -> Markup:
    cells = new.get(identifier, {})
    title, address = cells.get("title") or identifier, cells.get("url") or ""
    if not address.startswith(("http://", "https://")):
        return Markup.escape(title)
    link = Markup("<a href='{0}' target='_blank' rel='noopener noreferrer'>{1}</a> <small>{0}</small>")
    return link.format(address, title)


def _decision(n: int, translate: Translator) -> Markup:
    """The three answers, one of which is pressed, and a remark for who has handed in."""
    button = Markup("<button type=button data-choice='{}' aria-pressed=false>{}</button>")
    answers = {
        inbox.ACCEPTED: translate("Accept"),
        inbox.ASKED_BACK: translate("Ask back"),
        inbox.REFUSED: translate("Refuse"),
    }
    whole = Markup("<div class=choice role=group aria-label='{0}'>{1}</div><input data-remark aria-label='{2}' placeholder='{2}' maxlength={3}>")  # fmt: skip
    return whole.format(
        translate("Decision on line {n}", n=n + 1),
        Markup("").join(button.format(choice, label) for choice, label in answers.items()),
        translate("Remark"),
        ticks.LONGEST_REMARK,
    )
