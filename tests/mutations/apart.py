"""Something tried in a process of its own, within bounds of time and memory, whose traces are looked for afterwards."""

import os
import resource
import shutil
import signal
import sys
import tempfile
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

HOLDS = "holds"  # what an outcome that is no fault begins with


@dataclass(frozen=True)
class Outcome:
    """What became of it: what it said or how it failed, processor seconds, megabytes at most, files that it left."""

    said: str
    seconds: float
    megabytes: float
    left: tuple[str, ...]

    def fault(self, seconds: float, megabytes: float) -> str | None:
        """What is wrong with it; None where nothing is."""
        if not self.said.startswith(HOLDS):
            return self.said
        if self.seconds > seconds:
            return f"took {self.seconds:.1f} s of the processor"
        if self.megabytes > megabytes:
            return f"took {self.megabytes:.0f} MB"
        return f"left {', '.join(self.left)}" if self.left else None


def tried(action: Callable[[Path], str], seconds: int) -> Outcome:
    """Run an action with an empty temporary folder; it gets another one for its own files.

    It is ended after so many seconds of the processor, or ten times as many by the clock.
    """
    own, temporary = Path(tempfile.mkdtemp()), Path(tempfile.mkdtemp())
    try:
        reading, writing = os.pipe()
        begun = _megabytes(resource.getrusage(resource.RUSAGE_SELF))
        child = os.fork()
        if child == 0:
            os.close(reading)
            _run(action, own, temporary, writing, seconds)
        os.close(writing)
        with os.fdopen(reading, "rb") as pipe:
            said = pipe.read().decode("utf-8", "replace")
        _, status, used = os.wait4(child, 0)
        ended = os.waitstatus_to_exitcode(status)
        left = tuple(sorted(path.name for path in temporary.iterdir()))
        if ended:
            said = f"ended by {signal.Signals(-ended).name if ended < 0 else ended}: {said}"
        return Outcome(said, used.ru_utime + used.ru_stime, max(0.0, _megabytes(used) - begun), left)
    finally:
        shutil.rmtree(own)
        shutil.rmtree(temporary)


def _megabytes(used: resource.struct_rusage) -> float:
    return used.ru_maxrss / 1024


def _run(action: Callable[[Path], str], own: Path, temporary: Path, writing: int, seconds: int) -> None:
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.alarm(seconds * 10)
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 5))
    tempfile.tempdir = str(temporary)
    with os.fdopen(writing, "wb") as pipe:
        try:
            said = action(own)
        except BaseException:
            said = traceback.format_exc()
        pipe.write(said.encode("utf-8", "backslashreplace"))
    sys.stdout.flush()
    os._exit(0)
