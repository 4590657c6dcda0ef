"""A session as it is held: on the page and from a file, turned by keyboard, remote, finger or the presenter's window."""

import re
import time

import pytest
from playwright.sync_api import expect

from atlas.exports import formats
from atlas.model import readymade
from atlas.model.audience import released
from atlas.model.selection import Selection
from tests.browser.pages import violations
from tests.conftest import wait_until

SIZES = ((1920, 1080), (1366, 768), (1024, 768), (844, 390))
# what is cut, outside the stage or too small for the back row; a unit is a 1080th of the stage's height
OUTSIDE = """() => {
  const stage = document.querySelector(".stage-picture").getBoundingClientRect(), unit = stage.height / 1080, found = [];
  const inside = (box, frame) => box.left > frame.left - 1 && box.top > frame.top - 1 && box.right < frame.right + 1 && box.bottom < frame.bottom + 1;
  if (!inside(stage, new DOMRect(0, 0, innerWidth, innerHeight))) found.push("the stage is not in the window");
  if (Math.abs(stage.width / stage.height - 16 / 9) > 0.01) found.push("the stage is not 16:9");
  if (Math.max(stage.width / innerWidth, stage.height / innerHeight) < 0.99) found.push("the stage is not as large as it could be");
  for (const text of document.querySelectorAll(".stage-picture text")) {
    const { a, b } = text.getScreenCTM(), size = parseFloat(getComputedStyle(text).fontSize) * Math.hypot(a, b) / unit;
    if (!inside(text.getBoundingClientRect(), stage)) found.push(`"${text.textContent}" is outside`);
    if (size < 23.9) found.push(`"${text.textContent}" is ${size} units high`);
  }
  return found;
}"""
# milliseconds from a key to the scene that is drawn
TURNS = """async (keys) => {
  const drawn = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  const spent = [];
  for (const key of keys) {
    const begun = performance.now();
    document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
    await drawn();
    spent.push(performance.now() - begun);
  }
  return spent.sort((a, b) => a - b)[Math.floor(spent.length / 2)];
}"""
INK = ".stage-ink polyline"


@pytest.fixture(scope="module")
def sessions(atlas):
    """Ready-made sessions A, B and C for both sides, each in another order of languages."""
    known = released(atlas, "both")
    return {
        "education": readymade.education(known, ("quang-ninh",), "vi-zh"),
        "twinning": readymade.twinning(known, ("ha-giang",), "zh-vi"),
        "twinning-2024": readymade.twinning(known, ("ha-giang",), "vi-zh", "2024-12-31"),
        "committee": readymade.committee(known, (), "en"),
        "committee-zh": readymade.committee(known, (), "zh-vi"),
    }


@pytest.fixture
def opened(browser, atlas, tmp_path):
    """Open a session as a file, in a folder as people name theirs; what it asks for and errors are kept."""
    contexts = []

    def show(session, size=SIZES[0], touch=False):
        folder = tmp_path / "Kỳ họp 第十七次 会议"
        folder.mkdir()
        (folder / "present.html").write_bytes(formats.export(atlas, "html", None, "en", session=session))
        context = browser.new_context(offline=True, viewport={"width": size[0], "height": size[1]}, has_touch=touch)
        contexts.append(context)
        page = context.new_page()
        page.asked, page.errors = [], []
        page.on("request", lambda request: page.asked.append(request.url))
        page.on("pageerror", lambda error: page.errors.append(str(error)))
        page.on("console", lambda message: page.errors.append(message.text) if message.type == "error" else None)
        page.goto((folder / "present.html").as_uri())
        return page

    yield show
    for context in contexts:
        context.close()


def shown(page) -> int:
    """The number of the scene on the stage."""
    return int(re.match(r"\D*(\d+)", page.locator(".stage-place").text_content())[1])


def turned_to(page, number: int) -> None:
    wait_until(lambda: shown(page) == number)


@pytest.mark.parametrize("name", ["education", "twinning", "twinning-2024", "committee", "committee-zh"])
def test_nothing_of_a_scene_is_outside_or_too_small_for_the_back_row(opened, sessions, name):
    page = opened(sessions[name])
    page.get_by_role("button").first.click()
    for number in range(1, len(sessions[name].scenes) + 1):
        turned_to(page, number)
        for width, height in SIZES:
            page.set_viewport_size({"width": width, "height": height})
            assert page.evaluate(OUTSIDE) == [], f"scene {number} at {width}x{height}"
        page.keyboard.press("PageDown")
    assert page.errors == []


