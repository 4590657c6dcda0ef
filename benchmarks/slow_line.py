"""The first view on a slow line: 1.5 Mbit/s and a round trip of 150 ms, beside an empty map on an empty page of Streamlit.

Seconds are from the navigation to a map that stands in a page that is shown, on a warm server and with an empty cache
of the browser; bytes are what the browser has received by then, as it counts them on the line.
"""

import statistics
from contextlib import ExitStack

from benchmarks.filter_change import CURVE, DRAWN, first_view
from tests.conftest import chromium, running_server

LINE = {"offline": False, "latency": 150, "downloadThroughput": 1.5e6 / 8, "uploadThroughput": 1.5e6 / 8}
PAGES = {"atlas": "app.py", "empty": "benchmarks/empty_server.py"}
VIEWS = 3


def main() -> None:
    """Print seconds and kB of both, and their ratios."""
    seen: dict[str, list[tuple[float, float]]] = {name: [] for name in PAGES}
    with ExitStack() as running:
        addresses = {name: running.enter_context(running_server(script)) for name, script in PAGES.items()}
        browser = running.enter_context(chromium())
        for name in addresses:
            first_view(browser, addresses[name], DRAWN.get(name, CURVE), foreign=False)  # warms the server
        for name in [*PAGES] * VIEWS:  # in turn
            received = []

            def slow(page, received=received) -> None:
                line = page.context.new_cdp_session(page)
                line.send("Network.enable")
                line.send("Network.emulateNetworkConditions", LINE)
                line.on("Network.loadingFinished", lambda data: received.append(data["encodedDataLength"]))

            seconds = first_view(browser, addresses[name], DRAWN.get(name, CURVE), foreign=False, prepare=slow)
            seen[name].append((seconds, sum(received) / 1000))
    print("| first view at 1.5 Mbit/s, 150 ms | seconds | kB |\n|---|---|---|")
    medians = {name: [statistics.median(one) for one in zip(*views)] for name, views in seen.items()}
    for name, (seconds, size) in medians.items():
        print(f"| {name} | {seconds:.1f} | {size:,.0f} |")
    ratios = [of_atlas / of_empty for of_atlas, of_empty in zip(medians["atlas"], medians["empty"])]
    print(f"\nthe atlas's against the empty page's: {ratios[0]:.2f} times the time, {ratios[1]:.2f} times the bytes")


if __name__ == "__main__":
    main()
