"""Vietnamese units before and after the reform of 2025-07-01, and which went into which."""

import json
import re
import unicodedata
from collections.abc import Collection
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from atlas.boundaries.border import UTM, to_degrees, to_metres
from atlas.boundaries.cells import nearest_areas
from atlas.boundaries.packages import read_wheel, vietnamese_conversion, vietnamese_tables

REFORM = "2025-07-01"
LAST_DAY_BEFORE = "2025-06-30"
# Codes of the border provinces before the reform, with their code after it.
BORDER_PROVINCES = {"02": "08", "04": "04", "10": "15", "11": "11", "12": "12", "20": "20", "22": "22"}
# Provinces without a border of their own that were merged with one.
MERGED_INLAND_PROVINCES = {"08": "08", "15": "15"}
NEW_PROVINCES = {"08", "15"}

# A seat farther from the land of the map is on an island that the map leaves out.
OFFSHORE_M = 5_000
# A former commune lies in its successor: its point is within this many radii of the circle that
# has the successor's area (long communes reach further than one), or within NEAR_M.
ASTRAY = 3
NEAR_M = 12_000
BOXES_M = 2_000

COLUMNS = [
    "id",
    "kind",
    "name",
    "type",
    "parent",
    "lat",
    "lon",
    "point_source",
    "valid_from",
    "valid_until",
    "area_km2",
]


def province_id_after(code: str) -> str:
    """Place id of the province that has this code after the reform."""
    return f"vn-{code}-2025" if code in NEW_PROVINCES else f"vn-{code}"


def _named(frame: pd.DataFrame, kind: str, full_name: str) -> pd.DataFrame:
    """`frame` with kind, type and name, the two parted from the full name ("Xã Thanh Thủy")."""
    full_names = [unicodedata.normalize("NFC", text) for text in frame[full_name]]
    parts = pd.Series(full_names, index=frame.index).str.extract(
        r"^(?P<type>Tỉnh|Thành phố|Thị xã|Huyện|Thị trấn|Phường|Xã|Đặc khu) (?P<name>.+)$", re.IGNORECASE
    )
    return frame.assign(kind=kind, type=parts["type"].str.lower(), name=parts["name"])


def units_before(packages_dir: Path) -> pd.DataFrame:
    """Provinces, districts and communes of the border provinces up to 2025-06-30.

    Columns as in COLUMNS; lat and lon (WGS-84) are empty for a commune whose point in the
    package is that of its district or of another commune. Includes, as provinces only, old
    Tuyên Quang and Yên Bái, which were merged with a border province.
    Source: PyPI `vietnamadminunits`, table `admin_units_legacy`.
    """
    table = vietnamese_tables(packages_dir)[0]
    merged = BORDER_PROVINCES | MERGED_INLAND_PROVINCES
    provinces = table[table.provinceCode.isin(merged)].drop_duplicates("provinceCode")
    provinces = _named(provinces, "province", "province").assign(
        id="vn-" + provinces.provinceCode, parent="", lat=provinces.provinceLat, lon=provinces.provinceLon
    )
    table = table[table.provinceCode.isin(BORDER_PROVINCES)]
    districts = table.drop_duplicates("districtCode")
    districts = _named(districts, "district", "district").assign(
        id="vn-" + districts.districtCode,
        parent="vn-" + districts.provinceCode,
        lat=districts.districtLat,
        lon=districts.districtLon,
    )
    own_point = _has_own_point(table)
    communes = _named(table, "commune", "ward").assign(
        id="vn-" + table.wardCode,
        parent="vn-" + table.districtCode,
        lat=table.wardLat.where(own_point),
        lon=table.wardLon.where(own_point),
    )
    units = pd.concat([provinces, districts, communes])
    units["valid_until"] = LAST_DAY_BEFORE
    unchanged = (units.kind == "province") & ~units.provinceCode.isin({"02", "10", *NEW_PROVINCES})
    units.loc[unchanged, "valid_until"] = ""
    return units.assign(point_source="vietnamadminunits", valid_from="", area_km2=None)[COLUMNS]


def _has_own_point(table: pd.DataFrame) -> pd.Series:
    """Whether the point of a former commune is not that of its district or of another commune."""
    return ~(
        table.duplicated(["wardLat", "wardLon"], keep=False)
        | ((table.wardLat == table.districtLat) & (table.wardLon == table.districtLon))
    )


