"""The scripts and style sheets of the pages, each sort joined to one text that a browser takes once."""

from functools import cache

from atlas import ROOT

FOLDER = ROOT / "assets"
SCRIPTS = ("links", "filters", "years", "lists")
STYLES = ("app", "frame", "filters", "lists", "cards", "charts", "outlook", "reform", "sources", "print")


@cache
def script() -> str:
    """What all pages answer to mouse and keyboard with."""
    return "\n".join((FOLDER / f"{name}.js").read_text("utf-8") for name in SCRIPTS)


@cache
def styles() -> str:
    """How all pages look."""
    return "\n".join((FOLDER / f"{name}.css").read_text("utf-8") for name in STYLES)
