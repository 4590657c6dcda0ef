"""The interface for other programs, asked over HTTP as they ask it: by hand, by GDAL, and by schemathesis."""

import csv
import dataclasses
import io
import os
import re
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urljoin

import geopandas as gpd
import pandas as pd
import pytest
import requests
import uvicorn
from jsonschema import Draft202012Validator
from starlette.applications import Starlette

from atlas import LANGUAGES, ROOT, SEEDS, VERSION, records
from atlas.exports.rows import DATES
from atlas.model import agreed, store
from atlas.model.agreed import Wanted
from atlas.model.selection import Selection
from server import api
from server.api.collections import TIMES, Collection
from tests.conftest import free_port, wait_until

TABLES = ("twinnings", "places", "agreements", "events", "figures", "sources", "commitments", "commitment_evidence")


def serving(current, application=lambda current: Starlette(routes=api.routes(current))):
    """The address of a server with an interface over ``current``, until the generator is closed."""
    port = free_port()
    server = uvicorn.Server(uvicorn.Config(application(current), port=port, log_level="critical"))
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        wait_until(lambda: server.started)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(20)


@pytest.fixture(scope="module")
def root(atlas):
    yield from serving(lambda: atlas)


@pytest.fixture(scope="module")
def interface(root):
    return f"{root}/api"


@pytest.fixture(scope="module")
def ask(interface):
    """``ask(path, **parameters)`` returns the JSON of an answer that must be fine."""

    def answer(path: str = "", **parameters):
        response = requests.get(interface + path, params=parameters, timeout=30)
        assert response.status_code == 200, response.text
        return response.json()

    return answer


@pytest.fixture(scope="module")
def ids(ask):
    """The ids of the features that a question finds."""
    return lambda collection, **parameters: {
        feature["id"] for feature in ask(f"/collections/{collection}/items", limit=10_000, **parameters)["features"]
    }


@pytest.fixture(scope="module")
def refused(interface):
    """What the interface says to a question that it must refuse."""

    def answer(path: str, **parameters) -> str:
        response = requests.get(interface + path, params=parameters, timeout=30)
        assert response.status_code == 400, response.text
        return response.json()["description"]

    return answer


def test_every_link_of_the_landing_page_and_of_the_collections_leads_somewhere(ask, interface):
    for page in (ask(), ask("/"), ask("/collections"), *ask("/collections")["collections"]):
        for link in page["links"]:
            assert link["href"].startswith(interface)
            answer = requests.get(link["href"], timeout=30)
            assert answer.status_code == 200
            assert answer.headers["content-type"].startswith(link["type"])


@pytest.mark.parametrize("path", ["", "/", "/conformance", "/openapi", "/collections", "/collections/places"])
def test_programs_that_name_the_format_of_every_address_are_answered(ask, refused, path):
    assert ask(path, f="json") == ask(path)
    for name, value in {"f": "html", "utm_source": "zalo", "lang": "vi", "limit": "1"}.items():
        assert refused(path, **{name: value}).startswith(f"{name}={value!r}: expected ")


def test_says_which_parts_of_the_standard_it_keeps(ask):
    assert [one.rpartition("/")[2] for one in ask("/conformance")["conformsTo"]] == ["core", "oas30", "geojson"]


def test_collections_have_titles_in_all_languages_and_extents(ask):
    listed = ask("/collections")["collections"]
    assert [one["id"] for one in listed] == list(TABLES)
    for one in listed:
        assert len(one["title"].split(" · ")) == len(LANGUAGES)
    west, south, east, north = listed[0]["extent"]["spatial"]["bbox"][0]
    assert 100 < west < east < 115
    assert 8 < south < north < 30
    assert listed[1]["extent"]["temporal"]["interval"][0][1] is None, "places last until today"


@pytest.mark.parametrize("table", TABLES)
def test_a_collection_holds_the_whole_table_as_it_is(atlas, ask, table):
    rows = atlas.table(table)
    answer = ask(f"/collections/{table}/items", limit=10_000)
    assert answer["numberMatched"] == answer["numberReturned"] == len(rows)
    for feature, row in zip(answer["features"], rows.to_dict("records")):
        assert feature["id"] == row["id"]
        for name, value in feature["properties"].items():
            if name in row:
                kept = ";".join(row[name]) if isinstance(row[name], tuple) else row[name]
                assert value == kept or (value is None and pd.isna(kept))
                assert not (isinstance(value, float) and value.is_integer()), f"{name} {value}: a count has no point"


