"""The workbook that contributors fill in: what it offers, what is read from it, and what is refused."""

import datetime
import io
import json
import random
import re
import shutil
import zipfile

import openpyxl
import pandas as pd
import pytest
from openpyxl.worksheet.formula import ArrayFormula
from records_package import ROWS, write
from spoken import assert_spoken

from atlas import LANGUAGES, SEEDS, records
from atlas.exports.contributions import check, lines, strangers, workbook
from atlas.exports.contributions.asked import CHANGED, ERROR, NEW, NOTE, READING, TWIN, Counted
from atlas.files import CannotWrite
from atlas.words.translator import Translator

SOURCE = {"id": "new-paper", "title": "Báo mới", "kind": "article", "published": "2024-05"}
TWINNING = {
    "id": "twin-new",
    "level": "district",
    "signed_on": "2015",
    "status": "active",
    "confidence": "high",
    "sources": "new-paper;office",
}
MEMBERS = [
    {"twinning": "twin-new", "side": "VN", "place": "vn-026"},
    {"twinning": "twin-new", "side": "CN", "place": "cn-532628"},
]


@pytest.fixture
def seeds(tmp_path):
    return write(tmp_path / "seeds", ROWS)


@pytest.fixture(scope="module")
def template(atlas):
    """The workbook in English, made once."""
    return workbook.template(atlas, Translator("en"))


@pytest.fixture
def filled(seeds):
    """A function that fills rows into the sheets of all tables, below titles, and lets another function change the workbook."""

    def written(rows, change=lambda book: None):
        book = openpyxl.Workbook()
        book.remove(book.active)
        for name, table in records.schema(seeds).tables.items():
            sheet = book.create_sheet(name)
            sheet.append(table.columns)
            sheet.append(["# id"])
            sheet["A3"] = None
            for row in rows.get(name, ()):
                sheet.append([row.get(column) for column in table.columns])
        book.create_sheet("_given").append(["version", "2026-11-01", "vi"])
        change(book)
        book.save(content := io.BytesIO())
        return content.getvalue()

    return written


def good(**changes):
    rows = {"sources": [SOURCE], "twinnings": [TWINNING], "twinning_members": MEMBERS}
    return {**rows, **changes}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_template_has_a_sheet_a_table_in_every_language(atlas, language):
    package = atlas.schema
    content = workbook.template(atlas, Translator(language))
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert book.sheetnames == ["_guide", "_values", *package.tables, "_given"]
    for name, table in package.tables.items():
        sheet = book[name]
        assert [cell.value for cell in sheet[1]] == table.columns
        assert sheet["A2"].value.startswith("# ")
        assert [bool(cell.comment) for cell in sheet[1]] == [bool(field.description) for field in table.fields]
        offered = {str(one.sqref).split("3", 1)[0] for one in sheet.data_validations.dataValidation}
        wanted = [(field.enum or field.type == "boolean") and not field.many for field in table.fields]
        assert offered == {cell.column_letter for cell, choice in zip(sheet[1], wanted) if choice}
    assert content == workbook.template(atlas, Translator(language))


def test_the_drop_downs_name_the_allowed_values(atlas):
    book = openpyxl.load_workbook(io.BytesIO(workbook.template(atlas, Translator("zh"))))
    for name, table in atlas.schema.tables.items():
        columns = {cell.column_letter: cell.value for cell in book[name][1]}
        for validation in book[name].data_validations.dataValidation:
            field = table.field(columns[str(validation.sqref).split("3", 1)[0]])
            cells = book["_values"][validation.formula1.removeprefix("_values!").replace("$", "")]
            assert tuple(cell.value for (cell,) in cells) == (field.enum or ("true", "false"))


def test_the_guide_describes_every_column(atlas):
    book = openpyxl.load_workbook(io.BytesIO(workbook.template(atlas, Translator("vi"))))
    described = {(row[0], row[1]) for row in book["_guide"].iter_rows(values_only=True)}
    assert described >= {(name, column) for name, table in atlas.schema.tables.items() for column in table.columns}


def checked(content, name, seeds, **options):
    result = check.check(content, name, seeds, **options)
    for one in result.findings:
        assert_spoken(one.message)
    return result


def found(content, seeds, **options):
    return [str(one) for one in checked(content, "filled.xlsx", seeds, **options).findings]


def test_an_unfilled_template_asks_for_nothing(filled, seeds):
    result = checked(filled({}), "filled.xlsx", seeds)
    assert [str(one) for one in result.findings] == ["note: The workbook asks for nothing: no row is new or changed."]
    assert not result.ready


