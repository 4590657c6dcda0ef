"""Soft checks for the same thing recorded again under another id."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator

from atlas.records.addresses import same
from atlas.records.checked import Found, Records
from atlas.records.dates import bounds
from atlas.records.lines import ALWAYS
from atlas.records.said import Said, said

Key = Callable[[dict], Hashable]
Message = Callable[[dict], Said]  # of the id (`first`) and the line of the earlier record

FIGURE = (
    "programme",
    "origin",
    "destination",
    "measure",
    "category",
    "outcome",
    "value",
    "value_max",
    "qualifier",
    "rate",
    "period_from",
    "period_to",
    "as_of",
    "part_of",
    "fields",
    "institutions",
)


def repeated_twinnings(records: Records) -> Iterator[Found]:
    """Twinnings of the same members on the same level."""
    members = defaultdict(set)
    for _, member in records.rows("twinning_members"):
        members[member["twinning"]].add((member["place"], member["organisation_en"]))
    yield from _repeated(
        records,
        "twinnings",
        "id",
        lambda row: (row["level"], frozenset(members[row["id"]])) if row["id"] in members else None,
        lambda earlier: said("has the members and the level of {first}, line {line}", **earlier),
    )


def repeated_places(records: Records) -> Iterator[Found]:
    """Places with one code, or with one name in one unit, at the same time."""
    for column, *beside in (
        ("official_code", "country"),
        ("name_vi", "parent", "kind", "designation"),
        ("name_zh", "parent", "kind", "designation"),
    ):
        message = _same_code if column == "official_code" else _same_name
        yield from _repeated(records, "places", column, _values(column, *beside), message, _together)


def _same_code(earlier: dict) -> Said:
    return said("is the code of {first}, line {line}, too", **earlier)


def _same_name(earlier: dict) -> Said:
    return said("is the name of {first}, line {line}, too", **earlier)


def _values(needed: str, *columns: str) -> Key:
    """A key of some columns for rows that have a value in the first."""
    return lambda row: (row[needed], *(row[column] for column in columns)) if row[needed] else None


def repeated_sources(records: Records) -> Iterator[Found]:
    """Sources with one address."""
    yield from _repeated(
        records,
        "sources",
        "url",
        lambda row: same(row["url"]) if row["url"] else None,
        lambda earlier: said("is the address of {first}, line {line}, too", **earlier),
    )


def repeated_meetings(records: Records) -> Iterator[Found]:
    """Events of one kind, and papers on one subject, of the same places on the same day."""
    event = _values("date_from", "kind", "vn_places", "cn_places", "title_zh")
    paper = _values("signed_on", "subject", "vn_places", "cn_places", "title_zh")
    yield from _repeated(records, "events", "id", event, _same_event)
    yield from _repeated(records, "agreements", "id", paper, _same_paper)


def _same_event(earlier: dict) -> Said:
    return said("has the title, the day, the kind and the places of {first}, line {line}", **earlier)


def _same_paper(earlier: dict) -> Said:
    return said("has the title, the day, the subject and the places of {first}, line {line}", **earlier)


def repeated_figures(records: Records) -> Iterator[Found]:
    """Figures that count the same, with the same value."""
    yield from _repeated(
        records,
        "figures",
        "id",
        lambda row: tuple(str(row[column]) for column in FIGURE) if row["qualifier"] != "not_stated" else None,
        lambda earlier: said("counts what {first}, line {line}, counts, with the same value", **earlier),
    )


def _repeated(
    records: Records,
    name: str,
    column: str,
    key: Key,
    message: Message,
    together: Callable[[dict, dict], bool] = lambda row, other: True,
) -> Iterator[Found]:
    """Rows whose key an earlier one has; rows without a key are left out."""
    seen: dict[Hashable, list[tuple[int, dict]]] = defaultdict(list)
    for index, row in records.rows(name):
        found = key(row)
        if found is None:
            continue
        for line, other in seen[found]:
            if together(row, other):
                yield name, index, column, row[column], message({"first": other["id"], "line": line + 2})
                break
        seen[found].append((index, row))


def _together(row: dict, other: dict) -> bool:
    """Whether two units existed at one time, as far as partial dates tell."""
    return all(
        (bounds(ended["valid_until"])[1] if ended["valid_until"] else ALWAYS[1])
        >= (bounds(begun["valid_from"])[1] if begun["valid_from"] else ALWAYS[0])
        for ended, begun in ((row, other), (other, row))
    )


CHECKS = (repeated_twinnings, repeated_places, repeated_sources, repeated_meetings, repeated_figures)
