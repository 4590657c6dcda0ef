"""Flows on the map: what their widths and marks say, and what they must never say."""

import json

import pandas as pd
import pytest

from atlas import LANGUAGES, charts, flows
from atlas.i18n import Translator
from atlas.selection import Selection
from atlas.topics import LABOUR, MEETINGS, SCHOLARSHIPS


def of_unit(atlas, topic, measure="persons", rate="total") -> pd.DataFrame:
    rows = topic.figures(atlas)
    return rows[(rows["measure"] == measure) & (rows["rate"] == rate)]


def by_id(found) -> dict[str, flows.Flow]:
    return {flow.id: flow for flow in found}


def shapes(atlas, rows, language="en") -> dict:
    found = flows.flows(atlas, rows)
    return flows.flow_shapes(atlas, found, Translator(language), lambda row: charts.colour(atlas, row)[0])


def test_measures_are_never_mixed_in_one_width(atlas):
    with pytest.raises(ValueError, match="permits"):
        flows.flows(atlas, LABOUR.figures(atlas))


def test_a_city_named_without_a_number_is_dashed_and_says_so(atlas):
    rows = of_unit(atlas, SCHOLARSHIPS)
    found = by_id(flows.flows(atlas, rows))
    for city in ("cn-450100", "cn-450200", "cn-450300", "cn-450400", "cn-450700"):
        assert found[f"vn-02--{city}"].value is None
    line = next(line for line in shapes(atlas, rows)["lines"] if line["id"] == "vn-02--cn-450200")
    assert line["dash"]
    assert line["width"] == flows.NOT_STATED_WIDTH
    assert any("number not stated" in text for text in line["text"])
    assert not any(": 0" in text for text in line["text"])


def test_a_width_stands_for_the_largest_number_of_exactly_this_pair(atlas):
    found = by_id(flows.flows(atlas, of_unit(atlas, SCHOLARSHIPS)))
    assert found["vn-22--cn-450000"].value == 176
    assert found["vn-02--cn-450000"].value == 129
    assert flows.width(176) == flows.width(129) > flows.width(47) > flows.width(1) > flows.NOT_STATED_WIDTH


def test_a_number_for_several_places_together_is_no_number_for_each(atlas):
    found = by_id(flows.flows(atlas, of_unit(atlas, SCHOLARSHIPS, "scholarships", "per_year")))
    assert found["vn-04--cn-450000"].value is None
    assert found["vn-02--cn-450000"].value == 10


def test_a_flow_from_a_whole_country_is_a_ring_at_the_known_end(atlas):
    drawn = shapes(atlas, of_unit(atlas, LABOUR))
    rings = {point["id"]: point for point in drawn["points"]}
    assert rings["not-stated--cn-451481"]["ring"]
    assert not any("vn" in (line["id"].split("--")) for line in drawn["lines"])


def test_reverse_scholarships_run_the_other_way(atlas):
    lines = {line["id"]: line for line in shapes(atlas, of_unit(atlas, SCHOLARSHIPS))["lines"]}
    back = lines["cn-451000--vn-01"]
    lat, lon = atlas.places.position("vn-01")
    assert back["curve"][2] == [round(lat, 3), round(lon, 3)]


def test_every_figure_with_a_place_is_on_the_map_of_its_unit(atlas):
    rows = atlas.table("figures")
    for measure, rate in set(zip(rows["measure"], rows["rate"])):
        unit = rows[(rows["measure"] == measure) & (rows["rate"] == rate)]
        drawn = shapes(atlas, unit)
        on_map = {record for shape in drawn["lines"] + drawn["points"] for record in shape["records"]}
        for row in atlas.records("figures", unit.index):
            placed = set(row["origin"] + row["destination"]) - set(flows.COUNTRIES)
            assert (row["id"] in on_map) == bool(placed)


@pytest.mark.parametrize("language", LANGUAGES)
def test_shapes_are_json_in_the_language_of_the_visitor(atlas, language):
    events = MEETINGS.records(atlas, Selection())["events"]
    drawn = flows.event_shapes(atlas, events, Translator(language), lambda row: charts.GREY)
    json.dumps(drawn, allow_nan=False)
    nanning = next(point for point in drawn["points"] if point["id"] == "cn-450100")
    assert nanning["text"][0] == atlas.places.name("cn-450100", language)


def test_a_host_is_marked_with_the_number_of_its_meetings(atlas):
    events = atlas.table("events")
    drawn = flows.event_shapes(atlas, events, Translator("en"), lambda row: charts.GREY)
    hosted = events[events["route"].map(len) < 2]["place"].value_counts()
    points = {point["id"]: point for point in drawn["points"]}
    for place, number in hosted.items():
        if atlas.places.position(place):
            assert points[place]["number"] == number
            assert len(points[place]["records"]) == number


def test_the_study_tour_goes_through_its_four_cities_in_the_order_of_the_source(atlas):
    (event,) = atlas.records("events", ["course-baise-party-building-2024"])
    drawn = flows.route_shapes(atlas, event, Translator("en"), "#000000")
    stops = [atlas.places.position(place) for place in ("cn-451000", "cn-450300", "cn-450200", "cn-450100")]
    starts = [line["curve"][0] for line in drawn["lines"]] + [drawn["lines"][-1]["curve"][2]]
    assert [tuple(point) for point in starts] == [tuple(round(value, 3) for value in stop) for stop in stops]
    said = " ".join(text for point in drawn["points"] for text in point["text"])
    assert "Nanxishan Hospital" in said


def test_ids_survive_the_hash_of_the_map_component(atlas):
    drawn = flows.joined(
        shapes(atlas, of_unit(atlas, LABOUR)),
        flows.event_shapes(atlas, atlas.table("events"), Translator("en"), lambda row: charts.GREY),
    )
    assert not [shape["id"] for shape in drawn["lines"] + drawn["points"] if "_" in shape["id"]]


def test_hostile_names_cannot_leave_their_string(atlas):
    text = "</script><script>alert(1)</script>${alert(1)}`"
    point = {"id": "x", "place": "cn-450100", "at": [22, 108], "size": 20, "color": "#000", "number": 1}
    shape = {"lines": [], "points": [point | {"records": [], "text": [text]}], "places": {}}
    group = flows.group(shape, language="en", labels=None, asof="2026-01-01", selected=(), frame="all")
    (element,) = group._children.values()
    assert "<" not in element.argument
    assert json.loads(element.argument)["points"][0]["text"] == [text]
