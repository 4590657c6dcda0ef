"""The desk for re-signing: what falls on each unit of today, what is near it, and what letters say of it."""

import io
import json
from dataclasses import replace

import pytest
from docx import Document

from atlas import UnknownValue, cli
from atlas.exports import desk as words
from atlas.exports.formats import LETTERS, export
from atlas.model import desk, reform
from atlas.model.atlas import ALONG
from atlas.model.audience import released
from atlas.model.selection import Selection
from atlas.words.translator import Translator

MONG_CAI_1, HAI_SON = "vn-06712-2025", "vn-06724-2025"
ENGLISH = Translator("en")


@pytest.fixture(scope="module")
def found(atlas) -> dict[str, desk.Unit]:
    return {unit.place: unit for unit in desk.units(atlas, Selection())}


def test_every_twinning_that_lost_a_unit_falls_on_a_unit_that_exists(atlas, found):
    lost = {row.twinning for row in reform.abolished(atlas, Selection())}
    assert {tie.twinning for unit in found.values() for tie in unit.ties} == lost
    day = Selection().day(atlas)
    assert all(atlas.places.exists(place, day) for place in found)
    of_lists = {unit for row in reform.abolished(atlas, Selection()) for unit in (*row.successors, *row.area)}
    assert of_lists <= set(found)


def test_a_ward_of_a_divided_city_has_its_links_and_those_of_its_own_former_wards(atlas, found):
    unit = found[MONG_CAI_1]
    ways = {tie.twinning: (tie.way, len(tie.others)) for tie in unit.ties}
    assert ways["twin-mong-cai-dongxing"] == ("area", 5)
    assert ways["twin-tran-phu-dongxing-town"] == ("successor", 0)
    assert ways["twin-trang-vi-wanwei"] == ("successor", 0), "a village whose commune ended"
    assert {tie.twinning for tie in unit.collide} == set(ways)
    assert {atlas.places.name(one, "vi") for one in unit.former} == {"Móng Cái", "Trần Phú", "Trà Cổ"}
    assert {tie.twinning for tie in unit.split} == {one for one, (_, others) in ways.items() if others}
    assert "1679/NQ-UBTVQH15" in words.way(atlas, unit.ties[0], ENGLISH)
    assert words.together(unit, ENGLISH).endswith("of 3 former units fall on it")


def test_links_of_one_former_unit_do_not_collide(found):
    (unit,) = (one for one in found.values() if {tie.twinning for tie in one.ties} >= {"twin-lao-cai-yunnan"})
    assert len(unit.ties) == 4
    assert unit.collide == ()


def test_what_is_known_of_no_area_stands_with_the_unit_above_it(atlas, found):
    ties = {tie.twinning: tie for tie in found["vn-04"].ties}
    assert {tie.way for tie in ties.values()} == {"above"}
    assert set(ties) == {"twin-phuc-hoa-longzhou", "twin-tra-linh-jingxi"}
    assert "not known" in words.way(atlas, ties["twin-phuc-hoa-longzhou"], ENGLISH)
    assert found["vn-04"].collide == ()


def test_only_a_source_renews(atlas, found):
    renewed = {tie.twinning for unit in found.values() for tie in unit.ties if tie.renewed}
    assert renewed == {"twin-dong-dang-pingxiang-town"}
    units = [unit for unit in found.values() if unit.renewed]
    assert all(tie.twinning in renewed for unit in units for tie in unit.ties)
    twinnings = atlas.twinnings.copy()
    twinnings.loc["twin-tran-phu-dongxing-town", "renewed_on"] = "2025-07"
    later = replace(atlas, tables=atlas.tables | {"twinnings": twinnings})
    (unit,) = (one for one in desk.units(later, Selection()) if one.place == MONG_CAI_1)
    assert {tie.twinning for tie in unit.ties if tie.renewed} == {"twin-tran-phu-dongxing-town"}
    assert not unit.renewed


def test_filters_hold_and_units_stand_by_province_from_west_to_east(atlas, found):
    narrowed = desk.units(atlas, Selection(province=("ha-giang",)))
    assert 0 < len(narrowed) < len(found)
    assert set(desk.by_province(narrowed)) == {"vn-08-2025"}
    provinces = [atlas.places.name(one, "vi") for one in desk.by_province(found.values())]
    at_border = ["Điện Biên", "Lai Châu", "Lào Cai", "Tuyên Quang", "Cao Bằng", "Lạng Sơn", "Quảng Ninh"]
    assert [one for one in provinces if one in at_border] == at_border
    assert desk.units(atlas, Selection(q="zzzzzz")) == []


