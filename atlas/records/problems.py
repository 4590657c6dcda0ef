"""What the readers and checks report: a place in a file and what was expected there."""

from dataclasses import dataclass

from atlas import AtlasError
from atlas.records.said import Said, said

LONGEST_VALUE_SHOWN = 60


@dataclass(frozen=True)
class Problem:
    """A cell, row or file that breaks a rule of the tables.

    `row` is the line in the file, the header being line 1; None when the whole file is meant.
    `value` is the text found; None when there is none to show.
    """

    file: str
    row: int | None
    column: str | None
    value: str | None
    expected: Said

    def __str__(self) -> str:
        return f"{_where(self)}: {printable(self.message)}"

    @property
    def message(self) -> Said:
        """What was expected, as a sentence."""
        return said("expected {expected}", expected=self.expected)


@dataclass(frozen=True)
class Remark:
    """Something in valid records that a person should look at.

    `kind` names the check (see `atlas.records.checks`); the other attributes are those of
    `Problem`.
    """

    kind: str
    file: str
    row: int | None
    column: str | None
    value: str | None
    message: Said

    def __str__(self) -> str:
        return f"{_where(self)}: {printable(self.message)}"


class InvalidRecords(AtlasError):
    """The tables cannot be used; `problems` lists every reason."""

    def __init__(self, problems: list[Problem]):
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


def in_file_order(findings: list) -> list:
    """Problems or remarks sorted by file, row and column."""
    return sorted(findings, key=lambda found: (found.file, found.row or 0, found.column or ""))


def _where(found: Problem | Remark) -> str:
    text = printable(found.file)
    if found.row is not None:
        text += f":{found.row}"
    if found.column is not None:
        text += f" {shown(found.column)}"
    if found.value is not None:
        text += f' "{shown(found.value)}"'
    return text


def shown(value: str) -> str:
    """A value, or the name of a column that a file may not have, in one printable line, shortened."""
    if len(value) > LONGEST_VALUE_SHOWN:
        value = value[: LONGEST_VALUE_SHOWN - 1] + "…"
    return printable(value)


def printable(text: str) -> str:
    """One printable line; a terminal must not obey what a cell contains, nor what a sentence quotes of another cell."""
    return "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in text)
