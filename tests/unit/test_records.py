"""Reading, describing and checking the curated tables."""

import copy
import csv
import json
import math
from datetime import date

import pandas as pd
import pytest
from frictionless import Package as FrictionlessPackage
from frictionless import validate as frictionless_validate
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from records_package import ROWS, columns, write
from spoken import assert_spoken

from atlas import ROOT, SEEDS
from atlas.records import InvalidRecords, Problem, Remark, check, dates, dictionary, read, schema, validate
from benchmarks.grown_seeds import grow


@pytest.fixture
def rows():
    return copy.deepcopy(ROWS)


@pytest.fixture
def folder(tmp_path, rows):
    return write(tmp_path / "seeds", rows)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2016", date(2016, 1, 1), date(2016, 12, 31)),
        ("2016-02", date(2016, 2, 1), date(2016, 2, 29)),
        ("2013-09-04", date(2013, 9, 4), date(2013, 9, 4)),
        ("1900", date(1900, 1, 1), date(1900, 12, 31)),
        ("2100-12", date(2100, 12, 1), date(2100, 12, 31)),
    ],
)
def test_bounds_of_partial_dates(text, first, last):
    assert dates.bounds(text) == (first, last)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "16",
        "2016-5",
        "2016-00",
        "2016-13",
        "2016-02-30",
        "2015-02-29",
        "2016-05-00",
        "1899",
        "2101",
        "2016/05",
        "2016-05-04T00:00",
        " 2016",
        "２０１６",
    ],
)
def test_refused_dates(text):
    with pytest.raises(ValueError, match=r"YYYY|a day from|a year from"):
        dates.bounds(text)


def test_problem_names_file_row_column_value_and_expectation():
    problem = Problem("seeds/twinnings.csv", 17, "signed_on", "2016-13", "YYYY, YYYY-MM or YYYY-MM-DD")
    assert str(problem) == 'seeds/twinnings.csv:17 signed_on "2016-13": expected YYYY, YYYY-MM or YYYY-MM-DD'
    assert (
        str(Problem("seeds/events.csv", None, None, None, "a header line"))
        == "seeds/events.csv: expected a header line"
    )


def test_problem_shows_no_control_characters_and_no_endless_value():
    shown = str(Problem("f.csv", 2, "c", "\x1b[31m" + "x" * 1000, "text"))
    assert "\x1b" not in shown
    assert "\\u001b[31m" in shown
    assert len(shown) < 100


def test_schema_describes_fields():
    package = schema(SEEDS)
    assert list(package.tables) == list(columns())
    figures = package.tables["figures"]
    assert (figures.field("part_of").references, figures.field("part_of").many) == ("figures", False)
    assert (figures.field("fields").references, figures.field("fields").many) == ("fields", True)
    assert figures.field("as_of").date
    assert not figures.field("value").date
    assert figures.field("qualifier").enum == ("exact", "at_least", "about", "range", "not_stated")
    assert "commune" in package.tables["totals"].field("levels").enum
    assert package.tables["twinnings"].texts == [("note_vi", "note_zh", "note_en")]
    assert package.tables["fields"].texts == [("name_vi", "name_zh", "name_en")]
    assert package.tables["places"].texts == []
    assert package.tables["successions"].primary_key == ("predecessor", "successor")


def test_every_reference_is_to_the_id_of_a_table():
    package = schema(SEEDS)
    for table in package.tables.values():
        for field in table.fields:
            assert field.references is None or "id" in package.tables[field.references].columns, field


def test_read_gives_types(folder):
    tables = read(folder)
    assert {name: list(frame.columns) for name, frame in tables.items()} == columns()
    places = tables["places"].set_index("id")
    assert places.loc["vn-026", "also_known_as"] == ("Dong Van", "同文")
    assert places.loc["vn-02", "also_known_as"] == ()
    assert places.loc["vn-02", "name_zh"] is None
    assert places.loc["vn-02", "valid_until"] == "2025-06-30"
    assert places["lat"].dtype == "float64"
    assert math.isnan(places.loc["vn", "lat"])
    assert places["on_border"].dtype == bool
    assert places["on_border"].sum() == 1
    events = tables["events"]
    assert events["ordinal"].dtype == "Int64"
    assert events["ordinal_inferred"].tolist() == [False, False]


