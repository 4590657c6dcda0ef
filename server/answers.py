"""What answers to programs share: where the server is for whoever asks, what HTTP asks of those that they have already, errors."""

import hashlib
import json
import re
from collections.abc import Mapping
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

DAMAGED = "The data is missing or damaged; run on the server: python -m atlas build"
PREFIX = re.compile(r"(/[\w.~-]+)+", re.ASCII)


def root(request: Request) -> str:
    """The address of the atlas for whoever asks, without a slash at its end.

    A proxy that cuts a sub-path off says so in ``X-Forwarded-Prefix``.
    """
    prefix = request.headers.get("x-forwarded-prefix", "").rstrip("/")
    return f"{request.url.scheme}://{request.url.netloc}{prefix if PREFIX.fullmatch(prefix) else ''}"


def known(request: Request, tag: str) -> bool:
    """Whether whoever asks has the very answer of this entity tag: it names the tag, strong or weak, or ``*`` for any.

    Source: RFC 9110, 13.1.2 (If-None-Match compares weakly).
    """
    named = {one.strip().removeprefix("W/") for one in request.headers.get("if-none-match", "").split(",")}
    return not named.isdisjoint({"*", tag.removeprefix("W/")})


def answer(request: Request, body: bytes, mime: str, headers: Mapping[str, str]) -> Response:
    """A 200 with an entity tag, or a 304 for a program that has this very answer."""
    tag = f'W/"{hashlib.sha256(body).hexdigest()[:24]}"'
    tagged = {"ETag": tag} | dict(headers)
    if known(request, tag):
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=tagged)
    return Response(body, media_type=mime, headers=tagged)


def error(status: int, description: str, headers: Mapping[str, str] | None = None) -> Response:
    """An error that says in a sentence what is wrong."""
    content = {"code": HTTPStatus(status).phrase, "description": description}
    return JSONResponse(content, status_code=status, headers=headers)


def as_json(content: dict) -> bytes:
    """Content as JSON, in as few bytes as it takes."""
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()
