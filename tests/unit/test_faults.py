"""Whatever fails, the former state stays whole and a message says what to do: the rows of docs/faults.md."""

import functools
import io
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
from datetime import date
from pathlib import Path

import brotli
import openpyxl
import pytest
from starlette.requests import Request
from starlette.responses import Response
from streamlit.testing.v1 import AppTest

from atlas import DATA, ROOT, SEEDS, build, cli
from atlas.exports import formats
from atlas.exports.contributions.check import write_rows
from atlas.exports.contributions.workbook import template
from atlas.files import CannotWrite, write_bytes_atomically
from atlas.model import atlas, store
from atlas.model.selection import Selection
from atlas.records import dates
from atlas.words.translator import Translator
from server import files, source

NEW_NAME = "Tên Khác"
# run in a mount namespace of its own, so that nothing stays mounted whatever becomes of the test
OWN_MOUNTS = ["unshare", "--mount"] if os.geteuid() == 0 else ["unshare", "--map-root-user", "--mount"]
WRITES = """
import sys
from pathlib import Path
from atlas import AtlasError, build
from atlas.files import write_bytes_atomically
data = Path(sys.argv[2])
try:
    if sys.argv[1] == "build":
        build.build(Path(sys.argv[3]), data)
    else:
        write_bytes_atomically(data / "export.csv", b"new" * 1_000_000)
except AtlasError as error:
    sys.exit(str(error))
"""


@functools.cache
def may_mount() -> bool:
    """Whether this user may mount a file system of its own."""
    return subprocess.run([*OWN_MOUNTS, "mount", "-t", "tmpfs", "none", "/mnt"], capture_output=True).returncode == 0


needs_mount = pytest.mark.skipif(not may_mount(), reason="this user may not mount a file system")


@pytest.fixture
def data(tmp_path) -> Path:
    """A built folder."""
    return shutil.copytree(DATA, tmp_path / "data")


@pytest.fixture(scope="session")
def other_seeds(tmp_path_factory) -> Path:
    """Valid seeds that give other records and another drawing."""
    seeds = shutil.copytree(SEEDS, tmp_path_factory.mktemp("other") / "seeds")
    places = seeds / "places.csv"
    places.write_text(places.read_text("utf-8").replace("Mèo Vạc", NEW_NAME), "utf-8")
    return seeds


@pytest.fixture(scope="module")
def worked_out():
    """What builds have read and worked out so far."""
    return {}


@pytest.fixture
def worked_out_once(monkeypatch, worked_out):
    """Builds work out but once what they write from the same seeds and layers: many can be killed while they write it."""

    def once(name: str, module, key):
        function = getattr(module, name)

        def kept(*arguments):
            made = (name, key(*arguments))
            if made not in worked_out:
                worked_out[made] = function(*arguments)
            return worked_out[made]

        monkeypatch.setattr(module, name, kept)

    once("read", build.records, lambda seeds: seeds)
    once("files_of", build, lambda tables, description, layers: (id(tables), description, *layers.values()))


def killed(action, call: int) -> bool:
    """Run an action in a process that is killed in place of one of its renames; False when it has fewer."""
    child = os.fork()
    if child == 0:
        left = [call]

        def killing(function):
            def called(*arguments):
                if left[0] == 0:
                    os.kill(os.getpid(), signal.SIGKILL)
                left[0] -= 1
                return function(*arguments)

            return called

        os.replace, os.rename = killing(os.replace), killing(os.rename)
        try:
            action()
        finally:
            os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL


def change_border(layers: Path) -> None:
    """What an import of boundaries does: another content for a layer."""
    border = layers / "border.geojson"
    border.write_bytes(border.read_bytes() + b"\n")


def assert_whole_after_every_kill(data: Path, action) -> None:
    old = store.read(data)
    fresh = data.with_name("fresh")
    shutil.copytree(data, fresh)
    action(fresh)
    new = store.read(fresh)
    assert new != old
    seen = []
    while killed(lambda: action(data), len(seen)):
        state = store.read(data)
        assert state in (old, new)
        seen.append(state == new)
        assert atlas.assemble(state).files == json.loads(state[atlas.MANIFEST])["files"]
        shutil.rmtree(data)
        shutil.copytree(DATA, data)
    assert seen == sorted(seen)
    assert seen.count(False) >= 2, "it was killed before the new state held ..."
    assert seen.count(True) >= 1, "... and after"
    assert store.read(data) == new, "run once more to the end, it holds"


def test_a_killed_build_leaves_the_old_or_the_new_state_whole(data, other_seeds, worked_out_once):
    assert_whole_after_every_kill(data, lambda folder: build.build(other_seeds, folder))


def test_a_killed_import_of_boundaries_leaves_the_old_state_whole(data, worked_out_once):
    assert_whole_after_every_kill(data, lambda folder: build.build(SEEDS, folder, change_layers=change_border))


