"""Documents: seconds and size of each, the hand-out's time to a usable map, and what an export costs other visitors.

Seconds are wall time after the atlas is loaded, the size is that of the file. The hand-out of everything is
opened from a file without a network, until its lines are drawn. A filter change is one rerun of the page's
script, alone and while another process makes the deck of everything, as the pages do it.
"""

import statistics
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from atlas.exports import formats
from atlas.model import atlas, store
from atlas.model.selection import Selection
from benchmarks.filter_change import server_time
from server.worker import apart
from tests.conftest import chromium

PROVINCE = Selection(province=("tuyen-quang",))
CASES = (
    ("deck of one province", "pptx", PROVINCE, "vi-zh"),
    ("deck of everything", "pptx", None, "vi-zh"),
    ("hand-out of everything", "html", None, "vi-zh"),
    ("briefing of one province (PDF)", "pdf", PROVINCE, "vi-zh"),
    ("briefing of one province (Word)", "docx", PROVINCE, "vi-zh"),
    ("sheet of one province, A3", "sheet-pdf", PROVINCE, "vi-zh"),
    ("map of everything, PNG", "png", None, "vi-zh"),
    ("workbook of everything", "xlsx", Selection(), "vi"),
)


def main() -> None:
    """Print one table for the files, one for the hand-out in a browser, one for other visitors."""
    atlas = store.load()
    print("| file | seconds | kB |\n|---|---|---|")
    made = {}
    for name, kind, selection, language in CASES:
        start = time.perf_counter()
        made[name] = formats.export(atlas, kind, selection, language)
        print(f"| {name} | {time.perf_counter() - start:.1f} | {len(made[name]) / 1000:.0f} |", flush=True)
    print(f"\nHand-out of everything, from file to a drawn map: {opening(made['hand-out of everything']):.2f} s\n")
    alone, beside = filter_changes(atlas)
    print("| filter change | alone | while a deck is made |\n|---|---|---|")
    print(f"| server time, median | {alone * 1000:.0f} ms | {beside * 1000:.0f} ms |")


def opening(content: bytes) -> float:
    """Median seconds until the hand-out's lines are drawn and can be clicked."""
    times = []
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        path = Path(folder, "handout.html")
        path.write_bytes(content)
        for _ in range(3):
            context = browser.new_context(offline=True)
            page = context.new_page()
            start = time.perf_counter()
            page.goto(f"file://{path}", wait_until="commit")
            page.wait_for_selector("path.atlas-twinning", state="attached")
            times.append(time.perf_counter() - start)
            context.close()
    return statistics.median(times)


def filter_changes(atlas: atlas.Atlas) -> tuple[float, float]:
    """Median seconds of a filter change alone, and while another process makes the deck of everything."""
    slugs = atlas.province_slugs[:5]
    alone = server_time("ui/shell.py", slugs)
    apart(formats.export, atlas, "svg", None, "vi")  # the process has started and has its atlas
    with ThreadPoolExecutor() as sessions:
        deck = sessions.submit(apart, formats.export, atlas, "pptx", None, "vi-zh")
        beside = server_time("ui/shell.py", slugs)
        deck.result()
    return alone, beside


if __name__ == "__main__":
    main()
