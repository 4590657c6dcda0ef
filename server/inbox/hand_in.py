"""A hand-in, the decisions on its entries, and both as JSON."""

import json
import secrets
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from typing import Any

from atlas import LANGUAGES, AtlasError
from atlas.exports.contributions.asked import KINDS, Asked

WAITING, ACCEPTED, ASKED_BACK, REFUSED, ENTERED = STATES = ("waiting", "accepted", "asked back", "refused", "entered")
DECIDED = (WAITING, ACCEPTED, ASKED_BACK, REFUSED)  # what a keeper decides; "entered" follows from a commit
WITHDRAWN = "withdrawn"  # of a whole hand-in, by its author


class InboxRefused(AtlasError):
    """The inbox does not take or do what was asked; `reason` and `remedy` are texts for the one who asked.

    Both can be said in another language, see :meth:`atlas.words.translator.Translator.said`.
    """

    @property
    def reason(self) -> str:
        """Why."""
        return self.args[0]


@dataclass(frozen=True)
class HandIn:
    """What one office asks for at one time; made by :func:`handed_in`.

    id: ASCII, ordered by time and not to be guessed; by: name of the log-in; at: UTC, ISO 8601; name: of the file, empty
    where none was filled in; version: of the records that the contributor saw.
    """

    id: str
    by: str
    at: str
    name: str
    remark: str
    language: str
    version: str | None
    entries: tuple[Asked, ...]


@dataclass(frozen=True)
class Decision:
    """What a keeper decides of one entry.

    remark: for the contributor; needed where the state is "asked back". office: whose statement a confirmation is, in
    the words of a source (its publisher); the name of the log-in where it is empty. standing: the cells as the keeper
    saw them stand when he accepted an entry for which they had changed since the contributor saw them.
    """

    state: str
    remark: str = ""
    office: str = ""
    standing: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Remembered:
    """What became of entries: decisions of a keeper, a commit that holds them, or that the author has withdrawn all.

    at: UTC, ISO 8601; by: the keeper or the author; commit: of entries that entered the records.
    """

    at: str
    by: str
    decisions: Mapping[int, Decision] = field(default_factory=dict)
    withdrawn: bool = False
    commit: str = ""
    entered: tuple[int, ...] = ()


@dataclass(frozen=True)
class Kept:
    """A hand-in with all that was decided on it, the oldest first."""

    hand_in: HandIn
    history: tuple[Remembered, ...] = ()

    @property
    def withdrawn(self) -> bool:
        """Whether its author has taken it back."""
        return any(one.withdrawn for one in self.history)

    def decision(self, index: int) -> Decision | None:
        """The last decision on an entry, None while nobody has decided."""
        return self._decisions.get(index)

    def state(self, index: int) -> str:
        """One of STATES, or "withdrawn"."""
        return self.states[index]

    @cached_property
    def states(self) -> tuple[str, ...]:
        """The state of each entry."""
        entered = {index for one in self.history for index in one.entered}
        otherwise = WITHDRAWN if self.withdrawn else WAITING
        decided = {} if self.withdrawn else {index: one.state for index, one in self._decisions.items()}
        return tuple(
            ENTERED if index in entered else decided.get(index, otherwise) for index in range(len(self.hand_in.entries))
        )

    @cached_property
    def _decisions(self) -> dict[int, Decision]:
        return {index: one for remembered in self.history for index, one in remembered.decisions.items()}

    @property
    def counted(self) -> Counter[str]:
        """How many entries are in each state."""
        return Counter(self.states)

    @property
    def open(self) -> bool:
        """Whether anything is still to be decided, answered or entered."""
        return any(one in (WAITING, ACCEPTED, ASKED_BACK) for one in self.states)

    @property
    def may_be_withdrawn(self) -> bool:
        """Whether no entry was accepted, refused or entered yet."""
        return not self.withdrawn and all(one in (WAITING, ASKED_BACK) for one in self.states)


def handed_in(
    by: str,
    name: str,
    remark: str,
    language: str,
    version: str | None,
    entries: Iterable[Asked],
    at: datetime | None = None,
) -> HandIn:
    """A hand-in with a new id.

    :param at: when; now if left out.
    """
    when = (at or datetime.now(UTC)).astimezone(UTC)
    return HandIn(
        f"{when:%Y%m%dT%H%M%S}-{secrets.token_hex(8)}",
        by,
        when.isoformat(timespec="seconds").replace("+00:00", "Z"),
        name,
        remark,
        language,
        version,
        tuple(entries),
    )


def dumped(value: HandIn | Remembered) -> bytes:
    """As it stands in the inbox."""
    return (json.dumps(asdict(value), ensure_ascii=False, indent=1) + "\n").encode()


def hand_in_of(content: bytes) -> HandIn:
    """What :func:`dumped` wrote.

    :raises ValueError: it is no hand-in.
    """
    told = _object(content)
    try:
        entries = tuple(Asked(**one) for one in told.pop("entries"))
        read = HandIn(**told, entries=entries)
        texts = (read.id, read.by, read.at, read.name, read.remark, *(one.table + one.id for one in entries))
        cells = [value for one in entries for cells in (one.cells, one.given) for value in cells.values()]
        if not all(isinstance(one, str) for one in (*texts, *cells)) or read.language not in LANGUAGES:
            raise ValueError("its texts are none")
        if any(one.kind not in KINDS for one in entries):
            raise ValueError("an entry is neither new, changed nor confirmed")
        return read
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(repr(error)) from error


def remembered_of(content: bytes) -> Remembered:
    """What :func:`dumped` wrote.

    :raises ValueError: it is not that.
    """
    told = _object(content)
    try:
        decisions = {int(index): Decision(**one) for index, one in told.pop("decisions").items()}
        entered = tuple(int(one) for one in told.pop("entered"))
        if any(one.state not in DECIDED for one in decisions.values()):
            raise ValueError("a decision is none")
        return Remembered(**told, decisions=decisions, entered=entered)
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(repr(error)) from error


def _object(content: bytes) -> dict[str, Any]:
    try:
        told = json.loads(content)
    except RecursionError as error:
        raise ValueError("it is too deep") from error
    if not isinstance(told, dict):
        raise ValueError("it is no object")
    return told
