"""The releases of the records as a feed, as a feed reader takes it, and what changed as JSON."""

from functools import partial
from urllib.parse import parse_qs, urlsplit

import feedparser
import pytest
import requests
from starlette.applications import Starlette

from atlas import LANGUAGES
from atlas.exports.feed import MOST_RECORDS
from atlas.model import changes, history
from atlas.model.changes_selected import selected
from atlas.model.selection import Selection
from atlas.words.translator import Translator
from server.changes import routes
from tests.unit.test_api import serving


def answering(current):
    """What a server answers to whoever asks for an address, until the generator is closed."""
    for root in serving(current, lambda current: Starlette(routes=routes(current))):
        yield partial(_get, root)


def _get(root: str, address: str, **headers: str) -> requests.Response:
    return requests.get(root + address, headers=headers, timeout=30)


@pytest.fixture(scope="module")
def asked(atlas):
    yield from answering(lambda: atlas)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_feed_reader_takes_the_feed(atlas, asked, language):
    answer = asked(f"/feed.atom?lang={language}")
    assert answer.headers["content-type"].startswith("application/atom+xml")
    feed = feedparser.parse(answer.content)
    released = list(history.released(atlas))
    assert not feed.bozo
    assert Translator(language)("What changed") in feed.feed.title
    assert [one.id.rpartition(":")[2] for one in feed.entries] == released[:0:-1]
    first = feed.entries[-1]
    assert first.updated == "2026-11-29T00:00:00Z"
    assert parse_qs(urlsplit(first.link).query) == {"a": ["2026-11-22"], "b": ["2026-11-29"], "lang": [language]}
    assert first.content[0].value.count("<p>") == MOST_RECORDS + 1


def test_an_entry_tells_of_what_is_selected(atlas, asked):
    asked_for = ("", "&province=lai-chau,dien-bien", "&province=Lai-Chau&province=dien-bien")
    whole, some, again = (feedparser.parse(asked(f"/feed.atom?lang=en{more}").content) for more in asked_for)
    assert [one.title for one in again.entries] == [one.title for one in some.entries]
    assert parse_qs(urlsplit(some.entries[-1].link).query)["province"] == ["lai-chau", "dien-bien"]
    chosen = Selection(province=("lai-chau", "dien-bien"))
    left = selected(atlas, changes.between(atlas, "2026-11-22", "2026-11-29"), chosen)
    new = sum(one.kind == "added" for one in left)
    assert f": {new} new · " in some.entries[-1].title
    assert {one.id for one in whole.entries}.isdisjoint(one.id for one in some.entries)


def test_the_last_session_of_a_series_is_where_feed_and_changes_begin(atlas):
    events = atlas.table("events").copy()
    last = changes.last_session(atlas, "spring_meeting")["id"]
    events.loc[last, "date_from"] = "2026-11-25"
    now = type(atlas)(atlas.version, atlas.tables | {"events": events}, atlas.files, atlas.contents)
    for ask in answering(lambda: now):
        content = ask("/changes.json?since=since-last-session&series=spring_meeting").json()
        assert content["from"] == "2026-11-22"
        assert ask("/changes.json?since=since-last-session&series=courts_conference").status_code == 400
    events.loc[last, "date_from"] = "2026-11-29"
    for day, entries in (("2026-11-29", 1), ("2026-11", 1), ("2026-11-30", 0)):
        events.loc[last, "date_from"] = day
        later = type(atlas)("2026-11-30", atlas.tables | {"events": events}, atlas.files, atlas.contents)
        for ask in answering(lambda shown=later: shown):
            feed = feedparser.parse(ask("/feed.atom?lang=en&series=spring_meeting").content)
            assert (len(feed.entries), feed.bozo) == (entries, False)
            assert "no. 11" in feed.feed.title


def test_the_feed_is_sent_once_while_nothing_changes(asked):
    first = asked("/feed.atom?lang=vi")
    again = asked("/feed.atom?lang=vi", **{"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("/feed.atom?province=lao-kai", 'did you mean "lao-cai"?'),
        ("/feed.atom?lang=fr", "lang='fr': expected one of"),
        ("/feed.atom?q=x", "expected no parameter but lang, province, region, series"),
        ("/feed.atom?series=picnics", 'series "picnics": expected one of'),
        ("/changes.json?since=since-last-session&series=picnics", 'series "picnics": expected one of'),
        ("/changes.json?since=2026-11-22&series=courts_conference", "a series only where since or until is"),
        (
            "/changes.json?since=since-last-session&series=courts_conference",
            "older than the session courts-border-2-2025",
        ),
        ("/changes.json", "since='': expected the version to compare with"),
        ("/changes.json?since=2026-10-22", 'did you mean "2026-11-22"?'),
        ("/changes.json?since=today&f=csv", "f='csv': expected json"),
    ],
)
def test_what_cannot_be_answered_is_a_sentence(asked, address, said):
    answer = asked(address)
    assert answer.status_code == 400
    assert said in answer.json()["description"]


def test_changes_are_told_to_programs(atlas, asked):
    content = asked("/changes.json?since=2026-11-22&until=2026-11-29").json()
    found = changes.between(atlas, "2026-11-22", "2026-11-29")
    assert (content["from"], content["to"]) == ("2026-11-22", "2026-11-29")
    assert len(content["changes"]) == len(found.changes)
    assert sum(n for kinds in content["counts"].values() for kind, n in kinds.items() if kind != "wording") == len(
        found.changes
    )
    moved = next(one for one in content["changes"] if one["table"] == "twinnings" and one["kind"] == "changed")
    assert all(before != after for before, after in moved["facts"].values())


def test_a_damaged_history_is_a_sentence_to_programs(atlas):
    name = history.name("2026-11-22")
    broken = type(atlas)(atlas.version, atlas.tables, atlas.files, atlas.contents | {name: b"{}"})
    for ask in answering(lambda: broken):
        answer = ask("/feed.atom")
        assert answer.status_code == 503
        assert answer.json()["description"].startswith(f"{name}: expected a release")
