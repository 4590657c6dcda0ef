"""The atlas's own template of slides, as it is made: a master, its theme and the named layouts."""

import io
import zipfile
from datetime import datetime
from typing import Any

from lxml import etree
from pptx import Presentation as open_presentation
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml.ns import qn
from pptx.util import Emu

from atlas.exports import scenes
from atlas.exports.archive import zipped
from atlas.exports.scenes import board
from atlas.exports.scenes.board import Room
from atlas.exports.slides import shapes, template
from atlas.exports.slides.ooxml import EAST_ASIAN, LATIN, NAMESPACES, A, Element, P, color_of, themed

UNIT = 6350  # EMU: a slide is 13.33 inches wide
DATED = "2026-11-30"
TITLE = "Border Cooperation Atlas: template of slides"
THEME = "Atlas"
# text, paper, text that stands back, a quiet ground, then what is offered for shapes and links
COLOURS = {
    "dk1": board.INK,
    "lt1": board.PAPER,
    "dk2": board.QUIET,
    "lt2": board.UNKNOWN,
    "accent1": board.ACCENT,
    "accent2": board.COUNTERPART,
    "accent3": board.DONE,
    "accent4": board.QUIET,
    "accent5": board.RULE,
    "accent6": board.UNKNOWN,
    "hlink": board.ACCENT,
    "folHlink": board.QUIET,
}
ANNEX_TITLE = Room(scenes.HEAD.x, scenes.HEAD.y, scenes.HEAD.width, 120)
COVER_TITLE = Room(board.MARGIN, 330, board.WIDTH - 2 * board.MARGIN, 260)
CHART = Room(board.STAGE.x, board.STAGE.y, board.STAGE.width, 150)
TITLE_TYPE, NUMBER = {"type": "title"}, {"type": "sldNum", "sz": "quarter", "idx": "12"}
SOURCES = {"type": "body", "sz": "quarter", "idx": str(template.SOURCES)}


def made() -> bytes:
    """The template as a file; the same bytes each time but for how the archive is packed."""
    file = open_presentation()
    file.slide_width, file.slide_height = Emu(board.WIDTH * UNIT), Emu(board.HEIGHT * UNIT)
    master = file.slide_master
    for layout in list(master.slide_layouts)[len(template.LAYOUTS) :]:
        master.slide_layouts.remove(layout)
    for layout, (name, placeholders) in zip(master.slide_layouts, _layouts().items()):
        layout._element.cSld.set("name", name)
        layout._element.attrib.pop("type", None)  # of one's own
        layout._element.set("userDrawn", "1")
        _fill(layout, placeholders)
    _fill(master, [("Title", scenes.HEAD, TITLE_TYPE), ("Text", board.STAGE, {"type": "body", "idx": "1"}), ("Number", scenes.NUMBER, NUMBER | {"idx": "4"})])  # fmt: skip
    _styles(master._element.find(qn("p:txStyles")))
    for part in (master.part, file.notes_master.part):
        _theme(part)
    _cleared(file)
    return _written(file)


def _layouts() -> dict[str, list[tuple[str, Room, dict[str, str]]]]:
    scene = [("Title", scenes.HEAD, TITLE_TYPE), ("Sources", scenes.FOOT, SOURCES), ("Number", scenes.NUMBER, NUMBER)]
    charts = [
        (f"Chart {place + 1}", Room(CHART.x, CHART.y + 180 * place, CHART.width, CHART.height), {"type": "chart", "idx": str(number)})
        for place, number in enumerate(template.CHARTS)
    ]  # fmt: skip
    return {
        template.COVER: [("Title", COVER_TITLE, {"type": "ctrTitle"})],
        template.SCENE: scene,
        template.CHART: [*scene, *charts],
        template.TABLE: [*scene, ("Table", board.STAGE, {"type": "tbl", "idx": str(template.TABLES[0])})],
        template.ANNEX: [("Title", ANNEX_TITLE, TITLE_TYPE), *scene[1:]],
    }


def _fill(holder: Any, placeholders: list[tuple[str, Room, dict[str, str]]]) -> None:
    """Give a master or layout these placeholders and no other; all but the cover have the line above the title."""
    tree = holder._element.cSld.spTree
    for former in tree.findall(qn("p:sp")):
        tree.remove(former)
    for former in holder._element.cSld.findall(qn("p:extLst")):
        holder._element.cSld.remove(former)
    scene = any(kind is TITLE_TYPE for _, _, kind in placeholders)
    if scene and holder._element.tag == qn("p:sldLayout"):
        room = scenes.ABOVE.room
        look = (shapes.preset("rect"), themed(board.ACCENT), A.ln(A.noFill()))
        box = tuple(round(one * UNIT) for one in (room.x, room.y, room.width, room.height))
        tree.append(shapes.shape(50, "", box, look))  # type: ignore[arg-type]
    for number, (name, room, kind) in enumerate(placeholders, start=2):
        tree.append(_placeholder(number, name, room, kind))


