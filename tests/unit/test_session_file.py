"""The file of a session: what is saved is loaded, and what cannot be used is refused in sentences, all at once."""

import base64
import contextlib
import io
import json
import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageFile

from atlas import LANGUAGES
from atlas.model import audience, readymade, session_file
from atlas.model.selection import Selection
from atlas.model.session import KINDS, STATES, Decision, Delegation, Logo, Said, Scene, Session
from atlas.model.session_file import FORMAT, InvalidSession, read, write
from atlas.words import voice
from atlas.words.translator import Translator

EN = Translator("en")


def picture(kind: str = "PNG", size: tuple[int, int] = (8, 6)) -> bytes:
    content = io.BytesIO()
    Image.new("RGB", size, "#0b5c8a").save(content, kind)
    return content.getvalue()


def bomb(width: int, height: int) -> bytes:
    """A PNG of a few bytes that says it is large."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


def content(**entries) -> bytes:
    base = {"format": FORMAT, "version": 2, "kind": "own", "language": "vi-zh", "audience": "both"}
    return json.dumps(base | {"scenes": [{"kind": "cover"}]} | entries).encode()


def problems(saved: bytes, atlas, translate=EN) -> list[str]:
    with pytest.raises(InvalidSession) as refused:
        read(saved, atlas, translate)
    return refused.value.problems


texts = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn"], exclude_characters=session_file.HARMFUL), max_size=40)  # fmt: skip
said = st.builds(Said, texts, texts, texts)
dates = st.sampled_from(["", "2026", "2026-02", "2024-02-29"])
minutes = st.none() | st.integers(0, 240)
selections = st.sampled_from([Selection(), Selection(province=("ha-giang",), asof="2024-12-31"), Selection(level=("border_guard",), year_from=2016, q="Mèo Vạc")])  # fmt: skip
logos = st.none() | st.sampled_from([Logo(picture(), "image/png"), Logo(picture("JPEG"), "image/jpeg")])
delegations = st.builds(Delegation, said, logos)
subjects = st.sampled_from([("text", ()), ("pair", ("sin-thau-qushui",)), ("parts", ("scholarship",)), ("series", ("joint_working_committee",)), ("route", ("course-baise-party-building-2024",)), ("agreements", ("labour",))])  # fmt: skip


@st.composite
def sessions(draw, atlas) -> Session:
    twinning = atlas.twinnings.index[0]
    scenes = []
    for kind, about in draw(st.lists(subjects, min_size=1, max_size=4)):
        about = (twinning,) if kind == "pair" else about
        own = draw(st.none() | selections)
        scenes.append(Scene(kind, own, about, draw(said), draw(said), draw(texts), draw(minutes)))
    return Session(
        draw(st.sampled_from(KINDS)), draw(st.sampled_from(voice.LANGUAGES)), draw(st.sampled_from(audience.AUDIENCES)),
        draw(selections), draw(said), draw(dates), draw(said), draw(delegations), draw(delegations), tuple(scenes),
        tuple(draw(st.lists(st.builds(Decision, said, said, dates, st.sampled_from(STATES)), max_size=3))), draw(minutes),
    )  # fmt: skip


@given(st.data())
def test_what_is_saved_is_loaded(atlas, data):
    session = data.draw(sessions(atlas))
    saved = write(session)
    assert read(saved, atlas, EN) == session
    assert write(read(saved, atlas, EN)) == saved


@pytest.mark.parametrize("make", [readymade.education, readymade.twinning, readymade.committee])
def test_a_readymade_session_is_a_small_file(atlas, make):
    session = make(audience.released(atlas, "both"), (), "vi-zh")
    assert read(write(session), atlas, EN) == session
    assert len(write(session)) < 6000


def test_all_languages_of_documents_are_those_of_sessions():
    assert set(session_file.LANGUAGES) == set(voice.LANGUAGES)


def test_a_unit_that_has_ended_is_taken(atlas):
    saved = content(
        selection={"province": ["ha-giang"]}, scenes=[{"kind": "map", "selection": {"asof": ["2030-01-01"]}}]
    )
    assert read(saved, atlas, EN).selection.province == ("ha-giang",)


def test_all_that_is_wrong_is_said_at_once(atlas):
    found = problems(
        content(
            language="fr",
            colour="red",
            date="31/12/2026",
            selection={"province": ["atlantis"]},
            title={"vi": "x" * 301, "de": "Titel"},
            scenes=[
                {"kind": "film"},
                "no scene",
                {"kind": "route", "about": ["withdrawn-course"]},
                {"kind": "parts", "about": ["astronomy"], "minutes": 241},
                {"kind": "pair"},
                {"kind": "map", "about": ["labour"], "size": 1, "notes": "a\u202eb"},
                {"kind": "map", "selection": {"asof": ["2025-02-31"], "colour": ["red"]}, "minutes": True},
            ],
            decisions=[{"what": {"vi": "a"}, "state": "forgotten", "by": "2026-13"}],
        ),
        atlas,
    )
    assert [text.split(":")[0] for text in found] == [
        "colour", "language", "selection.province", "title.de", "title.vi", "date", "scene 2", "scene 1, kind", "scene 3",
        "scene 4, about", "scene 4, minutes", "scene 5, about", "scene 6, size", "scene 6, about", "scene 6, notes",
        "scene 7, selection.asof", "scene 7, selection.colour", "scene 7, minutes", "decision 1, by", "decision 1, state",
    ]  # fmt: skip
    assert '"withdrawn-course"; it may have been withdrawn' in found[8]
    assert max(map(len, found)) < 500


def test_the_first_of_many_problems_are_listed_and_the_others_counted(atlas):
    found = problems(content(**{f"entry-{number}": 1 for number in range(18_000)}), atlas)
    assert len(found) == session_file.MOST_PROBLEMS + 1
    assert "17980" in found[-1].replace(",", "")


@pytest.mark.parametrize(
    ("saved", "reason"),
    [
        (b"", "not JSON"),
        (b"\xff\xfe", "not JSON"),
        (b"[" * 100_000, "not JSON"),
        (b"1" * 5000, "not JSON"),
        (b"[]", "not a session"),
        (b'{"type": "FeatureCollection", "features": []}', "not a session"),
        (b'{"format": "border-cooperation-atlas-scenes", "version": 1, "scenes": []}', "older edition"),
        (content(version=3), "newer edition"),
        (content(version="2"), "expected 2"),
        (content(scenes=[]), "0 scenes; 1 to 60"),
        (content(scenes=[{"kind": "cover"}] * 500), "500 scenes; 1 to 60"),
        (content(decisions=[{}] * 61), "61 decisions; at most 60"),
        (b" " * 4_000_001, "larger than 4000 kB"),
        (content(title={"vi": "\ud800"}), "title.vi"),
        (content(title={"vi": "a\u0007"}), "title.vi"),
        (content(title={"vi": "a\u2066b"}), "title.vi"),
        (content(title={"vi": "two\nlines"}), "title.vi"),
        (content(selection={"q": ["\ud800"]}), "selection.q"),
        (content(scenes={"kind": "cover"}), "scenes"),
        (content(vn={"logo": "?"}), "Base64"),
        (content(vn={"logo": 7}), "Base64"),
    ],
)
def test_other_files_are_refused_with_one_clear_reason(atlas, saved, reason):
    (found,) = problems(saved, atlas)
    assert reason in found.replace(",", "")


SVG = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"


@pytest.mark.parametrize(
    ("logo", "reason"),
    [
        (SVG, "no PNG or JPEG"),
        (picture("GIF"), "no PNG or JPEG"),
        (picture("WEBP"), "no PNG or JPEG"),
        (b"\x89PNG\r\n\x1a\n" + SVG, "no PNG or JPEG"),
        (picture("JPEG", (200, 200))[:-300], "damaged"),
        (picture(size=(2001, 5)), "more than 2000 × 2000 pixels"),
        (bomb(20_000, 20_000), "more than 2000 × 2000 pixels"),
        (bomb(60_000, 60_000), "more than 2000 × 2000 pixels"),
        (bomb(100, 100), "damaged"),
        (b"\xff\xd8\xff\xe0" + b"\0" * 500_001, "500 kB; at most 500 kB"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_other_pictures_than_small_png_and_jpeg_are_no_logo(atlas, logo, reason, monkeypatch):
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)  # as WeasyPrint leaves it behind
    (found,) = problems(content(cn={"logo": base64.b64encode(logo).decode()}), atlas)
    assert reason in found.replace(",", "")
    assert found.startswith("cn, logo: ")


@pytest.mark.parametrize("language", LANGUAGES)
def test_reasons_have_their_places_filled_in_every_language(atlas, language):
    translate = Translator(language)
    for saved in (b"[]", content(scenes=[{"kind": "film"}]), content(version=3), content(scenes=[]), content(date="x")):
        assert not any("{" in text for text in problems(saved, atlas, translate))


def test_what_is_pasted_is_cleaned(atlas):
    typed = session_file.cleaned(" a\u202eb\x07c\r\nd\ud800 ", "notes")
    assert typed == "abc\nd"
    assert session_file.cleaned("a\nb", "title") == "ab"
    assert len(session_file.cleaned("x" * 9000, "title")) == 300


@given(st.binary(max_size=300) | st.text(max_size=300).map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_no_bytes_break_the_reader(atlas, saved):
    with pytest.raises(InvalidSession):
        read(saved, atlas, EN)


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=12), inner, max_size=3),
    max_leaves=8,
)
ENTRIES = [
    "kind",
    "language",
    "audience",
    "selection",
    "title",
    "date",
    "place",
    "minutes",
    "vn",
    "scenes",
    "decisions",
]
ENTRIES_OF_SCENE = ["kind", "selection", "about", "title", "message", "notes", "minutes"]


@given(st.dictionaries(st.sampled_from(ENTRIES), values), st.dictionaries(st.sampled_from(ENTRIES_OF_SCENE), values))
def test_no_content_breaks_the_reader(atlas, entries, scene):
    for saved in (content(**entries), content(scenes=[{"kind": "text"} | scene])):
        with contextlib.suppress(InvalidSession):
            write(read(saved, atlas, EN))
