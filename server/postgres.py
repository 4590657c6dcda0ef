"""The shared store: versions of the built atlas in PostgreSQL with PostGIS, for replicas and for programs that read SQL.

Schema ``atlas`` of the database holds

- ``published_versions``: one row a version with its manifest; ``published_files``: the built files by SHA-256.
  Replicas read these two and nothing else.
- for SQL and QGIS, always of the newest version: each table of the records under its name (``places`` with a point
  ``geom``), ``twinning_lines``, and each layer as ``layer_<name>`` (WGS-84).
"""

import hashlib
import json
import logging
import os
import socket
import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from atlas import DATA, AtlasError
from atlas.model import store
from atlas.model.atlas import MANIFEST, RECORDS, Atlas, assemble

KEPT = 10  # versions
POLL_SECONDS = 5
LONGEST_LOOK, LONGEST_READ = 5, 60  # seconds of a short query, and of one that reads a whole version
CONNECTION: dict[str, Any] = {
    "application_name": "border-cooperation-atlas",
    "connect_timeout": 5,
    "tcp_user_timeout": 20_000,  # milliseconds; a network that drops packets answers nothing
}
SCHEMA = """
    create schema if not exists atlas;
    create table if not exists atlas.published_files (digest text primary key, content bytea not null);
    create table if not exists atlas.published_versions (
        number bigint generated always as identity primary key,
        version text not null,
        manifest text not null,
        published_at timestamptz not null default now()
    );
"""
NEWEST = "select number, manifest from atlas.published_versions order by number desc limit 1"
TYPES = {"lists": "text[]", "integers": "bigint", "numbers": "double precision", "booleans": "boolean"}
POINT = """
    alter table {} add geom geometry(Point, 4326)
    generated always as (st_setsrid(st_makepoint(lon, lat), 4326)) stored
"""
AREA = "geometry(Geometry, 4326)"
LINE = "geometry(LineString, 4326)"

Progress = Callable[[str, float], None]
log = logging.getLogger(__name__)


class StoreUnavailable(AtlasError):
    """The shared store cannot be used; the message says which one, why, and what to do."""


@dataclass(frozen=True)
class Published:
    """One version: its number in the store (None for the embedded files), and the atlas."""

    number: int | None
    atlas: Atlas


def publish(url: str, folder: Path = DATA, progress: Progress = lambda step, share: None) -> int:
    """Write a built data folder to the store in one transaction: readers see all of it or nothing.

    The files that are published already make no new version. The newest versions are kept, ten in all.

    :param url: address of the database, ``postgresql://user@host/database``.
    :return: the number of the version.
    :raises atlas.model.store.DamagedData: the folder is not what the build wrote.
    :raises StoreUnavailable: the store stays as it was.
    """
    progress("check data", 0.0)
    files = store.read(folder)
    atlas = assemble(files)
    with _connected(url, "nothing was published") as connection, connection.cursor() as cursor:
        progress("wait for other commands", 0.1)
        _prepare(cursor)
        manifest = files[MANIFEST].decode()
        newest = cursor.execute(NEWEST).fetchone()
        if newest and newest[1] == manifest:
            return newest[0]
        progress("write files", 0.2)
        cursor.executemany(
            "insert into atlas.published_files values (%s, %s) on conflict do nothing",
            [(digest, files[name]) for name, digest in atlas.files.items()],
        )
        progress("write tables", 0.4)
        _write_records(cursor, json.loads(files[RECORDS]))
        _write_lines(cursor, atlas)
        progress("write layers", 0.6)
        for name, content in files.items():
            if name.endswith(".geojson"):
                _write_layer(cursor, Path(name).stem, json.loads(content)["features"])
        progress("write version", 0.9)
        ((number,),) = cursor.execute(
            "insert into atlas.published_versions (version, manifest) values (%s, %s) returning number",
            (atlas.version, manifest),
        ).fetchall()
        _drop_oldest(cursor)
    progress("done", 1.0)
    return number


def _prepare(cursor: psycopg.Cursor) -> None:
    # two commands at once would wait for each other's locks; the second one waits here, whole
    cursor.execute("select pg_advisory_xact_lock(hashtext('border-cooperation-atlas'))")
    cursor.execute("set local lock_timeout = '30s'")
    if not cursor.execute("select 1 from pg_extension where extname = 'postgis'").fetchone():
        cursor.execute("create extension postgis")
    cursor.execute(SCHEMA)


