"""seeds/ -> data/: the records, what the map draws and says of them, and a manifest of all files and layers."""

import hashlib
import json
import os
import shutil
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pandas as pd
from filelock import FileLock, Timeout

from atlas import DATA, LANGUAGES, ROOT, SEEDS, AtlasError, records
from atlas.files import CannotWrite, read_bytes, temporary_folder, write_bytes_atomically
from atlas.maps import browser
from atlas.model import commitments, history, store
from atlas.model.atlas import ALONG, DRAWN, LABELS, MANIFEST, RECORDS, Atlas, assemble
from atlas.records.said import said
from atlas.words import values
from atlas.words.translator import Translator

PACKAGES = ROOT / ".packages"
UNIT_LAYERS = ("layers/vn-", "layers/cn-")
RIVER_NAMES = SEEDS / "geo" / "rivers.csv"
Progress = Callable[[str, float], None]


class BuildRunning(AtlasError):
    """Another command is writing the same folder."""

    remedy = "run this one again when it has ended"


def build(
    seeds: Path = SEEDS,
    data: Path = DATA,
    progress: Progress = lambda step, share: None,
    change_layers: Callable[[Path], None] | None = None,
) -> None:
    """Build the committed data folder from the curated tables; the same seeds give the same bytes.

    The releases in ``seeds/history`` are copied when their changes lead to the records that they say.

    The folder changes as a whole or not at all. Layers that stand in ``data/layers`` are kept; where there are none
    they are made from the open packages, which are downloaded when they are not in ``.packages`` yet.

    :param change_layers: makes or replaces layer files in the folder it is given, a copy of ``data/layers``.
    :raises atlas.records.InvalidRecords: the seeds have hard errors; data/ stays as it was.
    :raises atlas.model.history.DamagedHistory: a release is missing or not what was written.
    :raises atlas.boundaries.PackageError: layers are missing and a package cannot be had.
    :raises BuildRunning: another build of ``data`` has not ended.
    :raises atlas.files.CannotWrite: see there.
    """
    progress("read seeds", 0.0)
    tables = records.read(seeds)
    description = Path(seeds, records.DESCRIPTION).read_bytes()
    kept = releases(seeds)
    history.replay(kept)
    with alone(data), temporary_folder() as folder:
        layers = folder / "layers"
        layers.mkdir()
        if (data / "layers").is_dir():
            shutil.copytree(data / "layers", layers, dirs_exist_ok=True)
        if change_layers:
            change_layers(layers)
        elif not any(layers.glob("*.geojson")):
            build_layers(layers, tables["places"], progress)
        progress("draw twinnings", 0.4)
        drawn_over = {f"layers/{path.name}": path.read_bytes() for path in sorted(layers.iterdir())}
        install(data, files_of(tables, description, drawn_over | kept))
        progress("done", 1.0)


def releases(seeds: Path) -> dict[str, bytes]:
    """The files of the releases of the records, by name, as :func:`atlas.model.history.replay` reads them."""
    found = sorted(Path(seeds, history.FOLDER).glob("*.json"))
    return {history.name(path.stem): read_bytes(path) for path in found}


def release(seeds: Path = SEEDS) -> Path | None:
    """Write the release of the records as they stand in the curated tables, under their version, which is their day.

    :return: its file; None, and nothing is written, where they have not changed since the last release.
    :raises atlas.records.InvalidRecords: the tables have hard errors.
    :raises atlas.model.history.DamagedHistory: a release before is missing or not what was written.
    :raises AtlasError: the version is not after that of the last release.
    """
    tables, schema = records.read(seeds), records.schema(seeds)
    content = {name: _table(frame, schema.tables[name]) for name, frame in tables.items()}
    return keep(seeds, history.whole(schema.version.isoformat(), content, schema))


def keep(seeds: Path, after: history.Whole) -> Path | None:
    """Write the release of these records after those that ``seeds/history`` has, see :func:`release`."""
    kept = releases(seeds)
    *_, before = [None, *history.replay(kept).values()]
    if before and before.digest == after.digest:
        return None
    path = Path(seeds, history.name(after.version))
    if before and before.version >= after.version:
        raise AtlasError(
            f"{path}: the records of {before.version} are released already and have changed since",
            f"set version in {Path(seeds, records.DESCRIPTION)} to the day of this release",
        )
    written = history.release(before, after)
    history.replay(kept | {history.name(after.version): written})
    path.parent.mkdir(exist_ok=True)
    write_bytes_atomically(path, written)
    return path


def files_of(tables: dict[str, pd.DataFrame], description: bytes, layers: dict[str, bytes]) -> dict[str, bytes]:
    """Every file of data/ by name, its manifest too.

    :param tables: the frames of :func:`atlas.records.read`.
    :param description: the Data Package of the tables as it is written.
    :param layers: what is taken as it is, by file name: the layers that the map is drawn over, the releases.
    :raises atlas.records.InvalidRecords: the layers have areas of units that the table of places does not have.
    """
    from atlas.boundaries.along import along  # see build_layers

    if problems := unknown_units(layers, tables["places"]["id"]):
        raise records.InvalidRecords(problems)
    package = records.package(description)
    content = {name: _table(frame, package.tables[name]) for name, frame in tables.items()}
    files = {records.DESCRIPTION: description, RECORDS: _dumps(content)} | layers
    version = package.version.isoformat()
    atlas = assemble(files | {MANIFEST: manifest(version, files)})
    files[ALONG] = _dumps(along(layers, {place: atlas.places.position(place) for place in atlas.places.places.index}))
    files[DRAWN] = _dumps(browser.browser_data(atlas))
    for language in LANGUAGES:
        files[LABELS.format(language)] = _dumps(values.labels(atlas, Translator(language)))
    return files | {MANIFEST: manifest(version, files)}


