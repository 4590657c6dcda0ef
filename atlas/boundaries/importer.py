"""Replacing approximate areas by an office's own survey."""

import json
import struct
from datetime import date
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
import pyproj
import shapely

from atlas import AtlasError
from atlas.boundaries.border import to_metres
from atlas.boundaries.coverage import GRID, noded, simplify
from atlas.boundaries.layers import LISTED, UNITS, features, flagged, on_border, read_layer, read_units, write_layer
from atlas.boundaries.vietnam import REFORM
from atlas.records.problems import Problem

LEVELS = {"province": 2, "district": 3, "commune": 5}  # digits of the code
LARGEST_FILE = 200_000_000  # bytes
EXTENT = shapely.box(101.0, 20.0, 109.0, 24.0)  # degrees: northern Vietnam, generously
FARTHEST_M = 30_000  # from where the unit is known to be; more means a wrong code or CRS
SLIVER = 0.001  # share of an area that may overlap a neighbour, or change in a repair
BORDER_REACH = 0.001  # degrees: a survey follows the border within about 100 m of our line


class ImportRefused(AtlasError):
    """The file cannot replace the layer; `problems` lists every reason (row: number of the feature)."""

    def __init__(self, problems: list[Problem]):
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


def import_official(
    path: Path, level: str, code_column: str, valid_from: date, source: str, layers_dir: Path
) -> list[str]:
    """Replace approximate areas by those of `path` and return what was repaired, in words.

    path: GeoPackage, GeoJSON or Shapefile with one area a unit, in any CRS that it declares;
        whole provinces, any number of them.
    level: province, district or commune.
    code_column: column with the statistics office's codes.
    valid_from: a day on which these boundaries hold; tells the period of the layer.
    source: who surveyed them and when; kept with each area.
    layers_dir: the folder of the layer files.

    Areas of other provinces stay approximate and give way where they overlap. Raises
    ImportRefused, with the former layer untouched, where anything is wrong that no safe
    repair mends.
    """
    layer_path = layers_dir / f"vn-{level}s-{'2025' if valid_from.isoformat() >= REFORM else '2024'}.geojson"
    check = _Check(path.name)
    check.refuse_unless(level in LEVELS, None, None, level, f"a level: {', '.join(LEVELS)}")
    check.refuse_unless(bool(source.strip()), None, None, None, "words on the source of the boundaries")
    check.stop()
    check.refuse_unless(layer_path.exists(), None, None, layer_path.stem, "a level that exists on that day")
    check.stop()
    frame = _read(path, check)
    check.refuse_unless(
        code_column in frame,
        None,
        code_column,
        None,
        f"a column of this name; there are: {', '.join(frame.columns.drop('geometry'))}",
    )
    check.stop()
    units = _units(layers_dir, level, valid_from)
    ids = _ids(frame[code_column], level, units, check)
    frame = frame.set_geometry(_areal(frame.geometry, check))
    check.stop()
    frame = _placed(frame, check)
    check.stop()
    current = read_layer(layer_path)
    areas = gpd.GeoSeries(frame.geometry.values, index=pd.Index(ids, name="id"), crs=4326)
    _far_from_home(areas, layers_dir, units, check)
    _overlaps(areas, check)
    _whole_provinces(areas, units, check)
    check.stop()
    listed = flagged(current) if layer_path.stem in LISTED else None
    write_layer(layer_path, _merged(areas, current, listed, source, layers_dir, check))
    return check.repairs


class _Check:
    """Collects what is wrong with a file and what was repaired."""

    def __init__(self, file: str):
        self.file = file
        self.problems: list[Problem] = []
        self.repairs: list[str] = []

    def refuse_unless(self, fine: bool, row: int | None, column: str | None, value: Any, expected: str) -> None:
        if not fine:
            self.problems.append(Problem(self.file, row, column, None if value is None else str(value), expected))

    def stop(self) -> None:
        if self.problems:
            raise ImportRefused(self.problems)


def _read(path: Path, check: _Check) -> gpd.GeoDataFrame:
    """The features of a file whose content, not whose name, is one of the three formats.

    GDAL opens what the bytes say and some of its formats read other files of the computer:
    it gets only what is proved to be a GeoPackage or a Shapefile, and never a GeoJSON.
    """
    if not path.is_file():
        check.refuse_unless(False, None, None, None, "a file that exists")
        check.stop()
    size = path.stat().st_size
    check.refuse_unless(
        size <= LARGEST_FILE,
        None,
        None,
        f"{size // 1_000_000} MB",
        f"at most {LARGEST_FILE // 1_000_000} MB; simplify the outlines or give one province a file",
    )
    check.stop()
    with path.open("rb") as file:
        head = file.read(100)
    check.refuse_unless(not head.startswith(b"PK"), None, None, None, "the unpacked file, not a ZIP archive")
    check.stop()
    try:
        if head.startswith(b"SQLite format 3\0") and head[68:72] == b"GPKG":
            return _one_layer(path, check)
        if path.suffix.lower() == ".shp" and len(head) == 100 and struct.unpack(">i", head[:4]) == (9994,):
            return _one_layer(path, check)
        if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
            return _geojson(path, check)
    except ImportRefused:
        raise
    except Exception as error:  # whatever a damaged file makes a reader raise
        check.refuse_unless(False, None, None, None, f"a file that can be read ({error})")
        check.stop()
    check.refuse_unless(
        False, None, None, None, "a GeoPackage, a GeoJSON or a Shapefile (.shp); its content is none of them"
    )
    check.stop()


