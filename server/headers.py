"""Guards of the pages: headers of every answer, errors that tell a visitor a number alone."""

import base64
import hashlib
import logging
import re
import secrets
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from atlas import LANGUAGES, ROOT
from atlas.exports.site import page
from atlas.maps import scripts
from atlas.words.languages import LANGUAGE_CODES
from atlas.words.translator import Translator
from server import assets, basemap, preload

log = logging.getLogger(__name__)

COMPONENTS = "/component/"
FRONT = "/atlas.html"  # the atlas as one file, which says itself what it may do

POLICY = {
    "default-src": "'self'",
    "script-src": "'self'",
    "style-src": "'self' 'unsafe-inline'",  # Streamlit and Leaflet set styles from their scripts
    "img-src": "'self' data: blob:",
    "font-src": "'self' data:",
    "connect-src": "'self'",
    "worker-src": "'self' blob:",
    "frame-src": "'self'",
    "frame-ancestors": "'self'",
    "form-action": "'self'",
    "base-uri": "'self'",
    "object-src": "'none'",
}
# streamlit-folium receives the map as a script and evaluates it; this frame alone may
COMPONENT_SCRIPTS = "'self' 'unsafe-inline' 'unsafe-eval'"
# a page for the frames of other programs has a style and nothing else
FRAMED_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors *; base-uri 'none'; form-action 'none'"

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}

# Open data may be read by the pages of any other site (recommended by OGC 17-069r4, 7.5). Sent whether an Origin is named
# or not, so that a cache needs one answer alone.
OPEN = re.compile(r"/(api(/.*)?|reconcile(/.*)?|data/.*|[a-z-]+\.jsonld)")
ASKED = re.compile("/reconcile(/.*)?")  # programs send their questions here
FRAMED = re.compile("/reconcile(/[a-z]+)?/preview")  # to be shown in the frames of other programs
OPEN_HEADERS = {"Access-Control-Allow-Origin": "*", "Access-Control-Expose-Headers": "ETag, Link"}
METHODS = "GET, HEAD, OPTIONS"
PREFLIGHT = {
    "Allow": METHODS,
    "Access-Control-Allow-Methods": METHODS,
    "Access-Control-Allow-Headers": "Accept, If-None-Match",
    "Access-Control-Max-Age": "86400",
}
ASKING = dict.fromkeys(("Allow", "Access-Control-Allow-Methods"), f"{METHODS}, POST") | {
    "Access-Control-Allow-Headers": "Accept, Content-Type, If-None-Match"
}


class SecurityHeaders:
    """ASGI middleware that gives every HTTP answer its headers, and answers what browsers ask before they read open data."""

    def __init__(self, app: ASGIApp):
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, with the headers."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(headers_of(scope["path"]))
                if _is_page(scope["path"], headers):
                    headers["Link"] = preload.links()
                if "public" in headers.get("cache-control", "").lower():
                    del headers["set-cookie"]  # a shared cache would hand it to all
            await send(message)

        preflight = scope["method"] == "OPTIONS" and OPEN.fullmatch(scope["path"])
        allowed = PREFLIGHT | (ASKING if ASKED.fullmatch(scope["path"]) else {})
        app = Response(status_code=204, headers=allowed) if preflight else self.app
        await app(scope, receive, guarded)


def _is_page(path: str, headers: MutableHeaders) -> bool:
    embedded = path.startswith(COMPONENTS) or path == FRONT or FRAMED.fullmatch(path)
    return headers.get("content-type", "").startswith("text/html") and not embedded


def headers_of(path: str) -> dict[str, str]:
    """The headers of every answer under an address, whatever it answers."""
    guards = {"Content-Security-Policy": policy(path.startswith(COMPONENTS))} | HEADERS
    if path == FRONT:
        guards["Content-Security-Policy"] = f"{page.policy()}; frame-ancestors 'self'"
    if FRAMED.fullmatch(path):
        guards |= {"Content-Security-Policy": FRAMED_POLICY, "Cross-Origin-Resource-Policy": "cross-origin"}
    return guards | (OPEN_HEADERS if OPEN.fullmatch(path) else {})


@cache
def policy(component: bool) -> str:
    """The content security policy of a page, or of the frame of a component.

    It names no host but the atlas's own; the frame may show tiles of the one that the office has chosen.
    """
    allowed = COMPONENT_SCRIPTS if component else " ".join(["'self'", *map(digest, page_scripts())])
    under = basemap.chosen() if component else None
    tiles = {"img-src": f"{POLICY['img-src']} {under.origin}"} if under and under.origin else {}
    return "; ".join(f"{name} {value}" for name, value in (POLICY | {"script-src": allowed} | tiles).items())


def page_scripts() -> Iterable[str]:
    """The few inline scripts that a page may run: Streamlit's own, and those of the opening page, language and the meeting view."""
    page = files("streamlit").joinpath("static", "index.html").read_text("utf-8")
    yield from re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    yield assets.opening()
    yield from map(language_script, LANGUAGES)
    yield scripts.stage()
    yield (ROOT / "assets/kept.js").read_text("utf-8")


def language_script(language: str) -> str:
    """The script that tells the browser (and its reader aloud) the language of the page."""
    return f'document.documentElement.lang = "{LANGUAGE_CODES[language]}";'


def digest(script: str) -> str:
    """A script as the policy names it (CSP level 3, hash-source)."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"


def report(error: BaseException) -> str:
    """Write an error with its traceback to the log and return the number under which it stands there."""
    number = secrets.token_hex(4)
    log.error("failure %s", number, exc_info=error)
    return number


def failure(error: BaseException, language: str) -> str:
    """Log an error and return what to tell the visitor."""
    translate = Translator(language)
    return translate("This page has failed. Please tell the administrator the number {number}.", number=report(error))


def broken(request: Request, error: Exception) -> Response:
    """Answer a request that has failed outside of pages; the log has the reason."""
    headers = headers_of(request.url.path)
    return PlainTextResponse(f"The server has failed. The log has the reason under {report(error)}.", 500, headers)
