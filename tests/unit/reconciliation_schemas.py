"""What the Reconciliation Service API 0.2 says of its answers, as JSON Schemas, written after the text of the specification.

https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/, sections 2 to 6. They are narrower than
those of its appendix, which let members pass that it does not name.
"""

from jsonschema import Draft202012Validator

TEXT = {"type": "string", "minLength": 1}
ADDRESS = {"type": "string", "pattern": "^http://127\\.0\\.0\\.1:"}  # this server's own: nothing is asked of another


def _object(needed: dict, **optional) -> dict:
    return {
        "type": "object",
        "properties": needed | optional,
        "required": list(needed),
        "additionalProperties": False,
    }


def _list(items: dict, **more) -> dict:
    return {"type": "array", "items": items} | more


NAMED = _object({"id": TEXT, "name": TEXT})
BROADER = _object({"id": TEXT, "name": TEXT}, broader=_list(NAMED))
TYPE = _object({"id": TEXT, "name": TEXT}, broader=_list(BROADER), description=TEXT)
TEMPLATE = ADDRESS | {"allOf": [{"pattern": r"\{\{id\}\}"}]}
PATH = _object({"service_url": ADDRESS, "service_path": {"type": "string", "pattern": "^/"}})
SUGGEST = _object(
    {"service_url": ADDRESS, "service_path": {"type": "string", "pattern": "^/"}},
    flyout_service_url=ADDRESS,
    flyout_service_path={"type": "string", "pattern": r"\$\{id\}"},
)
SETTING = {
    "oneOf": [
        _object(
            {"name": TEXT, "label": TEXT, "type": {"const": kind}, **more},
            default={"type": default},
            help_text=TEXT,
        )
        for kind, default, more in (
            ("number", "number", {}),
            ("text", "string", {}),
            ("checkbox", "boolean", {}),
            ("select", "string", {"choices": _list(_object({"value": TEXT, "name": TEXT}), minItems=1)}),
        )
    ]
}
FEATURE = _object({"id": TEXT, "value": {"type": ["boolean", "number"]}})
CANDIDATE = _object(
    {
        "id": TEXT,
        "name": TEXT,
        "type": _list(NAMED, minItems=1),
        "score": {"type": "number"},
        "match": {"type": "boolean"},
    },
    description=TEXT,
    features=_list(FEATURE),
)
VALUE = {
    "oneOf": [
        _object({}),
        _object({"id": TEXT, "name": TEXT}, description=TEXT),
        _object({"str": {"type": "string"}}),
        _object({"int": {"type": "integer"}}),
        _object({"float": {"type": "number"}}),
        _object({"date": {"type": "string", "format": "date-time"}}),
    ]
}

SCHEMAS = {
    "manifest": _object(
        {
            "versions": _list(TEXT, contains={"const": "0.2"}),
            "name": TEXT,
            "identifierSpace": {"type": "string", "pattern": "^[a-z]+:"},
            "schemaSpace": {"type": "string", "pattern": "^[a-z]+:"},
        },
        defaultTypes=_list(TYPE, minItems=1, uniqueItems=True),
        documentation=ADDRESS,
        logo=ADDRESS,
        serviceVersion=TEXT,
        view=_object({"url": TEMPLATE}),
        feature_view=_object({"url": TEMPLATE}),
        preview=_object({"url": TEMPLATE, "width": {"type": "integer"}, "height": {"type": "integer"}}),
        suggest=_object({}, entity=SUGGEST, property=SUGGEST, type=SUGGEST),
        extend=_object({}, propose_properties=PATH, property_settings=_list(SETTING)),
        batchSize={"type": "integer", "minimum": 1},
    ),
    "results": {"type": "object", "additionalProperties": _object({"result": _list(CANDIDATE)})},
    "suggest/entity": _object(
        {"result": _list(_object({"id": TEXT, "name": TEXT}, description=TEXT, notable=_list(NAMED)))}
    ),
    "suggest/property": _object({"result": _list(_object({"id": TEXT, "name": TEXT}, description=TEXT))}),
    "suggest/type": _object({"result": _list(TYPE)}),
    "properties": _object({"properties": _list(NAMED), "type": {"type": "string"}}, limit={"type": "integer"}),
    "extension": _object(
        {
            "meta": _list(_object({"id": TEXT, "name": TEXT}, type=TYPE, service=ADDRESS)),
            "rows": {
                "type": "object",
                "additionalProperties": {"type": "object", "additionalProperties": _list(VALUE)},
            },
        }
    ),
}


def checked(name: str, answer: dict) -> dict:
    """An answer that is as the specification says; a failing test otherwise."""
    errors = [
        f"{error.json_path}: {error.message}" for error in Draft202012Validator(SCHEMAS[name]).iter_errors(answer)
    ]
    assert errors == []
    return answer
