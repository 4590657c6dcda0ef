"""Words for what the tables hold as keys: the name of any record, and of any allowed value."""

from typing import Any

from atlas import ENGLISH
from atlas.model.atlas import Atlas
from atlas.records import Field
from atlas.words.languages import LANGUAGE_NAMES, LOCALES
from atlas.words.naming import record_name
from atlas.words.translator import Translator

ENDS = {f"_{code}": f" ({locale.get_language_name(ENGLISH)})" for code, locale in LOCALES.items()}


def title(field: Field) -> str:
    """The message id of a column's title; columns of one text in several languages share it."""
    return field.title.removesuffix(ENDS.get(field.name[-3:], ""))


def title_with_language(field: Field, translate: Translator) -> str:
    """A column's title, with the language where it is one of several columns of the same text."""
    shared = title(field)
    return translate(shared) if shared == field.title else f"{translate(shared)} ({LANGUAGE_NAMES[field.name[-2:]]})"


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
