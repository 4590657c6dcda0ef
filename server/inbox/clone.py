"""The git clone whose records are changed: read, committed to as a whole, and mended after a killed process."""

import json
import os
import re
import stat
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from dulwich.errors import NotGitRepository
from dulwich.file import FileLocked
from dulwich.index import index_entry_from_stat
from dulwich.object_store import commit_tree_changes, iter_tree_contents
from dulwich.objects import Blob, Commit, ObjectID
from dulwich.refs import HEADREF
from dulwich.repo import Repo
from filelock import FileLock, Timeout

from atlas.files import CannotWrite, write_bytes_atomically
from atlas.records.said import said
from server.inbox.hand_in import HandIn, InboxRefused

OURS = ("seeds/", "data/", "CITATION.cff")
JOURNAL = "atlas-inbox.json"
LOCK = "atlas-inbox.lock"
PATIENCE = 60  # seconds: of an application, which builds data/
SHOWN = 3  # files that a message names
TRAILER = re.compile(r"^Hand-in: (\S+) entries ((?:\d+ ?)+)$", re.MULTILINE)
ONE_DAY = 24 * 60 * 60


class Clone:
    """A clone that :func:`opened` gives: nobody else applies anything to it meanwhile."""

    def __init__(self, repo: Repo):
        self.repo = repo
        self.repo.object_store.fsync_object_files = True
        self.folder = Path(repo.path)
        self.journal = Path(repo.controldir()) / JOURNAL

    @property
    def head(self) -> ObjectID:
        """The commit that stands."""
        return self.repo.head()

    def tracked(self, commit: ObjectID) -> dict[str, tuple[int, ObjectID]]:
        """Mode and blob of the files of records, data and citation in a commit, by path."""
        told = self.repo[commit]
        assert isinstance(told, Commit)
        entries = iter_tree_contents(self.repo.object_store, told.tree)
        return {
            path: (entry.mode, entry.sha)
            for entry in entries
            if entry.path and entry.mode and entry.sha and (path := os.fsdecode(entry.path)).startswith(OURS)
        }

    def content(self, blob: ObjectID) -> bytes:
        """What a file holds."""
        found = self.repo[blob]
        assert isinstance(found, Blob)
        return found.data

    def foreign(self) -> list[str]:
        """Files of records, data and citation that differ from the commit that stands, and tables that it does not have."""
        tracked, index = self.tracked(self.head), self.repo.open_index()
        found = [path for path, (_, blob) in tracked.items() if self._blob(path) != blob]
        for path, (_, blob) in tracked.items():
            key = os.fsencode(path)
            if key not in index or getattr(index[key], "sha", None) != blob:
                found.append(path)
        for file in (self.folder / "seeds").glob("**/*"):
            name = file.relative_to(self.folder).as_posix()
            if file.is_file() and not file.name.startswith(".") and name not in tracked:
                found.append(name)
        return sorted(set(found))

    def _blob(self, path: str) -> ObjectID | None:
        with suppress(OSError):
            return Blob.from_string((self.folder / path).read_bytes()).id
        return None

    def entered(self, since: str) -> dict[str, dict[int, str]]:
        """What the commits hold of hand-ins: id -> index of an entry -> commit.

        :param since: a time (ISO 8601); commits that are a day older are not looked at.
        """
        begin = int(datetime.fromisoformat(since).timestamp()) - ONE_DAY
        found: dict[str, dict[int, str]] = {}
        for one in self.repo.get_walker(include=[self.head], since=begin):
            for id, entries in TRAILER.findall(one.commit.message.decode("utf-8", "replace")):
                held = found.setdefault(id, {})
                for number in entries.split():
                    held.setdefault(int(number) - 1, one.commit.id.decode())
        return found

    def prepare(
        self, files: Mapping[str, bytes], message: str, hand_in: HandIn, keeper: str, now: datetime
    ) -> ObjectID:
        """Write the commit of some files upon the one that stands, which nothing leads to yet."""
        before = self.head
        self._note({"before": before.decode()})
        parent = self.repo[before]
        assert isinstance(parent, Commit)
        tracked = self.tracked(before)
        changes: list[tuple[bytes, int | None, ObjectID | None]] = []
        for path, content in files.items():
            blob = Blob.from_string(content)
            mode, stands = tracked.get(path, (stat.S_IFREG | 0o644, None))
            if blob.id != stands:
                self.repo.object_store.add_object(blob)
                changes.append((os.fsencode(path), mode, blob.id))
        commit = Commit()
        commit.tree = commit_tree_changes(self.repo.object_store, parent.tree, changes)
        commit.parents = [before]
        commit.author, commit.committer = _person(hand_in.by), _person(keeper)
        commit.author_time = int(datetime.fromisoformat(hand_in.at).timestamp())
        commit.commit_time = int(now.timestamp())
        commit.author_timezone = commit.commit_timezone = 0
        commit.encoding = b"UTF-8"
        commit.message = message.encode()
        self.repo.object_store.add_object(commit)
        self._note({"before": before.decode(), "commit": commit.id.decode()})
        return commit.id

    def move(self, before: ObjectID, commit: ObjectID, keeper: str) -> None:
        """Let the branch lead to a prepared commit, which is when it happens; refused where the branch has moved."""
        try:
            moved = self.repo.refs.set_if_equals(
                HEADREF, before, commit, committer=_person(keeper), message=b"inbox: accepted entries"
            )
        except FileLocked:
            moved = False
        if not moved:
            raise InboxRefused(
                said("Somebody else has changed the records in the meantime."), said("Look at them and apply again.")
            )

    def settle(self) -> bool:
        """Bring the files where the branch leads after :meth:`move`; whether there was anything to do.

        Called at every start, it ends what a killed process has begun. `data/` is left to the caller.
        """
        told = self._told()
        if self.head.decode() != told.get("commit"):
            return False
        was, now = (self.tracked(ObjectID(told[name].encode())) for name in ("before", "commit"))
        paths = [path for path, entry in now.items() if was.get(path) != entry]
        for file in (self.folder / path for path in paths):
            for left in file.parent.glob(f".{file.name[:40]}.*"):
                left.unlink()
        mine = [path for path in paths if not path.startswith("data/")]
        if others := [path for path in mine if self._blob(path) not in (was.get(path, (0, None))[1], now[path][1])]:
            raise changed_by_others(others)
        for path in mine:
            if self._blob(path) != now[path][1]:
                write_bytes_atomically(self.folder / path, self.content(now[path][1]))
        return True

    def note_index(self) -> None:
        """Tell git's index of the files that stand as the commit has them."""
        index = self.repo.open_index()
        for path, (mode, blob) in self.tracked(self.head).items():
            if self._blob(path) == blob:
                index[os.fsencode(path)] = index_entry_from_stat(os.stat(self.folder / path), blob, mode)
        index.write()

    def sweep(self) -> None:
        """Take away what a killed application has left: its note proves that locks are its own."""
        control = Path(self.repo.controldir())
        for left in control.glob(f".{JOURNAL}.*"):
            left.unlink()
        if self.journal.exists():
            reference = os.fsdecode(self.repo.refs.follow(HEADREF)[0][-1])
            objects = (control / "objects").glob("??/*.lock")
            for left in (*objects, control / "index.lock", control / f"{reference}.lock"):
                left.unlink(missing_ok=True)

    def forget(self) -> None:
        """That nothing is left to be ended."""
        self.journal.unlink(missing_ok=True)

    def _note(self, told: dict[str, str]) -> None:
        write_bytes_atomically(self.journal, json.dumps(told).encode())

    def _told(self) -> dict[str, str]:
        try:
            return json.loads(self.journal.read_bytes())
        except (FileNotFoundError, ValueError):
            return {}


