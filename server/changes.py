"""What changed between releases, for programs: an Atom feed and ``/changes.json``; see docs/api.md."""

from collections.abc import Awaitable, Callable
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from atlas.exports.changed import as_dict
from atlas.exports.feed import feed
from atlas.model import changes
from atlas.model.atlas import Atlas
from atlas.model.changes_selected import selected
from atlas.words.translator import Translator
from server import answers
from server.answers import Content, NotUnderstood, Turns, as_json, only, root, served, spoken

FEED, CHANGES = "/feed.atom", "/changes.json"


def routes(current: Callable[[], Atlas]) -> list[BaseRoute]:
    """``/feed.atom?lang=…&province=…`` and ``/changes.json?since=…&until=…`` for a Starlette application.

    :param current: gives the atlas to answer from; may raise :class:`atlas.model.store.DamagedData`.
    """
    turns = Turns()

    def endpoint(answer: Callable[[Request, Atlas], Response]) -> Callable[[Request], Awaitable[Response]]:
        return served(turns, lambda request: answer(request, current()))

    return [Route(FEED, endpoint(_feed)), Route(CHANGES, endpoint(_changes))]


def _feed(request: Request, atlas: Atlas) -> Response:
    query = only(request, "lang", "province", "region", "series")
    language = spoken(request, query)
    address = root(request)

    def to(page: str, parameters: dict[str, str]) -> str:
        several = {name: value.split(",") for name, value in (parameters | {"lang": language}).items()}
        return f"{address}/{page}?{urlencode(several, doseq=True)}"

    itself = f"{address}{FEED}?{urlencode(query | {'lang': language}, safe=',')}"
    body = feed(
        atlas, answers.selected(atlas, query, *answers.UNITS), Translator(language), itself, to, query.get("series")
    )
    headers = {"Cache-Control": "no-cache", "Vary": "Accept-Language"}
    return answers.answer(request, Content(body, level=5), "application/atom+xml", headers)


def _changes(request: Request, atlas: Atlas) -> Response:
    query = only(request, "since", "until", "series", "province", "region", "f")
    if query.get("f", "json") != "json":
        raise NotUnderstood("f", query["f"], "json")
    if "since" not in query:
        raise NotUnderstood("since", "", "the version to compare with, such as a release by its day")
    since, until, series = query["since"], query.get("until", changes.TODAY), query.get("series")
    if series is not None and changes.SINCE not in (since, until):
        raise NotUnderstood("series", series, f"a series only where since or until is {changes.SINCE}")
    found = changes.between(atlas, since, until, series)
    body = as_json(as_dict(found, selected(atlas, found, answers.selected(atlas, query, *answers.UNITS))))
    headers = {"Cache-Control": "public, no-cache"}
    return answers.answer(request, Content(body, level=5), "application/json", headers)
