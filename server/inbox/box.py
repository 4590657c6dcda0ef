"""The inbox: a folder of hand-ins outside the records, which any number of processes read and write."""

import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

from filelock import FileLock, Timeout

from atlas import DATA, LANGUAGES, ROOT, SEEDS
from atlas.files import DISK_FULL, CannotWrite, write_bytes_atomically
from atlas.records.said import said
from server.inbox.hand_in import (
    ASKED_BACK,
    DECIDED,
    ENTERED,
    Decision,
    HandIn,
    InboxRefused,
    Kept,
    Remembered,
    dumped,
    hand_in_of,
    remembered_of,
)

FIRST = "hand-in.json"
LOCK = ".lock"
ID = re.compile("[0-9]{8}T[0-9]{6}-[0-9a-f]{16}", re.ASCII)
LATER = re.compile(r"[0-9]{4}\.json", re.ASCII)
PATIENCE = 10  # seconds that a writer waits for others
LARGEST = 8 * 2**20  # bytes of a hand-in
MOST_ENTRIES = 5_000
LONGEST_REMARK = 2_000  # characters
LONGEST_NAME = 200  # characters of the name of a file
MOST_OPEN_OF_ONE = 20  # hand-ins of a log-in on which not everything is decided and entered
MOST = 2_000  # hand-ins in all, ended ones too
LARGEST_OF_ALL = 200 * 2**20  # bytes
MOST_DECISIONS = 9_999  # files of a hand-in


@dataclass(frozen=True)
class Damaged:
    """A hand-in that cannot be read: its folder, and why."""

    folder: Path
    reason: str


