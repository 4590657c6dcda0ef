"""A presentation is a sequence of scenes that can be saved as a small file and loaded again."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atlas import LANGUAGES
from atlas.model import scenes
from atlas.model.scenes import InvalidScenes
from atlas.model.selection import Selection
from atlas.words.translator import Translator

EN = Translator("en")
HA_GIANG = Selection(province=("ha-giang",), asof="2025-06-30")


def saved(*listed, **more) -> bytes:
    return json.dumps({"format": scenes.FORMAT, "version": 1, "scenes": list(listed)} | more).encode()


def problems(content: bytes, atlas, translate=EN) -> list[str]:
    with pytest.raises(InvalidScenes) as refused:
        scenes.read(content, atlas, translate)
    return refused.value.problems


def test_a_sequence_begins_with_its_title_and_ends_with_what_is_open(atlas):
    kinds = [scene.kind for scene in scenes.sequence(atlas, HA_GIANG)]
    assert kinds == ["title", "results", "map", "border", "scholarships", "training", "labour", "meetings", "open"]


def test_topics_without_a_record_are_left_out(atlas):
    assert [scene.kind for scene in scenes.sequence(atlas, Selection(q="qqqqqq"))] == ["title", "open"]


def test_one_scene_a_level_and_one_a_twinning_on_demand(atlas):
    rows = HA_GIANG.twinnings(atlas)
    by_level = [scene.selection.level for scene in scenes.sequence(atlas, HA_GIANG, "level") if scene.kind == "map"]
    assert by_level == [(), *((level,) for level in dict.fromkeys(rows["level"]))]
    by_pair = [scene.selection.pair for scene in scenes.sequence(atlas, HA_GIANG, "pair") if scene.kind == "pair"]
    assert by_pair == list(rows.index)


@pytest.mark.parametrize("each", [None, "level", "pair"])
def test_what_is_saved_is_loaded(atlas, each):
    listed = scenes.sequence(atlas, HA_GIANG, each)
    captioned = (replace(listed[0], title="<b>Hội nghị</b>", caption="第一行\n=1+1 \u202e"), *listed[1:])
    content = scenes.write(captioned)
    assert scenes.read(content, atlas, EN) == captioned
    assert scenes.write(scenes.read(content, atlas, EN)) == content


def test_all_that_is_wrong_is_said_at_once(atlas):
    found = problems(
        saved(
            {"kind": "film", "selection": {}},
            "no scene",
            {"kind": "map", "selection": {"province": ["atlantis"], "colour": ["red"]}, "caption": 7, "size": 1},
            {"kind": "pair", "selection": {"province": ["ha-giang"]}},
            {"kind": "map", "title": "x" * 201, "selection": {"asof": ["2025-02-31"]}},
            {"kind": "map", "selection": ["province"]},
        ),
        atlas,
    )
    places = [text.split(":")[0] for text in found]
    assert places == [
        "scene 1, kind",
        "scene 2",
        "scene 3, size",
        "scene 3, caption",
        "scene 3, selection.province",
        "scene 3, selection.colour",
        "scene 4, selection.pair",
        "scene 5, title",
        "scene 5, selection.asof",
        "scene 6, selection",
    ]
    assert '"film"' in found[0]
    assert "title, results, map, pair" in found[0]
    assert max(map(len, found)) < 300


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe",
        b"[" * 100_000,
        b"[]",
        b"null",
        b'{"scenes": []}',
        saved(),
        saved(*[{"kind": "open", "selection": {}}] * (scenes.MOST_SCENES + 1)),
        saved({"kind": "open", "selection": {}}, version=2),
        b'{"type": "FeatureCollection", "features": []}',
        b'<OGRVRTDataSource><OGRVRTLayer name="x"/></OGRVRTDataSource>',
        b" " * (scenes.LARGEST_FILE + 1),
        b'{"format": "border-cooperation-atlas-scenes", "version": 1, "scenes": [{"kind": "open", "selection": {}, "caption": "\\ud800"}]}',
        b'{"format": "border-cooperation-atlas-scenes", "version": 1, "scenes": [{"kind": "open", "selection": {}, "caption": "\\u0007"}]}',
    ],
)
def test_other_files_are_refused_with_one_clear_reason(atlas, content):
    assert len(problems(content, atlas)) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_reasons_have_their_places_filled_in_every_language(atlas, language):
    translate = Translator(language)
    for content in (b"[]", saved({"kind": "film"}), saved(version=3), saved()):
        assert not any("{" in text.replace("{}", "") for text in problems(content, atlas, translate))


@given(st.binary(max_size=300) | st.text(max_size=300).map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_no_bytes_break_the_reader(atlas, content):
    with pytest.raises(InvalidScenes):
        scenes.read(content, atlas, EN)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=12), inner, max_size=3),
    max_leaves=8,
)


@given(json_values, json_values, json_values)
def test_no_content_breaks_the_reader(atlas, kind, selection, caption):
    content = saved({"kind": kind, "selection": selection, "caption": caption})
    try:
        listed = scenes.read(content, atlas, EN)
    except InvalidScenes as refused:
        listed = refused.problems
    assert listed
