"""Whether every page can be read by everybody: nothing jumps, is cut, too long, too wide, unnamed, pale or in another language."""

import re
from functools import cache

import pytest
from babel.messages.pofile import read_po
from playwright.sync_api import expect

from atlas import LANGUAGES, ROOT
from atlas.model.selection import Selection
from atlas.words import naming
from atlas.words.languages import LANGUAGE_CODES
from tests.browser.pages import (
    ADDRESSES,
    DRAWN,
    go_to,
    largest_head,
    settled,
    speak,
    too_wide,
    unnamed_controls,
    violations,
)
from tests.conftest import wait_until

# the second: 1440 × 900 at a zoom of 200 %; last the one in which a page is opened and its language chosen
SIZES = ((390, 844), (720, 450), (1024, 768), (1366, 768), (1440, 900))
MOST_SCREENS = {(1440, 900): 2.5, (390, 844): 5}
READ_THROUGH = ("/help",)  # a text that is read from its beginning to its end
MOST_TABS = 15
MOST_SHIFT = 0.1  # what https://web.dev/articles/cls calls good

SHIFT = """() => new Promise((told) => {
  let sum = 0;
  new PerformanceObserver((list) => {
    for (const one of list.getEntries()) if (!one.hadRecentInput) sum += one.value;
    told(sum);
  }).observe({ type: "layout-shift", buffered: true });
  setTimeout(() => told(sum), 200);
})"""
# whether nothing is changed any more for some frames, so that a page that is only looked at takes no power
RESTS = """() => new Promise((told) => {
  let still = 0, frames = 0;
  const watch = new MutationObserver(() => { still = 0; });
  watch.observe(document.body, { childList: true, subtree: true, characterData: true });
  const look = () => {
    still += 1;
    frames += 1;
    if (still > 5 || frames > 600) told(still > 5);
    else requestAnimationFrame(look);
  };
  look();
})"""
SCREENS = "document.querySelector('[data-testid=stMain]').scrollHeight / innerHeight"
# texts that do not fit their boxes: cells of lists and tables, controls, headings
CUT = """() => [...document.querySelectorAll(
  ".records :is(td, th), button:not(.histogram *), summary, h1, h2, h3, .views > *, .atlas-bar a, .st-key-selection-count, .chips button, .compared .plot b"
)].filter((one) => {
  const box = one.getBoundingClientRect(), style = getComputedStyle(one);
  if (!one.checkVisibility({ visibilityProperty: true }) || box.width < 2 || style.overflow === "visible" && style.display === "inline") return false;
  const list = one.closest(".records, .compared .cell")?.getBoundingClientRect();
  const beyond = list ? box.right > list.right + 1 : one.closest("header, .st-key-page-head, .bar") && (box.left < -1 || box.right > innerWidth + 1);
  return one.scrollWidth > one.clientWidth + 1 && style.overflowX !== "auto" || beyond;
}).map((one) => one.textContent.trim().slice(0, 60))"""
# a single day on two lines of a list that is not very narrow
WRAPPED = """() => [...document.querySelectorAll(".records table:not([data-stacked]) td:not(:first-child)")].filter((one) => {
  if (one.closest(".records").clientWidth < 400) return false;
  const range = document.createRange();
  range.selectNodeContents(one);
  return /^(\\d{4}年[\\d月]+日|[\\d/]+|\\d+ \\w+ \\d{4})$/.test(one.textContent) && new Set([...range.getClientRects()].map((line) => Math.round(line.top))).size > 1;
}).map((one) => one.textContent)"""
LOW = """() => [...document.querySelectorAll(".records tbody tr[data-id]")]
  .filter((one) => one.checkVisibility() && one.offsetHeight < 24).map((one) => one.textContent.slice(0, 60))"""
NAMES = """() => [...document.querySelectorAll("a[href], button, input, select, textarea, summary, iframe, [role=button], [role=radio]")]
  .filter((one) => one.checkVisibility())
  .flatMap((one) => [one.ariaLabel || one.innerText || one.labels?.[0]?.innerText, one.title, one.placeholder])
  .filter(Boolean).flatMap((text) => text.split("\\n")).map((text) => text.trim()).filter(Boolean)"""
