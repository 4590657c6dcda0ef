"""The document into which a paper is poured: an empty one in a form, or an office's own letterhead."""

from copy import deepcopy
from datetime import datetime
from typing import Any

from docx import Document as blank
from docx.document import Document as Document
from docx.opc.oxml import serialize_part_xml
from docx.oxml.ns import qn

from atlas.exports import foreign
from atlas.exports.docx import styles
from atlas.exports.docx.form import MILLIMETRE, SHEET, Form, of
from atlas.exports.docx.paper import Paper, page_number
from atlas.exports.docx.text import w
from atlas.model.atlas import Atlas
from atlas.words.voice import Voice

PLACE = "{{ body }}"  # the paragraph of a letterhead into which the paper is poured
NUMBER_FROM_EDGE = {"top": 10, "outer": 23}  # millimetres from the edge of the sheet to the page number
LONGEST = 255  # letters of a title among the properties (ECMA-376 as Word reads it)
KEPT = ("styles", "settings", "fontTable")  # parts beside the text that an empty document has


def opened(atlas: Atlas, voice: Voice, title: str, template: foreign.File | None, across: bool = False) -> Paper:
    """An empty paper.

    :param title: of its properties.
    :param template: an office's letterhead; its headers, footers, styles and margins stay.
    :param across: whether the sheet lies across, where there is no template.
    :raises atlas.exports.foreign.Refused: the template cannot be used.
    """
    form = of(voice.language)
    paper = _letterhead(atlas, voice, form.within(), template) if template else _sheet(atlas, voice, form, across)
    properties = paper.document.core_properties
    properties.title = title if len(title) <= LONGEST else f"{title[: LONGEST - 1]}…"
    properties.created = properties.modified = datetime.fromisoformat(atlas.version)
    properties.language, properties.revision = voice.language, 1
    if not template:
        properties.author = properties.last_modified_by = voice(
            lambda translate: translate("Vietnam–China Border Cooperation Atlas"), " · "
        )
        properties.comments = ""
    return paper


def _sheet(atlas: Atlas, voice: Voice, form: Form, across: bool) -> Paper:
    document = blank()
    _without(document.part, KEPT)
    _without(document.part.package, ("officeDocument", "core-properties"))
    document.styles.element[:] = styles.whole(form, voice.language)
    (fonts,) = (rel.target_part for rel in document.part.rels.values() if rel.reltype.endswith("/fontTable"))
    fonts._blob = serialize_part_xml(w("fonts", *styles.fonts(form)))
    _settings(document, form)
    names = styles.ids(document)
    end = document.element.body.sectPr
    _page(document, end, form, across, names)
    return Paper(atlas, voice, document, form, end, names)


def _without(source: Any, kept: tuple[str, ...]) -> None:
    """Take away the parts of python-docx's own template that a paper has no use for."""
    for name, rel in list(source.rels.items()):
        if not rel.reltype.endswith(kept):
            del source.rels[name]


def _settings(document: Document, form: Form) -> None:
    settings = document.settings.element
    settings[:] = [
        *([w("evenAndOddHeaders")] if form.number == "outer" else []),
        w("characterSpacingControl", val="compressPunctuation"),
        w("compat", w("compatSetting", name="compatibilityMode", uri="http://schemas.microsoft.com/office/word", val=15)),
    ]  # fmt: skip


def turn(paper: Paper, across: bool = True) -> None:
    """Go on across, or upright, on a new page; in an office's own template the sheet stays as it is."""
    if not paper.form.latin:
        return
    before = deepcopy(paper.before)
    paper.add(w("p", w("pPr", before)))
    section = paper.before
    for former in list(section):
        section.remove(former)
    _size(section, paper.form, across)


def _size(section: Any, form: Form, across: bool) -> None:
    """The sheet with its margins."""
    broad, high = SHEET[::-1] if across else SHEET
    top, right, bottom, left = (round(one * MILLIMETRE) for one in (form.on_side if across else form.margins))
    edge = round(NUMBER_FROM_EDGE[form.number] * MILLIMETRE)
    section.append(
        w("pgSz", w=round(broad * MILLIMETRE), h=round(high * MILLIMETRE), orient="landscape" if across else None)
    )
    edges = {"top": top, "right": right, "bottom": bottom, "left": left, "header": edge, "footer": min(edge, bottom)}
    section.append(w("pgMar", **edges, gutter=0))


def _page(document: Document, section: Any, form: Form, across: bool, names: dict[str, str]) -> None:
    """The sheet, and the number of the page."""
    for former in list(section):
        section.remove(former)
    _size(section, form, across)
    (only,) = document.sections
    if form.number == "top":
        only.different_first_page_header_footer = True
        only.header.is_linked_to_previous = only.first_page_header.is_linked_to_previous = False
        _fill(only.header._element, page_number(form, names))
    else:
        only.footer.is_linked_to_previous = only.even_page_footer.is_linked_to_previous = False
        _fill(only.footer._element, page_number(form, names))
        _fill(only.even_page_footer._element, page_number(form, names, even=True))


def _fill(part: Any, paragraph: Any) -> None:
    part[:] = [paragraph]


def _letterhead(atlas: Atlas, voice: Voice, form: Form, template: foreign.File) -> Paper:
    document = foreign.opened(template.name, template.content, foreign.DOCX, blank)
    _forget_whence(document)
    named = styles.ids(document)
    for name, style in styles.ours(form).items():
        if name not in named:
            document.styles.element.append(style)
    names = styles.ids(document)
    return Paper(atlas, voice, document, form, _place(document), names)


def _forget_whence(document: Document) -> None:
    """Take away the path of somebody's own template on somebody's own machine, which Word would look for."""
    part = document.part._settings_part
    for one in part.element.findall(qn("w:attachedTemplate")):
        part.element.remove(one)
    for name, rel in list(part.rels.items()):
        if rel.reltype.endswith("attachedTemplate"):
            del part.rels[name]


def _place(document: Document) -> Any:
    """The element before which a letterhead is filled: where its paragraph for that stands, else its end."""
    body = document.element.body
    for paragraph in body.iter(qn("w:p")):
        if "".join(text.text or "" for text in paragraph.iter(qn("w:t"))).strip() != PLACE:
            continue
        # a cell and a section end with a paragraph, so that it stays, empty
        for part in list(paragraph):
            if part.tag != qn("w:pPr"):
                paragraph.remove(part)
        return paragraph
    return body.sectPr if body.sectPr is not None else body._insert_sectPr(w("sectPr"))
