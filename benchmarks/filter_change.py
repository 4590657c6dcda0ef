"""One filter change: the atlas against a plain folium map of the same data, redrawn at every rerun.

Server time is that of one rerun of the page's script; bytes are what the browser receives over the
websocket between the change and the new count; the first view is from the navigation to a map that stands in a page
that is shown, as the browser itself tells: whoever asks it again and again hears of it half a second later.
"""

import json
import re
import statistics
import time
from collections.abc import Callable
from contextlib import ExitStack
from importlib.resources import files

from playwright.sync_api import Browser, Page
from streamlit.testing.v1 import AppTest

from atlas import ROOT
from atlas.model import store
from tests.conftest import chromium, running_server, wait_until

FOREIGN = re.compile(r"^https:")  # the plain map's libraries; asking about every request would slow both
CURVE = "path.leaflet-interactive"
STANDS = """{
  const look = () => {
    const drawn = [...document.querySelectorAll("iframe")].some((one) => one.contentDocument?.querySelector(%s));
    if (drawn && !document.documentElement.classList.contains("opening")) window.stands = performance.now();
    else requestAnimationFrame(look);
  };
  if (window === top) look();
}"""
ROUNDS = 2
VIEWS = 9
DRAWN = {"empty": ".leaflet-map-pane"}
CHOSEN = 4  # provinces chosen one after the other in the browser


def main() -> None:
    """Print the atlas and the plain map with their ratio, and the first map beside that of an empty page of Streamlit."""
    slugs = store.load().province_slugs
    atlas_time, plain_time = (server_time(script, slugs) for script in ("ui/shell.py", "benchmarks/plain_map.py"))
    pages = {"atlas": "app.py", "plain": "benchmarks/plain_map.py", "empty": "benchmarks/empty_server.py"}
    views: dict[str, list[float]] = {name: [] for name in pages}
    with ExitStack() as running:
        addresses = {name: running.enter_context(running_server(script)) for name, script in pages.items()}
        browser = running.enter_context(chromium())
        # in turn, but those of the plain map, which takes long to clear away, after all others
        for name in [*("atlas", "empty") * (VIEWS + 1), *["plain"] * (VIEWS + 1)]:
            views[name].append(first_view(browser, addresses[name], DRAWN.get(name, CURVE), foreign=name == "plain"))
        atlas_bytes = sizes(browser, addresses["atlas"], slugs, choose_in_atlas)
        plain_bytes = sizes(browser, addresses["plain"], slugs, choose_in_plain)
    atlas_view, plain_view, empty_view = (
        statistics.median(views[name][1:])
        for name in pages  # the first warms the server
    )
    print("| one filter change | atlas | plain folium | ratio |\n|---|---|---|---|")
    print(
        f"| server time, median | {atlas_time * 1000:.0f} ms | {plain_time * 1000:.0f} ms | {plain_time / atlas_time:.1f} |"
    )
    print(
        f"| bytes over the websocket, median | {atlas_bytes / 1000:.1f} kB | {plain_bytes / 1000:.1f} kB | {plain_bytes / atlas_bytes:.1f} |"
    )
    print(
        f"| first visible map, warm server | {atlas_view:.2f} s | {plain_view:.2f} s | {plain_view / atlas_view:.1f} |"
    )
    print(
        f"\nfirst map of an empty page of Streamlit: {empty_view:.2f} s; the atlas's: {atlas_view / empty_view:.2f} times that"
    )


def server_time(script: str, slugs: list[str]) -> float:
    """Median seconds of a rerun after each province has been chosen."""
    app = AppTest.from_file(str(ROOT / script), default_timeout=60).run()
    times = []
    for slug in slugs * ROUNDS:
        app.query_params["province"] = slug
        start = time.perf_counter()
        app.run()
        times.append(time.perf_counter() - start)
        assert not app.exception
    return statistics.median(times)


def choose_in_atlas(page, slug: str) -> None:
    """Choose one more province in the bar of filters."""
    facet = page.locator(".facet[data-facet=province]")
    facet.locator("summary").click()
    facet.locator(f"[data-toggle='province={slug}']").click()


def choose_in_plain(page, slug: str) -> None:
    """Choose one more province in the box of the plain map."""
    page.get_by_role("combobox", name="Province").first.click()
    page.get_by_role("option", name=slug, exact=True).click()


def opened(browser: Browser, foreign: bool) -> Page:
    """A page with an empty cache that hears what it receives.

    :param foreign: whether it asks foreign hosts. To answer for them keeps a browser from using its cache.
    """
    context = browser.new_context(locale="en-GB", viewport={"width": 1440, "height": 900})
    if foreign:
        context.route(FOREIGN, instead_of_cdn)
    page = context.new_page()
    page.received = []
    page.on("websocket", lambda socket: socket.on("framereceived", lambda data: page.received.append(len(data))))
    return page


def first_view(
    browser: Browser, address: str, drawn: str, foreign: bool, prepare: Callable[[Page], None] = lambda page: None
) -> float:
    """Seconds until the map stands.

    :param prepare: what is done with the page before.
    """
    page = opened(browser, foreign)
    prepare(page)
    page.add_init_script(STANDS % json.dumps(drawn))
    page.goto(address)
    seconds = wait_until(lambda: page.evaluate("window.stands"), 60) / 1000
    page.context.close()
    return seconds


def sizes(browser: Browser, address: str, slugs: list[str], change: Callable[[Page, str], None]) -> float:
    """Median bytes received for a filter change."""
    page, found = opened(browser, foreign=change is choose_in_plain), []
    page.goto(address)
    page.frame_locator("iframe[title*=folium]").locator(CURVE).first.wait_for(state="attached", timeout=60_000)
    quiet(page, page.received)
    for slug in slugs[:CHOSEN]:
        page.received.clear()
        change(page, slug)
        quiet(page, page.received)
        page.keyboard.press("Escape")
        found.append(sum(page.received))
    page.context.close()
    return statistics.median(found)


def instead_of_cdn(route) -> None:
    """Give the plain map its Leaflet, which it asks of a foreign host, at once; of the rest it needs nothing."""
    name = route.request.url.rsplit("/", 1)[-1]
    if name in ("leaflet.js", "leaflet.css"):
        route.fulfill(path=files("xstatic.pkg.leaflet") / "data" / name)
    else:
        route.fulfill(body="", content_type="text/css" if name.endswith(".css") else "text/javascript")


def quiet(page, received: list, seconds: float = 2.0) -> None:
    """Wait until the script has run and nothing has come for a while; Playwright hears of frames only in its calls."""
    state = {"count": 0, "since": time.monotonic()}

    def still() -> bool:
        state_of_script = page.locator("[data-test-script-state]").first.get_attribute("data-test-script-state")
        if state_of_script != "notRunning" or len(received) != state["count"]:
            state.update(count=len(received), since=time.monotonic())
        return bool(received) and time.monotonic() - state["since"] > seconds

    wait_until(still)


if __name__ == "__main__":
    main()
