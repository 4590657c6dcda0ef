"""Totals of persons and their parts on one scale, and below them what belongs to them: cities, both directions, events."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from atlas.exports.scenes import blocks, board
from atlas.exports.scenes.blocks import Block
from atlas.exports.scenes.board import (  # fmt: skip
    Bar,
    Context,
    Item,
    Line,
    Picture,
    Room,
    Run,
    Segment,
    Text,
    clipped,
    runs,
    width_of,
)
from atlas.exports.scenes.listing import cited, footnote, kept
from atlas.model import results
from atlas.model.results import Composition, Part
from atlas.model.session import Scene
from atlas.words import messages, sentences, vocabulary
from atlas.words.translator import IN_LISTS, Translator

COLOURS = {
    "undergraduate": board.ACCENT,
    "master": board.COUNTERPART,
    "postgraduate": board.COUNTERPART,
    "doctoral": board.QUIET,
    "vocational": board.QUIET,
    "language": board.RULE,
    "graduated": board.DONE,
    "studying": board.ACCENT,
}
DEGREES = ("undergraduate", "master", "postgraduate", "doctoral", "vocational", "language")
BAR = 84  # how high a bar is
NAMES = 340  # how wide the names at its left are
TALLEST = 250  # how high what stands at its left becomes at most
LEAST = 30  # what is left beside the number in its part
BETWEEN = 24  # between names below a bar, between what stands below each other
MOST_ROWS = 6
DIRECTIONS = 160  # how high it must be for what each side gives
LOWER = 200  # how high a room must be for what belongs to the totals


@dataclass(frozen=True)
class Row:
    """A bar: the figure at its left, what that counts, its parts, and the figures that it rests on."""

    total: dict
    parts: tuple[Part, ...]
    by_outcome: bool = False

    @property
    def value(self) -> int:
        """What its parts add up to."""
        return sum(part.value for part in self.parts)


@dataclass(frozen=True)
class Named:
    """The name of a part, and where its part stands."""

    runs: tuple[Run, ...]
    start: float
    end: float
    wide: float
    outside: bool  # the part is too narrow for its number


def parts(asked: Context, scene: Scene, room: Room) -> Picture | None:
    """The totals of some programmes with their parts; totals without any follow as bars of one part."""
    figures = _figures(asked, scene)
    rows = _rows(asked, figures, one_unit=len(asked.selection(scene).province) == 1)
    if not rows:
        return None
    drawn, shown = _bars(asked, rows, room)
    first = shown[0].total
    lower = Room(room.x, drawn.bottom + BETWEEN, room.width, room.bottom - drawn.bottom - BETWEEN)
    more = _lower(asked, scene, figures, shown, lower) if lower.height >= LOWER else ()
    return Picture(
        asked.say(lambda one: _message(asked, shown, one)),
        (*drawn.items, *more),
        asked.say(lambda one: blocks.when(first, one)),
        footnote(asked, kept(shown, rows)),
        cited(row.total for row in shown),
        tuple(note for row in shown if (note := asked.voice.first.text(row.total, "note"))),
    )


def _figures(asked: Context, scene: Scene) -> list[dict]:
    rows = asked.selection(scene).records(asked.atlas, "figures")
    listed = asked.atlas.records("figures", rows.index)
    return [row for row in listed if not scene.about or row["programme"] in scene.about]


def _rows(asked: Context, figures: list[dict], one_unit: bool) -> list[Row]:
    """Totals with parts, each split once by degree and once by outcome; of several units counts without parts too."""
    table = asked.atlas.table("figures")
    composed = results.compositions(asked.atlas, table.loc[[row["id"] for row in figures]])
    rows = [Row(one.total, one.parts, _by_outcome(one)) for one in composed]
    if rows and one_unit:
        return rows
    rows = [row for row in rows if not row.by_outcome]
    whole = {row.total["id"] for row in rows}
    alone = [row for row in figures if _counts(row) and row["id"] not in whole and not row["part_of"]]
    alone = [row for row in alone if all(asked.atlas.places[one]["slug"] for one in row["origin"])]
    alone.sort(key=lambda row: (not row["cumulative"], -row["value"]))
    return [*rows, *(Row(row, (Part(row, False, int(row["value"])),)) for row in _in_turn(alone))]


def _in_turn(listed: list[dict]) -> list[dict]:
    """The first figure of each origin, then their second ones, and so on."""
    seen: Counter[tuple[str, ...]] = Counter()
    turns = []
    for row in listed:
        turns.append(seen[row["origin"]])
        seen[row["origin"]] += 1
    return [listed[at] for at in sorted(range(len(listed)), key=turns.__getitem__)]


def _by_outcome(one: Composition) -> bool:
    return any(part.row is not None and part.by_outcome for part in one.parts)


def _counts(row: dict) -> bool:
    """Whether a figure is an exact count of persons or scholarships from named units."""
    exact = row["qualifier"] == "exact" and row["rate"] == "total" and row["measure"] in ("persons", "scholarships")
    return exact and bool(row["origin"]) and row["programme"] in blocks.STUDY_AND_TRAINING


def _message(asked: Context, shown: Sequence[Row], translate: Translator) -> str:
    """What the first total says, with its parts by degree or with those who have graduated."""
    (first, *_), write = shown, blocks.write(asked)
    said = messages.of_figure(asked.atlas, first.total, translate, write)
    if first.by_outcome:
        graduated = [part.row for part in first.parts if part.row and part.row["outcome"] == results.ACHIEVED]
        return messages.with_graduates(said, graduated[0], translate, write) if graduated else said
    degrees = vocabulary.labels(asked.atlas, "figures.category", translate)
    named = [
        (write(part.value), degrees[part.row["category"]]) for part in first.parts if part.row and part.row["category"]
    ]
    # a title has room for two
    return messages.with_degrees(said, named, translate) if len(named) == 2 else said


def _bars(asked: Context, rows: Sequence[Row], room: Room) -> tuple[Block, list[Row]]:
    """Bars on one scale below each other, as many as the room holds; the largest of them fills its width."""
    shown = list(rows[:MOST_ROWS])
    while True:
        drawn = [*_drawn(asked, shown, room)]
        held = [block for block in drawn if block.bottom <= room.bottom] or drawn[:1]
        if len(held) == len(shown):
            return Block(tuple(item for block in held for item in block.items), held[-1].bottom), shown
        shown = shown[: len(held)]


def _drawn(asked: Context, rows: Sequence[Row], room: Room) -> Iterator[Block]:
    names = min(NAMES, room.width * 0.24)
    most = max(row.value for row in rows)
    several = any(len(row.parts) == 1 for row in rows) or len({row.total["id"] for row in rows}) > 1
    y, before = room.y, None
    for row in rows:
        drawn = _bar(asked, row, Room(room.x + names, y, room.width - names, room.bottom - y), most)
        said = [_counted(asked, row, len(rows) == 1)] if row.total["id"] != before else []
        place = Room(room.x, y, names - BETWEEN, max(drawn.bottom, y + TALLEST) - y)
        left = _left(asked, row, said, several, place)
        bottom = max(drawn.bottom, left.bottom)
        yield Block((*left.items, *drawn.items), bottom)
        y, before = bottom + BETWEEN, row.total["id"]


def _counted(asked: Context, row: Row, alone: bool) -> Run:
    return Run(blocks.figure_of(asked, row.total), board.NUMBER if alone else board.VALUE, True, board.ACCENT)


def _left(asked: Context, row: Row, number: list[Run], several: bool, room: Room) -> Block:
    """What a bar counts: its number, once for each total, from where the persons come if bars differ, and its view."""
    words: list[Run] = []
    if number and several:
        words += runs(asked.say(lambda one: messages.places(asked.atlas, row.total["origin"], one)), board.LABEL)
    if several:
        words.append(Run(" / ".join(asked.say(lambda one: _period(row, one))), board.SOURCE, colour=board.QUIET))
    else:
        words += runs(asked.say(lambda one: _view(row, one)), board.LABEL)
    listed = clipped((*number, *words), room.width, room.height)
    return Block((Text(room, listed),), room.y + board.height_of(listed, room.width))


def _period(row: Row, translate: Translator) -> str:
    total = row.total
    return translate.period(total["period_from"], total["period_to"] or total["as_of"], IN_LISTS)


def _view(row: Row, translate: Translator) -> str:
    """How a bar is divided, and the day of which that is said."""
    as_of = translate.date(row.total["as_of"], IN_LISTS) if row.total["as_of"] else ""
    name = translate("By outcome") if row.by_outcome else translate("By degree")
    return translate.join(filter(None, (name, as_of)))


def _bar(asked: Context, row: Row, room: Room, most: int) -> Block:
    """A bar, the number of each part in it, and the names of its parts below it."""
    frame = Room(room.x, room.y, room.width, BAR)
    segments: list[Segment] = []
    named: list[Named] = []
    x = room.x
    for part in row.parts:
        wide = part.value / most * room.width
        value = blocks.write(asked)(part.value)
        outside = width_of(Run(value, board.VALUE, True)) + LEAST > wide
        name = _name(asked, row, part)
        alone = len(row.parts) == 1  # its number stands at its left
        segments.append(Segment(part.value, _colour(part), "" if outside or alone else value, " / ".join(name)))
        said = (f"{value} {name[0]}", *name[1:]) if outside and not alone else name
        most_wide = room.width if alone else max(wide, room.width / 4)
        named.append(_named(said, (x, x + wide), outside and not alone, most_wide, room.width))
        x += wide
    bar = Bar(frame, tuple(segments), most, " / ".join(asked.say(lambda one: one.text(row.total, "title"))))
    inside = [one for one in named if not one.outside]
    below = _placed(inside, room, room.y + BAR + 8)
    out = _pulled([one for one in named if one.outside], room, below.bottom, room.y + BAR)
    return Block((bar, *below.items, *out.items), out.bottom)


def _name(asked: Context, row: Row, part: Part) -> tuple[str, ...]:
    if len(row.parts) == 1:
        return asked.say(lambda one: f"{one.text(row.total, 'title')} ({blocks.when(row.total, one)})")
    return asked.say(lambda one: sentences.of_part(asked.atlas, part, one))


def _colour(part: Part) -> str:
    if part.row is None:
        return board.UNKNOWN
    degree = part.row["category"]
    if part.by_outcome and degree not in ("postgraduate", "master", "doctoral"):
        return COLOURS.get(part.row["outcome"] or "", board.ACCENT)
    return COLOURS.get(degree, board.ACCENT)


def _named(said: tuple[str, ...], part: tuple[float, float], outside: bool, most: float, room: float) -> Named:
    """A name in its lines, the narrowest room in which no language of it needs more than two."""
    texts = runs(said, board.LABEL, bold=False)
    whole = max(width_of(run) for run in texts) * 1.02
    wide = whole if whole <= most else max(most, whole / 2 * 1.15)
    return Named(texts, *part, min(wide, room), outside)


def _placed(named: Sequence[Named], room: Room, y: float) -> Block:
    """Names beside each other below their parts, moved aside where they would touch."""
    lefts: list[float] = []
    end = room.x
    for one in named:
        lefts.append(max(one.start, end))
        end = lefts[-1] + one.wide + BETWEEN
    limit = room.right
    for at in reversed(range(len(named))):
        lefts[at] = min(lefts[at], limit - named[at].wide)
        limit = lefts[at] - BETWEEN
    items, bottom = [], y
    for one, left in zip(named, lefts):
        place = Room(max(room.x, left), y, one.wide, room.bottom - y)
        items.append(Text(place, clipped(one.runs, one.wide, room.bottom - y)))
        bottom = max(bottom, y + board.height_of(one.runs, one.wide))
    return Block(tuple(items), bottom)


def _pulled(named: Sequence[Named], room: Room, y: float, bar: float) -> Block:
    """Names of parts too narrow for their number: number and name in one line, a line leads from the part to them."""
    items: list[Item] = []
    for one in named:
        texts = tuple(Run(run.text, run.size, False, run.colour) for run in one.runs)
        one_line = Run(" · ".join(run.text for run in texts), board.LABEL)
        wide = min(width_of(one_line) * 1.02, room.width)
        middle = (one.start + one.end) / 2
        right = min(room.right, max(middle - 12, room.x + wide))
        high = board.height_of((one_line,), wide)
        if middle - 12 < room.x + wide and middle + 12 + wide <= room.right:
            right = middle + 12 + wide
        place = Room(right - wide, y, wide, high)
        items.append(Line(((middle, bar), (middle, y + high / 2)), board.QUIET, 2))
        items.append(Text(place, (one_line,)))
        y += high
    return Block(tuple(items), y)


def _lower(asked: Context, scene: Scene, figures: list[dict], shown: Sequence[Row], room: Room) -> tuple[Item, ...]:
    """The cities that received those of the first total, then what each side gives the other; otherwise the latest events."""
    cities = _cities(asked, figures, shown[0].total)
    drawn = {row.total["id"] for row in shown}
    both = _both(asked, [row for row in figures if row["id"] not in drawn])
    items: list[Item] = []
    y = room.y
    if cities:
        head = blocks.heading(
            asked, lambda one: one("Received in (numbers by city are not stated)"), _from(room, y + 20)
        )
        framed = blocks.chips(cities, _from(room, head.bottom + 10))
        items += [blocks.rule(_from(room, y)), *head.items, *framed.items]
        y = framed.bottom + 20
    if len(both) > 1 and room.bottom - y >= DIRECTIONS:
        return (*items, blocks.rule(_from(room, y)), *blocks.directions(asked, both, _from(room, y + 12)))
    if items or len(both) > 1:
        return tuple(items)
    return blocks.dated(asked, blocks.latest(asked, scene), room).items


def _from(room: Room, y: float) -> Room:
    return Room(room.x, y, room.width, room.bottom - y)


def _cities(asked: Context, figures: list[dict], total: dict) -> list[str]:
    """The places that are named for parts of a total without a number."""
    found = [row for row in figures if row["part_of"] == total["id"] and row["qualifier"] == "not_stated"]
    ids = dict.fromkeys(place for row in found for place in row["destination"] if row["destination"] != total["destination"])  # fmt: skip
    return [blocks.named(asked, place) for place in ids]


def _both(asked: Context, figures: list[dict]) -> list[dict]:
    """The scholarships a year, or the first count, from one country to the other and back."""
    places = asked.atlas.places
    found: dict[str, dict] = {}
    figures = [row for row in figures if row["programme"] in blocks.STUDY_AND_TRAINING]
    order = sorted(
        figures, key=lambda row: (row["rate"] != "per_year", row["category"] not in (None, "all"), row["id"])
    )
    for row in order:
        if (
            (
                row["measure"] in ("scholarships", "persons")
                and row["origin"]
                and row["destination"]
                and not row["part_of"]
            )
            and row["qualifier"] != "not_stated"
            and len(row["origin"]) < blocks.SEVERAL
        ):
            found.setdefault(places[row["origin"][0]]["country"], row)
    return [found[country] for country in ("VN", "CN") if country in found]