def test_good_rows_become_tables_for_review(filled, seeds, tmp_path):
    result, written = check.write_rows(filled(good()), "filled.xlsx", tmp_path / "review", seeds)
    assert result.ready
    assert [(one.kind, one.table, one.id) for one in result.asked] == [
        (NEW, "sources", "new-paper"),
        (NEW, "twinnings", "twin-new"),
        (NEW, "twinning_members", "twin-new|VN|vn-026|"),
        (NEW, "twinning_members", "twin-new|CN|cn-532628|"),
    ]
    assert [file.name for file in written] == ["sources.csv", "twinnings.csv", "twinning_members.csv"]
    frame = pd.read_csv(tmp_path / "review/twinnings.csv", dtype=str, keep_default_na=False)
    assert list(frame.columns) == records.schema(seeds).tables["twinnings"].columns
    assert {column: value for column, value in frame.iloc[0].items() if value} == TWINNING == result.asked[1].cells
    assert records.validate(seeds) == []


def test_rows_written_for_review_fit_behind_the_tables(filled, seeds, tmp_path):
    for file in check.write_rows(filled(good()), "filled.xlsx", tmp_path / "review", seeds)[1]:
        lines = file.read_text("utf-8").split("\n", 1)[1]
        with (seeds / file.name).open("a", encoding="utf-8") as table:
            table.write(lines)
    assert records.validate(seeds) == []


def test_what_spreadsheets_do_to_cells_is_undone(filled, seeds):
    figure = ROWS["figures"][1] | {
        "id": "new-figure",
        "value": 20.0,
        "cumulative": True,
        "sources": "office",
        "title_en": "Masters\nof Hà Giang",
        "part_of": None,
    }
    (asked,) = checked(filled({"figures": [figure]}), "filled.xlsx", seeds).asked
    assert asked.line == 4
    assert [asked.cells.get(column) for column in ("value", "cumulative", "title_en", "part_of")] == [
        "20",
        "true",
        "Masters of Hà Giang",
        None,
    ]


def test_problems_name_sheet_and_cell(filled, seeds):
    content = filled(
        good(
            twinnings=[
                TWINNING | {"status": "activ", "sources": "new-paper;nowhere"},
                TWINNING | {"id": "twin-two", "signed_on": "2015-13"},
            ]
        )
    )
    result = checked(content, "filled.xlsx", seeds)
    assert [str(one) for one in result.findings if one.kind == ERROR] == [
        'error: twinnings!C5 signed_on "2015-13": No date can be read from this; write the date alone, as far as it is known: 2016, 2016-05, 2016-05-13. What is only about so goes into the note.',
        'error: twinnings!I4 sources "nowhere": expected an id in sources.csv',
        'error: twinnings!E4 status "activ": expected one of active, lapsed, planned, unknown; did you mean "active"?',
        'error: twinnings!A5 id "twin-two": expected members of VN and CN in twinning_members.csv',
    ]
    assert Counted("twinnings", wrong=2, ignored=1) in result.sheets
    assert not result.ready


def test_lines_are_counted_as_the_workbook_shows_them(filled, seeds):
    def move(book):
        book["twinnings"].insert_rows(4, amount=3)

    (error,) = errors(filled(good(twinnings=[TWINNING | {"level": "continent"}]), move), seeds)
    assert (error.row, error.column, error.cell, error.value) == (7, "level", "B7", "continent")


def errors(content, seeds):
    return [one for one in checked(content, "filled.xlsx", seeds).findings if one.kind == ERROR]


def test_a_row_of_a_known_id_is_compared_with_its_record(filled, seeds):
    result = checked(filled(good(sources=[SOURCE, {"id": "office", "kind": "reference"}])), "filled.xlsx", seeds)
    (asked,) = (one for one in result.asked if one.kind == CHANGED)
    assert (asked.table, asked.id, asked.cells, asked.given) == ("sources", "office", {"kind": "reference"}, {"kind": "official"})  # fmt: skip
    assert [one.record for one in result.findings if one.row == 5] == ["office"]


def test_an_id_is_not_given_twice(filled, seeds):
    (error,) = errors(filled(good(sources=[SOURCE, SOURCE])), seeds)
    assert (error.sheet, error.cell, error.message) == ("sources", "A5", "Line 4 has this record already.")


