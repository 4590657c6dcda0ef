"""What people who see, hear or move differently meet: axe-core in an open record, the keyboard, the language, motion."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.pages import settled, speak, violations
from tests.conftest import wait_until

CURRENT = "document.getElementById(document.activeElement.getAttribute('aria-activedescendant')).ariaLabel"


def map_frame(page):
    """The frame of the map, once its curves are drawn."""
    expect(page.frame_locator("iframe[title*=folium]").locator("path.atlas-twinning").first).to_be_attached()
    return page.locator("iframe[title*=folium]").element_handle().content_frame()


CUT = """() => [...document.querySelectorAll(".atlas-name, .st-key-language :is(summary, button), .help")].filter((one) => {
  const range = document.createRange();
  range.selectNodeContents(one);
  const [text, box] = [range.getBoundingClientRect(), one.getBoundingClientRect()];
  return !(text.width && text.left >= box.left && text.right <= box.right + 1 && box.left >= 0 && box.right <= innerWidth);
}).map((one) => one.textContent)"""
MARKED = """() => [...document.querySelectorAll(".atlas-bar nav a")]
  .filter((link) => getComputedStyle(link).fontWeight === "700").map((link) => link.textContent)"""
UNREACHED = """() => [...document.querySelectorAll(".atlas-bar nav a")].filter((link) => {
  link.scrollIntoView();
  const box = link.getBoundingClientRect();
  return document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2) !== link;
}).map((link) => link.textContent)"""


def test_languages_and_the_place_in_the_menu_are_readable_at_every_width(visit):
    page = visit("/labour?lang=vi")
    settled(page)
    page.locator(".st-key-language summary").click()
    for width in (320, 390, 640, 683, 768, 911, 1024, 1093, 1280, 1366, 1920):
        page.set_viewport_size({"width": width, "height": 768})
        wait_until(lambda: page.evaluate(CUT) == [])
        wait_until(lambda: page.evaluate(MARKED) == ["Học tập và lao động"])
    page.keyboard.press("Escape")
    for width in (320, 390, 640):  # here the menu is scrolled by itself, not the page
        page.set_viewport_size({"width": width, "height": 768})
        wait_until(lambda: page.evaluate(UNREACHED) == [])
        assert page.locator("[data-testid=stMain]").evaluate("(main) => main.scrollLeft") == 0


def test_axe_finds_no_serious_violation_in_an_open_record(visit, atlas):
    page = visit(f"/?lang=vi&pair={atlas.twinnings.index[-1]}&labels=bilingual")
    expect(page.locator(".st-key-record-card")).to_contain_text("Nguồn")
    settled(page)
    assert violations(page) == []


def test_every_twinning_is_reached_by_arrows_on_the_map_and_opened_by_enter(visit, atlas):
    page = visit("/?lang=en")
    settled(page)
    frame = map_frame(page)
    drawn = set(
        frame.locator("path.atlas-twinning").evaluate_all(
            "(lines) => lines.map((line) => line.getAttribute('aria-label'))"
        )
    )
    assert len(drawn) > 50
    page.locator("body").press("Tab")
    while (
        page.evaluate("document.activeElement.tagName") != "IFRAME"
        or frame.evaluate("document.activeElement.id") != "map_div"
    ):
        page.keyboard.press("Tab")
    met = []
    while not drawn <= set(met):
        assert len(met) < 200, drawn - set(met)
        page.keyboard.press("ArrowRight")
        met.append(frame.evaluate(CURRENT))
    page.keyboard.press("Enter")
    card = page.locator(".st-key-record-card")
    expect(card).to_contain_text("Sources")
    for name in met[-1].split(" – "):
        expect(card).to_contain_text(name.split(", ")[0])
    assert frame.evaluate(CURRENT) == met[-1], "and the focus stays where it is"
    assert page.evaluate("document.activeElement.tagName") == "IFRAME"


def test_a_list_is_one_stop_of_the_tab_key_and_its_rows_are_met_by_arrows_and_opened_by_enter(visit, atlas):
    page = visit("/?lang=en&level=commune&view=table")
    settled(page)
    rows = page.locator(".records").first.locator("tbody a")
    wait_until(lambda: page.locator(".records").first.locator("tbody a[tabindex='0']").count() == 1)
    rows.first.focus()
    for key in ("ArrowDown", "ArrowDown", "ArrowUp", "End", "ArrowUp", "Home", "ArrowDown"):
        page.keyboard.press(key)
    expect(rows.nth(1)).to_be_focused()
    before = page.runs
    page.keyboard.press("Enter")
    settled(page, before)
    assert page.url.endswith(rows.nth(1).get_attribute("href")[1:])
    expect(page.locator(".records a[aria-current]")).to_have_text(rows.nth(1).inner_text())
    expect(page.locator(".st-key-record-card")).to_contain_text("Sources")
    expect(rows.nth(1)).to_be_focused()
    speak(page, "zh")
    expect(page.locator("html")).to_have_attribute("lang", "zh-Hans")
    expect(rows.nth(1)).to_have_attribute("aria-current", "true")
    along_the_border(page)


def along_the_border(page):
    """The border unrolled is one stop of Tab, its units are met by arrows; a tie and its names show each other."""
    before = page.runs
    page.locator(".views a[href*='view=border']").click()
    settled(page, before)
    strip = page.locator(".strip")
    stops = strip.locator("[role=button]")
    expect(strip.locator("[role=button][tabindex='0']")).to_have_count(1)
    whole = strip.locator("> svg").bounding_box()
    assert whole["y"] + whole["height"] <= 900, "it is seen whole"
    stops.first.focus()
    page.keyboard.press("End")
    page.keyboard.press("ArrowLeft")
    met = page.evaluate("document.activeElement.ariaLabel")
    expect(stops.nth(stops.count() - 2)).to_have_attribute("aria-label", met)
    page.keyboard.press("Home")
    first = stops.first.get_attribute("data-of")
    lit = strip.locator("[data-layer=twinnings] .lit")
    assert set(first.split()) == set(lit.evaluate_all("(all) => all.map((one) => one.dataset.of)"))
    alone = strip.locator("[role=button]:not([data-of*=' '])").first
    circle = alone.locator(".hit").bounding_box()
    before = page.runs
    page.mouse.click(circle["x"] + circle["width"] / 2, circle["y"] + circle["height"] / 2)
    settled(page, before)
    assert f"pair={alone.get_attribute('data-of')}" in page.url
    expect(page.locator(".st-key-strip .st-key-record-card")).to_contain_text("来源")
    assert page.evaluate("document.activeElement.ariaLabel") == alone.get_attribute("aria-label"), "the focus stays"


def test_the_filters_are_used_by_the_keyboard_alone(visit):
    page = visit("/?lang=en")
    settled(page)
    facet = page.locator(".facet[data-facet=region]")
    box, choices = facet.get_by_role("searchbox"), facet.locator("li:visible button")
    page.locator(".bar .find").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")  # the filters are one stop
    page.keyboard.press("Enter")
    expect(box).to_be_focused()
    page.keyboard.type("guangxi")
    page.keyboard.press("ArrowDown")
    expect(choices.first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("region=guangxi(&|$)"))
    expect(choices.first).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("Escape")
    expect(box).to_be_hidden()
    expect(facet.locator("summary")).to_be_focused()


@pytest.mark.parametrize(("preference", "moves"), [("no-preference", True), ("reduce", False)])
def test_whoever_wants_no_motion_sees_none(visit, preference, moves):
    page = visit(motion=preference)
    settled(page)
    frame = map_frame(page)
    before = frame.evaluate("window.map.getZoom()")
    moving = frame.evaluate(
        """async () => {
          const frames = async (n) => { while (n--) await new Promise(requestAnimationFrame); };
          document.querySelector(".leaflet-control-zoom-in").click();
          await frames(3);
          return document.getAnimations().some((one) => one.effect.getComputedTiming().duration > 0);
        }"""
    )
    assert moving == moves
    wait_until(lambda: frame.evaluate("window.map.getZoom()") > before)
