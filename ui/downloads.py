"""Download buttons; a file is made when its button is clicked, not before."""

from typing import Any
from urllib.parse import urlencode

import pandas as pd
import streamlit as st
from markupsafe import Markup

from atlas.exports import typeset
from atlas.exports.comparison import part
from atlas.exports.formats import KINDS, LETTERS, export, file_name
from atlas.exports.media import MEDIA
from atlas.exports.spreadsheets import csv
from atlas.model.agreed import Wanted
from atlas.model.atlas import Atlas
from atlas.model.compared import Comparison
from atlas.model.selection import Selection
from atlas.model.session import Session
from atlas.words import sentences
from atlas.words.languages import LANGUAGE_NAMES
from atlas.words.translator import Translator
from atlas.words.voice import TWO, two
from server import worker
from ui import state, templates


def show(atlas: Atlas, selection: Selection | None, translate: Translator, key: str = "downloads") -> None:
    """A menu with the current selection (None: everything) in every format.

    :param key: names the menu where a page has several.
    """
    with _menu(translate("Download"), ":material/download:", key) as menu:
        if menu.open:
            buttons(atlas, selection, translate, key)


def _menu(label: str, icon: str, key: str) -> Any:
    """A menu that is filled when it is opened, so that a change of a filter does not send what nobody sees."""
    return st.popover(label, icon=icon, key=key, on_change="rerun")


def _line(translate: Translator) -> None:
    """How many files are made before the next, and how many one may ask for at once; nothing while nobody waits."""
    if before := worker.waiting():
        st.caption(
            translate.plural(
                "{n} file is made before yours. At most {most} of one visitor are made at once.",
                "{n} files are made before yours. At most {most} of one visitor are made at once.",
                before,
                most=worker.AT_ONCE,
            )
        )


def buttons(atlas: Atlas, selection: Selection | None, translate: Translator, key: str) -> None:
    """One button a format, each with a line that says what it is for."""
    texts = {
        "xlsx": (translate("Excel workbook"), translate("All tables, one a sheet, in your language")),
        "csv": (translate("CSV tables"), translate("The same tables as text files in a ZIP archive")),
        "geojson": (translate("GeoJSON"), translate("Twinnings as lines and places as points, for web maps and QGIS")),
        "gpkg": (translate("GeoPackage"), translate("The same layers as a database for QGIS")),
        "linked-places": (
            translate("Linked Places"),
            translate("Places with names, times and what became of them, for gazetteers and other linked data"),
        ),
    }
    _line(translate)
    names = _names(translate, key)
    for name, (label, explanation) in texts.items():
        kind = KINDS[name]
        st.download_button(
            label,
            state.apart(export, atlas, name, selection, translate.language, proposed_names=names),
            file_name(atlas, selection, translate.language, kind.suffix),
            kind.mime,
            key=f"{key}-{name}",
            on_click="ignore",
            icon=":material/download:",
            width="stretch",
            help=explanation,
        )


def _names(translate: Translator, key: str) -> bool:
    """Whether the files are to have Chinese names that are only proposed."""
    return st.toggle(
        translate("Proposed Chinese names"),
        value=True,
        key=f"{key}-names",
        persist_state="session",
        help=sentences.proposed_names(translate),
    )


def _language(translate: Translator, key: str) -> str:
    """The language that the files are to speak, or two."""
    languages = LANGUAGE_NAMES | {one: " + ".join(LANGUAGE_NAMES[part] for part in one.split("-")) for one in TWO}
    return st.selectbox(
        translate("Language"), list(languages), format_func=languages.__getitem__, key=f"{key}-in-{translate.language}",
        persist_state="session",
        index=list(languages).index(translate.language), placeholder=translate("Language"),
    )  # fmt: skip


def documents(atlas: Atlas, selection: Selection, translate: Translator, session: Session | None = None) -> None:
    """A menu with slides, briefing, hand-out and pictures of the selection, in a language of their own.

    :param session: what they follow instead, with its own language and readers.
    """
    with _menu(translate("Slides and hand-outs"), ":material/co_present:", "documents") as menu:
        if menu.open:
            _documents(atlas, selection, translate, session)


