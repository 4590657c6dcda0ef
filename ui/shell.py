"""The frame of every page: language, navigation, notices."""

from urllib.parse import quote

import streamlit as st

from atlas import LANGUAGES, ROOT
from atlas.model.store import DamagedData
from atlas.records.dates import clock
from atlas.words import sentences
from atlas.words.languages import LANGUAGE_NAMES, preferred
from atlas.words.translator import Translator
from server import headers, run_lock, source
from ui import filters, printing, record_list, state

IN_SVG = " /:='<>"  # what an address of data may hold as it is
WITHOUT_FILTERS = ("sources_and_data", "contribute")


def main() -> None:
    """Run the page that the visitor asked for, in its turn."""
    with run_lock.held():
        _run()


def _run() -> None:
    try:
        state.take_atlas()
    except DamagedData as damage:
        _damaged(str(damage))
        return
    state.follow_address()
    translate = state.translator()
    menu = pages(translate)
    page = st.navigation(menu, position="top")
    st.set_page_config(
        page_title=f"{page.title} – {translate('Vietnam–China Border Cooperation Atlas')}",
        page_icon=f"data:image/svg+xml,{quote((ROOT / 'assets/icon.svg').read_text('utf-8').strip(), safe=IN_SVG)}",
        layout="wide",
    )
    state.carry_over(page.url_path)
    _style(menu, page, translate)
    _header(page, translate)
    _notice(translate)
    try:
        page.run()
    except Exception:
        state.write_address()  # else every later address would be taken for one that a changed filter has overtaken
        raise
    _names(translate)
    printing.foot(translate)
    state.close_unseen()
    state.write_address()
    record_list.mark_open(state.opened())
    run_lock.freeze()


def pages(translate: Translator) -> dict[str, list[st.Page]]:
    """The pages by the heads of the menu, those under no head first; the very first opens at the root address."""
    listed = {
        "": [
            ("twinning_map", translate("Twinnings"), ":material/map:"),
            ("reform", translate("After the reform"), ":material/alt_route:"),
            ("province", translate("Province overview"), ":material/location_city:"),
        ],
        translate("Study and work"): [
            ("scholarships", translate("Scholarships and study"), ":material/school:"),
            ("training", translate("Training"), ":material/model_training:"),
            ("labour", translate("Labour"), ":material/engineering:"),
        ],
        translate("Meetings"): [
            ("meetings", translate("Meetings"), ":material/groups:"),
            ("meeting_view", translate("Meeting view"), ":material/slideshow:"),
        ],
        translate("Data"): [
            ("sources_and_data", translate("Sources and data"), ":material/library_books:"),
            ("contribute", translate("How to contribute"), ":material/edit_note:"),
        ],
    }
    return {
        head: [
            st.Page(f"../pages/{name}.py", title=title, icon=icon, url_path=name, default=name == "twinning_map")
            for name, title, icon in group
        ]
        for head, group in listed.items()
    }


def _style(menu: dict[str, list[st.Page]], page: st.Page, translate: Translator) -> None:
    """The style sheet, with the words that Streamlit has in English only and the place of the page in the menu."""
    words = {
        "--more": translate("More"),
        "--nothing": translate("Nothing found"),
        "--take": translate("Show this day"),
    }
    entries = [[one] for one in menu[""]] + [group for head, group in menu.items() if head]
    here = next(number for number, entry in enumerate(entries, 1) if page in entry)
    named = " ".join(f"{name}: '{text}';" for name, text in words.items())
    item = f"[data-testid='stTopNav'] .rc-overflow-item:nth-child({here})"
    for part in ("app", "cards", "charts", "reform", "print"):
        st.html(ROOT / f"assets/{part}.css")
    st.html(
        f"<style>:root {{ {named} }}"
        f"{item}:not([aria-hidden='true']) button, {item}[aria-hidden='true'] ~ .rc-overflow-item-rest button"
        " { background: #e4ebef; font-weight: 700; box-shadow: inset 0 -2px #0b5c8a; }</style>"
    )


def _header(page: st.Page, translate: Translator) -> None:
    """The names of the atlas and of the page, the search where a page has filters, and the languages."""
    st.html(f"<script>{headers.language_script(translate.language)}</script>", unsafe_allow_javascript=True)
    record_list.behaviour()
    with st.container(key="page-head", horizontal=True, vertical_alignment="bottom"):
        with st.container(key="names", gap=None):
            st.text(translate("Vietnam–China Border Cooperation Atlas"))
            st.title(page.title, anchor=False)
        if page.url_path not in WITHOUT_FILTERS and not st.session_state.get("scene"):
            filters.search(translate)
        with st.container(key="language", width="content"):
            st.segmented_control(
                translate("Language"),
                LANGUAGES,
                format_func=LANGUAGE_NAMES.__getitem__,
                key="lang",
                required=True,
                persist_state="session",
                label_visibility="collapsed",
            )


def _notice(translate: Translator) -> None:
    """Say what of the address or of a typed day was not understood."""
    if ignored := state.not_understood():
        # inside backticks nothing is markup; a backtick itself could end them
        values = translate.join(f"`{name}={value[:40].replace('`', '')}`" for name, value in ignored)
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
    """Say what the mark after Chinese names means where they are shown; the meeting view has no room beside its scene."""
    bilingual = st.session_state.get("labels") == "bilingual"
    if (translate.language == "zh" or bilingual) and state.atlas().proposes_names and not st.session_state.get("scene"):
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
