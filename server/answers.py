"""What answers to programs share: where the server is for whoever asks, what HTTP asks of those that they have already, errors."""

import asyncio
import gzip
import hashlib
import json
import re
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from http import HTTPStatus
from typing import ParamSpec, TypeVar

import brotli
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from atlas import LANGUAGES, AtlasError, meant
from atlas.model.asked import own_parameters
from atlas.model.atlas import Atlas
from atlas.model.history import DamagedHistory
from atlas.model.selection import Selection
from atlas.model.spelling import LONGEST_SEARCH
from atlas.model.store import DamagedData
from atlas.words.languages import preferred
from server.coding import accepted

DAMAGED = "The data is missing or damaged; run on the server: python -m atlas build"
PREFIX = re.compile(r"(/[\w.~-]+)+", re.ASCII)
LARGEST_QUALITY = 6  # of Brotli: 7 % less than the best of gzip in less time; 11 is 13 % less in fifty times as long
UNITS = ("province", "region")  # filters of which an address may have several
COMPACT = re.compile("font/woff|image/(png|gif|jpeg|webp)")  # compressed in themselves
P = ParamSpec("P")
T = TypeVar("T")


def root(request: Request) -> str:
    """The address of the atlas for whoever asks, without a slash at its end.

    A proxy that cuts a sub-path off says so in ``X-Forwarded-Prefix``.
    """
    prefix = request.headers.get("x-forwarded-prefix", "").rstrip("/")
    return f"{request.url.scheme}://{request.url.netloc}{prefix if PREFIX.fullmatch(prefix) else ''}"


class NotUnderstood(AtlasError):
    """A parameter that cannot be answered; the message names it, its value and what is expected."""

    def __init__(self, name: str, value: str, expected: str, known: Iterable[str] = ()):
        super().__init__(f"{name[:100]}={value[:100]!r}: expected {expected}{meant(value[:100], known)}")


def only(request: Request, *known: str) -> dict[str, str]:
    """The query, if it has nothing but these parameters, each once; units that stand one by one are joined by commas.

    :raises NotUnderstood: it has another one, or one twice.
    """
    query = request.query_params
    for name, value in query.multi_items():
        if name not in known:
            expected = f"no parameter but {', '.join(sorted(known))}" if known else "no parameter here"
            raise NotUnderstood(name, value, expected)
        if len(query.getlist(name)) > 1 and name not in UNITS:
            raise NotUnderstood(name, value, "the parameter once, several values by commas")
    return {name: ",".join(query.getlist(name)) for name in query}


def selected(atlas: Atlas, query: Mapping[str, str], *filters: str) -> Selection:
    """What a query asks of some of the filters of all pages, in any spelling in which an address of a page may have it.

    :param filters: of ``province``, ``region`` and ``q``.
    :raises NotUnderstood: it names a unit that there is not, or has a value that is empty or too long.
    """
    known = {"province": atlas.province_slugs, "region": atlas.region_slugs, "q": ()}
    asked = {name: query[name] for name in filters if name in query}
    parts = {name: [value] if name == "q" else value.split(",") for name, value in asked.items()}
    empty = [(name, "") for name, values in parts.items() if not all(map(str.strip, values))]
    read = own_parameters({name: [value] for name, value in asked.items()})
    selection, refused = Selection.from_query({name: read[name] for name in asked if name in read}, atlas)
    for name, value in refused + empty:
        one_of = f"one or several, by commas, of {', '.join(known[name])}"
        expected = f"what to search for, 1 to {LONGEST_SEARCH} characters" if name == "q" else one_of
        raise NotUnderstood(name, value, expected, known[name])
    return selection


