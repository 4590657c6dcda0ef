"""The check of a filled workbook: what it asks for, what was found in it, and what became of each of its lines."""

import csv
import errno
import io
import os
import tempfile
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

from atlas import SEEDS, UnknownValue
from atlas.exports.contributions import judged, twins
from atlas.exports.contributions.asked import CHANGED, ERROR, NEW, NOTE, READING, Checked, Counted, Finding
from atlas.exports.contributions.lines import Lines, accounted
from atlas.exports.contributions.reading import read
from atlas.exports.contributions.rows import Filled, Place, Reader, Standing
from atlas.exports.contributions.strangers import Unread
from atlas.files import CannotWrite
from atlas.records import Table, schema
from atlas.records.loading import Tables, load
from atlas.records.said import said

MOST_FINDINGS = 1_000
_ORDER = {ERROR: 0, READING: 1}


def check(content: bytes, name: str, seeds: Path = SEEDS, confirmed: Collection[Place] = ()) -> Checked:
    """What a filled workbook asks for and what is found in it, judged together with the records that are there.

    :param name: of the file, for what only its ending tells.
    :param confirmed: sheet, line and column of cells whose readings the contributor has confirmed.
    """
    checked, _ = _checked(content, name, seeds, confirmed)
    return checked


def _checked(
    content: bytes, name: str, seeds: Path, confirmed: Collection[Place]
) -> tuple[Checked, Mapping[str, list[Filled]]]:
    try:
        book = read(content, name)
    except Unread as unread:
        return Checked(name, None, (), (Finding(ERROR, unread.message),), ()), {}
    tables, _ = load(seeds, schema(seeds))
    examples = {table: {tuple(row)[1:] for row in frame.itertuples(index=False)} for table, frame in tables.items()}
    lines = accounted(book, tables.package, examples)
    reader = Reader(tables, book.given, lines.rows, confirmed)
    rows = {table: [reader.read(line) for line in filled] for table, filled in lines.rows.items()}
    found = [*_named(name), *lines.findings, *reader.findings]
    if found or any(row.asked for filled in rows.values() for row in filled):
        found += _judged(tables, reader.standing, rows, found)
    wrong = {(one.sheet, one.row) for one in found if one.kind == ERROR}
    asked = tuple(
        row.asked
        for filled in rows.values()
        for row in filled
        if row.asked is not None and (row.line.sheet, row.line.number) not in wrong
    )
    if not asked and not wrong:
        found.append(Finding(NOTE, said("The workbook asks for nothing: no row is new or changed.")))
    return Checked(name, book.version, asked, _listed(found), _counted(lines, rows, wrong)), rows


def _judged(
    tables: Tables, standing: Standing, rows: Mapping[str, list[Filled]], found: list[Finding]
) -> list[Finding]:
    """What is wrong, there already, or doubtful once the rows stand among the records."""
    merged = judged.merged(tables, rows)
    wrong = [*judged.errors(merged, tables, found)]
    there = [*twins.twins(merged, standing)]
    if any(one.kind == ERROR for one in (*found, *wrong)):
        return wrong + there
    return [*there, *judged.doubts(merged, tables)]


def _named(name: str) -> Iterable[Finding]:
    if not name.lower().endswith(".xlsx"):
        yield Finding(
            NOTE, said("The name of the file does not end in .xlsx; it is such a workbook all the same and was read.")
        )


def _listed(found: list[Finding]) -> tuple[Finding, ...]:
    """Findings, each once, as many as somebody may read: errors first, each kind in the order of the workbook."""
    ordered = sorted(dict.fromkeys(found), key=lambda one: _ORDER.get(one.kind, 2))
    if len(ordered) <= MOST_FINDINGS:
        return tuple(ordered)
    rest = Finding(
        NOTE, said("{count} more were found; check again when these are mended.", count=len(ordered) - MOST_FINDINGS)
    )
    return (*ordered[:MOST_FINDINGS], rest)


def _counted(lines: Lines, rows: Mapping[str, list[Filled]], wrong: set) -> tuple[Counted, ...]:
    counted = []
    for sheet, ignored in lines.ignored.items():
        became = Counter(
            ERROR if (sheet, row.line.number) in wrong else row.asked.kind if row.asked else None
            for row in rows.get(sheet, ())
        )
        counted.append(
            Counted(
                sheet,
                became[NEW],
                became[CHANGED],
                became[None],
                became[ERROR] + lines.unread[sheet],
                ignored,
                lines.hidden[sheet],
                lines.comments[sheet],
            )
        )
    return tuple(counted)


def places(checked: Checked, cells: Collection[str]) -> set[Place]:
    """Where readings are offered that somebody confirms.

    :param cells: sheets and cells as spreadsheets write them, such as ``twinnings!C7``.
    :raises UnknownValue: no reading is offered for one of them.
    """
    offered = {
        f"{one.sheet}!{one.cell}": (one.sheet, one.row, one.column)
        for one in checked.findings
        if one.kind == READING and one.sheet and one.row and one.column
    }
    named = [cell.strip("'") for cell in cells]  # which some shells leave
    for cell in named:
        if cell not in offered:
            raise UnknownValue.of("--confirm", cell, offered or ["no cell: no reading is offered"])
    return {offered[cell] for cell in named}


def write_rows(
    content: bytes, name: str, out: str | Path, seeds: Path = SEEDS, confirmed: Collection[Place] = ()
) -> tuple[Checked, list[Path]]:
    """Check a filled workbook and write the records that it asks for: a CSV file a table, with the header of the tables in ``seeds/``.

    :param out: a folder that does not exist yet; it is there with all files or not at all.
    :return: what was found, and the files; none where the workbook is not ready.
    :raises CannotWrite: the folder exists or cannot be written.
    """
    out = Path(out)
    checked, rows = _checked(content, name, seeds, confirmed)
    if not checked.ready:
        return checked, []
    if out.exists():
        raise CannotWrite(out, FileExistsError(errno.EEXIST, "is there already"))
    tables = schema(seeds).tables
    wanted = {
        name: [dict(row.whole) for row in rows[name] if row.asked is not None]
        for name in tables
        if any(row.asked for row in rows.get(name, ()))
    }
    try:
        with tempfile.TemporaryDirectory(dir=out.resolve().parent, prefix=f".{out.name}.") as folder:
            ready = Path(folder, "rows")
            ready.mkdir()
            for name, records in wanted.items():
                Path(ready, f"{name}.csv").write_text(_csv(tables[name], records), "utf-8")
            os.rename(ready, out)
    except OSError as error:
        raise CannotWrite(out, error) from error
    return checked, [out / f"{name}.csv" for name in wanted]


def _csv(table: Table, records: list[dict[str, str]]) -> str:
    content = io.StringIO()
    writer = csv.DictWriter(content, table.columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(records)
    return content.getvalue()
