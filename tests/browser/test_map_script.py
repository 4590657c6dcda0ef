"""The functions of the map's script that only reckon, each by itself on an empty page."""

import json
import re
from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from atlas import DATA, ROOT
from atlas.maps import scripts
from atlas.maps.geometry import bezier, curve
from tests.conftest import wait_until
from tests.unit.basemap_files import write_raster, write_vector

PLACES = {
    "vn-a": {"vi": "Mèo Vạc", "zh": "苗旺", "en": "Meo Vac", "lat": 23.1, "lon": 105.4},
    "cn-a": {"zh": "富宁县", "en": "Funing", "lat": 23.6, "lon": 105.6},
    "cn-b": {"zh": "那坡县", "en": "Napo"},
}


@pytest.fixture(scope="module")
def script(browser):
    """Call one of these functions."""
    page = browser.new_page()
    page.add_script_tag(content=scripts.script())
    call = "([name, given]) => { const found = atlas.pure[name](...given); return found instanceof Map ? Object.fromEntries(found) : found; }"
    yield lambda name, *arguments: page.evaluate(call, [name, arguments])
    page.close()


def test_a_curve_is_the_one_that_papers_draw(script):
    points = curve((23.1, 105.4), (23.6, 105.6))
    assert script("bezier", points) == [pytest.approx(point) for point in bezier(points)]


@pytest.mark.parametrize(
    ("place", "options", "name"),
    [
        ("vn-a", {"lang": "zh"}, "苗旺"),
        ("cn-a", {"lang": "vi"}, "Funing"),
        ("cn-b", {"lang": "en"}, "Napo"),
        ("vn-a", {"lang": "vi", "labels": "bilingual"}, "Mèo Vạc 苗旺"),
        ("cn-a", {"lang": "vi", "labels": "bilingual"}, "Funing 富宁县"),
        ("vn-a", {"lang": "zh", "labels": "bilingual"}, "苗旺 Mèo Vạc"),
    ],
)
def test_a_place_has_its_name_in_the_language_or_the_nearest(script, place, options, name):
    assert script("nameOf", PLACES[place], options) == name


@pytest.mark.parametrize("every", [1, 2, 3, 7])
def test_the_digits_of_a_selection_are_read_as_they_are_written(script, atlas, every):
    drawn = json.loads((DATA / "map.json").read_bytes())["twinnings"]
    digits = np.packbits(atlas.among(list(drawn)[::every])).tobytes().hex()
    assert script("shownOf", drawn, digits) == list(drawn)[::every]


def test_without_digits_every_twinning_is_shown(script):
    assert script("shownOf", {"one": {}, "two": {}}, "") == ["one", "two"]


def test_places_without_coordinates_gather_no_twinnings(script):
    twinnings = {"t-1": {"vn": ["vn-a"], "cn": ["cn-a", "cn-b"]}, "t-2": {"vn": ["vn-a"], "cn": ["cn-b"]}}
    found = script("gather", list(twinnings), {"places": PLACES, "twinnings": twinnings}, {"lang": "en"})
    assert {spot: at["ids"] for spot, at in found.items()} == {"23.1 105.4": ["t-1", "t-2"], "23.6 105.6": ["t-1"]}


def test_a_shape_says_its_ends_and_counts_what_it_does_not_list(script):
    said = {f"r{number}": f"record {number}" for number in range(5)}
    options = {"lang": "en", "unstated": "not stated", "more": "and {n} more"}
    lines = script("linesOf", {"from": "vn-a", "to": None, "records": list(said)}, PLACES, said, options)
    assert lines == ["Meo Vac → not stated", "record 0", "record 1", "record 2", "and 2 more"]


MIDDLE = """(pane) => {
  const shown = document.querySelector(`.leaflet-${pane} :is(img, canvas).leaflet-tile-loaded`);
  if (!shown?.width) return null;
  const copy = Object.assign(document.createElement("canvas"), { width: 1, height: 1 }).getContext("2d");
  copy.drawImage(shown, shown.width / 2, shown.height / 2, 1, 1, 0, 0, 1, 1);
  return [...copy.getImageData(0, 0, 1, 1).data.slice(0, 3)];
}"""


@pytest.mark.parametrize(
    ("kind", "zooms", "colour"), [("raster", [0, 0], [200, 30, 60]), ("vector", [0, 6], [128, 222, 234])]
)
def test_a_base_map_of_the_office_is_drawn_over_the_land_and_under_the_lines(browser, tmp_path, kind, zooms, colour):
    picture = BytesIO()
    Image.new("RGB", (256, 256), (200, 30, 60)).save(picture, "PNG")
    path = tmp_path / "office.pmtiles"
    content = (write_raster(path, picture.getvalue()) if kind == "raster" else write_vector(path)).read_bytes()

    def piece(route):
        start, stop = map(int, re.search(r"bytes=(\d+)-(\d+)", route.request.headers["range"]).groups())
        route.fulfill(status=206, body=content[start : stop + 1], headers={"ETag": '"1"'})

    page = browser.new_page()
    page.route("http://office.test/", lambda route: route.fulfill(body="<div id='map' style='height:300px'></div>"))
    page.route("http://office.test/basemap.pmtiles?v=1", piece)
    page.route("http://office.test/data/**", lambda route: route.fulfill(json={}))
    page.goto("http://office.test/")
    page.add_style_tag(content=scripts.whole("map.css").decode())
    page.add_script_tag(content=(ROOT / "assets" / "vendor" / scripts.VENDOR[kind]).read_text("utf-8"))
    page.add_script_tag(content=scripts.whole("map.js").decode())
    basemap = {"kind": kind, "url": "/basemap.pmtiles?v=1", "credit": "<b>Survey</b>", "zooms": zooms}
    files = {"root": "/data/", "data": "1", "layers": dict.fromkeys(("land", "border"), "1"), "basemap": basemap}
    page.evaluate("(files) => { atlas.open('map', files); }", files)
    drawn = wait_until(lambda: page.evaluate(MIDDLE, "atlas-basemap-pane"))
    assert drawn == colour
    heights = [
        page.locator(f".leaflet-atlas-{name}-pane").evaluate("pane => +pane.style.zIndex")
        for name in ("land", "basemap", "border")
    ]
    assert heights[0] <= heights[1] < heights[2]
    assert "<b>Survey</b>" in page.locator(".leaflet-control-attribution").inner_text()
    page.close()
