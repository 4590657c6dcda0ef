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
from server.answers import DAMAGED, Content, NotUnderstood, Turns, as_json, only

ADDRESS = "/search.json"


def routes(current: Callable[[], Atlas]) -> list[BaseRoute]:
    """``/search.json?q=…&lang=…`` for a Starlette application.

    :param current: gives the atlas to answer from; may raise :class:`atlas.model.store.DamagedData`.
    """
    turns = Turns()

    async def served(request: Request) -> Response:
        try:
            return await turns.make(answer, request)
        except NotUnderstood as error:
            return _refused(str(error))
        except DamagedData:
            return _refused(DAMAGED, HTTPStatus.SERVICE_UNAVAILABLE)

    def answer(request: Request) -> Response:
        query = only(request, "q", "lang")
        text = query.get("q", "").strip()
        language = query.get("lang", preferred(request.headers.get("accept-language")))
        if not text or len(text) > LONGEST_SEARCH:
            raise NotUnderstood("q", text, f"what to search for, 1 to {LONGEST_SEARCH} characters")
        if language not in LANGUAGES:
            raise NotUnderstood("lang", language, f"one of {', '.join(LANGUAGES)}")
        found = find(current(), text, language)
        body = as_json({"query": text, "total": found.total} | asdict(found))
        headers = {"Cache-Control": "no-cache", "Vary": "Accept-Language"}
        return answers.answer(request, Content(body, level=1), "application/json", headers)

    return [Route(ADDRESS, served)]


def _refused(reason: str, status: int = HTTPStatus.BAD_REQUEST) -> Response:
    return answers.error(status, reason, {"Cache-Control": "no-store"})
