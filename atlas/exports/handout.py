"""A hand-out: one HTML file with map, charts, tables and sources that opens from a USB stick with no network."""

import json
import re
from collections.abc import Callable
from datetime import date
from typing import Any

from markupsafe import Markup

from atlas.cards import twinning
from atlas.exports import markup, pictures, summary, tables
from atlas.exports.about import described
from atlas.exports.rows import day, selected
from atlas.look import marks
from atlas.look.palette import FAINT
from atlas.look.text import clean
from atlas.maps import framing, scripts, svg
from atlas.maps.drawing import draw, layers
from atlas.model.atlas import Atlas
from atlas.model.selection import Selection
from atlas.words import vocabulary
from atlas.words.voice import Voice

Progress = Callable[[str, float], None]

SCRIPT = """
const read = (id) => JSON.parse(document.getElementById(id).textContent);
const address = (id) => URL.createObjectURL(new Blob([document.getElementById(id).textContent], { type: "application/json" }));
const { config, options } = read("settings");
config.data = address("data-map");
for (const layer of config.layers) layer.url = address(`layer-${layer.id}`);
config.opens = ({ pair }) => show(pair);
const map = atlas.start("map", config);
const group = L.featureGroup().addTo(map);
const card = document.getElementById("card");

function show(twinning) {
  options.selected = twinning;
  card.replaceChildren(document.getElementById(`card-${twinning}`).content.cloneNode(true));
  group.clearLayers();
  atlas.select(map, group, options);
}

atlas.select(map, group, options);
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-twinning]");
  if (link) show(link.dataset.twinning);
});
"""

STYLE = markup.styled("""
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 1200px; padding: 24px; color: $ink; background: $white;
  font: 16px/1.5 $font; }
h1 { font-size: 30px; line-height: 1.25; margin: 0 0 4px; } h2 { font-size: 22px; margin: 36px 0 8px; } h4 { margin: 8px 0 2px; }
.selection { color: $faint; margin: 0 0 16px; }
a { color: $action; } a:focus-visible { outline: 3px solid $ink; outline-offset: 2px; }
.numbers { display: flex; flex-wrap: wrap; gap: 8px 36px; margin: 16px 0; } .numbers div { display: flex; flex-direction: column-reverse; }
.numbers dd { margin: 0; font-size: 30px; font-weight: 700; color: $action; line-height: 1.2; } .numbers dt { color: $faint; font-size: 15px; }
.view { display: grid; grid-template-columns: minmax(0, 2fr) minmax(0, 1fr); gap: 16px; } #map { height: 560px; border: 1px solid $line; }
#card { height: 560px; overflow: auto; border: 1px solid $line; padding: 12px; overflow-wrap: anywhere; }
.card dl { display: grid; grid-template-columns: auto 1fr; gap: 2px 12px; } .card dt { color: $faint; } .card dd { margin: 0; }
.legend { display: flex; flex-wrap: wrap; gap: 4px 20px; margin: 8px 0; font-size: 15px; } .legend span { display: flex; align-items: center; gap: 6px; }
.fine { color: $faint; font-size: 14px; }
table { width: 100%; border-collapse: collapse; table-layout: fixed; font-size: 15px; overflow-wrap: anywhere; }
th, td { text-align: left; vertical-align: top; padding: 5px 8px; border-bottom: 1px solid $line; } th { background: $faint; color: $white; }
.chart { margin: 16px 0; } .chart svg { width: 100%; height: auto; max-width: 940px; } .sources li { margin-bottom: 6px; overflow-wrap: anywhere; }
.about { display: grid; grid-template-columns: max-content 1fr; gap: 2px 16px; font-size: 14px; color: $faint; } .about dd { margin: 0; }
.static { display: none; } .static svg { width: 100%; height: auto; }
@media screen { main > section { content-visibility: auto; contain-intrinsic-size: auto 3000px; } }
@media (max-width: 800px) { .view { grid-template-columns: 1fr; } #map { height: 60vh; } #card { height: auto; } body { padding: 12px; } table { font-size: 14px; } }
@media print {
  body { max-width: none; padding: 0; font-size: 10pt; } h1 { font-size: 18pt; } h2 { font-size: 13pt; break-after: avoid; }
  .view, .screen { display: none; } .static { display: block; } table { font-size: 8pt; line-height: 1.25; } th, td { padding: 2px 4px; } .about, .fine { font-size: 8pt; }
  thead { display: table-header-group; } tr, .chart, .static, .numbers { break-inside: avoid; } .page { break-before: page; }
  a { color: inherit; text-decoration: none; } th { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
""")

