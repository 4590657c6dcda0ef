"""The page on which a list is pasted, without a browser."""

import re

import pytest

from atlas import LANGUAGES
from atlas.model import pasted
from atlas.words.translator import Translator
from tests.app.test_pages import html_of, opened
from ui import recognise_view


def pasted_into(app, text: str):
    app.text_area[0].input(text)
    return app.button[0].click().run()


def table_of(app) -> str:
    return html_of(app).partition("<div class=records>")[2]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_pasted_list_is_recognised_in_the_language(language):
    app = pasted_into(opened("recognise", lang=language), "Huyện Mèo Vạc\nMèo Vạc\n\nnowhere at all\n")
    translate = Translator(language)
    assert not app.exception
    (counts,) = [one.value for one in app.text if "·" in one.value]
    assert counts.startswith(
        translate.plural("{done} of {n} line recognised", "{done} of {n} lines recognised", 3, done=1)
    )
    table = table_of(app)
    assert f"<a href='place?id=vn-027&amp;lang={language}'>" in table
    assert f"<a href='twinning?id=twin-meo-vac-funing&amp;lang={language}'>" in table
    assert f"<a href='place?id=vn-00769-2025&amp;lang={language}'>" in table
    assert "苗旺县" in table
    assert translate("not found") in table
    assert len(app.get("download_button")) == 2


def test_the_doubtful_lines_can_be_shown_alone():
    app = pasted_into(opened("recognise", lang="en", list="choose"), "Huyện Mèo Vạc\nMèo Vạc\nnowhere at all")
    assert "data-set='list=choose' aria-pressed=true>several possible (1)" in html_of(app)
    assert re.findall(r"<tr><td>(\d+)", table_of(app)) == ["2"]


def test_an_empty_box_draws_no_table_and_no_files():
    for text in ("", "  \n\n"):
        app = pasted_into(opened("recognise", lang="en"), text)
        assert not app.exception
        assert table_of(app) == ""
        assert not app.get("download_button")


@pytest.mark.parametrize(
    "text", ["=cmd|' /C calc'!A0", "a\0b", "😀", "<script>alert(1)</script>", "x" * 100_000, "\u202e\ufeff"]
)
def test_what_is_no_name_is_said_to_be_not_found(text):
    app = pasted_into(opened("recognise", lang="en"), text)
    assert not app.exception
    assert "<script>alert" not in table_of(app)
    assert not re.search(r"<tr><td>1<td>[^<]*<td><a", table_of(app))


def test_a_province_in_the_address_tells_namesakes_apart():
    app = pasted_into(opened("recognise", lang="en", province="tuyen-quang"), "Mèo Vạc")
    assert "1 of 1 line recognised" in next(one.value for one in app.text if "·" in one.value)
    assert "place?id=vn-00769-2025" in table_of(app)


def test_what_is_left_out_or_not_shown_is_said(monkeypatch):
    monkeypatch.setattr(pasted, "MOST_LINES", 30)
    monkeypatch.setattr(recognise_view, "SHOWN", 20)
    app = pasted_into(opened("recognise", lang="en"), "Xín Cái\n" * 35)
    assert table_of(app).count("<tr><td>") == 20
    assert [one.value for one in app.warning] == [
        "Only the first 30 lines are looked up; 5 more lines are left out. Paste them as a list of their own."
    ]
    assert [one.value for one in app.info] == ["The first 20 of 30 lines are shown; the files have all of them."]


def test_a_text_of_megabytes_is_refused_in_a_sentence(monkeypatch):
    monkeypatch.setattr(recognise_view, "LONGEST", 1000)
    app = pasted_into(opened("recognise", lang="en"), "x" * 1001)
    assert not app.exception
    assert [one.value for one in app.warning] == ["The text has more than 1,000 characters. Paste it in parts."]
    assert table_of(app) == ""


def test_the_list_stands_in_no_address_and_stays_when_the_language_changes():
    app = pasted_into(opened("recognise", lang="en"), "Huyện Mèo Vạc")
    assert set(app.query_params) == {"lang"}
    app.query_params["lang"] = "zh"
    app.run()
    assert app.text_area[0].value == "Huyện Mèo Vạc"
    assert "place?id=vn-027&amp;lang=zh" in table_of(app)
