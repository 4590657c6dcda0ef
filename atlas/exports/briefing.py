"""A briefing paper (PDF) on a province: map, key numbers, pairs, figures, agreements, meetings, open points, sources."""

from collections.abc import Callable
from typing import Any

import pandas as pd
from markupsafe import Markup

from atlas.exports import markup, pictures, summary, tables
from atlas.exports.about import described
from atlas.exports.rows import DATES, day, selected
from atlas.exports.tables import Table
from atlas.maps import svg
from atlas.maps.drawing import Drawing, draw
from atlas.model.atlas import Atlas
from atlas.model.selection import Selection
from atlas.words.voice import Voice

Progress = Callable[[str, float], None]

MOST_PAGES = 6
# rows of figures, agreements, meetings and points each, by number of languages: the first that fits the pages is taken
ROWS = {1: (20, 10, 5), 2: (10, 5)}
MAP = (690, 340)  # pixels of 1/96 inch

STYLE = markup.styled("""
@page { size: A4; margin: 19mm 14mm 15mm;
  @top-left { content: string(title); font: 7.5pt sans-serif; color: $faint; }
  @top-right { content: string(version); font: 7.5pt sans-serif; color: $faint; }
  @bottom-left { content: string(terms); font: 7pt sans-serif; color: $faint; }
  @bottom-right { content: counter(page) " / " counter(pages); font: 7.5pt sans-serif; color: $faint; } }
* { font-family: $printed; }
@page { @top-left { font-family: $printed; } @top-right { font-family: $printed; }
  @bottom-left { font-family: $printed; } }
body { margin: 0; font-size: 8.5pt; line-height: 1.32; color: $ink; }
.running-title { string-set: title content(text); } .running-version { string-set: version content(text); } .running-terms { string-set: terms content(text); }
.running { height: 0; overflow: hidden; font-size: 1pt; color: $white; }
h1 { font-size: 17pt; line-height: 1.2; margin: 0 0 2pt; } h2 { font-size: 11.5pt; line-height: 1.2; margin: 11pt 0 3pt; break-after: avoid; }
.selection { color: $faint; margin: 0 0 6pt; font-size: 10pt; }
.numbers { margin: 0 0 6pt; display: flex; } .numbers div { flex: 1; } .numbers dd { margin: 0; font-size: 16pt; font-weight: 700; color: $action; line-height: 1.1; } .numbers dt { color: $faint; font-size: 8pt; }
.map svg { width: 182mm; height: auto; } .fine { color: $faint; font-size: 7pt; margin: 2pt 0; }
table { width: 100%; border-collapse: collapse; table-layout: fixed; font-size: 7.5pt; line-height: 1.25; overflow-wrap: anywhere; }
th, td { text-align: left; vertical-align: top; padding: 1.6pt 3pt; border-bottom: 0.4pt solid $line; } th { background: $faint; color: $white; }
thead { display: table-header-group; } tr { break-inside: avoid; } a { color: inherit; text-decoration: none; }
.sources { columns: 2; column-gap: 8mm; font-size: 6.5pt; line-height: 1.2; padding-left: 14pt; margin: 0; overflow-wrap: anywhere; } .sources li { margin-bottom: 1.5pt; break-inside: avoid; } .sources small { font-size: 6pt; color: $faint; }
.about { font-size: 7pt; color: $faint; margin: 0 0 6pt; } .about dt { float: left; clear: left; width: 30mm; } .about dd { margin: 0 0 0 32mm; }
""")


HEAD = Markup(
    """<!DOCTYPE html>
<html lang="{language}">
<head><meta charset="utf-8"><title>{title}</title>
<meta name="dcterms.created" content="{version}"><meta name="dcterms.modified" content="{version}">
<style>{style}</style></head>
<body>
<div class="running">{running}</div>
<h1>{heading}</h1>
<p class="selection">{selection}</p>
{numbers}
<div class="map">{map}</div>
<p class="fine">{outside} {below}</p>"""
)
FOOT = Markup(
    """
<h2>{sources}</h2>{listed}
<h2>{about}</h2>{statements}
</body></html>"""
)


