"""The script of every page: reads the address, draws the frame, runs the page."""

from functools import partial
from urllib.parse import quote

import streamlit as st

from atlas import ROOT
from atlas.model.addresses import TABLES
from atlas.model.store import DamagedData
from atlas.records.dates import clock
from atlas.words import sentences, vocabulary
from atlas.words.languages import preferred
from atlas.words.translator import Translator
from server import headers, run_lock, source
from ui import frame, links, printing, record_page, state, views

IN_SVG = " /:='<>"  # what an address of data may hold as it is


def main() -> None:
    """Run the page that the visitor asked for, in its turn."""
    with run_lock.held():
        _run()


def _run() -> None:
    try:
        state.begin()
    except DamagedData as damage:
        _damaged(str(damage))
        return
    translate = state.translator()
    page = st.navigation(pages(translate), position="hidden")
    title = record_page.title(page.url_path, translate) if page.url_path in TABLES else page.title
    st.set_page_config(
        page_title=f"{title} – {translate('Vietnam–China Border Cooperation Atlas')}",
        page_icon=f"data:image/svg+xml,{quote((ROOT / 'assets/icon.svg').read_text('utf-8').strip(), safe=IN_SVG)}",
        layout="wide",
    )
    st.html(f"<script>{headers.language_script(translate.language)}</script>", unsafe_allow_javascript=True)
    _widget_words(translate)
    projected = page.url_path == "meeting_view" and state.visit().scene  # others append a scene of theirs to links
    if not projected:
        frame.bar(page.url_path or links.FIRST, translate)
    _notice(translate)
    page.run()
    if not projected:
        _names(translate)
    printing.foot(translate)
    links.mark_address()
    run_lock.freeze()


def _widget_words(translate: Translator) -> None:
    """What the style sheet puts in place of the English words of Streamlit's widgets."""
    words = {
        "download-failed": translate("The file was not made. Please try again."),
        "nothing-found": translate("Nothing found"),
    }
    st.html("<style>:root {" + "".join(f" --{name}: '{text}';" for name, text in words.items()) + " }</style>")


def pages(translate: Translator) -> list[st.Page]:
    """All pages; the first opens at the root address, and those of records at the addresses of their kinds."""
    return [
        *(
            st.Page(f"../pages/{name}.py", title=title, url_path=name, default=name == links.FIRST)
            for name, title in frame.titles(translate).items()
        ),
        *(
            st.Page(partial(record_page.show, kind), title=title, url_path=kind, visibility="hidden")
            for kind, title in vocabulary.record_kinds(translate).items()
        ),
    ]


def _notice(translate: Translator) -> None:
    """Say what of the address was not understood, and what is wrong with the server."""
    if ignored := state.visit().ignored:
        # inside backticks nothing is markup; a backtick itself could end them
        values = translate.join(views.quoted(value, name) for name, value in ignored)
        st.warning(translate("Parts of the address were not understood and are ignored: {values}", values=values))
    if source.source().lost_since:
        st.warning(
            translate(
                "The database of the atlas does not answer. What you see is the version of {day}; a newer one may exist.",
                day=translate.date(state.atlas().version),
            )
        )
    if clock().isoformat() < state.atlas().version:
        st.warning(
            translate(
                "The clock of the server is wrong: it shows {day}. Until it is set, the day of the data is taken as today.",
                day=translate.date(clock().isoformat()),
            )
        )


def _names(translate: Translator) -> None:
    """Say what the mark after Chinese names means where they are shown; beside a scene there is no room for it."""
    bilingual = state.selection().labels == "bilingual"
    if (translate.language == "zh" or bilingual) and state.atlas().proposes_names:
        st.caption(sentences.proposed_names(translate))


def _damaged(reason: str) -> None:
    """Say in the visitor's language what is wrong with data/ and what to run."""
    translate = Translator(preferred(st.context.locale))
    st.error(
        translate(
            "The data of the atlas is missing or damaged. "
            "Run this command in the folder of the atlas, then start it again:"
        )
    )
    st.code("python -m atlas build", language=None)
    st.caption(reason)


if __name__ == "__main__":  # the process of exports takes this script for its own and must not run a page
    main()