PAPER = ROWS["agreements"][0]
AGAIN = PAPER | {"id": "new-paper-again", "title_vi": "Biên bản khác", "signed_on": f"{PAPER['signed_on']}-13"}
CODED = {"id": "coded", "kind": "commune", "country": "VN", "name_vi": "Xã Mới", "parent": "vn-08-2025", "official_code": "00999", "valid_from": "2025-07-01", "sources": "office"}  # fmt: skip

TWINS = {
    "the same members": (good(), "twinnings", "twin-dong-van-funing"),
    "the same address with another scheme": (good(sources=[SOURCE | {"url": "http://www.example.org/1/"}]), "sources", "paper"),
    "the same address from a feed": (good(sources=[SOURCE | {"url": "https://example.org/1?utm_source=zalo&fbclid=x"}]), "sources", "paper"),
    "the same parties in the month of which another knows the day": ({"agreements": [AGAIN]}, "agreements", PAPER["id"]),
    "the same title": ({"agreements": [AGAIN | {"title_vi": "THỎA THUẬN", "vn_places": "vn-08-2025", "signed_on": ""}]}, "agreements", PAPER["id"]),
    "the same code": ({"places": [CODED, CODED | {"id": "coded-again", "name_vi": "Xã Khác"}]}, "places", "coded"),
    "the same name in the same unit": ({"places": [CODED, CODED | {"id": "coded-again", "official_code": "", "name_vi": "Xa Moi"}]}, "places", "coded"),
    "twice in the workbook": (good(sources=[SOURCE | {"url": "https://example.org/2"}, SOURCE | {"id": "other", "url": "https://example.org/2"}]), "sources", "other"),
}  # fmt: skip


@pytest.mark.parametrize(("rows", "sheet", "record"), TWINS.values(), ids=TWINS)
def test_what_is_there_already_is_shown_beside_its_record(filled, seeds, rows, sheet, record):
    result = checked(filled(rows), "filled.xlsx", seeds)
    assert result.ready
    assert record in [one.record for one in result.findings if one.kind == TWIN and one.sheet == sheet]


def test_damaged_rows_are_refused(filled, seeds):
    place = {"id": "vd-place", "kind": "commune", "country": "VN", "name_vi": "MÌo V¹c", "official_code": 712, "sources": "office"}  # fmt: skip
    assert found(filled({"places": [place]}), seeds) == [
        'error: places!E4 name_vi "MÌo V¹c": expected Vietnamese in Unicode; this seems to be typed in a font of TCVN3',
        'reading: places!O4 official_code "712": This is read as 00712: spreadsheets drop zeros in front.',
    ]


READINGS = {
    "4/5/2016": ("signed_on", "2016-05-04"),
    "13-5-2016": ("signed_on", "2016-05-13"),
    "5.13.2016": ("signed_on", "2016-05-13"),
    "2016/5/4": ("signed_on", "2016-05-04"),
    "2016年5月4日": ("signed_on", "2016-05-04"),
    "2016年5月": ("signed_on", "2016-05"),
    "二〇一六年十二月二十五日": ("signed_on", "2016-12-25"),
    "tháng 5/2016": ("signed_on", "2016-05"),
    "05/2016": ("signed_on", "2016-05"),
    "ngày 4 tháng 5 năm 2016": ("signed_on", "2016-05-04"),
    "２０１６": ("signed_on", "2016"),
    42494: ("signed_on", "2016-05-04"),
    datetime.datetime(2016, 5, 4): ("signed_on", "2016-05-04"),
    "Đang duy trì": ("status", "active"),
    "ACTIVE": ("status", "active"),
    "xã": ("level", "commune"),
    "Xã, hương, trấn": ("level", "commune"),
    "乡镇": ("level", "commune"),
    "new-paper, office": ("sources", "new-paper;office"),
    "new-paper；office": ("sources", "new-paper;office"),
    "new-paper\noffice": ("sources", "new-paper;office"),
    "https://example.org/1": ("sources", "paper"),
    "Báo": ("sources", "paper"),
}


@pytest.mark.parametrize(("value", "column", "reading"), [(value, *both) for value, both in READINGS.items()])
def test_what_people_write_is_offered_as_a_reading_and_taken_when_confirmed(filled, seeds, value, column, reading):
    content = filled(good(twinnings=[TWINNING | {column: value}]))
    first = checked(content, "filled.xlsx", seeds)
    (offered,) = (one for one in first.findings if one.kind == READING)
    assert (offered.sheet, offered.row, offered.column, offered.reading) == ("twinnings", 4, column, reading)
    assert reading in offered.message
    assert not first.ready
    second = checked(content, "filled.xlsx", seeds, confirmed=[("twinnings", 4, column)])
    assert second.ready
    assert [one.reading for one in second.findings if one.reading] == [reading]
    assert next(one for one in second.asked if one.table == "twinnings").cells[column] == reading


