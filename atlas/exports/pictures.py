"""The map of a selection as a drawing of shapes and texts, and as SVG and PNG for print."""

import re
from collections.abc import Iterable

import vl_convert
from markupsafe import Markup, escape

from atlas.exports import typeset
from atlas.exports.about import described, disclaimer
from atlas.exports.rows import day
from atlas.look.element import element, picture
from atlas.look.palette import FAINT, WHITE
from atlas.look.text import CHINESE_FONT, FONT, PRINTED_FONT, clean, wrap
from atlas.maps.drawing import draw
from atlas.maps.svg import legend_of, markup, words
from atlas.model.atlas import Atlas
from atlas.model.selection import Selection
from atlas.words import sentences
from atlas.words.translator import Translator
from atlas.words.voice import Voice

PAGE = (1123, 794)  # A4 across, in pixels of 1/96 inch
MARGIN = 32
LINE = 15  # of the statements at the foot
PRINT = 300  # dots per inch


def svg(atlas: Atlas, selection: Selection | None, language: str) -> bytes:
    """The map of a selection on an A4 page across, with title, legend, scale and what it is."""
    selection, voice = selection or Selection(), Voice(language)
    twinnings, on = list(selection.twinnings(atlas).index), day(atlas, selection)
    broad, high = PAGE
    inner = broad - 2 * MARGIN
    title_lines, y = head(atlas, selection, voice)
    said = [line for translate in voice.translators for line in wrap(statement(atlas, selection, translate), 175)]
    foot = len(said) * LINE
    below = legend_of(atlas, draw(atlas, twinnings, language, on, inner, 400), voice, inner, 13)[1]
    top = y + 12
    drawing = draw(atlas, twinnings, language, on, inner, high - top - below - foot - 52)
    legend, _ = legend_of(atlas, drawing, voice, inner, 13)
    y = high - foot - 14
    if drawing.far:
        said.insert(0, voice(lambda translate: outside(len(drawing.far), translate), " / "))
        y -= LINE
    title = voice(lambda translate: translate("Vietnam–China Border Cooperation Atlas"), " / ")
    page = picture(
        f"{broad / 96 * 25.4:.1f}mm",
        f"{high / 96 * 25.4:.1f}mm",
        element("title", clean(title)),
        element("rect", width=broad, height=high, fill=WHITE),
        *title_lines,
        element("svg", markup(drawing), x=MARGIN, y=f"{top:g}", width=inner, height=f"{drawing.height:g}"),
        element("g", legend, transform=f"translate({MARGIN} {top + drawing.height + 10:g})"),
        *(words(line, MARGIN, y + LINE * number, 11, FAINT) for number, line in enumerate(said, start=1)),
        viewBox=f"0 0 {broad} {high}",
    )
    return f"{page}\n".encode()


def head(atlas: Atlas, selection: Selection, voice: Voice) -> tuple[list[Markup], float]:
    """The title and the selection in each language, and how far down they go."""
    parts, y = [], 22.0
    for number, translate in enumerate(voice.translators):
        step, size = (24, 22) if number == 0 else (22, 18)
        y += step
        title = translate("Vietnam–China Border Cooperation Atlas")
        parts.append(words(title, MARGIN, y, size, font_weight="bold"))
    for translate in voice.translators:
        for line in wrap(described(atlas, selection, translate), 150)[:2]:
            y += 19
            parts.append(words(line, MARGIN, y, 14, FAINT))
    return parts, y


def printed(atlas: Atlas, voice: Voice, title: str, size: tuple[float, float], sides: Iterable[str]) -> bytes:
    """Sides of paper as PDF, every line and letter as such.

    :param size: of each in pixels of 1/96 inch.
    :param sides: drawn as SVG of that size.
    """
    paper = Markup(
        "<!DOCTYPE html><html lang='{}'><meta charset=utf-8><title>{}</title><meta name=dcterms.created content={version}>"
        "<meta name=dcterms.modified content={version}><style>@page {{ size: {:.2f}px {:.2f}px; margin: 0 }}"
        " body {{ margin: 0 }} svg {{ display: block }} body > svg {{ break-after: page }}</style>{}"
    )
    drawn = Markup("".join(sides).replace(str(escape(FONT)), str(escape(PRINTED_FONT))))
    return typeset.pdf(paper.format(voice.first.language, title, *size, drawn, version=atlas.version))


def png(atlas: Atlas, selection: Selection | None, language: str) -> bytes:
    """The same page as PNG at 300 dots an inch."""
    return raster(svg(atlas, selection, language))


def raster(page: bytes, dots: int = PRINT) -> bytes:
    """A page as :func:`svg` makes it as PNG at so many dots an inch."""
    # the converter takes one face for a line with several, so all are of the face that has the letters of every language
    one_face = in_pixels(page).replace(str(escape(FONT)), str(escape(CHINESE_FONT)))
    # and it takes a pixel for 1/72 inch
    return vl_convert.svg_to_png(one_face, scale=72 / 96, ppi=dots)


def in_pixels(page: bytes) -> str:
    """A page as :func:`svg` makes it with its size in pixels, not in millimetres."""
    return re.sub(
        r"(viewBox='0 0 (\d+) (\d+)'.*?) width='[\d.]+mm' height='[\d.]+mm'",
        r"\1 width='\2' height='\3'",
        page.decode(),
        count=1,
    )


def statement(atlas: Atlas, selection: Selection | None, translate: Translator) -> str:
    """As-of date, data version, licence, what the boundaries are not, and where they are from, in one line."""
    return " · ".join(
        [
            translate("Units as of {day}", day=translate.date(day(atlas, selection))),
            translate("Data version {day}", day=translate.date(atlas.version)),
            atlas.schema.licence,
            disclaimer(translate),
            origins(translate),
            *names_proposed(atlas, translate),
        ]
    )


def origins(translate: Translator) -> str:
    """Whom the boundaries and areas are from."""
    return translate(
        "Land border © OpenStreetMap contributors; rivers: World Data Bank II; Chinese units: Tianditu; Vietnamese areas: cells around commune points."
    )


def names_proposed(atlas: Atlas, translate: Translator) -> list[str]:
    """What the mark after Chinese names means, where the language shows them and some bear it."""
    return [sentences.proposed_names(translate)] if translate.language == "zh" and atlas.proposes_names else []


def below_map(atlas: Atlas, translate: Translator) -> str:
    """Whom the boundaries are from, and what the mark after names means where some bear it."""
    return " ".join([origins(translate), *names_proposed(atlas, translate)])


def outside(twinnings: int, translate: Translator) -> str:
    """How many twinnings the frame does not wholly show."""
    return translate.plural(
        "{n} twinning lies partly or wholly outside this map.",
        "{n} twinnings lie partly or wholly outside this map.",
        twinnings,
    )
