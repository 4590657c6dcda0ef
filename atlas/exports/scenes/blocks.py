"""What several scenes hold: a number with its words, framed names, both directions, the latest events."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from atlas.exports import summary
from atlas.exports.scenes import board
from atlas.exports.scenes.board import Box, Context, Item, Line, Room, Run, Text, clipped, runs, width_of
from atlas.model.session import Scene
from atlas.model.topics import LABOUR, SCHOLARSHIPS, TRAINING
from atlas.words import messages, values, vocabulary
from atlas.words.translator import IN_LISTS, Translator

GAP = 40  # between columns
SEVERAL = 4  # units beside each other are no longer those of a scene
STUDY_AND_TRAINING = (*(SCHOLARSHIPS.programmes or ()), *(TRAINING.programmes or ()))
CHIP, PADDING = 64, 22  # how high a framed name is, and what is left beside it


@dataclass(frozen=True)
class Block:
    """Items and the edge below them."""

    items: tuple[Item, ...]
    bottom: float


def write(asked: Context) -> messages.Write:
    """How numbers are written in the session: the same in both languages, or as its one language does."""
    return summary.grouped if asked.two else asked.voice.first.number


def figure_of(asked: Context, row: dict) -> str:
    """A value in figures, with a sign for its qualifier."""
    value = write(asked)(row["value"])
    if row["qualifier"] == "range":
        return f"{value}–{write(asked)(row['value_max'])}"
    return {"at_least": "≥ ", "about": "≈ "}.get(row["qualifier"], "") + value


def when(row: dict, translate: Translator) -> str:
    """The time of a figure, or of a total, in short."""
    if "out_of" in row:
        return translate("as of {day}", day=translate.date(row["as_of"], IN_LISTS)) if row["as_of"] else ""
    return values.when(row, translate, IN_LISTS)


def unit_and_time(asked: Context, row: dict) -> tuple[str, ...]:
    """What one of the number is and when it was counted, in each language."""

    def said(translate: Translator) -> str:
        unit = "" if "out_of" in row else _unit(asked, row, translate)
        return translate.join(filter(None, (unit, when(row, translate))))

    return asked.say(said)


def _unit(asked: Context, row: dict, translate: Translator) -> str:
    if row["measure"] == "other":
        return ""
    return vocabulary.units(asked.atlas, translate)[row["measure"], row["rate"]].lower()


def heading(asked: Context, said: Callable[..., str | None], room: Room) -> Block:
    """One line above a block, the languages beside each other."""
    run = Run(" · ".join(asked.say(said)), board.LABEL, colour=board.QUIET)
    high = board.LABEL * board.LEADING
    return Block((Text(Room(room.x, room.y, room.width, high), clipped((run,), room.width, high)),), room.y + high)


def rule(room: Room) -> Line:
    """A line across a room, at its top."""
    return Line(((room.x, room.y), (room.right, room.y)))


def chips(names: Iterable[str], room: Room) -> Block:
    """Framed names in rows, as many as fit."""
    items: list[Item] = []
    x, y = room.x, room.y
    for name in names:
        run = Run(name, board.LABEL)
        wide = min(room.width, width_of(run) * 1.03 + 2 * PADDING)
        if x + wide > room.right + 1:
            x, y = room.x, y + CHIP + 16
        if y + CHIP > room.bottom + 1:
            break
        frame = Room(x, y, wide, CHIP)
        inside = Room(x + PADDING, y, wide - 2 * PADDING, CHIP)
        items += [Box(frame, line=board.ACCENT, radius=6), Text(inside, clipped((run,), inside.width, CHIP), anchor="middle")]  # fmt: skip
        x += wide + 20
    return Block(tuple(items), y + CHIP if items else room.y)


def named(asked: Context, place: str) -> str:
    """The names of a place in one line."""
    return " ".join(asked.say(lambda one: messages.place(asked.atlas, place, one.language)))


def columns(room: Room, count: int) -> list[Room]:
    """Rooms of one width beside each other."""
    wide = (room.width - (count - 1) * GAP) / count
    return [Room(room.x + at * (wide + GAP), room.y, wide, room.height) for at in range(count)]


def directions(asked: Context, figures: Sequence[dict], room: Room) -> tuple[Item, ...]:
    """What one side gives the other beside what the other gives it: a number each with its words."""
    items: list[Item] = []
    for row, place, colour in zip(figures, columns(room, len(figures)), (board.ACCENT, board.COUNTERPART)):
        top = heading(asked, lambda one, row=row: _direction(asked, row, one), place)
        number = Run(figure_of(asked, row), board.VALUE * 1.5, True, colour)
        items += [*top.items, *beside(asked, row, number, Room(place.x, top.bottom, place.width, place.bottom - top.bottom))]  # fmt: skip
    return tuple(items)


def _direction(asked: Context, row: dict, translate: Translator) -> str:
    ends = (messages.places(asked.atlas, row[side], translate) for side in ("origin", "destination"))
    return " → ".join(ends)


def beside(asked: Context, row: dict, number: Run, room: Room) -> tuple[Item, ...]:
    """A number with what it counts at its right."""
    wide = width_of(number) * 1.03
    words = Room(room.x + wide + 24, room.y + 12, room.width - wide - 24, room.height - 12)
    title = runs(asked.say(lambda one: one.text(row, "title")), board.LABEL, bold=False)
    time = Run(" / ".join(unit_and_time(asked, row)), board.SOURCE, colour=board.QUIET)
    return (
        Text(Room(room.x, room.y, wide + 4, number.size * board.LEADING), (number,)),
        Text(words, clipped((*title, time), words.width, words.height)),
    )


def latest(asked: Context, scene: Scene, most: int = 3) -> list[dict]:
    """The latest events of a scene's programmes that have been held and whose day or month is known, the earliest first."""
    topics = [one for one in (SCHOLARSHIPS, TRAINING, LABOUR) if _meet(one.programmes, scene.about)]
    kinds = {kind for one in topics for kind in one.kinds or ()}
    rows = asked.selection(scene).records(asked.atlas, "events")
    rows = rows[rows["kind"].isin(kinds) & (rows["status"] == "held") & rows["date_from"].notna()]
    return asked.atlas.records("events", rows.sort_values("date_from", kind="stable").index[-most:])


