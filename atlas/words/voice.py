"""One or two languages at once."""

from collections.abc import Callable

from atlas import SPOKEN
from atlas.words.translator import Translator

TWO = ("vi-zh", "zh-vi")  # the language of the host stands first
LANGUAGES = (*SPOKEN, *TWO)


def two(language: str) -> str:
    """Both languages of the border for a reader of one: a reader of Chinese has it first."""
    return next((one for one in TWO if one.startswith(language)), TWO[0])


class Voice:
    """Says things in one language, or in two below each other.

    :param language: one of :data:`LANGUAGES`.
    """

    def __init__(self, language: str):
        self.language = language
        self.translators = tuple(Translator(one) for one in language.split("-"))

    @property
    def first(self) -> Translator:
        """The language that decides where only one can: the order of the two countries, and of columns."""
        return self.translators[0]

    def __call__(self, said: Callable[..., str | None], between: str = "\n") -> str:
        """What ``said`` says to a translator of each language; once if it is the same."""
        return between.join(dict.fromkeys(text for one in self.translators if (text := said(one))))
