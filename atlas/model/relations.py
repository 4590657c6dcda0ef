"""Which records refer to which, followed backwards: from a source, a place, a paper to all that name it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from pyproj import Geod

from atlas.model.atlas import Atlas, cached, concerned

# rows without an id stand for the record they belong to
OWNERS = {
    "twinning_members": ("twinnings", "twinning"),
    "discrepancy_statements": ("discrepancies", "discrepancy"),
    "successions": ("places", "predecessor"),
    "series_members": ("series_members", "series"),
}
WGS84 = Geod(ellps="WGS84")
NEAR, MOST_GATES = 50, 5  # kilometres; gates
TOO_WIDE = ("country", "region", "province", "prefecture")  # units whose centre says nothing of what is near
# the tables whose records concern places, as the page of a place lists them
CONCERNING = ("twinnings", "agreements", "events", "figures")


@dataclass(frozen=True)
class Mention:
    """That a record names another one in a column; of a row without an id, ``table`` and ``id`` are its owner's."""

    table: str
    id: str
    column: str


@cached(1)
def mentions(atlas: Atlas) -> dict[tuple[str, str], list[Mention]]:
    """For each record, as (table, id), the records that name it, in the order of the tables; each once a column."""
    found: dict[tuple[str, str], dict[Mention, None]] = defaultdict(dict)
    for name, table in atlas.schema.tables.items():
        owner, key = OWNERS.get(name, (name, "id"))
        rows = atlas.table(name)
        for field in table.fields:
            if not field.references:
                continue
            for identifier, named in zip(rows[key], rows[field.name]):
                for one in named if field.many else filter(None, (named,)):
                    found[field.references, one][Mention(owner, identifier, field.name)] = None
    return {record: list(named) for record, named in found.items()}


def naming(atlas: Atlas, table: str, identifier: str, by: str, column: str | None = None) -> list[str]:
    """The ids of the records of the table ``by`` that name a record, in the order of that table, each once.

    :param column: the only one that counts.
    """
    named = mentions(atlas).get((table, identifier), ())
    return list(dict.fromkeys(one.id for one in named if one.table == by and column in (None, one.column)))


def twinnings_of(atlas: Atlas, places: Iterable[str]) -> list[str]:
    """The ids of the twinnings in which any of these places is, in the order of the atlas."""
    found = {one for place in places for one in naming(atlas, "places", place, "twinnings")}
    return sorted(found, key=_order(atlas).__getitem__)


@cached(1)
def _order(atlas: Atlas) -> dict[str, int]:
    return {twinning: number for number, twinning in enumerate(atlas.twinnings.index)}


def concerning(atlas: Atlas, place: str) -> dict[str, list[str]]:
    """The ids of all twinnings, agreements, events and figures that concern a place or what lies in it, by table.

    Those of the units whose place it took are among them.
    """
    rows = {table: atlas.table(table) for table in CONCERNING}
    if slug := atlas.places[place]["slug"]:
        return {table: rows[table].index[atlas.concerning(table, [slug])].tolist() for table in CONCERNING}
    units = {place, *atlas.places.predecessors(place)}
    inside = {one for unit in units for one in atlas.places.inside(unit)}
    named = {(one.table, one.id) for unit in units | inside for one in mentions(atlas).get(("places", unit), ())}
    return {table: [one for one in rows[table].index if (table, one) in named] for table in CONCERNING}


def commitments_of(atlas: Atlas, found: dict[str, list[str]]) -> list[str]:
    """The ids of the commitments of these agreements and events, in the order of the table."""
    if not (found["agreements"] or found["events"]):
        return []
    rows = atlas.table("commitments")
    return rows.index[rows["agreement"].isin(found["agreements"]) | rows["event"].isin(found["events"])].tolist()


def disputed(atlas: Atlas, found: dict[str, list[str]], places: Iterable[str] = ()) -> list[str]:
    """The ids of the points on which sources disagree about any of these records or places, in the order of the table."""
    records = [(table, one) for table, ids in found.items() for one in ids] + [("places", one) for one in places]
    named = {one.id for record in records for one in mentions(atlas).get(record, ()) if one.table == "discrepancies"}
    return [one for one in atlas.table("discrepancies").index if one in named] if named else []


def sources_of(atlas: Atlas, records: Iterable[tuple[str, str]]) -> list[str]:
    """The ids of the sources on which any of these records, as (table, id), rests, in the order of the table."""
    cited = {source for one in records for source in _sources(atlas).get(one, ())}
    return [one for one in atlas.table("sources").index if one in cited] if cited else []


@cached(1)
def _sources(atlas: Atlas) -> dict[tuple[str, str], set[str]]:
    """The sources of each record, as (table, id)."""
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for (table, source), named in mentions(atlas).items():
        if table == "sources":
            for one in named:
                found[one.table, one.id].add(source)
    return found


@cached(2)
def successions(atlas: Atlas, end: str) -> dict[str, list[dict]]:
    """The rows of ``successions`` by the unit at one end, ``predecessor`` or ``successor``."""
    rows = atlas.table("successions").dropna(subset=[end])
    found = defaultdict(list)
    for row in rows.to_dict("records"):
        found[row[end]].append(row)
    return dict(found)


def places_of(atlas: Atlas, found: dict[str, list[str]]) -> list[str]:
    """The ids of the places that any of these records names, in the order of the table."""
    rows = ((table, row) for table, ids in found.items() for row in atlas.records(table, ids))
    named = {place for table, row in rows for place in concerned(atlas, table, row)}
    return [one for one in atlas.table("places").index if one in named] if named else []


def gates_near(atlas: Atlas, place: str) -> list[tuple[str, float]]:
    """The gates nearest to a place with how far each is from its position in kilometres, as the crow flies.

    None for a place whose own position is not known, and for wide units.
    """
    row = atlas.places[place]
    if row["kind"] in TOO_WIDE or row["coordinate_precision"] in (None, "parent"):
        return []
    gates = [gate for gate in _gates(atlas) if gate["id"] != place]
    metres = [WGS84.inv(row["lon"], row["lat"], gate["lon"], gate["lat"])[2] for gate in gates]
    near = sorted((far / 1000, gate["id"]) for far, gate in zip(metres, gates) if far <= 1000 * NEAR)
    return [(gate, far) for far, gate in near[:MOST_GATES]]


@cached(1)
def _gates(atlas: Atlas) -> list[dict]:
    places = atlas.table("places")
    known = (places["kind"] == "border_gate") & (places["coordinate_precision"] != "parent") & places["lat"].notna()
    return places[known].to_dict("records")
