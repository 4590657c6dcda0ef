"""The commands for hand-ins: listing them, showing one, and letting what was accepted enter the records."""

import argparse
import getpass
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from atlas import ROOT, AtlasError, records
from server.inbox import INBOX, RECORDS, WRITER, Inbox, InboxRefused, Kept
from server.inbox.conflicts import GONE, Conflict, Wish, conflicts
from server.inbox.rows import standing

LONGEST = 200  # letters of a value that a line shows


def inbox_list(options: argparse.Namespace) -> int:
    """Print a line a hand-in, the newest first; exit 1 where one cannot be read."""
    inbox = _inbox(options)
    for kept in inbox.all():
        if options.all or kept.open:
            counts = ", ".join(f"{n} {state}" for state, n in kept.counted.items())
            told = kept.hand_in
            print(f"{told.id}  {told.at}  {_shown(told.by)}  {_shown(told.name) or '(no file)'}  {counts}")
    for one in inbox.damaged():
        print(f"{one.folder}: cannot be read ({_shown(one.reason)})", file=sys.stderr)
    return 1 if inbox.damaged() else 0


def inbox_show(options: argparse.Namespace) -> None:
    """Print one hand-in: every entry with its state, what is asked for, and what contradicts it."""
    inbox = _inbox(options)
    kept = inbox.get(options.id)
    found = conflicts(inbox.all(), standing(options.records / "seeds"))
    print("\n".join(_told(kept, found)))


def inbox_apply(options: argparse.Namespace) -> int:
    """Let accepted entries enter the records, a commit a hand-in, the oldest first; go on where one cannot."""
    from server.inbox.applying import apply  # git takes a moment to import, which the other commands need not wait for

    inbox = _inbox(options)
    wrong = 0
    for id in options.id or [kept.hand_in.id for kept in reversed(inbox.all())]:
        try:
            done = apply(inbox, id, options.keeper, options.records, options.store)
        except records.InvalidRecords as error:
            wrong += 1
            print(f"{id}: nothing was changed", *error.problems, sep="\n  ")
            continue
        if done.commit:
            print(f"{id}: {len(done.entries)} entered with commit {done.commit[:12]}")
        elif options.id:
            print(f"{id}: nothing accepted is left to enter")
        if done.unpublished:
            raise AtlasError(f"the records have changed, but the store has not: {done.unpublished}", "")
    return 1 if wrong else 0


def _inbox(options: argparse.Namespace) -> Inbox:
    folder = options.inbox or os.environ.get(INBOX)
    if not folder:
        raise InboxRefused(f"no inbox: {INBOX} is not set", "set it, or name a folder with --inbox")
    return Inbox(Path(folder))


def _told(kept: Kept, found: tuple[Conflict, ...]) -> Iterator[str]:
    told = kept.hand_in
    yield f"{told.id}  {told.at}  {_shown(told.by)}  {_shown(told.name)}  of the records of {told.version or 'no version'}"
    if told.remark:
        yield f"  {_shown(told.remark)}"
    for index, (entry, state) in enumerate(zip(told.entries, kept.states)):
        yield f"{index + 1}. {state}: {entry.kind} {entry.table} {_shown(entry.id)}"
        for column, value in entry.cells.items():
            yield f"  {column}: {_shown(entry.given.get(column, '')) or 'nothing'} → {_shown(value) or 'nothing'}"
        decision = kept.decision(index)
        if decision and decision.remark:
            yield f"  keeper: {_shown(decision.remark)}"
        for one in found:
            others = [wish for wish in one.wishes if (wish.hand_in, wish.index) != (told.id, index)]
            if len(others) < len(one.wishes):
                yield f"  conflict, {one.kind}{f' of {one.column}' if one.column else ''}: {_against(one, others)}"


def _against(one: Conflict, others: list[Wish]) -> str:
    """What stands against an entry: a value of the records, or what others ask for."""
    if one.standing is not None:
        return f"{_shown(one.standing) or 'nothing'} stands"
    said = (
        f"{_shown(wish.by)} ({wish.hand_in})" + (f": {_shown(wish.value)}" if wish.value else "") for wish in others
    )
    return ", ".join(said) or ("no such record" if one.kind == GONE else "there is another record")


def _shown(text: str) -> str:
    """A text of a stranger in one printable line, shortened."""
    line = "".join(one if one.isprintable() else f"\\u{ord(one):04x}" for one in text)
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…"


def add_arguments(command: argparse.ArgumentParser, writes: bool = False) -> None:
    """The options that say where inbox and records are."""
    command.add_argument("--inbox", type=Path, metavar="FOLDER", help=f"the inbox ({INBOX} in the environment)")
    command.add_argument(
        "--records",
        type=Path,
        metavar="FOLDER",
        default=Path(os.environ.get(RECORDS) or ROOT),
        help=f"the git clone of the records ({RECORDS} in the environment, otherwise this one)",
    )
    if writes:
        command.add_argument("--keeper", default=getpass.getuser(), help="who commits (the name of this user)")
        command.add_argument(
            "--store",
            metavar="ADDRESS",
            default=os.environ.get(WRITER),
            help=f"the shared store to publish to, with the right to write ({WRITER} in the environment)",
        )
