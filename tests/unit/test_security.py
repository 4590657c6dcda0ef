"""What every answer of the server carries, and what a visitor learns of an error."""

import ast
import json
import logging
import re
from contextlib import suppress

import pytest
import requests
from branca.element import Element
from starlette.applications import Starlette
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route
from streamlit.testing.v1 import AppTest

from app import PARTS
from atlas import LANGUAGES, ROOT
from atlas.maps import scripts
from server import headers as server_headers
from tests.conftest import awaited

FOREIGN = re.compile(r"https?:|//|\*|[a-z0-9-]+\.[a-z]{2,}")


def directives(policy: str) -> dict[str, list[str]]:
    return {name: values for name, *values in (part.split() for part in policy.split("; "))}


@pytest.mark.parametrize("component", [True, False])
def test_the_policy_names_no_host_and_closes_what_is_not_needed(component):
    policy = server_headers.policy(component)
    assert not FOREIGN.search(re.sub(r"'sha256-[^']+'", "", policy))
    named = directives(policy)
    assert named["default-src"] == ["'self'"]
    assert named["connect-src"] == ["'self'"]
    assert named["frame-ancestors"] == ["'self'"]
    assert named["object-src"] == ["'none'"]


def test_pages_run_no_inline_script_but_those_known_and_evaluate_nothing():
    allowed = directives(server_headers.policy(False))["script-src"]
    assert "'unsafe-inline'" not in allowed
    assert "'unsafe-eval'" not in allowed
    assert len([one for one in allowed if one.startswith("'sha256-")]) == 4 + len(
        LANGUAGES
    )  # Streamlit's, that of the opening page, two of the meeting view, one a language


def test_only_the_frame_of_a_component_may_evaluate():
    assert "'unsafe-eval'" in directives(server_headers.policy(True))["script-src"]


@pytest.mark.parametrize("before", [b"", b"<!doctype html>", b"\xef\xbb\xbf\n<!DOCTYPE html>"])
def test_in_the_page_of_any_component_the_guard_comes_before_every_script(before):
    def component(_):
        return HTMLResponse(before + b"<html><head><script src=own.js></script>")

    start, told, *_ = answered(component, "/component/another.one/index.html", middleware=PARTS["middleware"])
    assert told["body"].startswith(before + b"<script>")
    assert told["body"].index(b"stopImmediatePropagation") < told["body"].index(b"own.js")
    assert dict(start["headers"])[b"content-length"] == str(len(told["body"])).encode()


def test_a_digest_is_that_of_the_standard():
    # the example of https://www.w3.org/TR/CSP3/#grammardef-hash-source
    assert server_headers.digest("alert('Hello, world.');") == "'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng='"


@pytest.mark.parametrize(
    "path",
    ["/", "/reform", "/healthz", "/version", "/reconcile", "/reconcile/x", "/api", "/api?f=json", "/api?x=1", "/api/collections/places/items", "/api/x",
     "/assets/map.js", "/assets/map.css", "/assets/nothing", "/data/map.json", "/data/nothing", "/data/%00", "/_stcore/health",
     "/component/streamlit_folium.st_folium/index.html"],
)  # fmt: skip
def test_every_answer_is_guarded(server, path):
    answer = requests.get(server + path, timeout=30)
    assert answer.status_code < 500
    for name, value in server_headers.HEADERS.items():
        assert answer.headers[name] == value
    assert answer.headers["Content-Security-Policy"] == server_headers.policy(path.startswith("/component/"))


def test_a_page_names_what_its_map_needs_and_all_of_it_is_there_to_be_kept(server):
    named = re.findall(r"<([^>]+)>; rel=preload", requests.get(f"{server}/reform", timeout=30).headers["Link"])
    names = {address.split("?")[0].split("/")[-1] for address in named}
    assert {"map.js", "map.css", "map.json"} < names
    assert any(name.startswith("main.") for name in names), "the script of the map's frame"
    for address in named:
        answer = requests.get(f"{server}/{address}", timeout=30)
        assert answer.status_code == 200
        assert answer.headers["Cache-Control"].startswith("public")
    for path in ("/healthz", "/data/map.json", "/component/streamlit_folium.st_folium/index.html"):
        assert "Link" not in requests.get(server + path, timeout=30).headers


