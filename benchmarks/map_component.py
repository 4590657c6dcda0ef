"""The map in streamlit-folium's frame against the same map as a component of the page, side by side.

Both servers run at once and are asked in turn, so that whatever else the machine does falls on both. CPU time is that
of the server's process or of the browser's main thread, which a busy machine stretches less than the clock.
"""

import os
import re
import statistics
import time
from collections import defaultdict
from pathlib import Path

from streamlit.testing.v1 import AppTest

from atlas import ROOT
from atlas.model import store
from benchmarks.in_page.component import use
from tests.conftest import chromium, running_server, wait_until

WAYS = ("frame", "in the page")
PAGES = ("/", "/scholarships", "/meetings")
MARKS = "path.atlas-twinning, path.atlas-flow, .atlas-point"
CHOSEN = "lang son"
ROUNDS = 5


def main() -> None:
    """Print the medians of both and their ratio."""
    print(f"load of the machine at the beginning: {os.getloadavg()[0]:.1f}\n")
    print("| | frame | in the page | ratio |\n|---|---|---|---|")
    for page, times in server_times().items():
        row(f"{page}: server time of a filter change, CPU, ms", times)
    figures = defaultdict(lambda: {way: [] for way in WAYS})
    with running_server() as frame, running_server("benchmarks/in_page/app.py") as page:
        addresses = dict(zip(WAYS, (frame, page)))
        with chromium() as browser:
            for way, address in addresses.items():  # warms the server
                visit(browser, address, "/", way)
            for number in range(ROUNDS):
                for path in PAGES:
                    for way in WAYS if number % 2 else reversed(WAYS):
                        for name, value in visit(browser, addresses[way], path, way).items():
                            figures[name][way].append(value)
    for name, values in figures.items():
        row(name, values)
    print(f"\nmedians of {ROUNDS} rounds; load of the machine at the end: {os.getloadavg()[0]:.1f}")


def row(name: str, values: dict[str, list[float]]) -> None:
    frame, page = (statistics.median(values[way]) for way in WAYS)
    print(f"| {name} | {frame:.3g} | {page:.3g} | {frame / page:.2f} |", flush=True)


def server_times() -> dict[str, dict[str, list[float]]]:
    """Milliseconds of CPU of a rerun after another province has been chosen, of each page and way."""
    times = {path: {way: [] for way in WAYS} for path in PAGES}
    slugs = store.load().province_slugs
    for path in PAGES:
        apps = {}
        for way in WAYS:
            use(way)
            apps[way] = AppTest.from_file(str(ROOT / "ui/shell.py"), default_timeout=120).run()
            if path != "/":
                apps[way].switch_page(f"../pages{path}.py").run()
        for turn, slug in enumerate(slugs * 4):
            for way in WAYS if turn % 2 else reversed(WAYS):
                use(way)
                apps[way].multiselect(key="province").set_value([slug])
                start = time.process_time()
                apps[way].run()
                times[path][way].append((time.process_time() - start) * 1000)
                assert not apps[way].exception
    return {path: {way: values[len(slugs) :] for way, values in ways.items()} for path, ways in times.items()}


def visit(browser, address: str, path: str, way: str) -> dict[str, float]:
    """What a first visit with an empty cache costs, and then one filter change, by name."""
    context = browser.new_context(locale="en-GB", viewport={"width": 1440, "height": 900})
    page = context.new_page()
    received, refused = [], []
    page.on("console", lambda message: "Content Security Policy" in message.text and refused.append(message.text))
    page.on(
        "websocket",
        lambda socket: socket.on("framereceived", lambda data: received.append(len(data))),
    )
    devtools = context.new_cdp_session(page)
    devtools.send("Performance.enable")
    start = time.perf_counter()
    page.goto(address + path)
    chart = page.frame_locator("iframe[title*=folium]") if way == "frame" else page
    chart.locator(MARKS).first.wait_for(timeout=120_000)
    figures = {f"{path}: first visible map, s": time.perf_counter() - start}
    figures[f"{path}: first visible map, CPU of the main thread, s"] = measured(devtools)["ThreadTime"]
    settle(page, received)
    figures[f"{path}: page at rest, CPU of the main thread, s"] = measured(devtools)["ThreadTime"]
    devtools.send("HeapProfiler.collectGarbage")
    figures[f"{path}: page at rest, JavaScript heap, MB"] = measured(devtools)["JSHeapUsedSize"] / 1e6
    figures[f"{path}: page at rest, memory of its process, MB"] = memory(browser)
    count = marks(page, way)
    box = page.get_by_role("combobox", name="Vietnamese province").first
    box.fill(CHOSEN)
    settle(page, received)
    received.clear()
    spent, start = measured(devtools)["ThreadTime"], time.perf_counter()
    box.press("Enter")
    wait_until(lambda: marks(page, way) != count, 60, 0.02)
    figures[f"{path}: filter change, until it is drawn, s"] = time.perf_counter() - start
    settle(page, received)
    figures[f"{path}: filter change, CPU of the main thread, s"] = measured(devtools)["ThreadTime"] - spent
    figures[f"{path}: filter change, bytes over the websocket, kB"] = sum(received) / 1000
    assert not refused, refused
    context.close()
    return figures


def measured(devtools) -> dict[str, float]:
    return {one["name"]: one["value"] for one in devtools.send("Performance.getMetrics")["metrics"]}


def memory(browser) -> float:
    """What the largest process of a page holds in MB; pages of memory that it shares count by its share."""
    session = browser.new_browser_cdp_session()
    running = session.send("SystemInfo.getProcessInfo")["processInfo"]
    session.detach()
    files = [Path(f"/proc/{one['id']}/smaps_rollup") for one in running if one["type"] == "renderer"]
    return max(int(re.search(r"Pss: +(\d+)", file.read_text())[1]) for file in files) / 1000


def marks(page, way: str) -> str:
    """The names of all marks that are on the map."""
    script = "(nodes) => nodes.map((node) => node.getAttribute('aria-label')).join('|')"
    chart = page.frame_locator("iframe[title*=folium]") if way == "frame" else page
    return chart.locator("[aria-label][role=button].leaflet-interactive").evaluate_all(script)


def settle(page, received: list, seconds: float = 1.5) -> None:
    """Wait until the script has run and nothing has come for a while."""
    state = {"count": -1, "since": time.monotonic()}

    def still() -> bool:
        running = page.locator("[data-test-script-state]").first.get_attribute("data-test-script-state")
        if running != "notRunning" or len(received) != state["count"]:
            state.update(count=len(received), since=time.monotonic())
        return time.monotonic() - state["since"] > seconds

    wait_until(still, 120)


if __name__ == "__main__":
    main()
