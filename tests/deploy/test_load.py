"""The short form of the load test: a few visitors for some seconds; the long one is ``python -m benchmarks.load``."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

import pytest

from benchmarks import load

VISITORS, BROWSERS = 6, 1


def apart(function, *arguments):
    """What a function returns in a thread of its own; the tests' thread may have a loop of Playwright's already."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(function, *arguments).result()


def test_a_small_crowd_meets_no_failure_and_its_sessions_are_freed(monkeypatch):
    monkeypatch.setattr(load, "PAUSE", (0.1, 0.5))
    monkeypatch.setattr(load, "STAY", 4)
    monkeypatch.setattr(load, "SAMPLES", 5)
    monkeypatch.setattr(load, "REMEMBERED", 2)
    outcome = apart(load.measure, 8, VISITORS, BROWSERS)
    assert outcome.failures == []
    assert sum(map(len, outcome.times.values())) >= VISITORS
    assert any(action.endswith("in Chromium") for action in outcome.times)
    assert max(sessions for _, _, sessions in outcome.curve) >= VISITORS, "they were there at once"
    assert outcome.left <= 1, "Streamlit holds the last one alone, until the next visitor comes"


async def costs(address: str, times: int) -> tuple[float, float]:
    """Seconds of processor time that so many new visitors take of a server, and so many changes of a filter."""
    server = load.server_process(address)

    def used() -> float:
        return sum(server.cpu_times()[:2])

    async with load.visit(address) as visitor:
        before = used()
        for _ in range(times):
            async with load.visit(address):
                pass
        between = used()
        for option in (visitor.options("province") * times)[:times]:
            await visitor.change("province", [option])
        return between - before, used() - between


def test_a_new_visitor_costs_the_server_little_more_than_a_filter_change(server):
    visits, changes = apart(asyncio.run, costs(server, 15))
    assert visits < 4 * changes


async def bytes_of_a_change(address: str, page: str) -> int:
    """Bytes that the server sends to a page on which two provinces are chosen when they are let go."""
    async with load.visit(address) as visitor:
        await visitor.change("lang", ["zh"])
        await visitor.open(page)
        await visitor.change("province", ["ha-giang", "cao-bang"])
        assert visitor.answers.address == "lang=zh&province=ha-giang&province=cao-bang"
        await visitor.change("province", [])
        assert visitor.answers.address == "lang=zh"
        return visitor.received


@pytest.mark.parametrize(
    "page", ["", "scholarships", "training", "labour", "meetings", "commitments", "province", "glossary"]
)
def test_a_filter_change_is_little_to_send(server, page):
    assert 1_000 < apart(asyncio.run, bytes_of_a_change(server, page)) < 60_000