@pytest.mark.parametrize("path", ["/", "/healthz", "/data/map.json"])
def test_a_method_that_is_refused_is_guarded(server, path):
    answer = requests.delete(server + path, timeout=30)
    assert answer.status_code == 405
    for name, value in server_headers.headers_of(path).items():
        assert answer.headers[name] == value


def answered(app, path: str, **guards) -> list[dict]:
    """What an application, which may fail, sends to whoever asks for an address."""
    sent = []

    async def send(message):
        sent.append(message)

    scope = {"type": "http", "method": "GET", "path": path, "query_string": b"", "headers": [(b"host", b"localhost")]}
    with suppress(ZeroDivisionError):  # which the server writes to its log
        awaited(Starlette(routes=[Route(path, app)], **guards)(scope, None, send))
    return sent


@pytest.mark.parametrize(("kept", "set_by"), [("public, max-age=60", 0), ("Public", 0), ("no-cache", 1)])
def test_no_answer_that_others_may_keep_sets_a_cookie(kept, set_by):
    def sets(_):
        return Response(headers={"Cache-Control": kept, "Set-Cookie": "visitor=1"})

    start, *_ = answered(sets, "/api/x", middleware=PARTS["middleware"])
    assert [name for name, _ in start["headers"]].count(b"set-cookie") == set_by


def test_an_address_that_fails_is_guarded_and_tells_a_number_alone(caplog):
    def fails(_):
        raise ZeroDivisionError("inner detail")

    sent = answered(fails, "/fails", **{name: PARTS[name] for name in ("middleware", "exception_handlers")})
    start, told = sent[0], sent[1]["body"].decode()
    assert start["status"] == 500
    headers = {name.decode(): value.decode() for name, value in start["headers"]}
    assert (
        headers.items() >= {name.lower(): value for name, value in server_headers.headers_of("/fails").items()}.items()
    )
    assert "inner detail" not in told
    assert re.search(r"[0-9a-f]{8}", told).group() in caplog.text


@pytest.mark.parametrize(
    "path", ["/api", "/api/collections/places/items?limit=1", "/api/x", "/data/map.json", "/place.jsonld?id=vn-04"]
)
def test_pages_of_other_sites_may_read_open_data(server, path):
    answer = requests.get(server + path, headers={"Origin": "https://portal.example"}, timeout=30)
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    asked = {"Origin": "https://portal.example", "Access-Control-Request-Method": "GET"}
    before = requests.options(server + path, headers=asked, timeout=30)
    assert before.ok
    assert before.headers["Access-Control-Allow-Origin"] == "*"
    assert before.headers["Access-Control-Allow-Methods"].split(", ") == ["GET", "HEAD", "OPTIONS"]


@pytest.mark.parametrize(
    "path", ["/", "/reform", "/apiary", "/place?id=vn-04", "/_stcore/health", "/_stcore/host-config", "/assets/map.js"]
)
def test_pages_of_other_sites_read_nothing_else(server, path):
    for ask in (requests.get, requests.options):
        answer = ask(server + path, headers={"Origin": "https://portal.example"}, timeout=30)
        assert "Access-Control-Allow-Origin" not in answer.headers


def test_no_other_site_steers_the_atlas_in_a_frame(server):
    assert requests.get(f"{server}/_stcore/host-config", timeout=30).json()["allowedOrigins"] == []


def test_the_address_cannot_widen_the_policy(server):
    for path in ("/x/component/y", "/?/component/", "/reform/component/"):
        assert "unsafe-eval" not in requests.get(server + path, timeout=30).headers["Content-Security-Policy"]