def _write_records(cursor: psycopg.Cursor, tables: dict) -> None:
    for name, table in tables.items():
        columns = dict.fromkeys(table["columns"], "text")
        for kind, sql_type in TYPES.items():
            columns |= dict.fromkeys(table[kind], sql_type)
        _create(cursor, name, columns, table["rows"])
        if name == "places":
            cursor.execute(sql.SQL(POINT).format(sql.Identifier("atlas", name)))


def _write_lines(cursor: psycopg.Cursor, atlas: Atlas) -> None:
    import shapely  # with geopandas it takes a second to import, which replicas need not wait for

    from atlas.exports import geodata

    frame = geodata.layers(atlas, None)["twinnings"]
    columns = ["id", "title_vi", "title_zh", "title_en", "level", "signed_on", "status", "ended"]
    rows = frame[columns].astype(object).where(frame[columns].notna(), None).values.tolist()
    geometries = shapely.to_wkb(frame.geometry.values, hex=True)
    _create(
        cursor,
        "twinning_lines",
        dict.fromkeys(columns, "text") | {"geom": LINE},
        [[*row, geometry] for row, geometry in zip(rows, geometries)],
    )


def _write_layer(cursor: psycopg.Cursor, name: str, features: list[dict]) -> None:
    from shapely.geometry import shape

    columns = {
        key: "boolean" if isinstance(value, bool) else "text"
        for feature in features
        for key, value in feature["properties"].items()
    }
    rows = [
        [*(feature["properties"].get(key) for key in columns), shape(feature["geometry"]).wkb_hex]
        for feature in features
    ]
    _create(cursor, f"layer_{name.replace('-', '_')}", columns | {"geom": AREA}, rows)


def _create(cursor: psycopg.Cursor, name: str, columns: dict[str, str], rows: list[list]) -> None:
    """Put a table in place of the former one; column ``id`` is its key, ``geom`` is indexed."""
    table = sql.Identifier("atlas", name)
    definitions: list[sql.Composable] = [
        sql.SQL("{} {}").format(sql.Identifier(column), sql.SQL(kind)) for column, kind in columns.items()
    ]
    if "id" in columns:
        definitions.append(sql.SQL("primary key (id)"))
    cursor.execute(sql.SQL("drop table if exists {}").format(table))
    cursor.execute(sql.SQL("create table {} ({})").format(table, sql.SQL(", ").join(definitions)))
    with cursor.copy(sql.SQL("copy {} from stdin").format(table)) as copy:
        for row in rows:
            copy.write_row(row)
    if "geom" in columns:
        cursor.execute(sql.SQL("create index on {} using gist (geom)").format(table))


def _drop_oldest(cursor: psycopg.Cursor) -> None:
    cursor.execute(
        "delete from atlas.published_versions where number not in"
        " (select number from atlas.published_versions order by number desc limit %s)",
        (KEPT,),
    )
    cursor.execute(
        "delete from atlas.published_files where digest not in"
        " (select file.value from atlas.published_versions, json_each_text(manifest::json -> 'files') as file)"
    )


def load(url: str) -> Published:
    """Read the newest version of the store.

    :raises StoreUnavailable: it cannot be reached or holds no version.
    :raises atlas.model.store.DamagedData: a file is missing there or differs from what was published.
    """
    with _connected(url, "nothing was read", LONGEST_READ) as connection:
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        newest = connection.execute(NEWEST).fetchone()
        if newest is None:
            raise StoreUnavailable(f"{_named(url)} holds no version; run: python -m atlas publish URL")
        number, manifest = newest
        digests = json.loads(manifest)["files"]
        stored = dict(
            connection.execute(
                "select digest, content from atlas.published_files where digest = any(%s)", (list(digests.values()),)
            )
        )
    for name, digest in digests.items():
        if hashlib.sha256(stored.get(digest, b"")).hexdigest() != digest:
            raise store.DamagedData(
                f"{name} of version {number} in {_named(url)} is not what was published",
                "run: python -m atlas publish URL",
            )
    files = {MANIFEST: manifest.encode()} | {name: stored[digest] for name, digest in digests.items()}
    return Published(number, assemble(files))


@contextmanager
def _connected(url: str, outcome: str, patience: float | None = None) -> Iterator[psycopg.Connection]:
    """A transaction that is committed at the end of the block.

    :param outcome: what a failure means, for its message.
    :param patience: seconds after which a connection that is still in use is cut; a database that is stopped neither
        answers nor ends.
    """
    name = _named(url)
    try:
        with psycopg.connect(url, **CONNECTION) as connection, _cut_after(patience, connection):
            yield connection
    except psycopg.errors.UndefinedTable as error:
        raise StoreUnavailable(f"{name} holds no version", "run: python -m atlas publish URL") from error
    except psycopg.Error as error:
        reason = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
        raise StoreUnavailable(f"{name}: {reason}; {outcome}", _remedy(error)) from error


