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
    assert outcome.left == 1, "only the session of the last visitor, who came alone, is still held"


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
        await visitor.change("lang", ["中文"])
        await visitor.open(page)
        both = [label for label in visitor.options("province") if "Hà Giang" in label or "Cao Bằng" in label]
        await visitor.change("province", both)
        assert visitor.answers.query.count("province=") == 2
        await visitor.change("province", [])
        assert "province" not in visitor.answers.query
        return visitor.received


@pytest.mark.parametrize("page", ["", "scholarships", "training", "labour", "meetings", "province"])
def test_a_filter_change_is_little_to_send(server, page):
    assert 1_000 < apart(asyncio.run, bytes_of_a_change(server, page)) < 60_000


async def chosen_while_the_language_changes(address: str, page: str, key: str) -> str:
    """The address of a page on which a choice made among labels of one language comes after the change to another.

    :param key: that of the widget, or how it begins.
    """
    async with load.visit(address) as visitor:
        await visitor.change("lang", ["English"])
        await visitor.open(page)
        key = next(name for name in visitor.answers.widgets if name.startswith(key))
        label = visitor.options(key)[1]
        await visitor.change("lang", ["中文"])
        assert label not in visitor.options(key)
        await visitor.change(key, [label])
        visitor.answers.raise_failures()
        return visitor.answers.query


@pytest.mark.parametrize(
    ("page", "key", "said"),
    [
        ("", "province", "province="),
        ("labour", "region", "region="),
        ("", "level", "level=prefecture"),
        ("", "layers", "layers=study"),
    ],
)
def test_a_choice_in_the_moment_in_which_the_language_changes_is_understood(server, page, key, said):
    assert said in apart(asyncio.run, chosen_while_the_language_changes(server, page, key))


@pytest.mark.parametrize(
    ("page", "key"),
    [
        ("province", "overview"),
        ("scholarships", "part"),
        ("labour", "list-labour"),
        ("labour", "unit-labour"),
        ("sources_and_data", "section"),
    ],
)
def test_no_choice_in_that_moment_is_an_error(server, page, key):
    apart(asyncio.run, chosen_while_the_language_changes(server, page, key))