def pdf(
    atlas: Atlas, selection: Selection | None, language: str, progress: Progress = lambda step, share: None
) -> bytes:
    """A selection, best of one province, on two to six A4 pages.

    All pairs are listed. Of figures, agreements, meetings and points on which sources disagree the newest are, as
    many as the pages hold, and the paper says how many there are in all.

    :param language: one of :data:`atlas.words.voice.LANGUAGES`.
    """
    voice = Voice(language)
    chosen, on = selection or Selection(), day(atlas, selection)
    rows = selected(atlas, chosen)
    twinnings = list(chosen.twinnings(atlas).index)
    tables = _tables(atlas, chosen, rows, voice, on)
    drawing = draw(atlas, twinnings, language, on, *MAP, 11)
    head = _head(atlas, chosen, rows, drawing, voice)
    steps = ROWS[len(voice.translators)]
    for number, most in enumerate(steps):
        progress(voice.first("Writing the file"), number / len(steps))
        citations = markup.Citations()
        sections = Markup("").join(
            _section(table, most if short else len(table), citations, voice) for table, short in tables
        )
        from weasyprint import HTML  # needs Pango, which a machine may lack; the rest of the atlas does not

        paper = head + sections + _foot(atlas, chosen, citations, voice)
        document = HTML(string=paper, url_fetcher=_refuse).render()
        if len(document.pages) <= MOST_PAGES:
            break
    return document.write_pdf()


def _refuse(url: str, *more: Any) -> Any:
    raise ValueError(f"a briefing paper asks nothing of the network: {url}")


def _tables(
    atlas: Atlas, selection: Selection, rows: dict[str, pd.DataFrame], voice: Voice, on: str
) -> list[tuple[Table, bool]]:
    """Every table, and whether it may be shortened."""
    newest = {name: rows[name].sort_values(column, ascending=False, kind="stable") for name, column in DATES.items()}
    disputed = rows["discrepancies"].sort_values("status", key=lambda states: states != "open", kind="stable")
    return [
        (tables.pairs(atlas, selection.twinnings(atlas), voice, on), False),
        (tables.totals(atlas, selection, voice), True),
        (tables.figures(atlas, newest["figures"], voice), True),
        (tables.agreements(atlas, newest["agreements"], voice), True),
        (tables.events(atlas, newest["events"], voice, outcomes=True), True),
        (tables.discrepancies(atlas, disputed, voice), True),
    ]


def _head(atlas: Atlas, selection: Selection, rows: dict[str, pd.DataFrame], drawing: Drawing, voice: Voice) -> Markup:
    title = voice(lambda translate: translate("Vietnam–China Border Cooperation Atlas"))
    version = voice(lambda translate: translate("Data version {day}", day=translate.date(atlas.version)), " / ")
    terms = voice(pictures.disclaimer, " / ")
    outside = voice(lambda translate: pictures.outside(drawing, translate)) if drawing.far else ""
    running = {"title": title.replace("\n", " · "), "version": version, "terms": terms}
    return HEAD.format(
        language=markup.LANGUAGE_CODES[voice.first.language],
        title=running["title"],
        version=atlas.version,
        style=Markup(STYLE),
        running=Markup("").join(
            Markup("<span class='running-{}'>{}</span>").format(name, text) for name, text in running.items()
        ),
        heading=markup.lines(title),
        selection=markup.lines(voice(lambda translate: described(atlas, selection, translate))),
        numbers=markup.numbers(summary.key_numbers(atlas, rows, voice)),
        map=svg.figure(atlas, drawing, voice),
        outside=markup.lines(outside),
        below=markup.lines(voice(lambda translate: pictures.below_map(atlas, translate))),
    )


def _foot(atlas: Atlas, selection: Selection, citations: markup.Citations, voice: Voice) -> Markup:
    return FOOT.format(
        sources=markup.lines(voice(lambda translate: translate("Sources"))),
        listed=citations.listed(atlas, voice.first),
        about=markup.lines(voice(lambda translate: translate("About this file"))),
        statements=markup.statements(atlas, selection, voice),
    )


def _section(table: Table, most: int, citations: markup.Citations, voice: Voice) -> Markup:
    """A table with its first rows, and how many there are where that is not all."""
    if not len(table):
        return Markup("")
    part = table.first(most)
    said = voice(
        lambda translate: translate(
            "{n} of {all} are shown; the workbook and the hand-out have all.", n=len(part), all=len(table)
        )
    )
    more = Markup("<p class='fine'>{}</p>").format(markup.lines(said)) if len(part) < len(table) else ""
    return Markup("<h2>{}</h2>{}{}").format(markup.lines(table.title), markup.table(part, citations, voice), more)
