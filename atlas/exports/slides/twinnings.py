"""The slides of twinnings: the map of a selection with its legend, and one twinning."""

from datetime import date

import pandas as pd
from pptx.util import Emu, Inches, Pt

from atlas.exports import pictures, tables, unrolled
from atlas.exports.rows import day
from atlas.exports.slides.layout import INNER, LEFT, SMALLEST, TOP
from atlas.exports.slides.ooxml import EMU_PER_PIXEL
from atlas.exports.slides.page import NOTE_LINE, Deck, Page
from atlas.exports.slides.shapes import map_of, mark_of, next_id, sign_of
from atlas.look.marks import LEVEL_STYLES
from atlas.look.palette import INK
from atlas.maps import svg
from atlas.maps.drawing import Drawing, Mark, draw
from atlas.maps.strip import CELLS
from atlas.model import standing
from atlas.model.scenes import Scene
from atlas.words import vocabulary

NAMES = 16  # pixels of the names on the map
LEGEND_ROWS = Pt(34)  # height of both
SIGNS = 9  # points
SMALLEST_OF_TWO = 10  # pixels of names along the border below which they have one language alone


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


def along_the_border(deck: Deck, scene: Scene) -> None:
    """The twinnings of a selection along the border, unrolled."""
    atlas, selection = deck.atlas, scene.selection
    page = deck.page(deck.heading(scene), caption=scene.caption)
    content = unrolled.content(atlas, selection, deck.voice.language)
    room = (INNER / EMU_PER_PIXEL, (page.height - LEGEND_ROWS - Pt(4)) / EMU_PER_PIXEL)
    made = unrolled.fitted(atlas, content, deck.voice, *room, NAMES)
    if deck.bilingual and min(label.size for label in made.drawing.labels) < SMALLEST_OF_TWO:
        content = unrolled.content(atlas, selection, deck.voice.first.language)
        made = unrolled.fitted(atlas, content, deck.voice, *room, NAMES)
    drawing = made.drawing
    page.add(map_of(drawing, LEFT + (INNER - round(drawing.width * EMU_PER_PIXEL)) // 2, TOP, deck.heading(scene)))
    _strip_legend(page, drawing)
    said = [
        line
        for translate in deck.voice.translators
        for line in (
            *unrolled.sentences(atlas, selection, content, made, translate),
            pictures.statement(atlas, selection, translate),
        )
    ]
    rows = selection.twinnings(atlas)
    page.notes(tables.cited([tables.pairs(atlas, rows, deck.voice, day(atlas, selection))]), said)


def _strip_legend(page: Page, drawing: Drawing) -> None:
    """The levels and the signs on the line, in two rows below the drawing."""
    deck, y = page.deck, page.bottom - LEGEND_ROWS
    step = LEGEND_ROWS // 2
    entries = svg.entries(deck.atlas, drawing, deck.voice)
    cell = INNER // max(len(entries), 1)
    for number, (level, name) in enumerate(entries):
        style, x = LEVEL_STYLES[level or drawing.levels[-1]], LEFT + cell * number
        page.line((x, y + step // 2), (x + Inches(0.25), y + step // 2), style["color"], style["weight"], name)
        at = ((x + Inches(0.25)) / EMU_PER_PIXEL, (y + step // 2) / EMU_PER_PIXEL)
        page.add(mark_of(Mark(name, at, level or drawing.levels[-1], level is None), 0, 0, next_id(page.slide)))
        page.text([name], x + Inches(0.4), y, cell - Inches(0.4), step, SIGNS, middle=True)
    signs = unrolled.signs(deck.voice)
    cell = INNER // len(signs)
    for number, (sign, name) in enumerate(signs.items()):
        x, middle = LEFT + cell * number, y + step + step // 2
        page.add(sign_of(name, CELLS.get(sign), x, middle, next_id(page.slide)))
        page.text([name], x + Inches(0.4), y + step, cell - Inches(0.4), step, SIGNS, middle=True)


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
    if drawing.far:
        said = deck.say(lambda translate: pictures.outside(len(drawing.far), translate))
        page.note(said.split("\n"), x, y + Inches(0.1), Inches(2.9))
