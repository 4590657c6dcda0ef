"""The scenes of a session as boards: the title with its number, one picture, unit and period, sources."""

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from atlas.exports.scenes import (
    agreements,
    board,
    clusters,
    commitments,
    flow,
    maps,
    matrix,
    message,
    parts,
    reform,
    route,
    series,
    words,
)
from atlas.exports.scenes.board import (
    Board,
    Box,
    Context,
    Item,
    Picture,
    Room,
    Run,
    Text,
    clipped,
    runs,
)
from atlas.model.atlas import Atlas
from atlas.model.audience import released
from atlas.model.gazetteer import PROPOSED
from atlas.model.session import Said, Scene, Session
from atlas.words import sentences, values, vocabulary
from atlas.words.voice import Voice

Make = Callable[[Context, Scene, Room], Picture | None]

MAKERS: dict[str, Make] = {
    "cover": words.cover,
    "message": message.message,
    "parts": parts.parts,
    "flow": flow.flow,
    "route": route.route,
    "map": maps.map_of,
    "unrolled": maps.unrolled,
    "clusters": clusters.clusters,
    "pair": maps.pair,
    "agreements": agreements.agreements,
    "series": series.series,
    "matrix": matrix.matrix,
    "commitments": commitments.commitments,
    "reform": reform.reform,
    "text": words.text,
    "decisions": words.decisions,
}
MOST_PUBLISHERS = 3  # that the foot of a scene names; its notes name all
HEAD = Room(board.MARGIN, 52, board.WIDTH - 2 * board.MARGIN, 160)
# two lines of a title in each language, and what stands below them
MOST_HEAD = 2 * (board.TITLE + board.SECOND) * board.LEADING + 40
FOOT = Room(board.MARGIN, 980, board.WIDTH - 2 * board.MARGIN - 100, 70)
NUMBER = Room(board.WIDTH - board.MARGIN - 90, FOOT.y, 90, FOOT.height)
ABOVE = Box(Room(board.MARGIN, 40, 120, 6), board.ACCENT)  # the title
COVER = Room(board.MARGIN, board.MARGIN, board.WIDTH - 2 * board.MARGIN, 880)


def context(atlas: Atlas, session: Session) -> Context:
    """What the makers of a session's scenes ask.

    :param atlas: as the audience of the session may know it, see :func:`atlas.model.audience.released`.
    """
    return Context(atlas, session, Voice(session.language))


def boards(atlas: Atlas, session: Session) -> list[Board]:
    """Every scene of a session as a board, numbered from 1."""
    asked = context(atlas, session)
    return [of_scene(asked, scene, number) for number, scene in enumerate(session.scenes, start=1)]


def titles(atlas: Atlas, asked: Sequence[tuple[Session, Scene]]) -> list[tuple[str, ...]]:
    """The titles of scenes, each with its session, as they stand on their boards: each for every language."""
    return [
        of_scene(context(released(atlas, session.audience), session), scene, number=1).title for session, scene in asked
    ]


def of_scene(asked: Context, scene: Scene, number: int) -> Board:
    """One scene on its stage; a scene of which there is no record says so."""
    said = _made(asked, scene, COVER if scene.kind == "cover" else board.STAGE)
    if scene.kind == "cover":
        return Board(scene.kind, said.message, said.items, said.sources, said.notes)
    head = _head(said.message, said.subtitle)
    high = max(board.height_of(head, HEAD.width), HEAD.height)
    if high > HEAD.height:  # a long title takes from the room of the picture
        top = board.STAGE.y + high - HEAD.height
        said = _made(asked, scene, Room(board.STAGE.x, top, board.STAGE.width, board.STAGE.bottom - top))
    items = (
        ABOVE,
        Text(Room(HEAD.x, HEAD.y, HEAD.width, high), head),
        *said.items,
        *_foot(asked, scene, said, number),
    )
    return Board(scene.kind, said.message, items, said.sources, (*filter(None, [scene.notes]), *said.notes))


