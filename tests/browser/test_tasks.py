"""What people come for, each found by clicks alone: at most three, without scrolling, at 1440 × 900."""

import re
from urllib.parse import parse_qs, urljoin, urlsplit

import pytest
from playwright.sync_api import expect

from atlas.model.selection import Selection
from atlas.model.topics import LABOUR
from atlas.words import naming, search, vocabulary
from atlas.words.translator import Translator
from tests.browser.pages import DRAWN, go_to, settled
from tests.browser.test_accessibility import violations
from tests.conftest import wait_until

CLICKS = 3
# the elements of page or map frame that say a text, are on the screen and covered by nothing
SAYS = """([text, within]) => [...document.querySelectorAll(within)].filter((one) => {
  const { left, right, top, bottom } = one.getBoundingClientRect();
  if (!one.textContent.replace(/\\s+/g, " ").includes(text) || top < 0 || bottom > innerHeight || right <= left) return false;
  const above = document.elementFromPoint(left + Math.min(right - left, 40) / 2, (top + bottom) / 2);
  return one.contains(above) || above?.contains(one);
}).length"""
WITHIN = "p, dt, dd, li, td, th, h1, h2, h3, h4, a, strong, span, small, summary, text, [data-testid=stText]"
# the smallest type of the texts that are drawn within some elements
SMALLEST = """(within) => Math.min(...[...document.querySelectorAll(within)]
    .flatMap((all) => [all, ...all.querySelectorAll("*")])
    .filter((one) => one.getClientRects().length && [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim()))
    .map((one) => parseFloat(getComputedStyle(one).fontSize)))"""


class Visitor:
    """Somebody with a mouse and a keyboard, who never scrolls."""

    def __init__(self, page):
        self.page = page
        self.clicks = 0

    def begins(self, address: str = "/?lang=en") -> None:
        """Stand before the first page, as if it had been opened just now."""
        self.page.keyboard.press("Escape")  # a filter or a menu that is still open
        if not self.page.url.endswith(address):
            go_to(self.page, address)
        self.page.evaluate("document.querySelector('[data-testid=stMain]').scrollTo(0, 0)")
        self.clicks = 0

    def presses(self, target, to=None) -> None:
        """Click the middle of what can be seen; with ``to``, drag it there."""
        self.clicks += 1
        assert self.clicks <= CLICKS
        settled(self.page)  # what is drawn anew between pressing and letting go is not clicked
        expect(target).to_be_in_viewport(ratio=0.99)
        self.page.mouse.move(*middle(target))
        self.page.mouse.down()
        if to:
            self.page.mouse.move(*middle(to), steps=4)
        self.page.mouse.up()
        self.page.evaluate(DRAWN)

    def types(self, text: str) -> None:
        """Type where the last click was, and press Enter."""
        self.page.keyboard.type(text)
        self.page.keyboard.press("Enter")

    def goes_to(self, entry: str, *beside: str) -> None:
        """Take an entry of the menu, and pages beside its first."""
        self.presses(self.page.locator(".atlas-bar nav").get_by_role("link", name=entry))
        for name in beside:
            self.presses(self.page.locator("nav.views").get_by_role("link", name=name))
            expect(self.page.locator("h1")).to_have_text(name)
        settled(self.page)

    def opens(self, facet: str) -> None:
        """Open a filter."""
        self.presses(self.page.locator(f"[data-facet={facet}] > summary"))

    def reads(self, *texts: str, within: str = WITHIN) -> None:
        """Each text stands on the screen before long."""
        for text in texts:
            wait_until(lambda text=text: self.page.evaluate(SAYS, [text, within]), 20)


def middle(target) -> tuple[float, float]:
    box = wait_until(target.bounding_box)
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def choice(page, text: str):
    return page.locator(".choices:visible button").filter(has_text=text).first


def row(page, text: str):
    return page.locator(".records tbody tr[data-id]").filter(has_text=text).first


