"""The short form of the load test: a few visitors for some seconds; the long one is ``python -m benchmarks.load``."""

from concurrent.futures import ThreadPoolExecutor

from benchmarks import load

VISITORS, BROWSERS = 6, 1


def test_a_small_crowd_meets_no_failure_and_its_sessions_are_freed(monkeypatch):
    monkeypatch.setattr(load, "PAUSE", (0.1, 0.5))
    monkeypatch.setattr(load, "STAY", 4)
    monkeypatch.setattr(load, "SAMPLES", 5)
    monkeypatch.setattr(load, "REMEMBERED", 2)
    with ThreadPoolExecutor(1) as apart:  # this thread may have a loop of Playwright's already
        outcome = apart.submit(load.measure, 8, VISITORS, BROWSERS).result()
    assert outcome.failures == []
    assert sum(map(len, outcome.times.values())) >= VISITORS
    assert any(action.endswith("in Chromium") for action in outcome.times)
    assert max(sessions for _, _, sessions in outcome.curve) >= VISITORS, "they were there at once"
    assert outcome.left == 1, "only the session of the last visitor, who came alone, is still held"
