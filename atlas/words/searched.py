"""What of each record is searched: its own names and texts, and the places that it has to do with."""

from collections.abc import Iterator

from atlas import LANGUAGES
from atlas.model.addresses import TABLES
from atlas.model.atlas import Atlas, concerned
from atlas.model.gazetteer import SPELLINGS
from atlas.model.names import ALSO
from atlas.records.dates import today
from atlas.words import naming

ORDER = ("place", "twinning", "agreement", "event", "figure", "commitment", "source", "discrepancy")
CODES = ("id", "official_code")
# those with an underscore at the end are in all languages
COLUMNS = {
    "place": (*SPELLINGS, *ALSO),
    "twinning": (),
    "agreement": ("title_", "parties_"),
    "event": ("title_",),
    "figure": ("title_", "provider_"),
    "commitment": ("text_", "responsible_vn_", "responsible_cn_"),
    "source": ("title", "publisher"),
    "discrepancy": ("title_",),
}
TITLED = {"twinning": "agreements"}  # the table whose titles stand for those that a kind has not
MEMBERS = ("organisation_", "name_as_signed")


def texts(atlas: Atlas, kind: str, row: dict) -> Iterator[tuple[str, str, str]]:
    """Table, column and text of what is a record's own.

    A twinning's title is said to be one of an agreement's columns; a commitment has the title of what it was agreed in.
    """
    for column in _columns(COLUMNS[kind]):
        for text in row[column] if column in ALSO else (row[column],):
            if text:
                yield TABLES[kind], column, text
    if kind == "twinning":
        for language in LANGUAGES:
            yield TITLED[kind], f"title_{language}", naming.title(atlas, row, language)
        for member in atlas.members[row["id"]]:
            yield from (("twinning_members", column, member[column]) for column in _columns(MEMBERS) if member[column])
    if kind == "commitment":
        for table, column in (("agreements", "agreement"), ("events", "event")):
            if row[column] in atlas.table(table).index:
                (parent,) = atlas.records(table, [row[column]])
                yield from ((table, f"title_{code}", parent[f"title_{code}"]) for code in LANGUAGES)


def _columns(names: tuple[str, ...]) -> Iterator[str]:
    for name in names:
        yield from (f"{name}{code}" for code in LANGUAGES) if name.endswith("_") else (name,)


def is_name(column: str) -> bool:
    """Whether a column says what a record is called, rather than who takes part."""
    return column.startswith(("name_", "title")) or column == "also_known_as"


def beside(atlas: Atlas, place: str) -> dict[str, str]:
    """The places by whose names another is found as well, and what they are to it: ``parent``, ``successor``, ``predecessor``."""
    places = atlas.places
    after = dict.fromkeys(places.successors(place), "successor")
    above = dict.fromkeys(places.ancestors(place), "parent")
    return dict.fromkeys(places.predecessors(place), "predecessor") | after | above


def named(atlas: Atlas, kind: str, row: dict) -> list[str]:
    """The places that a record has to do with, as it names them; it is found by the names of their kin as well."""
    if kind in ("place", "commitment", "source"):
        return []
    ids = row["places"] if kind == "discrepancy" else concerned(atlas, TABLES[kind], row)
    return [one for one in dict.fromkeys(ids) if one in atlas.places]


def units(atlas: Atlas, kind: str, row: dict) -> dict[str, str]:
    """All places by whose names a record is found, what is nearest first, and what they are to it, see :func:`beside`.

    ``place``: the record itself names it.
    """
    if kind == "place":
        return beside(atlas, row["id"])
    places, known, now = atlas.places, named(atlas, kind, row), today(atlas.version)
    found = dict.fromkeys(known, "place")
    found |= {unit: "parent" for one in known for unit in places.ancestors(one) if unit not in found}
    others = (unit for one in known for unit in sorted(places.kin(one)) if unit not in found)
    return found | {unit: "successor" if places.exists(unit, now) else "predecessor" for unit in others}
