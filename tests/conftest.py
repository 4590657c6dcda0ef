"""What all tests share: the built atlas, a running server, and a real browser."""

import asyncio
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import hypothesis
import pytest
from playwright.sync_api import expect, sync_playwright
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from atlas import ROOT
from atlas.model import store
from atlas.model.atlas import Atlas

os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # many tests start Python anew
hypothesis.settings.register_profile("suite", deadline=None)  # no test asserts how fast a machine is
hypothesis.settings.register_profile("long", deadline=None)  # of property tests that say how many more they draw
hypothesis.settings.load_profile("suite")
expect.set_options(timeout=30_000)  # a busy machine of two cores must not fail a test


# begun first, so that no worker is left alone with one of them at the end
LONG_FILES = (
    "tests/browser/test_reading.py",
    "tests/deploy/test_nginx.py",
    "tests/browser/test_twinning_map.py",
    "tests/deploy/test_shared_store.py",
    "tests/browser/test_meeting_in_browser.py",
    "tests/browser/test_contribution.py",
    "tests/browser/test_flows_in_browser.py",
    "tests/browser/test_injection.py",
    "tests/unit/test_slides.py",
    "tests/unit/test_briefing.py",
    "tests/unit/test_workshop.py",
    "tests/unit/test_exports.py",
    "tests/deploy/test_load.py",
    "tests/unit/test_faults.py",
)


def pytest_collection_modifyitems(items):
    """Put the tests of long files before all others."""
    places = {file: place for place, file in enumerate(LONG_FILES)}
    items.sort(key=lambda item: places.get(item.location[0], len(places)))


@pytest.fixture(scope="session")
def atlas() -> Atlas:
    """The committed atlas."""
    return store.load()


def wait_until(condition, seconds: float = 30, every: float = 0.1):
    """Poll until a condition holds and return its value; fail with the last value otherwise."""
    end = time.monotonic() + seconds
    while not (value := condition()):
        assert time.monotonic() < end, f"still {value!r} after {seconds} s"
        time.sleep(every)
    return value


def awaited(coroutine):
    """What a coroutine gives, in a thread of its own; that of the tests may have a loop of Playwright's already."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, coroutine).result()


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=2) as answer:
            return answer.status == 200
    except OSError:
        return False


def free_port() -> int:
    """A port of the loopback interface that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def running_server(script: str = "app.py", folder: Path = ROOT, **environment: str):
    """The address of a Streamlit server on the loopback interface, started as the README says.

    Errors that it has logged are printed when it ends.
    """
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", script, "--server.port", str(port)]
    with tempfile.TemporaryFile("w+") as log:
        process = subprocess.Popen(
            command,
            cwd=folder,
            stdout=log,
            stderr=subprocess.STDOUT,
            env=os.environ | {"PYTHONPATH": str(folder)} | environment,
        )
        try:
            wait_until(lambda: _answers(f"http://127.0.0.1:{port}/_stcore/health") or process.poll() is not None, 60)
            log.seek(0)
            assert process.poll() is None, log.read()
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(20)
            log.seek(0)
            if "Traceback" in (logged := log.read()):
                print(logged, file=sys.stderr)


def chromium_options() -> dict:
    """How Playwright starts a real Chromium without a window, to which no host but the loopback interface exists."""
    executable = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    assert executable, "Chromium is not installed; `make test` installs it"
    arguments = [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--process-per-site",  # scripts are compiled once for all pages of a profile
        # no host but the atlas exists
        "--host-resolver-rules=MAP atlas.example.org 127.0.0.1, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    ]
    return {"executable_path": executable, "args": arguments}


@contextmanager
def chromium():
    """A real Chromium, see :func:`chromium_options`."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**chromium_options())
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def server():
    """The address of a running atlas."""
    with running_server() as address:
        yield address


@pytest.fixture(scope="session")
def browser():
    """One Chromium for all browser tests of a process."""
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="session")
def tab(browser):
    """A tab for all visits: one of its own would cost a visit two thirds more of processor time, for in it scripts are
    compiled anew."""
    page = listen(browser.new_page())
    page.devtools = page.context.new_cdp_session(page)
    return page


def finished(message: ForwardMsg) -> bool:
    """Whether a message of the server is the last one of a run of a page."""
    return (
        message.WhichOneof("type") == "script_finished" and message.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY
    )


def listen(page):
    """Have a new page of Playwright keep what it asks for and hears, and return it.

    ``hosts``: those that it asks; ``errors``: of its scripts; ``sent``, ``received``: bytes of each message to and from
    the server; ``runs``: how often the server has run the page to its end.
    """
    forget(page)

    def heard(data: bytes | str) -> None:
        page.received.append(len(data))
        page.runs += finished(ForwardMsg.FromString(data))

    page.on("request", lambda request: page.hosts.add(request.url.split("/")[2]))
    page.on("pageerror", lambda error: page.errors.append(str(error)))
    page.on("websocket", lambda socket: socket.on("framereceived", heard))
    page.on("websocket", lambda socket: socket.on("framesent", lambda data: page.sent.append(len(data))))
    return page


def forget(page) -> None:
    """Forget all that was kept so far, see :func:`listen`."""
    page.hosts, page.errors, page.sent, page.received, page.runs = set(), [], [], [], 0


@pytest.fixture
def visit(tab, server):
    """Open a page of the atlas in place of the one visited before, as a new session; foreign hosts are refused.

    ``visit(path, locale=..., size=(width, height), motion=...)`` returns a Playwright page that is listened to, see
    :func:`listen`. Without ``motion`` it asks for less of it, which takes a sixth of a visit's processor time.
    """

    def opened(path: str = "/", locale: str = "en-GB", size: tuple[int, int] = (1440, 900), motion: str = "reduce"):
        tab.goto(f"{server}/healthz")  # so that nothing more comes from the visit before
        forget(tab)
        agent = {"userAgent": tab.evaluate("navigator.userAgent"), "acceptLanguage": locale}
        tab.devtools.send("Emulation.setUserAgentOverride", agent)
        tab.set_viewport_size({"width": size[0], "height": size[1]})
        tab.emulate_media(reduced_motion=motion)
        tab.goto(server + path)
        return tab

    return opened
