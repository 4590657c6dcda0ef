"""Flows on the map: what their widths and marks say, and what they must never say."""

import json

import pandas as pd
import pytest

from atlas import DATA, LANGUAGES
from atlas.look import palette
from atlas.maps import flows, leaflet, scripts
from atlas.model.atlas import DRAWN, LABELS
from atlas.model.topics import EVERYTHING, LABOUR, SCHOLARSHIPS
from atlas.words import values
from atlas.words.translator import Translator


def of_unit(atlas, topic, measure="persons", rate="total") -> pd.DataFrame:
    rows = topic.figures(atlas)
    return rows[(rows["measure"] == measure) & (rows["rate"] == rate)]


def by_ends(found) -> dict[tuple[str | None, str | None], flows.Flow]:
    return {(flow.origin, flow.destination): flow for flow in found}


def shapes(atlas, rows) -> dict:
    return flows.flow_shapes(atlas, flows.flows(atlas, rows), lambda row: palette.PROGRAMME_COLOURS[row["programme"]])


def shape_between(drawn, origin, destination) -> dict:
    ends = (origin, destination)
    return next(shape for shape in drawn["lines"] + drawn["points"] if (shape.get("from"), shape.get("to")) == ends)


def test_measures_are_never_mixed_in_one_width(atlas):
    with pytest.raises(ValueError, match="permits"):
        flows.flows(atlas, LABOUR.figures(atlas))


def test_a_city_named_without_a_number_is_dashed_and_says_so(atlas):
    rows = of_unit(atlas, SCHOLARSHIPS)
    found = by_ends(flows.flows(atlas, rows))
    for city in ("cn-450100", "cn-450200", "cn-450300", "cn-450400", "cn-450700"):
        assert found["vn-02", city].value is None
    line = shape_between(shapes(atlas, rows), "vn-02", "cn-450200")
    assert line["dash"]
    assert line["width"] == flows.NOT_STATED_WIDTH
    said = [values.labels(atlas, Translator("en"))[record] for record in line["records"]]
    assert all("number not stated" in text for text in said)
    assert not any(": 0" in text for text in said)


def test_a_width_stands_for_the_largest_number_of_exactly_this_pair(atlas):
    found = by_ends(flows.flows(atlas, of_unit(atlas, SCHOLARSHIPS)))
    assert found["vn-22", "cn-450000"].value == 176
    assert found["vn-02", "cn-450000"].value == 129
    assert flows.width(176) == flows.width(129) > flows.width(47) > flows.width(1) > flows.NOT_STATED_WIDTH


def test_a_number_for_several_places_together_is_no_number_for_each(atlas):
    found = by_ends(flows.flows(atlas, of_unit(atlas, SCHOLARSHIPS, "scholarships", "per_year")))
    assert found["vn-04", "cn-450000"].value is None
    assert found["vn-02", "cn-450000"].value == 10


def test_a_flow_from_a_whole_country_is_a_ring_at_the_known_end(atlas):
    drawn = shapes(atlas, of_unit(atlas, LABOUR))
    assert shape_between(drawn, None, "cn-451481")["ring"]
    assert not any("vn" in (line["from"], line["to"]) for line in drawn["lines"])


def test_reverse_scholarships_run_the_other_way(atlas):
    back = shape_between(shapes(atlas, of_unit(atlas, SCHOLARSHIPS)), "cn-451000", "vn-01")
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


def test_shapes_are_json_and_the_browser_has_the_words_for_them(atlas):
    drawn = flows.event_shapes(atlas, atlas.table("events"), lambda row: palette.GREY)
    for measure, rate in set(zip(atlas.table("figures")["measure"], atlas.table("figures")["rate"])):
        drawn = flows.joined(drawn, shapes(atlas, of_unit(atlas, EVERYTHING, measure, rate)))
    drawn = flows.joined(drawn, flows.opened_shapes(atlas, atlas.table("agreements").index, drawn))
    json.dumps(drawn, allow_nan=False)
    names = json.loads((DATA / DRAWN).read_text())["places"]
    for language in LANGUAGES:
        said = json.loads((DATA / LABELS.format(language)).read_text())
        for shape in drawn["lines"] + drawn["points"]:
            assert all(said[record] for record in shape["records"])
            used = [shape.get(end) for end in ("from", "to", "place")] + [place for _, place in shape.get("stops", ())]
            for place in filter(None, used):
                assert names[place][language] == atlas.places.name(place, language)


