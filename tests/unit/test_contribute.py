"""The workbook that contributors fill in: what it offers, what is read from it, and what is refused."""

import datetime
import io
import random
import shutil
import zipfile

import openpyxl
import pandas as pd
import pytest
from openpyxl.worksheet.formula import ArrayFormula
from records_package import ROWS, write

from atlas import LANGUAGES, records
from atlas.exports.contributions import filled_workbook, workbook
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
def filled(tmp_path, template):
    """A function that fills rows into the template, lets another function change the workbook, and names the file."""

    def written(rows, change=lambda book: None):
        book = openpyxl.load_workbook(io.BytesIO(template))
        for table, lines in rows.items():
            sheet = book[table]
            header = [cell.value for cell in sheet[1]]
            for row in lines:
                sheet.append([row.get(column) for column in header])
        change(book)
        path = tmp_path / "filled.xlsx"
        book.save(path)
        return path

    return written


def good(**changes):
    rows = {"sources": [SOURCE], "twinnings": [TWINNING], "twinning_members": MEMBERS}
    return {**rows, **changes}


def messages(path, seeds):
    return [str(problem) for problem in workbook.check(path, seeds)]


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


def test_an_unfilled_template_has_nothing_to_check(filled, seeds):
    assert messages(filled({}), seeds) == ["filled.xlsx: expected at least one filled row"]


def test_good_rows_become_tables_for_review(filled, seeds, tmp_path):
    path = filled(good())
    assert messages(path, seeds) == []
    written = workbook.write_rows(path, tmp_path / "review", seeds)
    assert [file.name for file in written] == ["sources.csv", "twinnings.csv", "twinning_members.csv"]
    frame = pd.read_csv(tmp_path / "review/twinnings.csv", dtype=str, keep_default_na=False)
    assert list(frame.columns) == records.schema(seeds).tables["twinnings"].columns
    assert {column: value for column, value in frame.iloc[0].items() if value} == TWINNING
    assert records.validate(seeds) == []


def test_rows_written_for_review_fit_behind_the_tables(filled, seeds, tmp_path):
    for file in workbook.write_rows(filled(good()), tmp_path / "review", seeds):
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
    rows = workbook.read_workbook(filled({"figures": [figure]}), records.schema(seeds))
    ((line, row),) = rows["figures"]
    assert line == 4
    assert (row["value"], row["cumulative"], row["title_en"], row["part_of"]) == (
        "20",
        "true",
        "Masters of Hà Giang",
        "",
    )
    assert messages(filled({"figures": [figure]}), seeds) == []


def test_problems_name_sheet_and_line(filled, seeds):
    path = filled(
        good(
            twinnings=[
                TWINNING | {"status": "activ", "sources": "new-paper;nowhere"},
                TWINNING | {"id": "twin-two", "signed_on": "2015-13"},
            ]
        )
    )
    assert messages(path, seeds) == [
        'filled.xlsx, twinnings:4 sources "nowhere": expected an id in sources.csv',
        'filled.xlsx, twinnings:4 status "activ": expected one of active, lapsed, planned, unknown; did you mean "active"?',
        'filled.xlsx, twinnings:5 id "twin-two": expected members of VN and CN in twinning_members.csv',
        'filled.xlsx, twinnings:5 signed_on "2015-13": expected YYYY, YYYY-MM or YYYY-MM-DD',
    ]


def test_lines_are_counted_as_the_workbook_shows_them(filled, seeds):
    def move(book):
        book["twinnings"].insert_rows(4, amount=3)

    (problem,) = workbook.check(filled(good(twinnings=[TWINNING | {"level": "continent"}]), move), seeds)
    assert (problem.row, problem.column, problem.value) == (7, "level", "continent")


def test_a_known_id_is_not_given_twice(filled, seeds):
    (problem,) = workbook.check(filled(good(sources=[SOURCE, SOURCE | {"id": "office"}])), seeds)
    assert (problem.file, problem.row, problem.column) == ("filled.xlsx, sources", 5, "id")


def test_what_is_there_already_is_shown_beside_its_record(filled, seeds):
    path = filled(good(sources=[SOURCE | {"url": "https://example.org/1"}]))
    assert messages(path, seeds) == []
    assert [str(remark) for remark in workbook.remarks(path, seeds)] == [
        'filled.xlsx, sources:4 url "https://example.org/1": is the address of paper, line 2, too',
        'filled.xlsx, twinnings:4 id "twin-new": has the members and the level of twin-dong-van-funing, line 2',
    ]


