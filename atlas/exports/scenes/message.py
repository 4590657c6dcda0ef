"""What was achieved: the first numbers of the records, large, with what they count."""

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from atlas.exports.scenes import blocks, board
from atlas.exports.scenes.blocks import Block
from atlas.exports.scenes.board import Context, Item, Picture, Room, Run, Text, clipped, runs, width_of
from atlas.model import coverage, results
from atlas.model.results import Result
from atlas.model.session import Scene
from atlas.words import messages, vocabulary
from atlas.words.translator import Translator

MOST = 6  # numbers of one scene
MOST_IN_A_ROW = 3
CELL_WIDTH, CELL_HEIGHT = 380, 330  # that a number with its words needs at least
LONG = 84  # size of a number that is wider than its column
PART = 68  # size of what a number is part of
SPREAD = 430  # how high a row of numbers becomes at most
EVENTS = 230  # how high a room must be that shows events


def message(asked: Context, scene: Scene, room: Room) -> Picture | None:
    """The first results of a selection; those of some programmes if the scene names them."""
    selection = asked.selection(scene)
    across = max(1, min(MOST_IN_A_ROW, int(room.width // CELL_WIDTH)))
    down = max(1, int(room.height // CELL_HEIGHT))
    ranked = results.ranked(asked.atlas, selection, scene.about or None)
    found = [one for one in ranked if results.own(one, selection)][: min(MOST, across * down)]
    if not found:
        return _sectors(asked, scene, room)
    told = _told(found)
    numbers = _numbers(asked, found, room, across)
    return Picture(
        asked.say(lambda one: sentence(asked, told, one)),
        (*numbers.items, *_events(asked, scene, room, numbers.bottom)),
        asked.say(lambda one: blocks.when(told[0].row, one)),
        _documented(asked, found, selection.province + selection.region),
        tuple(dict.fromkeys(source for one in found for source in one.row["sources"])),
        _notes(found, asked.voice.first),
    )


def sentence(asked: Context, told: Sequence[Result], translate: Translator) -> str:
    """What the first of some results says, with those who have graduated if they follow it."""
    (first, *others), write = told, blocks.write(asked)
    if first.table == "totals":
        return messages.of_total(asked.atlas, first.row, translate, write)
    said = messages.of_figure(asked.atlas, first.row, translate, write)
    return messages.with_graduates(said, others[0].row, translate, write) if others else said


def _told(found: Sequence[Result]) -> Sequence[Result]:
    """The result of which the title speaks, all of all before any other, and its part that it names."""
    whole = [one for one in found[:MOST_IN_A_ROW] if one.table == "totals" and pd.notna(one.row["out_of"])]
    if whole:
        return whole[:1]
    return [found[0], *(one for one in found[1:2] if one.table == "figures" and one.row["part_of"] == found[0].row["id"])]  # fmt: skip


def _numbers(asked: Context, found: Sequence[Result], room: Room, across: int) -> Block:
    across = min(across, len(found)) if len(found) != 4 or across < 2 else 2
    down = -(-len(found) // across)
    high = min(SPREAD, room.height / down)
    items: list[Item] = []
    for at, one in enumerate(found):
        row = Room(room.x, room.y + at // across * high, room.width, high - 20)
        items += _number(asked, one.row, blocks.columns(row, max(across, 2))[at % across])
    texts = (item for item in items if isinstance(item, Text) and item.anchor == "top")
    return Block(tuple(items), max(one.room.y + board.height_of(one.runs, one.room.width) for one in texts) + 40)


def _events(asked: Context, scene: Scene, room: Room, top: float) -> tuple[Item, ...]:
    """The latest events of the scene's programmes, where the numbers leave room for them."""
    below = Room(room.x, top, room.width, room.bottom - top)
    listed = blocks.latest(asked, scene) if scene.about and below.height > EVENTS else []
    return blocks.dated(asked, listed, below).items


def _sectors(asked: Context, scene: Scene, room: Room) -> Picture | None:
    """Programmes of which no number is stated: the fields that they name, and their latest events."""
    rows = asked.selection(scene).records(asked.atlas, "figures")
    named = [row for row in asked.atlas.records("figures", rows.index) if row["programme"] in scene.about and row["fields"]]  # fmt: skip
    if not named:
        return None
    most = max(named, key=lambda row: len(row["fields"]))
    framed = blocks.chips(blocks.fields(asked, [most], "sector", "theme", "field_of_study"), room)
    return Picture(
        asked.say(lambda one: one.text(most, "title")),
        (*framed.items, *_events(asked, scene, room, framed.bottom + 60)),
        asked.say(lambda one: blocks.when(most, one)),
        sources=most["sources"],
        notes=_notes([Result("figures", most)], asked.voice.first),
    )


def _number(asked: Context, row: dict, room: Room) -> list[Item]:
    """A number, what it counts in each language, and unit and time."""
    figure = Run(blocks.figure_of(asked, row), board.NUMBER, True, board.ACCENT)
    if width_of(figure) > room.width:
        figure = replace(figure, size=LONG)
    high, wide = board.NUMBER * 1.2, width_of(figure) * 1.02
    items: list[Item] = [Text(Room(room.x, room.y, wide, high), (figure,), anchor="bottom")]
    if pd.notna(row.get("out_of")):
        whole = Run(f"/{blocks.write(asked)(row['out_of'])}", PART, True, board.QUIET)
        raised = (board.NUMBER - PART) * (board.LEADING - 0.96)
        items.append(
            Text(Room(room.x + wide, room.y, width_of(whole) * 1.02, high - raised), (whole,), anchor="bottom")
        )
    label = asked.say(lambda one: one.text(row, "label" if "out_of" in row else "title"))
    time = Run(" / ".join(filter(None, blocks.unit_and_time(asked, row))), board.SOURCE, colour=board.QUIET)
    words = Room(room.x, room.y + high, room.width, room.height - high)
    said = (*runs(label, board.LABEL, bold=asked.two), *([time] if time.text else ()))
    return [*items, Text(words, clipped(said, words.width, words.height))]


def _documented(asked: Context, found: Sequence[Result], slugs: tuple[str, ...]) -> tuple[str, ...]:
    """How much of the totals shown the sources name, as one remark."""
    shown = {one.row["id"] for one in found if one.table == "totals"}
    known = [one for one in coverage.coverage(asked.atlas, slugs) if one.total["id"] in shown and one.documented]
    if not known:
        return ()

    def said(translate: Translator) -> str:
        measured = vocabulary.labels(asked.atlas, "totals.measure", translate)
        levels = vocabulary.labels(asked.atlas, "twinnings.level", translate)
        listed = (
            translate(
                "{n} {measure} ({level})",
                n=one.documented,
                measure=measured[one.total["measure"]],
                level=translate.join(levels[level].lower() for level in one.total["levels"]),
            )
            if len({one.total["levels"] for one in known}) > 1
            else translate("{n} {measure}", n=one.documented, measure=measured[one.total["measure"]])
            for one in sorted(known, key=lambda one: -one.total["value"])
        )
        return translate("Named in the sources: {listed}", listed=translate.join(listed))

    return asked.say(said)


def _notes(found: Sequence[Result], translate: Translator) -> tuple[str, ...]:
    return tuple(note for one in found if (note := translate.text(one.row, "note")))
