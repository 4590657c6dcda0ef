"""Numbers as people write them: with separators, units, words for thousands and millions."""

import re
import unicodedata

from atlas.exports.contributions.offers import Read, offered, refused
from atlas.records import Field, cells
from atlas.records.said import said

_GROUPED = re.compile(r"\d{1,3}(?:([., ’'])\d{3})(?:\1\d{3})*")
_QUANTITY = re.compile(
    r"(?P<number>\d[\d., ’']*?)\s*(?P<scale>nghìn|ngàn|triệu|tỷ|千|万|百万|亿|thousand|million)?"
    r"\s*(?P<unit>[^\W\d]*(?: [^\W\d]+){0,3})"
)
_SCALES = {"nghìn": 10**3, "ngàn": 10**3, "thousand": 10**3, "千": 10**3, "万": 10**4, "triệu": 10**6, "百万": 10**6, "million": 10**6, "亿": 10**8, "tỷ": 10**9}  # fmt: skip
_QUALIFIERS = (
    ("about", re.compile(r"^(khoảng|chừng|gần|độ|ước|about|around|approx\w*|circa|ca|约|大约|近|~|≈)\.?\s*|(左右|余|多)\w*$", re.IGNORECASE)),
    ("at_least", re.compile(r"^(hơn|trên|ít nhất|tối thiểu|at least|more than|over|至少|超过|不少于|逾|>|≥)\s*|(以上|trở lên|\+)$", re.IGNORECASE)),
)  # fmt: skip
_RANGE = re.compile(r"\d[\d.,]*\s*(?:-|–|—|~|～|至|到|đến|to)\s*\d[\d.,]*\D*")
# where a point before three digits is one of a position or a share
_FINE = ("lat", "lon", "share")


def of_text(text: str, column: Field, table: str) -> Read | None:
    """What a text may mean in a column of numbers; None where it stands in the form of the tables.

    :param table: of the column; figures and totals are counts, in which a point parts thousands as well.
    """
    written = unicodedata.normalize("NFKC", text).strip()
    grouped = _GROUPED.fullmatch(written)
    fine = column.name in _FINE
    if cells.expected(column, text) is None and (
        fine or not grouped or (column.type == "number" and table not in ("figures", "totals"))
    ):
        return None
    if _RANGE.fullmatch(written):
        return refused(text, said("A range does not fit into one cell; write its ends into {value} and {most}, and {range} into {qualifier}.",
                                   value="value", most="value_max", range="range", qualifier="qualifier"))  # fmt: skip
    for code, pattern in _QUALIFIERS:
        if pattern.search(written):
            return refused(
                text,
                said("Write the number alone here, and {code} into {qualifier}.", code=code, qualifier="qualifier"),
            )
    found = _QUANTITY.fullmatch(written)
    number = _digits(found["number"], fine) if found else None
    if found is None or number is None:
        return refused(text, said("No number can be read from this; write it in digits, without separators and units."))
    scale = _SCALES.get((found["scale"] or "").casefold(), 1)
    reading = f"{round(float(number) * scale, 6):.6f}".rstrip("0").rstrip(".") if scale > 1 else number
    if reading == text:
        return None
    if grouped and grouped[1] in ".," and "." not in reading and scale == 1:
        other = written.replace(",", ".") if written.count(grouped[1]) == 1 else ""
        if other and column.type == "number":
            return offered(
                reading,
                said(
                    "This is read as {reading}, with thousands parted; if {other} is meant, write it so.",
                    reading=reading,
                    other=other.rstrip("0").rstrip("."),
                ),
            )
    return offered(reading, said("This is read as {reading}, a number in digits alone.", reading=reading))


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
