"""What Babel knows of the languages that the atlas speaks, and what each of them puts first."""

from typing import TypeVar

from babel import Locale

from atlas import ENGLISH, SPOKEN

LOCALES = {code: Locale.parse(row.locale) for code, row in SPOKEN.items()}
LANGUAGE_NAMES = {code: row.name for code, row in SPOKEN.items()}
# as pages name their language (BCP 47)
LANGUAGE_CODES = {code: "-".join(filter(None, (code, locale.script))) for code, locale in LOCALES.items()}
Side = TypeVar("Side")


def preferred(browser_locale: str | None) -> str:
    """The language to start with, from a browser's locale such as ``vi-VN`` or ``zh-Hant-TW``; English otherwise."""
    code = (browser_locale or "").split("-")[0].lower()
    return code if code in SPOKEN else ENGLISH


def in_order(language: str, vietnamese: Side, chinese: Side) -> tuple[Side, Side]:
    """What is said of the two sides of a twinning, in the order of a language: the reader's own country first."""
    return (chinese, vietnamese) if SPOKEN[language].chinese_first else (vietnamese, chinese)
