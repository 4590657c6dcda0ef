"""The workbook that contributors fill in.

In the workbook every table has a sheet under its own name. Line 1 holds the columns' names, rows whose first cell starts
with ``#`` are remarks, sheets whose name starts with ``_`` explain. Everything else is read.
"""

import csv
import io
import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import quote_sheetname, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from atlas.exports.contributions.asked import GIVEN, identified
from atlas.exports.contributions.reading import EXPLANATION, REMARK
from atlas.look import text as measure
from atlas.look.palette import ACTION, FAINT, REST
from atlas.model.atlas import Atlas
from atlas.records import Field, Package, Table
from atlas.words import columns, vocabulary
from atlas.words.translator import Translator

FIRST_ROW = 2  # of records, below the columns and their titles
PREPARED_ROWS = 500
LONGEST_TITLE, LONGEST_HINT = 32, 255  # characters of what is shown beside a cell, in Excel
LINE = 16  # points of height
GUIDE = (24, 34, 30, 80)  # characters of the columns of the guide
# what remains allowed on a protected sheet; objects are comments too
OPEN = dict.fromkeys(
    (
        "objects", "scenarios", "format_cells", "format_columns", "format_rows", "insert_rows", "delete_rows", "sort",
        "autofilter",
    ),
    True,
)  # fmt: skip


@dataclass(frozen=True)
class Sheet:
    """A sheet that explains: its name without the mark of such sheets, what it holds, headings, how wide each column is, texts.

    links: where the first cell of each line leads, if it does.
    """

    name: str
    about: str
    heads: tuple[str, ...]
    widths: tuple[int, ...]
    lines: Sequence[Sequence[str]]
    links: Sequence[str] = ()


@dataclass(frozen=True)
class Contents:
    """What stands in a workbook beside its empty rows.

    records: by table, cells as texts by column; sheets: what explains these; listed: by table a range of ids that
    columns referring to it offer.
    """

    records: Mapping[str, Sequence[Mapping[str, str]]]
    sheets: tuple[Sheet, ...]
    listed: Mapping[str, str]


def template(atlas: Atlas, translate: Translator) -> bytes:
    """The workbook to fill in (XLSX): a sheet a table with drop-downs for allowed values and a first record as example."""
    return written(atlas, translate, Contents({}, (), {}))


def written(atlas: Atlas, translate: Translator, contents: Contents) -> bytes:
    """The workbook (XLSX) with a sheet a table: its columns, their titles, the records, and empty rows below.

    Ids of records are locked, without a password; all other cells are open. A very hidden sheet keeps what was given out.
    """
    content, package = io.BytesIO(), atlas.schema
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        book.set_properties(
            {"title": translate("How to contribute"), "created": datetime.combine(package.version, time())}
        )
        looks = _Looks(book)
        _guide(book, package, translate, contents, looks)
        for sheet in contents.sheets:
            _explain(book, sheet, looks)
        offered = _list_values(book, package, translate, looks)
        for table in package.tables.values():
            _table(book, atlas, table, translate, contents, offered, looks)
        _keep(book, atlas, translate, contents)
    return content.getvalue()


class _Looks:
    """How cells look in a workbook."""

    def __init__(self, book: xlsxwriter.Workbook):
        # text cells keep a spreadsheet from turning 2016-05 into a day
        text = {"num_format": "@", "valign": "top"}
        self.text = book.add_format(text | {"locked": False})
        self.id = book.add_format(text | {"bg_color": REST})
        self.name = book.add_format({"bold": True, "bottom": 1})
        self.remark = book.add_format({"num_format": "@", "italic": True, "font_color": FAINT})
        self.wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        self.link = book.add_format({"font_color": ACTION, "underline": 1, "valign": "top"})