# words that Streamlit has in English only
STREAMLITS = {
    "Skip to main content", "Fullscreen", "Close", "Close fullscreen", "Copy to clipboard", "Clear all", "Clear value", "Browse files", "Upload",
    "Select all", "Show password text", "Open", "Main menu", "Deploy", "Rerun", "Stop", "Search", "Loading...", "Press Enter to apply",
    "Choose an option", "No results", "Dismiss", "Increment", "Decrement", "file upload", "per file", "Add files", "Remove", "Error", "Help for",
}  # fmt: skip


def in_english(page, language: str) -> set[str]:
    """What of the names of a page's controls, of those of its maps too, is English, where the language has its own word."""
    names = {name for frame in page.frames for name in frame.evaluate(NAMES)}
    return names & (STREAMLITS | translated(language))


@cache
def translated(language: str) -> set[str]:
    """The English texts of the interface that read otherwise in a language."""
    with (ROOT / f"atlas/words/{language}.po").open("rb") as file:
        return {entry.id for entry in read_po(file) if isinstance(entry.id, str) and entry.string not in ("", entry.id)}


def faults(page, size: tuple[int, int], address: str) -> list:
    """What cannot be read or hit, or not without long scrolling, in a window of this size."""
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.evaluate(DRAWN)
    found = [("cut", text) for text in page.evaluate(CUT)]
    found += [("on two lines", text) for text in page.evaluate(WRAPPED)]
    found += [("too low to be hit", text) for text in page.evaluate(LOW)]
    if too_wide(page) > 0:
        found.append(("too wide by", too_wide(page)))
    screens = page.evaluate(SCREENS)
    if address not in READ_THROUGH and screens > MOST_SCREENS.get(size, screens):
        found.append(("screens", round(screens, 2)))
    return [(size[0], *fault) for fault in found]


@pytest.mark.parametrize("address", [*ADDRESSES, "/?view=table"])
def test_a_page_can_be_read_by_everybody_at_every_size_in_every_language(visit, server, address):
    page = visit(f"{address}{'&' if '?' in address else '?'}lang={LANGUAGES[0]}")
    settled(page)
    assert page.evaluate(SHIFT) < MOST_SHIFT, "the first view jumps"
    found = []
    for language in LANGUAGES:
        if language != LANGUAGES[0]:
            before = page.runs
            speak(page, language)
            settled(page, before)
        wait_until(lambda code=LANGUAGE_CODES[language]: page.evaluate("document.documentElement.lang") == code)
        # colours are the same in every language
        found += [(language, "axe", said) for said in violations(page, colours=language == LANGUAGES[0])]
        found += [(language, "unnamed", element) for element in unnamed_controls(page)]
        assert page.title().startswith(f"{page.locator('h1').inner_text()} – "), language
        assert largest_head(page) == "H1", language
        assert page.evaluate(RESTS), language
        for size in SIZES:
            found += [(language, *fault) for fault in faults(page, size, address)]
            if language != "en":
                found += [(language, size[0], "in English", name) for name in in_english(page, language)]
    assert not found, "\n".join(map(str, found))
    assert page.hosts == {server.removeprefix("http://")}
    assert page.errors == []


def tabs_to_the_list(page) -> int:
    """How often Tab is pressed between the name of the atlas and the first row of a list."""
    page.locator(".atlas-name").focus()
    for pressed in range(1, 100):
        page.keyboard.press("Tab")
        if page.evaluate("Boolean(document.activeElement.closest('.records tbody'))"):
            return pressed
    return 100


