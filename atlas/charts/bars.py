"""A chart whose lines are a name, a drawing and a value: as a part of a page, where its texts wrap and can be selected.

The same lines are drawn by :mod:`atlas.charts.templates` as the image to take away.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace

from markupsafe import Markup

from atlas.look.palette import UNKNOWN, ink_on
from atlas.words.translator import Translator

NICE = (1, 2, 5, 10)
FEWEST_LINES, MOST_YEARS = 3, 6
SIGNS = {"at_least": "▷", "about": "○", "range": "▬", "moment": "◆"}
WIDE = 0.09  # of the axis: a part that has room for its number


@dataclass(frozen=True)
class Mark:
    """What is drawn from one value of the axis to another.

    ``name`` and ``said``: of a part of a bar; ``sign``: one of ``SIGNS`` at its end.
    """

    start: float
    end: float
    colour: str
    name: str = ""
    said: str = ""
    sign: str = ""


@dataclass(frozen=True)
class Line:
    """One line of a chart, with the ids of the records that a click on its name opens.

    ``value`` stands at the end of the last mark.
    """

    name: str
    said: str
    marks: tuple[Mark, ...]
    value: str = ""
    records: tuple[str, ...] = ()

    @property
    def keyed(self) -> bool:
        """Whether the marks are parts with names."""
        return any(mark.name for mark in self.marks)


@dataclass(frozen=True)
class Axis:
    """From where to where the axis of a chart runs, what its lines say, each as far from the next, and what it counts."""

    first: float
    last: float
    said: tuple[str, ...]
    title: str = ""

    def share(self, value: float) -> float:
        """Where a value stands on the axis, from 0 to 1."""
        return (min(max(value, self.first), self.last) - self.first) / (self.last - self.first)

    @property
    def ticks(self) -> list[float]:
        """The values of its lines."""
        return [self.first + at * (self.last - self.first) / (len(self.said) - 1) for at in range(len(self.said))]


@dataclass(frozen=True)
class Bars:
    """The lines of a chart on one axis."""

    lines: tuple[Line, ...]
    axis: Axis


@dataclass(frozen=True)
class Panels:
    """Small charts, each under its name; every one of their drawings has a scale of its own."""

    panels: tuple[tuple[str, tuple[Bars, ...]], ...]

    @property
    def joined(self) -> Bars:
        """All lines under each other, the names of the panels before theirs, each drawing on the whole width."""
        lines: list[Line] = []
        for name, drawings in self.panels:
            lines.append(Line(name, "", ()))
            for drawing in drawings:
                share = drawing.axis.share
                for line in drawing.lines:
                    marks = tuple(replace(one, start=share(one.start), end=share(one.end)) for one in line.marks)
                    lines.append(replace(line, marks=marks))
        return Bars(tuple(lines), Axis(0, 1, ("", "")))


def numbers(highest: float, title: str, translate: Translator) -> Axis:
    """An axis from zero to at least a number, by round steps."""
    rough = max(highest, FEWEST_LINES) / FEWEST_LINES
    power = 10 ** math.floor(math.log10(rough))
    step = max(1, next(nice for nice in NICE if nice * power * (FEWEST_LINES + 1) >= highest) * power)
    count = max(1, math.ceil(highest / step))
    return Axis(0, count * step, tuple(translate.number(step * at) for at in range(count + 1)), title)


def shares(translate: Translator) -> Axis:
    """An axis of the parts of wholes, from 0 to 100 %."""
    return Axis(0, 1, tuple(translate("{n} %", n=n) for n in (0, 25, 50, 75, 100)))


def years(first: float, last: float) -> Axis:
    """An axis of whole years that holds two moments."""
    begin, end = math.floor(first), max(math.ceil(last), math.floor(first) + 1)
    step = next(step for step in (1, 2, 5, 10, 20, 50) if (end - begin) / step <= MOST_YEARS)
    count = math.ceil((end - begin) / step)
    return Axis(begin, begin + count * step, tuple(str(begin + at * step) for at in range(count + 1)))


def opening(name: str, records: Iterable[str], said: str = "") -> Markup:
    """A name that opens records, or one that opens none.

    :param said: for those who do not see the name, in its place.
    """
    ids = "&record=".join(records)
    if not ids:
        return Markup("<span>{}</span>").format(name)
    label = Markup(" aria-label='{}'").format(said) if said else ""
    return Markup("<button type=button data-set='pair=&amp;record={}'{}>{}</button>").format(ids, label, name)


def html(drawing: Bars | Panels, label: str) -> Markup:
    """The chart as a part of a page; assets/charts.css has its look.

    :param label: what it shows, for those who do not see it.
    """
    if isinstance(drawing, Panels):
        return _panels(drawing, label)
    lines = Markup("").join(_line(line, drawing.axis) for line in drawing.lines)
    ticks = Markup("").join(
        Markup("<span style='left:{:.4g}%'>{}</span>").format(100 * at / (len(drawing.axis.said) - 1), said)
        for at, said in enumerate(drawing.axis.said)
    )
    title = Markup("<p>{}</p>").format(drawing.axis.title) if drawing.axis.title else ""
    whole = (
        "<div class='bars{}' style='--steps:{}'><ul aria-label='{}'>{}</ul><div class=axis><div>{}</div>{}</div></div>"
    )
    valued = " valued" if any(line.value for line in drawing.lines) else ""
    return Markup(whole).format(valued, len(drawing.axis.said) - 1, label, lines, ticks, title)


def _panels(drawing: Panels, label: str) -> Markup:
    # on a narrow screen a panel is open as long as its box is checked
    panel = Markup("<section><h3><label><input type=checkbox>{} <small>{}</small></label></h3><div>{}</div></section>")
    scaled = Markup("<ul class='bars valued'>{}</ul>")
    return Markup("<div class=panels aria-label='{}' role=group>{}</div>").format(
        label,
        Markup("").join(
            panel.format(
                name,
                sum(len(one.lines) for one in drawings),
                Markup("").join(
                    scaled.format(Markup("").join(_line(line, one.axis) for line in one.lines)) for one in drawings
                ),
            )
            for name, drawings in drawing.panels
        ),
    )


def _line(line: Line, axis: Axis) -> Markup:
    marks = Markup("").join(drawn(mark, axis) for mark in line.marks)
    end = max((axis.share(mark.end) for mark in line.marks), default=0)
    value = Markup("<b style='left:{:.4g}%'>{}</b>").format(100 * end, line.value) if line.value else ""
    keys = Markup("<p class=keys>{}</p>").format(Markup("").join(map(_key, line.marks))) if line.keyed else ""
    whole = Markup("<li><div class=name>{}<small>{}</small></div><div class=plot><div>{}{}</div>{}</div>")
    return whole.format(opening(line.name, line.records), line.said, marks, value, keys)


def drawn(mark: Mark, axis: Axis) -> Markup:
    """A mark in the plot of a line, with its sign."""
    start, end = axis.share(mark.start), axis.share(mark.end)
    look = "" if mark.colour == UNKNOWN else Markup("background:{};color:{};").format(mark.colour, ink_on(mark.colour))
    kind = "unknown" if mark.colour == UNKNOWN else "part" if mark.name else "whole"
    said = mark.said if mark.name and end - start > WIDE else ""
    bar = Markup("<i aria-hidden=true class={} style='{}left:{:.4g}%;width:{:.4g}%'>{}</i>")
    shape = bar.format(kind, look, 100 * start, 100 * (end - start), said) if end > start else Markup("")
    if not mark.sign or mark.sign == "range":
        return shape
    sign = Markup("<i aria-hidden=true class='sign {}' style='color:{};left:{:.4g}%'></i>")
    return shape + sign.format(mark.sign, mark.colour, 100 * end)


def _key(mark: Mark) -> Markup:
    look = Markup(" class=unknown") if mark.colour == UNKNOWN else Markup(" style='background:{}'").format(mark.colour)
    return Markup("<span><i{}></i>{} <b>{}</b></span>").format(look, mark.name, mark.said)
