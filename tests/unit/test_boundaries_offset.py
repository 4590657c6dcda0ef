"""Surveys in coordinates that are not what they are declared to be, found by how they lie to the border."""

import shutil
from datetime import date
from pathlib import Path

import geopandas as gpd
import numpy as np
import pytest
import shapely

from atlas.boundaries import offset
from atlas.boundaries.border import to_metres
from atlas.boundaries.importer import import_official
from atlas.boundaries.layers import read_layer
from atlas.boundaries.readings import bd_09, gcj_02
from atlas.boundaries.survey import Given, ImportRefused
from atlas.words.translator import Translator

LAYERS = Path(__file__).parents[2] / "data" / "layers"
PROVINCES = read_layer(LAYERS / "vn-provinces-2025.geojson").set_index("id").geometry
DISTRICTS = read_layer(LAYERS / "vn-districts-2024.geojson").set_index("id").geometry
LINE = to_metres(read_layer(LAYERS / "border.geojson").geometry).iloc[0]
CAO_BANG = PROVINCES[["vn-04"]]
TM_3 = "+proj=tmerc +lon_0=105.75 +k={k} +x_0=500000 +units=m +no_defs"
NO_SHIFT = TM_3.format(k=0.9999) + " +ellps=WGS84 +towgs84=0,0,0"


def border(areas: gpd.GeoSeries):
    return offset.border_of(to_metres(areas), LINE)


def lies(areas: gpd.GeoSeries, written, declared, known=CAO_BANG) -> offset.Offset:
    """Where a survey lies that is written in one CRS and declares another."""
    frame = gpd.GeoDataFrame(geometry=areas.to_crs(written)).set_crs(declared, allow_override=True)
    return offset.measured(frame, border(known))


def with_errors(areas: gpd.GeoSeries, metres: float, seed: int) -> gpd.GeoSeries:
    """Areas whose outlines bend to and fro by so many metres (standard deviation) over some kilometres."""
    random = np.random.default_rng(seed)
    waves = [(random.normal(0, 1 / 2000, 2), random.uniform(0, 2 * np.pi, 2)) for _ in range(20)]

    def bend(points):
        moved = sum(np.sin(points @ pace[:, None] + phase) for pace, phase in waves)
        return points + metres * moved / np.sqrt(10)

    bent = shapely.transform(shapely.segmentize(to_metres(areas).values, 200), bend)
    return gpd.GeoSeries(shapely.make_valid(bent, method="structure"), crs=32648).to_crs(4326)


@pytest.mark.parametrize(
    ("written", "declared", "metres", "cause"),
    [
        (9210, NO_SHIFT, 224, "VN-2000 / TM-3 105-45 (EPSG:9210)"),
        (9210, TM_3.format(k=0.9999) + " +datum=WGS84", 224, "VN-2000 / TM-3 105-45 (EPSG:9210)"),
        (9210, NO_SHIFT.replace("0.9999", "0.9996"), 885, "VN-2000 / TM-3 105-45 (EPSG:9210)"),
        (9210, 9209, 25_700, "VN-2000 / TM-3 105-45 (EPSG:9210)"),
        (9210, 5897, 77_000, "VN-2000 / TM-3 105-45 (EPSG:9210)"),
        (5897, 3405, 750, "VN-2000 / TM-3 zone 482 (EPSG:5897)"),
        (3405, 32648, 224, "VN-2000 / UTM zone 48N (EPSG:3405)"),
        (32648, 3405, 224, "WGS 84 / UTM zone 48N (EPSG:32648)"),
        (4756, 4326, 224, "VN-2000 (EPSG:4756)"),
        (4326, 4756, 224, "WGS 84 (EPSG:4326)"),
        (3148, 3405, 360, "Indian 1960 / UTM zone 48N (EPSG:3148)"),
    ],
)
def test_a_survey_in_another_crs_than_it_declares_is_recognised(written, declared, metres, cause):
    found = lies(CAO_BANG, written, declared)
    assert found.metres == pytest.approx(metres, rel=0.1)
    assert found.cause.name == cause


@pytest.mark.parametrize(
    ("move", "cause"),
    [(gcj_02, "GCJ-02"), (bd_09, "BD-09"), (lambda points: 2 * points - gcj_02(points), "as if it had been GCJ-02")],
)
@pytest.mark.parametrize("crs", [4326, 32648])
def test_coordinates_of_chinese_web_maps_are_recognised(move, cause, crs):
    moved = gpd.GeoSeries(shapely.transform(CAO_BANG.values, move), crs=4326)
    found = lies(moved, crs, crs)
    assert cause in found.cause.name
    assert 300 < found.metres < 1500


def test_gcj_02_is_off_as_it_is_known_to_be():
    beijing = np.array([[116.404, 39.915]])
    assert gcj_02(beijing)[0] == pytest.approx([116.41024449916938, 39.91640428150164], abs=1e-7)
    assert bd_09(beijing)[0] == pytest.approx([116.41662724378733, 39.922699552216216], abs=1e-6)


