"""Content coding: which one whoever asks accepts, and the answers of others put right for it."""

import re
from collections.abc import Collection
from http import HTTPStatus
from typing import Literal

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

Coding = Literal["br", "gzip", "identity"]
CODINGS: tuple[Coding, ...] = ("br", "gzip", "identity")  # the smaller first
ACCEPT, VARY, KNOWN = "accept-encoding", "vary", "if-none-match"
PART = re.compile(r"\s*([^\s;]+)\s*(?:;\s*q\s*=\s*(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)\s*)?", re.ASCII | re.IGNORECASE)
LEAST = 0.0001  # what is not named is worth less than what is, and more than what is refused
SUFFIX = '-gzip"'


def accepted(headers: Headers) -> tuple[Coding, ...]:
    """The codings in which to answer, the best first, by the header ``Accept-Encoding``; none behind no coding at all.

    Source: RFC 9110, 12.5.3. Starlette looks only whether the word stands there, so that ``gzip;q=0`` would be sent gzip; no
    package that the atlas needs anyway reads the header.
    """
    named = [PART.fullmatch(part) for line in headers.getlist(ACCEPT) for part in line.split(",")]
    weights = {one[1].lower().removeprefix("x-"): float(one[2] or 1) for one in named if one}
    rest = weights.get("*")
    weight = {one: weights.get(one, rest or 0) for one in CODINGS} | {
        "identity": weights.get("identity", LEAST if rest is None else rest)
    }
    ranked = sorted((one for one in CODINGS if weight[one]), key=weight.__getitem__, reverse=True)
    return tuple(ranked[: ranked.index("identity") + 1] if "identity" in ranked else ranked)


class Codings:
    """ASGI middleware for what other packages answer: it tells them one coding, and each coding its own entity tag.

    Their compression looks for the word gzip in a header, sends the tag of the file with both codings, and writes into
    ``Vary`` what stands there already.

    :param plain: the paths of what is never compressed, because it is asked for in pieces.
    """

    def __init__(self, app: ASGIApp, plain: Collection[str] = ()):
        self.app, self.plain = app, plain

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request in the coding that it accepts, or say that there is none."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        codings = ("identity",) if scope["path"] in self.plain else accepted(headers)
        if not codings:
            refused = PlainTextResponse("Accept-Encoding: expected br, gzip or identity", HTTPStatus.NOT_ACCEPTABLE)
            await refused(scope, receive, send)
            return
        had = [tag.strip().removeprefix("W/") for line in headers.getlist(KNOWN) for tag in line.split(",")]

        async def put_right(message: Message) -> None:
            if message["type"] == "http.response.start":
                told = MutableHeaders(scope=message)
                if "etag" in told and scope["path"] not in self.plain:
                    told.append(VARY, "Accept-Encoding")
                    had_packed = message["status"] == HTTPStatus.NOT_MODIFIED and _packed(told["etag"]) in had
                    if "gzip" in codings and (told.get("content-encoding") == "gzip" or had_packed):
                        told["etag"] = _packed(told["etag"])
                _once(told)
            await send(message)

        await self.app(_asked(scope, codings, had), receive, put_right)


def _asked(scope: Scope, codings: tuple[Coding, ...], had: list[str]) -> Scope:
    """The request as the other packages understand it."""
    asked = dict(scope) | {"headers": list(scope["headers"])}
    headers = MutableHeaders(scope=asked)
    headers[ACCEPT] = ", ".join(codings)
    if had and "gzip" in codings:
        headers[KNOWN] = ", ".join([*had, *(tag.removesuffix(SUFFIX) + '"' for tag in had if tag.endswith(SUFFIX))])
    return asked


def _packed(tag: str) -> str:
    return tag if tag.endswith(SUFFIX) else tag.removesuffix('"') + SUFFIX


def _once(headers: MutableHeaders) -> None:
    """Name each header that an answer varies by once."""
    named = {name.strip().lower(): name.strip() for line in headers.getlist(VARY) for name in line.split(",")}
    if named:
        headers[VARY] = ", ".join(named.values())
