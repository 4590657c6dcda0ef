"""The sections of the page on sources and data."""

from functools import partial

import pandas as pd
import streamlit as st
from markupsafe import Markup

from atlas.cards import discrepancy
from atlas.cards.source import source as source_card
from atlas.exports import about, archive, spreadsheets
from atlas.exports.formats import file_name
from atlas.exports.media import MEDIA
from atlas.model import quality
from atlas.model.atlas import Atlas, cached
from atlas.model.gazetteer import LONGEST_SEARCH, fold
from atlas.words import naming, vocabulary
from atlas.words.translator import IN_LISTS, Translator
from atlas.words.vocabulary import language_name
from server.worker import apart
from ui import downloads, record_list, state
from ui.records import show_cards

DATED_BY = {"twinnings": "signed_on", "agreements": "signed_on", "events": "date_from", "figures": "as_of"}


@cached(20)
def _names(atlas: Atlas, table: str, language: str) -> list[str]:
    translate = Translator(language)
    return [naming.record_name(atlas, table, identifier, translate) for identifier in atlas.table(table).index]


def sections(translate: Translator) -> dict[str, str]:
    """The parts of the page in words."""
    return {
        "sources": translate("Sources"),
        "discrepancies": translate("Where sources disagree"),
        "coverage": translate("Coverage"),
        "quality": translate("Quality of the records"),
        "downloads": translate("Download and cite"),
    }


def table_titles(atlas: Atlas, translate: Translator) -> dict[str, str]:
    """Titles of the tables by name."""
    return {name: translate(table.title) for name, table in atlas.schema.tables.items()}


def show_sources(atlas: Atlas, translate: Translator) -> None:
    """Every source in a table that can be searched and sorted; a row shows the records that rest on it."""
    rows, cited = atlas.table("sources"), quality.cited_by(atlas)
    kinds = vocabulary.labels(atlas, "sources.kind", translate)
    search, filters = st.columns([1, 2], vertical_alignment="bottom")
    text = search.text_input(
        translate("Search titles and publishers"),
        placeholder=translate("Search"),
        key="source-search",
        max_chars=LONGEST_SEARCH,
        type="search",
        live=True,
    )
    chosen = filters.pills(
        translate("Kind"),
        list(kinds),
        key=f"source-kind-{translate.language}",
        format_func=kinds.__getitem__,
        selection_mode="multi",
    )
    sought = fold(text[:LONGEST_SEARCH])
    mask = pd.Series(
        [sought in fold(f"{title} {publisher or ''}") for title, publisher in zip(rows["title"], rows["publisher"])],
        index=rows.index,
    )
    rows = rows[mask & (rows["kind"].isin(chosen) if chosen else True)]
    st.caption(translate.plural("{n} source", "{n} sources", len(rows)))
    if rows.empty:
        st.info(translate("No source matches. Change the search or the kinds."))
        return
    languages = {code: language_name(code, translate) for code in rows["language"].dropna().unique()}
    shown = {
        translate("Title"): rows["title"],
        translate("Publisher"): rows["publisher"].fillna(""),
        translate("Published"): [translate.date(published, IN_LISTS) for published in rows["published"]],
        translate("Language"): rows["language"].map(languages).fillna(""),
        translate("Kind"): rows["kind"].map(kinds),
        translate("Records"): [str(len(cited[source])) for source in rows.index],
    }
    opened = [one for one in state.selection().record if one in rows.index][:1]
    left, right = st.columns([3, 2])
    with left:
        record_list.show(shown, rows.index, translate("Sources"))
    with right:
        card = Markup("").join(
            Markup("<div class='card'>{}</div>").format(source_card(atlas, one, translate)) for one in opened
        )
        show_cards(card, translate("Click a row to see the source and the records that rest on it."), translate)
        for source in opened:
            _cited(atlas, cited[source], translate)


def _cited(atlas: Atlas, records: list[tuple[str, str]], translate: Translator) -> None:
    titles = table_titles(atlas, translate)
    record_list.plain(
        {
            translate("Table"): [titles[table] for table, _ in records],
            translate("Record"): [
                naming.record_name(atlas, table, identifier, translate) for table, identifier in records
            ],
        },
        translate("Records that rest on this source"),
    )