def test_damaged_rows_are_refused(filled, seeds):
    place = {"id": "vd-place", "kind": "commune", "country": "VN", "name_vi": "MÌo V¹c", "official_code": 712, "sources": "office"}  # fmt: skip
    assert messages(filled({"places": [place]}), seeds) == [
        'filled.xlsx, places:4 name_vi "MÌo V¹c": expected Vietnamese in Unicode; this seems to be typed in a font of TCVN3',
        'filled.xlsx, places:4 official_code "712": expected a code of 5 digits, zeros in front written, such as 00712',
    ]


def rename(old, new):
    def change(book):
        book[old].title = new

    return change


def cell(sheet, place, value):
    def change(book):
        book[sheet][place] = value

    return change


WORKBOOKS = {
    "a sheet that is no table": (
        rename("events", "Events 2024"),
        "filled.xlsx, Events 2024: expected a sheet named after a table",
    ),
    "a column renamed": (cell("twinnings", "B1", "Level"), "filled.xlsx, twinnings:1 level: expected this column once"),
    "a column twice": (cell("twinnings", "C1", "level"), "filled.xlsx, twinnings:1 level: expected this column once"),
    "a column too many": (
        cell("twinnings", "Z1", "extra"),
        "filled.xlsx, twinnings:1 extra: expected no column that the table does not have",
    ),
    "text beside the columns": (
        cell("twinnings", "Z4", "see above"),
        "filled.xlsx, twinnings:4: expected nothing beside the 12 columns",
    ),
    "a date that the spreadsheet made": (
        cell("twinnings", "C4", datetime.datetime(2016, 5, 1)),
        'filled.xlsx, twinnings:4 signed_on "2016-05-01 00:00:00": expected a date as text',
    ),
    "a formula": (
        cell("sources", "B4", "=1+1"),
        'filled.xlsx, sources:4 title "=1+1": expected text that no spreadsheet takes for a formula',
    ),
    "a formula of many cells": (
        cell("sources", "B4", ArrayFormula("B4:B5", "=A4:A5")),
        'filled.xlsx, sources:4 title "=A4:A5": expected a text or number, not a formula',
    ),
    "a span of time": (
        cell("twinnings", "C4", datetime.timedelta(days=2, hours=3)),
        'filled.xlsx, twinnings:4 signed_on "2 days, 3:00:00": expected a date as text',
    ),
    "a column and a sheet that steer a terminal": (
        lambda book: (cell("twinnings", "Z1", "\u009b31m" + "x" * 5_000)(book), rename("events", "\u202eE")(book)),
        r"filled.xlsx, \u202eE: expected a sheet named after a table",
    ),
    "an error value": (cell("twinnings", "C4", "#REF!"), 'filled.xlsx, twinnings:4 signed_on "#REF!": expected YYYY'),
    "a decomposed diacritic is composed": (cell("sources", "B4", "Ba\u0301o"), None),
    "a text far too long": (cell("sources", "B4", "x" * 20_000), "filled.xlsx, sources:4 title"),
    "nothing but blanks": (cell("sources", "B4", " " * 9_000 + "\n" + " " * 900), "filled.xlsx, sources:4 title"),
    "marks upon marks": (
        cell("sources", "B4", "a\u0323\u0301" * 20 + "\u0301\u0323" * 4_000),
        'filled.xlsx, sources:4 title "',
    ),
}


@pytest.mark.parametrize(("change", "expected"), WORKBOOKS.values(), ids=WORKBOOKS)
def test_odd_workbooks(filled, seeds, change, expected):
    said = messages(filled(good(), change), seeds)
    if expected is None:
        assert said == []
    else:
        assert any(line.startswith(expected) for line in said), said
        assert all(line.isprintable() and len(line) < 1_000 for line in said)


def packed(path, parts):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def test_files_that_are_no_workbooks(tmp_path, seeds):
    text = tmp_path / "rows.xlsx"
    text.write_text("id,title\n1,2\n")
    archive = packed(tmp_path / "other.xlsx", {"a.txt": "b"})
    large = tmp_path / "large.xlsx"
    with large.open("wb") as file:
        file.truncate(filled_workbook.LARGEST_FILE + 1)
    for path, expected in (
        (text, "a workbook in the format .xlsx"),
        (archive, "a workbook (.xlsx) that can be read"),
        (large, "a workbook of at most 5 MB"),
        (tmp_path / "missing.xlsx", "a file that can be read"),
        (tmp_path, "a file that can be read"),
    ):
        (problem,) = workbook.check(path, seeds)
        assert problem.expected.startswith(expected), problem


def test_an_archive_that_would_fill_the_memory_is_not_unpacked(tmp_path, seeds):
    bomb = packed(tmp_path / "bomb.xlsx", {"xl/workbook.xml": b"0" * (filled_workbook.LARGEST_CONTENT + 1)})
    many = packed(tmp_path / "many.xlsx", {f"{number}.xml": "" for number in range(filled_workbook.MOST_PARTS + 1)})
    for path in (bomb, many):
        (problem,) = workbook.check(path, seeds)
        assert "when unpacked" in problem.expected


