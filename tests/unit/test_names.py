"""Chinese names: which are attested, how those that are only proposed are marked, and how they are left out."""

import io
import json
import zipfile
from datetime import date

import pytest
from records_package import ROWS, written
from test_records_broken import cell, cells, messages

from atlas import DATA, LANGUAGES, build, cli
from atlas.cards import twinning
from atlas.exports import formats
from atlas.exports.about import about
from atlas.model.gazetteer import PROPOSED
from atlas.model.selection import Selection
from atlas.records import check
from atlas.words import naming, sentences
from atlas.words.translator import Translator

PAIR = "twin-thuong-phung-xin-cai-son-vi-tianpeng"


def test_the_seeds_say_of_every_chinese_name_what_it_rests_on(atlas):
    places = atlas.table("places")
    assert (places["name_zh"].notna() == places["name_zh_basis"].notna()).all()
    attested = places[places["name_zh_basis"] == "attested"]
    assert len(attested) > 300
    assert attested["name_zh_sources"].map(bool).all()
    counts = build.statistics(atlas)["chinese_names"]
    assert counts == places["name_zh_basis"].fillna("none").value_counts().to_dict()
    assert sum(counts.values()) == len(places)


def test_units_behind_twinnings_and_on_the_map_have_a_name_in_every_script(atlas):
    places = atlas.table("places")
    members = atlas.table("twinning_members")["place"]
    units = {unit for place in members for unit in atlas.places.kin(place)}
    drawn = json.loads((DATA / "map.json").read_text("utf-8"))["places"]
    units |= {place for place in drawn if places.at[place, "kind"] in ("province", "district", "commune", "county")}
    nameless = {unit for unit in units if not places.at[unit, "name_zh"]}
    assert (
        nameless
        == {place for place in units if places.at[place, "name_zh_basis"] is None}
        <= {"village-phang-tra", "village-trang-nhi"}
    )
    of_vietnam = [
        unit for unit in units if places.at[unit, "country"] == "VN" and places.at[unit, "kind"] != "institution"
    ]
    assert places.loc[of_vietnam, ["name_vi", "name_zh", "name_en"]].notna().all(axis=None)


def test_a_proposed_name_is_never_shown_without_its_mark(atlas):
    places = atlas.table("places")
    proposed = places[places["name_zh_basis"] == "proposed"]
    kinds = zip(proposed["name_zh"], proposed["kind"], strict=True)
    assert {atlas.places.name(place, "zh") for place in proposed.index} == {
        f"{name}{'口岸' if kind == 'border_gate' else ''}{PROPOSED}" for name, kind in kinds
    }
    assert atlas.places.name("vn-00715", "zh") == "龙鼓乡"  # attested
    assert atlas.places.full_name("vn-00886", "zh") == f"河江省官坝县高马坡社{PROPOSED}"
    assert atlas.places.name("vn-00886", "vi") == "Cao Mã Pờ"
    drawn = json.loads((DATA / "map.json").read_text("utf-8"))["places"]
    assert all(place["zh"].endswith(PROPOSED) for one, place in drawn.items() if one in proposed.index)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_card_marks_proposed_names_and_says_what_the_mark_means(atlas, language):
    translate = Translator(language)
    card = twinning.html(atlas, PAIR, translate, date(2026, 1, 1))
    names = [atlas.table("places").at[place, "name_zh"] for place in atlas.twinnings.at[PAIR, "vn"]]
    assert all(f"{name}{PROPOSED}" in card for name in names)
    # a page in Chinese says it once, below everything
    assert (sentences.proposed_names(translate) in card) == (language != "zh")


@pytest.mark.parametrize(
    ("language", "names"),
    [
        ("vi", "TP. Hồ Chí Minh · 胡志明市 · Hồ Chí Minh City"),
        ("zh", "胡志明市 · TP. Hồ Chí Minh · Hồ Chí Minh City"),
        ("en", "Hồ Chí Minh City · TP. Hồ Chí Minh · 胡志明市"),
    ],
)
def test_a_card_names_a_city_once_in_each_language(atlas, language, names):
    one = next(
        one for one in atlas.twinnings.index if "TP. Hồ Chí Minh" in naming.title(atlas, atlas.twinnings.loc[one], "vi")
    )
    assert f"<strong>{names}</strong>" in twinning.html(atlas, one, Translator(language), date(2026, 1, 1))


def test_other_chinese_forms_find_a_place(atlas):
    """管簿 is how a Vietnamese paper writes Quản Bạ, 高马婆 what the rule would allow for Cao Mã Pờ."""
    for text in ("管簿", "陇句", "高马婆", "gaomapo", "高马坡"):
        assert len(Selection(q=text).twinnings(atlas)), text
    assert not len(Selection(q=PROPOSED + "高马坡社" + "省").twinnings(atlas))