def test_metres_in_a_file_without_a_crs_are_recognised():
    assert lies(CAO_BANG, 3405, 4326).cause.name == "VN-2000 / UTM zone 48N (EPSG:3405)"


def test_a_lost_false_easting_is_recognised():
    moved = CAO_BANG.to_crs(9210).translate(-500_000)
    assert "TM-3 105-45 without its false easting" in lies(moved, 9210, 9210).cause.name


def test_a_shift_that_nothing_explains_is_measured():
    found = lies(to_metres(CAO_BANG).translate(300, 400), 32648, 32648)
    assert found.cause is None
    assert found.metres == pytest.approx(500, abs=10)


def test_what_explains_a_shift_best_is_named_where_it_does_not_wholly():
    found = lies(CAO_BANG.translate(0.005, -0.0027), 4326, 4326)
    assert "GCJ-02" in found.cause.name
    assert not found.wholly
    assert found.metres == pytest.approx(593, abs=10)


@pytest.mark.parametrize("province", PROVINCES.index)
def test_of_every_province_right_surveys_are_taken_and_unshifted_ones_are_not(province):
    own = PROVINCES[[province]]
    surveyed = with_errors(own, 60, seed=len(province))
    assert lies(surveyed, 3405, 3405, own).metres == 0
    assert lies(surveyed, 3405, 32648, own).metres == pytest.approx(224, abs=60)


def test_of_every_district_right_surveys_are_taken():
    for seed, district in enumerate(DISTRICTS.index):
        own = DISTRICTS[[district]]
        if border(own) is not None:
            assert lies(with_errors(own, 40, seed), 4326, 4326, own).metres == 0, district


def test_a_line_that_follows_the_border_coarsely_is_no_shifted_one():
    coarse = PROVINCES[["vn-12"]].simplify(0.02)
    assert lies(coarse, 4326, 4326, PROVINCES[["vn-12"]]).metres == 0


def test_inland_nothing_is_measured():
    assert border(to_metres(CAO_BANG).buffer(-2000).to_crs(4326)) is None


@pytest.fixture
def communes(tmp_path):
    """The communes of Cao Bằng as an office would give them."""
    areas = read_layer(LAYERS / "vn-communes-2025.geojson")
    inside = areas.representative_point().within(PROVINCES["vn-04"])
    return areas[inside].assign(MA_XA=areas.id.str[3:8])[["MA_XA", "geometry"]]


@pytest.fixture
def layers(tmp_path):
    return Path(shutil.copytree(LAYERS, tmp_path / "layers"))


def load(path, layers, **given):
    arguments = (path, "commune", "MA_XA", date(2025, 7, 1), "Survey 2025", layers)
    return import_official(*arguments, Given(**given))


def test_a_shifted_survey_is_refused_with_what_to_declare(tmp_path, layers, communes):
    path = tmp_path / "xa.gpkg"
    communes.to_crs(9210).set_crs(NO_SHIFT, allow_override=True).to_file(path)
    with pytest.raises(ImportRefused) as refused:
        load(path, layers)
    told = str(refused.value)
    assert told.startswith('xa.gpkg geometry "224 m off": expected areas that meet the map\'s border line')
    assert "these seem to be VN-2000 / TM-3 105-45 (EPSG:9210): declare that, or add --crs EPSG:9210" in told
    assert "--accept-offset" in told
    in_chinese = Translator("zh").said(refused.value.problems[0].expected)
    assert "似为VN-2000 / TM-3 105-45 (EPSG:9210)：请如此声明，或加上--crs EPSG:9210" in in_chinese
    assert (layers / "vn-communes-2025.geojson").read_bytes() == (LAYERS / "vn-communes-2025.geojson").read_bytes()
    assert "lies 106 m from" in load(path, layers, offset_accepted=True).changes[-1]
    assert (
        "lies 0 m from the map's border line on average, over 308 km" in load(path, layers, crs="EPSG:9210").changes[-1]
    )


def test_a_survey_whose_axes_are_swapped_is_measured_as_it_is_turned(tmp_path, layers, communes):
    path = tmp_path / "xa.gpkg"
    frame = communes.to_crs(3405)
    turned = gpd.GeoSeries(shapely.transform(frame.geometry.values, lambda points: points[:, ::-1]), index=frame.index)
    frame.set_geometry(turned.set_crs(32648)).to_file(path)
    with pytest.raises(ImportRefused, match=r'"224 m off".*these seem to be VN-2000 / UTM zone 48N \(EPSG:3405\)'):
        load(path, layers)
    loaded = load(path, layers, crs="EPSG:3405")
    assert "lies 0 m from the map's border line" in loaded.changes[-1]
    assert "the axes were swapped (north before east) and were turned" in loaded.repairs
