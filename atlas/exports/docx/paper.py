"""A paper in the making: headings, texts, tables and pictures one after the other, then its sources."""

import io
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import Any
from urllib.parse import unquote

from docx.document import Document as Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.shared import Mm

from atlas.cards import source
from atlas.exports import tables
from atlas.exports.archive import saved
from atlas.exports.docx import styles
from atlas.exports.docx.form import MILLIMETRE, SONG, Form
from atlas.exports.docx.text import numbered, runs, w
from atlas.exports.scenes.board import RULE, UNKNOWN
from atlas.exports.tables import Table
from atlas.model.atlas import Atlas
from atlas.words.voice import Voice

SAFE = ("http://", "https://")  # of links that a reader may follow
SOURCES = 19  # millimetres of the column with the numbers of sources


@dataclass
class Paper:
    """A document that grows at one place.

    form: how it looks; before: the element before which everything is put; names: the ids of its styles, see
    :func:`atlas.exports.docx.styles.ids`.
    """

    atlas: Atlas
    voice: Voice
    document: Document
    form: Form
    before: Any
    names: dict[str, str]
    cited: dict[str, int] = field(default_factory=dict)
    headings: int = 0

    @property
    def width(self) -> float:
        """How wide its text is, in twentieths of a point; that of the section in which it grows."""
        section = self.before if self.before.tag == qn("w:sectPr") else self.before.xpath("following::w:sectPr[1]")[0]
        size, margins = section.find(qn("w:pgSz")), section.find(qn("w:pgMar"))
        if size is None or margins is None:
            return 165 * MILLIMETRE
        ends = (margins.get(qn("w:left")), margins.get(qn("w:right")), margins.get(qn("w:gutter"), 0))
        return float(size.get(qn("w:w"))) - math.fsum(float(end or 0) for end in ends)

    def add(self, element: Any) -> None:
        """Put an element behind all others."""
        self.before.addprevious(element)

    def paragraph(self, style: str, *inside: Any, align: str | None = None, look: Iterable[Any] = ()) -> Any:
        """An element in a style, with what it has beside it."""
        more = [*look, *([w("jc", val=align)] if align else [])]
        return w("p", w("pPr", w("pStyle", val=self.names[style]), *more), *inside)

    def text(self, style: str, text: str, align: str | None = None, keep: bool = False) -> None:
        """A text in a style, a paragraph a line.

        :param keep: whether it stays on the page of what follows.
        """
        for line in text.split("\n"):
            look = [w("keepNext")] if keep else []
            self.add(self.paragraph(style, *runs(line, self.form.han), align=align, look=look))

    def strong(self, style: str, text: str) -> None:
        """One paragraph in a style: the first line strong, those of the other language regular."""
        face = {styles.TITLE: self.form.han_title, styles.SUBTITLE: self.form.han_title}.get(style, self.form.han_head)
        first, *others = text.split("\n")
        inside = [*runs(first, face)]
        for line in others:
            inside += [w("r", w("br")), *runs(line, face, ("plain",))]
        self.add(self.paragraph(style, *inside))

    def heading(self, text: str) -> None:
        """The next heading, counted as each language counts."""
        self.headings += 1
        lines = zip(self.voice.translators, text.split("\n"))
        self.strong(styles.HEADING, "\n".join(f"{ordinal(self.headings, one.language)}{line}" for one, line in lines))

    def table(self, table: Table) -> None:
        """A table whose head stands on every page and whose rows stay whole, with the numbers of its sources."""
        if not len(table):
            return
        if not any(table.sources):
            self.grid(shared(self.width, table.widths), table.heads, table.rows)
            return
        heads = (*table.heads, self.voice(lambda translate: translate("Sources")))
        last = SOURCES * MILLIMETRE
        marks = [tuple(self.marks(sources)) for sources in table.sources]
        self.grid((*shared(self.width - last, table.widths), last), heads, table.rows, marks)

    def grid(
        self,
        widths: Sequence[float],
        heads: Sequence[str],
        rows: Iterable[Sequence[str]],
        marks: Iterable[tuple[Any, ...]] = (),
    ) -> None:
        """A table of texts whose head stands on every page and whose rows stay whole.

        :param widths: of its columns, in twentieths of a point.
        :param heads: none where there is no head.
        :param marks: runs of a last column, a tuple for each row, if there is one.
        """
        wide = [round(width) for width in widths]
        sides = ("top", "left", "bottom", "right", "insideH", "insideV")
        lines = [w(side, val="single", sz=4, space=0, color=RULE.removeprefix("#")) for side in sides]
        look = w(
            "tblPr",
            w("tblW", w=sum(wide), type="dxa"),
            w("tblBorders", *lines),
            w("tblLayout", type="fixed"),
            w("tblCellMar", w("left", w=70, type="dxa"), w("right", w=70, type="dxa")),
        )
        table = w("tbl", look, w("tblGrid", *(w("gridCol", w=width) for width in wide)))
        if heads:
            cells = (self._cell(width, self._lines(styles.COLUMN, head), UNKNOWN) for width, head in zip(wide, heads))
            table.append(w("tr", w("trPr", w("cantSplit"), w("tblHeader")), *cells))
        for texts, mark in zip_longest(rows, marks):
            inside = [self._lines(styles.CELL, text) for text in texts]
            if mark is not None:
                inside.append([self.paragraph(styles.CELL, *mark)])
            table.append(w("tr", w("trPr", w("cantSplit")), *map(self._cell, wide, inside)))
        self.add(table)
        self.add(self.paragraph(styles.NOTE))  # two tables in a row would be one

    def _lines(self, style: str, text: str) -> list[Any]:
        face = self.form.han_head if style == styles.COLUMN else self.form.han
        return [self.paragraph(style, *runs(line, face)) for line in text.split("\n")]

    def _cell(self, width: int, paragraphs: list[Any], fill: str | None = None) -> Any:
        shade = [w("shd", val="clear", color="auto", fill=fill.removeprefix("#"))] if fill else []
        return w("tc", w("tcPr", w("tcW", w=width, type="dxa"), *shade), *paragraphs)

    def picture(self, content: bytes, width: float, description: str) -> None:
        """A picture across, as wide as a share of the text."""
        before = self.document.add_paragraph()
        shown = before.add_run().add_picture(io.BytesIO(content), width=Mm(self.width / MILLIMETRE * width))
        properties = shown._inline.docPr
        properties.set("descr", description)
        properties.set("name", f"{properties.get('id')}")
        paragraph = before._p
        paragraph.insert(0, w("pPr", w("pStyle", val=self.names[styles.CELL]), w("keepNext"), w("jc", val="center")))
        self.add(paragraph)

    def cite(self, name: str, ids: Iterable[str]) -> None:
        """A line with the numbers of sources."""
        self.add(self.paragraph(styles.NOTE, *runs(f"{name}: ", self.form.han), *self.marks(ids)))

    def marks(self, ids: Iterable[str]) -> Iterator[Any]:
        """Runs with the numbers of sources, each a link to its line at the end."""
        numbers = sorted(self.cited.setdefault(one, len(self.cited) + 1) for one in ids)
        for place, number in enumerate(numbers):
            if place:
                yield from runs(", ", self.form.han)
            link = self.names[styles.LINK]
            yield w("hyperlink", *runs(str(number), self.form.han, (link,)), anchor=f"source_{number}", history=1)

    def sources(self) -> None:
        """All that was cited, numbered, with their addresses as links."""
        if not self.cited:
            return
        self.heading(self.voice(lambda translate: translate("Sources")))
        texts = tables.sources(self.atlas, self.cited, self.voice.first)
        rows = self.atlas.records("sources", tuple(self.cited))
        for number, (text, row) in enumerate(zip(texts, rows), start=1):
            address = "" if row["kind"] in source.UNLINKED else row["url"] or ""
            linked = address.startswith(SAFE) and text.endswith(address)
            said = text.removesuffix(address) if linked else text
            begin = w("bookmarkStart", id=number, name=f"source_{number}")
            inside = [begin, *runs(f"{number}.", self.form.han), w("bookmarkEnd", id=number), w("r", w("tab"))]
            inside += runs(said, self.form.han)
            self.add(self.paragraph(styles.SOURCE, *inside, *([self._link(address)] if linked else [])))

    def _link(self, address: str) -> Any:
        shown = unquote(address)
        link = w(
            "hyperlink",
            *runs(shown if shown.isprintable() else address, self.form.han, (self.names[styles.LINK],)),
            history=1,
        )
        link.set(qn("r:id"), self.document.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
        return link

    def written(self) -> bytes:
        """The file, with the data version for every date in it."""
        return saved(self.document, self.atlas.version)


def shared(width: float, shares: Sequence[float]) -> list[float]:
    """A width in parts."""
    return [width * share / math.fsum(shares) for share in shares]


def ordinal(number: int, language: str) -> str:
    """What stands before a heading: roman numbers in Vietnamese, Chinese ones in Chinese."""
    match language:
        case "vi":
            return f"{_roman(number)}. "
        case "zh":
            return f"{_chinese(number)}、"
    return f"{number}. "


def _roman(number: int) -> str:
    steps = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
    said = ""
    for value, sign in steps:
        said, number = said + sign * (number // value), number % value
    return said


def _chinese(number: int) -> str:
    digits = "零一二三四五六七八九"
    hundreds, tens, ones = number // 100, number // 10 % 10, number % 10
    said = f"{digits[hundreds]}百" if hundreds else ""
    if tens:
        said += "十" if tens == 1 and not hundreds else f"{digits[tens]}十"
    elif hundreds and ones:
        said += "零"
    return said + (digits[ones] if ones else "")


def page_number(form: Form, names: dict[str, str], even: bool = False) -> Any:
    """The paragraph with the number of the page."""
    if form.number == "top":
        return w("p", w("pPr", w("pStyle", val=names[styles.HEADER]), w("jc", val="center")), *numbered())
    side = w("ind", leftChars=100, left=280) if even else w("ind", rightChars=100, right=280)
    where = w("pPr", w("pStyle", val=names[styles.FOOTER]), side, w("jc", val="left" if even else "right"))
    return w("p", where, *runs("— ", SONG), *numbered(), *runs(" —", SONG))
