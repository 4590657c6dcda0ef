"""What a page works with: the atlas, the visitor's language and selection."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import streamlit as st

from atlas import LANGUAGES
from atlas.model.atlas import Atlas
from atlas.model.selection import ONE, PARAMETERS, SEVERAL, Selection, own_parameters
from atlas.words.languages import preferred
from atlas.words.translator import Translator
from server import source


@dataclass(frozen=True)
class _Read:
    """What the values of the widgets mean to an atlas."""

    values: dict[str, list[str]]
    atlas: Atlas
    selection: Selection
    ignored: list[tuple[str, str]]


def take_atlas() -> None:
    """Take the newest atlas, for the whole of this run of the script: a new version may arrive at any moment.

    :raises atlas.model.store.DamagedData: there is none.
    """
    st.session_state["atlas"] = source.source().published.atlas


def atlas() -> Atlas:
    """The built atlas, shared by all sessions; nobody changes it."""
    if "atlas" not in st.session_state:
        take_atlas()
    return st.session_state["atlas"]


def translator() -> Translator:
    """The texts of the visitor's language."""
    return Translator(st.session_state["lang"])


def selection() -> Selection:
    """The state of the filters, checked again on the server."""
    return _read()[0]


def of_day() -> str:
    """What day a count speaks of: the one that was chosen, otherwise that of the records."""
    translate, asof = translator(), selection().asof
    if asof:
        return translate("as of {day}", day=translate.date(asof))
    return translate("records of {day}", day=translate.date(atlas().version))


def not_understood() -> list[tuple[str, str]]:
    """What cannot be used of the address or of what was typed, as (parameter, value); the former until a filter changes."""
    arrived, ignored = st.session_state["arrival"]
    now, typed = _read()
    return (ignored if now.filters == arrived.filters else []) + typed


def _read() -> tuple[Selection, list[tuple[str, str]]]:
    """The selection and what was not understood, worked out anew only when a widget has another value."""
    values, held = {name: _as_list(st.session_state.get(name)) for name in PARAMETERS}, atlas()
    read = st.session_state.get("read")
    if read is None or read.values != values or read.atlas is not held:
        spelled = values | {"level": [level.replace("_", "-") for level in values["level"]]}
        read = st.session_state["read"] = _Read(values, held, *Selection.from_query(spelled, held))
    return read.selection, read.ignored


def follow_address() -> None:
    """Take the selection from the address when a visitor arrives by a link or goes back in the history.

    Widgets bound by Streamlit itself would put their labels into the address, in whatever language they are shown.
    """
    asked = _address()
    page = (st.context.url or "").split("?")[0]
    known, left = st.session_state.get("address"), st.session_state.get("page")
    st.session_state["page"] = page
    by_link = page != left and not asked  # those of the menu carry no selection
    # a filter that was changed before the browser had taken up the last address wins over that address
    if known is not None and (asked == known or by_link or _query() != known):
        return
    before = st.session_state.get("arrival") and selection()
    arrived, ignored = Selection.from_query(asked, atlas())
    language = arrived.lang or st.session_state.get("lang") or preferred(st.context.locale)
    restore(replace(arrived, lang=language))
    number = next(iter(asked.get("scene", ())), "")
    st.session_state["scene"] = int(number) if number.isdecimal() and len(number) < 4 else None
    st.session_state["arrival"] = (selection(), ignored)
    # whoever types before the first run has ended begins another one, in which nobody arrives anew
    st.session_state["address"] = _query()
    if opened() or not before or selection().chosen != before.chosen:  # a record that is closed moves no map
        _frame(next(iter(opened()), "all-arrival"))


def _address() -> dict[str, list[str]]:
    return own_parameters({name: st.query_params.get_all(name) for name in st.query_params})


def restore(wanted: Selection) -> None:
    """Set every filter to a selection; before the widgets are drawn, or in a callback."""
    values = wanted.to_query()
    st.session_state.update({name: values.get(name, []) for name in SEVERAL} | {"level": list(wanted.level)})
    st.session_state.update({name: next(iter(values.get(name, ())), None) for name in ONE})
    st.session_state["q"] = wanted.q


def carry_over(page: str) -> None:
    """Keep the filters when the visitor goes to another page, where the same widgets would begin anew."""
    if st.session_state.get("shown") != page:
        st.session_state["shown"] = page
        restore(selection())


def relabel(key: str, labels: Callable[[Translator], dict[str, str]]) -> None:
    """Put values in place of labels in another language, before the widget of this key is drawn.

    Browsers send labels. Whoever chooses in the moment in which the language changes still sends those of the former.

    :param labels: the labels of the options by value, in a language.
    """
    chosen = st.session_state.get(key)
    if not chosen:
        return
    sent = chosen if isinstance(chosen, list) else [chosen]
    if labels(translator()).keys() >= set(sent):
        return
    values = {label: value for language in LANGUAGES for value, label in labels(Translator(language)).items()}
    meant = [values.get(one, one) for one in sent]
    if meant != sent:
        st.session_state[key] = meant if isinstance(chosen, list) else meant[0]


def close_unseen() -> None:
    """Close the records that no card showed."""
    st.session_state["record"] = st.session_state.pop("cards", [])


def write_address() -> None:
    """Put the whole selection into the address, so that it can be copied."""
    query = st.session_state["address"] = _query()
    if _address() != query:
        st.query_params.from_dict(query)


def _query() -> dict[str, list[str]]:
    scene = st.session_state.get("scene")
    return selection().to_query() | ({"scene": [str(scene)]} if scene else {})


def opened() -> list[str]:
    """The ids of all open records, of any kind."""
    now = selection()
    return [*filter(None, [now.pair]), *now.record]


def open_record(twinning: str | None, move: bool) -> None:
    """Show the card of a twinning in place of any other; ``move`` also brings the map to it."""
    st.session_state["pair"], st.session_state["record"] = twinning, []
    _move_to([twinning] if move and twinning else [])


def open_records(ids: list[str], move: bool) -> None:
    """Show the cards of figures, events and agreements in place of any other; ``move`` also brings the map to them."""
    st.session_state["pair"], st.session_state["record"] = None, ids
    _move_to(ids if move else [])


def _move_to(ids: list[str]) -> None:
    if ids:
        _frame(ids[0])


def _frame(what: str) -> None:
    st.session_state["moves"] = st.session_state.get("moves", 0) + 1
    st.session_state["frame"] = f"{what}-{st.session_state['moves']}"


def _as_list(value: Any) -> list[str]:
    if value is None:
        return []
    return [str(one) for one in value] if isinstance(value, (list, tuple)) else [str(value)]