def _documents(atlas: Atlas, selection: Selection, translate: Translator, session: Session | None) -> None:
    indexed = translate("Names in both scripts, with the square in which each place lies")
    texts = {
        "pptx": (translate("Slides (PowerPoint)"), translate("The scenes as editable shapes, charts and tables")),
        "pdf": (translate("Briefing (PDF)"), translate("Map, key numbers, pairs, agreements, meetings, sources")),
        "docx": (
            translate("Briefing (Word)"),
            translate("What the scenes say, decisions and tables, in the form of the host's offices"),
        ),
        "pairs-docx": (translate("List of twinnings (Word)"), translate("Every twinning, as an annex")),
        "resigning-docx": (translate("List for re-signing (Word)"), translate("Twinnings that lost a unit, by case")),
        LETTERS: (
            translate("Letters for re-signing (Word)"),
            translate("A draft letter and its annex for each unit of today"),
        ),
        "commitments-docx": (
            translate("Report on commitments (Word)"),
            translate("Each point, who is responsible, and what became of it"),
        ),
        "changes-docx": (
            translate("What changed (Word)"),
            translate("New, changed and withdrawn records since the last session or release"),
        ),
        "html": (translate("Hand-out (one HTML file)"), translate("Opens from a USB stick without any network")),
        "site": (
            translate("The whole atlas (one HTML file)"),
            translate("Everything with map and search, to carry on a USB stick and open without a server"),
        ),
        "xlsx": (translate("Workbook (Excel)"), translate("A summary, then every table; in two languages if chosen")),
        "png": (translate("Map as PNG"), translate("At print resolution")),
        "svg": (translate("Map as SVG"), translate("At print resolution")),
        "sheet-pdf": (translate("Map sheet with index, A3 (PDF)"), indexed),
        **{
            f"wall-{paper.lower()}": (translate("Wall map with index, {paper} (PDF)", paper=paper), indexed)
            for paper in ("A2", "A1", "A0")
        },
        "border-pdf": (
            translate("Along the border, A3 (PDF)"),
            translate("The border unrolled by kilometre, on one sheet"),
        ),
        "border-svg": (
            translate("Along the border as SVG"),
            translate("The border unrolled by kilometre, on one sheet"),
        ),
        "border-png": (
            translate("Along the border as PNG"),
            translate("The border unrolled by kilometre, on one sheet"),
        ),
    }
    _line(translate)
    if session:
        st.caption(translate("Languages and readers are those of the session."))
    language = session.language if session else _language(translate, "documents")
    names = _names(translate, "documents")
    audience = session.audience if session else _audience(translate, "documents")
    buttons = st.container()
    read = Markup("<a class=action target=_blank href='atlas.html#{}?{}'>{}</a>").format(
        state.visit().part() or "twinning_map",
        urlencode(selection.to_query(), doseq=True),
        translate("Read the whole atlas as one page"),
    )
    if not session:
        st.html(read)
    given = templates.own(translate)  # few have one, so that it stands last
    if not typeset.possible():
        texts = {kind: told for kind, told in texts.items() if KINDS[kind].suffix != "pdf"}
        buttons.caption(
            translate(
                "PDF files need Pango, which this computer lacks. Save the Word files as PDF, or add Pango as README.md says."
            )
        )
    for kind, (label, explanation) in texts.items():
        buttons.download_button(
            label,
            state.apart(
                export,
                atlas,
                kind,
                selection,
                language,
                session=session,
                proposed_names=names,
                audience=audience,
                template=(form := KINDS[kind].template) and given.get(form.suffix),
            ),
            file_name(atlas, selection, language, KINDS[kind].suffix, _part(kind, audience)),
            KINDS[kind].mime,
            key=f"document-{kind}",
            on_click="ignore",
            icon=":material/download:",
            width="stretch",
            help=explanation,
        )


def _audience(translate: Translator, key: str) -> str:
    """For whom the files are to be."""
    audiences = {"both": translate("both sides"), "own": translate("our own side")}
    return st.segmented_control(
        translate("For whom"), list(audiences), format_func=audiences.__getitem__, default="both", required=True,
        key=f"{key}-for-{translate.language}",
        persist_state="session",
        help=translate("For both sides: without contradictions, low confidence and irregular crossings."),
    )  # fmt: skip


def _part(kind: str, audience: str | None) -> str:
    """What tells the names of documents of one sort apart."""
    sort = kind.removesuffix(KINDS[kind].suffix).removesuffix("-")
    parts = (sort, "own" if audience == "own" else "")
    return "-".join(filter(None, parts))


def glossary(atlas: Atlas, selection: Selection, translate: Translator) -> None:
    """A menu with the terms of a session or selection as a paper, a workbook and a term base."""
    texts = {
        "glossary-docx": (translate("Glossary (Word)"), translate("One table a group, with the sources of names")),
        "glossary-xlsx": (translate("Glossary (Excel)"), translate("One sheet, to sort and filter")),
        "glossary-tbx": (translate("Term base (TBX)"), translate("For the tools of interpreters and translators")),
    }
    with _menu(translate("Download"), ":material/download:", "glossary") as menu:
        if not menu.open:
            return
        language, names = _language(translate, "glossary"), _names(translate, "glossary")
        for kind, (label, explanation) in texts.items():
            st.download_button(
                label,
                state.apart(export, atlas, kind, selection, language, proposed_names=names),
                file_name(atlas, selection, language, KINDS[kind].suffix, "glossary"),
                KINDS[kind].mime,
                key=kind,
                on_click="ignore",
                icon=":material/download:",
                width="stretch",
                help=explanation,
            )