@pytest.fixture
def visitor(visit):
    page = visit("/?lang=en")
    settled(page)
    return Visitor(page)


def test_pairs_are_found_dated_read_and_passed_on(visitor, atlas):
    page, english = visitor.page, Translator("en")
    find = page.locator(".bar .find")

    visitor.begins()  # with whom is Mèo Vạc twinned?
    visitor.presses(find)
    visitor.types("meo vac")
    pairs = Selection(q="meo vac").twinnings(atlas)
    visitor.reads(*(naming.pair(atlas, one, "en") for one in pairs.index))
    visitor.reads(f"shown {len(pairs)} of")

    visitor.begins()  # Lạng Sơn from 2013 to 2018, and what has no date
    visitor.opens("province")
    visitor.types("lang son")
    expect(page).to_have_url(re.compile("province=lang-son"))
    visitor.presses(page.locator("[data-year='2013']"), to=page.locator("[data-year='2018']"))
    expect(page).to_have_url(re.compile("from=2013&to=2018"))
    visitor.presses(page.locator("[data-undated=include]:visible"))
    wanted = Selection(province=("lang-son",), year_from=2013, year_to=2018, undated="include").twinnings(atlas)
    visitor.reads(f"shown {len(wanted)} of", *(naming.pair(atlas, one, "en") for one in wanted.index))

    visitor.begins()  # who stands in for Thượng Phùng, and which sources say so?
    visitor.presses(find)
    visitor.types("thuong phung")
    (pair,) = Selection(q="thuong phung").twinnings(atlas).index
    expect(page.locator(".records tbody tr[data-id]")).to_have_count(1)
    visitor.presses(row(page, "Thượng Phùng"))
    (side,) = (one for one in atlas.twinnings.at[pair, "vn"] if atlas.places.name(one, "en") == "Thượng Phùng")
    (successor,) = atlas.places.successors(side)
    visitor.reads(atlas.places.name(successor, "en"), within=".st-key-record-card *")
    expect(page.locator(".st-key-record-card")).to_contain_text("Sources")
    source = atlas.table("sources").at[atlas.twinnings.at[pair, "sources"][0], "title"]
    visitor.reads(source, within=".st-key-record-card *")

    page.context.grant_permissions(["clipboard-read", "clipboard-write"])  # and a link to it, for a colleague
    visitor.presses(page.locator(".st-key-record-card [data-copy]"))
    expect(page.locator(".st-key-record-card [data-copy]")).to_have_text(english("Copied"))
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.url
    assert parse_qs(urlsplit(copied).query)["pair"] == [pair]

    visitor.clicks = 0  # the language in the middle of it
    visitor.presses(page.locator(".st-key-language summary"))
    visitor.presses(page.locator(".st-key-language button[lang=zh]"))
    expect(page.locator("html")).to_have_attribute("lang", "zh-Hans")
    visitor.reads(atlas.places.name(successor, "zh"), within=".st-key-record-card *")
    assert parse_qs(urlsplit(page.url).query) == parse_qs(urlsplit(copied).query) | {"lang": ["zh"]}


