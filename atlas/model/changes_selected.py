"""Which changes of the records the filters of a page leave."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import replace
from itertools import repeat

from atlas.model import meetings
from atlas.model.atlas import PLACE_COLUMNS, Atlas, cached
from atlas.model.changes import Change, Difference
from atlas.model.history import Row
from atlas.model.selection import Selection
from atlas.model.spelling import fold

NAMING = ("name_", "title", "text_", "label_", "organisation_", "also_known_as", "publisher")


@cached(4)
def _places(atlas: Atlas, found: Difference) -> "_Places":
    return _Places(atlas, found)


def selected(atlas: Atlas, found: Difference, selection: Selection) -> list[Change]:
    """The changes of records that concern the provinces and regions selected, and whose names have what is searched for.

    A twinning, paper, meeting or figure concerns the provinces of its places, a source those of what rests on it, and
    any other record those of the records that it names.
    """
    asked = {*selection.province, *selection.region}
    sought = fold(selection.q)
    names = _names(atlas, found) if sought else repeat("")
    return [
        one
        for one, name in zip(found.changes, names)
        if sought in name and (not asked or not asked.isdisjoint(_places(atlas, found).slugs(one)))
    ]


def by_province(atlas: Atlas, found: Difference, selection: Selection) -> dict[str, int]:
    """How many changes each Vietnamese province would leave of what the other filters do, by slug."""
    left = selected(atlas, found, replace(selection, province=()))
    counted = Counter(slug for one in left for slug in _places(atlas, found).slugs(one))
    return {slug: counted[slug] for slug in atlas.province_slugs}


@cached(4)
def _names(atlas: Atlas, found: Difference) -> list[str]:
    """What each change is found by, folded: its id, and names, titles and texts in every language."""
    return [
        fold(
            " ".join(
                [one.id, *(str(one.row[column]) for column in one.row if column.startswith(NAMING) and one.row[column])]
            )
        )
        for one in found.changes
    ]


class _Places:
    """The places that the records of two versions have to do with."""

    def __init__(self, atlas: Atlas, found: Difference):
        self.atlas = atlas
        self.rows: dict[tuple[str, str], Row] = {}
        self.members: dict[str, set[str]] = defaultdict(set)
        self.citing: dict[str, list[tuple[str, Row]]] = defaultdict(list)
        self.known: dict[tuple[str, tuple], frozenset[str]] = {}
        for version in (found.before, found.after):
            for table, content in version.tables.items():
                for row in content.rows.values():
                    self._enter(table, row)

    def _enter(self, table: str, row: Row) -> None:
        if "id" in row:
            self.rows[table, row["id"]] = row
        if table == "twinning_members":
            self.members[row["twinning"]].add(row["place"])
        for source in row.get("sources") or ():
            self.citing[source].append((table, row))

    def slugs(self, change: Change) -> frozenset[str]:
        """The provinces, regions and prefectures that a record that changed has to do with."""
        named = (change.table, change.key)
        if named not in self.known:
            places = self.of(change.table, change.row)
            self.known[named] = self.atlas.places.slugs([one for one in places if one in self.atlas.places])
        return self.known[named]

    def of(self, table: str, row: Row) -> set[str]:
        """The ids of the places that a record has to do with."""
        if table == "places":
            return {row["id"]}
        if table == "twinnings":
            return self.members[row["id"]]
        if table == "sources":
            return {place for one, other in self.citing[row["id"]] for place in self.of(one, other)}
        if table in PLACE_COLUMNS:
            return {place for column in PLACE_COLUMNS[table] for place in _items(row.get(column))} | self._members(row)
        return {place for other, one in self._named(table, row) for place in self._of_named(other, one)}

    def _named(self, table: str, row: Row) -> list[tuple[str, str]]:
        if table not in self.atlas.schema.tables:
            return []
        fields = self.atlas.schema.tables[table].fields
        refers = [(one.name, one.references) for one in fields if one.references and one.references != "sources"]
        return [(other, one) for column, other in refers for one in _items(row.get(column))]

    def _of_named(self, table: str, identifier: str) -> set[str]:
        row = self.rows.get((table, identifier))
        return self.of(table, row) if row else set()

    def _members(self, row: Row) -> set[str]:
        """Those whose session an event is."""
        series = row.get("series")
        return set(meetings.members(self.atlas.series_members.get(series, ()), row)) if series else set()


def _items(value: object) -> Iterable[str]:
    if isinstance(value, list):
        return value
    return (str(value),) if value else ()
