"""Lists in which much can be ticked, chosen and remarked: one block of HTML, of which the script gathers what was done.

A widget a row would take seconds for two hundred rows. The script writes into a hidden field, as JSON, for each row in
which something is chosen or written ``[choice, remark]``; see ``assets/ticks.js``.
"""

import json
from collections.abc import Callable, Mapping

import streamlit as st
from markupsafe import Markup

from atlas.words.translator import Translator

LONGEST = 400_000  # characters of all choices and remarks
LONGEST_REMARK = 500
TICKED = "yes"  # the choice of a box that is ticked

Ticks = dict[str, tuple[str, str]]


def field(key: str, translate: Translator, ticks: Mapping[str, tuple[str, str]] | None = None, follow: Callable[[], None] | None = None) -> Ticks:  # fmt: skip
    """Draw the hidden field of the list of this key, and return what it holds: (choice, remark) by row.

    :param ticks: what it holds at first.
    :param follow: is called when it has changed.
    """
    with st.container(key=f"ticks-{key}"):
        text = st.text_area(
            translate("What was ticked"), json.dumps(ticks or {}), key=f"ticked-{key}", max_chars=LONGEST, on_change=follow,
        )  # fmt: skip
    return read(text)


def read(text: str | None) -> Ticks:
    """What a hidden field holds; what no script of the atlas has written is nothing."""
    try:
        found = json.loads(text or "{}")
        return {str(row): (str(choice), str(remark)[:LONGEST_REMARK]) for row, (choice, remark) in found.items()}
    except (ValueError, TypeError, AttributeError, RecursionError):
        return {}


def listed(key: str, inside: Markup) -> Markup:
    """The block whose rows (``data-row``) the script gathers for the field of this key."""
    return Markup("<div class=ticks data-to='{}'>{}</div>").format(key, inside)


def box(row: str, label: str) -> Markup:
    """A box to tick in a row."""
    return Markup("<input type=checkbox data-row='{}' aria-label='{}'>").format(row, label)


def all_of(choice: str, label: str) -> Markup:
    """A button that makes one choice in every row without any that does not stand in conflict."""
    return Markup("<button type=button class=action data-all='{}'>{}</button>").format(choice, label)
