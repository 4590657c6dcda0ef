"""Names matched by other programs over the Reconciliation Service API 0.2, asked over HTTP as OpenRefine asks."""

import json
import re
import time

import pytest
import requests
from starlette.applications import Starlette

from app import PARTS
from atlas import LANGUAGES
from atlas.model.store import DamagedData
from atlas.records.dates import today
from atlas.words.translator import Translator
from server import reconcile
from server.reconcile import properties, queries, service
from tests.unit.reconciliation_schemas import checked
from tests.unit.test_api import serving


def application(current) -> Starlette:
    return Starlette(routes=reconcile.routes(current), middleware=PARTS["middleware"])


@pytest.fixture(scope="module")
def address(atlas):
    yield from serving(lambda: atlas, application)


@pytest.fixture(scope="module")
def manifest(address):
    """The manifest in a language."""
    return lambda language: checked("manifest", requests.get(f"{address}/reconcile/{language}", timeout=30).json())


@pytest.fixture(scope="module")
def ask(address):
    """The candidates for one query, sent as OpenRefine sends it."""

    def answer(language: str = "vi", **query) -> list[dict]:
        form = {"queries": json.dumps({"q0": query})}
        response = requests.post(f"{address}/reconcile/{language}", data=form, timeout=30)
        assert response.status_code == 200, response.text
        return checked("results", response.json())["q0"]["result"]

    return answer


@pytest.fixture(scope="module")
def extend(address):
    """The rows of a data extension."""

    def answer(ids: list[str], *wanted: str | dict, language: str = "vi") -> dict:
        listed = [one if isinstance(one, dict) else {"id": one} for one in wanted]
        form = {"extend": json.dumps({"ids": ids, "properties": listed})}
        response = requests.post(f"{address}/reconcile/{language}", data=form, timeout=30)
        assert response.status_code == 200, response.text
        return checked("extension", response.json())["rows"]

    return answer


@pytest.fixture(scope="module")
def suggest(address):
    """The suggestions for what is typed."""

    def answer(kind: str, prefix: str, language: str = "vi", **more) -> list[dict]:
        asked = {"prefix": prefix} | more
        response = requests.get(f"{address}/reconcile/{language}/suggest/{kind}", params=asked, timeout=30)
        assert response.status_code == 200, response.text
        return checked(f"suggest/{kind}", response.json())["result"]

    return answer


def matched(candidates: list[dict]) -> list[str]:
    return [one["id"] for one in candidates if one["match"]]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_manifest_is_as_specified_and_leads_only_to_this_server(manifest, address, language):
    said = manifest(language)
    assert requests.get(f"{address}/reconcile/{language}/", timeout=30).json() == said
    for kind in ("entity", "property", "type"):
        where = said["suggest"][kind]
        answer = requests.get(where["service_url"] + where["service_path"], {"prefix": "a"}, timeout=30)
        checked(f"suggest/{kind}", answer.json())
    where = said["extend"]["propose_properties"]
    checked("properties", requests.get(where["service_url"] + where["service_path"], timeout=30).json())
    assert requests.get(said["preview"]["url"].replace("{{id}}", "vn-027"), timeout=30).status_code == 200
    assert said["view"]["url"] == f"{address}/place?id={{{{id}}}}&lang={language}"


def test_an_unknown_language_or_path_is_said_to_be_none(address):
    for path in ("/reconcile/xx", "/reconcile/vi/nothing"):
        answer = requests.get(address + path, timeout=30)
        assert answer.status_code == 404
        assert "/reconcile/vi" in answer.json()["description"]


def test_without_a_language_the_service_speaks_english(manifest, address):
    assert requests.get(f"{address}/reconcile", timeout=30).json() == manifest("en")


def test_behind_a_proxy_the_manifest_names_the_address_that_programs_see(address):
    seen = {"Host": "localhost", "X-Forwarded-Prefix": "/atlas"}
    said = requests.get(f"{address}/reconcile/zh", headers=seen, timeout=30).json()
    assert said["suggest"]["entity"]["service_url"] == "http://localhost/atlas/reconcile/zh"
    assert said["view"]["url"].startswith("http://localhost/atlas/place?")


