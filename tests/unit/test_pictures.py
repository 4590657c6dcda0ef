"""The map as SVG and PNG: all that was selected, inside its frame, with what it is."""

import re
import struct
from functools import cache
from xml.etree import ElementTree

import pytest
from shapely import Point, STRtree, box

from atlas.exports import pictures
from atlas.exports.about import described, disclaimer
from atlas.look import text
from atlas.maps import placing, svg
from atlas.maps.drawing import Area, draw
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


@pytest.mark.parametrize(
    ("selection", "language"), [*((one, "vi-zh") for one in SELECTIONS.values()), (HA_GIANG, "en"), (HA_GIANG, "zh")]
)
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


def test_every_twinning_is_drawn_or_listed_as_far(atlas):
    rows = Selection().twinnings(atlas)
    drawing = draw(atlas, list(rows.index), "en", atlas.version, 900, 500)
    titles = {one: naming.title(atlas, row, "en") for one, row in rows.to_dict("index").items()}
    assert sorted([*drawing.inside, *drawing.far]) == sorted(rows.index)
    assert len(drawing.inside) > len(drawing.far)
    assert {path.name for path in drawing.twinnings} == {titles[one] for one in drawing.inside}
    assert {"twin-ho-chi-minh-city-guangxi", "twin-lao-chai-dixibei"} <= set(drawing.far), "far away, and unknown where"


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


STAGE = ((1240, 740), (1760, 740))  # rooms for a map on a stage of 1920 by 1080, with names of 26
SHOWN = (
    *(Selection(province=(one,)) for one in ("ha-giang", "tuyen-quang", "quang-ninh", "cao-bang", "lang-son")),
    *(Selection(province=(one,)) for one in ("lao-cai", "dien-bien", "lai-chau")),
    *(Selection(region=(one,)) for one in ("guangxi", "yunnan")),
    Selection(),
)


def areas(drawing):
    """The area that each name takes up."""
    found = []
    for label in drawing.labels:
        (x, y), length, half = label.at, text.breadth(label.text, label.size), label.size * 0.5
        left = x - {"start": 0, "middle": length / 2, "end": length}[label.anchor]
        found.append(box(left, y - half, left + length, y + half))
    return found


@pytest.mark.parametrize("language", ["zh", "en", "vi-zh"])
def test_names_touch_neither_each_other_nor_marks_nor_the_frame(atlas, language):
    for selection in SHOWN:
        for size in STAGE:
            drawing = draw(atlas, list(selection.twinnings(atlas).index), language, atlas.version, *size, text=26)
            named = areas(drawing)
            assert len(named) > 8
            assert all(box(0, 0, *size).covers(one) for one in named), selection
            touching = [
                (drawing.labels[a].text, drawing.labels[b].text)
                for a, b in STRtree(named).query(named, predicate="overlaps").T
            ]
            assert not touching, selection
            covered = STRtree(named).query([Point(mark.at) for mark in drawing.marks], predicate="intersects")
            assert covered.size == 0, selection
            assert min(label.size for label in drawing.labels) == 26, "nothing is made smaller"


@pytest.mark.parametrize("language", ["vi", "zh-vi"])
def test_most_ties_of_a_province_are_named_at_both_ends_on_a_stage(atlas, language):
    for slug in ("ha-giang", "quang-ninh", "cao-bang", "lang-son", "lao-cai", "lai-chau"):
        selection = Selection(province=(slug,))
        drawing = draw(atlas, list(selection.twinnings(atlas).index), language, atlas.version, 1240, 740, text=26)
        said = " ".join(label.text for label in drawing.labels)

        def named(places, said=said):
            return any(atlas.places.name(one, part) in said for one in places for part in language.split("-"))

        both = [one for one in drawing.inside if all(named(atlas.twinnings.at[one, side]) for side in ("vn", "cn"))]
        assert len(both) >= len(drawing.inside) / 2, slug
    ha_giang = draw(atlas, list(HA_GIANG.twinnings(atlas).index), language, "2025-06-30", 1240, 740, text=26)
    communes = {place for one in ha_giang.inside for place in atlas.twinnings.at[one, "vn"]}
    names = {atlas.places.name(one, language.split("-")[0]) for one in communes}
    found = [one for one in names if any(one in label.text for label in ha_giang.labels)]
    assert len(found) >= 10, "two ties of organisations cost no commune its name"


def test_the_name_that_completes_a_tie_goes_before_another():
    far, lonely, end = (
        placing.Wanted(((name,),), at, 13)
        for name, at in (("Far", (30, 11)), ("Lonely", (310, 11)), ("Other", (312, 11)))
    )
    room = {"taken": [], "lines": [], "frame": (330, 22)}
    alone = placing.place([far, lonely, end], **room)
    assert [spot is not None for spot in alone] == [True, True, False], "there is room for one of them"
    tied = placing.place([far, lonely, end], **room | {"taken": []}, ties=[([0], [2])])
    assert [spot is not None for spot in tied] == [True, False, True]


def test_a_side_that_ended_has_a_hollow_mark_from_the_next_day_on(atlas):
    rows = list(HA_GIANG.twinnings(atlas).index)
    before, after = (draw(atlas, rows, "vi", on, 600, 400) for on in ("2025-06-30", "2025-07-01"))
    assert not before.has_ended
    assert after.has_ended
    hollow = {mark.name for mark in after.marks if mark.ended}
    assert hollow
    assert hollow < {mark.name for mark in before.marks}, "the other side goes on"
    assert svg.markup(before).count("stroke-width='2'") < svg.markup(after).count("stroke-width='2'")
    assert {"vn-provinces-2024"} == set(before.layers) - set(after.layers) - {"vn-districts-2024", "vn-communes-2024"}


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
