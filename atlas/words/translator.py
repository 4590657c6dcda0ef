"""Texts, numbers and dates in the languages of the atlas.

English is the language of the message ids; the catalogues beside this file translate them.
"""

import gettext
from collections.abc import Container
from functools import cache, lru_cache
from io import BytesIO
from pathlib import Path
from string import Formatter
from typing import Any

from babel.dates import format_date, format_interval
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

from atlas import ENGLISH, SPOKEN
from atlas.records.dates import bounds
from atlas.records.said import Key, Said
from atlas.words.languages import LOCALES


def _pattern(language: str, skeleton: str) -> str:
    return LOCALES[language].datetime_skeletons[skeleton].pattern


# by language and by how many characters of an ISO date are known
FORMATS = {
    code: {
        4: _pattern(code, "y"),
        7: _pattern(code, "yMMMM"),
        10: row.long or LOCALES[code].date_formats["long"].pattern,
    }
    for code, row in SPOKEN.items()
}
IN_LISTS = {
    code: {4: _pattern(code, "y"), 7: _pattern(code, row.short[:-1]), 10: _pattern(code, row.short)}
    for code, row in SPOKEN.items()
}
SEPARATORS = {code: locale.list_patterns["standard"]["middle"].format("", "") for code, locale in LOCALES.items()}


@cache
def catalogue(language: str) -> gettext.NullTranslations:
    """The translations of one language; English needs none."""
    path = Path(__file__).with_name(f"{language}.po")
    if not path.exists():
        return gettext.NullTranslations()
    compiled = BytesIO()
    with path.open("rb") as file:
        write_mo(compiled, read_po(file, locale=language))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


class Translator:
    """Says things in one language.

    :param language: one of :data:`atlas.LANGUAGES`.
    """

    def __init__(self, language: str):
        self.language = language
        self._catalogue = catalogue(language)

    def __reduce__(self) -> tuple:  # a catalogue cannot be pickled
        return Translator, (self.language,)

    def __call__(self, message: str, **values: Any) -> str:
        """The translated message with its ``{placeholders}`` filled; numbers in the form of the language."""
        return self._catalogue.gettext(message).format(**{name: self._shown(value) for name, value in values.items()})

    def said(self, text: str) -> str:
        """A sentence made by :func:`atlas.records.said.said`, in this language; any other text as it is."""
        if not isinstance(text, Said):
            return text
        values = {name: self._said_of(value) for name, value in text.values.items()}
        return _Filled(self).vformat(self._catalogue.gettext(text.template), (), values)

    def _said_of(self, value: Any) -> Any:
        if isinstance(value, tuple):
            return self.join(map(self._said_of, value))
        if isinstance(value, Key) and self.language != ENGLISH:
            return self("{key} ({label})", key=str(value), label=self(value.label))
        return self.said(value) if isinstance(value, str) else value

    def plural(self, one: str, many: str, n: int, **values: Any) -> str:
        """The message in the form that the number ``n`` asks for."""
        return self._catalogue.ngettext(one, many, n).format(
            n=self.number(n), **{name: self._shown(value) for name, value in values.items()}
        )

    def forms(self, one: str, many: str, **values: Any) -> list[str]:
        """The message for one and for several, in which a script puts the number for ``{n}``."""
        said = {name: self._shown(value) for name, value in values.items()}
        return [self._catalogue.ngettext(one, many, n).format(n="{n}", **said) for n in (1, 2)]

    def text(self, row: Any, field: str) -> str:
        """The column ``<field>_<language>`` of a record, or an empty string; the English one if tables have no such column."""
        return row[self.column(field, row)] or ""

    def column(self, field: str, columns: Container[str]) -> str:
        """The column of a text in this language; the English one where none of the columns is it."""
        own = f"{field}_{self.language}"
        return own if own in columns else f"{field}_{ENGLISH}"

    def number(self, value: float) -> str:
        """A number with the language's separators."""
        return _decimal(value, self.language)

    def date(self, partial: str | None, formats: dict[str, dict[int, str]] = FORMATS) -> str:
        """A partial date (YYYY, YYYY-MM, YYYY-MM-DD) written out, or "date unknown".

        :param formats: ``IN_LISTS`` where there is little room.
        """
        if not partial:
            return self("date unknown")
        return _written(partial, formats[self.language][len(partial)], self.language)

    def period(self, first: str | None, last: str | None, formats: dict[str, dict[int, str]] = FORMATS) -> str:
        """A period between two partial dates, either of which may be missing; see :meth:`date`."""
        if first and last and first != last:
            if formats is IN_LISTS and len(first) == len(last) == 10:
                return _from_to(first, last, self.language)
            return f"{self.date(first, formats)} – {self.date(last, formats)}"
        return self.date(first or last, formats)

    def join(self, items: Any) -> str:
        """Items in one line, separated as the language does."""
        return SEPARATORS[self.language].join(items)

    def join_long(self, items: Any) -> str:
        """Items that may have commas within themselves, in one line."""
        return SPOKEN[self.language].between.join(items)

    def _shown(self, value: Any) -> Any:
        return self.number(value) if isinstance(value, (int, float)) else value


class _Filled(Formatter):
    """Fills a template whose numbers stand as they are, and those of ``{placeholders:,}`` in the form of a language."""

    def __init__(self, translate: Translator):
        self._translate = translate

    def format_field(self, value: Any, format_spec: str) -> str:
        return self._translate.number(value) if format_spec == "," else super().format_field(value, format_spec)


@lru_cache(maxsize=1 << 13)  # a list has one on every row
def _written(partial: str, form: str, language: str) -> str:
    return format_date(bounds(partial)[0], form, locale=LOCALES[language])


@lru_cache(maxsize=1 << 12)
def _from_to(first: str, last: str, language: str) -> str:
    days = (bounds(first)[0], bounds(last)[0])
    # what both days share is said once
    return format_interval(*days, SPOKEN[language].short, locale=LOCALES[language])


@lru_cache(maxsize=1 << 12)
def _decimal(value: float, language: str) -> str:
    return format_decimal(value, locale=LOCALES[language])
