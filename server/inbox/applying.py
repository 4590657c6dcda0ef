"""Accepted entries of a hand-in become one commit of the records, and data/ what that commit gives.

The tables are merged, checked and built in a temporary folder. What was written then takes its place by one step that
either happens or does not: the branch leads to the commit. Files follow, and where a process was killed before they
did, the next start ends it. Which entries have entered is read from the commits.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from atlas import AtlasError, build, records
from atlas.exports.contributions.asked import CHANGED, NEW
from atlas.files import temporary_folder
from atlas.model.atlas import MANIFEST
from atlas.records import InvalidRecords
from atlas.records.said import said
from server.inbox.box import Inbox
from server.inbox.clone import Clone, changed_by_others, opened
from server.inbox.hand_in import ACCEPTED, Decision, HandIn, InboxRefused, Kept
from server.inbox.rows import Merged, Standing, changes_nothing, cited, confirm, merge, named, standing, write

CITATION = "CITATION.cff"
LONGEST_SHOWN = 300  # characters of a cell or remark in the message of a commit


@dataclass(frozen=True)
class Applied:
    """What came of it.

    commit: none where nothing was left to enter; entries: indexes of those that it holds; published: the number of the
    version in the shared store; unpublished: why it is not there.
    """

    commit: str | None
    entries: tuple[int, ...]
    published: int | None = None
    unpublished: str = ""


def apply(
    inbox: Inbox, id: str, keeper: str, folder: Path, store: str | None = None, now: datetime | None = None
) -> Applied:
    """Let the accepted entries of a hand-in enter the records, with what was accepted of it since the last time.

    Repeated, it changes nothing. Confirmations of records whose table has no cell for them stay decisions.

    :param folder: the clone; its working tree has no changes of records that nobody has committed.
    :param store: the address of the shared store to which data/ is published, with the right to write.
    :param now: of the commit and the version; this moment if left out.
    :raises InboxRefused: see :class:`server.inbox.Inbox` and :func:`server.inbox.clone.opened`; or the clone has changes
        that nobody has committed, or somebody has decided or committed meanwhile.
    :raises atlas.records.InvalidRecords: the records would be wrong; nothing changes.
    :raises atlas.build.BuildRunning: another command writes data/; what was begun is ended by the next application.
    """
    when = now or datetime.now(UTC)
    with opened(folder) as clone:
        clone.sweep()
        settle(inbox, clone)
        entries = _to_enter(inbox.get(id), clone)
        if others := clone.foreign():
            raise changed_by_others(others)
        commit = _enter(inbox, clone, id, entries, keeper, when) if entries else None
        return _published(Applied(commit, tuple(entries)), clone.folder / "data", store)


def _enter(inbox: Inbox, clone: Clone, id: str, entries: Mapping[int, Decision], keeper: str, now: datetime) -> str:
    kept, before = inbox.get(id), clone.head
    with temporary_folder() as made:
        files, message = _made(clone, made, kept, entries, keeper, now)
    prepared = clone.prepare(files, message, kept.hand_in, keeper, now)
    with inbox.alone():
        if _to_enter(inbox.get(id), clone) != entries:
            raise InboxRefused(said("Decisions on this hand-in have changed meanwhile."), said("Apply it again."))
        clone.move(before, prepared, keeper)
    settle(inbox, clone)
    return prepared.decode()


def settle(inbox: Inbox, clone: Clone) -> None:
    """End what a killed application has begun: files, data/, and what the inbox says of it."""
    if clone.settle():
        _install(clone)
        clone.note_index()
    accepted = [one for one in inbox.all() if ACCEPTED in one.states]
    held = clone.entered(min(one.hand_in.at for one in accepted)) if accepted else {}
    for kept in accepted:
        commits = held.get(kept.hand_in.id, {})
        for commit in dict.fromkeys(commits.values()):
            inbox.enter(kept.hand_in.id, tuple(index for index, one in commits.items() if one == commit), commit)
    clone.forget()


def _to_enter(kept: Kept, clone: Clone) -> dict[int, Decision]:
    """The decisions that accept what no commit holds yet."""
    held = clone.entered(kept.hand_in.at).get(kept.hand_in.id, {})
    found = {index: kept.decision(index) for index in range(len(kept.hand_in.entries)) if index not in held}
    return {
        index: one
        for index, one in found.items()
        if one and one.state == ACCEPTED and not changes_nothing(kept.hand_in.entries[index])
    }


def _made(
    clone: Clone, made: Path, kept: Kept, entries: Mapping[int, Decision], keeper: str, now: datetime
) -> tuple[dict[str, bytes], str]:
    """The files of the commit by path, and its message."""
    tracked = clone.tracked(clone.head)
    for path, (_, blob) in tracked.items():
        if path.startswith(("seeds/", "data/layers/")):
            (made / path).parent.mkdir(parents=True, exist_ok=True)
            (made / path).write_bytes(clone.content(blob))
    seeds, data = made / "seeds", made / "data"
    _lay_layers(clone, data)
    was = standing(seeds)
    merged = merge(was, kept.hand_in, entries)
    confirm(was, merged, kept.hand_in, entries)
    changed = write(seeds, was, merged, now.date())
    for name, content in changed.items():
        (seeds / name).write_bytes(content)
    files = {f"seeds/{name}": content for name, content in changed.items()}
    if records.DESCRIPTION in changed and CITATION in tracked:
        files[CITATION] = cited(clone.content(tracked[CITATION][1]).decode(), now.date()).encode()
    try:
        build.build(seeds, data)
    except InvalidRecords as invalid:
        raise InvalidRecords(named(invalid.problems, seeds)) from invalid
    if any(path.startswith("data/") for path in tracked):
        files |= {f"data/{name}": content for name, content in _built(data).items()}
    return files, "\n".join(_message(was, merged, kept.hand_in, entries, keeper))


def _lay_layers(clone: Clone, data: Path) -> None:
    """Layers that the clone does not track are taken as they lie in it."""
    for path in (clone.folder / "data" / "layers").glob("*"):
        there = data / "layers" / path.name
        if not there.exists() and path.is_file():
            there.parent.mkdir(parents=True, exist_ok=True)
            there.write_bytes(path.read_bytes())
    if not any((data / "layers").glob("*.geojson")):
        raise InboxRefused(
            said("{folder} has no layers in data/.", folder=clone.folder), said("run there: python -m atlas build")
        )


def _built(data: Path) -> dict[str, bytes]:
    """The files that a build wrote, by name."""
    return {
        path.relative_to(data).as_posix(): path.read_bytes()
        for path in sorted(data.rglob("*"))
        if path.is_file() and not path.name.startswith(".")
    }


def _install(clone: Clone) -> None:
    """Put data/ in place as the commit has it; where it has none, as its tables give it."""
    tracked, folder = clone.tracked(clone.head), clone.folder / "data"
    if f"data/{MANIFEST}" not in tracked:
        build.build(clone.folder / "seeds", folder)
        return
    manifest = clone.content(tracked[f"data/{MANIFEST}"][1])
    files = {name: clone.content(tracked[f"data/{name}"][1]) for name in json.loads(manifest)["files"]}
    with build.alone(folder):
        build.install(folder, files | {MANIFEST: manifest})


def _published(applied: Applied, data: Path, store: str | None) -> Applied:
    if not store:
        return applied
    from server import postgres

    try:
        return replace(applied, published=postgres.publish(store, data))
    except AtlasError as error:  # the commit stands; the next application, or `publish`, tries again
        return replace(applied, unpublished=str(error))


def _message(
    was: Standing, merged: Merged, hand_in: HandIn, entries: Mapping[int, Decision], keeper: str
) -> Iterator[str]:
    """The message of the commit, line by line: what, by whom, why, and with which sources."""
    counted = Counter(kind for kind, found in ((NEW, merged.new), (CHANGED, merged.changed)) for _ in found)
    yield f"Records: {', '.join(f'{n} {kind}' for kind, n in counted.items()) or 'nothing new'}, asked for by {hand_in.by}"[
        :72
    ]
    yield ""
    yield f"Handed in on {hand_in.at[:10]}" + (f' in "{_plain(hand_in.name)}"' if hand_in.name else "")
    yield f"Accepted by {keeper}"
    if hand_in.remark.strip():
        yield f"Reason: {_plain(hand_in.remark)}"
    for (table, id), row in merged.new.items():
        yield from _told(NEW, table, id, {}, {name: value for name, value in row.items() if value}, row)
    for (table, id), cells in merged.changed.items():
        yield from _told(CHANGED, table, id, was.rows[table][id], cells, was.rows[table][id] | cells)
    for index, decision in entries.items():
        if decision.remark.strip():
            yield ""
            yield f"Keeper on {hand_in.entries[index].table} {_plain(hand_in.entries[index].id)}: {_plain(decision.remark)}"
    yield ""
    yield f"Hand-in: {hand_in.id} entries {' '.join(str(index + 1) for index in entries)}"
    yield ""


def _told(
    kind: str, table: str, id: str, before: Mapping[str, str], cells: Mapping[str, str], row: Mapping[str, str]
) -> Iterator[str]:
    yield ""
    yield f"{table} {_plain(id)} ({kind})"
    for column, value in cells.items():
        was = f"{_plain(before.get(column, '')) or 'nothing'} -> " if kind == CHANGED else ""
        if value != before.get(column, ""):
            yield f"  {column}: {was}{_plain(value) or 'nothing'}"
    if row.get("sources"):
        yield f"  rests on: {_plain(row['sources'])}"


def _plain(text: str) -> str:
    """A text in one printable line, shortened, so that none is read as another line of the message."""
    line = "".join(one if one.isprintable() else " " for one in text).strip()
    return line if len(line) <= LONGEST_SHOWN else f"{line[: LONGEST_SHOWN - 1]}…"
