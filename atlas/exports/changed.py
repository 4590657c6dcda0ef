"""What changed between two versions of the records, for programs and as a table."""

from collections.abc import Iterable
from typing import Any

import pandas as pd

from atlas.exports import spreadsheets
from atlas.model.atlas import Atlas
from atlas.model.changes import KINDS, Change, Difference, between, counts
from atlas.model.changes_selected import selected
from atlas.model.selection import Selection
from atlas.words import changes as words
from atlas.words.translator import Translator


def as_dict(found: Difference, chosen: Iterable[Change]) -> dict[str, Any]:
    """A difference as JSON has it.

    :param chosen: the changes that are told, all or some of them.
    :return: ``from`` and ``to``: the versions; ``counts``: table -> kind -> number; ``tables`` and ``columns``: what came
        or went of the tables themselves; ``changes``: each with its ``table``, ``id``, ``kind``, the ``formerly`` used
        id of one renamed, and the ``facts`` and ``wording`` that changed as column -> [before, after].
    """
    told = list(chosen)
    return {
        "from": found.before.version,
        "to": found.after.version,
        "counts": {
            table: {name: kinds[name] for name in (*KINDS, "wording") if kinds[name]}
            for table, kinds in counts(told).items()
        },
        "tables": {"added": list(found.tables_added), "removed": list(found.tables_removed)},
        "columns": {"added": found.columns_added, "removed": found.columns_removed},
        "changes": [_change(one) for one in told],
    }


def _change(one: Change) -> dict[str, Any]:
    told: dict[str, Any] = {"table": one.table, "id": one.id, "kind": one.kind}
    if one.former:
        told["formerly"] = one.former
    for name, cells in (("facts", one.facts), ("wording", one.wording)):
        if cells:
            told[name] = {cell.column: [cell.before, cell.after] for cell in cells}
    return told


def csv(atlas: Atlas, before: str, after: str, selection: Selection, translate: Translator) -> bytes:
    """What the filters leave of a difference as CSV: a line a changed value, and one a record that is new, renamed or withdrawn.

    :param before, after: versions, see :func:`atlas.model.changes.version`.
    """
    tables = {name: translate(table.title) for name, table in atlas.schema.tables.items()}
    rows = []
    for one in words.in_order(selected(atlas, between(atlas, before, after), selection)):
        record = (
            tables.get(one.table, one.table),
            one.id,
            words.title(atlas, one, translate),
            words.happened(one, translate),
        )
        cells = [
            (translate("Facts") if cell.fact else translate("Wording"), *words.cell(atlas, one.table, cell, translate))
            for cell in one.cells
        ]
        rows += [(*record, *cell) for cell in cells] or [(*record, "", "", one.former or "", "")]
    heads = [
        translate("Table"), translate("id"), translate("Record"), translate("What happened"), translate("Facts or wording"),
        translate("Column"), translate("Before"), translate("Now"),
    ]  # fmt: skip
    return spreadsheets.csv(pd.DataFrame(rows, columns=heads))
