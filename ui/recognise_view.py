"""The page on which a list is pasted: the places that its lines mean, each with a link to its page."""

from collections import Counter
from functools import partial

import streamlit as st
from markupsafe import Markup

from atlas.cards.linked import Linked
from atlas.exports import recognised
from atlas.exports.formats import file_name
from atlas.exports.media import MEDIA
from atlas.model import pasted, relations
from atlas.model.atlas import Atlas
from atlas.model.pasted import Recognised
from atlas.model.selection import Selection
from atlas.words import naming
from atlas.words.translator import Translator
from server import messages
from server.worker import apart
from ui import frame, links, record_list, state, views

LONGEST = messages.LONGEST_LIST
SHOWN = 500  # lines on the screen
AT_ONCE = 200  # lines that keep no other visitor waiting
MOST_CHOICES = 8
ALL = "all"
MADE = "recognised-list"  # what was found for the text, in this session alone


def show(atlas: Atlas, selection: Selection, translate: Translator) -> None:
    """The box for the list; once it is filled, what is recognised in it, and files of the whole."""
    whole = st.container()
    text = _box(atlas, selection, translate)
    if len(text) > LONGEST:
        found = None
        st.warning(translate("The text has more than {n} characters. Paste it in parts.", n=LONGEST))
    else:
        found = _found(atlas, selection, text, translate) if text.strip() else None
    with whole:
        counts = _counted(found[0], translate) if found else ""
        files = partial(_files, atlas, found[0], translate) if found else None
        frame.head("recognise", translate, counts, files)
        st.caption(
            translate(
                "Paste a column of names of places, old or new, in any spelling and any of the languages. The unit above may stand in a second column or after a comma. The list stays in this visit: it is not kept, and stands in no address."
            )
        )
    if found:
        _cut(*found, translate)
        shown = _chosen(found[0], translate)
        if len(shown) > SHOWN:
            said = translate(
                "The first {shown} of {all} lines are shown; the files have all of them.",
                shown=SHOWN,
                all=translate.number(len(shown)),
            )
            st.info(said)
        with st.container(key="recognised"):
            record_list.plain(_columns(atlas, shown[:SHOWN], translate), translate("What was recognised"))


def _box(atlas: Atlas, selection: Selection, translate: Translator) -> str:
    st.html(_province(atlas, selection, translate))
    with st.form("paste-list", border=False, enter_to_submit=False):
        text = st.text_area(translate("Names, one a line"), key="pasted-list", height=180, persist_state="session")
        st.form_submit_button(translate("Recognise"), type="primary", key="recognise-list")
    return text or ""


def _province(atlas: Atlas, selection: Selection, translate: Translator) -> Markup:
    """A menu of the unit in which the places lie, which tells namesakes apart."""
    slugs = [("province", slug) for slug in atlas.province_slugs] + [("region", slug) for slug in atlas.region_slugs]
    anywhere = translate("anywhere")
    chosen = _unit(atlas, selection)
    choice = Markup("<button type=button data-set='{}' aria-pressed={}>{}</button>")
    choices = [choice.format("province=&region=", str(chosen is None).lower(), anywhere)]
    for name, slug in slugs:
        place, other = atlas.places.by_slug[slug], "region" if name == "province" else "province"
        title = atlas.places.full_name(place, translate.language)
        choices.append(choice.format(f"{name}={slug}&{other}=", str(place == chosen).lower(), title))
    said = translate(
        "The places lie: {where}", where=atlas.places.full_name(chosen, translate.language) if chosen else anywhere
    )
    return Markup("<details class='menu lies-in'><summary>{}</summary><div>{}</div></details>").format(
        said, Markup("").join(choices)
    )


def _unit(atlas: Atlas, selection: Selection) -> str | None:
    chosen = (*selection.province, *selection.region)
    return atlas.places.by_slug[chosen[0]] if len(chosen) == 1 else None


def _found(atlas: Atlas, selection: Selection, text: str, translate: Translator) -> tuple[list[Recognised], int]:
    """What each line means, and how many lines were left out; looked up once for a text."""
    unit = _unit(atlas, selection)
    day = selection.day(atlas) if selection.asof else None
    asked = (atlas.fingerprint, text, unit, day)
    kept = st.session_state.get(MADE)
    if kept is None or kept[0] != asked:
        read = pasted.read(text)
        look_up = pasted.recognised if len(read.lines) <= AT_ONCE else partial(apart, pasted.recognised)
        with st.spinner(translate("The list is being looked up…")):
            kept = asked, look_up(atlas, read.lines, unit, day), read.left_out
        st.session_state[MADE] = kept
    return kept[1], kept[2]


