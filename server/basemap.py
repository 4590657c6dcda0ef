"""A base map of the office's own choice under the atlas's lines: a PMTiles file of its own, or tiles from a server."""

import os
import re
from dataclasses import dataclass
from functools import cache
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from pmtiles.reader import MmapSource, Reader
from pmtiles.tile import TileType
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.staticfiles import StaticFiles

from atlas import AtlasError
from server.files import FOR_EVER

BASEMAP, CREDIT = "ATLAS_BASEMAP", "ATLAS_BASEMAP_CREDIT"
ADDRESS = "basemap.pmtiles"
EXPECTED = "the path of a PMTiles file (version 3; PNG, JPEG, WebP or AVIF, or vector tiles of Protomaps' schema), or an address of tiles such as https://tiles.example/{z}/{x}/{y}.png"
RASTER = (TileType.PNG, TileType.JPEG, TileType.WEBP, TileType.AVIF)
DEEPEST = 14  # the closest zoom of the map
MEDIA = "application/vnd.pmtiles"


class BadBasemap(AtlasError):
    """What the environment names is no base map."""

    def __init__(self, given: str, reason: str):
        super().__init__(
            f'{BASEMAP}="{given}": {reason}', f"expected {EXPECTED}; without {BASEMAP} the map is the atlas's own"
        )


@dataclass(frozen=True)
class Basemap:
    """What lies under the atlas's lines.

    kind: ``raster``, ``vector`` (both of a file) or ``tiles``; address: from the application's root, or a template;
    credit: plain text of whom it is from; zooms: the least and the greatest that it has; path: the file; origin: the
    host that a browser asks, e.g. ``https://tiles.example``.
    """

    kind: str
    address: str
    credit: str
    zooms: tuple[int, int]
    path: Path | None = None
    origin: str | None = None


@cache
def chosen() -> Basemap | None:
    """The base map that the environment variable ATLAS_BASEMAP names; none without it.

    :raises BadBasemap: it names none.
    """
    given = os.environ.get(BASEMAP, "")
    if not given:
        return None
    return _online(given) if "://" in given else _file(given)


def under(root: str) -> dict[str, Any] | None:
    """What the map script needs of the base map: ``kind``, ``url``, ``credit`` and ``zooms``.

    :param root: path from the map's frame to the application's root, e.g. ``../..``.
    """
    basemap = chosen()
    if basemap is None:
        return None
    url = basemap.address if basemap.origin else f"{root}/{basemap.address}"
    return {"kind": basemap.kind, "url": url, "credit": basemap.credit, "zooms": basemap.zooms}


def _online(given: str) -> Basemap:
    try:
        parts = urlsplit(given)
        host = parts.netloc
    except ValueError as error:
        raise BadBasemap(given, str(error)) from error
    # whatever else stood in the host would stand in the policy of every page
    if parts.scheme not in ("http", "https") or not re.fullmatch(r"[A-Za-z0-9.-]+(:\d+)?", host):
        raise BadBasemap(given, "this is no address of http or https")
    if missing := [part for part in ("{z}", "{x}", "{y}") if part not in given]:
        raise BadBasemap(given, f"{', '.join(missing)} does not stand in the address")
    return Basemap("tiles", given, os.environ.get(CREDIT, host), (0, DEEPEST), origin=f"{parts.scheme}://{host}")


def _file(given: str) -> Basemap:
    path = Path(given)
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            reader = Reader(MmapSource(file))
            header = reader.header()
            told = reader.metadata()
    except OSError as error:
        raise BadBasemap(given, error.strerror or str(error)) from error
    except Exception as error:  # the library raises whatever the bytes make it
        raise BadBasemap(given, "this is no PMTiles file of version 3, or a damaged one") from error
    if header["tile_data_offset"] + header["tile_data_length"] > size:
        raise BadBasemap(given, f"the file ends before its tiles do, after {size} bytes")
    kind = "raster" if header["tile_type"] in RASTER else "vector" if header["tile_type"] is TileType.MVT else None
    if kind is None:
        raise BadBasemap(given, f"tiles of kind {header['tile_type'].name} are not drawn")
    credit = os.environ.get(CREDIT) or re.sub("<[^>]*>", "", str(told.get("attribution") or path.stem))
    version = f"{size:x}-{path.stat().st_mtime_ns:x}"
    return Basemap(kind, f"{ADDRESS}?v={version}", credit, (header["min_zoom"], header["max_zoom"]), path=path)


def basemap_file(request: Request) -> Response:
    """Serve the office's file; browsers ask for the pieces that they need (HTTP ranges)."""
    basemap = chosen()
    if basemap is None or basemap.path is None:
        return PlainTextResponse("there is no such file", 404, {"Cache-Control": "no-store"})
    files = StaticFiles(directory=basemap.path.parent)
    answer = files.file_response(basemap.path, basemap.path.stat(), request.scope)
    newest = basemap.address.endswith(f"?{request.url.query}")
    answer.headers["Cache-Control"] = FOR_EVER if newest else "no-cache"
    if answer.status_code != HTTPStatus.NOT_MODIFIED:
        answer.headers["Content-Type"] = MEDIA
    return answer