def test_read_keeps_missing_integers_and_tables_without_rows(tmp_path, rows):
    rows["discrepancies"], rows["discrepancy_statements"] = [], []
    rows["events"][0] |= {"series": "", "ordinal": ""}
    tables = read(write(tmp_path / "seeds", rows))
    assert tables["events"]["ordinal"].isna().tolist() == [True, False]
    assert tables["discrepancy_statements"].empty
    assert tables["discrepancy_statements"]["ordinal"].dtype == "Int64"


def test_dates_conflict_only_if_no_reading_of_both_fits(tmp_path, rows):
    rows["twinnings"][0] |= {"signed_on": "2016-05", "renewed_on": "2016"}
    rows["events"][0] |= {"date_from": "2025", "date_to": "2025"}
    assert validate(write(tmp_path / "seeds", rows)) == []


def test_value_that_looks_missing_is_kept(tmp_path, rows):
    rows["sources"][0]["title"] = "NA"
    assert read(write(tmp_path / "seeds", rows))["sources"]["title"][0] == "NA"


def remarks(folder, layers=None) -> list[str]:
    found = check(folder, layers or folder / "layers")
    for remark in found:
        assert_spoken(remark.message)
    return [f"{remark.kind} {str(remark).removeprefix(folder.as_posix() + '/')}" for remark in found]


BASELINE = ['uncited-sources sources.csv:4 id "copy": is cited by no record']


def test_remarks_on_the_fixture(folder):
    assert remarks(folder) == BASELINE


REMARKS = {
    "parts leave a rest": (
        {("figures", 0): {"value": "176"}},
        'parts-and-totals figures.csv:2 value "176": its parts by category add up to 130 of 176',
    ),
    "parts exceed their total": (
        {("figures", 0): {"value": "120"}},
        'parts-and-totals figures.csv:2 value "120": its parts by category add up to more, 128',
    ),
    "part in another measure": (
        {("figures", 1): {"measure": "courses"}},
        'parts-and-totals figures.csv:3 part_of "sch-all": this total has another measure or rate',
    ),
    "copy as only source": (
        {("twinnings", 0): {"sources": "copy"}},
        'copies-only twinnings.csv:2 sources "copy": rests on copies or machine translations only',
    ),
    "twinning without date": (
        {("twinnings", 0): {"signed_on": ""}},
        'undated twinnings.csv:2 id "twin-dong-van-funing": has no date (signed_on)',
    ),
    "figure without date": (
        {("figures", 1): {"period_from": "", "as_of": ""}},
        'undated figures.csv:3 id "sch-master": has no date (period_from, period_to, as_of)',
    ),
    "old total": (
        {("totals", 0): {"as_of": "2021-10"}},
        'stale totals.csv:2 as_of "2021-10": is more than 5 years old',
    ),
    "far from the parent": (
        {("places", 4): {"lat": "21"}, ("places", 2): {"kind": "district"}, ("twinnings", 1): {"level": "district"}},
        'positions places.csv:6 lat, lon "21.0, 105.36": lies 205 km from the position of vn-02',
    ),
    "crossings of the two sides at one point": (
        {
            ("places", 4): {"kind": "border_gate"},
            ("places", 6): {"kind": "border_gate", "lat": "23.27", "lon": "105.36"},
            ("twinnings", 0): {"level": "border_gate"},
        },
        'shared-crossings places.csv:6 lat, lon "23.27, 105.36": is one point for this crossing and cn-532628',
    ),
    "end without succession": (
        {("places", 6): {"valid_until": "2025"}},
        'ended-without-succession places.csv:8 id "cn-532628": ended, and no succession says what followed',
    ),
    "member without position": (
        {("places", 4): {"lat": "", "lon": "", "coordinate_precision": "", "coordinate_source": ""}},
        'members-without-position twinning_members.csv:3 place "vn-026": has no coordinates',
    ),
    "low confidence": (
        {("events", 1): {"confidence": "low", "release": "own"}},
        'low-confidence events.csv:3 id "jwc-2": has low confidence',
    ),
    "sessions missing": (
        {("events", 1): {"ordinal": "5"}},
        'sessions events.csv ordinal "joint_working_committee": no record of session 2, 3, 4',
    ),
    "session twice": (
        {("events", 1): {"ordinal": "1"}},
        'sessions events.csv:3 ordinal "1": another record is this session of joint_working_committee too',
    ),
    "Chinese text in Latin letters": (
        {("fields", 0): {"name_zh": "Medicine"}},
        'chinese-texts fields.csv:2 name_zh "Medicine": has no Chinese character',
    ),
}


