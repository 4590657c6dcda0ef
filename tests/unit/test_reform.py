"""The working list for re-signing: who lost a unit, what stands in, and what is known since."""

from datetime import date

import pytest

from atlas import LANGUAGES
from atlas.cards import twinning
from atlas.cards.linked import Linked
from atlas.cards.succession import became
from atlas.exports import resigning
from atlas.model import reform
from atlas.model.selection import Selection
from atlas.words.translator import Translator


@pytest.fixture(scope="module")
def listed(atlas) -> dict[str, reform.Abolished]:
    return {row.twinning: row for row in reform.abolished(atlas, Selection())}


def test_nothing_is_listed_the_day_before(atlas):
    listed = reform.abolished(atlas, Selection(asof="2025-06-30"))
    ended = {atlas.places[place]["valid_until"] for row in listed for place in row.ended}
    assert all(until < "2025-06-30" for until in ended), "only units that ended earlier, as Phục Hòa in 2020"


def test_a_district_has_no_successor_but_an_area_of_today(atlas, listed):
    row = listed["twin-meo-vac-funing"]
    assert row.successors == ()
    assert {"Mèo Vạc", "Sơn Vĩ", "Niêm Sơn"} <= {atlas.places.name(unit, "vi") for unit in row.area}
    assert all(atlas.places[unit]["valid_from"] == reform.REFORM for unit in row.area)


def test_a_village_whose_commune_ended_is_listed_with_the_new_commune(atlas, listed):
    row = listed["twin-chi-ma-aidian"]
    assert [atlas.places.full_name(unit, "vi") for unit in row.successors] == ["Mẫu Sơn, Lạng Sơn"]
    table = resigning.table(atlas, [row], Translator("en"))
    assert "12 November 2025" in table["Known since the reform"][0]
    assert "the village goes on" in table["What is to decide"][0]
    assert table["Case"][0] == "One successor"


def test_the_link_that_the_new_unit_has_with_the_same_partner_is_named(atlas, listed):
    row = listed["twin-dong-dang-pingxiang-town"]
    assert row.taken_up == ("twin-dong-dang-commune-pingxiang-town",)
    assert (
        "last confirmed 29 August 2025" in resigning.table(atlas, [row], Translator("en"))["Known since the reform"][0]
    )


@pytest.mark.parametrize(
    ("day", "since"), [("2025-06-30", False), ("2025-07-01", True), ("2025-07", True), ("2025", False), ("2026", True), (None, False)]
)  # fmt: skip
def test_a_partial_date_is_after_the_reform_where_all_of_it_is(day, since):
    assert reform.is_since(day) is since


def test_several_on_one_unit_and_one_on_several(listed):
    assert listed["twin-tung-vai-xiajinchang"].several_on_one
    assert listed["twin-thanh-thuy-tianbao"].one_on_several


def test_every_twinning_stands_in_one_case_and_the_cases_are_what_they_say(atlas, listed):
    cases = reform.by_case(list(listed.values()))
    assert tuple(cases) == reform.CASES
    assert sorted(row.twinning for rows in cases.values() for row in rows) == sorted(listed)
    assert all(len(row.successors) == 1 and row.shared == 1 for row in cases["one"])
    assert all(len(row.successors) > 1 for row in cases["several"])
    assert all(len(row.successors) == 1 and row.shared > 1 for row in cases["shared"])
    assert all(not row.successors for row in cases["none"])
    assert min(map(len, cases.values())) > 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_list_leads_from_who_signed_to_what_is_to_decide(atlas, listed, language):
    translate, rows = Translator(language), list(listed.values())
    columns = resigning.columns(atlas, rows, translate)
    wanted = ["Signed by", "Today", "Chinese side", "What is to decide"]
    assert list(columns)[:4] == list(map(translate, wanted))
    asked = columns[translate("What is to decide")]
    assert all(asked)
    for row, text in zip(rows, asked):
        if row.case == "shared":
            assert translate.number(row.shared) in text
            assert atlas.places.name(row.successors[0], language) in text


@pytest.mark.parametrize(
    ("former", "today"), [("vn-24", "Bắc Ninh"), ("vn-49", "Đà Nẵng"), ("vn-79", "TP. Hồ Chí Minh")]
)
def test_provinces_away_from_the_border_have_their_successor_too(atlas, former, today):
    assert [atlas.places.name(unit, "vi") for unit in atlas.places.successors(former)] == [today]


def test_a_divided_commune_names_its_parts_and_the_share_where_it_is_known(atlas, monkeypatch):
    said = became(Linked(atlas, Translator("en")), "vn-00688")
    assert "divided among" in said
    assert said.count("share not known") == len(atlas.places.successors("vn-00688")) == 2
    monkeypatch.setattr(type(atlas.places), "share", lambda self, place, successor: 0.25)
    assert "(25 %)" in became(Linked(atlas, Translator("en")), "vn-00688")


def test_the_card_says_who_signed_and_what_it_is_part_of_now(atlas):
    text = twinning.html(atlas, "twin-tran-phu-dongxing-town", Translator("en"), date(2026, 1, 1))
    assert "until 30 June 2025, now part of Móng Cái 1, Quảng Ninh" in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_card_says_who_stands_in_and_its_sources_before_all_details(atlas, language):
    translate = Translator(language)
    text = twinning.html(atlas, "twin-meo-vac-funing", translate, date(2026, 1, 1))
    inside = [
        "Mèo Vạc",
        "苗旺县",
        translate("District, county"),
        "class='ended'",
        translate("Sources"),
        "<a href=",
        translate("Confidence"),
    ]
    if language == "zh":
        inside[:2] = inside[1::-1]
    at = [text.index(one) for one in inside]
    assert at == sorted(at)
