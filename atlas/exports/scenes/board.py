"""What stands on the stage for one scene: texts, shapes, bars, tables and maps in units of a stage of 1920 by 1080.

One description serves the stage, slides, papers and pages: makers of scenes know no renderer, renderers know no scene.
"""

import math
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from itertools import chain
from typing import Literal

from atlas.look import text as measure
from atlas.maps.drawing import Drawing
from atlas.model.atlas import Atlas
from atlas.model.selection import Selection
from atlas.model.session import Scene, Session
from atlas.words.voice import Voice

WIDTH, HEIGHT, MARGIN = 1920, 1080, 80
# one meaning a colour: text, text that stands back, rules, paper; the matter of a scene, the other direction or the next
# degree, what is done, what no source states
INK, QUIET, RULE, PAPER = "#14212b", "#44525c", "#c3cdd3", "#ffffff"
ACCENT, COUNTERPART, DONE, UNKNOWN = "#0b5c8a", "#c76a00", "#2e7d5b", "#e3e8eb"
# sizes of text; nothing on a stage is smaller than the last
TITLE, SECOND, NUMBER, VALUE, BODY, LABEL, NAME, SOURCE = 52, 40, 124, 52, 32, 30, 26, 24
LEADING = 1.28  # from line to line, of the size
MIXED = re.compile(r"(?<=[\u2e80-\uffef])(?=[A-Za-z0-9])|(?<=[A-Za-z0-9])(?=[\u2e80-\uffef])")
SPACED = 0.25  # of the size: the widest space that stands there
CELL = (12, 7)  # beside and above the text of a cell

Point = tuple[float, float]
Align = Literal["start", "middle", "end"]
Anchor = Literal["top", "middle", "bottom"]


@dataclass(frozen=True)
class Room:
    """A part of the stage, or of a paper, in units."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Where it ends."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return self.y + self.height


STAGE = Room(MARGIN, 220, WIDTH - 2 * MARGIN, 740)  # of the picture of a scene


@dataclass(frozen=True)
class Run:
    """A paragraph in one look."""

    text: str
    size: float = LABEL
    bold: bool = False
    colour: str = INK


@dataclass(frozen=True)
class Text:
    """Paragraphs in a room, from its top, middle or bottom; they break at its width and must fit its height."""

    room: Room
    runs: tuple[Run, ...]
    align: Align = "start"
    anchor: Anchor = "top"


@dataclass(frozen=True)
class Box:
    """A rectangle."""

    room: Room
    fill: str | None = None
    line: str | None = None
    weight: float = 2
    radius: float = 0


@dataclass(frozen=True)
class Line:
    """A line through points, with an arrow at its end if need be."""

    points: tuple[Point, ...]
    colour: str = RULE
    weight: float = 2
    arrow: bool = False
    dashed: bool = False


@dataclass(frozen=True)
class Disc:
    """A round mark, hollow without a fill."""

    at: Point
    radius: float
    fill: str | None = ACCENT
    line: str | None = None
    weight: float = 3


@dataclass(frozen=True)
class Segment:
    """A part of a bar; ``said`` stands in it, ``name`` is what it counts."""

    value: float
    colour: str
    said: str = ""
    name: str = ""


@dataclass(frozen=True)
class Bar:
    """A bar of parts one after the other, a chart with its data where a document can hold one.

    most: the value that would fill its room.
    """

    room: Room
    segments: tuple[Segment, ...]
    most: float
    name: str = ""


@dataclass(frozen=True)
class Table:
    """Cells under heads, languages in a cell divided by line breaks.

    widths: shares of the columns; heights: of the head and of each row, as :func:`table` measures them.
    """

    room: Room
    widths: tuple[float, ...]
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    heights: tuple[float, ...]
    size: float = LABEL


@dataclass(frozen=True)
class Drawn:
    """A map or the border unrolled, in pixels that are units, with its upper left corner at a point; ``name`` says what it shows."""

    at: Point
    drawing: Drawing
    name: str


@dataclass(frozen=True)
class Image:
    """A picture of pixels."""

    room: Room
    content: bytes
    mime: str
    name: str = ""


Item = Text | Box | Line | Disc | Bar | Table | Drawn | Image


@dataclass(frozen=True)
class Picture:
    """What a maker gives of a scene.

    message: what the scene says, in each language; subtitle: unit and period, in each language; footnote: what stands
    before the sources, in each language; sources: ids; notes: what to say, a line each.
    """

    message: tuple[str, ...]
    items: tuple[Item, ...]
    subtitle: tuple[str, ...] = ()
    footnote: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Board:
    """A whole stage: ``title`` in each language, and everything that stands on it, the title first."""

    kind: str
    title: tuple[str, ...]
    items: tuple[Item, ...]
    sources: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Context:
    """What makers ask.

    atlas: as the audience of the session may know it.
    """

    atlas: Atlas
    session: Session
    voice: Voice

    @property
    def two(self) -> bool:
        """Whether two languages stand below each other."""
        return len(self.voice.translators) > 1

    def selection(self, scene: Scene) -> Selection:
        """What a scene is about."""
        return self.session.selected(scene)

    def say(self, said: Callable[..., str | None]) -> tuple[str, ...]:
        """A text in each language, once where both say the same."""
        return tuple(self.voice(said, "\0").split("\0"))


def runs(texts: tuple[str, ...], size: float, second: float | None = None, colour: str = INK, bold: bool = True) -> tuple[Run, ...]:  # fmt: skip
    """A text in one or two languages as paragraphs: the first strong, the second regular and quiet.

    :param second: size of the second language, that of the first if left out.
    """
    first, *others = texts
    return (
        Run(first, size, bold, colour),
        *(Run(text, second or size, False, QUIET if colour == INK else colour) for text in others),
    )


def width_of(run: Run) -> float:
    """How wide a paragraph runs in one line."""
    return measure.breadth(run.text, run.size, run.bold)


def wrapped(run: Run, width: float) -> list[str]:
    """The lines of a paragraph in a width."""
    return list(_wrapped(run.text, run.size, run.bold, width))


@lru_cache(maxsize=1 << 12)
def _wrapped(text: str, size: float, bold: bool, width: float) -> tuple[str, ...]:
    measured = partial(measure.breadth, size=size, bold=bold)
    return tuple(line for part in text.split("\n") for line in measure.fill(part, width, measured))


def forget() -> None:
    """Forget the lines of paragraphs; visitors' words are among them."""
    _wrapped.cache_clear()


