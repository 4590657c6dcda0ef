"""The border unrolled: everything in its place or named as too far away, no name over another, the same in every file."""

import io
import math
import re
import subprocess
from itertools import combinations, pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as some
from pptx import Presentation
from shapely import STRtree, affinity, box

from atlas.exports import slides, unrolled
from atlas.look.text import width
from atlas.maps import strip
from atlas.maps.slots import spread
from atlas.maps.unrolled import titles
from atlas.model import along
from atlas.model.selection import Selection
from atlas.model.session import Scene, Session
from atlas.words.translator import Translator
from atlas.words.voice import Voice

LANGUAGES = ("vi", "zh", "en", "vi-zh")
SIZES = {"1440": 1392, "1920": 1872, "phone": 358}
SECTIONS = (Selection(), *(Selection(province=(one,)) for one in ("lai-chau", "ha-giang", "cao-bang", "quang-ninh")))


@pytest.fixture(scope="module")
def drawn(atlas):
    def draw(selection, language, size):
        content = unrolled.content(atlas, selection, language)
        named = titles(atlas, content, Voice(language))
        if size == "phone":
            return content, strip.turned(content, SIZES[size], titles=named)
        return content, strip.draw(content, SIZES[size], text=14, titles=named)

    return draw


def outline(label):
    """The area that a name takes up, somewhat less high than its letters, whose marks few names have."""
    (x, y), length, half = label.at, width(label.text, label.size), label.size * 0.45
    start = {"start": 0, "middle": -length / 2, "end": -length}[label.anchor]
    return affinity.rotate(box(x + start, y - half, x + start + length, y + half), label.angle, origin=(x, y))


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_names_overlap(drawn, language, size):
    for selection in SECTIONS:
        _, made = drawn(selection, language, size)
        areas = [outline(label) for label in made.drawing.labels]
        pairs = [(a, b) for a, b in STRtree(areas).query(areas, predicate="intersects").T if a < b]
        touching = [
            (made.drawing.labels[a].text, made.drawing.labels[b].text)
            for a, b in pairs
            if areas[a].intersection(areas[b]).area > 1
        ]
        assert not touching, selection
        assert made.unnamed == 0


@pytest.mark.parametrize("size", SIZES)
def test_few_marks_are_nearer_than_8_pixels(drawn, size):
    _, made = drawn(Selection(), "vi", size)
    marks = [mark.at for mark in made.drawing.marks]
    near = {
        one for pair in combinations(range(len(marks)), 2) if math.dist(*(marks[n] for n in pair)) < 8 for one in pair
    }
    assert len(near) < 0.15 * len(marks)


def test_names_stay_inside(drawn):
    for selection in SECTIONS:
        for size in SIZES:
            drawing = drawn(selection, "vi", size)[1].drawing
            frame = box(-6, -1, drawing.width + 6, drawing.height + 1)
            assert not [label.text for label in drawing.labels if not frame.covers(outline(label))], (selection, size)


def test_every_twinning_is_drawn_or_named_as_too_far_away(atlas, drawn):
    content, made = drawn(Selection(), "en", "1440")
    beyond = {one.twinning for one in content.beyond}
    assert set(made.drawing.inside) | beyond == set(Selection().twinnings(atlas).index)
    assert not set(made.drawing.inside) & beyond
    said = " ".join(unrolled.sentences(atlas, Selection(), content, made, Translator("en")))
    assert "Hồ Chí Minh City" in said
    assert "(position unknown)" in said
    members = {place for one in made.drawing.inside for side in ("vn", "cn") for place in atlas.twinnings.at[one, side]}
    assert len(made.drawing.marks) == len(members)


def test_ties_have_the_colour_of_their_level_and_filters_hold(drawn):
    content, made = drawn(Selection(level=("commune",)), "vi", "1440")
    assert {path.color for path in made.drawing.twinnings} == {"#b84a00"}
    assert len(content.communes) == 80, "communes without a twinning are seen whatever the filters leave"
    assert sum(len(one.stretches) for _, one in content.communes) == len(made.drawing.layers["communes"])


def test_a_province_is_the_section_that_is_shown(atlas, drawn):
    content, _ = drawn(Selection(province=("cao-bang",)), "vi", "1440")
    start, end = content.section
    band = along.reach(atlas, atlas.places.by_slug["cao-bang"])
    assert start < band.start
    assert band.end < end < start + 400
    former, _ = drawn(Selection(province=("ha-giang",), asof="2025-06-30"), "vi", "1440")
    assert "Hà Giang" in [name for name, _ in former.bands["vn"]]
    assert sum(one.twinning == "commune" for _, one in former.communes) == 26


