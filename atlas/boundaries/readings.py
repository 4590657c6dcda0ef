"""What the coordinates of a survey may be, other than what its file declares.

Sources: VN-2000 and the older systems with their zones as the EPSG dataset has them (its shift of seven
parameters makes about a metre). GCJ-02 and BD-09 are not published by those who make them: the formulas are those
found by comparison, as github.com/googollee/eviltransform has them.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, partial

import numpy as np
import pyproj

from atlas.records.said import Said, said

WGS_84, VN_2000 = pyproj.CRS(4326), pyproj.CRS(4756)
VN_2000_UTM = (3405, 3406)
# TM-3 zones from 102° to 108°30′ E, which the provinces of the north and their neighbours use
VN_2000_TM_3 = (5896, 5897, 5898, 5899, *range(9205, 9217), 9217, 9218)
OTHERS = (
    32648,
    32649,
    3148,
    3149,
    2044,
    2045,
)  # WGS-84, Indian 1960 (UTM) and Hanoi 1972 (Gauss-Krüger), zones 48 and 49
FALSE_EASTING = 500_000  # metres

KRASSOVSKY, ECCENTRICITY_2 = 6378245.0, 0.00669342162296594323

Points = np.ndarray


@dataclass(frozen=True)
class Reading:
    """One way to read coordinates.

    name: what they are then; remedy: what to do.
    written: which coordinates (n, 2; east or longitude first) such a file has for points in WGS-84 (longitude, latitude).
    """

    name: Said
    remedy: Said
    written: Callable[[Points], Points]


def declared(crs: pyproj.CRS) -> Reading:
    """As the file declares them."""
    return Reading(said("what is declared"), said(""), _projection(crs))


def readings(crs: pyproj.CRS, degrees: bool) -> Iterator[Reading]:
    """All other ways, the likelier ones first.

    crs: what the file declares.
    degrees: whether its numbers are degrees; else they are metres.
    """
    if degrees:
        yield _as(VN_2000)
        yield _as(WGS_84)
        yield from _moved(lambda points: points)
        return
    for code in (*VN_2000_UTM, *VN_2000_TM_3):
        yield _as(pyproj.CRS(code))
    for code in OTHERS:
        yield _as(pyproj.CRS(code))
    for code in (*VN_2000_UTM, *VN_2000_TM_3):
        yield _without_false_easting(pyproj.CRS(code))
    for code in VN_2000_TM_3:
        yield _without_datum(pyproj.CRS(code))
    if crs.is_projected:
        yield _unshifted(crs)
        yield from _moved(_projection(crs))


def _as(crs: pyproj.CRS) -> Reading:
    code = f"EPSG:{crs.to_epsg()}"
    return Reading(said(f"{crs.name} ({code})"), said("declare that, or add --crs {code}", code=code), _projection(crs))


def _without_false_easting(crs: pyproj.CRS) -> Reading:
    project = _projection(crs)
    return Reading(
        said("{crs} without its false easting of {m:,} m", crs=crs.name, m=FALSE_EASTING),
        said("add {m:,} m to the eastings and declare {code}", m=FALSE_EASTING, code=f"EPSG:{crs.to_epsg()}"),
        lambda points: project(points) - (FALSE_EASTING, 0),
    )


def _without_datum(crs: pyproj.CRS) -> Reading:
    """WGS-84 in a zone of VN-2000, as receivers give it that know the projection and not the datum."""
    project = _projection(crs, VN_2000)
    name = said("WGS-84 in the projection of {crs}", crs=crs.name)
    remedy = said(
        "declare that projection with the datum WGS-84 (central meridian {meridian:g}°, scale 0.9999)",
        meridian=_meridian(crs),
    )
    return Reading(name, remedy, project)


def _unshifted(crs: pyproj.CRS) -> Reading:
    """VN-2000 in the projection that is declared, which has another datum or none."""
    project, datum = _projection(crs), _projection(VN_2000)
    return Reading(
        said("VN-2000 without the shift of its datum"),
        said("declare the projection with the datum VN-2000 (EPSG:4756)"),
        lambda points: project(datum(points)),
    )


def _moved(project: Callable[[Points], Points]) -> Iterator[Reading]:
    for name, move in (("GCJ-02", gcj_02), ("BD-09", bd_09)):
        yield Reading(
            said("{name}, the shifted coordinates of Chinese web maps", name=name),
            said("take the survey itself, not what was drawn on such a map, or convert it to WGS-84"),
            partial(_moved_points, move, project),
        )
    yield Reading(
        said("WGS-84 that was converted as if it had been GCJ-02"),
        said("take the file as it was before the conversion"),
        lambda points: project(2 * points - gcj_02(points)),
    )


def _moved_points(move: Callable[[Points], Points], project: Callable[[Points], Points], points: Points) -> Points:
    return project(move(points))


@cache
def _transformer(known: pyproj.CRS, crs: pyproj.CRS) -> pyproj.Transformer:
    return pyproj.Transformer.from_crs(known, crs, always_xy=True)


def _projection(crs: pyproj.CRS, known: pyproj.CRS = WGS_84) -> Callable[[Points], Points]:
    return lambda points: np.column_stack(_transformer(known, crs).transform(*points.T))


def _meridian(crs: pyproj.CRS) -> float:
    parameters = crs.coordinate_operation.params if crs.coordinate_operation else []
    return next(float(one.value) for one in parameters if one.name == "Longitude of natural origin")


def gcj_02(points: Points) -> Points:
    """WGS-84 (longitude, latitude) as Chinese web maps show it, some 300 to 700 m off; valid around China and Vietnam."""
    x, y = (points - (105.0, 35.0)).T
    waves = (20 * np.sin(6 * x * np.pi) + 20 * np.sin(2 * x * np.pi)) * 2 / 3
    north = -100 + 2 * x + 3 * y + 0.2 * y**2 + 0.1 * x * y + 0.2 * np.sqrt(np.abs(x)) + waves
    north += (20 * np.sin(y * np.pi) + 40 * np.sin(y / 3 * np.pi)) * 2 / 3
    north += (160 * np.sin(y / 12 * np.pi) + 320 * np.sin(y / 30 * np.pi)) * 2 / 3
    east = 300 + x + 2 * y + 0.1 * x**2 + 0.1 * x * y + 0.1 * np.sqrt(np.abs(x)) + waves
    east += (20 * np.sin(x * np.pi) + 40 * np.sin(x / 3 * np.pi)) * 2 / 3
    east += (150 * np.sin(x / 12 * np.pi) + 300 * np.sin(x / 30 * np.pi)) * 2 / 3
    latitude = np.radians(points[:, 1])
    curved = 1 - ECCENTRICITY_2 * np.sin(latitude) ** 2
    meridian = KRASSOVSKY * (1 - ECCENTRICITY_2) / curved**1.5
    parallel = KRASSOVSKY / np.sqrt(curved) * np.cos(latitude)
    return points + np.degrees(np.column_stack([east / parallel, north / meridian]))


def bd_09(points: Points) -> Points:
    """WGS-84 (longitude, latitude) as the maps of Baidu show it."""
    x, y = gcj_02(points).T
    turn = np.pi * 3000 / 180
    radius = np.hypot(x, y) + 0.00002 * np.sin(y * turn)
    angle = np.arctan2(y, x) + 0.000003 * np.cos(x * turn)
    return np.column_stack([radius * np.cos(angle) + 0.0065, radius * np.sin(angle) + 0.006])
