"""The meeting view: one scene at a time on the whole screen, forward and back by buttons, keys or a presenter's remote.

A scene is a stage of 1920 by 1080 units that the style sheet scales to the window. What stands on it is bounded: so many
rows of so many lines, and no more.
"""

from dataclasses import replace
from functools import partial
from itertools import groupby
from math import ceil, floor
from urllib.parse import quote

import pandas as pd
import streamlit as st
from markupsafe import Markup

from atlas import ROOT
from atlas.charts import sessions
from atlas.exports import summary, tables, unrolled
from atlas.exports.about import described
from atlas.exports.markup import lines
from atlas.exports.rows import DATES, selected
from atlas.exports.tables import Table
from atlas.look import marks, palette
from atlas.look.element import picture
from atlas.look.palette import part_colour
from atlas.maps.svg import markup
from atlas.model import audience, meetings, results, scenes
from atlas.model.atlas import Atlas
from atlas.model.scenes import Scene
from atlas.model.selection import Selection
from atlas.words import values, vocabulary
from atlas.words.sentences import of_part
from atlas.words.translator import Translator
from atlas.words.voice import Voice, two
from ui import along_view, map_view, record_list, state

BARS = {1: 4, 2: 3}
MOST_COMPOSITIONS = 2  # above the bars of a topic, of which there are fewer then
SERIES = {1: 6, 2: 5}
ROWS = {1: 6, 2: 5}  # of a table, by number of languages: as many as can be read from the back of a room
LATEST = {1: 3, 2: 2}  # records of a kind beside a chart
FACTS = {1: 8, 2: 5}

NUMBER = Markup("<div><strong>{}</strong><span>{}</span></div>")
KEYS = (ROOT / "assets/keys.js").read_text("utf-8")


def start(number: int) -> None:
    """Open a scene by its number, counted from 1."""
    state.go(scene=[str(number)])


def end() -> None:
    """Leave the meeting view."""
    state.go(scene=())


NAMES = 22  # units of the names along the border
STAGE = {False: 690, True: 550}  # units of the map's height, without and with a caption


def show(atlas: Atlas, listed: tuple[Scene, ...], number: int, translate: Translator, bilingual: bool) -> None:
    """One scene of a sequence, with nothing of the application around it."""
    st.html(ROOT / "assets/presentation.css")
    st.html(f"<script>{KEYS}</script>", unsafe_allow_javascript=True)
    atlas = audience.released(atlas, "both")  # what is projected is seen by both sides
    listed = scenes.known(atlas, listed) or scenes.sequence(atlas, Selection())
    number = min(max(number, 1), len(listed))
    scene = listed[number - 1]
    scene = replace(scene, selection=replace(scene.selection, lang=translate.language))
    voice = Voice(two(translate.language) if bilingual else translate.language)
    with st.container(key="scene"):
        heading = scene.title or (
            scene.kind != "title" and voice(lambda one: vocabulary.scene_kinds(one)[scene.kind], " · ")
        )
        kind = f"scene-{len(voice.translators)}-languages"  # how many lines a text may take
        tag = "h1" if heading else "div"
        st.html(Markup("<{tag} class='scene-title {kind}'>{}</{tag}>").format(heading or "", tag=tag, kind=kind))
        KINDS[scene.kind](atlas, scene, voice, translate)
        if scene.caption:
            st.html(Markup("<p class='scene-caption'>{}</p>").format(scene.caption))
    _controls(number, len(listed), translate)


def _controls(number: int, total: int, translate: Translator) -> None:
    with st.container(
        key="scene-controls", horizontal=True, horizontal_alignment="center", vertical_alignment="center"
    ):
        buttons = (
            ("first", translate("First scene"), ":material/first_page:", partial(start, 1), number == 1),
            ("back", translate("Back"), ":material/arrow_back:", partial(start, number - 1), number == 1),
            ("next", translate("Next"), ":material/arrow_forward:", partial(start, number + 1), number == total),
            ("last", translate("Last scene"), ":material/last_page:", partial(start, total), number == total),
            ("end", translate("End"), ":material/close:", end, False),
        )
        for key, label, icon, action, disabled in buttons:
            st.button(label, key=f"scene-{key}", icon=icon, on_click=action, disabled=disabled)
        st.text(translate("{n} of {total}", n=number, total=total))