def show_discrepancies(atlas: Atlas, translate: Translator) -> None:
    """Every point on which sources disagree, with the statements side by side."""
    states = vocabulary.labels(atlas, "discrepancies.status", translate)
    search, filters = st.columns([1, 2], vertical_alignment="bottom")
    text = search.text_input(
        translate("Search"),
        placeholder=translate("Search"),
        key="discrepancy-search",
        max_chars=LONGEST_SEARCH,
        type="search",
        live=True,
    )
    status = filters.segmented_control(
        translate("Status"),
        list(states),
        key=f"discrepancy-status-{translate.language}",
        format_func=states.__getitem__,
    )
    ids = discrepancy.found(atlas, text, status, translate)
    st.caption(
        translate.plural("{n} point on which sources disagree", "{n} points on which sources disagree", len(ids))
    )
    st.html(Markup("").join(discrepancy.html(atlas, one, translate) for one in ids))


def show_quality(atlas: Atlas, translate: Translator) -> None:
    """The records of one table with the marks of their sourcing, to be sorted by any of them."""
    titles, kinds = table_titles(atlas, translate), vocabulary.labels(atlas, "sources.kind", translate)
    table = st.segmented_control(
        translate("Table"),
        list(DATED_BY),
        default="twinnings",
        key=f"quality-table-{translate.language}",
        format_func=titles.__getitem__,
        required=True,
    )
    st.caption(
        translate(
            "Independent sources are different publishers; copies and machine translations do not count. Completeness is the share of the main facts that are known. Click a heading to sort."
        )
    )
    marks = quality.quality(atlas, table)
    record, number, share = translate("Record"), translate("Independent sources"), translate("Completeness")
    st.dataframe(
        pd.DataFrame(
            {
                record: _names(atlas, table, translate.language),
                translate("Date"): atlas.table(table)[DATED_BY[table]].fillna("").tolist(),
                number: marks["independent_sources"].tolist(),
                translate("Best kind of source"): marks["best_kind"].map(kinds).tolist(),
                share: (marks["completeness"] * 100).round().tolist(),
            }
        ),
        hide_index=True,
        height=560,
        alt=translate("Quality of the records"),
        column_config={
            record: st.column_config.TextColumn(width="large"),
            number: st.column_config.NumberColumn(width="small"),
            share: st.column_config.ProgressColumn(min_value=0, max_value=100, format="%d%%"),
        },
    )


def show_downloads(atlas: Atlas, translate: Translator) -> None:
    """The whole atlas and each of its tables to take away; the terms, and how to cite."""
    whole, tables, terms = st.columns(3, gap="large")
    with whole:
        st.subheader(translate("Everything"), anchor=False)
        downloads.buttons(atlas, None, translate, "whole")
        st.download_button(
            translate("Data package"),
            partial(apart, archive.datapackage, atlas, translate),
            file_name(atlas, None, translate, "zip", "datapackage"),
            MEDIA["zip"],
            key="datapackage",
            on_click="ignore",
            icon=":material/download:",
            width="stretch",
            help=translate(
                "The tables as they are kept, with their description for programs (Frictionless Data Package)"
            ),
        )
    with tables:
        st.subheader(translate("One table (CSV for Excel)"), anchor=False)
        for name, title in table_titles(atlas, translate).items():
            st.download_button(
                f"{title} ({translate.number(len(atlas.table(name)))})",
                partial(apart, spreadsheets.csv_table, atlas, None, translate, name),
                file_name(atlas, None, translate, "csv", name),
                MEDIA["csv"],
                key=f"table-{name}",
                on_click="ignore",
                type="tertiary",
                icon=":material/download:",
            )
    with terms:
        st.subheader(translate("Licence and citation"), anchor=False)
        st.markdown(
            translate(
                "The records may be used and changed by anybody if the atlas is named as the source ({licence}). Texts behind the links belong to their publishers.",
                licence=f"[{atlas.schema.licence}](https://creativecommons.org/licenses/by/4.0/)",
            )
        )
        st.text(about.disclaimer(translate))
        st.code(about.citation(atlas, translate), language=None, wrap_lines=True)
        st.code(about.bibtex(atlas, translate), language="latex", wrap_lines=True)
        st.text(translate("Data version {version}", version=atlas.version))
