"""A comparison as CSV, workbook and slides, and by the command."""

import csv
import io

import openpyxl
import pytest
from pptx import Presentation

from atlas import UnknownValue, cli
from atlas.exports import comparison, formats
from atlas.model import sides
from atlas.model.audience import released
from atlas.model.comparison import compare
from atlas.model.selection import Selection
from atlas.words.translator import Translator

EVERYTHING = Selection()
PAIRS = [("ha-giang", "cao-bang"), ("guangxi", "yunnan"), ("2025-06-30", "2025-07-01"), ("2024-H1", "2025-H1")]


def made(atlas, kind: str, language: str, pair: tuple[str, str], selection: Selection = EVERYTHING) -> bytes:
    return formats.export(atlas, kind, selection, language, sides=sides.both(atlas, *pair))


@pytest.mark.parametrize("language", ["vi", "zh", "en"])
def test_a_table_has_every_row_with_numbers_and_says_what_it_is(atlas, language):
    lines = list(csv.reader(io.StringIO(made(atlas, "csv", language, PAIRS[3]).decode("utf-8-sig"))))
    found = compare(atlas, *sides.both(atlas, *PAIRS[3]), Selection())
    assert len(lines) == 1 + sum(len(section.rows) for section in found.sections)
    heads, *rows = lines
    first = Translator(language)("All that were held")
    (held,) = (row for row in rows if row[1] == first)
    assert held[5:11] == ["23", "0", "", "24", "7", ""]
    assert atlas.version in held[-1]
    assert len(set(heads)) == len(heads)


@pytest.mark.parametrize("pair", PAIRS)
def test_a_workbook_has_the_rows_and_the_records_behind_them(atlas, pair):
    book = openpyxl.load_workbook(io.BytesIO(made(atlas, "xlsx", "en", pair)))
    assert book.sheetnames == ["About", "Comparison", "Records"]
    found = compare(atlas, *sides.both(atlas, *pair), Selection())
    counted = sum(value.most for part in found.sections for row in part.rows for value in (row.a, row.b))
    assert book["Records"].max_row == 1 + counted
    both = openpyxl.load_workbook(io.BytesIO(made(atlas, "xlsx", "vi-zh", pair)))
    assert both.worksheets[1].max_row == book["Comparison"].max_row
    assert both.worksheets[1]["E1"].value == "Chênh lệch\n差数"


@pytest.mark.parametrize(("pair", "language"), list(zip(PAIRS, ("vi", "zh", "vi-zh", "en"))))
def test_slides_begin_with_bars_and_a_table_of_both_sides_within_the_page(atlas, pair, language):
    deck = Presentation(io.BytesIO(made(atlas, "pptx", language, pair)))
    first = deck.slides[0]
    assert [shape.has_table for shape in first.shapes].count(True) == 1
    for slide in deck.slides:
        for shape in slide.shapes:
            assert shape.left >= 0
            assert shape.top >= 0
            assert shape.left + shape.width <= deck.slide_width
            assert shape.top + shape.height <= deck.slide_height, (slide.slide_id, shape.name)
    charts = [shape.chart for shape in first.shapes if shape.has_chart]
    found = compare(released(atlas, "both"), *sides.both(atlas, *pair), Selection())
    section = next(one for one in found.sections if pair != PAIRS[3] or one.name == "events")
    rows = [row for row in section.rows if row.form == "count"][: len(charts) // 2]
    assert rows
    values = [chart.plots[0].series[0].values[0] for chart in charts]
    assert values == [side.number for row in rows for side in (row.a, row.b)]
    assert len({chart.value_axis.maximum_scale for chart in charts}) == 1, "one scale for all bars"
    listed = [
        row for slide in list(deck.slides)[1:] for shape in slide.shapes if shape.has_table for row in shape.table.rows
    ]
    assert len(listed) >= sum(len(one.rows) for one in found.sections)


def test_a_selection_that_leaves_nothing_makes_files_too(atlas):
    for kind in formats.COMPARISONS:
        assert made(atlas, kind, "vi", PAIRS[0], Selection(q="zzzz"))
        assert made(atlas, kind, "vi", ("1990-01-01", "1990-01-01"), Selection(q="zzzz"))


def test_a_kind_that_there_is_not_is_refused(atlas):
    with pytest.raises(UnknownValue, match="expected one of csv, xlsx, pptx"):
        made(atlas, "pdf", "en", PAIRS[0])


def test_names_of_files_tell_both_sides_and_the_version(atlas):
    part = comparison.part(*sides.both(atlas, "2016/2020", "2021/2025"))
    name = formats.file_name(atlas, Selection(), "vi", "csv", part)
    assert name == f"border-cooperation-atlas-{atlas.version}-comparison-2016-to-2020-2021-to-2025-vi.csv"


def test_the_command_writes_a_file_or_says_what_is_possible(tmp_path, capsys):
    out = tmp_path / "two.csv"
    assert cli.main(["compare", "ha-giang", "cao-bang", str(out), "--lang", "vi", "--level", "commune"]) == 0
    assert "Hà Giang" in out.read_text("utf-8-sig").splitlines()[0]
    for wrong, said in (
        (["ha-gian", "cao-bang", str(out)], 'did you mean "ha-giang"'),
        (["ha-giang", "2024", str(out)], "two of one kind"),
        (["ha-giang", "cao-bang", str(tmp_path / "two.odt")], "ends in .csv or .xlsx or .pptx"),
        (["ha-giang", "cao-bang", str(out), "--region", "yunan"], 'did you mean "yunnan"'),
    ):
        assert cli.main(["compare", *wrong]) == 1
        assert said in capsys.readouterr().err
