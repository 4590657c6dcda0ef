"""Rows of links to the parts of a page and the pages beside it, menus of choices, and what of an address is given back."""

from collections.abc import Mapping, Sequence

import streamlit as st
from markupsafe import Markup

from ui import state

GIVEN_BACK = 40  # characters of a value


def choose(parts: Mapping[str, str], label: str, name: str = "view", default: str | None = None) -> str:
    """Draw a row of buttons, one a part, and return the part that is shown.

    :param parts: value in the address -> text.
    :param label: of the row, for those who do not see it.
    :param name: the parameter of the address, one of :data:`atlas.model.selection.VIEWS`.
    :param default: the part that is shown without the parameter; the first if not given.
    """
    asked = state.visit().part(name)
    chosen = next(part for part in (asked, default, *parts) if part is not None and part in parts)
    button = Markup("<button type=button data-set='{}={}' aria-pressed={}>{}</button>")
    entries = (button.format(name, part, str(part == chosen).lower(), text) for part, text in parts.items())
    _row(entries, label)
    return chosen


def pages(links: Sequence[tuple[str, str, bool]], label: str) -> None:
    """Draw a row of links.

    :param links: (address, text, whether it is shown now).
    """
    link = Markup("<a href='{}'{}>{}</a>")
    here = Markup(" aria-current=page")
    _row((link.format(address, here if shown else "", text) for address, text, shown in links), label)


def menu(name: str, label: str, shown: str, inside: Markup) -> Markup:
    """What is chosen, below its label; its choices open below it.

    :param name: by which the script knows the menu when the page is drawn anew.
    """
    whole = Markup(
        "<details class=facet data-facet={}><summary><small>{}</small> <strong>{}</strong></summary>"
        "<div class=choices>{}</div></details>"
    )
    return whole.format(name, label, shown, inside)


def quoted(value: str, name: str = "") -> str:
    """A value of an address in a sentence, as code of Markdown, shortened; after its parameter where that is given."""
    text = value[:GIVEN_BACK].replace("`", "")
    return f"`{name}={text}`" if name else f"`{text}`"


def _row(entries: object, label: str) -> None:
    st.html(Markup("<nav class=views aria-label='{}'>{}</nav>").format(label, Markup("").join(entries)))  # type: ignore[arg-type]
