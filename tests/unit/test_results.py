"""Totals and their parts, as scenes and slides show them first."""

import dataclasses

import pytest

from atlas.exports import summary
from atlas.model import results
from atlas.model.selection import Selection
from atlas.model.topics import MEETINGS
from atlas.words.voice import Voice


def shown(atlas, province: str):
    totals, compositions = results.of(atlas, Selection(province=(province,)))
    sums = [(one.total["value"], [part.value for part in one.parts]) for one in compositions]
    return [row["value"] for row in totals], sums


def test_scholarships_of_quang_ninh_are_shown_by_degree_and_by_outcome(atlas):
    _, sums = shown(atlas, "quang-ninh")
    assert sums == [(176, [157, 19]), (176, [61, 52, 14, 49])]


@pytest.mark.parametrize("province", ["ha-giang", "tuyen-quang"])
def test_totals_of_ha_giang_are_its_results(atlas, province):
    totals, sums = shown(atlas, province)
    assert totals == [34, 14, 11, 3]
    assert sums == [(129, [108, 20, 1])]


def test_parts_add_up_to_their_total(atlas):
    for one in results.compositions(atlas, atlas.table("figures")):
        assert sum(part.value for part in one.parts) == one.total["value"]
        assert [part.row for part in one.parts[:-1] if part.row is None] == []


def test_a_number_in_two_languages_is_written_once(atlas):
    totals = atlas.table("totals").copy()
    totals.loc["total-ha-giang-clusters", "value"] = 1234
    changed = dataclasses.replace(atlas, tables=atlas.tables | {"totals": totals})
    for language, expected in (("vi", "1.234"), ("en", "1,234"), ("vi-zh", "1\u2009234")):
        numbers = summary.headlines(changed, Selection(province=("ha-giang",)), Voice(language))
        assert expected in [number for number, _ in numbers]


@pytest.mark.parametrize(
    ("province", "first"),
    [
        ("lao-cai", "yunnan_joint_working_group"),
        ("quang-ninh", "joint_working_committee"),
        (None, "joint_working_committee"),
    ],
)
def test_the_series_that_a_place_hosts_come_first(atlas, province, first):
    selection = Selection(province=(province,) if province else ())
    events = MEETINGS.records(atlas, selection)["events"]
    listed = results.leading_series(atlas, events, selection)
    held = events[events["status"] == "held"]
    assert listed[0] == first
    assert set(listed) == set(held["series"].dropna())
    assert results.leading_series(atlas, events.head(0), selection) == []


EDUCATION = ("scholarship", "student_exchange", "language_training", "cadre_training", "vocational_training")


def first(atlas, province: str, programmes=None, number: int | None = None, **more) -> list[tuple[str, float]]:
    """Name and value of the numbers that a room hears first."""
    listed = results.ranked(atlas, Selection(province=(province,), **more), programmes)
    return [(one.row["id"], one.row["value"]) for one in listed][:number]


def test_scholarships_lead_the_education_of_quang_ninh(atlas):
    assert first(atlas, "quang-ninh", EDUCATION, 3) == [
        ("sch-quang-ninh-guangxi", 176),
        ("sch-quang-ninh-guangxi-graduated", 61),
        ("cadre-quang-ninh-baise-2024-11", 8),
    ]


@pytest.mark.parametrize(("province", "asof"), [("ha-giang", "2024-12-31"), ("ha-giang", None), ("tuyen-quang", None)])
def test_clusters_lead_what_ha_giang_has_achieved(atlas, province, asof):
    listed = first(atlas, province, asof=asof)
    assert listed[:4] == [
        ("total-ha-giang-clusters", 14),
        ("total-ha-giang-communes", 34),
        ("total-ha-giang-townships", 11),
        ("sch-ha-giang-guangxi", 129),
    ]
    own = [(name, value) for name, value in listed[4:] if not name.startswith("lab-tuyen-quang")]
    assert own[0] == ("lab-ha-giang-wenshan-2014", 2000)


def test_a_number_is_heard_once_and_not_before_it_was_stated(atlas):
    assert results.ranked(atlas, Selection(province=("ha-giang",), asof="2010-12-31")) == []
    listed = [name for name, _ in first(atlas, "ha-giang", asof="2020-12-31")]
    assert [name for name in listed if name.startswith("total-")] == []
    for selection in (Selection(), Selection(region=("yunnan",)), Selection(province=("ha-giang", "lang-son"))):
        rows = [one.row for one in results.ranked(atlas, selection)]
        assert len({row["id"] for row in rows}) == len(rows) > 5
        assert {row.get("outcome") for row in rows if row.get("part_of")} <= {"graduated"}
        assert {row.get("rate", "total") for row in rows} == {"total"}
        assert not {"other"} & {row.get("programme") for row in rows}
        assert not any(name in {row["id"] for row in rows} for name in OLDER)


# of these a newer count of the same is known
OLDER = (
    "coop-yunnan-friendly-villages-2024-11",
    "coop-yunnan-friendship-pairs-2022-12",
    "total-lang-son-villages-2015",
)


def test_what_counts_in_others_comes_after_what_is_the_provinces_own(atlas):
    names = [name for name, _ in first(atlas, "quang-ninh")]
    shared = names.index("sch-embassy-2023")
    assert shared > max(names.index("cadre-quang-ninh-baise-2024-11"), names.index("total-binh-lieu-villages"))
    assert [name for name, _ in first(atlas, "quang-ninh", region=("yunnan",))[:1]] != ["sch-quang-ninh-guangxi"]


def test_meetings_come_before_a_larger_number_of_units_without_a_name(atlas):
    names = [name for name, _ in first(atlas, "lang-son", ("cooperation",), year_from=2025)]
    assert names[:2] == ["coop-lang-son-guangxi-meetings-2025", "coop-lang-son-guangxi-talks-2025"]
    assert "coop-lang-son-guangxi-letters-2025" in names


def test_a_dated_number_comes_before_one_without_a_date(atlas):
    names = [name for name, _ in first(atlas, "lang-son", EDUCATION)]
    assert names[:2] == ["sch-lang-son-guangxi-undergraduate-2011", "sch-lang-son-guangxi-master-2011"]
