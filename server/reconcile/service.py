"""The addresses of the service and what they answer."""

import json
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qs

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Route

from atlas import ENGLISH, LANGUAGES, VERSION
from atlas.model.atlas import Atlas
from atlas.model.store import DamagedData
from atlas.words.translator import Translator
from server.answers import DAMAGED, Turns, root
from server.headers import report
from server.reconcile import preview, properties, queries, suggest

PATH = "/reconcile"
LARGEST = 1 << 20  # bytes of a request
FORM = "application/x-www-form-urlencoded"
# names of the places and of what they are, no addresses: they are the same on every server of the atlas
IDENTIFIERS = "urn:border-cooperation-atlas:place:"
SCHEMA = "https://schema.org/Place"


def routes(current: Callable[[], Atlas]) -> list[BaseRoute]:
    """``/reconcile`` in English and ``/reconcile/<language>`` for a Starlette application.

    :param current: gives the atlas to answer from; may raise :class:`atlas.model.store.DamagedData`.
    """
    found: list[BaseRoute] = []
    turns = Turns()
    for path, language in [*((f"{PATH}/{one}", one) for one in LANGUAGES), (PATH, ENGLISH)]:
        service = _Service(current, language, turns)
        found += [Route(one, _guarded(service.endpoint), methods=["GET", "POST"]) for one in (path, f"{path}/")]
        found += [
            Route(f"{path}/suggest/{{kind}}", _guarded(service.suggest)),
            Route(f"{path}/properties", _guarded(service.properties)),
            Route(f"{path}/preview", _guarded(service.preview)),
        ]
    return [*found, Route(f"{PATH}/{{rest:path}}", _guarded(_nowhere))]


async def _nowhere(request: Request) -> Response:
    known = ", ".join(f"{PATH}/{one}" for one in LANGUAGES)
    raise queries.Refused(f"expected {PATH} or one of {known}", HTTPStatus.NOT_FOUND)


def _guarded(answer: Callable[[Request], Awaitable[Response]]) -> Callable[[Request], Awaitable[Response]]:
    """An endpoint that says in a sentence what it cannot answer."""

    async def guarded(request: Request) -> Response:
        try:
            return await answer(request)
        except queries.Refused as refused:
            return _error(refused.status, str(refused))
        except DamagedData:
            return _error(HTTPStatus.SERVICE_UNAVAILABLE, DAMAGED)
        except Exception as error:
            reason = f"The server failed; its log has the reason under {report(error)}"
            return _error(HTTPStatus.INTERNAL_SERVER_ERROR, reason)

    return guarded


