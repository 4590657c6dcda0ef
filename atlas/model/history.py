"""The releases of the records: what each of them changed, and the records of any of them again.

Each release is a file ``history/<its day>.json``: the tables and columns that it has, the keys of the rows that it took
out, the cells that it changed with what stood there before, the rows that it brought, the release before, and the
SHA-256 of all its records. The first has nothing before it and brings all its rows. Rows have the values of
``records.json``, with None for whatever is empty. See docs/decisions/17-history.md.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from atlas import AtlasError
from atlas.model.atlas import MANIFEST, RECORDS, Atlas, cached
from atlas.records import Package

FOLDER = "history"
Key = tuple[Any, ...]
Row = dict[str, Any]


class DamagedHistory(AtlasError):
    """A file of a release is missing, or not what was written; the message names it."""

    remedy = "put the files of seeds/history back as they were released, and run: python -m atlas build"

    def __init__(self, version: str, reason: str):
        super().__init__(f"{name(version)}: {reason}")


@dataclass(frozen=True, eq=False)
class Table:
    """The rows of a table at one time, by the values of the columns that tell them apart (``key``)."""

    key: tuple[str, ...]
    columns: tuple[str, ...]
    rows: Mapping[Key, Row]


@dataclass(frozen=True, eq=False)
class Whole:
    """All records at one time; ``version`` is their day (ISO 8601)."""

    version: str
    tables: Mapping[str, Table]

    @cached_property
    def digest(self) -> str:
        """SHA-256 of all cells, whatever the order of tables, rows and columns."""
        content = {
            table: [sorted(one.key), sorted(one.columns), sorted(_dumps([row[column] for column in sorted(row)]) for row in one.rows.values())]
            for table, one in sorted(self.tables.items())
        }  # fmt: skip
        return hashlib.sha256(_dumps(content).encode()).hexdigest()


def name(version: str) -> str:
    """The file of a release, within data/ or seeds/."""
    return f"{FOLDER}/{version}.json"


def whole(version: str, content: Mapping[str, Any], schema: Package) -> Whole:
    """The records that ``records.json`` holds.

    :param content: table -> its ``columns`` and ``rows``.
    :param schema: says by which columns the rows of a table are told apart that has no ``id``.
    """
    return Whole(
        version,
        {table: _table(one["columns"], one["rows"], _key(table, one, schema)) for table, one in content.items()},
    )


def _key(table: str, content: Mapping[str, Any], schema: Package) -> tuple[str, ...]:
    return ("id",) if "id" in content["columns"] else schema.tables[table].primary_key


def _table(columns: Iterable[str], rows: Iterable[Iterable[Any]], key: tuple[str, ...]) -> Table:
    names = tuple(columns)
    filled = [dict(zip(names, map(_plain, row), strict=True)) for row in rows]
    return Table(key, names, {_named(row, key): row for row in filled})


def _plain(value: Any) -> Any:
    """A value as files have it; a number is the same whether it was written as 5 or as 5.0."""
    if value is None or value is False or value == [] or value == ():
        return None
    if isinstance(value, tuple):
        return list(value)
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _named(row: Row, key: tuple[str, ...]) -> Key:
    return tuple(row[column] for column in key)


def of_files(files: Mapping[str, bytes], schema: Package) -> Whole:
    """The records of a built data folder, by the content of its files."""
    return whole(json.loads(files[MANIFEST])["version"], json.loads(files[RECORDS]), schema)


@cached(1)
def today(atlas: Atlas) -> Whole:
    """The records that an atlas shows, which may have changed since the last release."""
    return of_files(atlas.contents, atlas.schema)


@cached(1)
def released(atlas: Atlas) -> dict[str, Whole]:
    """The records of every release that an atlas keeps, by version, the oldest first.

    :raises DamagedHistory: see :func:`replay`.
    """
    return replay(atlas.contents, every=False)


def replay(files: Mapping[str, bytes], every: bool = True) -> dict[str, Whole]:
    """The records of every release by version, the oldest first: its changes made to the records of the one before.

    :param files: by name; all but those of releases are passed over.
    :param every: whether the digest of each release is checked, which tells the damaged one; of the last alone if not.
    :raises DamagedHistory: a file is missing, is no release, or its changes do not lead to the records that it says.
    """
    told = {one: _read(one, files[name(one)]) for one in _versions(files)}
    found: dict[str, Whole] = {}
    before: Whole | None = None
    for version, release in told.items():
        before = found[version] = _follow(before, version, release)
        if (every or version == max(told)) and before.digest != release.get("digest"):
            raise DamagedHistory(version, "its records are not those that were released")
    return found


def _versions(files: Iterable[str]) -> list[str]:
    return sorted(one.removeprefix(f"{FOLDER}/").removesuffix(".json") for one in files if one.startswith(f"{FOLDER}/"))


def _read(version: str, content: bytes) -> dict:
    try:
        release = json.loads(content)
        if release["version"] == version:
            return release
        reason = f"expected the release of {version}, found that of {release['version']}"
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        reason = f"expected a release of the records ({error!r})"
    raise DamagedHistory(version, reason)


def _follow(before: Whole | None, version: str, release: dict) -> Whole:
    """The records of a release, made of those of the one before."""
    last = before.version if before else None
    try:
        if release["before"] != last:
            raise DamagedHistory(version, f"follows the release of {release['before']}, which is missing")
        tables = {
            table: _changed(before.tables.get(table) if before else None, table, release) for table in release["tables"]
        }
        return Whole(version, tables)
    except _Unlike as unlike:
        reason = str(unlike)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        reason = f"expected a release of the records ({error!r})"
    raise DamagedHistory(version, reason)


class _Unlike(Exception):
    """A release changes what is not there, or brings what is there already."""


def _changed(before: Table | None, table: str, release: dict) -> Table:
    key, columns = map(tuple, (release["tables"][table]["key"], release["tables"][table]["columns"]))
    kept = before.rows if before and before.key == key else {}
    rows = dict(kept)  # the same rows, so that many releases take little more room than one
    if before and columns != before.columns:
        rows = {one: {column: row.get(column) for column in columns} for one, row in kept.items()}
    for values in release["removed"].get(table, ()):
        if rows.pop(tuple(values), None) is None:
            raise _Unlike(f"{table} {_said(values)}: taken out, but the release before has no such record")
    for values, cells in release["changed"].get(table, ()):
        if tuple(values) not in rows:
            raise _Unlike(f"{table} {_said(values)}: changed, but the release before has no such record")
        row = dict(rows[tuple(values)])
        for column, (was, now) in cells.items():
            if row[column] != was:
                raise _Unlike(
                    f"{table} {_said(values)} {column}: expected {_dumps(row[column])} before, found {_dumps(was)}"
                )
            row[column] = now
        rows[tuple(values)] = row
    for row in _table(columns, release["added"].get(table, ()), key).rows.values():
        if rows.setdefault(_named(row, key), row) is not row:
            raise _Unlike(f"{table} {_said(_named(row, key))}: brought, but the release before has it already")
    return Table(key, columns, rows)


def _said(key: Iterable[Any]) -> str:
    return "/".join(str(part) for part in key if part is not None)


def release(before: Whole | None, after: Whole) -> bytes:
    """The file of a release: what it changes of the records before it, in an order that only the records decide."""
    old = before.tables if before else {}
    told: dict[str, dict[str, list]] = {"removed": {}, "changed": {}, "added": {}}
    for table, new in after.tables.items():
        was = old[table].rows if table in old and old[table].key == new.key else {}
        told["removed"][table] = [list(one) for one in _sorted(was.keys() - new.rows.keys())]
        told["added"][table] = [list(new.rows[one].values()) for one in _sorted(new.rows.keys() - was.keys())]
        cells = ((one, changes(was[one], new.rows[one])) for one in _sorted(was.keys() & new.rows.keys()))
        told["changed"][table] = [[list(one), found] for one, found in cells if found]
    tables = {table: {"key": one.key, "columns": one.columns} for table, one in after.tables.items()}
    head = {"version": after.version, "before": before.version if before else None, "digest": after.digest}
    parts = [f'"{part}": {_dumps(value)}' for part, value in head.items()]
    parts.append(f'"tables": {_object(tables, _dumps)}')
    parts += [
        f'"{part}": {_object({table: rows for table, rows in entries.items() if rows}, _list)}'
        for part, entries in told.items()
    ]
    return f"{{\n{_joined(parts)}\n}}\n".encode()


def changes(was: Row, now: Row) -> dict[str, list]:
    """The cells of a row of today's columns that had another value, as column -> [before, now]."""
    return {column: [was.get(column), value] for column, value in now.items() if was.get(column) != value}


def _sorted(keys: Iterable[Key]) -> list[Key]:
    return sorted(keys, key=_dumps)


def _object(entries: Mapping[str, Any], write: Callable[[Any], str]) -> str:
    return f"{{\n{_joined(f'{_dumps(one)}: {write(value)}' for one, value in entries.items())}\n}}" if entries else "{}"


def _list(rows: Iterable[Any]) -> str:
    return f"[\n{_joined(map(_dumps, rows))}\n]"


def _joined(parts: Iterable[str]) -> str:
    return ",\n".join(parts)


def _dumps(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
