"""Areas that share their edges exactly: noding on a grid, and simplifying them together."""

import geopandas as gpd
import shapely

GRID = 1e-4  # degrees: about ten metres, and the four decimals that the files hold
TOLERANCE = 0.0015  # degrees; the square of it is the area up to which a corner is dropped


def noded(areas: gpd.GeoSeries) -> gpd.GeoSeries:
    """The same areas, indexed by id, with edges that coincide vertex for vertex.

    The edges of all areas are snapped to GRID and noded together; each face that they
    enclose goes to the area that its inner point lies in, or to the nearest one where
    snapping opened a sliver. Faces away from every area (enclosed sea) are dropped.
    """
    edges = shapely.union_all(areas.boundary.values, grid_size=GRID)
    faces = gpd.GeoSeries(shapely.get_parts(shapely.polygonize([edges])))
    inner = gpd.GeoDataFrame(geometry=shapely.point_on_surface(faces.to_numpy()))
    owners = gpd.sjoin_nearest(
        inner, gpd.GeoDataFrame({"id": areas.index}, geometry=areas.to_numpy()), max_distance=10 * GRID
    )
    owners = owners[~owners.index.duplicated()]
    owned = gpd.GeoDataFrame({"id": owners["id"]}, geometry=faces[owners.index], crs=areas.crs)
    return owned.dissolve("id", method="coverage").geometry


def simplify(areas: gpd.GeoSeries) -> gpd.GeoSeries:
    """`areas` of a coverage with fewer vertices; shared edges stay shared."""
    return gpd.GeoSeries(shapely.coverage_simplify(areas.values, TOLERANCE), index=areas.index, crs=areas.crs)
