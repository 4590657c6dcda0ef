"""Everything for QGIS in one file: twinnings, places, units of both periods, the border, flows and routes, with styles."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import pyogrio
from shapely import LineString
from shapely.geometry import shape

from atlas.exports import qgis
from atlas.exports.about import about
from atlas.exports.geodata import CRS, DECIMALS, flat, layers
from atlas.exports.rows import selected
from atlas.files import temporary_folder
from atlas.model.atlas import Atlas
from atlas.model.selection import Selection
from atlas.words.translator import Translator

# layer -> those of the map with its areas
UNITS = {
    "units_vn_2024": ("vn-provinces-2024", "vn-districts-2024", "vn-communes-2024"),
    "units_vn_2025": ("vn-provinces-2025", "vn-communes-2025"),
    "units_cn": ("cn-provinces", "cn-prefectures", "cn-counties"),
}
GEOMETRY = {
    "twinnings": "LineString",
    "places": "Point",
    **dict.fromkeys(UNITS, "MultiPolygon"),
    "border": "MultiLineString",
    "flows": "LineString",
    "routes": "LineString",
}
OF_UNIT = (
    "id", "kind", "country", "name_vi", "name_zh", "name_zh_basis", "name_pinyin", "name_en", "official_code", "parent",
    "valid_from", "valid_until",
)  # fmt: skip


def gpkg(atlas: Atlas, selection: Selection | None, translate: Translator) -> bytes:
    """Layers and tables of a selection as a GeoPackage (WGS-84) that QGIS shows in the colours of the atlas.

    Layers ``twinnings`` and ``places`` are those of :func:`atlas.exports.geodata.layers`; ``flows`` has a line for each
    figure, origin and destination that have a position, ``routes`` one for each course or visit that went from place to
    place. ``units_vn_2024``, ``units_vn_2025`` and ``units_cn``, approximate
    areas until and since the reform of 1 July 2025, and ``border`` are always whole. Tables ``sources`` and
    ``about``; styles in ``layer_styles``, one a language.
    """
    rows = selected(atlas, selection)
    # otherwise GDAL writes the time of day into the file
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": f"{atlas.version}T00:00:00.000Z"})
    with temporary_folder() as folder:
        path = folder / "atlas.gpkg"
        drawn = layers(atlas, selection) | {
            **{name: _units(atlas, below) for name, below in UNITS.items()},
            "border": _border(atlas),
            "flows": _lines(rows["figures"], _flow_lines(atlas, rows["figures"])),
            "routes": _lines(rows["events"], _route_lines(atlas, rows["events"])),
        }
        for name, frame in drawn.items():
            _write(frame, path, name, geometry_type=GEOMETRY[name], promote_to_multi=GEOMETRY[name].startswith("Multi"))
        statements = pd.DataFrame(about(atlas, selection, translate), columns=["about", "text"])
        _write(rows["sources"].reset_index(drop=True), path, "sources")
        _write(statements, path, "about")
        _write(
            qgis.table(translate.language, qgis.labels(atlas, translate), atlas.version),
            path,
            qgis.TABLE,
            layer_options={"FID": "id"},
        )
        return path.read_bytes()


def _write(frame: pd.DataFrame, path: Path, layer: str, **more: Any) -> None:
    pyogrio.write_dataframe(frame, path, layer=layer, driver="GPKG", append=path.exists(), **more)


def _features(atlas: Atlas, layer: str) -> list[dict]:
    return json.loads(atlas.layer(layer))["features"]


def _units(atlas: Atlas, below: tuple[str, ...]) -> gpd.GeoDataFrame:
    found = [one for layer in below for one in _features(atlas, layer)]
    places = atlas.table("places").loc[[one["properties"]["id"] for one in found], list(OF_UNIT)]
    areas = [shape(one["geometry"]) for one in found]
    marks = {name: [bool(one["properties"].get(name)) for one in found] for name in ("approximate", "border")}
    return gpd.GeoDataFrame(places.reset_index(drop=True).assign(**marks), geometry=areas, crs=CRS)


def _border(atlas: Atlas) -> gpd.GeoDataFrame:
    lines = [shape(one["geometry"]) for one in _features(atlas, "border")]
    return gpd.GeoDataFrame({"id": ["border"] * len(lines)}, geometry=lines, crs=CRS)


def _lines(rows: pd.DataFrame, drawn: Iterator[tuple[str, dict, LineString]]) -> gpd.GeoDataFrame:
    """Rows of a table once for each of their lines, with what else is known of the line."""
    listed = list(drawn)
    frame = flat(rows.loc[[one for one, _, _ in listed]])
    for column in dict.fromkeys(name for _, more, _ in listed for name in more):
        frame[column] = [more[column] for _, more, _ in listed]
    return gpd.GeoDataFrame(frame, geometry=[line for *_, line in listed], crs=CRS)


def _flow_lines(atlas: Atlas, figures: pd.DataFrame) -> Iterator[tuple[str, dict, LineString]]:
    for row in figures.to_dict("records"):
        for origin in row["origin"]:
            for destination in row["destination"]:
                ends = [at for place in (origin, destination) if (at := atlas.places.position(place))]
                if len(set(ends)) == 2:
                    yield row["id"], {"origin": origin, "destination": destination}, _line(ends)


def _route_lines(atlas: Atlas, events: pd.DataFrame) -> Iterator[tuple[str, dict, LineString]]:
    for row in events.to_dict("records"):
        stops = [at for place in row["route"] if (at := atlas.places.position(place))]
        if len(set(stops)) > 1:
            yield row["id"], {}, _line(stops)


def _line(positions: list[tuple[float, float]]) -> LineString:
    return LineString([(round(lon, DECIMALS), round(lat, DECIMALS)) for lat, lon in positions])
