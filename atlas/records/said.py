"""Sentences that are English as they stand and know of what they are made, so that they can be said in other languages."""

from typing import Any


class Said(str):
    """An English sentence with its template and what fills it; equal to, and used as, its text."""

    template: str
    values: dict[str, Any]


class Key(str):
    """A word of the tables, such as an allowed value or the name of a column; other languages have its label beside it."""

    label: str


def key(word: str, label: str) -> Key:
    """A word of the tables with its label in English, which the catalogues have."""
    word = Key(word)
    word.label = label
    return word


def said(template: str, **values: Any) -> Said:
    """The template with its ``{placeholders}`` filled; :meth:`atlas.words.translator.Translator.said` says it elsewhere.

    :param values: texts, numbers, dates, keys, other sentences made here, or tuples of them as lists. A number stands in the form
        of the tables, or where the placeholder ends in ``:,`` in the form of the language.
    """
    text = Said(template.format(**{name: _listed(value) for name, value in values.items()}))
    text.template, text.values = template, values
    return text


def _listed(value: Any) -> Any:
    return ", ".join(value) if isinstance(value, tuple) else value
