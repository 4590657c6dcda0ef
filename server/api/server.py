"""The addresses of the interface and what they answer."""

import re
from collections.abc import Awaitable, Callable, Mapping
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.types import ASGIApp, Receive, Scope, Send

from atlas import VERSION
from atlas.model import addresses
from atlas.model.atlas import Atlas
from atlas.model.store import DamagedData
from server import answers
from server.answers import DAMAGED, Content, NotUnderstood, Turns, as_json, only, root
from server.api.collections import DEFAULT_LIMIT, FORMATS, MAXIMUM_LIMIT, NAMES, Collection, collections
from server.api.description import JSON, OPENAPI, SCHEMA, feature_schema, openapi
from server.api.kept import Answer, Kept, key
from server.headers import report

CONFORMS_TO = [
    f"http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/{part}" for part in ("core", "oas30", "geojson")
]
CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
LEVEL = 5  # of compression: the next ones take twice the time for a twentieth less
TITLE = "Vietnam–China Border Cooperation Atlas"

Endpoint = Callable[[Request], Answer]


def routes(current: Callable[[], Atlas]) -> list[BaseRoute]:
    """``/api``, ``/healthz`` and ``/version`` for a Starlette application.

    :param current: gives the atlas to answer from; may raise :class:`atlas.model.store.DamagedData`.
    """
    interface = _Interface(current)
    handlers: dict[Any, Any] = {
        NotUnderstood: _refused,
        HTTPException: _failed,
        DamagedData: _damaged,
        Exception: _broken,
    }
    inner = [
        Route("/", interface.served(interface.landing)),
        Route("/conformance", interface.served(interface.conformance)),
        Route("/openapi", interface.served(interface.description)),
        Route("/collections", interface.served(interface.collections)),
        Route("/collections/{name}", interface.served(interface.collection)),
        Route("/collections/{name}/schema", interface.served(interface.schema)),
        Route("/collections/{name}/items", interface.served(interface.items)),
        Route("/collections/{name}/items/{feature:path}", interface.served(interface.item)),
    ]
    application = Starlette(routes=inner, exception_handlers=handlers)
    application.router.redirect_slashes = False
    return [
        Route("/healthz", interface.health),
        Route("/version", interface.version),
        Mount("/api", application),
        Route("/api", _WithSlash(application)),
        *(Route(path, _beside) for path in ("/conformance", "/collections", "/collections/{rest:path}")),
    ]


def _beside(request: Request) -> Response:
    """Lead OWSLib on, which looks for what belongs to ``/api?f=json`` beside it, as browsers read a relative address."""
    return RedirectResponse(f"{root(request)}/api{request.scope['path']}?{request.url.query}")


class _WithSlash:
    """A mounted application under its own name without a slash, to which it would not answer."""

    def __init__(self, app: ASGIApp):
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self.app(dict(scope) | {"root_path": scope["path"], "path": f"{scope['path']}/"}, receive, send)


