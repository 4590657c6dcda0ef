"""The sessions of a series along the years."""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import pandas as pd

from atlas.charts import sessions
from atlas.exports.scenes import board
from atlas.exports.scenes.axis import HEIGHT, Axis
from atlas.exports.scenes.board import Context, Disc, Item, Line, Picture, Point, Room, Run, Text, clipped, runs
from atlas.exports.scenes.listing import Said, cited, footnote, kept
from atlas.model import meetings, results
from atlas.model.meetings import Session
from atlas.model.selection import Selection
from atlas.model.session import Scene
from atlas.words import headings, outlook, values, vocabulary
from atlas.words.translator import IN_LISTS, Translator

RADIUS, APART = 30, 6
LANES = 4  # in which marks stand that would touch each other
LABEL = board.LABEL * board.LEADING  # height of a line
GAPS = 40
FACTS = 5 * LABEL + 20
HELD, ANNOUNCED, UNHEARD, GAP = "held", "announced", "unheard", "gap"
# of a mark: its fill, its line, its number
LOOKS = {
    HELD: (board.ACCENT, board.ACCENT, board.PAPER),
    ANNOUNCED: (board.PAPER, board.ACCENT, board.ACCENT),
    UNHEARD: (board.PAPER, board.QUIET, board.QUIET),
    GAP: (board.UNKNOWN, None, board.QUIET),
}


@dataclass(frozen=True)
class Mark:
    """A session at its place on the axis of years; ``state``: a key of :data:`LOOKS`."""

    session: Session
    year: float
    state: str


@dataclass(frozen=True)
class Strip:
    """One series on a day. ``last``, ``coming``, ``unheard``: rows of ``events``, None where there is no such session."""

    name: str
    marks: tuple[Mark, ...]
    last: dict | None
    coming: dict | None
    unheard: dict | None

    @property
    def events(self) -> list[dict]:
        """The sessions that sources tell of."""
        return [mark.session.event for mark in self.marks if mark.session.event]

    @property
    def next(self) -> dict | None:
        """The session after the last one, whatever is known of it."""
        return self.coming or self.unheard


@dataclass(frozen=True)
class Block:
    """What is said of one session: the head, its number, the date and the place."""

    head: tuple[str, ...]
    number: str
    said: tuple[str, ...]
    colour: str


def series(asked: Context, scene: Scene, room: Room) -> Picture | None:
    """The series that the scene is about, or the leading one; several below each other, as many as the room holds."""
    selection = asked.selection(scene)
    rows = selection.records(asked.atlas, "events")
    names = scene.about or results.leading_series(asked.atlas, rows, selection)[:1]
    found = [strip for name in names if (strip := _strip(asked, selection, rows, name))]
    if not found:
        return None
    listed, drawn = _together(asked, found, room)
    if len(listed) == 1:
        drawn = _alone(asked, listed[0], room)
    return Picture(
        asked.say(lambda translate: _message(asked, listed, translate)),
        drawn,
        asked.say(lambda translate: _names(asked, listed, translate)),
        footnote(asked, kept(listed, found), *map(_between, listed), *map(_counted, listed)),
        cited(event for strip in listed for event in strip.events),
        tuple(line for strip in listed for line in _notes(asked, strip)),
    )


def _strip(asked: Context, selection: Selection, rows: pd.DataFrame, name: str) -> Strip | None:
    """A series of which a session passes, in the years chosen: whole, wherever its sessions were held.

    Only numbers that no session at all has are gaps.
    """
    atlas, day = asked.atlas, selection.day(asked.atlas)
    if not (rows["series"] == name).any():
        return None
    years = replace(selection, province=(), region=(), q="").records(atlas, "events")
    mine = atlas.records("events", years.index[years["series"] == name])
    whole = Selection(asof=selection.asof).records(atlas, "events")
    placed = sessions.along(atlas, whole[whole["series"] == name], gaps=True).get(name, [])
    every = atlas.records("events", atlas.table("events").index)
    ahead, unheard = meetings.announced(mine, day, every), meetings.not_heard_of(mine, day, every)
    coming, passing = {row["id"] for row in ahead}, {row["id"] for row in mine}
    numbers = [int(row["ordinal"]) for row in mine if not pd.isna(row["ordinal"])]

    def state(session: Session) -> str | None:
        if session.event is None:
            return GAP if numbers and min(numbers) < (session.ordinal or 0) < max(numbers) else None
        if session.event["id"] not in passing:
            return None
        if session.event["status"] == "held":
            return HELD
        return ANNOUNCED if session.event["id"] in coming else UNHEARD

    marks = tuple(Mark(session, year, said) for session, year, _ in placed if (said := state(session)))
    last = meetings.last_held(mine, day)
    if not marks:
        return None
    return Strip(name, marks, last[0] if last else None, ahead[0] if ahead else None, unheard[0] if unheard else None)


