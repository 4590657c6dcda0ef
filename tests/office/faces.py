"""Faces for Chinese and for Japanese that a PDF can be asked for by name.

The fonts of Debian hold the faces of all regions in one collection with one common outline, so that a PDF names the
Japanese one whichever was taken. Here they are files of their own, each under its own name.
"""

from pathlib import Path

from fontTools.ttLib import TTFont
from fontTools.ttLib.tables.DefaultTable import DefaultTable

COLLECTIONS = sorted(Path("/usr/share/fonts").rglob("Noto*CJK-Regular.ttc"))
REGIONS = {"jp": 0, "sc": 2}  # places in a collection
CONFIGURATION = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><include>/etc/fonts/fonts.conf</include><dir>{folder}</dir><cachedir>{folder}/cache</cachedir>
<selectfont><rejectfont><glob>*CJK-*.ttc</glob></rejectfont></selectfont></fontconfig>"""


def set_apart(folder: Path) -> Path:
    """Write the faces into a folder, and a configuration of fontconfig that has them in place of the collections."""
    assert COLLECTIONS, "fonts-noto-cjk is not installed; `make test-office` installs it"
    for path in COLLECTIONS:
        for region, place in REGIONS.items():
            with TTFont(path, fontNumber=place, lazy=True, recalcBBoxes=False) as font:
                outlines = DefaultTable("CFF ")
                # the names are as long as each other, so that nothing else in the table moves
                outlines.data = font.reader["CFF "].replace(b"CJKjp-", f"CJK{region}-".encode())
                font.tables["CFF "] = outlines
                font.save(folder / f"{path.stem}-{region}.otf")
    configuration = folder / "fonts.conf"
    configuration.write_text(CONFIGURATION.format(folder=folder), "utf-8")
    return configuration
