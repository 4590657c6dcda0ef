"""Files made in a process of their own, one at a time, so that no session waits for one; the others wait in line."""

import mmap
import os
import signal
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from functools import cache
from multiprocessing import get_context, parent_process
from pathlib import Path
from threading import Lock, Thread
from typing import Any, TypeVar

from server import run_lock

PATIENCE = 120  # seconds for those before
LONGEST = 90  # seconds of one job; a process that has not ended it by then is ended itself
MOST_MEMORY = 1500 * 2**20  # bytes of the process, which is ended beyond; address space would count what is never used
AT_ONCE = 2  # files of one visitor
PAGE = mmap.PAGESIZE
_line, _counting = Lock(), Lock()
_asked: Counter[str] = Counter()  # by visitors, and not made yet
Made = TypeVar("Made")


class Refused(Exception):
    """A file is not made: its visitor has too many under way, or has left."""


def for_visitor(session: str, make: Callable[..., Made], /, *arguments: Any, **options: Any) -> Made:
    """As :func:`apart`, for one of many visitors: so many files at once that nobody keeps the others waiting.

    :param session: of Streamlit; when it has ended before its turn comes, nothing is made.
    :raises Refused: the visitor waits for :data:`AT_ONCE` already, or is gone.
    """
    with _counting:
        if _asked[session] >= AT_ONCE:
            raise Refused("too many files of one visitor at once")
        _asked[session] += 1
    try:
        return _in_turn(make, arguments, options, lambda: _is_there(session))
    finally:
        with _counting:
            _asked[session] -= 1
            if not _asked[session]:
                del _asked[session]


def waiting() -> int:
    """How many files are asked for and not made yet."""
    with _counting:
        return _asked.total()


def _is_there(session: str) -> bool:
    from streamlit import runtime  # the process that makes the files reads this module too, and needs no page

    return not runtime.exists() or runtime.get_instance().is_active_session(session)


def apart(make: Callable[..., Made], /, *arguments: Any, **options: Any) -> Made:
    """What a function returns, without taking time from a session; it, its arguments and that can be pickled.

    An atlas among the arguments is the very version that was handed on, whatever is shown or stands in data/ by then.

    :raises TimeoutError: its turn does not come within :data:`PATIENCE`, or it takes longer than :data:`LONGEST`.
    """
    with run_lock.aside():
        return _in_turn(make, arguments, options, lambda: True)


def _in_turn(make: Callable[..., Made], arguments: tuple, options: dict, wanted: Callable[[], bool]) -> Made:
    if not _line.acquire(timeout=PATIENCE):
        raise TimeoutError
    try:
        if not wanted():
            raise Refused("the visitor has left")
        return _made(make, arguments, options)
    except BrokenProcessPool:
        # a system without memory left ends a process; whoever waited for it is served by the next one
        return _made(make, arguments, options)
    finally:
        _line.release()


def _made(make: Callable[..., Made], arguments: tuple, options: dict) -> Made:
    pool, process = _started()
    try:
        return _watched(pool.submit(make, *arguments, **options), process)
    except (TimeoutError, MemoryError, BrokenProcessPool):
        _started.cache_clear()
        with suppress(OSError):  # it is gone; systems have several words for that
            os.kill(process, signal.SIGTERM)
        raise


def _watched(job: Future[Made], process: int) -> Made:
    """What a job gives, asked for again and again so that neither its time nor its memory runs out of bounds."""
    end = time.monotonic() + LONGEST
    while (left := end - time.monotonic()) > 0:
        if wait([job], min(left, 0.5)).done:
            return job.result()
        if _resident(process) > MOST_MEMORY:
            raise MemoryError
    raise TimeoutError


def _resident(process: int) -> int:
    """Bytes of memory that a process holds; 0 where the system does not tell."""
    try:
        return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * PAGE
    except (OSError, ValueError, IndexError):
        return 0


@cache
def _started() -> tuple[ProcessPoolExecutor, int]:
    """The process and its number."""
    pool = ProcessPoolExecutor(max_workers=1, mp_context=get_context("spawn"), initializer=_end_with_the_server)
    return pool, pool.submit(os.getpid).result()


def _end_with_the_server() -> None:
    """Have this process end when the one that started it does, however that one ends, and first where memory runs out."""
    with suppress(OSError):  # of Linux alone
        Path("/proc/self/oom_score_adj").write_text("500")

    def watch() -> None:
        parent = parent_process()
        if parent:
            parent.join()
        os._exit(0)

    Thread(target=watch, daemon=True).start()
