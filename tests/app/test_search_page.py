"""The page of everything that a text finds, without a browser."""

import re
import unicodedata
from html import unescape

import pytest

from atlas import LANGUAGES
from atlas.model.spelling import LONGEST_SEARCH
from atlas.words import search
from tests.app.test_pages import counted, html_of, opened
from ui.search_view import FEW


def hits(app) -> list[tuple[str, str]]:
    """The kind and id of every record that the page leads to, in its order."""
    return re.findall(r"<li><a href='(\w+)\?id=([\w-]+)", html_of(app))


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_kinds_of_hits_lead_to_their_records_with_the_reason(atlas, language):
    app = opened("search", lang=language, find="meo vac")
    found = search.find(atlas, "meo vac", language, FEW)
    assert len(found.groups) > 2
    assert hits(app) == [(group.kind, item.id) for group in found.groups for item in group.items]
    page = unescape(html_of(app))
    for group in found.groups:
        assert f"<h2>{group.label} <span>{group.total}</span></h2>" in page
        for item in group.items:
            assert f">{item.title}</a> <span>{item.detail}</span> <small>{item.reason}</small>" in page
    numbers = [int(number) for number in re.findall(r"\d+", counted(app))]
    assert numbers[:2] == [len(hits(app)), found.total]


def test_all_hits_of_one_kind_are_shown_when_they_are_asked_for(atlas):
    some = search.find(atlas, "meo vac", "en", FEW)
    group = max(some.groups, key=lambda one: one.total)
    assert group.total > len(group.items)
    assert f"data-set='list={group.kind}'>Show all {group.total}<" in html_of(
        opened("search", lang="en", find="meo vac")
    )
    app = opened("search", lang="en", find="meo vac", list=group.kind)
    assert len(hits(app)) == group.total
    assert {kind for kind, _ in hits(app)} == {group.kind}


def test_a_kind_without_hits_leaves_all_others():
    assert hits(opened("search", lang="en", find="meo vac", list="nonsense")) == hits(
        opened("search", lang="en", find="meo vac")
    )


def test_without_a_text_the_page_says_how_to_search_and_each_example_finds_something():
    app = opened("search", lang="en")
    assert "Type a name into the box" in html_of(app)
    examples = re.findall(r"<li><a href='search\?find=.*?'>(.*?)</a>", html_of(app))
    assert len(examples) > 3
    for example in examples:
        assert hits(opened("search", lang="en", find=unescape(example))), example


def test_a_misspelling_is_a_suggestion_and_no_hit():
    app = opened("search", lang="en", find="meo vacc")
    assert not hits(app)
    assert app.info
    meant = re.search("<p class=meant>(.*?)</p>", html_of(app))[1]
    assert "Did you mean" in meant
    assert "Mèo Vạc</a>" in meant


@pytest.mark.parametrize(
    "text",
    [
        "x" * 400_000,
        "e" + "\u0301" * 40_000,
        "\u202emeo\u200bvac\x00" * 9_000,
        "<img src=x onerror=alert(1)>' &lang=zh",
        unicodedata.normalize("NFD", "Mèo Vạc") * 50,
    ],
    ids=["long", "marks", "unseen", "markup", "decomposed"],
)
def test_a_text_that_no_name_is_as_long_as_is_cut_before_it_is_searched_for(text):
    app = opened("search", lang="en", find=text)
    assert not app.exception
    assert bool(app.warning) == (len(text) > LONGEST_SEARCH)
    assert len(counted(app)) < LONGEST_SEARCH + 50
    assert "\u202e" not in counted(app)
    assert "<img" not in html_of(app)


def test_a_link_that_was_escaped_on_its_way_still_searches():
    app = opened("search", **{"lang": "en", "amp;find": "meo vac"})
    assert not app.exception
    assert hits(app) == hits(opened("search", lang="en", find="meo vac")) != []
