"""The layer files: what each holds, and reading and writing them."""

import json
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from atlas.files import write_bytes_atomically

DECIMALS = 4
UNITS = "units.csv"
# Layers whose flag `border` is the curated one of the table of places, column on_border.
LISTED = ("cn-counties", "vn-communes-2025", "vn-districts-2024")
# Less of the border than this (degrees, about 500 m) does not make an area a border area:
# its corner may only graze it.
SHORTEST_BORDER = 0.005


def features(areas: gpd.GeoSeries, **columns: Any) -> gpd.GeoDataFrame:
    """A layer sorted by id: column id from the index of `areas`, and `columns` beside it."""
    frame = gpd.GeoDataFrame({"id": areas.index, **columns}, geometry=areas.values, crs=4326)
    return frame.sort_values("id", ignore_index=True)


def on_border(areas: gpd.GeoSeries, line: BaseGeometry, reach: float = 0.0) -> np.ndarray:
    """Whether the outline of each area runs along the border for more than SHORTEST_BORDER.

    `reach` is how far from the line (degrees) it may run: 0 where the areas share its vertices.
    """
    along = line.buffer(reach) if reach else line
    return shapely.length(shapely.intersection(areas.boundary.values, along)) >= SHORTEST_BORDER


def flagged(layer: gpd.GeoDataFrame) -> set[str]:
    """Ids of the areas of a layer that are on the border."""
    return {unit for unit, border in zip(layer.id, layer.get("border", [])) if border is True}


def write_layer(path: Path, layer: gpd.GeoDataFrame) -> None:
    """Write a layer (WGS-84) as GeoJSON, whole or not at all; the same layer gives the same bytes.

    Properties that are missing, and `border` where it is not true, are left out.
    """
    rows = layer.drop(columns="geometry").astype(object).to_dict("records")
    geometries = shapely.to_geojson(shapely.normalize(layer.geometry.values))
    content = {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": {name: value for name, value in row.items() if _said(name, value)},
                "geometry": _rounded(json.loads(geometry)),
            }
            for row, geometry in zip(rows, geometries)
        ],
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":")) + "\n"
    write_bytes_atomically(path, text.encode())


def _said(name: str, value: Any) -> bool:
    return value is not None and value == value and (name != "border" or value)


def _rounded(geometry: dict) -> dict:
    def walk(value: Any) -> Any:
        return [walk(part) for part in value] if isinstance(value, list) else round(value, DECIMALS)

    return {"type": geometry["type"], "coordinates": walk(geometry["coordinates"])}


def read_layer(path: Path) -> gpd.GeoDataFrame:
    """A layer file as written by :func:`write_layer`: its properties and geometry, WGS-84."""
    return gpd.GeoDataFrame.from_features(json.loads(path.read_text(encoding="utf-8")), crs=4326)


def holds_official(path: Path) -> bool:
    """Whether the layer file holds imported official boundaries, which a build must keep."""
    if not path.exists():
        return False
    layer = read_layer(path)
    return "approximate" in layer and bool((layer.approximate == False).any())  # noqa: E712 (missing is not False)


def write_units(path: Path, units: pd.DataFrame) -> None:
    """Write the table of Vietnamese units that the layers are about."""
    write_bytes_atomically(path, units.to_csv(index=False, lineterminator="\n").encode())


def read_units(path: Path) -> pd.DataFrame:
    """Vietnamese units of the border provinces, one row a unit and period of validity.

    Columns: id, kind (province, district, commune), parent (id), valid_from, valid_until
    (ISO dates, empty where open), area_km2 (as the source has it; from 2025-07-01 on only).
    """
    return pd.read_csv(path, dtype=str, keep_default_na=False).assign(
        area_km2=lambda frame: pd.to_numeric(frame.area_km2)
    )
