"""A board, or items of one, as SVG."""

import math
from base64 import b64encode
from collections.abc import Callable
from typing import Any

from markupsafe import Markup

from atlas.exports.scenes import board
from atlas.exports.scenes.board import Bar, Board, Box, Disc, Drawn, Image, Item, Line, Room, Run, Table, Text
from atlas.look.element import element, picture
from atlas.look.palette import ink_on
from atlas.maps.svg import markup, words

ARROW = 18  # units of its head


def svg(shown: Board, **attributes: str) -> Markup:
    """A whole board, scaled to whatever holds it."""
    return picture("100%", "100%", items(shown.items), viewBox=f"0 0 {board.WIDTH} {board.HEIGHT}", **attributes)


def items(shown: tuple[Item, ...]) -> Markup:
    """Items as the inside of an SVG element."""
    return Markup("").join(DRAWN[type(one)](one) for one in shown)


def _text(text: Text) -> Markup:
    x = {"start": text.room.x, "middle": text.room.x + text.room.width / 2, "end": text.room.right}[text.align]
    anchor = None if text.align == "start" else text.align
    lines = [
        words(line, x, base, run.size, run.colour, font_weight="bold" if run.bold else None, text_anchor=anchor)
        for run, line, base in board.set_lines(text)
        if line
    ]
    heading = {"role": "heading", "aria_level": "1"} if text.runs and text.runs[0].size == board.TITLE else {}
    return element("g", *lines, **heading) if lines else Markup("")


def _box(box: Box) -> Markup:
    return _rect(box.room, box.fill, box.line, box.weight, box.radius)


def _rect(room: Room, fill: str | None, line: str | None = None, weight: float = 2, radius: float = 0) -> Markup:
    return element(
        "rect",
        x=f"{room.x:g}",
        y=f"{room.y:g}",
        width=f"{room.width:g}",
        height=f"{room.height:g}",
        rx=f"{radius:g}" if radius else None,
        fill=fill or "none",
        stroke=line,
        stroke_width=f"{weight:g}" if line else None,
    )


def _line(line: Line) -> Markup:
    points = " ".join(f"{x:g},{y:g}" for x, y in line.points)
    drawn = element(
        "polyline",
        points=points,
        fill="none",
        stroke=line.colour,
        stroke_width=f"{line.weight:g}",
        stroke_dasharray=f"{line.weight * 3:g}" if line.dashed else None,
        stroke_linejoin="round",
    )
    return drawn + _arrow(line) if line.arrow else drawn


def _arrow(line: Line) -> Markup:
    (ax, ay), (bx, by) = line.points[-2:]
    length = ((bx - ax) ** 2 + (by - ay) ** 2) ** 0.5 or 1
    dx, dy = (bx - ax) / length * ARROW, (by - ay) / length * ARROW
    corners = ((bx, by), (bx - dx - dy / 2, by - dy + dx / 2), (bx - dx + dy / 2, by - dy - dx / 2))
    return element("polygon", points=" ".join(f"{x:.1f},{y:.1f}" for x, y in corners), fill=line.colour)


def _disc(disc: Disc) -> Markup:
    return element(
        "circle",
        cx=f"{disc.at[0]:g}",
        cy=f"{disc.at[1]:g}",
        r=f"{disc.radius:g}",
        fill=disc.fill or board.PAPER,
        stroke=disc.line,
        stroke_width=f"{disc.weight:g}" if disc.line else None,
    )


def _bar(bar: Bar) -> Markup:
    parts, x = [], bar.room.x
    for segment in bar.segments:
        width = segment.value / bar.most * bar.room.width
        parts.append(_rect(Room(x, bar.room.y, max(0, width - 3), bar.room.height), segment.colour))
        if segment.said:
            run = Run(segment.said, board.VALUE, True, ink_on(segment.colour))
            parts.append(_text(Text(Room(x + 16, bar.room.y, max(1, width - 16), bar.room.height), (run,), anchor="middle")))  # fmt: skip
        x += width
    return element("g", element("title", bar.name), *parts)


def _table(table: Table) -> Markup:
    parts, y = [], table.room.y
    for number, (cells, height) in enumerate(zip((table.heads, *table.rows), table.heights)):
        x = table.room.x
        for cell, share in zip(cells, table.widths):
            width = share / math.fsum(table.widths) * table.room.width
            inside = Room(x + board.CELL[0], y + board.CELL[1], width - 2 * board.CELL[0], height)
            lines = tuple(
                Run(line, table.size, bold=number == 0, colour=board.INK if number and not at else board.QUIET)
                for at, line in enumerate(cell.split("\n"))
            )
            parts.append(_text(Text(inside, lines)))
            x += width
        y += height
        parts.append(_line(Line(((table.room.x, y), (table.room.right, y)), board.RULE, 3 if number == 0 else 1.5)))
    return Markup("").join(parts)


def _drawn(drawn: Drawn) -> Markup:
    size = {"width": f"{drawn.drawing.width:g}", "height": f"{drawn.drawing.height:g}"}
    inside = element("svg", markup(drawn.drawing), x=f"{drawn.at[0]:g}", y=f"{drawn.at[1]:g}", **size)
    if not drawn.name:
        return inside
    return element("g", element("title", drawn.name), inside, role="img", aria_label=drawn.name)


def _image(image: Image) -> Markup:
    room, content = image.room, b64encode(image.content).decode()
    return element(
        "image",
        element("title", image.name),
        x=f"{room.x:g}",
        y=f"{room.y:g}",
        width=f"{room.width:g}",
        height=f"{room.height:g}",
        href=f"data:{image.mime};base64,{content}",
    )


DRAWN: dict[type[Item], Callable[[Any], Markup]] = {
    Text: _text,
    Box: _box,
    Line: _line,
    Disc: _disc,
    Bar: _bar,
    Table: _table,
    Drawn: _drawn,
    Image: _image,
}
