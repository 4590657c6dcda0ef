"""How much work the outlines of a survey make, counted before any of it is done."""

import numpy as np
import shapely

MOST_POINTS = 500_000  # of a file; a hundred communes at a scale of 1:10,000
# Pairs of lines that lie near each other: those of a real survey meet about ten others each. Every step after this
# one looks at all pairs, and mending looks at pairs of pairs.
MOST_NEAR, NEAR_ANYWAY = 50, 100_000
MOST_CROSSINGS = 1_000  # of an outline with itself
AT_ONCE = 5_000_000  # pairs in memory


def finite(geometries: np.ndarray) -> np.ndarray:
    """Whether all coordinates of each geometry are numbers."""
    points, owners = shapely.get_coordinates(geometries, return_index=True)
    return np.bincount(owners[~np.isfinite(points).all(axis=1)], minlength=len(geometries)) == 0


class Outlines:
    """Every line of some areas, from corner to corner.

    areas: polygons and multipolygons with finite coordinates, any number of them.
    """

    def __init__(self, areas: np.ndarray):
        rings, of_area = shapely.get_rings(areas, return_index=True)
        points, of_ring = shapely.get_coordinates(rings, return_index=True)
        joined = of_ring[:-1] == of_ring[1:]
        self.lines = np.asarray(shapely.linestrings(np.stack([points[:-1][joined], points[1:][joined]], axis=1)))
        self.owners = of_area[of_ring[:-1][joined]]
        self.tree = shapely.STRtree(self.lines)

    def tangled(self) -> int | None:
        """The first area (counted from 0) whose lines lie near too many others, None where all is well."""
        step = max(1, AT_ONCE // max(1, len(self.lines)))
        near = np.zeros(self.owners.max(initial=-1) + 1, dtype=int)
        most = MOST_NEAR * np.bincount(self.owners) + NEAR_ANYWAY
        for start in range(0, len(self.lines), step):
            found = self.tree.query(self.lines[start : start + step])[0]
            near += np.bincount(self.owners[start + found], minlength=len(near))
            if (near > most).any():
                return int((near > most).argmax())
        return None

    def crossings(self, area: int) -> int:
        """How often the outline of an area that is not tangled crosses itself."""
        lines = self.lines[self.owners == area]
        return shapely.STRtree(lines).query(lines, predicate="crosses").shape[1] // 2