def test_what_is_near_is_counted_in_kilometres(atlas):
    """Counted by hand: 4 + 2 = 6 km and 6 + 3 = 9 km are shared; the points lie 0, 2 and 21 km beside the stretches."""
    made = {
        "length": 100,
        "units": {
            MONG_CAI_1: [[10, 20], [30, 35]],
            "cn-450681": [[0, 14], [33, 50]],
            "cn-450603": [[14, 33]],
            "cn-451081": [[50, 100]],
            "cn-450600": [[0, 100]],
        },
        "places": {
            "cn-450681100": [22, 1],
            "cn-450603104": [31, 19.9],
            "cn-450603105": [32, 20.1],
            "cn-450681101": [56, 0],
        },
    }
    other = replace(atlas, contents=atlas.contents | {ALONG: json.dumps(made).encode()})
    units = {unit.place: unit for unit in desk.units(other, Selection(province=("quang-ninh",)))}
    unit = units[MONG_CAI_1]
    assert [(near.place, near.km) for near in unit.sharing] == [("cn-450603", 9), ("cn-450681", 6)]
    assert [(near.place, near.km) for near in unit.townships] == [("cn-450603104", 0), ("cn-450681100", 2)]
    assert (units[HAI_SON].sharing, units[HAI_SON].townships) == ((), ()), "of no stretch at the border"


def test_a_province_is_near_to_prefectures(atlas, found):
    (lao_cai,) = (unit for unit in found.values() if unit.place == "vn-15-2025")
    assert {atlas.places[near.place]["kind"] for near in lao_cai.sharing} == {"prefecture"}
    assert lao_cai.townships == ()


def written(atlas, language: str, **options) -> Document:
    return Document(io.BytesIO(export(atlas, LETTERS, Selection(province=("quang-ninh",)), language, **options)))


@pytest.mark.parametrize("language", ["vi-zh", "zh-vi"])
def test_a_letter_stands_in_both_languages_with_its_annex(atlas, language):
    document = written(atlas, language, units=(MONG_CAI_1,))
    lines = [one.text for one in document.paragraphs]
    titles = [Translator(one)("Proposal to confirm or to sign anew") for one in language.split("-")]
    assert [line for line in lines if line in titles] == titles, "the host's language first"
    ties = next(one for one in desk.units(released(atlas, "both"), Selection()) if one.place == MONG_CAI_1).ties
    links, names = document.tables
    assert len(links.rows) - 1 == len(ties)
    assert all(row.cells[-1].text for row in links.rows[1:]), "each row has its sources"
    said = "\n".join(lines)
    for text in (
        "20 tháng 10 năm 2015",
        "2015年10月20日",
        "1679/NQ-UBTVQH15",
        "phường Móng Cái 1, Quảng Ninh",
        "广宁省芒街一坊＊",
    ):
        assert text in said
    assert len(names.rows) - 1 == 1 + 3 + 3, "the unit, three former ones, three Chinese ones"
    assert "广西壮族自治区防城港市东兴市" in [row.cells[2].text for row in names.rows]


def test_letters_of_a_selection_are_all_its_units_that_both_sides_may_see(atlas):
    document = written(atlas, "vi")
    units = desk.units(released(atlas, "both"), Selection(province=("quang-ninh",)))
    title = Translator("vi")("Proposal to confirm or to sign anew")
    assert [one.text for one in document.paragraphs].count(title) == len(units) > 10
    assert len(document.tables) == 2 * len(units)
    assert len(document.sections) == 2 * len(units), "letters upright, annexes across"


def test_where_nothing_is_to_sign_the_paper_says_so(atlas):
    document = written(atlas, "en", units=())
    assert "No unit of today stands in for one that signed." in [one.text for one in document.paragraphs]


def test_units_that_are_none_and_papers_without_units_are_refused(atlas, tmp_path, capsys):
    with pytest.raises(UnknownValue, match=LETTERS):
        export(atlas, "docx", Selection(), "vi", units=(MONG_CAI_1,))
    asked = ["export", LETTERS, str(tmp_path / "a.docx"), "--lang", "zh-vi"]
    assert cli.main([*asked, "--unit", "vn-06712"]) == 1
    assert 'unit "vn-06712": expected one of' in (said := capsys.readouterr().err)
    assert f'did you mean "{MONG_CAI_1}"?' in said
    assert cli.main([*asked, "--unit", MONG_CAI_1]) == 0
    assert len(Document(tmp_path / "a.docx").tables) == 2
