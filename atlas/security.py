"""What guards the pages: the headers of every answer, and errors that tell a visitor a number and nothing else."""

import base64
import hashlib
import logging
import re
import secrets
from collections.abc import Iterable
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from atlas import LANGUAGES, ROOT

log = logging.getLogger(__name__)

LANGUAGE_CODES = dict(zip(LANGUAGES, ("vi", "zh-Hans", "en")))
COMPONENTS = "/component/"

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

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}

FAILURES = {
    "vi": "Trang này gặp lỗi. Vui lòng báo cho người quản trị mã số {number}.",
    "zh": "此页面出错。请将编号 {number} 告知管理员。",
    "en": "This page has failed. Please tell the administrator the number {number}.",
}


class SecurityHeaders:
    """ASGI middleware that gives every HTTP answer its security headers."""

    def __init__(self, app: ASGIApp):
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["Content-Security-Policy"] = policy(scope["path"].startswith(COMPONENTS))
                headers.update(HEADERS)
            await send(message)

        await self.app(scope, receive, guarded)


@cache
def policy(component: bool) -> str:
    """The content security policy of a page, or of the frame of a component. It names no host but the atlas's own."""
    scripts = COMPONENT_SCRIPTS if component else " ".join(["'self'", *map(digest, page_scripts())])
    return "; ".join(f"{name} {value}" for name, value in (POLICY | {"script-src": scripts}).items())


def page_scripts() -> Iterable[str]:
    """The few inline scripts that a page may run: Streamlit's own, and those of the language and of the meeting view."""
    page = Path(find_spec("streamlit").origin).with_name("static").joinpath("index.html").read_text("utf-8")
    yield from re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    yield from map(language_script, LANGUAGES)
    yield (ROOT / "assets/keys.js").read_text("utf-8")


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
    return FAILURES[language].format(number=report(error))
