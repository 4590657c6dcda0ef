"""How well each record is sourced, and which records rest on a source."""

from collections.abc import Iterable

import numpy as np
import pandas as pd

from atlas.model import relations
from atlas.model.atlas import Atlas, cached

KINDS = ("official", "article", "reference", "dataset", "mirror", "machine_translation")  # best first
COPIES = ("mirror", "machine_translation")
# what a reader asks of a record first; a group counts as known when any of its columns is filled
KEY_FIELDS = {
    "twinnings": (("signed_on",), ("last_confirmed",), ("agreement",)),
    "agreements": (("signed_on",), ("vn_places",), ("cn_places",), ("parties_en",), ("place",)),
    "events": (("date_from",), ("place",), ("vn_places",), ("cn_places",), ("outcomes_en",)),
    "figures": (("value",), ("origin",), ("destination",), ("as_of", "period_from", "period_to"), ("provider_en",)),
}


def quality(atlas: Atlas, table: str) -> pd.DataFrame:
    """Marks of every record of a table of :data:`KEY_FIELDS`, indexed by id.

    ``independent_sources``: number of publishers, told apart by name, among the sources that are neither copies nor
    machine translations (those without a known publisher count as one); ``best_kind``: the best of the sources' kinds,
    in the order of :data:`KINDS`; ``completeness``: share of the key fields that are known, 0 to 1.
    """
    rows, sources = atlas.table(table), atlas.table("sources")
    kinds, publishers = sources["kind"].to_dict(), sources["publisher"].to_dict()
    known = [pd.concat([_known(rows[column]) for column in group], axis=1).any(axis=1) for group in KEY_FIELDS[table]]
    return pd.DataFrame(
        {
            "independent_sources": [
                len({publishers[one] for one in cited if kinds[one] not in COPIES}) for cited in rows["sources"]
            ],
            "best_kind": [min((kinds[one] for one in cited), key=KINDS.index) for cited in rows["sources"]],
            "completeness": pd.concat(known, axis=1).mean(axis=1),
        },
        index=rows.index,
    )


def _known(column: pd.Series) -> pd.Series:
    return column.notna() & (column != ()) if column.dtype == object else column.notna()


@cached(1)
def cited_by(atlas: Atlas) -> dict[str, list[tuple[str, str]]]:
    """For every source the records that rest on it as (table, id), in the order of the tables; a record comes once.

    Others get the same lists: nobody may change them.
    """
    named = relations.mentions(atlas)
    return {
        source: list(dict.fromkeys((one.table, one.id) for one in named.get(("sources", source), ())))
        for source in atlas.table("sources").index
    }


def differences(atlas: Atlas, table: str, ids: Iterable[str]) -> pd.DataFrame:
    """The discrepancies that concern any of these records of a table (figures, events, agreements)."""
    wanted = set(ids)
    rows = atlas.table("discrepancies")
    return rows[np.array([not wanted.isdisjoint(concerned) for concerned in rows[table]], bool)]
