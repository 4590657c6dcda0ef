"""Addresses of pages, and the element from which the browser learns how its address is best spelled."""

from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

import streamlit as st
from markupsafe import Markup

from atlas.model import addresses
from atlas.model.selection import Selection
from ui import state

FIRST = "twinning_map"  # opens at the root address


def to(
    page: str, selection: Selection | None = None, view: str | None = None, since: str | None = None, **changes: Any
) -> str:
    """The address of a page, relative to that of any other, with the present language and filters.

    :param selection: in place of the present one.
    :param view: the part of the page.
    :param since: the id of the session since which the page of commitments reports.
    :param changes: fields of the selection; records are closed unless they are opened here.
    """
    wanted = replace(selection or state.selection(), **{"pair": None, "record": (), **changes})
    query = wanted.to_query() | {name: [value] for name, value in (("view", view), ("since", since)) if value}
    return f"{'./' if page == FIRST else page}?{urlencode(query, doseq=True)}"


def record(kind: str, identifier: str) -> str:
    """The address of the page of a record, relative to any page, in the present language and for the day shown.

    :param kind: one of :data:`atlas.model.addresses.TABLES`.
    """
    shown = state.selection()
    return addresses.record(kind, identifier, lang=shown.lang, asof=shown.asof, labels=shown.labels)


def search(text: str) -> str:
    """The address of the search for a text, in the present language."""
    return f"search?{urlencode({'find': text, 'lang': state.selection().lang})}"


def log_in(page: str) -> str:
    """The address under which the proxy asks for name and password and leads to a page, see deploy/nginx.conf."""
    return f"log-in-{page}?{urlencode({'lang': state.selection().lang})}"


def mark_address() -> None:
    """Name the open records, so that their rows show it, and the address as it is best spelled; last on a page."""
    visit = state.visit()
    marks = Markup("<i data-open='{}' data-asked='{}' data-address='{}'></i>")
    st.html(marks.format(" ".join(state.opened()), _spelled(visit.asked), _spelled(visit.to_query())))


def _spelled(query: dict[str, list[str]]) -> str:
    return urlencode(query, doseq=True)