def test_a_date_that_may_be_two_days_says_both(filled, seeds):
    (offered,) = (one for one in checked(filled(good(twinnings=[TWINNING | {"signed_on": "4/5/2016"}])), "", seeds).findings if one.kind == READING)  # fmt: skip
    assert "2016-05-04" in offered.message
    assert "2016-04-05" in offered.message


def test_a_month_that_the_spreadsheet_made_a_day_is_a_month(filled, seeds):
    def month(book):
        book["twinnings"]["C4"] = datetime.datetime(2016, 5, 1)
        book["twinnings"]["C4"].number_format = "mmm-yy"

    (offered,) = (one for one in checked(filled(good(), month), "", seeds).findings if one.kind == READING)
    assert offered.reading == "2016-05"


@pytest.mark.parametrize(
    ("column", "value", "reading"),
    [
        ("language", "VI", "vi"),
        ("language", "Tiếng Việt", "vi"),
        ("language", "中文", "zh"),
        ("id", "Báo Mới 2024", "bao-moi-2024"),
    ],
)
def test_ids_and_languages_in_other_forms(filled, seeds, column, value, reading):
    content = filled({"sources": [SOURCE | {column: value}]})
    (offered,) = (one for one in checked(content, "", seeds).findings if one.kind == READING)
    assert (offered.column, offered.reading) == (column, reading)


@pytest.mark.parametrize(("value", "reading"), [("5 năm", "P5Y"), ("5年", "P5Y"), ("18 months", "P18M"), ("P5Y", None)])
def test_terms_of_papers_in_words(filled, seeds, value, reading):
    paper = ROWS["agreements"][0] | {"id": "new-paper-of-five-years", "term": value, "valid_until": None}
    findings = checked(filled({"agreements": [paper]}), "", seeds).findings
    assert [one.reading for one in findings if one.kind == READING and one.column == "term"] == [reading] * bool(
        reading
    )


NUMBERS = {
    "1.200 người": "1200",
    "1.200": "1200",
    "1,200": "1200",
    "1 200": "1200",
    "１２００": "1200",
    "55万": "550000",
    "1,2 triệu": "1200000",
    "có": None,
    "约100": "about",
    "hơn 100": "at_least",
    "100-200": "value_max",
    "rất nhiều": "No number",
}


def test_a_number_of_the_spreadsheet_is_not_asked_about(filled, seeds):
    figure = ROWS["figures"][1] | {"id": "new-figure", "value": 277.556, "part_of": None, "sources": "office"}
    assert not [one for one in checked(filled({"figures": [figure]}), "", seeds).findings if one.kind == READING]


@pytest.mark.parametrize(("value", "expected"), NUMBERS.items())
def test_numbers_with_separators_units_or_words(filled, seeds, value, expected):
    figure = ROWS["figures"][1] | {"id": "new-figure", "value": value, "part_of": None, "sources": "office"}
    findings = checked(filled({"figures": [figure]}), "", seeds).findings
    one = next(one for one in findings if one.column == "value")
    if one.kind == READING:
        assert one.reading == expected
    else:
        assert one.kind == ERROR
        assert (expected or "No number") in one.message


def test_the_same_name_for_a_place_is_its_id_where_it_is_one_alone(filled, seeds):
    members = [MEMBERS[0] | {"place": "Đồng Văn"}, MEMBERS[1] | {"place": "富宁县"}]
    offered = [
        one for one in checked(filled(good(twinning_members=members)), "", seeds).findings if one.kind == READING
    ]
    assert [one.reading for one in offered] == ["vn-026", "cn-532628"]


def test_a_name_of_a_unit_that_did_not_exist_then_is_refused_with_those_that_did(filled):
    ties = [TWINNING | {"id": "twin-2019", "signed_on": "2019"}, TWINNING | {"id": "twin-2026", "signed_on": "2026-01"}]
    members = [{"twinning": tie["id"], "side": "VN", "place": "xã Xín Cái"} for tie in ties]
    told = checked(filled({"twinnings": ties, "twinning_members": members}), "", SEEDS).findings
    then, now = sorted(
        (one for one in told if one.sheet == "twinning_members" and one.column == "place"), key=lambda one: one.row
    )
    assert (then.kind, then.reading) == (READING, "vn-00778")
    assert now.kind == ERROR
    assert "vn-00778, did not exist then; write the id of the one that did: vn-" in now.message


