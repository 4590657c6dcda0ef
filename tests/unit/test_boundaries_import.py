"""Importing official boundaries: a synthetic survey in VN-2000, and every way it can be wrong."""

import json
import math
import re
import shutil
import sqlite3
import struct
import time
import unicodedata
import zipfile
from contextlib import closing
from datetime import date

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
import pytest
import shapely
from spoken import assert_spoken

from atlas.boundaries.importer import import_official
from atlas.boundaries.importing import import_within
from atlas.boundaries.layers import UNITS, features, flagged, holds_official, read_layer, write_layer, write_units
from atlas.boundaries.survey import Given, ImportRefused

VN_2000 = 3405  # VN-2000 / UTM zone 48N
TM_3 = 5897  # VN-2000 / TM-3 zone 482, central meridian 105 degrees
SITE = 'ENGCRS["site",EDATUM["site"],CS[Cartesian,2],AXIS["x",east],AXIS["y",north],LENGTHUNIT["metre",1]]'
REFORM = date(2025, 7, 1)

# Four communes in a row from west to east; the border runs along their northern edge.
SQUARES = {f"vn-0000{n}-2025": shapely.box(104.9 + n / 10, 22.5, 105.0 + n / 10, 22.6) for n in range(1, 5)}
PROVINCES = {"vn-00001-2025": "vn-02", "vn-00002-2025": "vn-02", "vn-00003-2025": "vn-02", "vn-00004-2025": "vn-04"}


@pytest.fixture
def layers(tmp_path):
    """A layer folder with approximate squares, a little smaller than what the survey holds."""
    folder = tmp_path / "layers"
    folder.mkdir()
    approximate = gpd.GeoSeries({unit: square.buffer(-0.01, join_style="mitre") for unit, square in SQUARES.items()})
    listed = [True, False, True, False]
    write_layer(folder / "vn-communes-2025.geojson", features(approximate, border=listed, approximate=True))
    provinces = gpd.GeoSeries(
        {"vn-02": shapely.box(105, 22.5, 105.3, 22.6), "vn-04": shapely.box(105.3, 22.5, 105.4, 22.6)}
    )
    write_layer(folder / "vn-provinces-2025.geojson", features(provinces, border=True, approximate=True))
    land = gpd.GeoSeries({"vn-land": shapely.box(104, 22, 106, 22.6), "cn-land": shapely.box(104, 22.6, 106, 23)})
    write_layer(folder / "land.geojson", features(land))
    line = shapely.segmentize(shapely.LineString([(104, 22.6), (106, 22.6)]), 0.01)
    write_layer(folder / "border.geojson", features(gpd.GeoSeries({"border": line})))
    write_units(
        folder / UNITS,
        pd.DataFrame(
            [
                {
                    "id": unit,
                    "kind": "commune",
                    "parent": parent,
                    "valid_from": "2025-07-01",
                    "valid_until": "",
                    "area_km2": 100,
                }
                for unit, parent in PROVINCES.items()
            ]
        ),
    )
    return folder


def survey(crs=4326, **columns) -> gpd.GeoDataFrame:
    """The three communes of vn-02 as an office would give them."""
    squares = list(SQUARES.values())[:3]
    columns = {"MA_XA": ["00001", "00002", "00003"]} | columns
    return gpd.GeoDataFrame(columns, geometry=squares, crs=4326).to_crs(crs)


def load(path, layers, **changed):
    arguments = {"level": "commune", "code_column": "MA_XA", "valid_from": REFORM, "source": "Survey 2025"} | changed
    repairs = import_official(path, layers_dir=layers, **arguments).repairs
    for repair in repairs:
        assert_spoken(repair)
    return repairs


def refusal(path, layers, **changed) -> str:
    before = {file.name: file.read_bytes() for file in layers.iterdir()}
    with pytest.raises(ImportRefused) as refused:
        load(path, layers, **changed)
    assert {file.name: file.read_bytes() for file in layers.iterdir()} == before, "the former data must stay"
    assert all(problem.file == path.name for problem in refused.value.problems)
    for problem in refused.value.problems:
        assert_spoken(problem.message)
    return str(refused.value)


