"""A presentation as it is held: prepared, turned by the keyboard or a presenter's remote, saved and loaded again."""

import re
from urllib.parse import parse_qs

import pytest
from playwright.sync_api import expect

from atlas.model import scenes
from atlas.model.selection import Selection
from tests.browser.pages import settled
from tests.browser.test_twinning_map import curves, map_of
from tests.conftest import wait_until


@pytest.fixture
def sequence(atlas):
    return scenes.sequence(atlas, Selection(province=("ha-giang",)))


def turned_to(page, number: int, total: int) -> None:
    expect(page.get_by_text(f"{number} of {total}", exact=True)).to_be_visible()
    expect(page).to_have_url(re.compile(rf"[?&]scene={number}(&|$)"))


def black(page) -> bool:
    """Whether nothing but black is seen."""
    cover = "() => getComputedStyle(document.documentElement, '::after').backgroundColor"
    return page.evaluate(cover) == "rgb(0, 0, 0)"


OUTSIDE = """() => {
  const unit = Math.min(innerWidth / 1920, (innerHeight - 58) / 1080), found = [];
  const foot = document.querySelector(".st-key-scene-controls").getBoundingClientRect().top;
  if (document.documentElement.scrollHeight > innerHeight) found.push("the page scrolls");
  for (const one of document.querySelectorAll(".st-key-scene, .scene-body, .scene-body > div, .scene-body section, .scene-results > div, .scene-facts, .st-key-scene .legend, .scene-caption")) {
    const box = one.getBoundingClientRect(), name = `${one.className} "${one.innerText.slice(0, 40)}"`;
    if (one.scrollHeight > one.clientHeight + 2 && !one.matches(".scene-caption")) found.push(`${name}: ${one.scrollHeight} in ${one.clientHeight} high`);
    if (one.scrollWidth > one.clientWidth + 2) found.push(`${name}: ${one.scrollWidth} in ${one.clientWidth} wide`);
    if (box.bottom > foot + 1 || box.right > innerWidth + 1) found.push(`${name}: under the buttons or outside`);
  }
  for (const one of document.querySelectorAll(".st-key-scene :is(h1, h2, p, span, li, td, th, dd, strong, b)")) {
    const size = parseFloat(getComputedStyle(one).fontSize);
    if (one.innerText.trim() && size < 24 * unit - 0.2) found.push(`"${one.innerText.slice(0, 40)}": ${size} px`);
  }
  return found;
}"""
CHOSEN = """(map) => {
  const seen = map.getBoundingClientRect(), chosen = map.querySelector("path.atlas-twinning[stroke-opacity='0.9']");
  if (!chosen) return 0;
  const box = chosen.getBoundingClientRect();
  if (box.left < 0 || box.top < 0 || box.right > seen.right || box.bottom > seen.bottom) return 2;
  const small = [...map.querySelectorAll(".atlas-label span")].some((one) => parseFloat(getComputedStyle(one).fontSize) < 22.5);
  return small ? 3 : Math.max(box.width / seen.width, box.height / seen.height);
}"""
SIZES = ((1920, 1080), (1366, 768), (1024, 768))


def share_of_map(page) -> float:
    """How much of the map the chosen twinning takes; more than 1 where it is cut or names are too small."""
    return map_of(page).locator(".leaflet-container").evaluate(CHOSEN)


def outside(page) -> list[str]:
    """What of a scene is cut, hidden or too small to be read at the sizes of projectors."""
    found = []
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        found += [f"{width}x{height}: {said}" for said in page.evaluate(OUTSIDE)]
    return found


@pytest.mark.parametrize(
    "query", ["lang=vi&labels=bilingual", "lang=zh&province=quang-ninh", "lang=vi&province=ha-giang&labels=bilingual"]
)
def test_no_scene_runs_out_of_the_screen(visit, atlas, query):
    chosen = Selection.from_query(parse_qs(query), atlas)[0]
    page = visit(f"/meeting_view?{query}&scene=1", size=SIZES[0])
    total = len(scenes.sequence(atlas, chosen))
    for number in range(1, total + 1):
        expect(page.locator(".st-key-scene-controls")).to_contain_text(re.compile(rf"{number}\D+{total}"))
        expect(page.locator(".scene-body, .st-key-scene .legend").first).to_be_visible()
        expect(page.locator(".st-key-scene [data-stale=true]")).to_have_count(0)
        assert outside(page) == [], f"scene {number}"
        if number < total:
            before = page.runs
            page.keyboard.press("PageDown")
            settled(page, before)  # what is left of the scene before is away


def test_a_sequence_is_presented_by_the_keyboard(visit, sequence):
    page = visit("/meeting_view?lang=en&province=ha-giang", size=(1920, 1080))
    page.get_by_role("button", name="Present").click()
    turned_to(page, 1, len(sequence))
    expect(page.get_by_test_id("stHeader")).to_be_hidden()
    expect(page.locator(".st-key-frame")).to_be_hidden()
    last = len(sequence)
    turns = [("ArrowRight", 2), ("PageDown", 3), ("ArrowLeft", 2), ("PageUp", 1), ("ArrowDown", 2), ("ArrowUp", 1)]
    for key, number in [*turns, ("End", last), ("Home", 1), (" ", 2), (" ", 3)]:
        page.keyboard.press(key)
        turned_to(page, number, last)
    for key in ("b", "."):
        page.keyboard.press(key)
        wait_until(lambda: black(page))
        page.keyboard.press(key)
        wait_until(lambda: not black(page))
    turned_to(page, 3, last)
    expect(curves(page).first).to_be_visible()
    # the remote works too after the presenter has clicked into the map, which is a frame of its own
    page.locator("iframe[title*=folium]").click(position={"x": 40, "y": 300})
    page.keyboard.press("PageDown")
    turned_to(page, 4, len(sequence))
    for number in range(5, len(sequence) + 1):
        page.keyboard.press("PageDown")
        turned_to(page, number, len(sequence))
    expect(page.get_by_role("button", name="Next")).to_be_disabled()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Present")).to_be_visible()
    expect(page).not_to_have_url(re.compile("scene="))
    assert page.errors == []


def test_a_link_opens_the_scene_with_two_languages(visit, sequence):
    page = visit("/meeting_view?lang=vi&province=ha-giang&labels=bilingual&scene=1")
    expect(page.locator("h1.scene-cover")).to_contain_text("中越边境合作地图")
    expect(page.locator(".scene-cover")).to_contain_text("Bản đồ hợp tác biên giới")
    expect(page.get_by_text(f"1/{len(sequence)}").or_(page.get_by_text(str(len(sequence)))).first).to_be_visible()
