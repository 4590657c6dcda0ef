"""The map as SVG and PNG: all that was selected, inside its frame, with what it is."""

import re
import struct
from functools import cache
from xml.etree import ElementTree

import pytest

from atlas.exports import pictures
from atlas.exports.about import described, disclaimer
from atlas.look import text
from atlas.maps import svg
from atlas.maps.drawing import Area, _touch, draw
from atlas.model.selection import Selection
from atlas.words import naming
from atlas.words.translator import Translator
from tests.unit.hostile_atlas import hostile

HA_GIANG = Selection(province=("ha-giang",), asof="2025-06-30")
SELECTIONS = {
    "everything": None,
    "one province": HA_GIANG,
    "nothing": Selection(q="qqqqqq"),
    "far away": Selection(q="Guilin"),
}
selections = pytest.mark.parametrize("selection", SELECTIONS.values(), ids=SELECTIONS)


@pytest.fixture(scope="module")
def picture(atlas):
    """``picture(selection, language)``: a picture in SVG, made once for all tests that read it."""
    return cache(lambda selection, language: pictures.svg(atlas, selection, language))


def texts(svg: bytes) -> str:
    return " ".join(
        "".join(one.itertext()) for one in ElementTree.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")
    )


@selections
@pytest.mark.parametrize("language", ["vi", "zh", "en", "vi-zh"])
def test_a_picture_says_what_it_is(atlas, picture, selection, language):
    said = texts(picture(selection, language)).replace(" ", "")
    for one in language.split("-"):
        translate = Translator(one)
        for part in (
            described(atlas, selection or Selection(), translate),
            disclaimer(translate),
            "CC-BY-4.0",
            translate.date(atlas.version),
        ):
            assert part.replace(" ", "")[:100] in said


@pytest.mark.parametrize("language", ["vi-zh", "zh-vi"])
def test_the_language_of_the_host_stands_first(atlas, picture, language):
    said = texts(picture(HA_GIANG, language))
    names = [Translator(one)("Vietnam–China Border Cooperation Atlas") for one in language.split("-")]
    assert said.index(names[0]) < said.index(names[1])
    places = [atlas.places.name("vn-02", one) for one in language.split("-")]
    assert " ".join(places) in said, "the map has the other order"


@selections
def test_the_same_selection_gives_the_same_picture(atlas, picture, selection):
    assert pictures.svg(atlas, selection, "zh") == picture(selection, "zh")


def test_a_png_has_300_dots_an_inch(atlas):
    content = pictures.png(atlas, HA_GIANG, "vi-zh")
    assert content.startswith(b"\x89PNG")
    wide, high = struct.unpack(">II", content[16:24])
    assert abs(wide - 297 / 25.4 * 300) < 3
    assert abs(high - 210 / 25.4 * 300) < 3
    place = content.index(b"pHYs")
    assert round(struct.unpack(">I", content[place + 4 : place + 8])[0] * 0.0254) == 300


def test_every_twinning_is_drawn_or_counted_as_outside(atlas):
    rows = Selection().twinnings(atlas)
    drawing = draw(atlas, list(rows.index), "en", atlas.version, 900, 500)
    drawn = {path.name for path in drawing.twinnings}
    titles = {one: naming.title(atlas, row, "en") for one, row in rows.to_dict("index").items()}
    assert len(drawing.inside) + drawing.outside == len(rows)
    assert len(drawing.inside) > drawing.outside
    assert all(titles[one] in drawn for one in drawing.inside)


@selections
def test_nothing_leaves_the_frame(atlas, selection):
    rows = (selection or Selection()).twinnings(atlas)
    drawing = draw(atlas, list(rows.index), "vi-zh", atlas.version, 900, 500)
    points = [point for path in drawing.twinnings if not path.curve for point in path.points]
    points += [
        point
        for shapes in drawing.layers.values()
        for one in shapes
        for line in (one.rings if isinstance(one, Area) else [one.points])
        for point in line
    ]
    points += [mark.at for mark in drawing.marks] + [label.at for label in drawing.labels]
    assert points
    assert all(-0.2 <= x <= 900.2 and -0.2 <= y <= 500.2 for x, y in points)


