"""A sheet of an opened workbook: what of it is written again, and how its cells are marked."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from xlsxwriter.utility import xl_cell_to_rowcol, xl_col_to_name

from atlas.exports.contributions.comments import plain
from atlas.exports.contributions.opened_styles import made, rgb, tag

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
EXTENDED = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
FORMULA = "http://schemas.microsoft.com/office/excel/2006/main"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
# what of a sheet is written again
KEPT = {
    tag(name)
    for name in (
        "sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetProtection", "autoFilter",
        "mergeCells", "dataValidations", "hyperlinks", "printOptions", "pageMargins", "pageSetup", "headerFooter",
        "ignoredErrors", "extLst",
    )
}  # fmt: skip
# a range of cells or a list of words: nothing that is worked out
FIXED = re.compile(r"""\s*(=?('[^'\[\]]+'|[^\W\d][\w.]*)!)?\$?[A-Z]{1,3}\$?\d+(:\$?[A-Z]{1,3}\$?\d+)?\s*|"[^"]*"\s*""")


def tidy(root: Any) -> None:
    """Leave what is known; formulas become texts, and rows and cells say where they stand."""
    for child in [one for one in root if one.tag not in KEPT]:
        root.remove(child)
    _tidy_offers(root)
    _tidy_links(root)
    for view in root.iter(tag("sheetView")):
        view.attrib.pop("tabSelected", None)
    for one in root.iter(tag("pageSetup")):
        one.attrib.pop(f"{{{OFFICE}}}id", None)
    data = root.find(tag("sheetData"))
    for formula in list(data.iter(tag("f"))):
        put(formula.getparent(), f"={formula.text or ''}")
    for cell in data.xpath("*/*[@cm or @vm or @ph]"):
        for name in ("cm", "vm", "ph"):
            cell.attrib.pop(name, None)
    number = 0
    for row in data:
        number = int(row.get("r") or number + 1)
        row.set("r", str(number))
        for column, cell in enumerate(row):
            if cell.get("r") is None:
                before = cell.getprevious()
                at = column if before is None else _column(before) + 1
                cell.set("r", f"{xl_col_to_name(at)}{number}")


def _tidy_offers(root: Any) -> None:
    """Leave the drop-downs of ranges and listed words."""
    groups = [*root.findall(tag("dataValidations")), *root.iter(f"{{{EXTENDED}}}dataValidations")]
    for group in groups:
        for one in list(group):
            formulas = one.iter(tag("formula1"), tag("formula2"), f"{{{FORMULA}}}f")
            if one.get("type") != "list" or not all(FIXED.fullmatch(each.text or "") for each in formulas):
                group.remove(one)
        group.set("count", str(len(group)))
    for more in root.findall(tag("extLst")):
        for one in [one for one in more if not any(len(group) for group in one.iter(f"{{{EXTENDED}}}dataValidations"))]:
            more.remove(one)
    _drop_empty(root, "dataValidations", "extLst")


def _tidy_links(root: Any) -> None:
    """Leave the links within the workbook."""
    for links in root.findall(tag("hyperlinks")):
        for link in [one for one in links if one.get(f"{{{OFFICE}}}id") or not one.get("location")]:
            links.remove(link)
    _drop_empty(root, "hyperlinks")


def _drop_empty(root: Any, *names: str) -> None:
    for name in names:
        for one in [one for one in root.findall(tag(name)) if not len(one)]:
            root.remove(one)


def put(cell: Any, text: str) -> None:
    """Put a text into a cell, whatever it begins with."""
    for child in list(cell):
        cell.remove(child)
    shown = made("t")
    shown.text = plain(text)
    shown.set(SPACE, "preserve")
    cell.set("t", "inlineStr")
    cell.append(made("is", shown))


def restyle(root: Any, styles: Mapping[str, str]) -> None:
    """Give cells another style, by the one that they have."""
    for cell in _cells(root) if styles else ():
        if (known := cell.get("s")) in styles:
            cell.set("s", styles[known])


def _cells(root: Any) -> Iterator[Any]:
    return (cell for row in root.find(tag("sheetData")) for cell in row)


def cells_at(root: Any, places: Iterable[str]) -> Iterator[Any]:
    """The cells at places (``C7``), in their order; made where the sheet has none."""
    data = root.find(tag("sheetData"))
    rows = {int(row.get("r")): row for row in data}
    for place in places:
        number, column = xl_cell_to_rowcol(place)
        number += 1
        if number not in rows:
            rows[number] = made("row", r=str(number))
            _insert(data, rows[number], lambda row, number=number: int(row.get("r")) > number)
        row = rows[number]
        cell = next((one for one in row if one.get("r") == place), None)
        if cell is None:
            style = row.get("s") if row.get("customFormat") else _style(root, column + 1)
            cell = made("c", r=place, **({"s": style} if style else {}))
            _insert(row, cell, lambda one, column=column: _column(one) > column)
            row.attrib.pop("spans", None)
        yield cell


def _insert(parent: Any, child: Any, is_later: Any) -> None:
    later = next(filter(is_later, parent), None)
    if later is None:
        parent.append(child)
    else:
        later.addprevious(child)


def _column(cell: Any) -> int:
    return xl_cell_to_rowcol(cell.get("r"))[1]


def _style(root: Any, column: int) -> str | None:
    reaching = (one for one in root.iter(tag("col")) if int(one.get("min")) <= column <= int(one.get("max")))
    return next((one.get("style") for one in reaching), None)


def colour_tab(root: Any, colour: str) -> None:
    """Give the tab a colour (#rrggbb)."""
    about = root.find(tag("sheetPr"))
    if about is None:
        about = made("sheetPr")
        root.insert(0, about)
    for old in about.findall(tag("tabColor")):
        about.remove(old)
    about.insert(0, made("tabColor", rgb=rgb(colour)))


def drawn(root: Any, name: str) -> None:
    """Let a sheet refer to the boxes of its comments."""
    drawing = made("legacyDrawing", **{f"{{{OFFICE}}}id": name})
    later = root.find(tag("extLst"))
    if later is None:
        root.append(drawing)
    else:
        later.addprevious(drawing)


def listing(
    widths: Iterable[int],
    lines: Iterable[Iterable[tuple[str, str]]],
    wide: Iterable[str],
    links: Mapping[str, str],
    head: int,
) -> Any:
    """A sheet of texts, the first to be shown.

    :param lines: texts, each with its style.
    :param wide: ranges of which each is one cell.
    :param links: by cell, what it leads to (``'sheet'!C7``).
    :param head: how many lines stay in sight.
    """
    pane = made("pane", ySplit=str(head), topLeftCell=f"A{head + 1}", activePane="bottomLeft", state="frozen")
    columns = enumerate(map(str, widths), 1)
    parts = [
        made("sheetViews", made("sheetView", pane, tabSelected="1", workbookViewId="0")),
        made("cols", *(made("col", min=str(at), max=str(at), width=width, customWidth="1") for at, width in columns)),
        made("sheetData", *(_line(number, cells) for number, cells in enumerate(lines, 1))),
        made("mergeCells", *(made("mergeCell", ref=one) for one in wide)),
    ]
    if links:
        places = (made("hyperlink", ref=place, location=target) for place, target in links.items())
        parts.append(made("hyperlinks", *places))
    return made("worksheet", *parts)


def _line(number: int, cells: Iterable[tuple[str, str]]) -> Any:
    row = made("row", r=str(number))
    for column, (text, style) in enumerate(cells):
        cell = made("c", r=f"{xl_col_to_name(column)}{number}", s=style)
        if text:
            put(cell, text)
        row.append(cell)
    return row
