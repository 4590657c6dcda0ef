"""Which section of the map shows some records: one rule for pages, scenes and files to take away.

A section is its south-western and north-eastern corner, [latitude, longitude] in degrees, or empty where nothing has
a position.
"""

import json
from collections.abc import Iterable, Sequence

import numpy as np
import shapely

from atlas.model.atlas import Atlas, cached

NEAR = 0.8  # degrees from the land border
MOSTLY = 0.6  # the share of places near the border from which on only these are framed
REACH = 3.0  # degrees from the land border, to which the cities that most flows lead to lie

Corners = list[list[float]]


@cached(1)
def of_border(atlas: Atlas) -> Corners:
    """The whole land border."""
    return _around(shapely.get_coordinates(_border(atlas))[:, ::-1])


def of_twinnings(atlas: Atlas, twinnings: Iterable[str]) -> Corners:
    """The members of one twinning, or of several as far as :func:`of_results` goes."""
    rows, points, near = _members(atlas)
    among = atlas.among(twinnings)
    chosen = among[rows]
    return _of(points[chosen], near[chosen]) if among.sum() > 1 else _around(points[chosen])


def of_results(atlas: Atlas, points: Sequence[Sequence[float]]) -> Corners:
    """Places at these (latitude, longitude); where most lie near the land border, only those near it."""
    found = np.reshape(points, (-1, 2))
    return _of(found, _within(atlas, found, NEAR))


def of_points(points: Sequence[Sequence[float]]) -> Corners:
    """All places at these (latitude, longitude)."""
    return _around(np.reshape(points, (-1, 2)))


def of_border_and(atlas: Atlas, points: Sequence[Sequence[float]]) -> Corners:
    """The whole land border, and of places at these (latitude, longitude) those within reach of it."""
    found = np.reshape(points, (-1, 2))
    return of_points([*of_border(atlas), *found[_within(atlas, found, REACH)]])


@cached(1)
def _border(atlas: Atlas) -> shapely.Geometry:
    lines = json.loads(atlas.layer("border"))["features"]
    border = shapely.union_all([shapely.geometry.shape(line["geometry"]) for line in lines])
    shapely.prepare(border)
    return border


@cached(1)
def _members(atlas: Atlas) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Of every member with a position: the row of its twinning, the position, and whether it is near the border."""
    found = [
        (row, *position)
        for row, sides in enumerate(zip(atlas.twinnings["vn"], atlas.twinnings["cn"]))
        for places in sides
        for place in places
        if (position := atlas.places.position(place))
    ]
    rows, lats, lons = np.array(found).reshape(-1, 3).T
    points = np.column_stack([lats, lons])
    return rows.astype(int), points, _within(atlas, points, NEAR)


def _within(atlas: Atlas, points: np.ndarray, degrees: float) -> np.ndarray:
    return shapely.dwithin(_border(atlas), shapely.points(points[:, ::-1]), degrees)


def _of(points: np.ndarray, near: np.ndarray) -> Corners:
    return _around(points[near] if len(points) and near.mean() >= MOSTLY else points)


def _around(points: np.ndarray) -> Corners:
    return [points.min(axis=0).round(4).tolist(), points.max(axis=0).round(4).tolist()] if len(points) else []