class _Service:
    """The service in one language."""

    def __init__(self, current: Callable[[], Atlas], language: str, turns: Turns):
        self.current, self.turns = current, turns
        self.translate = Translator(language)

    async def endpoint(self, request: Request) -> Response:
        """The manifest where nothing is asked, the answer to a batch of queries, or what is known of places."""
        atlas = self.current()
        asked = await _parameters(request)
        if "queries" in asked:
            batch = queries.read_batch(atlas, queries.parsed("queries", asked["queries"]))
            return _answer(await self.turns.make(self._batch, atlas, batch))
        if "extend" in asked:
            wanted = queries.read_extension(atlas, queries.parsed("extend", asked["extend"]))
            return _answer(await self.turns.make(queries.extended, atlas, wanted, self.translate))
        if request.method == "POST" or asked:
            raise queries.Refused("expected the parameter queries or extend; without any the manifest is answered")
        return _answer(self._manifest(atlas, request))

    def _batch(self, atlas: Atlas, batch: dict[str, queries.Query]) -> dict:
        return {name: {"result": queries.answered(atlas, one, self.translate)} for name, one in batch.items()}

    def _manifest(self, atlas: Atlas, request: Request) -> dict:
        translate, here = self.translate, root(request)
        service = f"{here}{PATH}/{translate.language}"
        return {
            "versions": ["0.2"],
            "name": translate("Vietnam–China Border Cooperation Atlas: places"),
            "identifierSpace": IDENTIFIERS,
            "schemaSpace": SCHEMA,
            "documentation": f"{here}/help?lang={translate.language}",
            "logo": f"{here}/assets/icon.svg",
            "serviceVersion": VERSION,
            "defaultTypes": [properties.type_of(atlas, name, translate) for name in properties.types(atlas, translate)],
            "view": {"url": f"{here}/place?id={{{{id}}}}&lang={translate.language}"},
            "preview": {
                "url": f"{service}/preview?id={{{{id}}}}",
                "width": preview.WIDTH,
                "height": preview.HEIGHT,
            },
            "suggest": {kind: {"service_url": service, "service_path": f"/suggest/{kind}"} for kind in suggest.PAGES},
            "extend": {
                "propose_properties": {"service_url": service, "service_path": "/properties"},
                "property_settings": self._settings(),
            },
            "batchSize": queries.BATCH,
        }

    def _settings(self) -> list[dict]:
        translate = self.translate
        contents = {
            properties.ENTITY: translate("as matched places"),
            properties.NAME: translate("by their names"),
            properties.ID: translate("by their ids"),
        }
        return [
            {
                "name": "limit",
                "label": translate("Most values"),
                "type": "number",
                "default": 0,
                "help_text": translate("How many values of a place come at most; 0 for all"),
            },
            {
                "name": "content",
                "label": translate("Places and records"),
                "type": "select",
                "default": properties.ENTITY,
                "help_text": translate("How places are written"),
                "choices": [{"value": value, "name": name} for value, name in contents.items()],
            },
        ]

    async def suggest(self, request: Request) -> Response:
        """Entities, properties or types that begin as it is typed, from a number on."""
        kind = request.path_params["kind"]
        if kind not in suggest.PAGES:
            raise queries.Refused(f"expected one of {', '.join(suggest.PAGES)}", HTTPStatus.NOT_FOUND)
        query = request.query_params
        if "prefix" not in query:
            raise queries.Refused("prefix: expected the beginning of a name")
        start = _number(query.get("cursor", "0"), "cursor", 0)
        page = suggest.PAGES[kind]
        most = min(_number(query.get("limit", str(page)), "limit", 1), page)
        types = ",".join(query.getlist("type")).split(",")
        found = await self.turns.make(suggest.suggested, self.current(), kind, query["prefix"], types, self.translate)
        return _answer({"result": found[start : start + most]})

    async def properties(self, request: Request) -> Response:
        """The properties that may be fetched for places of a type."""
        kind, atlas = request.query_params.get("type", ""), self.current()
        found = properties.proposed(atlas, kind, self.translate)
        answer: dict[str, Any] = {
            "type": kind,
            "properties": [{"id": one, "name": name} for one, name in found.items()],
        }
        if "limit" in request.query_params:
            answer["limit"] = _number(request.query_params["limit"], "limit", 1)
            answer["properties"] = answer["properties"][: answer["limit"]]
        return _answer(answer)

    async def preview(self, request: Request) -> Response:
        """A small page on a place, to be shown within other programs."""
        place, atlas = request.query_params.get("id", ""), self.current()
        if place not in atlas.places:
            return HTMLResponse(preview.unknown(self.translate), HTTPStatus.NOT_FOUND)
        return HTMLResponse(preview.html(atlas, place, root(request), self.translate))


async def _parameters(request: Request) -> dict[str, str]:
    if request.method != "POST":
        return dict(request.query_params)
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != FORM:
        raise queries.Refused(f"Content-Type: expected {FORM}", HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST:
            message = f"expected a request of at most {LARGEST:,} bytes; send the queries in smaller batches"
            raise queries.Refused(message, HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    try:
        fields = parse_qs(body.decode(), keep_blank_values=True, max_num_fields=20, errors="strict")
    except ValueError:
        raise queries.Refused("expected a form in UTF-8 with at most 20 fields") from None
    return {name: values[-1] for name, values in fields.items()}


def _number(text: str, name: str, least: int) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) < 10) or int(text) < least:
        raise queries.Refused(f"{name}: expected a whole number from {least} on, not {text[:20]!r}")
    return int(text)


def _answer(content: dict) -> Response:
    # other letters than those of ASCII are escaped: what programs send back, such as half a surrogate, stays what it was
    body = json.dumps(content, separators=(",", ":"), allow_nan=False)
    return Response(body, media_type="application/json", headers={"Cache-Control": "no-cache"})


def _error(status: int, description: str) -> Response:
    body = json.dumps({"code": HTTPStatus(status).phrase, "description": description})
    return Response(body, status, media_type="application/json", headers={"Cache-Control": "no-store"})
