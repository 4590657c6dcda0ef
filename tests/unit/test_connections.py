"""Who may open a connection to the server, and that it asks nobody."""

import http.client
import json
import os
import socket
from pathlib import Path

import pytest
import requests

from atlas import ROOT
from server import headers
from server.gate import Gate
from tests.conftest import awaited, running_server

# run by Python before all else: keeps whom a process asks for a name or an answer
RECORDER = """
import json, os, sys

def keep(event, arguments):
    if event in ("socket.getaddrinfo", "socket.gethostbyname"):
        asked = arguments[0]
    elif event in ("socket.connect", "socket.sendto") and isinstance(arguments[1], tuple):
        asked = arguments[1][0]
    else:
        return
    with open(os.environ["ASKED"], "a") as file:
        print(json.dumps(str(asked)), file=file)

sys.addaudithook(keep)
"""
OPEN_TO_ALL = "0.0.0.0"


class Recorded:
    """The address of a server that listens on all addresses of the machine, and the hosts that it has asked so far."""

    def __init__(self, address: str, file: Path):
        self.netloc = address.removeprefix("http://")
        self.file = file

    @property
    def asked(self) -> set[str]:
        return {json.loads(line) for line in self.file.read_text("utf-8").splitlines()}


@pytest.fixture(scope="module")
def recorded(tmp_path_factory):
    folder = tmp_path_factory.mktemp("recorder")
    (folder / "sitecustomize.py").write_text(RECORDER, "utf-8")
    (file := folder / "asked").touch()
    environment = {
        "PYTHONPATH": os.pathsep.join((str(folder), str(ROOT))),
        "ASKED": str(file),
        "STREAMLIT_SERVER_ADDRESS": OPEN_TO_ALL,
        "STREAMLIT_SERVER_ALLOWED_HOSTS": "atlas.test *.office.test",
        "STREAMLIT_SERVER_CORS_ALLOWED_ORIGINS": "https://portal.example",
    }
    with running_server(**environment) as address:
        yield Recorded(address, file)


def handshake(netloc: str, host: str, origin: str | None) -> int:
    """The status with which a server answers a browser that opens a connection from a page of ``origin``."""
    connection = http.client.HTTPConnection(netloc, timeout=30)
    connection.putrequest("GET", "/_stcore/stream", skip_host=True)
    headers = {"Host": host, "Origin": origin, "Connection": "Upgrade", "Upgrade": "websocket",
               "Sec-WebSocket-Version": "13", "Sec-WebSocket-Key": "MDEyMzQ1Njc4OWFiY2RlZg=="}  # fmt: skip
    for name, value in headers.items():
        if value is not None:
            connection.putheader(name, value)
    connection.endheaders()
    status = connection.getresponse().status
    connection.close()
    return status


@pytest.mark.parametrize(
    ("origin", "status"),
    [
        ("http://atlas.test:8501", 101),
        (None, 101),  # no browser
        ("https://portal.example", 101),
        ("http://elsewhere.test", 403),
        ("http://atlas.test", 403),
        ("http://atlas.test:8501.elsewhere.test", 403),
        ("http://localhost:3000", 403),
        ("http://127.0.0.1", 403),
        ("http://0.0.0.0:8501", 403),
        ("null", 403),
        ("", 403),
        ("http://[", 403),
    ],
)
def test_its_own_pages_alone_may_connect_and_nobody_is_asked(recorded, origin, status):
    assert handshake(recorded.netloc, "atlas.test:8501", origin) == status
    assert nobody_is_asked(recorded)


def nobody_is_asked(recorded) -> bool:
    return {host for host in recorded.asked if not host.startswith("127.")} <= {OPEN_TO_ALL}


PATHS = ("/", "/reform", "/version", "/api", "/api/collections", "/reconcile", "/data/map.json", "/assets/page.js",
         "/_stcore/host-config")  # fmt: skip


@pytest.mark.parametrize("host", ["elsewhere.test", "elsewhere.test:8501", "atlas.test.elsewhere.test", "office.test", "127.0.0.1", "atlas.test@elsewhere.test", "", "a b", "["])  # fmt: skip
def test_under_a_name_that_is_not_its_own_nothing_answers(recorded, host):
    for path in (*PATHS, "/media/x", "/component/streamlit_folium.st_folium/index.html"):
        for ask in (requests.get, requests.options):
            answer = ask(f"http://{recorded.netloc}{path}", headers={"Host": host}, timeout=30)
            assert answer.status_code in (400, 421), path  # 400 of uvicorn, where it is no name at all
            assert "Set-Cookie" not in answer.headers
    assert handshake(recorded.netloc, host, f"http://{host}") in (400, 403)
    assert nobody_is_asked(recorded)


