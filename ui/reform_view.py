"""The working list for re-signing: one list a case, of which a screen shows one and paper all."""

import streamlit as st
from markupsafe import Markup

from atlas.cards.linked import Linked
from atlas.exports import resigning
from atlas.model import reform, standing
from atlas.model.atlas import Atlas
from atlas.model.reform import Abolished
from atlas.model.selection import Selection
from atlas.words import sentences, vocabulary
from atlas.words.translator import Translator
from ui import links, record_list


def counted(atlas: Atlas, rows: list[Abolished], selection: Selection, translate: Translator) -> str:
    """How many twinnings lost a unit, of which two kinds they are, and on how many units of today they fall."""
    lost = standing.count(atlas, atlas.records("twinnings", [row.twinning for row in rows]), selection.day(atlas))
    today = len({unit for row in rows for unit in row.successors})
    whole = translate.plural("{n} twinning lost a unit", "{n} twinnings lost a unit", len(rows))
    numbers = [
        sentences.relation(lost, translate) if lost.signers and lost.villages else whole,
        translate.plural("{n} unit that signed has ended", "{n} units that signed have ended", lost.units),
        translate.plural("{n} unit stands in today", "{n} units stand in today", today),
        translate("units as of {day}", day=translate.date(selection.day(atlas).isoformat())),
    ]
    return " · ".join(numbers)


def cases(rows: list[Abolished], translate: Translator) -> dict[str, str]:
    """The cases with how many rows each has, by their names in the address."""
    names = vocabulary.reform_cases(translate)
    return {
        case: translate("{name} ({n})", name=names[case], n=len(listed))
        for case, listed in reform.by_case(rows).items()
    }


def first_case(rows: list[Abolished], opened: str | None) -> str:
    """The case that is shown unless one is chosen: that of the open twinning, else the first that has a row."""
    at_hand = [row.case for row in rows if row.twinning == opened] or [row.case for row in rows]
    return min(at_hand, key=reform.CASES.index)


def show(atlas: Atlas, rows: list[Abolished], case: str, translate: Translator) -> None:
    """The lists of all cases, each under its heading; the screen shows the one of ``case``."""
    lists = (_list(atlas, name, listed, name == case, translate) for name, listed in reform.by_case(rows).items())
    with st.container(key="records-table"):
        st.html(Markup("").join(lists))


def _list(atlas: Atlas, case: str, rows: list[Abolished], shown: bool, translate: Translator) -> Markup:
    label, said = cases(rows, translate)[case], resigning.explained(translate)[case]
    columns = resigning.columns(atlas, rows, translate) | _linked(atlas, rows, translate)
    table = record_list.html(columns, [row.twinning for row in rows], label, "pair") if rows else translate("None.")
    case_of_rows = Markup("<section class='case' {}><h3>{}</h3><p>{}</p>{}</section>")
    return case_of_rows.format(Markup("data-shown") if shown else "", label, said, table)


def _linked(atlas: Atlas, rows: list[Abolished], translate: Translator) -> dict[str, list[str]]:
    """The columns of units as links to their pages, but the first: it is the link that opens the record."""
    linked = Linked(atlas, translate, links.record)
    area = Markup(translate("no unit of its level; its area today: {units}", units="{}"))

    def today(row: Abolished) -> Markup:
        if row.successors:
            return linked.join(map(linked.whole, row.successors))
        return area.format(linked.places(row.area)) if row.area else Markup("–")

    return {
        translate("Today"): list(map(today, rows)),
        translate("Chinese side"): [
            linked.join(map(linked.whole, atlas.twinnings.at[row.twinning, "cn"])) for row in rows
        ],
    }
