"""Linked data: the catalogue, places as Linked Places, and every record as JSON-LD; see docs/api.md."""

import json
from collections.abc import Awaitable, Callable
from urllib.parse import urlencode

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from atlas.exports.linked.catalog import catalog
from atlas.exports.linked.places import linked_places
from atlas.exports.linked.records import described
from atlas.model.addresses import TABLES, record
from atlas.model.atlas import Atlas, cached
from atlas.words.translator import Translator
from server import answers
from server.answers import Content, NotUnderstood, Turns, as_json, only, root, served, spoken

MIME = "application/ld+json"
CATALOG, PLACES = "/catalog.jsonld", "/linked-places.jsonld"
UNSAFE = {ord(one): f"\\u{ord(one):04x}" for one in "<>&"}  # what would end a script in a page


def routes(current: Callable[[], Atlas]) -> list[BaseRoute]:
    """``/catalog.jsonld``, ``/linked-places.jsonld?lang=…`` and ``/place.jsonld?id=…``, so for every kind of record.

    :param current: gives the atlas to answer from; may raise :class:`atlas.model.store.DamagedData`.
    """
    turns = Turns()

    def endpoint(answer: Callable[[Request, Atlas], Response]) -> Callable[[Request], Awaitable[Response]]:
        return served(turns, lambda request: answer(request, current()))

    return [
        Route(CATALOG, endpoint(_catalog)),
        Route(PLACES, endpoint(_places)),
        *(Route(f"/{kind}.jsonld", endpoint(_record)) for kind in TABLES),
    ]


def in_page(atlas: Atlas, request: Request) -> Markup:
    """What stands in the head of the page of a record: the record as JSON-LD, and where it stands alone; nothing on others."""
    kind, identifier = request.scope["path"].strip("/"), request.query_params.get("id", "")
    if kind not in TABLES or identifier not in atlas.table(TABLES[kind]).index:
        return Markup("")
    content = json.dumps(described(atlas, TABLES[kind], identifier, _addresses(request)), ensure_ascii=False)
    return Markup("<link rel=alternate type='{}' href='./{}.jsonld?{}'><script type='{}'>{}</script>").format(
        MIME, kind, urlencode({"id": identifier}), MIME, Markup(content.translate(UNSAFE))
    )


def _addresses(request: Request) -> Callable[[str, str], str]:
    address = root(request)
    return lambda kind, identifier: f"{address}/{record(kind, identifier)}"


def _catalog(request: Request, atlas: Atlas) -> Response:
    only(request)
    return _answer(request, Content(as_json(catalog(atlas, root(request))), level=5), "public, no-cache")


def _places(request: Request, atlas: Atlas) -> Response:
    language = spoken(request, only(request, "lang"))
    content = _all_places(atlas, language, root(request))
    return answers.answer(request, content, MIME, {"Cache-Control": "no-cache", "Vary": "Accept-Language"})


@cached(6)
def _all_places(atlas: Atlas, language: str, root: str) -> Content:
    def address(kind: str, identifier: str) -> str:
        return f"{root}/{record(kind, identifier)}"

    return Content(linked_places(atlas, None, Translator(language), address), level=5)


def _record(request: Request, atlas: Atlas) -> Response:
    kind = request.scope["path"].strip("/").removesuffix(".jsonld")
    identifier = only(request, "id").get("id", "")
    known = atlas.table(TABLES[kind]).index
    if identifier not in known:
        raise NotUnderstood("id", identifier, f"the id of a {kind}", known)
    content = described(atlas, TABLES[kind], identifier, _addresses(request))
    return _answer(request, Content(as_json(content), level=5), "public, no-cache")


def _answer(request: Request, content: Content, kept: str) -> Response:
    return answers.answer(request, content, MIME, {"Cache-Control": kept})
