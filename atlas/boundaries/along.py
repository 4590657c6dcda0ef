"""Kilometres along the land border: where places stand on it, and where units touch it.

Linear referencing in UTM zone 48N, the zone in and beside which the border lies: a place stands where the border is
nearest to it (a point's distance along a line: OGC 06-103r4, as GEOS and shapely measure it).
"""

import json
from collections.abc import Mapping
from typing import Any

import geopandas as gpd
import numpy as np
import shapely

from atlas.boundaries.border import to_metres

# areas that the border passes: both periods of Vietnamese units
AREAS = (
    "cn-provinces", "cn-prefectures", "cn-counties",
    "vn-provinces-2024", "vn-provinces-2025", "vn-districts-2024", "vn-communes-2024", "vn-communes-2025",
)  # fmt: skip
KM = 1000
GAP_KM = 0.05  # two stretches of a unit that are nearer than this are one: a vertex, not a neighbour, is between


def along(layers: Mapping[str, bytes], positions: Mapping[str, tuple[float, float] | None]) -> dict:
    """Everything by its kilometre, from the tripoint in the west (0) to the sea in the east.

    :param layers: ``layers/<name>.geojson`` by file name, with ``border`` as one line.
    :param positions: latitude and longitude (degrees, WGS-84) of each place, None where it is not known.
    :return: ``length`` of the border; ``places``: id -> [kilometre, kilometres from the border], without those whose
        position is not known; ``units``: id -> [[from, to], …], the stretches on which a unit at the border has it for
        its edge. An area that is only made of points may miss the border which its unit is known to touch: its
        stretch is the one point nearest to it.
    :raises ValueError: the border is not one line.
    """
    line = _line(layers)
    units: dict[str, list] = {}
    for name in AREAS:
        if f"layers/{name}.geojson" in layers:
            units |= _stretches(_layer(layers, name), line)
    return {"length": round(line.length / KM, 1), "places": _nearest(positions, line), "units": units}


def _layer(layers: Mapping[str, bytes], name: str) -> gpd.GeoDataFrame:
    features = json.loads(layers[f"layers/{name}.geojson"])["features"]
    return gpd.GeoDataFrame.from_features(features, crs=4326)


def _line(layers: Mapping[str, bytes]) -> shapely.LineString:
    border = shapely.line_merge(to_metres(_layer(layers, "border").geometry).union_all())
    if border.geom_type != "LineString":
        raise ValueError(f"layers/border.geojson: one line expected, {len(border.geoms)} found")
    return border if border.coords[0][0] <= border.coords[-1][0] else border.reverse()


def _nearest(positions: Mapping[str, tuple[float, float] | None], line: shapely.LineString) -> dict[str, list[float]]:
    known = {place: position for place, position in positions.items() if position}
    if not known:
        return {}
    points = to_metres(shapely.points([(lon, lat) for lat, lon in known.values()])).values
    found = np.column_stack([shapely.line_locate_point(line, points), shapely.distance(line, points)]) / KM
    return dict(zip(known, found.round(1).tolist()))


def _stretches(layer: gpd.GeoDataFrame, line: shapely.LineString) -> dict[str, list[list[float]]]:
    at_border = layer[layer["border"].eq(True)] if "border" in layer else layer[:0]
    areas = to_metres(at_border.geometry).values
    shared = shapely.line_merge(shapely.intersection(shapely.boundary(areas), line))
    return {unit: _ranges(edge, area, line) for unit, edge, area in zip(at_border["id"], shared, areas)}


def _ranges(edge: Any, area: Any, line: shapely.LineString) -> list[list[float]]:
    pieces = [part for part in shapely.get_parts(edge) if part.length > 0]
    if not pieces:
        nearest = shapely.get_point(shapely.shortest_line(line, area), 0)
        at = round(line.project(nearest) / KM, 1)
        return [[at, at]]
    ends = sorted(sorted(line.project(shapely.Point(part.coords[end])) / KM for end in (0, -1)) for part in pieces)
    merged = [ends[0]]
    for start, end in ends[1:]:
        if start - merged[-1][1] <= GAP_KM:
            merged[-1][1] = max(merged[-1][1], end)
        else:
            merged.append([start, end])
    return [[round(start, 1), round(end, 1)] for start, end in merged]
