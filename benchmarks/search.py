"""One search over all records, at 1 and 100 times the real size, beside a scan of every text for the same words.

What is typed letter by letter, whole names, titles, and what nobody has written are searched for in the process itself,
each at both sizes in turn, so that whatever slows one slows the other. The scan folds nothing at the time: its texts are
as ready as the index is. ``python -m benchmarks.search 10`` measures another size.
"""

import statistics
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

from atlas.model import store
from atlas.model.addresses import TABLES
from atlas.model.atlas import Atlas
from atlas.model.spelling import fold
from atlas.words import searched
from atlas.words.search import find, prepare
from benchmarks.scale import make

SIZE = 100
ROUNDS = 3
TYPED = {
    "letter by letter": ("me", "meo", "meo v", "meo va", "ha", "ha g", "东", "东兴", "la", "lao c"),
    "names of places": ("Mèo Vạc", "Huyện Mèo Vạc, Hà Giang", "TP. Lào Cai", "广西", "云南省文山州富宁县", "Funing County", "532628"),
    "words of titles": ("hoc bong", "scholarship guangxi", "定期会晤", "hội phụ nữ", "2016", "vietnamplus", "việt nam trung quốc"),
    "misspelled": ("meo vak", "dongxing twinnning", "móng các", "nowhere at all", "靖西壮"),
}  # fmt: skip


def main() -> None:
    """Print medians and the longest at both sizes, with their ratios, and the scan at both sizes."""
    size = int(sys.argv[1]) if len(sys.argv) > 1 else SIZE
    with ExitStack() as kept:
        grown = Path(kept.enter_context(tempfile.TemporaryDirectory()))
        make(grown, size)
        atlases = [store.load(), store.load(grown)]
        print(f"| | 1x | {size}x | ratio |\n|---|---|---|---|")
        row("records", [sum(len(atlas.table(table)) for table in TABLES.values()) for atlas in atlases], "")
        row("index made", [timed(lambda atlas=atlas: prepare(atlas)) for atlas in atlases], "s")
        times = {
            name: [[measured(atlas, text) for text in typed] for atlas in atlases] for name, typed in TYPED.items()
        }
        for name, both in times.items():
            row(f"{name}, median", [statistics.median(values) * 1000 for values in both], "ms")
        row("longest of all", [max(max(both[which]) for both in times.values()) * 1000 for which in (0, 1)], "ms")
        row("scan of every text, median", [scan(atlas) * 1000 for atlas in atlases], "ms")


def row(name: str, values: list[float], unit: str) -> None:
    """Print a line of the table."""
    shown = [f"{value:,.0f}" if value >= 100 else f"{value:.2g}" for value in values]
    print(
        f"| {name} | {' | '.join(f'{value} {unit}'.strip() for value in shown)} | {values[1] / values[0]:.1f} |",
        flush=True,
    )


def measured(atlas: Atlas, text: str) -> float:
    """Median seconds of a search in each language."""
    return statistics.median(
        timed(lambda language=language: find(atlas, text, language)) for language in ("vi", "zh", "en") * ROUNDS
    )


def timed(call) -> float:
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def scan(atlas: Atlas) -> float:
    """Median seconds of looking for each word in each record's texts."""
    texts = [
        "|".join(fold(text) for _, _, text in searched.texts(atlas, kind, row))
        for kind, table in TABLES.items()
        for row in atlas.records(table, atlas.table(table).index)
    ]
    typed = [[fold(word) for word in text.split()] for texts in TYPED.values() for text in texts]
    return statistics.median(
        timed(lambda words=words: [n for n, text in enumerate(texts) if all(word in text for word in words)])
        for words in typed
    )


if __name__ == "__main__":
    main()