def test_very_many_units_are_drawn_with_fewer_names(drawn):
    content, _ = drawn(Selection(), "vi", "1440")
    made = strip.draw(content, 300, titles=titles_of(content))
    assert made.unnamed
    assert len(made.drawing.marks) == sum(map(len, content.units.values()))


def titles_of(content):
    return {tie.twinning: tie.twinning for tie in content.ties}


@given(some.lists(some.tuples(some.floats(0, 1000), some.floats(1, 30)), max_size=40))
def test_what_is_spread_keeps_its_order_its_distance_and_its_ends(things):
    wanted, sizes = sorted(want for want, _ in things), [size for _, size in things]
    limits = [1000.0] * len(things)
    found = spread(wanted, sizes, 0, limits)
    if sum(sizes) < 1000:
        assert found is not None
    if found:
        gaps = [(one + other) / 2 for one, other in pairwise(sizes)]
        assert all(b - a >= gap - 1e-6 for (a, b), gap in zip(pairwise(found), gaps))
        assert found[0] >= 0
        assert found[-1] <= 1000 + 1e-6


def test_what_has_room_stays_where_it_is():
    assert spread([10, 50, 90], [10, 10, 10], 0, [100] * 3) == [10, 50, 90]
    assert spread([50, 50], [10, 10], 0, [100] * 2) == [45, 55]
    assert spread([1, 2, 3], [50, 50, 50], 0, [60] * 3) is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sheet_says_what_it_is_and_what_is_not_on_it(atlas, language):
    page = ElementTree.fromstring(unrolled.svg(atlas, None, language))
    said = " ".join("".join(one.itertext()) for one in page.iter("{http://www.w3.org/2000/svg}text"))
    for one in language.split("-"):
        translate = Translator(one)
        assert unrolled.heading(translate) in said
        count = next(one for one in along.counts(atlas, Selection().day(atlas)) if one.province == "vn-04")
        assert unrolled.count_of(atlas, count, translate).replace(" ", "") in said.replace(" ", "")
    assert unrolled.svg(atlas, None, language) == unrolled.svg(atlas, None, language)
    # the legend is a group moved to its place, everything below the drawing begins at the margin
    legend = next(one for one in page.findall("{*}g") if (one.get("transform") or "").startswith("translate"))
    words = [
        ("".join(one.itertext()), float(one.get("x")), float(one.get("font-size")))
        for one in legend.iter("{http://www.w3.org/2000/svg}text")
    ]
    assert len(words) > len(unrolled.signs(Voice(language)))
    room = unrolled.PAGE[0] - 2 * unrolled.MARGIN
    assert [text for text, x, size in words if x + width(text, size) > room] == [], "cut at the edge"


def test_the_pdf_is_one_a3_sheet_with_letters(atlas, tmp_path):
    (tmp_path / "a.pdf").write_bytes(unrolled.pdf(atlas, None, "vi"))
    about = subprocess.run(["pdfinfo", tmp_path / "a.pdf"], capture_output=True, text=True).stdout
    assert re.search(r"Pages: +1\n", about)
    assert re.search(r"Page size: +1190\.\d+ x 842\.\d+ pts \(A3\)", about)
    text = subprocess.run(["pdftotext", tmp_path / "a.pdf", "-"], capture_output=True, text=True).stdout
    assert "dọc biên giới" in text
    assert "Cao Bằng" in text
    pictures = subprocess.run(["pdfimages", "-list", tmp_path / "a.pdf"], capture_output=True, text=True).stdout
    assert len(pictures.splitlines()) <= 2, "it is drawn, not a picture"


def test_a_slide_has_the_names_and_ties_as_shapes(atlas):
    selection = Selection(province=("cao-bang",))
    session = Session("own", "vi", selection=selection, scenes=(Scene("unrolled"),))
    deck = Presentation(io.BytesIO(slides.pptx(atlas, session)))
    group = next(shape for shape in deck.slides[0].shapes if shape.name == "map")
    parts = {part.name: part for part in group.shapes}
    turned = {shape.text_frame.text for shape in parts["names"].shapes if shape.rotation}
    assert turned >= {"Tà Lùng", "Thủy Khẩu"}
    ties = {shape.name for shape in parts["twinnings"].shapes}
    assert len(ties) == len(selection.twinnings(atlas))
