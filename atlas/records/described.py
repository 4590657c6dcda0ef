"""The rules for the description of the tables: its form, and what the atlas reads of every table.

``description.schema.json`` is the form (JSON Schema), ``stable.json`` has the columns that the atlas reads, with what it
takes for granted of each. A description may have more tables, columns and allowed values, but where ``closed`` stands:
what has those values is drawn or counted by them.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from atlas.records import damage
from atlas.records.dates import LAST_YEAR
from atlas.records.said import Said, said

FIRST_YEAR = 1990  # of a day that can be shown
# What is wrong: where in the description, what stands there if that can be shown, what was expected.
Wrong = tuple[str, str | None, Said]


def wrong(content: Any) -> list[Wrong]:
    """All that is wrong with the content of a description; what of its form is, comes first and alone."""
    return list(_of_form(content)) or [*_of_texts(content, ""), *_of_day(content), *_of_tables(content["resources"])]


@cache
def _beside(name: str) -> Any:
    return json.loads(Path(__file__).with_name(name).read_text("utf-8"))


def _of_form(content: Any) -> Iterator[Wrong]:
    from jsonschema import Draft202012Validator  # takes a tenth of a second, which who reads built data spares

    for error in Draft202012Validator(_beside("description.schema.json")).iter_errors(content):
        at, node = [], content
        for step in error.absolute_path:
            node = node[step]
            at.append(str(node.get("name", step)) if isinstance(step, int) and isinstance(node, dict) else str(step))
        if error.validator == "required":
            expected = said("the key {key}", key=error.message.split("'")[1])
        else:
            expected = said(error.schema["description"])
        shown = str(error.instance) if isinstance(error.instance, (str, int, float)) else None
        yield ".".join(at), shown, expected


def forms(node: Any = None) -> Iterator[str]:
    """What the form of a description expects, in all places."""
    node = _beside("description.schema.json") if node is None else node
    if isinstance(node, dict) and isinstance(node.get("description"), str):
        yield node["description"]
    for inner in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from forms(inner)


def _of_texts(node: Any, place: str) -> Iterator[Wrong]:
    if isinstance(node, str):
        if damage.UNREADABLE.search(node):
            yield place, node, said("one line without control, invisible or replacement characters")
    elif isinstance(node, (dict, list)):
        for step, value in node.items() if isinstance(node, dict) else enumerate(node):
            yield from _of_texts(value, f"{place}.{step}".removeprefix("."))


def _of_day(content: dict) -> Iterator[Wrong]:
    try:
        known = FIRST_YEAR <= date(*map(int, content["version"].split("."))).year <= LAST_YEAR
    except ValueError:
        known = False
    if not known:
        expected = said("a day of the years {first} to {last}", first=FIRST_YEAR, last=LAST_YEAR)
        yield "version", content["version"], expected


def _of_tables(tables: list[dict]) -> Iterator[Wrong]:
    names = [table["name"] for table in tables]
    yield from _repeated("resources", names)
    yield from _repeated("resources", [table["title"].casefold() for table in tables])
    known = {table["name"]: {field["name"]: field for field in table["schema"]["fields"]} for table in tables}
    for table in tables:
        name, fields = table["name"], table["schema"]["fields"]
        if table["path"] != f"{name}.csv":
            yield f"{name}.path", table["path"], said(f"{name}.csv")
        yield from _repeated(name, [field["name"] for field in fields])
        yield from _repeated(name, [field["title"] for field in fields])
        key = table["schema"]["primaryKey"]
        for column in [key] if isinstance(key, str) else key:
            if column not in known[name]:
                yield f"{name}.primaryKey", column, said("a column of the table")
        for counted in (table, *fields):
            count = counted.get("atlas:count", {"floor": 0, "ceiling": 0})
            if count["floor"] > count["ceiling"]:
                expected = said("a floor of {name} that is not above its ceiling", name=counted["name"])
                yield f"{name}.atlas:count", None, expected
        for field in fields:
            for wrong, expected in _of_column(field, known):
                yield f"{name}.{field['name']}", wrong, expected
    yield from _missing(known)


def _repeated(place: str, names: list[str]) -> Iterator[Wrong]:
    for name, count in Counter(names).items():
        if count > 1:
            yield place, name, said("each name and title once")


def _of_column(field: dict, known: dict[str, dict]) -> Iterator[tuple[str | None, Said]]:
    limits = field.get("constraints", {})
    if field.get("atlas:references") and "id" not in known.get(field["atlas:references"].removesuffix(".id"), {}):
        yield field["atlas:references"], said("a table with the column {column}", column="id")
    if field["type"] != "string" and {"atlas:date", "atlas:separator", "atlas:references"} & set(field):
        yield field["type"], said("the type {type} for dates, lists and references", type="string")
    if field["type"] not in ("integer", "number") and {"minimum", "maximum"} & set(limits):
        expected = said(
            "the type {types} where there is a minimum or maximum",
            types=said("{one} or {other}", one="integer", other="number"),
        )
        yield field["type"], expected
    if "atlas:categories" in field and "atlas:separator" not in field:
        yield None, said("{one}, not {other}, where a cell is no list", one="categories", other="atlas:categories")
    of_items = [one["value"] for one in field.get("atlas:categories", [])]
    listed = of_items or [one["value"] for one in field.get("categories", [])]
    if len(set(listed)) < len(listed):
        yield None, said("each allowed value once")
    elif not of_items and listed != limits.get("enum", []):
        yield None, said("the same values in {one} and {other}", one="enum", other="categories")
    try:
        re.compile(limits.get("pattern", ""))
    except re.error as error:
        yield limits["pattern"], said("a pattern that can be read ({error})", error=str(error))


def _missing(known: dict[str, dict]) -> Iterator[Wrong]:
    for table, columns in _beside("stable.json").items():
        if table not in known:
            yield table, None, said("this table")
        else:
            for column, needed in columns.items():
                if column not in known[table]:
                    yield f"{table}.{column}", None, said("this column")
                else:
                    for what in _differences(known[table][column], needed):
                        yield f"{table}.{column}", None, said("{what}, on which the atlas relies", what=what)


def _differences(field: dict, needed: dict) -> Iterator[str]:
    limits = field.get("constraints", {})
    found = {
        "type": field["type"],
        "date": field.get("atlas:date", False),
        "separator": field.get("atlas:separator"),
        "references": field.get("atlas:references", "").removesuffix(".id") or None,
        **{name: limits.get(name) for name in ("required", "unique", "pattern", "minimum", "maximum")},
    }
    for name, value in found.items():
        stricter = name in ("required", "unique") and value
        if not stricter and (value or None) != (needed.get(name) or None):
            yield f"{name}: {json.dumps(needed[name])}" if name in needed else said("no {key}", key=name)
    values = [one["value"] for one in field.get("atlas:categories", field.get("categories", []))]
    for value in needed.get("values", []):
        if value not in values:
            yield said('the allowed value "{value}"', value=value)
    if "closed" in needed and set(values) > set(needed["values"]):
        yield said("no other values than {values}", values=tuple(needed["values"]))
    if values and "values" not in needed:
        yield said("any value")