def test_twinnings_are_lines_between_both_sides_and_places_are_points(atlas, ask):
    for feature in ask("/collections/twinnings/items", limit=10_000)["features"]:
        if feature["geometry"]:
            assert feature["geometry"]["type"] == "LineString"
            assert len(feature["geometry"]["coordinates"]) == 2
    for feature in ask("/collections/places/items", limit=10_000)["features"]:
        row = atlas.places[feature["id"]]
        if pd.isna(row["lat"]):
            assert feature["geometry"] is None
        else:
            assert feature["geometry"]["coordinates"] == [row["lon"], row["lat"]]


def test_pages_follow_each_other_without_gap_or_repetition(atlas, interface):
    found, address = [], f"{interface}/collections/events/items?limit=37&status=held"
    while address:
        answer = requests.get(address, timeout=30).json()
        assert answer["numberReturned"] == len(answer["features"]) <= 37
        found += [feature["id"] for feature in answer["features"]]
        links = {link["rel"]: link["href"] for link in answer["links"]}
        assert ("prev" in links) == (len(found) > 37)
        address = links.get("next")
    events = atlas.table("events")
    assert found == events.index[events["status"] == "held"].tolist()


def test_a_page_beyond_the_end_is_empty_and_a_limit_beyond_the_maximum_is_lowered(ask):
    assert ask("/collections/events/items", offset=10**9)["features"] == []
    assert ask("/collections/sources/items", limit=10**9)["numberReturned"] > 100


def test_a_box_finds_what_touches_it_and_what_has_no_position(ids, ask):
    features = {one["id"]: one for one in ask("/collections/places/items", limit=10_000)["features"]}
    nowhere = {name for name, one in features.items() if not one["geometry"]}
    inside = {
        name
        for name in features.keys() - nowhere
        for lon, lat in [features[name]["geometry"]["coordinates"]]
        if 104.3 <= lon <= 105.6 and 22.2 <= lat <= 23.4
    }
    assert len(inside) > 50
    assert ids("places", bbox="104.3,22.2,105.6,23.4") == inside | nowhere
    assert ids("places", bbox="104.3,22.2,0,105.6,23.4,9000") == inside | nowhere
    assert ids("places", bbox="170,-90,-170,90") == nowhere


def test_a_time_finds_what_may_hold_then_and_what_has_no_date(atlas, ids):
    signed = atlas.twinnings["signed_on"]
    year = signed.str[:4]
    undated = set(signed.index[signed.isna()])
    assert ids("twinnings", datetime="2016-01-01/2016-12-31") == set(year.index[year == "2016"]) | undated
    assert ids("twinnings", datetime="2016-01-01T00:00:00Z/..") == set(year.index[year >= "2016"]) | undated
    assert ids("twinnings", datetime="../2015-12-31") == set(year.index[year < "2016"]) | undated
    before, after = ids("places", datetime="2025-06-30"), ids("places", datetime="2025-07-01")
    assert "vn-02" in before - after
    assert "vn-08-2025" in after - before


@pytest.mark.parametrize("table", ["twinnings", *DATES])
@pytest.mark.parametrize(
    "query", [{"province": "ha-giang"}, {"province": "lang-son,cao-bang", "region": "guangxi"}, {"q": "meo vac"}]
)
def test_the_filters_of_the_pages_find_what_the_pages_show(atlas, ids, table, query):
    selection, refused = Selection.from_query({name: value.split(",") for name, value in query.items()}, atlas)
    assert refused == []
    found = ids(table, **query)
    assert found == set(selection.records(atlas, table).index)
    assert len(found) < len(atlas.table(table))


def test_columns_with_fixed_values_and_references_are_filters(atlas, ids):
    twinnings = atlas.twinnings
    wanted = twinnings["level"].isin(["commune", "village"]) & (twinnings["status"] == "active")
    assert ids("twinnings", level="commune,village", status="active") == set(twinnings.index[wanted])
    member = twinnings["vn"].iloc[-1][0]
    assert twinnings.index[-1] in ids("twinnings", vn_places=member)
    source = atlas.table("figures")["sources"].iloc[0][-1]
    assert atlas.table("figures").index[0] in ids("figures", sources=source)
    assert "sch-baise-ha-giang-2018" in ids("figures", provider_places="vn-02")
    assert ids("places", parent="vn-02", kind="district") == {
        place for place in atlas.places.places.index if atlas.places[place]["parent"] == "vn-02"
    } & set(atlas.places.places.index[atlas.places.places["kind"] == "district"])


