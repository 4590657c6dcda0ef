"""Contributions: a workbook to fill in, and the checks that a filled one passes before anybody looks at its rows.

In the workbook every table has a sheet under its own name. Line 1 holds the columns' names, rows whose first cell starts
with ``#`` are remarks, sheets whose name starts with ``_`` explain. Everything else is read.
"""

import csv
import errno
import io
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, time
from pathlib import Path
from typing import Any, TypeVar

import xlsxwriter

from atlas import SEEDS, records
from atlas.exports.contributions.filled_workbook import EXPLANATION, REMARK, Rows, read_workbook
from atlas.files import CannotWrite, temporary_folder
from atlas.look.palette import FAINT
from atlas.model.atlas import Atlas
from atlas.records import Field, InvalidRecords, Package, Problem, Remark
from atlas.words import columns, vocabulary
from atlas.words.translator import Translator

PREPARED_ROWS = 500

Finding = TypeVar("Finding", Problem, Remark)


def template(atlas: Atlas, translate: Translator) -> bytes:
    """The workbook to fill in (XLSX): a sheet a table with drop-downs for allowed values and a first record as example."""
    content, package = io.BytesIO(), atlas.schema
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        book.set_properties(
            {"title": translate("How to contribute"), "created": datetime.combine(package.version, time())}
        )
        # text cells keep a spreadsheet from turning 2016-05 into a day
        text, name = book.add_format({"num_format": "@", "valign": "top"}), book.add_format({"bold": True, "bottom": 1})
        remark = book.add_format({"num_format": "@", "italic": True, "font_color": FAINT})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        _explain(book, package, translate, name, wrapped)
        allowed = _list_values(book, package, translate, name, wrapped)
        for table in package.tables.values():
            sheet = book.add_worksheet(table.name)
            sheet.freeze_panes(2, 1)
            example = list(csv.DictReader(atlas.curated(table.name).splitlines()[:2]))
            for column, field in enumerate(table.fields):
                sheet.set_column(column, column, 24, text)
                sheet.write_string(0, column, field.name, name)
                if field.description:
                    sheet.write_comment(0, column, translate(field.description), {"x_scale": 2})
                mark = "" if column else f"{REMARK} "
                sheet.write_string(1, column, mark + columns.title_with_language(field, translate), remark)
                for row in example:
                    sheet.write_string(
                        2,
                        column,
                        f"{REMARK} {translate('example')}: {row[field.name]}" if mark else row[field.name],
                        remark,
                    )
                if cells := allowed.get((table.name, field.name)):
                    sheet.data_validation(
                        2,
                        column,
                        PREPARED_ROWS,
                        column,
                        {
                            "validate": "list",
                            "source": cells,
                            "error_title": field.name,
                            "error_message": translate("Choose one of the listed values."),
                        },
                    )
    return content.getvalue()


def _explain(book: xlsxwriter.Workbook, package: Package, translate: Translator, name: Any, wrapped: Any) -> None:
    sheet = book.add_worksheet(f"{EXPLANATION}guide")
    for column, width in enumerate((24, 24, 30, 70)):
        sheet.set_column(column, column, width, wrapped)
    for row, line in enumerate(guide(translate)):
        sheet.merge_range(row, 0, row, 3, line, wrapped)
    start = len(guide(translate)) + 1
    for column, heading in enumerate(
        (translate("Table"), translate("Column"), translate("Holds"), translate("Description"))
    ):
        sheet.write_string(start, column, heading, name)
    lines = [
        (
            table.name,
            field.name,
            _holds(field, translate),
            translate(field.description) if field.description else translate(columns.title(field)),
        )
        for table in package.tables.values()
        for field in table.fields
    ]
    for row, contents in enumerate(lines, start + 1):
        for column, content in enumerate(contents):
            sheet.write_string(row, column, content, wrapped)


def guide(translate: Translator) -> list[str]:
    """How to fill in the workbook, one rule a line."""
    return [
        translate("Each sheet is one table, each row one record. Fill in only the tables you have something for."),
        translate("Leave line 1 as it is. Rows that start with # are titles and examples and are not read."),
        translate(
            "Every record names its sources. A new source is a row in the sheet sources; a known one is named by its id."
        ),
        translate("Leave empty what the source does not say. Guess nothing and round nothing."),
        translate("Write dates as text, as far as they are known: 2016, 2016-05 or 2016-05-13."),
        translate("Put several items into one cell with semicolons between them."),
        translate(
            "Write texts in your own words in Vietnamese, Chinese and English, neutrally and without names of persons."
        ),
        translate("Ids are new, in lower-case Latin letters and digits, with words joined by hyphens."),
    ]


def _holds(field: Field, translate: Translator) -> str:
    if field.references:
        kind = translate("id in {table}", table=field.references)
    elif field.enum:
        kind = translate("one of the values in the sheet {sheet}", sheet=f"{EXPLANATION}values")
    elif field.date:
        kind = translate("date as far as known")
    else:
        kind = {
            "boolean": translate("true or false"),
            "integer": translate("whole number"),
            "number": translate("number"),
        }.get(field.type, translate("text"))
    parts = [
        kind,
        translate("several, separated by semicolons") if field.many else "",
        translate("required") if field.required else "",
    ]
    return translate.join(part for part in parts if part)


