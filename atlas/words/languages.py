"""The languages that the atlas speaks."""

from typing import TypeVar

from babel import Locale

from atlas import LANGUAGES

LOCALES = {"vi": Locale("vi"), "zh": Locale("zh", script="Hans"), "en": Locale("en", "GB")}
LANGUAGE_NAMES = {"vi": "Tiếng Việt", "zh": "中文", "en": "English"}
Side = TypeVar("Side")


def preferred(browser_locale: str | None) -> str:
    """The language to start with, from a browser's locale such as ``vi-VN`` or ``zh-Hant-TW``; English otherwise."""
    code = (browser_locale or "").split("-")[0].lower()
    return code if code in LANGUAGES else "en"


def in_order(language: str, vietnamese: Side, chinese: Side) -> tuple[Side, Side]:
    """What is said of the two sides of a twinning, in the order of a language: the reader's own country first."""
    return (chinese, vietnamese) if language == "zh" else (vietnamese, chinese)