def unknown_units(layers: dict[str, bytes], places: Iterable[str]) -> list[records.Problem]:
    """Areas of the layers whose unit is not among the places, a problem each.

    :param layers: by file name, such as ``layers/vn-communes-2025.geojson``.
    :param places: ids of all places.
    """
    known = set(places)
    expected = said(
        "a unit in {file}; where one was taken out, make the layers anew: {command}",
        file="places.csv",
        command="python -m atlas boundaries build",
    )
    return [
        records.Problem(name, None, "id", unit, expected)
        for name, content in layers.items()
        if name.startswith(UNIT_LAYERS) and name.endswith(".geojson")
        for unit in (feature["properties"]["id"] for feature in json.loads(content)["features"])
        if unit not in known
    ]


def build_layers(folder: Path, places: pd.DataFrame, progress: Progress) -> None:
    """Make every geometry layer from the open packages and the table of places."""
    from atlas import boundaries  # geopandas takes a second to import, which the other commands need not wait for

    PACKAGES.mkdir(exist_ok=True)
    boundaries.fetch_packages(PACKAGES)
    boundaries.build(PACKAGES, folder, places, pd.read_csv(RIVER_NAMES, dtype=str), progress)


def manifest(version: str, files: dict[str, bytes]) -> bytes:
    """Which files belong together, with their SHA-256, and the version of the records."""
    digests = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    return _dumps({"version": version, "files": digests})


def install(data: Path, files: dict[str, bytes]) -> None:
    """Put the files of :func:`atlas.model.store.read` into a folder: all or none, whenever the process is killed.

    New files first stand aside, where :func:`atlas.model.store.read` looks for what the manifest names; writing the
    manifest commits them, and then they take their names.
    """
    digests = json.loads(files[MANIFEST])["files"]
    try:
        (data / store.NEXT).mkdir()
    except OSError as error:
        raise CannotWrite(data, error) from error
    for name, digest in digests.items():
        if not (data / name).is_file() or (data / name).read_bytes() != files[name]:
            write_bytes_atomically(store.waiting(data, name, digest), files[name])
    write_bytes_atomically(data / MANIFEST, files[MANIFEST])
    _settle(data)


def _settle(data: Path) -> None:
    """Give the files that stand aside their names where the manifest says so, and drop the others."""
    try:
        digests = json.loads((data / MANIFEST).read_bytes())["files"]
    except (OSError, ValueError, KeyError, TypeError):
        digests = {}
    try:
        for name, digest in digests.items():
            if store.waiting(data, name, digest).is_file():
                (data / name).parent.mkdir(exist_ok=True)
                os.replace(store.waiting(data, name, digest), data / name)
        if (data / store.NEXT).is_dir():
            shutil.rmtree(data / store.NEXT)
    except OSError as error:
        raise CannotWrite(data, error) from error


@contextmanager
def alone(data: Path) -> Iterator[None]:
    """Keep other builds away from a folder, and end there what a killed one has left.

    :raises BuildRunning: another one has not ended.
    :raises atlas.files.CannotWrite: the folder cannot be written.
    """
    try:
        data.mkdir(parents=True, exist_ok=True)
        lock = FileLock(data / ".lock", blocking=False)
        lock.acquire()
    except Timeout as error:
        raise BuildRunning(f"another command is building {data}") from error
    except OSError as error:
        raise CannotWrite(data, error) from error
    try:
        _settle(data)
        yield
    finally:
        lock.release()


def statistics(atlas: Atlas) -> dict:
    """Counts of the records: every table by name, and the twinnings by level. Paired border gates are no twinnings."""
    levels = Counter(atlas.twinnings["level"])
    gates = levels.pop("border_gate", 0)
    return {
        "version": atlas.version,
        "twinnings": levels.total(),
        "twinnings_by_level": dict(sorted(levels.items())),
        "border_gate_pairs": gates,
        "chinese_names": chinese_names(atlas),
        "commitments_by_state": dict(
            sorted(Counter(commitments.state_of(atlas, one) for one in atlas.table("commitments").index).items())
        ),
        **{
            name: len(atlas.table(name))
            for name in (
                "places",
                "sources",
                "totals",
                "agreements",
                "events",
                "figures",
                "commitments",
                "commitment_evidence",
                "discrepancies",
                "successions",
            )
        },
    }


def chinese_names(atlas: Atlas) -> dict[str, int]:
    """How many places have a Chinese name on each basis, and how many have none."""
    counted = Counter(atlas.table("places")["name_zh_basis"].fillna("none"))
    return {basis: counted[basis] for basis in ("attested", "proposed", "not_stated", "none")}


def _table(frame: pd.DataFrame, table: Any) -> dict:
    kinds: dict[str, list[str]] = {"lists": [], "integers": [], "numbers": [], "booleans": []}
    names = {"integer": "integers", "number": "numbers", "boolean": "booleans"}
    for field in table.fields:
        if kind := "lists" if field.many else names.get(field.type):
            kinds[kind].append(field.name)
    rows = [[_plain(value) for value in row] for row in frame.itertuples(index=False, name=None)]
    return {"columns": list(frame.columns), **kinds, "rows": rows}


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return list(value)
    if value is None or value is pd.NA or value != value:
        return None
    return value.item() if hasattr(value, "item") else value


def _dumps(content: Any) -> bytes:
    return (json.dumps(content, ensure_ascii=False, separators=(",", ":"), sort_keys=False) + "\n").encode()
