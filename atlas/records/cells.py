"""The rules for a cell by itself: size, characters, presence, type, allowed values, form, calendar."""

import re

from atlas import nearest
from atlas.records import addresses, damage
from atlas.records.dates import bounds
from atlas.records.loading import FALSE, TRUE, items
from atlas.records.said import Said, key, said
from atlas.records.schema import Field

LONGEST_CELL = 10_000
MOST_LABELLED = 8  # allowed values of which a message says what each means

_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
_INTEGER = re.compile(r"-?(0|[1-9][0-9]{0,14})")
_NUMBER = re.compile(r"-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,15})?")

_ADDRESS = r"https?://\S+"

# The schema's patterns in words, for readers who do not read patterns.
_FORMS = {
    "[a-z0-9]+(-[a-z0-9]+)*": said("lower-case letters a to z and digits, words joined by hyphens"),
    _ADDRESS: said("an address that starts with http:// or https:// and has no blanks"),
    "[a-z]{2,3}(-[A-Za-z]+)?": said("a language code such as vi, zh or en"),
    "P[1-9][0-9]{0,2}[YM]": said("years or months such as P5Y or P18M, at most three digits"),
}


def expected(field: Field, text: str, name: bool = False) -> Said | None:
    """What a cell should have been; None if it is right.

    :param name: whether the column holds names of places.
    """
    if not text:
        return said("a value") if field.required else None
    if len(text) > LONGEST_CELL:
        return said("at most {most:,} characters", most=LONGEST_CELL)
    if not damage.plain(text) and damage.UNREADABLE.search(text):
        return said("one line without control, invisible or replacement characters")
    if field.type == "string" and text.startswith(_FORMULA):
        return said("text that no spreadsheet takes for a formula: not starting with =, +, - or @")
    if not field.many:
        return _expected_item(field, text, name)
    listed = items(field, text)
    if "" in listed or "；" in text:
        return said("items separated by single '{separator}'", separator=field.separator)
    if len(set(listed)) < len(listed):
        return said("each item once")
    return next(filter(None, (_expected_item(field, item, name) for item in listed)), None)


def _expected_item(field: Field, text: str, name: bool) -> Said | None:
    if field.date:
        try:
            bounds(text)
        except ValueError as error:
            return error.args[0]
    if field.enum and text not in field.enum:
        return or_near(said("one of {values}", values=_values(field)), nearest(text, field.enum))
    if field.type == "boolean" and text not in TRUE + FALSE:
        return said("true or false")
    if field.type == "integer" and not _INTEGER.fullmatch(text):
        return said("a whole number in digits, without separators")
    if field.type == "number" and not _NUMBER.fullmatch(text):
        return said("a number in digits with a point as decimal mark, without separators")
    if field.minimum is not None and float(text) < field.minimum:
        return said("at least {least:g}", least=field.minimum)
    if field.maximum is not None and float(text) > field.maximum:
        return said("at most {most:g}", most=field.maximum)
    if field.pattern and not re.fullmatch(field.pattern, text):
        return _FORMS.get(field.pattern) or said("the form {pattern}", pattern=field.pattern)
    if field.pattern == _ADDRESS:
        return addresses.expected(text)
    return damage.expected(text, field.name, name) if field.free else None


def _values(field: Field) -> tuple[str, ...]:
    if len(field.categories) > MOST_LABELLED:  # the sheet of values of a workbook has them all
        return field.enum
    return tuple(key(value, label) for value, label in field.categories.items())


def or_near(expected: Said, near: str | None) -> Said:
    """What was expected, with the known value that is the nearest to what was written, if one is near."""
    return said('{expected}; did you mean "{near}"?', expected=expected, near=near) if near else expected
