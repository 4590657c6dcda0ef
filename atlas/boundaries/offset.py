"""How far a survey lies off the map's border line, and what its coordinates seem to be where it lies far off.

The border that the units of a survey have on the map is laid against the outline of the survey. The gap is the mean
distance of points along it, the farthest fifth left out: where a unit ends on the border is known to some kilometres only.

Measured on all seven provinces and the 31 districts with 5 km of border or more, four times each; the survey is the map's
line with smooth errors added. With errors of 60 m (standard deviation) none of 28 right surveys of provinces and one of
124 of districts was refused, and VN-2000 without its shift (224 m) was in all but one; with 100 m none and 9 of the right
ones, all but 1 and 12 of the others; with 150 m none and 21, all but 19 and 56. An independent line that is generalised by
some 200 m (Tianditu's) fits no province better than 175 m, and is not refused. A single district may so be refused although
it is right, where the map's line is wrong: hence Given.offset_accepted.
"""

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pyproj
import shapely
from shapely.geometry.base import BaseGeometry

from atlas.boundaries.border import UTM, to_degrees
from atlas.boundaries.readings import WGS_84, Points, Reading, declared, readings

SHIFTED = 120  # metres
FALLS = 0.6  # a shift or another reading makes the gap that much smaller
FITS = 100  # metres; the gap that is left then
SHORTEST = 5_000  # metres of border; less tells nothing
REACH = 500  # metres between the border and the area of a unit that ends at it
MOST = 300  # points along the border
SPACING = 200  # metres between them at least
KEPT = 0.8  # share of the points, the nearest ones
CAP = 500  # metres; a point farther off counts as this
WIDEST, STEP = 1500, 150  # metres: how far a shift is looked for, and how finely at first
FINEST = 5  # metres
AS_GOOD = (1.1, 5.0)  # a smaller shift is preferred whose gap is at most this much larger: a share, and metres
NAMED = (1.25, 10.0)  # the same for a reading that explains the shift
TIED = 3  # metres; of readings that fit equally well the first is the likeliest
LARGEST_DEGREE = 400


@dataclass(frozen=True)
class Offset:
    """Where a survey lies.

    kilometres: length of the border that was looked at.
    gap: metres between it and the survey as it is declared.
    metres: how far it is moved; 0 where nothing says that it is.
    cause: what its coordinates seem to be, None where no known reading makes it fit.
    wholly: whether it fits by that as well as by any shift.
    """

    kilometres: float
    gap: float
    metres: float = 0
    cause: Reading | None = None
    wholly: bool = True


def border_of(homes: gpd.GeoSeries, line: BaseGeometry) -> BaseGeometry | None:
    """The part of the border line that areas end at (all in UTM zone 48N); None where it is too short to tell anything."""
    part = shapely.line_merge(line.intersection(shapely.union_all(homes.values).buffer(REACH)))
    return part if part.length >= SHORTEST else None


def measured(frame: gpd.GeoDataFrame, border: BaseGeometry) -> Offset:
    """Where the areas of a survey lie, in the coordinates and the CRS that its file has.

    border: as :func:`border_of` gives it.
    """
    degrees = np.abs(frame.total_bounds).max() < LARGEST_DEGREE
    points = _along(border)
    outline = _Outline(frame.geometry.values, degrees)
    crs = pyproj.CRS(frame.crs)
    as_declared = declared(crs).written(points) if degrees == crs.is_geographic else np.full_like(points, np.inf)
    gap = outline.gap(as_declared)
    kilometres = border.length / 1000
    if gap <= FITS * FALLS:
        return Offset(kilometres, gap)
    tried = [(outline.gap(one.written(points)), one) for one in readings(crs, degrees)]
    least = min(left for left, _ in tried)
    likely = next(one for left, one in tried if left <= least + TIED)
    moved = outline.between(likely.written(points), as_declared)
    shift, left = outline.best_shift(as_declared)
    explains = moved >= SHIFTED and _better(least, gap)
    if explains and least <= left * NAMED[0] + NAMED[1]:
        return Offset(kilometres, gap, moved, likely)
    moved = float(np.hypot(*shift))
    if moved < SHIFTED or not _better(left, gap):
        return Offset(kilometres, gap)
    return Offset(kilometres, gap, moved, likely if explains else None, wholly=False)


def _better(left: float, gap: float) -> bool:
    return left <= FITS and left <= FALLS * gap


def _along(border: BaseGeometry) -> Points:
    """Points along the border, WGS-84."""
    step = max(SPACING, border.length / MOST)
    at = [
        shapely.line_interpolate_point(part, np.arange(step / 2, max(part.length, step), step))
        for part in shapely.get_parts(border)
    ]
    return shapely.get_coordinates(to_degrees(np.concatenate(at)).values)


class _Outline:
    """The outline of all areas together, in metres: degrees are read as WGS-84 and laid flat, whatever they are."""

    def __init__(self, areas: np.ndarray, degrees: bool):
        outer = shapely.get_rings(shapely.get_parts(shapely.union_all(areas)))
        rings, of_ring = shapely.get_coordinates(outer, return_index=True)
        self.degrees = degrees
        flat = self._flat(rings)
        joined = of_ring[:-1] == of_ring[1:]
        lines = np.asarray(shapely.linestrings(np.stack([flat[:-1][joined], flat[1:][joined]], axis=1)))
        self.tree = shapely.STRtree(lines)

    def gap(self, written: Points) -> float:
        return float(self._gaps(self._flat(written), np.zeros((1, 2)))[0])

    def between(self, one: Points, other: Points) -> float:
        """Metres from one to the other; infinite where they are no coordinates of one kind."""
        apart = np.hypot(*(self._flat(one) - self._flat(other)).T)
        return float(np.median(apart))

    def best_shift(self, written: Points) -> tuple[Points, float]:
        """The smallest shift (metres east, north) that makes about the least gap, and that gap."""
        flat = self._flat(written)
        steps = np.arange(-WIDEST, WIDEST + STEP, STEP)
        tried = np.stack(np.meshgrid(steps, steps), axis=-1).reshape(-1, 2)
        gaps = self._gaps(flat, tried)
        good = tried[gaps <= gaps.min() * AS_GOOD[0] + AS_GOOD[1]]
        at = good[np.argmin(np.hypot(*good.T))]
        step = STEP / 2
        around = np.array([(0, 0), *((x, y) for x in (-1, 0, 1) for y in (-1, 0, 1) if x or y)])
        while step >= FINEST:
            nearest = int(np.argmin(self._gaps(flat, at + step * around)))
            at = at + step * around[nearest]
            step /= 1 if nearest else 2
        return -at, float(self._gaps(flat, at[None])[0])

    def _flat(self, points: Points) -> Points:
        if not self.degrees:
            return points
        east, north = pyproj.Transformer.from_crs(WGS_84, UTM, always_xy=True).transform(*points.T)
        return np.column_stack([east, north])

    def _gaps(self, flat: Points, shifts: Points) -> np.ndarray:
        """The gap for each shift of the border's points."""
        moved = (flat[None] + shifts[:, None]).reshape(-1, 2)
        distances = np.full(len(moved), float(CAP))
        fine = np.isfinite(moved).all(axis=1)
        if fine.any():
            _, found = self.tree.query_nearest(shapely.points(moved[fine]), return_distance=True, all_matches=False)
            distances[fine] = np.minimum(found, CAP)
        nearest = np.sort(distances.reshape(len(shifts), -1), axis=1)
        return nearest[:, : max(1, int(KEPT * len(flat)))].mean(axis=1)
