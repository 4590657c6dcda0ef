"""The template of a deck: named layouts with numbered placeholders, the atlas's own or that of an office."""

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lxml import etree
from pptx import Presentation as open_presentation
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.opc.package import XmlPart
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn
from pptx.presentation import Presentation
from pptx.slide import SlideLayout

from atlas.exports import foreign
from atlas.exports.scenes import board
from atlas.exports.scenes.board import Room
from atlas.exports.slides.ooxml import EAST_ASIAN, NAMESPACES
from atlas.words.translator import Translator

OWN = Path(__file__).with_name("template.pptx")
COVER, SCENE, CHART, TABLE, ANNEX = "Atlas Cover", "Atlas Scene", "Atlas Chart", "Atlas Table", "Atlas Annex"
SOURCES, CHARTS, TABLES = 20, (30, 31, 32, 33), (40,)  # 10 to 12 belong to date, footer and number
TITLES = (PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE)
TEXTS = (PP_PLACEHOLDER.BODY, PP_PLACEHOLDER.OBJECT, PP_PLACEHOLDER.SUBTITLE)
NARROWEST, ONE_LINE = 1000, 32  # units of a title or line of sources, of a line of sources
TOUCHING = 4  # units by which a placeholder may reach into the room of the picture
WIDE, ROUNDED = board.WIDTH / board.HEIGHT, 0.01
INSET = 91_440  # EMU beside a text where nothing else is said
JAPANESE = re.compile(r"^(ms |ｍｓ |yu |meiryo|hiragino|游|メイリオ|ヒラギノ)", re.IGNORECASE)
# what a deck takes of a template: the rest speaks of its old slides, their authors and reviewers
OF_FILE = (RELATIONSHIP_TYPE.OFFICE_DOCUMENT, RELATIONSHIP_TYPE.CORE_PROPERTIES)
TELLING = ("p:sldIdLst", "p:custShowLst", "p:smartTags", "p:custDataLst", "p:extLst")
OF_SLIDES = tuple(f"/{one}" for one in ("slideMaster", "notesMaster", "handoutMaster", "theme", "tableStyles", "font"))


@dataclass(frozen=True)
class Place:
    """A placeholder that a layout must have.

    kinds: what it may be, and ``kind`` in words; name: what stands in it, to a reader; high: the least height in units; below, above: where
    it must end and begin, in units.
    """

    kinds: tuple[PP_PLACEHOLDER, ...]
    name: Callable[[Translator], str]
    kind: Callable[[Translator], str]
    high: float = 0
    below: float = board.HEIGHT
    above: float = 0


def _title(translate: Translator) -> str:
    return translate("title")


def _sources(translate: Translator) -> str:
    return translate("sources")


def _text(translate: Translator) -> str:
    return translate("text")


def _chart(translate: Translator) -> str:
    return translate("chart")


def _table(translate: Translator) -> str:
    return translate("table")


TOP_OF_SCENE = {
    0: Place(TITLES, _title, _title, board.LEADING * (board.TITLE + board.SECOND), below=board.STAGE.y),
    SOURCES: Place(TEXTS, _sources, _text, ONE_LINE, above=board.STAGE.bottom),
}
LAYOUTS: dict[str, dict[int, Place]] = {
    COVER: {0: Place(TITLES, _title, _title)},
    SCENE: TOP_OF_SCENE,
    CHART: TOP_OF_SCENE | {CHARTS[0]: Place((PP_PLACEHOLDER.CHART,), _chart, _chart)},
    TABLE: TOP_OF_SCENE | {TABLES[0]: Place((PP_PLACEHOLDER.TABLE,), _table, _table)},
    ANNEX: TOP_OF_SCENE,
}
OPTIONAL = (CHART, TABLE)  # where they are missing, those of a scene are taken


