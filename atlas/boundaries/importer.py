"""Replacing approximate areas by an office's own survey."""

import unicodedata
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from atlas.boundaries import changes, offset
from atlas.boundaries.attributes import Names, by_name, name_of
from atlas.boundaries.border import to_metres
from atlas.boundaries.coverage import GRID, noded, simplify
from atlas.boundaries.layers import LISTED, UNITS, features, flagged, on_border, read_layer, read_units, write_layer
from atlas.boundaries.outlines import MOST_CROSSINGS, Outlines, finite
from atlas.boundaries.survey import AS_IT_IS, Check, Given, read
from atlas.boundaries.vietnam import REFORM
from atlas.records.said import Said, said

LEVELS = {"province": 2, "district": 3, "commune": 5}  # digits of the code
EXTENT = shapely.box(101.0, 20.0, 109.0, 24.0)  # degrees: northern Vietnam, generously
FARTHEST_M = 30_000  # from where the unit is known to be; more means a wrong code or CRS
SWAPPED = 2  # so much more of an area lies where another unit is known to be than where its own is
SLIVER = 0.001  # share of an area that may overlap a neighbour, or change in a repair
NAMES = 0.5  # share of the values of a column that are names of units, so that it is one of names
BORDER_REACH = 0.001  # degrees: a survey follows the border within about 100 m of our line


@dataclass(frozen=True)
class Imported:
    """What an import has done, in words: `changes` of the layer, `repairs` of the survey."""

    changes: list[str]
    repairs: list[Said]


def import_official(
    path: Path, level: str, code_column: str, valid_from: date, source: str, layers_dir: Path, given: Given = AS_IT_IS
) -> Imported:
    """Replace approximate areas by those of `path` and return what changed and what was repaired, in words.

    path: GeoPackage, GeoJSON or Shapefile with one area a unit, in any CRS that it declares;
        whole provinces, any number of them.
    level: province, district or commune.
    code_column: column with the statistics office's codes.
    valid_from: a day on which these boundaries hold; tells the period of the layer.
    source: who surveyed them and when; kept with each area.
    layers_dir: the folder of the layer files.
    given: what else is known of the file.

    Areas of other provinces stay approximate and give way where they overlap. Raises
    ImportRefused, with the former layer untouched, where anything is wrong that no safe
    repair mends.
    """
    layer_path = layers_dir / f"vn-{level}s-{'2025' if valid_from.isoformat() >= REFORM else '2024'}.geojson"
    check = Check(path.name)
    check.refuse_unless(level in LEVELS, None, None, level, said("a level: {levels}", levels=tuple(LEVELS)))
    check.refuse_unless(bool(source.strip()), None, None, None, said("words on the source of the boundaries"))
    check.stop()
    check.refuse_unless(layer_path.exists(), None, None, layer_path.stem, said("a level that exists on that day"))
    check.stop()
    frame = read(path, check, given)
    units = _units(layers_dir, level, valid_from)
    ids = _ids(_column(frame, code_column, check), level, units, check)
    _names_agree(frame, code_column, ids, {unit: given.names.get(unit, ()) for unit in units.id}, check)
    frame = frame.set_geometry(_areal(frame.geometry, check))
    check.stop()
    known = _known(layers_dir)
    homes = [unit if unit in known.index else units.set_index("id").parent.get(unit) for unit in ids]
    frame = _upright(frame, check)
    lies = _measured(frame, known[known.index.isin(homes)], layers_dir)
    frame = _placed(frame, lies, check)
    if not given.offset_accepted:
        _not_moved(lies, check)
    check.stop()
    current = read_layer(layer_path)
    areas = gpd.GeoSeries(frame.geometry.values, index=pd.Index(ids, name="id"), crs=4326)
    _far_from_home(areas, homes, known, check)
    _swapped(to_metres(areas), known, check)
    _overlaps(areas, check)
    _whole_provinces(areas, units, check)
    check.stop()
    listed = flagged(current) if layer_path.stem in LISTED else None
    write_layer(layer_path, _merged(areas, current, listed, source, layers_dir, check))
    told = changes.told(layer_path.stem, current, read_layer(layer_path), sorted(ids))
    return Imported([*told, said("{name}: {value}", name=layer_path.stem, value=_position(lies))], check.repairs)


