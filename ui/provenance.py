"""The sections of the page on sources and data."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st
from markupsafe import Markup

from atlas.cards import pages
from atlas.cards.linked import Linked
from atlas.cards.source import source as source_card
from atlas.exports import about, archive, spreadsheets
from atlas.exports.formats import file_name
from atlas.exports.media import MEDIA
from atlas.model import quality
from atlas.model.atlas import Atlas, cached
from atlas.model.spelling import fold
from atlas.words import naming, vocabulary
from atlas.words.translator import IN_LISTS, Translator
from atlas.words.vocabulary import language_name
from ui import downloads, filters, links, record_list, state, views
from ui.records import show_cards

ALL = "all"
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


def counted(atlas: Atlas, translate: Translator) -> str:
    """How many sources there are, and on how many points they disagree."""
    sources, points = len(atlas.table("sources")), len(atlas.table("discrepancies"))
    return " · ".join(
        [
            translate.plural("{n} source", "{n} sources", sources),
            translate.plural("{n} point on which sources disagree", "{n} points on which sources disagree", points),
            state.of_day(),
        ]
    )


def table_titles(atlas: Atlas, translate: Translator) -> dict[str, str]:
    """Titles of the tables by name."""
    return {name: translate(table.title) for name, table in atlas.schema.tables.items()}


def show_sources(atlas: Atlas, translate: Translator) -> None:
    """Every source in a list that can be searched and sorted; a row shows the records that rest on it."""
    cited, kinds = quality.cited_by(atlas), vocabulary.labels(atlas, "sources.kind", translate)
    found = _searched(atlas, state.selection().q)
    numbers = {ALL: len(found)} | found["kind"].value_counts().reindex(kinds, fill_value=0).to_dict()
    names = {ALL: translate("All")} | kinds
    parts = {kind: translate("{name} ({n})", name=name, n=numbers[kind]) for kind, name in names.items()}
    kind = views.choose(parts, translate("Kind"), "list")
    filters.search(atlas, translate, translate("Search titles and publishers"), numbers[kind])
    rows = found if kind == ALL else found[found["kind"] == kind]
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
    left, right = st.columns([3, 2]) if opened else (st.container(), st.container())
    with left:
        record_list.show(shown, rows.index, translate("Sources"))
    for source in opened:
        with right:
            card = Markup("<div class='card'>{}</div>{}")
            records = _cited(atlas, cited[source], translate) if cited[source] else ""
            html = card.format(source_card(atlas, source, translate), records)
            show_cards(html, "", translate, links.record("source", source))


def _searched(atlas: Atlas, text: str) -> pd.DataFrame:
    rows, sought = atlas.table("sources"), fold(text)
    texts = zip(rows.index, rows["title"], rows["publisher"])
    return rows.loc[[one for one, title, publisher in texts if sought in fold(f"{title} {publisher or ''}")]]


def _cited(atlas: Atlas, records: list[tuple[str, str]], translate: Translator) -> Markup:
    titles, linked = table_titles(atlas, translate), Linked(atlas, translate, links.record)
    rows: dict[str, Sequence[str]] = {
        translate("Table"): [titles[table] for table, _ in records],
        translate("Record"): [pages.resting(linked, table, [one])[0] for table, one in records],
    }
    return record_list.plain_html(rows, translate("Records that rest on this source"))


def show_quality(atlas: Atlas, translate: Translator) -> None:
    """The records of one table with the marks of their sourcing, to be sorted by any of them."""
    titles, kinds = table_titles(atlas, translate), vocabulary.labels(atlas, "sources.kind", translate)
    names = {name: translate("{name} ({n})", name=titles[name], n=len(atlas.table(name))) for name in DATED_BY}
    table = views.choose(names, translate("Table"), "list")
    st.caption(
        translate(
            "Independent sources are different publishers; copies and machine translations do not count. Completeness is the share of the main facts that are known. Click a heading to sort."
        )
    )
    marks, linked = quality.quality(atlas, table), Linked(atlas, translate, links.record)
    record_list.plain(
        {
            translate("Record"): [
                linked.link(table, one, name)
                for one, name in zip(atlas.table(table).index, _names(atlas, table, translate.language))
            ],
            translate("Date"): [translate.date(day, IN_LISTS) for day in atlas.table(table)[DATED_BY[table]]],
            translate("Independent sources"): [translate.number(int(n)) for n in marks["independent_sources"]],
            translate("Best kind of source"): [kinds[kind] for kind in marks["best_kind"]],
            translate("Completeness"): [f"{share:.0%}" for share in marks["completeness"]],
        },
        translate("Quality of the records"),
    )


def show_downloads(atlas: Atlas, translate: Translator) -> None:
    """The whole atlas and each of its tables to take away; the terms, and how to cite."""
    whole, tables, terms = st.columns(3, gap="large")
    with whole:
        st.subheader(translate("Everything"), anchor=False)
        downloads.buttons(atlas, None, translate, "whole")
        st.download_button(
            translate("Data package"),
            state.apart(archive.datapackage, atlas, translate),
            file_name(atlas, None, translate.language, "zip", "datapackage"),
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
                state.apart(spreadsheets.csv_table, atlas, None, translate, name),
                file_name(atlas, None, translate.language, "csv", name),
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
