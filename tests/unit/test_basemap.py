"""A base map of the office's own: what is served, what the page may ask for, and what is told of a wrong one."""

import asyncio
import os
import subprocess
import sys

import pytest
from pmtiles.tile import TileType
from starlette.applications import Starlette

from app import PARTS
from atlas import ROOT
from atlas.maps import leaflet, scripts
from server import basemap, headers
from tests.conftest import awaited
from tests.unit.basemap_files import write_raster, write_vector

ONLINE = "https://tiles.example:8443/osm/{z}/{x}/{y}.png"


def asked(query="", **wanted):
    """Status, headers and content of /basemap.pmtiles as app.py serves it to a request with these headers."""
    sent = []

    async def send(message):
        sent.append(message)

    async def receive():
        await asyncio.Event().wait()  # the browser stays

    names = [(b"host", b"localhost")]
    names += [(name.lower().replace("_", "-").encode(), value.encode()) for name, value in wanted.items()]
    scope = {
        "type": "http",
        "method": "GET",
        "path": "/basemap.pmtiles",
        "headers": names,
        "query_string": query.encode(),
    }
    guards = {name: PARTS[name] for name in ("middleware", "exception_handlers")}
    application = Starlette(
        routes=[one for one in PARTS["routes"] if getattr(one, "path", "") == scope["path"]], **guards
    )
    awaited(application(scope, receive, send))
    told = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return sent[0]["status"], told, b"".join(message.get("body", b"") for message in sent[1:])


@pytest.fixture
def choose(monkeypatch):
    """Name a base map as the environment does, and return it."""

    def chosen(given, credit=None):
        monkeypatch.setenv(basemap.BASEMAP, str(given))
        if credit:
            monkeypatch.setenv(basemap.CREDIT, credit)
        basemap.chosen.cache_clear()
        headers.policy.cache_clear()
        return basemap.chosen()

    yield chosen
    basemap.chosen.cache_clear()
    headers.policy.cache_clear()


def test_without_a_choice_the_map_is_the_atlas_s_own(atlas, monkeypatch):
    monkeypatch.delenv(basemap.BASEMAP, raising=False)
    basemap.chosen.cache_clear()
    assert basemap.under("../..") is None
    chart = leaflet.base_map(atlas.files, "../..", basemap.under("../.."))
    assert [name for name, _ in chart.default_js] == ["map"]
    assert '"rivers"' in chart.versions


@pytest.mark.parametrize("kind", ["raster", "vector"])
def test_a_file_lies_in_place_of_the_rivers(atlas, choose, tmp_path, kind):
    path = tmp_path / "office.pmtiles"
    shown = choose(
        write_raster(path, attribution="<a href='x'>Survey</a> 2026") if kind == "raster" else write_vector(path)
    )
    assert (shown.kind, shown.zooms) == (kind, (0, 0) if kind == "raster" else (0, 6))
    assert shown.credit == ("Survey 2026" if kind == "raster" else "office")
    chart = leaflet.base_map(atlas.files, "../..", basemap.under("../.."))
    assert f'"url":"../../basemap.pmtiles?v={shown.address.rpartition("=")[2]}"' in chart.versions
    assert '"rivers"' not in chart.versions
    (script,) = [address for name, address in chart.default_js if name == "basemap"]
    assert (ROOT / script.removeprefix("../../").partition("?")[0]).is_file()
    assert "tiles" not in headers.policy(True)


def test_the_office_may_say_whom_it_is_from(choose, tmp_path):
    assert choose(write_raster(tmp_path / "a.pmtiles", attribution="Survey"), "Our survey").credit == "Our survey"


def test_a_browser_gets_the_pieces_of_the_file_that_it_asks_for(choose, tmp_path):
    path = write_raster(tmp_path / "a.pmtiles", b"a picture" * 1000)
    shown = choose(path)
    status, told, content = asked(range="bytes=0-6", accept_encoding="gzip")
    assert (status, content) == (206, b"PMTiles")
    assert told["content-range"] == f"bytes 0-6/{path.stat().st_size}"
    assert "content-encoding" not in told, "what is packed on the way could not be cut into pieces"
    assert asked(range="bytes=99999999-")[0] == 416
    status, told, content = asked(accept_encoding="gzip, br")
    assert (status, content, "content-encoding" in told) == (200, path.read_bytes(), False)
    assert told["cache-control"] == "no-cache", "its version is not in the address"
    again, kept, _ = asked(if_none_match=told["etag"], accept_encoding="gzip")
    assert (again, kept["etag"], kept["cache-control"]) == (304, told["etag"], "no-cache")
    assert asked(query=shown.address.partition("?")[2])[1]["cache-control"].endswith("immutable")


def test_only_the_frame_of_the_map_may_show_tiles_of_the_server_that_was_chosen(atlas, choose):
    shown = choose(ONLINE)
    assert (shown.kind, shown.credit) == ("tiles", "tiles.example:8443")
    assert "img-src 'self' data: blob: https://tiles.example:8443;" in headers.policy(True)
    assert "tiles.example" not in headers.policy(False)
    chart = leaflet.base_map(atlas.files, "../..", basemap.under("../.."))
    assert f'"url":"{ONLINE}"' in chart.versions
    assert [name for name, _ in chart.default_js] == ["map"]
    assert asked()[0] == 404


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ("nothing.pmtiles", "No such file or directory"),
        (".", "Is a directory"),
        ("empty.pmtiles", "no PMTiles file of version 3"),
        ("text.pmtiles", "no PMTiles file of version 3"),
        ("cut.pmtiles", "the file ends before its tiles do"),
        ("unknown.pmtiles", "tiles of kind UNKNOWN are not drawn"),
        ("https://tiles.example/{z}/{x}.png", "{y} does not stand in the address"),
        ("ftp://tiles.example/{z}/{x}/{y}.png", "no address of http or https"),
        ("https://a; script-src *//{z}/{x}/{y}.png", "no address of http or https"),
        ("https://[::1/{z}/{x}/{y}.png", "Invalid IPv6 URL"),
    ],
)
def test_a_wrong_one_is_told_with_its_name_and_what_is_expected(choose, tmp_path, monkeypatch, given, told):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "empty.pmtiles").touch()
    (tmp_path / "text.pmtiles").write_text("a text of some length " * 20)
    whole = write_raster(tmp_path / "whole.pmtiles", b"a picture" * 1000).read_bytes()
    (tmp_path / "cut.pmtiles").write_bytes(whole[:-1000])
    write_raster(tmp_path / "unknown.pmtiles", kind=TileType.UNKNOWN)
    with pytest.raises(basemap.BadBasemap) as error:
        choose(given)
    assert str(error.value).startswith(f'ATLAS_BASEMAP="{given}": ')
    assert told in str(error.value)
    assert basemap.EXPECTED in str(error.value)


def test_the_server_does_not_start_with_a_wrong_one():
    wrong = os.environ | {"ATLAS_BASEMAP": "/nowhere/office.pmtiles"}
    ended = subprocess.run([sys.executable, "-c", "import app"], cwd=ROOT, env=wrong, capture_output=True, text=True)
    assert ended.returncode == 1
    (line,) = ended.stderr.strip().splitlines()[-1:]
    assert line.startswith('ATLAS_BASEMAP="/nowhere/office.pmtiles": No such file or directory')
    assert "Traceback" not in ended.stderr


def test_every_kind_of_file_has_what_draws_it():
    assert set(scripts.VENDOR) == {"raster", "vector"}
    assert all((ROOT / "assets" / "vendor" / name).is_file() for name in scripts.VENDOR.values())
