"""Twinnings on the map, along the border, and one alone."""

from functools import partial

from atlas.exports import pictures, tables
from atlas.exports.rows import day
from atlas.exports.scenes.board import (
    LABEL,
    NAME,
    QUIET,
    SECOND,
    SOURCE,
    Context,
    Drawn,
    Item,
    Picture,
    Room,
    Run,
    Text,
    clipped,
    height_of,
    runs,
    width_of,
)
from atlas.look.marks import LEVEL_STYLES
from atlas.maps import strip
from atlas.maps import unrolled as along_border
from atlas.maps.drawing import NAMES, Drawing, Mark, Path, draw
from atlas.model import standing
from atlas.model.selection import Selection
from atlas.model.session import Scene
from atlas.words import naming, vocabulary
from atlas.words.translator import Translator

LEGEND = 420  # units of the column beside a map
GAP = 40
SIGN = (64, 36)  # of the line and mark of a level
LARGER = NAME / NAMES  # so much larger than on a page are marks and lines
SMALLEST = 24  # of names along the border


def map_of(asked: Context, scene: Scene, room: Room) -> Picture | None:
    """The twinnings of a selection on the map, with how many there are at each level."""
    atlas, selection = asked.atlas, asked.selection(scene)
    rows = selection.twinnings(atlas)
    if rows.empty:
        return None
    on = day(atlas, selection)
    beside = Room(room.x + LEGEND + GAP, room.y, room.width - LEGEND - GAP, room.height)
    drawing = _map(asked, list(rows.index), on, beside)
    counts = rows["level"].value_counts()
    ended = standing.count(atlas, rows.to_dict("records"), selection.day(atlas)).signers
    listed = [(level, int(counts[level]), False) for level in drawing.levels]
    if ended and drawing.has_ended:
        listed.append((drawing.levels[-1], ended, True))
    levels, used = _legend(asked, listed, Room(room.x, room.y, LEGEND, room.height))
    far = _far(asked, drawing.far, Room(room.x, used + 10, LEGEND, room.bottom - used - 10))
    return Picture(
        asked.say(partial(_counted, asked, selection, len(rows))),
        (*levels, *far, Drawn((beside.x, beside.y), drawing, _name(asked, len(rows)))),
        subtitle=asked.say(lambda one: one("as of {day}", day=one.date(on))),
        footnote=_footnote(asked, [] if far else drawing.far),
        sources=tuple(tables.cited([tables.pairs(atlas, rows, asked.voice, on)])),
        notes=asked.say(partial(pictures.statement, atlas, selection)),
    )  # fmt: skip


def _map(asked: Context, twinnings: list[str], on: str, room: Room) -> Drawing:
    return draw(asked.atlas, twinnings, asked.voice.language, on, room.width, room.height, NAME)


def _counted(asked: Context, selection: Selection, n: int, translate: Translator) -> str:
    """Where, and how many: the message of a map."""
    return translate.plural("{place}: {n} twinning", "{place}: {n} twinnings", n, place=_where(asked, selection, translate))  # fmt: skip


def _where(asked: Context, selection: Selection, translate: Translator) -> str:
    places = asked.atlas.places
    names = [places.name(places.by_slug[slug], translate.language) for slug in selection.province + selection.region]
    return translate.join(names) if names else translate("The whole border")


def _name(asked: Context, n: int) -> str:
    return " / ".join(asked.say(lambda one: one.plural("Map with {n} twinning", "Map with {n} twinnings", n)))


def _footnote(asked: Context, outside: list[str]) -> tuple[str, ...]:
    def said(translate: Translator) -> str:
        left = [pictures.outside(len(outside), translate)] if outside else []
        return " ".join([*left, translate("Boundaries are approximate.")])

    return asked.say(said)


def _legend(asked: Context, listed: list[tuple[str, int, bool]], room: Room) -> tuple[list[Item], float]:
    """Levels under each other, each with its sign and how many twinnings it has, and how far down they go."""
    items: list[Item] = []
    y, broad = room.y, room.width - SIGN[0] - 100
    for level, number, ended in listed:
        named = runs(_level(asked, level, ended), LABEL if not ended else SOURCE, bold=False)
        high = max(SECOND * 1.3, height_of(named, broad))
        if y + high > room.bottom:
            break
        items.append(_sign(level, ended, room.x, y + 6))
        count = Text(Room(room.x + SIGN[0] + 10, y, 80, high), (Run(str(number), SECOND, True),))
        items += [count, Text(Room(room.x + SIGN[0] + 100, y + 4, broad, high), named)]
        y += high + 18
    return items, y


def _far(asked: Context, twinnings: list[str], room: Room) -> tuple[Item, ...]:
    """The names of twinnings that lie beyond the map, in the first language, as many as the room holds."""
    head = runs(asked.say(lambda one: one("Beyond this map")), SOURCE)
    language = asked.voice.first.language
    shown: tuple[Run, ...] = ()
    for number, twinning in enumerate(twinnings):
        more = (Run(naming.pair(asked.atlas, twinning, language), SOURCE),)
        left = len(twinnings) - number - 1
        counted = (Run(f"+{left}", SOURCE, colour=QUIET),) if left else ()
        if height_of((*head, *shown, *more, *counted), room.width) > room.height:
            counted = (Run(f"+{left + 1}", SOURCE, colour=QUIET),)
            return (Text(room, (*head, *shown, *counted)),) if shown else ()
        shown += more
    return (Text(room, (*head, *shown)),) if shown else ()


