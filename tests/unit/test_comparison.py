"""Two sides in the same rows: counted by hand on the seeds, mirrored when swapped, and never rounded or added up."""

import csv
from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from atlas import SEEDS
from atlas.model import along, compared, periods, sides, time_rows
from atlas.model.comparison import compare
from atlas.model.selection import Selection
from atlas.records.dates import today

EVERYTHING = Selection()


def compared_with(atlas, a: str, b: str, selection: Selection = EVERYTHING):
    return compare(atlas, *sides.both(atlas, a, b), selection)


def seed(name: str) -> list[dict]:
    with (SEEDS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def numbers(comparison, section: str) -> dict[str, tuple[int, int]]:
    (found,) = (one for one in comparison.sections if one.name == section)
    return {" ".join(row.key): (row.a.number, row.b.number) for row in found.rows}


def test_twinnings_of_two_provinces_are_counted_by_level(atlas):
    """By hand from seeds/twinnings.csv and the members that lie in the two provinces."""
    members, places = seed("twinning_members"), {row["id"]: row for row in seed("places")}

    def province(place: str) -> str:
        while places[place]["kind"] != "province" and places[place]["parent"]:
            place = places[place]["parent"]
        return place

    wanted: dict[str, list[int]] = {}
    for place, number in (("vn-02", 0), ("vn-04", 1)):
        inside = {row["twinning"] for row in members if row["side"] == "VN" and province(row["place"]) == place}
        for row in seed("twinnings"):
            if row["id"] in inside and row["level"] != "border_gate":
                wanted.setdefault(row["level"], [0, 0])[number] += 1
    found = numbers(compared_with(atlas, "ha-giang", "cao-bang"), "twinnings")
    assert {level: list(found[level]) for level in wanted} == wanted
    assert found["all"] == tuple(map(sum, zip(*wanted.values()))) == (15, 11)


def test_meetings_of_two_halves_are_counted_by_their_days(atlas):
    """By hand from seeds/events.csv: what has a day or month in the half is certain, what has the year alone possible."""
    certain, possible = {"2024": 0, "2025": 0}, {"2024": 0, "2025": 0}
    for row in seed("events"):
        day = row["date_from"] or row["date_to"]
        if row["status"] != "held" or day[:4] not in certain:
            continue
        if len(day) == 4:
            possible[day] += 1
        elif day[5:7] in ("01", "02", "03", "04", "05", "06"):
            certain[day[:4]] += 1
    row = compared_with(atlas, "2024-H1", "2025-H1").row("events", "all")
    assert (row.a.number, len(row.a.possible)) == (certain["2024"], possible["2024"]) == (23, 0)
    assert (row.b.number, len(row.b.possible)) == (certain["2025"], possible["2025"]) == (24, 7)
    assert compared.difference(row, {}) == (1, 8)


def test_border_communes_of_today_with_a_tie_are_a_share_of_all(atlas):
    comparison = compared_with(atlas, "ha-giang", "hai-phong")
    row = comparison.row("border", "communes")
    at_border = [one for one in seed("places") if one["kind"] == "commune" and one["on_border"] == "true"]
    assert row.a.of == sum(one["parent"] == "vn-08-2025" and not one["valid_until"] for one in at_border) == 17
    assert 0 < row.a.number < row.a.of
    assert row.b.reason == compared.NOT_APPLICABLE


def test_border_communes_are_counted_as_they_are_along_the_border(atlas):
    day = today(atlas.version)
    counts = along.counts(atlas, day)
    assert sum(one.by_village for one in counts) > 0
    for count in counts:
        slug = atlas.places[count.province]["slug"]
        comparison = compared_with(atlas, slug, "hai-phong")
        twinned, village = (comparison.row("border", name).a for name in ("communes", "villages"))
        assert (twinned.number, twinned.of, village.number) == (count.twinned, count.communes, count.by_village)


def test_what_is_not_counted_alike_stands_in_rows_of_its_own(atlas):
    comparison = compared_with(atlas, "ha-giang", "cao-bang")
    figures = atlas.table("figures")
    rows = [row for section in comparison.sections if section.name == "figures" for row in section.rows]
    for row in rows:
        listed = figures.loc[[*row.a.records, *row.b.records]]
        for column in ("programme", "measure", "rate", "category", "outcome"):
            assert listed[column].nunique(dropna=False) == 1, row.key
        assert listed["part_of"].isna().nunique() == 1
    trained = {row.key[6]: row for row in rows if row.key[:2] == ("cadre_training", "persons")}
    assert trained["running"].a.records == ("cadre-ha-giang-baise-2017",)  # at least 70 since 2017
    assert trained["span"].b.records == ("cadre-cao-bang-baise-2019",)  # 47 in 2019
    assert trained["running"].b.reason == trained["span"].a.reason == compared.NO_SOURCE


def test_a_difference_is_said_of_exact_numbers_of_one_time_alone(atlas):
    figures = {
        "one": {"value": 5, "qualifier": "exact", "period_from": "2024", "period_to": "2024", "as_of": None},
        "two": {"value": 8, "qualifier": "exact", "period_from": "2024", "period_to": "2024", "as_of": None},
        "later": {"value": 8, "qualifier": "exact", "period_from": "2025", "period_to": "2025", "as_of": None},
        "more": {"value": 8, "qualifier": "at_least", "period_from": "2024", "period_to": "2024", "as_of": None},
    }

    def apart(a: tuple, b: tuple):
        row = compared.Row((), "figures", "figure", compared.Value(a), compared.Value(b))
        return compared.difference(row, figures)

    assert apart(("one",), ("two",)) == apart(("two",), ("one",)) == (3, 3)
    assert apart(("one",), ("later",)) == compared.TIMES
    assert apart(("one",), ("more",)) == compared.QUALIFIERS
    assert apart(("one", "two"), ("two",)) == compared.SEVERAL


def test_two_days_say_what_stood_and_what_came_between(atlas):
    comparison = compared_with(atlas, "2025-06-30", "2025-07-01")
    assert numbers(comparison, "units")["district"] == (76, 0)
    begun = {
        row.key[0]: row.a.number for section in comparison.between for row in section.rows if section.name == "units"
    }
    assert begun["district_ended"] == 76
    assert "district_begun" not in begun
    assert numbers(comparison, "standing")["lost"][0] < numbers(comparison, "standing")["lost"][1]
    undated = comparison.row("standing", "undated")
    later = set(undated.b.records) - set(undated.a.records)  # units of theirs began with the reform
    assert set(undated.b.records) == set(comparison.undated["twinnings"])
    assert later
    assert all(
        "2025-07-01" in atlas.places[place]["valid_from"] for one in later for place in atlas.twinnings.at[one, "vn"]
    )


def test_a_partial_date_may_lie_before_a_day(atlas):
    """Every twinning of which only the year of signature is known is possible on the days of that year."""
    dated = sorted((row["signed_on"], row["id"]) for row in seed("twinnings") if len(row["signed_on"]) == 4)
    year = dated[0][0]
    years = {one for signed, one in dated if signed == year}
    row = compared_with(atlas, f"{year}-06-30", f"{year}-12-31").row("standing", "all")
    assert years <= set(row.a.possible)
    assert years <= set(row.b.records)


def test_a_figure_that_counts_on_without_an_end_lies_in_no_period():
    row = {"period_from": "2017", "period_to": None, "as_of": None, "cumulative": True}
    year = periods.read("2017")
    assert time_rows.counts_in(row, year) is False
    assert time_rows.counts_in(row | {"as_of": "2017-08"}, year) is True
    assert time_rows.counts_in(row | {"as_of": "2018"}, year) is False
    moment = row | {"period_from": None, "as_of": "2017", "cumulative": False}
    assert time_rows.counts_in(moment, periods.read("2017-H1")) is None


PLACES = [("ha-giang", "cao-bang"), ("guangxi", "wenshan"), ("da-nang", "quang-ninh"), ("ha-giang", "ha-giang")]
TIMES = ["1990", "2013-09", "2024-H1", "2025-H1", "2025-Q3", "2016/2020", "2027", "2099"]
DAYS = ["1990-01-01", "2014-06-30", "2025-06-30", "2025-07-01", "2099-12-31"]


def mirrored(row: compared.Row) -> compared.Row:
    return replace(row, a=row.b, b=row.a)


@settings(max_examples=40)
@given(
    pair=st.sampled_from(PLACES) | st.tuples(*[st.sampled_from(TIMES)] * 2) | st.tuples(*[st.sampled_from(DAYS)] * 2),
    region=st.sampled_from([(), ("yunnan",)]),
    level=st.sampled_from([(), ("commune",), ("border_gate",)]),
    q=st.sampled_from(["", "zzzz"]),
    asof=st.sampled_from([None, "2005-07-01"]),
)
def test_swapped_sides_give_the_same_rows_the_other_way_round(atlas, pair, region, level, q, asof):
    selection = Selection(region=region, level=level, q=q, asof=asof)
    one, other = compared_with(atlas, *pair, selection), compared_with(atlas, *pair[::-1], selection)
    assert [section.name for section in one.sections] == [section.name for section in other.sections]
    for here, there in zip(one.sections, other.sections):
        assert list(map(mirrored, here.rows)) == list(there.rows)
    assert one.between == other.between
    assert one.common == other.common
    figures = atlas.table("figures").to_dict("index")
    for row in (row for section in one.sections for row in section.rows):
        assert compared.difference(row, figures) == compared.difference(mirrored(row), figures)
        assert not set(row.a.records) & set(row.a.possible)


@pytest.mark.parametrize(
    ("text", "said", "first", "last"),
    [
        ("2024", "2024", "2024-01-01", "2024-12-31"),
        ("2024-h2", "2024-H2", "2024-07-01", "2024-12-31"),
        ("2024-40", "2024-H1", "2024-01-01", "2024-06-30"),  # as EDTF spells it
        ("2024-33", "2024-Q1", "2024-01-01", "2024-03-31"),
        ("2024Q4", "2024-Q4", "2024-10-01", "2024-12-31"),
        ("2024-02", "2024-02", "2024-02-01", "2024-02-29"),
        ("2016/2020", "2016/2020", "2016-01-01", "2020-12-31"),
        ("2023-H2/2024-H1", "2023-H2/2024-H1", "2023-07-01", "2024-06-30"),
    ],
)
def test_periods_are_read_as_addresses_and_edtf_spell_them(text, said, first, last):
    period = periods.read(text)
    assert (period.text, period.first.isoformat(), period.last.isoformat()) == (said, first, last)


@pytest.mark.parametrize(
    "text", ["", "24", "2024-13", "2024-H3", "2024-Q5", "2024-21", "2020/2016", "2016/", "1800", "x"]
)
def test_what_is_no_period_is_none(text):
    assert periods.read(text) is None


@pytest.mark.parametrize(
    ("a", "b", "said"),
    [
        ("ha-gian", "cao-bang", 'did you mean "ha-giang"'),
        ("ha-giang", "guangxi", "two of one kind"),
        ("2024-12-31", "2024", "two of one kind"),
        ("2024-H3", "2024-H1", "2024-H1, 2024-Q3, 2024-05"),
        ("x" * 100_000, "", "expected two of"),
    ],
)
def test_what_cannot_be_compared_is_answered_with_what_can(atlas, a, b, said):
    with pytest.raises(sides.NotComparable, match=said):
        sides.both(atlas, a, b)


def test_days_are_read_as_people_type_them(atlas):
    assert sides.read(atlas, "31/12/2024").text == "2024-12-31"
    assert sides.read(atlas, "12/2024").text == "2024-12"


def test_every_two_places_of_a_kind_can_be_compared(atlas):
    for slugs in (atlas.province_slugs, atlas.region_slugs):
        for a, b in list(combinations(slugs, 2))[::7]:
            assert compared_with(atlas, a, b).sections