def test_everything_is_found_by_the_keyboard_in_one_box(visitor, atlas):
    page = visitor.page
    box, options = page.get_by_role("combobox", name="Search everything"), page.locator("#search-list a")
    first = search.find(atlas, "meo vac", "en").groups[0]
    page.frame_locator("iframe[title*=folium]").locator("#map_div").focus()  # the key works from anywhere
    page.keyboard.press("/")
    expect(box).to_be_focused()
    page.keyboard.type("meo vac", delay=30)
    expect(page.locator(".search-said")).to_contain_text(f"{first.label}: {first.total}")
    expect(box).to_have_value("meo vac")
    assert options.first.inner_text().startswith(first.items[0].title)
    page.keyboard.press("ArrowUp")
    expect(options.last).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(box).to_have_attribute("aria-activedescendant", options.first.get_attribute("id"))
    assert violations(page) == []
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(f"/{first.kind}\\?id={first.items[0].id}&lang=en$"))
    settled(page)
    expect(page.locator("h1")).to_be_focused()
    expect(box).to_have_value("")

    page.locator(".help").focus()  # a word that is spelled wrongly is a suggestion
    page.keyboard.press("/")
    page.keyboard.type("meo vacc")
    meant = page.get_by_role("group", name="Did you mean").get_by_role("option", name="Mèo Vạc").first
    expect(meant).to_be_visible()
    expect(options.and_(page.locator(".hit"))).to_have_count(0)
    page.keyboard.press("Escape")
    expect(meant).to_be_hidden()
    expect(page.locator(".help")).to_be_focused()

    page.keyboard.press("/")  # a word of which nothing is known opens the page of results
    page.keyboard.type("zzzzzz")
    expect(options).to_have_text(["Recognise a list"])
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/search\?find=zzzzzz&lang=en$"))
    expect(page.locator(".how").get_by_role("link", name="Recognise a list")).to_be_visible()
    expect(box).to_have_value("zzzzzz")

    go_to(page, "/search?find=funing&lang=en")  # what is found is the list of this page
    page.locator(".skip").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".found a").first).to_be_focused()

    page.route("**/search.json*", lambda route: route.abort())
    page.locator(".help").focus()
    page.keyboard.press("/")
    page.keyboard.type("meo vac")
    expect(page.locator(".search-nothing")).to_have_text("The server does not answer. Please try again.")
    page.unroute("**/search.json*")


def test_letters_that_are_being_composed_wait_and_a_phone_has_the_box_behind_a_button(visitor, atlas):
    page = visitor.page
    go_to(page, "/help?lang=zh")
    asked = []
    page.on("request", lambda request: asked.extend(["search.json" in request.url] * ("search.json" in request.url)))
    page.keyboard.press("/")
    page.devtools.send("Input.imeSetComposition", {"text": "jingxi", "selectionStart": 6, "selectionEnd": 6})
    page.evaluate(
        "document.activeElement.form.requestSubmit()"
    )  # as Enter does where a program for writing lets it through
    page.evaluate("() => new Promise((rests) => setTimeout(rests, 200))")
    assert not asked
    assert "/help?" in page.url
    page.devtools.send("Input.insertText", {"text": "靖西县"})
    place = page.locator("#search-list [role=group]").first
    expect(place).to_contain_text("靖西")
    assert not re.search("[A-Za-z]{3}", place.inner_text())
    page.keyboard.press("Escape")
    expect(page.locator(".search-found")).to_be_hidden()

    page.set_viewport_size({"width": 390, "height": 844})
    opens, box = page.locator(".search-open"), page.locator(".search input")
    expect(box).to_be_hidden()
    opens.click()
    expect(box).to_be_focused()
    page.keyboard.type("funing")
    expect(page.locator("#search-list a").first).to_be_visible()
    assert page.locator(".search-found").bounding_box()["width"] == 390
    page.locator(".search-close").click()
    expect(box).to_be_hidden()
    expect(opens).to_be_focused()


def test_days_gates_and_files_are_three_clicks_away(visitor, atlas):
    page = visitor.page

    visitor.begins()  # the map as of 2016
    visitor.opens("more")
    visitor.presses(page.locator("input.day"))
    visitor.types("2016")
    visitor.reads("as of 31 December 2016", within="[data-testid=stText]")
    expect(page.locator(".as-of output")).to_have_text("2016")

    visitor.begins()  # the gates
    visitor.opens("more")
    visitor.presses(choice(page, vocabulary.layer_names(Translator("en"))["crossings"]))
    frame = page.frame_locator("iframe[title*=folium]")
    gates = frame.locator("[aria-label*='international crossing']")
    expect(gates.first).to_be_visible()
    wait_until(lambda: sum(on_screen(page, gate) for gate in gates.all()) > 3)

    visitor.begins()  # the list for Excel
    visitor.presses(page.locator(".st-key-downloads button").first)
    with page.expect_download() as download:
        visitor.presses(page.locator(".st-key-downloads-xlsx button").first)
    assert download.value.suggested_filename.endswith(".xlsx")


