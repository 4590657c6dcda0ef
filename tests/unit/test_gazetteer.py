"""Names and what became of places."""

import time
from collections import Counter
from datetime import date

import pytest

from atlas.cards.twinning import html as card
from atlas.model import gazetteer, spelling
from atlas.model.coverage import coverage
from atlas.model.gazetteer import UNITS
from atlas.model.spelling import LONGEST_SEARCH, fold
from atlas.words import naming
from atlas.words.translator import Translator


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Mèo Vạc", "meovac"),
        ("ĐỒNG ĐĂNG", "dongdang"),
        ("Fùníng", "funing"),
        ("富宁县", "富宁县"),
        ("lǜ chūn", "luchun"),
        ("O'Neill-1", "oneill1"),
        ("", ""),
    ],
)
def test_folding(text, folded):
    assert fold(text) == folded


def test_folding_takes_no_longer_than_reading():
    """A run of a million marks, in which Unicode would sort every mark past all others."""
    text = "a" + "\u0301\u0323" * 500_000
    started = time.process_time()
    assert fold(text) == "a"
    assert time.process_time() - started < 5
    kept = spelling._kept.cache_info().currsize
    fold("x" * (LONGEST_SEARCH + 1))
    assert spelling._kept.cache_info().currsize == kept


def test_a_commune_leads_to_todays_unit_and_province(atlas):
    place = next(place for place in atlas.twinnings.at["twin-thuong-phung-xin-cai-son-vi-tianpeng", "vn"])
    assert not atlas.places.exists(place, date(2025, 7, 1))
    assert atlas.places.exists(place, date(2025, 6, 30))
    successors = atlas.places.successors(place)
    assert successors
    assert all("vn-08-2025" in atlas.places.ancestors(unit) for unit in successors)


def test_all_34_border_communes_of_ha_giang_are_places(atlas):
    places = atlas.table("places")
    communes = [
        place
        for place, row in places.iterrows()
        if row["kind"] == "commune" and row["on_border"] and "vn-02" in atlas.places.ancestors(place)
    ]
    assert len(communes) == 34


def test_titles_order_the_countries_as_their_speakers_do(atlas):
    row = atlas.twinnings.loc["twin-meo-vac-funing"].to_dict()
    assert naming.title(atlas, row, "vi") == "Mèo Vạc – Phú Ninh"
    assert naming.title(atlas, row, "zh").startswith("富宁县 – ")
    assert naming.title(atlas, row, "en") == "Mèo Vạc – Funing"


def test_coverage_of_ha_giang(atlas):
    rows = {row.total["id"]: row for row in coverage(atlas, ("ha-giang",))}
    stated = sorted((row.total["value"], row.documented) for row in rows.values())
    assert {value for value, _ in stated} >= {14, 34, 11, 3}
    assert (14, 9) in stated
    assert (34, 26) in stated
    assert (11, 7) in stated


@pytest.mark.parametrize("language", ["vi", "zh", "en"])
def test_every_card_can_be_written(atlas, language):
    for twinning in atlas.twinnings.index:
        html = card(atlas, twinning, Translator(language), date(2026, 11, 22))
        assert "None" not in html
        for source in atlas.twinnings.at[twinning, "sources"]:
            row = atlas.table("sources").loc[source]
            if row["kind"] == "mirror" and row["url"]:
                assert row["url"] not in html, "a mirror is never a link"


def test_card_says_what_stands_in_for_a_unit_that_ended(atlas):
    html = card(atlas, "twin-thuong-phung-xin-cai-son-vi-tianpeng", Translator("en"), date(2026, 11, 22))
    assert "until 30 June 2025, now part of" in html
    assert "until 30 June 2025" not in card(
        atlas, "twin-thuong-phung-xin-cai-son-vi-tianpeng", Translator("en"), date(2020, 1, 1)
    )


