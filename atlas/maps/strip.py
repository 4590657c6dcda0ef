"""The border unrolled, as a drawing: kilometres along a line, units in slots on either side, ties across it.

Lengths run along the border (``s``) and away from it (``t``, Vietnam's side above 0). Lying, kilometres run to the right
and China is above; turned for a phone, they run downwards and China is at the right.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace

from atlas.look.marks import LEVEL_STYLES
from atlas.look.palette import BORDER, FAINT, INK, LEVEL_COLOURS, LINE, WHITE
from atlas.look.text import HAN, NARROW, width, wrap
from atlas.look.text import columns as text_columns
from atlas.maps.drawing import Area, Drawing, Label, Mark, Path, Point
from atlas.maps.slots import spread
from atlas.maps.unrolled import Content, Unit
from atlas.model.along import Commune

SLANTS = (45, 50, 55, 60, 65)  # degrees by which names lean, the least that leaves room for all
LEADING = 1.1
SMALLEST = 11.0  # pixels of names
BAND, AXIS, LINK, LEADER, FAN, PAD = 22, 20, 66, 24, 10, 12  # pixels
CELL = (3, 11)  # where border communes stand beside the line
LEANING = 185  # pixels beyond the end of the border
PASSAGE = 1.2  # pixels of a leader between names
SHORT = 4  # narrow letters that run on, for they are no line of their own
TOUCH = 24  # pixels of a slot on a phone
PHONE_LINES, PHONE_LINK, PHONE_LEADER = 15, 48, 20  # pixels
NAME = 9  # from a mark to its name
NUMBER = 5.5  # times the size of names, from one number of the scale to the next at least
LIMITS = {1: 130, 2: 190}  # pixels of the longest line of a name, by number of languages
TINTS = {"vn": ("#f4ecd9", "#e8dcc2"), "cn": ("#e9eeec", "#d9e2de")}
SIDES = {"vn": 1, "cn": -1}
CELLS: dict[str | None, str] = {"commune": LEVEL_COLOURS["commune"], "village": "#e0c98a", None: WHITE}


@dataclass(frozen=True)
class Strip:
    """The border unrolled as a drawing; ``unnamed``: how many units have no name, for want of room."""

    drawing: Drawing
    unnamed: int


@dataclass(frozen=True)
class _Slot:
    """A unit in its slot: where along the border it wants to be and is, how far from it, and the lines of its name."""

    unit: Unit
    side: str
    wants: float
    s: float
    t: float
    lines: tuple[str, ...]
    bends: tuple[tuple[float, float], ...] = ()  # where its leader goes on the way out


@dataclass(frozen=True)
class _Fit:
    """How units are fitted in: the size of names, how they lean, their languages; the share of the room that each needs.

    far: whether units of the far row have names.
    """

    text: float
    slant: float
    languages: int
    share: float = 1.0
    far: bool = True

    @property
    def lean(self) -> tuple[float, float]:
        """How far a name goes along the border and away from it."""
        return math.cos(math.radians(self.slant)), math.sin(math.radians(self.slant))

    @property
    def pitch(self) -> float:
        """From one name to the next along the border."""
        return self.text * LEADING / self.lean[1]


class _Plane:
    """From lengths along the border and away from it to points of the drawing."""

    def __init__(self, section: tuple[float, float], length: float, turned: bool, middle: float):
        self.section, self.length, self.turned, self.middle = section, length, turned, middle

    def at(self, s: float, t: float) -> Point:
        x, y = (self.middle - t, s) if self.turned else (s, self.middle + t)
        return round(x, 1), round(y, 1)

    def along(self, km: float) -> float:
        start, end = self.section
        share = (min(max(km, start), end) - start) / (end - start)
        return PAD + share * (self.end - PAD)

    @property
    def end(self) -> float:
        """Where the border ends; lying, names that lean have room beyond."""
        return self.length - PAD - (0 if self.turned else LEANING)

    def area(self, name: str, s: tuple[float, float], t: tuple[float, float], fill: str, line: str | None = None, of: tuple[str, ...] = ()) -> Area:  # fmt: skip
        corners = [self.at(s[0], t[0]), self.at(s[1], t[0]), self.at(s[1], t[1]), self.at(s[0], t[1])]
        return Area(name, [[*corners, corners[0]]], fill, 1, line, 0.8, of)


def draw(
    content: Content,
    length: float,
    *,
    height: float = 0,
    text: float = 13,
    titles: dict[str, str],
    smallest: float = SMALLEST,
    most: float = math.inf,
) -> Strip:
    """The border lying from left to right.

    :param length: pixels across; the names become smaller where the units have no room otherwise.
    :param height: pixels that the drawing has at least.
    :param text: pixels of the names; smallest: that they have at least, some are left out beyond.
    :param titles: what each twinning is called.
    :param most: pixels that the drawing may be high; the names of the far row are left out where it would be higher.
    """
    fit, (slots, outer) = next(
        (one, found)
        for one in _fits(text, smallest, content.languages, most)
        if (found := _rows(content, length, one)) and (_height(found[1], one.text) <= most or one.share < 0.1)
    )
    spare = max(0.0, height - _height(outer, fit.text)) / 2
    slots = [_outward(one, spare) for one in slots]
    outer = {side: reach + spare for side, reach in outer.items()}
    plane = _Plane(content.section, length, False, outer["cn"] + BAND)
    named = [one for one in slots if one.lines]
    labels = [label for one in named for label in _slanted(one, plane, fit)]
    drawing = _drawing(
        content, plane, slots, labels, outer, (length, _height(outer, fit.text)), max(fit.text, 12), titles, spare
    )
    return Strip(drawing, len(slots) - len(named))


def _fits(text: float, smallest: float, languages: int, most: float) -> Iterator[_Fit]:
    """The ways to fit units in, the best first."""
    sizes = [text - step * 0.5 for step in range(round((text - smallest) * 2) + 1)]
    for far in (True, False) if most < math.inf else (True,):
        yield from (_Fit(size, slant, languages, far=far) for size in sizes for slant in SLANTS)
    # beyond these slots shrink, and not all units are named
    yield from (_Fit(smallest, SLANTS[-1], languages, 0.8**step, most == math.inf) for step in range(1, 100))


def _height(outer: dict[str, float], text: float) -> float:
    return outer["vn"] + outer["cn"] + 2 * BAND + _axis(text)


def _axis(text: float) -> float:
    """How high the scale is below names of a size."""
    return max(AXIS, text * 1.15)


def turned(content: Content, breadth: float, *, text: float = 13, titles: dict[str, str]) -> Strip:
    """The border running downwards, as long as the units need, for a phone; see :func:`draw`."""
    room = breadth / 2 - BAND - PHONE_LINK / 2 - PHONE_LEADER - NAME - 2
    columns = int(room / (text * NARROW))
    sides = {side: [(unit, _lines(unit, columns, 0)) for unit in content.units[side]] for side in SIDES}
    sizes = {side: [max(TOUCH, len(lines) * PHONE_LINES + 8) for _, lines in units] for side, units in sides.items()}
    length = max(700, *(math.fsum(of_side) * 1.02 + 2 * TOUCH for of_side in sizes.values()))
    plane = _Plane(content.section, length, True, breadth / 2)
    slots = []
    for side, units in sides.items():
        wanted = [plane.along(unit.stand.km) for unit, _ in units]
        limits = [length - size / 2 for size in sizes[side]]
        found = spread(wanted, sizes[side], TOUCH / 2 + PAD, limits)
        assert found is not None  # the length is made for them
        away = SIDES[side] * (PHONE_LINK / 2 + PHONE_LEADER)
        slots += [_Slot(unit, side, want, s, away, lines) for (unit, lines), want, s in zip(units, wanted, found)]
    labels = [
        Label(line, plane.at(one.s + (n - (len(one.lines) - 1) / 2) * PHONE_LINES, one.t + SIDES[one.side] * NAME), text, False, _ink(one), anchor="end" if one.side == "vn" else "start", of=one.unit.of)
        for one in slots
        for n, line in enumerate(one.lines)
    ]  # fmt: skip
    outer = dict.fromkeys(SIDES, breadth / 2 - BAND)
    return Strip(_drawing(content, plane, slots, labels, outer, (breadth, length), text, titles, 0), 0)


def _rows(content: Content, length: float, fit: _Fit) -> tuple[list[_Slot], dict[str, float]] | None:
    """The units of both sides in a near row and a far one, and how far these reach; None where they have no room."""
    slots, outer = [], {}
    for side in SIDES:
        found = _of_side(content, side, length, fit)
        if found is None:
            return None
        of_side, outer[side] = found
        slots += of_side
    return slots, outer


def _of_side(content: Content, side: str, length: float, fit: _Fit) -> tuple[list[_Slot], float] | None:
    """The units of one side. The leaders of the far row pass between the names of the near one, and lean as these do."""
    plane = _Plane(content.section, length, False, 0)
    units, sign, (ahead, aside) = content.units[side], SIDES[side], fit.lean
    columns = int(LIMITS[fit.languages] / (13 * NARROW))
    lines = {unit.place: _lines(unit, columns) if unit.near or fit.far else () for unit in units}
    reach = {place: NAME + max((width(line, fit.text) for line in said), default=0.0) for place, said in lines.items()}
    need = {place: fit.pitch * max(len(said), 0.3) * fit.share for place, said in lines.items()}
    high, high_far = (max((reach[one.place] * aside + fit.text for one in units if one.near is near), default=0.0) for near in (True, False))  # fmt: skip
    near_t = LINK / 2 + LEADER
    far_t = near_t + (high + FAN if high else 0)
    shift = (far_t - near_t) * ahead / aside
    ends = {one.place: length - PAD - reach[one.place] * ahead for one in units}
    wanted = [plane.along(unit.stand.km) for unit in units]
    sizes = [need[unit.place] if unit.near else PASSAGE * fit.share for unit in units]
    first = spread(wanted, sizes, PAD, [ends[one.place] - (0 if one.near else shift) for one in units])
    if first is None:
        return None
    far = [(unit, want, s) for unit, want, s in zip(units, wanted, first) if not unit.near]
    second = spread([s + shift for _, _, s in far], [need[one.place] for one, _, _ in far], PAD, [ends[one.place] for one, _, _ in far])  # fmt: skip
    if second is None:
        return None
    slots = [_Slot(unit, side, want, s, sign * near_t, lines[unit.place]) for unit, want, s in zip(units, wanted, first) if unit.near]  # fmt: skip
    for (unit, want, s), place in zip(far, second):
        bends = ((s, sign * near_t), (s + high * ahead / aside, sign * (near_t + high))) if high else ()
        slots.append(_Slot(unit, side, want, place, sign * far_t, lines[unit.place], bends))
    if fit.share < 1:
        slots = _some_named(slots, fit.pitch)
    return slots, (far_t + high_far if far else near_t + high) + 4


def _lines(unit: Unit, columns: int, more: int = SHORT) -> tuple[str, ...]:
    """A name in lines of so many narrow letters, the last of a few more; how far it is stays in one piece."""
    *lines, last = wrap(unit.name, columns)
    if lines and text_columns(last) <= more:
        lines, last = lines[:-1], f"{lines[-1]}{'' if HAN.match(last) else ' '}{last}"
    if not unit.inland:
        return (*lines, last)
    joined = f"{last} · {unit.inland}"
    return (*lines, joined) if text_columns(joined) <= columns else (*lines, last, unit.inland)


def _some_named(slots: list[_Slot], pitch: float) -> list[_Slot]:
    """The slots of one side, names only where the one before leaves room."""
    free: dict[float, float] = {}
    found = []
    for one in slots:
        need = pitch * len(one.lines)
        named = need and one.s - need / 2 >= free.get(one.t, 0)
        if named:
            free[one.t] = one.s + need / 2
        found.append(one if named else replace(one, lines=()))
    return found


def _outward(slot: _Slot, more: float) -> _Slot:
    sign = SIDES[slot.side]
    bends = tuple((s, t + sign * more) for s, t in slot.bends)
    return replace(slot, t=slot.t + sign * more, bends=bends)


def _slanted(slot: _Slot, plane: _Plane, fit: _Fit) -> list[Label]:
    """The lines of a name that leans outward from its mark."""
    sign, text, (cosine, sine) = SIDES[slot.side], fit.text, fit.lean
    ahead, aside = (cosine, sign * sine), (-sign * sine, cosine)
    found = []
    for number, line in enumerate(slot.lines):
        off = (number - (len(slot.lines) - 1) / 2) * text * LEADING
        s = slot.s + ahead[0] * NAME + aside[0] * off
        t = slot.t + ahead[1] * NAME + aside[1] * off
        label = Label(line, plane.at(s, t), text, False, _ink(slot), anchor="start", angle=sign * fit.slant, of=slot.unit.of)  # fmt: skip
        found.append(label)
    return found


def _ink(slot: _Slot) -> str:
    return FAINT if slot.unit.ended else INK


def _drawing(
    content: Content, plane: _Plane, slots: list[_Slot], labels: list[Label], outer: dict[str, float], size: tuple[float, float], text: float, titles: dict[str, str], spare: float
) -> Drawing:  # fmt: skip
    rail = (PHONE_LINK if plane.turned else LINK) / 2 + min(spare, LINK / 2)
    layers: dict[str, list[Area | Path]] = {
        "bands": _bands(content, plane, outer, rail),
        "leaders": [_leader(one, plane, rail) for one in slots],
        "communes": [cell for name, one in content.communes for cell in _cells(name, one, plane)],
        "border": [
            Path(_kilometres_of(content), [plane.at(PAD, 0), plane.at(plane.end, 0)], BORDER, 2.6),
            *_ticks(content, plane),
        ],
    }
    band_names = _band_names(content, plane, outer, text)
    scale, numbers = _kilometres(content, plane, size, text)
    layers["kilometres"] = scale
    wants = {(one.side, one.unit.place): one.wants for one in slots}
    ties = []
    for tie in content.ties:
        style = LEVEL_STYLES[tie.level]
        points = _bent(wants["cn", tie.cn], wants["vn", tie.vn], rail, plane)
        ties.append(
            Path(titles[tie.twinning], points, style["color"], min(style["weight"], 2.5), 2, of=(tie.twinning,))
        )
    return Drawing(
        *size,
        layers,
        ties,
        [Mark(one.unit.name, plane.at(one.s, one.t), one.unit.level, one.unit.ended, one.unit.of) for one in slots],
        [*labels, *band_names, *numbers],
        [level for level in LEVEL_STYLES if any(tie.level == level for tie in content.ties)],
        list(dict.fromkeys(tie.twinning for tie in content.ties)),
        [one.twinning for one in content.beyond],
        any(one.unit.ended for one in slots),
        100 / (plane.end - PAD) * (content.section[1] - content.section[0]),
        schematic=True,
    )


def _kilometres_of(content: Content) -> str:
    return "{:.0f}–{:.0f} km".format(*content.section)


def _bent(start: float, end: float, rail: float, plane: _Plane) -> list[Point]:
    """A cubic curve across the border that leaves both sides upright."""
    return [plane.at(*one) for one in ((start, -rail), (start, 0), (end, 0), (end, rail))]


def _leader(slot: _Slot, plane: _Plane, rail: float) -> Path:
    points = [(slot.wants, SIDES[slot.side] * rail), *slot.bends, (slot.s, slot.t)]
    return Path(
        slot.unit.name, [plane.at(*one) for one in points], LEVEL_COLOURS[slot.unit.level], 0.7, of=slot.unit.of
    )


def _bands(content: Content, plane: _Plane, outer: dict[str, float], rail: float) -> list[Area | Path]:
    """The units that share the border: as bands at the edges, and as tints beside the line."""
    found: list[Area | Path] = []
    for side, sign in SIDES.items():
        for number, (name, band) in enumerate(content.bands[side]):
            ends = plane.along(band.start), plane.along(band.end)
            tint = TINTS[side][number % 2]
            for t in ((sign * outer[side], sign * (outer[side] + BAND)), (0, sign * rail)):
                found.append(plane.area(name, ends, t, tint, WHITE))
    return found


def _band_names(content: Content, plane: _Plane, outer: dict[str, float], text: float) -> list[Label]:
    found = []
    for side, sign in SIDES.items():
        names = [name for name, _ in content.bands[side]]
        middles = [(plane.along(band.start) + plane.along(band.end)) / 2 for _, band in content.bands[side]]
        sizes = [width(name, text) + 10 for name in names]
        places = spread(middles, sizes, sizes[0] / 2 if sizes else 0, [plane.length - one / 2 for one in sizes])
        for name, s in zip(names, places or ()):
            at = plane.at(s, sign * (outer[side] + BAND / 2))
            found.append(Label(name, at, text, False, INK, angle=90 if plane.turned else 0))
    return found


def _cells(name: str, commune: Commune, plane: _Plane) -> list[Area]:
    """The stretches of a border commune, filled where it is twinned, pale where only a village in it is."""
    fill = CELLS[commune.twinning]
    cells = []
    for start, end in commune.stretches:
        ends = plane.along(start), plane.along(end)
        if ends[1] - ends[0] < 3:
            middle = math.fsum(ends) / 2
            ends = middle - 1.5, middle + 1.5
        cells.append(plane.area(name, ends, CELL, fill, FAINT, commune.twinnings))
    return cells


def _ticks(content: Content, plane: _Plane) -> list[Path]:
    return [
        Path(name, [plane.at(plane.along(km), -9), plane.at(plane.along(km), -1)], INK, 2) for name, km in content.gates
    ]


def _kilometres(
    content: Content, plane: _Plane, size: tuple[float, float], text: float
) -> tuple[list[Area | Path], list[Label]]:
    """A scale at the lower edge; turned, beside the line."""
    start, end = content.section
    least = (end - start) * text * NUMBER / (plane.end - PAD)
    power = 10 ** math.floor(math.log10(least))
    step = next(one * power for one in (1, 2, 5, 10) if one * power >= least)
    ticks: list[Area | Path] = []
    numbers = []
    for number in range(math.ceil(start / step), math.floor(end / step) + 1):
        s, said = plane.along(number * step), f"{number * step:g} km"
        if plane.turned:
            ticks.append(Path(said, [plane.at(s, -PHONE_LINK / 2), plane.at(s, PHONE_LINK / 2)], LINE, 0.7))
            numbers.append(Label(said, plane.at(max(s - 8, 8), 0), 12, False, FAINT))
            continue
        bottom = size[1] - _axis(text)
        ticks.append(Path(said, [(round(s, 1), round(bottom, 1)), (round(s, 1), round(bottom + 4, 1))], FAINT, 1))
        half = width(said, text - 1) / 2
        x = min(max(s, half + 1), plane.length - half - 1)
        numbers.append(Label(said, (round(x, 1), round(bottom + _axis(text) / 2 + 2, 1)), text - 1, False, FAINT))
    return ticks, numbers
