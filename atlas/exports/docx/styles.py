"""Styles by which a paper is set: those of a form, or what an office's own template lacks of them."""

from typing import Any

from docx.document import Document as Document
from docx.oxml.ns import qn

from atlas.exports.docx.form import MILLIMETRE, SONG, Face, Form
from atlas.exports.docx.text import CHINA, LATIN, VIETNAMESE, w
from atlas.exports.scenes.board import ACCENT, QUIET

TITLE, SUBTITLE, HEADING, BODY = "Title", "Subtitle", "heading 1", "Body Text"
MARK, CELL, COLUMN, NOTE, SOURCE = "Atlas Mark", "Atlas Cell", "Atlas Column", "Atlas Note", "Atlas Source"
HEADER, FOOTER, LINK = "header", "footer", "Hyperlink"
PAGE_NUMBER = 14  # points
SINGLE = 240  # the unit of line spacing that is a multiple
# what a theme says of faces goes before the faces themselves


def identifier(name: str) -> str:
    """The id of a style of ours."""
    return name.title().replace(" ", "")


def ids(document: Document) -> dict[str, str]:
    """The ids of a document's styles of paragraphs and characters by their names; those of a template are its own."""
    return {
        style.find(qn("w:name")).get(qn("w:val")): style.get(qn("w:styleId"))
        for style in document.styles.element.findall(qn("w:style"))
        if style.find(qn("w:name")) is not None and style.get(qn("w:type")) in ("paragraph", "character")
    }


def whole(form: Form, language: str) -> list[Any]:
    """All that a paper of its own needs in place of the styles of its file."""
    latin = LATIN.get(language.partition("-")[0], VIETNAMESE)
    spoken = w("lang", val=latin, eastAsia=CHINA, bidi="ar-SA")
    defaults = w("rPr", _faces(form.latin, form.han), *_size(form.body), spoken)
    nothing = w(
        "style", w("name", val="No List"), w("uiPriority", val=99), type="numbering", default=1, styleId="NoList"
    )
    cells = w("tblCellMar", *(w(side, w=width, type="dxa") for side, width in (("top", 0), ("left", 108), ("bottom", 0), ("right", 108))))  # fmt: skip
    table = w(
        "style",
        w("name", val="Normal Table"),
        w("uiPriority", val=99),
        w("tblPr", w("tblInd", w=0, type="dxa"), cells),
        type="table",
        default=1,
        styleId="TableNormal",
    )
    normal = w("style", w("name", val="Normal"), w("qFormat"), type="paragraph", default=1, styleId="Normal")
    return [
        w("docDefaults", w("rPrDefault", defaults), w("pPrDefault", w("pPr"))),
        normal,
        nothing,
        table,
        *ours(form).values(),
    ]


def ours(form: Form) -> dict[str, Any]:
    """The styles that papers are written in, by their names."""
    strong = () if form.characters else ("b",)  # the faces of Chinese headings are strong by themselves
    titled = (*strong, "caps") if form.capitals else strong
    heads = ("keepNext", "keepLines")
    made = {
        TITLE: _paragraph(
            TITLE, form.latin, form.han_title, [*map(w, titled), *_size(form.title)],
            heads, before=0, after=6, align="center",
        ),
        SUBTITLE: _paragraph(SUBTITLE, form.latin, form.han_title, [*map(w, strong), *_size(form.body)], heads, after=6, align="center"),
        HEADING: _paragraph(
            HEADING, form.latin, form.han_head, [*map(w, strong), *_size(form.head)], heads, before=12, after=6, level=0,
            indent=form if form.characters else None,
        ),
        BODY: _paragraph(
            BODY, form.latin, form.han, _size(form.body), after=6 if not form.characters else 0, align="both",
            leading=form.leading, indent=form,
        ),
        MARK: _paragraph(MARK, form.latin, form.han_head, [*map(w, strong), *_size(form.head)], heads, before=12, after=6),
        CELL: _paragraph(CELL, form.latin, form.han, _size(form.small), before=1, after=1),
        COLUMN: _paragraph(COLUMN, form.latin, form.han_head, [w("b"), *_size(form.small)], ("keepNext",), before=1, after=1, align="center"),
        NOTE: _paragraph(NOTE, form.latin, form.han, [w("color", val=QUIET.removeprefix("#")), *_size(form.small)], before=2, after=4),
        SOURCE: _paragraph(SOURCE, form.latin, form.han, _size(form.small), after=2, hanging=9),
        HEADER: _paragraph(HEADER, form.latin, form.han, _size(PAGE_NUMBER)),
        FOOTER: _paragraph(FOOTER, form.latin, SONG, _size(PAGE_NUMBER)),
    }  # fmt: skip
    link = w("rPr", w("color", val=ACCENT.removeprefix("#")), w("u", val="single"))
    named = (w("name", val=LINK), w("uiPriority", val=99))
    return made | {LINK: w("style", *named, link, type="character", styleId=identifier(LINK))}


def _paragraph(
    name: str,
    latin: Face | None,
    han: Face,
    look: list[Any],
    keep: tuple[str, ...] = (),
    *,
    before: float = 0,
    after: float = 0,
    align: str | None = None,
    leading: float | None = None,
    indent: Form | None = None,
    hanging: float = 0,
    level: int | None = None,
) -> Any:
    """A style of paragraphs: space in points, ``hanging`` in millimetres."""
    spacing = {"before": round(before * 20), "after": round(after * 20), "line": SINGLE, "lineRule": "auto"}
    if leading:
        spacing |= {"line": round(leading * 20), "lineRule": "exact"}
    inside = [w(one) for one in keep]
    inside.append(w("spacing", **spacing))
    if hanging:
        inside.append(w("ind", left=round(hanging * MILLIMETRE), hanging=round(hanging * MILLIMETRE)))
    if indent:
        inside.append(_first_line(indent))
    if align:
        inside.append(w("jc", val=align))
    if level is not None:
        inside.append(w("outlineLvl", val=level))
    return w(
        "style",
        w("name", val=name),
        w("basedOn", val="Normal"),
        w("qFormat"),
        w("pPr", *inside),
        w("rPr", _faces(latin, han), *look),
        type="paragraph",
        customStyle=1 if name.startswith("Atlas") else None,
        styleId=identifier(name),
    )


def _first_line(form: Form) -> Any:
    """Vietnamese papers indent by a measure, Chinese ones by characters."""
    if form.characters:
        return w("ind", firstLineChars=form.characters * 100, firstLine=round(form.characters * form.body * 20))
    return w("ind", firstLine=round(12.7 * MILLIMETRE))


def _faces(latin: Face | None, han: Face) -> Any:
    name = latin.name if latin else None
    return w("rFonts", ascii=name, hAnsi=name, eastAsia=han.name, cs=name)


def _size(points: float) -> list[Any]:
    return [w("sz", val=round(points * 2)), w("szCs", val=round(points * 2))] if points else []


def fonts(form: Form) -> list[Any]:
    """The table of fonts: each face with what may stand in for it."""
    return [
        w(
            "font",
            w("altName", val=",".join(face.instead)),
            w("charset", val="86" if face.han else "00"),
            w("family", val="auto" if face.han else "roman"),
            w("pitch", val="variable"),
            name=face.name,
        )
        for face in form.faces
    ]