class Inbox:
    """The hand-ins of a folder.

    Whatever it refuses is an :class:`InboxRefused`: the folder lies within the records, is missing or may not be
    written, the disk is full, another process holds it for long, a hand-in is not there, damaged, or beyond a bound.
    """

    def __init__(self, folder: Path):
        self.folder = folder.resolve()
        for kept in (SEEDS, DATA, ROOT / "data"):
            if self.folder.is_relative_to(kept.resolve()):
                raise InboxRefused(
                    said("{folder}: an inbox cannot lie within the records", folder=folder),
                    said("name a folder outside seeds/ and data/ in ATLAS_INBOX"),
                )

    def put(self, hand_in: HandIn) -> str:
        """Keep a hand-in and return its id; whole or not at all, and twice is once."""
        _check(hand_in)
        content = dumped(hand_in)
        if len(content) > LARGEST:
            raise InboxRefused(
                said(
                    "This asks for too much at once: {size} MB, at most {most} MB.",
                    size=len(content) // 2**20 + 1,
                    most=LARGEST // 2**20,
                ),
                said("Hand it in in parts."),
            )
        with self.alone():
            first = self.folder / hand_in.id / FIRST
            if first.is_file() and first.read_bytes() == content:
                return hand_in.id
            if first.is_file():
                raise InboxRefused(said("There is another hand-in under this id."), said("Hand in again."))
            self._room(hand_in.by, len(content))
            self._write(first, content)
        return hand_in.id

    def all(self) -> tuple[Kept, ...]:
        """All hand-ins that can be read, the newest first; see :meth:`damaged` for the others."""
        return tuple(one for one in self._read() if isinstance(one, Kept))

    def damaged(self) -> tuple[Damaged, ...]:
        """Those that cannot be read."""
        return tuple(one for one in self._read() if isinstance(one, Damaged))

    def of(self, by: str) -> tuple[Kept, ...]:
        """The hand-ins of one log-in, the newest first."""
        return tuple(one for one in self.all() if one.hand_in.by == by)

    def get(self, id: str, by: str | None = None) -> Kept:
        """One hand-in.

        :param by: the log-in that asks for one of its own; a keeper leaves it out.
        """
        found = self._one(self.folder / id) if ID.fullmatch(id) else None
        if found is None or (by is not None and isinstance(found, Kept) and found.hand_in.by != by):
            raise InboxRefused(said("There is no such hand-in."), said("Look for it in the list."))
        if isinstance(found, Damaged):
            raise InboxRefused(
                said("This hand-in cannot be read: {reason}.", reason=found.reason),
                said("Whoever keeps the server finds it in {folder}.", folder=found.folder),
            )
        return found

    def decide(self, id: str, decisions: Mapping[int, Decision], keeper: str) -> Kept:
        """Remember what a keeper decides of entries by their index, all or none; a later decision replaces an earlier one."""
        with self.alone():
            kept = self.get(id)
            if kept.withdrawn:
                raise InboxRefused(said("Its author has withdrawn this hand-in."), said("There is nothing to decide."))
            for index, decision in decisions.items():
                _check_decision(kept, index, decision)
            changed = {index: one for index, one in decisions.items() if kept.decision(index) != one}
            return self._remember(kept, Remembered(_now(), keeper, changed)) if changed else kept

    def withdraw(self, id: str, by: str) -> Kept:
        """Take a hand-in back, for its author, before anything of it was accepted or refused."""
        with self.alone():
            kept = self.get(id, by)
            if kept.withdrawn:
                return kept
            if not kept.may_be_withdrawn:
                raise InboxRefused(
                    said("A keeper has decided on this hand-in already."),
                    said("Hand in the change that is right instead."),
                )
            return self._remember(kept, Remembered(_now(), by, withdrawn=True))

    def enter(self, id: str, entries: tuple[int, ...], commit: str) -> Kept:
        """Remember that a commit holds entries, which is read from the commit and said here for whoever has no clone."""
        with self.alone():
            kept = self.get(id)
            if any(one.commit == commit and one.entered == entries for one in kept.history):
                return kept
            return self._remember(kept, Remembered(_now(), "", commit=commit, entered=entries))

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Keep other writers away, and take away what a killed one has left half written."""
        if not self.folder.is_dir():
            raise InboxRefused(
                said("The inbox {folder} is missing.", folder=self.folder),
                said("Whoever keeps the server makes it; nothing was kept."),
            )
        lock = FileLock(self.folder / LOCK, timeout=PATIENCE)
        try:
            lock.acquire()
        except Timeout as error:
            raise InboxRefused(said("Others are writing to the inbox."), said("Try again in a minute.")) from error
        except OSError as error:
            raise self._not_written(error) from error
        try:
            self._sweep()
            yield
        finally:
            lock.release()

    def _sweep(self) -> None:
        with suppress(OSError):  # what cannot be taken away disturbs nobody
            for folder in self._folders():
                for left in folder.glob(".*"):
                    left.unlink()
                if not any(folder.iterdir()):
                    folder.rmdir()

    def _not_written(self, error: OSError) -> InboxRefused:
        if error.errno in DISK_FULL:
            return InboxRefused(
                said("The disk of the inbox is full; nothing was kept."), said("Tell whoever keeps the server.")
            )
        return InboxRefused(
            said("The inbox cannot be written ({reason}); nothing was kept.", reason=error.strerror or str(error)),
            said("Tell whoever keeps the server."),
        )

    def _folders(self) -> list[Path]:
        """Those of the hand-ins, the newest first."""
        try:
            return sorted((one for one in self.folder.iterdir() if ID.fullmatch(one.name)), reverse=True)
        except OSError as error:
            raise InboxRefused(
                said("The inbox {folder} cannot be read ({reason}).", folder=self.folder, reason=error.strerror or ""),
                said("Tell whoever keeps the server."),
            ) from error

    def _read(self) -> Iterator[Kept | Damaged]:
        return (found for found in map(self._one, self._folders()) if found)

    def _one(self, folder: Path) -> Kept | Damaged | None:
        """A hand-in; None where there is none, also while its first file is being written."""
        try:
            first = folder / FIRST
            if not first.is_file():
                return Damaged(folder, f"{FIRST} is missing") if any(folder.glob("0*.json")) else None
            told = _first(first, first.stat().st_mtime_ns, first.stat().st_size)
            later = [path for path in sorted(folder.iterdir()) if LATER.fullmatch(path.name)]
            return Kept(told, tuple(_later(path, path.stat().st_mtime_ns, path.stat().st_size) for path in later))
        except (OSError, ValueError) as error:
            return Damaged(folder, str(error) or type(error).__name__)

    def _room(self, by: str, size: int) -> None:
        """That one more of this size may come from this log-in."""
        kept = self.all()
        if sum(one.open for one in kept if one.hand_in.by == by) >= MOST_OPEN_OF_ONE:
            raise InboxRefused(
                said("{n} hand-ins of yours wait for an answer; there may be no more at once.", n=MOST_OPEN_OF_ONE),
                said("Withdraw one, or wait until a keeper has answered."),
            )
        folders = self._folders()
        if len(folders) >= MOST:
            raise InboxRefused(
                said("The inbox holds {n} hand-ins and takes no more.", n=MOST),
                said("Tell a keeper: those that have ended can be moved out of it."),
            )
        held = sum(file.stat().st_size for folder in folders for file in folder.iterdir())
        if held + size > LARGEST_OF_ALL:
            raise InboxRefused(
                said("The inbox holds {size} MB and takes no more.", size=LARGEST_OF_ALL // 2**20),
                said("Tell a keeper: those that have ended can be moved out of it."),
            )

    def _remember(self, kept: Kept, one: Remembered) -> Kept:
        if len(kept.history) >= MOST_DECISIONS:
            raise InboxRefused(said("Too much was decided on this hand-in already."), said("Hand it in anew."))
        self._write(self.folder / kept.hand_in.id / f"{len(kept.history) + 1:04}.json", dumped(one))
        return replace(kept, history=(*kept.history, one))

    def _write(self, path: Path, content: bytes) -> None:
        try:
            path.parent.mkdir(exist_ok=True)
            write_bytes_atomically(path, content)
            for folder in (path.parent, self.folder):
                _sync(folder)
        except CannotWrite as error:
            cause = error.__cause__
            raise self._not_written(cause if isinstance(cause, OSError) else OSError(str(error))) from error
        except OSError as error:
            raise self._not_written(error) from error


def _sync(folder: Path) -> None:
    """That a new name is on the disk too, which a power cut would otherwise take."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