@pytest.mark.parametrize(("changes", "expected"), REMARKS.values(), ids=REMARKS)
def test_remark(tmp_path, rows, changes, expected):
    for (table, index), values in changes.items():
        rows[table][index] |= values
    found = remarks(write(tmp_path / "seeds", rows))
    assert expected in found
    assert [remark for remark in found if remark not in BASELINE] == [expected]


def test_parts_by_outcome_and_the_rest_without_number(tmp_path, rows):
    """As of 176 scholarships: 61 and 52 and 14 are accounted for, the rest is not."""
    part = rows["figures"][1] | {"part_of": "sch-all"}
    rows["figures"] = [
        rows["figures"][0] | {"value": "176"},
        part | {"id": "graduated", "category": "", "outcome": "graduated", "value": "61"},
        part | {"id": "studying", "category": "", "outcome": "studying", "value": "52"},
        part | {"id": "studying-postgraduate", "category": "postgraduate", "outcome": "studying", "value": "14"},
        part | {"id": "rest", "category": "", "outcome": "not_stated", "value": "", "qualifier": "not_stated"},
        part | {"id": "undergraduate", "category": "undergraduate", "value": "157"},
        part | {"id": "postgraduate", "category": "postgraduate", "value": "19"},
    ]
    assert [remark for remark in remarks(write(tmp_path / "seeds", rows)) if remark not in BASELINE] == [
        'parts-and-totals figures.csv:2 value "176": its parts by outcome add up to 127 of 176'
    ]


@pytest.mark.parametrize(
    ("total", "parts"),
    [
        ({"value": "100", "qualifier": "at_least"}, {}),
        ({"value": "129", "qualifier": "about"}, {}),
        ({"value": "120", "value_max": "130", "qualifier": "range"}, {}),
        ({"value": "300"}, {"qualifier": "at_least"}),
        ({"value": "300"}, {"part_of": ""}),
    ],
    ids=["at least", "about", "range", "part is at least", "single part"],
)
def test_parts_that_may_add_up_are_not_remarked(tmp_path, rows, total, parts):
    rows["figures"][0] |= total
    rows["figures"][1] |= parts
    assert remarks(write(tmp_path / "seeds", rows)) == BASELINE


def test_closed_periods_do_not_age(tmp_path, rows):
    rows["figures"][1] |= {"period_from": "2012", "period_to": "2013", "as_of": "2013", "cumulative": "false"}
    assert remarks(write(tmp_path / "seeds", rows)) == BASELINE