@pytest.mark.parametrize(
    "value", ["#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!", "#WERT!"]
)
@pytest.mark.parametrize("column", ["A", "C"])
def test_an_error_value_is_an_error_and_never_a_remark(filled, seeds, value, column):
    def spoil(book):
        book["twinnings"][f"{column}4"] = value

    (error, *_) = errors(filled(good(), spoil), seeds)
    assert (error.cell, error.value) == (f"{column}4", value)
    assert "error" in error.message


def test_every_line_is_counted_and_what_is_not_read_is_said(filled, seeds):
    def odd(book):
        sheet = book["twinnings"]
        sheet["A5"] = "# later"
        sheet["Z4"] = "see above"
        sheet["C4"].comment = openpyxl.comments.Comment("I think so", "me")
        sheet.row_dimensions[4].hidden = True
        sheet.column_dimensions["I"].hidden = True
        sheet["A9000"].fill = openpyxl.styles.PatternFill("solid", "FFFF00")
        sheet["B300"] = " "
        book["sources"].sheet_state = "hidden"
        book.create_sheet("Ghi chú")["A1"] = "hello"

    result = checked(filled(good(), odd), "filled.xls", seeds)
    assert result.ready
    assert Counted("twinnings", new=1, ignored=2, hidden=1, comments=1) in result.sheets
    assert Counted("Ghi chú", ignored=1) in result.sheets
    told = [str(one) for one in result.findings if one.kind == NOTE]
    for line in (
        "note: The name of the file does not end in .xlsx; it is such a workbook all the same and was read.",
        "note: Ghi chú: This sheet is no table and was not read. Filled lines: 1.",
        "note: sources: The sheet is hidden; it was read like all others.",
        "note: twinnings: Lines that start with # are remarks and were not read: 5.",
        "note: twinnings: Cells beside the columns were not read: Z4.",
        "note: twinnings: Comments in cells were not read: C4.",
        "note: twinnings: Hidden lines were read like all others: 4.",
        "note: twinnings: Hidden columns were read like all others: I.",
    ):
        assert line in told


def rename(old, new):
    def change(book):
        book[old].title = new

    return change


def cell(sheet, place, value):
    def change(book):
        book[sheet][place] = value

    return change


WORKBOOKS = {
    "a table under another name": (rename("twinnings", "Twinnings 2024"), "error: Twinnings 2024: This sheet is read only under the name of its table; call it twinnings again."),
    "a column renamed": (cell("twinnings", "B1", "Level of it"), "error: twinnings!1 level: Line 1 does not name the column level"),
    "a column twice": (cell("twinnings", "C1", "level"), "error: twinnings!1 level: Line 1 names the column level twice."),
    "a column too many": (cell("twinnings", "Z1", "extra"), "note: twinnings!1: Column Z, extra, is none of the table and was not read."),
    "a formula": (cell("sources", "B4", "=1+1"), 'error: sources!B4 title "=1+1": A formula is not read'),
    "a formula of many cells": (cell("sources", "B4", ArrayFormula("B4:B5", "=A4:A5")), 'error: sources!B4 title "=A4:A5": A formula is not read'),
    "a span of time": (cell("twinnings", "C4", datetime.timedelta(days=2, hours=3)), "error: twinnings!C4 signed_on \"2 days, 3:00:00\": The spreadsheet has made a time"),
    "a date in a text": (cell("sources", "B4", datetime.datetime(2016, 5, 1)), 'error: sources!B4 title "2016-05-01": The spreadsheet has made a date'),
    "a year of two digits": (cell("twinnings", "C4", "4/5/16"), 'error: twinnings!C4 signed_on "4/5/16": Write the year with four digits'),
    "no day of the calendar": (cell("twinnings", "C4", "31/31/2016"), 'error: twinnings!C4 signed_on "31/31/2016": There is no such day'),
    "a column and a sheet that steer a terminal": (
        lambda book: (cell("twinnings", "Z1", "\u009b31m" + "x" * 5_000)(book), rename("events", "\u202eE")(book)),
        r"error: \u202eE: This sheet is read only under",
    ),
    "a month that the spreadsheet made a number": (cell("twinnings", "C4", 2016.1), 'error: twinnings!C4 signed_on "2016.1": The spreadsheet has made a number'),
    "merged cells": (lambda book: book["twinning_members"].merge_cells("A4:A5"), "error: twinning_members!4: Merged cells hold one value for all; unmerge them and write it into each: A4:A5."),
    "a decomposed diacritic is composed": (cell("sources", "B4", "Ba\u0301o"), None),
    "a blank that does not break": (cell("sources", "B4", "Báo\u00a0mới"), None),
    "a text far too long": (cell("sources", "B4", "x" * 20_000), "error: sources!B4 title"),
    "marks upon marks": (cell("sources", "B4", "a\u0323\u0301" * 20 + "\u0301\u0323" * 4_000), 'error: sources!B4 title "'),
}  # fmt: skip


