"""How good the layers are: the figures of data/README.md, computed from the files."""

import gzip
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import pyproj
import shapely

from atlas.boundaries import vietnam
from atlas.boundaries.border import to_metres
from atlas.boundaries.layers import UNITS, flagged, read_layer, read_units

# km², statistics office of Vietnam, as reprinted with its 63 provinces at
# https://xemtinviet.com/gjuc (read 2026); https://danso.info/dien-tich-ha-giang/ and
# https://danso.info/dien-tich-quang-ninh/ give the same for two of them, rounded.
OFFICIAL_AREAS = {
    "vn-02": 7927.5,
    "vn-04": 6700.4,
    "vn-08": 5867.9,
    "vn-10": 6364.2,
    "vn-11": 9539.9,
    "vn-12": 9068.7,
    "vn-15": 6892.7,
    "vn-20": 8310.2,
    "vn-22": 6207.9,
}
PRECISION_M = {"surveyed": 0, "point": 0, "about_500_m": 500, "about_2_km": 2000, "parent": 0}
# A crossing stands on the border, which the map draws to within about 200 m.
GATE_M = 200
FIRST_VISIT = (
    "surroundings",
    "land",
    "border",
    "rivers",
    "cn-provinces",
    "cn-prefectures",
    "cn-counties",
    "vn-provinces-2025",
    "vn-communes-2025",
)
WGS84 = pyproj.Geod(ellps="WGS84")


def square_kilometres(areas: gpd.GeoSeries) -> pd.Series:
    """Area on the WGS-84 ellipsoid."""
    return areas.map(lambda area: abs(WGS84.geometry_area_perimeter(shapely.orient_polygons(area))[0]) / 1e6)


def sizes(layers_dir: Path) -> pd.DataFrame:
    """Bytes of each layer file: columns layer, raw, gzip, first_visit."""
    rows = []
    for path in sorted(layers_dir.glob("*.geojson")):
        content = path.read_bytes()
        rows.append((path.stem, len(content), len(gzip.compress(content, 9, mtime=0)), path.stem in FIRST_VISIT))
    return pd.DataFrame(rows, columns=["layer", "raw", "gzip", "first_visit"])


def gap_at_border(layers_dir: Path) -> float:
    """Metres of the border that are not, vertex for vertex, an edge of a Chinese county."""
    line = read_layer(layers_dir / "border.geojson").geometry
    counties = shapely.union_all(read_layer(layers_dir / "cn-counties.geojson").boundary.values)
    return float(to_metres(line.difference(counties)).length.iloc[0])


def province_areas(layers_dir: Path) -> pd.DataFrame:
    """Provinces before the reform, by id: columns area, official (km²) and deviation (share)."""
    layer = read_layer(layers_dir / "vn-provinces-2024.geojson").set_index("id")
    table = pd.DataFrame({"area": square_kilometres(layer.geometry), "official": pd.Series(OFFICIAL_AREAS)})
    return table.assign(deviation=table.area / table.official - 1)


def border_commune_areas(layers_dir: Path) -> pd.Series:
    """Area of each border commune from 2025-07-01 on, divided by the area that its package states."""
    layer = read_layer(layers_dir / "vn-communes-2025.geojson")
    layer = layer[layer.id.isin(flagged(layer))].set_index("id")
    stated = read_units(layers_dir / UNITS).set_index("id").area_km2
    return square_kilometres(layer.geometry) / stated.reindex(layer.index)


def misplaced(layers_dir: Path, places: pd.DataFrame) -> pd.DataFrame:
    """Places on the wrong side of the border or outside the unit they belong to.

    `places` is the table of that name, indexed by id. A point may stand off by its stated precision.
    Returns columns id, where (side of the border, or id of the unit), metres off.
    """
    layers = [read_layer(path) for path in sorted(layers_dir.glob("*.geojson")) if path.stem != "border"]
    areas = to_metres(pd.concat(layers).drop_duplicates("id").set_index("id").geometry)
    known = places[pd.to_numeric(places.lat).notna() & (places.kind != "country")]
    points = to_metres(
        gpd.GeoSeries(gpd.points_from_xy(known.lon.astype(float), known.lat.astype(float)), index=known.index, crs=4326)
    )
    rows = []
    for place, row in known.iterrows():
        allowed = PRECISION_M.get(row.coordinate_precision, 0) + (GATE_M if row.kind == "border_gate" else 0)
        point = points[place]
        side = f"{row.country.lower()}-land"
        # Only what stands in the map's own stretch of land can be on the wrong side of it.
        other = "cn-land" if side == "vn-land" else "vn-land"
        if areas[other].contains(point) and areas[side].distance(point) > allowed:
            rows.append((place, side, areas[side].distance(point)))
        unit = next((unit for unit in _above(place, places) if unit in areas.index), None)
        if unit and areas[unit].distance(point) > allowed:
            rows.append((place, unit, areas[unit].distance(point)))
    return pd.DataFrame(rows, columns=["id", "where", "metres"])


