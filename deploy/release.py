"""A release in the folder ``dist``: ``make release``.

The archive for Windows (the checkout, ``atlas.cmd`` and a wheel of every package for each Python), the one file, the
data package, the bill of materials, and the checksums of all. The same commit and locks give the same bytes.
"""

import hashlib
import io
import json
import shutil
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from atlas import ENGLISH, ROOT, AtlasError
from atlas.exports.archive import datapackage
from atlas.model import store
from atlas.words.translator import Translator

DIST = ROOT / "dist"
WINDOWS = ROOT / "deploy" / "windows"
PYTHONS = ("3.11", "3.12", "3.13")
LOCKS = ("requirements.lock", "requirements-dev.lock")
NAME = "border-cooperation-atlas"
BIN = Path(sys.executable).parent


class NotReleased(AtlasError):
    """What keeps a release from being made."""


def main() -> None:
    """Make the release, or say what is in its way."""
    try:
        print(*release(), sep="\n")
    except NotReleased as reason:
        sys.exit(f"no release was made: {reason}")


def release() -> list[Path]:
    """Every file of the release; those of an earlier one in the folder go.

    :raises NotReleased: the checkout has changes that are not committed, or a package has no wheel for Windows.
    """
    if changes := _bytes("git", "status", "--porcelain").decode().strip():
        raise NotReleased(f"commit or take away first:\n{changes}")
    version = json.loads((ROOT / "seeds" / "datapackage.json").read_text("utf-8"))["version"]
    pinned = {(python, lock): for_windows(lock, python) for python in PYTHONS for lock in LOCKS}
    shutil.rmtree(DIST, ignore_errors=True)
    wheels = DIST / "wheels"
    wheels.mkdir(parents=True)
    for python in PYTHONS:
        (wheels / f"requirements-{python}.txt").write_text(pinned[python, LOCKS[0]], "utf-8")
        download(wheels, python)
    one_file = DIST / f"{NAME}-{version}.html"
    subprocess.run([sys.executable, "-m", "atlas", "export", "site", one_file], cwd=ROOT, check=True)
    (DIST / f"{NAME}-{version}-data-package.zip").write_bytes(datapackage(store.load(), Translator(ENGLISH)))
    (DIST / f"{NAME}-{version}-sbom.cdx.json").write_bytes(_bytes(sys.executable, "deploy/sbom.py"))
    archive(DIST / f"{NAME}-{version}-windows.zip", version, wheels)
    shutil.rmtree(wheels)
    made = sorted(DIST.iterdir())
    sums = DIST / "SHA256SUMS"
    sums.write_text("".join(f"{_digest(path)}  {path.name}\n" for path in made), "utf-8")
    return [*made, sums]


def for_windows(lock: str, python: str) -> str:
    """What a lock installs on Windows (64 bit) with one Python, with its hashes.

    :raises NotReleased: a package has no wheel there.
    """
    resolve = (BIN / "uv", "pip", "compile", "--quiet", "--no-header", "--no-annotate", "--generate-hashes")
    where = ("--python-platform", "x86_64-pc-windows-msvc", "--python-version", python, "--only-binary", ":all:")
    found = subprocess.run([*resolve, *where, lock], cwd=ROOT, capture_output=True, text=True)
    if found.returncode:
        raise NotReleased(f"{lock} on Windows with Python {python}:\n{found.stderr}")
    return found.stdout


def download(wheels: Path, python: str) -> None:
    """Fetch the wheels that ``requirements-<python>.txt`` in the folder names.

    :raises NotReleased: a wheel is missing or is not the one that was locked.
    """
    where = ("--platform", "win_amd64", "--implementation", "cp", "--python-version", python)
    which = ("--no-deps", "--only-binary=:all:", "--require-hashes", "--dest", wheels)
    command = [sys.executable, "-m", "pip", "download", "--quiet", *where, *which]
    found = subprocess.run(
        [*command, "--requirement", wheels / f"requirements-{python}.txt"], capture_output=True, text=True
    )
    if found.returncode:
        raise NotReleased(f"wheels for Windows with Python {python}:\n{found.stderr}")


def archive(path: Path, version: str, wheels: Path) -> None:
    """The archive for Windows: all files of the commit, the wheels, and what is double-clicked.

    Texts for Windows have its line ends. Entries are sorted and have the day of the version.
    """
    with zipfile.ZipFile(path, "w") as packed:
        for name, content in sorted(contents(version, wheels)):
            entry = zipfile.ZipInfo(f"{NAME}-{version}/{name}", (*_day(version), 0, 0, 0))
            entry.create_system, entry.external_attr = 3, 0o644 << 16
            entry.compress_type = zipfile.ZIP_STORED if name.endswith(".whl") else zipfile.ZIP_DEFLATED
            packed.writestr(entry, content, compresslevel=9)


def contents(version: str, wheels: Path) -> Iterator[tuple[str, bytes]]:
    """What the archive has, by its path there."""
    with tarfile.open(fileobj=io.BytesIO(_bytes("git", "archive", "HEAD"))) as committed:
        for one in committed:
            if one.isfile():
                yield one.name, committed.extractfile(one).read()
    for one in wheels.iterdir():
        yield f"wheels/{one.name}", one.read_bytes()
    yield "atlas.cmd", windows_text(WINDOWS / "atlas.cmd")
    for one in WINDOWS.glob("*.txt"):
        yield f"windows/{one.name}", windows_text(one)
    yield "VERSION", f"{version}\r\n".encode()
    yield "atlas.html", (wheels.parent / f"{NAME}-{version}.html").read_bytes()


def windows_text(path: Path) -> bytes:
    """A text with the line ends of Windows; without them its command line misses the labels of a script."""
    return path.read_bytes().replace(b"\n", b"\r\n")


def _day(version: str) -> tuple[int, int, int]:
    found = date.fromisoformat(version.replace(".", "-"))
    return found.year, found.month, found.day


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _bytes(*command: str) -> bytes:
    return subprocess.run(command, cwd=ROOT, check=True, capture_output=True).stdout


if __name__ == "__main__":
    main()
