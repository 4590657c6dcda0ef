"""What people write into cells, and what it would be in the form of the tables: offered to be confirmed, never guessed."""

import re
import unicodedata
from collections.abc import Callable, Collection
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from functools import cache
from itertools import groupby
from typing import Any

from atlas import LANGUAGES
from atlas.exports.contributions import written_dates, written_numbers
from atlas.exports.contributions.asked import ERROR
from atlas.exports.contributions.names import Named
from atlas.exports.contributions.offers import Read, offered, refused
from atlas.exports.contributions.reading import Cell
from atlas.model.spelling import fold, unaccented
from atlas.records import Field, Table, cells, damage
from atlas.records.contradictions import CODES
from atlas.records.loading import items
from atlas.records.said import said
from atlas.words.languages import LOCALES
from atlas.words.translator import Translator

LONGEST_CELL = 10_000  # characters
MOST_MARKS = 4  # on one letter; Unicode sorts them in the square of their number
_SPACES = re.compile("[\u00a0\u2007\u202f\u3000]")
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_ERROR_VALUE = re.compile(r"#(N/A|N/V|NV|N/D)|#[^\s#!?！？]+[!?！？]|#{3,}", re.IGNORECASE)
_ETH = str.maketrans("ÐðƉɖƊ", "ĐđĐđĐ")

_TERM = re.compile(r"(\d{1,3})\s*(năm|years?|年|tháng|months?|个月|個月|月)", re.IGNORECASE)
_YES = {"có", "co", "đúng", "yes", "y", "x", "✓", "✔", "√", "是", "有", "对", "真"}
_NO = {"không", "khong", "sai", "no", "n", "否", "不", "无", "没有", "非", "假"}


@dataclass
class Row:
    """A row while it is read: its table, what names may mean, which columns are names of places, and what is read of it so far."""

    table: Table
    named: Named
    names: Collection[str]
    texts: dict[str, str] = field(default_factory=dict)


def is_error_value(cell: Cell) -> bool:
    """Whether a spreadsheet could not work out what stands there."""
    return cell.kind == "e" or (isinstance(cell.value, str) and bool(_ERROR_VALUE.fullmatch(cell.value.strip())))


def shown(cell: Cell) -> str:
    """A cell as messages show it; of a formula for many cells its text, if it has one."""
    value = cell.value
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    plainly = isinstance(value, (str, int, float, datetime, date, time, timedelta))
    return str(value if plainly else getattr(value, "text", "="))[:LONGEST_CELL]


def read(cell: Cell, column: Field, before: str, row: Row) -> Read:
    """What a filled cell is taken for.

    :param before: what stood there; nothing is said of a cell that is as it was.
    """
    plain = _plain(cell, column)
    if plain.kind or plain.text == before or _is_number(cell, column, plain.text):
        return plain
    offered = _offer(plain.text, column, row)
    if offered is None or offered.kind == ERROR:
        return offered or plain
    if cells.expected(column, offered.text, column.name in row.names):
        return plain  # what is offered is as wrong as what is there, and the rules say how
    return offered


def _is_number(cell: Cell, column: Field, text: str) -> bool:
    """Whether a spreadsheet has a number, of which nobody needs to guess what its point parts."""
    numbers = isinstance(cell.value, (int, float)) and column.type in ("integer", "number")
    return numbers and cells.expected(column, text) is None


