"""An atlas of many times the real size: valid, no heavier on a change, and readable on the map."""

import json
import re

import numpy as np
import pytest
import shapely
from playwright.sync_api import expect

from atlas import DATA
from atlas.build import build
from atlas.maps import framing, leaflet
from atlas.model import store
from atlas.model.atlas import Atlas
from atlas.model.coverage import coverage
from atlas.model.selection import Selection
from atlas.records import validate
from benchmarks.grown_seeds import grow
from tests.browser.test_twinning_map import curves, map_of, view_of
from tests.conftest import running_server, wait_until

TIMES = 4
ARRIVED = "() => window.map._animatingZoom ? null : window.map.getZoom()"


def closer(page, act) -> None:
    """Do what must bring the map closer, and wait until it has arrived there."""
    before = view_of(page)[0]
    act()
    wait_until(lambda: (map_of(page).locator("body").evaluate(ARRIVED) or 0) > before)


@pytest.fixture(scope="module")
def grown(tmp_path_factory):
    """The folder of a built atlas of :data:`TIMES` times the real size."""
    seeds, data = tmp_path_factory.mktemp("seeds"), tmp_path_factory.mktemp("data")
    (data / "layers").symlink_to(DATA / "layers")
    grow(seeds, TIMES)
    assert validate(seeds) == []
    build(seeds, data)
    return data


def test_a_grown_atlas_has_every_record_so_often_and_all_on_its_own_side(atlas, grown):
    many = store.load(grown)
    assert len(many.twinnings) == TIMES * len(atlas.twinnings)
    assert len(coverage(many)) == TIMES * len(coverage(atlas))
    land = {
        feature["properties"]["country"]: shapely.geometry.shape(feature["geometry"])
        for feature in json.loads((DATA / "layers/land.geojson").read_text("utf-8"))["features"]
    }
    copies = many.table("places")[lambda rows: rows["id"].str.contains("-copy-") & rows["lat"].notna()]
    away = shapely.distance(
        [land[country] for country in copies["country"]], shapely.points(copies[["lon", "lat"]].to_numpy())
    )
    assert np.nanmax(away) < 0.01  # degrees: the simplified land ends a little off the border
    # a copy's places are found by names of their own
    found = Selection(q="mèo vạc").twinnings(many).index
    assert 0 < len(found) < 2 * len(Selection(q="mèo vạc").twinnings(atlas))


def test_a_change_of_a_filter_sends_hardly_more(atlas, grown):
    def sent(shown: Atlas) -> int:
        rows = Selection(level=("commune",)).twinnings(shown)
        group = leaflet.selection_group(
            shown, rows.index, language="en", labels=None, day=Selection().day(shown), selected=None,
            frame="all", framed=framing.of_twinnings(shown, rows.index),
        )  # fmt: skip
        return sum(len(child.argument) for child in group._children.values())

    many = store.load(grown)
    assert sent(many) - sent(atlas) < (len(many.twinnings) - len(atlas.twinnings)) / 2


def test_very_many_twinnings_stand_in_groups_that_bring_closer(browser, grown):
    with running_server(ATLAS_DATA=str(grown)) as address:
        page = browser.new_page(locale="en-GB", viewport={"width": 1440, "height": 900})
        page.goto(address)
        groups = map_of(page).locator("[role=button]:has(.atlas-group)")
        expect(groups.first).to_be_visible(timeout=90_000)  # a server that has just started
        assert curves(page).count() < 80
        many = store.load(grown)
        numbers = map_of(page).locator(".atlas-group").all_inner_texts()
        assert len(many.twinnings) / 2 < sum(map(int, numbers)) <= len(many.twinnings)
        label = groups.first.get_attribute("aria-label")
        assert re.match(rf"{numbers[0]} twinnings here; click to come closer\. .*: \d", label)

        groups.first.focus()
        closer(page, lambda: groups.first.press("Enter"))
        wait_until(lambda: map_of(page).locator(".atlas-group").all_inner_texts() != numbers)
        while groups.count():
            closer(page, lambda: groups.first.dispatch_event("click"))
        expect(groups).to_have_count(0)
        curves(page).first.dispatch_event("click")
        expect(page.locator(".st-key-record-card")).to_contain_text("Sources")
        page.context.close()
