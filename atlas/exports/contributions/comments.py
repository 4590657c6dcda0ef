"""Comments at cells, as Excel, LibreOffice and WPS all know them: their texts, and the boxes in which these are shown."""

import math
import re
from collections.abc import Iterator, Mapping
from typing import Any

from lxml import etree
from lxml.builder import ElementMaker
from xlsxwriter.utility import xl_cell_to_rowcol

from atlas.look import text as measure

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
NAMED = {"v": "urn:schemas-microsoft-com:vml", "o": "urn:schemas-microsoft-com:office:office", "x": "urn:schemas-microsoft-com:office:excel"}  # fmt: skip
MADE, VML, OFFICE, EXCEL = (ElementMaker(namespace=space, nsmap=None) for space in (MAIN, *NAMED.values()))
SIGN = "◆"  # begins each line of a comment that the atlas wrote
LONGEST = 4_000  # characters of a comment
WIDE, TALL = 44, 30  # characters of a line and lines of the box
FAINT_YELLOW = "#ffffe1"  # of comments in every spreadsheet
UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def plain(text: str) -> str:
    """A text without characters that XML cannot hold."""
    return UNWRITABLE.sub("\N{REPLACEMENT CHARACTER}", text)


def read(root: Any) -> Iterator[tuple[str, str]]:
    """Cell and text of every comment of a part."""
    for one in root.iter(f"{{{MAIN}}}comment"):
        texts = (run.text or "" for run in one.iter(f"{{{MAIN}}}t"))
        yield one.get("ref"), "".join(texts)


def of_others(note: str) -> str:
    """What of a comment the atlas did not write."""
    return "\n".join(line for line in note.split("\n") if not line.startswith(SIGN)).strip("\n")


def part(notes: Mapping[str, str]) -> Any:
    """The part of comments.

    :param notes: text by cell.
    """
    listed = MADE.commentList()
    for place, text in notes.items():
        shown = MADE.t(plain(text)[:LONGEST])
        shown.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        look = MADE.rPr(MADE.sz(val="9"), MADE.rFont(val="Tahoma"))
        listed.append(MADE.comment(MADE.text(MADE.r(look, shown)), ref=place, authorId="0"))
    return MADE.comments(MADE.authors(MADE.author("")), listed)


def shapes(notes: Mapping[str, str], sheet: int) -> bytes:
    """The boxes of comments (VML), hidden until one points at the cell.

    :param sheet: the number of the sheet, which tells its boxes from those of others.
    """
    root = etree.Element("xml", nsmap=NAMED)
    ext = f"{{{NAMED['v']}}}ext"
    root.append(OFFICE.shapelayout(OFFICE.idmap({ext: "edit", "data": str(sheet)}), {ext: "edit"}))
    kind = VML.shapetype(VML.stroke(joinstyle="miter"), VML.path({"gradientshapeok": "t", f"{{{NAMED['o']}}}connecttype": "rect"}))  # fmt: skip
    kind.attrib.update({"id": "_x0000_t202", "coordsize": "21600,21600", f"{{{NAMED['o']}}}spt": "202"})
    kind.set("path", "m,l,21600r21600,l21600,xe")
    root.append(kind)
    for number, (place, text) in enumerate(notes.items(), 1):
        row, column = xl_cell_to_rowcol(place)
        high = min(TALL, 1 + sum(max(1, math.ceil(measure.columns(line) / WIDE)) for line in text.split("\n")))
        anchor = f"{column + 1}, 15, {max(row - 1, 0)}, 10, {column + 3}, 15, {max(row - 1, 0) + high}, 4"
        about = EXCEL.ClientData(EXCEL.MoveWithCells(), EXCEL.SizeWithCells(), EXCEL.Anchor(anchor), EXCEL.AutoFill("False"), EXCEL.Row(str(row)), EXCEL.Column(str(column)), ObjectType="Note")  # fmt: skip
        shape = VML.shape(VML.fill(color2=FAINT_YELLOW), VML.textbox(style="mso-direction-alt:auto"), about)
        shape.attrib.update(
            {
                "id": f"_x0000_s{1024 * sheet + number}",
                "type": "#_x0000_t202",
                "style": "position:absolute;width:220pt;height:60pt;z-index:1;visibility:hidden",
                "fillcolor": FAINT_YELLOW,
                f"{{{NAMED['o']}}}insetmode": "auto",
            }
        )
        root.append(shape)
    return etree.tostring(root)
