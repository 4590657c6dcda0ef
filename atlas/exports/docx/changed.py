"""What changed since the last session, in the rows of a paper."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from atlas import AtlasError
from atlas.exports.tables import Table
from atlas.model import changes, history
from atlas.model.atlas import Atlas
from atlas.model.audience import DISPUTED, INTERNAL
from atlas.model.changes import Cell, Change, Difference
from atlas.model.changes_selected import selected
from atlas.model.selection import Selection
from atlas.words import changes as words
from atlas.words.translator import Translator
from atlas.words.voice import Voice

OF_THE_HOUSE = ("release", "confidence")  # columns that say for whom a record is, and how it was judged


def found(atlas: Atlas, selection: Selection) -> tuple[Difference, list[Change]] | None:
    """What a paper tells of a selection since the last session, else since the release before the newest; None without any.

    :param atlas: as the readers of the paper may know it; what it does not have is not told, nor what rests on it.
    """
    released = list(history.released(atlas))
    if not released:
        return None
    whole = changes.between(atlas, _since(atlas, released), changes.TODAY)
    chosen = [one for one in words.in_order(selected(atlas, whole, selection)) if one.table != "sources"]
    new = {(one.table, one.id) for one in chosen if one.kind == "added"}
    # the members, statements and successions of a new record are told with it
    told = (
        _told(atlas, one)
        for one in chosen
        if one.kind != "added" or words.page(one) == (one.table, one.id) or words.page(one) not in new
    )
    return whole, [one for one in told if one is not None]


def _since(atlas: Atlas, released: Sequence[str]) -> str:
    try:
        return changes.before_session(atlas).version
    except AtlasError:
        return changes.usual(released)


def _told(atlas: Atlas, one: Change) -> Change | None:
    """A change as the readers may know it; None where they may not, or where nothing of it is left."""
    table, identifier = words.page(one)
    if one.now is None:
        return one if _for_all(one) else None
    if "id" in atlas.table(table) and identifier not in atlas.table(table).index:
        return None
    cells = tuple(cell for cell in (_known(atlas, one.table, cell) for cell in one.cells) if cell.before != cell.after)
    return replace(one, cells=cells) if cells or one.kind != "changed" else None


def _for_all(one: Change) -> bool:
    """Whether a record that was withdrawn might stand in papers for both sides."""
    row = one.row
    kept = row.get("release") in (None, "both") and row.get("confidence") != "low"
    return kept and row.get("programme") not in INTERNAL and one.table not in DISPUTED


def _known(atlas: Atlas, table: str, cell: Cell) -> Cell:
    """A value without the records that the readers may not know; one of the house's own columns as if it had not changed."""
    described = atlas.schema.tables.get(table)
    if cell.column in OF_THE_HOUSE:
        return replace(cell, after=cell.before)
    if described is None or cell.column not in described.columns:
        return cell
    other = described.field(cell.column).references
    if other is None or "id" not in atlas.table(other):
        return cell
    ids = atlas.table(other).index

    def known(value: Any) -> Any:
        if isinstance(value, list):
            return [item for item in value if item in ids] or None
        return value if value in ids else None

    return replace(cell, before=known(cell.before), after=known(cell.after))


def tables(atlas: Atlas, told: Sequence[Change], voice: Voice) -> list[Table]:
    """The records that are new, withdrawn or have other facts, a table of rows for each table of records."""
    shown = [one for one in told if one.kind != "changed" or one.facts]
    names = list(dict.fromkeys(one.table for one in shown))
    return [_table(atlas, name, [one for one in shown if one.table == name], voice) for name in names]


def _table(atlas: Atlas, name: str, rows: Sequence[Change], voice: Voice) -> Table:
    described = atlas.schema.tables.get(name)
    return Table(
        voice(lambda translate: translate(described.title) if described else name),
        (
            voice(lambda translate: translate("Record")),
            voice(lambda translate: translate("What happened")),
            voice(lambda translate: translate("Before and now")),
        ),
        (40, 14, 46),
        tuple(
            (
                voice(lambda translate, one=one: words.title(atlas, one, translate)),
                voice(lambda translate, one=one: words.happened(one, translate)),
                voice(lambda translate, one=one: _values(atlas, one, translate)),
            )
            for one in rows
        ),
        tuple(one.id for one in rows),
        tuple(_sources(atlas, one) for one in rows),
    ).filled()


def _values(atlas: Atlas, one: Change, translate: Translator) -> str:
    told = [cell for cell in one.facts if cell.column != words.SOURCES] or one.facts  # further sources are in the list
    return "\n".join(words.lines(atlas, one.table, told, translate))


def _sources(atlas: Atlas, one: Change) -> tuple[str, ...]:
    known = atlas.table("sources").index
    return tuple(source for source in one.row.get("sources") or () if source in known)
