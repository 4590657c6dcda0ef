"""The pages on flows, meetings and provinces: one filter change, and the first view on a warm server.

Server time is that of one rerun of the page's script after another province has been chosen; bytes are
what the browser receives over the websocket for it; the first view is from ``goto`` until the map shows
its first mark and the first chart, or the key figures of the province, are drawn.
"""

import statistics
import time

from streamlit.testing.v1 import AppTest

from atlas import ROOT
from atlas.model import store
from benchmarks.filter_change import choose_in_atlas, quiet
from tests.conftest import chromium, running_server

PAGES = ("scholarships", "training", "labour", "meetings", "province")
VIEWS = 3
FIRST = {"province": "?province=dien-bien"}  # without one that page is a list of provinces
MARK = ".atlas-flow, .atlas-point, .atlas-twinning"
CHART = ".bars, .series-chart, .key-figures, [data-testid=stVegaLiteChart] :is(svg, canvas)"
CHOSEN = ("quang-ninh", "ha-giang", "lang-son", "cao-bang")


def main() -> None:
    """Print the median of each figure for each page."""
    slugs = store.load().province_slugs
    print("| page | server time | bytes over the websocket | first view |\n|---|---|---|---|")
    with running_server() as address, chromium() as browser:
        for page in PAGES:
            seconds = server_time(page, slugs)
            received, view = in_browser(browser, f"{address}/{page}", FIRST.get(page, ""))
            print(f"| {page} | {seconds * 1000:.0f} ms | {received / 1000:.1f} kB | {view:.2f} s |", flush=True)


def server_time(page: str, slugs: list[str]) -> float:
    """Median seconds of a rerun after each province has been chosen, the first round left out."""
    app = AppTest.from_file(str(ROOT / "ui/shell.py"), default_timeout=60).run()
    app.switch_page(f"../pages/{page}.py").run()
    times = []
    for slug in slugs * 2:
        app.query_params["province"] = slug
        start = time.perf_counter()
        app.run()
        times.append(time.perf_counter() - start)
        assert not app.exception
    return statistics.median(times[len(slugs) :])


def in_browser(browser, address: str, query: str) -> tuple[float, float]:
    """Median bytes received for a filter change, and median seconds to the first view, which is asked with ``query``."""
    browser.new_page().goto(address)
    views = []
    for _ in range(VIEWS):
        context = browser.new_context(locale="en-GB", viewport={"width": 1440, "height": 900})
        page, received = context.new_page(), []
        page.on(
            "websocket",
            lambda socket, received=received: socket.on("framereceived", lambda data: received.append(len(data))),
        )
        start = time.perf_counter()
        page.goto(address + query)
        map_of = page.frame_locator("iframe[title*=folium]")
        map_of.locator(MARK).first.wait_for(state="attached", timeout=60_000)
        page.locator(CHART).first.wait_for(timeout=60_000)
        views.append(time.perf_counter() - start)
    page.goto(address)
    quiet(page, received)
    sizes = []
    for slug in CHOSEN:
        received.clear()
        choose_in_atlas(page, slug)
        quiet(page, received)
        sizes.append(sum(received))
        page.locator(".chips .clear").click()
        quiet(page, received)
    return statistics.median(sizes), statistics.median(views)


if __name__ == "__main__":
    main()