def _meet(programmes: tuple[str, ...] | None, asked: tuple[str, ...]) -> bool:
    return not asked or not set(programmes or ()).isdisjoint(asked)


def dated(asked: Context, listed: Sequence[dict], room: Room) -> Block:
    """Events beside each other below a line: day and title."""
    if not listed:
        return Block((), room.y)
    items: list[Item] = [rule(room)]
    bottom = room.y
    below = Room(room.x, room.y + 24, room.width, room.height - 24)
    for row, place in zip(listed, columns(below, len(listed))):
        day = Run(values.event_date(row, asked.voice.first, IN_LISTS), board.BODY, True)
        title = runs(asked.say(lambda one, row=row: one.text(row, "title")), board.LABEL, bold=False)
        said = clipped((day, *title), place.width, place.height)
        items.append(Text(place, said))
        bottom = max(bottom, place.y + board.height_of(said, place.width))
    return Block(tuple(items), bottom)


def fields(asked: Context, figures: Iterable[dict], *kinds: str) -> list[str]:
    """The fields that figures name, those of some kinds, in each language in one line."""
    ids = dict.fromkeys(field for row in figures for field in row["fields"])
    rows = [row for row in asked.atlas.records("fields", ids) if row["kind"] in kinds]
    return [" · ".join(asked.say(lambda one, row=row: one.text(row, "name"))) for row in rows]


def fitting(listed: Iterable[str], size: float, room: Room) -> tuple[Run, ...]:
    """Texts below each other, as many as the room holds whole."""
    shown: tuple[Run, ...] = ()
    for text in listed:
        longer = (*shown, Run(text, size))
        if board.height_of(longer, room.width) > room.height:
            break
        shown = longer
    return shown