def _one_layer(path: Path, check: _Check) -> gpd.GeoDataFrame:
    layers = pyogrio.list_layers(path)[:, 0]
    check.refuse_unless(len(layers) == 1, None, None, ", ".join(layers), "one layer")
    check.stop()
    frame = pyogrio.read_dataframe(path)
    check.refuse_unless(isinstance(frame, gpd.GeoDataFrame), None, None, None, "a layer with geometry")
    check.stop()
    check.refuse_unless(
        frame.crs is not None, None, None, None, "a declared CRS (a Shapefile declares it in a .prj beside it)"
    )
    check.stop()
    return frame


def _geojson(path: Path, check: _Check) -> gpd.GeoDataFrame:
    content = json.loads(path.read_text(encoding="utf-8-sig"))
    check.refuse_unless(
        content.get("type") == "FeatureCollection" and bool(content.get("features")),
        None,
        None,
        None,
        "a FeatureCollection with features",
    )
    check.stop()
    declared = content.get("crs", {}).get("properties", {}).get("name", "EPSG:4326")
    try:
        crs = pyproj.CRS.from_user_input(declared)
    except pyproj.exceptions.CRSError:
        check.refuse_unless(False, None, "crs", declared, "a CRS that is known, such as EPSG:3405")
        check.stop()
    return gpd.GeoDataFrame.from_features(content, crs=crs)


def _units(layers_dir: Path, level: str, day: date) -> pd.DataFrame:
    """Units of `level` that are valid on `day`, indexed by code."""
    units = read_units(layers_dir / UNITS)
    held = (units.valid_from <= day.isoformat()) & ((units.valid_until == "") | (units.valid_until >= day.isoformat()))
    units = units[held & (units.kind == level)]
    return units.set_index(units.id.str.extract(r"^vn-(\d+)")[0].rename("code"))


def _ids(codes: pd.Series, level: str, units: pd.DataFrame, check: _Check) -> list[str]:
    column = codes.name
    missing = codes.isna() | (codes.astype(str).str.strip() == "")
    texts = codes.astype(str).str.strip().str.removesuffix(".0").where(~missing, "")
    padded = texts.where(missing, texts.str.zfill(LEVELS[level]))
    if (padded != texts).any():
        check.repairs.append(f"{(padded != texts).sum()} codes had lost their leading zeros")
    for row, code in enumerate(padded, 1):
        if not code:
            check.refuse_unless(False, row, column, "", "a code")
        else:
            check.refuse_unless(
                code in units.index, row, column, code, f"the code of a {level} of the border provinces on that day"
            )
    for code in padded[padded.duplicated() & (padded != "")].unique():
        rows = ", ".join(str(row) for row, other in enumerate(padded, 1) if other == code)
        check.refuse_unless(False, None, column, code, f"each code once; features {rows} share it")
    return [units.id.get(code, "") for code in padded]


def _areal(geometries: gpd.GeoSeries, check: _Check) -> gpd.GeoSeries:
    """The geometries as valid two-dimensional areas."""
    if geometries.has_z.any():
        check.repairs.append("heights were dropped")
        geometries = geometries.force_2d()
    for row, geometry in enumerate(geometries, 1):
        empty = geometry is None or geometry.is_empty
        check.refuse_unless(not empty, row, "geometry", None, "an area; there is none")
        if not empty:
            check.refuse_unless(
                geometry.geom_type in ("Polygon", "MultiPolygon"),
                row,
                "geometry",
                geometry.geom_type,
                "a Polygon or MultiPolygon",
            )
    check.stop()
    mended = geometries.copy()
    for row, geometry in enumerate(geometries, 1):
        if geometry.is_valid:
            continue
        valid = shapely.make_valid(geometry, method="structure", keep_collapsed=False)
        # A ring that crosses itself far from its edge has no one right reading: its loops count
        # against each other in the area as it stands.
        slight = abs(valid.area - geometry.area) <= SLIVER * valid.area
        reason = shapely.is_valid_reason(geometry)
        check.refuse_unless(slight, row, "geometry", reason, "a valid area")
        if slight:
            check.repairs.append(f"feature {row} was not valid ({reason}) and was mended")
            mended.iloc[row - 1] = valid
    return mended