def test_get_and_post_answer_alike(address):
    batch = {"queries": json.dumps({"a": {"query": "Funing County"}, "b": {"query": "河口县"}})}
    asked, sent = requests.get(f"{address}/reconcile", batch, timeout=30), requests.post(
        f"{address}/reconcile", data=batch, timeout=30
    )  # fmt: skip
    assert asked.json() == sent.json()
    found = checked("results", sent.json())
    assert [matched(one["result"]) for one in found.values()] == [["cn-532628"], ["cn-532532"]]


@pytest.mark.parametrize(
    ("written", "place"),
    [
        ("Huyện Mèo Vạc", "vn-027"),
        ("meo vac, ha giang", "vn-027"),
        ("TP. Móng Cái", "vn-194"),
        ("Tỉnh Hà Giang", "vn-02"),
        ("富寧縣", "cn-532628"),
        ("靖西县", "cn-451081"),
        ("vn-027", "vn-027"),
    ],
)
def test_a_name_without_doubt_matches_in_any_spelling(ask, written, place):
    assert matched(ask(query=written)) == [place]


def test_namesakes_are_candidates_and_none_of_them_matches(ask):
    found = ask(query="Mèo Vạc")
    assert {"vn-027", "vn-00769", "vn-00769-2025"} <= {one["id"] for one in found}
    assert matched(found) == []
    assert [one["score"] for one in found] == sorted((one["score"] for one in found), reverse=True)


def test_a_misspelling_is_proposed_and_never_matches(ask):
    found = ask(query="Mèo Vạcc")
    assert "vn-027" in [one["id"] for one in found]
    assert matched(found) == []


@pytest.mark.parametrize(
    "told",
    [
        {"type": "district"},
        {"type": ["district"], "type_strict": "all"},
        {"properties": [{"pid": "kind", "v": "huyện"}]},
        {"properties": [{"pid": "kind", "v": "district"}, {"pid": "country", "v": "Việt Nam"}]},
        {"properties": [{"pid": "kind", "v": "县"}, {"pid": "day", "v": "2016"}]},
        {"properties": [{"pid": "official_code", "v": "027"}]},
    ],
)
def test_what_is_told_beside_the_name_tells_namesakes_apart(ask, told):
    assert matched(ask(query="Mèo Vạc", **told)) == ["vn-027"]


@pytest.mark.parametrize(
    "parent", ["Mèo Vạc", "huyện Mèo Vạc, tỉnh Hà Giang", {"id": "vn-027"}, ["Mèo Vạc", {"id": "vn-02"}]]
)
def test_the_unit_above_may_be_a_text_or_a_matched_place(ask, parent):
    found = ask(query="Xín Cái", properties=[{"pid": "parent", "v": parent}])
    assert matched(found) == ["vn-00778"]
    assert {"id": "parent", "value": True} in found[0]["features"]


@pytest.mark.parametrize("pid", ["parent", "province", "country", "official_code"])
def test_what_is_told_and_does_not_hold_lets_nothing_match(ask, pid):
    wrong = {"parent": "Móng Cái", "province": "Quảng Ninh", "country": "Trung Quốc", "official_code": "999"}[pid]
    found = ask(query="Xín Cái", properties=[{"pid": pid, "v": wrong}])
    assert [one["id"] for one in found] == ["vn-00778"]
    assert matched(found) == []
    assert {"id": pid, "value": False} in found[0]["features"]


def test_places_are_found_by_what_is_told_of_them_alone(ask, atlas):
    told = [{"pid": "province", "v": {"id": "vn-22"}}, {"pid": "kind", "v": "cửa khẩu"}]
    found = ask(properties=told, limit=50)
    rows = atlas.table("places")
    gates = rows.index[rows["kind"] == "border_gate"]
    assert {one["id"] for one in found} == {one for one in gates if "vn-22" in atlas.places.ancestors(one)}
    assert matched(found) == []
    assert matched(ask(properties=[{"pid": "official_code", "v": "027"}, {"pid": "kind", "v": "district"}])) == [
        "vn-027"
    ]


