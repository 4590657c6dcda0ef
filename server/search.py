"""One search over all records, for the box on the pages and for other programs; see docs/api.md."""

from collections.abc import Callable
from dataclasses import asdict
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from atlas import LANGUAGES
from atlas.model.atlas import Atlas
from atlas.model.spelling import LONGEST_SEARCH
from atlas.model.store import DamagedData
from atlas.words.languages import preferred
from atlas.words.search import find
from server import answers
from server.answers import DAMAGED, as_json

ADDRESS = "/search.json"


def routes(current: Callable[[], Atlas]) -> list[BaseRoute]:
    """``/search.json?q=…&lang=…`` for a Starlette application.

    :param current: gives the atlas to answer from; may raise :class:`atlas.model.store.DamagedData`.
    """

    def answer(request: Request) -> Response:
        text = request.query_params.get("q", "").strip()
        language = request.query_params.get("lang") or preferred(request.headers.get("accept-language"))
        if not text or len(text) > LONGEST_SEARCH:
            return _refused(f"q: expected what to search for, 1 to {LONGEST_SEARCH} characters")
        if language not in LANGUAGES:
            return _refused(f"lang={language[:100]!r}: expected one of {', '.join(LANGUAGES)}")
        try:
            atlas = current()
        except DamagedData:
            return _refused(DAMAGED, HTTPStatus.SERVICE_UNAVAILABLE)
        found = find(atlas, text, language)
        body = as_json({"query": text, "total": found.total} | asdict(found))
        return answers.answer(
            request, body, "application/json", {"Cache-Control": "no-cache", "Vary": "Accept-Language"}
        )

    return [Route(ADDRESS, answer)]


def _refused(reason: str, status: int = HTTPStatus.BAD_REQUEST) -> Response:
    return answers.error(status, reason, {"Cache-Control": "no-store"})
