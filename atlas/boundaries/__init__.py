"""How the geometry layers in data/layers are made from open packages.

Chinese areas keep the outlines of their source, cut at the border. Vietnamese ones are
approximate: open packages hold no outline, only points. Each former commune is the land
nearest to its point; the communes of today, districts and provinces are made of former communes.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import shapely

from atlas.boundaries import border, china, rivers, vietnam
from atlas.boundaries.coverage import noded, simplify
from atlas.boundaries.layers import LISTED, UNITS, features, holds_official, on_border, write_layer, write_units
from atlas.boundaries.packages import PackageError, fetch_packages

__all__ = ["PackageError", "build", "fetch_packages"]


def build(
    packages_dir: Path,
    out_dir: Path,
    places: pd.DataFrame,
    river_names: pd.DataFrame,
    progress: Callable[[str, float], None],
) -> None:
    """Make every layer file, and the table of Vietnamese units, in `out_dir` from `packages_dir`.

    `places` is the table of that name. Which units touch the land border is curated there, for
    approximate areas cannot tell: the layers in LISTED take their flag from it, the others measure.
    Its positions of Vietnamese communes go before those of the packages.
    `river_names` is the table ``seeds/geo/rivers.csv``.
    All layers share their edges vertex for vertex (WGS-84, four decimals); a file that holds
    imported official boundaries is left as it is. Raises PackageError where a package is missing.
    """
    progress("land and border", 0.0)
    land, _ = border.land_and_border(packages_dir)
    progress("Chinese counties", 0.35)
    counties = china.counties(packages_dir, land["cn"])
    progress("Vietnamese communes", 0.6)
    pieces = vietnam.pieces(packages_dir, land["vn"], places)
    pieces = pieces.assign(on_border=pieces.successor.isin(places.id[places.on_border]))
    progress("shared edges", 0.75)
    pieces["part"] = pieces.successor + " " + pieces.predecessor
    counties["part"] = "cn-" + counties.code
    parts = pd.concat([pieces.set_index("part").geometry, counties.set_index("part").geometry])
    parts = simplify(noded(parts))
    progress("layers", 0.9)
    layers = _layers(packages_dir, parts, pieces, set(places.id[places.on_border]))
    both = shapely.union_all(layers["land"].geometry.values)
    layers["rivers"] = rivers.rivers(packages_dir, both, river_names)
    for name, layer in layers.items():
        path = out_dir / f"{name}.geojson"
        if not holds_official(path):
            write_layer(path, layer)
    units = pd.concat([vietnam.units_before(packages_dir), vietnam.units_after(packages_dir)])
    write_units(out_dir / UNITS, units[["id", "kind", "parent", "valid_from", "valid_until", "area_km2"]])
    progress("done", 1.0)


def _layers(
    packages_dir: Path, parts: gpd.GeoSeries, pieces: pd.DataFrame, border_units: set[str]
) -> dict[str, gpd.GeoDataFrame]:
    """The layers by name, each of its `parts` merged by the unit that they belong to."""
    outline = _merged(parts, {part: f"{part[:2]}-land" for part in parts.index})
    line = shapely.line_merge(shapely.intersection(outline["vn-land"].boundary, outline["cn-land"].boundary))

    def layer(name: str, owners: pd.Series, **columns: Any) -> gpd.GeoDataFrame:
        areas = _merged(parts, owners)
        at_border = areas.index.isin(border_units) if name in LISTED else on_border(areas, line)
        return features(areas, border=at_border, **columns)

    around = border.surroundings(packages_dir)
    layers = {
        "surroundings": features(around, country=around.index.map({"vn": "VN", "cn": "CN"})),
        "border": features(gpd.GeoSeries([line], index=["border"])),
        "land": features(outline, country=[key[:2].upper() for key in outline.index]),
    }
    counties = pd.Series({part: part for part in parts.index if part.startswith("cn-")})
    codes = counties.str.removeprefix("cn-")
    chinese = {
        "cn-provinces": counties[codes.str.startswith(china.PROVINCES)].str[:5] + "0000",
        "cn-prefectures": counties[codes.str.startswith(china.PREFECTURES)].str[:7] + "00",
        "cn-counties": counties[codes.str.startswith(china.BORDER_PREFECTURES)],
    }
    layers |= {name: layer(name, owners) for name, owners in chinese.items()}
    owners = _vietnamese_owners(packages_dir, pieces.set_index("part").reindex(parts.index).dropna(subset="successor"))
    return layers | {name: layer(name, owners[name].dropna(), approximate=True) for name in owners}


def _vietnamese_owners(packages_dir: Path, pieces: pd.DataFrame) -> pd.DataFrame:
    """For each of `pieces` (successor, predecessor, on_border) the unit of each Vietnamese layer that it is part of."""
    before = vietnam.units_before(packages_dir).set_index("id").parent
    after = vietnam.units_after(packages_dir).set_index("id").parent
    links = vietnam.crosswalk(packages_dir).query("holds").drop_duplicates("successor")
    pieces = pieces[pieces.successor.isin(after.index)]
    # Where a commune of today stands in for former ones, any of them tells the district.
    any_predecessor = pieces.successor.map(links.set_index("successor").predecessor)
    district = pieces.predecessor.where(pieces.predecessor != "", any_predecessor).map(before)
    province = pieces.successor.map(after)
    inland = {vietnam.province_id_after(new): f"vn-{old}" for old, new in vietnam.MERGED_INLAND_PROVINCES.items()}
    return pd.DataFrame(
        {
            "vn-provinces-2024": district.map(before).fillna(province.map(inland)),
            "vn-provinces-2025": province,
            "vn-districts-2024": district,
            "vn-communes-2024": pieces.predecessor.where(pieces.on_border.astype(bool) & (pieces.predecessor != "")),
            "vn-communes-2025": pieces.successor,
        }
    )


def _merged(parts: gpd.GeoSeries, owners: Any) -> gpd.GeoSeries:
    """`parts` of a coverage merged by owner (part -> id)."""
    owners = pd.Series(owners)
    frame = gpd.GeoDataFrame({"id": owners.values}, geometry=parts[owners.index].values, crs=4326)
    return frame.dissolve("id", method="coverage").geometry