def geojson(tmp_path, frame, **members):
    path = tmp_path / "survey.geojson"
    path.write_text(json.dumps(json.loads(frame.to_json()) | members), encoding="utf-8")
    return path


@pytest.mark.parametrize("crs", [VN_2000, TM_3, 4756, 4326])
@pytest.mark.parametrize("name", ["survey.gpkg", "survey.shp"])
def test_survey_in_any_crs_replaces_the_approximate_areas(tmp_path, layers, crs, name):
    path = tmp_path / name
    survey(crs).to_file(path)
    assert load(path, layers) == []
    layer = read_layer(layers / "vn-communes-2025.geojson").set_index("id")
    assert list(layer.index) == list(SQUARES)
    for unit in list(SQUARES)[:3]:
        assert layer.geometry[unit].symmetric_difference(SQUARES[unit]).area < 0.02 * SQUARES[unit].area
    assert list(layer.approximate) == [False, False, False, True]
    assert list(layer.source[:3]) == ["Survey 2025"] * 3
    assert shapely.coverage_is_valid(layer.geometry.values[:3])
    assert holds_official(layers / "vn-communes-2025.geojson")


def test_communes_on_the_border_stay_those_that_are_listed(tmp_path, layers):
    survey().to_file(tmp_path / "survey.gpkg")
    load(tmp_path / "survey.gpkg", layers)
    assert flagged(read_layer(layers / "vn-communes-2025.geojson")) == {"vn-00001-2025", "vn-00003-2025"}


def test_provinces_that_follow_the_border_are_measured(tmp_path, layers):
    provinces = [shapely.box(105, 22.5, 105.3, 22.6), shapely.box(105.3, 22.5, 105.4, 22.59)]
    units = pd.DataFrame([{"id": f"vn-{code}", "kind": "province"} for code in ("02", "04")])
    frame = pd.read_csv(layers / UNITS, dtype=str)
    write_units(layers / UNITS, pd.concat([frame, units]))
    path = tmp_path / "survey.gpkg"
    gpd.GeoDataFrame({"MA_TINH": ["02", "04"]}, geometry=provinces, crs=4326).to_file(path)
    load(path, layers, level="province", code_column="MA_TINH")
    assert flagged(read_layer(layers / "vn-provinces-2025.geojson")) == {"vn-02"}


def test_geojson_declares_its_crs(tmp_path, layers):
    path = geojson(
        tmp_path, survey(VN_2000), crs={"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::3405"}}
    )
    assert load(path, layers) == []


def test_neighbours_of_another_province_give_way(tmp_path, layers):
    path = tmp_path / "survey.gpkg"
    frame = survey()
    frame.loc[2, "geometry"] = shapely.box(105.2, 22.5, 105.35, 22.6)
    frame.to_file(path)
    load(path, layers)
    layer = read_layer(layers / "vn-communes-2025.geojson").set_index("id")
    assert layer.geometry["vn-00003-2025"].intersection(layer.geometry["vn-00004-2025"]).area == 0
    assert layer.geometry["vn-00004-2025"].bounds[0] == pytest.approx(105.35)


def test_nothing_reaches_across_the_border(tmp_path, layers):
    path = tmp_path / "survey.gpkg"
    frame = survey()
    frame.loc[0, "geometry"] = shapely.box(105.0, 22.5, 105.1, 22.61)
    frame.to_file(path)
    assert "cut" in " ".join(load(path, layers))
    assert read_layer(layers / "vn-communes-2025.geojson").total_bounds[3] == pytest.approx(22.6)


def test_repairs_are_told(tmp_path, layers):
    path = tmp_path / "survey.gpkg"
    spike = shapely.Polygon(
        [
            (105, 22.5),
            (105.1, 22.5),
            (105.1, 22.6),
            (105.05, 22.6),
            (105.0501, 22.6001),
            (105.05, 22.6001),
            (105.0502, 22.6),
            (105, 22.6),
        ]
    )
    assert not spike.is_valid
    frame = survey(MA_XA=[1, 2, 3])
    frame.loc[0, "geometry"] = spike
    frame = frame.set_geometry(frame.geometry.force_3d(5.0))
    frame.to_file(path)
    told = " | ".join(load(path, layers))
    assert "leading zeros" in told
    assert "heights were dropped" in told
    assert "feature 1 was not valid" in told


