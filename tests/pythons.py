"""Every supported Python at hand gives the same bytes and passes the tests of the library: ``make test-pythons``.

A Python is at hand where uv or pyenv has one; nothing is downloaded but the locked packages.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VERSIONS = ("3.11", "3.12", "3.13")


def write(folder: Path) -> None:
    """Build data/ anew and write one file of each kind."""
    from atlas import DATA, build
    from atlas.exports import formats
    from atlas.model import store

    shutil.copytree(DATA / "layers", folder / "data" / "layers")
    build.build(data=folder / "data")
    atlas = store.load(folder / "data")
    for name, kind in formats.KINDS.items():
        language = "vi-zh" if "vi-zh" in kind.languages else "zh"
        (folder / f"{name}.{kind.suffix}").write_bytes(formats.export(atlas, name, None, language))


def digests(python: Path) -> dict[str, str]:
    """What a Python writes: SHA-256 by name."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([python, "-m", "tests.pythons", folder], cwd=ROOT, check=True)
        files = (path for path in Path(folder).rglob("*") if path.is_file() and path.name != ".lock")
        return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def found(version: str) -> Path | None:
    """The interpreter of a version, in an environment of its own with what is locked; None where there is none."""
    uv = [shutil.which("uv", path=Path(sys.executable).parent) or "uv", "--quiet"]
    pyenv = sorted(Path.home().glob(f".pyenv/versions/{version}.*/bin"))
    search = os.pathsep.join([*map(str, reversed(pyenv)), os.environ["PATH"]])
    asked = os.environ | {"UV_PYTHON_DOWNLOADS": "never", "PATH": search}
    where = ROOT / ".venv" / f"python-{version}"
    made = [*uv, "venv", "--allow-existing", "--no-project", "--python", version, str(where)]
    if subprocess.run(made, env=asked, capture_output=True).returncode:
        return None
    python = where / "bin" / "python"
    lock = ["--require-hashes", "--requirement", str(ROOT / "requirements-dev.lock")]
    subprocess.run([*uv, "pip", "install", "--python", python, *lock], check=True)
    return python


def main() -> int:
    """Compare all that are there with this one; 1 where a file differs or a test fails."""
    own, wrong = digests(Path(sys.executable)), False
    for version in VERSIONS:
        python = found(version)
        if python is None:
            print(f"Python {version}: not at hand")
            continue
        theirs = digests(python)
        differing = sorted(name for name in own.keys() | theirs.keys() if own.get(name) != theirs.get(name))
        print(f"Python {version}: {len(theirs)} files, {len(differing)} differ {' '.join(differing)}", flush=True)
        failed = subprocess.run([python, "-m", "pytest", "tests/unit"], cwd=ROOT).returncode
        wrong = wrong or bool(differing or failed)
    return int(wrong)


if __name__ == "__main__":
    sys.exit(write(Path(sys.argv[1])) if sys.argv[1:] else main())
