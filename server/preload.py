"""What a browser may fetch from the first byte of a page on, while Streamlit still gets ready to ask for the map."""

from functools import cache

from atlas.look.layers import LAYERS
from atlas.maps import scripts
from atlas.model.atlas import DRAWN
from atlas.model.store import DamagedData
from atlas.records.dates import today
from server import source, static


def links() -> str:
    """The header ``Link`` (RFC 8288, with the relation ``preload``) of a page: the map's script, style sheet, frame and files of today.

    Addresses are relative to that of a page. Geometry waits behind what the page itself needs.
    """
    try:
        atlas = source.source().published.atlas
    except DamagedData:
        return ""
    return _links(tuple(sorted(atlas.files.items())), today(atlas.version).isoformat())


@cache
def _links(known: tuple[tuple[str, str], ...], day: str) -> str:
    digests = dict(known)
    layers = [
        f"layers/{name}.geojson" for name, style in LAYERS if style.get("from", "") <= day <= style.get("until", "9999")
    ]
    drawn = [f"data/{name}?v={digests[name][:12]}" for name in (DRAWN,) if name in digests]
    return ", ".join(
        [
            f"<{scripts.address('map.js')}>; rel=preload; as=script; fetchpriority=low",
            f"<{scripts.address('map.css')}>; rel=preload; as=style; fetchpriority=low",
            *(
                f"<{path[1:]}>; rel=preload; as=script; fetchpriority=low"
                for path in static.scripts()
                if path.startswith(f"/{static.FRAME}/")
            ),
            *(f"<{address}>; rel=preload; as=fetch; crossorigin; fetchpriority=low" for address in drawn),
        ]
    )
