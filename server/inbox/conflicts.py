"""Where hand-ins contradict each other, or what has come to stand since their authors looked."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from atlas.exports.contributions.asked import CHANGED, CONFIRMED, NEW, Asked
from server.inbox.hand_in import ACCEPTED, ASKED_BACK, WAITING, Kept
from server.inbox.rows import Standing

STATUS, ACTIVE = "status", "active"  # what a confirmation says of a record
VALUES, SAME_ID, CHANGED_SINCE, GONE = KINDS = ("values", "same id", "changed since", "gone")


@dataclass(frozen=True)
class Wish:
    """What one open entry asks for: the hand-in, the index of the entry in it, who, and the value of the cell.

    The value is None where the whole record is meant, or confirmed.
    """

    hand_in: str
    index: int
    by: str
    value: str | None


@dataclass(frozen=True)
class Conflict:
    """A cell or record on which somebody has to decide with more than one entry before him.

    kind: "values" (open entries ask for different values of one cell), "same id" (a new record whose id another open
    entry, or another record, has), "changed since" (another value stands than the contributor saw), "gone" (the record is
    there no more). column: None where the whole record is meant. given, standing: the cell as the contributor saw it and
    as it stands; None where that has no sense.
    """

    kind: str
    table: str
    id: str
    column: str | None
    wishes: tuple[Wish, ...]
    given: str | None = None
    standing: str | None = None


def conflicts(inbox: Iterable[Kept], records: Standing) -> tuple[Conflict, ...]:
    """All conflicts of open entries; confirmations contradict no other day, since the latest stands, but another status.

    :param inbox: :meth:`server.inbox.Inbox.all`, or some of it.
    :param records: as they stand, see :func:`server.inbox.standing`.
    """
    open_ones = [
        (kept, index, entry)
        for kept in inbox
        for index, entry in enumerate(kept.hand_in.entries)
        if kept.state(index) in (WAITING, ACCEPTED, ASKED_BACK)
    ]
    return (*_between(open_ones), *(one for found in open_ones for one in _with_records(*found, records)))


def _between(open_ones: list[tuple[Kept, int, Asked]]) -> Iterator[Conflict]:
    cells: dict[tuple[str, str, str], list[Wish]] = {}
    new: dict[tuple[str, str], list[Wish]] = {}
    confirmed: dict[tuple[str, str], list[Wish]] = {}
    for kept, index, entry in open_ones:
        if entry.kind == NEW:
            new.setdefault((entry.table, entry.id), []).append(Wish(kept.hand_in.id, index, kept.hand_in.by, None))
            continue
        if entry.kind == CONFIRMED:
            confirmed.setdefault((entry.table, entry.id), []).append(
                Wish(kept.hand_in.id, index, kept.hand_in.by, None)
            )
        for column, value in entry.cells.items() if entry.kind == CHANGED else ():
            wish = Wish(kept.hand_in.id, index, kept.hand_in.by, value)
            cells.setdefault((entry.table, entry.id, column), []).append(wish)
    for (table, id), wishes in new.items():
        if len(wishes) > 1:
            yield Conflict(SAME_ID, table, id, None, tuple(wishes))
    for (table, id, column), wishes in cells.items():
        if column == STATUS and any(one.value != ACTIVE for one in wishes):
            wishes = [*wishes, *confirmed.get((table, id), ())]
        if len({one.value for one in wishes}) > 1:
            yield Conflict(VALUES, table, id, column, tuple(wishes))


def _with_records(kept: Kept, index: int, entry: Asked, records: Standing) -> Iterator[Conflict]:
    row = records.rows.get(entry.table, {}).get(entry.id)
    wish = (Wish(kept.hand_in.id, index, kept.hand_in.by, None),)
    if entry.kind == NEW:
        if row is not None and any(row.get(column) != value for column, value in entry.cells.items()):
            yield Conflict(SAME_ID, entry.table, entry.id, None, wish)
        return
    if row is None:
        yield Conflict(GONE, entry.table, entry.id, None, wish)
        return
    for column, value in entry.cells.items() if entry.kind == CHANGED else ():
        stands, given = row.get(column, ""), entry.given.get(column, "")
        if stands not in (given, value):
            told = (Wish(kept.hand_in.id, index, kept.hand_in.by, value),)
            yield Conflict(CHANGED_SINCE, entry.table, entry.id, column, told, given, stands)
