"""The map sheet and the wall map: paper, letters, an index in both scripts whose squares are true, nothing over another."""

import re
import subprocess
from collections import Counter
from functools import cache
from xml.etree import ElementTree

import pytest
from shapely import Point, STRtree, box

from atlas.exports import wall
from atlas.exports.places_index import NOWHERE
from atlas.look.text import breadth
from atlas.maps.placing import Wanted, place
from atlas.model.selection import Selection
from atlas.words.collation import key
from atlas.words.voice import Voice
from tests.unit.hostile_atlas import hostile

HA_GIANG, QUANG_NINH = Selection(province=("ha-giang",)), Selection(province=("quang-ninh",))
SHOWN = {"everything": Selection(), "ha-giang": HA_GIANG, "quang-ninh": QUANG_NINH, "nothing": Selection(q="qqqqqq")}
LANGUAGES = ("vi", "zh", "en", "vi-zh", "zh-vi")
WORD = "{http://www.w3.org/1999/xhtml}word"


@pytest.fixture(scope="module")
def made(atlas):
    """``made(name, language, paper)``: a map with its index, made once for all tests that look at it."""

    @cache
    def sheet(name, language, paper):
        on = wall.PAPERS[paper]
        return wall.sheet(atlas, SHOWN[name], Voice(language), on, on.bottom - 120)

    return sheet


@pytest.fixture(scope="module")
def printed(atlas, tmp_path_factory):
    """``printed(name, language, paper)``: the path of a PDF."""

    @cache
    def path(name, language, paper):
        file = tmp_path_factory.mktemp("wall") / "map.pdf"
        file.write_bytes(wall.pdf(atlas, SHOWN[name], language, paper))
        return file

    return path


def said(*command) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize(("paper", "pages"), [("a3", 2), ("a2", 1), ("a1", 1), ("a0", 1)])
def test_the_paper_has_its_size_and_holds_letters_and_lines(printed, paper, pages):
    file = printed("ha-giang", "vi-zh", paper)
    about = said("pdfinfo", file)
    size = [float(one) / 72 * 25.4 for one in re.search(r"Page size: +([\d.]+) x ([\d.]+)", about).groups()]
    on = wall.PAPERS[paper]
    assert size == pytest.approx([on.width, on.height], abs=0.3)
    assert re.search(rf"Pages: +{pages}\n", about)
    assert len(said("pdfimages", "-list", file).splitlines()) <= 2, "it is drawn, not a picture"


def test_everything_fits_one_sheet_and_the_sides_of_an_a3_sheet(printed):
    assert "Pages:           2\n" in said("pdfinfo", printed("everything", "vi-zh", "a3"))
    assert "Pages:           1\n" in said("pdfinfo", printed("everything", "en", "a2"))


@pytest.mark.parametrize(
    ("name", "language"), [*(("everything", one) for one in LANGUAGES), *((one, "vi-zh") for one in SHOWN)]
)
def test_the_index_names_every_twinned_place_once_in_both_scripts(atlas, made, name, language):
    rows = SHOWN[name].twinnings(atlas)
    places = {place for side in ("vn", "cn") for members in rows[side] for place in members}
    listed = made(name, language, "a3").index
    assert Counter(row.place for row in listed.rows) == Counter(places)
    for row in listed.rows:
        assert {atlas.places.name(row.place, "vi"), atlas.places.chinese_name(row.place) or ""} <= set(row.texts)
        assert (atlas.places[row.place]["name_pinyin"] or "") in row.texts
    first = language.split("-")[0]
    order = [
        key(atlas.places.name(row.place, first), first, atlas.places[row.place]["name_pinyin"]) for row in listed.rows
    ]
    assert order == sorted(order)
    assert all(row.texts[0] for row in listed.rows if first != "zh")


@pytest.mark.parametrize("paper", wall.PAPERS)
@pytest.mark.parametrize("name", ["everything", "ha-giang", "quang-ninh"])
def test_a_mark_lies_in_the_square_that_the_index_says(made, name, paper):
    sheet = made(name, "vi-zh", paper)
    marks = {mark.place: mark.at for mark in sheet.drawing.marks}
    wide, high = sheet.drawing.width / sheet.squares.across, sheet.drawing.height / sheet.squares.down
    assert len(marks) > 20
    assert 0.7 < wide / high < 1.5, "they are nearly square"
    for row in sheet.index.rows:
        square = row.texts[-1]
        assert (square == NOWHERE) == (row.place not in marks)
        if square != NOWHERE:
            column, line = ord(square[0]) - ord("A"), int(square[1:]) - 1
            area = box(column * wide, line * high, (column + 1) * wide, (line + 1) * high).buffer(0.01)
            assert area.covers(Point(marks[row.place])), row


def test_what_lies_beyond_the_map_is_said_and_has_no_square(made, printed):
    sheet = made("everything", "vi-zh", "a3")
    assert "twin-ho-chi-minh-city-guangxi" in sheet.drawing.far
    texts = {row.texts[0]: row.texts[-1] for row in sheet.index.rows}
    assert texts["Đà Lạt"] == NOWHERE
    text = said("pdftotext", "-layout", printed("everything", "vi-zh", "a3"), "-")
    assert "Đà Lạt – Khâm Châu" in text
    assert "钦州市 – 大叻市" in text