def _title(atlas: Atlas, scene: Scene, voice: Voice, translate: Translator) -> None:
    name = voice(lambda one: one("Vietnam–China Border Cooperation Atlas"))
    what = voice(lambda one: described(atlas, scene.selection, one))
    numbers = summary.key_numbers(atlas, selected(atlas, scene.selection), voice)
    counted = Markup("").join(NUMBER.format(number, lines(label)) for label, number in numbers)
    whole = Markup(
        "<div class='scene-start'><h1 class='scene-cover'>{}</h1><p>{}</p><div class='scene-numbers'>{}</div></div>"
    )
    _body(whole.format(lines(name), _clamped(what), counted), translate)


def _results(atlas: Atlas, scene: Scene, voice: Voice, translate: Translator) -> None:
    totals, compositions = results.of(atlas, scene.selection)
    numbers = summary.headlines(atlas, scene.selection, voice)
    left = Markup("").join(NUMBER.format(number, _clamped(label)) for number, label in numbers)
    right = _compositions(atlas, compositions, voice)
    cited = [source for row in (*(one.total for one in compositions), *totals) for source in row["sources"]]
    _body(
        _part("scene-results", left) + (_part("scene-bars", right) if right else ""),
        translate,
        values.source_line(atlas, tuple(dict.fromkeys(cited)), translate) if cited else "",
    )


def _compositions(atlas: Atlas, shown: list[results.Composition], voice: Voice) -> Markup:
    return Markup("").join(
        Markup("<section>{}</section>").format(
            Markup("").join(_composition(atlas, one, voice, first=place == 0) for place, one in enumerate(of_total))
        )
        for _, of_total in groupby(shown, lambda one: one.total["id"])
    )


def _composition(atlas: Atlas, one: results.Composition, voice: Voice, first: bool) -> Markup:
    """A total as a bar of its parts, each with its number, and what the parts are below it."""
    bar = names = Markup("")
    for part in one.parts:
        colour = part_colour(part.row, part.by_outcome) if part.row else palette.REST
        look = f"flex:{part.value} 0 0;background:{colour};color:{palette.ink_on(colour)}"
        number = part.value if part.value * 16 > one.total["value"] else ""
        bar += Markup("<i style='{}'>{}</i>").format(look, number)
        name = voice(partial(of_part, atlas, part), " · ")
        entry = Markup("<span><i style='background:{}'></i>{}: <b>{}</b></span>")
        names += entry.format(colour, name, summary.grouped(part.value))
    title = voice(lambda translate: f"{values.amount(one.total, translate)}: {translate.text(one.total, 'title')}")
    head = Markup("<p>{}</p>").format(_clamped(title)) if first else Markup("")
    return head + _part("scene-parts", bar) + _part("scene-names", names)


def _map(atlas: Atlas, scene: Scene, voice: Voice, translate: Translator) -> None:
    rows = scene.selection.twinnings(atlas)
    selection = replace(scene.selection, labels="bilingual" if len(voice.translators) > 1 else None)
    frame = f"scene-{state.visit().scene}"
    map_view.show(atlas, selection, rows, translate, frame, STAGE[bool(scene.caption)])
    map_view.legend(atlas, rows, translate)


def _pair(atlas: Atlas, scene: Scene, voice: Voice, translate: Translator) -> None:
    left, right = st.columns([3, 2])
    with left:
        _map(atlas, scene, voice, translate)
    assert scene.selection.pair  # every scene of this kind has one
    facts = tables.of_pair(atlas, scene.selection.pair, voice, scene.selection.day(atlas).isoformat())
    shown = facts.first(FACTS[len(voice.translators)]).rows
    fact = Markup("<dt>{}</dt><dd>{}</dd>")
    listed = Markup("").join(fact.format(_clamped(name), _clamped(said)) for name, said in shown)
    whole = Markup("<div class='scene-facts'><h2>{}</h2><dl>{}</dl></div>")
    right.html(whole.format(_clamped(facts.title), listed))


