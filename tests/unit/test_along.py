"""Kilometres along the border: where gates, provinces and communes stand, and which communes are twinned."""

import json
from datetime import date
from itertools import pairwise

import pytest
from shapely.geometry import LineString, box, mapping

from atlas.boundaries.along import along as referenced
from atlas.model import along

TODAY, BEFORE = date(2026, 1, 1), date(2025, 6, 30)


def layer(**geometries) -> bytes:
    features = [
        {"type": "Feature", "properties": {"id": name, "border": True}, "geometry": mapping(geometry)}
        for name, geometry in geometries.items()
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def test_gates_follow_each_other_as_on_the_ground(atlas):
    gates = {row["name_vi"]: one for one, row in atlas.places.places.to_dict("index").items() if row["kind"] == "border_gate"}  # fmt: skip
    order = ["A Pa Chải", "Ma Lù Thàng", "Lào Cai", "Thanh Thủy", "Trà Lĩnh", "Tà Lùng", "Hữu Nghị", "Chi Ma", "Hoành Mô", "Móng Cái"]  # fmt: skip
    stands = [along.stand(atlas, gates[name]) for name in order]
    kilometres = [one.km for one in stands]
    assert kilometres == sorted(kilometres)
    assert kilometres[0] < 10
    assert along.length(atlas) - kilometres[-1] < 10
    assert all(one.away < 2 for one in stands)
    assert 1281 < along.length(atlas) < 1450


def test_what_lies_inland_says_how_far_and_what_is_unknown_stays_unknown(atlas):
    city = next(one for one, row in atlas.places.places.to_dict("index").items() if row["name_vi"] == "Hạ Long")
    assert 60 < along.stand(atlas, city).away < 90
    unknown = [one for one in atlas.places.places.index if along.stand(atlas, one) is None]
    assert all(atlas.places.position(one) is None for one in unknown)
    assert unknown


def test_provinces_of_the_day_share_the_border_without_a_gap(atlas):
    for day, third in ((BEFORE, "Hà Giang"), (TODAY, "Tuyên Quang")):
        bands = along.bands(atlas, "VN", "province", day)
        names = [atlas.places.name(one.place, "vi") for one in bands]
        assert names == ["Điện Biên", "Lai Châu", "Lào Cai", third, "Cao Bằng", "Lạng Sơn", "Quảng Ninh"]
        assert bands[0].start == 0
        assert bands[-1].end == along.length(atlas)
        assert all(one.end == other.start for one, other in pairwise(bands))


def test_border_communes_are_counted_by_province_and_day(atlas):
    today = {atlas.places.name(one.province, "vi"): one for one in along.counts(atlas, TODAY)}
    assert sum(one.communes for one in today.values()) == 80
    assert (today["Cao Bằng"].communes, today["Cao Bằng"].twinned) == (21, 1)
    before = {atlas.places.name(one.province, "vi"): one for one in along.counts(atlas, BEFORE)}
    assert before["Hà Giang"].communes == 34
    assert before["Hà Giang"].twinned > today["Tuyên Quang"].twinned
    ids = {one.place for one in along.communes(atlas, BEFORE)}
    assert not ids & {one.place for one in along.communes(atlas, TODAY)}


def test_a_village_pair_is_no_pair_of_its_commune(atlas):
    found = {one.twinning for one in along.communes(atlas, TODAY)}
    assert found == {"commune", "village", None}


def test_stretches_are_measured_in_metres_whichever_way_the_line_runs():
    line = LineString([(105.4, 22), (105.2, 22), (105, 22)])
    layers = {
        "layers/border.geojson": layer(border=line),
        "layers/vn-communes-2025.geojson": layer(
            west=box(105, 21.9, 105.2, 22), east=box(105.2, 21.9, 105.4, 22), off=box(105.25, 21.8, 105.35, 21.9)
        ),
    }
    found = referenced(layers, {"near": (22.01, 105.1), "nowhere": None})
    assert found["length"] == pytest.approx(41.3, abs=0.2)
    assert found["places"] == {"near": [pytest.approx(10.3, abs=0.1), pytest.approx(1.1, abs=0.05)]}
    assert found["units"]["west"] == [[0, pytest.approx(20.6, abs=0.1)]]
    assert found["units"]["east"] == [[found["units"]["west"][0][1], found["length"]]]
    (start, end) = found["units"]["off"][0]
    assert start == end


def test_a_border_in_pieces_is_refused():
    pieces = {"layers/border.geojson": layer(one=LineString([(105, 22), (105.1, 22)]), two=LineString([(106, 22), (107, 22)]))}  # fmt: skip
    with pytest.raises(ValueError, match="2 found"):
        referenced(pieces, {})
