"""Dates as people and spreadsheets write them."""

import re
import unicodedata
from datetime import date, datetime, time

from atlas.exports.contributions.offers import FORM, Read, offered, refused
from atlas.records import Field, cells
from atlas.records.dates import bounds, typed
from atlas.records.said import said

FIRST_SERIAL, LAST_SERIAL = 10_000, 73_415  # days since 1900 of dates from 1927 to 2100

_EITHER = re.compile(r"(?:ngày )?(\d{1,2})[-./ ](\d{1,2})[-./ ](\d{4})")
_TWO_DIGITS = re.compile(r"\d{1,2}[-./]\d{1,2}[-./]\d{2}")
_HAN_DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")
_HAN_DATE = re.compile("([0-9]{4})年(?:([十0-9]{1,3})月)?(?:([十0-9]{1,3})[日号])?")


def of_spreadsheet(value: date, form: str, text: str, column: Field) -> Read:
    """What a date may mean that a spreadsheet has made.

    :param form: how it is shown; one without a day is a month.
    :param text: as messages show it.
    """
    if not column.date:
        return refused(
            text, said("The spreadsheet has made a date of this; format the cell as text and write it again.")
        )
    if isinstance(value, datetime) and value.time() != time():
        return refused(text, said("A date has no time of day; write it as text: {form}.", form=FORM))
    day = value.isoformat()[:10]
    without_day = form and "d" not in re.sub(r'"[^"]*"|\[[^\]]*\]', "", form).lower()
    if without_day and day.endswith("-01"):
        return offered(
            day[:7], said("A date of the spreadsheet, shown without a day; it is read as {reading}.", reading=day[:7])
        )
    return offered(
        day,
        said(
            "A date of the spreadsheet; it is read as {reading}. Where the source names no day, write it as text.",
            reading=day,
        ),
    )


def of_text(text: str, column: Field) -> Read | None:
    """What a text may mean in a column of dates; None where it stands in the form of the tables."""
    if cells.expected(column, text) is None:
        return None
    written = unicodedata.normalize("NFKC", text).translate(_HAN_DIGITS)
    if re.fullmatch("[0-9]{5}", written) and FIRST_SERIAL <= int(written) <= LAST_SERIAL:
        from openpyxl.utils.datetime import from_excel

        day = from_excel(int(written)).date().isoformat()
        return offered(
            day, said("The number with which the spreadsheet keeps a date; it is read as {reading}.", reading=day)
        )
    if found := _EITHER.fullmatch(written.casefold()):
        return _day_and_month(*found.groups())
    if _TWO_DIGITS.fullmatch(written):
        return refused(text, said("Write the year with four digits: {form}.", form=FORM))
    reading = typed(_with_numbers(written))
    if reading is not None:
        return offered(reading, said("This is read as {reading}.", reading=reading))
    return refused(
        text,
        said(
            "No date can be read from this; write the date alone, as far as it is known: {form}. What is only about so goes into the note.",
            form=FORM,
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
        return refused(
            f"{first}/{second}/{year}",
            said("There is no such day in the calendar; write it as {form}.", form="2016-05-13"),
        )
    if len(set(readings)) == 1:
        return offered(readings[0], said("This is read as {reading}.", reading=readings[0]))
    return offered(
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