def _column(frame: gpd.GeoDataFrame, name: str, check: Check) -> pd.Series:
    """The column of this name, however its letters are composed."""
    columns = [str(column) for column in frame.columns.drop("geometry")]
    found = [column for column in columns if unicodedata.normalize("NFC", column) == unicodedata.normalize("NFC", name)]
    if not found:
        expected = said("a column of this name; there are: {columns}", columns=tuple(columns))
        for repair in check.repairs:
            expected = said("{expected}; {remark}", expected=expected, remark=repair)
        check.refuse(name, None, expected)
    return frame[found[0]].rename(name)


def _units(layers_dir: Path, level: str, day: date) -> pd.DataFrame:
    """Units of `level` that are valid on `day`, indexed by code."""
    units = read_units(layers_dir / UNITS)
    held = (units.valid_from <= day.isoformat()) & ((units.valid_until == "") | (units.valid_until >= day.isoformat()))
    units = units[held & (units.kind == level)]
    return units.set_index(units.id.str.extract(r"^vn-(\d+)")[0].rename("code"))


def _ids(codes: pd.Series, level: str, units: pd.DataFrame, check: Check) -> list[str]:
    column = codes.name
    missing = codes.isna() | (codes.astype(str).str.strip() == "")
    texts = codes.astype(str).str.strip().str.removesuffix(".0").where(~missing, "")
    padded = texts.where(missing, texts.str.zfill(LEVELS[level]))
    if (padded != texts).any():
        check.repairs.append(said("{n} codes had lost their leading zeros", n=int((padded != texts).sum())))
    for row, code in enumerate(padded, 1):
        if not code:
            check.refuse_unless(False, row, column, "", said("a code"))
        else:
            expected = said("the code of a {level} of the border provinces on that day", level=level)
            check.refuse_unless(code in units.index, row, column, code, expected)
    for code in padded[padded.duplicated() & (padded != "")].unique():
        rows = tuple(str(row) for row, other in enumerate(padded, 1) if other == code)
        expected = said("each code once; features {rows} share it: join their areas to one (dissolve)", rows=rows)
        check.refuse_unless(False, None, column, code, expected)
    return [units.id.get(code, "") for code in padded]


def _names_agree(frame: gpd.GeoDataFrame, code_column: str, ids: list[str], names: Names, check: Check) -> None:
    """Refuse features whose code is of one unit and whose name is of another.

    Names that no unit has may be new or spelled in another way, and are passed over.
    """
    bearers = by_name(names)
    texts = frame.drop(columns=["geometry", code_column], errors="ignore").select_dtypes("object")
    for column in texts:
        found = [bearers.get(name_of(text), set()) if isinstance(text, str) else set() for text in texts[column]]
        if sum(map(bool, found)) < len(frame) * NAMES:
            continue
        for row, (unit, others) in enumerate(zip(ids, found), 1):
            fine = not others or not unit or unit in others
            expected = said(
                "a name of {unit} ({own}), whose code the feature has; this is one of {others}",
                unit=unit,
                own=tuple(sorted(names.get(unit, ()))),
                others=tuple(sorted(others)),
            )
            check.refuse_unless(fine, row, column, texts[column].iloc[row - 1], expected)


def _areal(geometries: gpd.GeoSeries, check: Check) -> gpd.GeoSeries:
    """The geometries as valid two-dimensional areas."""
    if geometries.has_z.any():
        check.repairs.append(said("heights were dropped"))
        geometries = geometries.force_2d()
    for row, geometry in enumerate(geometries, 1):
        empty = geometry is None or geometry.is_empty
        check.refuse_unless(not empty, row, "geometry", None, said("an area; there is none"))
        if not empty:
            check.refuse_unless(
                geometry.geom_type in ("Polygon", "MultiPolygon"),
                row,
                "geometry",
                geometry.geom_type,
                said("a Polygon or MultiPolygon"),
            )
    check.stop()
    outlines = _untangled(geometries, check)
    mended = geometries.copy()
    for row, geometry in enumerate(geometries, 1):
        if geometry.is_valid:
            continue
        if (crossings := outlines.crossings(row - 1)) > MOST_CROSSINGS:
            value = said("{n} crossings", n=crossings)
            check.refuse_unless(False, row, "geometry", value, said("an outline that does not cross itself"))
            continue
        valid = shapely.make_valid(geometry, method="structure", keep_collapsed=False)
        # A ring that crosses itself far from its edge has no one right reading: its loops count
        # against each other in the area as it stands.
        slight = abs(valid.area - geometry.area) <= SLIVER * valid.area
        reason = shapely.is_valid_reason(geometry)
        check.refuse_unless(slight, row, "geometry", reason, said("a valid area"))
        if slight:
            check.repairs.append(said("feature {row} was not valid ({reason}) and was mended", row=row, reason=reason))
            mended.iloc[row - 1] = valid
    return mended


