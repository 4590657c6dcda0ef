"""Validating the curated tables: how long it takes, and how that grows with their rows.

The tables are grown to 10 and 100 times their size, see :mod:`benchmarks.grown_seeds`.
"""

import tempfile
import time
from pathlib import Path

from atlas.records import validate
from benchmarks.grown_seeds import grow

TIMES = (1, 10, 100)


def main() -> None:
    """Print rows, seconds, and their ratios to the tables as they are."""
    first = None
    print("| rows | seconds | rows, ratio | seconds, ratio |\n|---|---|---|---|")
    for times in TIMES:
        with tempfile.TemporaryDirectory() as folder:
            rows = grow(Path(folder), times)
            start = time.perf_counter()
            problems = validate(folder)
            seconds = time.perf_counter() - start
        if problems:
            raise SystemExit("\n".join(map(str, problems[:20])))
        first = first or (rows, seconds)
        print(f"| {rows:,} | {seconds:.2f} | {rows / first[0]:.0f} | {seconds / first[1]:.1f} |", flush=True)


if __name__ == "__main__":
    main()
