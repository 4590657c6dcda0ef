"""What changed between two versions, in words."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from atlas.model.addresses import KINDS as PAGES
from atlas.model.atlas import Atlas
from atlas.model.changes import KINDS, Cell, Change, Difference, counts
from atlas.model.history import Row
from atlas.model.relations import OWNERS
from atlas.records import Field
from atlas.words import columns, naming, vocabulary
from atlas.words.languages import LANGUAGE_CODES
from atlas.words.translator import IN_LISTS, Translator

# the tables in the order in which they are told: what was agreed, held and counted before what it rests on
ORDER = (
    "twinnings", "twinning_members", "agreements", "events", "commitments", "commitment_evidence", "figures", "totals",
    "discrepancies", "discrepancy_statements", "series_members", "places", "successions", "fields", "sources",
)  # fmt: skip


def kinds(translate: Translator) -> dict[str, str]:
    """What may have become of a record, in words."""
    return {
        "added": translate("New"),
        "changed": translate("Changed"),
        "renamed": translate("Renamed"),
        "removed": translate("Withdrawn"),
    }


def happened(one: Change, translate: Translator) -> str:
    """What became of a record, in words: that only its sources are others is told apart from other values."""
    if one.kind == "changed" and one.facts and all(cell.column == SOURCES for cell in one.facts):
        return translate("Sources")
    return kinds(translate)[one.kind]


def since(day: str, translate: Translator) -> dict[str, tuple[str, str]]:
    """What became of a record since a release, by what :func:`atlas.model.changes.since` calls it: a word, and a sentence."""
    shown = translate.date(day)
    return {
        "added": (translate("new"), translate("New since the release of {day}", day=shown)),
        "changed": (translate("changed"), translate("Changed since the release of {day}", day=shown)),
        "wording": (translate("other wording"), translate("Other wording since the release of {day}", day=shown)),
    }


def title(atlas: Atlas, change: Change, translate: Translator) -> str:
    """What a reader calls the record; of rows without an id, the record that they belong to."""
    owner, column = OWNERS.get(change.table, (change.table, "id"))
    identifier = change.row.get(column)
    if owner == "series_members":
        return _Known(vocabulary.labels(atlas, "events.series", translate))[str(identifier)]
    if isinstance(identifier, str) and identifier in atlas.table(owner).index:
        return naming.record_name(atlas, owner, identifier, translate)
    return _withdrawn(owner, change.row, translate) or change.id


def _withdrawn(table: str, row: Row, translate: Translator) -> str:
    """The name of a record that the atlas no longer has, as its own columns give it."""
    stem = "name" if table == "places" else naming.NAMED_BY.get(table, "title")
    named = (stem, *(f"{stem}_{code}" for code in dict.fromkeys((translate.language, *LANGUAGE_CODES))))
    return next((str(row[column]) for column in named if row.get(column)), "")


def counted(changes: Iterable[Change], translate: Translator) -> str:
    """How many records of all tables are new, changed, renamed and withdrawn, in one line."""
    found = list(counts(changes).values())
    numbers = {kind: sum(one[kind] for one in found) for kind in KINDS}
    said = (
        translate.plural("{n} new", "{n} new", numbers["added"]) if numbers["added"] else "",
        translate.plural("{n} changed", "{n} changed", numbers["changed"]) if numbers["changed"] else "",
        translate.plural("{n} renamed", "{n} renamed", numbers["renamed"]) if numbers["renamed"] else "",
        translate.plural("{n} withdrawn", "{n} withdrawn", numbers["removed"]) if numbers["removed"] else "",
    )
    return " · ".join(filter(None, said)) or translate("No record differs")


def of_tables(atlas: Atlas, found: Difference, translate: Translator) -> list[str]:
    """The tables and columns that came or went, which are no changes of records, in a sentence each."""
    titles = {name: translate(table.title) for name, table in atlas.schema.tables.items()}
    said = []
    if found.tables_added:
        named = translate.join(titles.get(one, one) for one in found.tables_added)
        said.append(translate("New tables: {names}.", names=named))
    if found.tables_removed:
        named = translate.join(titles.get(one, one) for one in found.tables_removed)
        said.append(translate("Tables that went: {names}.", names=named))
    if found.columns_added:
        named = _columns(atlas, found.columns_added, translate)
        said.append(translate("New columns, which count as no change of a record: {names}.", names=named))
    if found.columns_removed:
        named = _columns(atlas, found.columns_removed, translate)
        said.append(translate("Columns that went: {names}.", names=named))
    return said


def _columns(atlas: Atlas, found: Mapping[str, Mapping[str, int]], translate: Translator) -> str:
    named = []
    for table, names in found.items():
        described = atlas.schema.tables.get(table)
        heads = (
            columns.title_with_language(described.field(name), translate)
            if described and name in described.columns
            else name
            for name in names
        )
        title = translate(described.title) if described else table
        named.append(translate("{name}: {value}", name=title, value=translate.join(heads)))
    return translate.join_long(named)


def page(change: Change) -> tuple[str, str]:
    """The table and id of the record whose page tells of a change: its own, or that of the record it belongs to."""
    table, column = OWNERS.get(change.table, (change.table, "id"))
    return table, str(change.row.get(column) or "")


def linked(change: Change) -> tuple[str, str] | None:
    """The name in addresses and the id of the page that tells of a change; None of what was withdrawn or has no page."""
    table, identifier = page(change)
    return (PAGES[table], identifier) if change.now is not None and table in PAGES else None


def own(atlas: Atlas, table: str, cells: Iterable[Cell], translate: Translator) -> list[Cell]:
    """Changed values without the texts of other languages, which say the same."""
    texts = atlas.schema.tables[table].texts if table in atlas.schema.tables else []
    ending = f"_{translate.language}"
    others = {
        name
        for group in texts
        for name in group
        if not name.endswith(ending) and any(one.endswith(ending) for one in group)
    }
    return [one for one in cells if one.column not in others]


def cell(atlas: Atlas, table: str, one: Cell, translate: Translator) -> tuple[str, str, str]:
    """A changed value in words: the column, what it was, and what it is now."""
    described = atlas.schema.tables.get(table)
    before, after = _shortened(one.before, one.after)
    if described is None or one.column not in described.columns:
        return one.column, _plain(before, translate), _plain(after, translate)
    field = described.field(one.column)
    name = columns.title_with_language(field, translate)
    return name, _value(atlas, field, before, translate), _value(atlas, field, after, translate)


def lines(atlas: Atlas, table: str, cells: Iterable[Cell], translate: Translator) -> Iterator[str]:
    """Changed values in words, a line each."""
    for one in cells:
        name, before, after = cell(atlas, table, one, translate)
        value = exchanged(atlas, one, translate) if one.column == SOURCES else f"{before} → {after}"
        yield translate("{name}: {value}", name=name, value=value)


def exchanged(atlas: Atlas, one: Cell, translate: Translator) -> str:
    """Which sources a record has more, and which no longer."""
    before, after = (value if isinstance(value, list) else [] for value in (one.before, one.after))
    came, gone = ([item for item in mine if item not in other] for mine, other in ((after, before), (before, after)))
    said = [
        translate("added: {names}", names=_titles(atlas, came, translate)) if came else "",
        translate("taken out: {names}", names=_titles(atlas, gone, translate)) if gone else "",
    ]
    return translate.join_long(filter(None, said)) or translate("in another order")


def _titles(atlas: Atlas, sources: Iterable[str], translate: Translator) -> str:
    return translate.join(naming.record_name(atlas, SOURCES, one, translate) for one in sources)


def _shortened(before: Any, after: Any) -> tuple[Any, Any]:
    """Of two lists what the other has not, with an ellipsis for what both have."""
    if not (isinstance(before, list) and isinstance(after, list)):
        return before, after
    rest = [[one for one in mine if one not in other] for mine, other in ((before, after), (after, before))]
    if not any(rest):  # in another order
        return before, after
    was, now = ([SAME, *one] if len(one) < len(whole) else one for one, whole in zip(rest, (before, after)))
    return was, now


SOURCES = "sources"  # the column of every table, and theirs
SAME = "…"  # stands for items that have not changed


class _Known(dict[str, str]):
    """Words of values; a value that is no longer allowed stands for itself."""

    def __init__(self, words: Mapping[str, str]):
        super().__init__(words)

    def __missing__(self, value: str) -> str:
        return value


def _value(atlas: Atlas, field: Field, value: Any, translate: Translator) -> str:
    if field.type == "boolean":
        return translate("yes") if value else translate("no")
    if value is None:
        return _plain(value, translate)
    words = _Known(vocabulary.of_field(field, translate))
    items = value if isinstance(value, list) else [value]
    if field.date:
        return translate.date(str(value), IN_LISTS)
    if field.enum:
        return "; ".join(words[str(item)] for item in items)
    if field.name == "language":
        return vocabulary.language_name(str(value), translate)
    if field.references:
        return "; ".join(_named(atlas, field.references, str(item), translate) for item in items)
    return _plain(value, translate)


def _named(atlas: Atlas, table: str, identifier: str, translate: Translator) -> str:
    return SAME if identifier == SAME else naming.record_name(atlas, table, identifier, translate)


def _plain(value: Any, translate: Translator) -> str:
    if value is None:
        return translate("nothing")
    return "; ".join(map(str, value)) if isinstance(value, list) else str(value)


def in_order(changes: Iterable[Change]) -> list[Change]:
    """Changes in the order in which a reader wants them: by table, new facts before other words."""
    places = {table: number for number, table in enumerate(ORDER)}

    def rank(one: Change) -> tuple:
        worded = one.kind == "changed" and not one.facts
        return worded, places.get(one.table, len(places)), KINDS.index(one.kind), one.id

    return sorted(changes, key=rank)
