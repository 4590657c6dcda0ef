"""The styles of an opened workbook, and how elements of spreadsheets are made."""

from collections.abc import Iterable
from copy import deepcopy
from typing import Any

from lxml import etree

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def tag(name: str) -> str:
    """A name of the main namespace of spreadsheets."""
    return f"{{{MAIN}}}{name}"


def made(name: str, /, *parts: Any, **attributes: str) -> Any:
    """An element of that namespace."""
    element = etree.Element(tag(name), attributes, nsmap={None: MAIN})
    element.extend(parts)
    return element


def parsed(data: bytes) -> Any:
    """The root of a part; nothing outside it is looked at."""
    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))


def written(root: Any) -> bytes:
    """The part of a root."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


# of a workbook that has none
PLAIN = b"""<styleSheet xmlns="%s"><fonts count="1"><font/></fonts><fills count="2"><fill><patternFill patternType="none"/></fill>
<fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1">
<xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="1"><xf numFmtId="0" fontId="0"
fillId="0" borderId="0" xfId="0"/></cellXfs></styleSheet>""" % MAIN.encode()


class Styles:
    """The styles of a workbook; those of cells are known by their number."""

    def __init__(self, data: bytes | None):
        root = parsed(data or PLAIN)
        complete = all(root.find(tag(name)) is not None for name in ("fonts", "fills", "borders", "cellXfs"))
        self._root = root if complete else parsed(PLAIN)
        self._fills: dict[str, str] = {}
        self._filled: dict[tuple[str, str], str] = {}

    def _added(self, group: str, element: Any) -> str:
        found = self._root.find(tag(group))
        found.append(element)
        found.set("count", str(len(found)))
        return str(len(found) - 1)

    def filled(self, style: str, colour: str) -> str:
        """The style with another fill (#rrggbb)."""
        if colour not in self._fills:
            solid = made("patternFill", made("fgColor", rgb=rgb(colour)), patternType="solid")
            self._fills[colour] = self._added("fills", made("fill", solid))
        if (style, colour) not in self._filled:
            self._filled[style, colour] = self._like(style, fillId=self._fills[colour], applyFill="1")
        return self._filled[style, colour]

    def _like(self, style: str, **changed: str) -> str:
        styles = self._root.find(tag("cellXfs"))
        number = int(style)
        copy = deepcopy(styles[number if number < len(styles) else 0])
        copy.attrib.update(changed)
        return self._added("cellXfs", copy)

    def with_fill(self, colours: Iterable[str]) -> dict[str, str]:
        """The styles with any of these fills, each with one that is the same without a fill."""
        wanted = set(map(rgb, colours))
        fills = {
            str(number)
            for number, fill in enumerate(self._root.find(tag("fills")))
            for colour in fill.iter(tag("fgColor"))
            if (colour.get("rgb") or "").upper() in wanted
        }
        styles = enumerate(list(self._root.find(tag("cellXfs"))))
        found = [str(number) for number, style in styles if style.get("fillId") in fills]
        return {one: self._like(one, fillId="0") for one in found}

    def text(self, *looks: str, colour: str = "#000000") -> str:
        """A style for wrapped texts.

        :param looks: of the font: ``b``, ``u``.
        """
        about = [made("sz", val="11"), made("color", rgb=rgb(colour)), made("name", val="Calibri")]
        font = self._added("fonts", made("font", *map(made, looks), *about))
        wrapped = made("alignment", vertical="top", wrapText="1")
        numbers = {"numFmtId": "49", "fontId": font, "fillId": "0", "borderId": "0", "xfId": "0"}
        applied = dict.fromkeys(("applyFont", "applyAlignment", "applyNumberFormat", "quotePrefix"), "1")
        return self._added("cellXfs", made("xf", wrapped, **numbers, **applied))

    def content(self) -> bytes:
        """The part."""
        return written(self._root)


def rgb(colour: str) -> str:
    """A colour (#rrggbb) as spreadsheets write it."""
    return f"FF{colour[1:].upper()}"
