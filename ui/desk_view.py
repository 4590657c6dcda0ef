"""The desk for re-signing: the units of today of one province, each with its twinnings, neighbours and progress."""

from collections.abc import Iterable

import streamlit as st
from markupsafe import Markup

from atlas.cards.linked import Linked
from atlas.exports import desk as words
from atlas.exports import resigning
from atlas.model import desk
from atlas.model.atlas import Atlas
from atlas.model.audience import released
from atlas.model.desk import Unit
from atlas.model.selection import Selection
from atlas.words import vocabulary
from atlas.words.translator import Translator
from ui import downloads, links, views

VIEW = "units"


def entry(found: list[Unit], translate: Translator) -> dict[str, str]:
    """The part of the page beside the four cases, with its number; none where nothing falls on a unit of today."""
    if not found:
        return {}
    name = translate("By unit of today")
    return {VIEW: translate("{name} ({n})", name=name, n=len(found))}


def show(atlas: Atlas, found: list[Unit], selection: Selection, translate: Translator) -> None:
    """The units of one province, chosen in a row, and the letters that can be written."""
    grouped = desk.by_province(found)
    name = atlas.places.name
    parts = {
        atlas.places[one]["slug"] or one: translate("{name} ({n})", name=name(one, translate.language), n=len(units))
        for one, units in grouped.items()
    }
    provinces = dict(zip(parts, grouped))
    chosen = provinces[views.choose(parts, translate("Provinces of today"), "unit")]
    _letters(atlas, selection, chosen, translate)
    linked = Linked(atlas, translate, links.record)
    blocks = Markup("").join(_block(linked, unit) for unit in grouped[chosen])
    st.html(
        Markup("<div class=desk>{}{}{}</div>").format(_counted(grouped[chosen], translate), _meant(translate), blocks)
    )


def _letters(atlas: Atlas, selection: Selection, province: str, translate: Translator) -> None:
    """Letters for all units that a paper for both sides may speak of, for those of a province, or for one."""
    may = desk.units(released(atlas, "both"), selection)
    if not may:
        return
    name = atlas.places.name
    here = [one.place for one in may if one.province == province]
    choices: dict[str, tuple[str, ...] | None] = {one: (one,) for one in here}
    labels = {one: atlas.places.full_name(one, translate.language) for one in here}
    if here:
        of_province = translate("all units of {province}", province=name(province, translate.language))
        choices, labels = {"province": tuple(here), **choices}, {"province": of_province, **labels}
    choices, labels = {**choices, "all": None}, {**labels, "all": translate("all units of the selection")}
    downloads.letters(atlas, selection, choices, labels, translate, key=atlas.places[province]["slug"] or province)


def _counted(units: list[Unit], translate: Translator) -> Markup:
    """How many units of the list are in each state; the script counts those whose letter is drafted."""
    renewed = sum(unit.renewed for unit in units)
    numbers = {"open": len(units) - renewed, "drafted": 0, "renewed": renewed}
    pattern = Markup("<span>{}</span>").format(Markup(translate("{name}: {value}", name="{}", value="{}")))
    each = (
        pattern.format(label, Markup("<b data-count={}>{}</b>").format(state, numbers[state]))
        for state, label in vocabulary.resigning_states(translate).items()
    )
    return Markup("<p class=desk-count role=status>{}</p>").format(Markup(" · ").join(each))


def _meant(translate: Translator) -> Markup:
    said = (
        translate(
            "“Near” is approximate, as areas are: counties and prefectures by the length of border that they share with "
            "the unit, townships, of which only points are known, by their distance along the border."
        ),
        translate(
            "“Letter drafted” is your own note; it is kept in this browser alone. “Renewed by a source” comes from sources."
        ),
    )
    return Markup("<p class=desk-meant>{}<br>{}</p>").format(*said)


def _block(linked: Linked, unit: Unit) -> Markup:
    translate = linked.translate
    states = vocabulary.resigning_states(translate)
    state = "renewed" if unit.renewed else "open"
    note = Markup("<button type=button class=desk-note aria-pressed=false>{}</button>").format(states["drafted"])
    rows = {
        translate("Inherits"): _items(_tie(linked, tie) for tie in unit.ties),
        translate("Fall together"): Markup.escape(words.together(unit, translate)),
        translate("Divided"): Markup.escape(words.divided(unit, translate)),
        translate("Shares the border with"): linked.join(
            _placed(linked, near.place, words.sharing(near, "{}", translate)) for near in unit.sharing
        ),
        translate("Townships near"): linked.join(
            _placed(linked, near.place, words.along(near, "{}", translate)) for near in unit.townships
        ),
    }
    lines = Markup("").join(Markup("<dt>{}<dd>{}").format(head, said) for head, said in rows.items() if said)
    whole = Markup(
        "<section class=desk-unit data-unit='{}' data-renewed='{}'><h3>{}</h3>"
        "<p class=desk-state><b data-open='{}' data-drafted='{}'>{}</b>{}</p><dl>{}</dl></section>"
    )
    return whole.format(
        unit.place,
        "1" if unit.renewed else "",
        linked.whole(unit.place),
        states["open"],
        states["drafted"],
        states[state],
        "" if unit.renewed else note,
        lines,
    )


def _placed(linked: Linked, place: str, pattern: str) -> Markup:
    """A text with the link to a place where it has ``{}``."""
    return Markup(pattern).format(linked.place(place))


def _items(items: Iterable[Markup]) -> Markup:
    return Markup("<ul>{}</ul>").format(Markup("").join(Markup("<li>{}").format(item) for item in items))


def _tie(linked: Linked, tie: desk.Tie) -> Markup:
    """A twinning: how it fell on the unit, on which others, when it was signed, and what is known since."""
    atlas, translate = linked.atlas, linked.translate
    said = [words.way(atlas, tie, translate), *words.dates(atlas, tie, translate)]
    if tie.others:
        said.append(words.others(tie, translate))
    since = resigning.known_since(atlas, tie.row, translate)
    said.append(translate("{name}: {value}", name=translate("Known since the reform"), value=since))
    mark = Markup(" <em>{}</em>").format(vocabulary.resigning_states(translate)["renewed"]) if tie.renewed else ""
    line = Markup("{}{}<br><small>{}</small>")
    return line.format(linked.record("twinnings", tie.twinning), mark, translate.join_long(said))
