"""The commands for releases of the records: keeping one, and telling what changed between two."""

import argparse
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from atlas import SEEDS, build
from atlas.exports.changed import as_dict
from atlas.model import changes, history, store
from atlas.model.atlas import Atlas
from atlas.model.changes import Change, Difference

LONGEST = 60  # letters of a value that a line shows


def release(options: argparse.Namespace) -> None:
    """Keep the records as they stand in the seeds."""
    path = build.release(Path(os.path.relpath(SEEDS)))
    if path:
        print(f"{path} written; now run: python -m atlas build", file=sys.stderr)
    else:
        print("nothing has changed since the last release; nothing was written", file=sys.stderr)


def diff(options: argparse.Namespace) -> None:
    """Print what changed between two versions."""
    atlas = store.load()
    before, after = (_version(atlas, one, options.series) for one in (options.a, options.b))
    found = changes.compare(before, after, atlas.schema)
    if options.json:
        print(json.dumps(as_dict(found, found.changes), ensure_ascii=False, indent=1))
    else:
        print("\n".join([*_summary(found), "", *(line for one in found.changes for line in _lines(one))]))


def _version(atlas: Atlas, text: str, series: str | None) -> history.Whole:
    if text not in (changes.TODAY, changes.SINCE) and Path(text).is_dir():
        return history.of_files(store.read(Path(text)), atlas.schema)
    return changes.version(atlas, text, series)


def _summary(found: Difference) -> Iterator[str]:
    yield f"{found.before.version} → {found.after.version}"
    yield f"{'':<24}{'added':>9}{'changed':>9}{'renamed':>9}{'removed':>9}"
    for table, kinds in changes.counts(found.changes).items():
        wording = f"  of the changed {kinds['wording']} in wording only" if kinds["wording"] else ""
        yield f"{table:<24}" + "".join(f"{kinds[kind]:>9}" for kind in changes.KINDS) + wording
    if not found.changes:
        yield "no record differs"
    for said, tables in (("new tables", found.tables_added), ("tables that went", found.tables_removed)):
        if tables:
            yield f"{said}: {', '.join(tables)}"
    for said, columns in (("new columns", found.columns_added), ("columns that went", found.columns_removed)):
        if columns:
            named = (f"{table}.{name} (filled {n}×)" for table, ones in columns.items() for name, n in ones.items())
            yield f"{said}: {', '.join(named)}"


def _lines(one: Change) -> Iterator[str]:
    yield f"{one.kind:<8} {one.table} {one.id}" + (f", formerly {one.former}" if one.former else "")
    for cell in (*one.facts, *one.wording):
        yield f"  {cell.column}{'' if cell.fact else ' (wording)'}: {_shown(cell.before)} → {_shown(cell.after)}"


def _shown(value: object) -> str:
    """A value in one printable line, shortened."""
    text = json.dumps(value, ensure_ascii=False) if value is not None else "nothing"
    text = "".join(one if one.isprintable() else f"\\u{ord(one):04x}" for one in text)
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
