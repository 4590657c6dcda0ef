"""What the atlas is and in which forms it can be had, for catalogues: DCAT 3 and schema.org in one JSON-LD.

Sources: W3C, Data Catalog Vocabulary (DCAT) version 3; schema.org, Dataset; for media types and languages the lists of
IANA and of the Library of Congress, as DCAT asks for.
"""

import json
from dataclasses import dataclass
from typing import Any

from atlas import LANGUAGES
from atlas.exports.linked.ids import IDENTIFIERS
from atlas.model import history
from atlas.model.atlas import Atlas
from atlas.records import DESCRIPTION
from atlas.words.languages import LANGUAGE_CODES
from atlas.words.translator import Translator

CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "schema": "https://schema.org/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
ISO_639 = "http://id.loc.gov/vocabulary/iso639-1/"
MEDIA_TYPES = "https://www.iana.org/assignments/media-types/"
FEATURES = "http://www.opengis.net/spec/ogcapi-features-1/1.0"
WKT = "http://www.opengis.net/ont/geosparql#wktLiteral"
PUBLISHER = "The keepers of the Border Cooperation Atlas"
CATALOG, DATASET = f"{IDENTIFIERS}:catalog", f"{IDENTIFIERS}:dataset"


@dataclass(frozen=True)
class Form:
    """One form in which the records can be had: its name, the address below that of the atlas, its media type."""

    name: str
    address: str
    media: str


FORMS = (
    Form("Description of the tables (Frictionless Data Package)", "data/datapackage.json", "application/json"),
    Form("All tables (JSON)", "data/records.json", "application/json"),
    Form("Twinnings as lines (GeoJSON)", "api/collections/twinnings/items?f=json&limit=10000", "application/geo+json"),
    Form("Twinnings (CSV)", "api/collections/twinnings/items?f=csv&limit=10000", "text/csv"),
    Form("Places as points (GeoJSON)", "api/collections/places/items?f=json&limit=10000", "application/geo+json"),
    Form("Places (CSV)", "api/collections/places/items?f=csv&limit=10000", "text/csv"),
    Form("Places with times and successions (Linked Places)", "linked-places.jsonld", "application/ld+json"),
    Form("Releases of the records (Atom)", "feed.atom", "application/atom+xml"),
    Form("What falls due (iCalendar)", "calendar.ics", "text/calendar"),
)


def catalog(atlas: Atlas, root: str) -> dict:
    """The catalogue with its one data set, the services that answer from it, and its releases.

    :param root: the address of the atlas, without a slash at its end.
    """
    description = json.loads(atlas.contents[DESCRIPTION])
    licence = description["licenses"][0]["path"]
    publisher = {"@type": ["foaf:Agent", "schema:Organization"], "foaf:name": PUBLISHER, "schema:name": PUBLISHER}
    title = _in_languages("Vietnam–China Border Cooperation Atlas")
    of_records = {"dct:license": {"@id": licence}, "schema:license": {"@id": licence}}
    services = [
        _service(root, "api", "OGC API – Features", {"dct:conformsTo": {"@id": FEATURES}})
        | {"dcat:endpointDescription": {"@id": f"{root}/api/openapi"}},
        _service(root, "reconcile", "Reconciliation of names of places", {}),
    ]
    released = list(history.released(atlas))
    dataset: dict[str, Any] = {
        "@id": DATASET,
        "@type": ["dcat:Dataset", "schema:Dataset"],
        "dct:title": title,
        "schema:name": title,
        "dct:description": {"@language": "en", "@value": description["description"]},
        "schema:description": {"@language": "en", "@value": description["description"]},
        "dct:identifier": description["name"],
        "schema:identifier": description["name"],
        "dct:publisher": publisher,
        "schema:publisher": publisher,
        "dct:language": [{"@id": f"{ISO_639}{language}"} for language in LANGUAGES],
        "schema:inLanguage": [LANGUAGE_CODES[language] for language in LANGUAGES],
        "dct:modified": _date(atlas.version),
        "schema:dateModified": atlas.version,
        "dcat:version": atlas.version,
        "schema:version": atlas.version,
        "dct:spatial": {"@type": "dct:Location", "dcat:bbox": {"@type": WKT, "@value": _box(atlas)}},
        "dcat:landingPage": {"@id": f"{root}/"},
        "schema:url": {"@id": f"{root}/"},
        "dcat:distribution": [_distribution(root, form, of_records) for form in FORMS],
        "dcat:hasVersion": [_release(root, day, of_records) for day in released],
        "schema:isAccessibleForFree": True,
    } | of_records
    if released:
        dataset["dct:issued"], dataset["schema:datePublished"] = _date(released[0]), released[0]
    dataset["schema:distribution"] = [{"@id": one["@id"]} for one in dataset["dcat:distribution"]]
    whole = {
        "@id": CATALOG,
        "@type": ["dcat:Catalog", "schema:DataCatalog"],
        "dct:title": title,
        "schema:name": title,
        "dct:description": {"@language": "en", "@value": description["title"]},
        "dct:publisher": publisher,
        "dct:license": {"@id": licence},
        "foaf:homepage": {"@id": f"{root}/"},
        "dcat:dataset": {"@id": DATASET},
        "schema:dataset": {"@id": DATASET},
        "dcat:service": services,
    }
    return {"@context": CONTEXT, "@graph": [whole, dataset]}


def _in_languages(text: str) -> list[dict]:
    return [{"@language": LANGUAGE_CODES[language], "@value": Translator(language)(text)} for language in LANGUAGES]


def _date(day: str) -> dict:
    return {"@type": "xsd:date", "@value": day}


def _box(atlas: Atlas) -> str:
    """The bounding box of all places with a position, as well-known text in WGS-84 (longitude first)."""
    places = atlas.table("places")
    west, south, east, north = places["lon"].min(), places["lat"].min(), places["lon"].max(), places["lat"].max()
    return f"POLYGON(({west} {south}, {east} {south}, {east} {north}, {west} {north}, {west} {south}))"


def _distribution(root: str, form: Form, licence: dict) -> dict:
    address = {"@id": f"{root}/{form.address}"}
    return {
        "@id": f"{root}/{form.address}",
        "@type": ["dcat:Distribution", "schema:DataDownload"],
        "dct:title": {"@language": "en", "@value": form.name},
        "schema:name": form.name,
        "dcat:accessURL": address,
        "dcat:downloadURL": address,
        "schema:contentUrl": address,
        "dcat:mediaType": {"@id": f"{MEDIA_TYPES}{form.media}"},
        "schema:encodingFormat": form.media,
    } | licence


def _service(root: str, name: str, title: str, more: dict) -> dict:
    return {
        "@id": f"{root}/{name}#service",
        "@type": ["dcat:DataService", "schema:WebAPI"],
        "dct:title": {"@language": "en", "@value": title},
        "schema:name": title,
        "dcat:endpointURL": {"@id": f"{root}/{name}"},
        "dcat:servesDataset": {"@id": DATASET},
    } | more


def _release(root: str, day: str, licence: dict) -> dict:
    """One version of the data set, by the day of its release; its address tells what has changed since."""
    return {
        "@id": f"{DATASET}:{day}",
        "@type": "dcat:Dataset",
        "dct:title": {"@language": "en", "@value": f"Release of {day}"},
        "dct:description": {"@language": "en", "@value": f"The records as they were released on {day}."},
        "dcat:version": day,
        "dct:issued": _date(day),
        "dcat:isVersionOf": {"@id": DATASET},
        "dcat:landingPage": {"@id": f"{root}/changes.json?since={day}"},
    } | licence