def test_type_strictness_and_limits_are_kept(ask):
    assert {one["type"][0]["id"] for one in ask(query="Mèo Vạc", type="commune")} == {"commune"}
    assert ask(query="Mèo Vạc", type="village") == []
    others = ask(query="Mèo Vạc", type="village", type_strict="should")
    assert [one["id"] for one in others] == [one["id"] for one in ask(query="Mèo Vạc")]
    assert matched(others) == []
    assert ask(query="Mèo Vạc", type=["commune", "district"], type_strict="all") == []
    assert len(ask(query="Mèo Vạc", limit=1)) == 1


@pytest.mark.parametrize("text", ["", "  ", "😀", "=cmd|' /C calc'!A0", "\ud800", "a\0b", "x" * 100_000])
def test_what_is_no_name_has_no_candidates(ask, text):
    assert ask(query=text) == []


def test_keys_are_sent_back_as_they_came(address):
    body = {"queries": '{"\\ud800 \\u0000": {"query": "Mèo Vạc"}}'}
    assert list(requests.post(f"{address}/reconcile", data=body, timeout=30).json()) == ["\ud800 \0"]


def test_a_full_batch_of_hard_names_takes_little_time(address):
    hard = {f"q{n}": {"query": f"Xa {'Nguyen Van Thi ' * 8}{n}"} for n in range(queries.BATCH)}
    begun = time.monotonic()
    answer = requests.post(f"{address}/reconcile", data={"queries": json.dumps(hard)}, timeout=60)
    assert answer.status_code == 200
    assert time.monotonic() - begun < 20


@pytest.mark.parametrize(
    ("parameter", "content", "status", "said"),
    [
        ("queries", "{", 400, "queries: expected an object in JSON"),
        ("queries", "[" * 100_000, 400, "queries: expected an object in JSON"),
        ("queries", "[]", 400, "queries: expected an object in JSON, not list"),
        ("queries", '{"q": 5}', 400, "queries.q: expected an object, not 5"),
        ("queries", '{"q": {}}', 400, "queries.q: expected a query or properties"),
        ("queries", '{"q": {"query": 5}}', 400, "queries.q.query: expected a text, not 5"),
        ("queries", '{"q": {"query": "x", "limit": 0}}', 400, "queries.q.limit: expected a whole number from 1 on, not 0"),
        ("queries", '{"q": {"query": "x", "limit": NaN}}', 400, "queries.q.limit: expected a whole number from 1 on"),
        ("queries", '{"q": {"query": "x", "type": "distrct"}}', 400, 'did you mean "district"?'),
        ("queries", '{"q": {"query": "x", "type_strict": "maybe"}}', 400, "expected one of any, all, should"),
        ("queries", '{"q": {"query": "x", "properties": [{"pid": "mayor", "v": "y"}]}}', 400, "expected one of parent"),
        ("queries", '{"q": {"query": "x", "properties": [{"pid": "parent", "v": {}}]}}', 400, "expected a text, a number"),
        ("queries", json.dumps({f"q{n}": {"query": "x"} for n in range(101)}), 413, "at most 100 in a batch"),
        ("queries", "x" * (service.LARGEST + 1), 413, "at most 1,048,576 bytes"),
        ("extend", '{"ids": []}', 400, "extend.properties: expected a list"),
        ("extend", '{"ids": [5], "properties": []}', 400, "extend.ids: expected a list of texts, not 5"),
        ("extend", '{"ids": [], "properties": [{"id": "mayor"}]}', 400, "expected one of full_name"),
        ("extend", '{"ids": [], "properties": [{"id": "lat", "settings": {"limit": "x"}}]}', 400, "whole number from 0 on"),
        ("extend", '{"ids": [], "properties": [{"id": "lat", "settings": {"content": "x"}}]}', 400, "one of entity"),
        ("extend", json.dumps({"ids": ["a"] * 1001, "properties": []}), 413, "at most 1000"),
        ("extend", json.dumps({"ids": ["a"], "properties": [{"id": "parent"}] * 101}), 400, "at most 100, there are 101"),
        ("queries", json.dumps({"q": {"query": "x", "properties": [{"pid": "country", "v": ["x"] * 90_000}]}}), 400,
         "at most 12 values, there are 90000"),
        ("question", "{}", 400, "expected the parameter queries or extend"),
    ],
)  # fmt: skip
def test_what_cannot_be_answered_is_refused_in_a_sentence(address, parameter, content, status, said):
    answer = requests.post(f"{address}/reconcile", data={parameter: content}, timeout=30)
    assert answer.status_code == status
    assert said in answer.json()["description"]


