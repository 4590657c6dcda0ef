"""Pages of many visitors run one after the other, and none can hold up the others for long."""

import threading

from streamlit.testing.v1 import AppTest

from atlas import ROOT
from server import run_lock


def test_one_page_runs_at_a_time(monkeypatch):
    monkeypatch.setattr(run_lock, "PATIENCE", 60)
    running, most = [], []

    def page():
        with run_lock.held():
            running.append(threading.current_thread())
            most.append(len(running))
            threading.Event().wait(0.01)
            running.remove(threading.current_thread())

    threads = [threading.Thread(target=page) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert most == [1] * 20


def test_a_page_that_does_not_end_holds_up_nobody_else(monkeypatch):
    monkeypatch.setattr(run_lock, "PATIENCE", 0.1)
    with run_lock.held():
        page = AppTest.from_file(str(ROOT / "ui" / "shell.py"), default_timeout=60).run()
    assert not page.exception
    assert page.title
    with run_lock.held():
        assert run_lock._turn.locked(), "and it gave back no turn that it did not have"
    assert not run_lock._turn.locked()


def test_a_page_that_waits_for_another_process_lets_others_run(monkeypatch):
    monkeypatch.setattr(run_lock, "PATIENCE", 60)
    with run_lock.held():
        with run_lock.aside():
            assert not run_lock._turn.locked()
        assert run_lock._turn.locked(), "it goes on in its turn"
    assert not run_lock._turn.locked()
    with run_lock.aside():  # as from a thread that makes a file
        assert not run_lock._turn.locked()
