"""Files made beside the sessions: one process makes them, of the very version it is given, and one that dies is replaced."""

import gc
import os
import shutil
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import ModuleType

import psutil
import pytest

from atlas import DATA, ROOT, SEEDS, build
from atlas.charts import counts
from atlas.charts.plot import image
from atlas.exports import archive, spreadsheets
from atlas.exports.contributions import workbook
from atlas.exports.formats import export, file_name
from atlas.model import atlas, readymade, store
from atlas.model.selection import Selection
from atlas.words.translator import Translator
from server import source, worker
from server.worker import apart
from tests.conftest import wait_until

HA_GIANG = Selection(province=("ha-giang",), q="mèo vạc")
ENGLISH = Translator("en")


def process() -> int:
    """The number of the process that makes exports."""
    return apart(os.getpid)


@pytest.mark.parametrize(
    ("kind", "selection", "language"),
    [("csv", HA_GIANG, "vi"), ("geojson", HA_GIANG, "zh"), ("xlsx", HA_GIANG, "en"), ("svg", HA_GIANG, "vi-zh")],
)
def test_what_is_made_apart_is_what_is_made_here(atlas, kind, selection, language):
    assert apart(export, atlas, kind, selection, language) == export(atlas, kind, selection, language)


def test_slides_follow_a_session(atlas):
    session = readymade.twinning(atlas, ("ha-giang",), "vi")
    made = worker.for_visitor("of Streamlit", export, atlas, "pptx", HA_GIANG, "vi", session=session)
    assert made == export(atlas, "pptx", HA_GIANG, "vi", session=session)
    assert made != export(atlas, "pptx", HA_GIANG, "vi")


def test_every_other_file_is_made_apart_as_it_is_here(atlas):
    rows = atlas.table("figures")[lambda every: every["programme"] == "scholarship"]
    plot = counts.statements(atlas, rows[rows["rate"] == "per_year"], ENGLISH, "Offered each year")
    for make, arguments in [
        (archive.datapackage, (atlas, ENGLISH)),
        (spreadsheets.csv_table, (atlas, None, ENGLISH, "agreements")),
        (image, (plot, "Source: one", "svg", "en")),
        (spreadsheets.csv, (plot.table,)),
        (workbook.template, (atlas, ENGLISH)),
    ]:
        assert apart(make, *arguments) == make(*arguments)


def test_many_who_export_at_once_share_one_process(atlas):
    with ThreadPoolExecutor(8) as visitors:
        made = list(visitors.map(lambda _: apart(export, atlas, "geojson", HA_GIANG, "vi"), range(8)))
        numbers = set(visitors.map(lambda _: process(), range(8)))
    assert set(made) == {export(atlas, "geojson", HA_GIANG, "vi")}
    assert len(numbers) == 1
    assert numbers.isdisjoint({os.getpid()})


def test_an_export_process_that_was_killed_is_replaced(atlas):
    before = process()
    os.kill(before, signal.SIGKILL)
    with ThreadPoolExecutor(4) as visitors:
        made = list(visitors.map(lambda _: apart(export, atlas, "geojson", HA_GIANG, "vi"), range(4)))
    assert set(made) == {export(atlas, "geojson", HA_GIANG, "vi")}
    assert process() != before


def test_a_process_that_is_started_by_a_page_runs_no_page(monkeypatch, capfd):
    os.kill(process(), signal.SIGKILL)
    page = ModuleType("__main__")  # as Streamlit has it while it runs a page
    page.__file__ = str(ROOT / "ui/shell.py")
    monkeypatch.setitem(sys.modules, "__main__", page)
    worker._started.cache_clear()
    assert apart(bytes, 3) == bytes(3)
    assert capfd.readouterr().err == ""


@pytest.fixture(scope="module")
def newer(tmp_path_factory) -> Path:
    """A built folder of a later version, with another name of a twinned place."""
    folder = tmp_path_factory.mktemp("newer")
    seeds, data = shutil.copytree(SEEDS, folder / "seeds"), folder / "data"
    shutil.copytree(DATA / "layers", data / "layers")
    for name, old, new in (("datapackage.json", store.load().version.replace("-", "."), "2030.01.02"), ("places.csv", "Mèo Vạc", "Tên Mới")):  # fmt: skip
        text = (seeds / name).read_text("utf-8")
        assert old in text
        (seeds / name).write_text(text.replace(old, new), "utf-8")
    build.build(seeds, data)
    return data


EVERY_KIND = [("csv", HA_GIANG, "vi"), ("svg", HA_GIANG, "vi")]  # of the tables, and of the layers with the drawn map


@pytest.mark.parametrize(("kind", "selection", "language"), EVERY_KIND)
def test_a_build_beside_a_running_server_changes_no_file_of_the_version_shown(
    tmp_path, newer, kind, selection, language
):
    held = source.Embedded(shutil.copytree(DATA, tmp_path / "data"))
    shutil.rmtree(tmp_path / "data")
    shutil.copytree(newer, tmp_path / "data")
    shown = held.published.atlas
    made = apart(export, shown, kind, selection, language)
    assert made == export(store.load(DATA), kind, selection, language)
    assert made != export(store.load(newer), kind, selection, language)
    assert shown.version in file_name(shown, selection, language, kind)


