"""Places with their names, times and successions in the Linked Places format, version 1.2, which is GeoJSON and JSON-LD.

Source: github.com/LinkedPasts/linked-places-format; the types of places are those of the Art & Architecture Thesaurus that
are listed there.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any

from atlas.exports.about import about
from atlas.exports.linked.ids import interval, iri
from atlas.exports.rows import selected
from atlas.model.atlas import Atlas
from atlas.model.selection import Selection
from atlas.words.languages import LANGUAGE_CODES
from atlas.words.translator import Translator

CONTEXT = "https://raw.githubusercontent.com/LinkedPasts/linked-places/master/linkedplaces-context-v1.1.jsonld"
PINYIN = "zh-Latn-pinyin"
DIVISION = ("aat:300232418", "administrative division")
TYPES = {
    "country": ("aat:300128207", "nation"),
    "region": ("aat:300387107", "autonomous region"),
    "province": ("aat:300000774", "province"),
    "prefecture": ("aat:300235099", "prefecture"),
    "county": ("aat:300000771", "county"),
    "district": DIVISION,
    "commune": DIVISION,
    "township": DIVISION,
    "village": ("aat:300008372", "village"),
}
# of a unit that has ended, and of one that has taken the place of another; dct is a prefix of the context
REPLACED, REPLACES, PART_OF = "dct:isReplacedBy", "dct:replaces", "gvp:broaderPartitive"

Address = Callable[[str, str], str]


def linked_places(
    atlas: Atlas, selection: Selection | None, translate: Translator, address: Address | None = None
) -> bytes:
    """One feature a place, in the order of the table.

    A unit of which only the last day is known began at the latest on that day; one that exists ends at the earliest on the
    day of the data. What is not known of its times is left out, and so are Chinese names and variants that may stand in no source.

    :param address: gives the address of the page of a record from its kind and id; without it features have none.
    """
    rows = selected(atlas, selection)
    successions: dict[str, list[dict]] = defaultdict(list)
    for row in rows["successions"].dropna(subset=["successor"]).to_dict("records"):
        at = {"start": {"in": row["effective_on"]}}
        about_it = {"label": row["kind"], "when": {"timespans": [at]}, "citations": _cited(atlas, row["sources"])}
        successions[row["predecessor"]].append(
            {"relationType": REPLACED, "relationTo": iri("place", row["successor"])} | about_it
        )
        successions[row["successor"]].append(
            {"relationType": REPLACES, "relationTo": iri("place", row["predecessor"])} | about_it
        )
    places = rows["places"].to_dict("index")
    content = {
        "type": "FeatureCollection",
        "@context": CONTEXT,
        "about": dict(about(atlas, selection, translate)),
        "features": [
            _feature(atlas, place, row, successions[place], translate, address) for place, row in places.items()
        ],
    }
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()


def _feature(
    atlas: Atlas, place: str, row: dict, successions: list[dict], translate: Translator, address: Address | None
) -> dict:
    parent = [{"relationType": PART_OF, "relationTo": iri("place", row["parent"])}] if row["parent"] else []
    lat, lon = row["lat"], row["lon"]
    point = [{"type": "Point", "coordinates": [lon, lat]}] if lat == lat and lat is not None else []
    when = _when(row["valid_from"], row["valid_until"], atlas.version)
    feature: dict[str, Any] = {
        "@id": iri("place", place),
        "type": "Feature",
        "properties": {
            "title": atlas.without_proposed_names.places.full_name(place, translate.language),
            "ccodes": [row["country"]],
        }
        | ({"edtf": interval(row["valid_from"], row["valid_until"])} if when else {}),
        "names": _names(atlas, row),
        "types": _types(row["kind"]),
        "geometry": {"type": "GeometryCollection", "geometries": point},
        "relations": [*parent, *successions],
    }
    if when:
        feature["when"] = when
    if address:
        feature["links"] = [{"type": "primaryTopicOf", "identifier": address("place", place)}]
    return feature


def _when(begin: str | None, end: str | None, version: str) -> dict | None:
    if not begin and not end:
        return None
    start = {"in": begin} if begin else {"latest": end}
    return {"timespans": [{"start": start, "end": {"in": end} if end else {"earliest": version}}]}


def _names(atlas: Atlas, row: dict) -> list[dict]:
    """Every name, the first one with the sources of the place; a Chinese one with its own."""
    cited = _cited(atlas, row["sources"])
    chinese = row["name_zh"] if row["name_zh_basis"] != "proposed" else None
    given = [
        (row["name_vi"], LANGUAGE_CODES["vi"], cited),
        (chinese, LANGUAGE_CODES["zh"], _cited(atlas, row["name_zh_sources"]) or cited),
        (row["name_pinyin"] if chinese else None, PINYIN, []),
        (row["name_en"], LANGUAGE_CODES["en"], []),
        *((name, None, []) for name in row["also_known_as"]),
    ]
    names = []
    for name, language, citations in given:
        if name:
            known = {"lang": language, "citations": citations}
            names.append({"toponym": name} | {key: value for key, value in known.items() if value})
    return names


def _types(kind: str) -> list[dict]:
    own = [{"label": kind.replace("_", " "), "lang": LANGUAGE_CODES["en"]}]
    if kind not in TYPES:
        return [{"label": own[0]["label"], "sourceLabels": own}]
    identifier, label = TYPES[kind]
    return [{"identifier": identifier, "label": label, "sourceLabels": own}]


def _cited(atlas: Atlas, sources: Iterable[str]) -> list[dict]:
    table = atlas.table("sources")
    return [{"label": table.at[one, "title"], "@id": table.at[one, "url"] or iri("source", one)} for one in sources]