@contextmanager
def _cut_after(seconds: float | None, connection: psycopg.Connection) -> Iterator[None]:
    """Shut the line of a connection unless the block ends in time; whoever reads from it then has an error."""
    if seconds is None:
        yield
        return
    line = socket.socket(fileno=os.dup(connection.pgconn.socket))
    timer = threading.Timer(seconds, line.shutdown, [socket.SHUT_RDWR])
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        line.close()


def _remedy(error: psycopg.Error) -> str:
    match error:
        case psycopg.errors.InsufficientPrivilege():
            return "let an administrator of the database run: create extension postgis; grant create on database"
        case psycopg.errors.UndefinedFile() | psycopg.errors.FeatureNotSupported():
            return "install PostGIS on the machine of the database"
        case psycopg.errors.DependentObjectsStillExist():
            return "drop the views that rest on these tables, then publish again"
        case psycopg.errors.LockNotAvailable():
            return "somebody reads these tables without an end; publish again when they have finished"
        case psycopg.errors.DiskFull():
            return "make room on the disk of the database, then run the command again"
        case _:
            return "check the address, and that the database runs and lets this user in"


def _named(url: str) -> str:
    """The store by host and database, without the password that its address may hold.

    :raises StoreUnavailable: the address is malformed; what it says is not repeated, for it may hold a password.
    """
    try:
        parts = conninfo_to_dict(url)
    except psycopg.ProgrammingError:
        raise StoreUnavailable(
            "the address of the store is malformed", "write it as postgresql://user@host/database"
        ) from None
    return f"the store {parts.get('dbname', '')} on {parts.get('host', 'this machine')}"


class Replica:
    """The newest version of the store as one process shows it; a thread looks for a newer one.

    Whatever happens to the store, the last version that was read stays. A process that starts while the store is
    away shows the embedded files until it is back.

    :param every: seconds between two looks, each of one short query.
    """

    def __init__(self, url: str, every: float = POLL_SECONDS, embedded: Path = DATA):
        self._url = url
        self._every = every
        self.lost_since: datetime | None = None  # when the store stopped answering, None while it answers
        self._recent: deque[Published] = deque(maxlen=2)
        self._asking = threading.Lock()
        if not self.look():
            self._recent.append(Published(None, store.load(embedded)))
        threading.Thread(target=self._watch, name="shared-store", daemon=True).start()

    @property
    def published(self) -> Published:
        """The version to show."""
        return self._recent[-1]

    def _watch(self) -> None:
        pause = threading.Event()
        while not pause.wait(self._every):
            self.look()

    def look(self) -> bool:
        """Ask the store once for a newer version and take it; False when the store could not answer."""
        try:
            if not self._recent or self._newest() != self.published.number:
                found = load(self._url)
                self._recent.append(found)
                log.info("version %s (%s) of the shared store is shown", found.number, found.atlas.version)
        except (StoreUnavailable, store.DamagedData) as error:
            self._lost(error)
            return False
        if self.lost_since:
            log.info("the shared store answers again")
        self.lost_since = None
        return True

    def _lost(self, error: AtlasError) -> None:
        if self.lost_since is None:
            self.lost_since = datetime.now(UTC)
            log.error("%s", error)

    def _newest(self) -> int | None:
        with _connected(self._url, "the last version stays", LONGEST_LOOK) as connection:
            ((newest,),) = connection.execute("select max(number) from atlas.published_versions").fetchall()
        return newest

    def file(self, name: str, digest: str) -> bytes | None:
        """The content of a file by its name and the beginning of its SHA-256, of this version or any other that is kept.

        A page drawn before a switch, or by another replica, asks for files that this process does not hold.
        """
        for published in reversed(self._recent):
            if published.atlas.files.get(name, "").startswith(digest):
                return published.atlas.contents[name]
        # while the store does not answer nobody waits for it, and one asks at a time
        if self.lost_since or not self._asking.acquire(timeout=1):
            return None
        try:
            with _connected(self._url, "nothing was read", LONGEST_LOOK) as connection:
                found = connection.execute(
                    "select content from atlas.published_files where starts_with(digest, %s) and digest in"
                    " (select manifest::json -> 'files' ->> %s from atlas.published_versions)",
                    (digest, name),
                ).fetchone()
        except StoreUnavailable as error:
            self._lost(error)
            return None
        finally:
            self._asking.release()
        return found[0] if found else None
