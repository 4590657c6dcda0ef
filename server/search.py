"""One search over all records, for the box on the pages and for other programs; see docs/api.md."""

from collections.abc import Callable
from dataclasses import asdict

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from atlas.model.atlas import Atlas
from atlas.model.spelling import LONGEST_SEARCH
from atlas.words.search import find
from server import answers
from server.answers import Content, NotUnderstood, Turns, as_json, only, served, spoken

ADDRESS = "/search.json"


def routes(current: Callable[[], Atlas]) -> list[BaseRoute]:
    """``/search.json?q=…&lang=…`` for a Starlette application.

    :param current: gives the atlas to answer from; may raise :class:`atlas.model.store.DamagedData`.
    """

    def answer(request: Request) -> Response:
        query = only(request, "q", "lang")
        text = query.get("q", "").strip()
        if not text or len(text) > LONGEST_SEARCH:
            raise NotUnderstood("q", text, f"what to search for, 1 to {LONGEST_SEARCH} characters")
        language = spoken(request, query)
        found = find(current(), text, language)
        body = as_json({"query": text, "total": found.total} | asdict(found))
        headers = {"Cache-Control": "no-cache", "Vary": "Accept-Language"}
        return answers.answer(request, Content(body, level=1), "application/json", headers)

    return [Route(ADDRESS, served(Turns(), answer))]