def _level(asked: Context, level: str, ended: bool) -> tuple[str, ...]:
    if ended:
        return asked.say(lambda one: one("A side no longer exists"))
    return asked.say(lambda one: vocabulary.labels(asked.atlas, "twinnings.level", one)[level])


def _sign(level: str, ended: bool, x: float, y: float) -> Drawn:
    """The line and the mark of a level as they stand on the map."""
    broad, high = SIGN
    style = LEVEL_STYLES[level]
    path = Path("", [(2.0, high / 2), (broad - 14.0, high / 2)], style["color"], style["weight"] * LARGER)
    mark = Mark("", (broad - 14.0, high / 2), level, ended, share=LARGER)
    drawing = Drawing(broad, high, {}, [path], [mark], [], [level], [], [], ended, 1, schematic=True)
    return Drawn((x, y), drawing, "")


def unrolled(asked: Context, scene: Scene, room: Room) -> Picture | None:
    """The twinnings of a selection along the border; in two languages the names of each side are in its own."""
    atlas, selection = asked.atlas, asked.selection(scene)
    rows = selection.twinnings(atlas)
    content = along_border.content(atlas, selection, asked.voice, own=asked.two)
    if not content.ties:
        return None
    below = 48
    most = room.height - below
    titles = along_border.titles(atlas, content, asked.voice)
    made = strip.draw(content, room.width, height=most, text=NAME, smallest=SMALLEST, most=most, titles=titles)
    drawing = made.drawing
    share = min(1.0, most / drawing.height)
    name = " / ".join(asked.say(lambda one: one("Twinnings along the border, from west to east")))
    return Picture(
        asked.say(partial(_along, asked, selection, len(rows))),
        (
            Drawn((room.x + room.width * (1 - share) / 2, room.y), drawing.scaled(share), name),
            *_levels(asked, drawing.levels, Room(room.x, room.bottom - below + 8, room.width, below - 8)),
        ),
        subtitle=asked.say(lambda one: one("as of {day}", day=one.date(day(atlas, selection)))),
        footnote=asked.say(partial(_left_out, made.unnamed, len(content.beyond))),
        sources=tuple(dict.fromkeys(source for cited in rows["sources"] for source in cited)),
        notes=tuple(
            line
            for one in asked.voice.translators
            if (line := one.join(along_border.far_names(atlas, content.beyond, one)))
        ),
    )


def _along(asked: Context, selection: Selection, n: int, translate: Translator) -> str:
    return translate.plural(
        "{place}: {n} twinning along the border",
        "{place}: {n} twinnings along the border",
        n,
        place=_where(asked, selection, translate),
    )


def _left_out(unnamed: int, beyond: int, translate: Translator) -> str:
    said = []
    if unnamed:
        said.append(translate.plural("{n} unit has no room for its name.", "{n} units have no room for their names.", unnamed))  # fmt: skip
    if beyond:
        said.append(translate.plural("{n} twinning is too far from the border.", "{n} twinnings are too far from the border.", beyond))  # fmt: skip
    return " ".join([*said, translate("Positions are approximate.")])


def _levels(asked: Context, levels: list[str], room: Room) -> tuple[Item, ...]:
    """Signs and names of levels beside each other, as many as a line holds."""
    items: list[Item] = []
    x = room.x
    for level in levels:
        said = " · ".join(_level(asked, level, False))
        run = Run(said, SOURCE)
        broad = SIGN[0] + 40 + width_of(run)
        if x + broad > room.right:
            break
        items += [_sign(level, False, x, room.y), Text(Room(x + SIGN[0] + 8, room.y, broad - SIGN[0] - 8, room.height), (run,), anchor="middle")]  # fmt: skip
        x += broad
    return tuple(items)


def pair(asked: Context, scene: Scene, room: Room) -> Picture | None:
    """One twinning (``about``): its map, and what is known of it."""
    atlas, selection = asked.atlas, asked.selection(scene)
    twinning = next((one for one in scene.about if one in atlas.twinnings.index), None)
    if not twinning:
        return None
    on = day(atlas, selection)
    broad = round(room.width * 0.56)
    facts = tables.of_pair(atlas, twinning, asked.voice, on)
    drawing = _map(asked, [twinning], on, Room(room.x, room.y, broad, room.height))
    level = atlas.twinnings.loc[twinning]["level"]
    return Picture(
        asked.say(lambda one: naming.pair(atlas, twinning, one.language)),
        (
            Drawn((room.x, room.y), drawing, _name(asked, 1)),
            *_facts(facts, Room(room.x + broad + GAP, room.y, room.width - broad - GAP, room.height)),
        ),
        subtitle=asked.say(lambda one: vocabulary.labels(atlas, "twinnings.level", one)[level]),
        footnote=_footnote(asked, drawing.far),
        sources=tuple(tables.cited([facts])),
        notes=tuple(f"{name}: {said}" for name, said in facts.rows),
    )


def _facts(facts: tables.Table, room: Room) -> tuple[Item, ...]:
    """Names and what is known under each other, as many as the room holds."""
    items, y = [], room.y
    for name, said in facts.rows:
        head = Run(name.replace("\n", " · "), SOURCE, colour=QUIET)
        listed = (head, *clipped((Run(said, LABEL),), room.width, LABEL * 6))
        high = height_of(listed, room.width)
        if y + high > room.bottom:
            continue
        items.append(Text(Room(room.x, y, room.width, high), listed))
        y += high + 20
    return tuple(items)
