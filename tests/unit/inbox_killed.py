"""Processes that hand in, decide and apply, killed at random moments: ``python -m tests.unit.inbox_killed [TIMES] [SEED]``.

Half of them are killed by the clock, half at one of the moments at which they change a file. Whatever was acknowledged
is there afterwards, what was not is there whole or not at all, and the next application ends what was begun.
"""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from atlas import records
from atlas.exports.contributions.asked import Asked
from atlas.model import store
from server.inbox import ACCEPTED, ENTERED, WAITING, Decision, Inbox, handed_in
from server.inbox.applying import apply
from server.inbox.rows import standing
from tests.unit import records_clone

TIE = "twin-dong-van-funing"
STEPS = ("put", "decide", "apply")
OPERATIONS = ("replace", "rename", "unlink", "remove", "mkdir", "fsync", "open", "rmdir")


def killed(folder: Path, times: int, seed: int) -> Counter[str]:
    """Kill so many processes and look after each; how many were killed before the end of each step."""
    chance = random.Random(seed)
    clone = records_clone.made(folder)
    (folder / "inbox").mkdir()
    found: Counter[str] = Counter()
    seconds, operations = _measured(folder, clone)
    for number in range(times):
        step = STEPS[number % 3] if number % 2 else "apply"
        told = _run(folder, clone, f"Note {number}", step, chance, seconds, operations, by_clock=number % 4 < 2)
        found[f"in {step}" if told[-1:] != ["end"] else "too late"] += 1
        _look(folder, clone, told, f"Note {number}")
    assert records.validate(clone / "seeds") == []
    assert _git(clone, "rev-list", "--count", "HEAD").strip() == str(2 + times)
    return found


def _measured(folder: Path, clone: Path) -> tuple[dict[str, float], dict[str, int]]:
    """How long each step takes, and how many files it changes."""
    read, write = os.pipe()
    if (child := os.fork()) == 0:
        counted = _counting(None)
        told: dict[str, list] = {}
        for step, work in _steps(folder, clone, "Note of a first one", lambda id: None):
            began, before = time.monotonic(), counted[0]
            work()
            told[step] = [time.monotonic() - began, counted[0] - before]
        os.write(write, json.dumps(told).encode())
        os._exit(0)
    os.waitpid(child, 0)
    told = json.loads(os.read(read, 2**16))
    return {step: one[0] for step, one in told.items()}, {step: one[1] for step, one in told.items()}


def _run(folder, clone, note, step, chance, seconds, operations, by_clock) -> list[str]:
    """Start a process, kill it within a step, and return what it had acknowledged."""
    read, write = os.pipe()
    at = None if by_clock else chance.randint(1, operations[step])
    child = os.fork()
    if child == 0:
        os.close(read)

        def say(text: str) -> None:
            os.write(write, f"{text}\n".encode())

        for name, work in _steps(folder, clone, note, say):
            if name == step:
                say("begins")
                _counting(at)
            work()
            say(name)
        say("end")
        os._exit(0)
    os.close(write)
    with os.fdopen(read) as heard:
        told = []
        while (line := heard.readline().strip()) != "begins":
            told.append(line)
        if by_clock:
            time.sleep(chance.uniform(0, seconds[step]))
            os.kill(child, signal.SIGKILL)
        told += heard.read().split("\n")[:-1]
    os.waitpid(child, 0)
    return told


def _steps(folder, clone, note, say):
    """The work of one process."""
    inbox = Inbox(folder / "inbox")
    given = standing(clone / "seeds").rows["twinnings"][TIE]["note_en"]
    entry = Asked("changed", "twinnings", TIE, {"note_en": note}, {"note_en": given})
    one = handed_in("office", "file.xlsx", "", "vi", None, [entry])
    say(f"id {one.id}")
    yield "put", lambda: inbox.put(one)
    yield "decide", lambda: inbox.decide(one.id, {0: Decision(ACCEPTED)}, "keeper")
    yield "apply", lambda: apply(inbox, one.id, "keeper", clone)


def _counting(at: int | None) -> list[int]:
    """Count the moments at which a file is changed, and end the process at one of them, before or after the change."""
    counted = [0]

    def counting(work):
        def counts(*arguments, **named):
            counted[0] += 1
            if counted[0] == at and counted[0] % 2:
                os.kill(os.getpid(), signal.SIGKILL)
            done = work(*arguments, **named)
            if counted[0] == at:
                os.kill(os.getpid(), signal.SIGKILL)
            return done

        return counts

    for name in OPERATIONS:
        setattr(os, name, counting(getattr(os, name)))
    return counted


def _look(folder: Path, clone: Path, told: list[str], note: str) -> None:
    """That all is whole, at once and after the next application."""
    inbox = Inbox(folder / "inbox")
    id = told[0].removeprefix("id ")
    assert inbox.damaged() == ()
    kept = {one.hand_in.id: one for one in inbox.all()}
    assert "put" not in told or id in kept, "what was acknowledged is lost"
    assert "decide" not in told or kept[id].states[0] in (ACCEPTED, ENTERED)
    assert "apply" not in told or kept[id].states[0] == ENTERED
    assert all(one.states == (ENTERED,) for other, one in kept.items() if other != id)
    store.load(clone / "data")
    _git(clone, "rev-parse", "HEAD^{tree}")
    if id not in kept:
        entry = Asked("changed", "twinnings", TIE, {"note_en": note}, {"note_en": _stands(clone)})
        id = inbox.put(handed_in("office", "file.xlsx", "", "vi", None, [entry]))
    if inbox.get(id).states[0] == WAITING:
        inbox.decide(id, {0: Decision(ACCEPTED)}, "keeper")
    apply(inbox, id, "keeper", clone)
    assert inbox.get(id).states == (ENTERED,)
    assert _git(clone, "status", "--porcelain") == ""
    _git(clone, "fsck", "--strict")
    assert _git(clone, "log", "--format=%H", f"--grep=Hand-in: {id}").count("\n") == 1, "it has entered once"
    assert _stands(clone) == note
    assert store.load(clone / "data").twinnings.at[TIE, "note_en"] == note
    left = [path for path in clone.rglob(".*") if path.name not in (".git", ".gitignore", ".lock")]
    assert left == [], "half a file is left"


def _stands(clone: Path) -> str:
    return standing(clone / "seeds").rows["twinnings"][TIE]["note_en"]


def _git(clone: Path, *arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=clone, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


if __name__ == "__main__":
    times, seed = (int(one) for one in (*sys.argv[1:], *("50", "1")[len(sys.argv) - 1 :]))
    made = Path(tempfile.mkdtemp())
    print(f"killed {times}, all whole: {dict(killed(made, times, seed))}")
    shutil.rmtree(made)
