"""What poppler says of a PDF."""

import subprocess
from pathlib import Path
from xml.etree import ElementTree

XHTML = "{http://www.w3.org/1999/xhtml}"


def said(program: str, *arguments: str | Path) -> str:
    """What one of poppler's programs prints."""
    return subprocess.run([program, *arguments], check=True, capture_output=True, text=True).stdout


def pages(pdf: Path) -> int:
    """How many pages it has."""
    return int(next(line for line in said("pdfinfo", pdf).splitlines() if line.startswith("Pages:")).split()[1])


def fonts(pdf: Path) -> set[str]:
    """The names of the faces in it, without the mark of a subset."""
    rows = said("pdffonts", pdf).splitlines()[2:]
    return {row.split()[0].rpartition("+")[2] for row in rows}


def text(pdf: Path) -> str:
    """Its text as it stands on the pages, a form feed after each."""
    return said("pdftotext", "-layout", pdf, "-")


def outside(pdf: Path) -> list[str]:
    """The words that reach over an edge of their page by more than a point."""
    found = []
    for page in ElementTree.fromstring(said("pdftotext", "-bbox", pdf, "-")).iter(f"{XHTML}page"):
        width, height = float(page.get("width", 0)), float(page.get("height", 0))
        for word in page.iter(f"{XHTML}word"):
            left, top, right, bottom = (float(word.get(edge, 0)) for edge in ("xMin", "yMin", "xMax", "yMax"))
            if left < -1 or top < -1 or right > width + 1 or bottom > height + 1:
                found.append(word.text or "")
    return found
