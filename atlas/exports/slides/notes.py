"""What stands behind a slide: what to say, how long it takes, and the sources with their addresses."""

import re
from collections.abc import Iterable, Iterator

from pptx.slide import Slide

from atlas.exports import tables
from atlas.exports.about import about
from atlas.exports.scenes import board
from atlas.exports.scenes.board import Board
from atlas.exports.slides.ooxml import A, put, run, themed
from atlas.exports.slides.page import Deck
from atlas.look.text import HAN
from atlas.model.atlas import Atlas
from atlas.model.selection import Selection
from atlas.model.session import Scene
from atlas.words.translator import Translator
from atlas.words.voice import Voice

SIZE = 12  # points


def behind(atlas: Atlas, voice: Voice, shown: Board, scene: Scene | None, opening: Selection | None) -> Iterator[str]:
    """What to say at a slide, how long it takes, and its sources with their addresses.

    :param opening: of the slide that opens a deck: the selection of which it tells, and under which terms.
    """
    yield from shown.title
    yield from shown.notes
    if scene and scene.minutes is not None:
        minutes = scene.minutes
        yield voice(lambda translate: translate.plural("{n} minute", "{n} minutes", minutes), " / ")
    yield from sources(atlas, voice, shown.sources)
    if opening is not None:
        for translate in voice.translators:
            yield from (f"{name}: {text}" for name, text in about(atlas, opening, translate))


def sources(atlas: Atlas, voice: Voice, cited: Iterable[str]) -> Iterator[str]:
    """Sources with their addresses, a line each, under a heading."""
    named = tables.sources(atlas, cited, voice.first)
    if named:
        yield f"{voice(_sources, ' / ')}:"
    yield from (f"[{number}] {line}" for number, line in enumerate(named, start=1))


def _sources(translate: Translator) -> str:
    return translate("Sources")


def write(deck: Deck, slide: Slide, lines: Iterable[str]) -> None:
    """Put lines behind a slide, a paragraph each."""
    ink = board.INK
    put(
        slide.notes_slide.notes_text_frame,
        (
            A.p(
                *(
                    run(part, SIZE, False, themed(ink), latin=deck.latin)
                    for part in re.split(f"({HAN.pattern})", line)
                    if part
                )
            )
            for text in lines
            for line in text.split("\n")
        ),
    )