@pytest.mark.parametrize("crs", [4326, VN_2000])
def test_swapped_axes_are_turned(tmp_path, layers, crs):
    frame = survey(crs)
    frame = frame.set_geometry(
        gpd.GeoSeries(shapely.transform(frame.geometry.values, lambda points: points[:, ::-1]), crs=crs)
    )
    path = tmp_path / "survey.gpkg"
    frame.to_file(path)
    assert "swapped" in " ".join(load(path, layers))
    assert read_layer(layers / "vn-communes-2025.geojson").total_bounds[0] == pytest.approx(105.0, abs=0.01)


def test_wrong_crs_is_refused(tmp_path, layers):
    path = tmp_path / "survey.gpkg"
    survey(VN_2000).set_crs(3857, allow_override=True).to_file(path)
    assert "northern Vietnam" in refusal(path, layers)


def test_wrong_zone_is_refused_by_the_distance_from_the_units(tmp_path, layers):
    path = tmp_path / "survey.gpkg"
    survey(5897).set_crs(5898, allow_override=True).to_file(path)
    assert "km away" in refusal(path, layers)


def test_shapefile_without_a_crs_is_refused(tmp_path, layers):
    path = tmp_path / "survey.shp"
    survey().to_file(path)
    path.with_suffix(".prj").unlink()
    assert ".prj" in refusal(path, layers)


def test_unknown_crs_of_a_geojson_is_refused(tmp_path, layers):
    path = geojson(tmp_path, survey(), crs={"type": "name", "properties": {"name": "Local grid 7"}})
    assert "Local grid 7" in refusal(path, layers)


@pytest.mark.parametrize("crs", [None, [3405], {"type": "name"}, {"type": "name", "properties": {"name": None}}])
def test_a_crs_that_names_none_is_refused(tmp_path, layers, crs):
    told = refusal(geojson(tmp_path, survey(), crs=crs), layers)
    assert 'without "crs" it is WGS-84' in told
    assert f'crs "{json.dumps(crs)}"' in told


@pytest.mark.parametrize("name", ["survey.gpkg", "survey.geojson"])
def test_a_crs_of_a_building_site_is_refused(tmp_path, layers, name):
    path = tmp_path / name
    if path.suffix == ".gpkg":
        survey().set_crs(SITE, allow_override=True).to_file(path)
    else:
        geojson(tmp_path, survey(), crs={"type": "name", "properties": {"name": SITE}})
    assert 'crs "site": expected a CRS whose place on Earth is known' in refusal(path, layers)


def star(corners: int, turns: int) -> shapely.Polygon:
    """An outline that goes round many times and crosses itself at each turn."""
    angles = 2 * np.pi * turns * np.arange(corners) / corners
    return shapely.Polygon(np.c_[105.05 + 0.05 * np.cos(angles), 22.55 + 0.05 * np.sin(angles)])


def combs(teeth: int) -> list[shapely.Polygon]:
    """Two valid outlines that cross each other as often as the square of their teeth."""
    starts = np.linspace(105, 105.1, 2 * teeth)
    edges = [(x, 22.5 if up ^ (number % 2) else 22.6) for number, x in enumerate(starts) for up in (0, 1)]
    upright = shapely.Polygon([*edges, (105.1, 22.49), (105, 22.49)])
    turned = shapely.transform(upright, lambda points: points[:, ::-1] + (82.5, -82.5))
    return [upright, turned]


@pytest.mark.parametrize(
    "shapes", [[star(3001, 1500)], [star(3001, 3)], [star(401, 200)], [star(20001, 10000)], combs(2000)]
)
def test_outlines_that_cross_again_and_again_are_refused_in_seconds(tmp_path, layers, shapes):
    path = tmp_path / "survey.gpkg"
    frame = survey()
    frame.loc[: len(shapes) - 1, "geometry"] = shapes
    frame.to_file(path)
    began = time.process_time()
    told = refusal(path, layers)
    assert time.process_time() - began < 5
    assert re.search(r"gpkg:1 geometry .*: expected an outline that does not cross itself", told)


