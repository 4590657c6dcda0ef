"""Which section of the map shows some records: the border, results near it, and what lies far away."""

import pytest

from atlas.maps import flows, framing
from atlas.model.selection import Selection

NEAR_MONG_CAI, NANNING, HO_CHI_MINH = (21.6, 107.9), (22.82, 108.37), (10.78, 106.7)


def of(atlas, **filters):
    return framing.of_twinnings(atlas, Selection(**filters).twinnings(atlas).index)


def holds(corners, lat, lon) -> bool:
    (south, west), (north, east) = corners
    return south - 1e-4 <= lat <= north + 1e-4 and west - 1e-4 <= lon <= east + 1e-4


def test_the_whole_border_runs_from_a_pa_chai_to_mong_cai(atlas):
    (south, west), (north, east) = framing.of_border(atlas)
    assert (west, east) == pytest.approx((102.14, 108.03), abs=0.02)
    assert (south, north) == pytest.approx((21.54, 23.39), abs=0.02)
    assert (east - west) / (north - south) > 2.5


@pytest.mark.parametrize("filters", [{"region": ("guangxi",)}, {"province": ("ha-giang",)}, {}])
def test_results_mostly_at_the_border_are_framed_there(atlas, filters):
    corners = of(atlas, **filters)
    (south, _), (north, _) = corners
    assert 20.5 < south < north < 24.2, "one far member must not shrink all others"
    assert not holds(corners, *HO_CHI_MINH)


def test_ties_that_lead_far_away_widen_the_frame_on_neither_side(atlas):
    (south, west), (north, east) = of(atlas, province=("ha-giang",))
    assert 22.6 < south < north < 23.7
    assert 104.3 < west < east < 105.9, "members of two organisations are provinces from Hà Giang to Quảng Ninh"
    (south, _), _ = of(atlas, province=("quang-ninh",))
    assert south > 20.9, "Hạ Long, whose tie with Fangchenggang stays near"


def test_results_within_reach_are_framed_without_those_beyond(atlas):
    corners = framing.of_results(atlas, [NANNING, NANNING, HO_CHI_MINH])
    assert not holds(corners, *HO_CHI_MINH)


def test_results_far_away_are_framed_where_they_are(atlas):
    (south, _), (north, _) = of(atlas, q="Hồ Chí Minh")
    assert south < 11, "Hồ Chí Minh City"
    assert north > 22, "and Guangxi"


def test_one_twinning_is_framed_with_all_its_members(atlas):
    for row in atlas.twinnings.to_dict("records"):
        corners = framing.of_twinnings(atlas, [row["id"]])
        for place in (*row["vn"], *row["cn"]):
            if position := atlas.places.position(place):
                assert holds(corners, *position)


def test_nothing_has_no_frame(atlas):
    assert framing.of_twinnings(atlas, []) == framing.of_results(atlas, []) == framing.of_points([]) == []


def test_flows_open_on_the_border_and_the_cities_within_reach(atlas):
    assert framing.of_border_and(atlas, []) == framing.of_border(atlas)
    corners = framing.of_border_and(atlas, [NANNING, HO_CHI_MINH])
    assert holds(corners, *NANNING)
    assert holds(corners, *framing.of_border(atlas)[0])
    assert not holds(corners, *HO_CHI_MINH)


def test_flows_far_away_are_framed_unless_most_end_at_the_border(atlas):
    assert holds(framing.of_results(atlas, [NEAR_MONG_CAI, HO_CHI_MINH]), *HO_CHI_MINH)
    assert not holds(framing.of_results(atlas, [NEAR_MONG_CAI, NEAR_MONG_CAI, HO_CHI_MINH]), *HO_CHI_MINH)


def test_flows_begin_and_end_where_their_curves_do():
    line = {"curve": [[1, 2], [3, 4], [5, 6]], "records": ["a"]}
    point = {"at": [7, 8], "records": ["b", "c"]}
    shapes = {"lines": [line], "points": [point]}
    assert flows.ends(shapes) == [[1, 2], [5, 6], [7, 8]]
    assert flows.ends(shapes, ["c"]) == [[7, 8]]
    assert flows.ends(shapes, []) == []
