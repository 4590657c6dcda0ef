"""A comparison as slides: the sides at one glance, then every row in tables."""

from collections.abc import Callable, Iterator

from atlas.exports import scenes
from atlas.exports.scenes import board
from atlas.exports.scenes.board import Bar, Board, Box, Item, Room, Run, Segment, Text
from atlas.exports.slides import annex
from atlas.exports.slides import deck as decks
from atlas.exports.slides.notes import write
from atlas.exports.tables import Table
from atlas.model.atlas import Atlas
from atlas.model.compared import Comparison, Row, Section, Value
from atlas.model.selection import Selection
from atlas.model.sides import Side
from atlas.words import comparison as words
from atlas.words.translator import Translator
from atlas.words.voice import Voice

WIDTHS, SUBJECT = (44, 30, 30, 18), 26  # shares of the columns, and of that of the subjects before them
CHARTED = {"period": "events"}  # the subject that is drawn, by what is compared; of others the first
FEWEST_ROWS = 5  # at one glance; with fewer there is room for all
BARS = Room(board.STAGE.x, board.STAGE.y, 760, board.STAGE.height)
ROWS = Room(BARS.right + 60, BARS.y, board.STAGE.right - BARS.right - 60, BARS.height)
HIGH, LABEL = 24, board.SOURCE * board.LEADING  # units of a bar, and of a line of its label
COLOURS = (board.QUIET, board.RULE)  # neither side stands out
NAMED = ("all", "in_force", "ended")  # rows whose subject is said with them
LEADING = ("all", "undated", "lost", "communes", "counties", "in_force", "ended", "confirmed", "newest")


def of_comparison(atlas: Atlas, comparison: Comparison, selection: Selection | None, language: str) -> bytes:
    """A slide with the numbers of both sides as bars and in a table, then all rows, which the show passes over.

    :param language: one of :data:`atlas.words.voice.LANGUAGES`.
    """
    voice = Voice(language)
    deck = decks.empty(atlas, voice)
    slide = deck.slide(_glance(atlas, comparison, voice))
    said = (words.notices(atlas, comparison, translate) for translate in voice.translators)
    write(deck, slide, (text for texts in said for text in texts))
    annex.append(deck, atlas, voice, [table] if len(table := _table(atlas, comparison, voice)) else [])
    decks.divide(deck, 1, voice)
    return decks.written(deck.file, atlas.version)


def _glance(atlas: Atlas, comparison: Comparison, voice: Voice) -> Board:
    title = board.runs(tuple(_title(atlas, comparison, voice).split("\n")), board.TITLE, board.SECOND)
    drawn = [one for one in comparison.sections if one.name == CHARTED.get(comparison.kind)] or comparison.sections[:1]
    bars = tuple(item for section in drawn for item in _bars(atlas, comparison, section, voice))
    table = _table(atlas, comparison, voice, LEADING)
    if len(table) < FEWEST_ROWS:
        table = _table(atlas, comparison, voice)
    rows = (board.table(ROWS, table.widths, table.heads, table.rows, board.SOURCE),) if len(table) else ()
    note = voice(
        lambda translate: translate("Bars show what counts for certain; a smaller number may mean fewer sources."),
        " / ",
    )
    foot = board.clipped((Run(note, board.SOURCE, colour=board.QUIET),), scenes.FOOT.width, scenes.FOOT.height)
    items = (
        Text(scenes.HEAD, board.clipped(title, scenes.HEAD.width, scenes.HEAD.height)),
        *bars,
        *rows,
        Text(scenes.FOOT, foot, anchor="bottom"),
        Text(scenes.NUMBER, (Run("1", board.SOURCE, colour=board.QUIET),), align="end", anchor="bottom"),
    )
    return Board("comparison", tuple(run.text for run in title), items)


def _title(atlas: Atlas, comparison: Comparison, voice: Voice) -> str:
    return voice(lambda translate: words.title(atlas, comparison, translate))