@pytest.mark.parametrize("host", ["atlas.test", "ATLAS.test:8501", "atlas.test.", "north.office.test"])
def test_under_its_own_names_everything_answers(recorded, host):
    for path in PATHS:
        assert requests.get(f"http://{recorded.netloc}{path}", headers={"Host": host}, timeout=30).status_code == 200
    assert handshake(recorded.netloc, host, f"http://{host}") == 101


@pytest.mark.parametrize("path", ["/healthz", "/_stcore/health"])
def test_what_looks_whether_it_runs_need_not_know_its_name(recorded, path):
    assert requests.get(f"http://{recorded.netloc}{path}", timeout=30).status_code == 200


def test_a_server_of_this_machine_alone_answers_as_this_machine(server):
    """A name of a foreign page may be made to lead to this machine (DNS rebinding); the page must not read the atlas then."""
    port = server.rpartition(":")[2]
    for own in ("127.0.0.1", "localhost", "LocalHost", "[::1]"):
        assert requests.get(f"{server}/api", headers={"Host": f"{own}:{port}"}, timeout=30).status_code == 200
    for foreign in ("rebound.test", "localhost.rebound.test", "0.0.0.0", "192.168.1.5"):
        refused = requests.get(
            f"{server}/api", headers={"Host": f"{foreign}:{port}", "Accept-Language": "zh-CN"}, timeout=30
        )
        assert refused.status_code == 421
        assert "STREAMLIT_SERVER_ALLOWED_HOSTS" in refused.text
        assert refused.text.startswith("本地图")
        assert refused.headers.items() >= headers.headers_of("/api").items()


@pytest.mark.parametrize(
    ("host", "own"),
    [("192.168.1.5:8501", True), ("[fe80::1]", True), (socket.gethostname(), True), ("localhost", True), ("elsewhere.test", False), ("1.elsewhere.test", False)],
)  # fmt: skip
def test_a_server_of_the_office_without_a_name_answers_under_its_number(host, own):
    assert passes(Gate(reached, address=OPEN_TO_ALL), host) is own


async def reached(scope, receive, send):
    await send({"type": "reached"})


def passes(gate: Gate, host: str) -> bool:
    """Whether a request for the first page under a name gets through a gate."""
    sent = []

    async def send(message):
        sent.append(message["type"])

    scope = {"type": "http", "method": "GET", "path": "/", "query_string": b"", "headers": [(b"host", host.encode())]}
    awaited(gate(scope, None, send))
    return sent == ["reached"]


def test_what_a_page_of_another_site_asks_is_refused_before_streamlit_sees_it(server):
    foreign = {"Origin": "http://localhost:3000", "X-Xsrftoken": "x"}
    for path in ("/", "/_stcore/health", "/_stcore/host-config", "/version"):
        assert requests.get(server + path, headers=foreign, timeout=30).status_code == 403
    for ask in (requests.put, requests.delete, requests.options):
        answer = ask(f"{server}/_stcore/upload_file/a/b", headers=foreign, timeout=30)
        assert answer.status_code == 403
        assert "Access-Control-Allow-Origin" not in answer.headers
    assert requests.get(f"{server}/version", headers={"Origin": server}, timeout=30).status_code == 200


@pytest.mark.parametrize(
    "path",
    ["/_stcore/metrics", "/_stcore/metrics/", "/reform/_stcore/metrics", "/_stcore/%6detrics", "/_stcore/script-health-check", "/_stcore/message",
     "/_stcore/bidi-components/x/y.js", "/_stcore/agent/openapi.json", "/_stcore/agent/mcp", "/_stcore/", "/auth/login", "/oauth2callback"],
)  # fmt: skip
def test_what_nobody_needs_of_streamlit_is_closed(server, path):
    for ask in (requests.get, requests.post):
        answer = ask(server + path, headers={"Accept": "text/html"}, timeout=30)
        assert answer.status_code == 404
        assert answer.headers["Content-Type"].startswith("text/plain")


def test_it_listens_on_this_machine_alone_unless_told(server, recorded):
    def answers(address: str) -> bool:
        # any address of 127.0.0.0/8 is this machine, but who listens on 127.0.0.1 alone does not hear it
        connection = http.client.HTTPConnection(address.replace("127.0.0.1", "127.0.0.2"), timeout=10)
        try:
            connection.request("GET", "/healthz")
        except ConnectionRefusedError:
            return False
        return connection.getresponse().status == 200

    assert not answers(server.removeprefix("http://"))
    assert answers(recorded.netloc)
