"""The map of a selection as a drawing of shapes and texts, and as SVG and PNG for print."""

import re
from html import escape

import vl_convert

from atlas.exports.about import described, disclaimer
from atlas.exports.rows import day
from atlas.look import marks
from atlas.look.palette import FAINT, INK
from atlas.look.text import wrap
from atlas.maps.drawing import Drawing, draw
from atlas.maps.svg import legend_of, markup, words
from atlas.model.atlas import Atlas
from atlas.model.selection import Selection
from atlas.words import sentences, vocabulary
from atlas.words.translator import Translator
from atlas.words.voice import Voice

PAGE = (1123, 794)  # A4 across, in pixels of 1/96 inch
PRINT = 300  # dots per inch


def svg(atlas: Atlas, selection: Selection | None, language: str) -> bytes:
    """The map of a selection on an A4 page across, with title, legend, scale and what it is."""
    selection, voice = selection or Selection(), Voice(language)
    rows, as_of = selection.twinnings(atlas), day(atlas, selection)
    broad, margin = PAGE[0], 32
    inner = broad - 2 * margin
    levels = {
        level: voice(lambda translate, level=level: vocabulary.level_names(translate)[level], " / ")
        for level in marks.LEVEL_STYLES
    }
    ended = voice(lambda translate: translate("A side no longer exists"), " / ")
    parts, y = [], 22.0
    for number, translate in enumerate(voice.translators):
        y += 24 if number == 0 else 22
        parts.append(
            words(
                translate("Vietnam–China Border Cooperation Atlas"),
                margin,
                y,
                22 if number == 0 else 18,
                INK,
                " font-weight='bold'",
            )
        )
    for line in (
        line for translate in voice.translators for line in wrap(described(atlas, selection, translate), 150)[:2]
    ):
        y += 19
        parts.append(words(line, margin, y, 14, FAINT))
    said = [line for translate in voice.translators for line in wrap(statement(atlas, selection, translate), 175)]
    foot = len(said) * 15
    plain = draw(atlas, list(rows.index), language, as_of, inner, 400)
    legend_height = legend_of(plain, levels, ended, inner, 13)[1]
    top = y + 12
    drawing = draw(atlas, list(rows.index), language, as_of, inner, PAGE[1] - top - legend_height - foot - 52)
    legend, _ = legend_of(drawing, levels, ended, inner, 13)
    parts.append(
        f"<svg x='{margin}' y='{top:g}' width='{inner}' height='{drawing.height:g}'>{markup(drawing)}</svg>"
        f"<g transform='translate({margin} {top + drawing.height + 10:g})'>{legend}</g>"
    )
    y = PAGE[1] - foot - 14
    if drawing.outside:
        text = voice(lambda translate: outside(drawing, translate), " / ")
        said.insert(0, text)
        y -= 15
    for line in said:
        y += 15
        parts.append(words(line, margin, y, 11, FAINT))
    title = escape(voice(lambda translate: translate("Vietnam–China Border Cooperation Atlas"), " / "))
    return (
        f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {broad} {PAGE[1]}' width='{broad / 96 * 25.4:.1f}mm' height='{PAGE[1] / 96 * 25.4:.1f}mm'>"
        f"<title>{title}</title><rect width='{broad}' height='{PAGE[1]}' fill='#fff'/>{''.join(parts)}</svg>\n"
    ).encode()


def png(atlas: Atlas, selection: Selection | None, language: str) -> bytes:
    """The same page as PNG at 300 dots an inch."""
    page = svg(atlas, selection, language).decode()
    in_pixels = re.sub(r"width='[\d.]+mm' height='[\d.]+mm'", f"width='{PAGE[0]}' height='{PAGE[1]}'", page, count=1)
    # the converter takes a pixel for 1/72 inch
    return vl_convert.svg_to_png(in_pixels, scale=72 / 96, ppi=PRINT)


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
        "Land border © OpenStreetMap contributors; Chinese units: Tianditu; Vietnamese areas: cells around commune points."
    )


def names_proposed(atlas: Atlas, translate: Translator) -> list[str]:
    """What the mark after Chinese names means, where the language shows them and some bear it."""
    return [sentences.proposed_names(translate)] if translate.language == "zh" and atlas.proposes_names else []


def below_map(atlas: Atlas, translate: Translator) -> str:
    """Whom the boundaries are from, and what the mark after names means where some bear it."""
    return " ".join([origins(translate), *names_proposed(atlas, translate)])


def outside(drawing: Drawing, translate: Translator) -> str:
    """How many twinnings the frame does not wholly show."""
    return translate.plural(
        "{n} twinning lies partly or wholly outside this map.",
        "{n} twinnings lie partly or wholly outside this map.",
        drawing.outside,
    )