def units_after(packages_dir: Path) -> pd.DataFrame:
    """Communes from 2025-07-01 on of the border provinces, and the provinces made by the reform.

    Columns as in COLUMNS. Source: PyPI `vietnamadminunits`, table `admin_units`.
    """
    table = vietnamese_tables(packages_dir)[1]
    table = table[table.provinceCode.isin(BORDER_PROVINCES.values())]
    provinces = table[table.provinceCode.isin(NEW_PROVINCES)].drop_duplicates("provinceCode")
    provinces = _named(provinces, "province", "province").assign(
        id="vn-" + provinces.provinceCode + "-2025",
        parent="",
        lat=provinces.provinceLat,
        lon=provinces.provinceLon,
        area_km2=None,
    )
    communes = _named(table, "commune", "ward").assign(
        id="vn-" + table.wardCode + "-2025",
        parent=table.provinceCode.map(province_id_after),
        lat=table.wardLat,
        lon=table.wardLon,
        area_km2=table.wardAreaKm2,
    )
    units = pd.concat([provinces, communes])
    return units.assign(point_source="vietnamadminunits", valid_from=REFORM, valid_until="")[COLUMNS]


def crosswalk(packages_dir: Path, provinces: Collection[str] = BORDER_PROVINCES) -> pd.DataFrame:
    """Which commune of `provinces` (codes before the reform) went into which on 2025-07-01, by two packages.

    Columns: predecessor, successor (place ids), in_vietnamadminunits, in_vietnam_provinces,
    holds. A link that only one of the two states holds where it is the only one of its
    predecessor, so that no commune is left without a successor and none is split on the
    word of one alone.
    Sources: PyPI `vietnamadminunits` (`converter_2025.json`); PyPI `vietnam-provinces` (the
    statistics office's table of conversion).
    """
    old, new = vietnamese_tables(packages_dir)
    old_codes = dict(zip(old.provinceKey + "_" + old.districtKey + "_" + old.wardKey, old.wardCode))
    new_codes = dict(zip(zip(new.provinceKey, new.wardKey), new.wardCode))
    converter = json.loads(read_wheel(packages_dir, "vietnamadminunits", "vietnamadminunits/data/converter_2025.json"))
    first = {
        (old_codes.get(commune), new_codes[province, successor])
        for province, wards in converter["DICT_PROVINCE_WARD_NO_DIVIDED"].items()
        for successor, communes in wards.items()
        for commune in communes
    } | {
        (old_codes[commune], new_codes[province, part["newWardKey"]])
        for province, divided in converter["DICT_PROVINCE_WARD_DIVIDED"].items()
        for commune, parts in divided.items()
        for part in parts
    }
    second = {
        (f"{entry.old_ward.code:05d}", f"{ward.code:05d}")
        for entry in vietnamese_conversion(packages_dir)["OLD_TO_NEW"].values()
        for ward in entry.new_wards
    }
    asked = set(old[old.provinceCode.isin(provinces)].wardCode)
    links = pd.DataFrame(
        sorted(link for link in first | second if link[0] in asked), columns=["predecessor", "successor"]
    )
    pairs = list(links.itertuples(index=False, name=None))
    links["in_vietnamadminunits"] = [pair in first for pair in pairs]
    links["in_vietnam_provinces"] = [pair in second for pair in pairs]
    agreed = links.in_vietnamadminunits & links.in_vietnam_provinces
    links["holds"] = agreed | ~links.predecessor.isin(links[agreed].predecessor)
    return links.assign(predecessor="vn-" + links.predecessor, successor="vn-" + links.successor + "-2025")


def pieces(packages_dir: Path, land: BaseGeometry, places: pd.DataFrame) -> gpd.GeoDataFrame:
    """`land` (WGS-84) parted into what was one commune before the reform and is one after it.

    Each piece of land is that of the nearest point of a former commune; one that was split is
    parted among its successors by their points. Where a former commune has no point, that of the
    commune of today stands in. The communes of the neighbouring provinces make the outer cells
    end where they should; they stand as predecessor and as successor.

    `places` is the table of that name: its positions go before those of the package.
    Returns columns successor and predecessor (place ids; predecessor is empty where a commune
    of today stands in), geometry (WGS-84), together all of `land`. A unit whose point lies far
    off `land`, on an island that the map does not hold, has no area.
    Source of the points: PyPI `vietnamadminunits`, tables `admin_units` and `admin_units_legacy`.
    """
    links = crosswalk(packages_dir, BORDER_PROVINCES | MERGED_INLAND_PROVINCES).query("holds")
    old, new = vietnamese_tables(packages_dir)
    old = old.set_index("vn-" + old.wardCode)[_has_own_point(old).to_numpy()]
    new = new.set_index("vn-" + new.wardCode + "-2025")
    curated = _curated(places)
    before = _points(old, curated[curated.index.isin(links.predecessor)])
    after = _points(new, curated[curated.index.isin(links.successor)])
    before = before[~_astray(before, after, links, new.wardAreaKm2).reindex(before.index, fill_value=False)]

    unknown = links.successor[~links.predecessor.isin(before.index)]
    land = to_metres([land]).iloc[0]
    points = pd.concat([before, after[after.index.isin(unknown)]])
    offshore = (points.distance(land) > OFFSHORE_M) & points.within(land.envelope)
    points = points[points.within(land.envelope.buffer(50_000)) & ~offshore]
    successors = links.groupby("predecessor").successor.agg(list)
    parts = []
    for owner, area in nearest_areas(points, pd.Series(points.index, index=points.index), land).items():
        if owner not in successors.index:
            parts.append((owner, "" if owner in after.index else owner, area))
            continue
        own = after[successors[owner]]
        parts += [(unit, owner, part) for unit, part in nearest_areas(own, own.index.to_series(), area).items()]
    frame = gpd.GeoDataFrame(parts, columns=["successor", "predecessor", "geometry"], crs=UTM)
    return frame.assign(geometry=to_degrees(frame.geometry))


