"""What a browser may fetch from the first byte of a page on, while Streamlit still gets ready to ask for the map."""

from functools import cache

from atlas.maps import scripts
from atlas.model.atlas import DRAWN
from atlas.model.store import DamagedData
from server import source, static


def links() -> str:
    """The header ``Link`` (RFC 8288, with the relation ``preload``) of a page: the map's script, style sheet, frame and twinnings.

    Addresses are relative to that of a page. All of it waits behind what the page itself needs; the land, which is drawn
    after the twinnings, is not named, for so much at once would delay the page.
    """
    try:
        atlas = source.source().published.atlas
    except DamagedData:
        return ""
    return _links(atlas.files[DRAWN])


@cache
def _links(digest: str) -> str:
    frame = [path[1:] for path in static.frame_scripts()]
    named = {
        scripts.address("map.js"): "as=script",
        scripts.address("map.css"): "as=style",
        **dict.fromkeys(frame, "as=script"),
        f"data/{DRAWN}?v={digest[:12]}": "as=fetch; crossorigin",
    }
    return ", ".join(f"<{address}>; rel=preload; {kind}; fetchpriority=low" for address, kind in named.items())
