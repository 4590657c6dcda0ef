"""What a process shows and serves: the embedded files of data/, or the newest version of the shared store."""

import mimetypes
import os
import threading
from datetime import datetime
from functools import cache
from pathlib import Path

from atlas import DATA
from atlas.exports.media import MEDIA
from atlas.model import store
from server.postgres import Published, Replica

STORE = "ATLAS_STORE"

mimetypes.add_type(MEDIA["geojson"], ".geojson")
_starting = threading.Lock()


class Embedded:
    """The built files of a folder, read once, so that a build beside a running server changes nothing under it."""

    lost_since: datetime | None = None

    def __init__(self, folder: Path):
        self.published = Published(None, store.load(folder))

    def file(self, name: str, digest: str) -> bytes | None:
        """The content of a file by its name and the beginning of its SHA-256."""
        known = self.published.atlas.files.get(name, "").startswith(digest)
        return self.published.atlas.contents.get(name) if known else None


def source() -> Embedded | Replica:
    """What this process shows: the shared store that the environment variable ATLAS_STORE names, otherwise data/.

    :raises atlas.model.store.DamagedData: data/ is needed and damaged; the next call tries again.
    """
    with _starting:
        return _source()


@cache
def _source() -> Embedded | Replica:
    url = os.environ.get(STORE)
    return Replica(url) if url else Embedded(DATA)