def _counted(rows: list[Recognised], translate: Translator) -> str:
    count = Counter(one.state for one in rows)
    written = len(rows) - count["empty"]
    parts = [
        translate.plural("{done} of {n} line recognised", "{done} of {n} lines recognised", written, done=count["sure"])
    ]
    if count["choose"]:
        parts.append(
            translate.plural("{n} with several possible places", "{n} with several possible places", count["choose"])
        )
    if count["none"]:
        parts.append(translate.plural("{n} not found", "{n} not found", count["none"]))
    return " · ".join([*parts, state.of_day()])


def _cut(rows: list[Recognised], left_out: int, translate: Translator) -> None:
    """Say what of the list is not looked up or not shown."""
    if left_out:
        st.warning(
            translate.plural(
                "Only the first {most} lines are looked up; {n} more line is left out. Paste it as a list of its own.",
                "Only the first {most} lines are looked up; {n} more lines are left out. Paste them as a list of their own.",
                left_out,
                most=translate.number(pasted.MOST_LINES),
            )
        )
    if late := sum(one.state == "late" for one in rows):
        st.warning(
            translate.plural(
                "The list takes too long: {n} line is not looked up. Paste it in parts.",
                "The list takes too long: {n} lines are not looked up. Paste it in parts.",
                late,
            )
        )


def _chosen(rows: list[Recognised], translate: Translator) -> list[Recognised]:
    """The lines with the result that is chosen in a row of buttons."""
    count = Counter(one.state for one in rows)
    names = {ALL: translate("All")} | recognised.states(translate)
    numbers = {ALL: len(rows)} | {one: count[one] for one in pasted.STATES if count[one] and one != "empty"}
    parts = {one: translate("{name} ({n})", name=names[one], n=number) for one, number in numbers.items()}
    wanted = views.choose(parts, translate("Result"), "list")
    return [one for one in rows if wanted in (ALL, one.state)]


def _files(atlas: Atlas, rows: list[Recognised], translate: Translator) -> None:
    """The whole list as files."""
    for kind, label, make in (("csv", translate("CSV"), recognised.csv), ("xlsx", translate("Excel"), recognised.xlsx)):
        st.download_button(
            label,
            state.apart(make, atlas, rows, translate.language),
            file_name(atlas, None, translate.language, kind, "recognised"),
            MEDIA[kind],
            key=f"recognised-{kind}",
            on_click="ignore",
            icon=":material/download:",
        )


def _columns(atlas: Atlas, rows: list[Recognised], translate: Translator) -> dict[str, list[str]]:
    linked = Linked(atlas, translate, links.record)
    return {
        translate("Line"): [str(one.line.number) for one in rows],
        translate("Written"): [one.line.written for one in rows],
        translate("Place"): [_place(linked, one) for one in rows],
        translate("Names"): [naming.institution(atlas, one.place) if one.place else "" for one in rows],
        translate("Found by"): [recognised.reason(one, translate) if one.place else "" for one in rows],
        translate("Unit of today"): [_today(linked, one) for one in rows],
        translate("Twinnings"): [_ties(linked, one) for one in rows],
    }


def _place(linked: Linked, one: Recognised) -> Markup:
    """The link to the place; what is said of a line without one; the places that may be meant."""
    translate = linked.translate
    said = recognised.states(translate)[one.state]
    if one.place:
        return _named(linked, one.place)
    if one.state != "choose":
        return Markup("<i class=state>{}</i>").format(said)
    candidates = one.candidates or ()
    listed = [Markup("<li>{}</li>").format(_named(linked, each.place)) for each in candidates[:MOST_CHOICES]]
    if len(candidates) > MOST_CHOICES:
        listed.append(Markup("<li>{}</li>").format(translate("and {n} more", n=len(candidates) - MOST_CHOICES)))
    why = translate("{name}: {value}", name=said, value=recognised.reason(one, translate))
    label = Markup("<i class=state>{}</i>").format(why)
    return label + Markup("<ul class=choose>{}</ul>").format(Markup("").join(listed))


def _typed(linked: Linked, place: str) -> Markup:
    return linked.link("places", place, recognised.typed(linked.atlas, [place], linked.translate))


def _named(linked: Linked, place: str) -> Markup:
    translate, until = linked.translate, linked.atlas.places[place]["valid_until"]
    ended = Markup(" <small>{}</small>").format(translate("until {day}", day=translate.date(until))) if until else ""
    return _typed(linked, place) + ended


def _today(linked: Linked, one: Recognised) -> Markup | str:
    if not one.place:
        return ""
    units = recognised.stands_in(linked.atlas, one.place)
    if units == (one.place,):
        return linked.translate("the same")
    if not units:
        return linked.translate("not known")
    return Markup(linked.translate.join_long(_typed(linked, unit) for unit in units))


def _ties(linked: Linked, one: Recognised) -> Markup | str:
    if not one.place:
        return ""
    ties = relations.twinnings_of(linked.atlas, [one.place])
    if not ties:
        return "0"
    named = Markup(linked.translate.join_long(linked.records("twinnings", ties)))
    return Markup("<b>{}</b> ").format(len(ties)) + named
