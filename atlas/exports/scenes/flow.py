"""From where to where people go to study or train: units that send, cities and institutions that receive, and the fields."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import accumulate

import pandas as pd

from atlas.exports.scenes import blocks, board
from atlas.exports.scenes.board import Context, Item, Line, Picture, Point, Room, Run, Text, clipped, runs, width_of
from atlas.exports.scenes.listing import Said, cited, footnote, kept
from atlas.model.session import Scene
from atlas.words import messages, vocabulary
from atlas.words.translator import IN_LISTS, Translator

ORIGINS, CURVES, FIELDS = 0.17, 0.13, 0.29  # of the width: units that send, what leads from them, fields at the right
NUMBER = 150  # how wide the number beside a receiving place is
THIN, THICK = 3, 26  # widths of a line without a number, and of that of the largest number
STEPS = 16  # pieces of a curve
APART, SPREAD = 18, 90  # between receiving places; at most where they are few
MOST_SPREAD = 5  # that are few
WHOLE = (None, "all", "short_course", "vocational")  # degrees that a number need not be told with
MOST_ORIGINS = 7
MOST_OTHERS = 2  # counts of a place beside its first one
LEARNING = ("persons", "scholarships", "courses", "other")  # measures of people who study or train
KINDS = ("field_of_study", "sector", "theme")


@dataclass
class Node:
    """A receiving place: its institutions, for every unit that sends the largest count of it, and every count."""

    place: str
    institutions: dict[str, None] = field(default_factory=dict)
    sent: dict[str, dict] = field(default_factory=dict)
    counts: list[dict] = field(default_factory=list)

    @property
    def first(self) -> dict:
        """The figure that is told: the largest number, any other without one."""
        return max(self.sent.values(), key=_size)


def flow(asked: Context, scene: Scene, room: Room) -> Picture | None:
    """The units that send and the places that receive, as the figures of some programmes name them."""
    figures = _figures(asked, scene)
    nodes = _nodes(asked, figures)
    if not nodes:
        return None
    named = _fields(asked, figures, Room(room.right - room.width * FIELDS, room.y, room.width * FIELDS, room.height))
    edge = room.right - room.width * (FIELDS + 0.03) if named else room.right
    left = room.x + room.width * (ORIGINS + CURVES)
    placed, right = _received(asked, nodes, Room(left, room.y, edge - left, room.height))
    shown = [node for node, _ in placed]
    sent, lines = _sent(asked, placed, Room(room.x, room.y, room.width * ORIGINS, room.height), left - 12)
    return Picture(
        asked.say(lambda one: _message(asked, shown, one)),
        (*lines, *sent, *right, *named),
        asked.say(lambda one: _programmes(asked, shown, one)),
        footnote(asked, kept(shown, nodes), _widths(shown)),
        cited(row for node in shown for row in node.sent.values()),
        tuple(dict.fromkeys(note for node in shown if (note := asked.voice.first.text(node.first, "note")))),
    )


def _figures(asked: Context, scene: Scene) -> list[dict]:
    programmes = scene.about or blocks.STUDY_AND_TRAINING
    rows = asked.selection(scene).records(asked.atlas, "figures")
    rows = rows[rows["programme"].isin(programmes) & rows["measure"].isin(LEARNING)]
    return asked.atlas.records("figures", rows.index)


def _nodes(asked: Context, figures: Iterable[dict]) -> list[Node]:
    """Places in China that receive from units in Vietnam, those with the largest numbers first."""
    found: dict[str, Node] = {}
    for row in figures:
        origins = [one for one in row["origin"] if asked.atlas.places[one]["country"] == "VN"]
        for place, institutions in _ends(asked, row).items() if len(origins) < blocks.SEVERAL else ():
            node = found.setdefault(place, Node(place))
            node.institutions |= dict.fromkeys(institutions)
            node.counts += [row] if _size(row) and origins else []
            for origin in origins:
                if origin not in node.sent or _size(row) > _size(node.sent[origin]):
                    node.sent[origin] = row
    if any(asked.atlas.places[origin]["slug"] for node in found.values() for origin in node.sent):
        for node in found.values():  # beside its units, a country would be counted twice
            node.sent = {origin: row for origin, row in node.sent.items() if asked.atlas.places[origin]["slug"]}
    sending = [node for node in found.values() if node.sent]
    return sorted(sending, key=lambda node: (-_size(node.first), not node.institutions, node.place))


def _ends(asked: Context, row: dict) -> dict[str, list[str]]:
    """The Chinese places to which a figure counts, with the institutions that it names in each."""
    places = asked.atlas.places
    ends: dict[str, list[str]] = {}
    for one in (*row["institutions"], *row["destination"]):
        if places[one]["country"] == "CN":
            place = next(unit for unit in places.lineage(one) if places[unit]["kind"] != "institution")
            ends.setdefault(place, []).extend([one] if one != place else [])
    inside = {above for place in ends for above in places.ancestors(place)}
    return {place: listed for place, listed in ends.items() if place not in inside or listed}


def _size(row: dict) -> float:
    """The persons or scholarships that a figure counts in all, 0 where it counts none or a part."""
    counts = row["rate"] == "total" and row["measure"] in ("persons", "scholarships") and not row["part_of"]
    return row["value"] if counts and pd.notna(row["value"]) else 0


def _received(asked: Context, nodes: Sequence[Node], room: Room) -> tuple[list[tuple[Node, float]], list[Item]]:
    """The receiving places below each other, as many as the room holds, each with the height of its middle."""
    wide = room.width - NUMBER
    several = len({origin for node in nodes for origin in node.sent}) > 1
    said = [_said(asked, node, several) for node in nodes]
    line = board.VALUE * board.LEADING
    heights = [max(board.height_of(one, wide), line if _size(node.first) else 0) for one, node in zip(said, nodes)]
    held = max(1, sum(used - APART <= room.height for used in accumulate(high + APART for high in heights)))
    apart = min(SPREAD, (room.height - math.fsum(heights[:held])) / held) if held < MOST_SPREAD else APART
    placed, items, y = [], list[Item](), room.y
    for node, one, high in list(zip(nodes, said, heights))[:held]:
        items.append(Text(Room(room.x + NUMBER, y, wide, high), clipped(one, wide, room.bottom - y)))
        if _size(node.first):
            number = Run(blocks.figure_of(asked, node.first), _fitted(asked, node), True, board.ACCENT)
            items.append(Text(Room(room.x, y, NUMBER - 12, line), (number,)))
        placed.append((node, y + min(high, line) / 2))
        y += high + max(APART, apart)
    return placed, items


def _fitted(asked: Context, node: Node) -> float:
    number = Run(blocks.figure_of(asked, node.first), board.VALUE, True)
    return board.VALUE if width_of(number) <= NUMBER - 12 else board.BODY


def _said(asked: Context, node: Node, several: bool) -> tuple[Run, ...]:
    """The names of a place, what the number beside it counts, further counts, and its institutions."""

    def counted(row: dict, translate: Translator) -> str:
        sender = messages.places(asked.atlas, row["origin"], translate) if several else ""
        named = vocabulary.label(asked.atlas, "figures.programme", row, translate)
        degree = "" if row["category"] in WHOLE else vocabulary.label(asked.atlas, "figures.category", row, translate)
        return translate.join(filter(None, (sender, named, degree.lower(), blocks.when(row, translate))))

    def told(row: dict) -> Run:
        text = " / ".join(asked.say(lambda one: counted(row, one)))
        return Run(
            text if row is node.first else f"{blocks.figure_of(asked, row)}: {text}", board.SOURCE, colour=board.QUIET
        )

    others = sorted((row for row in node.counts if row is not node.first and not several), key=lambda row: -_size(row))
    listed = [told(row) for row in (node.first, *others[:MOST_OTHERS])] if _size(node.first) else []
    schools = (" · ".join(_names(asked, one)) for one in node.institutions)
    return (
        Run(" · ".join(asked.say(lambda one: messages.place(asked.atlas, node.place, one.language))), board.BODY, True),
        *listed,
        *(Run(name, board.NAME) for name in schools),
    )


def _names(asked: Context, place: str) -> tuple[str, ...]:
    return asked.say(lambda one: asked.atlas.places.name(place, one.language))


def _sent(
    asked: Context, placed: Sequence[tuple[Node, float]], room: Room, edge: float
) -> tuple[list[Item], list[Item]]:
    """The units that send, and a curve from each to where it sends, as wide as its number where one is stated."""
    most = max((_size(row) for node, _ in placed for row in node.sent.values()), default=0) or 1
    origins = list(dict.fromkeys(origin for node, _ in placed for origin in node.sent))[:MOST_ORIGINS]
    items, lines = list[Item](), list[Item]()
    step = room.height / len(origins)
    for at, origin in enumerate(origins):
        mine = [(node.sent[origin], y) for node, y in placed if origin in node.sent]
        y = math.fsum(height for _, height in mine) / len(mine) if len(origins) == 1 else room.y + (at + 0.5) * step
        name = runs(asked.say(lambda one, origin=origin: messages.place(asked.atlas, origin, one.language)), board.BODY)
        high = board.height_of(name, room.width)
        top = min(max(room.y, y - high / 2), room.bottom - high)
        items.append(Text(Room(room.x, top, room.width, high), clipped(name, room.width, high)))
        for row, end in sorted(mine, key=lambda one: _size(one[0])):
            size = _size(row)
            weight = THIN + (THICK - THIN) * size / most if size else THIN
            lines.append(Line(_curve((room.right, top + high / 2), (edge, end)), _colour(row), weight))
    return items, lines


def _colour(row: dict) -> str:
    return board.ACCENT if _size(row) else board.RULE


def _curve(start: Point, end: Point) -> tuple[Point, ...]:
    """A curve that leaves and arrives level."""
    (ax, ay), (bx, by) = start, end
    shares = [step / STEPS for step in range(STEPS + 1)]
    return tuple((ax + (bx - ax) * at, ay + (by - ay) * at * at * (3 - 2 * at)) for at in shares)


def _fields(asked: Context, figures: Sequence[dict], room: Room) -> list[Item]:
    """The fields of study, sectors and topics that the figures name, a head above each, as many as the room holds."""
    items, y = list[Item](), room.y
    for kind in KINDS:
        listed = blocks.fields(asked, figures, kind)
        if not listed or room.bottom - y < 3 * board.LABEL * board.LEADING:
            continue
        head = runs(asked.say(lambda one, kind=kind: _heads(one)[kind]), board.LABEL)
        high = board.height_of(head, room.width)
        below = Room(room.x, y + high + 6, room.width, room.bottom - y - high - 6)
        said = blocks.fitting(listed, board.NAME, below)
        items += [Text(Room(room.x, y, room.width, high), head), Text(below, said)]
        y = below.y + board.height_of(said, room.width) + 2 * APART
    return items


def _heads(translate: Translator) -> dict[str, str]:
    return {
        "field_of_study": translate("Fields of study"),
        "sector": translate("Priority sectors"),
        "theme": translate("Topics of courses"),
    }


def _message(asked: Context, shown: Sequence[Node], translate: Translator) -> str:
    """From where people go, and to how many cities."""
    places = asked.atlas.places
    origins = list(dict.fromkeys(origin for node in shown for origin in node.sent))
    senders = origins if len(origins) <= messages.MOST_PLACES else [places[origins[0]]["country"].lower()]
    cities = [node.place for node in shown if places[node.place]["kind"] not in ("region", "province", "country")]
    above = list(dict.fromkeys(places.ancestors(city)[-1] for city in cities)) or [node.place for node in shown]
    ends = {"origin": messages.places(asked.atlas, senders, translate), "place": messages.places(asked.atlas, above[: messages.MOST_PLACES], translate)}  # fmt: skip
    if len(cities) < 2:
        return translate("People from {origin} study and train in {place}", **ends)
    return translate.plural(
        "People from {origin} study and train in {n} city of {place}",
        "People from {origin} study and train in {n} cities of {place}",
        len(cities),
        **ends,
    )


def _programmes(asked: Context, shown: Sequence[Node], translate: Translator) -> str:
    """The programmes shown, and between which dates their figures were stated."""
    rows = [row for node in shown for row in node.sent.values()]
    names = vocabulary.labels(asked.atlas, "figures.programme", translate)
    present = {row["programme"] for row in rows}
    stated = sorted(row["as_of"] for row in rows if row["as_of"])
    time = [translate("as of {day}", day=translate.period(stated[0], stated[-1], IN_LISTS))] if stated else []
    return translate.join([*(name for one, name in names.items() if one in present), *time])


def _widths(shown: Sequence[Node]) -> Said | None:
    """What the width of a line means, where some have a number and others none."""
    sizes = {bool(_size(row)) for node in shown for row in node.sent.values()}
    if sizes != {True, False}:
        return None
    return lambda translate: translate("Thin grey line: number not stated.")
