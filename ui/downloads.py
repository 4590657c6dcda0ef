"""Download buttons; a file is made when its button is clicked, not before."""

from functools import partial

import pandas as pd
import streamlit as st

from atlas.exports import FORMATS, file_name
from atlas.exports.spreadsheets import csv
from atlas.i18n import Translator
from atlas.selection import Selection
from atlas.store import Atlas


def show(atlas: Atlas, selection: Selection | None, translate: Translator, key: str = "downloads") -> None:
    """A menu with the current selection (None: everything) in every format.

    :param key: names the menu where a page has several.
    """
    with st.popover(translate("Download"), icon=":material/download:", key=key):
        buttons(atlas, selection, translate, key)


def buttons(atlas: Atlas, selection: Selection | None, translate: Translator, key: str) -> None:
    """One button a format, each with a line that says what it is for."""
    texts = {
        "xlsx": (translate("Excel workbook"), translate("All tables, one a sheet, in your language")),
        "csv": (translate("CSV tables"), translate("The same tables as text files in a ZIP archive")),
        "geojson": (translate("GeoJSON"), translate("Twinnings as lines and places as points, for web maps and QGIS")),
        "gpkg": (translate("GeoPackage"), translate("The same layers as a database for QGIS")),
    }
    for name, kind in FORMATS.items():
        label, explanation = texts[name]
        st.download_button(
            label,
            partial(kind.make, atlas, selection, translate),
            file_name(atlas, selection, translate, kind.suffix),
            kind.mime,
            key=f"{key}-{name}",
            on_click="ignore",
            icon=":material/download:",
            width="stretch",
            help=explanation,
        )


def table(rows: pd.DataFrame, atlas: Atlas, selection: Selection, translate: Translator, part: str) -> None:
    """A button that gives the table on the page as CSV for Excel."""
    st.download_button(
        translate("Download this table"),
        partial(csv, rows),
        file_name(atlas, selection, translate, "csv", part),
        "text/csv",
        key=f"table-{part}",
        on_click="ignore",
        icon=":material/download:",
    )
