"""Files that visitors hand in, and what is left of them."""

import asyncio
import http.client
from contextlib import suppress

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.uploaded_file_manager import UploadedFileRec
from websockets.sync.client import connect

from server import leaving, uploads
from tests.conftest import awaited
from ui import templates

MEBIBYTE = 2**20


class Runtime:
    """As much of Streamlit's as is asked for."""

    def __init__(self):
        self.uploaded_file_mgr = MemoryUploadedFileManager("/upload")
        self.active = set()
        self.closed = []

    def exists(self) -> bool:
        return True

    def get_instance(self) -> "Runtime":
        return self

    def is_active_session(self, session: str) -> bool:
        return session in self.active

    def close_session(self, session: str) -> None:
        self.closed.append(session)

    def held(self, session: str) -> dict[str, int]:
        return {name: len(file.data) for name, file in self.uploaded_file_mgr.file_storage.get(session, {}).items()}


@pytest.fixture
def runtime(monkeypatch):
    found = Runtime()
    monkeypatch.setattr(uploads, "runtime", found)
    monkeypatch.setattr(leaving, "runtime", found)
    return found


class Handing:
    """Hands files in, each of which takes a moment."""

    def __init__(self, runtime: Runtime):
        self.runtime = runtime
        self.middleware = uploads.BoundedUploads(self._take)

    async def _take(self, scope, receive, send):
        await asyncio.sleep(0)
        _, _, _, session, name = scope["path"].split("/")
        size = int(dict(scope["headers"])[b"content-length"])
        self.runtime.uploaded_file_mgr.add_file(session, UploadedFileRec(name, name, "", b"a" * size))
        await send({"type": "http.response.start", "status": 204, "headers": []})

    async def put(self, session: str, name: str, size: int | None) -> int:
        statuses = []

        async def send(message):
            if "status" in message:
                statuses.append(message["status"])

        headers = [] if size is None else [(b"content-length", str(size).encode())]
        path = f"/_stcore/upload_file/{session}/{name}"
        await self.middleware({"type": "http", "method": "PUT", "path": path, "headers": headers}, None, send)
        return statuses[0]


def test_a_visitor_has_few_files_the_newest(runtime):
    async def hand_in() -> list[int]:
        return [await handing.put("one", f"file{n}", 1000) for n in range(60)]

    runtime.active = {"one"}
    handing = Handing(runtime)
    assert set(awaited(hand_in())) == {204}
    assert list(runtime.held("one")) == [f"file{n}" for n in range(60 - uploads.MOST_FILES, 60)]


def test_a_visitor_has_few_bytes_however_many_files_come_at_once(runtime):
    async def hand_in() -> list[int]:
        one_after_the_other = [await handing.put("one", f"early{n}", 5 * MEBIBYTE) for n in range(8)]
        assert set(one_after_the_other) == {204}
        assert list(runtime.held("one")) == [f"early{n}" for n in range(4, 8)]
        return await asyncio.gather(*(handing.put("one", f"file{n}", 5 * MEBIBYTE) for n in range(60)))

    runtime.active = {"one"}
    handing = Handing(runtime)
    statuses = awaited(hand_in())
    assert (statuses.count(204), statuses.count(429)) == (4, 56)
    assert sum(runtime.held("one").values()) <= uploads.MOST_BYTES


def test_all_visitors_together_have_a_bound(runtime):
    async def hand_in() -> list[int]:
        return [await handing.put(f"{n}", "file", 9 * MEBIBYTE) for n in range(30)]

    runtime.active = {f"{n}" for n in range(30)}
    handing = Handing(runtime)
    statuses = awaited(hand_in())
    assert statuses == [204] * 22 + [503] * 8


@pytest.mark.parametrize(
    ("session", "size", "status"),
    [("one", 10 * MEBIBYTE, 204), ("one", 11 * MEBIBYTE, 413), ("one", None, 411), ("other", 1, 400)],
)
def test_strangers_and_large_files_are_refused(runtime, session, size, status):
    runtime.active = {"one"}
    assert awaited(Handing(runtime).put(session, "file", size)) == status


def test_who_leaves_leaves_nothing(runtime):
    told = ForwardMsg()
    told.new_session.initialize.session_id = "one"

    async def connection(scope, receive, send):
        await send({"type": "websocket.send", "bytes": told.SerializeToString()})
        runtime.active -= {"one"}

    async def send(message):
        pass

    async def visit():
        await leaving.Leaving(connection, 1.01)({"type": "websocket"}, None, send)
        assert (runtime.held("one"), runtime.held("two")) == ({}, {"file": 3})
        assert runtime.closed == []
        await asyncio.sleep(0.05)

    runtime.active = {"one", "two"}
    for session in ("one", "two"):
        runtime.uploaded_file_mgr.add_file(session, UploadedFileRec("file", "file", "", b"abc"))
    awaited(visit())
    assert runtime.closed == ["one"]


def test_who_comes_back_in_time_stays(runtime):
    told = ForwardMsg()
    told.new_session.initialize.session_id = "one"

    async def connection(scope, receive, send):
        await send({"type": "websocket.send", "bytes": told.SerializeToString()})

    async def send(message):
        pass

    async def visit():
        await leaving.Leaving(connection, 1.01)({"type": "websocket"}, None, send)
        await asyncio.sleep(0.05)

    runtime.active = {"one"}
    awaited(visit())
    assert runtime.closed == []


def test_a_server_takes_files_as_large_as_pages_say_and_no_larger(server):
    """The address, the sessions and the limit are Streamlit's own."""

    def put(session: str, size: int) -> int:
        connection = http.client.HTTPConnection(netloc, timeout=30)
        connection.request("GET", "/_stcore/health")
        (cookie,) = [one for one in connection.getresponse().headers["Set-Cookie"].split("; ") if "_xsrf" in one]
        begin = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.pptx"\r\n\r\n'
        body = begin + b"a" * size + b"\r\n--x--\r\n"
        headers = {"Content-Type": "multipart/form-data; boundary=x", "Cookie": cookie,
                   "X-Xsrftoken": cookie.partition("=")[2]}  # fmt: skip
        connection.close()
        with suppress(OSError):  # it may answer before all is sent
            connection.request("PUT", f"/_stcore/upload_file/{session}/file", body, headers)
        return connection.getresponse().status

    netloc = server.removeprefix("http://")
    message = BackMsg()
    message.rerun_script.query_string = ""
    with connect(f"ws://{netloc}/_stcore/stream", subprotocols=["streamlit"], max_size=None) as socket:
        socket.send(message.SerializeToString())
        session = ForwardMsg.FromString(socket.recv()).new_session.initialize.session_id
        assert put(session, templates.MOST * MEBIBYTE - 1000) == 204
        assert put(session, templates.MOST * MEBIBYTE + 100_000) == 413
        assert put("nobody", 1000) == 400