def _untangled(geometries: gpd.GeoSeries, check: Check) -> Outlines:
    """The outlines of areas that can be looked at in bounded time."""
    for row, fine in enumerate(finite(geometries.values), 1):
        check.refuse_unless(fine, row, "geometry", None, said("coordinates that are numbers"))
    check.stop()
    outlines = Outlines(geometries.values)
    tangled = outlines.tangled()
    if tangled is not None:
        expected = said("an outline that does not cross itself or others again and again")
        points = shapely.get_num_coordinates(geometries.iloc[tangled])
        check.refuse_unless(False, tangled + 1, "geometry", said("{n:,} points", n=int(points)), expected)
    check.stop()
    return outlines


def _known(layers_dir: Path) -> gpd.GeoSeries:
    """The areas of all Vietnamese units that the layers have, in metres, by id."""
    layers = [read_layer(path) for path in sorted(layers_dir.glob("vn-*.geojson"))]
    return to_metres(pd.concat(layers).drop_duplicates("id").set_index("id").geometry)


def _measured(frame: gpd.GeoDataFrame, homes: gpd.GeoSeries, layers_dir: Path) -> offset.Offset | None:
    """Where the survey lies, None where too little of the border is an edge of its units to tell."""
    line = to_metres(read_layer(layers_dir / "border.geojson").geometry).iloc[0]
    border = offset.border_of(homes, line)
    return None if border is None else offset.measured(frame, border)


def _position(lies: offset.Offset | None) -> Said:
    if lies is None:
        return said("where the survey lies was not measured, since less than 5 km of the map's border line is its edge")
    lengths = {"m": lies.gap, "km": lies.kilometres}
    return said("the survey lies {m:.0f} m from the map's border line on average, over {km:.0f} km", **lengths)


def _not_moved(lies: offset.Offset | None, check: Check) -> None:
    """Refuse a survey that lies so far off that its CRS must be another one."""
    if lies is None or not lies.metres:
        return
    unknown = said("no CRS that is known explains it: ask who made the survey for its datum and zone")
    expected = said(
        "areas that meet the map's border line, {km:.0f} km of which were looked at; {cause}; if it is right as it is, add --accept-offset",
        km=lies.kilometres,
        cause=_seem(lies) if lies.cause else unknown,
    )
    check.refuse_unless(False, None, "geometry", said("{m:,} m off", m=round(lies.metres)), expected)


def _seem(lies: offset.Offset) -> Said:
    assert lies.cause
    told = {"name": lies.cause.name, "remedy": lies.cause.remedy}
    if lies.wholly:
        return said("these seem to be {name}: {remedy}", **told)
    return said("no CRS that is known explains it wholly, {name} does best: {remedy}", **told)


def _upright(frame: gpd.GeoDataFrame, check: Check) -> gpd.GeoDataFrame:
    """`frame` with its axes turned where only that puts it into northern Vietnam."""
    if _in_extent(frame.to_crs(4326)):
        return frame
    turned = _turned(frame)
    if not _in_extent(turned.to_crs(4326)):
        return frame
    check.repairs.append(said("the axes were swapped (north before east) and were turned"))
    return turned


def _in_extent(placed: gpd.GeoDataFrame) -> bool:
    bounds = placed.total_bounds
    return bool(np.isfinite(bounds).all()) and EXTENT.covers(shapely.box(*bounds))


def _placed(frame: gpd.GeoDataFrame, lies: offset.Offset | None, check: Check) -> gpd.GeoDataFrame:
    """`frame` in WGS-84, inside northern Vietnam."""
    placed = frame.to_crs(4326)
    if _in_extent(placed):
        return placed
    where = ", ".join(f"{value:.3f}" for value in placed.total_bounds)
    expected = said(
        "areas in northern Vietnam ({extent}) in {crs}; {likely}",
        extent=tuple(map(str, EXTENT.bounds)),
        crs=frame.crs.name,
        likely=_seem(lies) if lies and lies.cause else said("is it the right CRS?"),
    )
    check.refuse("geometry", where, expected)