def test_other_bodies_than_forms_are_refused(address):
    answer = requests.post(f"{address}/reconcile", json={"queries": {}}, timeout=30)
    assert answer.status_code == 415
    assert "application/x-www-form-urlencoded" in answer.json()["description"]
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    for body in (b"queries=%ff", b"queries=\xff", b"a=1&" * 50):
        assert requests.post(f"{address}/reconcile", data=body, headers=form, timeout=30).status_code == 400


def test_damaged_data_is_said(caplog):
    def damaged():
        raise DamagedData("records.json")

    for address in serving(damaged, application):
        answer = requests.get(f"{address}/reconcile", timeout=30)
        assert answer.status_code == 503
        assert "python -m atlas build" in answer.json()["description"]


def test_an_entity_is_suggested_by_the_beginning_of_a_name_an_id_or_a_traditional_character(suggest):
    assert "vn-027" in [one["id"] for one in suggest("entity", "meo v")]
    assert suggest("entity", "vn-027")[0]["id"] == "vn-027"
    assert "cn-532628" in [one["id"] for one in suggest("entity", "富寧")]
    assert {one["notable"][0]["id"] for one in suggest("entity", "Mèo Vạc", type="district")} == {"district"}
    assert suggest("entity", "") == suggest("entity", "=cmd") == suggest("entity", "x" * 5000) == []


def test_more_suggestions_follow_by_the_cursor(suggest):
    first, second = suggest("entity", "na"), suggest("entity", "na", cursor=20)
    assert len(first) == 20
    assert second
    assert {one["id"] for one in first}.isdisjoint(one["id"] for one in second)
    assert suggest("entity", "na", limit=3) == first[:3]


def test_types_and_properties_are_suggested_in_the_language(suggest):
    assert [one["id"] for one in suggest("type", "xã")] == ["district", "commune"]
    assert [one["id"] for one in suggest("type", "口岸", "zh")] == ["border_gate"]
    assert {"name_vi", "name_zh", "day"} <= {one["id"] for one in suggest("property", "")}
    assert [one["id"] for one in suggest("property", "pin", "en")] == ["name_pinyin"]


@pytest.mark.parametrize(
    "query", [{}, {"prefix": "a", "cursor": "-1"}, {"prefix": "a", "limit": "0"}, {"prefix": "a", "cursor": "²"}]
)
def test_a_suggestion_that_is_asked_wrongly_is_refused(address, query):
    assert requests.get(f"{address}/reconcile/suggest/entity", query, timeout=30).status_code == 400
    assert requests.get(f"{address}/reconcile/suggest/mayor", {"prefix": "a"}, timeout=30).status_code == 404


def test_properties_are_proposed_for_the_type(address):
    def proposed(**query) -> list[str]:
        answer = checked("properties", requests.get(f"{address}/reconcile/properties", query, timeout=30).json())
        return [one["id"] for one in answer["properties"]]

    assert "gate_class" in proposed(type="border_gate")
    assert "gate_class" not in proposed(type="district")
    assert "today" in proposed(type="district")
    assert proposed(type="place") == proposed() == proposed(type="mayor")
    assert len(proposed(type="district", limit=3)) == 3


