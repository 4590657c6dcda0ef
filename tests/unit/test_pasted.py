"""Lists of names as people paste them, and what is recognised in them: by the library, in files, on the command line."""

import csv
import io
import subprocess
import sys
from datetime import date
from types import SimpleNamespace

import openpyxl
import pandas as pd
import pytest

from atlas import LANGUAGES, ROOT, cli
from atlas.exports import recognised
from atlas.model import pasted, standing
from atlas.model.gazetteer import Gazetteer
from atlas.records.dates import today
from atlas.words import vocabulary
from atlas.words.translator import Translator


def read(text: str) -> list[tuple[str, str]]:
    """The names and the units above them, a line each."""
    return [(line.name, line.above) for line in pasted.read(text).lines]


def rows(atlas, text: str, **more) -> list[pasted.Recognised]:
    return pasted.recognised(atlas, pasted.read(text).lines, **more)


@pytest.mark.parametrize(
    "text",
    ["Mèo Vạc\nXín Cái", "\ufeffMèo Vạc\r\nXín Cái\r\n", "Mèo Vạc,\rXín Cái;\r\r", "1. Mèo Vạc\n2. Xín Cái\n\n\n",
     "1) Mèo Vạc\n2) Xín Cái", "（1）Mèo Vạc。\n2、Xín Cái", "- Mèo Vạc\n• Xín Cái", "Mèo\u00a0Vạc \nXín  Cái", "Mèo Vạc\0\nXín\u200b Cái",
     "1\tMèo Vạc\n2\tXín Cái", '"Mèo Vạc"\n"Xín Cái"', "1;Mèo Vạc\n2;Xín Cái", "1,Mèo Vạc\n2,Xín Cái", "Mèo Vạc\t\nXín Cái\t12,345\t2016"],
)  # fmt: skip
def test_bullets_numbers_and_ends_are_no_part_of_a_name(text):
    assert read(text) == [("Mèo Vạc", ""), ("Xín Cái", "")]


@pytest.mark.parametrize(
    "text",
    ["Xín Cái\tMèo Vạc\tHà Giang", "7. Xín Cái\tMèo Vạc\tHà Giang", "Xín Cái;Mèo Vạc;Hà Giang", '"Xín Cái","Mèo Vạc","Hà Giang"',
     '"Xín Cái";"Mèo Vạc";"Hà Giang"', "Xín Cái\t\tMèo Vạc, Hà Giang\t1.234"],
)  # fmt: skip
def test_further_columns_are_the_units_above(text):
    assert read(text) == [("Xín Cái", "Mèo Vạc, Hà Giang")]


def test_a_column_of_numbers_may_have_a_heading_and_gaps():
    assert read("STT\tTên\tHuyện\n1\tXín Cái\tMèo Vạc\n\n2\tMèo Vạc\n")[1:] == [
        ("Xín Cái", "Mèo Vạc"),
        ("", ""),
        ("Mèo Vạc", ""),
    ]
    assert read("194\tMóng Cái\tQuảng Ninh\n24\tHà Giang\tHà Giang") == [
        ("Móng Cái", "Quảng Ninh"),
        ("Hà Giang", "Hà Giang"),
    ]


def test_codes_with_zeros_are_names_and_no_numbering():
    assert read("00778\tHà Giang\n00779\tHà Giang") == [("00778", "Hà Giang"), ("00779", "Hà Giang")]


def test_every_line_keeps_its_position():
    lines = pasted.read("\n\nMèo Vạc\n \nXín Cái\n\n").lines
    assert [(line.number, line.written) for line in lines] == [
        (1, ""),
        (2, ""),
        (3, "Mèo Vạc"),
        (4, ""),
        (5, "Xín Cái"),
    ]


