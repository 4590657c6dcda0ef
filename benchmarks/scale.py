"""Scale: the atlas, plain folium, dash-leaflet and a static page at 1, 10 and 100 times the real size, in one run.

Start is from starting the server to the first page that it has answered; memory is that of the server in the end. A
filter change, and a search, lasts from asking until the whole answer is there, without a browser; bytes are what comes
for it. The first view lasts from ``goto`` to the first twinning on the map, or group of them, in Chromium on a warm
server. The static page has no server: its filter runs in the browser, until it is drawn. What a change costs the
atlas at each size is measured once more on servers side by side, in turn. What takes longer than
:data:`PATIENCE`, or fails, is named and not counted. ``python -m benchmarks.scale 1 10`` measures other sizes.
"""

import asyncio
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import AsyncExitStack, ExitStack
from functools import partial
from pathlib import Path

import altair as alt
import pandas as pd
import playwright.sync_api
import vl_convert

from atlas import DATA, ROOT
from atlas.build import build
from atlas.look import marks
from atlas.model import store
from benchmarks import static_map
from benchmarks.filter_change import FOREIGN, instead_of_cdn
from benchmarks.grown_seeds import grow
from benchmarks.load import Failed, resident, visit
from tests.conftest import chromium, free_port, running_server

SIZES = (1, 10, 100)
PATIENCE = 120  # seconds
CHANGES = 10
WORDS = ("meo vac", "富宁", "hà khẩu", "dongxing", "mong cai", "lang son", "nowhere at all")
CHART = ROOT / "benchmarks/scale.svg"
MEASURES = {
    "start": "s", "memory": "MB", "filter change": "ms", "search": "ms", "bytes of a filter change": "kB",
    "first view": "s", "bytes of the first view": "kB",
}  # fmt: skip
COLOURS = {"atlas": "#d55e00", "plain folium": "#0072b2", "dash-leaflet": "#009e73", "static page": "#5a5a5a"}
DRAWN = ", ".join([*(f"path[stroke='{style['color']}']" for style in marks.LEVEL_STYLES.values()), ".atlas-group"])

Figures = Iterator[tuple[str, float]]  # a measure and its value


def main() -> None:
    """Print a table for each measure, and write the chart of growth."""
    sizes = tuple(map(int, sys.argv[1:])) or SIZES
    found = []
    with ExitStack() as kept:
        folders = {size: Path(kept.enter_context(tempfile.TemporaryDirectory())) for size in sizes}
        for size, data in folders.items():
            make(data, size)
            for name, measured in CONTENDERS.items():
                try:
                    found.extend((name, size, *figure) for figure in measured(data))
                except (Failed, OSError, playwright.sync_api.Error) as failure:
                    print(f"{name} at {size}x: {failure!r}"[:300], flush=True)
        addresses = [kept.enter_context(running_server(ATLAS_DATA=str(data))) for data in folders.values()]
        changes = asyncio.run(side_by_side(addresses))
    table = pd.DataFrame(found, columns=["contender", "size", "measure", "value"])
    for measure, unit in MEASURES.items():
        rows = table[table["measure"] == measure].pivot(index="contender", columns="size", values="value")
        print(f"\n| {measure}, {unit} | {' | '.join(f'{size}x' for size in sizes)} | ratio |")
        print("|---" * (len(sizes) + 2) + "|")
        for name in filter(rows.index.__contains__, CONTENDERS):
            values = [rows.at[name, size] if size in rows else float("nan") for size in sizes]
            shown = ["–" if value != value else f"{value:,.0f}" if value >= 100 else f"{value:.2g}" for value in values]
            ratio = "–" if values[-1] != values[-1] else f"{values[-1] / values[0]:.2f}"
            print(f"| {name} | {' | '.join(shown)} | {ratio} |")
    print(f"\n| atlas, sizes side by side, ms | {' | '.join(f'{size}x' for size in sizes)} | ratio |")
    print("|---" * (len(sizes) + 2) + "|")
    for key, values in changes.items():
        print(f"| {key} | {' | '.join(f'{value * 1000:.0f}' for value in values)} | {values[-1] / values[0]:.2f} |")
    CHART.write_text(growth(table), "utf-8")


def make(data: Path, size: int) -> None:
    """Build the atlas of so many times the real size in a folder."""
    (data / "layers").symlink_to(DATA / "layers")
    with tempfile.TemporaryDirectory() as seeds:
        grow(Path(seeds), size)
        build(Path(seeds), data)


def streamlit(script: str, data: Path) -> Figures:
    """A Streamlit application whose address has a filter ``province``, and perhaps a search ``q``."""
    slugs = store.load(data).province_slugs[:CHANGES]
    start = time.perf_counter()
    with running_server(script, ATLAS_DATA=str(data)) as address:
        times, sizes = asyncio.run(_visit(address, slugs))
        yield "start", times.pop("start") - start
        yield from ((name, statistics.median(values) * 1000) for name, values in times.items() if values)
        yield "bytes of a filter change", statistics.median(sizes) / 1000
        yield "memory", resident(address)
        yield from views(address, "iframe[title*=folium]")


async def _visit(address: str, slugs: list[str]) -> tuple[dict, list[int]]:
    times, sizes = {"filter change": [], "search": []}, []
    async with visit(address, PATIENCE) as visitor:
        times["start"] = time.perf_counter()
        changes = [("province", [slug]) for slug in slugs] + [("province", [])]
        changes += [("q", [word]) for word in WORDS if "q" in visitor.answers.offered]
        for key, values in changes:
            start = time.perf_counter()
            await visitor.change(key, values)
            times["search" if key == "q" else "filter change"].append(time.perf_counter() - start)
            if key == "province":
                sizes.append(visitor.received)
    return times, sizes


