"""What a contribution asks for, row by row, and what is found in it."""

from collections.abc import Mapping
from dataclasses import dataclass

from atlas.records import Table
from atlas.records.problems import printable, shown

GIVEN = "_given"  # the very hidden sheet that keeps the records as they were given out
NEW, CHANGED, CONFIRMED = KINDS = ("new", "changed", "confirmed")
ERROR, READING, TWIN, NOTE = FINDINGS = ("error", "reading", "twin", "note")


@dataclass(frozen=True)
class Finding:
    """What a contributor should see at a cell, a row (no column) or a whole sheet or file (no row).

    `kind` is an error, a reading to confirm, a record that is there already (`record`, its id), or a note of what was
    not read and why. `cell` is where a spreadsheet has it (``C7``), `column` the table's name for it. `message` is a text
    that :meth:`atlas.words.translator.Translator.said` says in the contributor's language. `reading` is what the cell
    would be taken for, in the form of the tables.
    """

    kind: str
    message: str
    sheet: str | None = None
    row: int | None = None
    column: str | None = None
    cell: str | None = None
    value: str | None = None
    reading: str | None = None
    record: str | None = None

    def __str__(self) -> str:
        place = "!".join(str(part) for part in (self.sheet, self.cell or self.row) if part is not None)
        column = f" {shown(self.column)}" if self.column else ""
        value = "" if self.value is None else f' "{shown(self.value)}"'
        return (
            f"{self.kind}: {shown(place)}{column}{value}: {printable(self.message)}"
            if place
            else f"{self.kind}: {printable(self.message)}"
        )


def order(one: Finding) -> tuple:
    """Sorts findings as a reader goes through the file: what is of the whole first."""
    letters = (one.cell or "").rstrip("0123456789")
    return one.sheet or "", one.row or 0, len(letters), letters


def identified(table: Table, cells: Mapping[str, str]) -> str:
    """What a record is known by: its id, or in tables without ids the cells of its primary key with bars between them.

    The same stands in the sheet ``_given``, in :class:`Asked` and in decisions on it.
    """
    return "|".join(cells[column] for column in table.primary_key)


@dataclass(frozen=True)
class Asked:
    """One record that is to be new, changed or confirmed; `id` is :func:`identified`.

    Cells are texts as in the files of ``seeds/``, by column. `cells` has those that are asked for: all filled ones of a
    new record, the changed ones of another, ``last_confirmed`` of a confirmed one where its table has it. `given` has
    the same cells as the contributor saw them, so that whoever reviews sees what has changed since.
    """

    kind: str
    table: str
    id: str
    cells: Mapping[str, str]
    given: Mapping[str, str]
    line: int | None = None


@dataclass(frozen=True)
class Counted:
    """What became of the lines of a sheet: every line is one of these."""

    sheet: str
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    wrong: int = 0
    ignored: int = 0
    hidden: int = 0
    comments: int = 0


@dataclass(frozen=True)
class Checked:
    """All that was read of a contribution; nothing is asked for while there are errors or readings to confirm."""

    name: str
    version: str | None
    asked: tuple[Asked, ...]
    findings: tuple[Finding, ...]
    sheets: tuple[Counted, ...]

    @property
    def ready(self) -> bool:
        """Whether it can be handed in."""
        return bool(self.asked) and not any(one.kind in (ERROR, READING) for one in self.findings)
