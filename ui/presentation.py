"""The meeting view: one scene at a time on the whole screen, forward and back by buttons, keys or a presenter's remote."""

from dataclasses import replace
from functools import partial
from html import escape

import streamlit as st

from atlas import ROOT, cards, charts, scenes
from atlas.exports import contents
from atlas.exports.about import described
from atlas.exports.contents import Table, Voice
from atlas.exports.tables import selected
from atlas.i18n import Translator
from atlas.scenes import Scene
from atlas.store import Atlas
from ui import charts as drawn
from ui import map_view

ROWS = 5  # of a table or chart, as many as can be read from the back of a room

KEYS = (ROOT / "assets/keys.js").read_text("utf-8")


def start(number: int) -> None:
    """Open a scene by its number, counted from 1."""
    st.session_state["scene"] = number


def end() -> None:
    """Leave the meeting view."""
    st.session_state["scene"] = None


def show(atlas: Atlas, listed: tuple[Scene, ...], number: int, translate: Translator, bilingual: bool) -> None:
    """One scene of a sequence, with nothing of the application around it."""
    st.html(ROOT / "assets/presentation.css")
    st.html(f"<script>{KEYS}</script>", unsafe_allow_javascript=True)
    number = min(max(number, 1), len(listed))
    scene = listed[number - 1]
    scene = replace(scene, selection=replace(scene.selection, lang=translate.language))
    voice = Voice("vi-zh" if bilingual else translate.language)
    with st.container(key="scene"):
        heading = scene.title or (scene.kind != "title" and voice(lambda one: scenes.names(one)[scene.kind], " · "))
        if heading:
            st.html(f"<h1 class='scene-title'>{escape(heading)}</h1>")
        KINDS[scene.kind](atlas, scene, voice, translate)
        if scene.caption:
            st.html(f"<p class='scene-caption'>{escape(scene.caption)}</p>")
    _controls(number, len(listed), translate)


def _controls(number: int, total: int, translate: Translator) -> None:
    with st.container(
        key="scene-controls", horizontal=True, horizontal_alignment="center", vertical_alignment="center"
    ):
        buttons = (
            ("back", translate("Back"), ":material/arrow_back:", partial(start, number - 1), number == 1),
            ("next", translate("Next"), ":material/arrow_forward:", partial(start, number + 1), number == total),
            ("end", translate("End"), ":material/close:", end, False),
        )
        for key, label, icon, action, disabled in buttons:
            st.button(label, key=f"scene-{key}", icon=icon, on_click=action, disabled=disabled)
        st.text(translate("{n} of {total}", n=number, total=total))


def _title(atlas: Atlas, scene: Scene, voice: Voice, translate: Translator) -> None:
    name = voice(lambda one: one("Vietnam–China Border Cooperation Atlas"))
    what = voice(lambda one: described(atlas, scene.selection, one))
    numbers = contents.key_numbers(atlas, selected(atlas, scene.selection), voice)
    counted = "".join(f"<div><strong>{escape(n)}</strong><span>{_lines(label)}</span></div>" for label, n in numbers)
    st.html(
        f"<h1 class='scene-cover'>{_lines(name)}</h1><p>{_lines(what)}</p><div class='scene-numbers'>{counted}</div>"
    )


def _map(atlas: Atlas, scene: Scene, voice: Voice, translate: Translator) -> None:
    rows = scene.selection.twinnings(atlas)
    selection = replace(scene.selection, labels="bilingual" if len(voice.translators) > 1 else None)
    map_view.show(atlas, selection, rows, translate, frame=f"scene-{st.session_state['scene']}")
    map_view.legend(rows, translate)


def _pair(atlas: Atlas, scene: Scene, voice: Voice, translate: Translator) -> None:
    left, right = st.columns([3, 2])
    with left:
        _map(atlas, replace(scene, selection=scene.selection), voice, translate)
    with right:
        st.html(cards.html(atlas, scene.selection.pair, translate, scene.selection.day(atlas)))


def _topic(atlas: Atlas, scene: Scene, voice: Voice, translate: Translator) -> None:
    records = scenes.TOPICS[scene.kind].records(atlas, scene.selection)
    figures = contents.comparable(records["figures"])
    title = scenes.names(translate)[scene.kind]
    plot = drawn.of_figures(atlas, "statements", figures.head(ROWS), translate, title) if len(figures) else None
    _beside(
        atlas,
        plot,
        translate,
        contents.agreements(atlas, records["agreements"], voice),
        contents.figures(atlas, records["figures"], voice),
    )


def _meetings(atlas: Atlas, scene: Scene, voice: Voice, translate: Translator) -> None:
    events = scenes.TOPICS["meetings"].records(atlas, scene.selection)["events"]
    title = translate("The series of meetings along the years")
    plot = charts.series(atlas, events, translate, title, not scene.selection.restricts)
    held = events[events["status"] == "held"]
    _beside(atlas, plot, translate, contents.events(atlas, held, voice, outcomes=False))


def _open(atlas: Atlas, scene: Scene, voice: Voice, translate: Translator) -> None:
    rows = selected(atlas, scene.selection)
    twinnings = atlas.twinnings.loc[rows["twinnings"].index]
    on = scene.selection.day(atlas).isoformat()
    tables = (
        contents.abolished(atlas, twinnings, voice, on),
        contents.totals(atlas, scene.selection, voice),
        contents.discrepancies(atlas, rows["discrepancies"], voice),
    )
    _say("".join(_table(table, 3) for table in tables if len(table)), translate)


def _say(body: str, translate: Translator) -> None:
    st.html(body or f"<p>{escape(translate('No record of this kind passes the filters.'))}</p>")


def _beside(atlas: Atlas, plot: charts.Plot | None, translate: Translator, *tables: Table) -> None:
    body = "".join(_table(table, ROWS if len(tables) == 1 else 2) for table in tables if len(table))
    if plot is None:
        _say(body, translate)
        return
    left, right = st.columns(2)
    with left:
        drawn.show(atlas, plot, translate, "scene")
    right.html(body)


def _table(table: Table, most: int) -> str:
    shown = table.first(most)
    heads = "".join(f"<th>{_lines(head)}</th>" for head in shown.heads)
    rows = "".join(f"<tr>{''.join(f'<td>{_lines(cell)}</td>' for cell in row)}</tr>" for row in shown.rows)
    more = f" ({len(shown)}/{len(table)})" if len(table) > most else ""
    return f"<h2>{_lines(table.title)}{more}</h2><table class='scene-table'><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"


def _lines(text: str) -> str:
    return escape(text).replace("\n", "<br>")


KINDS = {
    "title": _title,
    "map": _map,
    "pair": _pair,
    "scholarships": _topic,
    "training": _topic,
    "labour": _topic,
    "meetings": _meetings,
    "open": _open,
}
