"""A column of names that somebody pastes: which of its lines are names, and which places they mean."""

import codecs
import csv
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from time import monotonic

from atlas import AtlasError
from atlas.model.atlas import Atlas
from atlas.model.recognition import OTHER_PARENT, Candidate, clear, recognise

MOST_LINES = 10_000
LONGEST_LINE = 1_000  # characters; nothing of what is longer is looked up
# what stands before the items of a list; a number that begins with a zero is a code
BULLET = re.compile(r"\A(?:[-–—*•·▪◦‣●○■□✓] |[(（]?[1-9][0-9]{0,4}[.,)、．）] ?(?=[^0-9]))")
# what no text has: control characters, halves of surrogates, marks of the order of bytes or of the direction
NO_TEXT = re.compile(
    "[\0-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufeff\ufffe\uffff\u200b-\u200f\u202a-\u202e\u2060-\u2069]"
)
LINE_END = re.compile("\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
BLANK = "\n\r\x0b\x0c\x85\u2028\u2029"
ENDS = " \t\u3000,;，；、。"
UNSURE = ("misspelling", "other_parent")
NUMBER = re.compile("[1-9][0-9]{0,4}")
STATES = ("sure", "choose", "none", "empty", "late")
SECONDS = 40  # for a list


@dataclass(frozen=True)
class Line:
    """One line of a list: its number from 1, what was written, the name in it and the units above it in words, empty if none."""

    number: int
    written: str
    name: str
    above: str


@dataclass(frozen=True)
class Recognised:
    """What a line means: ``candidates`` are the places that it may mean, best first; None where it was not looked up."""

    line: Line
    candidates: tuple[Candidate, ...] | None

    @cached_property
    def place(self) -> str | None:
        """The id of the place, where there is no doubt."""
        found = clear(list(self.candidates or ()))
        return found.place if found else None

    @property
    def state(self) -> str:
        """One of :data:`STATES`."""
        if not self.line.written:
            return "empty"
        if self.candidates is None:
            return "late"
        if not self.candidates:
            return "none"
        return "sure" if self.place else "choose"


@dataclass(frozen=True)
class Pasted:
    """A list: its lines, at most :data:`MOST_LINES`, and how many more were pasted."""

    lines: list[Line]
    left_out: int


def decoded(name: str, content: bytes) -> str:
    """The text of a list that was saved in UTF-8 or as "Unicode text".

    :raises atlas.AtlasError: it is in another encoding; names the file and the line.
    """
    encoding = "utf-16" if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "utf-8-sig"
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise AtlasError(
            f"{name}: line {line}: expected text in UTF-8; save the list as CSV UTF-8 or as Unicode text"
        ) from None


def read(text: str) -> Pasted:
    """The lines of a pasted list, each in its position; blank lines at its end are none.

    Columns are told apart by tabs, by semicolons, or by the quotes of CSV; the first is the name, the others the units
    above it. A column of running numbers, bullets and numbering are left out.
    """
    *written, rest = LINE_END.split(f"{text.rstrip(ENDS + BLANK)}\n", MOST_LINES)
    written = [NO_TEXT.sub("", line[:LONGEST_LINE]) for line in written]
    rows = [_cells(line) for line in written]
    if _numbered(rows):
        headed = next((row for row in rows if any(row[1:])), [])
        rows = [row[1:] if NUMBER.fullmatch(row[0]) else [""] if row is headed else row for row in rows]
    lines = [_line(number, *both) for number, both in enumerate(zip(written, rows), 1)]
    return Pasted(lines, sum(1 for _ in LINE_END.finditer(rest)))


def _cells(line: str) -> list[str]:
    if "\t" in line:
        cells = line.split("\t")
    elif line.lstrip().startswith('"'):
        cells = next(csv.reader([line.strip()], delimiter=";" if '";' in line else ","), [])
    else:
        cells = re.split("[;；]", line)
    return [BULLET.sub("", " ".join(cell.split())).strip(ENDS + '"“”') for cell in cells]


def _numbered(rows: list[list[str]]) -> bool:
    """Whether the first of several columns counts the lines; its heading may stand above it."""
    first = [row[0] for row in rows if any(row[1:])]
    if first and not NUMBER.fullmatch(first[0]):
        first = first[1:]
    if not first or not all(map(NUMBER.fullmatch, first)):
        return False
    numbers = list(map(int, first))
    return numbers == list(range(numbers[0], numbers[0] + len(numbers))) and (len(numbers) > 1 or numbers == [1])


def _line(number: int, written: str, cells: list[str]) -> Line:
    if len(cells) > 2 and NUMBER.fullmatch(cells[0]) and any(map(str.isalpha, cells[1])):
        cells = cells[1:]  # a number or code before a name and what is above it
    named = [cell for cell in cells if any(map(str.isalnum, cell))]
    # a cell without a letter beside a name is a count or a date of the one who made the list
    above = [cell for cell in named[1:] if any(map(str.isalpha, cell))]
    return Line(number, written.strip(), named[0] if named else "", ", ".join(above))


def recognised(
    atlas: Atlas, lines: Iterable[Line], unit: str | None = None, day: date | None = None, seconds: float = SECONDS
) -> list[Recognised]:
    """What each line means; lines that say the same are looked up once.

    :param unit: the id of a unit in which the places should lie, of any day.
    :param day: on which they should exist.
    :param seconds: lines after so many are not looked up.
    """
    end = monotonic() + seconds
    known: dict[tuple[str, str], tuple[Candidate, ...]] = {}
    found = []
    for line in lines:
        asked = line.name, line.above
        if asked not in known and monotonic() < end:
            known[asked] = tuple(within(atlas, *asked, None, unit, day))
        found.append(Recognised(line, known.get(asked)))
    return found


def within(
    atlas: Atlas, name: str, above: str, kinds: Collection[str] | None, unit: str | None, day: date | None
) -> list[Candidate]:
    """The places that a name may mean beside which the units above it are named, see :func:`atlas.model.recognition.recognise`.

    Where none lies in these, those with the name come all the same, with the reason ``other_parent``.

    :param above: the units in words; empty if none.
    """
    found = recognise(atlas, f"{name}, {above}" if above else name, kinds, unit, day)
    if not above or (found and found[0].reason not in UNSURE):
        return found
    alone = recognise(atlas, name, kinds, unit, day)
    if not alone or alone[0].reason in UNSURE:
        return found or alone
    return [replace(one, score=max(1, one.score - OTHER_PARENT), reason="other_parent") for one in alone]
