"""Names of towns and rivers on a drawn map, for orientation: only where nothing else stands."""

import math
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise

from atlas.look.text import breadth

Point = tuple[float, float]
Box = tuple[float, float, float, float]

DOT = 4  # pixels from the middle of a town's dot that stay free


def towns(
    found: Iterable[tuple[str, Point]], said: set[str], room: Callable[[Box], bool], size: float
) -> Iterator[tuple[str | None, Point, Point]]:
    """For each town with room its name, the middle of that, and where it lies; no name where a unit bears it already.

    :param found: names and positions.
    :param said: the names that stand on the map; those of towns are added.
    :param room: whether a box is free; one that is stays taken.
    """
    for text, (x, y) in found:
        beside, below = breadth(text, size) / 2 + DOT + 2, size * 0.6 + DOT
        dot = (x - DOT, y - DOT, x + DOT, y + DOT)
        spots = ((x + beside, y), (x - beside, y), (x, y + below), (x, y - below))
        if text in said:
            if room(dot):
                yield None, (x, y), (x, y)
        elif room(dot) and (spot := _free(text, spots, room, size)):
            said.add(text)
            yield text, spot, (x, y)


def rivers(
    stretches: Iterable[tuple[str, list[Point]]], said: set[str], room: Callable[[Box], bool], size: float
) -> Iterator[tuple[str, Point]]:
    """Each river once: its name and the middle of that, by the longest of its stretches that is longer than its name.

    Parameters as of :func:`towns`; ``stretches``: names and points.
    """
    for text, points in sorted(stretches, key=lambda one: -_length(one[1])):
        if text in said or _length(points) < 1.3 * breadth(text, size):
            continue
        middle = (len(points) - 1) / 2
        for _, (x, y) in sorted(enumerate(points), key=lambda one: abs(one[0] - middle)):
            if spot := _free(text, ((x, y - size * 0.8), (x, y + size * 0.8)), room, size):
                said.add(text)
                yield text, spot
                break


def _free(text: str, spots: Iterable[Point], room: Callable[[Box], bool], size: float) -> Point | None:
    half = breadth(text, size) / 2 + 1
    return next(
        (at for at in spots if room((at[0] - half, at[1] - size * 0.6, at[0] + half, at[1] + size * 0.6))), None
    )


def _length(points: list[Point]) -> float:
    return math.fsum(math.dist(one, other) for one, other in pairwise(points))
