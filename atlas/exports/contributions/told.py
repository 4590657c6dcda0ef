"""What a contribution asks for as changes of records, which are told as those between two versions are."""

import csv
from collections.abc import Mapping
from typing import Any

from atlas.exports.contributions.asked import NEW, Asked, identified
from atlas.model.atlas import Atlas, cached
from atlas.model.changes import Cell, Change
from atlas.records import Field, Package, Table
from atlas.records.loading import TRUE, items


def change(one: Asked, package: Package) -> Change:
    """A record that is asked for, with values as the atlas has them: what is changed, from what the contributor saw."""
    table = package.tables[one.table]
    key = dict(zip(table.primary_key, one.id.split("|")))
    now, was = _row(table, one.cells), {} if one.kind == NEW else _row(table, one.given)
    cells = tuple(Cell(name, was.get(name), now[name], True) for name in table.columns if name in now)
    return Change(
        one.table, tuple(key.values()), "added" if one.kind == NEW else "changed", key | was, key | now, cells
    )


def since(atlas: Atlas, one: Asked) -> dict[str, str]:
    """The cells of a record that have changed since the contributor saw them, as they stand, and not to what is asked for.

    Empty for a new record, and for one that is not there.
    """
    stands = {} if one.kind == NEW else standing(atlas, one.table).get(one.id, {})
    return {
        column: stands[column]
        for column, value in one.cells.items()
        if column in stands and stands[column] not in (one.given.get(column, ""), value)
    }


def cell(table: Table, column: str, before: str, after: str) -> Cell:
    """One value of two texts as they stand in seeds/."""
    field = table.field(column)
    return Cell(column, _value(field, before), _value(field, after), True)


@cached(20)
def standing(atlas: Atlas, table: str) -> dict[str, dict[str, str]]:
    """The rows of a table as they stand in seeds/, by what each is known by."""
    described = atlas.schema.tables[table]
    return {identified(described, row): row for row in csv.DictReader(atlas.curated(table).splitlines())}


def _row(table: Table, cells: Mapping[str, str]) -> dict[str, Any]:
    return {name: _value(table.field(name), text) for name, text in cells.items() if name in table.columns}


def _value(field: Field, text: str) -> Any:
    if field.many:
        return list(items(field, text)) or None
    if field.type == "boolean":
        return text in TRUE
    return text or None
