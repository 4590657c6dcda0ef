"""What checks find, as a sentence in a language: where, what stands there, what was expected."""

import pytest
from records_package import written

from atlas import SEEDS, cli
from atlas.exports.contributions.asked import ERROR, Finding
from atlas.records import Problem, Remark, cells, schema, validate
from atlas.records.said import said
from atlas.words.findings import told
from atlas.words.translator import Translator

WRONG = said("one of {values}", values=("active", "lapsed"))


def in_language(found, language: str) -> str:
    return told(found, Translator(language), schema(SEEDS).tables)


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        (
            "vi",
            "seeds/twinnings.csv · dòng 17 · Tình trạng (status) · “alive”: "
            'yêu cầu: một trong các giá trị active, lapsed; có phải ý bạn là "active"?',
        ),
        (
            "zh",
            "seeds/twinnings.csv · 第17行 · 状态 (status) · “alive”：要求：以下值之一：active、lapsed；是否应为“active”？",
        ),
        (
            "en",
            "seeds/twinnings.csv · line 17 · Status (status) · “alive”: "
            'expected one of active, lapsed; did you mean "active"?',
        ),
    ],
)
def test_a_problem_names_line_column_value_and_what_is_expected(language, sentence):
    expected = said('{expected}; did you mean "{near}"?', expected=WRONG, near="active")
    assert in_language(Problem("seeds/twinnings.csv", 17, "status", "alive", expected), language) == sentence


def test_a_finding_in_a_workbook_names_sheet_and_cell():
    finding = Finding(ERROR, said("each item once"), "places", 7, "sources", "C7", "a;a")
    assert in_language(finding, "zh") == "地点 (places) · 单元格C7 · 来源 (sources) · “a;a”：每项只列一次"
    assert in_language(Finding(ERROR, said("each item once")), "zh") == "每项只列一次"


def test_what_has_no_title_is_shown_as_it_is_named():
    remark = Remark("k", "x.csv", None, "lat, nowhere", None, said("has no coordinates"))
    assert in_language(remark, "vi") == "x.csv · lat, nowhere: chưa có tọa độ"


def test_a_sentence_is_one_printable_line_and_short():
    problem = Problem(
        "seeds/places.csv", 2, "name_\x1b[31m", "\x1b[31m" + "x" * 1000, said("other forms than {name}", name="a\nb")
    )
    for language in ("vi", "zh", "en"):
        assert in_language(problem, language).isprintable()
        assert len(in_language(problem, language)) < 200


def test_the_command_line_lists_what_is_found_in_a_language(tmp_path, monkeypatch, capsys):
    seeds = tmp_path / "seeds"
    seeds.mkdir()
    (seeds / "datapackage.json").write_text("[]")
    monkeypatch.setattr(cli, "SEEDS", seeds)
    monkeypatch.chdir(tmp_path)
    assert cli.main(["validate", "--lang", "zh"]) == 1
    assert capsys.readouterr().out.strip() == "seeds/datapackage.json：要求：以对象形式写成的各表说明"
    assert cli.main(["check"]) == 1
    assert (
        capsys.readouterr().out.strip() == "seeds/datapackage.json: expected the description of the tables as an object"
    )


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        (
            "vi",
            "một trong các giá trị active (Đang duy trì), lapsed (Đã hết hiệu lực), planned (Dự kiến), unknown (Hiện chưa rõ)",
        ),
        ("zh", "以下值之一：active（存续）、lapsed（已失效）、planned（计划中）、unknown（现状不详）"),
        ("en", "one of active, lapsed, planned, unknown"),
    ],
)
def test_allowed_values_stand_with_what_they_mean(language, sentence):
    status = schema(SEEDS).tables["twinnings"].field("status")
    assert Translator(language).said(cells.expected(status, "alive?")) == sentence


def test_a_column_in_a_sentence_stands_with_its_title(tmp_path):
    folder = written(tmp_path, lambda rows: rows["places"][2].update(lon=""))
    missing = next(one for one in validate(folder) if one.column == "lat")
    assert Translator("zh").said(missing.expected) == "同一行的lon（经度）也须填写"
    assert missing.expected == "a value of lon beside it"


def test_a_table_in_a_sentence_stands_with_its_title(tmp_path):
    folder = written(tmp_path, lambda rows: rows["twinnings"][0].update(sources="nowhere"))
    (unknown,) = validate(folder)
    assert Translator("vi").said(unknown.expected) == "mã có trong sources.csv (Nguồn)"
    assert unknown.expected == "an id in sources.csv"


def test_an_empty_cell_is_not_quoted():
    finding = Finding(ERROR, said("a value"), "places", 7, "sources", "C7", "")
    assert in_language(finding, "vi") == "Địa điểm (places) · ô C7 · Nguồn (sources): phải có giá trị"
