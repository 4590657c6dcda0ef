"""Tables as CSV, in which no cell can start a formula."""

from typing import Any

import pandas as pd

from atlas.exports.about import about, text
from atlas.exports.archive import zipped
from atlas.exports.rows import readable
from atlas.model.atlas import Atlas
from atlas.model.selection import Selection
from atlas.words.translator import Translator

# what spreadsheets take for the start of a formula, with the full-width forms that some of them accept
# https://owasp.org/www-community/attacks/CSV_Injection
OPENERS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def opens_formula(value: Any) -> bool:
    """Whether a spreadsheet could take a text for a formula."""
    return isinstance(value, str) and value.startswith(OPENERS)


def csv(frame: pd.DataFrame) -> bytes:
    """A table as CSV that Excel opens by itself: UTF-8 with a byte order mark, CRLF, an apostrophe before what could start a formula."""
    cells = {
        column: pd.Series([f"'{value}" if opens_formula(value) else whole(value) for value in values], dtype=object)
        for column, values in frame.items()
    }
    return pd.DataFrame(cells).to_csv(index=False, lineterminator="\r\n").encode("utf-8-sig")


def whole(value: object) -> object:
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
