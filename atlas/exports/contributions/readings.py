"""What people write into cells, and what it would be in the form of the tables: offered to be confirmed, never guessed."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from functools import cache
from itertools import groupby
from typing import Any

from atlas import LANGUAGES
from atlas.exports.contributions.asked import ERROR, READING
from atlas.exports.contributions.names import Named
from atlas.exports.contributions.reading import Cell
from atlas.model.spelling import fold, unaccented
from atlas.records import Field, Table, cells
from atlas.records.contradictions import CODES
from atlas.records.dates import bounds, typed
from atlas.records.loading import items
from atlas.records.said import Said, said
from atlas.words.languages import LOCALES
from atlas.words.translator import Translator

LONGEST_CELL = 10_000  # characters
MOST_MARKS = 4  # on one letter; Unicode sorts them in the square of their number
FIRST_SERIAL, LAST_SERIAL = 10_000, 73_415  # days since 1900 of dates from 1927 to 2100

_SPACES = re.compile("[\u00a0\u2007\u202f\u3000]")
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_ERROR_VALUE = re.compile(r"#(N/A|N/V|NV|N/D)|#[^\s#!?！？]+[!?！？]|#{3,}", re.IGNORECASE)
_EITHER = re.compile(r"(?:ngày )?(\d{1,2})[-./ ](\d{1,2})[-./ ](\d{4})")
_TWO_DIGITS = re.compile(r"\d{1,2}[-./]\d{1,2}[-./]\d{2}")
_HAN_DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")
_HAN_DATE = re.compile("([0-9]{4})年(?:([十0-9]{1,3})月)?(?:([十0-9]{1,3})[日号])?")
_ETH = str.maketrans("ÐðƉɖƊ", "ĐđĐđĐ")

_GROUPED = re.compile(r"\d{1,3}(?:([., ’'])\d{3})(?:\1\d{3})*")
_QUANTITY = re.compile(
    r"(?P<number>\d[\d., ’']*?)\s*(?P<scale>nghìn|ngàn|triệu|tỷ|千|万|百万|亿|thousand|million)?\s*(?P<unit>[^\W\d]*(?: [^\W\d]+){0,3})"
)
_SCALES = {"nghìn": 10**3, "ngàn": 10**3, "thousand": 10**3, "千": 10**3, "万": 10**4, "triệu": 10**6, "百万": 10**6, "million": 10**6, "亿": 10**8, "tỷ": 10**9}  # fmt: skip
_QUALIFIERS = (
    ("about", re.compile(r"^(khoảng|chừng|gần|độ|ước|about|around|approx\w*|circa|ca|约|大约|近|~|≈)\.?\s*|(左右|余|多)\w*$", re.IGNORECASE)),
    ("at_least", re.compile(r"^(hơn|trên|ít nhất|tối thiểu|at least|more than|over|至少|超过|不少于|逾|>|≥)\s*|(以上|trở lên|\+)$", re.IGNORECASE)),
)  # fmt: skip
_RANGE = re.compile(r"\d[\d.,]*\s*(?:-|–|—|~|～|至|到|đến|to)\s*\d[\d.,]*\D*")
_TERM = re.compile(r"(\d{1,3})\s*(năm|years?|年|tháng|months?|个月|個月|月)", re.IGNORECASE)
_YES = {"có", "co", "đúng", "yes", "y", "x", "✓", "✔", "√", "是", "有", "对", "vrai", "on"}
_NO = {"không", "khong", "sai", "no", "n", "否", "不", "无", "没有", "非", "off"}
# where a point before three digits is one of a position or a share
_FINE = ("lat", "lon", "share")


@dataclass(frozen=True)
class Read:
    """What a cell is taken for; `kind` is None where it stands so, else what is to be said of it."""

    text: str
    kind: str | None = None
    message: Said | None = None


@dataclass
class Row:
    """A row while it is read: its table, what is read of it so far, and what names may mean."""

    table: Table
    named: Named
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
    if plain.kind or plain.text == before:
        return plain
    offered = _offer(plain.text, column, row)
    if offered is None or offered.kind == ERROR:
        return offered or plain
    if cells.expected(column, offered.text, column.name in row.table.names):
        return plain  # what is offered is as wrong as what is there, and the rules say how
    return offered


def _plain(cell: Cell, column: Field) -> Read:
    """A cell as text: the blanks, line ends and letters of the tables."""
    value, text = cell.value, shown(cell)
    if is_error_value(cell):
        return _refused(
            text, said("The spreadsheet has an error here ({value}); write the value itself.", value=text[:20])
        )
    if cell.kind == "f" or not isinstance(value, (str, int, float, datetime, date, time, timedelta)):
        return _refused(text, said("A formula is not read; copy the cell and paste it as a value."))
    if isinstance(value, bool):
        return Read(str(value).lower())
    if isinstance(value, (datetime, date)):
        return _spreadsheet_date(value, cell.form, text, column)
    if isinstance(value, (time, timedelta)):
        return _refused(
            text, said("The spreadsheet has made a time of day of this; format the cell as text and write it again.")
        )
    if isinstance(value, float):
        return Read(str(int(value)) if value.is_integer() else repr(value))
    if len(text) > LONGEST_CELL or len(str(value)) > LONGEST_CELL:
        return _refused(text, said("The text is longer than {most:,} characters.", most=LONGEST_CELL))
    if any(marked and len(list(run)) > MOST_MARKS for marked, run in groupby(text, _is_mark)):
        return _refused(text, said("A letter has more than {most} marks; write it again.", most=MOST_MARKS))
    text = unicodedata.normalize("NFC", _SPACES.sub(" ", text)).strip()
    if column.many and re.search(r"[\r\n]", text):
        return Read(text)  # which may part the items
    return Read(" ".join(filter(None, map(str.strip, re.split(r"[\r\n]+", text)))))


def _is_mark(letter: str) -> bool:
    return unicodedata.combining(letter) > 0


def _refused(text: str, message: Said) -> Read:
    return Read(text, ERROR, message)


def _offered(text: str, message: Said) -> Read:
    return Read(text, READING, message)


def _spreadsheet_date(value: date, form: str, text: str, column: Field) -> Read:
    if not column.date:
        return _refused(
            text, said("The spreadsheet has made a date of this; format the cell as text and write it again.")
        )
    if isinstance(value, datetime) and value.time() != time():
        return _refused(
            text, said("A date has no time of day; write it as text: {form}.", form="2016, 2016-05, 2016-05-13")
        )
    day = value.isoformat()[:10]
    without_day = form and "d" not in re.sub(r'"[^"]*"|\[[^\]]*\]', "", form).lower()
    if without_day and day.endswith("-01"):
        return _offered(
            day[:7], said("A date of the spreadsheet, shown without a day; it is read as {reading}.", reading=day[:7])
        )
    return _offered(
        day,
        said(
            "A date of the spreadsheet; it is read as {reading}. Where the source names no day, write it as text.",
            reading=day,
        ),
    )


def _offer(text: str, column: Field, row: Row) -> Read | None:
    """What a text may mean that does not stand in the form of the tables; None where there is nothing to say."""
    if column.many:
        return _several(text, column, row)
    if column.name == "official_code" and (code := _whole_code(text, row)):
        return code
    return _alone(text, column, row)


def _several(text: str, column: Field, row: Row) -> Read | None:
    """A list: its items parted by semicolons, each read by itself."""
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
    return _offered(reading, said("This is read as {reading}; items stand between semicolons.", reading=reading))


def _alone(text: str, column: Field, row: Row) -> Read | None:
    for holds, reader in _READERS:
        if holds(column):
            return reader(text, column, row)
    return None


def _date(text: str, column: Field, row: Row) -> Read | None:
    if cells.expected(column, text) is None:
        return None
    written = unicodedata.normalize("NFKC", text).translate(_HAN_DIGITS)
    if re.fullmatch("[0-9]{5}", written) and FIRST_SERIAL <= int(written) <= LAST_SERIAL:
        from openpyxl.utils.datetime import from_excel

        day = from_excel(int(written)).date().isoformat()
        return _offered(
            day, said("The number with which the spreadsheet keeps a date; it is read as {reading}.", reading=day)
        )
    if found := _EITHER.fullmatch(written.casefold()):
        return _day_and_month(*found.groups())
    if _TWO_DIGITS.fullmatch(written):
        return _refused(text, said("Write the year with four digits: {form}.", form="2016, 2016-05, 2016-05-13"))
    reading = typed(_with_numbers(written))
    if reading is not None:
        return _offered(reading, said("This is read as {reading}.", reading=reading))
    return _refused(
        text,
        said(
            "No date can be read from this; write the date alone, as far as it is known: {form}. What is only about so goes into the note.",
            form="2016, 2016-05, 2016-05-13",
        ),
    )


def _day_and_month(first: str, second: str, year: str) -> Read | None:
    """A date of three numbers with the year last; the day stands first in Vietnam, and where that cannot be, the month does."""
    readings = [
        day
        for one, other in ((second, first), (first, second))
        if _is_day(day := f"{year}-{one.zfill(2)}-{other.zfill(2)}")
    ]
    if not readings:
        return _refused(
            f"{first}/{second}/{year}",
            said("There is no such day in the calendar; write it as {form}.", form="2016-05-13"),
        )
    if len(set(readings)) == 1:
        return _offered(readings[0], said("This is read as {reading}.", reading=readings[0]))
    return _offered(
        readings[0],
        said(
            "This is read as {reading}, with the day before the month; if {other} is meant, write it so.",
            reading=readings[0],
            other=readings[1],
        ),
    )


def _is_day(text: str) -> bool:
    try:
        return bool(bounds(text))
    except ValueError:
        return False


def _with_numbers(text: str) -> str:
    """Chinese numerals of months and days (十二月二十五日) as digits."""
    found = _HAN_DATE.search(text)
    if not found:
        return text
    year, *rest = found.groups()
    return "-".join([year, *(str(_han_number(part)) for part in rest if part)])


def _han_number(text: str) -> int:
    tens, ten, ones = text.rpartition("十")
    return int(tens or "1") * 10 + int(ones or "0") if ten else int(text)


def _boolean(text: str, column: Field, row: Row) -> Read | None:
    if cells.expected(column, text) is None:
        return None
    word = unicodedata.normalize("NFKC", text).casefold()
    reading = "true" if word in _YES | {"true"} else "false" if word in _NO | {"false"} else None
    if reading is None:
        return _refused(text, said("Write {yes} or {no} here.", yes="true", no="false"))
    return _offered(reading, said("This is read as {reading}.", reading=reading))


def _closed(text: str, column: Field, row: Row) -> Read | None:
    """A value of a closed list, by its label in any language."""
    if text in column.enum:
        return None
    word = unicodedata.normalize("NFKC", text).casefold().strip(" .。")
    for key in (word, fold(word)):
        found = _labels(column.name, tuple(column.categories.items())).get(key, set())
        if len(found) == 1:
            (value,) = found
            return _offered(value, said("This is read as {reading}, the value that is called so.", reading=value))
    return None


@cache
def _labels(name: str, categories: tuple[tuple[str, str], ...]) -> dict[str, set[str]]:
    known: dict[str, set[str]] = {}
    for language in LANGUAGES:
        translate = Translator(language)
        for value, label in categories:
            for word in (value, value.replace("_", " "), translate(label)):
                for key in (word.casefold(), fold(word)):
                    known.setdefault(key, set()).add(value)
    return known


def _number(text: str, column: Field, row: Row) -> Read | None:
    written = unicodedata.normalize("NFKC", text).strip()
    grouped = _GROUPED.fullmatch(written)
    fine = column.name in _FINE
    if cells.expected(column, text) is None and (
        fine or not grouped or (column.type == "number" and row.table.name not in ("figures", "totals"))
    ):
        return None
    if _RANGE.fullmatch(written):
        return _refused(text, said("A range does not fit into one cell; write its ends into {value} and {most}, and {range} into {qualifier}.",
                                   value="value", most="value_max", range="range", qualifier="qualifier"))  # fmt: skip
    for code, pattern in _QUALIFIERS:
        if pattern.search(written):
            return _refused(
                text,
                said("Write the number alone here, and {code} into {qualifier}.", code=code, qualifier="qualifier"),
            )
    found = _QUANTITY.fullmatch(written)
    number = _digits(found["number"], fine) if found else None
    if found is None or number is None:
        return _refused(
            text, said("No number can be read from this; write it in digits, without separators and units.")
        )
    scale = _SCALES.get((found["scale"] or "").casefold(), 1)
    reading = f"{round(float(number) * scale, 6):.6f}".rstrip("0").rstrip(".") if scale > 1 else number
    if reading == text:
        return None
    if grouped and grouped[1] in ".," and "." not in reading and scale == 1:
        other = written.replace(",", ".") if written.count(grouped[1]) == 1 else ""
        if other and column.type == "number":
            return _offered(
                reading,
                said(
                    "This is read as {reading}, with thousands parted; if {other} is meant, write it so.",
                    reading=reading,
                    other=other.rstrip("0").rstrip("."),
                ),
            )
    return _offered(reading, said("This is read as {reading}, a number in digits alone.", reading=reading))


def _digits(text: str, fine: bool) -> str | None:
    """The digits of a number whose separators tell by themselves what they part; None where they do not."""
    text = text.strip(" .,")
    if not fine and _GROUPED.fullmatch(text):
        return re.sub(r"\D", "", text)
    if re.fullmatch(r"\d+", text):
        return str(int(text))
    if re.fullmatch(r"\d+[.,]\d+", text):
        return text.replace(",", ".")
    for thousands, decimal in (".,", ",."):
        if re.fullmatch(rf"\d{{1,3}}(?:\{thousands}\d{{3}})+\{decimal}\d+", text):
            return text.replace(thousands, "").replace(decimal, ".")
    return None


def _reference(text: str, column: Field, row: Row) -> Read | None:
    """A record that is named otherwise than by its id."""
    assert column.references
    if row.named.has(column.references, text):
        return None
    found = row.named.find(column.references, text, row.table.name, column.name, row.texts)
    if len(found) == 1:
        return _offered(found[0], said("This is read as {reading}, the record of this name.", reading=found[0]))
    if found:
        return _refused(
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
        _offered(reading, said("This is read as {reading}.", reading=reading)) if reading and reading != text else None
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
    if cells.expected(column, text, column.name in row.table.names) is None:
        return None
    reading = _UNSEEN.sub("", text).translate(_ETH)
    reading = (
        re.sub("[！-～]+", lambda run: unicodedata.normalize("NFKC", run[0]), reading)
        if not column.name.endswith("_zh")
        else reading
    )
    reading = unicodedata.normalize("NFC", reading).strip()
    if reading and reading != text:
        return _offered(reading, said("This is read as {reading}, with the letters that are meant.", reading=reading))
    return None


def _whole_code(text: str, row: Row) -> Read | None:
    digits = CODES.get((row.texts.get("country", ""), row.texts.get("kind", "")))
    written = unicodedata.normalize("NFKC", text)
    if not digits or not (written.isascii() and written.isdigit()) or (len(written) >= digits and written == text):
        return None
    reading = written.zfill(digits)
    return _offered(reading, said("This is read as {reading}: spreadsheets drop zeros in front.", reading=reading))


Reader = Callable[[str, Field, Row], Read | None]
_READERS: tuple[tuple[Callable[[Field], Any], Reader], ...] = (
    (lambda column: column.date, _date),
    (lambda column: column.type == "boolean", _boolean),
    (lambda column: column.enum, _closed),
    (lambda column: column.type in ("integer", "number"), _number),
    (lambda column: column.references, _reference),
    (lambda column: column.pattern, _form),
    (lambda column: column.free, _words),
)