@pytest.mark.parametrize("value", [math.nan, math.inf, 1e308, -1e300])
def test_coordinates_from_nowhere_are_refused(tmp_path, layers, value):
    path = tmp_path / "survey.geojson"
    frame = survey()
    first = next(iter(SQUARES.values())).bounds[0]
    path.write_text(frame.to_json().replace(f"[{first}", f"[{value}".replace("nan", "NaN").replace("inf", "Infinity")))
    assert "geometry" in refusal(path, layers)


def test_a_feature_that_is_none_is_named(tmp_path, layers):
    content = json.loads(survey().to_json())
    content["features"][1] = "commune"
    content["features"][2]["geometry"] = {"type": "Polygon", "coordinates": "105 22.5"}
    path = tmp_path / "survey.geojson"
    path.write_text(json.dumps(content))
    told = refusal(path, layers)
    assert ".geojson:2 geometry" in told
    assert ".geojson:3 geometry" in told


def test_too_many_points_are_refused(tmp_path, layers):
    path, written = tmp_path / "survey.gpkg", tmp_path / "survey.geojson"
    frame = survey()
    frame.loc[0, "geometry"] = shapely.segmentize(frame.geometry[0], 0.4 / 600_000)
    frame.iloc[:1].to_file(path)
    written.write_text('{"type": "FeatureCollection", "features": [' + "{}," * 1_100_000 + "{}]}")
    for file in (path, written):
        assert "at most 500,000 points; simplify" in refusal(file, layers)


def test_a_survey_that_takes_too_long_is_refused(tmp_path, layers):
    path = tmp_path / "survey.gpkg"
    survey().to_file(path)
    asked = (path, "commune", "MA_XA", REFORM, "Survey 2025")
    before = {file.name: file.read_bytes() for file in layers.iterdir()}
    with pytest.raises(ImportRefused, match=r"survey\.gpkg: expected outlines that can be looked at within 0 s"):
        import_within(asked, layers, seconds=0.01)
    assert {file.name: file.read_bytes() for file in layers.iterdir()} == before


def test_what_changes_is_told(tmp_path, layers):
    path = tmp_path / "survey.gpkg"
    frame = survey(MA_XA=[1, 2, 3])
    frame.loc[2, "geometry"] = shapely.box(105.2, 22.5, 105.35, 22.61)
    frame.to_file(path)
    asked = (path, "commune", "MA_XA", REFORM, "Survey 2025")
    assert import_within(asked, layers) == [
        "vn-communes-2025: 4 areas before, 4 after; 3 codes matched",
        "vn-communes-2025: 3 areas are the survey's: vn-00001-2025, vn-00002-2025, vn-00003-2025",
        "vn-communes-2025: 1 other area gives way: vn-00004-2025",
        "vn-communes-2025: where the survey lies was not measured, since less than 5 km of the map's border line is its edge",
        "survey.gpkg: 3 codes had lost their leading zeros",
        "survey.gpkg: cut where they reached across the map's border line, 1 in all: vn-00003-2025",
    ]


@pytest.mark.parametrize(
    ("codes", "expected"),
    [
        (["00001", "00002", "99999"], 'MA_XA "99999"'),
        (["00001", None, "00003"], "expected a code"),
        (["00001", "", "00003"], "expected a code"),
        (["00001", "00002", "00002"], "features 2, 3 share it"),
    ],
)
def test_bad_codes_are_refused(tmp_path, layers, codes, expected):
    path = tmp_path / "survey.gpkg"
    survey(MA_XA=codes).to_file(path)
    assert expected in refusal(path, layers)


def test_half_a_province_is_refused(tmp_path, layers):
    path = tmp_path / "survey.gpkg"
    survey().iloc[:2].to_file(path)
    assert "missing: 00003" in refusal(path, layers)