@pytest.mark.parametrize("call", range(4))
def test_the_build_after_a_killed_one_ends_as_if_nothing_had_been(data, other_seeds, call, worked_out_once):
    assert killed(lambda: build.build(other_seeds, data), call)
    build.build(SEEDS, data)
    assert store.read(data) == store.read(DATA)
    for name in store.read(DATA):
        assert (data / name).read_bytes() == (DATA / name).read_bytes()
    assert not (data / store.NEXT).exists()


def test_a_killed_export_leaves_the_former_file(tmp_path, atlas):
    file = tmp_path / "atlas.geojson"
    file.write_bytes(b"former")
    content = formats.export(atlas, "geojson", None, "vi")
    assert killed(lambda: write_bytes_atomically(file, content), 0)
    assert file.read_bytes() == b"former"
    write_bytes_atomically(file, content)
    assert file.read_bytes() == content


def test_killed_contribute_leaves_no_folder(tmp_path, atlas):
    book = openpyxl.load_workbook(io.BytesIO(template(atlas, Translator("en"))))
    source = {"id": "new-paper", "title": "Báo mới", "kind": "article", "published": "2024-05"}
    book["sources"].append([source.get(cell.value) for cell in book["sources"][1]])
    book.save(content := io.BytesIO())
    rows = tmp_path / "rows"
    assert killed(lambda: write_rows(content.getvalue(), "workbook.xlsx", rows), 0)
    assert not rows.exists()
    assert write_rows(content.getvalue(), "workbook.xlsx", rows)[1] == [rows / "sources.csv"]


def test_the_second_of_two_builds_stops_and_says_why(data, other_seeds, worked_out_once):
    def meanwhile(layers: Path) -> None:
        with pytest.raises(build.BuildRunning, match="run this one again when it has ended"):
            build.build(other_seeds, data)

    build.build(SEEDS, data, change_layers=meanwhile)
    assert store.read(data) == store.read(DATA)
    build.build(other_seeds, data)
    assert NEW_NAME in set(store.load(data).table("places")["name_vi"]), "the lock is gone with the first build"


def test_who_reads_during_builds_has_one_state_or_the_other(data, other_seeds, tmp_path, worked_out_once):
    build.build(other_seeds, other := shutil.copytree(DATA, tmp_path / "other"))
    states = [store.read(DATA), store.read(other)]
    for state in states:
        del state[atlas.MANIFEST]
    ended = threading.Event()

    def install() -> None:
        try:
            for turn in range(1, 40):
                state = states[turn % 2]
                build.install(data, state | {atlas.MANIFEST: build.manifest(f"build {turn}", state)})
        finally:
            ended.set()

    writer = threading.Thread(target=install)
    writer.start()
    seen = set()
    while not ended.is_set():
        state = store.read(data)
        del state[atlas.MANIFEST]
        seen.add(states.index(state))
    writer.join()
    assert seen == {0, 1}


def run_mounted(mount: str, action: str, data: Path, seeds: Path) -> subprocess.CompletedProcess:
    """Write a folder after shell commands of a mount namespace; ``$0`` is that folder."""
    script = f'set -e\n{mount}\nshift; "$@"'
    writes = [sys.executable, "-c", WRITES, action, data, seeds]
    return subprocess.run(
        [*OWN_MOUNTS, "sh", "-c", script, data, "", *writes], cwd=ROOT, capture_output=True, text=True
    )


@needs_mount
@pytest.mark.parametrize("action", ["build", "export"])
def test_a_read_only_file_system(data, other_seeds, action):
    before = {path: path.read_bytes() for path in data.rglob("*") if path.is_file()}
    failed = run_mounted('mount --bind "$0" "$0"; mount -o remount,ro,bind "$0"', action, data, other_seeds)
    assert failed.returncode == 1
    assert re.search(
        r"cannot be written: Read-only file system; what was there stays; name a folder where this user may write",
        failed.stderr,
    ), failed.stderr
    assert {path: path.read_bytes() for path in data.rglob("*") if path.is_file()} == before


@needs_mount
@pytest.mark.parametrize("action", ["build", "export"])
def test_a_full_disk(data, other_seeds, tmp_path, action):
    (data / "export.csv").write_bytes(b"former")
    copy = tmp_path / "after"
    mount = f"""
        mkdir "{tmp_path}/before"; cp -r "$0/." "{tmp_path}/before"
        mount -t tmpfs -o size=16m none "$0"; cp -r "{tmp_path}/before/." "$0"
        head -c 100M /dev/zero > "$0/filler" 2>/dev/null || true
        trap 'rm "$0/filler"; cp -r "$0" "{copy}"' EXIT
    """
    failed = run_mounted(mount, action, data, other_seeds)
    assert failed.returncode == 1
    assert "No space left on device; what was there stays; make room on the disk and run the command again" in (
        failed.stderr
    ), failed.stderr
    assert store.read(copy) == store.read(DATA)
    assert (copy / "export.csv").read_bytes() == b"former"


