"""A record in the words of schema.org, and of Dublin Core where schema.org has none."""

from collections.abc import Callable
from typing import Any

from atlas import LANGUAGES
from atlas.exports.linked.ids import interval, iri
from atlas.model.addresses import KINDS
from atlas.model.atlas import Atlas
from atlas.words import naming
from atlas.words.languages import LANGUAGE_CODES
from atlas.words.translator import Translator

CONTEXT = {"@vocab": "https://schema.org/", "dct": "http://purl.org/dc/terms/", "schema": "https://schema.org/"}
# a twinning is a lasting tie and a point of disagreement a note: schema.org has no class of either
CLASSES = {
    "twinnings": "Thing",
    "places": "Place",
    "agreements": "CreativeWork",
    "events": "Event",
    "commitments": "CreativeWork",
    "sources": "CreativeWork",
    "figures": "Observation",
    "discrepancies": "Thing",
}
UNITS = ("country", "region", "province", "prefecture", "county", "district", "commune", "township")

Address = Callable[[str, str], str]


def described(atlas: Atlas, table: str, identifier: str, address: Address) -> dict:
    """A record as JSON-LD, with names in all languages; what is not known is left out, and so are Chinese names that no source prints.

    :param table: one of the values of :data:`atlas.model.addresses.TABLES`.
    :param address: gives the address of the page of a record from its kind and id.
    :raises KeyError: the table has no such record.
    """
    row = atlas.table(table).loc[identifier].to_dict()
    kind = KINDS[table]
    common = {
        "@context": CONTEXT,
        "@id": iri(kind, identifier),
        "@type": "AdministrativeArea" if row.get("kind") in UNITS and table == "places" else CLASSES[table],
        "name": _names(atlas.without_proposed_names, table, identifier),
        "identifier": identifier,
        "url": address(kind, identifier),
        "dct:type": kind,
        "dct:source": [_record("sources", one) for one in row.get("sources") or ()],
    }
    return _known(common | OF[table](atlas, row))


def _names(atlas: Atlas, table: str, identifier: str) -> list[dict]:
    if table == "places":
        row = atlas.places[identifier]
        names = {code: row[f"name_{code}"] for code in LANGUAGES}
    else:
        names = {code: naming.record_name(atlas, table, identifier, Translator(code)) for code in LANGUAGES}
    return [{"@language": LANGUAGE_CODES[code], "@value": name} for code, name in names.items() if name]


def _place(atlas: Atlas, row: dict) -> dict[str, Any]:
    place, code = row["id"], row["official_code"]
    return {
        "identifier": [place, {"@type": "PropertyValue", "propertyID": "official_code", "value": code}]
        if code
        else place,
        "alternateName": list(row["also_known_as"]),
        "geo": _point(row["lat"], row["lon"]),
        "containedInPlace": _place_id(row["parent"]),
        "dct:valid": interval(row["valid_from"], row["valid_until"]),
        "dct:isReplacedBy": [_place_id(one) for one in atlas.places.successors(place)],
        "dct:replaces": [_place_id(one) for one in atlas.places.predecessors(place)],
    }


def _twinning(atlas: Atlas, row: dict) -> dict[str, Any]:
    return {
        "dct:date": row["signed_on"],
        "dct:spatial": [_place_id(one) for one in (*row["vn"], *row["cn"])],
        "subjectOf": _record("agreements", row["agreement"]),
    }


def _agreement(atlas: Atlas, row: dict) -> dict[str, Any]:
    return {
        "dateCreated": row["signed_on"],
        "temporalCoverage": interval(row["valid_from"], row["valid_until"]),
        "locationCreated": _place_id(row["place"]),
        "spatialCoverage": [_place_id(one) for one in (*row["vn_places"], *row["cn_places"])],
        "recordedAt": _record("events", row["event"]),
    }


def _event(atlas: Atlas, row: dict) -> dict[str, Any]:
    return {
        "startDate": row["date_from"],
        "endDate": row["date_to"],
        "location": _place_id(row["place"]),
        "dct:spatial": [_place_id(one) for one in (*row["vn_places"], *row["cn_places"])],
        "about": [_record("twinnings", one) for one in row["twinnings"]],
    }


def _commitment(atlas: Atlas, row: dict) -> dict[str, Any]:
    return {
        "isPartOf": _record("agreements", row["agreement"]),
        "recordedAt": _record("events", row["event"]),
        "position": row["ordinal"],
        "expires": row["due"],
    }


def _of_source(atlas: Atlas, row: dict) -> dict[str, Any]:
    return {
        "name": row["title"],
        "sameAs": row["url"],
        "publisher": {"@type": "Organization", "name": row["publisher"]} if row["publisher"] else None,
        "datePublished": row["published"],
        "inLanguage": row["language"],
    }


def _figure(atlas: Atlas, row: dict) -> dict[str, Any]:
    return {
        "value": row["value"],
        "maxValue": row["value_max"],
        "observationDate": row["as_of"],
        "temporalCoverage": interval(row["period_from"], row["period_to"]),
        "measuredProperty": row["measure"],
    }


def _discrepancy(atlas: Atlas, row: dict) -> dict[str, Any]:
    concerned = (
        _record(table, one)
        for table in ("places", "twinnings", "agreements", "events", "figures")
        for one in row[table]
    )
    return {"dct:relation": list(concerned)}


OF: dict[str, Callable[[Atlas, dict], dict[str, Any]]] = {
    "places": _place,
    "twinnings": _twinning,
    "agreements": _agreement,
    "events": _event,
    "commitments": _commitment,
    "sources": _of_source,
    "figures": _figure,
    "discrepancies": _discrepancy,
}


def _record(table: str, identifier: str | None) -> dict | None:
    return {"@id": iri(KINDS[table], identifier)} if identifier else None


def _place_id(place: str | None) -> dict | None:
    return _record("places", place)


def _point(lat: float | None, lon: float | None) -> dict | None:
    if lat is None or lat != lat:
        return None
    return {"@type": "GeoCoordinates", "latitude": lat, "longitude": lon}


def _known(described: dict) -> dict:
    """Without what is not known; a list of one is that one."""
    found = {}
    for name, value in described.items():
        if isinstance(value, float):
            value = None if value != value else int(value) if value.is_integer() else value
        if value is not None and value not in ("", []):
            found[name] = value[0] if isinstance(value, list) and len(value) == 1 else value
    return found
