"""Exports made in a process of their own, which has its own copy of the atlas: one at a time, the others wait."""

from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import cache
from multiprocessing import get_context
from threading import Lock

from atlas import scenes, serving
from atlas.exports import documents
from atlas.i18n import Translator
from atlas.selection import Selection
from atlas.store import Atlas

PATIENCE = 120  # seconds for those before and for oneself
_starting = Lock()


def export_apart(
    kind: str, selection: Selection | None, language: str, sequence: tuple[scenes.Scene, ...] | None = None
) -> bytes:
    """What :func:`atlas.exports.documents.export` makes of the atlas that is shown; see :func:`apart`."""
    return of_atlas(_export, kind, selection and selection.to_query(), language, sequence and scenes.write(sequence))


def of_atlas(make: Callable[..., bytes], *arguments) -> bytes:
    """What ``make(atlas, *arguments)`` returns of the atlas that is shown; see :func:`apart`."""
    return apart(_of_atlas, make, *arguments)


def apart(make: Callable[..., bytes], *arguments) -> bytes:
    """What a function returns, without taking time from a session; it and its arguments can be pickled.

    :raises TimeoutError: it is not ready after :data:`PATIENCE`.
    """
    process = _process()
    try:
        return process.submit(make, *arguments).result(PATIENCE)
    except BrokenProcessPool:
        # a system without memory left ends a process; exports that come later must not suffer from it
        return _process(instead_of=process).submit(make, *arguments).result(PATIENCE)


def _process(instead_of: ProcessPoolExecutor | None = None) -> ProcessPoolExecutor:
    with _starting:
        if instead_of and instead_of is _started():
            _started.cache_clear()
        return _started()


@cache
def _started() -> ProcessPoolExecutor:
    return ProcessPoolExecutor(max_workers=1, mp_context=get_context("spawn"))


def _of_atlas(make: Callable[..., bytes], *arguments) -> bytes:
    return make(serving.source().published.atlas, *arguments)


def _export(
    atlas: Atlas, kind: str, query: dict[str, list[str]] | None, language: str, sequence: bytes | None
) -> bytes:
    selection = None if query is None else Selection.from_query(query, atlas)[0]
    listed = scenes.read(sequence, atlas, Translator(language[:2])) if sequence else None
    return documents.export(atlas, kind, selection, language, sequence=listed)