def _border(atlas: Atlas, scene: Scene, voice: Voice, translate: Translator) -> None:
    selection = replace(scene.selection, lang=None, labels=None)
    shown = unrolled.content(atlas, selection, voice.language)
    drawing = unrolled.fitted(atlas, shown, voice, 1800, STAGE[bool(scene.caption)], NAMES).drawing
    svg = picture(f"{drawing.width:g}", f"{drawing.height:g}", markup(drawing))
    whole = Markup("<img alt='{}' src='data:image/svg+xml,{}' style='width:100%'>")
    st.html(whole.format(voice(unrolled.heading, " · "), quote(str(svg))))
    names = vocabulary.labels(atlas, "twinnings.level", translate)
    level = Markup("<span>{}{}</span>")
    levels = (level.format(record_list.image(marks.legend_mark(one)), names[one]) for one in drawing.levels)
    key = Markup("").join(levels) + along_view.key(translate)
    st.html(Markup("<div class='legend strip-legend'>{}</div>").format(key))


def _topic(atlas: Atlas, scene: Scene, voice: Voice, translate: Translator) -> None:
    records = scenes.TOPICS[scene.kind].records(atlas, scene.selection)
    composed = results.compositions(atlas, records["figures"])[:MOST_COMPOSITIONS]
    figures = summary.comparable(records["figures"].drop(index={one.total["id"] for one in composed}))
    most = max(1, BARS[len(voice.translators)] - 2 * bool(composed) - bool(scene.caption))
    shown = figures.sort_values("value", ascending=False, kind="stable").head(most).to_dict("records")
    bars = _compositions(atlas, composed, voice) + Markup("").join(_bar(row, shown[0]["value"], voice) for row in shown)
    drawn = [one.total for one in composed] + shown
    cited = tuple(dict.fromkeys(source for row in drawn for source in row["sources"]))
    _body(
        (_part("scene-bars", bars) if bars else "") + _latest(records, voice),
        translate,
        values.source_line(atlas, cited, translate) if cited else "",
    )


def _bar(row: dict, largest: float, voice: Voice) -> Markup:
    name = voice(lambda translate: f"{translate.text(row, 'title')} ({values.when(row, translate)})")
    said = voice(lambda translate: values.amount(row, translate), " · ")
    share = f"{100 * row['value'] / largest if largest else 0:.1f}%"
    bar = Markup(
        "<section><p>{}</p><div class='scene-bar'><i style='width:calc({} * 0.45)'></i><b>{}</b></div></section>"
    )
    return bar.format(_clamped(name), share, said)


def _latest(records: dict[str, pd.DataFrame], voice: Voice) -> Markup:
    """How many agreements and meetings there are, and the latest of them with their dates."""
    heads = {
        "agreements": lambda translate: translate("Agreements"),
        "events": lambda translate: translate("Meetings and courses"),
    }
    parts = Markup("")
    for name, head in heads.items():
        rows = records[name]
        if rows.empty:
            continue
        items = Markup("").join(
            Markup("<li>{}</li>").format(_clamped(voice(partial(_dated, row, DATES[name]))))
            for row in rows.head(LATEST[len(voice.translators)]).to_dict("records")
        )
        parts += Markup("<h2>{}: {}</h2><ul>{}</ul>").format(voice(head, " · "), len(rows), items)
    return _part("scene-latest", parts) if parts else parts


def _dated(row: dict, column: str, translate: Translator) -> str:
    return f"{translate.date(row[column])}: {translate.text(row, 'title')}"


def _meetings(atlas: Atlas, scene: Scene, voice: Voice, translate: Translator) -> None:
    records = scenes.TOPICS["meetings"].records(atlas, scene.selection)
    held = records["events"][records["events"]["status"] == "held"]
    most = SERIES[len(voice.translators)] - 2 * bool(scene.caption)
    chart = _series(atlas, records["events"], scene.selection, voice, most)
    _body(
        chart + _latest(records | {"events": held}, voice),
        translate,
        values.source_line(atlas, tuple(dict.fromkeys(one for cited in held["sources"] for one in cited)), translate)
        if len(held)
        else "",
    )