class _Interface:
    def __init__(self, current: Callable[[], Atlas]):
        self.current = current
        self._built: tuple[Atlas, dict[str, Collection], Kept] | None = None
        self._turns = Turns()

    def served(self, endpoint: Endpoint) -> Callable[[Request], Awaitable[Response]]:
        """An endpoint that makes one answer after the other and keeps those made last."""

        async def serve(request: Request) -> Response:
            return await self._turns.make(self._answer, endpoint, request)

        return serve

    def _answer(self, endpoint: Endpoint, request: Request) -> Response:
        asked, kept = key(request, _accepted(request)), self._shown()[2]
        found = kept.get(asked) if asked else None
        if not found:
            found = endpoint(request)
            if asked:
                kept.keep(asked, found)
        return _sent(request, found)

    def health(self, request: Request) -> Response:
        try:
            return JSONResponse({"status": "ok", "version": self.current().version})
        except DamagedData as damage:
            return _damaged(request, damage)

    def version(self, request: Request) -> Response:
        try:
            atlas = self.current()
        except DamagedData as damage:
            return _damaged(request, damage)
        return _sent(request, _answer({"version": atlas.version, "code": VERSION, "files": atlas.files}))

    def landing(self, request: Request) -> Answer:
        _only_json(request)
        address = _address(request)
        links = [
            _link(f"{address}/", "self", JSON, TITLE),
            _link(f"{address}/openapi", "service-desc", OPENAPI, "Description of the interface"),
            _link(f"{address}/conformance", "conformance", JSON, "What of the standard is kept"),
            _link(f"{address}/collections", "data", JSON, "Collections"),
        ]
        return _answer({"title": TITLE, "description": "Local cooperation across the land border", "links": links})

    def conformance(self, request: Request) -> Answer:
        _only_json(request)
        return _answer({"conformsTo": CONFORMS_TO})

    def description(self, request: Request) -> Answer:
        _only_json(request)
        content = openapi(self._all(), self.current().version, _address(request))
        return _answer(content, OPENAPI)

    def collections(self, request: Request) -> Answer:
        _only_json(request)
        address = _address(request)
        listed = [_described(collection, address) for collection in self._all().values()]
        links = [_link(f"{address}/collections", "self", JSON, "Collections")]
        return _answer({"links": links, "collections": listed})

    def collection(self, request: Request) -> Answer:
        _only_json(request)
        return _answer(_described(self._one(request), _address(request)))

    def schema(self, request: Request) -> Answer:
        _only_json(request)
        return _answer(feature_schema(self._one(request)), SCHEMA)

    def items(self, request: Request) -> Answer:
        collection = self._one(request)
        query = only(
            request, "bbox", "datetime", "limit", "offset", "f", *collection.filters, *collection.filters_of_pages
        )
        form = _form(request, query)
        limit = min(_number(query, "limit", DEFAULT_LIMIT, 1), MAXIMUM_LIMIT)
        offset = _number(query, "offset", 0, 0)
        matched = collection.ask(query)
        offset = min(offset, len(matched))
        page = matched.iloc[offset : offset + limit]
        address = f"{_address(request)}/collections/{collection.name}"
        links = [
            _link(_asked(f"{address}/items", query | {"f": other}), "self" if other == form else "alternate", mime)
            for other, mime in FORMATS.items()
        ]
        links.append(_link(address, "collection", JSON, collection.title))
        for relation, start in (("next", offset + limit), ("prev", max(0, offset - limit))):
            if (relation == "next" and start < len(matched)) or (relation == "prev" and offset > 0):
                target = _asked(f"{address}/items", query | {"f": form, "offset": start, "limit": limit})
                links.append(_link(target, relation, FORMATS[form]))
        if form == "csv":
            return _answer(collection.csv(page), FORMATS["csv"], _link_header(links))
        told = {
            "type": "FeatureCollection",
            "links": links,
            "numberMatched": len(matched),
            "numberReturned": len(page),
        }
        features = b",".join(collection.written[name] for name in page.index)
        return _answer(b'%s,"features":[%s]}' % (as_json(told).removesuffix(b"}"), features), FORMATS["json"])

    def item(self, request: Request) -> Answer:
        collection = self._one(request)
        query = only(request, "f")
        form = _form(request, query)
        name = request.path_params["feature"]
        if name not in collection.features.index:
            raise HTTPException(HTTPStatus.NOT_FOUND, f"{collection.name} has no item {name[:100]!r}")
        feature = collection.features.loc[[name]]
        if form == "csv":
            return _answer(collection.csv(feature), FORMATS["csv"])
        address = f"{_address(request)}/collections/{collection.name}"
        links = [
            _link(f"{address}/items/{name}", "self", FORMATS["json"]),
            _link(f"{address}/items/{name}?f=csv", "alternate", FORMATS["csv"]),
            *_page(collection, name, _address(request)),
            _link(address, "collection", JSON, collection.title),
        ]
        return _answer(collection.geojson(feature)[0] | {"links": links}, FORMATS["json"])

    def _all(self) -> dict[str, Collection]:
        return self._shown()[1]

    def _shown(self) -> tuple[Atlas, dict[str, Collection], Kept]:
        atlas = self.current()
        if self._built is None or self._built[0] is not atlas:
            self._built = (atlas, collections(atlas), Kept())
        return self._built

    def _one(self, request: Request) -> Collection:
        name = request.path_params["name"]
        known = self._all()
        if name not in known:
            raise HTTPException(HTTPStatus.NOT_FOUND, f"no collection {name[:100]!r}; there are {', '.join(known)}")
        return known[name]