def test_the_list_is_near_by_the_keyboard(visit):
    page = visit("/?lang=vi")
    settled(page)
    first = page.locator(".records tbody a[tabindex='0']").first
    expect(first).to_be_attached()
    assert tabs_to_the_list(page) <= MOST_TABS
    page.locator(".atlas-bar nav [aria-current]").focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator(".atlas-bar nav a").nth(1)).to_be_focused()
    for other in ("/reform", "/province", "/scholarships", "/training", "/meetings", "/sources_and_data", "/labour"):
        go_to(page, f"{other}?lang=vi")
        expect(first).to_be_attached()
        assert tabs_to_the_list(page) <= MOST_TABS, other
    marks = page.locator("[class*=st-key-chart-] .stHtml button")
    marks.first.focus()  # a chart is one stop, of which its values are the last
    page.keyboard.press("End")
    page.keyboard.press("Enter")
    expect(page.locator("[data-testid=stExpander] details[open] summary").first).to_be_focused()
    # a button before all leads to the list, whatever stands before it
    page.locator(".atlas-name").focus()
    page.keyboard.press("Shift+Tab")
    expect(page.locator(".skip")).to_have_text("Đến danh sách")
    page.keyboard.press("Enter")
    expect(first).to_be_focused()


def test_the_focus_goes_with_what_is_opened_and_closed(visit, atlas):
    page = visit("/?lang=en&q=meo+vac")
    settled(page)
    counts = page.locator(".st-key-selection-count")
    expect(counts).to_have_attribute("role", "status")
    rows = page.locator(".st-key-panel .records tbody a")
    rows.first.focus()
    page.keyboard.press("ArrowDown")
    second = rows.nth(1).inner_text()
    page.keyboard.press("Enter")
    expect(page.locator(".st-key-panel .close-record")).to_be_focused()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Escape")
    expect(rows.nth(1)).to_be_focused()
    assert rows.nth(1).inner_text() == second

    summary = page.locator("[data-facet=level] > summary")
    page.locator("[data-facet=province] > summary").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(summary).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("[data-facet=level] .choices")).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    expect(page.locator("[data-facet=level] .choices")).to_be_hidden()
    expect(summary).to_be_focused()


def test_a_search_on_a_phone_shows_its_result(visit, atlas):
    """The filters are a drawer, which says how much it leaves."""
    page = visit("/?lang=vi", size=(390, 844))
    settled(page)
    find, close, count = (
        page.locator(".bar .find"),
        page.locator(".drawer-close"),
        page.locator(".st-key-selection-count"),
    )
    expect(find).to_be_hidden()
    page.get_by_role("button", name="Bộ lọc").click()
    find.click()
    page.keyboard.type("meo vac")
    pairs = Selection(q="meo vac").twinnings(atlas)
    expect(close).to_contain_text(str(len(pairs)))
    expect(close).to_be_in_viewport()
    close.click()
    for pair in pairs.index:
        expect(page.locator(".records").get_by_text(naming.pair(atlas, pair, "vi"), exact=True)).to_be_in_viewport()
    expect(find).to_be_hidden()
    expect(count).to_contain_text(f"hiển thị {len(pairs)} trên")
    expect(count).to_be_in_viewport()
    expect(page.locator(".drawer-open")).to_contain_text("1")
    page.locator(".drawer-open").click()
    page.keyboard.press("Escape")
    expect(find).to_be_hidden()


CHOSEN = "[data-testid=stMain] :is([aria-pressed=true], [aria-current]:not(td > a), [aria-checked=true]):visible"


def test_what_is_open_and_chosen_can_be_seen_in_the_visitors_own_colours(visit):
    page = visit("/?lang=vi&amp;view=table&#038;level=commune")  # as programs write links that they take for HTML
    page.emulate_media(forced_colors="active")
    settled(page)
    expect(page).to_have_url(re.compile(r"/\?lang=vi&level=commune&view=table$"))
    row = page.locator(".records tbody tr[data-id]").nth(1)
    framed = "(one) => getComputedStyle(one).outlineStyle"
    assert row.evaluate(framed) == "none"
    row.click()
    expect(row.locator("a[aria-current]")).to_be_visible()
    wait_until(lambda: row.evaluate(framed) == "solid")  # the list is drawn anew meanwhile
    shown, other = (
        page.locator("nav.views > [aria-current]").first,
        page.locator("nav.views > :not([aria-current])").first,
    )
    assert (shown.evaluate(framed), other.evaluate(framed)) == ("solid", "none")
    for address in ("/?lang=vi&view=border&level=commune", "/meeting_view?lang=vi", "/meetings?lang=vi"):
        go_to(page, address)
        assert page.locator(CHOSEN).count() > 1
        for chosen in page.locator(CHOSEN).all():
            assert chosen.evaluate(framed) == "solid", chosen.evaluate("(one) => one.outerHTML")
    filled, hollow = (page.locator(f".series-key .{name}") for name in ("held", "said"))
    surface = "(one) => getComputedStyle(one).backgroundColor"
    assert filled.evaluate(surface) != hollow.evaluate(surface)
    page.emulate_media(forced_colors="none")


