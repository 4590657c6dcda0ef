"""The scripts and style sheets of map and stage, each in one piece: requests one after the other would delay the first map."""

import hashlib
import json
import re
from functools import cache
from importlib.resources import files
from typing import Any

from atlas import ROOT
from atlas.look.layers import LAYERS
from atlas.look.marks import CHANGED, MARK_STYLE, MARKS, level_marks, signs

# of assets/map, each after those that it imports
MODULES = (
    "places", "marks", "page", "view", "light", "keys", "lettering", "orientation", "labels", "edges", "legend", "basemap", "base", "groups", "lists",
    "twinnings", "flows", "atlas",
)  # fmt: skip
# of assets/stage, likewise
STAGE = ("session", "keys", "talk", "pen", "controls", "touch", "presenter", "stage")
NAMES = ("map.js", "map.css")
# what draws a base map of a kind, loaded where there is one
VENDOR = {"raster": "pmtiles-4.5.0.js", "vector": "protomaps-leaflet-5.1.0.js"}


def argument(content: Any) -> str:
    """A value as it may stand inside a script of the page."""
    # "<" could end the script early; "{{", "{%", "{#" would run here: branca renders once more what it has rendered
    text = json.dumps(content, ensure_ascii=True, separators=(",", ":"))
    return re.sub(r"<|\{(?=[{%#])", lambda match: f"\\u{ord(match[0]):04x}", text)


def look() -> str:
    """The script that tells the map script how layers, levels and marks look; the same for every map."""
    content = {
        "layers": [{"id": name, **style} for name, style in LAYERS],
        "levels": level_marks(),
        "legend": signs(),
        "changed": CHANGED,
        "marks": {layer: MARK_STYLE | {"shape": shape} for layer, shape in MARKS.items()},
    }
    return f"atlas.look = {argument(content)};"


def script() -> str:
    """The modules of the map script as one plain script, which sets ``window.atlas``."""
    return joined("map", MODULES)


@cache
def stage() -> str:
    """The modules of the stage as one plain script, which shows the session that stands before it as JSON."""
    return joined("stage", STAGE)


@cache
def stage_style() -> str:
    """The style sheet of the stage and of the presenter's window."""
    return (ROOT / "assets/stage.css").read_text("utf-8")


def joined(folder: str, names: tuple[str, ...]) -> str:
    """Modules of a folder of ``assets/`` as one plain script; what they import is imported by that."""
    modules = ((ROOT / "assets" / folder / f"{name}.js").read_text("utf-8") for name in names)
    joined = "\n".join(re.sub(r"^import .*\n|^export (?=\w)", "", module, flags=re.MULTILINE) for module in modules)
    return f'(() => {{\n"use strict";\n{joined}}})();\n'


def style() -> str:
    """The style sheet of the map without that of Leaflet."""
    return (ROOT / "assets/map.css").read_text("utf-8")


def leaflet(name: str) -> str:
    """``leaflet.js`` or ``leaflet.css`` without the pictures that the map does not use."""
    text = (files("xstatic.pkg.leaflet") / "data" / name).read_text("utf-8")
    if name.endswith(".css"):
        return re.sub(r"url\([^)]*\)", "none", text)
    return re.sub(r"//# sourceMappingURL.*", "", text)


@cache
def whole(name: str) -> bytes:
    """One of ``NAMES`` with all that a map in a page needs, Leaflet included."""
    if name == "map.css":
        return (leaflet("leaflet.css") + style()).encode()
    return "\n".join([leaflet("leaflet.js"), script(), look()]).encode()


@cache
def version(name: str) -> str:
    """What tells the versions of one of ``NAMES`` apart: 12 digits of its SHA-256."""
    return _digest(whole(name))


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:12]


@cache
def vendor(kind: str) -> str | None:
    """Where the script that draws a base map of a kind is served, likewise; none where Leaflet itself draws it."""
    if kind not in VENDOR:
        return None
    content = (ROOT / "assets/vendor" / VENDOR[kind]).read_bytes()
    return f"assets/vendor/{VENDOR[kind]}?v={_digest(content)}"


def address(name: str) -> str:
    """Where one of ``NAMES`` is served, from the root of the application; browsers may keep it for ever."""
    return f"assets/{name}?v={version(name)}"
