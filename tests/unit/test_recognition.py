"""Which place is meant by what somebody writes, in any spelling."""

import time
import unicodedata
from datetime import date

import pytest

from atlas.model.recognition import LONGEST_WRITTEN, clear, recognise
from atlas.model.selection import Selection
from atlas.model.spelling import fold, unaccented

LAST_DAY = date(2025, 6, 30)  # of the former communes


@pytest.fixture(scope="module")
def former(atlas):
    rows = atlas.table("places").query("kind == 'commune' and valid_until == '2025-06-30'").to_dict("records")
    assert len(rows) == 1105
    return rows


def best(atlas, text, kinds=None, **chosen):
    """The places that are meant as well as any other, or hardly less: without marks nobody knows which marks are meant."""
    found = recognise(atlas, text, kinds, **chosen)
    nearly = 1 if text == unaccented(text) else 0
    return {one.place for one in found if one.score >= found[0].score - nearly}


def decomposed(text):
    return unicodedata.normalize("NFD", text)


@pytest.mark.parametrize("written", [str, unaccented, decomposed])
def test_every_former_commune_is_found_by_its_name_alone(atlas, former, written):
    for row in former:
        text = written(row["name_vi"])
        assert row["id"] in best(atlas, text, ("commune",), day=LAST_DAY), text


def test_every_former_commune_is_found_with_its_type(atlas, former):
    for row in former:
        text = f"{row['designation'].capitalize()} {row['name_vi']}"
        assert row["id"] in best(atlas, text, day=LAST_DAY), text


@pytest.mark.parametrize("written", [str, unaccented, decomposed])
def test_every_former_commune_is_told_apart_by_the_units_above_it(atlas, former, written):
    places = atlas.places
    for row in former:
        above = ", ".join(places[one]["name_vi"] for one in places.ancestors(row["id"]))
        text = written(f"{row['designation']} {row['name_vi']}, {above}")
        found = best(atlas, text, ("commune",))
        alike = {one for one in found if fold(places[one]["name_vi"]) == fold(row["name_vi"])}
        assert {row["id"]} <= found <= alike if written is unaccented else found == {row["id"]}, text


@pytest.mark.parametrize("language", ["vi", "zh", "en"])
def test_the_full_name_of_a_place_is_that_place_alone(atlas, language):
    for place in atlas.table("places").index:
        name = atlas.places.full_name(place, language)
        found = recognise(atlas, name)
        assert found, name
        assert (found[0].place, found[0].score) == (place, 100), name


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Huyện Mèo Vạc", "vn-027"),
        ("xã Mèo Vạc", "vn-00769-2025"),
        ("thị trấn Mèo Vạc", "vn-00769"),
        ("TT. Mèo Vạc", "vn-00769"),
        ("H. Mèo Vạc", "vn-027"),
        ("Mèo Vạc (huyện)", "vn-027"),
        ("Mèo Vạc District", "vn-027"),
        ("Mèo Vạc, Hà Giang", "vn-027"),
        ("Hà Giang - Mèo Vạc", "vn-027"),
        ("Meo Vac Ha Giang", "vn-027"),
        ("Mèo Vạc, Tuyên Quang", "vn-00769-2025"),
        ("Xín Cái, Mèo Vạc, Hà Giang, Việt Nam", "vn-00778"),
        ("TP Lao Cai", "vn-080"),
        ("T.P. Lào Cai", "vn-080"),
        ("TP.LàoCai", "vn-080"),
        ("Tỉnh Hà Giang", "vn-02"),
        ("Tuyên Quang (đến 2025)", "vn-08"),
        ("Funing County", "cn-532628"),
        ("Fu4ning2", "cn-532628"),
        ("Fùníng Xiàn", "cn-532628"),
        ("huyện Phú Ninh", "cn-532628"),
        ("云南省文山州富宁县", "cn-532628"),
        ("雲南省文山壯族苗族自治州富寧縣", "cn-532628"),
        ("靖西县", "cn-451081"),
        ("凭祥县", "cn-451481"),
        ("河口县", "cn-532532"),
        ("廣西", "cn-450000"),
        ("广西壮族自治区", "cn-450000"),
        ("Khu tự trị dân tộc Choang Quảng Tây", "cn-450000"),
        ("Honghe Hani and Yi Autonomous Prefecture", "cn-532500"),
        ("châu tự trị dân tộc Choang và Miêu Văn Sơn", "cn-532600"),
        ("huyện tự trị dân tộc Dao Hà Khẩu", "cn-532532"),
        ("河江省苗旺县", "vn-027"),
        ("Xã Xín Cái huyện Mèo Vạc tỉnh Hà Giang", "vn-00778"),
        ("CK Hữu Nghị", "gate-huu-nghi"),
        ("lvchun", "cn-532531"),
        ("Lǜchūn", "cn-532531"),
        ("ＬＵＣＨＵＮ", "cn-532531"),
        ("CN-532628", "cn-532628"),
        ("phường Kì Lừa", "vn-06187-2025"),
        ("532628", "cn-532628"),
    ],
)
def test_what_people_write_is_one_place_beyond_doubt(atlas, text, place):
    found = clear(recognise(atlas, text))
    assert found is not None
    assert found.place == place


