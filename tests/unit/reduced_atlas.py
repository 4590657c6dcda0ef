"""The atlas with tables emptied or columns blanked, as an office that begins has it; nothing refers to what is gone."""

import json
from collections.abc import Iterable

from atlas.model.atlas import RECORDS, Atlas, assemble
from atlas.records.schema import Field


def reduced(atlas: Atlas, emptied: Iterable[str] = (), put: dict | None = None) -> Atlas:
    """The same records without some.

    :param emptied: tables of which no row is left.
    :param put: columns with one value in every row, None for none: ``table.column`` -> value.
    """
    raw = json.loads(atlas.contents[RECORDS])
    for name in emptied:
        raw[name]["rows"] = []
    for place, value in (put or {}).items():
        name, _, column = place.partition(".")
        at = raw[name]["columns"].index(column)
        for row in raw[name]["rows"]:
            row[at] = value
    while _dangling_dropped(atlas, raw):
        pass
    return assemble(atlas.contents | {RECORDS: json.dumps(raw).encode()})


def _dangling_dropped(atlas: Atlas, raw: dict) -> bool:
    """Take out references to rows that are gone, and rows that need one; whether any row went with it."""
    ids = {
        name: {row[table["columns"].index("id")] for row in table["rows"]}
        for name, table in raw.items()
        if "id" in table["columns"]
    }
    before = sum(len(table["rows"]) for table in raw.values())
    for name, table in raw.items():
        for field in atlas.schema.tables[name].fields:
            if field.references in ids:
                at = table["columns"].index(field.name)
                table["rows"] = [row for row in table["rows"] if _kept(row, at, field, ids[field.references])]
    return sum(len(table["rows"]) for table in raw.values()) < before


def _kept(row: list, at: int, field: Field, ids: set[str]) -> bool:
    if field.many:
        row[at] = [one for one in row[at] if one in ids]
    elif row[at] not in ids:
        row[at] = None
    return bool(row[at]) or not field.required
