"""Streamlit's files, compressed once: to do it anew for each visitor would keep all of them waiting."""

import re
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path

from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from server.files import FOR_EVER, answer

STATIC = "/static/"  # names in it change with what the files hold
UNVERSIONED = ("favicon.png", "manifest.json")
FRAME = "component/streamlit_folium.st_folium"
LATER = ("Html", "ComponentInstance")  # scripts that Streamlit asks for when the first element of a sort has come


class PackedFiles:
    """ASGI middleware that answers for :func:`files`."""

    def __init__(self, app: ASGIApp):
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request for one of them, and pass on all else."""
        asked = scope["type"] == "http" and scope["method"] in ("GET", "HEAD")
        file = files().get(scope["path"]) if asked else None
        app = answer(Request(scope), file.name, _content(file), _kept(scope["path"])) if file else self.app
        await app(scope, receive, send)


@cache
def files() -> dict[str, Path]:
    """Scripts, style sheets, fonts and pictures of the pages and of the map's frame: path of the address -> file."""
    root = _folder("streamlit") / "static"
    folders = {
        STATIC: root / "static",
        f"/{FRAME}{STATIC}": _folder("streamlit_folium") / "frontend/build/static",
    }
    return {f"/{name}": root / name for name in UNVERSIONED} | {
        prefix + file.relative_to(folder).as_posix(): file
        for prefix, folder in folders.items()
        for file in folder.rglob("*.*")
    }


def frame_scripts() -> list[str]:
    """Paths of the scripts and style sheets of the map's frame."""
    return [path for path, file in files().items() if path.startswith(f"/{FRAME}/") and file.suffix in (".js", ".css")]


def _kept(path: str) -> str:
    return FOR_EVER if STATIC in path else "no-cache"


@lru_cache(maxsize=100)  # more than all pages ask for
def _content(file: Path) -> bytes:
    return file.read_bytes()


def needed_soon(page: str) -> list[str]:
    """Names of the scripts that Streamlit's page does not name, but asks for one after the other before the map is drawn."""
    js = _folder("streamlit") / "static/static/js"
    found: list[str] = []
    waiting = [path.name for start in LATER for path in js.glob(f"{start}.*.js")]
    while waiting:
        name = waiting.pop()
        if name not in found and name not in page:
            found.append(name)
            waiting += re.findall(r'(?:from|import)\s*["`]\./([^"`]+\.js)["`]', (js / name).read_text("utf-8"))
    return found


def _folder(package: str) -> Path:
    """Where a package lies, found without being imported: Streamlit serves a component only when a page imports it first."""
    spec = find_spec(package)
    assert spec
    assert spec.origin
    return Path(spec.origin).parent