# files are written once, so whoever has read one need not read it again
@lru_cache(MOST)
def _first(path: Path, changed: int, size: int) -> HandIn:
    read = hand_in_of(_bytes(path, size))
    if read.id != path.parent.name:
        raise ValueError(f"{path.name}: it is of another hand-in")
    return read


@lru_cache(4 * MOST)
def _later(path: Path, changed: int, size: int) -> Remembered:
    return remembered_of(_bytes(path, size))


def _bytes(path: Path, size: int) -> bytes:
    if size > 2 * LARGEST:
        raise ValueError(f"{path.name}: larger than any that the inbox writes")
    return path.read_bytes()


def _check(hand_in: HandIn) -> None:
    """That a hand-in is one."""
    if not ID.fullmatch(hand_in.id) or not hand_in.by or hand_in.language not in LANGUAGES:
        raise InboxRefused(said("Nobody hands this in."), said("Log in and hand in again."))
    if not hand_in.entries:
        raise InboxRefused(said("It asks for nothing."), said("Change, add or confirm a record first."))
    if len(hand_in.entries) > MOST_ENTRIES:
        raise InboxRefused(
            said("It asks for {n} records; at most {most} at once.", n=len(hand_in.entries), most=MOST_ENTRIES),
            said("Hand it in in parts."),
        )
    if len(hand_in.remark) > LONGEST_REMARK:
        raise InboxRefused(
            said("The remark has {n} characters; at most {most}.", n=len(hand_in.remark), most=LONGEST_REMARK),
            said("Shorten it."),
        )
    if len(hand_in.name) > LONGEST_NAME:
        raise InboxRefused(said("The name of the file is too long."), said("Give the file a shorter name."))


def _check_decision(kept: Kept, index: int, decision: Decision) -> None:
    if not 0 <= index < len(kept.hand_in.entries):
        raise InboxRefused(said("There is no entry {n} in this hand-in.", n=index + 1), said("Open it again."))
    if kept.state(index) == ENTERED:
        raise InboxRefused(
            said("Entry {n} is in the records already.", n=index + 1), said("What is wrong with it is handed in anew.")
        )
    if decision.state not in DECIDED:
        raise InboxRefused(said("This is no decision: {state}.", state=decision.state), said("Choose one of the list."))
    if decision.state == ASKED_BACK and not decision.remark.strip():
        raise InboxRefused(
            said("Entry {n} is asked back without a word.", n=index + 1), said("Say in a remark what is missing.")
        )
    if len(decision.remark) > LONGEST_REMARK or len(decision.office) > LONGEST_NAME:
        raise InboxRefused(
            said("The remark on entry {n} is too long; at most {most} characters.", n=index + 1, most=LONGEST_REMARK),
            said("Shorten it."),
        )
