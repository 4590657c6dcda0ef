"""Codings, entity tags and how long browsers keep what, at every kind of address; see RFC 9110 and 9111."""

import gzip
import shutil

import pytest
import requests
from starlette.datastructures import Headers
from starlette.requests import Request

from atlas import ROOT
from atlas.maps import scripts
from server import assets, files, opening, static
from server.answers import Content
from server.api.kept import LARGEST, MOST, Answer, Kept
from server.coding import accepted

SCRIPT = next(path for path in static.files() if path.endswith(".js"))
FONT = next(path for path in static.files() if path.endswith(".woff2"))
TAGGED = [
    "/api", "/api/collections/places/items", "/api/collections/places/items?f=csv", "/version", "/search.json?q=meo", "/calendar.ics?kind=end", "/data/map.json",
    "/assets/map.js", "/assets/page.css", "/assets/icon.svg", "/assets/vendor/pmtiles-4.5.0.js", "/assets/map/atlas.js", SCRIPT, "/manifest.json",
]  # fmt: skip
ADDRESSES = [*TAGGED, FONT, "/", "/reform", "/healthz", "/reconcile/vi", "/_stcore/host-config", "/api/nothing"]


@pytest.mark.parametrize(
    ("asked", "codings"),
    [
        (None, "identity"), ("", "identity"), ("gzip", "gzip identity"), ("GZIP", "gzip identity"), ("x-gzip", "gzip identity"),
        ("gzip, deflate, br, zstd", "br gzip identity"), ("gzip;q=0", "identity"), ("gzip; q=0.000", "identity"), ("gzip;Q=0,br", "br identity"),
        ("br", "br identity"), ("*", "br gzip identity"), ("br;q=0.5, gzip", "gzip br identity"), ("br;q=0, *", "gzip identity"),
        ("*;q=0.1", "br gzip identity"), ("*, gzip;q=0", "br identity"), ("gzip;q=0.5, *;q=0", "gzip"), ("gzip;q=0.001", "gzip identity"),
        ("identity, gzip;q=0.5", "identity"), ("identity;q=0.5, gzip;q=0.5", "gzip identity"), ("identity;q=0, gzip", "gzip"), ("identity, *;q=0", "identity"),
        ("identity;q=0, *", "br gzip"), ("identity;q=0", ""), ("*;q=0", ""), ("gzip;q=0, identity;q=0", ""),
        ("gzip;q=2", "identity"), ("gzip;q=", "identity"), ("notgzip", "identity"),
    ],
)  # fmt: skip
def test_the_coding_is_one_that_is_accepted(asked, codings):
    assert " ".join(accepted(Headers({} if asked is None else {"Accept-Encoding": asked}))) == codings


PAGES = ("", "reform")


def ask(address, method="GET", **headers):
    """An answer as it comes, not unpacked; ``Accept`` is a browser's for pages."""
    headers = {name.replace("_", "-"): value for name, value in headers.items()}
    page = address.rpartition("/")[2] in PAGES
    with requests.Session() as session:
        session.headers.clear()
        with session.request(
            method, address, headers=({"Accept": "text/html"} if page else {}) | headers, timeout=30, stream=True
        ) as answer:
            answer.raw.decode_content = False
            answer.body = answer.raw.read()
    assert answer.status_code < 500
    return answer


def without_date(answer):
    """The headers of an answer."""
    return {name: value for name, value in answer.headers.items() if name.lower() != "date"}


@pytest.mark.parametrize("path", ADDRESSES)
def test_nobody_is_sent_a_coding_that_was_refused(server, path):
    plain = ask(server + path, Accept_Encoding="gzip;q=0")
    assert "content-encoding" not in plain.headers
    packed = ask(server + path, Accept_Encoding="gzip;q=0.5, *;q=0")
    sent = gzip.decompress(packed.body) if "content-encoding" in packed.headers else packed.body
    assert sent == plain.body
    refused = ask(server + path, Accept_Encoding="*;q=0")
    assert (refused.status_code, refused.body) == (406, b"Accept-Encoding: expected br, gzip or identity")


@pytest.mark.parametrize("path", ADDRESSES)
def test_what_an_answer_varies_by_is_named_once(server, path):
    for coding in ("gzip", "identity"):
        (named,) = [ask(server + path, Accept_Encoding=coding).headers.get("Vary", "")]
        names = [name.strip().lower() for name in named.split(",")]
        assert len(names) == len(set(names))


@pytest.mark.parametrize("path", TAGGED)
def test_each_coding_has_its_tag_by_which_it_is_known(server, path):
    tags = {}
    for coding in ("br", "gzip", "identity"):
        first = ask(server + path, Accept_Encoding=coding)
        assert first.headers.get("Content-Encoding", "identity") == coding
        tags[coding] = tag = first.headers["ETag"]
        assert tag.startswith('"'), "the same bytes"
        for named in (tag, f"W/{tag}", f'"other", {tag}', "*"):
            again = ask(server + path, Accept_Encoding=coding, If_None_Match=named)
            assert (again.status_code, again.body) == (304, b""), named
            for name in ("ETag", "Cache-Control", "Vary"):
                assert again.headers.get(name) == first.headers.get(name), f"{name} of a 304 is that of the 200"
        assert ask(server + path, Accept_Encoding=coding, If_None_Match='"other"').status_code == 200
        head = ask(server + path, "HEAD", Accept_Encoding=coding)
        assert head.body == b""
        assert without_date(head) == without_date(first)
    assert len(set(tags.values())) == len(tags)
    assert ask(server + path, Accept_Encoding="identity", If_None_Match=tags["gzip"]).status_code == 200