def _table(
    book: xlsxwriter.Workbook,
    atlas: Atlas,
    table: Table,
    translate: Translator,
    contents: Contents,
    offered: Mapping[tuple[str, str], str],
    looks: _Looks,
) -> None:
    records = contents.records.get(table.name, ())
    sheet = book.add_worksheet(table.name)
    sheet.freeze_panes(FIRST_ROW, 1)
    sheet.protect("", OPEN)
    last = FIRST_ROW + len(records) + PREPARED_ROWS
    sheet.autofilter(FIRST_ROW - 1, 0, last, len(table.fields) - 1)
    sheet.ignore_errors({"number_stored_as_text": f"A1:{xl_rowcol_to_cell(last, len(table.fields))}"})
    if records:
        sheet.set_tab_color(ACTION)
    example = () if records else tuple(csv.DictReader(atlas.curated(table.name).splitlines()[:2]))
    for column, field in enumerate(table.fields):
        sheet.set_column(column, column, _width(field), looks.text)
        sheet.write_string(0, column, field.name, looks.name)
        if field.description:
            sheet.write_comment(0, column, translate(field.description), {"x_scale": 2})
        mark = "" if column else f"{REMARK} "
        sheet.write_string(FIRST_ROW - 1, column, mark + columns.title_with_language(field, translate), looks.remark)
        for shown in example:
            said = f"{REMARK} {translate('example')}: {shown[field.name]}" if mark else shown[field.name]
            sheet.write_string(FIRST_ROW, column, said, looks.remark)
        locked = field.name in table.primary_key
        for row, cells in enumerate(records, FIRST_ROW):
            if locked or cells[field.name]:
                sheet.write_string(row, column, cells[field.name], looks.id if locked else looks.text)
        if choices := _choices(field, offered.get((table.name, field.name)), contents, translate):
            sheet.data_validation(FIRST_ROW, column, last, column, choices)


def _width(field: Field) -> int:
    """How many characters a column is wide."""
    if field.free and not field.many:
        return 44
    return 40 if field.name == "id" or field.references or (field.pattern and not field.date) else 20


def _choices(field: Field, offered: str | None, contents: Contents, translate: Translator) -> dict[str, Any] | None:
    """The drop-down of a column: its allowed values and no other, or ids of records, beside which new ones may be named."""
    if offered:
        return {
            "validate": "list",
            "source": offered,
            "error_title": field.name,
            "error_message": translate("Choose one of the listed values."),
            "input_title": columns.title_with_language(field, translate)[:LONGEST_TITLE],
            "input_message": _meanings(_words(field, translate)),
        }
    ids = contents.listed.get(field.references or "")
    return {"validate": "list", "source": ids, "show_error": False} if ids and not field.many else None


def _words(field: Field, translate: Translator) -> dict[str, str]:
    """The values that a column may have, in words; empty for one that takes any."""
    if field.type == "boolean":
        return {"true": translate("yes"), "false": translate("no")}
    return vocabulary.of_field(field, translate)


def _meanings(words: Mapping[str, str]) -> str:
    """What values mean, as far as there is room beside a cell; the sheet of values has all."""
    lines = [f"{value}: {meaning}" for value, meaning in words.items()]
    while len("\n".join(lines)) > LONGEST_HINT:
        lines[-2:] = ["…"]
    return "\n".join(lines)


def _keep(book: xlsxwriter.Workbook, atlas: Atlas, translate: Translator, contents: Contents) -> None:
    """The version, and each record as it was given out: its table, its id, its cells as JSON."""
    sheet = book.add_worksheet(GIVEN)
    sheet.very_hidden()
    lines = [("version", atlas.version, translate.language)] + [
        (name, identified(atlas.schema.tables[name], cells), json.dumps(cells, ensure_ascii=False))
        for name, records in contents.records.items()
        for cells in records
    ]
    for row, texts in enumerate(lines):
        _line(sheet, row, texts)