def comparison(atlas: Atlas, found: Comparison, selection: Selection, translate: Translator) -> None:
    """A menu with a comparison as tables and as slides."""
    texts = {
        "xlsx": (translate("Excel workbook"), translate("The rows, and the records behind each number")),
        "csv": (translate("CSV tables"), translate("The rows as a text file")),
        "pptx": (translate("Slides (PowerPoint)"), translate("Both sides on one slide, all rows in the annex")),
    }
    with _menu(translate("Download"), ":material/download:", "comparison") as menu:
        if not menu.open:
            return
        language, names = _language(translate, "comparison"), _names(translate, "comparison")
        for kind, (label, explanation) in texts.items():
            spoken = language if language in KINDS[kind].languages else language.partition("-")[0]
            st.download_button(
                label,
                state.apart(export, atlas, kind, selection, spoken, proposed_names=names, sides=(found.a, found.b)),
                file_name(atlas, selection, spoken, kind, part(found.a, found.b)),
                MEDIA[kind],
                key=f"comparison-{kind}",
                on_click="ignore",
                icon=":material/download:",
                width="stretch",
                help=explanation,
            )


def report(atlas: Atlas, selection: Selection, wanted: Wanted, translate: Translator) -> None:
    """A menu with the report on what was agreed since a session, as a paper, a workbook and slides.

    :param wanted: the filters of the page; its session is that since which.
    """
    texts = {
        "docx": (
            translate("Report on commitments (Word)"),
            translate("Each point, who is responsible, and what became of it"),
        ),
        "xlsx": (translate("Workbook (Excel)"), translate("One point a row, with what sources say of it")),
        "pptx": (translate("Slides (PowerPoint)"), translate("All points on one slide, then one slide a paper")),
    }
    with _menu(translate("Download the report"), ":material/download:", "report") as menu:
        if not menu.open:
            return
        _line(translate)
        language, names = _language(translate, "report"), _names(translate, "report")
        audience = _audience(translate, "report")
        for kind, (label, explanation) in texts.items():
            st.download_button(
                label,
                state.apart(
                    export, atlas, kind, selection, language, proposed_names=names, audience=audience, reported=wanted
                ),
                file_name(atlas, selection, language, kind, f"since-{wanted.since}"),
                MEDIA[kind],
                key=f"report-{kind}",
                on_click="ignore",
                icon=":material/download:",
                help=explanation,
            )


def letters(
    atlas: Atlas,
    selection: Selection,
    choices: dict[str, tuple[str, ...] | None],
    labels: dict[str, str],
    translate: Translator,
    key: str,
) -> None:
    """A choice of units of today, and a button that gives their draft letters in both languages.

    :param choices: the units by what is chosen, None for all; ``labels``: the same in words.
    :param key: names the widgets where the choices are others.
    """
    with st.container(horizontal=True, vertical_alignment="bottom", key="letters"):
        chosen = st.selectbox(
            translate("Draft letters for"), list(choices), format_func=labels.__getitem__,
            key=f"letters-of-{key}-{translate.language}", placeholder=translate("Unit"), width=320,
        )  # fmt: skip
        spoken = {one: " + ".join(LANGUAGE_NAMES[part] for part in one.split("-")) for one in TWO}
        language = st.selectbox(
            translate("Languages, the host's first"), list(spoken), format_func=spoken.__getitem__,
            index=TWO.index(two(translate.language)), key=f"letters-in-{translate.language}",
            placeholder=translate("Language"), width=240,
        )  # fmt: skip
        units = choices[chosen]
        part = "letters-all" if units is None else f"letters-{units[0]}" if len(units) == 1 else f"letters-{key}"
        st.download_button(
            translate("Draft letters (Word)"),
            state.apart(export, atlas, LETTERS, selection, language, units=units),
            file_name(atlas, selection, language, "docx", part),
            MEDIA["docx"],
            key="letters-docx-button",
            on_click="ignore",
            icon=":material/download:",
        )


def table(rows: pd.DataFrame, atlas: Atlas, selection: Selection, translate: Translator, part: str) -> None:
    """A button that gives the table on the page as CSV for Excel."""
    st.download_button(
        translate("Download this table"),
        state.apart(csv, rows),
        file_name(atlas, selection, translate.language, "csv", part),
        MEDIA["csv"],
        key=f"table-{part}",
        on_click="ignore",
        icon=":material/download:",
    )