async def side_by_side(addresses: list[str]) -> dict[str, list[float]]:
    """Median seconds of each kind of change on every server in turn, so that whatever slows one slows all.

    Nothing is chosen twice: what the atlas remembers of a selection is not measured.
    """
    times = {key: [[] for _ in addresses] for key in ("province", "region", "level", "q")}
    async with AsyncExitStack() as visits:
        visitors = [await visits.enter_async_context(visit(address, PATIENCE)) for address in addresses]
        for key, measured in times.items():
            options = WORDS if key == "q" else visitors[0].options(key)
            for option in options[: 2 * CHANGES]:
                for visitor, seconds in zip(visitors, measured):
                    start = time.perf_counter()
                    await visitor.change(key, [option])
                    seconds.append(time.perf_counter() - start)
            for visitor in visitors:
                await visitor.change(key, [])
    return {key: list(map(statistics.median, measured)) for key, measured in times.items()}


def dash(data: Path) -> Figures:
    """The map of :mod:`benchmarks.dash_map`."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    slugs = store.load(data).province_slugs[:CHANGES]
    start = time.perf_counter()
    command = [sys.executable, "-m", "benchmarks.dash_map", str(port)]
    environment = os.environ | {"ATLAS_DATA": str(data)}
    server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _answer(f"{address}/_dash-layout", start + PATIENCE)
        _ask(address, "all")
        yield "start", time.perf_counter() - start
        times, sizes = [], []
        for slug in [*slugs, "all"]:
            start = time.perf_counter()
            sizes.append(_ask(address, slug))
            times.append(time.perf_counter() - start)
        yield "filter change", statistics.median(times) * 1000
        yield "bytes of a filter change", statistics.median(sizes) / 1000
        yield "memory", resident(address)
        yield from views(address)
    finally:
        server.terminate()
        server.wait(20)


def _answer(address: str, end: float) -> None:
    while True:
        try:
            with urllib.request.urlopen(address, timeout=PATIENCE):
                return
        except OSError:
            if time.perf_counter() > end:
                raise
            time.sleep(0.1)


def _ask(address: str, province: str) -> int:
    """Have the callback run as the page does; the bytes of its answer."""
    question = {
        "output": "twinnings.data",
        "outputs": {"id": "twinnings", "property": "data"},
        "inputs": [{"id": "province", "property": "value", "value": province}],
        "changedPropIds": ["province.value"],
    }
    request = urllib.request.Request(
        f"{address}/_dash-update-component", json.dumps(question).encode(), {"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
        return len(answer.read())


def static(data: Path) -> Figures:
    """The page of :mod:`benchmarks.static_map`, opened from a file."""
    atlas = store.load(data)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "map.html")
        static_map.write(path, atlas)
        yield "bytes of the first view", path.stat().st_size / 1000
        with chromium() as browser:
            page = browser.new_page()
            yield "first view", _opened(page, f"file://{path}")
            change = """(slug) => new Promise((done) => {
                const start = performance.now();
                show(slug);
                requestAnimationFrame(() => setTimeout(() => done(performance.now() - start)));
            })"""
            yield (
                "filter change",
                statistics.median(page.evaluate(change, slug) for slug in [*atlas.province_slugs[:CHANGES], ""]),
            )


def views(address: str, within: str | None = None) -> Figures:
    """Median seconds to the first view, and what comes over the network for one."""
    with chromium() as browser:
        times, sizes = [], []
        for _ in range(3):
            context = browser.new_context(locale="en-GB", viewport={"width": 1440, "height": 900})
            context.route(FOREIGN, instead_of_cdn)
            page, received = context.new_page(), []
            network = context.new_cdp_session(page)
            network.send("Network.enable")
            network.on("Network.loadingFinished", lambda event, got=received: got.append(event["encodedDataLength"]))
            page.on(
                "websocket",
                lambda socket, got=received: socket.on("framereceived", lambda frame: got.append(len(frame))),
            )
            times.append(_opened(page, address, within))
            sizes.append(sum(received))
            context.close()
    yield "first view", statistics.median(times)
    yield "bytes of the first view", statistics.median(sizes) / 1000


def _opened(page, address: str, within: str | None = None) -> float:
    start = time.perf_counter()
    page.goto(address, wait_until="commit", timeout=PATIENCE * 1000)
    map_of = page.frame_locator(within) if within else page
    map_of.locator(DRAWN).first.wait_for(state="attached", timeout=PATIENCE * 1000)
    return time.perf_counter() - start


def growth(table: pd.DataFrame) -> str:
    """The figures over the size as SVG, both axes logarithmic, one small chart a measure."""
    charts = [
        alt.Chart(table[(table["measure"] == measure) & (table["value"] > 0)], title=f"{measure}, {unit}")
        .mark_line(point=True)
        .encode(
            alt.X(
                "size:Q", scale=alt.Scale(type="log"), axis=alt.Axis(values=list(SIZES), title="times the real size")
            ),
            alt.Y("value:Q", scale=alt.Scale(type="log"), axis=alt.Axis(title=None, tickCount=4)),
            alt.Color("contender:N", scale=alt.Scale(domain=list(COLOURS), range=list(COLOURS.values())), title=None),
            alt.Shape("contender:N", scale=alt.Scale(domain=list(COLOURS)), title=None),
        )
        .properties(width=230, height=150)
        for measure, unit in MEASURES.items()
    ]
    return vl_convert.vegalite_to_svg(alt.concat(*charts, columns=3).configure(background="#ffffff").to_json())


CONTENDERS = {
    "atlas": partial(streamlit, "app.py"),
    "plain folium": partial(streamlit, "benchmarks/plain_map.py"),
    "dash-leaflet": dash,
    "static page": static,
}


if __name__ == "__main__":
    main()