def far_from_predecessors(packages_dir: Path, places: pd.DataFrame) -> pd.Series:
    """Metres that the positions of communes of today lie outside what they were made of, by id.

    `places` is the table of that name, indexed by id. What a commune was made of is the hull of
    the boxes that the package states of its former communes, and of their curated positions. The
    boxes are rough: only what lies outside by more than the commune's radius and 2 km is named.
    Source of the boxes: PyPI `vietnamadminunits`, used for this comparison alone.
    """
    links = crosswalk(packages_dir, BORDER_PROVINCES | MERGED_INLAND_PROVINCES).query("holds")
    old, new = vietnamese_tables(packages_dir)
    asked = set(links.predecessor)
    stated = old.set_index("vn-" + old.wardCode).wardBounds.dropna()
    boxes = {unit: _box(bounds) for unit, bounds in stated.items() if unit in asked}
    known = _curated(places.reset_index())
    points = gpd.GeoSeries(gpd.points_from_xy(known.lon, known.lat), index=known.index, crs=4326)
    made_of = links[links.successor.isin(known.index)].groupby("successor").predecessor
    hulls = {
        unit: shapely.union_all([*map(boxes.get, former), *points[points.index.intersection(former)]]).convex_hull
        for unit, former in made_of
    }
    hulls = gpd.GeoSeries(list(hulls.values()), index=list(hulls), dtype="geometry", crs=4326)
    off = to_metres(hulls).distance(to_metres(points[hulls.index]))
    radius = np.sqrt(new.set_index("vn-" + new.wardCode + "-2025").wardAreaKm2[off.index] * 1e6 / np.pi)
    return off[off > np.maximum(radius, BOXES_M)].sort_values(ascending=False)


def _box(bounds: str) -> BaseGeometry:
    """The box of "south,west – north,east"."""
    south, west, north, east = (float(number) for number in re.split(r", *| – ", bounds))
    return shapely.box(west, south, east, north)


def _curated(places: pd.DataFrame) -> pd.DataFrame:
    """Columns lat and lon of the communes of `places` whose own position is known, by id."""
    own = (places.kind == "commune") & places.lat.notna() & (places.coordinate_precision != "parent")
    return places[own].set_index("id")[["lat", "lon"]].astype(float)


def _points(table: pd.DataFrame, curated: pd.DataFrame) -> gpd.GeoSeries:
    """Points in metres by id: those of `curated`, and of a package's `table` the rest."""
    given = table.rename(columns={"wardLat": "lat", "wardLon": "lon"})[["lat", "lon"]]
    frame = pd.concat([curated, given[~given.index.isin(curated.index)]]).sort_index()
    return to_metres(gpd.points_from_xy(frame.lon, frame.lat)).set_axis(frame.index)


def _astray(before: gpd.GeoSeries, after: gpd.GeoSeries, links: pd.DataFrame, area_km2: pd.Series) -> pd.Series:
    """Whether the point of a former commune lies too far from all of its successors to be in them."""
    linked = links[links.predecessor.isin(before.index) & links.successor.isin(after.index)]
    distance = before[linked.predecessor].distance(after[linked.successor], align=False).to_numpy()
    reach = ASTRAY * np.sqrt(area_km2[linked.successor].to_numpy() * 1e6 / np.pi)
    return pd.Series(distance > np.maximum(reach, NEAR_M)).groupby(linked.predecessor.to_numpy()).all()
