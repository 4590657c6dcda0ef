"""Accepted entries merged into the tables of a folder: only the rows concerned change, byte for byte."""

import csv
import io
import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from atlas import records
from atlas.exports.contributions.asked import CONFIRMED, NEW, Asked, identified
from atlas.records import InvalidRecords, Package, Problem, Table
from atlas.records.loading import load
from atlas.records.said import Said, said
from atlas.words.translator import Translator
from server.inbox.hand_in import Decision, HandIn

LAST_CONFIRMED = "last_confirmed"
CELL = re.compile(r'(?:^|,)("(?:[^"]|"")*"|[^,"\r\n]*)')

Cells = Mapping[str, str]


@dataclass(frozen=True)
class Standing:
    """The records of a folder as texts: `rows` by table and id, in the order of the files."""

    package: Package
    rows: Mapping[str, Mapping[str, dict[str, str]]]


@dataclass
class Merged:
    """What is to stand: changed cells of rows that there are, and whole new rows, by table and id."""

    changed: dict[tuple[str, str], dict[str, str]] = field(default_factory=dict)
    new: dict[tuple[str, str], dict[str, str]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def standing(seeds: Path) -> Standing:
    """The records as they stand in a folder.

    :raises atlas.records.InvalidRecords: a file cannot be read as a table, or has two records of one key.
    """
    package = records.schema(seeds)
    tables, problems = load(seeds, package)
    if problems:
        raise InvalidRecords(problems)
    rows = {
        name: {identified(table, row): row for row in tables[name].to_dict("records")}
        for name, table in package.tables.items()
    }
    if any(len(found) != len(tables[name]) for name, found in rows.items()):
        raise InvalidRecords(records.validate(seeds))
    return Standing(package, rows)


def named(problems: Iterable[Problem], seeds: Path) -> list[Problem]:
    """Problems of the tables of a folder with the record in place of the folder: ``seeds/events.csv, jwc-1``."""
    package = records.schema(seeds)
    tables, _ = load(seeds, package)
    ids = {
        (Path(table.file).name, line): identified(table, row)
        for name, table in package.tables.items()
        for line, row in zip(tables[name].index, tables[name].to_dict("records"))
    }
    files = ((one, Path(one.file).name) for one in problems)
    return [
        replace(one, file=", ".join(filter(None, (f"seeds/{file}", ids.get((file, one.row)))))) for one, file in files
    ]


def changes_nothing(entry: Asked) -> bool:
    """Whether it confirms a record of a table that has no cell for that: such a decision is kept, and enters nowhere."""
    return entry.kind == CONFIRMED and not entry.cells


def merge(was: Standing, hand_in: HandIn, decisions: Mapping[int, Decision]) -> Merged:
    """What the accepted entries of a hand-in ask for, made one.

    :param decisions: those that accept an entry, by its index.
    :raises atlas.records.InvalidRecords: a record is not there or there already, has changed since the contributor and
        the keeper saw it, or two entries contradict; all at once.
    """
    merged = Merged()
    for index, decision in decisions.items():
        entry = hand_in.entries[index]
        table = was.package.tables.get(entry.table)
        if table is None:
            merged.problems.append(_problem(hand_in, entry, None, None, said("a table of the records")))
        elif strangers := [name for name in entry.cells if name not in table.columns]:
            merged.problems += [
                _problem(hand_in, entry, name, None, said("no column that the table does not have"))
                for name in strangers
            ]
        elif entry.kind == NEW:
            _add(was, merged, hand_in, entry, table)
        elif not changes_nothing(entry):
            _change(was, merged, hand_in, entry, decision)
    if merged.problems:
        raise InvalidRecords(merged.problems)
    return merged


def _problem(hand_in: HandIn, entry: Asked, column: str | None, value: str | None, expected: Said) -> Problem:
    return Problem(f"{hand_in.name or hand_in.id}, {entry.table} {entry.id}", entry.line, column, value, expected)


def _add(was: Standing, merged: Merged, hand_in: HandIn, entry: Asked, table: Table) -> None:
    key = dict(zip(table.primary_key, entry.id.split("|")))
    row = {column: entry.cells.get(column, key.get(column, "")) for column in table.columns}
    there = was.rows[entry.table].get(entry.id) or merged.new.get((entry.table, entry.id))
    if there and there != row:
        merged.problems.append(_problem(hand_in, entry, None, None, said("a new id; there is another record under it")))
    elif not there:
        merged.new[entry.table, entry.id] = row


def _change(was: Standing, merged: Merged, hand_in: HandIn, entry: Asked, decision: Decision) -> None:
    row = was.rows[entry.table].get(entry.id)
    if row is None:
        merged.problems.append(_problem(hand_in, entry, None, None, said("a record that there is")))
        return
    known = was.package.tables[entry.table].primary_key
    cells = merged.changed.setdefault((entry.table, entry.id), {})
    for column, value in entry.cells.items():
        if entry.kind == CONFIRMED:  # whoever has confirmed it since takes nothing away from that
            cells[column] = max(value, row[column], cells.get(column, ""))
            continue
        if column in known and value != row[column]:
            expected = said("{value}, for an id stays", value=row[column])
        elif cells.get(column, value) != value:
            expected = said("what the other accepted entry on it says: {value}", value=cells[column])
        elif not _seen(row[column], column, entry, decision):
            expected = said("a decision on it anew: {value} stands there since", value=row[column] or "–")
        else:
            cells[column] = value
            continue
        merged.problems.append(_problem(hand_in, entry, column, value, expected))


def _seen(stands: str, column: str, entry: Asked, decision: Decision) -> bool:
    """Whether what stands is what the contributor saw, or the keeper, or what is asked for."""
    seen = (entry.given.get(column, ""), entry.cells[column], decision.standing.get(column))
    return stands in seen


def confirm(was: Standing, merged: Merged, hand_in: HandIn, decisions: Mapping[int, Decision]) -> None:
    """Give each record that an office confirms the source that this is: a statement of the office, of its day."""
    for index, decision in decisions.items():
        entry = hand_in.entries[index]
        table = was.package.tables[entry.table]
        if entry.kind != CONFIRMED or changes_nothing(entry) or "sources" not in table.columns:
            continue
        source = _statement(was, merged, hand_in, decision.office or hand_in.by, entry.cells[LAST_CONFIRMED])
        cells = merged.changed[entry.table, entry.id]
        listed = (cells.get("sources") or was.rows[entry.table][entry.id]["sources"]).split(";")
        cells["sources"] = ";".join(listed if source in listed else [*filter(None, listed), source])


def _statement(was: Standing, merged: Merged, hand_in: HandIn, office: str, day: str) -> str:
    """The id of the source; it is new unless the same office has said so on the same day."""
    translate = Translator(hand_in.language)
    row = dict.fromkeys(was.package.tables["sources"].columns, "") | {
        "title": translate("Statement of {office}, {day}", office=office, day=translate.date(day)),
        "publisher": office,
        "published": day,
        "language": hand_in.language,
        "kind": "official",
        "note": "Statement of an office to the atlas, kept with its hand-in and not published elsewhere.",
    }
    first = "-".join(filter(None, ("statement", _ascii(office) or _ascii(hand_in.by), day)))
    for number in range(1, 1000):
        id = first if number == 1 else f"{first}-{number}"
        there = was.rows["sources"].get(id) or merged.new.get(("sources", id))
        if not there or there == row | {"id": id}:
            if not there:
                merged.new["sources", id] = row | {"id": id}
            return id
    raise AssertionError("a thousand statements of one name and day")


def _ascii(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold().replace("đ", "d")).encode("ascii", "ignore").decode()
    return "-".join(re.findall("[a-z0-9]+", plain))[:60].strip("-")


def write(seeds: Path, was: Standing, merged: Merged, today: date) -> dict[str, bytes]:
    """The files that change, by their name in the folder: tables, and the version where today is later than it."""
    files = {}
    for name, table in was.package.tables.items():
        changed = {id: cells for (of, id), cells in merged.changed.items() if of == name}
        new = {id: row for (of, id), row in merged.new.items() if of == name}
        path = seeds / Path(table.file).name
        before = path.read_bytes()
        after = _table(before.decode("utf-8"), table, was, changed, new).encode("utf-8")
        if after != before:
            files[path.name] = after
    if files and today > was.package.version:
        told = (seeds / records.DESCRIPTION).read_text("utf-8")
        version = re.sub(r'("version"\s*:\s*")[^"]*(")', rf"\g<1>{today:%Y.%m.%d}\g<2>", told, count=1)
        files[records.DESCRIPTION] = version.encode()
    return files


def cited(citation: str, today: date) -> str:
    """The text of CITATION.cff with the version of today."""
    return re.sub(r"^(version|date-released): \d{4}-\d{2}-\d{2}$", rf"\g<1>: {today}", citation, flags=re.MULTILINE)


def _table(
    text: str, table: Table, was: Standing, changed: Mapping[str, Cells], new: Mapping[str, Mapping[str, str]]
) -> str:
    if not changed and not new:
        return text
    rows = list(_raw(text))
    end = "\r\n" if rows[0].endswith("\r\n") else "\n"
    if not rows[-1].endswith("\n"):
        rows[-1] += end
    header, keys = rows[0], list(was.rows[table.name])
    body = dict(zip(keys, rows[1:], strict=True))
    for id, cells in changed.items():
        stands = was.rows[table.name][id]
        differing = {column: value for column, value in cells.items() if value != stands[column]}
        if differing:
            body[id] = _changed_row(body[id], table, stands, differing, end)
    for id, row in new.items():
        keys.insert(_position(keys, id), id)
        body[id] = _line([row[column] for column in table.columns]) + end
    return "".join([header, *(body[id] for id in keys)])


def _raw(text: str) -> Iterator[str]:
    """The rows as they are written, line breaks in cells and at the end included."""
    lines = list(io.StringIO(text, newline=""))
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    begun = 0
    for _ in reader:
        yield "".join(lines[begun : reader.line_num])
        begun = reader.line_num


def _changed_row(raw: str, table: Table, stands: Cells, differing: Cells, end: str) -> str:
    """The row with other cells in it; those that stay keep their quotation marks."""
    cells = CELL.findall(raw)
    if len(cells) != len(table.columns):
        cells = [_line([stands[column]]) for column in table.columns]
    for column, value in differing.items():
        cells[table.columns.index(column)] = _line([value])
    return ",".join(cells) + end


def _line(cells: Iterable[str]) -> str:
    content = io.StringIO()
    csv.writer(content, lineterminator="").writerow(cells)
    return "" if content.getvalue() == '""' else content.getvalue()


def _position(keys: list[str], id: str) -> int:
    """Where a new row belongs: in order where the table is, otherwise after the row whose id begins most like its own."""
    ordered = [one.split("|") for one in keys]
    if ordered == sorted(ordered):
        return bisect_left(ordered, id.split("|"))
    nearest = max(range(len(keys)), key=lambda at: (_alike(keys[at], id), at))
    return nearest + 1


def _alike(one: str, other: str) -> int:
    """With how many letters both begin."""
    return next((n for n, (a, b) in enumerate(zip(one, other)) if a != b), min(len(one), len(other)))