def test_a_name_that_several_have_is_none_of_them_beyond_doubt(atlas):
    found = recognise(atlas, "Quang Trung")
    assert len(found) > 1
    assert clear(found) is None
    inside = recognise(atlas, "Quang Trung", parent="vn-024")
    assert clear(inside).place == "vn-00688"


def test_the_day_says_which_of_two_units_of_a_name_is_meant(atlas):
    assert recognise(atlas, "Tuyên Quang", ("province",), day=date(2024, 1, 1))[0].place == "vn-08"
    assert recognise(atlas, "Tuyên Quang", ("province",), day=date(2026, 1, 1))[0].place == "vn-08-2025"


def test_a_unit_that_has_ended_leads_to_those_that_stand_in_for_it(atlas):
    found = {one.place: one.reason for one in recognise(atlas, "xã Xín Cái, Mèo Vạc, Hà Giang", day=date(2026, 1, 1))}
    assert [reason for place, reason in found.items() if place in atlas.places.successors("vn-00778")] == [
        "former_name"
    ]


def test_a_misspelling_is_a_candidate_and_never_beyond_doubt(atlas):
    found = recognise(atlas, "huyện Mèo Vak, Hà Giang")
    assert (found[0].place, found[0].reason) == ("vn-027", "misspelling")
    assert clear(found) is None
    assert recognise(atlas, "Mèo Vạc")[0].reason == "name_vi"
    assert recognise(atlas, "nowhere at all") == []


def test_a_name_with_a_unit_beside_it_that_is_not_above_it_is_doubtful(atlas):
    found = recognise(atlas, "Mèo Vạc, Cao Bằng")
    assert (atlas.places[found[0].place]["name_vi"], found[0].reason) == ("Mèo Vạc", "other_parent")
    assert clear(found) is None


@pytest.mark.parametrize(
    "text", ["", " ", ",", "…", "\u0301" * 150, "xã", "县", "a\u0301\u0323" * 60, "x" * 201, "xã " * 60]
)
def test_what_is_no_name_is_nothing(atlas, text):
    assert clear(recognise(atlas, text)) is None


@pytest.mark.parametrize(
    "text",
    [
        "a" + "\u0301\u0323" * 100_000,
        "县" * LONGEST_WRITTEN,
        "苗族" * 100,
        "hà giang, " * 20,
        "xã " * 66,
        "tân thành " * 20,
    ],
)
def test_recognising_takes_no_longer_than_reading(atlas, text):
    recognise(atlas, "meo vak")
    started = time.process_time()
    recognise(atlas, text)
    assert time.process_time() - started < 0.15


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("Huyện Mèo Vạc", "Mèo Vạc"), ("xã Xín Cái", "Xín Cái"), ("Tỉnh Hà Giang", "Hà Giang"),
        ("Thành phố Móng Cái", "Móng Cái"), ("TP. Lào Cai", "Lào Cai"), ("T.P. Lào Cai", "Lào Cai"),
        ("Mèo Vạc, Hà Giang", "Mèo Vạc"), ("Hà Giang – Mèo Vạc", "Mèo Vạc"), ("Funing County", "Funing"),
        ("靖西县", "靖西"), ("凭祥县", "凭祥"), ("河口县", "河口"), ("馬關", "马关"), ("富寧", "富宁"), ("廣西", "广西"),
        ("東興", "东兴"), ("龍州", "龙州"), ("諒山", "谅山"), ("廣寧", "广宁"), ("Ðồng Văn", "Đồng Văn"),
        ("Ɖồng Văn", "Đồng Văn"), ("Ðông Hưng", "Đông Hưng"), ("ｍｅｏ　ｖａｃ", "Mèo Vạc"), ("Phục Hoà", "Phục Hòa"),
        ("云南省文山州富宁县", "富宁"), ("thành phố Đông Hưng", "Đông Hưng"), ("广西壮族自治区", "广西"), ("lvchun", "Lüchun"),
        ("huyện mèo", "mèo"),
    ],
)  # fmt: skip
def test_the_box_of_filters_finds_the_same_in_every_spelling(atlas, typed, plain):
    def found(text):
        selection = Selection(q=text)
        return [
            list(selection.twinnings(atlas).index),
            *(list(selection.records(atlas, table).index) for table in ("agreements", "events", "figures")),
        ]

    assert found(typed) == found(plain)
    assert any(found(typed))


@pytest.mark.parametrize("typed", ["bản tin", "xã hội", "ban lanh dao", "huyện", "làng x", "thị"])
def test_words_that_only_look_like_a_unit_do_not_become_a_wider_search(atlas, typed):
    found = set(Selection(q=typed).twinnings(atlas).index)
    assert found == {one for one, text in atlas.twinnings["search_text"].items() if fold(typed) in text} - {
        one for one, level in atlas.twinnings["level"].items() if level == "border_gate"
    }


def test_a_filter_for_a_place_within_another_province_finds_nothing(atlas):
    assert Selection(q="Mèo Vạc, Cao Bằng").twinnings(atlas).empty