PAGE = Markup(
    """<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
<header><h1>{heading}</h1><p class="selection">{selection}</p></header>
<main>
{numbers}
{view}
<script>{leaflet}</script>
<script>{script}</script>
<script>{start}</script>
{sections}
<section class="page"><h2>{sources}</h2>{listed}</section>
</main>
<footer><h2>{about}</h2>{statements}</footer>
</body>
</html>
"""
)
VIEW = Markup(
    "<div class='view'><div id='map' role='region' aria-label='{map}'></div>"
    "<aside id='card' aria-live='polite'><p>{hint}</p></aside></div>"
    "<div class='legend screen'>{legend}</div>"
    "<div class='static'>{figure}<p class='fine'>{outside}</p></div>"
    "<p class='fine'>{fine}</p>{opened}{scripts}"
)


def html(
    atlas: Atlas, selection: Selection | None, language: str, progress: Progress = lambda step, share: None
) -> bytes:
    """A selection as one page that needs nothing but itself.

    :param language: one of :data:`atlas.words.voice.LANGUAGES`.
    """
    voice = Voice(language)
    chosen = selection or Selection()
    on = day(atlas, chosen)
    rows = selected(atlas, chosen)
    twinnings = chosen.twinnings(atlas)
    translate = voice.first
    citations = markup.Citations()
    progress(translate("Tables"), 0.1)
    sections = [
        _section(tables.pairs(atlas, twinnings, voice, on), citations, voice, linked=True),
        Markup("").join(markup.figure_charts(atlas, chosen, translate)),
        _section(tables.figures(atlas, rows["figures"], voice), citations, voice),
        _section(tables.agreements(atlas, rows["agreements"], voice), citations, voice),
        _section(tables.events(atlas, rows["events"], voice, chosen.day(atlas), outcomes=True), citations, voice),
        _section(tables.abolished(atlas, twinnings, voice, on), citations, voice),
        _section(tables.totals(atlas, chosen, voice), citations, voice),
        _section(tables.discrepancies(atlas, rows["discrepancies"], voice), citations, voice),
    ]
    progress(translate("Map"), 0.7)
    view = _view(atlas, chosen, list(twinnings.index), voice, on)
    progress(translate("Writing the file"), 0.9)
    title = voice(lambda translate: translate("Vietnam–China Border Cooperation Atlas"))
    page = PAGE.format(
        language=markup.LANGUAGE_CODES[translate.language],
        title=title.replace("\n", " · "),
        style=Markup(scripts.leaflet("leaflet.css") + scripts.style() + STYLE + _paper(title, atlas, voice)),
        heading=markup.lines(title),
        selection=markup.lines(voice(lambda translate: described(atlas, chosen, translate))),
        numbers=markup.numbers(summary.key_numbers(atlas, rows, voice)),
        view=view,
        leaflet=Markup(scripts.leaflet("leaflet.js")),
        script=Markup(scripts.script()),
        start=Markup(SCRIPT),
        sections=Markup("").join(sections),
        sources=markup.lines(voice(lambda translate: translate("Sources"))),
        listed=citations.listed(atlas, translate),
        about=markup.lines(voice(lambda translate: translate("About this file"))),
        statements=markup.statements(atlas, chosen, voice),
    )
    return clean(page).encode()