def test_a_small_file_of_very_many_cells_is_refused(filled, seeds, tmp_path):
    path = filled(good())
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    row = b"<row r='9'>" + b"<c r='A9'><v>1</v></c>" * 1_000 + b"</row>"
    parts["xl/worksheets/sheet3.xml"] = parts["xl/worksheets/sheet3.xml"].replace(
        b"</sheetData>", row * 300 + b"</sheetData>"
    )
    (problem,) = workbook.check(packed(tmp_path / "cells.xlsx", parts), seeds)
    assert "250,000 cells" in problem.expected


def test_workbooks_damaged_anywhere_are_refused_in_a_sentence(filled, seeds, tmp_path):
    content, chance = filled(good()).read_bytes(), random.Random(1)
    path = tmp_path / "damaged.xlsx"
    for _ in range(40):
        damaged = bytearray(content)
        for _ in range(chance.randint(1, 8)):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        path.write_bytes(damaged)
        for problem in workbook.check(path, seeds):
            assert problem.file.startswith("damaged.xlsx")


def test_a_workbook_with_a_password_is_refused(filled, seeds, tmp_path):
    content = bytearray(filled(good()).read_bytes())
    for head, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(head) + flags] |= 1
    path = tmp_path / "locked.xlsx"
    path.write_bytes(content)
    (problem,) = workbook.check(path, seeds)
    assert "without a password" in problem.expected


def test_entities_are_not_expanded(filled, seeds, tmp_path):
    laughs = (
        '<!DOCTYPE w [<!ENTITY a "ha">'
        + "".join(f'<!ENTITY {chr(letter + 1)} "{f"&{chr(letter)};" * 10}">' for letter in range(97, 117))
        + "]>"
    )
    path = filled(good())
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name).decode("utf-8", "surrogateescape") for name in archive.namelist()}
    for name in ("xl/workbook.xml", "xl/worksheets/sheet3.xml"):
        body = parts[name].split("?>", 1)[-1]
        hostile = parts | {
            name: '<?xml version="1.0"?>'
            + laughs
            + body.replace("<sheetData", "<!-- -->&u;<sheetData", 1).replace("<sheets", "&u;<sheets", 1)
        }
        (problem,) = workbook.check(packed(tmp_path / "laughs.xlsx", hostile), seeds)
        assert "that can be read" in problem.expected


def test_a_sheet_of_too_many_lines_is_refused(filled, seeds, monkeypatch):
    monkeypatch.setattr(filled_workbook, "MOST_ROWS", 4)
    (problem,) = workbook.check(filled({"sources": [SOURCE, SOURCE | {"id": "second-paper"}]}), seeds)
    assert problem.expected == "at most 4 lines and 100 columns"


def test_nothing_is_written_when_a_row_is_wrong(filled, seeds, tmp_path):
    before = sorted(tmp_path.rglob("*"))
    path = filled(good(twinnings=[TWINNING | {"level": "continent"}]))
    with pytest.raises(records.InvalidRecords):
        workbook.write_rows(path, tmp_path / "review", seeds)
    assert sorted(tmp_path.rglob("*")) == sorted([*before, path])


def test_an_existing_folder_is_left_alone(filled, seeds, tmp_path):
    (tmp_path / "review").mkdir()
    with pytest.raises(CannotWrite, match=r"review.*name a new folder"):
        workbook.write_rows(filled(good()), tmp_path / "review", seeds)
    assert list((tmp_path / "review").iterdir()) == []


def test_no_half_written_folder_stays(filled, seeds, tmp_path, monkeypatch):
    path = filled(good())
    before = sorted(tmp_path.iterdir())

    def full(*args):
        raise OSError("No space left on device")

    monkeypatch.setattr(workbook.os, "rename", full)
    with pytest.raises(CannotWrite, match="No space left"):
        workbook.write_rows(path, tmp_path / "review", seeds)
    assert sorted(tmp_path.iterdir()) == before


def test_a_missing_parent_folder_is_named(filled, seeds, tmp_path):
    with pytest.raises(CannotWrite, match=r"nowhere.*make the folder first"):
        workbook.write_rows(filled(good()), tmp_path / "nowhere" / "review", seeds)


def test_the_seeds_stay_as_they_are(filled, seeds, tmp_path):
    copy = shutil.copytree(seeds, tmp_path / "copy")
    workbook.check(filled(good()), seeds)
    assert all((seeds / file.name).read_bytes() == file.read_bytes() for file in copy.iterdir())
