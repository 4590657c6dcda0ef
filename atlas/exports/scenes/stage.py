"""What the script of the stage shows: the scenes of a session as drawings, with what the presenter says, in one script."""

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from markupsafe import Markup

from atlas.exports import scenes
from atlas.exports.scenes import board, vector
from atlas.exports.scenes.board import Board, Context, Room, Run, Text
from atlas.maps import scripts
from atlas.model.atlas import Atlas
from atlas.model.audience import released
from atlas.model.session import Scene, Session
from atlas.words import values
from atlas.words.translator import Translator
from atlas.words.voice import Voice

CORNER = Room(board.MARGIN, 4, board.WIDTH - 2 * board.MARGIN, 34)  # above the title of every scene
LESS = "\\u003c"


def boards(atlas: Atlas, session: Session) -> list[Board]:
    """The scenes as boards; on those of a session for one's own side stands that they are internal.

    :param atlas: as the audience of the session may know it.
    """
    made = scenes.boards(atlas, session)
    if session.audience == "both":
        return made
    said = Voice(session.language)(lambda one: one("internal"), " · ")
    mark = Text(CORNER, (Run(said, board.SOURCE, bold=True, colour=board.COUNTERPART),), align="end")
    return [replace(one, items=(*one.items, mark)) for one in made]


def title(atlas: Atlas, session: Session, translate: Translator) -> str:
    """What a session is called for a reader of a language."""
    return scenes.heading(Context(atlas, session, Voice(translate.language)))[0]


def content(
    atlas: Atlas,
    session: Session,
    shown: list[Board],
    translate: Translator,
    link: Callable[[Scene], str | None] = lambda scene: None,
    file: bool = False,
) -> dict[str, Any]:
    """What the script needs to know, as JSON can hold it.

    :param shown: the boards of the session.
    :param translate: the language of buttons.
    :param link: the address of the map that can be moved, for a scene that has one.
    :param file: whether it is for a file, in which the drawings stand already.
    """
    listed = [
        {
            "title": " · ".join(one.title),
            "notes": list(one.notes),
            "sources": values.publishers(atlas, one.sources, translate),
            "minutes": scene.minutes,
            "link": link(scene),
            **({} if file else {"svg": vector.svg(one)}),
        }
        for scene, one in zip(session.scenes, shown)
    ]
    return {
        "title": title(atlas, session, translate),
        "file": file,
        "style": scripts.stage_style(),
        "pen": {"accent": board.ACCENT, "counterpart": board.COUNTERPART},
        "words": _words(translate),
        "scenes": listed,
    }


def drawn(atlas: Atlas, session: Session, language: str, links: Sequence[str | None]) -> Markup:
    """A session as the script that shows it, of an atlas with all that its own side may know.

    :param language: of buttons.
    :param links: the address of the map that can be moved, or None, for each scene.
    """
    known = released(atlas, session.audience)
    to = dict(zip(session.scenes, links))
    return script(content(known, session, boards(known, session), Translator(language), to.get))


def script(content: dict[str, Any]) -> Markup:
    """The session as data, and the script that shows it."""
    # nothing in a script is markup, and without "<" nothing in it ends the script
    data = json.dumps(content, ensure_ascii=False, separators=(",", ":")).replace("<", LESS)
    whole = Markup("<script type='application/json' id='atlas-session'>{}</script><script>{}</script>")
    return whole.format(Markup(data), Markup(scripts.stage()))


def _words(translate: Translator) -> dict[str, str]:
    """The names of the buttons, each with its key, and of the parts of the presenter's window."""
    return {
        "controls": translate("Turn scenes"),
        "of": translate("{n} of {total}", n="{n}", total="{total}"),
        "first": translate("First scene (Home)"),
        "back": translate("Back (←)"),
        "next": translate("Next (→)"),
        "last": translate("Last scene (End)"),
        "pen": translate("Pen (D)"),
        "accent": translate("Blue ink"),
        "counterpart": translate("Orange ink"),
        "eraser": translate("Eraser (E)"),
        "clear": translate("Clear the ink of this scene (C)"),
        "live": translate("Map to move about in, in a new tab"),
        "presenter": translate("Presenter's window (P)"),
        "fullscreen": translate("Full screen (F)"),
        "end": translate("End (Esc)"),
        "blocked": translate("The browser has blocked the presenter's window. Allow pop-up windows of this page and try again."),
        "unopened": translate("The browser does not allow full screen here. Press F11."),
        "clock": translate("Time"),
        "since": translate("Since the start"),
        "this": translate("This scene"),
        "left": translate("{time} left", time="{time}"),
        "over": translate("{time} longer", time="{time}"),
        "shown": translate("On the screen"),
        "following": translate("Next scene"),
        "none": translate("This was the last scene."),
        "notes": translate("Notes"),
        "sources": translate("Sources"),
    }  # fmt: skip