@pytest.mark.parametrize(("change", "expected"), WORKBOOKS.values(), ids=WORKBOOKS)
def test_odd_workbooks(filled, seeds, change, expected):
    said = found(filled(good(), change), seeds)
    if expected is None:
        assert not any(line.startswith(("error", "reading")) for line in said)
    else:
        assert any(line.startswith(expected) for line in said), said
        assert all(line.isprintable() and len(line) < 1_000 for line in said)


def packed(parts):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return content.getvalue()


def parts_of(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500)
TYPES = "[Content_Types].xml"
STRANGERS = {
    "empty": (b"", "", "is empty"),
    "only zeros": (bytes(5_000), "", "is empty"),
    "a password": (OLE + "EncryptedPackage".encode("utf-16-le"), "form.xlsx", "protected by a password"),
    "an old workbook": (OLE + "Workbook".encode("utf-16-le"), "form.xlsx", "old format .xls"),
    "of WPS": (OLE + "Workbook".encode("utf-16-le"), "form.et", "WPS (.et)"),
    "a text of Word": (OLE + "WordDocument".encode("utf-16-le"), "form.xlsx", "a text or slides"),
    "of LibreOffice": (packed({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}), "form.xlsx", "LibreOffice (.ods)"),
    "binary": (packed({"xl/workbook.bin": b"x"}), "form.xlsx", ".xlsb"),
    "macros": (packed({"xl/workbook.xml": b"x", "xl/vbaProject.bin": b"x"}), "form.xlsx", "has macros"),
    "a template": (packed({TYPES: "application/vnd.openxmlformats-officedocument.spreadsheetml.template.main+xml"}), "a.xltx", "a template (.xltx)"),
    "links": (packed({"xl/workbook.xml": b"x", "xl/externalLinks/externalLink1.xml": b"x"}), "form.xlsx", "links to other files"),
    "a document": (packed({TYPES: "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"}), "form.xlsx", "a text or slides"),
    "packed": (packed({"form.xlsx": b"x"}), "form.zip", "a packed archive"),
    "packed otherwise": (b"7z\xbc\xaf\x27\x1c" + bytes(50), "form.xlsx", "a packed archive"),
    "another archive": (packed({"a.txt": "b"}), "form.xlsx", "This is no workbook"),
    "half of it": (packed({"xl/workbook.xml": "x" * 900})[:100], "form.xlsx", "The end of the file is missing"),
    "a PDF": (b"%PDF-1.7 ...", "form.xlsx", "a PDF"),
    "a picture": (b"\x89PNG\r\n\x1a\n", "form.xlsx", "a picture"),
    "a web page": (b"<html><table><tr><td>id</td></tr></table></html>", "form.xls", "a web page"),
    "CSV": ("id,title\nxã,苗旺\n".encode(), "form.csv", "in UTF-8"),
    "CSV of Excel in Vietnam": ("id,title\nxa,Huyê\u0323n Ba\u0309o La\u0323c\n".encode("cp1258"), "form.csv", "in Windows-1258"),
    "CSV with many marks": ("id,title\n1,Thỏa thuận kết nghĩa huyện Đồng Văn với huyện Phú Ninh\n".translate({0x1ecf: "o\u0309", 0x1ead: "â\u0323", 0x1ebf: "ê\u0301", 0x129: "i\u0303"}).replace("ệ", "ê\u0323").replace("ồ", "ô\u0300").replace("ớ", "ơ\u0301").encode("cp1258", "replace"), "form.csv", "in Windows-1258"),
    "CSV of Excel in China": ("id,title\n1,苗旺县与富宁县\n".encode("gb18030"), "form.csv", "in GB18030"),
    "Unicode text": ("id\ttitle\n".encode("utf-16"), "form.txt", "in UTF-16"),
    "nothing known": (b"\x07\x00\x01\xff" * 50, "form", "This is no workbook"),
    "too large": (b"PK\x03\x04" + bytes(strangers.LARGEST_FILE), "form.xlsx", "larger than 10 MB"),
    "a bomb": (packed({"xl/workbook.xml": b"0" * (strangers.LARGEST_CONTENT + 1)}), "form.xlsx", "when unpacked"),
    "too many parts": (packed({f"{number}.xml": "" for number in range(strangers.MOST_PARTS + 1)}), "form.xlsx", "when unpacked"),
}  # fmt: skip


