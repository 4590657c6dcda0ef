"""What is turned away before anything else sees it: other names, pages of other sites, what nobody needs of Streamlit."""

import logging
import re
import socket
from collections.abc import Iterable
from fnmatch import fnmatchcase
from http import HTTPStatus
from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from atlas.words.translator import Translator
from server.headers import OPEN, headers_of
from server.opening import language

log = logging.getLogger(__name__)

HOST = re.compile(r"(\[[0-9a-f:.]+\]|[^\s\[\]:/?#@\\]+)(:\d{0,5})?", re.IGNORECASE)
HERE = "localhost"
# asked by address rather than by name, by what looks whether a server runs
ALIVE = ("/healthz", "/_stcore/health")
# of Streamlit's own addresses those that its pages ask for; its figures of memory and sessions are nobody's concern
CLOSED = re.compile(
    r"(.*/)?_stcore/(?!(health|host-config|stream|upload_file/[^/]+/[^/]+)$).*|/(auth/.*|oauth2callback)/?"
)


class Gate:
    """ASGI middleware that compares Host and Origin of a request with what they may be.

    Streamlit would judge connections alone, and ask a foreign host for the address of this machine before it says no;
    while that host does not answer, no visitor is answered. It would let in pages of this machine under any name as well.
    """

    def __init__(
        self,
        app: ASGIApp,
        names: Iterable[str] = (),
        address: str | None = None,
        others: Iterable[str] = (),
        everybody: bool = False,
    ):
        """Guard an application.

        :param names: under which it answers (``atlas.example``, ``*.example``, ``*``). Without any it answers under those
            that no other site can take for its own pages: a server of this machine alone as this machine, any other
            under numbers and the machine's own name.
        :param address: on which the server listens; all of the machine without one.
        :param others: addresses (``https://portal.example``) of the sites whose pages may connect.
        :param everybody: let all pages connect.
        """
        self.app = app
        self.patterns = [one.strip().lower().rstrip(".") for one in names]
        self.local = _is_local(address or "")
        self.own = {HERE, (address or "").lower(), socket.gethostname().lower()}
        self.others = {urlsplit(one if "//" in one else f"//{one}").hostname for one in others} - {None}
        self.everybody = everybody

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse a request that may not be made, in a sentence, and pass on all else."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        if refused := self._refused(scope, headers):
            log.warning(
                "refused with %d: %.200r, asked by a page of %.200r", refused, *map(headers.get, ("host", "origin"))
            )
            await _answer(refused, scope, receive, send)
            return
        if scope["type"] == "websocket":  # judged here, and not to be judged again
            scope = dict(scope) | {"headers": [one for one in scope["headers"] if one[0] != b"origin"]}
        await self.app(scope, receive, send)

    def _refused(self, scope: Scope, headers: Headers) -> HTTPStatus | None:
        connects = scope["type"] == "websocket"
        if not self._is_own(headers.getlist("host")) and (connects or scope["path"] not in ALIVE):
            return HTTPStatus.MISDIRECTED_REQUEST
        open_to_all = self.everybody or (not connects and OPEN.fullmatch(scope["path"]))
        if "origin" in headers and not (open_to_all or self._may_ask(headers["origin"], headers.get("host"))):
            return HTTPStatus.FORBIDDEN
        return HTTPStatus.NOT_FOUND if CLOSED.fullmatch(scope["path"]) else None

    def _is_own(self, hosts: list[str]) -> bool:
        found = HOST.fullmatch(hosts[0]) if len(hosts) == 1 else None
        if not found:
            return False
        name = found[1].strip("[]").lower().rstrip(".")
        if self.patterns:
            return any(fnmatchcase(name, pattern) for pattern in self.patterns)
        return _is_local(name) if self.local else _is_number(name) or name in self.own

    def _may_ask(self, origin: str, host: str | None) -> bool:
        try:
            page = urlsplit(origin)
        except ValueError:
            return False
        return page.netloc == (host or None) or page.hostname in self.others


def _is_number(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True


def _is_local(name: str) -> bool:
    return name == HERE or (_is_number(name) and ip_address(name).is_loopback)


async def _answer(status: HTTPStatus, scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 1008})
        return
    translate = Translator(language(HTTPConnection(scope)))
    said = {
        HTTPStatus.MISDIRECTED_REQUEST: translate(
            "The atlas does not answer under this address. Whoever runs the server can allow it; "
            "deploy/README.md says how (STREAMLIT_SERVER_ALLOWED_HOSTS)."
        ),
        HTTPStatus.FORBIDDEN: translate("A page of another site may not ask this of the atlas."),
        HTTPStatus.NOT_FOUND: translate("There is nothing at this address."),
    }
    headers = headers_of(scope["path"]) | {"Cache-Control": "no-store"}
    await PlainTextResponse(said[status] + "\n", status, headers)(scope, receive, send)
