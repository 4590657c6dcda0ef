"""The border unrolled on an A3 page across: as SVG, PNG and PDF."""

from dataclasses import replace

from markupsafe import Markup

from atlas.exports.about import described
from atlas.exports.pictures import LINE, MARGIN, in_pixels, printed, raster, statement
from atlas.look.element import element, picture
from atlas.look.palette import FAINT, INK, WHITE
from atlas.look.text import clean, width, wrap
from atlas.maps import strip, unrolled
from atlas.maps.drawing import Drawing
from atlas.maps.strip import CELLS, Strip
from atlas.maps.svg import legend_of, markup, words
from atlas.maps.unrolled import Content
from atlas.model import along
from atlas.model.atlas import Atlas, cached
from atlas.model.selection import Selection
from atlas.words.translator import Translator
from atlas.words.voice import Voice

PAGE = (1587, 1123)  # A3 across, in pixels of 1/96 inch
TEXT = 14
LEGEND = 13
SCREEN = 14
WIDE, PHONE = 1392, 358  # pixels


def content(atlas: Atlas, selection: Selection, language: str) -> Content:
    """What stands along the border of a selection, with names in the language or languages."""
    return unrolled.content(atlas, selection, unrolled.voice_of(selection, language))


@cached(20)
def pictures(atlas: Atlas, selection: Selection, language: str) -> tuple[Content, str, str]:
    """What stands along the border, and its drawings for a wide window and a narrow one, as SVG."""
    shown = content(atlas, selection, language)
    titles = unrolled.titles(atlas, shown, Voice(language))
    lying = strip.draw(shown, WIDE, text=SCREEN, titles=titles).drawing
    return shown, _svg(lying), _svg(strip.turned(shown, PHONE, titles=titles).drawing)


def _svg(drawing: Drawing) -> str:
    size = f"{drawing.width:g}", f"{drawing.height:g}"
    return str(picture(*size, markup(drawing), viewBox=f"0 0 {size[0]} {size[1]}"))


def fitted(atlas: Atlas, shown: Content, voice: Voice, broad: float, high: float, text: float = TEXT) -> Strip:
    """The border unrolled in a room in pixels: made smaller by as much as it must be to fit, with names of at most this size."""
    titles = unrolled.titles(atlas, shown, voice)
    for step in range(30):
        share = 0.96**step
        made = strip.draw(shown, broad / share, height=high / share, text=text, titles=titles)
        if made.drawing.height * share <= high + 1:
            break
    return replace(made, drawing=made.drawing.scaled(min(share, high / made.drawing.height)))


def svg(atlas: Atlas, selection: Selection | None, language: str) -> bytes:
    """The border unrolled, with title, legend, what is too far away, the communes counted, and what it is."""
    selection, voice = selection or Selection(), Voice(language)
    broad, high = PAGE
    inner = broad - 2 * MARGIN
    y, parts = float(MARGIN), []
    for number, line in enumerate(voice(heading).split("\n")):
        y += 24
        parts.append(words(line, MARGIN, y, 22 if number == 0 else 18, font_weight="bold"))
    for translate in voice.translators:
        for line in wrap(described(atlas, selection, translate), 210)[:2]:
            y += 19
            parts.append(words(line, MARGIN, y, 14, FAINT))
    shown = content(atlas, selection, language)
    made = fitted(atlas, shown, voice, inner, high / 2)
    said = [
        line
        for translate in voice.translators
        for text in (*sentences(atlas, selection, shown, made, translate), statement(atlas, selection, translate))
        for line in wrap(text, 250)
    ]
    marks, below = legend(atlas, made.drawing, voice, inner)
    foot = len(said) * LINE + below + 24
    y += 10
    drawing = fitted(atlas, shown, voice, inner, high - y - foot - MARGIN).drawing
    size = {"width": f"{drawing.width:g}", "height": f"{drawing.height:g}"}
    parts.append(element("svg", markup(drawing), x=MARGIN, y=f"{y:g}", **size))
    y += drawing.height + 14
    parts.append(element("g", marks, transform=f"translate({MARGIN} {y:g})"))
    y += below + 6
    parts += [words(line, MARGIN, y + LINE * number, 11, FAINT) for number, line in enumerate(said, start=1)]
    page = picture(
        f"{broad / 96 * 25.4:.1f}mm",
        f"{high / 96 * 25.4:.1f}mm",
        element("title", clean(voice(heading, " / "))),
        element("rect", width=broad, height=high, fill=WHITE),
        *parts,
        viewBox=f"0 0 {broad} {high}",
    )
    return f"{page}\n".encode()