class Unfit(foreign.Refused):
    """A template that lacks what a deck needs; :meth:`said` names everything at once, a line each."""

    def __init__(self, name: str, faults: tuple["Fault", ...]):
        self.faults = faults
        super().__init__("unfit", name, foreign.PPTX)

    def __reduce__(self) -> tuple:
        return Unfit, (self.name, self.faults)

    def said(self, translate: Translator) -> str:
        """What is missing or wrong, each with what is expected."""
        name = foreign.shown(self.name)
        return "\n".join(f"{name}: {fault.said(translate)}" for fault in self.faults)


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong: with the size of slides, a layout, or one of its placeholders.

    found: what is there instead.
    """

    reason: str
    layout: str = ""
    place: int = 0
    found: str = ""

    def said(self, translate: Translator) -> str:
        """The fault as a sentence."""
        where = translate('layout "{layout}"', layout=self.layout)
        place = LAYOUTS.get(self.layout, LAYOUTS[COVER]).get(self.place, TOP_OF_SCENE[0])
        if self.layout and self.reason != "layout":
            where = translate(
                "{where}, placeholder {n} ({name})", where=where, n=self.place, name=place.name(translate)
            )
        match self.reason:
            case "size":
                return translate(
                    "its slides are {size} cm; expected the shape 16:9, such as 33.87 × 19.05 cm", size=self.found
                )
            case "layout":
                return translate("{where} is missing; the file has: {found}", where=where, found=self.found or "–")
            case "place":
                return translate("{where} is missing", where=where)
            case "kind":
                return translate(
                    "{where} is of another kind; expected: {kind}", where=where, kind=place.kind(translate)
                )
            case "small":
                return translate("{where} is too small: {found} cm", where=where, found=self.found)
            case _:
                return translate(
                    "{where} reaches into the room of the picture: {found} cm", where=where, found=self.found
                )


def opened(given: foreign.File | None) -> Presentation:
    """An empty deck with the masters and layouts of a template, the atlas's own if there is none.

    :raises atlas.exports.foreign.Refused: the template cannot be opened with care, or is no template (:class:`Unfit`).
    """
    if given is None:
        return open_presentation(str(OWN))
    file, faults = foreign.opened(given.name, given.content, foreign.PPTX, _prepared)
    if faults:
        raise Unfit(given.name, faults)
    return file


def _prepared(content: io.BytesIO) -> tuple[Presentation, tuple[Fault, ...]]:
    file = open_presentation(content)
    faults = tuple(_faults(file))
    if not faults:
        _emptied(file)
        for master in file.slide_masters:
            with_chinese(master.part)
    return file, faults


def unit(file: Presentation) -> float:
    """What a unit of the stage is on a slide, in EMU."""
    return file.slide_width / board.WIDTH


def layouts(file: Presentation) -> dict[str, SlideLayout]:
    """Every layout of all masters by its name, the first where several have one."""
    found: dict[str, SlideLayout] = {}
    for master in file.slide_masters:
        for layout in master.slide_layouts:
            found.setdefault(layout.name, layout)
    return found


def room(file: Presentation, placeholder: Any) -> Room:
    """Where the text of a placeholder stands, in units."""
    size, beside = unit(file), _inset(placeholder)
    left, top, width, height = (
        getattr(placeholder, name) or 0 for name in ("left", "top", "width", "height")
    )  # fmt: skip
    return Room((left + beside) / size, top / size, (width - 2 * beside) / size, height / size)


def _inset(placeholder: Any) -> int:
    """What is free at the left of a text; python-pptx gives the usual where a layout leaves it to its master."""
    own: int | None = None
    while placeholder is not None and own is None:
        bodies = placeholder._element.xpath(".//a:bodyPr/@lIns")
        own = int(bodies[0]) if bodies else None
        placeholder = getattr(placeholder, "_base_placeholder", None)
    return INSET if own is None else own


def _faults(file: Presentation) -> Iterator[Fault]:
    width, height = file.slide_width or 0, file.slide_height or 1
    fits = abs(width / height / WIDE - 1) <= ROUNDED
    if not fits:
        yield Fault("size", found=f"{width / 360_000:.2f} × {height / 360_000:.2f}")
    known = layouts(file)
    for name, wanted in LAYOUTS.items():
        if name in known:
            yield from _faults_of(file, known[name], wanted, fits)
        elif name not in OPTIONAL:
            yield Fault("layout", name, found=", ".join(f'"{one[:40]}"' for one in list(known)[:12] if one))


def _faults_of(file: Presentation, layout: SlideLayout, wanted: dict[int, Place], measured: bool) -> Iterator[Fault]:
    found = {one.placeholder_format.idx: one for one in layout.placeholders}
    for number, place in wanted.items():
        if number not in found:
            yield Fault("place", layout.name, number)
            continue
        kind, at = found[number].placeholder_format.type, room(file, found[number])
        bottom, centimetres = at.bottom, unit(file) / 360_000
        if kind not in place.kinds:
            yield Fault("kind", layout.name, number)
        elif not measured:  # of slides of another shape no place can be right
            continue
        elif place.high and (at.height < place.high - TOUCHING or at.width < NARROWEST):
            yield Fault("small", layout.name, number, f"{at.width * centimetres:.1f} × {at.height * centimetres:.1f}")
        elif bottom > place.below + TOUCHING or at.y < place.above - TOUCHING:
            yield Fault("reaches", layout.name, number, f"{at.y * centimetres:.1f}–{bottom * centimetres:.1f}")


def _emptied(file: Presentation) -> None:
    """Take out old slides, and what tells of them and of who worked on them."""
    root, gone, kinds = file.part._element, list(TELLING), OF_SLIDES
    if not _has_notes(file):
        gone.append("p:notesMasterIdLst")  # without a place for notes, the usual master of notes is taken
        kinds = tuple(kind for kind in OF_SLIDES if kind != "/notesMaster")
    for tag in gone:
        for one in root.findall(qn(tag)):
            root.remove(one)
    for rels, kept in ((file.part.rels, kinds), (file.part.package._rels, OF_FILE)):
        for key, one in list(rels.items()):
            if not one.reltype.endswith(kept):
                rels.pop(key)


def _has_notes(file: Presentation) -> bool:
    """Whether the template has a master of notes with a place for them."""
    masters = [one.target_part for one in file.part.rels.values() if one.reltype == RELATIONSHIP_TYPE.NOTES_MASTER]
    kinds = [one.placeholder_format.type for master in masters for one in master.notes_master.placeholders]
    return PP_PLACEHOLDER.BODY in kinds


def with_chinese(part: Any) -> None:
    """Have the theme of a master name a face for Chinese, where it names none or a Japanese one."""
    theme = part.part_related_by(RELATIONSHIP_TYPE.THEME)
    root = etree.fromstring(theme.blob)
    for face in root.iterfind(".//a:fontScheme/*/a:ea", NAMESPACES):
        if not face.get("typeface") or JAPANESE.search(face.get("typeface")):
            face.set("typeface", EAST_ASIAN)
    rewrite(theme, root)


def rewrite(theme: Any, root: Any) -> None:
    """Put a theme in place of that of a part, which python-pptx keeps as bytes or, if it has made it, as elements."""
    etree.cleanup_namespaces(root)
    if isinstance(theme, XmlPart):
        theme._element = parse_xml(etree.tostring(root))
    else:
        theme._blob = etree.tostring(root, encoding="UTF-8", standalone=True)