def _above(place: str, places: pd.DataFrame) -> Any:
    """The unit itself where it is one that has an area, then those it belongs to."""
    while isinstance(place, str):
        yield place
        place = places.parent.get(place)


def without_successor(layers_dir: Path, successions: pd.DataFrame) -> pd.Series:
    """Ids of communes that ended with the reform and of which `successions` names no successor."""
    units = read_units(layers_dir / UNITS)
    ended = units[(units.kind == "commune") & (units.valid_until != "")].id
    return ended[~ended.isin(successions.dropna(subset="successor").predecessor)]


def report(layers_dir: Path, packages_dir: Path, places: pd.DataFrame, successions: pd.DataFrame) -> str:
    """The figures as Markdown. `places` (indexed by id) and `successions` are the tables of those names."""
    far = vietnam.far_from_predecessors(packages_dir, places)
    names = places.name_vi.fillna(places.name_zh)
    wrong = misplaced(layers_dir, places)
    placed = int(pd.to_numeric(places.lat).notna().sum())
    provinces = province_areas(layers_dir)
    ratios = border_commune_areas(layers_dir)
    orphans = without_successor(layers_dir, successions)
    communes = read_units(layers_dir / UNITS).query("kind == 'commune' and valid_until != ''")
    files = sizes(layers_dir)
    first = files[files.first_visit]
    sides = wrong["where"].str.endswith("-land")
    lines = [
        "### Places",
        "",
        f"{placed} places have a position. On the wrong side of the border: {sides.sum()}. "
        f"Outside the unit they belong to by more than their stated precision: {(~sides).sum()}.",
        "",
        *(
            f"- {names.get(row.id, row.id)} (`{row.id}`): {row.metres:.0f} m outside `{row.where}`"
            for row in wrong.itertuples()
        ),
        "",
        f"Communes of today whose position lies outside what they were made of: {len(far)}.",
        "",
        *(f"- {names.get(unit, unit)} (`{unit}`): {metres:.0f} m" for unit, metres in far.items()),
        *([""] if len(far) else []),
        "### Border",
        "",
        f"Border line that is no edge of a Chinese county: {gap_at_border(layers_dir):.0f} m.",
        "",
        "### Provinces before the reform",
        "",
        "Official areas: statistics office of Vietnam, as reprinted with its 63 provinces at xemtinviet.com/gjuc; "
        "danso.info gives the same for Hà Giang and Quảng Ninh, rounded.",
        "",
        "| province | area on the map (km²) | official (km²) | deviation |",
        "|---|---:|---:|---:|",
        *(
            f"| {names.get(row.Index, row.Index)} | {row.area:.0f} | {row.official:.0f} | {row.deviation:+.1%} |"
            for row in provinces.itertuples()
        ),
        "",
        "### Border communes from 2025-07-01 on",
        "",
        f"Area on the map divided by the area that the package states, {len(ratios)} communes:",
        "",
        "| minimum | 5 % | 25 % | median | 75 % | 95 % | maximum |",
        "|---:|---:|---:|---:|---:|---:|---:|",
        "| " + " | ".join(f"{ratios.quantile(share):.2f}" for share in (0, 0.05, 0.25, 0.5, 0.75, 0.95, 1)) + " |",
        "",
        "### Successions",
        "",
        f"{len(communes) - len(orphans)} of {len(communes)} communes that ended with the reform have a successor"
        + (f"; without: {', '.join(orphans)}." if len(orphans) else "."),
        "",
        "### Sizes",
        "",
        "| layer | bytes | gzip | first visit |",
        "|---|---:|---:|---|",
        *(
            f"| {row.layer} | {row.raw} | {row.gzip} | {'yes' if row.first_visit else ''} |"
            for row in files.itertuples()
        ),
        f"| first visit in all | {first['raw'].sum()} | {first['gzip'].sum()} | |",
        "",
    ]
    return "\n".join(lines)
