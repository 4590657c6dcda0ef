"""One or two languages at once."""

from collections.abc import Callable

from atlas import SPOKEN
from atlas.words.translator import Translator

LANGUAGES = (*SPOKEN, "vi-zh")


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