def _series(atlas: Atlas, events: pd.DataFrame, selection: Selection, voice: Voice, most: int) -> Markup:
    """The series that matter most along the years, each session with its number; empty if there is none with a date."""
    placed = sessions.along(atlas, events, not selection.restricts)
    leading = [name for name in results.leading_series(atlas, events, selection) if name in placed]
    shown = leading[:most]
    if not shown:
        return Markup("")
    places = [x for name in shown for _, x, _ in placed[name]]
    first, last = floor(min(places)), ceil(max(places))
    share = lambda x: f"{100 * (x - first) / (last - first):.1f}%"  # noqa: E731
    years = range(first, last, max(1, ceil((last - first) / 6)))
    axis = Markup("").join(Markup("<b style='left:{}'>{}</b>").format(share(year), year) for year in years)
    tracks = Markup("")
    for name in shown:
        marks = Markup("").join(_session(session, share(x), dated) for session, x, dated in placed[name])
        named = voice(lambda one, name=name: vocabulary.labels(atlas, "events.series", one)[name])
        track = Markup("<section><p>{}</p><div class='scene-track'>{}</div></section>")
        tracks += track.format(_clamped(named), marks)
    head = voice(lambda translate: translate("The series of meetings along the years"), " · ")
    more = f" ({len(shown)}/{len(placed)})" if len(shown) < len(placed) else ""
    whole = Markup("<div class='scene-series'><h2>{}{}</h2>{}<div class='scene-years'>{}</div></div>")
    return whole.format(head, more, tracks, axis)


def _session(session: meetings.Session, left: str, dated: bool) -> Markup:
    """The mark of a session; hollow if it is only announced, has no date or is found in no source."""
    colour = palette.MEETING
    held = dated and session.event is not None and session.event["status"] == "held"
    look = f"background:{colour};color:{palette.ink_on(colour)}" if held else f"border-color:{colour}"
    lower = Markup(" class=lower") if (session.ordinal or 0) % 2 else ""
    return Markup("<i{} style='left:{};{}'>{}</i>").format(lower, left, look, session.ordinal or "")


def _open(atlas: Atlas, scene: Scene, voice: Voice, translate: Translator) -> None:
    rows = selected(atlas, scene.selection)
    twinnings = atlas.twinnings.loc[rows["twinnings"].index]
    abolished = tables.abolished(atlas, twinnings, voice, scene.selection.day(atlas).isoformat())
    undated = int(twinnings["signed_on"].isna().sum())
    said = voice(
        lambda one: one("{n} of {all} twinnings have no known date of signature.", n=undated, all=len(twinnings))
    )
    table = _table(abolished, ROWS[len(voice.translators)]) if len(abolished) else ""
    _body(Markup("<div class='scene-open'>{}<p>{}</p></div>").format(table, lines(said)), translate)


def _body(inside: Markup, translate: Translator, sources: str = "") -> None:
    """What stands below the title; a scene of which no record passes the filters says so."""
    below = Markup("<p class='scene-sources'>{}</p>").format(sources) if sources else ""
    inside = inside or Markup("<p>{}</p>").format(translate("No record of this kind passes the filters."))
    st.html(_part("scene-body", inside) + below)


def _part(kind: str, inside: Markup) -> Markup:
    return Markup("<div class='{}'>{}</div>").format(kind, inside)


def _table(table: Table, most: int) -> Markup:
    shown = table.first(most)
    share = 100 / sum(table.widths)
    columns = Markup("").join(Markup("<col style='width:{:.0f}%'>").format(width * share) for width in table.widths)
    heads = Markup("").join(Markup("<th>{}</th>").format(_clamped(head)) for head in shown.heads)
    rows = Markup("").join(
        Markup("<tr>{}</tr>").format(Markup("").join(Markup("<td>{}</td>").format(_clamped(cell)) for cell in row))
        for row in shown.rows
    )
    more = f" ({len(shown)}/{len(table)})" if len(table) > most else ""
    title = table.title.replace("\n", " · ")
    whole = Markup(
        "<h2>{}{}</h2><table class='scene-table'><colgroup>{}</colgroup><thead><tr>{}</tr></thead>"
        "<tbody>{}</tbody></table>"
    )
    return whole.format(title, more, columns, heads, rows)


def _clamped(text: str) -> Markup:
    """Text of which the style sheet shows two lines, or one of each language."""
    return Markup("").join(Markup("<span class='clamp'>{}</span>").format(line) for line in text.split("\n")[:4])


KINDS = {
    "title": _title,
    "results": _results,
    "map": _map,
    "border": _border,
    "pair": _pair,
    "scholarships": _topic,
    "training": _topic,
    "labour": _topic,
    "meetings": _meetings,
    "open": _open,
}