def test_one_feature_by_its_id_and_a_clear_answer_where_there_is_none(ask, interface):
    feature = ask("/collections/places/items/vn-02")
    (page,) = [one["href"] for one in feature["links"] if one["type"] == "text/html"]
    assert page.endswith("/place?id=vn-02")
    assert "/api" not in page
    assert feature["properties"]["name_vi"] == "Hà Giang"
    assert requests.get(feature["links"][0]["href"], timeout=30).json() == feature
    for path, named in (
        ("/collections/places/items/vn-99999?f=json", "vn-99999"),
        ("/collections/rivers", "rivers"),
        ("/x", ""),
    ):
        answer = requests.get(interface + path, timeout=30)
        assert answer.status_code == 404
        assert named in answer.json()["description"]


@pytest.mark.parametrize(
    ("parameter", "value"),
    [
        ("bbox", "1,2,3"),
        ("bbox", "a,b,c,d"),
        ("bbox", "nan,1,2,3"),
        ("bbox", "1_0,2_0,110,40"),
        ("bbox", "١,2,110,40"),
        ("bbox", "1,2,110,1e999"),
        ("bbox", "1,50,2,40"),
        ("bbox", ""),
        ("bbox", " 1,2,110,40"),
        ("bbox", "+1,2,110,40"),
        ("bbox", "１０,2,110,40"),
        ("bbox", "1,2,inf,40"),
        ("datetime", ""),
        ("datetime", "２０16-01-01"),
        ("datetime", "2016-01-01T24"),
        ("datetime", "2016-1-1"),
        ("limit", ""),
        ("limit", "1_0"),
        ("limit", "１０"),
        ("limit", " 1"),
        ("limit", "+1"),
        ("limit", "1e1"),
        ("offset", ""),
        ("offset", "1_0"),
        ("q", ""),
        ("q", " "),
        ("f", ""),
        ("", ""),
        ("datetime", "2016"),
        ("datetime", "2016-02-31"),
        ("datetime", "../.."),
        ("datetime", "2017-01-01/2016-01-01"),
        ("datetime", "2016-01-01/2017-01-01/2018-01-01"),
        ("limit", "0"),
        ("limit", "-1"),
        ("limit", "9" * 5000),
        ("offset", "-1"),
        ("offset", "two"),
        ("level", "nonsense"),
        ("level", ""),
        ("province", ""),
        ("region", "guangxi,"),
        ("sources", ""),
        ("province", "<img src=x onerror=alert(1)>"),
        ("q", "x" * 101),
        ("f", "xml"),
        ("colour", "red"),
    ],
)
def test_what_is_not_understood_is_refused_by_name(refused, parameter, value):
    assert refused("/collections/twinnings/items", **{parameter: value}).startswith(f"{parameter}=")


@pytest.mark.parametrize("box", ["104.3,22.2,105.6,23.4", "1043e-1,22.2e0,105.6,23.4"])
def test_a_number_is_one_as_json_writes_it(ids, box):
    """GDAL writes very small ones with an exponent."""
    assert ids("places", bbox=box) == ids("places", bbox="104.30,22.20,105.60,23.40")


def test_geojson_may_be_asked_for_by_its_name(ask):
    assert ask("/collections/places/items", f="geojson") == ask("/collections/places/items", f="json")


@pytest.mark.parametrize(
    "path",
    ["/a%20b", "/%E4%B8%9C", "/collections/a%20b", "/collections/Hà Giang/items", "/collections/places/items/a%20b"],
)
def test_a_name_that_nothing_has_is_told_so(interface, path):
    answer = requests.get(interface + path, timeout=30)
    assert (answer.status_code, answer.json()["code"]) == (404, "Not Found")


def test_a_parameter_given_twice_is_refused(refused):
    assert "by commas" in refused("/collections/twinnings/items", level=["commune", "village"])


