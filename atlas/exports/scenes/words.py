"""Scenes of words: the cover, a text, proposals and decisions."""

from collections import Counter
from collections.abc import Iterable

from atlas.exports.scenes import board
from atlas.exports.scenes.board import Box, Context, Image, Item, Line, Picture, Room, Run, Text, clipped, runs
from atlas.exports.scenes.listing import footnote, kept
from atlas.model.session import STATES, Decision, Delegation, Said, Scene
from atlas.words import messages, vocabulary
from atlas.words.languages import in_order
from atlas.words.translator import Translator

HEADS = ((84, 56), (64, 48), (board.TITLE, board.SECOND))  # sizes of the title of a session, the first that fits
LOGO = 150  # how high a logo is
SIDES = 0.56  # where the delegations stand, of the height of a cover
MOST_MEMBERS = 6
COLUMNS = (44, 24, 15, 17)  # widths of a table of decisions
FIELDS = 6  # rows to fill in where nothing is proposed
TO_FILL = "—"


def cover(asked: Context, scene: Scene, room: Room) -> Picture | None:
    """The title of the session, place and day, and the two delegations, the host at the left."""
    title = _typed(asked, scene.title) or _typed(asked, asked.session.title)
    title = title or asked.say(lambda one: one("Vietnam–China Border Cooperation Atlas"))
    middle = room.y + room.height * SIDES
    upper = Room(room.x, room.y + 60, room.width, middle - room.y - 160)
    sized = [runs(title, *sizes) for sizes in HEADS]
    whole = (one for one in sized if board.height_of(one, upper.width) <= upper.height)
    said = clipped(next(whole, sized[-1]), upper.width, upper.height)
    where = Run(_place_and_day(asked), board.SECOND, colour=board.QUIET)
    below = Room(room.x, upper.y + board.height_of(said, upper.width) + 24, room.width, board.SECOND * board.LEADING)
    low = Room(room.x, room.bottom - 34, room.width, 34)
    items = (
        Box(Room(room.x, room.y, 240, 10), board.ACCENT),
        Text(upper, said),
        Text(below, clipped((where,), below.width, below.height)),
        *_sides(asked, Room(room.x, middle, room.width, low.y - middle - 20)),
        Text(low, clipped((Run(_version(asked), board.SOURCE, colour=board.QUIET),), low.width, low.height)),
    )
    return Picture(title, items)


def _place_and_day(asked: Context) -> str:
    session = asked.session

    def said(translate: Translator) -> str:
        day = translate.date(session.date) if session.date else ""
        return translate.join(filter(None, (session.place.to(translate.language), day)))

    return " · ".join(filter(None, asked.say(said)))


def _version(asked: Context) -> str:
    return " · ".join(
        asked.say(lambda one: one("Records of the atlas as of {day}", day=one.date(str(asked.atlas.version))))
    )


def _sides(asked: Context, room: Room) -> tuple[Item, ...]:
    sides = {"VN": asked.session.vn, "CN": asked.session.cn}
    selection = asked.session.selection
    members = {"VN": selection.province, "CN": selection.region}
    wide = (room.width - 80) / 2
    items: list[Item] = [Line(((room.x, room.y), (room.right, room.y)))]
    for at, country in enumerate(in_order(asked.voice.first.language, "VN", "CN")):
        place = Room(room.x + at * (wide + 80), room.y + 40, wide, room.height - 40)
        items += _side(asked, sides[country], members[country], place)
    return tuple(items)


def _side(asked: Context, side: Delegation, members: tuple[str, ...], room: Room) -> list[Item]:
    """The name of a delegation beside its logo, and its members if they are several."""
    items: list[Item] = []
    left = room.x
    if side.logo:
        items.append(
            Image(Room(room.x, room.y, LOGO, LOGO), side.logo.content, side.logo.mime, _line(asked, side.name))
        )
        left += LOGO + 32
    words = Room(left, room.y, room.right - left, room.height)
    said = runs(_typed(asked, side.name) or (TO_FILL,), board.SECOND, board.BODY)
    listed = [asked.atlas.places.by_slug[slug] for slug in members] if len(members) > 1 else []
    if 0 < len(listed) <= MOST_MEMBERS:
        names = asked.say(lambda one: messages.places(asked.atlas, listed, one))
        said = (*said, *(Run(name, board.LABEL, colour=board.QUIET) for name in names))
    return [*items, Text(words, clipped(said, words.width, words.height))]


def text(asked: Context, scene: Scene, room: Room) -> Picture | None:
    """What somebody typed, a paragraph a line, each language below the other."""
    said = _typed(asked, scene.message)
    if not said:
        return None
    title = _typed(asked, scene.title) or asked.say(lambda one: vocabulary.scene_kinds(one)["text"])
    size = next((one for one in (board.SECOND, board.BODY) if _fits(said, one, room)), board.LABEL)
    shown = clipped(_paragraphs(said, size), room.width, room.height)
    return Picture(title, (Text(room, shown),))


def _paragraphs(said: tuple[str, ...], size: float) -> tuple[Run, ...]:
    """Each language as it was typed, an empty line between the two."""
    first, *others = runs(said, size, bold=False)
    return (first, *(run for other in others for run in (Run(" ", size), other)))


def _fits(said: tuple[str, ...], size: float, room: Room) -> bool:
    return board.height_of(_paragraphs(said, size), room.width) <= room.height


def decisions(asked: Context, scene: Scene, room: Room) -> Picture | None:
    """What is proposed or decided: what, who, by when, in which state; fields to fill in where nothing is."""
    listed = asked.session.decisions
    heads = ("What", "Who", "By when", "State")
    named = tuple("\n".join(asked.say(lambda one, head=head: _heads(one)[head])) for head in heads)
    rows = [_row(asked, one) for one in listed] or [(TO_FILL,) * len(COLUMNS)] * FIELDS
    made = board.table(room, COLUMNS, named, tuple(rows))
    return Picture(
        asked.say(lambda one: vocabulary.scene_kinds(one)["decisions"]),
        (made,),
        asked.say(lambda one: _counted(listed, one)),
        footnote(asked, kept(made.rows, rows)),
    )


def _heads(translate: Translator) -> dict[str, str]:
    return {
        "What": translate("What"),
        "Who": translate("Who"),
        "By when": translate("By when"),
        "State": translate("State"),
    }


def _row(asked: Context, one: Decision) -> tuple[str, ...]:
    by = asked.say(lambda translate: translate.date(one.by) if one.by else TO_FILL)
    state = asked.say(lambda translate: vocabulary.decision_states(translate)[one.state])
    cells = (_typed(asked, one.what), _typed(asked, one.who) or (TO_FILL,), by, state)
    return tuple("\n".join(cell) for cell in cells)


def _counted(listed: Iterable[Decision], translate: Translator) -> str:
    """How many decisions are in each state, in the order of the states."""
    count = Counter(one.state for one in listed)
    words = vocabulary.decision_states(translate)
    return translate.join(
        translate("{name}: {value}", name=words[one], value=count[one]) for one in STATES if count[one]
    )


def _typed(asked: Context, said: Said) -> tuple[str, ...]:
    return asked.say(lambda one: said.to(one.language)) if said else ()


def _line(asked: Context, said: Said) -> str:
    return " / ".join(_typed(asked, said))
