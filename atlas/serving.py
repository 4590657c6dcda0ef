"""What a process shows and serves: the embedded files of data/, or the newest version of the shared store."""

import gc
import gzip
import hashlib
import mimetypes
import os
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import cache, lru_cache
from pathlib import Path

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from atlas import DATA, store
from atlas.answers import known
from atlas.shared_store import Published, Replica

STORE = "ATLAS_STORE"
FOR_EVER = "public, max-age=31536000, immutable"
VERSION = re.compile("[0-9a-f]{12}")

PATIENCE = 1  # seconds

mimetypes.add_type("application/geo+json", ".geojson")
_starting = threading.Lock()
_turn = threading.Lock()


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

    :raises atlas.store.DamagedData: data/ is needed and damaged; the next call tries again.
    """
    with _starting:
        return _source()


@cache
def _source() -> Embedded | Replica:
    url = os.environ.get(STORE)
    return Replica(url) if url else Embedded(DATA)


@contextmanager
def turn() -> Iterator[None]:
    """Run one page after the other, since Python runs one thread at a time.

    Many that begin at once would take turns of milliseconds, and all would end late, those of 50 busy visitors seven
    times as late. Whoever has waited for :data:`PATIENCE` begins all the same, so that none can hold up all others.
    """
    mine = _turn.acquire(timeout=PATIENCE)
    try:
        yield
    finally:
        if mine:
            _turn.release()


@cache
def settle() -> None:
    """Keep the garbage collector from what the first page has loaded, imported and prepared; to be called after it.

    Whenever it looks through all objects it would look through all of these as well.
    """
    gc.collect()
    gc.freeze()


def data_file(request: Request) -> Response:
    """Serve ``/data/<name>?v=<12 digits of its SHA-256>``, of the version shown or one before; without ``v`` what is shown now."""
    name, version = request.path_params["name"], request.query_params.get("v")
    try:
        shown = source()
    except store.DamagedData:
        return PlainTextResponse("the data of the atlas is damaged", 503)
    if version is None:
        content = shown.published.atlas.contents.get(name)
    else:
        content = shown.file(name, version) if VERSION.fullmatch(version) else None
    if content is None:
        return PlainTextResponse("there is no such file", 404, {"Cache-Control": "no-store"})
    digest, compressed = _prepared(content)
    packed = "gzip" in request.headers.get("accept-encoding", "")
    tag = f'"{digest}-gzip"' if packed else f'"{digest}"'
    headers = {"Cache-Control": FOR_EVER if version else "no-cache", "ETag": tag, "Vary": "Accept-Encoding"}
    if known(request, tag):
        return Response(status_code=304, headers=headers)
    if packed:
        content, headers["Content-Encoding"] = compressed, "gzip"
    return Response(content, media_type=mimetypes.guess_type(name)[0], headers=headers)


@lru_cache(maxsize=100)  # files, more than two versions have
def _prepared(content: bytes) -> tuple[str, bytes]:
    """The digest of a file and the file compressed, made for the first visitor who asks and kept for all others."""
    return hashlib.sha256(content).hexdigest()[:32], gzip.compress(content, mtime=0)