def test_names_do_not_touch(atlas):
    rows = Selection().twinnings(atlas)
    drawing = draw(atlas, list(rows.index), "vi-zh", atlas.version, 900, 500)
    boxes = [
        (
            x - text.width(label.text, label.size) / 2,
            y - label.size * 0.5,
            x + text.width(label.text, label.size) / 2,
            y + label.size * 0.5,
        )
        for label in drawing.labels
        for x, y in [label.at]
    ]
    assert len(boxes) > 20
    assert not any(_touch(one, other) for n, one in enumerate(boxes) for other in boxes[n + 1 :])


def test_a_side_that_ended_has_a_hollow_mark_from_the_next_day_on(atlas):
    rows = list(HA_GIANG.twinnings(atlas).index)
    before, after = (draw(atlas, rows, "vi", on, 600, 400) for on in ("2025-06-30", "2025-07-01"))
    assert not before.has_ended
    assert after.has_ended
    hollow = {mark.name for mark in after.marks if mark.ended}
    assert hollow
    assert hollow < {mark.name for mark in before.marks}, "the other side goes on"
    assert svg.markup(before).count("stroke-width='2'") < svg.markup(after).count("stroke-width='2'")
    assert {"vn-provinces-2024"} == set(before.layers) - set(after.layers) - {"vn-districts-2024"}


def test_hostile_names_stay_text(atlas):
    hostile_atlas = hostile(atlas)
    content = pictures.svg(hostile_atlas, None, "vi")
    tags = {one.tag.split("}")[1] for one in ElementTree.fromstring(content).iter()}
    assert tags <= {"svg", "g", "path", "rect", "circle", "text", "tspan", "title"}
    assert "<script>alert(1)</script>" in "".join(ElementTree.fromstring(content).itertext())
    assert pictures.png(hostile_atlas, None, "vi").startswith(b"\x89PNG")


def test_a_picture_asks_for_nothing(picture):
    content = picture(None, "vi-zh").decode()
    assert set(re.findall(r"https?://[^'\"\s<]+", content)) == {"http://www.w3.org/2000/svg"}
    assert not re.search(r"<(image|use|foreignObject|style)|url\(", content)


@pytest.mark.parametrize(
    ("language", "named", "unnamed"),
    [
        ("vi", {"Sông Hồng", "Sông Đà", "Sông Lô", "Sông Chảy", "Điện Biên Phủ"}, {"Red River", "红河"}),
        ("zh", {"红河", "黑水河", "泸江", "奠边府市"}, {"Sông Chảy", "Chảy River"}),
        ("en", {"Red River", "Đà River", "Điện Biên Phủ"}, {"Sông Hồng"}),
        ("vi-zh", {"Sông Hồng 红河", "Sông Chảy"}, {"Red River"}),
    ],
)
def test_rivers_and_towns_have_the_names_that_sources_give_them_in_a_language(atlas, language, named, unnamed):
    drawing = draw(atlas, [], language, atlas.version, 1200, 700)
    texts = [label.text for label in drawing.labels]
    assert named <= set(texts)
    assert not unnamed & set(texts)
    assert len(texts) == len(set(texts)), "nothing is named twice"
    assert len(drawing.layers["towns"]) >= 10


def test_rivers_lie_under_every_line_and_their_names_are_told_apart(atlas, picture):
    svg = picture(None, "en").decode()
    order = [svg.index(f"data-layer='{name}'") for name in ("land", "rivers", "border", "twinnings", "names")]
    assert order == sorted(order)
    slanted = set(re.findall(r"font-style='italic'[^>]*>([^<]+)<", svg))
    assert slanted
    assert all(name.endswith("River") for name in slanted)
