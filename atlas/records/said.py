"""Sentences that are English as they stand and know of what they are made, so that they can be said in other languages."""

from typing import Any


class Said(str):
    """An English sentence with its template and what fills it; equal to, and used as, its text."""

    template: str
    values: dict[str, Any]


def said(template: str, **values: Any) -> Said:
    """The template with its ``{placeholders}`` filled; :meth:`atlas.words.translator.Translator.said` says it elsewhere.

    :param values: texts, numbers, dates or other sentences made here.
    """
    text = Said(template.format(**values))
    text.template, text.values = template, values
    return text