@pytest.mark.parametrize(
    "by", [{"params": {"f": "csv"}}, {"headers": {"Accept": "text/csv;q=0.9, application/json;q=0.1"}}]
)
def test_csv_on_request_holds_the_same_rows(atlas, interface, by):
    by = {"params": {}} | by
    by["params"] |= {"limit": 20}
    answer = requests.get(f"{interface}/collections/twinnings/items", timeout=30, **by)
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [row["id"] for row in rows] == atlas.twinnings.index[:20].tolist()
    assert gpd.GeoSeries.from_wkt([row["wkt"] for row in rows if row["wkt"]]).geom_type.eq("LineString").all()
    follows = answer.links["next"]["url"]
    more = requests.get(follows, timeout=30).content.decode("utf-8-sig")
    assert next(csv.DictReader(io.StringIO(more)))["id"] == atlas.twinnings.index[20]


@pytest.mark.parametrize("form", ["json", "csv"])
def test_counts_are_whole_numbers(interface, atlas, form):
    answer = requests.get(f"{interface}/collections/figures/items?limit=10000&f={form}", timeout=30).content.decode(
        "utf-8-sig"
    )
    assert not re.search(r"[,:][0-9]+\.0[,}]", answer)
    largest = int(atlas.table("figures")["value"].max())
    assert re.search(rf"[,:]{largest}[,}}]", answer)


def test_a_program_that_has_the_answer_is_not_sent_it_again(interface):
    address = f"{interface}/collections/places/items?limit=1000"
    first = requests.get(address, timeout=30)
    tag = first.headers["etag"]
    for named in (tag, tag.removeprefix("W/"), f'"x", {tag}', "*"):
        again = requests.get(address, headers={"If-None-Match": named}, timeout=30)
        assert (again.status_code, again.content) == (304, b"")
    other = requests.get(f"{address}&kind=commune", headers={"If-None-Match": first.headers["etag"]}, timeout=30)
    assert other.status_code == 200


def test_addresses_behind_a_proxy_keep_its_path(interface):
    def first_link(prefix: str) -> str:
        answer = requests.get(interface, headers={"X-Forwarded-Prefix": prefix}, timeout=30)
        return answer.json()["links"][0]["href"]

    root = interface.removesuffix("/api")
    assert first_link("/atlas/") == f"{root}/atlas/api/"
    assert first_link("/a b<script>") == f"{root}/api/"


def test_writing_is_not_possible(interface):
    for method in ("post", "put", "patch", "delete"):
        assert requests.request(method, f"{interface}/collections/places/items", timeout=30).status_code == 405


def test_health_and_version_tell_the_version_or_that_the_data_is_damaged(atlas, root):
    assert requests.get(f"{root}/healthz", timeout=30).json() == {"status": "ok", "version": atlas.version}
    told = requests.get(f"{root}/version", timeout=30).json()
    assert told == {"version": atlas.version, "code": VERSION, "files": atlas.files}
    assert re.fullmatch(r"[0-9]+\.[0-9]+\.[0-9]+", VERSION)

    def damaged():
        raise store.DamagedData("/secret/path/records.json is missing")

    for address in serving(damaged):
        for path in ("/healthz", "/version", "/api/collections"):
            answer = requests.get(address + path, timeout=30)
            assert answer.status_code == 503
            assert "python -m atlas build" in answer.json()["description"]
            assert "secret" not in answer.text


def test_an_unforeseen_error_gives_a_number_that_the_log_has(caplog):
    def broken():
        raise ZeroDivisionError("inner detail")

    for address in serving(broken):
        answer = requests.get(f"{address}/api/collections", timeout=30)
        assert answer.status_code == 500
        assert "inner detail" not in answer.text
        assert f"failure {answer.json()['description'].split()[-1]}" in caplog.text
        assert "inner detail" in caplog.text


def test_a_new_version_is_answered_from_at_once(atlas):
    versions = [atlas]
    for address in serving(lambda: versions[-1]):
        newer = dataclasses.replace(
            atlas, version="2030-01-01", tables={**atlas.tables, "sources": atlas.table("sources").iloc[:1]}
        )
        sources = f"{address}/api/collections/sources/items"
        assert requests.get(sources, timeout=30).json()["numberMatched"] == len(atlas.table("sources"))
        versions.append(newer)
        assert requests.get(sources, timeout=30).json()["numberMatched"] == 1