def test_a_host_is_marked_with_the_number_of_its_meetings(atlas):
    events = atlas.table("events")
    drawn = flows.event_shapes(atlas, events, lambda row: palette.GREY)
    hosted = events[events["route"].map(len) < 2]["place"].value_counts()
    points = {point["place"]: point for point in drawn["points"] if "stops" not in point}
    for place, number in hosted.items():
        if atlas.places.position(place):
            assert points[place]["number"] == number
            assert len(points[place]["records"]) == number


def test_the_study_tour_goes_through_its_four_cities_in_the_order_of_the_source(atlas):
    (event,) = atlas.records("events", ["course-baise-party-building-2024"])
    drawn = flows.route_shapes(atlas, event, "#000000")
    stops = [atlas.places.position(place) for place in ("cn-451000", "cn-450300", "cn-450200", "cn-450100")]
    starts = [line["curve"][0] for line in drawn["lines"]] + [drawn["lines"][-1]["curve"][2]]
    assert [tuple(point) for point in starts] == [tuple(round(value, 3) for value in stop) for stop in stops]
    sites = {atlas.places.name(place, "en") for point in drawn["points"] for _, place in point["stops"]}
    assert any("Nanxishan Hospital" in site for site in sites)
    assert len(sites) == len(event["route"])


def test_an_open_meeting_or_agreement_is_on_the_map_whatever_else_is(atlas):
    nothing = {"lines": [], "points": []}
    (point,) = flows.opened_shapes(atlas, ["jwc-11-2020"], nothing)["points"]
    assert point["place"] == atlas.table("events").at["jwc-11-2020", "place"]
    drawn = flows.event_shapes(atlas, atlas.table("events"), lambda row: palette.GREY)
    assert flows.opened_shapes(atlas, ["jwc-11-2020"], drawn) == nothing
    shown = flows.opened_shapes(atlas, ["agr-bac-ninh-city-laibin"], nothing)["points"]
    assert {point["place"] for point in shown} == {"vn-256", "cn-451300"}


def test_an_agreement_brings_its_meeting_and_the_figures_under_it(atlas):
    found = flows.concerned(atlas, ["agr-cadre-training-five-party-committees-2017"])
    assert found[0] == "agr-cadre-training-five-party-committees-2017"
    assert "cadre-cao-bang-baise-2019" in found
    assert flows.concerned(atlas, ["cadre-cao-bang-baise-2019"]) == ("cadre-cao-bang-baise-2019",)


def test_hostile_names_cannot_leave_their_string(atlas):
    text = "</script><script>alert(1)</script>${alert(1)}`"
    point = {"place": "cn-450100", "at": [22, 108], "size": 20, "color": "#000", "number": 1}
    shape = {"lines": [], "points": [point | {"records": [text]}]}
    group = flows.group(
        atlas, shape, Translator("en"), bilingual=None, asof="2026-01-01", selected=(), frame="all", framed=[], whole=[]
    )
    (element,) = group._children.values()
    assert "<" not in element.argument
    assert json.loads(element.argument)["points"][0]["records"] == [text]


def test_of_the_base_map_travels_what_tells_the_versions_of_its_files_and_the_script_has_the_rest(atlas):
    chart = leaflet.base_map(atlas.files, "../..", flows=True)
    versions = json.loads(chart.versions)
    assert len(chart.versions) < 700
    look = json.loads(scripts.look().removeprefix("atlas.look = ").removesuffix(";"))
    assert {layer["id"] for layer in look["layers"]} == set(versions["layers"])
    for name, version in versions["layers"].items():
        assert atlas.files[f"layers/{name}.geojson"].startswith(version)