def test_what_is_known_of_a_place_can_be_added(extend, atlas):
    row = extend(
        ["vn-027"], "name_vi", "name_zh", "name_en", "kind", "parent", "valid_from", "valid_until", "today", "official_code",
        "partners", "twinning_count", "border_km", "lat",
    )["vn-027"]  # fmt: skip
    assert row["name_zh"] == [{"str": "苗旺县"}]
    assert row["parent"] == [{"id": "vn-02", "name": "Hà Giang"}]
    assert row["valid_until"] == [{"str": "2025-06-30"}]
    assert row["official_code"] == [{"str": "027"}]
    assert {"id": "cn-532628", "name": atlas.places.full_name("cn-532628", "vi")} in row["partners"]
    assert row["twinning_count"] == [{"int": 2}]
    assert 0 < row["border_km"][0]["float"] < 1500
    assert all(not atlas.places.ended(one["id"], today(atlas.version)) for one in row["today"])
    assert "vn-00769-2025" in [one["id"] for one in row["today"]]


def test_settings_say_how_many_values_come_and_how_places_are_written(extend):
    def today_of(**settings) -> list[dict]:
        return extend(["vn-027"], {"id": "today", "settings": settings})["vn-027"]["today"]

    assert today_of(limit=2) == today_of()[:2]
    assert today_of(limit="0", content="") == today_of()
    assert [one["str"] for one in today_of(content="id")] == [one["id"] for one in today_of()]
    assert [one["str"] for one in today_of(content="name")] == [one["name"] for one in today_of()]


def test_an_unknown_place_has_no_values(extend):
    assert extend(["nope", "vn-027"], "name_vi") == {
        "nope": {"name_vi": []},
        "vn-027": {"name_vi": [{"str": "Mèo Vạc"}]},
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_place_has_values_of_every_property_as_specified(atlas, extend, language):
    rows = atlas.table("places")
    some = [one for _, group in rows.groupby(["kind", "country"]) for one in group.index[:: max(1, len(group) // 12)]]
    gates = rows.index[rows["gate_class"].notna()][:2].tolist()
    known = list(properties.names(atlas, Translator(language)))
    answer = extend([*some, *gates], *known, language=language)
    assert {pid for row in answer.values() for pid, values in row.items() if values} == set(known)


def test_the_preview_may_be_framed_anywhere_and_runs_nothing(address):
    answer = requests.get(f"{address}/reconcile/zh/preview?id=vn-027", headers={"Accept": "text/html"}, timeout=30)
    answer.encoding = "utf-8"
    assert "苗旺县" in answer.text
    assert re.search(r"<a href='http://127[^']+/place\?id=vn-027&amp;lang=zh' target=_blank", answer.text)
    policy = answer.headers["Content-Security-Policy"]
    assert "frame-ancestors *" in policy
    assert policy.startswith("default-src 'none'")
    assert "script" not in policy
    assert "Link" not in answer.headers
    for path in ("/reconcile/zh", "/reconcile/suggest/entity?prefix=a", "/reconcile/preview/x"):
        assert "frame-ancestors 'self'" in requests.get(address + path, timeout=30).headers["Content-Security-Policy"]


def test_the_preview_of_an_unknown_place_says_so(address):
    answer = requests.get(f"{address}/reconcile/preview?id=<script>", timeout=30)
    assert answer.status_code == 404
    assert "no place with this id" in answer.text
    assert "<script" not in answer.text


@pytest.mark.parametrize(
    "path", ["/reconcile", "/reconcile/vi", "/reconcile/suggest/entity?prefix=a", "/reconcile/preview?id=vn-027"]
)
def test_pages_of_other_sites_may_ask(address, path):
    origin = {"Origin": "https://portal.example"}
    assert requests.get(address + path, headers=origin, timeout=30).headers["Access-Control-Allow-Origin"] == "*"
    asked = origin | {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type"}
    before = requests.options(address + path, headers=asked, timeout=30)
    assert before.ok
    assert "POST" in before.headers["Access-Control-Allow-Methods"]
    assert "Content-Type" in before.headers["Access-Control-Allow-Headers"]