@pytest.mark.parametrize(("kind", "selection", "language"), EVERY_KIND)
def test_damaged_data_under_a_running_server_changes_no_file(tmp_path, kind, selection, language):
    held = source.Embedded(shutil.copytree(DATA, tmp_path / "data"))
    for path in (tmp_path / "data").rglob("*.json"):
        path.write_bytes(b"damaged")
    shutil.rmtree(tmp_path / "data/layers")
    assert apart(export, held.published.atlas, kind, selection, language) == export(
        store.load(DATA), kind, selection, language
    )


def test_a_change_of_version_changes_the_files_made_after_it(newer):
    for folder in (DATA, newer, DATA):
        atlas = store.load(folder)
        assert apart(archive.datapackage, atlas, ENGLISH) == archive.datapackage(atlas, ENGLISH)
        assert apart(export, atlas, "csv", HA_GIANG, "en") == export(atlas, "csv", HA_GIANG, "en")


def held_versions() -> bytes:
    """The versions of all atlases in the process of exports; those for an audience or without some names count too."""
    gc.collect()
    held = {one.fingerprint for one in gc.get_objects() if isinstance(one, atlas.Atlas)}
    return " ".join(sorted(held)).encode()


def test_the_process_of_exports_holds_one_version(newer):
    for folder in (DATA, newer):
        shown = store.load(folder)
        for kind in ("svg", "csv"):
            apart(export, shown, kind, HA_GIANG, "vi", proposed_names=False)
        assert apart(held_versions) == shown.fingerprint.encode()


def endless() -> bytes:
    """A job that does not end."""
    while True:
        time.sleep(1)


def test_a_job_that_runs_out_of_time_is_ended_and_does_not_hold_up_the_next(monkeypatch):
    process()
    monkeypatch.setattr(worker, "LONGEST", 0.5)
    with pytest.raises(TimeoutError):
        apart(endless)
    monkeypatch.undo()
    assert apart(bytes, 3) == bytes(3)


def test_who_has_waited_too_long_for_those_before_is_told(monkeypatch):
    process()
    monkeypatch.setattr(worker, "PATIENCE", 0.1)
    monkeypatch.setattr(worker, "LONGEST", 3)
    with ThreadPoolExecutor(1) as before:
        first = before.submit(apart, endless)
        wait_until(worker._line.locked)
        with pytest.raises(TimeoutError):
            apart(bytes, 3)
        assert not first.done(), "it is its own job that was not begun"


def swollen() -> bytes:
    """A job that takes ever more memory."""
    taken = []
    while True:
        taken.append(bytearray(b"x") * 2**20)
        time.sleep(0.001)


def test_a_job_that_takes_too_much_memory_is_ended_and_the_next_is_made(monkeypatch):
    held = psutil.Process(process()).memory_info().rss
    monkeypatch.setattr(worker, "MOST_MEMORY", held + 100 * 2**20)
    with pytest.raises(MemoryError):
        apart(swollen)
    monkeypatch.undo()
    assert apart(bytes, 3) == bytes(3)


def held_up(until: Path) -> bytes:
    """A job that ends when a file appears."""
    while not until.exists():
        time.sleep(0.05)
    return b""


def test_one_visitor_does_not_keep_the_others_waiting(tmp_path):
    process()
    with ThreadPoolExecutor(2) as burst:
        for _ in range(worker.AT_ONCE):
            burst.submit(worker.for_visitor, "one", held_up, tmp_path / "end")
        wait_until(lambda: worker.waiting() == worker.AT_ONCE)
        for _ in range(48):
            with pytest.raises(worker.Refused):
                worker.for_visitor("one", bytes, 3)
        assert worker.waiting() == worker.AT_ONCE, "they do not wait in line"
        (tmp_path / "end").touch()
        assert worker.for_visitor("another", bytes, 3) == bytes(3)
    assert worker.waiting() == 0


def test_nothing_is_made_for_a_visitor_who_has_left(monkeypatch):
    monkeypatch.setattr(worker, "_is_there", lambda session: session != "gone")
    with pytest.raises(worker.Refused):
        worker.for_visitor("gone", bytes, 3)
    assert worker.for_visitor("here", bytes, 3) == bytes(3)
    assert worker.waiting() == 0


@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGKILL])
def test_the_process_of_exports_goes_with_its_server(end):
    script = (
        "import os, signal\nfrom server.worker import apart\n"
        "if __name__ == '__main__':\n    print(apart(os.getpid), flush=True)\n    signal.pause()\n"
    )
    server = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, cwd=ROOT)
    worker = psutil.Process(int(server.stdout.readline()))
    assert Path(f"/proc/{worker.pid}/oom_score_adj").read_text().strip() == "500", (
        "the first to go where memory runs out"
    )
    server.send_signal(end)
    server.wait(20)
    wait_until(lambda: not worker.is_running() or worker.status() == psutil.STATUS_ZOMBIE)