def test_all_problems_are_told_at_once(tmp_path, layers):
    path = geojson(
        tmp_path,
        survey(MA_XA=["00001", "99998", "99999"]).set_geometry(
            [shapely.Point(105, 22.5), *list(SQUARES.values())[1:3]]
        ),
    )
    told = refusal(path, layers)
    assert "99998" in told
    assert "99999" in told
    assert "Point" in told


@pytest.mark.parametrize(
    ("shape", "expected"),
    [
        (shapely.Point(105, 22.5), "Polygon or MultiPolygon"),
        (shapely.LineString([(105, 22.5), (105.1, 22.6)]), "Polygon or MultiPolygon"),
        (shapely.Polygon(), "there is none"),
        (None, "there is none"),
        (shapely.Polygon([(105, 22.5), (105.1, 22.6), (105.1, 22.5), (105, 22.6)]), "Self-intersection"),
    ],
)
def test_what_is_no_area_is_refused(tmp_path, layers, shape, expected):
    frame = survey()
    frame.loc[0, "geometry"] = shape
    assert expected in refusal(geojson(tmp_path, frame), layers)


def test_overlapping_neighbours_are_refused(tmp_path, layers):
    frame = survey()
    frame.loc[0, "geometry"] = shapely.box(105.0, 22.5, 105.12, 22.6)
    told = refusal(geojson(tmp_path, frame), layers)
    assert "also in feature 2" in told


@pytest.mark.parametrize(
    ("members", "told"),
    [
        (
            ["xa/ranh giới.shp", "xa/ranh giới.dbf"],
            "a ZIP archive: unpack all of it and name the unpacked xa/ranh giới.shp",
        ),
        (["survey.geojson"], "unpack all of it and name the unpacked survey.geojson"),
        (["doc.kml"], "this is KMZ: in QGIS"),
        (["a.gdb/a00000001.gdbtable"], "an Esri file geodatabase in a ZIP archive: unpack it"),
        (["xa.qgs"], "a project of QGIS, which holds no areas"),
        (["letter.docx"], "a ZIP archive without a survey in it"),
    ],
)
def test_an_archive_is_refused_by_what_is_in_it(tmp_path, layers, members, told):
    path = tmp_path / "survey.gpkg"
    with zipfile.ZipFile(path, "w") as archive:
        for member in members:
            archive.writestr(member, "")
    assert told in refusal(path, layers)


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("xa.kml", b'<?xml version="1.0"?><kml xmlns="http://www.opengis.net/kml/2.2"/>', "this is KML: in QGIS"),
        ("xa.gml", b"<?xml version='1.0'?><ogr:FeatureCollection/>", "this is GML: in QGIS"),
        ("xa.tab", b"!table\n!version 300\n", "this is a MapInfo table: in QGIS"),
        ("xa.mif", b"Version 300\nCharset", "this is a MapInfo interchange file: in QGIS"),
        ("xa.dat", b"\x03", "a part of a MapInfo table"),
        ("xa.dxf", b"  0\r\nSECTION\r\n", "this is a drawing (DXF): make closed areas"),
        ("xa.dwg", b"AC1027\0", "this is a drawing of AutoCAD (DWG): make closed areas"),
        ("xa.dbf", b"\x03", "a part of a Shapefile: name xa.shp"),
        ("xa.mdb", b"\x00\x01\x00\x00Standard Jet DB\x00", "an Esri personal geodatabase"),
        ("xa.rar", b"Rar!\x1a\x07", "this is an archive: unpack it"),
        ("xa.sqlite", b"SQLite format 3\0" + bytes(100), "a database of SQLite that is no GeoPackage"),
        ("xa.geojson", '{"type": "Mèo"}'.encode("utf-16"), "a GeoJSON in UTF-8, not UTF-16: save it again"),
        ("xa.geojson", '{"type":\n "县"}'.encode("gb18030"), "a GeoJSON in UTF-8 (line 2 is not): save it again"),
        ("xa.shp", b"\0\0\x27\x0a" + bytes(96), "missing beside it: xa.shx, xa.dbf"),
    ],
)
def test_a_file_of_another_kind_is_refused_by_its_name_with_what_to_do(tmp_path, layers, name, content, told):
    path = tmp_path / name
    path.write_bytes(content)
    assert told in refusal(path, layers)


