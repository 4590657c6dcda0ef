"""What HTTP asks of answers that a program may have already."""

import json

from starlette.requests import Request


def known(request: Request, tag: str) -> bool:
    """Whether whoever asks has the very answer of this entity tag: it names the tag, strong or weak, or ``*`` for any.

    Source: RFC 9110, 13.1.2 (If-None-Match compares weakly).
    """
    named = {one.strip().removeprefix("W/") for one in request.headers.get("if-none-match", "").split(",")}
    return not named.isdisjoint({"*", tag.removeprefix("W/")})


def as_json(content: dict) -> bytes:
    """Content as JSON, in as few bytes as it takes."""
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()