@pytest.mark.parametrize(
    ("place", "vi", "zh", "en"),
    [
        ("vn-79-2025", "TP. Hồ Chí Minh", "胡志明市", "Hồ Chí Minh City"),
        ("vn-256", "TP. Bắc Ninh", "北宁市", "Bắc Ninh City"),
        ("vn-27", "Bắc Ninh", "北宁省", "Bắc Ninh"),
        ("vn-080", "TP. Lào Cai", "老街市", "Lào Cai City"),
        ("vn-00721", "thị trấn Đồng Văn", None, "Đồng Văn Township"),
        ("cn-450681100", "trấn Đông Hưng", None, "Dongxing Town"),
        ("vn-194", "Móng Cái", "芒街市", "Móng Cái"),
        ("gate-mong-cai", "cửa khẩu Móng Cái", "芒街口岸", "Móng Cái Border Gate"),
        ("gate-soc-giang", "cửa khẩu Sóc Giang", "朔江口岸" + gazetteer.PROPOSED, "Sóc Giang Border Gate"),
        ("gate-aidian", "cửa khẩu Ái Điểm", "爱店口岸", "Aidian Border Gate"),
        ("gate-lao-cai-railway", "Lào Cai (đường sắt)", None, "Lào Cai (railway)"),
        ("vn-06184", "thị trấn Đồng Đăng", None, "Đồng Đăng Township"),
    ],
)
def test_units_of_one_name_are_told_apart_by_their_type(atlas, place, vi, zh, en):
    assert atlas.places.name(place, "vi") == vi
    assert atlas.places.name(place, "en") == en
    assert zh in (None, atlas.places.name(place, "zh"))


@pytest.mark.parametrize("language", ["vi", "zh", "en"])
def test_no_unit_has_the_name_of_one_above_it(atlas, language):
    places = atlas.places
    units = [place for place, row in places.places.to_dict("index").items() if row["kind"] in UNITS]
    same = [
        one
        for one in units
        for above in places.ancestors(one)
        if places.name(one, language) == places.name(above, language)
    ]
    assert same == []


@pytest.mark.parametrize(
    ("place", "vi", "zh", "en"),
    [
        ("vn-048", "huyện Hạ Lang, Cao Bằng", "高平省下琅县", "Hạ Lang District, Cao Bằng"),
        ("vn-01558-2025", "xã Hạ Lang, Cao Bằng", None, "Hạ Lang Commune, Cao Bằng"),
        ("vn-07192-2025", "đặc khu Cô Tô, Quảng Ninh", None, "Cô Tô Special Zone, Quảng Ninh"),
        ("vn-08", "Tuyên Quang (đến 2025)", "宣光省（至2025年）", "Tuyên Quang (until 2025)"),
        ("vn-08-2025", "Tuyên Quang", "宣光省", "Tuyên Quang"),
        ("vn-028", "Yên Minh, Hà Giang", None, "Yên Minh, Hà Giang"),
    ],
)
def test_full_names_say_the_type_or_the_end_where_two_units_would_share_one(atlas, place, vi, zh, en):
    assert atlas.places.full_name(place, "vi") == vi
    assert atlas.places.full_name(place, "en") == en
    assert zh in (None, atlas.places.full_name(place, "zh").rstrip(gazetteer.PROPOSED))


@pytest.mark.parametrize("language", ["vi", "zh", "en"])
def test_no_two_places_share_a_full_name_and_no_two_twinnings_a_title(atlas, language):
    full_names = [atlas.places.full_name(place, language) for place in atlas.places.places.index]
    assert [name for name, count in Counter(full_names).items() if count > 1] == []
    titles = [naming.title(atlas, row, language) for row in atlas.twinnings.to_dict("index").values()]
    assert [title for title, count in Counter(titles).items() if count > 1] == []


@pytest.mark.parametrize(
    ("place", "language", "word"),
    [("vn-027", "vi", "huyện"), ("vn-194", "vi", "thành phố"), ("vn-194", "en", "city"), ("cn-532628", "en", "county"), ("cn-451081", "vi", "thành phố"), ("vn-027", "zh", "")],
)  # fmt: skip
def test_a_unit_is_called_by_its_own_type(atlas, place, language, word):
    assert atlas.places.type_word(place, language) == word
    said = naming.kind(atlas, place, Translator(language))
    assert said == word or (not word and said)
