"""Vietnamese units before and after the reform of 2025-07-01, and which went into which."""

import json
import re
import unicodedata
from pathlib import Path

import geopandas as gpd
import pandas as pd
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
    own_point = ~(
        table.duplicated(["wardLat", "wardLon"], keep=False)
        | ((table.wardLat == table.districtLat) & (table.wardLon == table.districtLon))
    )
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


def crosswalk(packages_dir: Path) -> pd.DataFrame:
    """Which commune of the border provinces went into which on 2025-07-01, by two packages.

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
    border = set(old[old.provinceCode.isin(BORDER_PROVINCES)].wardCode)
    links = pd.DataFrame(
        sorted(link for link in first | second if link[0] in border), columns=["predecessor", "successor"]
    )
    pairs = list(links.itertuples(index=False, name=None))
    links["in_vietnamadminunits"] = [pair in first for pair in pairs]
    links["in_vietnam_provinces"] = [pair in second for pair in pairs]
    agreed = links.in_vietnamadminunits & links.in_vietnam_provinces
    links["holds"] = agreed | ~links.predecessor.isin(links[agreed].predecessor)
    return links.assign(predecessor="vn-" + links.predecessor, successor="vn-" + links.successor + "-2025")


def communes_after(packages_dir: Path, land: BaseGeometry) -> gpd.GeoSeries:
    """Approximate areas (WGS-84) of the communes from 2025-07-01 on, indexed by place id.

    Of `land` each has what is nearer to its point than to any other's.

    Covers all of `land`: the neighbouring provinces' communes make the outer cells end where
    they should. A commune whose point lies far off `land`, on an island that the map does not
    hold, has no area. Source of the points: PyPI `vietnamadminunits`.
    """
    table = vietnamese_tables(packages_dir)[1]
    points = to_metres(gpd.points_from_xy(table.wardLon, table.wardLat))
    owners = pd.Series(list("vn-" + table.wardCode + "-2025"))
    land = to_metres([land]).iloc[0]
    near = points.within(land.envelope.buffer(50_000))
    offshore = (points.distance(land) > OFFSHORE_M) & points.within(land.envelope)
    return to_degrees(nearest_areas(points[near & ~offshore], owners[near & ~offshore], land))


def divided(areas: gpd.GeoSeries, before: pd.DataFrame, links: pd.DataFrame) -> gpd.GeoDataFrame:
    """Each of `areas` (communes after the reform, WGS-84) parted among its predecessors.

    `before` are the units of :func:`units_before`, `links` the predecessor and successor
    columns of :func:`crosswalk`. Returns columns successor, predecessor, geometry; an area of
    whose predecessors none has a point of its own keeps an empty predecessor.
    """
    known = before.dropna(subset="lat").set_index("id")
    points = to_metres(gpd.points_from_xy(known.lon, known.lat)).set_axis(known.index)
    parts = []
    for successor, area in to_metres(areas).items():
        predecessors = links[links.successor == successor].predecessor
        predecessors = predecessors[predecessors.isin(points.index)]
        if predecessors.empty:
            parts.append((successor, "", area))
            continue
        own = points[predecessors]
        pieces = nearest_areas(own, pd.Series(own.index, index=own.index), area)
        parts += [(successor, predecessor, piece) for predecessor, piece in pieces.items()]
    frame = gpd.GeoDataFrame(parts, columns=["successor", "predecessor", "geometry"], crs=UTM)
    return frame.assign(geometry=to_degrees(frame.geometry))