def _placed(frame: gpd.GeoDataFrame, check: _Check) -> gpd.GeoDataFrame:
    """`frame` in WGS-84, inside northern Vietnam."""
    for swapped in (False, True):
        candidate = frame
        if swapped:
            candidate = frame.set_geometry(
                gpd.GeoSeries(
                    shapely.transform(frame.geometry.values, lambda points: points[:, ::-1]),
                    index=frame.index,
                    crs=frame.crs,
                )
            )
        placed = candidate.to_crs(4326)
        bounds = placed.total_bounds
        if np.isfinite(bounds).all() and EXTENT.covers(shapely.box(*bounds)):
            if swapped:
                check.repairs.append("the axes were swapped (north before east) and were turned")
            return placed
    bounds = frame.to_crs(4326).total_bounds
    where = ", ".join(f"{value:.3f}" for value in bounds)
    check.refuse_unless(
        False,
        None,
        "geometry",
        where,
        f"areas in northern Vietnam ({', '.join(map(str, EXTENT.bounds))}); is {frame.crs.name} the right CRS?",
    )
    return frame


def _far_from_home(areas: gpd.GeoSeries, layers_dir: Path, units: pd.DataFrame, check: _Check) -> None:
    """Refuse areas that lie far from where their unit, or the one it belongs to, is known to be."""
    layers = [read_layer(path) for path in sorted(layers_dir.glob("vn-*.geojson"))]
    known = to_metres(pd.concat(layers).drop_duplicates("id").set_index("id").geometry)
    parents = units.set_index("id").parent
    for row, (unit, area) in enumerate(to_metres(areas).items(), 1):
        home = unit if unit in known.index else parents[unit]
        if home in known.index:
            distance = known[home].distance(area)
            check.refuse_unless(
                distance <= FARTHEST_M,
                row,
                "geometry",
                unit,
                f"an area near the unit; this one is {distance / 1000:.0f} km away (wrong code or CRS?)",
            )


def _overlaps(areas: gpd.GeoSeries, check: _Check) -> None:
    metres = to_metres(areas)
    first, second = shapely.STRtree(metres.values).query(metres.values, predicate="intersects")
    for one, other in zip(first, second):
        if one < other:
            shared = metres.iloc[one].intersection(metres.iloc[other]).area
            limit = SLIVER * min(metres.iloc[one].area, metres.iloc[other].area)
            check.refuse_unless(
                shared <= limit,
                one + 1,
                "geometry",
                areas.index[one],
                f"neighbours that do not overlap; {shared / 1e6:.2f} km² is also in feature {other + 1} ({areas.index[other]})",
            )


def _whole_provinces(areas: gpd.GeoSeries, units: pd.DataFrame, check: _Check) -> None:
    """Refuse a file that holds some units of a province and not others."""
    for parent, group in units[units.parent != ""].groupby("parent"):
        absent = group[~group.id.isin(areas.index)]
        if 0 < len(absent) < len(group):
            check.refuse_unless(
                False,
                None,
                None,
                None,
                f"all {len(group)} units of {parent}; missing: {', '.join(sorted(absent.index))}",
            )


def _merged(
    areas: gpd.GeoSeries, current: gpd.GeoDataFrame, listed: set | None, source: str, layers_dir: Path, check: _Check
) -> gpd.GeoDataFrame:
    """The whole layer: `areas` with shared edges, ending at the border, and the rest of `current`.

    `listed` are the units on the border, where they are listed and not measured.
    """
    land = read_layer(layers_dir / "land.geojson").set_index("id").geometry
    line = read_layer(layers_dir / "border.geojson").geometry.iloc[0]
    areas = simplify(noded(areas))
    across = shapely.area(areas.intersection(land["cn-land"]).values) > 0
    if across.any():
        areas = _without(areas, land["cn-land"])
        check.repairs.append(f"{across.sum()} areas reached across the map's border line and were cut there")
    at_border = on_border(areas, line, BORDER_REACH) if listed is None else areas.index.isin(listed)
    official = features(areas, border=at_border, approximate=False, source=source)
    rest = current[~current.id.isin(areas.index)]
    rest = rest.set_geometry(_without(rest.geometry, shapely.union_all(areas.values)))
    rest = rest[~rest.is_empty]
    return pd.concat([official, rest]).sort_values("id", ignore_index=True)


def _without(areas: gpd.GeoSeries, taken: Any) -> gpd.GeoSeries:
    return areas.difference(taken).set_precision(GRID)
