"""Totals and their parts, as scenes and slides show them first."""

import dataclasses

import pytest

from atlas.exports import summary
from atlas.model import results, scenes
from atlas.model.selection import Selection
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
    events = scenes.TOPICS["meetings"].records(atlas, selection)["events"]
    listed = results.leading_series(atlas, events, selection)
    held = events[events["status"] == "held"]
    assert listed[0] == first
    assert set(listed) == set(held["series"].dropna())
    assert results.leading_series(atlas, events.head(0), selection) == []