def _plain(cell: Cell, column: Field) -> Read:
    """A cell as text: the blanks, line ends and letters of the tables."""
    value, text = cell.value, shown(cell)
    if is_error_value(cell):
        return refused(
            text, said("The spreadsheet has an error here ({value}); write the value itself.", value=text[:20])
        )
    if cell.kind == "f" or not isinstance(value, (str, int, float, datetime, date, time, timedelta)):
        return refused(text, said("A formula is not read; copy the cell and paste it as a value."))
    if isinstance(value, bool):
        return Read(str(value).lower())
    if isinstance(value, (datetime, date)):
        return written_dates.of_spreadsheet(value, cell.form, text, column)
    if isinstance(value, (time, timedelta)):
        return refused(
            text, said("The spreadsheet has made a time of day of this; format the cell as text and write it again.")
        )
    if isinstance(value, float):
        if column.date and not value.is_integer():  # 2016.10 has become 2016.1
            return refused(
                text, said("The spreadsheet has made a number of this; format the cell as text and write it again.")
            )
        return Read(str(int(value)) if value.is_integer() else repr(value))
    if len(text) > LONGEST_CELL or len(str(value)) > LONGEST_CELL:
        return refused(text, said("The text is longer than {most:,} characters.", most=LONGEST_CELL))
    if not damage.plain(text) and any(
        marked and len(list(run)) > MOST_MARKS for marked, run in groupby(text, _is_mark)
    ):
        return refused(text, said("A letter has more than {most} marks; write it again.", most=MOST_MARKS))
    text = unicodedata.normalize("NFC", _SPACES.sub(" ", text)).strip()
    if column.many and re.search(r"[\r\n]", text):
        return Read(text)  # which may part the items
    return Read(" ".join(filter(None, map(str.strip, re.split(r"[\r\n]+", text)))))


def _is_mark(letter: str) -> bool:
    return unicodedata.combining(letter) > 0


def _offer(text: str, column: Field, row: Row) -> Read | None:
    """What a text may mean that does not stand in the form of the tables; None where there is nothing to say."""
    if column.many:
        return _several(text, column, row)
    if column.name == "official_code" and (code := _whole_code(text, row)):
        return code
    return _alone(text, column, row)


def _several(text: str, column: Field, row: Row) -> Read | None:
    """A list: its items parted by semicolons, each read by itself."""
    if column.references and all(row.named.has(column.references, part) for part in text.split(";")):
        return None
    between = "[;；,，、\n\r]+" if column.references or column.enum else "[;；、\n\r]+"
    parts = [part.strip() for part in re.split(between, text)]
    parts = list(dict.fromkeys(part for part in parts if part))
    if not parts:
        return None
    single = replace(column, separator=None)
    found = [_alone(part, single, row) or Read(part) for part in parts]
    if wrong := next((one for one in found if one.kind == ERROR), None):
        return wrong
    reading = ";".join(dict.fromkeys(one.text for one in found))
    if reading == ";".join(items(column, text)):
        return None
    if len(found) == 1 and found[0].kind:
        return found[0]
    return offered(reading, said("This is read as {reading}; items stand between semicolons.", reading=reading))


def _alone(text: str, column: Field, row: Row) -> Read | None:
    for holds, reader in _READERS:
        if holds(column):
            return reader(text, column, row)
    return None


def _boolean(text: str, column: Field, row: Row) -> Read | None:
    if cells.expected(column, text) is None:
        return None
    word = unicodedata.normalize("NFKC", text).casefold()
    reading = "true" if word in _YES | {"true"} else "false" if word in _NO | {"false"} else None
    if reading is None:
        return refused(text, said("Write {yes} or {no} here.", yes="true", no="false"))
    return offered(reading, said("This is read as {reading}.", reading=reading))


def _closed(text: str, column: Field, row: Row) -> Read | None:
    """A value of a closed list, by its label in any language."""
    if text in column.enum:
        return None
    word = unicodedata.normalize("NFKC", text).casefold().strip(" .。")
    for key in (word, fold(word)):
        found = _labels(column.name, tuple(column.categories.items())).get(key, set())
        if len(found) == 1:
            (value,) = found
            return offered(value, said("This is read as {reading}, the value that is called so.", reading=value))
    return None


