"""A briefing paper (PDF) of a session: two pages with its pictures, then an annex of tables and sources."""

from collections.abc import Callable
from typing import Any

from markupsafe import Markup, escape

from atlas.exports import markup, pictures, scenes, tables, typeset
from atlas.exports.about import described
from atlas.exports.rows import DATES, day, selected
from atlas.exports.scenes import vector
from atlas.exports.scenes.board import Context, Picture, Room
from atlas.exports.tables import Table
from atlas.look.element import picture
from atlas.look.text import FONT, PRINTED_FONT
from atlas.model.atlas import Atlas
from atlas.model.session import Scene, Session
from atlas.words import vocabulary

Progress = Callable[[str, float], None]

ROOM = Room(0, 0, 1240, 560)  # of a picture, on 182 mm: letters of 24 units are 10 pt
FRONT = 4  # pictures, two a page
WORDS = ("cover", "text", "decisions")  # kinds of scene that are not drawn
WIDE = ("unrolled",)  # kinds that need a wider sheet: they are told
MOST_TOLD, MOST_DECIDED = 6, 5  # messages and decisions below the last picture
ROWS = 20  # of figures, agreements, meetings and points on which sources disagree, the newest

STYLE = markup.styled("""
@page { size: A4; margin: 19mm 14mm 15mm;
  @top-left { content: string(title); width: 75%; font: 7.5pt sans-serif; color: $faint; }
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
h1 span, h3 span { display: block; } h1 span ~ span, h3 span ~ span { font-weight: 400; color: $faint; font-size: 0.85em; }
h3 { font-size: 12pt; line-height: 1.2; margin: 0 0 2pt; }
.selection { color: $faint; margin: 0 0 5pt; font-size: 9pt; }
.picture { break-inside: avoid; margin: 0 0 10pt; } .picture svg { width: 182mm; height: auto; display: block; }
.subtitle { color: $faint; margin: 0 0 3pt; font-size: 8pt; } .fine { color: $faint; font-size: 7pt; margin: 2pt 0; }
.page { break-before: page; } .told { margin: 0; padding-left: 12pt; font-size: 9pt; } .told li { margin-bottom: 3pt; }
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
<p class="selection">{meeting}</p>"""
)
FOOT = Markup(
    """
<h2>{sources}</h2>{listed}
<h2>{about}</h2>{statements}
</body></html>"""
)


def pdf(atlas: Atlas, session: Session, progress: Progress = lambda step, share: None) -> bytes:
    """A session on two A4 pages of pictures, what else it says and decides, and an annex.

    The annex lists all pairs; of figures, agreements, meetings and points on which sources disagree the newest, and
    says how many there are in all.

    :param atlas: as the audience of the session may know it.
    """
    asked = scenes.context(atlas, session)
    progress(asked.voice.first("Drawing the pictures"), 0.1)
    front = _front(asked)
    progress(asked.voice.first("Writing the file"), 0.5)
    citations = markup.Citations()
    heading = Markup("<h1 class='page'>{}</h1>").format(_spans(asked.say(lambda one: one("Annex"))))
    annex = heading + Markup("").join(_section(asked, *table, citations) for table in _tables(asked))
    return typeset.pdf(_head(asked) + front + annex + _foot(asked, citations), url_fetcher=_refuse)


def _refuse(url: str, *more: Any) -> Any:
    raise ValueError(f"a briefing paper asks nothing of the network: {url}")


def _head(asked: Context) -> Markup:
    atlas, session, voice = asked.atlas, asked.session, asked.voice
    title = scenes.heading(asked)
    running = {
        "title": title[0],
        "version": voice.first("Data version {day}", day=voice.first.date(atlas.version)),
        "terms": voice(pictures.disclaimer, " / "),
    }
    selection = asked.say(lambda translate: described(atlas, session.selection, translate))
    return HEAD.format(
        language=markup.LANGUAGE_CODES[voice.first.language],
        title=" · ".join(title),
        version=atlas.version,
        style=Markup(STYLE),
        running=Markup("").join(
            Markup("<span class='running-{}'>{}</span>").format(name, text) for name, text in running.items()
        ),
        heading=_spans(title),
        meeting=Markup("<br>").join([*scenes.meeting(asked), " / ".join(selection)]),
    )


