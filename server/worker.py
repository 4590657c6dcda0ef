"""Files made in a process of their own, one at a time, so that no session waits for one; the others wait in line."""

import os
import signal
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from functools import cache
from multiprocessing import get_context, parent_process
from threading import Lock, Thread
from typing import Any, TypeVar

PATIENCE = 120  # seconds for those before
LONGEST = 90  # seconds of one job; a process that has not ended it by then is ended itself
_line = Lock()
Made = TypeVar("Made")


def apart(make: Callable[..., Made], *arguments: Any, **options: Any) -> Made:
    """What a function returns, without taking time from a session; it, its arguments and that can be pickled.

    An atlas among the arguments is the very version that was handed on, whatever is shown or stands in data/ by then.

    :raises TimeoutError: its turn does not come within :data:`PATIENCE`, or it takes longer than :data:`LONGEST`.
    """
    if not _line.acquire(timeout=PATIENCE):
        raise TimeoutError
    try:
        return _made(make, arguments, options)
    except BrokenProcessPool:
        # a system without memory left ends a process; whoever waited for it is served by the next one
        return _made(make, arguments, options)
    finally:
        _line.release()


def _made(make: Callable[..., Made], arguments: tuple, options: dict) -> Made:
    pool, process = _started()
    try:
        return pool.submit(make, *arguments, **options).result(LONGEST)
    except (TimeoutError, BrokenProcessPool):
        _started.cache_clear()
        with suppress(ProcessLookupError):
            os.kill(process, signal.SIGTERM)
        raise


@cache
def _started() -> tuple[ProcessPoolExecutor, int]:
    """The process and its number."""
    pool = ProcessPoolExecutor(max_workers=1, mp_context=get_context("spawn"), initializer=_end_with_the_server)
    return pool, pool.submit(os.getpid).result()


def _end_with_the_server() -> None:
    """Have this process end when the one that started it does, however that one ends."""

    def watch() -> None:
        parent = parent_process()
        if parent:
            parent.join()
        os._exit(0)

    Thread(target=watch, daemon=True).start()
