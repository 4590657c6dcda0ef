"""Twinnings as curves on a map: their geometry, and the folium map that shows a selection of them."""

import math
from typing import Any

Position = tuple[float, float]  # latitude and longitude in degrees, or x and y

BOW = 0.14  # height of a curve's control point over the straight line, as a share of its length


def link(points: list[list[Position]], bow: dict[tuple, int]) -> dict:
    """The curve between the middles of two sides, and the spokes from there to each place of a side with several.

    :param bow: how many curves there are between two middles so far; counted on, so that they fan out.
    """
    hubs = [_middle(side) for side in points]
    key = tuple(round(value, 2) for hub in hubs for value in hub)
    bow[key] = bow.get(key, 0) + 1
    spokes = [[hub, point] for hub, side in zip(hubs, points) if len(side) > 1 for point in side]
    return {"curve": rounded(curve(hubs[0], hubs[1], bow[key])), "spokes": [rounded(spoke) for spoke in spokes]}


def _middle(points: list[Position]) -> Position:
    # sums of floats differ between releases of Python
    return math.fsum(lat for lat, _ in points) / len(points), math.fsum(lon for _, lon in points) / len(points)


def curve(start: Position, end: Position, bend: int = 1) -> list[Position]:
    """The three points of a quadratic Bézier curve between two positions (latitude, longitude in degrees).

    :param bend: 1, 2, 3 ... for the links that share both ends, so that they fan out instead of hiding each other.
    """
    squeeze = math.cos(math.radians((start[0] + end[0]) / 2))
    dy, dx = end[0] - start[0], (end[1] - start[1]) * squeeze
    height = BOW * (bend + 1) / 2 * (-1) ** (bend + 1)
    middle = ((start[0] + end[0]) / 2 + dx * height, (start[1] + end[1]) / 2 - dy * height / squeeze)
    return [start, middle, end]


def bezier(points: list[Position], steps: int = 24) -> list[Position]:
    """A quadratic Bézier curve as ``steps + 1`` positions."""
    (x0, y0), (x1, y1), (x2, y2) = points
    shares = [step / steps for step in range(steps + 1)]
    weights = [((1 - t) ** 2, 2 * t * (1 - t), t * t) for t in shares]
    return [(a * x0 + b * x1 + c * x2, a * y0 + b * y1 + c * y2) for a, b, c in weights]


def rounded(points: Any) -> list[list[float]]:
    """Positions as the browser gets them: to about ten metres."""
    return [[round(value, 4) for value in point] for point in points]