def test_what_is_left_out_is_counted():
    read = pasted.read("\n".join(f"name {n}" for n in range(pasted.MOST_LINES + 7)))
    assert (len(read.lines), read.left_out) == (pasted.MOST_LINES, 7)
    assert read.lines[-1].written == f"name {pasted.MOST_LINES - 1}"


@pytest.mark.parametrize(
    "text",
    ["", "\n\n", "\ufeff", "\0", "\ud800", '"', '""', ";;;", "\t\t", "." * 100_000, '"' * 100_000, "(" * 100_000],
)
def test_what_is_no_list_is_read_all_the_same(atlas, text):
    assert all(one.state in ("empty", "none") for one in rows(atlas, text))


def test_places_are_recognised_told_apart_or_proposed(atlas):
    found = rows(
        atlas, "Huyện Mèo Vạc\nXín Cái\tMèo Vạc\nMèo Vạc\n靖西縣\n\n=cmd|' /C calc'!A0\nMèo Vạcc\nXín Cái\tMóng Cái"
    )
    assert [one.state for one in found] == ["sure", "sure", "choose", "sure", "empty", "none", "choose", "choose"]
    assert [one.place for one in found] == ["vn-027", "vn-00778", None, "cn-451081", None, None, None, None]
    assert {"vn-027", "vn-00769", "vn-00769-2025"} <= {one.place for one in found[2].candidates}
    assert found[6].candidates[0].reason == "misspelling"
    assert [(one.place, one.reason) for one in found[7].candidates] == [("vn-00778", "other_parent")]


def test_a_unit_for_the_whole_list_and_a_day_tell_namesakes_apart(atlas):
    assert rows(atlas, "Mèo Vạc")[0].place is None
    assert rows(atlas, "Mèo Vạc", unit="vn-08-2025")[0].place == "vn-00769-2025"
    old = rows(atlas, "Mèo Vạc", day=date(2016, 1, 1))[0].candidates
    assert {one.place for one in old[:2]} == {"vn-027", "vn-00769"}


def test_every_former_commune_with_its_units_is_recognised_in_a_list(atlas):
    table = atlas.table("places")
    former = table[(table["kind"] == "commune") & table["valid_until"].notna()]
    text = "\n".join(
        f"{row['designation']} {row['name_vi']}\t"
        + "\t".join(atlas.places[one]["name_vi"] for one in atlas.places.ancestors(place))
        for place, row in former.iterrows()
    )
    found = rows(atlas, text)
    assert [one.place for one in found if one.place] == [place for place, one in zip(former.index, found) if one.place]
    assert sum(one.state != "sure" for one in found) <= len(former) / 100


def test_lines_after_the_time_are_said_to_be_not_looked_up(atlas):
    assert [one.state for one in rows(atlas, "Mèo Vạc\n\nXín Cái", seconds=0)] == ["late", "empty", "late"]


def test_the_units_of_today_exist_and_stand_in_for_what_ended(atlas):
    day = today(atlas.version)
    for place, row in atlas.table("places").iterrows():
        found = standing.of_today(atlas, place, day)
        assert not any(atlas.places.ended(one, day) for one in found)
        if not row["valid_until"]:
            assert found == (place,)
    assert "vn-00769-2025" in standing.of_today(atlas, "vn-027", day)  # on the area of a district