def picture(asked: Context, scene: Scene, room: Room) -> Picture | None:
    """What a scene shows in a room, with the presenter's title if there is one; None where there is no record."""
    made = MAKERS[scene.kind](asked, scene, room)
    own = typed(asked, scene.title)
    return replace(made, message=own) if made and own else made


def _made(asked: Context, scene: Scene, room: Room) -> Picture:
    """The picture of a scene in a room, or the sentence that there is none."""
    named = asked.say(lambda one: vocabulary.scene_kinds(one)[scene.kind])
    return picture(asked, scene, room) or Picture(typed(asked, scene.title) or named, (nothing(asked, room),))


def heading(asked: Context) -> tuple[str, ...]:
    """What the session is called, in each language; without a title what every paper of the atlas is called."""
    return typed(asked, asked.session.title) or asked.say(lambda one: one("Vietnam–China Border Cooperation Atlas"))


def meeting(asked: Context) -> list[str]:
    """Where and when the session is held and who sits at the table, a line each, as far as it is known."""
    session = asked.session
    said = (
        typed(asked, session.place),
        asked.say(lambda one: session.date and one.date(session.date)),
        typed(asked, session.vn.name),
        typed(asked, session.cn.name),
    )
    return [" / ".join(texts) for texts in said if any(texts)]


def nothing(asked: Context, room: Room) -> Item:
    """The sentence of a scene of which no record passes the filters."""
    said = asked.say(lambda one: one("No record of this kind passes the filters."))
    return Text(room, runs(said, board.BODY, bold=False))


def typed(asked: Context, said: Said) -> tuple[str, ...]:
    """What somebody typed, for each language of the session; nothing if nothing was typed."""
    return asked.say(lambda one: said.to(one.language)) if said else ()


def _head(title: tuple[str, ...], subtitle: tuple[str, ...]) -> tuple[Run, ...]:
    said = runs(title, board.TITLE, board.SECOND)
    below = (Run(" · ".join(subtitle), board.SOURCE, colour=board.QUIET),) if any(subtitle) else ()
    room = MOST_HEAD - math.fsum(run.size * board.LEADING for run in below)
    return (*clipped(said, HEAD.width, room), *clipped(below, HEAD.width, board.SOURCE * board.LEADING))


def _foot(asked: Context, scene: Scene, said: Picture, number: int) -> tuple[Item, ...]:
    """The line of :func:`below`, and the number of the scene."""
    run = Run(below(asked, scene, said), board.SOURCE, colour=board.QUIET)
    return (
        Text(FOOT, clipped((run,), FOOT.width, FOOT.height), anchor="bottom"),
        Text(NUMBER, (Run(str(number), board.SOURCE, colour=board.QUIET),), align="end", anchor="bottom"),
    )


def below(asked: Context, scene: Scene, said: Picture) -> str:
    """What stands below a picture: its remarks and its sources."""
    return " · ".join(filter(None, (remarks(asked, scene, said), _cited(asked, said.sources))))


def remarks(asked: Context, scene: Scene, said: Picture) -> str:
    """Whether numbers are the presenter's own, the footnote of a picture, and what the mark after names in it means."""
    own = [text for text in (*vars(scene.title).values(), *vars(scene.message).values()) if re.search(r"\d", text)]
    marked = asked.say(lambda one: one("Numbers in the title or message are the presenter's own.")) if own else ()
    proposed = (
        asked.say(sentences.mark_of_proposed) if any(PROPOSED in text for text in board.texts(said.items)) else ()
    )
    return " · ".join(filter(None, (" / ".join(one) for one in (marked, said.footnote, proposed))))


def _cited(asked: Context, sources: tuple[str, ...]) -> str:
    """The first publishers, whose names are the same in all languages, and how many there are beside them."""
    names = values.publishers(asked.atlas, sources, asked.voice.first)
    if not names:
        return ""
    head = " / ".join(asked.say(lambda one: one("Sources")))
    more = f" +{len(names) - MOST_PUBLISHERS}" if len(names) > MOST_PUBLISHERS else ""
    return f"{head}: {', '.join(names[:MOST_PUBLISHERS])}{more}"
