"""An atlas of any tables shown: its pages, a record of each kind, the interface for programs, and files."""

import random
import traceback
from collections.abc import Iterable

from starlette.applications import Starlette
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from atlas import LANGUAGES, ROOT
from atlas.exports import formats
from atlas.model.addresses import TABLES
from atlas.model.atlas import Atlas
from server import api, source
from server.postgres import Published
from tests.conftest import awaited

PAGES = sorted(path.stem for path in (ROOT / "pages").glob("*.py"))


class Fixed:
    """A source that shows one atlas."""

    lost_since = None

    def __init__(self, atlas: Atlas):
        self.published = Published(None, atlas)

    def file(self, name: str, digest: str) -> bytes | None:
        """The content of a file of the atlas."""
        return self.published.atlas.contents.get(name)


def failing_pages(atlas: Atlas, chance: random.Random, pages: Iterable[str]) -> list[str]:
    """Those of the pages, and of those of one record of every kind, that fail of an atlas."""
    before, shown = source.source, Fixed(atlas)
    source.source = lambda: shown
    try:
        asked: list[tuple[str, str | None]] = [(page, None) for page in pages]
        asked += [
            (kind, chance.choice(list(ids))) for kind, table in TABLES.items() if len(ids := atlas.table(table).index)
        ]
        return [f"{page} {identifier or ''}" for page, identifier in asked if _fails(chance, page, identifier)]
    finally:
        source.source = before


def _fails(chance: random.Random, page: str, identifier: str | None) -> bool:
    app = AppTest.from_file(str(ROOT / "ui" / "shell.py"), default_timeout=120)
    if identifier is not None:
        app._page_hash = calc_hash(page)  # these pages have no files, by which alone Streamlit's tests switch
        app.query_params["id"] = identifier
    elif page != "twinning_map":
        app.switch_page(f"../pages/{page}.py")
    app.query_params["lang"] = chance.choice(LANGUAGES)
    return bool(app.run().exception)


def failing_answers(atlas: Atlas) -> list[str]:
    """The addresses of the interface for programs that fail of an atlas."""
    collections = [f"/collections/{name}" for name in atlas.tables]
    ends = ("", "/schema", "/items?limit=10000")
    paths = ["/", "/openapi", "/collections", *(f"{one}{end}" for one in collections for end in ends)]
    answered = awaited(_answered(Starlette(routes=api.routes(lambda: atlas)), paths))
    return [f"/api{path} {status}" for path, status in answered if status not in (200, 404)]


async def _answered(application: Starlette, paths: list[str]) -> list[tuple[str, int]]:
    return [(path, await _status(application, *f"/api{path}".split("?"))) for path in paths]


async def _status(application: Starlette, path: str, query: str = "") -> int:
    found = []

    async def receive() -> dict:
        return {"type": "http.request"}

    async def send(message: dict) -> None:
        found.append(message.get("status"))

    asked = {
        "type": "http",
        "method": "GET",
        "path": path,
        "query_string": query.encode(),
        "headers": [(b"host", b"atlas")],
    }
    try:
        await application(
            asked | {"root_path": "", "scheme": "http", "server": ("atlas", 80), "client": ("127.0.0.1", 1)},
            receive,
            send,
        )
    except Exception:
        return 500
    return found[0]


def failing_files(atlas: Atlas, chance: random.Random, kinds: Iterable[str]) -> list[str]:
    """What goes wrong with files of all records."""
    failed = []
    for kind in kinds:
        language, audience = chance.choice(formats.KINDS[kind].languages), chance.choice((None, "own", "both"))
        try:
            formats.export(atlas, kind, None, language, audience=audience)
        except Exception:
            failed.append(f"{kind} in {language} for {audience}: {traceback.format_exc()}")
    return failed
