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
REACH = 3.0  # degrees from the land border, to which the cities that most flows lead to lie
MOSTLY = 0.6  # the share of results within one of these from which on only they are framed

Corners = list[list[float]]


@cached(1)
def of_border(atlas: Atlas) -> Corners:
    """The whole land border."""
    return _around(shapely.get_coordinates(_border(atlas))[:, ::-1])


def of_twinnings(atlas: Atlas, twinnings: Iterable[str]) -> Corners:
    """The members of one twinning, or of several as far as :func:`of_results` goes.

    A twinning lies as far away as the farthest of its members, so that one that leads far away widens the frame on neither side.
    """
    rows, points, within = _members(atlas)
    among = atlas.among(twinnings)
    chosen = among[rows]
    return _of(points[chosen], within[:, chosen], rows[chosen]) if among.sum() > 1 else _around(points[chosen])


def nearness(atlas: Atlas, twinning: str) -> int:
    """How near the border all members of a twinning lie: 0 within :data:`NEAR`, 1 within :data:`REACH`, else 2."""
    rows, _, within = _members(atlas)
    return int(2 - within[:, atlas.among([twinning])[rows]].all(axis=1).sum())


def of_results(atlas: Atlas, points: Sequence[Sequence[float]]) -> Corners:
    """Places at these (latitude, longitude); where most lie near the land border or within reach of it, only those."""
    found = np.reshape(points, (-1, 2))
    return _of(found, _near(atlas, found), np.arange(len(found)))


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
    """Of every member with a position: the row of its twinning, the position, and how near all members of that are."""
    found = [
        (row, *position)
        for row, sides in enumerate(zip(atlas.twinnings["vn"], atlas.twinnings["cn"]))
        for places in sides
        for place in places
        if (position := atlas.places.position(place))
    ]
    rows, lats, lons = np.array(found).reshape(-1, 3).T
    rows, points = rows.astype(int), np.column_stack([lats, lons])
    within = _near(atlas, points)
    far = [np.isin(rows, rows[~near]) for near in within]
    return rows, points, ~np.array(far)


def _near(atlas: Atlas, points: np.ndarray) -> np.ndarray:
    """For each of the distances whether the points lie within it."""
    return np.array([_within(atlas, points, degrees) for degrees in (NEAR, REACH)])


def _within(atlas: Atlas, points: np.ndarray, degrees: float) -> np.ndarray:
    return shapely.dwithin(_border(atlas), shapely.points(points[:, ::-1]), degrees)


def _of(points: np.ndarray, within: np.ndarray, results: np.ndarray) -> Corners:
    """Of the points of some results, those of the results that most lie as near as, the nearest first; otherwise all."""
    _, first = np.unique(results, return_index=True)
    near = next((near for near in within if len(first) and near[first].mean() >= MOSTLY), np.ones(len(points), bool))
    return _around(points[near])


def _around(points: np.ndarray) -> Corners:
    return [points.min(axis=0).round(4).tolist(), points.max(axis=0).round(4).tolist()] if len(points) else []
