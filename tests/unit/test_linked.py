"""Linked data: read as RDF by rdflib, checked against shapes by pyshacl, and answered by the server."""

import json
import re
from functools import partial
from pathlib import Path

import pytest
import requests
from pyshacl import validate
from rdflib import DCTERMS, RDF, Graph, Literal, Namespace, URIRef
from starlette.applications import Starlette

from atlas.exports.formats import export
from atlas.exports.linked.catalog import FORMS, catalog
from atlas.exports.linked.ids import interval
from atlas.exports.linked.places import CONTEXT
from atlas.exports.linked.records import described
from atlas.model.addresses import TABLES
from atlas.model.gazetteer import PROPOSED
from atlas.model.selection import Selection
from server import linked
from tests.unit.test_api import serving

ROOT = "http://atlas.example/sub"
SHAPES = Path(__file__).parents[1] / "shapes"
SCHEMA, DCAT = Namespace("https://schema.org/"), Namespace("http://www.w3.org/ns/dcat#")
LPO = Namespace("http://linkedpasts.org/ontology/lpo_latest.ttl#")
# what the context of the Linked Places format says of the terms that are used here
TERMS = {
    "type": "@type", "lpo": str(LPO), "dct": str(DCTERMS), "geojson": "https://purl.org/geojson/vocab#",
    "FeatureCollection": "geojson:FeatureCollection", "Feature": "geojson:Feature",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#", "cito": "http://purl.org/spar/cito#",
    "features": {"@id": "lpo:hasFeature", "@container": "@set"}, "properties": "geojson:properties",
    "title": "dct:title", "label": "rdfs:label", "identifier": "dct:identifier", "lang": "dct:language",
    "names": {"@id": "lpo:name_attestation", "@container": "@set"}, "toponym": "lpo:toponym",
    "types": {"@id": "lpo:type_attestation", "@container": "@set"}, "sourceLabels": "lpo:source_label",
    "when": "lpo:when", "timespans": {"@id": "lpo:timespan", "@container": "@set"},
    "start": "lpo:has_start", "end": "lpo:has_end", "in": "lpo:in", "earliest": "lpo:earliest", "latest": "lpo:latest",
    "relations": {"@id": "lpo:rel_attestation", "@container": "@set"},
    "relationType": "lpo:relation_type", "relationTo": "lpo:relation_to",
    "links": {"@id": "lpo:link_attestation", "@container": "@set"}, "citations": {"@id": "cito:cites", "@type": "@id"},
}  # fmt: skip


def address(kind: str, identifier: str) -> str:
    return f"{ROOT}/{kind}?id={identifier}"


def graph(content: dict) -> Graph:
    """A document as RDF; the context of Linked Places is not asked for over the network."""
    own = {"@context": TERMS} if content["@context"] == CONTEXT else {}
    return Graph().parse(data=json.dumps(content | own), format="json-ld")


def conforms(content: Graph, shapes: str) -> None:
    fine, _, told = validate(content, shacl_graph=str(SHAPES / shapes), meta_shacl=True)
    assert fine, told[:3000]


@pytest.fixture(scope="module")
def lai_chau(atlas):
    """The places of one province as Linked Places."""
    return json.loads(export(atlas, "linked-places", Selection(province=("lai-chau",)), "en"))


def test_the_catalogue_is_dcat_and_schema_org(atlas):
    read = graph(catalog(atlas, ROOT))
    conforms(read, "dcat.ttl")
    (dataset,) = read.subjects(RDF.type, SCHEMA.Dataset)
    assert str(read.value(dataset, DCTERMS.license)) == "https://creativecommons.org/licenses/by/4.0/"
    assert str(read.value(dataset, DCAT.version)) == atlas.version
    assert {title.language for title in read.objects(dataset, DCTERMS.title)} == {"vi", "zh-Hans", "en"}
    assert len(set(read.objects(dataset, DCAT.distribution))) == len(FORMS)
    assert {str(read.value(one, DCAT.version)) for one in read.objects(dataset, DCAT.hasVersion)} == {
        name.removeprefix("history/").removesuffix(".json") for name in atlas.contents if name.startswith("history/")
    }


@pytest.mark.parametrize("lost", [DCTERMS.title, DCAT.distribution, DCTERMS.license])
def test_a_catalogue_that_lacks_something_does_not_conform(atlas, lost):
    read = graph(catalog(atlas, ROOT))
    read.remove((None, lost, None))
    assert not validate(read, shacl_graph=str(SHAPES / "dcat.ttl"))[0]


@pytest.mark.parametrize(("kind", "table"), TABLES.items())
def test_every_record_can_be_read_as_rdf(atlas, kind, table):
    ids = atlas.table(table).index[::25]
    whole = Graph()
    for one in ids:
        read = graph(described(atlas, table, one, address))
        subject = URIRef(f"urn:border-cooperation-atlas:{kind}:{one}")
        assert {str(url) for url in read.objects(subject, SCHEMA.url)} == {address(kind, one)}
        whole += read
    conforms(whole, "records.ttl")