def _section(table: tables.Table, citations: markup.Citations, voice: Voice, linked: bool = False) -> Markup:
    if not len(table):
        return Markup("")
    shown = markup.table(table, citations, voice, linked)
    return Markup("<section><h2>{}</h2>{}</section>").format(markup.lines(table.title), shown)


def _paper(title: str, atlas: Atlas, voice: Voice) -> str:
    """Header and page numbers of the printed page."""
    version = voice(lambda translate: translate("Data version {day}", day=translate.date(atlas.version)), " / ")
    look = f"font: 8pt sans-serif; color: {FAINT};"
    return (
        f"@page {{ size: A4; margin: 20mm 14mm 16mm; @top-left {{ content: {_css(title)}; {look} }}"
        f" @top-right {{ content: {_css(version)}; {look} }}"
        f" @bottom-right {{ content: counter(page) ' / ' counter(pages); {look} }} }}"
    )


def _css(text: str) -> str:
    return '"' + re.sub(r"[^\w \-–.:/()]", lambda found: f"\\{ord(found[0]):x} ", text.replace("\n", " · ")) + '"'


def _view(atlas: Atlas, selection: Selection, twinnings: list[str], voice: Voice, on: str) -> Markup:
    """The map that can be moved, its legend, the cards that it opens, and the same map for paper."""
    drawing = draw(atlas, twinnings, voice.language, on, 900, 480)
    data = atlas.drawn
    used = {place for one in twinnings for place in (*data["twinnings"][one]["vn"], *data["twinnings"][one]["cn"])}
    used |= {after for place in used for after in data["places"][place].get("next", ())}
    shown = {
        "places": {place: row for place, row in data["places"].items() if place in used or row.get("base")},
        "twinnings": {one: data["twinnings"][one] for one in twinnings},
    }
    base = layers(atlas, on)
    settings = {
        "config": {"layers": [{"id": name, **style} for name, style in base], "levels": marks.level_marks()},
        "options": {
            "selected": None,
            "lang": voice.first.language,
            "labels": "bilingual" if len(voice.translators) > 1 else None,
            "asof": on,
            "levels": svg.level_names(atlas, voice),
            "group": voice(vocabulary.group_text, " / "),
            "several": voice(vocabulary.several_text, " / "),
            "says": {
                name: voice(lambda translate, name=name: vocabulary.control_names(translate)[name], " / ")
                for name in vocabulary.control_names(voice.first)
            },
            "frame": "all",
            "framed": framing.of_twinnings(atlas, twinnings),
            "whole": framing.of_border(atlas),
        },
    }
    parts = {
        "settings": _json(settings),
        "data-map": _json(shown),
        **{f"layer-{name}": atlas.layer(name).decode() for name, _ in base},
    }
    # JSON inside a script: nothing in it is markup, and without "<" nothing in it ends the script
    scripts = Markup("").join(
        Markup("<script type='application/json' id='{}'>{}</script>").format(name, Markup(text.replace("<", _LESS)))
        for name, text in parts.items()
    )
    opened = Markup("").join(
        Markup("<template id='card-{}'>{}</template>").format(
            one,
            Markup("").join(
                twinning.html(atlas, one, translate, date.fromisoformat(on)) for translate in voice.translators
            ),
        )
        for one in twinnings
    )
    legend = Markup("").join(
        Markup("<span>{}{}</span>").format(marks.legend_mark(level), name)
        for level, name in svg.entries(atlas, drawing, voice)
    )
    return VIEW.format(
        map=voice(lambda translate: translate("Map"), " / "),
        hint=markup.lines(
            voice(lambda translate: translate("Click a line or a place to see all that is known of it."))
        ),
        legend=legend,
        figure=svg.figure(atlas, drawing, voice),
        outside=markup.lines(
            voice(lambda translate: pictures.outside(len(drawing.far), translate)) if drawing.far else ""
        ),
        fine=markup.lines(
            voice(lambda translate: f"{pictures.disclaimer(translate)} {pictures.below_map(atlas, translate)}")
        ),
        opened=opened,
        scripts=scripts,
    )


_LESS = "\\u003c"


def _json(content: Any) -> str:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))