def test_a_folder_is_refused_by_what_it_is(tmp_path, layers):
    (tmp_path / "xa.gdb").mkdir()
    assert "this is an Esri file geodatabase: in QGIS" in refusal(tmp_path / "xa.gdb", layers)
    (tmp_path / "xa").mkdir()
    (tmp_path / "xa" / "xa.shp").touch()
    assert "this is a folder: name the file in it: xa.shp" in refusal(tmp_path / "xa", layers)


def test_tables_without_geometry_are_no_layers(tmp_path, layers):
    path = tmp_path / "survey.gpkg"
    survey().to_file(path, layer="xa")
    for table in ("layer_styles", "qgis_projects", "ghi_chu"):
        pyogrio.write_dataframe(pd.DataFrame({"name": ["a"], "content": ["b"]}), path, layer=table)
    assert load(path, layers) == []


def test_of_several_layers_with_geometry_one_is_chosen(tmp_path, layers):
    path = tmp_path / "survey.gpkg"
    survey().to_file(path, layer="xa")
    survey().iloc[:1].to_file(path, layer="tinh")
    told = refusal(path, layers)
    assert '"xa, tinh": expected one layer with geometry; choose with --layer NAME' in told
    assert '--layer "huyen": expected a layer with geometry; there are: xa, tinh' in refusal(
        path, layers, given=Given(layer="huyen")
    )
    assert load(path, layers, given=Given(layer="xa")) == []


def test_a_crs_can_be_stated(tmp_path, layers):
    path = tmp_path / "survey.shp"
    survey(VN_2000).to_file(path)
    path.with_suffix(".prj").unlink()
    assert "state it: --crs" in refusal(path, layers)
    assert '--crs "EPSG:1"' in refusal(path, layers, given=Given(crs="EPSG:1"))
    assert load(path, layers, given=Given(crs="EPSG:3405")) == []


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_column_is_found_in_any_form_of_its_letters(tmp_path, layers, form):
    frame = survey().rename(columns={"MA_XA": unicodedata.normalize(form, "Mã xã")})
    for asked in ("NFC", "NFD"):
        path = geojson(tmp_path, frame)
        assert load(path, layers, code_column=unicodedata.normalize(asked, "Mã xã")) == []


def _wkb(kind: int, parts: list) -> bytes:
    """A geometry in the form that GeoPackages hold, of points or of other geometries."""
    packed = [part if isinstance(part, bytes) else struct.pack(f"<{len(part)}d", *part) for part in parts]
    return struct.pack("<BII", 1, kind, len(parts)) + b"".join(packed)


FIRST = list(SQUARES["vn-00001-2025"].exterior.coords)
ARC = [FIRST[-2], tuple(np.mean(FIRST[-2:], axis=0)), FIRST[-1]]
CURVED = _wkb(10, [_wkb(9, [_wkb(2, FIRST[:-1]), _wkb(8, ARC)])])
MEASURED = _wkb(2003, [struct.pack("<I", len(FIRST)) + b"".join(struct.pack("<3d", *point, 1.0) for point in FIRST)])


@pytest.mark.parametrize(
    ("shape", "declared", "told"),
    [
        (CURVED, "geometry_type_name = 'GEOMETRY'", "curves were made of short straight lines"),
        (MEASURED, "m = 1", "measures (M) were dropped"),
    ],
)
def test_the_loss_of_curves_and_measures_is_told_and_nothing_printed(tmp_path, layers, recwarn, shape, declared, told):
    path = tmp_path / "survey.gpkg"
    survey().to_file(path)
    with closing(sqlite3.connect(path)) as database, database:
        for name in (
            "ST_IsEmpty",
            "ST_MinX",
            "ST_MaxX",
            "ST_MinY",
            "ST_MaxY",
        ):  # what the triggers of its index ask for
            database.create_function(name, 1, lambda _: 0)
        database.execute(f"UPDATE gpkg_geometry_columns SET {declared}")
        content = b"GP\0\1" + struct.pack("<i", 4326) + shape
        database.execute("UPDATE survey SET geom = ? WHERE fid = 1", [content])
    assert load(path, layers) == [told]
    assert not recwarn.list


