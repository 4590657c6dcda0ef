"""Readers of the one file at ``/atlas.html`` while others work in the pages, beside the same readers in the pages.

Twenty visitors work as in ``benchmarks.load`` all the time. Meanwhile nobody reads; then readers come, one new connection
each, and take the file; then as many come for the first page instead, each a new session. Seconds are until the last byte
of the file, until the last message of the page, and of the visitors' changes. Server and readers share the machine.
"""

import argparse
import asyncio
import random
import statistics
import time
from collections.abc import Awaitable, Callable
from functools import partial
from urllib.parse import urlsplit

from benchmarks.load import Outcome, stay, visit
from tests.conftest import running_server

REQUEST = "GET /atlas.html HTTP/1.1\r\nHost: {}\r\nAccept-Encoding: br, gzip\r\nConnection: close\r\n\r\n"


async def read_file(address: str) -> None:
    """Take the file over a connection of its own, to its end."""
    there = urlsplit(address)
    reader, writer = await asyncio.open_connection(there.hostname, there.port)
    writer.write(REQUEST.format(there.netloc).encode())
    answer = await reader.read()
    writer.close()
    assert answer.startswith(b"HTTP/1.1 200 "), answer[:200]


async def open_page(address: str) -> None:
    """Open the first page as a new visitor, and leave."""
    async with visit(address):
        pass


async def arriving(read: Callable[[str], Awaitable[None]], address: str, a_minute: int, seconds: float) -> list[float]:
    """Seconds that each reader waited; they come by chance, so many a minute."""
    times: list[float] = []

    async def one() -> None:
        start = time.perf_counter()
        await read(address)
        times.append(time.perf_counter() - start)

    tasks, end = [], time.monotonic() + seconds
    while time.monotonic() < end:
        await asyncio.sleep(random.expovariate(a_minute / 60))
        tasks.append(asyncio.create_task(one()))
    await asyncio.gather(*tasks)
    return times


async def phase(read, address: str, visitors: int, a_minute: int, seconds: float) -> tuple[list[float], Outcome]:
    """What readers waited, if any come, and what came of the visitors meanwhile."""
    outcome, begin = Outcome(), time.monotonic()
    tasks = [
        asyncio.create_task(stay(partial(visit, address), begin + random.uniform(0, 5), begin + seconds, outcome))
        for _ in range(visitors)
    ]
    await asyncio.sleep(5)  # all visitors have come
    times = await arriving(read, address, a_minute, seconds - 5) if read else []
    await asyncio.gather(*tasks)
    return times, outcome


async def measure(visitors: int, a_minute: int, seconds: float) -> None:
    """Print a line for each phase."""
    with running_server() as address:
        await read_file(address)  # which is made for the first one
        print("| readers | come | median | p95 | changes of the visitors, median | p95 | failures |")
        print("|---|---|---|---|---|---|---|")
        for name, read in (("none", None), ("of the one file", read_file), ("of the page", open_page)):
            times, outcome = await phase(read, address, visitors, a_minute, seconds)
            changes = [one for every in outcome.times.values() for one in every]
            waited = f"{len(times)} | {told(times)}" if times else "0 | |"
            print(f"| {name} | {waited} | {told(changes)} | {len(outcome.failures)} |", flush=True)


def told(seconds: list[float]) -> str:
    """Median and 95th percentile."""
    return f"{statistics.median(seconds) * 1000:.0f} ms | {statistics.quantiles(seconds, n=20)[-1] * 1000:.0f} ms"


def main() -> None:
    """Print what readers and visitors wait."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--visitors", type=int, default=20)
    parser.add_argument("--readers", type=int, default=500, help="a minute")
    parser.add_argument("--seconds", type=float, default=60, help="of each of three phases")
    asked = parser.parse_args()
    asyncio.run(measure(asked.visitors, asked.readers, asked.seconds))


if __name__ == "__main__":
    main()
