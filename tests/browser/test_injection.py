"""Hostile names in the data: each is shown as it is written, and none runs.

The pages are asked with their content security policy switched off in the browser, so that what holds is that every text
is escaped where it is shown, and once more with the policy on.
"""

import csv
import re
import shutil
from functools import cache
from urllib.parse import urlencode

import pytest
from playwright.sync_api import expect

from atlas import LANGUAGES, ROOT, build
from atlas.model import store
from atlas.records import reading
from tests.browser.pages import ADDRESSES, go_to
from tests.conftest import listen, running_server, wait_until

# what each would set, if it ran, on the page or on the frame of the map
HOSTILE = {
    "image": '<img src=x onerror="parent.ran=window.ran=1">',
    "template literal": "${parent.ran=window.ran=2}",
    "backtick": "`+(parent.ran=window.ran=3)+`",
    "quotes": "\"+(parent.ran=window.ran=4)+\"'+(parent.ran=window.ran=4)+'",
    "end of script": "</script><script>parent.ran=window.ran=5</script>",
    "drawing": "<svg onload='parent.ran=window.ran=6'></svg>",
    "entity": "&lt;img src=x onerror=&quot;parent.ran=window.ran=7&quot;&gt;",
    "markdown": "[x](javascript:parent.ran=8) **b** `c` :red[d] $e$",
    "jinja": "{{ 7 * 7 }}{% raw %}",
    "backslash": "\\u003cimg src=x onerror=parent.ran=10\\u003e\\",
}
RAN = "() => [window.ran, window.parent.ran, document.querySelectorAll('[onerror], [onload]').length]"


def shown(text: str) -> str:
    """A text as a browser renders it: one space where there are several, none at the ends."""
    return " ".join(text.split())


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    """A built data folder in which both sides of one twinning each carry a hostile text, and those twinnings by text."""
    folder = tmp_path_factory.mktemp("hostile")
    seeds, data = folder / "seeds", folder / "data"
    shutil.copytree(ROOT / "seeds", seeds)
    data.mkdir()
    (data / "layers").symlink_to(ROOT / "data" / "layers")
    atlas = store.load()
    friendship = atlas.twinnings[atlas.twinnings["level"].isin(["commune", "district", "prefecture"])]
    taken, chosen = set(), {}
    for row in friendship.to_dict("records"):
        ends = {row["vn"][0], row["cn"][0]}
        alone = len(row["vn"]) == len(row["cn"]) == 1 and not ends & taken
        if len(chosen) < len(HOSTILE) and alone and all(map(atlas.places.position, ends)):
            chosen[row["id"]] = list(HOSTILE)[len(chosen)]
            taken |= ends
    assert len(chosen) == len(HOSTILE)
    of_place = {
        place: HOSTILE[name]
        for one, name in chosen.items()
        for side in ("vn", "cn")
        for place in friendship.at[one, side]
    }
    _rewrite(
        seeds / "places.csv",
        {place: dict.fromkeys(("name_vi", "name_zh", "name_en"), text) for place, text in of_place.items()},
    )
    _rewrite(
        seeds / "twinnings.csv",
        {one: dict.fromkeys(("note_vi", "note_zh", "note_en"), HOSTILE[name]) for one, name in chosen.items()},
    )
    sources = {
        friendship.at[one, "sources"][0]: {"title": HOSTILE[name], "publisher": HOSTILE[name]}
        for one, name in chosen.items()
    }
    _rewrite(seeds / "sources.csv", sources)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reading, "RULES", ())  # they refuse such names; what shows them must not rely on that
        build.build(seeds, data)
    return data, {name: one for one, name in chosen.items()}


def _rewrite(path, changes: dict[str, dict[str, str]]) -> None:
    with path.open(newline="", encoding="utf-8") as file:
        reader = csv.DictReader(file)
        rows = [row | changes.get(row["id"], {}) for row in reader]
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, reader.fieldnames, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


@pytest.fixture(scope="module")
def hostile_server(hostile):
    with running_server(ATLAS_DATA=str(hostile[0])) as address:
        yield address


@pytest.fixture(scope="module")
def pages(browser):
    """One page of a browser that ignores the policy, one of a browser that keeps it."""
    return cache(lambda ignored: listen(browser.new_context(locale="en-GB", bypass_csp=ignored).new_page()))


@pytest.fixture(params=[True, False], ids=["without policy", "with policy"])
def opened(pages, hostile_server, request):
    """Opens an address of the hostile atlas; when the test ends nothing hostile may have run in any frame of the page."""
    page = pages(request.param)

    def visit(address: str):
        page.goto(hostile_server + address)
        return page

    yield visit
    assert_nothing_ran(page)


def assert_nothing_ran(page) -> None:
    for frame in page.frames:
        assert frame.evaluate(RAN) == [None, None, 0]


def tooltips(page) -> list[str]:
    """The text of the tooltip of every curve and mark on the map, in the order in which they are drawn."""
    frame = page.frame_locator("iframe[title*=folium]")
    expect(frame.locator("path.atlas-twinning").first).to_be_visible()
    return frame.locator("body").evaluate(
        """() => {
          const texts = [];
          window.map.eachLayer((layer) => {
            if (!layer.getTooltip?.()) return;
            layer.openTooltip();
            texts.push(layer.getTooltip().getElement().textContent);
            layer.closeTooltip();
          });
          return texts;
        }"""
    )