NAMES = {
    "vn-00001-2025": ("Mèo Vạc", "苗旺社"),
    "vn-00002-2025": ("Đồng Văn", "同文社"),
    "vn-00003-2025": ("Lũng Cú", "龙谷社"),
    "vn-00004-2025": ("Hữu Lũng", "右陇社"),
}
IN_TCVN3 = ("X· MÌo V¹c", "X· §ång V¨n", "X· Lòng Có")
IN_VNI = ("Xaõ Meøo Vaïc", "Xaõ Ñoàng Vaên", "Xaõ Luõng Cuù")


def shapefile(tmp_path, texts, page: str | None, column: bytes = b"TEN_XA"):
    """A Shapefile whose names are these bytes, and a .cpg that says something of them."""
    path = tmp_path / "survey.shp"
    frame = survey(**{column.decode("latin-1"): [text.decode("latin-1") for text in texts]})
    frame.to_file(path, encoding="ISO-8859-1")
    path.with_suffix(".cpg").unlink()
    if page is not None:
        path.with_suffix(".cpg").write_text(page)
    return path


def encoded(encoding: str, number: int = 0) -> list[bytes]:
    return [own[number].encode(encoding) for own in list(NAMES.values())[:3]]


@pytest.mark.parametrize(
    ("texts", "page", "remark"),
    [
        (encoded("gb18030", 1), "GBK", None),
        (encoded("gb18030", 1), "936", None),
        (encoded("utf-8"), "UTF-8", None),
        (encoded("utf-8"), None, None),
        (
            encoded("gb18030", 1),
            None,
            "nothing states the encoding of the texts: read as GB18030, in which 3 are names",
        ),
        (encoded("gb18030", 1), "UTF-8", "survey.cpg says UTF-8 for the texts, which is wrong: read as GB18030"),
        (encoded("utf-8"), "ISO-8859-1", "survey.cpg says ISO-8859-1 for the texts, which is wrong: read as UTF-8"),
        ([text.encode("latin-1") for text in IN_TCVN3], "1252", "which is wrong: read as TCVN3, in which 3 are"),
        ([text.encode("latin-1") for text in IN_TCVN3], "UTF-8", "which is wrong: read as TCVN3, in which 3 are"),
        ([text.encode("latin-1") for text in IN_VNI], None, "read as VNI, in which 3 are names of units"),
        ([b"\xb7\xa8\xff"] * 3, None, "nothing states the encoding of the texts, and in no other one they are names"),
    ],
)
def test_names_are_read_in_the_encoding_in_which_they_are_names(tmp_path, layers, texts, page, remark):
    told = load(shapefile(tmp_path, texts, page), layers, given=Given(names=NAMES))
    assert len(told) == (remark is not None)
    assert not remark or remark in told[0]


@pytest.mark.parametrize(
    ("encoding", "texts", "asked"),
    [
        ("GBK", encoded("gb18030", 1), "名称"),
        ("tcvn3", [text.encode("latin-1") for text in IN_TCVN3], "Tªn x·"),
        ("VNI", [text.encode("latin-1") for text in IN_VNI], "Teân xaõ"),
        ("windows-1258", [b"Me\xcco Va\xf2c", b"\xd0\xf4\xccng V\xe3n", b"Lu\xdeng Cu\xec"], "Te\xean"),
    ],
)
def test_an_encoding_can_be_stated(tmp_path, layers, encoding, texts, asked):
    content = asked.encode("gbk" if encoding == "GBK" else "latin-1")
    swapped = shapefile(tmp_path, texts[::-1], None, content)
    told = refusal(swapped, layers, given=Given(encoding=encoding, names=NAMES))
    column = {"GBK": "名称", "windows-1258": "Teên"}.get(encoding, "Tên xã")
    assert f"survey.shp:1 {column}" in told
    assert (
        "expected a name of vn-00001-2025 (Mèo Vạc, 苗旺社), whose code the feature has; this is one of vn-00003-2025"
        in told
    )


