"""The description of the interface in OpenAPI 3.0."""

from typing import Any

from atlas.model.spelling import LONGEST_SEARCH
from atlas.records import Field
from server.api.collections import DEFAULT_LIMIT, FORMATS, MAXIMUM_LIMIT, MEMBERS, NAMES, TIMES, Collection

JSON = "application/json"
OPENAPI = "application/vnd.oai.openapi+json;version=3.0"
SCHEMA = "application/schema+json"
TYPES = {"string": "string", "number": "number", "integer": "integer", "boolean": "boolean"}
LINKS = {"type": "array", "items": {"$ref": "#/components/schemas/link"}}
# filters by what is no column of a table
FURTHER = dict.fromkeys(MEMBERS, "Ids of places on this side") | {
    "state": "What the evidence shows of a commitment; none where no evidence was found",
    "side": "Which side is responsible for a commitment by its own text; none where that is not stated",
}
TOLD = {"state": "State", "side": "Responsible side"}  # what is told of a commitment beside its columns


def openapi(collections: dict[str, Collection], version: str, address: str) -> dict:
    """The whole interface.

    :param version: the version of the data.
    :param address: where the interface is, without a slash at the end.
    """
    paths = {
        "/": _get("The landing page", "landing", {JSON: _object(title="string", links=LINKS)}),
        "/conformance": _get(
            "What of the standard is kept",
            "conformance",
            {JSON: _object(conformsTo={"type": "array", "items": {"type": "string"}})},
        ),
        "/openapi": _get(
            "This description", "description", {OPENAPI: _object(openapi="string", paths={"type": "object"})}
        ),
        "/collections": _get(
            "All collections",
            "collections",
            {
                JSON: _object(
                    links=LINKS, collections={"type": "array", "items": {"$ref": "#/components/schemas/collection"}}
                )
            },
        ),
    }
    for collection in collections.values():
        paths |= _paths(collection)
    return {
        "openapi": "3.0.3",
        "info": {
            "title": "Vietnam–China Border Cooperation Atlas",
            "description": "Local cooperation across the Vietnam–China land border: OGC API – Features, read-only.",
            "version": version,
        },
        "servers": [{"url": address}],
        "paths": paths,
        "components": {"schemas": _schemas()},
    }


def _paths(collection: Collection) -> dict:
    name, title = collection.name, collection.table.title
    feature = _feature(collection)
    page = _object(
        type={"type": "string", "enum": ["FeatureCollection"]},
        features={"type": "array", "items": feature},
        links=LINKS,
        numberMatched="integer",
        numberReturned="integer",
    )
    csv = {"type": "string"}
    known = next(iter(collection.features.index), "")
    identifier = {"name": "featureId", "in": "path", "required": True, "schema": {"type": "string"}, "example": known}
    return {
        f"/collections/{name}": _get(title, f"{name}.collection", {JSON: {"$ref": "#/components/schemas/collection"}}),
        f"/collections/{name}/schema": _get(
            f"{title}: the columns of a feature",
            f"{name}.schema",
            {SCHEMA: _object(type="string", properties={"type": "object"})},
        ),
        f"/collections/{name}/items": _get(
            f"{title}: the features that pass all filters",
            f"{name}.items",
            {FORMATS["json"]: page, FORMATS["csv"]: csv},
            _parameters(collection),
        ),
        f"/collections/{name}/items/{{featureId}}": _get(
            f"{title}: one feature",
            f"{name}.item",
            {FORMATS["json"]: feature, FORMATS["csv"]: csv},
            [identifier, _format()],
            missing=True,
        ),
    }


