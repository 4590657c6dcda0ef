"""Twinnings as curves on a map: their geometry, and the folium map that shows a selection of them."""

import math

BOW = 0.14  # height of a curve's control point over the straight line, as a share of its length


def link(points: list[list[tuple]], bow: dict[tuple, int]) -> dict:
    hubs = [tuple(sum(values) / len(side) for values in zip(*side)) for side in points]
    key = tuple(round(value, 2) for hub in hubs for value in hub)
    bow[key] = bow.get(key, 0) + 1
    spokes = [[hub, point] for hub, side in zip(hubs, points) if len(side) > 1 for point in side]
    return {"curve": rounded(curve(*hubs, bend=bow[key])), "spokes": [rounded(spoke) for spoke in spokes]}


def curve(start: tuple[float, float], end: tuple[float, float], bend: int = 1) -> list[tuple[float, float]]:
    """The three points of a quadratic Bézier curve between two positions (latitude, longitude in degrees).

    :param bend: 1, 2, 3 ... for the links that share both ends, so that they fan out instead of hiding each other.
    """
    squeeze = math.cos(math.radians((start[0] + end[0]) / 2))
    dy, dx = end[0] - start[0], (end[1] - start[1]) * squeeze
    height = BOW * (bend + 1) / 2 * (-1) ** (bend + 1)
    middle = ((start[0] + end[0]) / 2 + dx * height, (start[1] + end[1]) / 2 - dy * height / squeeze)
    return [start, middle, end]


def bezier(points: list[tuple[float, float]], steps: int = 24) -> list[tuple[float, float]]:
    """A quadratic Bézier curve as ``steps + 1`` positions."""
    start, control, end = points
    shares = [step / steps for step in range(steps + 1)]
    return [
        tuple((1 - t) ** 2 * a + 2 * t * (1 - t) * c + t * t * b for a, c, b in zip(start, control, end))
        for t in shares
    ]


def rounded(points) -> list[list[float]]:
    return [[round(value, 4) for value in point] for point in points]
