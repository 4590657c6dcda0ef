"""WordprocessingML by elements, and texts in runs: every Chinese character in a Chinese face, whatever stands beside it."""

import re
from collections.abc import Iterator
from typing import Any

from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement

from atlas.exports.docx.form import Face
from atlas.look.text import HAN, clean

# marks that both scripts have stand in the face of the Chinese characters around them
CHINESE = re.compile(rf"[“‘《]*{HAN.pattern}(?:[“”‘’…—·]+{HAN.pattern})*[”’…]*")
LATIN = {"en": "en-GB"}  # the language of Latin letters; in Chinese papers they are Vietnamese names
VIETNAMESE, CHINA = "vi-VN", "zh-CN"


def w(tag: str, *inside: Any, **attributes: Any) -> Any:
    """An element of WordprocessingML; attributes with a value of None are left out."""
    element = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        if value is not None:
            element.set(qn(f"w:{name}"), str(value))
    element.extend(inside)
    return element


WEIGHTS = {"b": lambda: w("b"), "plain": lambda: w("b", val=0)}


def runs(text: str, han: Face, look: tuple[str, ...] = ()) -> Iterator[Any]:
    """A text as runs, broken where it has line breaks.

    :param han: the face of its Chinese characters.
    :param look: what all runs have: the id of a style, which begins with a capital, ``b`` for bold, ``plain`` for not bold.
    """
    for number, line in enumerate(clean(text).split("\n")):
        if number:
            yield w("r", w("br"))
        at = 0
        for found in CHINESE.finditer(line):
            if found.start() > at:
                yield run(line[at : found.start()], look=look)
            yield run(found.group(), han, look)
            at = found.end()
        if at < len(line):
            yield run(line[at:], look=look)


def run(text: str, han: Face | None = None, look: tuple[str, ...] = ()) -> Any:
    """A run in one look; Chinese if it has a Chinese face."""
    faces = [w("rFonts", hint="eastAsia", eastAsia=han.name)] if han else []
    spoken = [w("lang", val=CHINA, eastAsia=CHINA)] if han else []
    content = _kept(w("t"), text)
    style = [w("rStyle", val=one) for one in look if one not in WEIGHTS]
    marks = [WEIGHTS[one]() for one in look if one in WEIGHTS]
    properties = [*style, *faces, *marks, *spoken]
    return w("r", *([w("rPr", *properties)] if properties else []), content)


def numbered() -> list[Any]:
    """Runs with the number of the page, which Word fills in."""
    ends = [w("r", w("fldChar", fldCharType=end)) for end in ("begin", "separate", "end")]
    return [ends[0], w("r", _kept(w("instrText"), " PAGE ")), ends[1], run("2"), ends[2]]


def _kept(element: Any, text: str) -> Any:
    """The element with a text whose blanks are kept."""
    element.text = text
    element.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return element
