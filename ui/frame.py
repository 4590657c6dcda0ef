"""The frame of every page: the atlas's name, the pages, the languages, help; the head of a page with its counts and actions."""

from collections.abc import Callable

import streamlit as st
from markupsafe import Markup

from atlas.cards.bar import search_everything
from atlas.words.languages import LANGUAGE_NAMES
from atlas.words.translator import Translator
from server import inbox
from ui import links, state, views

# the entries of the menu, each with its pages: (page, part of it)
ENTRIES = (
    (("twinning_map", None), ("twinning_map", "border"), ("twinning_map", "table"), ("reform", None)),
    (("province", None), ("compare", None)),
    (("scholarships", None), ("training", None), ("labour", None)),
    (("meetings", None), ("commitments", None), ("calendar", None), ("glossary", None), ("meeting_view", None)),
    (("sources_and_data", None), ("changes", None), ("recognise", None), ("contribute", None), ("review", None)),
)
HELP, SEARCH, REVIEW = "help", "search", "review"
# the page of a record -> the page beside which it belongs
BESIDE = {
    "twinning": "twinning_map",
    "place": "province",
    "agreement": "meetings",
    "event": "meetings",
    "commitment": "commitments",
    "source": "sources_and_data",
    "figure": "scholarships",
    "discrepancy": "sources_and_data",
}


def titles(translate: Translator) -> dict[str, str]:
    """The title of every page."""
    return {
        "twinning_map": translate("Twinnings"),
        "reform": translate("After the reform"),
        "province": translate("Province overview"),
        "compare": translate("Comparison"),
        "scholarships": translate("Scholarships and study"),
        "training": translate("Training"),
        "labour": translate("Labour"),
        "meetings": translate("Meetings"),
        "commitments": translate("Commitments"),
        "calendar": translate("Falling due"),
        "meeting_view": translate("Meeting view"),
        "glossary": translate("Glossary"),
        "sources_and_data": translate("Sources and data"),
        "changes": translate("What changed"),
        "recognise": translate("Recognise a list"),
        "contribute": translate("Contribute"),
        REVIEW: translate("Review"),
        HELP: translate("Help"),
        SEARCH: translate("Search"),
    }


def bar(page: str, translate: Translator) -> None:
    """The line above every page."""
    names = (
        translate("Map"), translate("Provinces"), translate("Study and work"), translate("Meetings"), translate("Sources")
    )  # fmt: skip
    link = Markup("<a href='{}'{}>{}</a>")
    entries = Markup("").join(
        link.format(links.to(entry[0][0]), _here(BESIDE.get(page, page) in {one for one, _ in entry}), name)
        for entry, name in zip(ENTRIES, names)
    )
    whole = Markup(
        "<header class=atlas-bar><button type=button class=skip data-skip>{}</button>"
        "<a class=atlas-name href='{}'>{}</a><nav aria-label='{}'>{}</nav></header>"
    )
    with st.container(key="frame", horizontal=True, vertical_alignment="center"):
        name = translate("Vietnam–China Border Cooperation Atlas")
        st.html(whole.format(translate("To the list"), links.to(links.FIRST), name, translate("Pages"), entries))
        with st.container(key="search", width="content"):
            st.html(search_everything(translate, SEARCH, titles(translate)["recognise"]))
        with st.container(key="language", width="content"):
            st.html(_languages(translate))
        with st.container(key="help", width="content"):
            text = Markup("<a class=help href='{}'{} title='{}' aria-label='{}'>?</a>")
            st.html(text.format(links.to(HELP), _here(page == HELP), translate("Help"), translate("Help")))


def _here(shown: bool) -> Markup:
    return Markup(" aria-current=page" if shown else "")


def _languages(translate: Translator) -> Markup:
    choice = Markup("<button type=button data-set='lang={}' lang={} aria-pressed={}>{}</button>")
    choices = Markup("").join(
        choice.format(code, code, str(code == translate.language).lower(), name)
        for code, name in LANGUAGE_NAMES.items()
    )
    menu = Markup("<details class=menu><summary aria-label='{}: {}'>{}</summary><div>{}</div></details>")
    now = LANGUAGE_NAMES[translate.language]
    return menu.format(translate("Language"), now, now, choices)


def head(
    page: str, translate: Translator, counts: str = "", actions: Callable[[], None] | None = None, title: str = ""
) -> None:
    """The title of a page, the pages and parts beside it, one sentence of counts, and what can be done with it.

    :param counts: the sentence.
    :param actions: draws what stands beside the links to copy and present, such as files to take away.
    :param title: the name of the record, on its page.
    """
    with st.container(key="page-head", horizontal=True, vertical_alignment="center"):
        with st.container(key="names", gap=None):
            st.title(title or titles(translate)[page], anchor=False)
            if counts:
                with st.container(key="selection-count"):
                    st.text(counts)
        _beside(page, translate)
        with st.container(key="actions", horizontal=True, horizontal_alignment="right", width="content"):
            copy = Markup("<button type=button class=action data-copy data-done='{}'>{}</button>")
            present = Markup("<a class='action present' href='{}'>{}</a>")
            shown = copy.format(translate("Copied"), translate("Copy link"))
            if title:
                shown += Markup("<button type=button class=action data-print>{}</button>").format(translate("Print"))
            elif page != "meeting_view":
                shown += present.format(links.to("meeting_view"), translate("Present"))
            st.html(shown)
            if actions:
                actions()


def _beside(page: str, translate: Translator) -> None:
    keeper = inbox.is_keeper(inbox.asking(st.context.headers))
    found = next((entry for entry in ENTRIES if page in {one for one, _ in entry}), ())
    entry = [one for one in found if keeper or one[0] != REVIEW]
    if len(entry) < 2:
        return
    names = titles(translate) | {
        "border": translate("Along the border"),
        "table": translate("Table"),
        "twinning_map": translate("Map"),
    }
    view = state.visit().part()
    parts = {part for one, part in entry if one == page and part}
    shown = view if view in parts else None
    row = [(links.to(one, view=part), names[part or one], (one, part) == (page, shown)) for one, part in entry]
    views.pages(row, translate("Pages of this part"))