def test_what_cannot_be_written_names_the_remedy(tmp_path):
    with pytest.raises(CannotWrite, match="what was there stays"):
        write_bytes_atomically(tmp_path / "no" / "such" / "folder.csv", b"")


DAMAGES = {
    "missing": lambda path: path.unlink(),
    "cut": lambda path: path.write_bytes(path.read_bytes()[:-5]),
    "changed": lambda path: path.write_bytes(path.read_bytes().replace(b'"', b"'", 1)),
    "empty": lambda path: path.write_bytes(b""),
    "folder": lambda path: (path.unlink(), path.mkdir()),
}


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("name", ["records.json", "map.json", "manifest.json", "layers/border.geojson"])
def test_damaged_data_is_named_with_the_remedy(data, damage, name, monkeypatch, capsys):
    DAMAGES[damage](data / name)
    monkeypatch.setattr(cli.store, "load", lambda: atlas.assemble(store.read(data)))
    assert cli.main(["stats"]) == 1
    said = capsys.readouterr().err
    assert Path(name).name in said
    assert "run: python -m atlas build" in said


@pytest.mark.parametrize("content", ["[]", "{}", '{"files": 3}', '{"files": {"records.json": 7}}', "null", '"'])
def test_a_manifest_that_is_none_is_damaged_data(data, content):
    (data / "manifest.json").write_text(content)
    with pytest.raises(store.DamagedData, match=r"manifest\.json|records\.json"):
        store.load(data)


def test_damaged_data_is_built_again(data, other_seeds):
    for name in ("records.json", "map.json", "manifest.json"):
        DAMAGES["cut"](data / name)
    build.build(SEEDS, data)
    assert store.read(data) == store.read(DATA)


def ask(address: str, **headers: str) -> Response:
    """The answer to ``/data/<address>``."""
    name, _, query = address.partition("?")
    sent = [(header.replace("_", "-").encode(), value.encode()) for header, value in headers.items()]
    scope = {"type": "http", "path_params": {"name": name}, "query_string": query.encode(), "headers": sent}
    return files.data_file(Request(scope))


def test_a_running_server_keeps_its_files_when_data_is_damaged(data, monkeypatch):
    held = source.Embedded(data)
    monkeypatch.setattr(source, "source", lambda: held)
    digest = held.published.atlas.files["map.json"][:12]
    shutil.rmtree(data)
    answer = ask(f"map.json?v={digest}")
    assert answer.body == (DATA / "map.json").read_bytes()
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"


def test_addresses_of_data(data, monkeypatch):
    held = source.Embedded(data)
    monkeypatch.setattr(source, "source", lambda: held)
    name, digest = "layers/border.geojson", held.published.atlas.files["layers/border.geojson"]
    now = ask(name)
    assert (now.status_code, now.headers["cache-control"]) == (200, "no-cache")
    assert now.headers["content-type"] == "application/geo+json"
    assert ask(name, if_none_match=now.headers["etag"]).status_code == 304
    small = ask(name, accept_encoding="br, gzip")
    assert small.headers["content-encoding"] == "br"
    assert small.headers["etag"] != now.headers["etag"], "other bytes"
    assert brotli.decompress(small.body) == now.body
    assert json.loads(ask("manifest.json").body)["files"][name] == digest
    for wrong in (
        f"{name}?v={'0' * 12}", f"{name}?v=", f"{name}?v={digest}", f"{name}?v=%25", f"map.json?v={digest[:12]}",
        "README.md", "../seeds/places.csv", "layers", "",
    ):  # fmt: skip
        answer = ask(wrong)
        assert (answer.status_code, answer.headers["cache-control"]) == (404, "no-store"), wrong


def test_a_clock_before_the_data(monkeypatch, atlas):
    before = {
        name: formats.export(atlas, name, None, "vi") for name, kind in formats.KINDS.items() if not kind.document
    }
    monkeypatch.setattr(dates, "clock", lambda: date(1970, 1, 2))
    assert Selection().day(atlas).isoformat() == atlas.version
    assert Selection.from_query({"from": ["2016"], "to": ["2020"]}, atlas)[1] == []
    assert {
        name: formats.export(atlas, name, None, "vi") for name, kind in formats.KINDS.items() if not kind.document
    } == before
    page = AppTest.from_file(str(ROOT / "ui" / "shell.py"), default_timeout=60)
    page.query_params["lang"] = "en"
    page.run()
    assert not page.exception
    assert any("The clock of the server is wrong: it shows 2 January 1970" in one.value for one in page.warning)
