"""Importing official boundaries: a synthetic survey in VN-2000, and every way it can be wrong."""

import json
import math
import re
import shutil
import time
import zipfile
from datetime import date

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from atlas.boundaries.importer import import_official
from atlas.boundaries.importing import import_within
from atlas.boundaries.layers import UNITS, features, flagged, holds_official, read_layer, write_layer, write_units
from atlas.boundaries.survey import ImportRefused

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
    line = shapely.LineString([(104, 22.6), (106, 22.6)])
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
    return import_official(path, layers_dir=layers, **arguments).repairs


def refusal(path, layers, **changed) -> str:
    before = {file.name: file.read_bytes() for file in layers.iterdir()}
    with pytest.raises(ImportRefused) as refused:
        load(path, layers, **changed)
    assert {file.name: file.read_bytes() for file in layers.iterdir()} == before, "the former data must stay"
    assert all(problem.file == path.name for problem in refused.value.problems)
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


def test_zip_is_refused(tmp_path, layers):
    path = tmp_path / "survey.gpkg"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("survey.geojson", survey().to_json())
    assert "unpacked" in refusal(path, layers)


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