def _person(name: str) -> bytes:
    """Who made a commit; no name of a log-in is taken for an address that somebody has."""
    address = name if "@" in name else f"{name}@log-in.invalid"
    return f"{name} <{address}>".encode()


def changed_by_others(paths: Iterable[str]) -> InboxRefused:
    """That files were changed by hand and not committed."""
    named = list(paths)
    shown = ", ".join(named[:SHOWN]) + (", …" if len(named) > SHOWN else "")
    return InboxRefused(
        said("The records have changes that nobody has committed: {files}.", files=shown),
        said("Commit them, or take them back with git, and apply again."),
    )


@contextmanager
def opened(folder: Path) -> Iterator[Clone]:
    """The clone in a folder, for one process at a time.

    :raises InboxRefused: it is no clone with records, or another process holds it.
    :raises atlas.files.CannotWrite: the disk is full, or writing there is not allowed; what was begun is ended next time.
    """
    try:
        repo = Repo(str(folder))
    except NotGitRepository:
        raise _no_clone(folder) from None
    with repo:
        if repo.bare or not (folder / "seeds").is_dir():
            raise _no_clone(folder)
        lock = FileLock(Path(repo.controldir()) / LOCK, timeout=PATIENCE)
        try:
            lock.acquire()
        except Timeout as error:
            raise InboxRefused(said("Others are changing the records."), said("Try again in a minute.")) from error
        except OSError as error:
            raise InboxRefused(
                said("{folder} cannot be written ({reason}).", folder=folder, reason=error.strerror or ""),
                said("Tell whoever keeps the server."),
            ) from error
        try:
            yield Clone(repo)
        except FileLocked as error:
            raise InboxRefused(
                said("Somebody is working with git in {folder}.", folder=folder),
                said("Apply again when that has ended."),
            ) from error
        except OSError as error:
            raise CannotWrite(folder, error) from error
        finally:
            lock.release()


def _no_clone(folder: Path) -> InboxRefused:
    return InboxRefused(
        said("{folder} is no git clone of the records.", folder=folder),
        said("name a clone with a working tree in ATLAS_RECORDS"),
    )
