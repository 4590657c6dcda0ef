"""The index of places of a map: the names of each in both scripts, what it is, and in which square it lies."""

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from markupsafe import Markup

from atlas.look.element import element
from atlas.look.marks import LEVEL_STYLES, symbol
from atlas.look.palette import FAINT, INK, LINE
from atlas.look.text import breadth, fill
from atlas.maps.drawing import Drawing
from atlas.maps.grid import Grid
from atlas.maps.svg import words
from atlas.model.atlas import Atlas
from atlas.model.selection import Selection
from atlas.words import naming
from atlas.words.collation import key
from atlas.words.translator import Translator
from atlas.words.voice import Voice

LONGEST = 16  # of its size a text is long
NOWHERE = "—"  # in the place of a square
STEP = 1.35  # of its size lies a row below the one before
MARK = 1.5  # of its size takes the mark before a row
GAP = 0.8  # of its size are two columns apart
BESIDE = 2.0  # and two blocks of rows


@dataclass(frozen=True)
class Row:
    """A place: the level of its mark, hollow where the place has ended, and a text for each column."""

    place: str
    level: str
    ended: bool
    texts: list[str]


@dataclass(frozen=True)
class Index:
    """Rows of texts of some pixels below the names of their columns, each of these in a line or two."""

    columns: list[list[str]]
    rows: list[Row]
    size: float

    @cached_property
    def widths(self) -> list[float]:
        """How broad the columns are, the first of which is bold."""
        names = [max(breadth(name, self.size, bold=True) for name in column) for column in self.columns]
        return [
            max([name, *(breadth(row.texts[number], self.size, bold=number == 0) for row in self.rows)])
            for number, name in enumerate(names)
        ]

    @property
    def breadth(self) -> float:
        """How broad one block of rows is."""
        return math.fsum(self.widths) + (MARK + GAP * (len(self.columns) - 1)) * self.size

    def blocks(self, broad: float) -> int:
        """How many blocks of rows stand beside each other in so many pixels."""
        beside = BESIDE * self.size
        return max(1, int((broad + beside) / (self.breadth + beside)))

    def step(self, broad: float) -> float:
        """From block to block, so that they stand over all of so many pixels; a single one keeps to the left."""
        return (broad - self.breadth) / max(1, self.blocks(broad) - 1)

    def height(self, broad: float) -> float:
        """How high it is in so many pixels."""
        return self.head + math.ceil(len(self.rows) / self.blocks(broad)) * self.size * STEP

    @property
    def head(self) -> float:
        """How high the names of the columns are."""
        return (max(map(len, self.columns)) * STEP + 0.5) * self.size

    def pages(self, broad: float, high: float) -> Iterator["Index"]:
        """The same in parts that are not higher than so many pixels."""
        fit = int((high - self.head) / (self.size * STEP)) * self.blocks(broad)
        for start in range(0, len(self.rows), fit):
            yield replace(self, rows=self.rows[start : start + fit])


def index(atlas: Atlas, selection: Selection, drawing: Drawing, grid: Grid, voice: Voice, size: float) -> Index:
    """Every place of the twinnings of a selection, in the order of the first language, with the square of its mark.

    :param drawing: their map; what lies beyond it has no square.
    :param grid: over that.
    :param size: of the texts in pixels.
    """
    first, columns = voice.first.language, _columns(voice)
    marks = {mark.place: mark for mark in drawing.marks}
    level_of = {
        place: row["level"]
        for row in selection.twinnings(atlas, "level", "vn", "cn").to_dict("records")
        for place in (*row["vn"], *row["cn"])
    }

    def order(place: str) -> tuple:
        return (*key(atlas.places.name(place, first), first, atlas.places[place]["name_pinyin"]), place)

    def row(place: str) -> Row:
        mark = marks.get(place)
        texts = [_cell(atlas, place, column) for column in columns]
        texts += [_above(atlas, place, voice.first), grid.square(mark.at) if mark else NOWHERE]
        level = mark.level if mark else level_of[place]
        return Row(place, level, atlas.places.ended(place, selection.day(atlas)), [_short(one) for one in texts])

    more = (lambda translate: translate("Unit above"), lambda translate: translate("Square"))
    names = [voice(name).split("\n") for name in (*columns.values(), *more)]
    return Index(names, [row(place) for place in sorted(level_of, key=order)], size)


def _short(text: str) -> str:
    """A text that leaves room for the other columns, whatever somebody has put into a name."""
    first, *more = fill(text, LONGEST, lambda part: breadth(part, 1))
    return f"{first}…" if more else first


def _columns(voice: Voice) -> dict:
    """The names that each place has, and what they are called: first those of the language."""
    vietnamese = {"vi": lambda translate: translate("Vietnamese name")}
    chinese = {
        "zh": lambda translate: translate("Chinese name"),
        "name_pinyin": lambda translate: translate("Pinyin"),
    }
    english = {"en": lambda translate: translate("English name")} if voice.first.language == "en" else {}
    return english | (chinese | vietnamese if voice.first.language == "zh" else vietnamese | chinese)


def _cell(atlas: Atlas, place: str, column: str) -> str:
    if column == "zh":
        return atlas.places.chinese_name(place) or ""
    return atlas.places[place][column] or "" if column == "name_pinyin" else atlas.places.name(place, column)


def _above(atlas: Atlas, place: str, translate: Translator) -> str:
    """The next unit above a place; what the place is where it is one of the highest."""
    above = next(iter(atlas.places.ancestors(place)), None)
    return atlas.places.name(above, translate.language) if above else naming.kind(atlas, place, translate)


def markup(shown: Index, broad: float) -> Markup:
    """An index as SVG, its rows in blocks beside each other."""
    blocks = shown.blocks(broad)
    down = math.ceil(len(shown.rows) / blocks)
    parts = []
    for block in range(blocks):
        rows = shown.rows[block * down : (block + 1) * down]
        if rows:
            shift = f"translate({block * shown.step(broad):.1f} 0)"
            parts.append(element("g", *_block(replace(shown, rows=rows), shown.widths), transform=shift))
    return Markup("").join(parts)


def _block(shown: Index, widths: list[float]) -> Iterator[Markup]:
    size, rule = shown.size, shown.head - 0.35 * shown.size
    starts = [(MARK + GAP * number) * size + math.fsum(widths[:number]) for number in range(len(widths))]
    for start, names in zip(starts, shown.columns):
        for line, name in enumerate(names):
            strong = "bold" if line == 0 else None
            yield words(name, start, (line + 0.8) * STEP * size, size, FAINT, font_weight=strong)
    right = starts[-1] + widths[-1]
    yield element("path", d=f"M0 {rule:.1f}H{right:.1f}", stroke=LINE, stroke_width=0.8)
    for number, row in enumerate(shown.rows):
        y = shown.head + number * STEP * size
        share = size * 0.85 / LEVEL_STYLES[row.level]["size"]
        yield symbol(row.level, row.ended, share, x="0", y=f"{y + 0.3 * size:.1f}")
        for column, (start, text) in enumerate(zip(starts, row.texts)):
            if text:
                strong = "bold" if column == 0 else None
                yield words(text, start, y + 0.8 * STEP * size, size, INK, font_weight=strong)