def test_a_session_is_held_by_keyboard_and_remote_while_the_server_is_away(visit, atlas):
    total = len(readymade.own(released(atlas, "both"), Selection(province=("ha-giang",)), "en").scenes)
    page = visit("/meeting_view?lang=en&province=ha-giang", size=(1366, 768))
    begun = time.monotonic()
    page.locator(".st-key-session-present button").click()
    expect(page.locator(".stage-picture svg").first).to_be_visible()
    visited = time.monotonic() - begun
    turned_to(page, 1)
    page.context.set_offline(True)
    try:
        turns = [("ArrowRight", 2), ("PageDown", 3), ("ArrowLeft", 2), ("PageUp", 1), ("ArrowDown", 2), ("ArrowUp", 1)]
        more = [(" ", 2), ("Shift+ ", 1), ("End", total), ("Home", 1), ("Backspace", 1)]
        for key, number in [*turns, *more]:
            page.keyboard.press(key)
            turned_to(page, number)
            expect(page).to_have_url(re.compile(rf"[?&]scene={number}(&|$)"))
        page.keyboard.type("3\n")
        turned_to(page, 3)
        page.keyboard.type("99\n")
        turned_to(page, total)
        for key, colour in (("b", "rgb(0, 0, 0)"), (".", "rgb(0, 0, 0)"), ("w", "rgb(255, 255, 255)"), (",", "rgb(255, 255, 255)")):  # fmt: skip
            page.keyboard.press(key)
            expect(page.locator(".stage-cover")).to_have_css("background-color", colour)
            assert (
                page.evaluate("document.elementFromPoint(innerWidth / 2, innerHeight / 2).className") == "stage-cover"
            )
            page.keyboard.press(key)
            expect(page.locator(".stage-cover")).to_be_hidden()
        # so quick that nobody waits, beside what the way over the server takes
        assert page.evaluate(TURNS, ["Home", *["PageDown"] * 6, *["PageUp"] * 4]) < 1000 * visited / 4
    finally:
        page.context.set_offline(False)
    turned_to(page, 3)
    page.reload()
    expect(page.locator(".stage-picture svg").first).to_be_visible()
    turned_to(page, 3)
    page.keyboard.press("Escape")
    expect(page.locator(".st-key-session-present button")).to_be_visible()
    expect(page).not_to_have_url(re.compile("scene="))
    assert page.errors == []


def test_controls_go_and_come_back_and_ink_stays_with_its_scene(visit):
    page = visit("/meeting_view?lang=vi&province=ha-giang&labels=bilingual&scene=2", size=(1366, 768))
    controls = page.locator(".stage-controls")
    page.mouse.move(400, 300)
    expect(controls).to_have_css("opacity", "0.94")
    assert violations(page) == []
    expect(controls).to_have_css("opacity", "0")
    page.keyboard.press("Tab")  # never out of reach of the keyboard
    expect(controls).to_have_css("opacity", "0.94")
    assert page.evaluate("document.activeElement.closest('.stage-controls') !== null")
    page.mouse.move(500, 300)
    page.get_by_role("button", name="Bút vẽ").click()
    draw(page, (300, 300), (500, 420))
    draw(page, (600, 300), (800, 420))
    page.get_by_role("button", name="Mực cam").click()
    draw(page, (300, 500), (500, 520))
    expect(page.locator(INK)).to_have_count(3)
    assert len(set(page.locator(INK).evaluate_all("(all) => all.map((one) => one.getAttribute('stroke'))"))) == 2
    page.keyboard.press("PageDown")
    expect(page.locator(INK)).to_have_count(0)
    page.reload()  # what was drawn is kept in the window until the end
    turned_to(page, 3)
    page.keyboard.press("PageUp")
    expect(page.locator(INK)).to_have_count(3)
    page.keyboard.press("e")
    draw(page, (380, 340), (380, 360))
    expect(page.locator(INK)).to_have_count(2)
    page.keyboard.press("c")
    expect(page.locator(INK)).to_have_count(0)
    page.keyboard.press("Home")
    page.keyboard.type("3\n")
    live = page.locator("a.stage-live")
    expect(live).to_have_attribute("href", re.compile("province=ha-giang"))
    assert page.errors == []


