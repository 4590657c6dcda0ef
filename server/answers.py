"""What answers to programs share: where the server is for whoever asks, and what HTTP asks of those that they have already."""

import json
import re

from starlette.requests import Request

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


def as_json(content: dict) -> bytes:
    """Content as JSON, in as few bytes as it takes."""
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()
