"""What poppler says of a PDF."""

import subprocess
from pathlib import Path


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
