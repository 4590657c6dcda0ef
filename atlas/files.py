"""Writing files so that a reader finds either the whole file or none."""

import errno
import os
import tempfile
from pathlib import Path

from atlas import AtlasError

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

    :raises CannotWrite: the folder does not exist, writing there is not allowed, or the disk is full.
    """
    temporary = None
    try:
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, "is a folder")
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:40]}.")
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, 0o644)
        os.replace(temporary, path)
    except OSError as error:
        raise CannotWrite(path, error) from error
    finally:
        if temporary:
            Path(temporary).unlink(missing_ok=True)