def test_position_outside_the_parents_area(tmp_path, folder):
    square = [[104.5, 22.5], [105.2, 22.5], [105.2, 23.5], [104.5, 23.5], [104.5, 22.5]]
    feature = {
        "type": "Feature",
        "properties": {"id": "vn-02"},
        "geometry": {"type": "Polygon", "coordinates": [square]},
    }
    layers = tmp_path / "layers"
    layers.mkdir()
    (layers / "provinces.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    assert 'positions places.csv:6 lat, lon "23.27, 105.36": lies 16 km outside vn-02' in remarks(folder, layers)
    square[1][0] = square[2][0] = 105.33
    (layers / "provinces.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    assert remarks(folder, layers) == BASELINE


def test_check_refuses_invalid_tables(folder):
    (folder / "events.csv").unlink()
    with pytest.raises(InvalidRecords):
        check(folder)


def test_frictionless_reads_the_description_and_the_tables(folder):
    package = FrictionlessPackage(str(folder / "datapackage.json"))
    assert [resource.name for resource in package.resources] == list(columns())
    report = package.validate()
    assert report.valid, report.flatten(["name", "rowNumber", "fieldName", "note"])


def test_frictionless_finds_what_the_description_forbids(tmp_path, rows):
    rows["twinnings"][0]["status"] = "alive"
    folder = write(tmp_path / "seeds", rows)
    assert frictionless_validate(str(folder / "datapackage.json")).flatten(["fieldName", "type"]) == [
        ["status", "constraint-error"]
    ]


def test_the_data_dictionary_is_up_to_date():
    page = (ROOT / "docs" / "data-dictionary.md").read_text(encoding="utf-8")
    assert page == dictionary(SEEDS), "docs/data-dictionary.md is not what atlas.records.dictionary gives"


def test_every_column_and_every_value_is_in_the_dictionary():
    page = dictionary(SEEDS)
    for table in schema(SEEDS).tables.values():
        part = page.split(f"(`{table.name}.csv`)")[1].split("\n## ")[0]
        for field in table.fields:
            row = next(line for line in part.splitlines() if line.startswith(f"| `{field.name}` |"))
            assert all(f"`{value}`" in row for value in field.enum)
    assert "`agreed` (Agreed; a signature is not reported)" in page


def test_columns_of_the_same_values_call_them_the_same():
    seen = {}
    for table in schema(SEEDS).tables.values():
        for field in table.fields:
            if field.enum:
                assert list(seen.setdefault(frozenset(field.enum), field.categories).items()) == list(
                    field.categories.items()
                ), (table.name, field.name)


def test_the_committed_tables_are_valid():
    assert list(map(str, validate(SEEDS))) == []


def test_the_committed_tables_can_be_checked():
    for remark in check(SEEDS):
        assert isinstance(remark, Remark)
        assert_spoken(remark.message)


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    """Tables of real rows, a few of each; what they refer to may be missing."""
    rows = {}
    for name in columns():
        with open(SEEDS / f"{name}.csv", encoding="utf-8", newline="") as file:
            rows[name] = list(csv.DictReader(file))[::15]
    return write(tmp_path_factory.mktemp("sample") / "seeds", rows)


hostile = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        [
            "",
            ";",
            "a;;b",
            "=1+1",
            "-",
            "NaN",
            "1e999",
            "9" * 30,
            "٣",
            "2016-02-30",
            "0000",
            "vn-02",
            '"',
            '","',
            "\r",
            "\n",
            "\0",
            "\ufeff",
            "\ud7ff",
            "é" * 20_000,
        ]
    ),
)


def test_what_a_problem_quotes_of_another_cell_is_printable(sample):
    path = sample / "places.csv"
    before = path.read_bytes()
    table = list(csv.reader(before.decode().splitlines()))
    table[1][4] = "0\U0001005e"
    try:
        with open(path, "w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows(table)
        problems = validate(sample)
        assert any("0\\u1005e" in str(problem) for problem in problems)
        assert all(str(problem).isprintable() for problem in problems)
    finally:
        path.write_bytes(before)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_mutated_cells_give_problems_or_frames(sample, tmp_path_factory, data):
    name = data.draw(st.sampled_from(list(columns())))
    path = sample / f"{name}.csv"
    before = path.read_bytes()
    with open(path, encoding="utf-8", newline="") as file:
        table = list(csv.reader(file))
    row = data.draw(st.integers(0, len(table) - 1))
    column = data.draw(st.integers(0, len(table[0]) - 1))
    table[row][column] = data.draw(hostile)
    try:
        with open(path, "w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows(table)
        assert_problems_or_frames(sample)
    finally:
        path.write_bytes(before)


@settings(max_examples=25)
@given(data=st.data())
def test_mutated_bytes_give_problems_or_frames(sample, data):
    path = sample / f"{data.draw(st.sampled_from(list(columns())))}.csv"
    before = path.read_bytes()
    start = data.draw(st.integers(0, len(before)))
    end = data.draw(st.integers(start, min(start + 40, len(before))))
    try:
        path.write_bytes(before[:start] + data.draw(st.binary(max_size=20)) + before[end:])
        assert_problems_or_frames(sample)
    finally:
        path.write_bytes(before)


def assert_problems_or_frames(folder):
    problems = validate(folder)
    assert problems == sorted(problems, key=lambda problem: (problem.file, problem.row or 0, problem.column or ""))
    assert all(str(problem).isprintable() for problem in problems)
    for problem in problems:
        assert_spoken(problem.message)
    if not problems:
        assert all(isinstance(frame, pd.DataFrame) for frame in read(folder).values())


def test_every_table_can_be_grown(tmp_path):
    once, rows = tmp_path / "once", sum(len(frame) for frame in read(SEEDS).values())
    once.mkdir()
    assert grow(once, 3) > 2.9 * rows
    assert validate(once) == []
