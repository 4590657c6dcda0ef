"""The languages that the atlas speaks."""

from babel import Locale

from atlas import LANGUAGES

LOCALES = {"vi": Locale("vi"), "zh": Locale("zh", script="Hans"), "en": Locale("en", "GB")}
LANGUAGE_NAMES = {"vi": "Tiếng Việt", "zh": "中文", "en": "English"}


def preferred(browser_locale: str | None) -> str:
    """The language to start with, from a browser's locale such as ``vi-VN`` or ``zh-Hant-TW``; English otherwise."""
    code = (browser_locale or "").split("-")[0].lower()
    return code if code in LANGUAGES else "en"
