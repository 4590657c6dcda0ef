"""Which records an office asks for, to keep them: those of a selection, of units, or of series of meetings."""

import csv
import io
from collections.abc import Collection

import pandas as pd

from atlas import UnknownValue
from atlas.exports.rows import followed, selected
from atlas.model import relations, standing
from atlas.model.atlas import Atlas
from atlas.model.selection import Selection
from atlas.records.dates import today

Cells = dict[str, str]


def chosen(
    atlas: Atlas, selection: Selection | None = None, units: Collection[str] = (), series: Collection[str] = ()
) -> dict[str, list[Cells]]:
    """The records of every table as they stand in seeds/: cells as texts by column, in the order of the table.

    Several choices give the records of any of them; none gives none.

    :param selection: what passes its filters, see :func:`atlas.exports.rows.selected`.
    :param units: ids of places: what concerns them and what lies in them, those that came before them and after.
    :param series: of meetings: their sessions, what was signed and agreed there, and who takes part.
    :raises UnknownValue: there is no such place or series.
    """
    found: dict[str, set] = {name: set() for name in atlas.schema.tables}
    rows = [selected(atlas, selection)] if selection is not None else []
    rows += [_of_units(atlas, units)] if units else []
    rows += [_of_series(atlas, series)] if series else []
    for tables in rows:
        for name, table in tables.items():
            found[name].update(table.index)
    return {name: _cells(atlas, name, kept) if kept else [] for name, kept in found.items()}


def _cells(atlas: Atlas, name: str, kept: set) -> list[Cells]:
    rows = list(csv.DictReader(io.StringIO(atlas.curated(name))))
    return [row for number, row in enumerate(rows) if row.get("id", number) in kept]


def with_kin(atlas: Atlas, unit: str) -> list[str]:
    """A unit with those that stand in for it today and those whose place or area these took, each once.

    So the communes of today lead to the district in which they lay, and it to them.

    :param unit: id of a place.
    :raises UnknownValue: there is none.
    """
    if unit not in atlas.places:
        raise UnknownValue(f'unit "{unit}": expected the id of a place')
    places, found = atlas.places, dict.fromkeys([unit])
    if places[unit]["slug"]:  # a province: what concerns it is followed by its name in addresses
        return list(found)
    for one in (unit, *standing.of_today(atlas, unit, today(atlas.version))):
        found[one] = None
        for former in places.predecessors(one):
            found[former] = None
            found |= dict.fromkeys(above for above in places.ancestors(former) if one in places.area_today(above))
    return list(found)


def _of_units(atlas: Atlas, units: Collection[str]) -> dict[str, pd.DataFrame]:
    kin = list(dict.fromkeys(one for unit in units for one in with_kin(atlas, unit)))
    places = list(dict.fromkeys([*kin, *(part for one in kin for part in atlas.places.inside(one))]))
    ids: dict[str, set[str]] = {table: set() for table in relations.CONCERNING}
    for unit in kin:
        for table, found in relations.concerning(atlas, unit).items():
            ids[table].update(found)
    totals = atlas.table("totals")
    return _with(atlas, ids, totals[totals["place"].isin(places) | totals["counterpart"].isin(places)], places)


def _of_series(atlas: Atlas, series: Collection[str]) -> dict[str, pd.DataFrame]:
    events = atlas.table("events")
    if unknown := set(series).difference(atlas.schema.tables["events"].field("series").enum):
        raise UnknownValue.of("series", min(unknown), atlas.schema.tables["events"].field("series").enum)
    held = set(events.index[events["series"].isin(series)])
    ids = {"twinnings": set[str](), "events": held}
    for table in ("agreements", "figures"):
        rows = atlas.table(table)
        ids[table] = set(rows.index[rows["event"].isin(held)])
    return _with(atlas, ids, atlas.table("totals").iloc[:0], ())


def _with(
    atlas: Atlas, ids: dict[str, set[str]], totals: pd.DataFrame, places: Collection[str]
) -> dict[str, pd.DataFrame]:
    rows = {name: atlas.table(name)[atlas.table(name).index.isin(found)] for name, found in ids.items()}
    disputed = relations.disputed(atlas, {name: list(found) for name, found in ids.items()}, places)
    rows |= {"totals": totals, "discrepancies": atlas.table("discrepancies").loc[disputed]}
    return followed(atlas, rows, places=places)