@pytest.mark.parametrize(("content", "name", "expected"), STRANGERS.values(), ids=STRANGERS)
def test_what_is_no_workbook_is_said_to_be_what_it_is(seeds, content, name, expected):
    (error,) = checked(content, name, seeds).findings
    assert error.kind == ERROR
    assert expected in error.message


def test_strict_open_xml_is_read_like_any_other(filled, seeds):
    parts = parts_of(filled(good()))
    for usual, strict in ((pair[1], pair[0]) for pair in strangers.STRICT):
        parts = {name: data.replace(usual, strict) for name, data in parts.items()}
    assert checked(packed(parts), "strict.xlsx", seeds).ready


def test_what_a_sheet_says_of_its_size_is_not_believed(filled, seeds):
    parts = {
        name: re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="A1"', data)
        for name, data in parts_of(filled(good())).items()
    }
    assert checked(packed(parts), "wps.xlsx", seeds).ready


@pytest.mark.parametrize("xml", [b"<c r='A9'><v>1</v></c>", b"<c\tr='A9'/>", b"<x:c xmlns:x='x'/>", b"</row><row><c/>"])
def test_a_small_file_of_very_many_cells_is_refused(filled, seeds, xml):
    parts, sheet = parts_of(filled(good())), "xl/worksheets/sheet3.xml"
    row = b"<row r='9'>" + xml * 1_000 + b"</row>"
    parts[sheet] = parts[sheet].replace(b"</sheetData>", row * 410 + b"</sheetData>")
    (error,) = checked(packed(parts), "cells.xlsx", seeds).findings
    assert "more than 400,000 cells" in error.message


def test_workbooks_damaged_anywhere_are_refused_in_a_sentence(filled, seeds):
    content, chance = filled(good()), random.Random(1)
    for _ in range(40):
        damaged = bytearray(content)
        for _ in range(chance.randint(1, 8)):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        for one in checked(bytes(damaged), "damaged.xlsx", seeds).findings:
            assert str(one).isprintable()


def test_a_workbook_with_a_password_on_the_archive_is_refused(filled, seeds):
    content = bytearray(filled(good()))
    for head, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(head) + flags] |= 1
    (error,) = checked(bytes(content), "locked.xlsx", seeds).findings
    assert "without one" in error.message


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_not_expanded(filled, seeds, encoding):
    laughs = (
        '<!DOCTYPE w [<!ENTITY a "ha">'
        + "".join(f'<!ENTITY {chr(letter + 1)} "{f"&{chr(letter)};" * 10}">' for letter in range(97, 117))
        + "]>"
    )
    parts = parts_of(filled(good()))
    for name in ("xl/workbook.xml", "xl/worksheets/sheet3.xml"):
        body = parts[name].decode().split("?>", 1)[-1]
        hostile = parts | {name: f'<?xml version="1.0"?>{laughs}{body}'.encode(encoding)}
        (error,) = checked(packed(hostile), "laughs.xlsx", seeds).findings
        assert "DOCTYPE" in error.message


def test_a_sheet_of_too_many_rows_is_refused(filled, seeds, monkeypatch):
    monkeypatch.setattr(lines, "MOST_ROWS", 1)
    (error,) = errors(filled({"sources": [SOURCE, SOURCE | {"id": "second-paper"}]}), seeds)
    assert error.message == "The sheet has more than 1 rows; hand them in in several workbooks."


def test_nothing_is_written_when_a_row_is_wrong(filled, seeds, tmp_path):
    before = sorted(tmp_path.rglob("*"))
    result, written = check.write_rows(filled(good(twinnings=[TWINNING | {"level": "continent"}])), "", tmp_path / "review", seeds)  # fmt: skip
    assert not result.ready
    assert written == []
    assert sorted(tmp_path.rglob("*")) == before


def test_an_existing_folder_is_left_alone(filled, seeds, tmp_path):
    (tmp_path / "review").mkdir()
    with pytest.raises(CannotWrite, match=r"review.*name a new folder"):
        check.write_rows(filled(good()), "", tmp_path / "review", seeds)
    assert list((tmp_path / "review").iterdir()) == []


