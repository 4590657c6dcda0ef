"""Fonts, and how wide a text runs and where it may be broken."""

import re
import textwrap
import unicodedata

FONT = "'Segoe UI', 'Noto Sans', 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', sans-serif"
CHINESE_FONT = "'Noto Sans CJK SC', 'Microsoft YaHei', 'PingFang SC', sans-serif"
WRAP = 42  # narrow letters of 14 px that fit beside each other on a phone
LINE = 19
# a Chinese character with the brackets and stops that belong to it, or a word of narrow letters
UNBREAKABLE = r"[（“《]*(?:[^\u2e80-\uffef\s]+|[\u2e80-\uffef]|\s)[，。、；：）”》]*\s*"


def wrap(text: str, width: int = WRAP) -> list[str]:
    """Lines that fit a width in narrow letters; a Chinese character counts as two and may end a line."""
    if not any(map(_wide, text)):
        return textwrap.wrap(text, width) or [""]
    lines, line, length = [], "", 0
    for piece in re.findall(UNBREAKABLE, text):
        size = sum(1 + _wide(char) for char in piece.rstrip())
        if line and length + size > width:
            lines.append(line.rstrip())
            line, length = "", 0
        line, length = line + piece, length + sum(1 + _wide(char) for char in piece)
    return [*lines, line.rstrip()]


def _wide(char: str) -> bool:
    return unicodedata.east_asian_width(char) in "WF"


HAN = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]+")


def width(text: str, size: float) -> float:
    """About how wide a text runs in a sans-serif face of so many pixels."""
    return sum(1 if HAN.match(char) else 0.56 for char in text) * size


def clean(text: str) -> str:
    """A text with a replacement character for what XML does not allow, such as halves of surrogate pairs."""
    return re.sub(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "\ufffd", text)