def test_what_widgets_say_is_in_the_language_of_the_page(visit):
    page = visit("/?lang=zh")
    settled(page)
    said = "(one) => getComputedStyle(one, '::after').content"
    page.get_by_role("button", name="幻灯片与材料").click()
    upload = page.locator(".st-key-template [data-testid=stFileUploader]")
    upload.locator("input").set_input_files({"name": "x.txt", "mimeType": "text/plain", "buffer": b"x"})
    wait_until(lambda: "文件未被接收" in upload.evaluate(said))
    page.get_by_role("combobox", name="语言").click()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("zzz")
    nothing = page.locator("[role=listbox] [role=option] > span")
    wait_until(lambda: "未找到" in nothing.evaluate(said))
    heard = page.locator("body").aria_snapshot()
    assert [word for word in STREAMLITS if re.search(rf"\b{re.escape(word)}\b", heard)] == []
    assert in_english(page, "zh") == set()


class Wire:
    """What stands between the browser and the server: it refuses a connection, keeps silent, closes it when it has opened,
    or lets it pass."""

    def __init__(self, page):
        self.does, self.open = "refuses", []
        page.route_web_socket(re.compile("stream"), self.connected)

    def connected(self, socket):
        """Do with a new connection what it does."""
        if self.does == "refuses":
            socket.close()
        elif self.does != "is silent":
            socket.connect_to_server()
            self.open.append(socket)
            if self.does == "closes":
                socket.close()


def test_a_connection_that_is_blocked_or_lost_is_said_in_the_visitors_language(browser, server):
    begin = {
        "vi": ("Không mở được kết nối", "Kết nối tới bản đồ đã bị ngắt"),
        "zh": ("无法建立与地图的连接", "与地图的连接已断开"),
        "en": ("The connection to the atlas does not open", "The connection to the atlas is lost"),
    }
    page = browser.new_page()
    wire, said = Wire(page), page.locator("#atlas-silent")
    page.clock.install()
    for language, wire.does in zip(LANGUAGES, ("refuses", "is silent", "closes")):
        page.goto(f"{server}/?lang={language}")
        expect(page.get_by_test_id("stApp")).to_be_attached()
        page.clock.run_for(5_000)
        expect(said).to_be_hidden()
        page.clock.run_for(6_000)
        expect(said).to_have_text(re.compile(f"^{begin[language][0]}.*/_stcore/stream"), use_inner_text=True)
    wire.does = "passes"
    page.clock.resume()
    expect(page.locator("h1")).to_be_visible()
    expect(said).to_be_hidden()
    speak(page, "vi")
    expect(page.locator("html")).to_have_attribute("lang", "vi")
    page.route("**/_stcore/*", lambda route: route.abort())  # the server has gone
    wire.does = "refuses"
    wire.open[-1].close()
    page.clock.run_for(60_000)
    expect(said).to_have_text(re.compile(f"^{begin['vi'][1]}"), use_inner_text=True)
    expect(page.get_by_role("dialog")).to_have_count(0)  # Streamlit would say it in English
    wire.does = "passes"
    page.unroute("**/_stcore/*")
    page.clock.run_for(60_000)
    expect(said).to_be_hidden()
    page.route("**/_stcore/stream", lambda route: route.fulfill(status=503))  # too many pages are open
    wire.does = "refuses"
    page.goto(f"{server}/?lang=zh")
    expect(page.get_by_test_id("stApp")).to_be_attached()
    page.clock.run_for(11_000)
    expect(said).to_have_text(re.compile("^当前打开的地图页面已达"), use_inner_text=True)
    page.close()
