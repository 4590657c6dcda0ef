"""What a page works with: the atlas, the visitor's language and selection. The address holds all of it."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from atlas.model.asked import own_parameters
from atlas.model.atlas import Atlas
from atlas.model.selection import LOST, POINTS, VIEWS, Selection, is_day
from atlas.model.spelling import LONGEST_SEARCH
from atlas.words.languages import preferred
from atlas.words.translator import Translator
from server import source
from server.worker import for_visitor
from ui import day


@dataclass(frozen=True)
class Visit:
    """What an address means.

    asked: its parameters as the browser has them; ignored: (parameter, value) of what was not understood;
    said: how a day that was typed was read; scene: the number of the scene that is projected;
    views: the parts of the page that are chosen and its own filters, a pair for each value; frame: a token, with which the map moves to what was opened.
    """

    atlas: Atlas
    asked: dict[str, list[str]]
    selection: Selection
    ignored: tuple[tuple[str, str], ...] = ()
    said: day.Said | None = None
    scene: int | None = None
    views: tuple[tuple[str, str], ...] = ()
    frame: str = ""

    def part(self, name: str = "view") -> str | None:
        """The part of the page that a parameter asks for, one of :data:`atlas.model.selection.VIEWS`."""
        return dict(self.views).get(name)

    def values(self, name: str) -> list[str]:
        """The values of a filter that one page alone has, one of :data:`atlas.model.selection.POINTS`."""
        return [value for one, value in self.views if one == name]

    def to_query(self) -> dict[str, list[str]]:
        """The parameters that restore it, as they are best spelled."""
        scene = {"scene": [str(self.scene)]} if self.scene else {}
        return self.selection.to_query() | {name: self.values(name) for name, _ in self.views} | scene


def begin() -> None:
    """Read the address for this run of the page, with the newest atlas: a new version may arrive at any moment.

    :raises atlas.model.store.DamagedData: there is none.
    """
    atlas = source.source().published.atlas
    asked = {name: st.query_params.get_all(name) for name in st.query_params}
    before: Visit | None = st.session_state.get("visit")
    if before is None or before.atlas is not atlas or before.asked != asked:
        st.session_state["visit"] = _read(asked, atlas, before)


def _read(asked: dict[str, list[str]], atlas: Atlas, before: Visit | None) -> Visit:
    parameters = own_parameters(asked)
    shown = before.selection if before else Selection()
    said = before.said if before and parameters.get("asof") == [before.said and before.said.shown] else None
    text = next(iter(parameters.get("asof", ())), "")
    if text and not is_day(text):
        chosen, said = day.read(text, shown.asof, atlas.version)
        parameters["asof"] = [chosen] if chosen else []
    selection, found = Selection.from_query(parameters, atlas)
    ignored = (*((LOST, name) for name in asked.get(LOST, ())), *found)
    # the address has been mended meanwhile; what was wrong with it is said until a filter changes
    if before and not ignored and selection.filters == shown.filters:
        ignored = before.ignored
    selection = replace(selection, lang=selection.lang or shown.lang or preferred(st.context.locale))
    number = next(iter(parameters.get("scene", ())), "")
    return Visit(
        atlas,
        asked,
        selection,
        ignored,
        said,
        int(number) if number.isdecimal() and len(number) < 4 else None,
        tuple(_own(parameters)),
        _frame(selection, before),
    )


def _own(parameters: dict[str, list[str]]) -> Iterator[tuple[str, str]]:
    """What a page alone is told: which of its parts to show, and its own filters, of which each value counts once."""
    for name in filter(parameters.__contains__, (*VIEWS, *POINTS)):
        values = dict.fromkeys(parameters[name]) if name in POINTS else parameters[name][-1:]
        yield from ((name, value[:LONGEST_SEARCH]) for value in values)


def _frame(selection: Selection, before: Visit | None) -> str:
    """Another token when a record has been opened; a map on which it was opened stays as it is by itself."""
    ids = _ids(selection)
    if before and (not ids or ids == _ids(before.selection)):  # a record that is closed moves no map
        return before.frame
    st.session_state["moves"] = st.session_state.get("moves", 0) + 1
    return f"{next(iter(ids), 'all')}-{st.session_state['moves']}"


def visit() -> Visit:
    """What the address of this run means."""
    return st.session_state["visit"]


def atlas() -> Atlas:
    """The built atlas, shared by all sessions; nobody changes it."""
    return visit().atlas


def selection() -> Selection:
    """What the visitor has chosen, checked on the server."""
    return visit().selection


def translator() -> Translator:
    """The texts of the visitor's language."""
    return Translator(selection().lang or "en")


def of_day() -> str:
    """What day a count speaks of: the one that was chosen, otherwise that of the records."""
    translate, asof = translator(), selection().asof
    if asof:
        return translate("as of {day}", day=translate.date(asof))
    return translate("records of {day}", day=translate.date(atlas().version))


def opened() -> list[str]:
    """The ids of all open records, of any kind."""
    return _ids(selection())


def _ids(selection: Selection) -> list[str]:
    return [*filter(None, [selection.pair]), *selection.record]


def go(**changes: Iterable[str]) -> None:
    """Change parameters of the address in a callback; those without a value are taken out."""
    query = visit().to_query() | {name: list(values) for name, values in changes.items()}
    st.query_params.from_dict({name: values for name, values in query.items() if values})


def apart(make: Callable[..., bytes], /, *arguments: Any, **options: Any) -> Callable[[], bytes]:
    """What gives this visitor a file when it is asked for, see :func:`server.worker.for_visitor`."""
    context = get_script_run_ctx()  # the file is asked for outside of any run
    return partial(for_visitor, context.session_id if context else "", make, *arguments, **options)
