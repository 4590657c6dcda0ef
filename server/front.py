"""The atlas as one file, served: who only reads costs the server nothing after the first answer."""

from collections.abc import Callable
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from atlas import ENGLISH
from atlas.exports.formats import export
from atlas.model.atlas import Atlas, cached
from server import worker
from server.answers import Content, Turns, answer, error, served
from server.headers import FRONT


def routes(current: Callable[[], Atlas]) -> list[BaseRoute]:
    """``/atlas.html``: the file for both sides, made once for a version and then kept, compressed too.

    :param current: gives the atlas to answer from; may raise :class:`atlas.model.store.DamagedData`.
    """
    return [Route(FRONT, served(Turns(), lambda request: answered(request, current())))]


def answered(request: Request, atlas: Atlas) -> Response:
    """The answer to a request, see :func:`routes`; parameters are the file's own, or those that messengers append to links."""
    try:
        content = _content(atlas)
    except TimeoutError:
        return error(HTTPStatus.SERVICE_UNAVAILABLE, "The file is not ready yet; please ask again in a minute.")
    # its address has no version, so that a browser asks whether the one that it keeps is the newest
    return answer(request, content, "text/html", {"Cache-Control": "public, no-cache"})


@cached(1)
def _content(atlas: Atlas) -> Content:
    return Content(worker.apart(export, atlas, "site", None, ENGLISH))
