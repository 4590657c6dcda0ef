"""The page of the interpreter's glossary, and when twinnings were last seen in a source on the pages of lists."""

import json
import re
from html import unescape

import pytest

from atlas import LANGUAGES
from atlas.exports import glossary
from atlas.model import signs
from atlas.model.selection import Selection
from atlas.words.translator import Translator
from tests.app.test_pages import html_of, opened, state_of

SESSION = "secretaries-conference-5-2025"


def rows(app) -> int:
    table = re.search(r"<tbody>(.*?)</table>", html_of(app), re.DOTALL)
    return table[1].count("<tr") if table else 0


def counts(app) -> dict:
    return json.loads(unescape(re.search("data-counts='(.*?)'", html_of(app))[1]))


def downloads(app) -> list:
    return [one for one in app.get("popover") if "Download" in str(one.proto)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_terms_of_a_session_are_listed_by_groups(atlas, language):
    translate, found = Translator(language), glossary.of(atlas, Selection(record=(SESSION,)))
    app = opened("glossary", lang=language, record=SESSION)
    assert not app.exception
    assert app.text[0].value == translate.plural("{n} term", "{n} terms", len(found))
    assert translate.text(atlas.table("events").loc[SESSION], "title") in html_of(app)
    for group, name in glossary.groups(translate).items():
        listed = [one for one in found if one.group == group]
        assert translate("{name} ({n})", name=name, n=len(listed)) in html_of(app)
        part = opened("glossary", lang=language, record=SESSION, view=group)
        assert rows(part) == len(listed)
        for one in listed:
            assert {one.vi, glossary.chinese(one), one.pinyin} <= {
                unescape(text) for text in re.findall(">([^<]*)<", html_of(part) + "<")
            } | {""}


def test_each_province_says_how_many_terms_it_has(atlas):
    app = opened("glossary", lang="en", q="mong cai")
    for slug in ("quang-ninh", "lao-cai"):
        narrowed = opened("glossary", lang="en", q="mong cai", province=slug)
        terms = glossary.of(atlas, Selection(q="mong cai", province=(slug,)))
        assert counts(app)["province"][slug] == len(terms)
        assert narrowed.text[0].value == Translator("en").plural("{n} term", "{n} terms", len(terms))


def test_a_list_of_many_terms_says_that_it_goes_on(atlas):
    app = opened("glossary", lang="en")
    places = [one for one in glossary.of(atlas, None) if one.group == "places"]
    assert rows(app) == 100 < len(places)
    assert any(f"The first 100 of {len(places)}" in one.value for one in app.caption)


def test_what_is_no_session_and_what_no_term_has_are_said():
    app = opened("glossary", lang="en", record="jwc-99")
    assert "record=jwc-99" in app.warning[0].value
    nothing = opened("glossary", lang="en", q="no such term")
    assert "No term passes all filters together" in nothing.info[0].value
    assert downloads(opened("glossary", lang="en"))
    assert not downloads(nothing)


@pytest.mark.parametrize("language", LANGUAGES)
def test_lists_of_twinnings_can_be_narrowed_to_what_was_last_seen_before_a_year(atlas, language):
    translate = Translator(language)
    left = Selection(seen="2019").twinnings(atlas)
    app = opened("twinning_map", lang=language, view="table", seen="2019")
    assert rows(app) == len(left)
    said = translate(
        "{name}: {value}", name=translate("Last seen in a source"), value=translate("before {year}", year="2019")
    )
    assert said in unescape(html_of(app))
    assert translate("Last seen in a source") in html_of(app)
    assert state_of(app).to_query()["seen"] == ["2019"]
    wrong = opened("twinning_map", lang=language, seen="soon")
    assert "seen=soon" in wrong.warning[0].value


def test_each_year_says_how_many_were_last_seen_before_it(atlas):
    found = counts(opened("twinning_map", lang="en", province="lao-cai"))["seen"]
    for year, number in found.items():
        assert number == len(Selection(province=("lao-cai",), seen=year).twinnings(atlas))


def test_a_province_says_when_its_twinnings_were_last_seen(atlas):
    app = opened("province", lang="en", province="lao-cai")
    ids = Selection(province=("lao-cai",)).twinnings(atlas).index
    never = signs.counted(atlas, ids, ["none"], None)["none"]
    assert never > 0
    assert re.search(rf"seen=none[^>]*>no dated contact found in a source</a>: {never}<", html_of(app))
