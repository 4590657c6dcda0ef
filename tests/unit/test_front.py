"""The atlas as one file, as the server gives it: once made, kept, compressed, and asked for anew only when it has changed."""

import json

import pytest
from starlette.requests import Request
from starlette.responses import Response

from atlas.exports.site import page
from server import front, headers, opening, worker
from tests.conftest import awaited

FILE = b"<!DOCTYPE html><title>atlas</title>" + b"x" * 5000


@pytest.fixture
def made(atlas, monkeypatch):
    """What the file is made of, each time that it is; it takes no time here."""
    kept = dict(atlas.answers)
    found = []
    monkeypatch.setattr(worker, "apart", lambda make, _, *arguments: found.append(arguments) or FILE)
    yield found
    atlas.answers.clear()
    atlas.answers.update(kept)


def ask(atlas, query: bytes = b"", **named: str):
    """The answer to a request with some headers."""
    said = [(name.replace("_", "-").encode(), value.encode()) for name, value in named.items()]
    scope = {"type": "http", "method": "GET", "path": "/atlas.html", "query_string": query, "headers": said}
    return front.answered(Request(scope), atlas)


def test_it_is_made_once_and_a_browser_that_has_it_is_told_so(atlas, made):
    first = ask(atlas, accept_encoding="br")
    assert first.headers["content-encoding"] == "br"
    assert first.headers["content-type"].startswith("text/html")
    assert first.headers["cache-control"] == "public, no-cache"
    again = ask(atlas, accept_encoding="br", if_none_match=first.headers["etag"])
    assert (again.status_code, again.body) == (304, b"")
    assert ask(atlas).body == FILE
    assert made == [("site", None, "en")]


def test_it_may_run_its_own_scripts_and_ask_for_nothing():
    found = headers.headers_of("/atlas.html")
    assert found["Content-Security-Policy"] == f"{page.policy()}; frame-ancestors 'self'"
    assert "default-src 'none'" in page.policy()


def test_what_messengers_append_to_its_address_changes_nothing(atlas, made):
    assert ask(atlas, b"fbclid=1&lang=vi").body == FILE


def test_while_it_is_not_ready_it_says_so(atlas, made, monkeypatch):
    def late(*arguments):
        raise TimeoutError

    monkeypatch.setattr(worker, "apart", late)
    answer = ask(atlas)
    assert answer.status_code == 503
    assert "not ready" in json.loads(answer.body)["description"]


def test_a_browser_is_given_the_file_and_no_page_of_the_workspace():
    sent = []

    async def collect(message):
        sent.append(message)

    async def file(scope, receive, send):
        await Response(FILE, media_type="text/html")(scope, receive, send)

    scope = {
        "type": "http",
        "method": "GET",
        "path": headers.FRONT,
        "query_string": b"",
        "headers": [(b"accept", b"text/html")],
    }
    awaited(opening.OpeningPage(file, pages=(), head=lambda request: "")(scope, None, collect))
    assert sent[0]["status"] == 200
    assert sent[1]["body"] == FILE
