"""A workbook of a contributor opened as XML, so that cells can be marked and all others stay what they are.

Only what is known is written again: sheets with their cells, widths, filters, protection and drop-downs, and comments.
Formulas become texts; what paints cells by rules, draws, links or runs is left out. openpyxl, which reads the cells for
the checks, takes seven seconds to write 5,000 rows anew.
"""

import io
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from posixpath import basename, dirname, join, normpath, relpath
from typing import Any

import xlsxwriter
from lxml import etree
from xlsxwriter.utility import quote_sheetname, xl_cell_to_rowcol, xl_range_abs

from atlas.exports.contributions import comments, opened_sheet
from atlas.exports.contributions.opened_sheet import OFFICE
from atlas.exports.contributions.opened_styles import Styles, made, parsed, tag, written
from atlas.exports.contributions.strangers import parts

PACKAGE = "http://schemas.openxmlformats.org/package/2006"
SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"
MEDIA = {
    "officeDocument": f"{SPREADSHEET}.sheet.main+xml",
    "worksheet": f"{SPREADSHEET}.worksheet+xml",
    "styles": f"{SPREADSHEET}.styles+xml",
    "sharedStrings": f"{SPREADSHEET}.sharedStrings+xml",
    "theme": "application/vnd.openxmlformats-officedocument.theme+xml",
    "comments": f"{SPREADSHEET}.comments+xml",
}
# by the end of a part's name
DEFAULTS = {
    "rels": "application/vnd.openxmlformats-package.relationships+xml",
    "xml": "application/xml",
    "vml": "application/vnd.openxmlformats-officedocument.vmlDrawing",
}


@dataclass
class Sheet:
    """One sheet of cells: its part, the texts of its comments by cell, and the colours (#rrggbb) of marked cells and of its tab."""

    name: str
    state: str
    part: bytes
    notes: dict[str, str] = field(default_factory=dict)
    marks: dict[str, str] = field(default_factory=dict)
    tab: str | None = None


@dataclass
class _Written:
    """Parts of a workbook with their kinds, and what each refers to."""

    parts: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    related: dict[str, list[tuple[str, str]]] = field(default_factory=dict)

    def add(self, kind: str, path: str, data: bytes, by: str) -> str:
        """Add a part to which another one refers; the name of that reference."""
        self.parts[path] = kind, data
        others = self.related.setdefault(by, [])
        others.append((kind, path))
        return f"rId{len(others)}"


class Opened:
    """A workbook.

    :param content: its parts by name, as :func:`atlas.exports.contributions.strangers.parts` leaves them.
    """

    def __init__(self, content: Mapping[str, bytes]):
        self._parts = content
        (book,) = (target for kind, _, target in self._related("") if kind == "officeDocument")
        root = parsed(content[book])
        related = {name: (kind, target) for kind, name, target in self._related(book)}
        paths: dict[str, str] = dict(related.values())
        self._shared = {kind: content[paths[kind]] for kind in ("theme", "sharedStrings") if kind in paths}
        self._from_1904 = any(one.get("date1904") in ("1", "true") for one in root.iter(tag("workbookPr")))
        self.styles = Styles(content[paths["styles"]] if "styles" in paths else None)
        self.sheets = [
            Sheet(one.get("name"), one.get("state") or "visible", content[target], self._notes(target))
            for one in root.find(tag("sheets"))
            for kind, target in [related[one.get(f"{{{OFFICE}}}id")]]
            if kind == "worksheet"
        ]

    def _related(self, part: str) -> Iterator[tuple[str, str, str]]:
        """Kind, name and part of all that a part refers to in the archive."""
        path = join(dirname(part), "_rels", f"{basename(part)}.rels")
        for one in parsed(self._parts[path]) if path in self._parts else ():
            if one.get("TargetMode") != "External":
                target = normpath(join("/", dirname(part), one.get("Target"))).lstrip("/")
                yield basename(one.get("Type")), one.get("Id"), target

    def _notes(self, part: str) -> dict[str, str]:
        found = (self._parts[target] for kind, _, target in self._related(part) if kind == "comments")
        return {place: text for data in found for place, text in comments.read(parsed(data))}

    def content(self, first: tuple[str, Any] | None = None, former: Mapping[str, str] | None = None) -> bytes:
        """The workbook (XLSX).

        :param first: name and root of a sheet before all others.
        :param former: styles of cells that become others.
        """
        book = "xl/workbook.xml"
        made_of = _Written()
        named: list[tuple[str, str, str, str | None]] = []
        if first:
            named.append((first[0], "visible", _sheet(made_of, 0, first[1], {}), None))
        for number, sheet in enumerate(self.sheets, 1):
            root = parsed(sheet.part)
            opened_sheet.tidy(root)
            opened_sheet.restyle(root, former or {})
            for cell, colour in zip(opened_sheet.cells_at(root, sheet.marks), sheet.marks.values()):
                cell.set("s", self.styles.filled(cell.get("s") or "0", colour))
            if sheet.tab:
                opened_sheet.colour_tab(root, sheet.tab)
            filtered = root.find(tag("autoFilter"))
            reach = filtered.get("ref") if filtered is not None else None
            named.append((sheet.name, sheet.state, _sheet(made_of, number, root, sheet.notes), reach))
        for kind, data in (self._shared | {"styles": self.styles.content()}).items():
            made_of.add(kind, f"xl/{kind}.xml", data, book)
        made_of.add("officeDocument", book, self._book(named), "")
        return _zipped(made_of)

    def _book(self, named: list[tuple[str, str, str, str | None]]) -> bytes:
        sheets, names = made("sheets"), made("definedNames")
        for place, (name, state, relation, filtered) in enumerate(named):
            about = {"name": name, "sheetId": str(place + 1), "state": state, f"{{{OFFICE}}}id": relation}
            sheets.append(made("sheet", **about))
            if filtered:
                filtering = made("definedName", name="_xlnm._FilterDatabase", localSheetId=str(place), hidden="1")
                filtering.text = f"{quote_sheetname(name)}!{absolute(filtered)}"
                names.append(filtering)
        parts = [made("workbookPr", **({"date1904": "1"} if self._from_1904 else {}))]
        parts += [made("bookViews", made("workbookView", activeTab="0")), sheets, *([names] if len(names) else [])]
        return written(made("workbook", *parts))