@pytest.mark.parametrize("query", ["", "?f=json"])
def test_qgis_and_ogrinfo_find_the_collections_by_the_address(atlas, interface, query):
    """QGIS and ogrinfo open the same driver of GDAL with nothing but the address."""
    command = ["ogrinfo", "-ro", "-so", "-al", f"OAPIF:{interface}{query}"]
    told = subprocess.run(command, check=True, capture_output=True, text=True, timeout=120).stdout
    found = re.findall(r"^Layer name: (.+)$[\s\S]*?^Geometry: (.+)$[\s\S]*?^Feature Count: (\d+)$", told, re.MULTILINE)
    geometries = {"twinnings": "Line String", "places": "Point"}
    assert found == [(table, geometries.get(table, "Unknown (any)"), str(len(atlas.table(table)))) for table in TABLES]


@pytest.mark.parametrize("prefix", ["", "/atlas"])
@pytest.mark.parametrize("path", ["conformance", "collections", "collections/places", "collections/places/items/vn-02"])
def test_owslib_finds_the_rest_by_the_address_with_a_format(interface, prefix, path):
    """It joins ``…/api?f=json`` and the rest as browsers do, who take the last part of an address off."""
    asked = requests.Request("GET", urljoin(interface, path), params={"f": "json"}).prepare().url
    led = requests.get(asked, headers={"X-Forwarded-Prefix": prefix}, allow_redirects=False, timeout=30)
    address = led.headers["Location"]
    assert address == f"{interface.removesuffix('/api')}{prefix}/api/{path}?f=json"
    assert (
        requests.get(address.replace("/atlas/", "/"), timeout=30).json()
        == requests.get(f"{interface}/{path}", timeout=30).json()
    )


@pytest.fixture
def by_gdal(interface, tmp_path):
    """A collection as GDAL's OAPIF driver reads it, with arguments of ogr2ogr."""

    def read(layer: str, *arguments: str) -> gpd.GeoDataFrame:
        file = tmp_path / f"{layer}.gpkg"
        command = ["ogr2ogr", "-f", "GPKG", file, f"OAPIF:{interface}", layer, *arguments]
        subprocess.run(command, check=True, timeout=120)
        return gpd.read_file(file)

    return read


@pytest.mark.parametrize("table", TABLES)
def test_gdal_reads_a_collection_whole(atlas, by_gdal, table):
    frame, rows = by_gdal(table), atlas.table(table)
    assert frame["id"].tolist() == rows.index.tolist()
    for column in rows.columns.intersection(frame.columns):
        empty = [value is None or value == () or pd.isna(value) for value in rows[column].astype(object)]
        read = frame[column].isna() | (frame[column].astype(str) == "")
        assert read.tolist() == empty, column
    for column in TIMES[table]:
        # in a column of text GDAL writes whole days with strokes; what is less than a day stays as it is
        read = frame[column].dropna().astype(str).str.replace("/", "-").str.removesuffix(" 00:00:00")
        assert read.tolist() == rows[column].dropna().tolist(), "dates are as exact as they were"
    assert frame.geometry.notna().any() == (table in ("twinnings", "places"))


def test_gdal_lets_the_server_filter_by_box_and_value(by_gdal, ids):
    box = (104.3, 22.2, 105.6, 23.4)
    frame = by_gdal("places", "-spat", *map(str, box), "-where", "kind = 'township'")
    inside = frame[frame.geometry.notna()]
    assert len(inside) > 0
    assert set(inside["kind"]) == {"township"}
    assert set(inside["id"]) <= ids("places", bbox=",".join(map(str, box)), kind="township")


def test_properties_are_as_the_description_says(ask):
    paths = ask("/openapi")["paths"]
    for table in TABLES:
        operation = paths[f"/collections/{table}/items/{{featureId}}"]["get"]
        fields = {field.name: field for field in records.schema(SEEDS).tables[table].fields}
        described = operation["responses"]["200"]["content"]["application/geo+json"]["schema"]["properties"]
        columns = described["properties"]["properties"]
        said = {name: field.categories for name, field in fields.items() if field.categories and not field.many}
        assert {name: columns[name]["x-enumDescriptions"] for name in said} == said
        validators = {name: Draft202012Validator(column) for name, column in columns.items()}
        for feature in ask(f"/collections/{table}/items", limit=10_000)["features"]:
            for name, value in feature["properties"].items():
                if value is not None and name in validators:
                    validators[name].validate(value)


