"""Records that seem to be there already under another id, or twice in one workbook."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Mapping

from atlas.exports.contributions.asked import TWIN, Finding, identified
from atlas.exports.contributions.judged import Merged
from atlas.exports.contributions.rows import Filled
from atlas.model.spelling import fold
from atlas.records.addresses import same
from atlas.records.lines import days
from atlas.records.loading import Tables
from atlas.records.repeats import FIGURE
from atlas.records.said import Said, said

Row = Mapping[str, str]
Key = Callable[[Row], Hashable]

MET = {"agreements": "signed_on", "events": "date_from"}  # what has parties and a day
MONTH = len("2016-05")
MOST_COMPARED = 200  # of records that have something in common, so that thousands of them take no hour


def twins(merged: Merged, standing: Mapping[str, Mapping[str, Row]]) -> Iterator[Finding]:
    """Rows of a workbook beside another record that says the same, as far as it did not before.

    :param standing: the records as they stand, by table and what they are known by.
    """
    for name, column, key, message in _ways(_members(merged), merged.tables):
        if merged.filled[name] or (name == "twinnings" and merged.filled["twinning_members"]):
            yield from _same(merged, standing[name], name, column, key, message)


def _ways(members: Mapping[str, frozenset], tables: Tables) -> Iterator[tuple[str, str, Key, Callable[[str], Said]]]:
    """Table, column at which it is told, what two records have in common, and the sentence."""
    levels = dict(zip(tables["twinnings"]["id"], tables["twinnings"]["level"]))
    yield "twinnings", "id", lambda row: members.get(row["id"]), lambda one: said("Is {record} the same? It has the same members.", record=one)  # fmt: skip
    yield (
        "twinning_members",
        "place",
        lambda row: (row["twinning"], row["place"]) if levels.get(row["twinning"]) != "organisation" else None,
        lambda one: said("This place is a member of this twinning already: {record}.", record=one),
    )
    yield "places", "official_code", _given("official_code", "country"), lambda one: said("Is {record} the same? It has the same code.", record=one)  # fmt: skip
    for column in ("name_vi", "name_zh"):
        yield "places", column, _named(column), lambda one: said("Is {record} the same? It has the same name in the same unit.", record=one)  # fmt: skip
    yield "sources", "url", lambda row: same(row["url"]) if row["url"] else None, lambda one: said("Is {record} the same? It has the same address.", record=one)  # fmt: skip
    yield (
        "sources",
        "title",
        lambda row: (fold(row["title"]), fold(row["publisher"]), row["published"]) if row["published"] else None,
        lambda one: said("Is {record} the same? It has the same title, publisher and day.", record=one),
    )
    for name, day in MET.items():
        yield name, day, _met(day), lambda one: said("Is {record} the same? It has the same parties on the same day.", record=one)  # fmt: skip
        yield name, "title_vi", lambda row: fold(row["title_vi"]) or None, lambda one: said("Is {record} the same? It has the same title.", record=one)  # fmt: skip
    yield (
        "figures",
        "value",
        _counted,
        lambda one: said("Is {record} the same? It counts the same, with the same value.", record=one),
    )


def _members(merged: Merged) -> dict[str, frozenset]:
    """By twinning its places and, where organisations are its members, those."""
    found: dict[str, set] = defaultdict(set)
    for row in merged.rows["twinning_members"].values():
        found[row["twinning"]].add((row["place"], fold(row["organisation_vi"])))
    return {twinning: frozenset(members) for twinning, members in found.items() if len(members) > 1}


def _given(needed: str, *beside: str) -> Key:
    return lambda row: (row[needed], *(row[column] for column in beside)) if row[needed] else None


def _named(column: str) -> Key:
    return lambda row: (fold(row[column]), row["parent"], row["kind"]) if row[column] and row["parent"] else None


def _met(day: str) -> Key:
    def key(row: Row) -> Hashable:
        places = frozenset(f"{row['vn_places']};{row['cn_places']}".split(";")) - {""}
        month = row[day][:MONTH]
        return (places, month) if places and len(month) == MONTH else None

    return key


def _counted(row: Row) -> Hashable:
    return tuple(row[column] for column in FIGURE) if row["value"] and row["qualifier"] != "not_stated" else None


def _same(
    merged: Merged, standing: Mapping[str, Row], name: str, column: str, key: Key, message: Callable[[str], Said]
) -> Iterator[Finding]:
    table, filled = merged.tables.package.tables[name], merged.filled[name]
    seen: dict[Hashable, list[tuple[int, Row]]] = defaultdict(list)
    for line, row in merged.rows[name].items():
        if (found := key(row)) is not None:
            seen[found].append((line, row))
    for found, group in seen.items():
        for line, row in group if len(group) > 1 else ():
            asked = filled.get(line)
            if asked is None or (asked.id in standing and key(standing[asked.id]) == found):
                continue
            others = (other for at, other in group[:MOST_COMPARED] if at != line and _together(name, row, other))
            if other := next(others, None):
                yield _told(asked, column, identified(table, other), row[column], message)


def _together(name: str, row: Row, other: Row) -> bool:
    """Whether two units existed, or two meetings or papers were, at one time, as far as partial dates tell; anything else was."""
    if name == "places":
        return all(
            days(ended["valid_until"])[1] >= days(begun["valid_from"])[1]
            for ended, begun in ((row, other), (other, row))
            if begun["valid_from"]
        )
    if name in MET:
        (first, last), (begun, ended) = days(row[MET[name]]), days(other[MET[name]])
        return first <= ended and begun <= last
    return True


def _told(asked: Filled, column: str, record: str, value: str, message: Callable[[str], Said]) -> Finding:
    line = asked.line
    return Finding(
        TWIN, message(record), line.sheet, line.number, column, line.place(column), value or None, None, record
    )