def png(atlas: Atlas, selection: Selection | None, language: str) -> bytes:
    """The same page as PNG at 300 dots an inch."""
    return raster(svg(atlas, selection, language))


def pdf(atlas: Atlas, selection: Selection | None, language: str) -> bytes:
    """The same page as PDF, every line and letter as such."""
    voice = Voice(language)
    return printed(atlas, voice, voice(heading, " / "), PAGE, [in_pixels(svg(atlas, selection, language))])


def heading(translate: Translator) -> str:
    """What the page and the slide are called."""
    return translate("Twinnings along the border, from west to east")


def sentences(atlas: Atlas, selection: Selection, shown: Content, made: Strip, translate: Translator) -> list[str]:
    """What is to be said below the drawing: what is not on it, the communes by province, how it is read."""
    far = translate.join(unrolled.far_names(atlas, shown.beyond, translate))
    found = [translate("Too far from the border to stand here: {twinnings}.", twinnings=far)] if far else []
    if made.unnamed:
        found.append(
            translate.plural(
                "{n} unit has no room for its name.", "{n} units have no room for their names.", made.unnamed
            )
        )
    counted = translate.join(count_of(atlas, one, translate) for one in along.counts(atlas, selection.day(atlas)))
    return [
        *found,
        f"{translate('Border communes with a documented twinning')}: {counted}.",
        translate(
            "Kilometres after a name say how far it lies from the border; it stands where the border is nearest."
        ),
    ]


def count_of(atlas: Atlas, one: along.Count, translate: Translator) -> str:
    """How many border communes of a province are twinned, in words."""
    name = atlas.places.name(one.province, translate.language)
    return translate("{province}: {n} of {all}", province=name, n=one.twinned, all=one.communes)


def legend(atlas: Atlas, drawing: Drawing, voice: Voice, broad: float) -> tuple[Markup, float]:
    """The levels, the border communes and the gates as SVG, and its height."""
    levels, y = legend_of(atlas, drawing, voice, broad, LEGEND)
    parts, x = [levels], 0.0
    y += LEGEND * 0.7
    for sign, name in signs(voice).items():
        needed = 50 + width(name, LEGEND) + 18
        if x and x + needed > broad:
            x, y = 0.0, y + LEGEND * 1.7
        fill = CELLS.get(sign)
        shape = f"M{x + 8:.1f} {y + 3:.1f}h24v9h-24z" if fill else f"M{x + 20:.1f} {y + 2:.1f}v11"
        parts.append(
            element(
                "path", d=shape, fill=fill or "none", stroke=FAINT if fill else INK, stroke_width=0.8 if fill else 2
            )
        )
        parts.append(words(name, x + 50, y + 2 + LEGEND - 2, LEGEND))
        x += needed
    return Markup("").join(parts), y + LEGEND * 1.7


def signs(voice: Voice) -> dict[str | None, str]:
    """The signs on the line in words: border communes by what is documented of them, and "gate"."""
    states = {
        state: voice(lambda translate, state=state: f"{translate('Border commune')}: {unrolled.commune_states(translate)[state]}", " / ")
        for state in CELLS
    }  # fmt: skip
    return states | {"gate": voice(lambda translate: translate("Gate or crossing"), " / ")}