def test_schemathesis_finds_nothing_that_contradicts_the_description(interface, tmp_path):
    command = [
        *(sys.executable, "-m", "schemathesis.cli", "run", f"{interface}/openapi"),
        *("--phases", "examples,coverage,fuzzing", "--max-examples", "15", "--seed", "1", "--no-color"),
        # one collection stands for the others: the code is the same
        *("--include-path-regex", "^/(conformance|openapi|collections)?$|/twinnings"),
    ]
    environment = os.environ | {"SCHEMATHESIS_HOOKS": "tests.unit.api_hooks", "PYTHONPATH": str(ROOT)}
    ended = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=150)
    assert ended.returncode == 0, ended.stdout + ended.stderr


@pytest.fixture
def counted(atlas, monkeypatch):
    """The addresses for which an answer was made, and how many were made at once at the most."""
    made, busy = [], []

    def slowly(self, query, ask=Collection.ask):
        busy.append(len(running))
        running.append(query)
        time.sleep(0.02)
        made.append(query)
        running.pop()
        return ask(self, query)

    running: list = []
    monkeypatch.setattr(Collection, "ask", slowly)
    versions = [atlas]
    for address in serving(lambda: versions[-1]):
        yield f"{address}/api/collections", made, busy, versions


def test_programs_get_their_answers_one_after_the_other(counted):
    address, made, busy, _ = counted
    with ThreadPoolExecutor(10) as programs:
        answers = list(
            programs.map(lambda limit: requests.get(f"{address}/places/items?limit={limit}", timeout=30), range(1, 11))
        )
    assert [answer.json()["numberReturned"] for answer in answers] == list(range(1, 11))
    assert len(made) == 10
    assert max(busy) == 0, "nobody else's was being made"


def test_what_has_been_asked_is_kept_until_the_data_changes(counted, atlas):
    address, made, _, versions = counted

    def ask(question="limit=5", **headers):
        headers = {name.replace("_", "-"): value for name, value in headers.items()}
        return requests.get(f"{address}/places/items?{question}", headers=headers, timeout=30)

    first = ask()
    assert ask().content == first.content
    assert ask(Accept_Encoding="identity").content == first.content
    assert len(made) == 1, "made once, for either coding"
    others = [ask(Accept="text/csv"), ask(X_Forwarded_Prefix="/atlas"), ask("limit=6"), ask("f=json&limit=5")]
    assert len({first.content, *(other.content for other in others)}) == 5
    assert others[0].headers["Content-Type"].startswith("text/csv")
    assert "/atlas/api/" in others[1].text
    made.clear()
    for _ in range(2):
        assert ask("q=meo vac", X_Forwarded_Prefix="").status_code == 400, "places have no such filter"
        requests.get(f"{address}/twinnings/items?q=meo vac", timeout=30)
    assert len(made) == 2, "a visitor's words are not kept"
    versions.append(dataclasses.replace(atlas, version="2030-01-01"))
    ask()
    assert len(made) == 3, "the answers of another version are not kept"


def test_a_question_is_answered_fast(ask):
    ask("/collections/twinnings/items")
    begun = time.perf_counter()
    for _ in range(20):
        ask("/collections/twinnings/items", province="ha-giang", bbox="104,22,106,23.5")
    assert (time.perf_counter() - begun) / 20 < 0.5


def test_commitments_are_asked_by_state_side_field_and_place_as_on_their_page(atlas, ids, refused):
    rows = agreed.found(atlas, Selection(), Wanted())
    for name, values in (("state", "done,none"), ("side", "both"), ("field", "health")):
        kept = rows.index[rows[name].isin(values.split(","))]
        assert ids("commitments", **{name: values}) == set(kept) != set()
    of_province = agreed.found(atlas, Selection(province=("lang-son",)), Wanted()).index
    assert ids("commitments", province="lang-son") == set(of_province) != set(rows.index)
    assert "expected one or several, by commas, of vn, cn, both, none" in refused(
        "/collections/commitments/items", side="theirs"
    )
