"""Words for what the tables hold as keys: the name of any record, and of any allowed value."""

from typing import Any

from atlas.model.atlas import Atlas
from atlas.records import Field
from atlas.words.languages import LANGUAGE_NAMES
from atlas.words.naming import record_name
from atlas.words.translator import Translator

SUFFIXES = {"_vi": (" (Vietnamese)", "vi"), "_zh": (" (Chinese)", "zh"), "_en": (" (English)", "en")}


def title(field: Field) -> str:
    """The message id of a column's title; columns of one text in three languages share it."""
    suffix, _ = SUFFIXES.get(field.name[-3:], ("", None))
    return field.title.removesuffix(suffix)


def title_with_language(field: Field, translate: Translator) -> str:
    """A column's title, with the language where it is one of three columns of the same text."""
    suffix, language = SUFFIXES.get(field.name[-3:], ("", ""))
    return (
        f"{translate(title(field))} ({LANGUAGE_NAMES[language]})"
        if suffix and field.title.endswith(suffix)
        else translate(field.title)
    )


def cell(atlas: Atlas, field: Field, value: Any, words: dict[str, str], translate: Translator) -> Any:
    """A value of a table as a reader sees it: names for ids (sources keep theirs), ``words`` for allowed values, lists in one line."""
    if field.many or field.references:
        items = value if isinstance(value, tuple) else (value,) if value else ()
        if field.references and field.references != "sources":
            return "; ".join(record_name(atlas, field.references, item, translate) for item in items)
        return "; ".join(words[item] if field.enum else item for item in items)
    if field.type == "boolean":
        return translate("yes") if value else translate("no")
    if field.enum:
        return words[value] if value else ""
    return "" if value is None else value
