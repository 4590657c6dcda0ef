"""What one visitor, or a silent connection, may keep of the server."""

import asyncio
import resource
import socket
import threading
from contextlib import contextmanager
from functools import partial
from types import SimpleNamespace

import pytest
import requests
import uvicorn
from starlette.responses import PlainTextResponse

import app
from server import limits, patience
from tests.conftest import awaited, wait_until

LARGE = 50 * 2**20


async def served(scope, receive, send):
    """An open page stays open until its connection ends; everything else is answered."""
    if scope["type"] == "websocket":
        await scope["ended"].wait()
    else:
        await PlainTextResponse("served")(scope, receive, send)


async def ask(guarded, who, kind="http", headers=(), **more) -> tuple[int, dict, str]:
    """Status, headers and text of the answer to somebody; the status of a page that opens is 101."""
    sent = []

    async def send(message):
        sent.append(message)

    scope = {"type": kind, "method": "GET", "path": "/", "query_string": b"", "headers": list(headers), **more}
    await guarded(scope | {"client": (who, 1), "extensions": {"websocket.http.response": {}}}, None, send)
    if not sent:
        return 101, {}, ""
    return sent[0]["status"], {k.decode(): v.decode() for k, v in sent[0]["headers"]}, sent[1]["body"].decode()


@contextmanager
def small(monkeypatch, **bounds):
    for name, value in bounds.items():
        monkeypatch.setattr(limits, name, value)
    yield limits.Limits(served)


async def with_open(guarded, visitors, then):
    """What a function gives while visitors have pages open, and what it gives when they have left."""
    ended = asyncio.Event()
    pages = [asyncio.create_task(ask(guarded, who, "websocket", ended=ended)) for who in visitors]
    await asyncio.sleep(0)
    during = await then()
    ended.set()
    assert {status for status, *_ in await asyncio.gather(*pages)} == {101}
    return during, await then()


@pytest.mark.parametrize(
    ("visitors", "newcomer", "refused"),
    [
        (["192.0.2.1"] * 2, "192.0.2.1", True),
        (["192.0.2.1"] * 2, "192.0.2.2", False),
        (["2001:db8::1", "2001:db8::2"], "2001:db8::3", True),  # one customer
        (["127.0.0.1"] * 3, "127.0.0.1", False),  # a proxy that does not tell for whom it asks
        ([f"192.0.2.{n}" for n in range(5)], "192.0.2.9", True),
        (["127.0.0.1"] * 5, "127.0.0.1", True),
    ],
)
@pytest.mark.parametrize(
    ("kind", "accept", "path"),
    [("http", b"text/html", "/"), ("http", b"*/*", "/_stcore/stream"), ("websocket", b"*/*", "/_stcore/stream")],
)
def test_who_opens_one_page_too_many_is_told_until_others_have_left(
    monkeypatch, kind, accept, path, visitors, newcomer, refused
):
    with small(monkeypatch, MOST=5, MOST_OF_ONE=2) as guarded:
        more = {"headers": [(b"accept", accept), (b"accept-language", b"vi")], "path": path}

        async def come():
            gone = asyncio.Event()
            gone.set()
            return await ask(guarded, newcomer, kind, **more, ended=gone)

        (status, headers, told), (later, *_) = awaited(with_open(guarded, visitors, come))
    assert later == (101 if kind == "websocket" else 200)
    assert (status == 503) is refused
    if refused:
        assert headers["retry-after"]
        assert told.startswith("Số trang bản đồ đang mở")


def test_what_is_no_page_is_served_however_many_are_open(monkeypatch):
    with small(monkeypatch, MOST=2) as guarded:
        during, _ = awaited(with_open(guarded, ["192.0.2.1", "192.0.2.3"], partial(ask, guarded, "192.0.2.2")))
    assert during[0] == 200


def test_one_address_asks_for_so_much_in_a_time(monkeypatch):
    monkeypatch.setattr(limits, "time", SimpleNamespace(monotonic=lambda: now))

    async def burst(who, times):
        return [(await ask(guarded, who))[0] for _ in range(times)]

    with small(monkeypatch, BURST=3, RATE=2) as guarded:
        now = 100.0
        assert awaited(burst("192.0.2.1", 5)) == [200] * 3 + [429] * 2
        assert awaited(burst("192.0.2.2", 1)) == [200]
        assert awaited(burst("127.0.0.1", 5)) == [200] * 5
        now += 1
        assert awaited(burst("192.0.2.1", 3)) == [200] * 2 + [429]


def test_addresses_are_not_kept_for_ever(monkeypatch):
    with small(monkeypatch, MOST_KNOWN=10) as guarded:
        for n in range(100):
            awaited(ask(guarded, f"192.0.2.{n}"))
        assert len(guarded.left) <= 10
        assert not guarded.open


def test_the_server_has_files_for_all_whom_it_lets_in():
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (800, before[1]))
    try:
        most = limits.Limits(served).most
        files = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)
    assert most * 8 <= files
    assert files == min(before[1], 4000) or before[1] == resource.RLIM_INFINITY


def test_the_atlas_is_guarded():
    assert limits.Limits in [one.cls for one in app.PARTS["middleware"]]


async def answering(scope, receive, send):
    """Answer with more than fits into the buffers of the system."""
    if scope["path"] == "/large":
        await PlainTextResponse(b"x" * LARGE)(scope, receive, send)
    else:
        await served(scope, receive, send)


@contextmanager
def listening():
    """A server that uvicorn runs as it runs the atlas."""
    server = uvicorn.Server(uvicorn.Config(answering, port=0, lifespan="off", log_level="critical"))
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        wait_until(lambda: server.started)
        yield server
    finally:
        server.should_exit = True
        thread.join(20)


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"GET / HTTP/1.1\r\nHost: ",
        b"PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nabc",
        b"GET / HTTP/1.1\r\nHost: x\r\n\r\nGET / HT",
        b"GET /large HTTP/1.1\r\nHost: x\r\n\r\n",
    ],
)
def test_who_says_half_or_does_not_listen_is_not_waited_for(monkeypatch, sent):
    monkeypatch.setattr(patience, "PATIENCE", 0.2)
    with listening() as server:
        here = server.servers[0].sockets[0].getsockname()
        with socket.create_connection(here) as connection:
            connection.sendall(sent)
            assert requests.get("http://{}:{}/".format(*here), timeout=5).text == "served"
            wait_until(lambda: not server.server_state.connections, 10)
