"""A drawing as SVG."""

import math
import re
from html import escape

from atlas.look import marks
from atlas.look.palette import FAINT, INK
from atlas.look.text import CHINESE_FONT, FONT, HAN, clean, width
from atlas.maps.drawing import WATER, Area, Drawing, Path

ENDED = "7 5"  # dashes of the curve of what has ended


def markup(drawing: Drawing) -> str:
    """A drawing as the inside of an SVG element, all text escaped."""
    parts = [f"<rect width='{drawing.width}' height='{drawing.height}' fill='{WATER}'/>"]
    for name, shapes in drawing.layers.items():
        parts.append(f"<g data-layer='{name}'>{''.join(map(_area, shapes))}</g>")
    parts.append("<g data-layer='twinnings' fill='none'>")
    parts += [_line(path, "#fff", path.width + 2, False) for path in drawing.twinnings]
    parts += [
        f"<g><title>{escaped(path.name)}</title>{_line(path, path.color, path.width, path.dashed)}</g>"
        for path in drawing.twinnings
    ]
    parts.append("</g><g data-layer='places'>")
    for mark in drawing.marks:
        size = marks.LEVEL_STYLES[mark.level]["size"]
        x, y = mark.at[0] - size / 2, mark.at[1] - size / 2
        symbol = marks.symbol(mark.level).replace("<svg ", f"<svg x='{x:.1f}' y='{y:.1f}' ", 1)
        parts.append(f"<g><title>{escaped(mark.name)}</title>{symbol}</g>")
    parts.append("</g><g data-layer='names' text-anchor='middle'>")
    for label in drawing.labels:
        color = FAINT if label.large else INK
        at = (label.at[0], label.at[1] + label.size * 0.36)
        # a second text below instead of paint-order, which not every program knows
        parts.append(
            words(label.text, *at, label.size, "#fff", " stroke='#fff' stroke-width='3' stroke-linejoin='round'")
        )
        parts.append(words(label.text, *at, label.size, color))
    return "".join([*parts, "</g>"])


def words(text: str, x: float, y: float, size: float, color: str = INK, more: str = "") -> str:
    """A line of text as SVG, Chinese and other characters each in a face of their own."""
    runs = "".join(
        f"<tspan font-family=\"{CHINESE_FONT}\">{escaped(run)}</tspan>" if HAN.fullmatch(run) else escaped(run)
        for run in re.split(f"({HAN.pattern})", text)
        if run
    )  # fmt: skip
    return f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size:g}" font-family="{FONT}" fill="{color}"{more}>{runs}</text>'


def _area(area: Area | Path) -> str:
    if isinstance(area, Path):
        return f"<g fill='none'>{_line(area, area.color, area.width, False)}</g>"
    d = "".join(f"M{' '.join(f'{x:g},{y:g}' for x, y in ring[:-1])}Z" for ring in area.rings)
    fill = f"fill='{area.fill}' fill-opacity='{area.opacity:g}'" if area.fill else "fill='none'"
    stroke = f" stroke='{area.line}' stroke-width='{area.width:g}'" if area.line else ""
    return f"<path d='{d}' {fill} fill-rule='evenodd'{stroke} stroke-linejoin='round'/>"


def _line(path: Path, color: str, width: float, dashed: bool) -> str:
    (x, y), *rest = path.points
    onward = " ".join(f"{a:g},{b:g}" for a, b in rest)
    dash = f" stroke-dasharray='{ENDED}'" if dashed else ""
    return f"<path d='M{x:g},{y:g}{'Q' if path.curve else 'L'}{onward}' stroke='{color}' stroke-width='{width:g}' stroke-linecap='{'butt' if dashed else 'round'}'{dash}/>"


def escaped(text: str) -> str:
    """A text for XML."""
    return escape(clean(text), quote=False)


def scale_bar(drawing: Drawing) -> tuple[int, float]:
    """A round number of kilometres, and its length in pixels."""
    most = drawing.kilometres * 1.4
    power = 10 ** math.floor(math.log10(most))
    km = max(step * power for step in (1, 2, 5) if step * power <= most)
    return round(km) if km >= 1 else km, km / drawing.kilometres * 100


def figure(drawing: Drawing, names: dict[str, str], ended: str) -> str:
    """A drawing with its legend and scale below it as one SVG element for web pages and papers.

    :param names: the levels of twinning in words; ended: what a dashed curve means.
    """
    legend, height = legend_of(drawing, names, ended, drawing.width, 13)
    whole = drawing.height + height + 8
    return (
        f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {drawing.width:g} {whole:g}' width='{drawing.width:g}' height='{whole:g}' role='img'>"
        f"<svg width='{drawing.width:g}' height='{drawing.height:g}'>{markup(drawing)}</svg>"
        f"<g transform='translate(0 {drawing.height + 8:g})'>{legend}</g></svg>"
    )


def legend_of(drawing: Drawing, names: dict[str, str], ended: str, broad: float, size: float) -> tuple[str, float]:
    """The legend of a drawing in lines of at most so many pixels, as SVG, and its height."""
    entries = [(level, names[level]) for level in drawing.levels] + ([(None, ended)] if drawing.has_ended else [])
    parts, x, y = [], 0.0, 0.0
    for level, name in entries:
        needed = 50 + width(name, size) + 18
        if x and x + needed > broad - 150:
            x, y = 0.0, y + size * 1.7
        mark = marks.legend_mark(level).replace("<svg ", f"<svg x='{x:.1f}' y='{y + 2:.1f}' ", 1)
        parts.append(mark + words(name, x + 50, y + 2 + size, size))
        x += needed
    km, length = scale_bar(drawing)
    bar = f"<path d='M{broad - length:.1f} 3V9H{broad:g}V3' fill='none' stroke='{INK}' stroke-width='1.5'/>"
    parts.append(bar + words(f"{km} km", broad - length - 8, 12, size, INK, " text-anchor='end'"))
    return "".join(parts), y + size * 1.7