@dataclass(frozen=True)
class Content:
    """What is answered, with all that is the same for everybody who asks for it; compressed when the first one wants it so."""

    plain: bytes
    level: int = 9

    @cached_property
    def digest(self) -> str:
        """Which content this is: 32 digits of its SHA-256."""
        return hashlib.sha256(self.plain).hexdigest()[:32]

    @cached_property
    def gzip(self) -> bytes:
        """The content as gzip."""
        return gzip.compress(self.plain, self.level, mtime=0)

    @cached_property
    def br(self) -> bytes:
        """The content as Brotli."""
        return brotli.compress(self.plain, quality=min(self.level, LARGEST_QUALITY))


class Turns:
    """Makes answers in a thread, one after the other.

    Threads that compute at the same time would take the interpreter in turns with every page that a visitor waits for.
    """

    def __init__(self) -> None:
        self._turn = asyncio.Lock()

    async def make(self, function: Callable[P, T], *arguments: P.args, **named: P.kwargs) -> T:
        """What a function returns, when those who came before have theirs."""
        async with self._turn:
            return await run_in_threadpool(function, *arguments, **named)


def served(turns: Turns, answer: Callable[[Request], Response]) -> Callable[[Request], Awaitable[Response]]:
    """An endpoint that makes its answers in turn, and says in a sentence why there is none.

    :param answer: may raise :class:`atlas.AtlasError`.
    """

    async def serve(request: Request) -> Response:
        try:
            return await turns.make(answer, request)
        except DamagedData:
            return _none(HTTPStatus.SERVICE_UNAVAILABLE, DAMAGED)
        except DamagedHistory as wrong:
            return _none(HTTPStatus.SERVICE_UNAVAILABLE, str(wrong))
        except AtlasError as wrong:
            return _none(HTTPStatus.BAD_REQUEST, str(wrong))

    return serve


def _none(status: int, reason: str) -> Response:
    return error(status, reason, {"Cache-Control": "no-store"})


def spoken(request: Request, query: Mapping[str, str]) -> str:
    """The language of ``lang``, else the one that whoever asks prefers.

    :raises NotUnderstood: the atlas does not speak it.
    """
    language = query.get("lang", preferred(request.headers.get("accept-language")))
    if language not in LANGUAGES:
        raise NotUnderstood("lang", language, f"one of {', '.join(LANGUAGES)}", LANGUAGES)
    return language


def known(request: Request, tag: str) -> bool:
    """Whether whoever asks has the very answer of this entity tag: it names the tag, strong or weak, or ``*`` for any.

    Source: RFC 9110, 13.1.2 (If-None-Match compares weakly).
    """
    named = {one.strip().removeprefix("W/") for one in request.headers.get("if-none-match", "").split(",")}
    return not named.isdisjoint({"*", tag})


def answer(request: Request, content: Content, mime: str | None, headers: Mapping[str, str]) -> Response:
    """A 200 in the coding that is accepted, with the entity tag of that coding, or a 304 for whoever has this very answer.

    Source: RFC 9110, 8.8.3.3 (a tag for each coding) and 15.4.5 (a 304 has the headers of the 200).
    """
    best, *_ = [*accepted(request.headers), "identity"]
    coding = "identity" if COMPACT.match(mime or "") else best
    tag = f'"{content.digest}"' if coding == "identity" else f'"{content.digest}-{coding}"'
    varies = ", ".join(filter(None, [headers.get("Vary"), "Accept-Encoding"]))
    told = dict(headers) | {"ETag": tag, "Vary": varies}
    if known(request, tag):
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=told)
    if coding != "identity":
        packed = content.br if coding == "br" else content.gzip
        return Response(packed, media_type=mime, headers=told | {"Content-Encoding": coding})
    return Response(content.plain, media_type=mime, headers=told)


def error(status: int, description: str, headers: Mapping[str, str] | None = None) -> Response:
    """An error that says in a sentence what is wrong."""
    content = {"code": HTTPStatus(status).phrase, "description": description}
    return JSONResponse(content, status_code=status, headers=headers)


def as_json(content: dict) -> bytes:
    """Content as JSON, in as few bytes as it takes."""
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()
