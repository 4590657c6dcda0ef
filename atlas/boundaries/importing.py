"""An import in a process of its own, which ends where a survey takes too long or too much memory."""

import multiprocessing
from datetime import date
from multiprocessing.connection import Connection
from pathlib import Path

from atlas.boundaries.importer import Imported, import_official
from atlas.boundaries.survey import AS_IT_IS, Check, Given, ImportRefused
from atlas.records.said import said

PATIENCE = 120  # seconds
MOST_MEMORY = 3 * 2**30  # bytes

Asked = tuple[Path, str, str, date, str]


def import_within(asked: Asked, layers: Path, given: Given = AS_IT_IS, seconds: float = PATIENCE) -> list[str]:
    """Replace areas as :func:`atlas.boundaries.importer.import_official` does, within bounds; what changed and was repaired, in words.

    :param asked: its first five arguments.
    :param layers: the folder of the layer files.
    :param given: what else is known of the file.
    :raises ImportRefused: as there, or since the survey took more time or memory than there is.
    """
    spawn = multiprocessing.get_context("spawn")
    answers, sender = spawn.Pipe(duplex=False)
    process = spawn.Process(target=_import, args=(sender, asked, layers, given), daemon=True)
    process.start()
    sender.close()
    try:
        answer = answers.recv() if answers.poll(seconds) else None
    except EOFError:  # the system ended it
        answer = None
    finally:
        process.kill()
        process.join()
    if isinstance(answer, Imported):
        return [
            *answer.changes,
            *(said("{name}: {value}", name=asked[0].name, value=repair) for repair in answer.repairs),
        ]
    check = Check(asked[0].name)
    check.problems = answer or []
    if not answer:
        bounds = {"seconds": seconds, "most": MOST_MEMORY >> 30}
        check.refuse(None, None, said("outlines that can be looked at within {seconds:.0f} s and {most} GB", **bounds))
    raise ImportRefused(check.problems)


def _import(sender: Connection, asked: Asked, layers: Path, given: Given) -> None:
    _keep_within(MOST_MEMORY)
    try:
        sender.send(import_official(*asked, layers, given))
    except ImportRefused as refused:
        sender.send(refused.problems)
    except MemoryError:
        sender.send([])


def _keep_within(memory: int) -> None:
    try:
        import resource  # there is none on Windows
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))
