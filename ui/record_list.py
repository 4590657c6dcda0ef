"""Lists of records: a click anywhere on a row, or Enter, opens its record; texts wrap, and a list is printed whole."""

from collections.abc import Iterable, Mapping, Sequence
from urllib.parse import quote

import streamlit as st
from markupsafe import Markup

from atlas.look.text import columns as width

SHORT = 20  # narrow letters: a column of such texts, as of dates and levels, is not wrapped


def show(columns: Mapping[str, Sequence[str]], ids: Iterable[str], label: str, parameter: str = "record") -> None:
    """A list whose rows open records by their addresses.

    :param columns: heading -> texts, one a row; those of the first are the links.
    :param ids: of the records, one a row.
    :param label: what the list holds, for those who do not see it.
    :param parameter: that of the address which opens a record.
    """
    with st.container(key="records-table"):
        st.html(html(columns, ids, label, parameter))


def html(columns: Mapping[str, Sequence[str]], ids: Iterable[str], label: str, parameter: str = "record") -> Markup:
    """The list of :func:`show`.

    Each change of a filter sends it, so it has no tag too many, and of the links what the script makes them from.
    """
    row = Markup("<tr data-id={}>{}")
    rows = [row.format(quote(one, safe=""), _cells(texts)) for one, texts in zip(ids, zip(*columns.values()))]
    return _table(columns, rows, label, parameter)


def plain(columns: Mapping[str, Sequence[str]], label: str) -> None:
    """A table that opens nothing: it looks, wraps, sorts and prints as the lists of records do."""
    st.html(plain_html(columns, label))


def plain_html(columns: Mapping[str, Sequence[str]], label: str) -> Markup:
    """The table of :func:`plain`."""
    return _table(columns, [Markup("<tr>") + _cells(texts) for texts in zip(*columns.values())], label)


def _cells(texts: Iterable[str]) -> Markup:
    return Markup("").join(Markup("<td>{}").format(text) for text in texts)


def _table(columns: Mapping[str, Sequence[str]], rows: list[Markup], label: str, parameter: str = "") -> Markup:
    heads = Markup("").join(Markup("<th scope=col><button>{}</button>").format(heading) for heading in columns)
    opens = Markup(" data-parameter={}").format(parameter) if parameter else ""
    short = [n for n, texts in enumerate(columns.values(), 1) if n > 1 and all(map(_is_short, texts))]
    whole = Markup("<div class=records><table aria-label='{}' data-short='{}'{}><thead><tr>{}<tbody>{}</table></div>")
    return whole.format(label, " ".join(map(str, short)), opens, heads, Markup("").join(rows))


def _is_short(text: str) -> bool:
    return width(text.striptags() if isinstance(text, Markup) else text) <= SHORT


def image(svg: Markup) -> Markup:
    """A drawing as an image within a text, which says nothing of its own."""
    return Markup("<img alt='' src='data:image/svg+xml,{}'>").format(quote(svg))