def _turned(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """`frame` with its axes swapped."""
    turned = shapely.transform(frame.geometry.values, lambda points: points[:, ::-1])
    return frame.set_geometry(gpd.GeoSeries(turned, index=frame.index, crs=frame.crs))


def _far_from_home(areas: gpd.GeoSeries, homes: list, known: gpd.GeoSeries, check: Check) -> None:
    """Refuse areas that lie far from where their unit, or the one it belongs to, is known to be."""
    for row, ((unit, area), home) in enumerate(zip(to_metres(areas).items(), homes), 1):
        if home in known.index:
            distance = known[home].distance(area)
            expected = said(
                "an area near the unit; this one is {km:.0f} km away (wrong code or CRS?)", km=distance / 1000
            )
            check.refuse_unless(distance <= FARTHEST_M, row, "geometry", unit, expected)


def _swapped(areas: gpd.GeoSeries, known: gpd.GeoSeries, check: Check) -> None:
    """Refuse two areas (in metres) each of which lies rather where the other unit is known to be.

    Where units are known to be is approximate, so that a single area beside its own tells nothing.
    """
    homes = known[known.index.intersection(areas.index)]
    pairs = shapely.STRtree(homes.values).query(areas.values, predicate="intersects").T
    shares = {
        (areas.index[one], homes.index[two]): areas.iloc[one].intersection(homes.iloc[two]).area for one, two in pairs
    }
    nearest: dict[str, str] = {}
    for (unit, home), shared in sorted(shares.items(), key=lambda one: one[1]):
        if shared > SWAPPED * shares.get((unit, unit), 0):
            nearest[unit] = home
    for row, unit in enumerate(areas.index, 1):
        other = nearest.get(unit)
        fine = other is None or nearest.get(other) != unit or unit not in homes.index
        expected = said(
            "an area where the unit is known to be; this one is where {other} is, and the other way round: swapped codes?",
            other=other,
        )
        check.refuse_unless(fine, row, "geometry", unit, expected)


def _overlaps(areas: gpd.GeoSeries, check: Check) -> None:
    metres = to_metres(areas)
    first, second = shapely.STRtree(metres.values).query(metres.values, predicate="intersects")
    for one, other in zip(first, second):
        if one < other:
            shared = metres.iloc[one].intersection(metres.iloc[other]).area
            limit = SLIVER * min(metres.iloc[one].area, metres.iloc[other].area)
            expected = said(
                "neighbours that do not overlap; {area:.2f} km² is also in feature {row} ({unit})",
                area=shared / 1e6,
                row=other + 1,
                unit=areas.index[other],
            )
            check.refuse_unless(shared <= limit, one + 1, "geometry", areas.index[one], expected)


def _whole_provinces(areas: gpd.GeoSeries, units: pd.DataFrame, check: Check) -> None:
    """Refuse a file that holds some units of a province and not others."""
    for parent, group in units[units.parent != ""].groupby("parent"):
        absent = group[~group.id.isin(areas.index)]
        if 0 < len(absent) < len(group):
            missing = tuple(sorted(absent.index))
            expected = said(
                "all {n} units of {parent}; missing: {missing}", n=len(group), parent=parent, missing=missing
            )
            check.refuse_unless(False, None, None, None, expected)


def _merged(
    areas: gpd.GeoSeries, current: gpd.GeoDataFrame, listed: set | None, source: str, layers_dir: Path, check: Check
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
        cut = {"n": int(across.sum()), "units": tuple(areas.index[across])}
        check.repairs.append(said("cut where they reached across the map's border line, {n} in all: {units}", **cut))
    at_border = on_border(areas, line, BORDER_REACH) if listed is None else areas.index.isin(listed)
    official = features(areas, border=at_border, approximate=False, source=source)
    rest = current[~current.id.isin(areas.index)]
    rest = rest.set_geometry(_without(rest.geometry, shapely.union_all(areas.values)))
    rest = rest[~rest.is_empty]
    return pd.concat([official, rest]).sort_values("id", ignore_index=True)


def _without(areas: gpd.GeoSeries, taken: Any) -> gpd.GeoSeries:
    return areas.difference(taken).set_precision(GRID)
