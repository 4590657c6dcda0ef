"""The order of names in a list, as readers of each language look them up."""

import unicodedata
from typing import Any

from atlas import SPOKEN
from atlas.model.spelling import fold, unaccented

VIETNAMESE = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"  # the alphabet, as dictionaries order it
TONES = "\u0300\u0309\u0303\u0301\u0323"  # huyền, hỏi, ngã, sắc, nặng; none goes before


def key(name: str, language: str, pinyin: str | None = None) -> tuple[Any, ...]:
    """By what names in a language are sorted.

    Vietnamese by its own alphabet, then by tone; Chinese by pinyin; in any other language by the letters without marks.

    :param language: one of :data:`atlas.SPOKEN`.
    :param pinyin: of a Chinese name, where it is known; otherwise its characters are read as they usually are.
    """
    if SPOKEN[language].han:
        return _read(name, pinyin), name
    if language == "vi":
        letters, tones = _vietnamese(name)
        return letters, tones, name
    return unaccented(name).casefold(), name


def _read(name: str, pinyin: str | None) -> str:
    from pypinyin import lazy_pinyin  # takes time to load, and only lists that are sorted in Chinese need it

    return fold(pinyin or " ".join(lazy_pinyin(name)))


def _vietnamese(name: str) -> tuple[list[int], list[int]]:
    letters, tones = [], []
    for char in unicodedata.normalize("NFC", name).casefold():
        parts = unicodedata.normalize("NFD", char)
        tones.append(max((TONES.index(one) + 1 for one in parts if one in TONES), default=0))
        letter = unicodedata.normalize("NFC", "".join(one for one in parts if one not in TONES))
        letters.append(VIETNAMESE.find(letter) + 1)  # a space goes before every letter
    return letters, tones
