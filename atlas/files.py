"""Writing files so that a reader finds either the whole file or none."""

import os
import tempfile
from pathlib import Path


class CannotWrite(OSError):
    """A file could not be written; the message names it and says why."""


def write_bytes_atomically(path: Path, content: bytes) -> None:
    """Put ``content`` at ``path``; whatever was there stays until the last byte is on the disk.

    :raises CannotWrite: the folder does not exist, writing there is not allowed, or the disk is full.
    """
    temporary = None
    try:
        if path.is_dir():
            raise IsADirectoryError(None, "is a folder")
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:40]}.")
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, 0o644)
        os.replace(temporary, path)
    except OSError as error:
        raise CannotWrite(f"{path} cannot be written: {error.strerror or error}") from error
    finally:
        if temporary:
            Path(temporary).unlink(missing_ok=True)
