"""Reading files that somebody named, and writing them so that a reader finds either the whole file or none."""

import errno
import os
import shutil
import stat
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from atlas import AtlasError

TEMPORARY = "border-cooperation-atlas-"
DAY = 24 * 60 * 60  # seconds
MAKE_ROOM = "make room on the disk and run the command again"
MAY_NOT_WRITE = "name a folder where this user may write, or allow it"
DISK_FULL = (errno.ENOSPC, errno.EDQUOT)
REMEDIES = {
    **dict.fromkeys(DISK_FULL, MAKE_ROOM),
    errno.EROFS: MAY_NOT_WRITE,
    errno.EACCES: MAY_NOT_WRITE,
    errno.EPERM: MAY_NOT_WRITE,
    errno.ENOENT: "make the folder first",
    errno.ENOTDIR: "make the folder first",
    errno.EISDIR: "name a file",
    errno.EEXIST: "name a new folder",
}


class CannotWrite(AtlasError):
    """A file could not be written; the message names it, says why, and what to do where that is known."""

    def __init__(self, path: Path, error: OSError):
        super().__init__(
            f"{path} cannot be written: {error.strerror or error}; what was there stays", REMEDIES.get(error.errno or 0)
        )


def write_bytes_atomically(path: Path, content: bytes) -> None:
    """Put ``content`` at ``path``; whatever was there stays until the last byte is on the disk.

    A link stays a link, and the file to which it leads is written; a file keeps its mode. Into a device or a pipe the
    content is written as into any stream.

    :raises CannotWrite: the folder does not exist, writing there is not allowed, or the disk is full.
    """
    temporary = None
    try:
        path = path.resolve() if path.is_symlink() else path
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, "is a folder")
        if path.exists() and not path.is_file():
            path.write_bytes(content)
            return
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:40]}.")
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, stat.S_IMODE(path.stat().st_mode) if path.exists() else 0o644)
        os.replace(temporary, path)
    except OSError as error:
        raise CannotWrite(path, error) from error
    finally:
        if temporary:
            Path(temporary).unlink(missing_ok=True)


@contextmanager
def temporary_folder() -> Iterator[Path]:
    """A folder that is gone afterwards; what killed processes have left of theirs a day ago and longer goes with it."""
    for left in Path(tempfile.gettempdir()).glob(f"{TEMPORARY}*"):
        with suppress(OSError):  # another has swept it, or it is another user's
            if time.time() - left.stat().st_mtime > DAY:
                shutil.rmtree(left)
    with tempfile.TemporaryDirectory(prefix=TEMPORARY) as folder:
        yield Path(folder)


def read_bytes(path: Path) -> bytes:
    """The content of a file that somebody named.

    :raises atlas.AtlasError: it cannot be read; says which and why.
    """
    try:
        return path.read_bytes()
    except OSError as error:
        raise AtlasError(f"{path}: expected a file that can be read ({error.strerror})") from None
