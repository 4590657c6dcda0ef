"""Lists of records: a click anywhere on a row, or Enter, opens its record; texts wrap, and a list is printed whole."""

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from urllib.parse import quote

import streamlit as st

from atlas import ROOT

SCRIPT = (ROOT / "assets/lists.js").read_text("utf-8")


def behaviour() -> None:
    """Have the lists of all pages answer to mouse and keyboard; once on a page, before its lists."""
    st.html(f"<script>{SCRIPT}</script>", unsafe_allow_javascript=True)


def show(columns: Mapping[str, Sequence[str]], ids: Iterable[str], label: str, parameter: str = "record") -> None:
    """A list whose rows open records by their addresses.

    :param columns: heading -> texts, one a row; those of the first are the links.
    :param ids: of the records, one a row.
    :param label: what the list holds, for those who do not see it.
    :param parameter: that of the address which opens a record.
    """
    with st.container(key="records-table"):
        st.html(html(columns, ids, label, parameter))


def html(columns: Mapping[str, Sequence[str]], ids: Iterable[str], label: str, parameter: str = "record") -> str:
    """The list of :func:`show`; every text is escaped. Each change of a filter sends it, so it has no tag too many."""
    rows = (
        [f"<a href='?{parameter}={quote(one)}'>{escape(first)}</a>", *map(escape, rest)]
        for one, first, *rest in zip(ids, *columns.values())
    )
    return _table(columns, rows, label)


def plain(columns: Mapping[str, Sequence[str]], label: str) -> None:
    """A table that opens nothing: it looks, wraps, sorts and prints as the lists of records do."""
    st.html(_table(columns, (map(escape, row) for row in zip(*columns.values())), label))


def _table(headings: Iterable[str], rows: Iterable[Iterable[str]], label: str) -> str:
    heads = "".join(f"<th scope=col><button>{escape(heading)}</button>" for heading in headings)
    body = "".join(f"<tr><td>{'<td>'.join(row)}" for row in rows)
    return f"<div class=records><table aria-label='{escape(label)}'><thead><tr>{heads}<tbody>{body}</table></div>"


def mark_open(ids: Iterable[str]) -> None:
    """Name the open records, so that their rows show it; last on a page."""
    st.html(f"<i data-open='{escape(' '.join(ids))}'></i>")