def height_of(listed: tuple[Run, ...], width: float) -> float:
    """How high paragraphs become in a width."""
    return math.fsum(len(wrapped(run, width)) * run.size * LEADING for run in listed)


def clipped(listed: tuple[Run, ...], width: float, height: float) -> tuple[Run, ...]:
    """The paragraphs as far as they fit a room: the longest are cut first, and each keeps its first line."""
    kept = [wrapped(run, width) for run in listed]
    whole = [len(lines) for lines in kept]
    while math.fsum(len(lines) * run.size * LEADING for lines, run in zip(kept, listed)) > height + 1:
        longest = max(kept, key=len)
        if len(longest) == 1:
            break
        longest.pop()
    return tuple(
        run if len(lines) == most else replace(run, text=_ended(lines, run, width))
        for run, lines, most in zip(listed, kept, whole)
    )


def _ended(lines: list[str], run: Run, width: float) -> str:
    """The text of some lines with a sign that more would follow, which takes the place of what it would push into another line."""
    *before, last = lines
    while len(wrapped(replace(run, text=f"{last}…"), width)) > 1:
        last = last[:-1]
    letters = sum(len("".join(line.split())) for line in (*before, last))
    ends = [at for at, letter in enumerate(run.text, start=1) if not letter.isspace()]
    return run.text[: ends[letters - 1] if letters else 0].rstrip(" ,;，；、") + "…"


def set_lines(text: Text) -> Iterator[tuple[Run, str, float]]:
    """Every line of a text with its look and its baseline."""
    high = height_of(text.runs, text.room.width)
    free = text.room.height - high
    y = text.room.y + {"top": 0, "middle": free / 2, "bottom": free}[text.anchor]
    for run in text.runs:
        for line in wrapped(run, text.room.width):
            y += run.size * LEADING
            yield run, line, y - run.size * (LEADING - 0.96)


def table(
    room: Room,
    widths: tuple[float, ...],
    heads: tuple[str, ...],
    rows: tuple[tuple[str, ...], ...],
    size: float = LABEL,
    lines: int = 2,
) -> Table:
    """A table with as many rows as its room can hold; each language of a cell keeps so many lines at most."""
    whole = math.fsum(widths)
    inner = [room.width * share / whole - CELL[0] * 2 for share in widths]

    def fitted(cells: tuple[str, ...], bold: bool = False) -> tuple[str, ...]:
        return tuple("\n".join(_cut(Run(line, size, bold), width, lines) for line in cell.split("\n")) for cell, width in zip(cells, inner))  # fmt: skip

    def high(cells: tuple[str, ...], bold: bool = False) -> float:
        return max(_height_spaced(Run(cell, size, bold), width) for cell, width in zip(cells, inner)) + 2 * CELL[1]

    head = fitted(heads, bold=True)
    heights, shown = [high(head, bold=True)], []
    for row in map(fitted, rows):
        if math.fsum(heights) + high(row) > room.height:
            break
        heights.append(high(row))
        shown.append(row)
    return Table(Room(room.x, room.y, room.width, math.fsum(heights)), widths, head, tuple(shown), tuple(heights), size)


def _height_spaced(run: Run, width: float) -> float:
    """How high a cell becomes at most: some programs set a narrow space where Chinese meets letters and digits."""
    lines = [replace(run, text=line) for line in run.text.split("\n")]
    apart = [len(MIXED.findall(line.text)) * SPACED * run.size / len(wrapped(line, width)) for line in lines]
    return math.fsum(height_of((line,), width - more) for line, more in zip(lines, apart))


def _cut(run: Run, width: float, most: int) -> str:
    broken = wrapped(run, width)
    return run.text if len(broken) <= most else _ended(broken[:most], run, width)


def texts(items: tuple[Item, ...]) -> Iterator[str]:
    """Every text that can be read on items."""
    for item in items:
        if isinstance(item, Text):
            yield from (run.text for run in item.runs)
        elif isinstance(item, Table):
            yield from chain(item.heads, *item.rows)
        elif isinstance(item, Drawn):
            yield from (label.text for label in item.drawing.labels)
        elif isinstance(item, Bar):
            yield from (segment.said for segment in item.segments)
