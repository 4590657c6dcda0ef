"""Sections of a presentation: slides to talk from, and an annex that the show passes over."""

from uuid import NAMESPACE_URL, uuid5

from pptx.oxml.ns import qn
from pptx.presentation import Presentation

from atlas.exports.slides.ooxml import Element, P, maker

# https://learn.microsoft.com/openspecs/office_standards/ms-pptx, 2.6: sections of PowerPoint 2010 and later
POWERPOINT_2010 = "http://schemas.microsoft.com/office/powerpoint/2010/main"
SECTIONS = "{521415D9-36F7-43E2-AB2F-B90AF26B5E84}"
P14 = maker(POWERPOINT_2010, {"p14": POWERPOINT_2010})


def divide(file: Presentation, talk: int, names: tuple[str, str]) -> None:
    """Put the first ``talk`` slides into a section of their own and hide all others in a second one.

    :param names: of the two sections. Without a slide for the second there are none.
    """
    slides = list(file.slides)
    if len(slides) <= talk:
        return
    for slide in slides[talk:]:
        slide._element.set("show", "0")
    numbers = [slide.slide_id for slide in slides]
    sections = P14.sectionLst(*map(_section, names, (numbers[:talk], numbers[talk:])))
    root = file.part._element
    for former in root.findall(qn("p:extLst")):
        root.remove(former)
    root.append(P.extLst(P.ext(sections, uri=SECTIONS)))


def _section(name: str, ids: list[int]) -> Element:
    number = str(uuid5(NAMESPACE_URL, f"{name}{ids[:1]}")).upper()
    return P14.section(P14.sldIdLst(*(P14.sldId(id=one) for one in ids)), name=name, id=f"{{{number}}}")
