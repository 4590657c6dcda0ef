"""What a browser may fetch from the first byte of a page on, while Streamlit still gets ready to ask for the map."""

import sys
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from atlas.look.layers import LAYERS
from atlas.maps import scripts
from atlas.model.atlas import DRAWN
from atlas.model.store import DamagedData
from atlas.records.dates import today
from server import source

FRAME = "component/streamlit_folium.st_folium"


def links() -> str:
    """The header ``Link`` (RFC 8288, with the relation ``preload``) of a page: the map's script, style sheet, frame and files of today.

    Addresses are relative to that of a page. Geometry waits behind what the page itself needs.
    """
    try:
        atlas = source.source().published.atlas
    except DamagedData:
        return ""
    served = "streamlit_folium" in sys.modules  # Streamlit serves a component when a page has imported it
    return _links(tuple(sorted(atlas.files.items())), today(atlas.version).isoformat(), served)


@cache
def _links(known: tuple[tuple[str, str], ...], day: str, served: bool) -> str:
    digests = dict(known)
    layers = [
        f"layers/{name}.geojson" for name, style in LAYERS if style.get("from", "") <= day <= style.get("until", "9999")
    ]
    drawn = [f"data/{name}?v={digests[name][:12]}" for name in (DRAWN, *layers) if name in digests]
    return ", ".join(
        [
            f"<{scripts.address('map.js')}>; rel=preload; as=script",
            f"<{scripts.address('map.css')}>; rel=preload; as=style",
            *(f"<{FRAME}/{name}>; rel=preload; as=script" for name in _frame_scripts() if served),
            *(f"<{address}>; rel=preload; as=fetch; crossorigin; fetchpriority=low" for address in drawn),
        ]
    )


@cache
def _frame_scripts() -> list[str]:
    # found without being imported: Streamlit serves a component only when a page is the first to import it
    spec = find_spec("streamlit_folium")
    assert spec
    assert spec.origin
    build = Path(spec.origin).parent / "frontend/build"
    return [path.relative_to(build).as_posix() for path in build.glob("static/js/*.js")]
