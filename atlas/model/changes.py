"""What differs between the records of two times: new, changed, renamed and withdrawn ones; facts told apart from wording."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from atlas import AtlasError, UnknownValue
from atlas.model import history, meetings, relations
from atlas.model.atlas import Atlas, cached
from atlas.model.history import DamagedHistory, Key, Row, Table, Whole
from atlas.records import Package
from atlas.records.dates import bounds

Kind = Literal["added", "removed", "changed", "renamed"]
Since = Literal["added", "changed", "wording"]  # what became of a record that there is
KINDS: tuple[Kind, ...] = ("added", "changed", "renamed", "removed")
TODAY, SINCE = "today", "since-last-session"
# columns of free text that state a fact
STATING = {("places", "designation"), ("places", "official_code"), ("successions", "legal_act")}


@dataclass(frozen=True)
class Cell:
    """A value that changed. ``fact``: whether it states one; otherwise it is wording: a title, a note, a spelling."""

    column: str
    before: object
    after: object
    fact: bool


@dataclass(frozen=True, eq=False)
class Change:
    """One record that differs.

    was, now: its whole rows; None for what is new, or was withdrawn. ``former``: the id that it had, of one renamed.
    """

    table: str
    key: Key
    kind: Kind
    was: Row | None
    now: Row | None
    cells: tuple[Cell, ...] = ()
    former: str | None = None

    @property
    def id(self) -> str:
        """What a reader calls it: its id, or the columns that tell it apart."""
        return "/".join(str(part) for part in self.key if part is not None)

    @property
    def row(self) -> Row:
        """The record as it is, or as it was last."""
        return self.now or self.was or {}

    @property
    def facts(self) -> tuple[Cell, ...]:
        """The values that changed and state facts."""
        return tuple(cell for cell in self.cells if cell.fact)

    @property
    def wording(self) -> tuple[Cell, ...]:
        """The values that changed and are wording."""
        return tuple(cell for cell in self.cells if not cell.fact)


@dataclass(frozen=True, eq=False)
class Difference:
    """What differs from one version to another.

    tables_added, tables_removed: their names; columns_added, columns_removed: those of tables that both have, as
    table -> column -> in how many rows of both it is filled. Such columns are no changes of records.
    """

    before: Whole
    after: Whole
    changes: tuple[Change, ...]
    tables_added: tuple[str, ...] = ()
    tables_removed: tuple[str, ...] = ()
    columns_added: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    columns_removed: Mapping[str, Mapping[str, int]] = field(default_factory=dict)


def counts(changes: Iterable[Change]) -> dict[str, Counter]:
    """How many changes there are of each kind by table; ``wording``: the changed ones in which no fact changed."""
    found: dict[str, Counter] = defaultdict(Counter)
    for one in changes:
        found[one.table][one.kind] += 1
        found[one.table]["wording"] += one.kind == "changed" and not one.facts
    return dict(found)


def compare(before: Whole, after: Whole, schema: Package) -> Difference:
    """What differs between two versions.

    A record is renamed when one has gone and one has come in a table that are the same but for their ids, and no other
    is. What names it by its new id instead of the former one has not changed.

    :param schema: which columns are wording, and which refer to what; columns that it does not have state facts.
    """
    renamed = _renamed(before, after)
    followed = _followed(before, renamed, schema) if renamed else before
    found = [
        Change(table, (new,), "renamed", None, after.tables[table].rows[new,], former=old)
        for (table, old), new in renamed.items()
    ]
    added: dict[str, dict[str, int]] = {}
    removed: dict[str, dict[str, int]] = {}
    for table in _tables(before, after, schema):
        was, now = followed.tables.get(table), after.tables.get(table)
        found += _changes(table, was, now, schema)
        if was and now:
            added[table] = _filled(now, was)
            removed[table] = _filled(was, now)
    order = {table: number for number, table in enumerate(_tables(before, after, schema))}
    return Difference(
        before,
        after,
        tuple(sorted(found, key=lambda one: (order[one.table], KINDS.index(one.kind), one.id))),
        tuple(table for table in order if table not in before.tables),
        tuple(table for table in order if table not in after.tables),
        {table: columns for table, columns in added.items() if columns},
        {table: columns for table, columns in removed.items() if columns},
    )


def _tables(before: Whole, after: Whole, schema: Package) -> list[str]:
    return list(
        dict.fromkeys(
            [
                *(one for one in schema.tables if one in before.tables or one in after.tables),
                *after.tables,
                *before.tables,
            ]
        )
    )


def _filled(one: Table, other: Table) -> dict[str, int]:
    """The columns that one table has and the other has not, with the rows in both in which they are filled."""
    shared = [row for key, row in one.rows.items() if key in other.rows]
    columns = [column for column in one.columns if column not in other.columns]
    return {column: sum(row[column] is not None for row in shared) for column in columns}


def _changes(table: str, before: Table | None, after: Table | None, schema: Package) -> list[Change]:
    was, now = before.rows if before else {}, after.rows if after else {}
    shared = [column for column in after.columns if column in before.columns] if before and after else []
    facts = {column: _states_fact(table, column, schema) for column in shared}
    found = [Change(table, key, "removed", row, None) for key, row in was.items() if key not in now]
    for key, row in now.items():
        old = was.get(key)
        if old is None:
            found.append(Change(table, key, "added", None, row))
        elif cells := tuple(Cell(one, old[one], row[one], facts[one]) for one in shared if old[one] != row[one]):
            found.append(Change(table, key, "changed", old, row, cells))
    return found


def _states_fact(table: str, column: str, schema: Package) -> bool:
    if table not in schema.tables or column not in schema.tables[table].columns:
        return True
    return (table, column) in STATING or not schema.tables[table].field(column).free


def _renamed(before: Whole, after: Whole) -> dict[tuple[str, str], str]:
    """(table, former id) -> the id that the same record has now."""
    found = {}
    for table, now in after.tables.items():
        was = before.tables.get(table)
        if was is None or was.key != ("id",) or now.key != ("id",):
            continue
        shared = [column for column in now.columns if column in was.columns and column != "id"]
        gone = _by_content(was, now, shared)
        come = _by_content(now, was, shared)
        for content, ids in gone.items():
            if len(ids) == len(come.get(content, ())) == 1:
                found[table, ids[0]] = come[content][0]
    return found


def _by_content(one: Table, other: Table, columns: list[str]) -> dict[str, list[str]]:
    """The ids of the rows that the other table has not, by what stands in these columns."""
    found = defaultdict(list)
    for key, row in one.rows.items():
        content = [row[column] for column in columns]
        if key not in other.rows and any(value is not None for value in content):
            found[repr(content)].append(key[0])
    return found


def _followed(whole: Whole, renamed: Mapping[tuple[str, str], str], schema: Package) -> Whole:
    """The records with the ids that they have now, wherever they stand."""
    return Whole(
        whole.version, {name: _followed_table(name, table, renamed, schema) for name, table in whole.tables.items()}
    )


def _followed_table(name: str, table: Table, renamed: Mapping[tuple[str, str], str], schema: Package) -> Table:
    refers = (
        {one.name: one.references for one in schema.tables[name].fields if one.references}
        if name in schema.tables
        else {}
    )
    refers["id"] = name

    def now(column: str, value: object) -> object:
        if isinstance(value, list):
            return [renamed.get((refers[column], one), one) for one in value]
        return renamed.get((refers[column], str(value)), value)

    rows = [
        {column: now(column, value) if refers.get(column) else value for column, value in row.items()}
        for row in table.rows.values()
    ]
    return Table(table.key, table.columns, {tuple(row[column] for column in table.key): row for row in rows})


def version(atlas: Atlas, text: str, series: str | None = None) -> Whole:
    """The records that a word means: a release by its day, ``today``, or ``since-last-session``.

    :param series: of the session before which the newest release is meant; of any series if left out.
    :raises AtlasError: there is no such release; the message lists those that there are.
    :raises atlas.model.history.DamagedHistory: see there.
    """
    released = history.released(atlas)
    if text == TODAY:
        return history.today(atlas)
    if text == SINCE:
        return before_session(atlas, series)
    if text not in released:
        raise UnknownValue.of("version", text, [*released, TODAY, SINCE])
    return released[text]


def sessions(atlas: Atlas) -> list[dict]:
    """The last session of each series that was held by the day of the records, the newest first: rows of ``events``."""
    return meetings.last_held(atlas.table("events").to_dict("records"), date.fromisoformat(atlas.version))


def last_session(atlas: Atlas, series: str | None = None) -> dict:
    """The last session that was held by the day of the records, of one series or of any: a row of ``events``.

    :raises AtlasError: there is no such series, or no session of it has a known date.
    """
    known = list(dict.fromkeys(filter(None, atlas.table("events")["series"])))
    if series is not None and series not in known:
        raise UnknownValue.of("series", series, known)
    for held in sessions(atlas):
        if series in (None, held["series"]):
            return held
    raise AtlasError("no session with a known date has been held")


def before_session(atlas: Atlas, series: str | None = None) -> Whole:
    """The newest release before the last session that was held, of one series or of any.

    :raises AtlasError: no session is known, or no release is older than it.
    """
    last, released = last_session(atlas, series), history.released(atlas)
    first_day = bounds(last["date_from"])[0].isoformat()
    older = [one for day, one in released.items() if day < first_day]
    if not older:
        raise AtlasError(
            f"no release is older than the session {last['id']} ({last['date_from']})",
            f"the releases are of {', '.join(released) or 'no day yet'}",
        )
    return older[-1]


def usual(released: Sequence[str]) -> str:
    """The release with which the records of today are compared where none is named: the one before the newest."""
    return released[-2:][0]


@cached(1)
def versions(atlas: Atlas) -> tuple[str, ...]:
    """The releases since which records can have changed, the oldest first; none where they cannot be read."""
    try:
        return tuple(history.released(atlas))
    except DamagedHistory:  # the page of what changed says so
        return ()


@cached(8)
def since(atlas: Atlas, before: str) -> dict[str, dict[str, Since]]:
    """The records of today that are new or have changed since a release, by table and id.

    A row without an id counts for the record to which it belongs, and what sources say of a commitment for that.

    :param before: one of :func:`versions`.
    """
    found: dict[str, dict[str, Since]] = defaultdict(dict)
    for one in between(atlas, before, TODAY).changes:
        table, column = relations.OWNERS.get(one.table, (one.table, "id"))
        if one.table == "commitment_evidence":
            table, column = "commitments", "commitment"
        owner, told = str(one.row[column]), found[table]
        if table != one.table:
            told[owner] = "added" if told.get(owner) == "added" else "changed"
        elif one.now is not None:
            told[owner] = (
                "added" if one.kind == "added" else "changed" if one.kind == "renamed" or one.facts else "wording"
            )
    return dict(found)


@cached(8)
def _records(atlas: Atlas, before: str) -> dict[tuple[str, str], Change]:
    return {(one.table, one.id): one for one in between(atlas, before, TODAY).changes}


def of_record(atlas: Atlas, before: str, table: str, identifier: str) -> Change | None:
    """What has become of one record since a release; None where its own row is as it was."""
    return _records(atlas, before).get((table, identifier))


@cached(8)
def between(atlas: Atlas, before: str, after: str, series: str | None = None) -> Difference:
    """What differs between two versions, see :func:`version`."""
    return compare(version(atlas, before, series), version(atlas, after, series), atlas.schema)
