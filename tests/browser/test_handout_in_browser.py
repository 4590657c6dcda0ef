"""The hand-out in a real Chromium without any network, from a file as on a USB stick."""

import io
import re

import pytest

from atlas.exports import handout
from atlas.model.selection import Selection
from tests.conftest import wait_until
from tests.unit.hostile_atlas import hostile

HA_GIANG = Selection(province=("ha-giang",), asof="2025-07-01")
LINES = "path.atlas-twinning"


@pytest.fixture
def opened(browser, tmp_path):
    """Open a page from a file; what it asks for beyond itself, and errors, are kept."""
    contexts = []

    def show(content: bytes, size=(1300, 900)):
        (tmp_path / "handout.html").write_bytes(content)
        context = browser.new_context(offline=True, viewport={"width": size[0], "height": size[1]})
        contexts.append(context)
        page = context.new_page()
        page.asked, page.errors = [], []
        page.on("request", lambda request: page.asked.append(request.url))
        page.on("pageerror", lambda error: page.errors.append(str(error)))
        page.on("console", lambda message: page.errors.append(message.text) if message.type == "error" else None)
        page.goto(f"file://{tmp_path}/handout.html")
        page.wait_for_selector(LINES, state="attached")
        return page

    yield show
    for context in contexts:
        context.close()


@pytest.fixture(scope="module")
def page_of_ha_giang(atlas):
    return handout.html(atlas, HA_GIANG, "vi-zh")


def test_it_opens_without_a_network_and_without_an_error(opened, page_of_ha_giang):
    page = opened(page_of_ha_giang)
    wait_until(lambda: page.locator(".atlas-label").count() > 5)
    assert page.errors == []
    assert {address.split(":")[0] for address in page.asked} == {"file", "blob"}
    assert len([address for address in page.asked if address.startswith("file")]) == 1
    assert "Leaflet" not in page.locator("#map").inner_text()


def test_every_twinning_is_on_its_map(atlas, opened, page_of_ha_giang):
    page = opened(page_of_ha_giang)
    drawn = set(page.eval_on_selector_all(LINES, "lines => lines.map((line) => line.getAttribute('aria-label'))"))
    rows = HA_GIANG.twinnings(atlas)
    assert len(drawn) == len(rows)


def test_a_click_on_a_line_opens_its_card(opened, page_of_ha_giang):
    page = opened(page_of_ha_giang)
    card = page.locator("#card")
    before = card.inner_text()
    label = page.locator(LINES).first.get_attribute("aria-label")
    page.locator(LINES).first.dispatch_event("click")
    wait_until(lambda: card.inner_text() != before)
    assert all(name in card.inner_text() for name in re.split(" – |, ", label))
    assert page.errors == []


def test_the_keyboard_opens_a_card_and_moves_the_map(opened, page_of_ha_giang):
    page = opened(page_of_ha_giang)
    card = page.locator("#card")
    before = card.inner_text()
    page.locator(LINES).nth(1).focus()
    page.keyboard.press("Enter")
    wait_until(lambda: card.inner_text() != before)
    zoom = page.evaluate("map.getZoom()")
    page.locator(".leaflet-control-zoom-in").click()
    wait_until(lambda: page.evaluate("map.getZoom()") > zoom)


def test_a_row_of_the_table_leads_to_the_map(atlas, opened, page_of_ha_giang):
    page = opened(page_of_ha_giang)
    row = HA_GIANG.twinnings(atlas).iloc[3]
    page.locator(f"a[data-twinning='{row['id']}']").click()
    name = atlas.places.name(row["vn"][0], "vi")
    wait_until(lambda: name in page.locator("#card").inner_text())
    assert page.evaluate("options.selected") == row["id"]


def test_it_prints_on_numbered_pages_with_a_header(opened, page_of_ha_giang):
    page = opened(page_of_ha_giang)
    page.emulate_media(media="print")
    assert page.locator(".static").is_visible()
    assert not page.locator("#map").is_visible()
    content = page.pdf(prefer_css_page_size=True)
    pages = len(re.findall(rb"/Type\s*/Page\b", io.BytesIO(content).getvalue()))
    assert 5 < pages < 60


def test_it_fits_a_phone(opened, page_of_ha_giang):
    page = opened(page_of_ha_giang, (390, 800))
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_hostile_texts_run_nothing(atlas, opened):
    content = handout.html(hostile(atlas), None, "vi")
    page = opened(content.replace(b"<head>", b"<head><script>window.alert = () => { window.ran = true }</script>", 1))
    page.locator(LINES).first.dispatch_event("click")
    wait_until(lambda: page.locator("#card article").count())
    assert page.evaluate("window.ran") is None
    assert page.errors == []
