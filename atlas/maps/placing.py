"""Where names stand beside their marks on a map, so that as many as possible have room."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import shapely

from atlas.look.text import breadth

BESIDE = 8  # pixels from the middle of a mark to its name
LINE = 1.1  # of its size lies a line below the one before
MOST = 250  # names for which room is sought at once; where there are more, few have any
TWO_LINES = 0.5  # what a name in two lines costs, in names that it leaves without room
MISTAKEN = 0.6  # what each other mark costs that it stands beside as if it were that one's
CROSSED = 0.15  # what each line that it covers costs
COMPLETES, ALONE = 3, 0.3  # what a name is worth that completes a tie, or whose tie stays without the other
FARTHER = 0.03  # and each place after the one that it would like best

Point = tuple[float, float]
Anchor = Literal["start", "middle", "end"]
Box = tuple[float, float, float, float]
Tie = tuple[list[int], list[int]]


@dataclass(frozen=True)
class Wanted:
    """A name of some pixels that wants to stand at a point; ``forms``: the lines it may be written in, the best first."""

    forms: tuple[tuple[str, ...], ...]
    at: Point
    size: float


@dataclass(frozen=True)
class Spot:
    """A place for a name: its lines, their start, middle or end (``anchor``), and the box that they take."""

    lines: tuple[str, ...]
    at: Point
    anchor: Anchor
    box: Box
    cost: float

    def each(self, size: float) -> Iterator[tuple[str, Point]]:
        """Every line and where it stands."""
        x, y = self.at
        for number, line in enumerate(self.lines):
            yield line, (x, y + (number - (len(self.lines) - 1) / 2) * size * LINE)


def spots(wanted: Wanted) -> Iterator[Spot]:
    """Where a name may stand, the best first: right and left of its mark, below and above, at the corners."""
    (x, y), size = wanted.at, wanted.size
    for number, lines in enumerate(wanted.forms):
        half = max(breadth(line, size) for line in lines) / 2
        high = size * (0.6 + LINE / 2 * (len(lines) - 1))
        beside, below, slid = half + BESIDE + 1, high + BESIDE - 2, half * 0.6
        around = (
            (beside, 0), (-beside, 0), (0, below), (0, -below), (beside - 3, high * 0.6), (beside - 3, -high * 0.6),
            (3 - beside, high * 0.6), (3 - beside, -high * 0.6), (slid, below), (-slid, below), (slid, -below),
            (-slid, -below), (half, below), (-half, below), (half, -below), (-half, -below),
        )  # fmt: skip
        for rank, (right, down) in enumerate(around):
            middle = (round(x + right, 1), round(y + down, 1))
            # what begins or ends at its mark does so whatever its face makes of its width
            anchor: Anchor = "middle" if abs(right) <= half else "start" if right > 0 else "end"
            end = {"start": -half, "middle": 0, "end": half}[anchor]
            box = (middle[0] - half - 1, middle[1] - high, middle[0] + half + 1, middle[1] + high)
            yield Spot(lines, (round(middle[0] + end, 1), middle[1]), anchor, box, rank * FARTHER + number * TWO_LINES)


def place(
    wanted: Sequence[Wanted],
    taken: list[Box],
    lines: Sequence[Sequence[Point]],
    frame: Point,
    ties: Sequence[Tie] = (),
) -> list[Spot | None]:
    """A spot for every name, None for one without room: first always the one that leaves the most room to the others.

    :param ties: numbers of names that belong together, by side: a name is worth more where the other side has one.
    :param taken: boxes in which nothing may stand; those of the names are added.
    :param lines: what a name should rather not cover, as points in pixels.
    :param frame: width and height in pixels, out of which no name goes.
    """
    found: list[Spot | None] = []
    for start in range(0, len(wanted), MOST):
        numbers = range(start, min(start + MOST, len(wanted)))
        within = [tuple([one - start for one in side if one in numbers] for side in tie) for tie in ties]
        here = [(vn, cn) for vn, cn in within if vn or cn]
        found += _placed(wanted[start : numbers.stop], taken, lines, frame, here)
    return found


def _placed(
    wanted: Sequence[Wanted], taken: list[Box], lines: Sequence[Sequence[Point]], frame: Point, ties: Sequence[Tie]
) -> list[Spot | None]:
    found: list[Spot | None] = [None] * len(wanted)
    offered = list(_offered(wanted, taken, frame))
    if not offered:
        return found
    owner = np.array([number for number, _ in offered])
    areas = shapely.box(*np.array([spot.box for _, spot in offered]).T)
    points = shapely.points([one.at for one in wanted])
    cost = np.array([spot.cost for _, spot in offered])
    cost += CROSSED * _covered(areas, lines) + MISTAKEN * _beside_others(areas, owner, points)
    free = np.ones(len(offered), bool)
    one, other = _pairs(areas, areas)
    different = owner[one] != owner[other]
    one, other = one[different], other[different]
    while free.any():
        left = np.bincount(owner[free], minlength=len(wanted))
        worth = _worth(ties, [spot is not None for spot in found], left > 0)
        harm = np.bincount(one, (worth / np.maximum(left, 1))[owner[other]], len(offered))
        best = int(np.argmin(np.where(free, harm + cost, np.inf)))
        found[owner[best]] = offered[best][1]
        taken.append(offered[best][1].box)
        free[owner == owner[best]] = False
        free[other[one == best]] = False
        still = free[one] & free[other]
        one, other = one[still], other[still]
    return found


def _offered(wanted: Sequence[Wanted], taken: list[Box], frame: Point) -> Iterator[tuple[int, Spot]]:
    """The numbers of names with each of their spots that is in the frame and free."""
    blocked = shapely.STRtree([shapely.box(*one) for one in taken])
    for number, one in enumerate(wanted):
        within = [spot for spot in spots(one) if _within(spot.box, frame)]
        touching = blocked.query([shapely.box(*spot.box) for spot in within], "intersects")[0] if within else ()
        busy = set(touching)
        yield from ((number, spot) for place, spot in enumerate(within) if place not in busy)


def _worth(ties: Sequence[Tie], named: Sequence[bool], can_be: np.ndarray) -> np.ndarray:
    """What each name is worth: most where it completes a tie, least where its tie can no longer be named at both ends."""
    worth = np.ones(len(named)) if not ties else np.full(len(named), ALONE)
    for side, other in (pair for tie in ties for pair in (tie, tie[::-1])):
        other_named, named_already = (any(named[one] for one in ends) for ends in (other, side))
        lost = not other_named and not any(can_be[one] for one in other)
        value = COMPLETES if other_named and not named_already else ALONE if lost else 1
        for one in side:
            worth[one] = max(worth[one], value)
    return worth


def _within(box: Box, frame: Point) -> bool:
    return box[0] >= 2 and box[1] >= 2 and box[2] <= frame[0] - 2 and box[3] <= frame[1] - 2


def _covered(areas: np.ndarray, lines: Sequence[Sequence[Point]]) -> np.ndarray:
    drawn = np.array([shapely.LineString(line) for line in lines])
    return np.bincount(_pairs(areas, drawn)[0], minlength=len(areas))


def _beside_others(areas: np.ndarray, owner: np.ndarray, points: np.ndarray) -> np.ndarray:
    """How many marks of other names are nearly as close as a name is to its own."""
    area, point = shapely.STRtree(points).query(areas, predicate="dwithin", distance=1.5 * BESIDE)
    apart = shapely.distance(points[owner[area]], points[point]) > 0
    return np.bincount(area[apart], minlength=len(areas))


def _pairs(some: np.ndarray, others: np.ndarray) -> np.ndarray:
    """The numbers of those that touch each other."""
    return shapely.STRtree(others).query(some, predicate="intersects")
