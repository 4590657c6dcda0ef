"""The atlas as one file from a disk, beside the pages of the server and a plain folium map in a page of Streamlit.

The first view is from the navigation to a map that stands; a filter change is from the click on a province to the frame
that shows its count. That of the plain map is the server's time of one rerun alone, which is the least that it can take.
"""

import statistics
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

from playwright.sync_api import Browser, Page

from atlas.exports.formats import export
from atlas.model import store
from benchmarks.filter_change import CURVE, first_view, opened, server_time
from tests.conftest import chromium, running_server, wait_until

VIEWS = 5
CHANGED = """([slug, count]) => new Promise((done) => {
  const told = () => document.querySelector(count)?.textContent, before = told(), begun = performance.now();
  document.querySelector(`[data-toggle="province=${slug}"]`).click();
  const look = () => (told() === before ? requestAnimationFrame(look) : requestAnimationFrame(() => done(performance.now() - begun)));
  look();
})"""
DRAWN = """(slug) => new Promise((done) => {
  const begun = performance.now();
  document.querySelector(`[data-toggle="province=${slug}"]`).click();
  const look = () => (document.documentElement.dataset.shown === location.hash ? done(performance.now() - begun) : requestAnimationFrame(look));
  look();
})"""
STANDS = """{
  const look = () => (document.querySelector("%s") ? window.stands = performance.now() : requestAnimationFrame(look));
  look();
}"""
COUNTS = {"file": ".site-count", "pages": ".st-key-selection-count [data-testid=stText]"}


def main() -> None:
    """Print size, first view and filter change of the three with their ratios to the file."""
    atlas = store.load()
    content = export(atlas, "site", None, "en")
    slugs = atlas.province_slugs[:6]
    with ExitStack() as running:
        folder = Path(running.enter_context(tempfile.TemporaryDirectory()))
        (folder / "atlas.html").write_bytes(content)
        file = (folder / "atlas.html").as_uri()
        browser = running.enter_context(chromium())
        pages, plain = (running.enter_context(running_server(one)) for one in ("app.py", "benchmarks/plain_map.py"))
        views = {
            "file": _median(lambda: _file_view(browser, file)),
            "pages": _median(lambda: first_view(browser, pages, CURVE, foreign=False)),
            "plain": _median(lambda: first_view(browser, plain, CURVE, foreign=True)),
        }
        changes = {name: _change(browser, at, slugs, name) for name, at in (("file", file), ("pages", pages))}
        drawn = _drawn(browser, file, slugs)
    changes["plain"] = server_time("benchmarks/plain_map.py", slugs)
    print(
        f"one file: {len(content) / 1000:,.0f} kB; with the map drawn anew a filter change takes {drawn * 1000:.0f} ms\n"
    )
    print("| | one file | pages | ratio | plain folium | ratio |\n|---|---|---|---|---|---|")
    for name, found in (("first visible map", views), ("filter change, median", changes)):
        told = [f"{found[one] * 1000:,.0f} ms" for one in ("file", "pages", "plain")]
        ratios = [f"{found[one] / found['file']:.1f}" for one in ("pages", "plain")]
        print(f"| {name} | {told[0]} | {told[1]} | {ratios[0]} | {told[2]} | {ratios[1]} |")


def _median(view: Callable[[], float]) -> float:
    return statistics.median([view() for _ in range(VIEWS + 1)][1:])  # the first warms what serves it


def _file_view(browser: Browser, address: str) -> float:
    page = opened(browser, foreign=False)
    page.add_init_script(STANDS % CURVE)
    page.goto(address)
    seconds = wait_until(lambda: page.evaluate("window.stands")) / 1000
    page.context.close()
    return seconds


def _ready(browser: Browser, address: str, name: str) -> Page:
    page = opened(browser, foreign=False)
    page.goto(address)
    page.locator(COUNTS[name]).first.wait_for()
    page.locator(".bar [data-facet=province]").wait_for()
    return page


def _change(browser: Browser, address: str, slugs: list[str], name: str) -> float:
    page = _ready(browser, address, name)
    times = [page.evaluate(CHANGED, [slug, COUNTS[name]]) for slug in slugs]
    page.context.close()
    return statistics.median(times) / 1000


def _drawn(browser: Browser, address: str, slugs: list[str]) -> float:
    page = _ready(browser, address, "file")
    times = [page.evaluate(DRAWN, slug) for slug in slugs]
    page.context.close()
    return statistics.median(times) / 1000


if __name__ == "__main__":
    main()
