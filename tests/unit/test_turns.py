"""Pages of many visitors run one after the other, and none can hold up the others for long."""

import threading

from streamlit.testing.v1 import AppTest

from atlas import ROOT, serving


def test_one_page_runs_at_a_time(monkeypatch):
    monkeypatch.setattr(serving, "PATIENCE", 60)
    running, most = [], []

    def page():
        with serving.turn():
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
    monkeypatch.setattr(serving, "PATIENCE", 0.1)
    with serving.turn():
        page = AppTest.from_file(str(ROOT / "ui" / "shell.py"), default_timeout=60).run()
    assert not page.exception
    assert page.session_state["lang"]
    with serving.turn():
        assert serving._turn.locked(), "and it gave back no turn that it did not have"
    assert not serving._turn.locked()
