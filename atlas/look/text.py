"""Fonts, how wide a text runs, and where it may be broken."""

import math
import re
import textwrap
import unicodedata
from collections.abc import Callable
from functools import lru_cache

from wcwidth import wcwidth

# .streamlit/config.toml and assets/map.css name the same faces
FONT = "'Segoe UI', 'Noto Sans', 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', sans-serif"
CHINESE_FONT = "'Noto Sans CJK SC', 'Microsoft YaHei', 'PingFang SC', sans-serif"
# the same for what the server itself sets, its own faces first
PRINTED_FONT = "'Noto Sans', 'Segoe UI', 'Noto Sans CJK SC', 'Microsoft YaHei', 'PingFang SC', sans-serif"
WRAP = 42  # narrow letters of 14 px that fit beside each other on a phone
LINE = 19
NARROW = 0.56  # of its size runs a letter in a sans-serif face on average
# the share of its size that a letter takes in Noto Sans, the widest of the faces, whatever marks it bears
SHARES = {
    letter: share
    for share, letters in {
        0.27: " ijl.,;:!·'’",
        0.37: "fItJ()[]-/“”",
        0.43: 'r?"',
        0.48: "csz",
        0.53: "vyxkLF–",
        0.58: "aeETSYZ0123456789",
        0.62: "bdghnopquPRVXđ",
        0.65: "ABCK",
        0.74: "DGHUĐ&",
        0.79: "NOQw…",
        0.94: "mMW%—",
        1: "→←≥≤≈",
    }.items()
    for letter in letters
}
HORN = 0.06  # wider is a letter that bears one
STRONGER = 0.035  # so much more of the size takes a bold letter
HAN = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]+")
# a Chinese character with the brackets and stops that belong to it, or a word of narrow letters
UNBREAKABLE = r"[（“《]*(?:[^\u2e80-\uffef\s]+|[\u2e80-\uffef]|\s)[，。、；：）”》]*\s*"
NOT_IN_XML = r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"


def _cells(char: str) -> int:
    """In how many narrow letters' place a character stands: 2 for a Chinese one, 0 for a mark above a letter."""
    return max(0, wcwidth(char))


def columns(text: str) -> int:
    """How wide a text runs in narrow letters; a Chinese character counts as two."""
    return sum(map(_cells, text))


def width(text: str, size: float) -> float:
    """About how wide a text runs in a sans-serif face of so many pixels."""
    return math.fsum((0, NARROW, 1)[_cells(char)] for char in text) * size


@lru_cache(maxsize=1 << 12)
def _share(char: str) -> float:
    cells = _cells(char)
    parts = unicodedata.normalize("NFD", char)
    return (0, SHARES.get(parts[0], 0.61) + HORN * ("\u031b" in parts), 1)[cells]


def breadth(text: str, size: float, bold: bool = False) -> float:
    """How wide a text runs in the widest of the faces, letter by letter, where :func:`width` takes the average of them."""
    letters = sum(char.isalpha() and _cells(char) == 1 for char in text) if bold else 0
    return (math.fsum(map(_share, text)) + STRONGER * letters) * size


def fill(text: str, width: float, measured: Callable[[str], float]) -> list[str]:
    """Lines that fit a width, as ``measured`` takes it; a Chinese character may end a line, and a word too long is cut."""
    lines, line = [], ""
    for piece in re.findall(UNBREAKABLE, text):
        if line and measured(line + piece.rstrip()) > width:
            lines.append(line.rstrip())
            line = ""
        line += piece
        while len(line) > 1 and measured(line.rstrip()) > width:
            most = max(1, next(at for at in range(1, len(line) + 1) if measured(line[:at]) > width) - 1)
            lines.append(line[:most])
            line = line[most:]
    return [*lines, line.rstrip()]


def wrap(text: str, width: int = WRAP) -> list[str]:
    """Lines that fit a width in narrow letters; a Chinese character may end a line."""
    if not any(_cells(char) > 1 for char in text):
        return textwrap.wrap(text, width) or [""]
    lines, line = [], ""
    for piece in re.findall(UNBREAKABLE, text):
        if line and columns(line + piece.rstrip()) > width:
            lines.append(line.rstrip())
            line = ""
        line += piece
    return [*lines, line.rstrip()]


def clean(text: str) -> str:
    """A text with a replacement character for what XML does not allow, such as halves of surrogate pairs."""
    return re.sub(NOT_IN_XML, "\ufffd", text)