def test_no_file_of_the_server_is_reached_by_a_path(server):
    for path in (
        "/assets/../app.py",
        "/data/../seeds/sources.csv",
        "/assets/map/%2e%2e/%2e%2e/x.py",
        "/assets/..%2fapp.py",
        "/data//etc/passwd",
    ):
        with requests.Session() as session:
            request = requests.Request("GET", server).prepare()
            request.url = server + path
            answer = session.send(request, timeout=30)
        assert "import streamlit" not in answer.text
        assert "root:" not in answer.text
        assert not answer.text.startswith("id,title")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_failure_tells_the_visitor_its_number_and_the_log_its_reason(caplog, language):
    try:
        raise ZeroDivisionError("inner detail")
    except ZeroDivisionError as error:
        told = server_headers.failure(error, language)
    number = re.search(r"[0-9a-f]{8}", told).group()
    assert "inner detail" not in told
    assert caplog.records[-1].levelno == logging.ERROR
    assert number in caplog.text
    assert "inner detail" in caplog.text


def test_errors_are_off_in_the_configuration_and_uploads_are_small():
    configuration = (ROOT / ".streamlit" / "config.toml").read_text("utf-8")
    assert 'showErrorDetails = "none"' in configuration
    assert int(re.search(r"maxUploadSize = (\d+)", configuration).group(1)) <= 10
    assert "gatherUsageStats = false" in configuration


@pytest.mark.parametrize(
    "text", ["{{ 7 * 7 }}", "{{{ 7 }}}", "{% raw %}", "{# not shown #}", "</script>", "{", "}}", "%}"]
)
def test_no_text_is_run_as_a_template_of_the_server(text):
    # branca renders once more what it has rendered
    script = Element(scripts.argument({"name": text, "inner": {"name": text}})).render()
    assert json.loads(script) == {"name": text, "inner": {"name": text}}
    assert "</" not in script


def test_texts_have_no_road_to_the_map_but_as_text():
    # folium writes what it gets for a popup, a tooltip or an icon into a script, where ${...} runs in spite of escaping
    python = [*(ROOT / "atlas" / "maps").glob("*.py"), *(ROOT / "ui").glob("*.py"), *(ROOT / "pages").glob("*.py")]
    for path in python:
        assert not re.search(r"\b(popup|Popup|Tooltip|Marker|DivIcon|Html)\b", path.read_text("utf-8")), path
    for path in (ROOT / "assets").glob("*.js"):
        markup = r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function"
        assert not re.search(markup, path.read_text("utf-8")), path


def test_a_page_that_fails_shows_a_number_alone(caplog):
    page = AppTest.from_function(_failing, default_timeout=60).run()
    assert not page.exception
    number = re.search(r"[0-9a-f]{8}", page.error[0].value).group()
    assert "inner detail" not in page.error[0].value
    assert number in caplog.text


def _failing():
    import app

    app.failed(ZeroDivisionError("inner detail"))


def test_no_text_gets_into_markup_but_through_what_escapes_it():
    """``Markup("<b>{}</b>").format(text)`` cannot forget to escape; an f-string with a tag in it can."""
    tag = re.compile(r"</?(?!script|style)[a-zA-Z][^>]*$|</?(?!script|style)[a-zA-Z][\w ='-]*>")
    found = []
    for folder in ("atlas", "server", "ui", "pages"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.JoinedStr):
                    literal = [part.value for part in node.values if isinstance(part, ast.Constant)]
                    if any(tag.search(text) for text in literal):
                        found.append(f"{path.relative_to(ROOT)}:{node.lineno}")
                if isinstance(node, ast.ImportFrom) and node.module in ("html", "xml.sax.saxutils"):
                    found.append(f"{path.relative_to(ROOT)}:{node.lineno}")
    assert not found


def test_the_first_page_is_found_under_its_name_as_well(server):
    answer = requests.get(f"{server}/twinning_map?lang=vi&province=ha-giang", allow_redirects=False, timeout=30)
    assert answer.is_redirect
    assert answer.headers["Location"] == "./?lang=vi&province=ha-giang"
