"""A drawing as SVG."""

import math
import re
from typing import Any

from markupsafe import Markup

from atlas.look import marks
from atlas.look.element import element, picture
from atlas.look.palette import INK, WHITE
from atlas.look.text import CHINESE_FONT, FONT, HAN, clean, width
from atlas.maps.drawing import Area, Drawing, Label, Mark, Path
from atlas.model.atlas import Atlas
from atlas.words import vocabulary
from atlas.words.voice import Voice


def markup(drawing: Drawing) -> Markup:
    """A drawing as the inside of an SVG element."""
    layers = [
        element("g", *(_shape(one, drawing) for one in shapes), data_layer=name)
        for name, shapes in drawing.layers.items()
    ]
    halos = [_line(path, WHITE, path.width + 2) for path in drawing.twinnings]
    curves = [
        element("g", element("title", clean(path.name)), _line(path, path.color, path.width), data_of=_of(path))
        for path in drawing.twinnings
    ]
    return Markup("").join(
        [
            element("rect", width=drawing.width, height=drawing.height, fill=drawing.ground),
            *layers,
            element("g", *halos, *curves, data_layer="twinnings", fill="none"),
            element("g", *map(_mark, drawing.marks), data_layer="places"),
            element(
                "g",
                *(_label(one, drawing) for one in drawing.labels),
                data_layer="names",
                text_anchor="middle",
                font_family=FONT,
            ),
        ]
    )


def _shape(one: Area | Path, drawing: Drawing) -> Markup:
    drawn = _line(one, one.color, one.width) if isinstance(one, Path) else _area(one)
    if isinstance(one, Area) and not drawing.schematic:
        return drawn
    title = [element("title", clean(one.name))] if drawing.schematic and one.name else []
    return element("g", *title, drawn, fill="none" if isinstance(one, Path) else None, data_of=_of(one))


def _mark(mark: Mark) -> Markup:
    size = marks.LEVEL_STYLES[mark.level]["size"] * mark.share
    x, y = (f"{middle - size / 2:.1f}" for middle in mark.at)
    symbol = marks.symbol(mark.level, mark.ended, mark.share, x=x, y=y)
    return element("g", element("title", clean(mark.name)), symbol, data_of=_of(mark))


def _of(one: Area | Path | Mark | Label) -> str | None:
    return " ".join(one.of) or None


def _label(label: Label, drawing: Drawing) -> Markup:
    x, y = label.at[0], label.at[1] + label.size * 0.36
    look: dict[str, str | None] = {
        "font_style": "italic" if label.italic else None,
        "text_anchor": label.anchor if label.anchor != "middle" else None,
        "transform": f"rotate({label.angle:g} {label.at[0]:g} {label.at[1]:g})" if label.angle else None,
    }
    said = _words(label.text, x, y, label.size, label.color, data_of=_of(label), **look)
    if drawing.schematic:
        return said
    # a second text below instead of paint-order, which not every program knows
    halo: dict[str, str | None] = {"stroke": WHITE, "stroke_width": "3", "stroke_linejoin": "round"}
    return _words(label.text, x, y, label.size, WHITE, **(halo | look)) + said


def words(text: str, x: float, y: float, size: float, color: str = INK, **more: Any) -> Markup:
    """A line of text as SVG, Chinese and other characters each in a face of their own."""
    return _words(text, x, y, size, color, font_family=FONT, **more)


def _words(text: str, left: float, base: float, size: float, color: str, **more: Any) -> Markup:
    runs = [
        element("tspan", run, font_family=CHINESE_FONT) if HAN.fullmatch(run) else run
        for run in re.split(f"({HAN.pattern})", clean(text))
        if run
    ]
    at = {"x": f"{left:.1f}", "y": f"{base:.1f}"}
    return element("text", *runs, **at, font_size=f"{size:g}", fill=color, **more)


def _area(area: Area) -> Markup:
    return element(
        "path",
        d="".join(f"M{' '.join(f'{x:g},{y:g}' for x, y in ring[:-1])}Z" for ring in area.rings),
        fill=area.fill or "none",
        fill_opacity=f"{area.opacity:g}" if area.fill else None,
        fill_rule="evenodd",
        stroke=area.line,
        stroke_width=f"{area.width:g}" if area.line else None,
        stroke_linejoin="round",
    )


def _line(path: Path, color: str, width: float) -> Markup:
    (x, y), *rest = path.points
    onward = " ".join(f"{a:g},{b:g}" for a, b in rest)
    return element(
        "path",
        d=f"M{x:g},{y:g}{'LQC'[path.curve]}{onward}",
        stroke=color,
        stroke_width=f"{width:g}",
        stroke_linecap="round",
    )


def scale_bar(drawing: Drawing) -> tuple[int, float]:
    """A round number of kilometres, and its length in pixels."""
    most = drawing.kilometres * 1.4
    power = 10 ** math.floor(math.log10(most))
    km = max(step * power for step in (1, 2, 5) if step * power <= most)
    return round(km) if km >= 1 else km, km / drawing.kilometres * 100


def level_names(atlas: Atlas, voice: Voice) -> dict[str, str]:
    """The levels of twinning in words, in one line each."""
    return {
        level: voice(
            lambda translate, level=level: vocabulary.labels(atlas, "twinnings.level", translate)[level], " / "
        )
        for level in marks.LEVEL_STYLES
    }


def entries(atlas: Atlas, drawing: Drawing, voice: Voice) -> list[tuple[str | None, str]]:
    """What a legend explains of a drawing: its levels, and for None a hollow mark."""
    names = level_names(atlas, voice)
    ended = voice(lambda translate: translate("A side no longer exists"), " / ")
    return [(level, names[level]) for level in drawing.levels] + ([(None, ended)] if drawing.has_ended else [])


def figure(atlas: Atlas, drawing: Drawing, voice: Voice) -> Markup:
    """A drawing with its legend and scale below it as one SVG element for web pages and papers."""
    legend, height = legend_of(atlas, drawing, voice, drawing.width, 13)
    whole = f"{drawing.height + height + 8:g}"
    width, high = f"{drawing.width:g}", f"{drawing.height:g}"
    return picture(
        width,
        whole,
        element("svg", markup(drawing), width=width, height=high),
        element("g", legend, transform=f"translate(0 {drawing.height + 8:g})"),
        viewBox=f"0 0 {width} {whole}",
        role="img",
    )


def legend_of(atlas: Atlas, drawing: Drawing, voice: Voice, broad: float, size: float) -> tuple[Markup, float]:
    """The legend of a drawing in lines of at most so many pixels, as SVG with the scale, and its height."""
    parts, x, y = [], 0.0, 0.0
    for level, name in entries(atlas, drawing, voice):
        needed = 50 + width(name, size) + 18
        if x and x + needed > broad - 150:
            x, y = 0.0, y + size * 1.7
        parts += [
            marks.legend_mark(level, x=f"{x:.1f}", y=f"{y + 2:.1f}"),
            words(name, x + 50, y + 2 + size, size),
        ]
        x += needed
    km, length = scale_bar(drawing)
    bar = f"M{broad - length:.1f} 3V9H{broad:g}V3"
    parts += [
        element("path", d=bar, fill="none", stroke=INK, stroke_width=1.5),
        words(f"{km} km", broad - length - 8, 12, size, text_anchor="end"),
    ]
    return Markup("").join(parts), y + size * 1.7
