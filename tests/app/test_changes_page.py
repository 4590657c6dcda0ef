"""The page of what changed, in every language, without a browser."""

from html import unescape

import pytest

from atlas import LANGUAGES, AtlasError
from atlas.model import changes, history
from atlas.model.addresses import KINDS
from atlas.model.changes_selected import selected
from atlas.model.selection import Selection
from atlas.words import changes as words
from atlas.words.translator import Translator
from server import source
from tests.app.test_pages import counted, html_of, opened
from tests.app.test_record_pages import opened as opened_record
from ui.changes_view import MOST

TWO = {"a": "2026-11-22", "b": "2026-11-29"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_tables_are_counted_and_the_records_of_one_are_listed(atlas, language):
    page = opened("changes", lang=language, list="agreements", **TWO)
    assert not page.exception
    translate = Translator(language)
    found = changes.between(atlas, *TWO.values())
    assert words.counted(found.changes, translate) in counted(page)
    html = unescape(html_of(page))
    mine = [one for one in found.changes if one.table == "agreements"]
    assert 0 < len(mine) <= MOST
    for one in mine:
        assert f"agreement?id={one.id}" in html
    (told, *_) = (cell for one in mine if one.kind == "changed" for cell in one.facts if cell.column == "valid_until")
    name, before, after = words.cell(atlas, "agreements", told, translate)
    assert f"<b>{name}</b> <del>{before}</del> → <ins>{after}</ins>" in html


def test_without_an_address_the_newest_release_and_what_follows_is_shown(atlas):
    page = opened("changes", lang="en")
    html = html_of(page)
    before = list(history.released(atlas))[-2]
    assert f"data-set='a={before}' aria-pressed=true" in html
    assert "data-set='b=today' aria-pressed=true" in html
    assert not page.warning


def test_filters_hold(atlas):
    page = opened("changes", lang="en", province="lai-chau", **TWO)
    left = selected(atlas, changes.between(atlas, *TWO.values()), Selection(province=("lai-chau",)))
    assert words.counted(left, Translator("en")) in counted(page)
    assert "feed.atom?lang=en&amp;province=lai-chau" in html_of(page)
    nothing = opened("changes", lang="en", q="nothing of the kind", **TWO)
    assert "No record differs between these versions" in nothing.info[0].value


def test_a_long_list_says_how_many_it_leaves_out(atlas):
    page = opened("changes", lang="en", list="places", **TWO)
    assert any(f"The first {MOST} of 1,685 are shown" in one.value for one in page.caption)
    assert html_of(page).count("<a href='place?id=") == MOST


def test_unknown_versions_are_named_with_those_that_there_are():
    page = opened("changes", lang="en", a="2026-11-23")
    assert "`2026-11-23`: there is no such release" in page.warning[0].value
    assert "22 November 2026" in page.warning[0].value


def test_since_a_session_that_is_older_than_any_release_says_so(atlas, monkeypatch):
    def none_older(atlas):
        raise AtlasError("no release is older")

    monkeypatch.setattr(changes, "before_session", none_older)
    last = changes.last_session(atlas) | {"title_en": "Talks <b>*on*</b> [gates](http://x)"}
    monkeypatch.setattr(changes, "last_session", lambda atlas: last)
    page = opened("changes", lang="en", a="since-last-session")
    assert r"Talks \<b\>\*on\*\</b\> \[gates\](http\://x)" in page.warning[0].value
    assert "No release is older than the last session" in page.warning[0].value
    assert "data-set='a=2026-11-22' aria-pressed=true" in html_of(page)


def test_the_page_of_a_record_says_what_changed_of_it(atlas):
    since = changes.usual(list(history.released(atlas)))
    (table, name), one = next(
        (named, one) for named, one in changes.latest(atlas).items() if named[0] in KINDS and one.facts
    )
    page = opened_record(KINDS[table], id=name, lang="en")
    html = unescape(html_of(page))
    translate = Translator("en")
    assert f"Changed since the release of {translate.date(since)}" in html
    for cell in one.facts:
        column, before, after = words.cell(atlas, table, cell, translate)
        assert f"{column}: {before} → {after}" in html
    same = next(one for one in atlas.twinnings.index if ("twinnings", one) not in changes.latest(atlas))
    assert "since the release" not in html_of(opened_record("twinning", id=same, lang="en"))


def forget_answers(shown, function):
    for kept in [one for one in shown.answers if one[0] is function.__wrapped__]:
        del shown.answers[kept]


def test_a_damaged_history_is_named_on_the_page_and_other_pages_stand(atlas, monkeypatch):
    def damaged(atlas):
        raise history.DamagedHistory("2026-11-22", "its records are not those that were released")

    monkeypatch.setattr(history, "released", damaged)
    page = opened("changes", lang="en")
    assert "history/2026-11-22.json" in page.error[0].value
    assert not page.exception
    forget_answers(source.source().published.atlas, changes.latest)
    assert not opened_record("twinning", id=atlas.twinnings.index[0], lang="en").exception
