"""What one address, and all of them together, may have of the server: open pages and requests.

nginx (`deploy/nginx.conf`) bounds both before the server does; this holds where there is none. A visitor's address is that
of the peer, or what a proxy tells that uvicorn trusts (``FORWARDED_ALLOW_IPS``, by default one on this machine).
"""

import sys
import time
from collections import Counter
from http import HTTPStatus
from ipaddress import IPv6Address, ip_address, ip_network

from starlette.datastructures import Headers
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from atlas.words.translator import Translator
from server.opening import STREAM, full, language

MOST = 500  # open pages; one with a map takes about 1.5 MB
MOST_OF_ONE = 200  # of one address: an office of fifty stands behind it, with four pages each
FILES = 2 * 4  # that the process has open for an open page, and as many again for everything else
RATE, BURST = 100, 5000  # requests of one address in a second, and at once: fifty pages opened together
MOST_KNOWN = 10_000  # addresses
AGAIN = {"Retry-After": "10", "Cache-Control": "no-store"}


class Limits:
    """ASGI middleware that refuses, in a sentence, what is one too many.

    Whoever comes from this machine itself is bounded with all others, but not alone: it may be a proxy that does not tell
    for whom it asks.
    """

    def __init__(self, app: ASGIApp):
        self.app = app
        self.most = min(MOST, _files() // FILES)
        self.open: Counter[str] = Counter()
        self.left: dict[str, tuple[float, float]] = {}  # requests that an address has left, and when that was

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on a request, or refuse it."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        who = _address(scope)
        page = scope["type"] == "websocket"
        if who and self._asks_too_much(who):
            await _refused(scope, HTTPStatus.TOO_MANY_REQUESTS)(scope, receive, send)
        elif (page or _before_a_page(scope)) and self._full(who):
            await _refused(scope, HTTPStatus.SERVICE_UNAVAILABLE)(scope, receive, send)
        else:
            self.open[who] += page
            try:
                await self.app(scope, receive, send)
            finally:
                self.open[who] -= page
                if not self.open[who]:
                    del self.open[who]

    def _full(self, who: str) -> bool:
        return self.open.total() >= self.most or (bool(who) and self.open[who] >= min(MOST_OF_ONE, self.most // 2))

    def _asks_too_much(self, who: str) -> bool:
        now = time.monotonic()
        left, since = self.left.get(who, (BURST, now))
        left = min(BURST, left + (now - since) * RATE) - 1
        if left < 0:
            return True
        if len(self.left) >= MOST_KNOWN:
            self.left.clear()
        self.left[who] = left, now
        return False


def _before_a_page(scope: Scope) -> bool:
    """Whether an answer leads to an open page: a browser asks for it, or its script asks why the connection does not open."""
    return scope["path"] == STREAM or "text/html" in Headers(scope=scope).get("accept", "")


def _address(scope: Scope) -> str:
    """Who asks, an IPv6 network of one customer for all of its addresses; empty for this machine and where nobody tells."""
    try:
        found = ip_address((scope.get("client") or ("",))[0])
    except ValueError:
        return ""
    found = getattr(found, "ipv4_mapped", None) or found
    if found.is_loopback:
        return ""
    return str(ip_network((found, 64), strict=False) if isinstance(found, IPv6Address) else found)


def _refused(scope: Scope, status: HTTPStatus) -> PlainTextResponse:
    translate = Translator(language(HTTPConnection(scope)))
    too_much = translate("Too many requests come from this address. Please wait a moment and try again.")
    sentence = full(translate) if status is HTTPStatus.SERVICE_UNAVAILABLE else too_much
    return PlainTextResponse(sentence, status, AGAIN)


def _files() -> int:
    """How many files this process may have open, after it has asked for as many as it can use."""
    wanted = MOST * FILES
    if sys.platform == "win32":
        return wanted
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft == resource.RLIM_INFINITY:
        return wanted
    if soft < wanted:
        soft = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    return soft
