"""One filter change: the atlas against a plain folium map of the same data, redrawn at every rerun.

Server time is that of one rerun of the page's script; bytes are what the browser receives over the
websocket between the change and the new count; the first view is from ``goto`` to a visible map.
"""

import re
import statistics
import time
from importlib.resources import files

from streamlit.testing.v1 import AppTest

from atlas import ROOT
from atlas.model import store
from tests.conftest import chromium, running_server, wait_until

FOREIGN = re.compile(r"^https:")  # the plain map's libraries; asking about every request would slow both
ROUNDS = 2
CHOSEN = 4  # provinces chosen one after the other in the browser


def main() -> None:
    """Print both and their ratio."""
    slugs = store.load().province_slugs
    atlas_time, plain_time = (server_time(script, slugs) for script in ("ui/shell.py", "benchmarks/plain_map.py"))
    with running_server("app.py") as address, chromium() as browser:
        atlas_bytes, first_view = in_browser(browser, address, choose_in_atlas, slugs)
    with running_server("benchmarks/plain_map.py") as address, chromium() as browser:
        plain_bytes, plain_view = in_browser(browser, address, choose_in_plain, slugs)
    print("| one filter change | atlas | plain folium | ratio |\n|---|---|---|---|")
    print(
        f"| server time, median | {atlas_time * 1000:.0f} ms | {plain_time * 1000:.0f} ms | {plain_time / atlas_time:.1f} |"
    )
    print(
        f"| bytes over the websocket, median | {atlas_bytes / 1000:.1f} kB | {plain_bytes / 1000:.1f} kB | {plain_bytes / atlas_bytes:.1f} |"
    )
    print(
        f"| first visible map, warm server | {first_view:.2f} s | {plain_view:.2f} s | {plain_view / first_view:.1f} |"
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


def in_browser(browser, address: str, choose, slugs: list[str]) -> tuple[float, float]:
    """Median bytes received for a filter change, and seconds from ``goto`` to a visible map on a warm server.

    :param choose: chooses a province on a page.
    """
    browser.new_page().goto(address)
    views = []
    for _ in range(3):
        context = browser.new_context(locale="en-GB", viewport={"width": 1440, "height": 900})
        context.route(FOREIGN, instead_of_cdn)
        page = context.new_page()
        received = []
        page.on(
            "websocket",
            lambda socket, received=received: socket.on("framereceived", lambda data: received.append(len(data))),
        )
        start = time.perf_counter()
        page.goto(address)
        page.frame_locator("iframe[title*=folium]").locator("path.leaflet-interactive").first.wait_for(timeout=60_000)
        views.append(time.perf_counter() - start)
    sizes = []
    for slug in slugs[:CHOSEN]:
        received.clear()
        choose(page, slug)
        quiet(page, received)
        sizes.append(sum(received))
        page.keyboard.press("Escape")
    return statistics.median(sizes), statistics.median(views)


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