@cache
def _labels(name: str, categories: tuple[tuple[str, str], ...]) -> dict[str, set[str]]:
    known: dict[str, set[str]] = {}
    for language in LANGUAGES:
        translate = Translator(language)
        for value, label in categories:
            said_so = translate(label)
            for word in (value, value.replace("_", " "), said_so, *re.split("[,，、]\\s*", said_so)):
                for key in (word.casefold(), fold(word)):
                    known.setdefault(key, set()).add(value)
    return known


def _reference(text: str, column: Field, row: Row) -> Read | None:
    """A record that is named otherwise than by its id."""
    assert column.references
    if row.named.has(column.references, text):
        return None
    found = row.named.find(column.references, text, row.table.name, column.name, row.texts)
    if len(found) == 1:
        if column.references == "places" and (others := row.named.instead(found[0], row.texts)):
            return refused(
                text,
                said(
                    "The unit of this name, {record}, did not exist then; write the id of the one that did: {ids}.",
                    record=found[0],
                    ids=", ".join(others[:5]),
                ),
            )
        return offered(found[0], said("This is read as {reading}, the record of this name.", reading=found[0]))
    if found:
        return refused(
            text,
            said(
                "Several records are called so; write the id of the one that is meant: {ids}.", ids=", ".join(found[:5])
            ),
        )
    return None


def _form(text: str, column: Field, row: Row) -> Read | None:
    """An id, language or term in another form."""
    if cells.expected(column, text) is None:
        return None
    written = unicodedata.normalize("NFKC", _UNSEEN.sub("", text)).strip()
    if column.name == "language":
        reading = _languages().get(written.casefold(), written.lower())
    elif column.name == "term" and (found := _TERM.fullmatch(written)):
        reading = f"P{int(found[1])}{'Y' if found[2].casefold() in ('năm', 'year', 'years', '年') else 'M'}"
    elif column.name in ("id", "slug"):
        reading = re.sub("[^a-z0-9]+", "-", unaccented(written).lower()).strip("-")
    else:
        reading = written
    return (
        offered(reading, said("This is read as {reading}.", reading=reading)) if reading and reading != text else None
    )


@cache
def _languages() -> dict[str, str]:
    return {
        LOCALES[spoken].languages[code].casefold(): code
        for spoken in LANGUAGES
        for code in (*LANGUAGES, "fr", "ru", "th", "lo")
    }


def _words(text: str, column: Field, row: Row) -> Read | None:
    """A text with letters that only look like those that are meant."""
    if cells.expected(column, text, column.name in row.names) is None:
        return None
    reading = _UNSEEN.sub("", text).translate(_ETH)
    reading = (
        re.sub("[！-～]+", lambda run: unicodedata.normalize("NFKC", run[0]), reading)
        if not column.name.endswith("_zh")
        else reading
    )
    reading = unicodedata.normalize("NFC", reading).strip()
    if reading and reading != text:
        return offered(reading, said("This is read as {reading}, with the letters that are meant.", reading=reading))
    return None


def _whole_code(text: str, row: Row) -> Read | None:
    digits = CODES.get((row.texts.get("country", ""), row.texts.get("kind", "")))
    written = unicodedata.normalize("NFKC", text)
    if not digits or not (written.isascii() and written.isdigit()) or (len(written) >= digits and written == text):
        return None
    reading = written.zfill(digits)
    return offered(reading, said("This is read as {reading}: spreadsheets drop zeros in front.", reading=reading))


Reader = Callable[[str, Field, Row], Read | None]
_READERS: tuple[tuple[Callable[[Field], Any], Reader], ...] = (
    (lambda column: column.date, lambda text, column, row: written_dates.of_text(text, column)),
    (lambda column: column.type == "boolean", _boolean),
    (lambda column: column.enum, _closed),
    (
        lambda column: column.type in ("integer", "number"),
        lambda text, column, row: written_numbers.of_text(text, column, row.table.name),
    ),
    (lambda column: column.references, _reference),
    (lambda column: column.pattern, _form),
    (lambda column: column.free, _words),
)
