"""The parts of the page on scholarships; fields of study, themes, sectors and institutions that figures name, as tables in three languages."""

import pandas as pd
import streamlit as st

from atlas.model.atlas import Atlas
from atlas.words import values
from atlas.words.languages import LANGUAGE_NAMES
from atlas.words.translator import Translator
from ui import record_list


def parts(translate: Translator) -> dict[str, str]:
    """The parts of the page on scholarships in words."""
    return {
        "scholarships": translate("Scholarships"),
        "years": translate("Years covered"),
        "students": translate("Students and language courses"),
    }


def fields(atlas: Atlas, figures: pd.DataFrame, translate: Translator, title: str) -> None:
    """Each field that the figures name, its kind, and from where to where they count."""
    kinds = {
        "field_of_study": translate("Field of study"),
        "theme": translate("Theme of courses"),
        "sector": translate("Priority sector"),
    }
    named: dict[str, list[str]] = {}
    for row in atlas.records("figures", figures.index):
        for field in row["fields"]:
            named.setdefault(field, []).append(values.direction(atlas, row, translate))
    if not named:
        return
    rows = atlas.table("fields").loc[list(named)].sort_values("kind")
    st.markdown(f"#### {title}")
    record_list.plain(
        {
            translate("Field"): [translate.text(row, "name") for row in atlas.records("fields", rows.index)],
            translate("Kind"): [kinds[kind] for kind in rows["kind"]],
            translate("Named for"): [translate.join_long(dict.fromkeys(named[field])) for field in rows.index],
        },
        title,
    )


def institutions(atlas: Atlas, figures: pd.DataFrame, translate: Translator) -> None:
    """Each institution that the figures name, with its names in three languages as far as sources give them."""
    ids = list(dict.fromkeys(one for named in figures["institutions"] for one in named))
    if not ids:
        return
    rows = [atlas.places[one] for one in ids]
    columns = {language: f"{name}" for language, name in LANGUAGE_NAMES.items()}
    st.markdown(f"#### {translate('Institutions')}")
    places = [
        translate.join(atlas.places.name(unit, translate.language) for unit in atlas.places.ancestors(one))
        for one in ids
    ]
    names = {columns[language]: [row.get(f"name_{language}") or "" for row in rows] for language in columns}
    record_list.plain(names | {translate("Place"): places}, translate("Institutions"))
