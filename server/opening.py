"""The page that a browser is sent first: Streamlit's own, in the visitor's language and with the look of the atlas.

What it shows must not jump, so the style sheet is there before anything is drawn, and the parts of a page, which arrive
one by one, are shown together; see `assets/opening.js`.
"""

import re
from collections.abc import Callable, Collection
from functools import cache
from importlib.resources import files
from urllib.parse import parse_qsl, urlencode

from markupsafe import Markup
from starlette.datastructures import Headers
from starlette.requests import HTTPConnection, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from atlas import LANGUAGES
from atlas.model.asked import own_parameters, plain
from atlas.model.selection import LOST
from atlas.words.languages import LANGUAGE_CODES, preferred
from atlas.words.translator import Translator
from server import assets, static
from server.headers import FRAMED, FRONT

CONDITIONS = (b"if-none-match", b"if-modified-since")  # asked of Streamlit's file, which is not what is sent
STREAM = "/_stcore/stream"  # the connection through which pages come
LONGEST = 40  # characters of a name that is given back
LONGEST_PATH = 2000


class OpeningPage:
    """ASGI middleware that sends :func:`page` wherever Streamlit sends its page, under the address of any page.

    Streamlit itself would tell in English that there is no page at an address; a visitor is led to the page that was
    meant (``/Meetings。``, ``/meetings%3Flang=vi``), or to the first one, which names what was not understood.

    :param pages: the names of all pages, which are the last part of their addresses.
    :param head: gives what the head of a page has beside what all have, as HTML.
    """

    def __init__(self, app: ASGIApp, pages: Collection[str], head: Callable[[Request], str]):
        self.app, self.pages, self.head = app, {"", *pages}, head

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, a visitor's with the opening page."""
        if scope["type"] != "http" or "text/html" not in Headers(scope=scope).get("accept", ""):
            await self.app(scope, receive, send)
            return
        asked = dict(scope) | {"headers": [one for one in scope["headers"] if one[0] not in CONDITIONS]}
        replaced = False

        async def answered(message: Message) -> None:
            nonlocal replaced
            if message["type"] == "http.response.start":
                kind = Headers(raw=message["headers"]).get("content-type", "")
                framed = "component" in scope["path"] or scope["path"] == FRONT or FRAMED.fullmatch(scope["path"])
                replaced = message["status"] == 200 and kind.startswith("text/html") and not framed
            if not replaced:
                await send(message)
            elif message["type"] == "http.response.body" and not message.get("more_body"):
                await self._answer(Request(scope))(scope, receive, send)

        await self.app(asked, receive, answered)

    def _answer(self, request: Request) -> Response:
        path, given = request.scope["path"], request.query_params
        if path[1:] not in self.pages:
            return RedirectResponse(self._meant(path, given.multi_items()))
        content = page(language(request)).replace("</head>", Markup("{}</head>").format(self.head(request)), 1)
        return HTMLResponse(content, headers={"Cache-Control": "no-cache", "Vary": "Accept-Language"})

    def _meant(self, path: str, query: list[tuple[str, str]]) -> str:
        """The address of a page, relative to one at this path, which has none; it may hold what belongs to the query."""
        before, *behind = re.split("[?&;]", plain(path[:LONGEST_PATH]), maxsplit=1)
        named = before.rpartition("/")[2]
        meant = re.split(r"[^\w-]", named.lower())[0]
        lost = [] if meant in self.pages else [(LOST, named[:LONGEST])]
        held = parse_qsl("".join(behind), keep_blank_values=True)
        up = "../" * (before.count("/") - 1) or "./"
        return f"{up}{'' if lost else meant}?{urlencode([*lost, *held, *query])}"


def language(connection: HTTPConnection) -> str:
    """The language of whoever asks for a page: that of the address, or the browser's."""
    given = connection.query_params
    asked = own_parameters({name: given.getlist(name) for name in given})
    named = next((one for one in asked.get("lang", ()) if one in LANGUAGES), None)
    return named or preferred(connection.headers.get("accept-language"))


@cache
def page(language: str) -> str:
    """Streamlit's page in a language: named, not to be translated by the browser, and with a word for those who see nothing.

    :raises ValueError: Streamlit's page is not as it was.
    """
    translate = Translator(language)
    head = Markup(
        "<title>{}</title><meta name=google content=notranslate><script>{}</script>"
        "<link rel=preload as=style href='./assets/page.css?v={}'>"
    ).format(translate("Vietnam–China Border Cooperation Atlas"), Markup(assets.opening()), assets.version())
    scriptless = Markup("<noscript><p>{}</p></noscript>").format(
        translate("The atlas needs JavaScript. Please allow it in your browser.")
    )
    # after what Streamlit adds to the head, so that of two rules of equal weight that of the atlas holds
    own = Markup(
        "<link rel=stylesheet href='./assets/page.css?v={}'><script defer src='./assets/page.js?v={}'></script></body>"
    ).format(assets.version(), assets.version())
    opened = Markup("<html lang={} translate=no class='notranslate opening'>").format(LANGUAGE_CODES[language])
    found = files("streamlit").joinpath("static", "index.html").read_text("utf-8")
    for old, new in (
        (r"<html[^>]*>", opened),
        (r"<title>.*?</title>", head),
        (r"<noscript>.*?</noscript>", scriptless + _silent()),
        (r"</head>", Markup("").join(map(_soon, static.needed_soon(found))) + Markup("</head>")),
        (r"</body>", own),
    ):
        found, times = re.subn(old, lambda _, new=new: new, found, flags=re.DOTALL)  # type: ignore[misc]
        if times != 1:
            raise ValueError(f"static/index.html of Streamlit: expected one {old}, found {times}")
    return found


def _silent() -> Markup:
    """What the script says of the connection; in every language, for another one may have been chosen since."""
    told = Markup("<p lang={} data-kind={} hidden>{}</p>")
    texts = (
        told.format(LANGUAGE_CODES[language], kind, text)
        for language in LANGUAGES
        for kind, text in _of_connection(Translator(language)).items()
    )
    return Markup("<div id=atlas-silent role=alert hidden>{}</div>").format(Markup("").join(texts))


def full(translate: Translator) -> str:
    """What whoever opens one page too many is told."""
    return translate(
        "As many pages of the atlas are open as the server can carry. "
        "Please close those that are not needed, and try again in a minute."
    )


def _of_connection(translate: Translator) -> dict[str, str]:
    return {
        "full": full(translate),
        "blocked": translate(
            "The connection to the atlas does not open. Something between this computer and the server, such as a proxy "
            "or a firewall, may block it. Please ask the administrator to let WebSocket connections to this address "
            "through (path {path}).",
            path=STREAM,
        ),
        "lost": translate(
            "The connection to the atlas is lost. It comes back by itself when the server answers again; until then "
            "nothing that you choose is shown. If it stays away, please ask the administrator whether the server runs "
            "and WebSocket connections to it are let through (path {path}).",
            path=STREAM,
        ),
    }


def _soon(name: str) -> Markup:
    return Markup("<link rel=modulepreload crossorigin href='./static/js/{}'>").format(name)
