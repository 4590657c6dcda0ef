"""Tables for Excel and its kin: CSV and XLSX, in which no cell can start a formula."""

import io
import unicodedata
from datetime import datetime

import pandas as pd
import xlsxwriter

from atlas.exports.about import about, text
from atlas.exports.archive import zipped
from atlas.exports.tables import readable
from atlas.i18n import Translator
from atlas.selection import Selection
from atlas.store import Atlas

# what spreadsheets take for the start of a formula, with the full-width forms that some of them accept
# https://owasp.org/www-community/attacks/CSV_Injection
OPENERS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
WIDEST = 60


def opens_formula(value) -> bool:
    """Whether a spreadsheet could take a text for a formula."""
    return isinstance(value, str) and value.startswith(OPENERS)


def csv(frame: pd.DataFrame) -> bytes:
    """A table as CSV that Excel opens by itself: UTF-8 with a byte order mark, CRLF, an apostrophe before what could start a formula."""
    cells = {
        column: pd.Series([f"'{value}" if opens_formula(value) else whole(value) for value in values], dtype=object)
        for column, values in frame.items()
    }
    return pd.DataFrame(cells).to_csv(index=False, lineterminator="\r\n").encode("utf-8-sig")


def whole(value):
    """A count as it is counted, without the ``.0`` of a column in which some are unknown; any other value as it is."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def csv_table(atlas: Atlas, selection: Selection | None, translate: Translator, name: str) -> bytes:
    """One table of a selection as CSV; its last column says in every row where the file is from."""
    statements = " · ".join(f"{label}: {value}" for label, value in about(atlas, selection, translate))
    return csv(readable(atlas, selection, translate)[name].assign(**{translate("About this file"): statements}))


def csv_zip(atlas: Atlas, selection: Selection | None, translate: Translator) -> bytes:
    """All tables of a selection as CSV files in one archive, with a text file that says what they are."""
    files = {"about.txt": text(atlas, selection, translate).encode("utf-8-sig")}
    files |= {f"{name}.csv": csv(frame) for name, frame in readable(atlas, selection, translate).items()}
    return zipped(files, atlas.version)


def xlsx(atlas: Atlas, selection: Selection | None, translate: Translator) -> bytes:
    """All tables of a selection as an Excel workbook: a sheet that says what it is, then a sheet a table."""
    content = io.BytesIO()
    schema = atlas.schema.tables
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        book.set_properties(
            {
                "title": translate("Vietnam–China Border Cooperation Atlas"),
                "created": datetime.fromisoformat(atlas.version),
            }
        )
        heading, label = (
            book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}),
            book.add_format({"bold": True, "valign": "top"}),
        )
        # Excel keeps a cell with a quote prefix as text even after it was edited
        plain, quoted = (
            book.add_format({"text_wrap": True, "valign": "top", "quote_prefix": prefix}) for prefix in (False, True)
        )
        sheet = book.add_worksheet(translate("About"))
        sheet.set_column(0, 0, 28)
        sheet.set_column(1, 1, 100)
        for row, (name, statement) in enumerate(about(atlas, selection, translate)):
            sheet.write_string(row, 0, name, label)
            sheet.write_string(row, 1, statement, plain)
        for name, frame in readable(atlas, selection, translate).items():
            sheet = book.add_worksheet(translate(schema[name].title))
            sheet.freeze_panes(1, 1)
            sheet.autofilter(0, 0, len(frame), len(frame.columns) - 1)
            for column, title in enumerate(frame.columns):
                values = frame[title].tolist()
                sheet.set_column(column, column, min(WIDEST, 2 + max(map(_width, [title, *values]))))
                sheet.write_string(0, column, title, heading)
                for row, value in enumerate(values, 1):
                    if pd.isna(value) or value == "":
                        continue
                    if isinstance(value, str):
                        sheet.write_string(row, column, value, quoted if opens_formula(value) else plain)
                    else:
                        sheet.write_number(row, column, value, plain)
    return content.getvalue()


def _width(value) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in str(value)[:WIDEST])