@pytest.mark.parametrize(("name", "language"), [("everything", "vi-zh"), ("quang-ninh", "en"), ("ha-giang", "zh-vi")])
def test_names_of_the_map_do_not_touch_and_are_large_enough(made, name, language):
    for paper, on in wall.PAPERS.items():
        drawing = made(name, language, paper).drawing
        assert min(label.size for label in drawing.labels) * on.share * 72 / 96 >= 8
        areas = []
        for label in drawing.labels:
            (x, y), length = label.at, breadth(label.text, label.size)
            left = x - {"start": 0, "middle": length / 2, "end": length}[label.anchor]
            areas.append(box(left, y - label.size / 2, left + length, y + label.size / 2))
        assert STRtree(areas).query(areas, predicate="overlaps").size == 0, paper
        assert all(box(0, 0, drawing.width, drawing.height).covers(area) for area in areas)


@pytest.mark.parametrize(
    ("name", "language", "paper"),
    [
        ("everything", "vi-zh", "a3"),
        ("everything", "en", "a2"),
        ("everything", "zh-vi", "a0"),
        ("ha-giang", "vi", "a3"),
    ],
)
def test_no_word_lies_over_another_or_leaves_the_paper(printed, name, language, paper):
    on = wall.PAPERS[paper]
    whole = box(0, 0, on.width / 25.4 * 72, on.height / 25.4 * 72)
    for page in ElementTree.fromstring(said("pdftotext", "-bbox", printed(name, language, paper), "-")).iter(
        "{http://www.w3.org/1999/xhtml}page"
    ):
        # names of the map are printed twice, first as their halo
        found = dict.fromkeys(
            (one.text, *(float(one.get(edge)) for edge in ("xMin", "yMin", "xMax", "yMax"))) for one in page.iter(WORD)
        )
        areas = []
        for _, left, top, right, bottom in found:
            middle, half = (top + bottom) / 2, (bottom - top) * 0.22  # the box of a word has the height of its face
            areas.append(box(left, middle - half, right, middle + half))
        words = [text for text, *_ in found]
        over = [
            (words[a], words[b])
            for a, b in STRtree(areas).query(areas, predicate="intersects").T
            if a < b and areas[a].intersection(areas[b]).area > 0.5
        ]
        assert not over
        assert len(words) > 60
        assert all(whole.covers(area) for area in areas)


@pytest.mark.parametrize("language", ["vi", "zh-vi"])
def test_names_in_both_scripts_are_letters(atlas, printed, language):
    text = said("pdftotext", "-layout", printed("ha-giang", language, "a3"), "-")
    places = {place for side in ("vn", "cn") for members in HA_GIANG.twinnings(atlas)[side] for place in members}
    for one in places:
        assert atlas.places.name(one, "vi") in text
        assert (atlas.places.chinese_name(one) or "") in text
    assert "＊" in text, "proposed names are marked"


def test_whatever_a_name_holds_the_index_stays_on_its_sheet(atlas):
    strange = hostile(atlas)
    on = wall.PAPERS["a2"]
    sheet = wall.sheet(strange, Selection(), Voice("vi-zh"), on, on.bottom - 120)
    assert sheet.index.breadth < on.inner / 2
    assert any(text.endswith("…") for row in sheet.index.rows for text in row.texts)
    assert "<script>" not in sheet.below
    assert "&lt;script&gt;" in sheet.below


def test_more_names_than_have_room_take_little_time_and_none_lies_over_another():
    wanted = [Wanted(((f"Xã {n}",),), (7 + n * 37 % 600, 5 + n * 53 % 350), 13) for n in range(3000)]
    spots = [spot for spot in place(wanted, [], [], (620, 370)) if spot]
    assert 100 < len(spots) < 1000
    areas = [box(*spot.box).buffer(-0.01) for spot in spots]
    assert STRtree(areas).query(areas, predicate="overlaps").size == 0


def test_the_same_map_has_the_same_bytes(atlas, printed):
    assert wall.pdf(atlas, HA_GIANG, "vi-zh", "a2") == printed("ha-giang", "vi-zh", "a2").read_bytes()


@pytest.mark.parametrize(
    ("language", "names"),
    [
        ("vi", ["An Phú", "Ăn", "Ân", "Ba", "Bà", "Bả", "Bã", "Bá", "Bạ", "Bạch", "Cao", "Dao", "Đào", "Na Khê", "Nà Khê", "Nậm"]),
        ("zh", ["八布乡", "马关县", "重庆县", "中越"]),
        ("en", ["Đà Lạt", "Đồng Văn", "Dongxing", "Hà Giang", "Ha Tay"]),
    ],
)  # fmt: skip
def test_names_are_sorted_as_readers_look_them_up(language, names):
    read = {"重庆县": "Zhòngqìng"}  # a district in Cao Bằng, whose characters are mostly read otherwise
    assert sorted([*names[1::2], *names[::2]], key=lambda name: key(name, language, read.get(name))) == names
