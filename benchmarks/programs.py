"""What a visitor waits for a filter change while ten programs ask the interface again and again without a pause.

The programs have a process of their own, which gives way to the server: they measure nothing, they are the load. They ask
for one address, for which the server keeps the answer, or each time for another one. ``python -m benchmarks.programs``
"""

import asyncio
import multiprocessing
import os
import random
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from itertools import cycle
from multiprocessing.synchronize import Event
from threading import Thread
from typing import Any
from urllib.parse import urlsplit

from benchmarks.load import RawVisitor, visit
from tests.conftest import running_server

PROGRAMS = 10
CHANGES = 40
PAUSE = 0.2  # seconds that the visitor looks at an answer
WARM = 2  # seconds for which the programs have asked before the visitor's first change


def same() -> str:
    """One address, the largest answer there is."""
    return "places/items?limit=10000"


def others() -> str:
    """An address that nobody has asked for before."""
    west, south = random.uniform(102, 106), random.uniform(20, 23)
    box = f"{west:.6f},{south:.6f},{west + 3:.6f},{south + 2:.6f}"
    table = random.choice(["places", "twinnings", "events", "figures", "sources"])
    return f"{table}/items?bbox={box}&limit={random.randrange(100, 10_000)}&f={random.choice(['json', 'json', 'csv'])}"


CROWDS: dict[str, Callable[[], str] | None] = {"nobody": None, "one address": same, "other addresses": others}


def main() -> None:
    """Print median, 95th percentile and longest wait of a visitor, alone and beside either crowd, and the answers a second."""
    print("| ten programs ask for | median | p95 | longest | answers a second |\n|---|---|---|---|---|")
    with running_server() as address:
        for name, asked in CROWDS.items():
            with crowd(address, asked) as answered:
                times = sorted(asyncio.run(changes(address)))
                speed = answered()
            shown = (statistics.median(times), times[round(0.95 * (len(times) - 1))], times[-1])
            print(f"| {name} | {' | '.join(f'{one * 1000:.0f} ms' for one in shown)} | {speed:.0f} |", flush=True)


async def changes(address: str) -> list[float]:
    """Seconds of each change of a filter."""
    times: list[float] = []
    async with visit(address) as visitor:
        await measured(visitor, times, 5)
        await asyncio.sleep(WARM)
        times.clear()
        await measured(visitor, times, CHANGES)
    return times


async def measured(visitor: RawVisitor, times: list[float], changes: int) -> None:
    """Choose one province after the other and note how long each takes."""
    slugs = cycle(list(visitor.options("province")))
    for _ in range(changes):
        await asyncio.sleep(PAUSE)
        start = time.perf_counter()
        await visitor.change("province", [next(slugs)])
        times.append(time.perf_counter() - start)


@contextmanager
def crowd(address: str, asked: Callable[[], str] | None) -> Iterator[Callable[[], float]]:
    """Programs that ask until the end; gives how many answers a second they had so far, all together."""
    if asked is None:
        yield lambda: 0
        return
    context = multiprocessing.get_context("spawn")
    ended, count, start = context.Event(), context.Value("i", 0), time.perf_counter()
    process = context.Process(target=programs, args=(address, asked, ended, count))
    process.start()
    try:
        yield lambda: count.value / (time.perf_counter() - start)
    finally:
        ended.set()
        process.join()


def programs(address: str, asked: Callable[[], str], ended: Event, count: Any) -> None:
    """Ask in so many threads."""
    os.nice(10)
    threads = [Thread(target=program, args=(address, asked, ended, count)) for _ in range(PROGRAMS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def program(address: str, asked: Callable[[], str], ended: Event, count: Any) -> None:
    """Ask one question after the other."""
    connection = HTTPConnection(urlsplit(address).netloc)
    while not ended.is_set():
        connection.request("GET", f"/api/collections/{asked()}", headers={"Accept-Encoding": "gzip"})
        answer = connection.getresponse()
        if answer.status != 200:
            raise RuntimeError(answer.read())
        answer.read()
        with count.get_lock():
            count.value += 1


if __name__ == "__main__":
    main()