def test_an_unknown_encoding_is_refused(tmp_path, layers):
    path = shapefile(tmp_path, encoded("utf-8"), "UTF-8")
    assert '--encoding "TCVN9": expected an encoding that is known' in refusal(
        path, layers, given=Given(encoding="TCVN9")
    )
    path.with_suffix(".cpg").write_text("Vietnamese")
    assert 'survey.cpg "Vietnamese": expected an encoding' in refusal(path, layers)


def test_a_column_whose_name_cannot_be_read_is_named_with_what_to_do(tmp_path, layers):
    path = shapefile(tmp_path, encoded("gb18030", 1), "UTF-8", "代码".encode("gbk"))
    told = refusal(path, layers, code_column="代码x")
    assert "they were not compared; state it with --encoding" in told
    assert "there are: MA_XA, 代码; " in refusal(path, layers, code_column="代码x", given=Given(names=NAMES))


def test_codes_that_are_swapped_are_found_by_the_names(tmp_path, layers):
    names = ["Xã Đồng Văn", "Xã Mèo Vạc", "Lung Cu (new)"]
    path = geojson(tmp_path, survey(TEN=names))
    told = refusal(path, layers, given=Given(names=NAMES))
    assert 'survey.geojson:1 TEN "Xã Đồng Văn": expected a name of vn-00001-2025 (Mèo Vạc, 苗旺社)' in told
    assert "survey.geojson:2 TEN" in told
    assert "survey.geojson:3" not in told


def test_codes_that_are_swapped_are_found_by_where_the_areas_lie(tmp_path, layers):
    told = refusal(geojson(tmp_path, survey(MA_XA=["00002", "00001", "00003"])), layers)
    assert 'survey.geojson:1 geometry "vn-00002-2025": expected an area where the unit is known to be' in told
    assert "this one is where vn-00001-2025 is, and the other way round: swapped codes?" in told
    assert "survey.geojson:3" not in told


def test_too_large_a_file_is_refused_unread(tmp_path, layers):
    path = tmp_path / "survey.geojson"
    with path.open("wb") as file:
        file.truncate(500_000_000)
    assert "500 MB" in refusal(path, layers)


@pytest.mark.parametrize("name", ["survey.geojson", "survey.shp", "survey.gpkg"])
def test_vrt_under_another_name_reads_no_other_file(tmp_path, layers, name):
    hidden = tmp_path / "hidden.gpkg"
    survey().to_file(hidden)
    path = tmp_path / name
    path.write_text(
        f'<OGRVRTDataSource><OGRVRTLayer name="hidden"><SrcDataSource>{hidden}</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>'
    )
    assert "its content is none of them" in refusal(path, layers)


@pytest.mark.parametrize(
    "content", [b"", b"{", b"{}", b'{"type": "FeatureCollection", "features": []}', b"\xff\xfe", b"SQLite format 3\0"]
)
def test_damaged_files_are_refused(tmp_path, layers, content):
    path = tmp_path / "survey.geojson"
    path.write_bytes(content)
    assert refusal(path, layers)


def test_truncated_geopackage_is_refused(tmp_path, layers):
    path = tmp_path / "survey.gpkg"
    survey().to_file(path)
    path.write_bytes(path.read_bytes()[:5000])
    assert "can be read" in refusal(path, layers)


def test_wrong_arguments_are_refused(tmp_path, layers):
    path = geojson(tmp_path, survey())
    assert "there are: MA_XA" in refusal(path, layers, code_column="CODE")
    assert "a level" in refusal(path, layers, level="village")
    assert "exists on that day" in refusal(path, layers, level="district")
    assert "source" in refusal(path, layers, source=" ")
    assert "99" not in refusal(tmp_path / "absent.gpkg", layers)


def test_units_of_another_period_are_unknown(tmp_path, layers):
    shutil.copy(layers / "vn-communes-2025.geojson", layers / "vn-communes-2024.geojson")
    assert "on that day" in refusal(geojson(tmp_path, survey()), layers, valid_from=date(2020, 1, 1))