def _placeholder(number: int, name: str, room: Room, kind: dict[str, str]) -> Element:
    small = kind["type"] in ("sldNum", "body") and kind.get("idx") != "1"
    anchor = "b" if small else "t"
    properties = P.nvSpPr(P.cNvPr(id=number, name=name), P.cNvSpPr(A.spLocks(noGrp="1")), P.nvPr(P.ph(**kind)))
    x, y, width, height = (round(one * UNIT) for one in (room.x, room.y, room.width, room.height))
    place = P.spPr(A.xfrm(A.off(x=x, y=y), A.ext(cx=width, cy=height)), shapes.preset("rect"))
    body = A.bodyPr(A.noAutofit(), lIns=0, tIns=0, rIns=0, bIns=0, anchor=anchor)
    look = {"algn": "r" if kind["type"] == "sldNum" else "l"}
    styles = A.lstStyle(A.lvl1pPr(A.buNone(), A.defRPr(themed(board.QUIET), sz=1200), marL=0, indent=0, **look)) if small else A.lstStyle()  # fmt: skip
    said = A.fld(A.rPr(lang="en-US"), A.t("‹#›"), id="{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}", type="slidenum")
    text = A.p(said) if kind["type"] == "sldNum" else A.p(A.r(A.rPr(lang="en-US"), A.t(name)))
    return P.sp(properties, place, P.txBody(body, styles, text))


def _styles(styles: Element) -> None:
    """Sizes, weights and colours of title and text, without bullets."""
    title = styles.find(qn("p:titleStyle"))
    title[:] = [
        A.lvl1pPr(_look(board.TITLE / 2, "+mj", bold=True), algn="l", defTabSz=914_400, eaLnBrk="1", hangingPunct="1")
    ]
    body = styles.find(qn("p:bodyStyle"))
    body[:] = [
        A(f"lvl{level}pPr", A.buNone(), _look(board.BODY / 2, "+mn"), marL=0, indent=0, algn="l", eaLnBrk="1")
        for level in range(1, 10)
    ]


def _look(size: float, faces: str, bold: bool = False) -> Element:
    return A.defRPr(
        themed(board.INK),
        A.latin(typeface=f"{faces}-lt"),
        A.ea(typeface=f"{faces}-ea"),
        sz=round(size * 100),
        b=int(bold),
        kern=0,
    )


def _theme(part: Any) -> None:
    """The colours of scenes, and faces for both scripts in place of those for all scripts of the world."""
    theme = part.part_related_by(RELATIONSHIP_TYPE.THEME)
    root = etree.fromstring(theme.blob)
    root.set("name", THEME)
    for faces in root.iterfind(".//a:fontScheme/*", NAMESPACES):
        faces[:] = [
            A.latin(typeface=LATIN),
            A.ea(typeface=EAST_ASIAN),
            A.cs(typeface=""),
            A.font(script="Hans", typeface=EAST_ASIAN),
        ]
    for scheme in ("clrScheme", "fontScheme"):
        root.find(f".//a:{scheme}", NAMESPACES).set("name", THEME)
    for name, colour in COLOURS.items():
        root.find(f".//a:clrScheme/a:{name}", NAMESPACES)[:] = [color_of(colour)]
    template.rewrite(theme, root)


def _cleared(file: Any) -> None:
    """No settings of a printer and no thumbnail; properties that say what it is."""
    for rels, unused in ((file.part.rels, ("/printerSettings",)), (file.part.package._rels, ("/thumbnail", "/extended-properties"))):  # fmt: skip
        for key, one in list(rels.items()):
            if one.reltype.endswith(unused):
                rels.pop(key)
    properties = file.core_properties
    properties.title, properties.author, properties.last_modified_by = TITLE, THEME, THEME
    properties.created = properties.modified = datetime.fromisoformat(DATED)


def _written(file: Any) -> bytes:
    content = io.BytesIO()
    file.save(content)
    with zipfile.ZipFile(content) as archive:
        return zipped({name: archive.read(name) for name in archive.namelist()}, DATED)
