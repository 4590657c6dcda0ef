"""For whom a paper is, and the one rule that decides what it leaves out."""

from dataclasses import replace
from typing import Literal

import pandas as pd

from atlas.model.atlas import Atlas, cached
from atlas.records import Table

Audience = Literal["both", "own"]
AUDIENCES: tuple[Audience, ...] = ("both", "own")
RELEASED = {"both": ("both",), "own": ("both", "own")}  # the values of a column ``release`` that each may see
INTERNAL = ("other",)  # programmes: irregular crossings, persons handed over and the like
DISPUTED = ("discrepancies", "discrepancy_statements")


def for_both(atlas: Atlas, table: str) -> pd.Series:
    """For every row of a table whether it may stand in a paper for both sides.

    Nothing of low confidence may, no figure of a programme that one side keeps to itself, and no point on which sources
    disagree; these stay on the pages and in papers for one's own side.
    """
    rows = atlas.table(table)
    kept = pd.Series(table not in DISPUTED, index=rows.index)
    if "confidence" in rows:
        kept &= rows["confidence"] != "low"
    if "programme" in rows:
        kept &= ~rows["programme"].isin(INTERNAL)
    return kept


def of(atlas: Atlas) -> Audience:
    """Who may see all that an atlas holds."""
    return "both" if all(for_both(atlas, table).all() for table in atlas.tables) else "own"


@cached(2)
def released(atlas: Atlas, audience: Audience) -> Atlas:
    """The atlas as a paper for an audience may know it; references to what is left out are empty.

    A record whose column ``release`` names somebody else is left out, whatever else is known of it, and so is a source
    that only such records cite.
    """
    tables = {}
    for name, rows in atlas.tables.items():
        kept = for_both(atlas, name) if audience == "both" else pd.Series(True, index=rows.index)
        if "release" in rows:
            kept &= rows["release"].isna() | rows["release"].isin(RELEASED[audience])
        tables[name] = rows[kept]
    members = tables["twinning_members"]
    tables["twinning_members"] = members[members["twinning"].isin(tables["twinnings"].index)]
    said = tables["discrepancy_statements"]
    tables["discrepancy_statements"] = said[said["discrepancy"].isin(tables["discrepancies"].index)]
    tables |= _promised(tables)
    sources = tables["sources"]
    hidden = _cited(atlas, atlas.tables) - _cited(atlas, tables)
    tables["sources"] = sources[~sources.index.isin(hidden)]
    linked = {name: _linked(rows, atlas.schema.tables[name], tables) for name, rows in tables.items()}
    return replace(atlas, tables=linked)


def _promised(tables: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """The commitments whose paper or session is left, and the evidence on them that speaks of nothing left out."""
    agreements, events, figures = (set(tables[name].index) for name in ("agreements", "events", "figures"))
    rows, shown = tables["commitments"], tables["commitment_evidence"]
    rows = rows[rows["agreement"].isin(agreements) | rows["event"].isin(events)]
    told = shown["commitment"].isin(rows.index)
    told &= (shown["event"].isna() | shown["event"].isin(events)) & shown["figures"].map(figures.issuperset)
    return {"commitments": rows, "commitment_evidence": shown[told]}


def _cited(atlas: Atlas, tables: dict[str, pd.DataFrame]) -> set[str]:
    """The sources that rows of any table refer to."""
    columns = [
        tables[name][field.name]
        for name, table in atlas.schema.tables.items()
        for field in table.fields
        if field.references == "sources"
    ]
    return {source for column in columns for source in column.explode().dropna()}


def _linked(rows: pd.DataFrame, table: Table, tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """The rows of a table without references to records that are not in the tables."""
    answer = rows.copy()
    for field in table.fields:
        if field.references not in ("twinnings", "agreements", "events", "figures"):
            continue
        known = tables[field.references].index
        if field.many:
            answer[field.name] = [tuple(one for one in cell if one in known) for cell in rows[field.name]]
        else:
            answer[field.name] = rows[field.name].astype(object).where(rows[field.name].isin(known), None)
    return answer
