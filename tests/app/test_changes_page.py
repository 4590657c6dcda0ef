"""The page of what changed, in every language, without a browser."""

import json
import re
from html import unescape

import pytest

from atlas import LANGUAGES, AtlasError
from atlas.model import changes, history
from atlas.model.addresses import KINDS
from atlas.model.changes_selected import selected
from atlas.model.selection import Selection
from atlas.model.topics import MEETINGS
from atlas.words import agreed
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


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_record_of_which_only_the_sources_changed_says_which(atlas, language):
    translate = Translator(language)
    html = unescape(html_of(opened("changes", lang=language, list="agreements", **TWO)))
    (row,) = (one for one in html.split("<tr>") if "agreement?id=agr-education-guangxi-2020" in one)
    (one,) = (one for one in changes.between(atlas, *TWO.values()).changes if one.id == "agr-education-guangxi-2020")
    (cell,) = one.facts
    (new,) = set(cell.after) - set(cell.before)
    added = translate("added: {names}", names=atlas.table("sources").at[new, "title"])
    assert f"<td>{translate('Sources')}<td><div><b>{translate('Sources')}</b> {added}</div>" in row


def test_without_an_address_the_newest_release_and_what_follows_is_shown(atlas):
    page = opened("changes", lang="en")
    html = html_of(page)
    before = list(history.released(atlas))[-2]
    assert f"data-set='a={before}&amp;series=' aria-pressed=true" in html
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
    def none_older(atlas, series):
        raise AtlasError("no release is older")

    monkeypatch.setattr(changes, "before_session", none_older)
    monkeypatch.setattr(agreed, "session", lambda atlas, event, translate: "Talks <b>*on*</b> [gates](http://x)")
    page = opened("changes", lang="en", a="since-last-session")
    assert r"Talks \<b\>\*on\*\</b\> \[gates\](http\://x)" in page.warning[0].value
    assert "No release is older than this session" in page.warning[0].value
    assert "data-set='a=2026-11-22&amp;series=' aria-pressed=true" in html_of(page)


@pytest.mark.parametrize("language", LANGUAGES)
def test_since_the_last_session_of_one_series(atlas, language, monkeypatch):
    translate, series = Translator(language), "joint_working_committee"
    last = changes.last_session(atlas, series)
    page = opened("changes", lang=language, series=series)
    assert agreed.session(atlas, last["id"], translate) in page.warning[0].value.replace("\\", "")
    html = unescape(html_of(page))
    for one in changes.sessions(atlas):
        choice = f"data-set='a=since-last-session&series={one['series']}' aria-pressed=false>"
        assert f"{choice}{agreed.session(atlas, one['id'], translate)}<" in html
    monkeypatch.setattr(
        changes, "before_session", lambda atlas, one: history.released(atlas)[TWO["b"]] if one else None
    )
    page = opened("changes", lang=language, a="since-last-session", series=series)
    assert agreed.session(atlas, last["id"], translate) in page.caption[0].value.replace("\\", "")
    assert f"data-set='a={TWO['b']}&amp;series=' aria-pressed=true" in html_of(page)


def test_a_series_that_there_is_not_is_named():
    page = opened("changes", lang="en", a="since-last-session", series="picnics")
    assert "`picnics`: there is no such series" in page.warning[0].value


def test_the_page_of_a_record_says_what_changed_of_it(atlas):
    since = changes.usual(list(history.released(atlas)))
    (table, name), one = next(
        ((one.table, one.id), one)
        for one in changes.between(atlas, since, changes.TODAY).changes
        if one.table in KINDS and one.facts
    )
    page = opened_record(KINDS[table], id=name, lang="en")
    html = unescape(html_of(page))
    translate = Translator("en")
    assert f"Changed since the release of {translate.date(since)}" in html
    for cell in one.facts:
        column, before, after = words.cell(atlas, table, cell, translate)
        assert f"{column}: {before} → {after}" in html
    same = next(one for one in atlas.twinnings.index if one not in changes.since(atlas, since)["twinnings"])
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
    for function in (changes.versions, changes.between, changes.since):
        forget_answers(source.source().published.atlas, function)
    try:
        assert not opened_record("twinning", id=atlas.twinnings.index[0], lang="en").exception
        page = opened("twinning_map", lang="en", changed="2026-11-22")
        assert "changed=2026-11-22" in page.warning[0].value
        assert not page.exception
    finally:
        forget_answers(source.source().published.atlas, changes.versions)


@pytest.mark.parametrize("language", LANGUAGES)
def test_lists_cards_and_a_filter_tell_what_is_new_or_has_changed(atlas, language):
    translate, since = Translator(language), "2026-11-22"
    changed = changes.since(atlas, since)["twinnings"]
    shown = Selection(province=("lao-cai",)).twinnings(atlas).index
    mine = [one for one in shown if one in changed]
    assert {changed[one] for one in mine} == {"added", "changed"}
    html = html_of(opened("twinning_map", lang=language, province="lao-cai"))
    assert html.count("<small class=changed") == len(mine) < len(shown)
    for kind, (word, _) in words.since(since, translate).items():
        assert html.count(f">{word}</small>") == sum(changed[one] == kind for one in mine)
    left = opened("twinning_map", lang=language, province="lao-cai", changed=since)
    assert translate.plural("shown {n} of {m} twinning", "shown {n} of {m} twinnings", len(mine), m=85) in counted(left)
    assert "data-toggle='changed" not in html_of(left)
    assert "data-set='changed=' title=" in html_of(left)
    card = unescape(
        html_of(opened("twinning_map", lang=language, pair=next(one for one in mine if changed[one] == "added")))
    )
    assert words.since(since, translate)["added"][1] in card
    meetings = html_of(opened("meetings", lang=language, changed=since, view="agreements"))
    assert meetings.count("<small class=changed") == len(Selection(changed=since).records(atlas, "agreements"))


def test_the_filter_counts_what_it_would_leave_and_the_page_of_changes_leads_to_it(atlas):
    page = html_of(opened("meetings", lang="en", province="lao-cai"))
    told = json.loads(unescape(re.search("data-counts='(.*?)'", page)[1]))["changed"]
    left = Selection(province=("lao-cai",), changed="2026-11-22")
    assert told["2026-11-22"] == sum(map(len, MEETINGS.records(atlas, left).values()))
    assert "./?lang=en&amp;changed=2026-11-22'" in html_of(
        opened("changes", lang="en", list="twinnings", **TWO | {"b": "today"})
    )
    assert "changed=" not in html_of(opened("changes", lang="en", list="twinnings", **TWO)), "not of an earlier day"
