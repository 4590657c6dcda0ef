"""The shared store on a real PostgreSQL with PostGIS: whole versions, picked up without a restart, kept when it is gone."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from functools import cache
from threading import Thread
from urllib.request import urlopen

import psycopg
import pytest

from atlas import DATA, ROOT, build
from atlas.exports.formats import export
from atlas.model import atlas, store
from atlas.model.selection import Selection
from server import postgres
from server.worker import apart
from tests.conftest import free_port, running_server, wait_until

# Publishes what it is told to, each time in a process of its own that stops at a step of its work until it is killed.
STOPS_AT = """
import os, signal, sys
from pathlib import Path
from server import postgres

for line in sys.stdin:
    url, folder, step = line.rstrip().split("|")

    def progress(reached, share):
        if reached == step:
            print(os.getpid(), flush=True)
            signal.pause()

    if os.fork() == 0:
        postgres.publish(url, Path(folder), progress)
"""


@pytest.fixture(scope="module")
def stopped():
    """A function that begins to publish a folder and gives the number of the process that has stopped at a step."""
    command = [sys.executable, "-c", STOPS_AT]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:

        def begin(*told) -> int:
            print(*told, sep="|", file=process.stdin, flush=True)
            return int(process.stdout.readline())

        yield begin
        process.stdin.close()


@cache
def small() -> dict[str, bytes]:
    """The built files, with layers of two features, which are published in half the time."""
    files = store.read(DATA)
    for name in files:
        if name.endswith(".geojson"):
            layer = json.loads(files[name])
            files[name] = json.dumps(layer | {"features": layer["features"][:2]}).encode()
    return files


@pytest.fixture
def changed(tmp_path):
    """A function that makes a built folder in which the first Vietnamese member of the first twinning has another name."""

    def make(name: str):
        folder = tmp_path / name
        folder.mkdir()
        files = dict(small())
        for file in (atlas.RECORDS, atlas.DRAWN):
            files[file] = files[file].replace("Mèo Vạc".encode(), name.encode())
        version = json.loads(files.pop(atlas.MANIFEST))["version"]
        build.install(folder, files | {atlas.MANIFEST: build.manifest(version, files)})
        return folder

    return make


def names(atlas) -> set[str]:
    return set(atlas.table("places")["name_vi"])


def rows_of_sql(url: str, query: str) -> list[tuple]:
    with psycopg.connect(url) as connection:
        return connection.execute(query).fetchall()


def test_what_is_loaded_is_what_was_published(store_url):
    steps = []
    number = postgres.publish(store_url, DATA, lambda step, share: steps.append(share))
    published = postgres.load(store_url)
    assert published.number == number
    assert published.atlas.contents == store.read(DATA)
    assert steps == sorted(steps)
    assert steps[-1] == 1.0


def test_the_same_files_make_no_new_version(store_url, changed):
    first = postgres.publish(store_url, DATA)
    assert postgres.publish(store_url, DATA) == first
    assert postgres.publish(store_url, changed("Thứ Hai")) > first


def test_only_the_newest_versions_are_kept(store_url, changed, monkeypatch):
    monkeypatch.setattr(postgres, "KEPT", 2)
    for name in ("Một", "Hai", "Ba"):
        postgres.publish(store_url, changed(name))
    assert rows_of_sql(store_url, "select count(*) from atlas.published_versions") == [(2,)]
    digests = {row[0] for row in rows_of_sql(store_url, "select digest from atlas.published_files")}
    kept = [store.load(changed_folder) for changed_folder in (changed("Hai lần nữa"),)]
    assert len(digests) == len(kept[0].files) + 2, "each of the two versions has its own records and drawing"
    assert names(postgres.load(store_url).atlas) >= {"Ba"}


def test_tables_and_layers_can_be_read_by_sql(published_url, atlas):
    for name, table in atlas.tables.items():
        assert rows_of_sql(published_url, f"select count(*) from atlas.{name}") == [(len(table),)]
    lines = rows_of_sql(published_url, "select count(*), count(geom), min(st_srid(geom)) from atlas.twinning_lines")
    assert lines == [(len(atlas.twinnings), len(atlas.twinnings) - 1, 4326)], "one twinning has no position"
    for name in atlas.files:
        if name.endswith(".geojson"):
            table = "layer_" + name.removeprefix("layers/").removesuffix(".geojson").replace("-", "_")
            ((counted, valid),) = rows_of_sql(
                published_url, f"select count(*), bool_and(st_isvalid(geom)) from atlas.{table}"
            )
            assert counted == len(json.loads((DATA / name).read_bytes())["features"])
            assert valid
    inside = """
        select count(*) from atlas.places p join atlas.layer_land l on l.country = 'CN' and st_contains(l.geom, p.geom)
        where p.id = 'cn-532624'
    """
    assert rows_of_sql(published_url, inside) == [(1,)], "Malipo lies in China"
    sources = rows_of_sql(published_url, "select pg_typeof(sources)::text from atlas.twinnings limit 1")
    assert sources == [("text[]",)]


@pytest.mark.parametrize("step", ["write files", "write tables", "write layers", "write version"])
def test_a_killed_publish_leaves_the_old_version_whole(published_url, changed, stopped, step):
    before = postgres.load(published_url)
    counted = "select (select count(*) from atlas.places), (select count(*) from atlas.layer_border)"
    rows = rows_of_sql(published_url, counted)
    folder = changed("Nửa Chừng")
    os.kill(stopped(published_url, folder, step), signal.SIGKILL)
    assert postgres.load(published_url).atlas.contents == before.atlas.contents
    assert rows_of_sql(published_url, counted) == rows
    assert rows_of_sql(published_url, "select count(*) from atlas.places where name_vi = 'Nửa Chừng'") == [(0,)]
    assert postgres.publish(published_url, folder) > before.number, "and the next one is not held up"
    assert "Nửa Chừng" in names(postgres.load(published_url).atlas)


def test_a_replica_picks_up_a_new_version_and_still_serves_the_files_of_the_old_one(published_url, changed):
    replica = postgres.Replica(published_url, every=0.1)
    old = replica.published
    postgres.publish(published_url, changed("Tên Mới"))
    wait_until(lambda: replica.published.number > old.number)
    assert "Tên Mới" in names(replica.published.atlas)
    for published in (old, replica.published):
        for name, digest in published.atlas.files.items():
            assert replica.file(name, digest[:12]) == published.atlas.contents[name]
        made = apart(export, published.atlas, "geojson", None, "vi").decode()
        assert ("Tên Mới" in made) is (published is not old), "a file is made of the version that the page shows"


def test_a_replica_finds_files_of_versions_that_it_never_showed(store_url, changed):
    first, second = changed("Một"), changed("Hai")
    postgres.publish(store_url, first)
    postgres.publish(store_url, second)
    replica = postgres.Replica(store_url, every=3600)
    digest = store.load(first).files[atlas.DRAWN]
    assert replica.file(atlas.DRAWN, digest[:12]) == (first / atlas.DRAWN).read_bytes()
    assert replica.file("map.html", digest[:12]) is None, "a content has only the name that it was published under"
    assert replica.file(atlas.DRAWN, "0" * 12) is None


def test_the_last_version_stays_when_the_database_goes_and_it_is_followed_again_when_it_comes_back(
    database, store_url, changed
):
    postgres.publish(store_url, changed("Trước Khi Mất"))
    replica = postgres.Replica(store_url, every=0.1)
    last = replica.published
    database.stop()
    wait_until(lambda: replica.lost_since)
    assert replica.published is last
    assert replica.file(atlas.DRAWN, "0" * 12) is None
    database.start()
    wait_until(lambda: not replica.lost_since)
    postgres.publish(store_url, changed("Sau Khi Về"))
    wait_until(lambda: "Sau Khi Về" in names(replica.published.atlas))


def test_a_database_that_hangs_makes_nobody_wait_for_long(database, store_url, changed, monkeypatch):
    monkeypatch.setattr(postgres, "LONGEST_LOOK", 2)
    monkeypatch.setitem(postgres.CONNECTION, "connect_timeout", 2)
    postgres.publish(store_url, changed("Vẫn Còn"))
    replica = postgres.Replica(store_url, every=3600)
    database.process.send_signal(signal.SIGSTOP)
    try:
        threads = [Thread(target=replica.file, args=(atlas.DRAWN, f"{n:012x}"), daemon=True) for n in range(20)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(10)
        assert not any(thread.is_alive() for thread in threads)
        assert replica.lost_since
        start = time.monotonic()
        assert replica.file(atlas.DRAWN, "f" * 12) is None
        assert time.monotonic() - start < 1, "while the store is away nobody asks it"
    finally:
        database.process.send_signal(signal.SIGCONT)
    assert replica.look()
    assert replica.lost_since is None


def test_a_damaged_version_in_the_store_is_not_shown(published_url, changed):
    replica = postgres.Replica(published_url, every=0.1)
    good = replica.published
    folder = changed("Hỏng")
    digest = store.load(folder).files[atlas.RECORDS]
    with psycopg.connect(published_url) as connection:
        connection.execute("insert into atlas.published_files values (%s, 'not this')", (digest,))
    postgres.publish(published_url, folder)
    wait_until(lambda: replica.lost_since)
    assert replica.published is good


def test_a_replica_that_starts_without_the_database_shows_the_embedded_files(database, store_url):
    database.stop()
    replica = postgres.Replica(store_url, every=0.1)
    assert replica.published.atlas.contents == store.read(DATA)
    assert replica.lost_since
    database.start()
    postgres.publish(store_url, DATA)
    wait_until(lambda: replica.published.number is not None)
    assert replica.lost_since is None


def test_an_empty_store_says_what_to_do(store_url):
    with pytest.raises(postgres.StoreUnavailable, match="holds no version; run: python -m atlas publish"):
        postgres.load(store_url)


def test_a_store_that_does_not_answer_says_what_to_do_and_keeps_its_password():
    url = f"postgresql://atlas:secret@127.0.0.1:{free_port()}/atlas"
    with pytest.raises(postgres.StoreUnavailable, match="check the address") as failed:
        postgres.publish(url)
    assert "nothing was published" in str(failed.value)
    assert "secret" not in str(failed.value)


@pytest.mark.parametrize("address", ["notaurl", "postgres//u:secret@h/db"])
def test_a_malformed_address_is_not_repeated(address):
    with pytest.raises(postgres.StoreUnavailable, match="malformed; write it as postgresql://") as failed:
        postgres.publish(address)
    assert address not in str(failed.value)
    assert failed.value.__cause__ is None


def test_a_reader_may_not_publish(database, published_url, changed):
    with psycopg.connect(published_url, autocommit=True) as connection:
        connection.execute("drop role if exists reader")
        connection.execute("create role reader login")
        connection.execute("grant usage on schema atlas to reader")
        connection.execute("grant select on all tables in schema atlas to reader")
    as_reader = published_url.replace("postgres@", "reader@")
    assert postgres.load(as_reader).atlas.contents == store.read(DATA), "but it may read"
    with pytest.raises(postgres.StoreUnavailable, match="nothing was published"):
        postgres.publish(as_reader, changed("Không Được"))


def test_a_view_on_a_table_holds_up_a_publish_and_is_named(published_url, changed):
    with psycopg.connect(published_url) as connection:
        connection.execute("create view public.mine as select name_vi from atlas.places")
    with pytest.raises(postgres.StoreUnavailable, match="drop the views"):
        postgres.publish(published_url, changed("Bị Chặn"))
    assert postgres.load(published_url).atlas.contents == store.read(DATA)


def test_visitors_see_a_new_version_without_a_restart_and_a_notice_when_the_database_is_gone(
    database, published_url, changed, browser
):
    notice = "The database of the atlas does not answer"
    with running_server(ATLAS_STORE=published_url) as address:
        page = browser.new_page(locale="en-GB")

        def shown() -> str:
            """How many twinnings have a place of the new name, and whether the notice is there."""
            page.goto(f"{address}/?q=phomoitinh&view=table")
            line = page.get_by_text(re.compile(r"shown \d+ of"))
            line.wait_for()
            return re.search(r"shown (\d+)", line.inner_text())[1] + notice * page.get_by_text(notice).count()

        assert shown() == "0"
        folder = changed("Phố Mới Tinh")
        postgres.publish(published_url, folder)
        new = store.load(folder)
        renamed = str(len(Selection(q="phomoitinh").twinnings(new)))
        assert renamed != "0"
        wait_until(lambda: files_of(address) == new.files, 60)
        assert shown() == renamed
        database.stop()
        wait_until(lambda: shown() == renamed + notice, 60, every=3)
        page.context.close()


def files_of(address: str) -> dict[str, str]:
    """The built files that a server shows, by name, with their SHA-256."""
    with urlopen(f"{address}/version", timeout=20) as answer:
        return json.load(answer)["files"]