def test_a_unit_that_came_after_a_unit_that_ended_as_well_is_followed_to_today(atlas):
    ends = {"a": "2020-02-29", "b": "2025-06-30", "c": None}
    table = (
        atlas.table("places")
        .iloc[:3]
        .assign(id=list(ends), valid_until=list(ends.values()), valid_from=None, parent=None)
    )
    table = table.astype(object).where(table.notna(), None)
    after = pd.DataFrame({"predecessor": ["a", "b"], "successor": ["b", "c"], "share": [1.0, 1.0]})
    small = SimpleNamespace(places=Gazetteer(table.set_index("id", drop=False), after))
    assert standing.of_today(small, "a", date(2026, 1, 1)) == ("c",)
    assert standing.of_today(small, "a", date(2021, 1, 1)) == ("b",)
    assert standing.of_today(small, "a", date(2016, 1, 1)) == ("a",)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_file_has_every_line_with_names_units_twinnings_and_candidates(atlas, language):
    translate = Translator(language)
    found = rows(atlas, "Huyện Mèo Vạc\n\n=1+1\nMèo Vạc")
    table = recognised.table(atlas, found, translate)
    assert table[translate("Written")].tolist() == ["Huyện Mèo Vạc", "", "=1+1", "Mèo Vạc"]
    first = table.iloc[0]
    assert first[translate("Chinese name")] == "苗旺县"
    assert first[translate("Number of twinnings")] == 2
    assert atlas.places.name("vn-00769-2025", language) in first[translate("Unit of today")]
    assert first[translate("Id")] == "vn-027"
    assert "[vn-027]" in table.iloc[3][translate("Possible places")]
    assert table[translate("Result")].tolist() == [
        recognised.states(translate)[one] for one in ("sure", "empty", "none", "choose")
    ]


def test_nothing_in_a_file_starts_a_formula(atlas):
    found = rows(atlas, "=1+1\n@x\n＝cmd\n-\t+1")
    listed = list(csv.reader(io.StringIO(recognised.csv(atlas, found, "en").decode("utf-8-sig"))))
    assert [row[1] for row in listed[1:]] == ["'=1+1", "'@x", "'＝cmd", "'-\t+1"]
    _, sheet = openpyxl.load_workbook(io.BytesIO(recognised.xlsx(atlas, found, "en")))
    cells = [sheet.cell(row, 2) for row in range(2, 5)]
    assert [cell.value for cell in cells] == ["=1+1", "@x", "＝cmd"]
    assert all(cell.data_type == "s" and cell.quotePrefix for cell in cells)


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_are_words_for_every_state_and_reason(atlas, language):
    translate = Translator(language)
    assert set(recognised.states(translate)) == set(pasted.STATES)
    texts = "\n".join(
        ["Mèo Vạc", "苗旺县", "Jìngxī", "Yunnan", "vn-027", "027", "ha-giang", "Mèo Vạcc", "Xín Cái\tMóng Cái"]
    )
    for one in rows(atlas, texts):
        assert {each.reason for each in one.candidates} <= set(vocabulary.reasons(translate))


def command(*arguments: str, given: bytes = b"") -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "-m", "atlas", "recognise", *arguments], input=given, capture_output=True, cwd=ROOT
    )


def test_the_command_writes_csv_of_a_file_or_of_its_input(tmp_path):
    path = tmp_path / "list.txt"
    path.write_text("Huyện Mèo Vạc\n=cmd\n", "utf-16")
    answer = command(str(path), "--lang", "zh")
    listed = list(csv.DictReader(io.StringIO(answer.stdout.decode("utf-8-sig"))))
    assert [row[Translator("zh")("Id")] for row in listed] == ["vn-027", ""]
    assert answer.returncode == 2
    assert answer.stderr.decode() == "sure: 1, none: 1\n"
    piped = command("-", "--in", "vn-02", given="xã Xín Cái".encode())
    assert (piped.returncode, piped.stderr) == (0, b"sure: 1\n")


@pytest.mark.parametrize(
    ("arguments", "given", "said"),
    [
        (["-"], "Mèo Vạc\n".encode() + "靖西县\n".encode("gb18030"), "line 2: expected text in UTF-8"),
        (["no-such-file.txt"], b"", "no-such-file.txt: expected a file that can be read"),
        (["-", "--in", "Nowhere"], b"", '--in "Nowhere": expected the id or the name of one place'),
    ],
)
def test_what_the_command_cannot_read_it_says(monkeypatch, capsys, arguments, given, said):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(given)))
    assert cli.main(["recognise", *arguments]) == 1
    assert said in capsys.readouterr().err
