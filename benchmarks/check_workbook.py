"""Checking filled workbooks: seconds and memory of 5,000 rows beside openpyxl alone, and of workbooks meant to do harm.

The rows are real records under new ids. Each figure is that of a process of its own.
"""

import io
import multiprocessing
import resource
import time
import zipfile
from collections.abc import Callable

import openpyxl
import xlsxwriter

from atlas import SEEDS
from atlas.records import read, schema
from atlas.records.loading import load

ROWS = 5_000
TABLES = ("sources", "events", "figures")


def main() -> None:
    """Print one table for real workbooks, one for hostile ones."""
    print("| 5,000 rows of | check, s | MB | openpyxl alone, s | MB | check, ratio |\n|---|---|---|---|---|---|")
    for name in TABLES:
        content = filled(name, ROWS)
        (seconds, megabytes), (alone, least) = (_apart(what, content) for what in (_check, _load))
        print(
            f"| {name} | {seconds:.1f} | {megabytes:.0f} | {alone:.1f} | {least:.0f} | {seconds / alone:.1f} |",
            flush=True,
        )
    print("\n| meant to do harm | s | MB | said |\n|---|---|---|---|")
    for name, content in hostile().items():
        seconds, megabytes, message = _apart(_refused, content)
        print(f"| {name} | {seconds:.1f} | {megabytes:.0f} | {message} |", flush=True)


def filled(name: str, rows: int) -> bytes:
    """A workbook with records of a table, each under another id, as often as it takes."""
    tables, _ = load(SEEDS, schema(SEEDS))
    table, records = tables.package.tables[name], tables[name].to_dict("records")
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        sheet = book.add_worksheet(name)
        sheet.write_row(0, 0, table.columns)
        for number in range(rows):
            row = records[number % len(records)] | {"id": f"copy-{number}"}
            row |= {column: "" for column in ("url", "part_of", "ordinal", "ordinal_inferred") if column in row}
            for column, text in enumerate(map(row.get, table.columns)):
                if text:
                    sheet.write_string(number + 1, column, text)
    return content.getvalue()


def hostile() -> dict[str, bytes]:
    """Workbooks that would take long or much if they were read as they ask to be."""
    parts = _parts(filled("sources", 3))
    sheet = "xl/worksheets/sheet1.xml"
    cells = b"<row>" + b"<c><v>1</v></c>" * 1_000 + b"</row>"
    rows = b"<sheetData>" + b"<row/>" * 3_000_000
    far = b'<row r="1048576"><c r="XFD1048576" s="0"/></row></sheetData>'
    laughs = b'<!DOCTYPE w [<!ENTITY a "ha">' + b'<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    return {
        "a million cells": _packed(
            parts | {sheet: parts[sheet].replace(b"</sheetData>", cells * 1_000 + b"</sheetData>")}
        ),
        "three million rows": _packed(parts | {sheet: parts[sheet].replace(b"<sheetData>", rows)}),
        "a cell in the last corner": _packed(parts | {sheet: parts[sheet].replace(b"</sheetData>", far)}),
        "a bomb of a gigabyte": _packed(parts | {"xl/media/image1.png": bytes(2**30)}),
        "entities": _packed(parts | {sheet: laughs + parts[sheet].partition(b"?>")[2]}),
        "macros": _packed(parts | {"xl/vbaProject.bin": b"x"}),
        "links": _packed(parts | {"xl/externalLinks/externalLink1.xml": b"<a/>"}),
    }


def _parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _packed(parts: dict[str, bytes]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return content.getvalue()


def _apart(what: Callable[[bytes], tuple], content: bytes) -> tuple:
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(what, (content,))


def _check(content: bytes) -> tuple[float, float]:
    from atlas.exports.contributions.check import check

    read(SEEDS)  # what a server has done long before
    start = time.perf_counter()
    checked = check(content, "filled.xlsx")
    assert sum(one.new for one in checked.sheets) == ROWS
    return time.perf_counter() - start, _megabytes()


def _load(content: bytes) -> tuple[float, float]:
    start = time.perf_counter()
    openpyxl.load_workbook(io.BytesIO(content))
    return time.perf_counter() - start, _megabytes()


def _refused(content: bytes) -> tuple[float, float, str]:
    from atlas.exports.contributions.check import check

    start = time.perf_counter()
    checked = check(content, "filled.xlsx")
    return time.perf_counter() - start, _megabytes(), checked.findings[0].message


def _megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
