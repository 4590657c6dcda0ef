"""The built files by address."""

import mimetypes
import re
from functools import lru_cache

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from atlas.maps import scripts
from atlas.model import store
from server import assets, source
from server.answers import Content
from server.answers import answer as answered

FOR_EVER = "public, max-age=31536000, immutable"
VERSION = re.compile("[0-9a-f]{12}")


def data_file(request: Request) -> Response:
    """Serve ``/data/<name>?v=<12 digits of its SHA-256>``, of the version shown or one before; without ``v`` what is shown now."""
    name, version = request.path_params["name"], request.query_params.get("v")
    try:
        shown = source.source()
    except store.DamagedData:
        return PlainTextResponse("the data of the atlas is damaged", 503)
    if version is None:
        content = shown.published.atlas.contents.get(name)
    else:
        content = shown.file(name, version) if VERSION.fullmatch(version) else None
    if content is None:
        return PlainTextResponse("there is no such file", 404, {"Cache-Control": "no-store"})
    return answer(request, name, content, FOR_EVER if version else "no-cache")


def map_file(request: Request) -> Response:
    """Serve the script or the style sheet of the map; for ever under the address of its version, otherwise to be asked for anew."""
    name = request.url.path.rpartition("/")[2]
    newest = request.query_params.get("v") == scripts.version(name)
    return answer(request, name, scripts.whole(name), FOR_EVER if newest else "no-cache")


def page_file(request: Request) -> Response:
    """Serve the script or the style sheet of the pages, under the address of its version for ever."""
    name = request.url.path.rpartition("/")[2]
    content = assets.styles() if name.endswith(".css") else assets.script()
    kept = FOR_EVER if request.query_params.get("v") == assets.version() else "no-cache"
    return answer(request, name, content.encode(), kept)


def asset_file(request: Request) -> Response:
    """Serve any other file of ``assets/``, under the address of its version for ever."""
    name = request.path_params["name"]
    content = assets.contents().get(name)
    if content is None:
        return PlainTextResponse("there is no such file", 404, {"Cache-Control": "no-store"})
    kept = FOR_EVER if request.query_params.get("v") == assets.digest(content) else "no-cache"
    return answer(request, name, content, kept)


def answer(request: Request, name: str, content: bytes, kept: str) -> Response:
    """Answer with a file, compressed where that is understood, or that the browser has it already."""
    return answered(request, _prepared(content), mimetypes.guess_type(name)[0], {"Cache-Control": kept})


@lru_cache(maxsize=200)  # files, more than two versions and a page have
def _prepared(content: bytes) -> Content:
    return Content(content)