def on_screen(page, target) -> bool:
    box, size = target.bounding_box(), page.viewport_size
    return bool(box) and 0 <= box["x"] < size["width"] and 0 <= box["y"] < size["height"]


def test_study_work_meetings_and_contradictions_are_three_clicks_away(visitor, atlas):
    page = visitor.page

    visitor.begins()  # the scholarships of Hà Giang, by degree and by city
    visitor.goes_to("Study and work")
    visitor.reads("Students on scholarships, by degree", "Students by province and city of study")
    visitor.reads("Hà Giang", within=".st-key-chart-totals-0 *")
    visitor.reads("Undergraduate 108", within=".st-key-chart-totals-0 *")
    visitor.reads("Hà Giang", "Guilin", within=".st-key-chart-cities *")

    # Hà Giang beside Cao Bằng, on paper one sheet that can be read: in Vietnamese, whose texts are the longest
    visitor.begins("/province?lang=vi&province=ha-giang")
    visitor.presses(page.locator(".province-name summary", has_text="So sánh với"))
    visitor.presses(page.locator(".province-name .menu[open] a", has_text="Cao Bằng"))
    visitor.reads("13 trên 17", "1 trên 21", within=".compared *")
    settled(page)
    assert violations(page) == []
    assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4"))) == 1
    page.emulate_media(media="print")
    assert page.evaluate(SMALLEST, ".compared, .noted, .printed") >= 8 * 96 / 72  # 8 pt in pixels
    page.emulate_media(media="screen")
    visitor.presses(page.locator(".compared details.row summary").nth(2))
    visitor.reads("Thủy Khẩu", within=".compared *")

    visitor.begins()  # the course of November 2024
    visitor.goes_to("Study and work", "Training")
    (course,) = (
        one
        for one in atlas.records("events", atlas.table("events").index)
        if len(one["route"]) > 1 and one["date_from"].startswith("2024-11")
    )
    visitor.reads(
        "Nov 2024",
        *(atlas.places.name(place, "en") for place in course["route"]),
        within=f".st-key-route-{course['id']} *",
    )

    visitor.begins()  # what falls due, and into the calendar of this device
    visitor.goes_to("Meetings", "Falling due")
    visitor.presses(page.locator(".subscribe summary"))
    visitor.clicks = 0
    # not clicked: the browser would wait for another program, and take the next click as well
    assert page.locator(".subscribe a[data-subscribe]").evaluate("(link) => link.href") == urljoin(
        page.url, "calendar.ics?lang=en"
    )
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    visitor.presses(page.locator(".subscribe [data-copy]"))
    wait_until(lambda: page.evaluate("navigator.clipboard.readText()") == urljoin(page.url, "calendar.ics?lang=en"))

    visitor.begins()  # agreements on labour
    visitor.goes_to("Study and work", "Labour")
    agreements = LABOUR.records(atlas, Selection())["agreements"]
    assert len(agreements) > 3
    visitor.reads(*agreements["title_en"])

    visitor.begins()  # the last and the next meeting, and what the 16th has brought
    visitor.goes_to("Meetings")
    visitor.reads("Last session", "Next sessions", within=".st-key-sessions *")
    visitor.presses(page.locator(".st-key-chart-series").get_by_role("link", name=re.compile("16")).first)
    visitor.reads("Outcomes", within=".st-key-sessions *")

    visitor.begins()  # where sources disagree
    visitor.goes_to("Sources")
    visitor.presses(page.get_by_role("navigation").get_by_text("Where sources disagree"))
    expect(page.locator(".records tbody tr[data-id]").first).to_be_visible()
    visitor.presses(page.locator(".records tbody tr[data-id]").nth(1))
    visitor.reads("What the atlas uses", within=".st-key-record-card *")
