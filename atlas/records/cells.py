"""The rules for a cell by itself: size, characters, presence, type, allowed values, form, calendar."""

import re

from atlas import meant
from atlas.records import addresses, damage
from atlas.records.dates import bounds
from atlas.records.loading import FALSE, TRUE, items
from atlas.records.schema import Field

LONGEST_CELL = 10_000

_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
_INTEGER = re.compile(r"-?(0|[1-9][0-9]{0,14})")
_NUMBER = re.compile(r"-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,15})?")

_ADDRESS = r"https?://\S+"

# The schema's patterns in words, for readers who do not read patterns.
_FORMS = {
    "[a-z0-9]+(-[a-z0-9]+)*": "lower-case letters a to z and digits, words joined by hyphens",
    _ADDRESS: "an address that starts with http:// or https:// and has no blanks",
    "[a-z]{2,3}(-[A-Za-z]+)?": "a language code such as vi, zh or en",
    "P[1-9][0-9]{0,2}[YM]": "years or months such as P5Y or P18M, at most three digits",
}


def expected(field: Field, text: str, name: bool = False) -> str | None:
    """What a cell should have been; None if it is right.

    :param name: whether the column holds names of places.
    """
    if not text:
        return "a value" if field.required else None
    if len(text) > LONGEST_CELL:
        return f"at most {LONGEST_CELL:,} characters"
    if not damage.plain(text) and damage.UNREADABLE.search(text):
        return "one line without control, invisible or replacement characters"
    if field.type == "string" and text.startswith(_FORMULA):
        return "text that no spreadsheet takes for a formula: not starting with =, +, - or @"
    if not field.many:
        return _expected_item(field, text, name)
    listed = items(field, text)
    if "" in listed or "；" in text:
        return f"items separated by single '{field.separator}'"
    if len(set(listed)) < len(listed):
        return "each item once"
    return next(filter(None, (_expected_item(field, item, name) for item in listed)), None)


def _expected_item(field: Field, text: str, name: bool) -> str | None:
    if field.date:
        try:
            bounds(text)
        except ValueError as error:
            return str(error)
    if field.enum and text not in field.enum:
        return f"one of {', '.join(field.enum)}{meant(text, field.enum)}"
    if field.type == "boolean" and text not in TRUE + FALSE:
        return "true or false"
    if field.type == "integer" and not _INTEGER.fullmatch(text):
        return "a whole number in digits, without separators"
    if field.type == "number" and not _NUMBER.fullmatch(text):
        return "a number in digits with a point as decimal mark, without separators"
    if field.minimum is not None and float(text) < field.minimum:
        return f"at least {field.minimum:g}"
    if field.maximum is not None and float(text) > field.maximum:
        return f"at most {field.maximum:g}"
    if field.pattern and not re.fullmatch(field.pattern, text):
        return _FORMS.get(field.pattern, f"the form {field.pattern}")
    if field.pattern == _ADDRESS:
        return addresses.expected(text)
    return damage.expected(text, field.name, name) if field.free else None