def _list_values(
    book: xlsxwriter.Workbook, package: Package, translate: Translator, name: Any, wrapped: Any
) -> dict[tuple[str, str], str]:
    """Write the allowed values with what they mean; the cell range of each column that takes one of them."""
    sheet = book.add_worksheet(f"{EXPLANATION}values")
    sheet.set_column(0, 3, 32, wrapped)
    for column, heading in enumerate(
        (translate("Table"), translate("Column"), translate("Value"), translate("Meaning"))
    ):
        sheet.write_string(0, column, heading, name)
    ranges, row = {}, 1
    for table in package.tables.values():
        for field in table.fields:
            words = (
                vocabulary.of_field(field, translate)
                if field.enum
                else {"true": translate("yes"), "false": translate("no")}
                if field.type == "boolean"
                else {}
            )
            choices = field.enum or tuple(words)
            for offset, value in enumerate(choices):
                for column, content in enumerate((table.name, field.name, value, words[value])):
                    sheet.write_string(row + offset, column, content, wrapped)
            if choices and not field.many:
                ranges[table.name, field.name] = f"={EXPLANATION}values!$C${row + 1}:$C${row + len(choices)}"
            row += len(choices)
    return ranges


def check(path: str | Path, seeds: Path = SEEDS) -> list[Problem]:
    """What is wrong with a filled workbook, judged together with the records that are there: sheet, line, column, value, expectation."""
    try:
        _checked(Path(path), seeds)
    except InvalidRecords as invalid:
        return invalid.problems
    return []


def remarks(path: str | Path, seeds: Path = SEEDS) -> list[Remark]:
    """What is doubtful in the rows of a workbook that has no problems, such as a record that is there under another id.

    :raises InvalidRecords: the workbook has problems.
    """
    with _merged(Path(path), seeds) as (_, folder, told):
        found = [told(remark) for remark in records.check(folder)]
    return [remark for remark in found if remark.file.startswith(f"{Path(path).name}, ")]


def _checked(path: Path, seeds: Path) -> Rows:
    with _merged(path, seeds) as (rows, folder, told):
        problems = [told(problem) for problem in records.validate(folder)]
    if problems:
        raise InvalidRecords(problems)
    return rows


@contextmanager
def _merged(path: Path, seeds: Path) -> Iterator[tuple[Rows, str, Callable[[Finding], Finding]]]:
    """The filled rows, a folder where they stand behind the records that are there, and how to tell what is found in it."""
    package = records.schema(seeds)
    rows = read_workbook(path, package)
    if not any(rows.values()):
        raise InvalidRecords([Problem(path.name, None, None, None, "at least one filled row")])
    with temporary_folder() as folder:
        places = {}
        for name, table in package.tables.items():
            before = Path(table.file).read_text("utf-8")
            merged = Path(folder, Path(table.file).name)
            merged.write_text(
                before.removesuffix("\n") + "\n" + _csv(table, [row for _, row in rows.get(name, [])]), "utf-8"
            )
            first = before.removesuffix("\n").count("\n") + 2
            places[merged.as_posix()] = (
                table.file,
                first,
                f"{path.name}, {name}",
                [number for number, _ in rows.get(name, [])],
            )
        Path(folder, "datapackage.json").write_bytes((seeds / "datapackage.json").read_bytes())
        yield rows, str(folder), lambda found: _in_workbook(found, *places[found.file])


def _in_workbook(found: Finding, file: str, first: int, sheet: str, numbers: list[int]) -> Finding:
    """What was found in the merged tables, told by the workbook's sheet and line where it is about one of its rows."""
    if found.row is None or found.row < first:
        return replace(found, file=file)
    return replace(found, file=sheet, row=numbers[found.row - first])


def _csv(table: records.Table, rows: list[dict[str, str]]) -> str:
    content = io.StringIO()
    csv.DictWriter(content, table.columns, lineterminator="\n").writerows(rows)
    return content.getvalue()


def write_rows(path: str | Path, out: str | Path, seeds: Path = SEEDS) -> list[Path]:
    """Check a filled workbook and write its rows for review: a CSV file a table, with the header of the tables in ``seeds/``.

    :param out: a folder that does not exist yet; it is there with all files or not at all.
    :raises InvalidRecords: the workbook has problems; nothing is written.
    :raises CannotWrite: the folder exists or cannot be written.
    """
    rows = _checked(Path(path), seeds)
    out = Path(out)
    if out.exists():
        raise CannotWrite(out, FileExistsError(errno.EEXIST, "is there already"))
    package = records.schema(seeds)
    filled = [name for name in package.tables if rows.get(name)]
    try:
        with tempfile.TemporaryDirectory(dir=out.resolve().parent, prefix=f".{out.name}.") as folder:
            ready = Path(folder, "rows")
            ready.mkdir()
            for name in filled:
                table = package.tables[name]
                header = ",".join(table.columns) + "\n"
                Path(ready, f"{name}.csv").write_text(header + _csv(table, [row for _, row in rows[name]]), "utf-8")
            os.rename(ready, out)
    except OSError as error:
        raise CannotWrite(out, error) from error
    return [out / f"{name}.csv" for name in filled]
