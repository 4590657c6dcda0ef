"""Briefing papers are read back with Poppler, as a reader of PDF would."""

import re
import subprocess
from dataclasses import replace
from functools import cache

import pytest

from atlas.cli import main
from atlas.exports import briefing, tables, typeset
from atlas.exports.about import described, disclaimer
from atlas.model import readymade
from atlas.model.audience import released
from atlas.model.selection import Selection
from atlas.model.session import Decision, Said
from atlas.words import sentences
from atlas.words.translator import Translator
from atlas.words.voice import Voice
from tests.unit.hostile_atlas import hostile


def paper_of(atlas, selection, language):
    return briefing.pdf(atlas, readymade.own(atlas, selection, language))


def of(province: str) -> Selection:
    return Selection(province=(province,), asof="2025-07-01")


@pytest.fixture(scope="module")
def paper(atlas):
    """The paper on a province in a language, made once for all tests."""
    return cache(lambda province, language: paper_of(atlas, of(province), language))


def read(content: bytes, tmp_path) -> tuple[int, str]:
    """The number of pages, and the text without white space."""
    (tmp_path / "paper.pdf").write_bytes(content)
    command = ["pdftotext", "-layout", tmp_path / "paper.pdf", "-"]
    text = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return text.count("\f"), text


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text))


@pytest.mark.parametrize(
    ("province", "language"),
    [("ha-giang", "vi-zh"), ("cao-bang", "zh"), ("ha-giang", "en"), ("tuyen-quang", "vi")],
)
def test_a_paper_has_two_pages_of_pictures_and_an_annex(atlas, paper, tmp_path, province, language):
    pages, text = read(paper(province, language), tmp_path)
    first = Translator(language.partition("-")[0])
    heads = [first("Annex") in map(str.strip, page.split("\n")) for page in text.split("\f")]
    assert 1 <= heads.index(True) <= 2
    said = squeezed(text)
    for one in language.split("-"):
        translate = Translator(one)
        for statement in (
            described(atlas, of(province), translate),
            disclaimer(translate),
            translate.date(atlas.version),
            translate.date("2025-07-01"),
            "CC-BY-4.0",
        ):
            assert squeezed(statement) in said
    assert f"{pages}/{pages}" in said
    mark = squeezed(sentences.mark_of_proposed(Translator("zh")))
    assert (mark in squeezed(text.split("\f")[0])) == ("zh" in language)


@pytest.mark.parametrize(("make", "province"), [(readymade.education, "quang-ninh"), (readymade.twinning, "ha-giang")])
def test_the_annex_of_a_ready_made_session_begins_on_the_third_page(atlas, tmp_path, make, province):
    both = released(atlas, "both")
    _, text = read(briefing.pdf(both, make(both, (province,), "vi-zh")), tmp_path)
    heads = ["Phụ lục" in map(str.strip, page.split("\n")) for page in text.split("\f")]
    assert heads.index(True) == 2


def test_decisions_and_the_presenters_words_are_in_it(atlas, tmp_path):
    session = readymade.own(atlas, Selection(province=("lai-chau",)), "zh")
    session = replace(session, title=Said(zh="第三次会晤"), decisions=(Decision(Said(zh="续签文件"), by="2027"),))
    _, text = read(briefing.pdf(atlas, session), tmp_path)
    front = squeezed("".join(text.split("\f")[:2]))
    assert "第三次会晤" in front
    assert "续签文件" in front
    assert "2027年" in front


def test_all_pairs_are_in_it(atlas, paper, tmp_path):
    _, text = read(paper("tuyen-quang", "vi"), tmp_path)
    selection = of("tuyen-quang")
    table = tables.pairs(atlas, selection.twinnings(atlas), Voice("vi"), selection.asof)
    wanted = {word for row in table.rows for cell in row[:2] for word in words(cell)}
    assert len(wanted) > 30
    assert not wanted - words(text)


def test_what_is_shortened_says_of_how_much(atlas, paper, tmp_path):
    _, text = read(paper("ha-giang", "en"), tmp_path)
    events = len(of("ha-giang").records(atlas, "events"))
    assert re.search(rf"\d+ of {events} are shown", text)


def test_the_same_selection_gives_the_same_paper(atlas):
    little = Selection(province=("lai-chau",), level=("province",))
    assert paper_of(atlas, little, "zh") == paper_of(atlas, little, "zh")


def test_hostile_texts_stay_text(atlas, tmp_path):
    pages, text = read(paper_of(hostile(atlas), Selection(level=("province",)), "vi"), tmp_path)
    assert pages > 1
    assert "<script>alert(1)</script>" in squeezed(text)


def test_nothing_selected_makes_a_paper_too(atlas, tmp_path):
    pages, _ = read(paper_of(atlas, Selection(q="qqqqqq"), "vi-zh"), tmp_path)
    assert pages >= 1


def test_a_paper_asks_nothing_of_the_network():
    with pytest.raises(ValueError, match="asks nothing"):
        briefing._refuse("https://example.org/style.css")


def test_without_pango_a_pdf_says_what_is_missing_and_what_to_do(atlas, monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(typeset, "possible", lambda: False)
    assert main(["export", "pdf", str(tmp_path / "brief.pdf"), "--lang", "vi"]) == 1
    assert not (tmp_path / "brief.pdf").exists()
    assert "Pango, which this machine lacks; install Pango" in capsys.readouterr().err
