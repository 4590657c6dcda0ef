"""The map of a selection with an index of its places: as a sheet of A3, and for the wall on A2, A1 and A0."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from markupsafe import Markup

from atlas import SPOKEN
from atlas.exports import places_index
from atlas.exports.pictures import LINE, MARGIN, head, printed, statement
from atlas.exports.places_index import Index
from atlas.exports.rows import day
from atlas.look.element import element, picture
from atlas.look.palette import FAINT, WHITE
from atlas.look.text import breadth, fill
from atlas.maps import grid
from atlas.maps.drawing import Drawing, draw
from atlas.maps.grid import BAND, Grid
from atlas.maps.svg import legend_of, markup, words
from atlas.model.atlas import Atlas
from atlas.model.selection import Selection
from atlas.words import naming
from atlas.words.translator import Translator
from atlas.words.voice import Voice

PIXELS = 96 / 25.4  # of a millimetre
TEXT, LEGEND = 11, 13  # pixels of names and sentences, and of the legend, on a sheet of A3
MOST = 0.45  # of a paper for the wall takes its index
LISTED = 40  # twinnings that are named as beyond a map
ABOVE = 12  # pixels between the parts of a page


@dataclass(frozen=True)
class Paper:
    """A paper across, in millimetres.

    share: by how much larger everything is than on a sheet of A3; square: about how large a square of the map is;
    index: size of the index in points, which is below the map where the paper is for the wall.
    """

    width: int
    height: int
    share: float
    square: int
    index: float
    wall: bool = True

    @property
    def inner(self) -> float:
        """The pixels between its margins, before they are made larger."""
        return self.width * PIXELS / self.share - 2 * MARGIN

    @property
    def bottom(self) -> float:
        """How many pixels from its upper edge the lower margin begins, before they are made larger."""
        return self.height * PIXELS / self.share - MARGIN


PAPERS = {
    "a3": Paper(420, 297, 1, 50, 8, wall=False),
    "a2": Paper(594, 420, 1.15, 60, 7),
    "a1": Paper(841, 594, 1.4, 70, 9),
    "a0": Paper(1189, 841, 1.8, 85, 12),
}


@dataclass(frozen=True)
class Sheet:
    """A map on a paper: the squares over it, the index of its places, and what stands below it with its height."""

    drawing: Drawing
    squares: Grid
    index: Index
    below: Markup
    height: float


def pdf(atlas: Atlas, selection: Selection | None, language: str, paper: str) -> bytes:
    """The map with title, squares, legend, scale, what lies beyond it, what it is, and the index of its places.

    :param paper: one of :data:`PAPERS`.
    """
    on, voice = PAPERS[paper], Voice(language)
    size = (on.width * PIXELS, on.height * PIXELS)
    wide, high = (f"{one:.2f}" for one in size)
    drawn = [
        picture(
            wide,
            high,
            element("rect", width=wide, height=high, fill=WHITE),
            element("g", side, transform=f"scale({on.share:g})"),
        )
        for side in _sides(atlas, selection or Selection(), voice, on)
    ]
    title = voice(lambda translate: translate("Vietnam–China Border Cooperation Atlas"), " / ")
    return printed(atlas, voice, title, size, drawn)


def _sides(atlas: Atlas, selection: Selection, voice: Voice, paper: Paper) -> Iterator[Markup]:
    titles, top = head(atlas, selection, voice)
    grown = paper.width / PAPERS["a3"].width / paper.share  # a title grows as the paper does
    title = element("g", *titles, transform=f"translate({MARGIN * (1 - grown):.1f} 0) scale({grown:g})")
    top *= grown
    made = sheet(atlas, selection, voice, paper, paper.bottom - top - ABOVE - 2 * BAND)
    map_ = element("g", markup(made.drawing), grid.markup(made.squares))
    y = top + ABOVE + 2 * BAND + made.drawing.height + ABOVE
    yield Markup("").join([title, _at(MARGIN + BAND, top + ABOVE + BAND, map_), _at(MARGIN, y, made.below)])
    if _below_map(made.index, paper):
        return
    for page in made.index.pages(paper.inner, paper.bottom - top - ABOVE):
        yield Markup("").join([title, _at(MARGIN, top + ABOVE, places_index.markup(page, paper.inner))])


def sheet(atlas: Atlas, selection: Selection, voice: Voice, paper: Paper, room: float) -> Sheet:
    """A map, what stands below it, and its index.

    :param room: pixels that the map and what stands below it have.
    """
    twinnings, on = list(selection.twinnings(atlas).index), day(atlas, selection)
    size = paper.index * 96 / 72 / paper.share
    below = 0.0
    while True:  # a lower map may leave more beyond it, which is then said below it
        drawing = draw(atlas, twinnings, voice.language, on, paper.inner - 2 * BAND, room - below, TEXT)
        squares = grid.squares(drawing.width, drawing.height, paper.square * PIXELS / paper.share)
        listed = places_index.index(atlas, selection, drawing, squares, voice, size)
        said, height = _below(atlas, selection, drawing, listed, voice, paper)
        if height <= below:
            return Sheet(drawing, squares, listed, said, height)
        below = height


def _below(
    atlas: Atlas, selection: Selection, drawing: Drawing, listed: Index, voice: Voice, paper: Paper
) -> tuple[Markup, float]:
    """Legend, index where it has room, and sentences, and how high they are with the space above them."""
    legend, y = legend_of(atlas, drawing, voice, paper.inner, LEGEND)
    parts = [legend]
    if _below_map(listed, paper):
        parts.append(_at(0, y + ABOVE, places_index.markup(listed, paper.inner)))
        y += ABOVE + listed.height(paper.inner)
    y += ABOVE
    for translate in voice.translators:
        for sentence in (*sentences(atlas, drawing, translate), statement(atlas, selection, translate)):
            for line in fill(sentence, paper.inner, lambda text: breadth(text, TEXT)):
                parts.append(words(line, 0, y + TEXT, TEXT, FAINT))
                y += LINE
    return Markup("").join(parts), ABOVE + y


def _below_map(listed: Index, paper: Paper) -> bool:
    """Whether the index is on the side of the map; otherwise it has sides of its own."""
    return paper.wall and listed.height(paper.inner) <= MOST * paper.bottom


def sentences(atlas: Atlas, drawing: Drawing, translate: Translator) -> Iterator[str]:
    """What is to be said of a map with an index: what is not on it, and which names had no room."""
    if drawing.far:
        between = "；" if SPOKEN[translate.language].han else "; "
        said = [naming.pair(atlas, one, translate.language) for one in drawing.far[:LISTED]]
        more = len(drawing.far) - len(said)
        names = between.join([*said, f"+{more}"] if more else said)
        yield translate("Beyond this map (— in the index): {twinnings}.", twinnings=names)
    texts = [label.text for label in drawing.labels]
    named = {*texts, *map(" ".join, pairwise(texts))}  # some go on in a second line
    if unnamed := sum(mark.name not in named for mark in drawing.marks):
        yield translate.plural(
            "{n} mark has no room for its name; the index says in which square it is.",
            "{n} marks have no room for their names; the index says in which squares they are.",
            unnamed,
        )


def _at(x: float, y: float, shown: Markup) -> Markup:
    return element("g", shown, transform=f"translate({x:g} {y:.1f})")
