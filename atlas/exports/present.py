"""A session as one HTML file: presented, read and printed from a USB stick with no server and no network."""

from collections.abc import Callable
from dataclasses import replace

from markupsafe import Markup

from atlas.exports import markup, scenes
from atlas.exports.scenes import stage, vector
from atlas.exports.scenes.board import Board
from atlas.look.text import clean
from atlas.model.atlas import Atlas
from atlas.model.session import Session
from atlas.words.translator import Translator
from atlas.words.voice import Voice

Progress = Callable[[str, float], None]

STYLE = markup.styled("""
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 1200px; padding: 24px; color: $ink; background: $white; font: 16px/1.5 $font; }
h1 { font-size: 30px; line-height: 1.25; margin: 0 0 4px; white-space: pre-line; } h2 { font-size: 20px; margin: 32px 0 8px; }
.session { color: $faint; margin: 0 0 16px; white-space: pre-line; }
.actions { display: flex; flex-wrap: wrap; gap: 8px 24px; align-items: center; }
button.start, button.paper { padding: 8px 20px; border: 2px solid $action; border-radius: 8px; background: $white; color: $action; font: inherit; cursor: pointer; }
button.start { background: $action; color: $white; }
a { color: $action; } :is(a, button, summary, input):focus-visible { outline: 3px solid $ink; outline-offset: 2px; }
.contents li { margin: 2px 0; } .scene { margin: 32px 0; scroll-margin-top: 8px; }
.scene > svg { display: block; width: 100%; height: auto; aspect-ratio: 16 / 9; border: 1px solid $line; }
.notes { margin: 8px 0 0; padding: 4px 16px; border-left: 4px solid $line; overflow-wrap: anywhere; display: none; }
:root:has(#with-notes:checked) .notes { display: block; }
.notes p { margin: 4px 0; white-space: pre-line; }
.sources li { margin-bottom: 6px; overflow-wrap: anywhere; }
.about { display: grid; grid-template-columns: max-content 1fr; gap: 2px 16px; font-size: 14px; color: $faint; } .about dd { margin: 0; overflow-wrap: anywhere; }
@media (max-width: 600px) { body { padding: 12px; } .about { grid-template-columns: 1fr; } }
@page { size: A4 landscape; margin: 12mm 14mm; @bottom-right { content: counter(page) " / " counter(pages); font: 8pt sans-serif; } }
@media print {
  body { max-width: none; padding: 0; font-size: 10pt; } h1 { font-size: 20pt; } .actions, .atlas-stage { display: none; }
  .scene { margin: 0; break-before: page; } .scene > svg { width: 100%; max-height: 178mm; break-inside: avoid; border: 0; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  .notes { break-inside: avoid-page; } footer { break-before: page; } a { color: inherit; text-decoration: none; } .about, .sources { font-size: 9pt; }
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
<header><h1>{heading}</h1><p class="session">{when}</p>
<div class="actions"><button type="button" class="start" data-present>{present}</button>
<button type="button" class="paper" data-print>{print}</button>
<label><input type="checkbox" id="with-notes"> {with_notes}</label></div></header>
<nav aria-labelledby="contents"><h2 id="contents">{contents}</h2><ol class="contents">{listed}</ol></nav>
<main>{scenes}</main>
<footer><h2>{sources}</h2>{cited}<h2>{about}</h2>{statements}</footer>
{script}
</body>
</html>
"""
)
SCENE = Markup("<section class='scene' id='scene-{}' aria-label='{}'>{}<div class='notes'>{}</div></section>")


def html(atlas: Atlas, session: Session, progress: Progress = lambda step, share: None) -> bytes:
    """A session as a page that needs nothing but itself: its scenes with notes, a list of them, and the stage.

    What the presenter has noted is left out of a file for both sides.

    :param atlas: as the audience of the session may know it.
    """
    if session.audience == "both":
        session = replace(session, scenes=tuple(replace(one, notes="") for one in session.scenes))
    voice = Voice(session.language)
    translate = voice.first
    progress(translate("Scenes"), 0.1)
    shown = stage.boards(atlas, session)
    citations = markup.Citations()
    citations.marks(one for each in shown for one in each.sources)
    progress(translate("Writing the file"), 0.8)
    page = PAGE.format(
        language=markup.LANGUAGE_CODES[translate.language],
        title=stage.title(atlas, session, translate),
        style=Markup(STYLE),
        heading="\n".join(scenes.heading(scenes.context(atlas, session))),
        when=voice(lambda one: _when(session, one)),
        present=_said(voice, lambda one: one("Present")),
        print=_said(voice, lambda one: one("Print")),
        with_notes=_said(voice, lambda one: one("With notes")),
        contents=_said(voice, lambda one: one("Contents")),
        listed=Markup("").join(_entry(number, one) for number, one in enumerate(shown, start=1)),
        scenes=Markup("").join(_scene(number, one) for number, one in enumerate(shown, start=1)),
        sources=_said(voice, lambda one: one("Sources")),
        cited=citations.listed(atlas, translate),
        about=_said(voice, lambda one: one("About this file")),
        statements=markup.statements(atlas, session.selection, voice),
        script=stage.script(stage.content(atlas, session, shown, translate, file=True)),
    )
    return clean(page).encode()


def _said(voice: Voice, text: Callable[[Translator], str]) -> str:
    return voice(text, " · ")


def _when(session: Session, translate: Translator) -> str:
    """Date, place and the two sides in one line."""
    sides = (one.name.to(translate.language) for one in (session.vn, session.cn))
    parts = (translate.date(session.date) if session.date else "", session.place.to(translate.language), *sides)
    return " · ".join(filter(None, parts))


def _entry(number: int, shown: Board) -> Markup:
    return Markup("<li><a href='#scene-{}'>{}</a></li>").format(number, markup.lines("\n".join(shown.title)))


def _scene(number: int, shown: Board) -> Markup:
    notes = Markup("").join(Markup("<p>{}</p>").format(note) for note in shown.notes)
    return SCENE.format(number, " · ".join(shown.title), vector.svg(shown), notes)
