"""The workbook to fill in with the records that an office keeps, as they stand."""

from collections.abc import Collection, Mapping, Sequence

from atlas.exports.contributions import workbook
from atlas.exports.contributions.chosen import Cells, chosen
from atlas.exports.contributions.wanted import wanted
from atlas.exports.contributions.workbook import EXPLANATION, FIRST_ROW, Contents, Sheet
from atlas.model.atlas import Atlas
from atlas.model.selection import Selection
from atlas.words.naming import record_name
from atlas.words.translator import Translator

Records = Mapping[str, Sequence[Cells]]


def prefilled(
    atlas: Atlas,
    translate: Translator,
    selection: Selection | None = None,
    units: Collection[str] = (),
    series: Collection[str] = (),
) -> bytes:
    """The workbook (XLSX) with the records of a selection, of units or of series of meetings; see :func:`chosen`.

    Beside them stand the names of all ids, and what is asked of these records. Without any choice it is the blank one.

    :raises UnknownValue: there is no such place or series.
    """
    records = chosen(atlas, selection, units, series)
    if not any(records.values()):
        return workbook.template(atlas, translate)
    names, listed = _names(atlas, records, translate)
    return workbook.written(atlas, translate, Contents(records, (_asked(atlas, records, translate), names), listed))


def _asked(atlas: Atlas, records: Records, translate: Translator) -> Sheet:
    """What is asked of the records, each with a link to its row."""
    ids = {name: [cells["id"] for cells in rows] for name, rows in records.items() if rows and "id" in rows[0]}
    rows = {(name, one): row for name, listed in ids.items() for row, one in enumerate(listed, FIRST_ROW + 1)}
    wishes = wanted(atlas, ids, translate)
    lines = [
        (one.table, one.id, record_name(atlas, one.table, one.id, translate), one.asked, one.known) for one in wishes
    ]
    links = [f"{one.table}!A{rows[one.table, one.id]}" for one in wishes]
    heads = (translate("Sheet"), translate("id"), translate("Record"), translate("Asked"), translate("Last known"))
    about = translate("What the atlas wants to know of these records, the oldest first")
    return Sheet(translate("asked for"), about, heads, (20, 36, 50, 70, 22), lines, links)


def _names(atlas: Atlas, records: Records, translate: Translator) -> tuple[Sheet, dict[str, str]]:
    """The names of all ids that a cell may hold, those of the records and of what they name first; and the ranges of these."""
    name = translate("names")
    lines: list[tuple[str, str, str]] = []
    listed = {}
    for table, near in _named(atlas, records).items():
        every = atlas.table(table).index
        known = [one for one in every if one in near]
        if known:
            listed[table] = workbook.cells(f"{EXPLANATION}{name}", 1, len(lines), len(known))
        ids = [*known, *(one for one in every if one not in near)]
        lines += [(table, one, record_name(atlas, table, one, translate)) for one in ids]
    heads = (translate("Table"), translate("id"), translate("Name"))
    return Sheet(name, translate("Names of all ids"), heads, (24, 40, 90), lines), listed


def _named(atlas: Atlas, records: Records) -> dict[str, set[str]]:
    """By table that others refer to: the ids of the records in it and those that they refer to."""
    fields = [
        (name, field, field.references)
        for name, table in atlas.schema.tables.items()
        for field in table.fields
        if field.references
    ]
    referred = {target for _, _, target in fields}
    found = {name: {cells["id"] for cells in records[name]} for name in atlas.schema.tables if name in referred}
    for name, field, target in fields:
        for cells in records[name]:
            found[target].update(filter(None, cells[field.name].split(field.separator or ";")))
    return found
