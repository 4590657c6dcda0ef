"""Reading a built data folder."""

import hashlib
import json
from pathlib import Path

from atlas import DATA, AtlasError
from atlas.model.atlas import MANIFEST, Atlas, assemble

NEXT = ".next"


class DamagedData(AtlasError):
    """data/ is missing, incomplete or not what the build wrote."""

    remedy = "run: python -m atlas build"


def load(folder: Path = DATA) -> Atlas:
    """Read a built data folder.

    :raises DamagedData: a file is missing or differs from what the build wrote; the message names it.
    """
    return assemble(read(folder))


def read(folder: Path) -> dict[str, bytes]:
    """The files of a built data folder by name, ``manifest.json`` among them, each with the content that it says.

    :raises DamagedData: see :func:`load`.
    """
    try:
        manifest = (folder / MANIFEST).read_bytes()
        digests = dict(json.loads(manifest)["files"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DamagedData(f"{folder / MANIFEST} cannot be read: {error!r}") from error
    try:
        return {MANIFEST: manifest} | {name: _content(folder, name, digest) for name, digest in digests.items()}
    except DamagedData:
        if (folder / MANIFEST).read_bytes() != manifest:  # a build has ended in the meantime
            return read(folder)
        raise


def _content(folder: Path, name: str, digest: str) -> bytes:
    for path in (waiting(folder, name, digest), folder / name):
        try:
            content = path.read_bytes()
        except FileNotFoundError:
            continue
        except OSError as error:
            raise DamagedData(f"{path} cannot be read: {error.strerror}") from error
        if hashlib.sha256(content).hexdigest() == digest:
            return content
        raise DamagedData(f"{path} is not what the build wrote")
    raise DamagedData(f"{folder / name} is missing")


def waiting(folder: Path, name: str, digest: str) -> Path:
    """Where a new file stands until the manifest that names it is written and it takes its own name."""
    return folder / NEXT / f"{digest}-{Path(name).name}"
