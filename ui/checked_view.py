"""What was found in a filled workbook: counts, every finding at its cell, readings to confirm, and what is asked for."""

from collections.abc import Callable, Collection, Sequence

import streamlit as st
from markupsafe import Markup

from atlas.cards.linked import Linked
from atlas.exports.contributions.asked import ERROR, NOTE, READING, TWIN, Checked, Finding, order
from atlas.exports.contributions.workbook import EXPLANATION
from atlas.model.addresses import KINDS as PAGES
from atlas.model.atlas import Atlas
from atlas.words.translator import Translator
from ui import asked_list, links, record_list, ticks, views

MOST = 200  # findings of a kind, and records, that are listed; the annotated copy has all
READINGS = "readings"
Cell = tuple[str | None, int | None, str | None]  # sheet, row, column


def counted(checked: Checked, translate: Translator) -> str:
    """What became of all lines of the tables, in one sentence."""
    names = ("new", "changed", "unchanged", "wrong", "ignored", "hidden", "comments")
    tables = [sheet for sheet in checked.sheets if not sheet.sheet.startswith(EXPLANATION)]
    number = {name: sum(getattr(sheet, name) for sheet in tables) for name in names}
    said = {
        "new": translate.plural("{n} new record", "{n} new records", number["new"]),
        "changed": translate.plural("{n} changed", "{n} changed", number["changed"]),
        "unchanged": translate.plural("{n} unchanged", "{n} unchanged", number["unchanged"]),
        "wrong": translate.plural("{n} line with errors", "{n} lines with errors", number["wrong"]),
        "ignored": translate.plural("{n} line not read", "{n} lines not read", number["ignored"]),
        "hidden": translate.plural("{n} hidden line", "{n} hidden lines", number["hidden"]),
        "comments": translate.plural("{n} comment", "{n} comments", number["comments"]),
    }
    always = ("new", "changed", "wrong")
    counts = " · ".join(text for name, text in said.items() if number[name] or name in always)
    return translate("{name}: {value}", name=views.quoted(checked.name), value=counts)


def sheets(checked: Checked, translate: Translator) -> None:
    """What became of the lines of every sheet, folded."""
    heads = {
        "new": translate("New"),
        "changed": translate("Changed"),
        "unchanged": translate("Unchanged"),
        "wrong": translate("With errors"),
        "ignored": translate("Not read"),
        "hidden": translate("Hidden"),
        "comments": translate("Comments"),
    }
    columns: dict[str, Sequence[str]] = {translate("Sheet"): [one.sheet for one in checked.sheets]}
    for name, head in heads.items():
        columns[head] = [translate.number(getattr(one, name)) for one in checked.sheets]
    with st.expander(translate("Every line of every sheet")):
        record_list.plain(columns, translate("Every line of every sheet"))


def errors(atlas: Atlas, checked: Checked, translate: Translator) -> None:
    """What must be corrected."""
    _listed(
        atlas,
        checked,
        ERROR,
        lambda n: translate.plural("{n} error to correct", "{n} errors to correct", n),
        translate,
    )


def others(atlas: Atlas, checked: Checked, translate: Translator) -> None:
    """Records that are there already, and what was not read and why."""
    _listed(
        atlas,
        checked,
        TWIN,
        lambda n: translate.plural("{n} record that may be there already", "{n} records that may be there already", n),
        translate,
    )
    _listed(atlas, checked, NOTE, lambda n: translate.plural("{n} note", "{n} notes", n), translate)


def _listed(atlas: Atlas, checked: Checked, kind: str, head: Callable[[int], str], translate: Translator) -> None:
    found = sorted((one for one in checked.findings if one.kind == kind), key=order)
    if found:
        _head(head(len(found)))
        _table(atlas, found, kind, translate)


def _head(text: str) -> None:
    st.html(Markup("<h3 class=found-in-file>{}</h3>").format(text))


def _table(atlas: Atlas, found: Sequence[Finding], kind: str, translate: Translator) -> None:
    if len(found) > MOST:
        said = translate("The first {n} are shown; the copy with remarks has all.", n=MOST)
        st.caption(said)
    shown = found[:MOST]
    columns: dict[str, Sequence[str]] = {
        translate("Sheet"): [one.sheet or translate("the file") for one in shown],
        translate("Cell"): [_cell(one, translate) for one in shown],
        translate("What is written"): [_short(one.value or "") for one in shown],
        translate("What was found"): [translate.said(one.message) for one in shown],
    }
    if kind == TWIN:
        linked = Linked(atlas, translate, links.record)
        columns[translate("Record that is there")] = [_twin(linked, one) for one in shown]
    with st.container(key=f"found-{kind}"):
        record_list.plain(columns, translate("What was found"))


def _cell(one: Finding, translate: Translator) -> str:
    return one.cell or (translate("line {n}", n=one.row) if one.row else "")


def _short(text: str) -> str:
    return text if len(text) <= 120 else f"{text[:119]}…"


def _twin(linked: Linked, one: Finding) -> Markup:
    """The link to the record; to none where its table has no page of records."""
    table = one.sheet if one.sheet in PAGES else ""
    return linked.record(table, one.record) if table else Markup.escape(one.record or "")


def confirm(checked: Checked, before: Collection[Cell], translate: Translator) -> set[Cell] | None:
    """The readings that are offered, each with a box to tick; the confirmed cells once the button is pressed."""
    offered = [one for one in checked.findings if one.kind == READING]
    if not offered:
        return None
    _head(translate.plural("{n} reading to confirm", "{n} readings to confirm", len(offered)))
    st.caption(
        translate(
            "These cells are not written as the tables have them. Tick what is read rightly; correct the others in the file."
        )
    )
    cells = {f"{one.sheet}!{one.row}!{one.column}": one for one in offered}
    rows = Markup("").join(_reading(key, one, translate) for key, one in cells.items())
    inside = ticks.all_of(ticks.TICKED, translate("Tick all")) + Markup("<ul>{}</ul>").format(rows)
    with st.form(READINGS, border=False):
        held = ticks.field(READINGS, translate)
        st.html(ticks.listed(READINGS, inside))
        if st.form_submit_button(translate("Take the ticked readings and check again"), key="take-readings"):
            return {*before, *((one.sheet, one.row, one.column) for key, one in cells.items() if key in held)}
    return None


def _reading(key: str, one: Finding, translate: Translator) -> Markup:
    line = Markup("<li><label>{} <b>{}</b> {} → <ins>{}</ins></label> <small>{}</small>")
    where = translate("{name}: {value}", name=f"{one.sheet} {_cell(one, translate)}".strip(), value="")
    return line.format(ticks.box(key, where), where, one.value, one.reading, translate.said(one.message))


def asked(atlas: Atlas, checked: Checked, translate: Translator) -> None:
    """The new and changed records with their values side by side."""
    if not checked.asked:
        return
    _head(translate.plural("{n} record is asked for", "{n} records are asked for", len(checked.asked)))
    if len(checked.asked) > MOST:
        st.caption(translate("The first {n} are shown.", n=MOST))
    with st.container(key="asked-records"):
        asked_list.show(atlas, checked.asked[:MOST], translate)
