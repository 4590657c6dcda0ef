"""Sections of a presentation: slides to talk from, and an annex that the show passes over."""

from uuid import NAMESPACE_URL, uuid5
from xml.sax.saxutils import quoteattr

from pptx.oxml import parse_xml
from pptx.presentation import Presentation

P = "http://schemas.openxmlformats.org/presentationml/2006/main"
# https://learn.microsoft.com/openspecs/office_standards/ms-pptx, 2.6: sections of PowerPoint 2010 and later
P14 = "http://schemas.microsoft.com/office/powerpoint/2010/main"
SECTIONS = "{521415D9-36F7-43E2-AB2F-B90AF26B5E84}"


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
    inside = "".join(_section(name, ids) for name, ids in zip(names, (numbers[:talk], numbers[talk:])))
    root = file.part._element
    for former in root.findall(f"{{{P}}}extLst"):
        root.remove(former)
    root.append(
        parse_xml(
            f'<p:extLst xmlns:p="{P}"><p:ext uri="{SECTIONS}">'
            f'<p14:sectionLst xmlns:p14="{P14}">{inside}</p14:sectionLst></p:ext></p:extLst>'
        )
    )


def _section(name: str, ids: list[int]) -> str:
    listed = "".join(f'<p14:sldId id="{one}"/>' for one in ids)
    number = str(uuid5(NAMESPACE_URL, f"{name}{ids[0]}")).upper()
    return f'<p14:section name={quoteattr(name)} id="{{{number}}}"><p14:sldIdLst>{listed}</p14:sldIdLst></p14:section>'