def test_a_place_is_told_with_its_times_and_successions(atlas):
    told = described(atlas, "places", "vn-00688", address)
    assert told["@type"] == "AdministrativeArea"
    assert told["dct:valid"] == "/2025-06-30"
    assert {one["@id"].rpartition(":")[2] for one in told["dct:isReplacedBy"]} == {"vn-00691-2025", "vn-00694-2025"}
    assert "geo" not in told or set(told["geo"]) == {"@type", "latitude", "longitude"}
    assert [name["@language"] for name in told["name"]] == ["vi", "en"]  # its Chinese name is only proposed
    assert PROPOSED not in json.dumps(
        described(atlas, "twinnings", atlas.twinnings.index[-1], address), ensure_ascii=False
    )


def test_dates_of_events_are_as_exact_as_the_source(atlas):
    events = atlas.table("events")
    for one in events.index[events["date_from"].str.len() == 7][:3]:
        assert described(atlas, "events", one, address)["startDate"] == events.at[one, "date_from"]


def test_intervals_are_edtf():
    assert interval("2025-07-01", None) == "2025-07-01/.."
    assert interval(None, "2025-06-30") == "/2025-06-30"
    assert interval("2020-03", "2025-06-30") == "2020-03/2025-06-30"
    assert interval(None, None) is None


def test_linked_places_conform_and_tell_successions(lai_chau):
    read = graph(lai_chau)
    conforms(read, "linked-places.ttl")
    features = {one["@id"].rpartition(":")[2]: one for one in lai_chau["features"]}
    ended = [one for one in features.values() if one["properties"].get("edtf") == "/2025-06-30"]
    assert ended
    for one in ended:
        (span,) = one["when"]["timespans"]
        assert span == {"start": {"latest": "2025-06-30"}, "end": {"in": "2025-06-30"}}
    replaced = URIRef("urn:border-cooperation-atlas:place:vn-12")
    assert (replaced, RDF.type, URIRef("https://purl.org/geojson/vocab#Feature")) in read
    relations = {relation["relationType"] for one in features.values() for relation in one["relations"]}
    assert relations == {"gvp:broaderPartitive", "dct:isReplacedBy", "dct:replaces"}
    assert (None, LPO.relation_type, Literal("dct:isReplacedBy")) in read


def test_a_feature_without_a_name_does_not_conform(lai_chau):
    lai_chau = lai_chau | {"features": [lai_chau["features"][0] | {"names": []}]}
    assert not validate(graph(lai_chau), shacl_graph=str(SHAPES / "linked-places.ttl"))[0]


def test_chinese_names_that_no_source_prints_are_no_attested_names(atlas):
    places = atlas.table("places")
    proposed = places.loc[places["name_zh_basis"] == "proposed", "name_zh"].to_dict()
    assert proposed
    for feature in json.loads(export(atlas, "linked-places", None, "zh"))["features"]:
        assert PROPOSED not in feature["properties"]["title"]
        if name := proposed.get(feature["@id"].rpartition(":")[2]):
            assert name not in {one["toponym"] for one in feature["names"]}
            assert "zh-Latn-pinyin" not in {one.get("lang") for one in feature["names"]}


@pytest.fixture(scope="module")
def asked(atlas):
    def application(current):
        return Starlette(routes=linked.routes(current))

    for root in serving(lambda: atlas, application):
        yield partial(lambda root, path: requests.get(root + path, timeout=60), root)


def test_the_server_answers_as_linked_data(atlas, asked):
    for path in ("/catalog.jsonld", "/place.jsonld?id=vn-04", "/linked-places.jsonld?lang=vi"):
        answer = asked(path)
        assert (answer.status_code, answer.headers["content-type"]) == (200, "application/ld+json")
        assert answer.headers["ETag"]
    places = asked("/linked-places.jsonld?lang=vi").json()["features"]
    assert len(places) == len(atlas.table("places"))
    assert places[0]["links"][0]["identifier"].endswith(f"/place?id={atlas.table('places').index[0]}")
    assert asked("/catalog.jsonld").json()["@graph"][0]["foaf:homepage"]["@id"].startswith("http://127.0.0.1:")


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("/place.jsonld?id=vn-4", "id='vn-4': expected the id of a place"),
        ("/place.jsonld", "id='': expected the id of a place"),
        ("/catalog.jsonld?x=1", "x='1': expected no parameter here"),
        ("/linked-places.jsonld?lang=fr", "lang='fr': expected one of"),
    ],
)
def test_what_is_not_understood_is_refused(asked, path, told):
    answer = asked(path)
    assert answer.status_code == 400
    assert told in answer.json()["description"]


@pytest.mark.parametrize("record", ["/place?id=vn-027", "/event?id={event}"])
def test_the_page_of_a_record_holds_it_for_programs(atlas, server, record):
    path = record.format(event=atlas.table("events").index[0])
    page = requests.get(server + path, headers={"Accept": "text/html"}, timeout=30).text
    head = page.partition("</head>")[0]
    (content,) = re.findall("<script type='application/ld\\+json'>(.*?)</script>", head, re.DOTALL)
    (link,) = re.findall("<link rel=alternate type='application/ld\\+json' href='\\./(.*?)'>", head)
    assert requests.get(f"{server}/{link}", timeout=30).json() == json.loads(content)
    assert "ld+json" not in requests.get(server + "/place?id=nothing", headers={"Accept": "text/html"}, timeout=30).text


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.address)
def test_every_form_of_the_catalogue_is_there(server, form):
    answer = requests.get(f"{server}/{form.address}", timeout=60)
    assert answer.status_code == 200
    assert answer.headers["content-type"].partition(";")[0] == form.media
