"""The release: an archive for Windows with what is double-clicked there, the same bytes for the same commit."""

import re
import subprocess
import zipfile
from pathlib import Path

import pytest

from atlas import ROOT
from deploy import release

SCRIPT = (release.WINDOWS / "atlas.cmd").read_text(
    "ascii"
)  # the command line of Windows reads other letters by its own code page
DAY = "2026.11.30"


@pytest.fixture(scope="module")
def packed(tmp_path_factory) -> list[Path]:
    """Two archives of the same commit."""
    folder = tmp_path_factory.mktemp("dist")
    wheels = folder / "wheels"
    wheels.mkdir()
    (wheels / "atlas-1-py3-none-any.whl").write_bytes(b"wheel")
    (folder / f"{release.NAME}-{DAY}.html").write_bytes(b"<!DOCTYPE html>")
    paths = [folder / name for name in ("first.zip", "second.zip")]
    for path in paths:
        release.archive(path, DAY, wheels)
    return paths


def test_the_same_commit_gives_the_same_bytes(packed):
    first, second = packed
    assert first.read_bytes() == second.read_bytes()


def test_what_is_double_clicked_stands_beside_the_atlas_and_its_wheels(packed):
    with zipfile.ZipFile(packed[0]) as archive:
        names = set(archive.namelist())
        inside = {name.split("/", 1)[1] for name in names}
        assert {name.split("/", 1)[0] for name in names} == {f"border-cooperation-atlas-{DAY}"}
        assert {
            "atlas.cmd",
            "atlas.html",
            "VERSION",
            "app.py",
            "data/records.json",
            "wheels/atlas-1-py3-none-any.whl",
        } <= inside
        for name in (
            name for name in names if re.search(r"/(atlas\.cmd|windows/[^/]+\.txt)$", name) and "/deploy/" not in name
        ):
            assert b"\n" not in archive.read(name).replace(b"\r\n", b""), name


def test_every_way_of_the_script_leads_somewhere():
    assert set(re.findall(r"(?:goto |call :)(\w+)", SCRIPT)) <= set(re.findall(r"^:(\w+)", SCRIPT, re.MULTILINE))
    said = re.findall(r"type windows\\(\S+)", SCRIPT)
    assert set(said) == {path.name for path in release.WINDOWS.glob("*.txt")}
    for name in said:
        text = (release.WINDOWS / name).read_text("utf-8")
        assert all(re.search(letters, text) for letters in ("[a-z]", "[ạếồữ]", "[一-鿿]")), name


def test_the_script_looks_for_each_python_that_has_wheels_the_newest_first():
    newest_first = " ".join(reversed(release.PYTHONS))
    assert re.findall(r"for %%V in \((.+?)\)", SCRIPT) == [newest_first]
    oldest = re.search(r'requires-python = ">=(.+?)"', (ROOT / "pyproject.toml").read_text("utf-8"))[1]
    assert oldest == release.PYTHONS[0]


def test_a_package_without_a_wheel_for_windows_ends_the_release(monkeypatch):
    def refused(*command, **options):
        return subprocess.CompletedProcess(command, 1, "", "uvloop==0.23.0 has no usable wheels")

    monkeypatch.setattr(release.subprocess, "run", refused)
    with pytest.raises(
        release.NotReleased, match=r"requirements\.lock on Windows with Python 3\.11:\nuvloop==0\.23\.0"
    ):
        release.for_windows("requirements.lock", "3.11")
