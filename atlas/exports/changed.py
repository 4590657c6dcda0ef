"""What changed between two versions of the records, for programs."""

from collections.abc import Iterable
from typing import Any

from atlas.model.changes import KINDS, Change, Difference, counts


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
