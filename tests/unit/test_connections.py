"""Who may open a connection to the server, and that it asks nobody."""

import http.client
import json
import os
from pathlib import Path

import pytest

from atlas import ROOT
from tests.conftest import running_server

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
    assert {host for host in recorded.asked if not host.startswith("127.")} <= {OPEN_TO_ALL}


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