def draw(page, start: tuple[int, int], end: tuple[int, int]) -> None:
    page.mouse.move(*start)
    page.mouse.down()
    page.mouse.move(*end, steps=4)
    page.mouse.up()


def test_the_presenters_window_shows_what_comes_and_turns_scenes(visit):
    page = visit("/meeting_view?lang=zh&province=quang-ninh&scene=2", size=(1366, 768))
    turned_to(page, 2)
    page.context.set_offline(True)  # it opens all the same
    with page.expect_popup() as popup:
        page.keyboard.press("p")
    window, errors = popup.value, []
    page.context.set_offline(False)
    window.on("pageerror", lambda error: errors.append(str(error)))
    try:
        window.set_viewport_size({"width": 1280, "height": 800})
        expect(window.locator(".presenter-picture > svg")).to_have_count(2)
        expect(window.locator(".presenter-place")).to_contain_text("2")
        window.keyboard.press("PageDown")
        turned_to(page, 3)
        page.keyboard.press("PageUp")
        expect(window.locator(".presenter-place")).to_contain_text(re.compile(r"\D*2\D"))
        expect(window.locator(".presenter-since")).to_contain_text(re.compile(r"^0\d:\d\d"))
        before = window.locator(".presenter-clock").text_content()
        assert re.fullmatch(r"\d\d:\d\d", before)
        assert violations(window) == []
        page.reload()  # the stage comes back, and the window goes on with it
        turned_to(page, 2)
        window.get_by_role("button", name="最后一个画面").click()
        wait_until(lambda: shown(page) > 3)
        assert errors == []
        with window.expect_event("close"):
            page.keyboard.press("Escape")
    finally:
        if not window.is_closed():
            window.close()
    # a browser that opens no other window says so
    page.locator(".st-key-session-present button").click()
    turned_to(page, 1)
    page.evaluate("window.open = () => null")
    page.keyboard.press("p")
    expect(page.locator(".stage-said")).to_contain_text("演讲者窗口")
    assert page.errors == []


def test_a_file_is_presented_read_and_printed_without_a_request(opened, sessions, tmp_path):
    session = sessions["twinning"]
    page = opened(session, touch=True)
    assert page.locator("nav li").count() == page.locator(".scene > svg").count() == len(session.scenes)
    assert violations(page) == []
    page.locator("nav a").nth(2).click()
    expect(page.locator("#scene-3")).to_be_in_viewport()
    expect(page.locator(".notes").first).to_be_hidden()
    page.locator("#with-notes").check()
    expect(page.locator(".notes").nth(1)).to_be_visible()
    page.locator("#with-notes").uncheck()
    pages = page.pdf(path=tmp_path / "printed.pdf", prefer_css_page_size=True).count(b"/Type /Page\n")
    assert len(session.scenes) + 2 <= pages <= len(session.scenes) + 8
    page.get_by_role("button").first.click()
    turned_to(page, 1)
    swipe(page, 900, 300)
    turned_to(page, 2)
    swipe(page, 300, 900)
    turned_to(page, 1)
    page.touchscreen.tap(1850, 500)
    turned_to(page, 2)
    page.touchscreen.tap(40, 500)
    turned_to(page, 1)
    page.keyboard.type("4\n")
    page.reload()
    turned_to(page, 4)
    with page.expect_popup() as popup:
        page.keyboard.press("p")
    popup.value.keyboard.press("ArrowRight")
    turned_to(page, 5)
    page.keyboard.press("Escape")
    expect(page.locator("dialog")).to_have_count(0)
    expect(page.locator("#scene-5")).to_be_in_viewport()
    assert {address.split(":")[0] for address in page.asked} == {"file"}
    assert len(page.asked) == 2  # the file itself, and once more
    assert page.errors == []


def swipe(page, start: int, end: int) -> None:
    client = page.context.new_cdp_session(page)
    for kind, x in (("touchStart", start), ("touchMove", (start + end) / 2), ("touchMove", end), ("touchEnd", None)):
        points = [] if x is None else [{"x": x, "y": 500}]
        client.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    client.detach()
