"""Pages run one after the other."""

import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

PATIENCE = 1  # seconds
_turn = threading.Lock()
_my = threading.local()


@contextmanager
def held() -> Iterator[None]:
    """Run one page after the other, since Python runs one thread at a time.

    Many that begin at once would take turns of milliseconds, and all would end late, those of 50 busy visitors seven
    times as late. Whoever has waited for :data:`PATIENCE` begins all the same, so that none can hold up all others.
    """
    _my.turn = _turn.acquire(timeout=PATIENCE)
    try:
        yield
    finally:
        if _my.turn:
            _my.turn = False
            _turn.release()


@contextmanager
def aside() -> Iterator[None]:
    """Let others run their pages while this one waits for another process."""
    had = getattr(_my, "turn", False)
    if had:
        _my.turn = False
        _turn.release()
    try:
        yield
    finally:
        if had:
            _my.turn = _turn.acquire(timeout=PATIENCE)


@cache
def freeze() -> None:
    """Keep the garbage collector from what the first page has loaded, imported and prepared; to be called after it.

    Whenever it looks through all objects it would look through all of these as well.
    """
    gc.collect()
    gc.freeze()
