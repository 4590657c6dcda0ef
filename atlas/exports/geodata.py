"""Twinnings as lines and places as points, for maps of others, and both as GeoJSON (WGS-84)."""

import json
import math
from datetime import date

import geopandas as gpd
import pandas as pd
from shapely import LineString, Point

from atlas import LANGUAGES
from atlas.exports.about import about
from atlas.exports.rows import day, selected
from atlas.model.atlas import Atlas
from atlas.model.selection import Selection
from atlas.model.standing import first_end
from atlas.words import naming
from atlas.words.translator import Translator

CRS = "EPSG:4326"
DECIMALS = 5


def layers(atlas: Atlas, selection: Selection | None) -> dict[str, gpd.GeoDataFrame]:
    """Layers ``twinnings`` and ``places`` with the schema's columns, lists joined by semicolons.

    A twinning is a straight line between the centres of its sides and has further columns: ``title_vi``, ``title_zh``,
    ``title_en``, ``vn_places``, ``cn_places``, and ``ended``, the last day of the first of its units to end by the day
    of the export. What has no known position has no geometry.
    """
    rows = selected(atlas, selection)
    on = day(atlas, selection)
    twinnings, places = rows["twinnings"].copy(), rows["places"].copy()
    linked = atlas.twinnings.loc[twinnings.index]
    for language in LANGUAGES:
        twinnings[f"title_{language}"] = [naming.title(atlas, row, language) for row in linked.to_dict("records")]
    twinnings["vn_places"], twinnings["cn_places"] = linked["vn"], linked["cn"]
    twinnings["ended"] = [first_end(atlas, row, date.fromisoformat(on)) for row in linked.to_dict("records")]
    lines = [_line(atlas, vn, cn) for vn, cn in zip(linked["vn"], linked["cn"])]
    points = [Point(lon, lat) if lat == lat else None for lat, lon in zip(places["lat"], places["lon"])]
    return {
        name: gpd.GeoDataFrame(flat(frame), geometry=geometry, crs=CRS)
        for name, frame, geometry in (("twinnings", twinnings, lines), ("places", places, points))
    }


def _line(atlas: Atlas, *sides: tuple[str, ...]) -> LineString | None:
    positions = [[position for place in side if (position := atlas.places.position(place))] for side in sides]
    if not all(positions):
        return None
    centres = [tuple(round(math.fsum(values) / len(side), DECIMALS) for values in zip(*side)) for side in positions]
    return LineString([(lon, lat) for lat, lon in centres])


def flat(frame: pd.DataFrame) -> pd.DataFrame:
    """Rows with lists joined by semicolons, numbered from 0."""
    return frame.map(lambda value: ";".join(value) if isinstance(value, tuple) else value).reset_index(drop=True)


def geojson(atlas: Atlas, selection: Selection | None, translate: Translator) -> bytes:
    """Twinnings and places as one FeatureCollection (RFC 7946); property ``layer`` tells them apart, ``about`` beside the features what the file is."""
    features = []
    for name, frame in layers(atlas, selection).items():
        for feature in frame.assign(layer=name).to_geo_dict(na="drop", drop_id=True)["features"]:
            features.append({"type": "Feature", "properties": feature["properties"], "geometry": feature["geometry"]})
    sources = selected(atlas, selection)["sources"]
    content = {
        "type": "FeatureCollection",
        "about": dict(about(atlas, selection, translate)),
        "features": features,
        "sources": [
            {name: value for name, value in row.items() if value is not None} for row in sources.to_dict("records")
        ],
    }
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()