def _guide(
    book: xlsxwriter.Workbook, package: Package, translate: Translator, contents: Contents, looks: _Looks
) -> None:
    """How to fill in the workbook, what its sheets hold, and what each column does."""
    sheet = book.add_worksheet(f"{EXPLANATION}guide")
    for column, width in enumerate(GUIDE):
        sheet.set_column(column, column, width, looks.wrapped)
    rules = guide(translate)
    if contents.records:
        rules += _rules_of_records(translate)
    for row, line in enumerate(rules):
        sheet.merge_range(row, 0, row, 3, line, looks.wrapped)
    explained = [(f"{EXPLANATION}{one.name}", one.about, len(one.lines)) for one in contents.sheets]
    tables = [
        (one.name, translate(one.title), len(contents.records.get(one.name, ()))) for one in package.tables.values()
    ]
    start = len(rules) + 1
    _line(sheet, start, (translate("Sheet"), translate("Holds"), translate("Records")), looks.name)
    for row, (name, title, count) in enumerate([*explained, *tables], start + 1):
        _line(sheet, row, (name, title, translate.number(count) if count else ""), looks.wrapped, GUIDE)
        sheet.write_url(row, 0, f"internal:{quote_sheetname(name)}!A1", looks.link, name)
    start += len(explained) + len(tables) + 2
    heads = (translate("Table"), translate("Column"), translate("Holds"), translate("Description"))
    _line(sheet, start, heads, looks.name)
    described = [
        (
            table.name,
            field.name,
            _holds(field, translate),
            translate(field.description) if field.description else translate(columns.title(field)),
        )
        for table in package.tables.values()
        for field in table.fields
    ]
    for row, texts in enumerate(described, start + 1):
        _line(sheet, row, texts, looks.wrapped, GUIDE)


def _line(
    sheet: Worksheet, row: int, texts: Sequence[str], look: Format | None = None, widths: Sequence[int] = ()
) -> None:
    """Write texts into a row, as high as they need in columns of these widths."""
    for column, text in enumerate(texts):
        sheet.write_string(row, column, text, look)
    high = max((math.ceil(measure.columns(text) / (width - 1)) for text, width in zip(texts, widths)), default=1)
    if high > 1:
        sheet.set_row(row, LINE * high)


def _explain(book: xlsxwriter.Workbook, explained: Sheet, looks: _Looks) -> None:
    sheet = book.add_worksheet(f"{EXPLANATION}{explained.name}")
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, len(explained.lines), len(explained.heads) - 1)
    for column, (head, width) in enumerate(zip(explained.heads, explained.widths)):
        sheet.set_column(column, column, width, looks.wrapped)
        sheet.write_string(0, column, head, looks.name)
    for row, texts in enumerate(explained.lines, 1):
        _line(sheet, row, texts, looks.wrapped, explained.widths)
    for row, target in enumerate(explained.links, 1):
        sheet.write_url(row, 0, f"internal:{target}", looks.link, explained.lines[row - 1][0])


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


def _rules_of_records(translate: Translator) -> list[str]:
    return [
        translate(
            "Records that are in the atlas stand as they are there: change only the cells in which something has changed."
        ),
        translate("Their ids are locked; a new record goes into an empty row below them."),
        translate(
            "What stays as it was given out asks for nothing; a record whose row is taken out stays in the atlas."
        ),
        translate("The names of all ids are in the sheet {sheet}.", sheet=f"{EXPLANATION}{translate('names')}"),
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
    book: xlsxwriter.Workbook, package: Package, translate: Translator, looks: _Looks
) -> dict[tuple[str, str], str]:
    """Write the allowed values with what they mean; the cell range of each column that takes one of them."""
    lines: list[tuple[str, str, str, str]] = []
    ranges = {}
    for table in package.tables.values():
        for field in table.fields:
            words = _words(field, translate)
            if words and not field.many:
                ranges[table.name, field.name] = cells(f"{EXPLANATION}values", 2, len(lines), len(words))
            lines += [(table.name, field.name, value, meaning) for value, meaning in words.items()]
    heads = (translate("Table"), translate("Column"), translate("Value"), translate("Meaning"))
    _explain(book, Sheet("values", "", heads, (32,) * len(heads), lines), looks)
    return ranges


def cells(sheet: str, column: int, line: int, count: int) -> str:
    """The range of so many lines of a sheet that explains, the first of them below its headings being 0."""
    first, last = (xl_rowcol_to_cell(line + one, column, True, True) for one in (1, count))
    return f"={quote_sheetname(sheet)}!{first}:{last}"
