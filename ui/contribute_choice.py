"""For whom the workbook is: the filters of the address, one unit, and series of meetings."""

from dataclasses import dataclass
from urllib.parse import urlencode

import streamlit as st
from markupsafe import Markup

from atlas.exports.contributions.chosen import chosen
from atlas.model.atlas import Atlas, cached
from atlas.model.selection import Selection
from atlas.model.topics import EVERYTHING
from atlas.words import search, vocabulary
from atlas.words.changes import ORDER
from atlas.words.translator import Translator
from ui import filters, state, views

MOST_UNITS = 8  # that are offered for what is typed


@dataclass(frozen=True)
class Whose:
    """Whose records are taken, for :func:`atlas.exports.contributions.chosen.chosen`."""

    selection: Selection | None
    units: tuple[str, ...] = ()
    series: tuple[str, ...] = ()


def asked(atlas: Atlas, selection: Selection) -> tuple[Whose, list[tuple[str, str]]]:
    """What the address asks for, and (parameter, value) of what names no unit or series.

    A unit or series takes the place of filters, unless filters are set beside a series.
    """
    visit = state.visit()
    known = atlas.schema.tables["events"].field("series").enum
    unit, series = visit.part("id"), visit.values("series")
    wrong = [("series", one) for one in series if one not in known]
    if unit and unit not in atlas.places:
        wrong.append(("id", unit))
        unit = None
    named = tuple(one for one in series if one in known)
    filtered = None if unit or (named and not selection.restricts) else selection.chosen
    return Whose(filtered, (unit,) if unit else (), named), wrong


def show(atlas: Atlas, selection: Selection, whose: Whose, wrong: list[tuple[str, str]], translate: Translator) -> None:
    """The filters, the units that are called as what is typed, and what of the address was not understood."""
    own = filters.Own(_facets, {"series": _held(atlas)}, tuple(("series", one) for one in whose.series))
    filters.show(atlas, translate, lambda one: _rows(atlas, one), twinnings=False, years=False, own=own)
    if whose.units:
        _unit(atlas, whose.units[0], translate)
    elif selection.q:
        _offered(atlas, selection.q, translate)
    if wrong:
        texts = translate.join(views.quoted(value, name) for name, value in wrong)
        st.warning(translate("{texts}: there is no such unit or committee.", texts=texts))


def _rows(atlas: Atlas, selection: Selection) -> list:
    return [selection.twinnings(atlas), *EVERYTHING.records(atlas, selection).values()]


def _facets(atlas: Atlas, translate: Translator) -> dict[str, tuple[str, dict[str, str]]]:
    return {"series": (translate("Series of meetings"), vocabulary.labels(atlas, "events.series", translate))}


def _held(atlas: Atlas) -> dict[str, int]:
    return atlas.table("events")["series"].value_counts().to_dict()


def _unit(atlas: Atlas, unit: str, translate: Translator) -> None:
    """The unit that is chosen, with a click to take it back."""
    chip = Markup(
        "<div class=chips><button type=button data-set='id=' title='{}'>{}<i aria-hidden=true>×</i></button></div>"
    )
    name = translate("{name}: {value}", name=translate("Unit"), value=atlas.places.full_name(unit, translate.language))
    st.html(chip.format(translate("Take back"), name))


def _offered(atlas: Atlas, text: str, translate: Translator) -> None:
    """The units that are called as what was typed, each to be chosen instead."""
    groups = search.find(atlas, text, translate.language, MOST_UNITS).groups
    units = [item for group in groups if group.kind == "place" for item in group.items]
    if not units:
        return
    button = Markup("<button type=button data-set='{}'>{}<small>{}</small></button>")
    offered = (button.format(urlencode({"id": one.id, "q": ""}), one.title, one.detail) for one in units)
    whole = Markup("<div class=units><p>{0}</p><nav class=views aria-label='{0}'>{1}</nav></div>")
    said = translate("All of one unit, and of those before and after it:")
    st.html(whole.format(said, Markup("").join(offered)))


def counted(atlas: Atlas, whose: Whose, translate: Translator) -> str:
    """How many records of the main tables are chosen, in one line."""
    numbers = _numbers(atlas, whose)
    titles = {name: translate(table.title) for name, table in atlas.schema.tables.items()}
    pairs = [
        (titles[name], numbers[name])
        for name in ORDER
        if numbers.get(name) and "id" in atlas.schema.tables[name].columns
    ]
    parts = [translate("{name}: {value}", name=name, value=translate.number(n)) for name, n in pairs]
    return " · ".join(parts) or translate("no record yet")


@cached(20)
def _numbers(atlas: Atlas, whose: Whose) -> dict[str, int]:
    found = chosen(atlas, whose.selection, whose.units, whose.series)
    return {name: len(rows) for name, rows in found.items()}