def test_no_half_written_folder_stays(filled, seeds, tmp_path, monkeypatch):
    content = filled(good())
    before = sorted(tmp_path.iterdir())

    def full(*args):
        raise OSError("No space left on device")

    monkeypatch.setattr(check.os, "rename", full)
    with pytest.raises(CannotWrite, match="No space left"):
        check.write_rows(content, "", tmp_path / "review", seeds)
    assert sorted(tmp_path.iterdir()) == before


def test_a_missing_parent_folder_is_named(filled, seeds, tmp_path):
    with pytest.raises(CannotWrite, match=r"nowhere.*make the folder first"):
        check.write_rows(filled(good()), "", tmp_path / "nowhere" / "review", seeds)


def test_the_seeds_stay_as_they_are(filled, seeds, tmp_path):
    copy = shutil.copytree(seeds, tmp_path / "copy")
    checked(filled(good()), "", seeds)
    assert all((seeds / file.name).read_bytes() == file.read_bytes() for file in copy.iterdir())


def given(*rows):
    """A change of the template into a workbook that was given out with records of a table."""

    def change(book):
        sheet = book["_given"]
        for table, cells in rows:
            sheet.append([table, cells["id"], json.dumps(cells, ensure_ascii=False)])

    return change


TIE = ROWS["twinnings"][0]


def test_only_what_differs_from_what_was_given_out_is_asked_for(filled, seeds):
    content = filled({"twinnings": [TIE | {"status": "lapsed", "signed_on": None}]}, given(("twinnings", TIE)))
    result = checked(content, "filled.xlsx", seeds)
    assert result.version == "2026-11-01"
    (asked,) = result.asked
    assert (asked.kind, asked.id, asked.line) == (CHANGED, TIE["id"], 4)
    assert asked.cells == {"status": "lapsed", "signed_on": ""}
    assert asked.given == {"status": TIE["status"], "signed_on": TIE["signed_on"]}


def test_rows_as_they_were_given_out_ask_for_nothing_though_the_records_have_moved_on(filled, seeds):
    seen = TIE | {"status": "unknown"}
    result = checked(filled({"twinnings": [seen]}, given(("twinnings", seen))), "", seeds)
    assert result.asked == ()
    assert Counted("twinnings", unchanged=1, ignored=1) in result.sheets
    result = checked(filled({"twinnings": [seen | {"status": "lapsed"}]}, given(("twinnings", seen))), "", seeds)
    assert any("changed since" in one.message for one in result.findings)
    assert result.asked[0].given == {"status": "unknown"}


@pytest.mark.parametrize(
    ("after", "told"), [("2016-12", True), ("2016", True), ("2017", False), ("2017-05", False), ("2018", False)]
)
def test_a_record_that_was_confirmed_later_already_says_so(filled, tmp_path, after, told):
    stands = TIE | {"last_confirmed": "2017-04"}
    seeds = write(tmp_path / "confirmed", ROWS | {"twinnings": [stands, *ROWS["twinnings"][1:]]})
    content = filled({"twinnings": [stands | {"last_confirmed": after}]}, given(("twinnings", stands)))
    earlier = [
        one for one in checked(content, "", seeds).findings if "earlier than 2017-04, which stands" in one.message
    ]
    assert [(one.column, one.record) for one in earlier] == [("last_confirmed", TIE["id"])] * told


def test_a_record_that_is_gone_cannot_be_changed(filled, seeds):
    gone = TIE | {"id": "twin-gone"}
    (error,) = errors(filled({"twinnings": [gone | {"status": "lapsed"}]}, given(("twinnings", gone))), seeds)
    assert "no longer in the tables" in error.message


def test_what_was_given_out_must_be_whole(filled, seeds):
    def spoil(book):
        given(("twinnings", TIE))(book)
        book["_given"]["C2"] = "{"

    (error,) = errors(filled({}, spoil), seeds)
    assert "_given" in error.message


def test_a_change_that_makes_another_record_wrong_is_told_with_its_id(filled, seeds):
    found = errors(filled({"places": [{"id": "vn-026", "valid_until": "1990"}]}), seeds)
    assert {one.sheet for one in found} == {None}
    assert "twin-dong-van-funing|VN|vn-026|" in [one.record for one in found]


def test_an_example_that_was_filled_in_is_said_to_be_a_remark(atlas, template):
    book = openpyxl.load_workbook(io.BytesIO(template))
    book["twinnings"]["E3"] = "lapsed"
    book.save(content := io.BytesIO())
    assert found(template, SEEDS) == ["note: The workbook asks for nothing: no row is new or changed."]
    assert "note: twinnings: Lines that start with # are remarks and were not read: 3." in found(
        content.getvalue(), SEEDS
    )