def _bars(atlas: Atlas, comparison: Comparison, section: Section, voice: Voice) -> Iterator[Item]:
    """Both sides below each other in each row that counts, as far as there is room; what only may count is in the table."""
    y, sides = BARS.y, [voice(_named(atlas, one), " / ") for one in (comparison.a, comparison.b)]
    subject = Run(voice(lambda translate: words.sections(translate)[section.name], " / "), board.SOURCE, bold=True)
    yield Text(Room(BARS.x, y, BARS.width, LABEL), (subject,))
    y += LABEL
    for name, colour in zip(sides, COLOURS):
        yield Box(Room(BARS.x, y + 4, HIGH, HIGH), colour)
        run = Run(name, board.SOURCE)
        yield Text(Room(BARS.x + 40, y, BARS.width - 40, LABEL), board.clipped((run,), BARS.width - 40, LABEL))
        y += LABEL
    counted = [row for row in section.rows if row.form == "count"]
    most = max((value.number for row in counted for value in (row.a, row.b)), default=0) or 1
    for row in counted:
        lines = _label(atlas, section, row, comparison, voice).split("\n")
        label = tuple(board.clipped((Run(line, board.SOURCE),), BARS.width, LABEL)[0] for line in lines)
        y += 14
        if y + LABEL * len(label) + 2 * HIGH > BARS.bottom:
            break
        yield Text(Room(BARS.x, y, BARS.width, LABEL * len(label)), label)
        y += LABEL * len(label)
        for value, colour, name in zip((row.a, row.b), COLOURS, sides):
            wide = (BARS.width - 90) * value.number / most
            bar = Segment(value.number, colour, name=name)
            yield Bar(Room(BARS.x, y, BARS.width - 90, HIGH), (bar,), most, " / ".join(lines))
            number = Run(voice.first.number(value.number), board.SOURCE, bold=True)
            yield Text(Room(BARS.x + wide + 10, y, 80, HIGH), (number,), anchor="middle")
            y += HIGH


def _named(atlas: Atlas, side: Side) -> Callable[[Translator], str]:
    return lambda translate: words.side(atlas, side, translate)


def _label(atlas: Atlas, section: Section, row: Row, comparison: Comparison, voice: Voice) -> str:
    return voice(lambda translate: words.label(atlas, section.name, row, comparison.kind, translate))


def _table(atlas: Atlas, comparison: Comparison, voice: Voice, leading: tuple[str, ...] = ()) -> Table:
    """All rows in words, each with its subject; only some of them if they are to lead."""
    found = [(one, row) for one in comparison.sections for row in one.rows if not leading or row.key[0] in leading]
    subject = (voice(lambda translate: translate("Subject")),)
    heads = (
        voice(lambda translate: translate("What is counted")),
        *(voice(_named(atlas, one)) for one in (comparison.a, comparison.b)),
        voice(lambda translate: translate("Difference")),
    )
    return Table(
        _title(atlas, comparison, voice),
        heads if leading else subject + heads,
        WIDTHS if leading else (SUBJECT, *WIDTHS),
        tuple(_cells(atlas, voice, section, row, comparison, bool(leading)) for section, row in found),
        tuple(" ".join((section.name, *row.key)) for section, row in found),
        tuple(() for _ in found),
    )


def _cells(
    atlas: Atlas, voice: Voice, section: Section, row: Row, comparison: Comparison, leading: bool
) -> tuple[str, ...]:

    def label(translate: Translator) -> str:
        said = words.label(atlas, section.name, row, comparison.kind, translate)
        if not leading or row.key[0] not in NAMED:
            return said
        return translate("{name}: {value}", name=words.sections(translate)[section.name], value=said)

    def cell(value: Value) -> str:
        return voice(lambda translate: words.said(atlas, section.name, row, value, translate))

    apart = voice(lambda translate: words.apart(atlas, row, comparison.uneven, translate))
    cells = (voice(label), cell(row.a), cell(row.b), apart)
    return cells if leading else (voice(lambda translate: words.sections(translate)[section.name]), *cells)