def _message(asked: Context, listed: list[Strip], translate: Translator) -> str:
    first = listed[0]
    if len(listed) > 1:
        held = sum(mark.state == HELD for strip in listed for mark in strip.marks)
        return headings.series(len(listed), held, translate)
    place = outlook.host(asked.atlas, first.last, translate) if first.last else ""
    return headings.sessions(place, first.last, first.coming, first.unheard, translate)


def _names(asked: Context, listed: list[Strip], translate: Translator) -> str:
    names = vocabulary.labels(asked.atlas, "events.series", translate)
    return translate.join_long(names[strip.name] for strip in listed)


def _between(strip: Strip) -> Said | None:
    """That sessions without a date stand between their neighbours."""
    undated = [row for row in strip.events if not row["date_from"]]
    return _of(undated, lambda translate, numbers: translate("Date unknown, placed between its neighbours: no. {numbers}.", numbers=numbers))  # fmt: skip


def _counted(strip: Strip) -> Said | None:
    """That the numbers of sessions rest on counting."""
    inferred = [row for row in strip.events if row["ordinal_inferred"]]
    return _of(inferred, lambda translate, numbers: translate("Number counted, not stated: no. {numbers}.", numbers=numbers))  # fmt: skip


def _of(rows: list[dict], said: Callable[[Translator, str], str]) -> Said | None:
    numbers = [str(int(row["ordinal"])) for row in rows if not pd.isna(row["ordinal"])]
    return (lambda translate: said(translate, translate.join(numbers))) if numbers else None


def _notes(asked: Context, strip: Strip) -> Iterator[str]:
    translate = asked.voice.first
    for row in filter(None, (strip.last, strip.next)):
        said = (
            translate.text(row, "title"),
            values.event_date(row, translate),
            outlook.host(asked.atlas, row, translate),
        )
        yield translate.join_long((*said, *filter(None, [translate.text(row, "outcomes")])))


def _alone(asked: Context, strip: Strip, room: Room) -> tuple[Item, ...]:
    """The strip, what is said of its last and its next session, and what came of the last one if there is room for it."""
    came = asked.say(lambda translate: translate.text(strip.last, "outcomes") if strip.last else "")
    blocks = _facts(asked, strip)
    width = (room.width - GAPS * (len(blocks) - 1)) / max(1, len(blocks))
    said = runs(came, board.BODY, board.LABEL, bold=False)
    facts = max((_height(block, width) for block in blocks), default=0)  # of sessions without a date nothing is said
    items, along = _along(strip, room.y, _axis([strip], room))
    below = room.height - along - facts - 4 * 16 - LABEL - 8
    told = any(came) and below >= len(said) * board.BODY * board.LEADING
    free = below - min(below, board.height_of(said, room.width)) if told else below + LABEL + 8
    apart = 16 + min(GAPS, max(0, free) / 4)
    y = room.y + along + apart
    items.append(Line(((room.x, y), (room.right, y))))
    for at, block in enumerate(blocks):
        items += _block(block, Room(room.x + at * (width + GAPS), y + apart, width, facts))
    if told:
        y += facts + 2 * apart
        head = asked.say(lambda translate: translate("Outcomes"))
        items.append(Line(((room.x, y), (room.right, y))))
        items.append(Text(Room(room.x, y + apart, room.width, LABEL), (_quiet(" · ".join(head)),)))
        under = Room(room.x, y + apart + LABEL + 8, room.width, room.bottom - y - apart - LABEL - 8)
        items.append(Text(under, clipped(said, under.width, under.height)))
    return tuple(items)


def _quiet(text: str) -> Run:
    return Run(text, board.LABEL, colour=board.QUIET)


def _facts(asked: Context, strip: Strip) -> list[Block]:
    """The last session, the next one, and the numbers of which no source tells."""
    said = []
    if strip.last:
        said.append(_fact(asked, strip.last, asked.say(lambda translate: translate("Last one held")), board.ACCENT))
    if strip.coming:
        said.append(_fact(asked, strip.coming, asked.say(lambda translate: translate("Announced")), board.ACCENT))
    elif strip.unheard:
        head = asked.say(lambda translate: translate("Announced; not reported as held"))
        said.append(_fact(asked, strip.unheard, head, board.QUIET))
    if gaps := [str(mark.session.ordinal) for mark in strip.marks if mark.state == GAP]:
        head = asked.say(lambda translate: translate("Not confirmed by any source"))
        said.append(Block(head, "", (asked.voice.first.join(gaps),), board.QUIET))
    return said


def _fact(asked: Context, row: dict, head: tuple[str, ...], colour: str) -> Block:
    """When and where a session was held or is to be; the date once, the place in each language."""
    number = "" if pd.isna(row["ordinal"]) else str(int(row["ordinal"]))
    date = asked.voice.first.period(row["date_from"], row["date_to"], IN_LISTS)
    if row["date_inferred"] and row["date_from"]:
        date = asked.voice(lambda translate: translate("{text} (inferred)", text=date), " · ")
    place = asked.voice(lambda translate: outlook.host(asked.atlas, row, translate), " · ")
    return Block(head, number, (date, place), colour)


