"""The scripts and style sheets of the pages, each sort joined to one text that a browser takes once."""

import hashlib
from functools import cache

from atlas import ROOT

FOLDER = ROOT / "assets"
SCRIPTS = ("links", "buttons", "search", "filters", "years", "lists", "ticks", "stops", "strip", "desk")
STYLES = (
    "app", "widgets", "frame", "search", "filters", "lists", "cards", "charts", "outlook", "agreed", "compare",
    "reform", "session", "sources", "records", "recognise", "contribute", "strip", "calendar", "print"
)  # fmt: skip


@cache
def script() -> str:
    """What all pages answer to mouse and keyboard with."""
    return "\n".join((FOLDER / f"{name}.js").read_text("utf-8") for name in SCRIPTS)


@cache
def styles() -> str:
    """How all pages look."""
    return "\n".join((FOLDER / f"{name}.css").read_text("utf-8") for name in STYLES)


@cache
def opening() -> str:
    """The script of the opening page, which stands in it: as a file it would come after all of Streamlit's, which wait for it."""
    return (FOLDER / "opening.js").read_text("utf-8")


@cache
def contents() -> dict[str, bytes]:
    """All files by their names (``map/atlas.js``), as they were when the first was asked for."""
    return {path.relative_to(FOLDER).as_posix(): path.read_bytes() for path in FOLDER.rglob("*") if path.is_file()}


@cache
def version() -> str:
    """12 digits that change with the script and the style sheets."""
    return digest((script() + styles()).encode())


def digest(content: bytes) -> str:
    """What tells the versions of a file apart: 12 digits of its SHA-256."""
    return hashlib.sha256(content).hexdigest()[:12]
