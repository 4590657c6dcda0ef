"""Partial dates: `2016`, `2013-09`, `2013-09-04` (ISO 8601, EDTF level 0)."""

import re
import unicodedata
from calendar import monthrange
from datetime import date
from functools import cache

from babel.dates import get_month_names

from atlas import SPOKEN
from atlas.records.said import said

FIRST_YEAR, LAST_YEAR = 1900, 2100
FORM = said("YYYY, YYYY-MM or YYYY-MM-DD")

_PARTS = re.compile(r"([0-9]{4})(?:-(0[1-9]|1[0-2])(?:-([0-9]{2}))?)?")
_MONTHS = {
    name.casefold().rstrip("."): str(month)
    for row in SPOKEN.values()
    for width in ("wide", "abbreviated")
    for month, name in get_month_names(width, locale=row.locale).items()
}


@cache
def bounds(text: str) -> tuple[date, date]:
    """Earliest and latest day that a partial date can mean.

    Raises ValueError whose one argument says the expected form: for any other writing, for a day that
    its month does not have, and for a year outside 1900 to 2100.
    """
    match = _PARTS.fullmatch(text)
    if match is None:
        raise ValueError(FORM)
    year, month, day = (int(part or 0) for part in match.groups())
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(said("a year from {first} to {last}", first=FIRST_YEAR, last=LAST_YEAR))
    if not month:
        return date(year, 1, 1), date(year, 12, 31)
    last_day = monthrange(year, month)[1]
    if not match[3]:
        return date(year, month, 1), date(year, month, last_day)
    if not 1 <= day <= last_day:
        raise ValueError(said("a day from 01 to {last} in {month}", last=last_day, month=text[:7]))
    return date(year, month, day), date(year, month, day)


def typed(text: str) -> str | None:
    """The partial date that a person has typed; None where it is none.

    Understood are year-month-day and day-month-year with any of ``- / .``, spaces, 年月日 or the words ngày, tháng, năm
    between them, and the names of months in the languages of the atlas. Years have four digits.
    """
    words = re.findall(r"\w+", unicodedata.normalize("NFKC", text).casefold())
    if len(words) == 3 and words[0] in _MONTHS:  # May 1, 2016
        words[:2] = words[1::-1]
    parts = re.sub("ngày|tháng|năm|[年月日号]", " ", " ".join(_MONTHS.get(word, word) for word in words)).split()
    if len(parts) > 1 and len(parts[-1]) == 4:
        parts.reverse()
    if not parts or len(parts) > 3 or not all(re.fullmatch("[0-9]{1,4}", part) for part in parts):
        return None
    partial = "-".join(part.zfill(2) for part in parts)
    try:
        bounds(partial)
    except ValueError:
        return None
    return partial


def clock() -> date:
    """The day that the machine believes in."""
    return date.today()


def today(version: str) -> date:
    """Today by the clock, but not before the day of the data: a machine may wake up with its clock at zero.

    :param version: of the data (ISO 8601).
    """
    return max(clock(), date.fromisoformat(version))


def anniversary(signed: str, day: date, every: int = 5) -> tuple[int, str] | None:
    """The next anniversary that has not passed on a day: how many years, and its partial date, as fine as ``signed``.

    :param every: only years that this number divides; 5 for those that offices keep.
    :return: None for a paper of 29 February in a year that has no such day.
    """
    year = bounds(signed)[0].year
    for years in range(every, LAST_YEAR - year, every):
        text = f"{year + years}{signed[4:]}"
        try:
            if bounds(text)[1] >= day:
                return years, text
        except ValueError:
            return None
    return None
