"""Areas from points: each piece of land belongs to the nearest point (Voronoi cells)."""

import geopandas as gpd
import pandas as pd
import shapely


def nearest_areas(points: gpd.GeoSeries, owners: pd.Series, land: shapely.Geometry) -> gpd.GeoSeries:
    """The part of `land` that is nearest to the points of each owner, indexed by owner.

    `points` (planar coordinates) and `owners` share their index; of points in the same
    place the first counts. An owner to whom nothing of `land` falls is left out.
    """
    points = points[~points.duplicated()]
    owners = owners[points.index]
    if len(points) == 1:
        return gpd.GeoSeries([land], index=[owners.iloc[0]], crs=points.crs)
    cells = shapely.get_parts(
        shapely.voronoi_polygons(shapely.multipoints(points.values), extend_to=shapely.envelope(land), ordered=True)
    )
    areas = gpd.GeoDataFrame({"owner": owners.values}, geometry=cells, crs=points.crs).dissolve("owner")
    areas = areas.geometry.intersection(land)
    return areas[shapely.area(areas.values) > 0]
