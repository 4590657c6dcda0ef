"""Validating the curated tables: how long it takes, and how that grows with their rows.

The tables are repeated 10 and 100 times under new ids, every reference staying within its copy.
"""

import shutil
import tempfile
import time
from pathlib import Path

import pandas as pd

from atlas import SEEDS
from atlas.records import Field, schema, validate

TIMES = (1, 10, 100)


def main() -> None:
    """Print rows, seconds, and their ratios to the tables as they are."""
    first = None
    print("| rows | seconds | rows, ratio | seconds, ratio |\n|---|---|---|---|")
    for times in TIMES:
        with tempfile.TemporaryDirectory() as folder:
            rows = repeat_tables(Path(folder), times)
            start = time.perf_counter()
            problems = validate(folder)
            seconds = time.perf_counter() - start
        if problems:
            raise SystemExit("\n".join(map(str, problems[:20])))
        first = first or (rows, seconds)
        print(f"| {rows:,} | {seconds:.2f} | {rows / first[0]:.0f} | {seconds / first[1]:.1f} |", flush=True)


def repeat_tables(folder: Path, times: int) -> int:
    """Write the tables so many times over into a folder; the number of rows written."""
    shutil.copy(SEEDS / "datapackage.json", folder)
    rows = 0
    for table in schema(SEEDS).tables.values():
        frame = pd.read_csv(table.file, dtype=str, keep_default_na=False)
        grown = pd.concat(
            frame.assign(**{field.name: renamed(frame[field.name], field, copy) for field in table.fields})
            for copy in range(times)
        )
        grown.to_csv(folder / Path(table.file).name, index=False, lineterminator="\n")
        rows += len(grown)
    return rows


def renamed(texts: pd.Series, field: Field, copy: int) -> pd.Series:
    """A column in one copy: ids, slugs and references get the copy's number."""
    if copy == 0 or not (field.references or field.name in ("id", "slug")):
        return texts
    return texts.str.replace(r"([^;]+)", rf"\1-copy-{copy}", regex=True)


if __name__ == "__main__":
    main()