def _spans(texts: tuple[str, ...]) -> Markup:
    return Markup("").join(Markup("<span>{}</span>").format(markup.lines(text)) for text in texts)


def _front(asked: Context) -> Markup:
    """The first pictures, two a page, and below them what the other scenes say and what was decided."""
    drawn: list[tuple[Scene, Picture]] = []
    told: list[tuple[str, ...]] = []
    for scene in asked.session.talk:
        made = scenes.picture(asked, scene, ROOM) if scene.kind not in WORDS else None
        if made and len(drawn) < FRONT and scene.kind not in WIDE:
            drawn.append((scene, made))
        elif made:
            told.append(made.message)
    parts = [_picture(asked, *one, turned=number == FRONT // 2) for number, one in enumerate(drawn)]
    items = Markup("").join(Markup("<li>{}</li>").format(" / ".join(one)) for one in told[:MOST_TOLD])
    parts.append(Markup("<ul class='told'>{}</ul>").format(items))
    return Markup("").join(parts) + _decisions(asked, MOST_DECIDED)


def _picture(asked: Context, scene: Scene, made: Picture, turned: bool) -> Markup:
    """A scene with its message, unit and period, and sources; on a new page if it is the first of one."""
    drawing = picture(f"{ROOM.width}", f"{ROOM.height}", vector.items(made.items), viewBox=f"0 0 {ROOM.width} {ROOM.height}")  # fmt: skip
    whole = Markup("<section class='picture{}'><h3>{}</h3><p class='subtitle'>{}</p>{}<p class='fine'>{}</p></section>")
    printed = Markup(str(drawing).replace(str(escape(FONT)), str(escape(PRINTED_FONT))))
    said = scenes.below(asked, scene, made)
    return whole.format(" page" if turned else "", _spans(made.message), " · ".join(made.subtitle), printed, said)


def _decisions(asked: Context, most: int) -> Markup:
    table = tables.decisions(asked.session.decisions, asked.voice)
    if not len(table):
        return Markup("")
    heading = Markup("<h2>{}</h2>").format(" / ".join(asked.say(lambda one: vocabulary.scene_kinds(one)["decisions"])))
    return heading + markup.table(table.first(most), markup.Citations(), asked.voice)


def _tables(asked: Context) -> list[tuple[Table, int]]:
    """Every table, and how many rows of it are shown."""
    atlas, selection, voice = asked.atlas, asked.session.selection, asked.voice
    rows = selected(atlas, selection)
    newest = {name: rows[name].sort_values(column, ascending=False, kind="stable") for name, column in DATES.items()}
    disputed = rows["discrepancies"].sort_values("status", key=lambda states: states != "open", kind="stable")
    pairs = tables.pairs(atlas, selection.twinnings(atlas), voice, day(atlas, selection))
    shortened = [
        tables.totals(atlas, selection, voice),
        tables.figures(atlas, newest["figures"], voice),
        tables.agreements(atlas, newest["agreements"], voice),
        tables.events(atlas, newest["events"], voice, selection.day(atlas), outcomes=True),
        tables.discrepancies(atlas, disputed, voice),
    ]
    decisions = tables.decisions(asked.session.decisions, voice)
    whole = [decisions] if len(decisions) > MOST_DECIDED else []
    return [*((table, len(table)) for table in (*whole, pairs)), *((table, ROWS) for table in shortened)]


def _section(asked: Context, table: Table, most: int, citations: markup.Citations) -> Markup:
    """A table with its first rows, and how many there are where that is not all."""
    if not len(table):
        return Markup("")
    part = table.first(most)
    said = asked.voice(
        lambda translate: translate(
            "{n} of {all} are shown; the workbook and the hand-out have all.", n=len(part), all=len(table)
        )
    )
    more = Markup("<p class='fine'>{}</p>").format(markup.lines(said)) if len(part) < len(table) else ""
    whole = markup.table(part, citations, asked.voice)
    return Markup("<h2>{}</h2>{}{}").format(markup.lines(table.title), whole, more)


def _foot(asked: Context, citations: markup.Citations) -> Markup:
    voice = asked.voice
    return FOOT.format(
        sources=markup.lines(voice(lambda translate: translate("Sources"))),
        listed=citations.listed(asked.atlas, voice.first),
        about=markup.lines(voice(lambda translate: translate("About this file"))),
        statements=markup.statements(asked.atlas, asked.session.selection, voice),
    )