def _height(block: Block, width: float) -> float:
    return LABEL * len(block.head) + 6 + max(board.VALUE * board.LEADING, 8 + board.height_of(*_beside(block, width)))


def _beside(block: Block, width: float) -> tuple[tuple[Run, ...], float]:
    """What stands beside a number, and the width that it leaves."""
    numeral = Run(block.number, board.VALUE, True, block.colour)
    return runs(block.said, board.BODY, board.LABEL), width - (board.width_of(numeral) + 24 if block.number else 0)


def _block(block: Block, room: Room) -> list[Item]:
    high = LABEL * len(block.head)
    named = runs(block.head, board.LABEL, bold=False, colour=board.QUIET)
    items: list[Item] = [Text(Room(room.x, room.y, room.width, high), clipped(named, room.width, high))]
    said, width = _beside(block, room.width)
    y = room.y + high + 6
    if block.number:
        place = Room(room.x, y, room.width - width, board.VALUE * board.LEADING)
        items.append(Text(place, (Run(block.number, board.VALUE, True, block.colour),)))
    items.append(Text(Room(room.right - width, y + 8, width, room.bottom - y - 8), said))
    return items


def _together(asked: Context, found: list[Strip], room: Room) -> tuple[list[Strip], tuple[Item, ...]]:
    """Series below each other on one axis of years, each under its name; those that the room does not hold are left out."""
    listed: list[Strip] = []
    drawn: list[Item] = []
    y = room.y
    for strip in found:
        items, high = _named(asked, strip, Room(room.x, y, room.width, room.bottom - y), _axis(found, room))
        if listed and y + high > room.bottom:
            break
        listed.append(strip)
        drawn += items
        y += high + GAPS
    return listed, tuple(drawn)


def _named(asked: Context, strip: Strip, room: Room, axis: Axis) -> tuple[list[Item], float]:
    """A series under its name with its last and its next session in a line, and how high that is."""
    names = asked.say(lambda translate: vocabulary.labels(asked.atlas, "events.series", translate)[strip.name])
    over = LABEL * len(names)
    along, high = _along(strip, room.y + over + 8, axis)
    told = _told(_facts(asked, strip), len(names))
    under = Room(room.x, room.y + over + 8 + high, room.width, len(told) * board.NAME * board.LEADING)
    items: list[Item] = [
        Text(Room(room.x, room.y, room.width, over), clipped(runs(names, board.LABEL), room.width, over)),
        *along,
        Text(under, clipped(told, under.width, under.height)),
    ]
    return items, under.bottom - room.y


def _told(blocks: list[Block], languages: int) -> tuple[Run, ...]:
    """What is known of the last and the next session, one line a language."""
    lines = (
        " · ".join(
            f"{block.head[min(at, len(block.head) - 1)]}: {' · '.join(filter(None, (block.number, block.said[0])))}"
            for block in blocks
        )
        for at in range(languages)
    )
    return tuple(Run(line, board.NAME, colour=board.QUIET) for line in lines)


def _axis(listed: list[Strip], room: Room) -> Axis:
    return Axis.over((mark.year for strip in listed for mark in strip.marks), room.x, room.width)


def _along(strip: Strip, y: float, axis: Axis) -> tuple[list[Item], float]:
    """The numbered marks above an axis of years, and how high that is; marks that would touch stand in lanes below each other."""
    ends = [-math.inf] * LANES
    placed: list[tuple[Mark, Point]] = []
    for mark in sorted(strip.marks, key=lambda mark: mark.year):
        x = axis.at(mark.year)
        lane = next((lane for lane in range(LANES) if x - ends[lane] >= 2 * RADIUS + APART), None)
        if lane is not None:
            ends[lane] = x
            placed.append((mark, (x, y + RADIUS + 4 + lane * (2 * RADIUS + APART))))
    below = max(at[1] for _, at in placed) + RADIUS + 12
    items = axis.items(below)
    for mark, at in placed:
        items += _mark(mark, at)
    return items, below + HEIGHT - y


def _mark(mark: Mark, at: Point) -> list[Item]:
    fill, line, ink = LOOKS[mark.state]
    if mark.session.ordinal is None:
        return [Disc(at, RADIUS / 2, fill, line, 4)]
    inside = Room(at[0] - RADIUS, at[1] - RADIUS, 2 * RADIUS, 2 * RADIUS)
    number = Run(str(mark.session.ordinal), board.NAME, True, ink)
    return [Disc(at, RADIUS - 2, fill, line, 4), Text(inside, (number,), "middle", "middle")]
