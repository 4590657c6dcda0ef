"""The slides of twinnings: the map of a selection with its legend, and one twinning."""

from datetime import date

import pandas as pd
from pptx.util import Emu, Inches, Pt

from atlas.exports import pictures, tables
from atlas.exports.rows import day
from atlas.exports.slides.layout import INNER, LEFT, SMALLEST, TOP
from atlas.exports.slides.ooxml import EMU_PER_PIXEL
from atlas.exports.slides.page import NOTE_LINE, Deck, Page
from atlas.exports.slides.shapes import map_of, mark_of, next_id
from atlas.look.marks import LEVEL_STYLES
from atlas.look.palette import INK
from atlas.maps import svg
from atlas.maps.drawing import Drawing, Mark, draw
from atlas.model import standing
from atlas.model.scenes import Scene
from atlas.words import vocabulary

NAMES = 16  # pixels of the names on the map


def on_the_map(deck: Deck, scene: Scene) -> None:
    """The twinnings of a selection on the map."""
    rows, on = scene.selection.twinnings(deck.atlas), day(deck.atlas, scene.selection)
    page = deck.page(_heading(deck, scene, list(dict.fromkeys(rows["level"]))), caption=scene.caption)
    origins = deck.say(pictures.origins).split("\n")
    below = NOTE_LINE * (2 * len(origins) - 1)
    drawing = _drawing(page, list(rows.index), on, Inches(8.9), below + Pt(4))
    page.note(origins, LEFT, page.bottom - below, INNER)
    _legend(page, drawing, rows, on)
    page.notes(
        tables.cited([tables.pairs(deck.atlas, rows, deck.voice, on)]),
        [pictures.statement(deck.atlas, scene.selection, translate) for translate in deck.voice.translators],
    )


def _heading(deck: Deck, scene: Scene, levels: list[str]) -> str:
    if scene.title or len(scene.selection.level) != 1 or len(levels) != 1:
        return deck.heading(scene)
    return deck.say(
        lambda translate: translate(
            "Twinnings: {level}", level=vocabulary.labels(deck.atlas, "twinnings.level", translate)[levels[0]]
        )
    )


def one(deck: Deck, scene: Scene) -> None:
    """One twinning: its map, and all that is known of it."""
    assert scene.selection.pair  # every scene of this kind has one
    on = day(deck.atlas, scene.selection)
    table = tables.of_pair(deck.atlas, scene.selection.pair, deck.voice, on)
    page = deck.page(scene.title or table.title, caption=scene.caption)
    _drawing(page, [scene.selection.pair], on, Inches(5.9))
    page.fitted_table(table, Inches(6.63), Inches(6.2))
    page.notes(tables.cited([table]), [f"{name}: {text}" for name, text in table.rows])


def _drawing(page: Page, twinnings: list[str], on: str, width: Emu, below: int = 0) -> Drawing:
    """A map at the left, in the room for the scene, with its scale."""
    deck = page.deck
    pixels = (width / EMU_PER_PIXEL, (page.height - below) / EMU_PER_PIXEL)
    drawing = draw(deck.atlas, twinnings, deck.voice.language, on, *pixels, NAMES)
    description = deck.say(
        lambda translate: translate.plural("Map with {n} twinning", "Map with {n} twinnings", len(twinnings)), " / "
    )
    page.add(map_of(drawing, LEFT, TOP, description))
    km, length = svg.scale_bar(drawing)
    right, bottom = LEFT + width - Inches(0.15), page.bottom - below - Inches(0.15)
    page.line((right - round(length * EMU_PER_PIXEL), bottom), (right, bottom), INK, 2, f"{km} km")
    page.text([f"{km} km"], right - Inches(2), bottom - Inches(0.27), Inches(2), Inches(0.25), SMALLEST, align="r")
    return drawing


def _legend(page: Page, drawing: Drawing, rows: pd.DataFrame, on: str) -> None:
    deck = page.deck
    x, y = Inches(9.6), TOP
    counts = rows["level"].value_counts()
    step = Inches(0.48 if deck.bilingual else 0.46)

    def entry(names: str, number: int, level: str, ended: bool = False) -> None:
        style, middle, end = LEVEL_STYLES[level], y + step // 2, x + Inches(0.45)
        page.line((x, middle), (end, middle), style["color"], style["weight"], names)
        mark = Mark(names, (end / EMU_PER_PIXEL, middle / EMU_PER_PIXEL), level, ended)
        page.add(mark_of(mark, 0, 0, next_id(page.slide)))
        first, *others = names.split("\n")
        lines = [f"{first}: {deck.voice.first.number(number)}", *others]
        page.text(lines, x + Inches(0.75), y, Inches(2.5), step, 12 if deck.bilingual else 14, middle=True)

    for level in drawing.levels:
        names = deck.say(
            lambda translate, level=level: vocabulary.labels(deck.atlas, "twinnings.level", translate)[level]
        )
        entry(names, int(counts[level]), level)
        y += step
    if drawing.levels and (
        ended := standing.count(deck.atlas, rows.to_dict("records"), date.fromisoformat(on)).signers
    ):
        entry(deck.say(lambda translate: translate("A side no longer exists")), ended, drawing.levels[-1], ended=True)
        y += step
    if drawing.outside:
        said = deck.say(lambda translate: pictures.outside(drawing, translate))
        page.note(said.split("\n"), x, y + Inches(0.1), Inches(2.9))