@pytest.mark.parametrize("kind", ["html", "csv", "geojson", "svg"])
def test_proposed_names_can_be_left_out_of_a_file(atlas, kind):
    selection = Selection(province=("ha-giang",), asof="2025-06-30")
    shown, hidden = (
        _text(formats.export(atlas, kind, selection, "zh", proposed_names=names)) for names in (True, False)
    )
    name = atlas.table("places").at["vn-00886", "name_zh"]
    assert PROPOSED in shown
    assert sentences.proposed_names(Translator("zh")) in shown
    assert PROPOSED not in hidden
    assert name not in hidden
    if kind != "svg":  # which has room for some labels only
        assert "同文县" in hidden  # attested
        assert "Cao Mã Pờ" in hidden
    assert naming.title(atlas, atlas.twinnings.loc[PAIR], "zh").count(PROPOSED) == 3


def _text(content: bytes) -> str:
    if content[:2] != b"PK":
        return content.decode()
    with zipfile.ZipFile(io.BytesIO(content)) as opened:
        return "\n".join(opened.read(name).decode("utf-8-sig") for name in opened.namelist())


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_file_says_whether_proposed_names_are_in_it(atlas, language):
    translate = Translator(language)
    label = translate("Chinese names")
    said = [dict(about(one, None, translate))[label] for one in (atlas, atlas.without_proposed_names)]
    assert said[0] == sentences.proposed_names(translate)
    assert said[0].count(PROPOSED) == 1
    assert said[1]
    assert PROPOSED not in said[1]


def test_the_command_line_leaves_proposed_names_out(tmp_path):
    for choice in ("show", "hide"):
        path = tmp_path / f"{choice}.geojson"
        assert not cli.main(["export", "geojson", str(path), "--lang", "zh", "--proposed-names", choice])
        assert (PROPOSED in path.read_text("utf-8")) == (choice == "show")


BROKEN = {
    "Chinese name without its basis": (
        cell("places", 6, "name_zh_basis", ""),
        'places.csv:8 name_zh "富宁县": expected a value of name_zh_basis beside it',
    ),
    "basis without a Chinese name": (
        cell("places", 4, "name_zh_basis", "proposed"),
        'places.csv:6 name_zh_basis "proposed": expected a value of name_zh beside it',
    ),
    "basis that is none": (
        cell("places", 6, "name_zh_basis", "official"),
        'places.csv:8 name_zh_basis "official": expected one of attested, proposed, not_stated',
    ),
    "attested by nothing": (
        cell("places", 6, "name_zh_sources", ""),
        'places.csv:8 name_zh_sources "": expected a source that prints this name, since it is attested',
    ),
    "attested by an unknown source": (
        cell("places", 6, "name_zh_sources", "memory"),
        'places.csv:8 name_zh_sources "memory": expected an id in sources.csv',
    ),
    "sources of a name whose source is not known": (
        cell("places", 6, "name_zh_basis", "not_stated"),
        'places.csv:8 name_zh_basis "not_stated": expected attested or proposed where sources are named',
    ),
    "sources without a Chinese name": (
        cell("places", 4, "name_zh_sources", "office"),
        'places.csv:6 name_zh_sources "office": expected a value of name_zh beside it',
    ),
    "other form without a Chinese name": (
        cell("places", 4, "name_zh_variants", "铜文县"),
        'places.csv:6 name_zh_variants "铜文县": expected a value of name_zh beside it',
    ),
    "other form that is the name": (
        cell("places", 6, "name_zh_variants", "富寧;富宁县"),
        'places.csv:8 name_zh_variants "富寧;富宁县": expected other forms than 富宁县',
    ),
    "the same other form twice": (
        cell("places", 6, "name_zh_variants", "富寧;富寧"),
        'places.csv:8 name_zh_variants "富寧;富寧": expected each item once',
    ),
}


@pytest.mark.parametrize(("change", "message"), BROKEN.values(), ids=BROKEN)
def test_broken_names(tmp_path, change, message):
    assert messages(written(tmp_path, change)) == [message]


def test_a_name_may_be_proposed_without_a_source_and_a_check_lists_those_with_none(tmp_path):
    change = cells(
        ("places", 6, "name_zh_basis", "proposed"),
        ("places", 6, "name_zh_sources", ""),
        ("places", 5, "name_zh_basis", "not_stated"),
        ("places", 5, "name_zh_sources", ""),
    )
    folder = written(tmp_path, change)
    assert messages(folder) == []
    found = [remark for remark in check(folder, tmp_path) if remark.kind == "names-without-source"]
    assert [(remark.row, remark.value) for remark in found] == [(7, ROWS["places"][5]["name_zh"])]
