"""Reading an office's survey."""

import json
import struct
from pathlib import Path
from typing import Any, NoReturn

import geopandas as gpd
import numpy as np
import pyogrio
import pyproj
import shapely
from shapely.geometry.base import BaseGeometry

from atlas.boundaries.outlines import MOST_POINTS
from atlas.records.problems import InvalidRecords, Problem

LARGEST_FILE = 100_000_000  # bytes
MOST_MARKS = 4 * MOST_POINTS  # brackets and commas of a GeoJSON; a point with its height has four
SMALLER = "simplify the outlines or give one province a file"


class ImportRefused(InvalidRecords):
    """The file cannot replace the layer; `problems` lists every reason (row: number of the feature)."""


class Check:
    """Collects what is wrong with a file and what was repaired."""

    def __init__(self, file: str):
        self.file = file
        self.problems: list[Problem] = []
        self.repairs: list[str] = []

    def refuse_unless(self, fine: bool, row: int | None, column: str | None, value: Any, expected: str) -> None:
        """Keep a problem, so that all are told at once."""
        if not fine:
            self.problems.append(Problem(self.file, row, column, None if value is None else str(value), expected))

    def stop(self) -> None:
        """Refuse the file if anything was wrong so far."""
        if self.problems:
            raise ImportRefused(self.problems)

    def refuse(self, column: str | None, value: str | None, expected: str) -> NoReturn:
        """Refuse the file for this and whatever was found before."""
        self.refuse_unless(False, None, column, value, expected)
        raise ImportRefused(self.problems)


def read(path: Path, check: Check) -> gpd.GeoDataFrame:
    """The features of a file whose content, not whose name, is one of the three formats, in a CRS of the Earth.

    Raises ImportRefused where it cannot be read or is too large to be looked at in seconds.
    GDAL opens what the bytes say and some of its formats read other files of the computer:
    it gets only what is proved to be a GeoPackage or a Shapefile, and never a GeoJSON.
    """
    if not path.is_file():
        check.refuse(None, None, "a file that exists")
    size = path.stat().st_size
    if size > LARGEST_FILE:
        check.refuse(None, f"{size // 1_000_000} MB", f"at most {LARGEST_FILE // 1_000_000} MB; {SMALLER}")
    with path.open("rb") as file:
        head = file.read(100)
    if head.startswith(b"PK"):
        check.refuse(None, None, "the unpacked file, not a ZIP archive")
    try:
        if head.startswith(b"SQLite format 3\0") and head[68:72] == b"GPKG":
            return _bounded(_one_layer(path, check), check)
        if path.suffix.lower() == ".shp" and len(head) == 100 and struct.unpack(">i", head[:4]) == (9994,):
            return _bounded(_one_layer(path, check), check)
        if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
            return _bounded(_geojson(path, check), check)
    except ImportRefused:
        raise
    except Exception as error:  # whatever a damaged file makes a reader raise
        check.refuse(None, None, f"a file that can be read ({error})")
    check.refuse(None, None, "a GeoPackage, a GeoJSON or a Shapefile (.shp); its content is none of them")


def _one_layer(path: Path, check: Check) -> gpd.GeoDataFrame:
    layers = pyogrio.list_layers(path)[:, 0]
    if len(layers) != 1:
        check.refuse(None, ", ".join(layers), "one layer")
    frame = pyogrio.read_dataframe(path)
    if not isinstance(frame, gpd.GeoDataFrame):
        check.refuse(None, None, "a layer with geometry")
    if frame.crs is None:
        check.refuse(None, None, "a declared CRS (a Shapefile declares it in a .prj beside it)")
    return frame


def _geojson(path: Path, check: Check) -> gpd.GeoDataFrame:
    written = path.read_bytes()
    if sum(written.count(mark) for mark in b"[{,") > MOST_MARKS:
        check.refuse(None, None, f"at most {MOST_POINTS:,} points; {SMALLER}")
    content = json.loads(written.decode("utf-8-sig"))
    found = content.get("features")
    if content.get("type") != "FeatureCollection" or not isinstance(found, list) or not found:
        check.refuse(None, None, "a FeatureCollection with features")
    crs = _declared(content, check)
    shapes = [_shape(feature, row, check) for row, feature in enumerate(found, 1)]
    check.stop()
    return gpd.GeoDataFrame([feature.get("properties") or {} for feature in found], geometry=shapes, crs=crs)


def _declared(content: dict, check: Check) -> pyproj.CRS:
    """The CRS that a GeoJSON names in the way of 2008, which offices still write; WGS-84 where it names none."""
    if "crs" not in content:
        return pyproj.CRS(4326)
    declared = content["crs"]
    try:
        return pyproj.CRS.from_user_input(str(declared["properties"]["name"]))
    except (pyproj.exceptions.CRSError, TypeError, KeyError):
        named = json.dumps(declared, ensure_ascii=False)
        expected = 'a CRS that is known, such as EPSG:3405; without "crs" it is WGS-84'
        check.refuse("crs", named, expected)


def _shape(feature: Any, row: int, check: Check) -> BaseGeometry | None:
    try:
        with np.errstate(invalid="ignore"):
            return shapely.geometry.shape(feature["geometry"]) if feature["geometry"] else None
    except Exception:  # whatever a damaged geometry makes shapely raise
        check.refuse_unless(False, row, "geometry", None, "a feature with a geometry as GeoJSON writes it")
        return None


def _bounded(frame: gpd.GeoDataFrame, check: Check) -> gpd.GeoDataFrame:
    """The features; refuses what has no features, too many points, or a CRS that is nowhere on Earth."""
    if frame.empty:
        check.refuse(None, None, "a layer with features")
    points = int(shapely.get_num_coordinates(frame.geometry.values).sum())
    if points > MOST_POINTS:
        check.refuse("geometry", f"{points:,} points", f"at most {MOST_POINTS:,} points; {SMALLER}")
    try:
        pyproj.Transformer.from_crs(frame.crs, 4326)
    except pyproj.exceptions.ProjError:
        check.refuse("crs", frame.crs.name, "a CRS whose place on Earth is known, such as EPSG:3405")
    return frame