def _page(collection: Collection, identifier: str, address: str) -> list[dict[str, str]]:
    """The link to the page of a record, for tables whose records have one."""
    if collection.name not in addresses.KINDS:
        return []
    page = addresses.record(addresses.KINDS[collection.name], identifier)
    return [_link(f"{address.removesuffix('api')}{page}", "alternate", "text/html")]


def _described(collection: Collection, address: str) -> dict:
    own = f"{address}/collections/{collection.name}"
    return {
        "id": collection.name,
        "title": collection.title,
        "description": collection.table.description,
        "itemType": "feature",
        "crs": [CRS84],
        "extent": collection.extent,
        "links": [
            _link(own, "self", JSON, collection.title),
            # GDAL takes the types of columns from here, written with this capital; it guesses them otherwise
            _link(f"{own}/schema", "describedBy", SCHEMA, collection.title),
            *(_link(f"{own}/items?f={form}", "items", mime, collection.title) for form, mime in FORMATS.items()),
        ],
    }


def _address(request: Request) -> str:
    return f"{root(request)}/api"


def _only_json(request: Request) -> None:
    """Refuse any parameter but ``f=json``, which many programs send with every address."""
    query = only(request, "f")
    if query.get("f", "json") != "json":
        raise NotUnderstood("f", query["f"], "json")


def _number(query: Mapping[str, str], name: str, default: int, least: int) -> int:
    text = query.get(name, str(default))
    if not re.fullmatch(r"[0-9]{1,4000}", text, re.ASCII) or int(text) < least:
        raise NotUnderstood(name, text, f"a whole number from {least} on")
    return int(text)


def _form(request: Request, query: Mapping[str, str]) -> str:
    """The format asked for: by ``f``, else as :func:`_accepted`."""
    if "f" in query and query["f"] not in NAMES:
        raise NotUnderstood("f", query["f"], f"one of {', '.join(NAMES)}")
    return NAMES[query["f"]] if "f" in query else _accepted(request)


def _accepted(request: Request) -> str:
    """The first known format that the header Accept names, else GeoJSON."""
    known = {mime: form for form, mime in FORMATS.items()} | {JSON: "json"}
    named = (part.partition(";")[0].strip() for part in request.headers.get("accept", "").split(","))
    return next((known[mime] for mime in named if mime in known), "json")


def _link(href: str, relation: str, mime: str, title: str = "") -> dict[str, str]:
    return {"href": href, "rel": relation, "type": mime} | ({"title": title} if title else {})


def _link_header(links: list[dict]) -> dict[str, str]:
    return {"Link": ", ".join(f'<{one["href"]}>; rel="{one["rel"]}"; type="{one["type"]}"' for one in links)}


def _asked(address: str, query: Mapping) -> str:
    return f"{address}?{urlencode(query, safe=',/:')}"


def _answer(content: dict | bytes, mime: str = JSON, headers: Mapping[str, str] | None = None) -> Answer:
    body = content if isinstance(content, bytes) else as_json(content)
    shared = {"Cache-Control": "public, no-cache", "Vary": "Accept"}
    return Answer(Content(body, level=LEVEL), mime, shared | dict(headers or {}))


def _sent(request: Request, answer: Answer) -> Response:
    return answers.answer(request, answer.content, answer.mime, answer.headers)


def _refused(request: Request, error: NotUnderstood) -> Response:
    return answers.error(HTTPStatus.BAD_REQUEST, str(error))


def _failed(request: Request, error: HTTPException) -> Response:
    return answers.error(error.status_code, error.detail, error.headers)


def _damaged(request: Request, error: DamagedData) -> Response:
    return answers.error(HTTPStatus.SERVICE_UNAVAILABLE, DAMAGED)


def _broken(request: Request, error: Exception) -> Response:
    return answers.error(
        HTTPStatus.INTERNAL_SERVER_ERROR, f"The server failed; its log has the reason under {report(error)}"
    )
