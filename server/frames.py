"""The pages of components, such as the frame of the map, with a guard in each."""

import re
from functools import cache

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from atlas import ROOT
from server.headers import COMPONENTS

START = re.compile(rb"\A(\xef\xbb\xbf)?\s*(<!doctype[^>]*>)?", re.IGNORECASE)


class GuardedFrames:
    """ASGI middleware that puts `assets/frame.js` before all else into the page of a component.

    A component runs what it is sent, whoever sends it; the guard lets through what its own page sends.
    """

    def __init__(self, app: ASGIApp):
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, one for the page of a component with the guard in it."""
        if scope["type"] != "http" or not scope["path"].startswith(COMPONENTS):
            await self.app(scope, receive, send)
            return
        plain = dict(scope) | {"headers": [one for one in scope["headers"] if one[0] != b"accept-encoding"]}
        started: Message = {}
        content = b""

        async def guarded(message: Message) -> None:
            nonlocal started, content
            if message["type"] == "http.response.start" and _is_page(Headers(raw=message["headers"])):
                started = message
            elif not started:
                await send(message)
            else:
                content += message.get("body", b"")
                if not message.get("more_body"):
                    body = with_guard(content)
                    MutableHeaders(scope=started)["Content-Length"] = str(len(body))
                    await send(started)
                    await send({"type": "http.response.body", "body": body})

        await self.app(plain, receive, guarded)


def with_guard(page: bytes) -> bytes:
    """A page with the guard as its first element, so that no other script has listened before."""
    return START.sub(lambda found: found[0] + _guard(), page, count=1)


def _is_page(headers: Headers) -> bool:
    return "html" in headers.get("content-type", "")


@cache
def _guard() -> bytes:
    return b"<script>%s</script>" % (ROOT / "assets/frame.js").read_bytes()