def absolute(reach: str) -> str:
    """A range (``A2:L508``) as names of it are written (``$A$2:$L$508``)."""
    (first_row, first), (last_row, last) = map(xl_cell_to_rowcol, (reach.split(":") * 2)[:2])
    return xl_range_abs(first_row, first, last_row, last)


def blank() -> Opened:
    """A workbook without a sheet."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as book:
        book.add_worksheet()
    opened = Opened(parts(content.getvalue(), ""))
    opened.sheets.clear()
    return opened


def _sheet(made_of: _Written, number: int, root: Any, notes: Mapping[str, str]) -> str:
    """Add a sheet with its comments; the name of the reference to it."""
    path = f"xl/worksheets/sheet{number}.xml"
    if notes:
        boxes = made_of.add("vmlDrawing", f"xl/drawings/vmlDrawing{number}.vml", comments.shapes(notes, number), path)
        made_of.add("comments", f"xl/comments{number}.xml", written(comments.part(notes)), path)
        opened_sheet.drawn(root, boxes)
    return made_of.add("worksheet", path, written(root), "xl/workbook.xml")


def _zipped(made_of: _Written) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED, compresslevel=4) as archive:
        archive.writestr("[Content_Types].xml", _types(made_of))
        for path, (_, data) in made_of.parts.items():
            archive.writestr(path, data)
        for part, others in made_of.related.items():
            archive.writestr(join(dirname(part), "_rels", f"{basename(part)}.rels"), _relations(part, others))
    return content.getvalue()


def _types(made_of: _Written) -> bytes:
    space = f"{PACKAGE}/content-types"
    root = etree.Element(f"{{{space}}}Types", nsmap={None: space})
    for suffix, media in DEFAULTS.items():
        etree.SubElement(root, f"{{{space}}}Default", Extension=suffix, ContentType=media)
    for path, (kind, _) in made_of.parts.items():
        if kind in MEDIA:
            etree.SubElement(root, f"{{{space}}}Override", PartName=f"/{path}", ContentType=MEDIA[kind])
    return written(root)


def _relations(part: str, others: list[tuple[str, str]]) -> bytes:
    space = f"{PACKAGE}/relationships"
    root = etree.Element(f"{{{space}}}Relationships", nsmap={None: space})
    for number, (kind, path) in enumerate(others, 1):
        target = relpath(path, dirname(part) or ".")
        about = {"Id": f"rId{number}", "Type": f"{OFFICE}/{kind}", "Target": target}
        etree.SubElement(root, f"{{{space}}}Relationship", about)
    return written(root)
