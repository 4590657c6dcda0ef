"""Who has logged in is told to replicas by the nginx of deploy/ alone."""

import base64
import subprocess
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tests.conftest import wait_until
from tests.deploy.conftest import Deployment, folder_of, nginx_program

CONNECTS = (
    b"<script>new WebSocket(location.href.replace(/^http/, 'ws').replace('contribute', '_stcore/stream'))</script>"
)
PATHS = ["", "_stcore/stream", "_stcore/upload_file/a/b", "api", "data/map.json", "assets/map.js"]


class Recorder(BaseHTTPRequestHandler):
    """Stands for a replica and remembers what it was told."""

    told: list = []  # noqa: RUF012 (one for all requests)

    def do_GET(self):
        self.told.append((self.path, self.headers))
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Security-Policy", "default-src * 'unsafe-inline'")
        self.send_header("Content-Length", str(len(CONNECTS)))
        self.end_headers()
        self.wfile.write(CONNECTS)

    def log_message(self, *told):
        pass


@contextmanager
def recorded():
    with ThreadingHTTPServer(("127.0.0.1", 0), Recorder) as server:
        server.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join(10)


@pytest.fixture(scope="module")
def guarded():
    """nginx before what remembers the headers of requests."""
    with recorded() as replica, folder_of(None) as folder:
        deployment = Deployment(folder, [replica] * 3)
        line = "printf 'hà-giang:%s\\n' $(openssl passwd -6 secret)"
        folder.chmod(0o755)
        (folder / "users").write_bytes(subprocess.run(["sh", "-c", line], capture_output=True, check=True).stdout)
        process = subprocess.Popen([nginx_program(), "-p", folder, "-c", "nginx.conf", "-e", "error.log"])
        try:
            wait_until(deployment.answers)
            yield deployment
        finally:
            process.terminate()
            process.wait(20)


def told(guarded, path: str, **headers: str):
    """The answer, and what the replica was told, if it was."""
    Recorder.told.clear()
    answer = guarded.get(path, **headers)
    return answer, [one for _, one in Recorder.told]


def basic(password: str) -> str:
    return "Basic " + base64.b64encode(f"hà-giang:{password}".encode()).decode()


@pytest.mark.parametrize("path", PATHS)
def test_a_name_that_a_visitor_sends_is_dropped(guarded, path):
    answer, (headers,) = told(guarded, path, X_Remote_User="keeper", x_remote_USER="keeper")
    assert answer.status == 200, "the atlas stays open"
    assert headers.get_all("X-Remote-User") is None


@pytest.mark.parametrize("path", PATHS)
def test_only_a_name_that_was_checked_is_told(guarded, path):
    answer, (headers,) = told(guarded, path, Authorization=basic("secret"), X_Remote_User="keeper")
    assert [one.encode("latin-1").decode() for one in headers.get_all("X-Remote-User")] == ["hà-giang"]
    assert headers["Authorization"] is None, "the password stays with nginx"
    for wrong in (basic("wrong"), "Basic " + base64.b64encode(b"keeper:").decode(), "Bearer secret", "basic"):
        answer, reached = told(guarded, path, Authorization=wrong, X_Remote_User="keeper")
        assert (answer.status, reached) == (401, [])
    assert "Mật khẩu" in answer.body.decode() or "mật khẩu" in answer.body.decode()


def test_a_browser_that_has_logged_in_connects_under_its_name(guarded, browser):
    asked = guarded.get("log-in-contribute?lang=vi")
    assert asked.status == 401
    assert asked.headers["WWW-Authenticate"].startswith("Basic realm=")
    Recorder.told.clear()
    credentials = {"username": "hà-giang", "password": "secret"}
    context = browser.new_context(http_credentials=credentials, ignore_https_errors=True)
    page = context.new_page()
    with page.expect_websocket():
        page.goto(guarded.address + "log-in-contribute?lang=vi")
    assert page.url == guarded.address + "contribute?lang=vi"
    connection = wait_until(lambda: next((one for path, one in Recorder.told if "stream" in path), None))
    assert connection["X-Remote-User"].encode("latin-1").decode() == "hà-giang"
    page.goto(guarded.address + "log-in-review?lang=zh")
    assert page.url == guarded.address + "review?lang=zh"
    context.close()