def lists(page) -> str:
    """The text of the list of every place with several twinnings."""
    frame = page.frame_locator("iframe[title*=folium]")
    return frame.locator("body").evaluate(
        """() => {
          const texts = [];
          window.map.eachLayer((layer) => {
            if (!layer.getTooltip?.() || layer.feature || !layer.listens("click")) return;
            layer.fire("click", { latlng: layer.getLatLng?.() });
            texts.push(document.querySelector(".atlas-list")?.textContent);
          });
          return texts.join();
        }"""
    )


def test_on_the_map_a_hostile_name_is_a_name(opened, request):
    page = opened("/?lang=vi")
    without_policy = request.node.callspec.params["opened"]
    for language in LANGUAGES if without_policy else ("vi",):  # the policy is the same in all
        if language != "vi":
            go_to(page, f"/?lang={language}")
        texts = wait_until(lambda: tooltips(page))
        for name, text in HOSTILE.items():
            assert any(text in one for one in texts), f"{name} is not on the map as it is written in {language}"
        listed = lists(page)
        assert any(text in listed for text in HOSTILE.values())
        assert_nothing_ran(page)


WITHOUT_POLICY = pytest.mark.parametrize("opened", [True], ids=["without policy"], indirect=True)


@WITHOUT_POLICY
def test_in_the_record_card_a_hostile_text_is_a_text(opened, hostile):
    page = opened("/?lang=en")
    card = page.locator(".st-key-record-card")
    for name, text in HOSTILE.items():
        go_to(page, f"/?lang=en&pair={hostile[1][name]}")
        # once for each side and once in the note; its sources may carry another one's text
        wait_until(lambda text=text: shown(card.inner_text()).count(shown(text)) >= 3)
        expect(card).to_contain_text("Sources")
        expect(card.locator("img, script, svg[onload], [href^='javascript']")).to_have_count(0)
        assert_nothing_ran(page)


@WITHOUT_POLICY
def test_every_page_shows_hostile_data_and_runs_none(opened):
    page = opened("/?lang=en")
    for address in ADDRESSES:
        go_to(page, f"{address}?lang=en")
        expect(page.get_by_text("This page has failed.")).to_have_count(0)
        assert_nothing_ran(page)
    page.keyboard.press("/")  # and what the search offers
    page.keyboard.type("img src")
    expect(page.locator("#search-list [role=group]").first).to_contain_text(HOSTILE["image"])
    assert_nothing_ran(page)
    page.keyboard.press("Enter")
    expect(page.locator(".found")).to_contain_text(HOSTILE["image"])
    assert_nothing_ran(page)


def test_a_hostile_address_is_text_at_most(opened):
    """Each text once; every parameter twice."""
    for first in (0, 5):
        texts = list(HOSTILE.values())[first:] + list(HOSTILE.values())[:first]
        query = dict(zip(("q", "province", "region", "level", "pair", "asof", "labels"), texts))
        page = opened(f"/?lang=en&{urlencode(query)}")
        expect(page.get_by_text("Parts of the address were not understood")).to_be_visible()
        assert_nothing_ran(page)


FRAME = "/component/streamlit_folium.st_folium/index.html"
FOREIGN, OWN = (
    "http://elsewhere.test/",
    "http://atlas.test",
)  # over plain HTTP no browser cuts windows of other sites apart
# the frame in a window, in a frame, and in a page of the atlas in a window
PAGES = {
    FOREIGN: f"<iframe src={OWN}{FRAME}></iframe><script>frame = open('{OWN}{FRAME}'); page = open('{OWN}/page')</script>",
    f"{OWN}/page": f"<iframe src={FRAME}></iframe>",
}
DRAW = {"type": "streamlit:render", "args": {"script": "window.ran=11;", "js_links": [], "css_links": [], "header": "", "html": ""}}  # fmt: skip
SEND = "([to, message]) => { const sent = setInterval(() => eval(to).postMessage(message, '*'), 50); }"
COUNT = "addEventListener('message', () => { window.arrived = (window.arrived ?? 0) + 1 }, true)"


@WITHOUT_POLICY
def test_the_frame_of_the_map_obeys_its_own_page_alone(browser, opened, hostile_server):
    expect(opened("/").frame_locator("iframe[title*=folium]").locator("path.atlas-twinning").first).to_be_visible()
    context = browser.new_context()
    context.add_init_script(COUNT)
    context.route(
        re.compile(r"\.test/"),
        lambda route: (
            route.fulfill(body=PAGES[route.request.url], content_type="text/html")
            if route.request.url in PAGES
            else route.fulfill(response=route.fetch(url=hostile_server + route.request.url.removeprefix(OWN)))
        ),
    )
    foreign = context.new_page()
    foreign.goto(FOREIGN)

    def windows():
        return {page.url: page for page in context.pages if len(page.frames) == 2 or page.url == OWN + FRAME}

    wait_until(lambda: foreign.wait_for_timeout(50) or len(windows()) == 3)
    alone, around = windows()[OWN + FRAME], windows()[f"{OWN}/page"]
    inside = around.frames[1]
    assert foreign.frames[1].url.startswith("chrome-error:"), "no page of another site shows it in a frame"
    for target, frame in (("frame", alone.main_frame), ("page.frames[0]", inside)):
        frame.wait_for_function(f"location.pathname === '{FRAME}' && document.readyState === 'complete'", polling=100)
        before = frame.evaluate("window.arrived ?? 0")
        foreign.evaluate(SEND, [target, DRAW])
        frame.wait_for_function(f"window.arrived > {before + 5}", polling=100)
        assert frame.evaluate(RAN)[0] is None
    around.evaluate(SEND, ["frames[0]", DRAW])
    inside.wait_for_function("window.ran === 11", polling=100)
    context.close()