@pytest.mark.parametrize("path", TAGGED)
def test_no_answer_that_others_may_keep_has_a_cookie(server, path):
    assert "Set-Cookie" not in ask(server + path).headers


@pytest.mark.parametrize("path", [*TAGGED, FONT, "/", "/basemap.pmtiles", "/assets/nothing"])
def test_every_file_says_how_long_it_may_be_kept(server, path):
    assert "Cache-Control" in ask(server + path).headers


def served(path, query=""):
    """What a file of ``assets/`` is answered with, by name and parameters."""
    scope = {
        "type": "http", "method": "GET", "path": f"/assets/{path}", "path_params": {"name": path},
        "query_string": query.encode(), "headers": [], "server": ("a", 80),
    }  # fmt: skip
    return files.asset_file(Request(scope))


@pytest.fixture
def release(tmp_path, monkeypatch):
    """Make the next release: files of ``assets/`` with another content, and the server started anew."""
    folder = tmp_path / "assets"
    shutil.copytree(ROOT / "assets", folder)
    monkeypatch.setattr(assets, "FOLDER", folder)
    monkeypatch.setattr(scripts, "ROOT", tmp_path)
    kept = [assets.script, assets.styles, assets.opening, assets.contents, assets.version]
    kept += [scripts.whole, scripts.version, scripts.vendor, opening.page]

    def started_anew():
        for one in kept:
            one.cache_clear()

    def next_release(name, added=b"\n"):
        (folder / name).write_bytes((folder / name).read_bytes() + added)
        started_anew()

    started_anew()
    yield next_release
    monkeypatch.undo()
    started_anew()


@pytest.mark.parametrize(
    ("changed", "address"),
    [
        ("app.css", lambda: opening.page("vi")),
        ("search.js", lambda: opening.page("vi")),
        ("map.css", lambda: scripts.address("map.css")),
        ("map/atlas.js", lambda: scripts.address("map.js")),
        ("vendor/pmtiles-4.5.0.js", lambda: scripts.vendor("raster")),
    ],
)
def test_what_an_update_changes_has_another_address(release, changed, address):
    before = address()
    release(changed)
    assert address() != before


@pytest.mark.parametrize("name", ["icon.svg", "app.css", "map/atlas.js", "vendor/pmtiles-4.5.0.js"])
def test_what_has_no_version_in_its_address_is_asked_for_anew(release, name):
    before = served(name)
    assert before.headers["Cache-Control"] == "no-cache"
    release(name)
    assert served(name).headers["ETag"] != before.headers["ETag"]
    versioned = f"v={assets.digest((assets.FOLDER / name).read_bytes())}"
    assert served(name, versioned).headers["Cache-Control"].endswith("immutable")
    release(name)
    assert served(name, versioned).headers["Cache-Control"] == "no-cache", "the version of the last release"


def test_the_script_that_draws_a_base_map_is_kept_for_ever_under_its_address():
    name, _, version = scripts.vendor("vector").removeprefix("assets/").partition("?")
    assert served(name, version).headers["Cache-Control"] == files.FOR_EVER


def answer_of(size):
    return Answer(Content(bytes(size)), "text/plain")


def test_answers_are_kept_up_to_a_number_and_a_size():
    kept = Kept()
    for number in range(MOST + 10):
        kept.keep(b"%d" % number, answer_of(1))
        kept.get(b"0")
    assert kept.get(b"0"), "what is asked for stays"
    assert not kept.get(b"1")
    kept.keep(b"large", answer_of(LARGEST - 1))
    kept.keep(b"last", answer_of(1))
    assert kept.get(b"large")
    assert not kept.get(b"0"), "all of them have a size"
    kept.keep(b"too large", answer_of(LARGEST + 1))
    assert not kept.get(b"too large")
    kept.keep(b"next", answer_of(LARGEST))
    assert kept.get(b"next"), "what was dropped is not counted any more"


@pytest.mark.parametrize("kind", ["scripts", "fonts", "pictures"])
def test_a_file_of_streamlit_that_is_asked_for_again_is_not_sent(server, kind):
    """Streamlit's own 304 has no Cache-Control."""
    ending = {"scripts": ".js", "fonts": ".woff2", "pictures": ".png"}[kind]
    path = next(path for path in static.files() if path.endswith(ending) and path.startswith("/static/"))
    first = ask(server + path, Accept_Encoding="gzip")
    assert ("Content-Encoding" in first.headers) == (kind == "scripts"), (
        "fonts and pictures are compressed in themselves"
    )
    assert first.headers["Cache-Control"] == files.FOR_EVER
    again = ask(server + path, Accept_Encoding="gzip", If_None_Match=first.headers["ETag"])
    assert (again.status_code, again.headers["Cache-Control"]) == (304, files.FOR_EVER)