def _parameters(collection: Collection) -> list[dict]:
    fields = {field.name: field for field in collection.table.fields}
    limit = {"type": "integer", "minimum": 1, "default": DEFAULT_LIMIT}
    sizes = [{"minItems": size, "maxItems": size} for size in (4, 6)]
    box = {"type": "array", "items": {"type": "number"}, "oneOf": sizes}
    parameters = [
        _query("bbox", "West, south, east, north in degrees (WGS 84); features without a geometry always match", box),
        _query(
            "datetime",
            "A day or time (RFC 3339) or an interval of them (`2016-01-01/..`); features without a date always match",
            {"type": "string", "format": "date-time-interval"},
        ),
        _query("limit", f"Features a page; more than {MAXIMUM_LIMIT} are not given at once", limit),
        _query("offset", "Features to leave out before the page", {"type": "integer", "minimum": 0, "default": 0}),
        _format(),
    ]
    for name, allowed in collection.filters.items():
        described = fields[name].description or fields[name].title if name in fields else FURTHER[name]
        parameters.append(_query(name, f"{described}. Several values by commas: any of them", _several(allowed)))
    for name, allowed in collection.filters_of_pages.items():
        if name == "q":
            words = {"type": "string", "minLength": 1, "maxLength": LONGEST_SEARCH, "pattern": r"\S"}
            parameters.append(_query(name, "A place, in any language and with or without its marks and tones", words))
        else:
            about = "Short names of units on one side, today's or former; what became of them is found as well"
            parameters.append(_query(name, about, _several(allowed)))
    return parameters


def _several(allowed: tuple[str, ...]) -> dict:
    item = {"type": "string", "enum": list(allowed)} if allowed else {"type": "string", "pattern": "^[^,]+$"}
    return {"type": "array", "items": item, "minItems": 1}


def _query(name: str, description: str, schema: dict) -> dict:
    style = {"style": "form", "explode": False} if schema["type"] == "array" else {}
    return {"name": name, "in": "query", "description": description, "schema": schema, **style}


def _format() -> dict:
    return _query("f", "The format; otherwise the header Accept decides", {"type": "string", "enum": list(NAMES)})


def feature_schema(collection: Collection) -> dict:
    """What a feature of a collection has, as a JSON schema; a column in which every date is a day holds dates."""
    schema = _feature(collection)
    columns = schema["properties"]["properties"]["properties"]
    del columns["id"]  # it stands beside the properties, and GDAL would have it twice
    for name in TIMES[collection.name]:
        if (collection.features[name].dropna().str.len() == len("2013-09-04")).all():
            columns[name]["format"] = "date"
    return schema


def _feature(collection: Collection) -> dict:
    properties = {field.name: _property(field) for field in collection.table.fields}
    for name in filter(collection.filters.__contains__, TOLD):
        properties[name] = {
            "type": "string",
            "title": TOLD[name],
            "description": FURTHER[name],
            "enum": list(collection.filters[name]),
        }
    return _object(
        type={"type": "string", "enum": ["Feature"]},
        id="string",
        geometry={"type": "object", "nullable": True},
        properties={"type": "object", "properties": properties},
    )


def _property(field: Field) -> dict:
    schema = {"type": TYPES[field.type], "title": field.title, "description": field.description, "nullable": True}
    # the items of a list stand in one text, so its values are not those of the enumeration
    if field.categories and not field.many:
        schema |= {"enum": [*field.enum, None], "x-enumDescriptions": field.categories}
    return schema


def _get(
    summary: str, operation: str, contents: dict[str, dict], parameters: list[dict] | None = None, missing: bool = False
) -> dict:
    error = {"description": "What was wrong", "content": {JSON: {"schema": {"$ref": "#/components/schemas/error"}}}}
    responses = {
        "200": {"description": summary, "content": {mime: {"schema": schema} for mime, schema in contents.items()}},
        "400": error,
        **({"404": error} if missing else {}),
        "503": error,
    }
    parameters = parameters or [_query("f", "The format", {"type": "string", "enum": ["json"]})]
    return {"get": {"summary": summary, "operationId": operation, "parameters": parameters, "responses": responses}}


def _object(**properties: Any) -> dict:
    schemas = {name: {"type": one} if isinstance(one, str) else one for name, one in properties.items()}
    return {"type": "object", "required": list(schemas), "properties": schemas}


def _schemas() -> dict:
    return {
        "link": _object(href="string", rel="string", type="string"),
        "collection": _object(id="string", title="string", links=LINKS, extent={"type": "object"}),
        "error": _object(code="string", description="string"),
    }
