"""Replicas behind a real nginx with the configuration of deploy/."""

import gzip
import http.client
import json
import ssl
import threading
from contextlib import contextmanager

import brotli
import pytest
from playwright.sync_api import expect

from atlas import DATA
from atlas.model.selection import Selection
from tests.conftest import listen, wait_until
from tests.deploy.conftest import NAME, deployed

MOST_VISITORS = 15
HALF = b"GET /atlas/ HTTP/1.1\r\nHost: "


@pytest.fixture(scope="module")
def deployment():
    with deployed(STREAMLIT_SERVER_ALLOWED_HOSTS=NAME) as deployment:
        yield deployment


@pytest.fixture(scope="module", autouse=True)
def half(deployment):
    """Half a request that waits while all other tests run."""
    connection = deployment.connect()
    connection.connect()
    connection.sock.sendall(HALF)
    yield connection.sock
    connection.close()


@pytest.fixture
def arrive(browser, deployment):
    """A function that opens a page for a new visitor; its ``closed`` counts connections that broke, ``failed`` lists answers of 400 and more."""
    contexts = []

    def opened(path: str = ""):
        context = browser.new_context(locale="en-GB", viewport={"width": 1280, "height": 900}, ignore_https_errors=True)
        contexts.append(context)
        page = listen(context.new_page())
        page.opened, page.closed, page.failed = [], [], []

        def connected(socket):
            page.opened.append(socket.url)
            socket.on("close", lambda _: page.closed.append(socket.url))

        page.on("websocket", connected)
        page.on("response", lambda answer: answer.status >= 400 and page.failed.append(answer.url))
        page.goto(deployment.address + path)
        expect(search(page)).to_be_visible()
        page.visitor = next(one["value"] for one in context.cookies() if one["name"] == "atlas_visitor")
        return page

    yield opened
    for context in contexts:
        context.close()


def search(page):
    return page.get_by_label("Find a place")


def find(page, text: str) -> None:
    """Use the filter and wait for its answer."""
    search(page).fill(text)
    search(page).press("Enter")
    page.wait_for_url(f"**q={text}*")
    expect(page.locator(".chips")).to_contain_text(f"“{text}”")


def test_the_map_and_every_address_work_under_the_sub_path(arrive):
    page = arrive("?q=meovac")
    frame = page.frame_locator("iframe").first
    expect(frame.locator(".atlas-twinning").first).to_be_attached()
    expect(frame.locator(".leaflet-atlas-land-pane path").first).to_be_attached()
    page.goto(page.url.split("?")[0] + "reform?lang=en")
    expect(frame.locator(".atlas-twinning").first).to_be_attached()
    # on a page of its own address Streamlit looks for its root one level too deep first
    assert [address for address in page.failed if "/reform/_stcore/" not in address] == []


def test_a_visitor_stays_with_one_replica(arrive, deployment):
    page = arrive("?view=table")  # without a map, which takes most of a visit
    first = deployment.replica_of(page.visitor)
    assert first
    for text in ("malipo", "hagiang"):
        find(page, text)
        page.reload()
        expect(search(page)).to_have_value(text)
    assert deployment.replica_of(page.visitor) is first
    told = deployment.get(Accept="text/html", Cookie=f"atlas_visitor={page.visitor}").headers["Set-Cookie"]
    assert told is None or "atlas_visitor" not in told


def test_no_log_holds_what_a_visitor_searches_or_an_address(deployment):
    logged = "".join(file.read_text() for file in deployment.folder.glob("*.log"))
    assert " 200 GET /atlas/ " in logged
    assert "malipo" not in logged
    addresses = {line.split()[-1] for line in (deployment.folder / "atlas.log").read_text().splitlines()}
    assert addresses == {"-"}


def test_a_made_up_cookie_is_replaced(deployment):
    (told,) = deployment.get(Accept="text/html", Cookie="atlas_visitor=x;y").headers.get_all("Set-Cookie")
    name, *settings = told.split("; ")
    assert name.startswith("atlas_visitor=")
    assert set(settings) == {"Path=/atlas/", "HttpOnly", "SameSite=Lax", "Secure"}


@pytest.mark.parametrize("path", ["api/collections/places/items?limit=1", "data/map.json", "assets/map.js"])
def test_what_a_cache_may_keep_has_no_cookie(deployment, path):
    assert "atlas_visitor" not in str(deployment.get(path).headers["Set-Cookie"])


@pytest.mark.parametrize("path", ["", "api", "data/nothing", "_stcore/upload_file/a/b"])
def test_every_answer_says_that_the_name_speaks_https_alone(deployment, path):
    assert deployment.get(path).headers.get_all("Strict-Transport-Security") == ["max-age=31536000"]


def test_what_nginx_answers_itself_is_guarded_as_what_replicas_answer(deployment):
    by_nginx = deployment.get("reconcile", "POST", Content_Length=str(2 * 2**20))
    assert by_nginx.status == 413
    for answer in (by_nginx, deployment.get(), deployment.get("api")):
        assert answer.headers.get_all("X-Content-Type-Options") == ["nosniff"]
        assert answer.headers.get_all("Referrer-Policy") == ["same-origin"]
        (policy,) = answer.headers.get_all("Content-Security-Policy")
        assert policy.startswith("default-src")


def test_files_come_compressed_and_stay_in_the_browser(deployment):
    manifest = json.loads((DATA / "manifest.json").read_bytes())
    file = deployment.get(f"data/map.json?v={manifest['files']['map.json'][:12]}", Accept_Encoding="gzip")
    assert file.headers["Content-Encoding"] == "gzip"
    assert file.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert gzip.decompress(file.body) == (DATA / "map.json").read_bytes()
    smaller = deployment.get(f"data/map.json?v={manifest['files']['map.json'][:12]}", Accept_Encoding="gzip, br")
    assert brotli.decompress(smaller.body) == (DATA / "map.json").read_bytes()
    assert len(smaller.body) < len(file.body)
    page = deployment.get(Accept_Encoding="gzip")
    assert page.headers["Content-Encoding"] == "gzip"
    assert page.headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize("path", ["data/a%20b", "data/M%C3%A8o%20V%E1%BA%A1c", "api/collections/%E4%B8%AD/items"])
def test_an_address_is_handed_on_as_it_was_written(deployment, path):
    assert deployment.get(path).status == 404


def test_another_host_name_gets_no_answer(deployment):
    with pytest.raises(ssl.SSLError):
        deployment.connect("somewhere.example").request("GET", "/atlas/")
    for connection in (deployment.connect(), http.client.HTTPConnection("127.0.0.1", deployment.plain, timeout=10)):
        connection.request("GET", "/atlas/", headers={"Host": "somewhere.example"})
        with pytest.raises(http.client.RemoteDisconnected):
            connection.getresponse()
        connection.close()


def test_encryption_is_of_today(deployment):
    deployment.trusting.set_alpn_protocols(["h2", "http/1.1"])
    connection = deployment.connect()
    connection.connect()
    assert (connection.sock.version(), connection.sock.selected_alpn_protocol()) == ("TLSv1.3", "h2")
    connection.close()
    deployment.trusting.set_alpn_protocols(["http/1.1"])


def test_without_encryption_there_is_nothing_but_the_way_to_it(deployment):
    connection = http.client.HTTPConnection("127.0.0.1", deployment.plain, timeout=10)
    connection.request("GET", "/atlas/reform?q=funing", headers={"Host": NAME})
    answer = connection.getresponse()
    assert (answer.status, answer.headers["Location"]) == (308, f"https://{NAME}/atlas/reform?q=funing")
    connection.close()


@pytest.mark.parametrize(
    ("host", "origin", "status"),
    [
        (NAME, f"http://{NAME}", 101),
        ("somewhere.example", "http://somewhere.example", 403),
        (NAME, "http://somewhere.example", 403),
    ],
)
def test_a_replica_is_connected_under_its_own_name_and_from_its_own_pages_alone(deployment, host, origin, status):
    port = deployment.replicas[-1].port
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.putrequest("GET", "/_stcore/stream", skip_host=True)
    for header in (
        ("Host", f"{host}:{port}"), ("Origin", f"{origin}:{port}"), ("Connection", "Upgrade"), ("Upgrade", "websocket"),
        ("Sec-WebSocket-Version", "13"), ("Sec-WebSocket-Key", "MDEyMzQ1Njc4OWFiY2RlZg=="),
    ):  # fmt: skip
        connection.putheader(*header)
    connection.endheaders()
    assert connection.getresponse().status == status


def test_the_root_leads_to_the_atlas(deployment):
    connection = deployment.connect()
    connection.request("GET", "/atlas?lang=vi")
    answer = connection.getresponse()
    assert (answer.status, answer.headers["Location"].split("/", 3)[3]) == (302, "atlas/?lang=vi")


@pytest.mark.parametrize(("path", "size"), [("_stcore/upload_file/a/b", 12 * 2**20), ("reconcile", 2 * 2**20)])
def test_a_large_body_is_refused(deployment, path, size):
    assert deployment.get(path, "POST", Content_Length=str(size)).status == 413


def test_half_uploads_of_one_address_are_few(deployment):
    connections = []

    def one_more_is_refused() -> bool:
        connections.append(deployment.connect())
        connections[-1].putrequest("PUT", "/atlas/_stcore/upload_file/a/b")
        connections[-1].putheader("Content-Length", "10")
        connections[-1].endheaders()
        return deployment.get("_stcore/upload_file/a/b", "PUT").status == 429

    wait_until(one_more_is_refused, every=0.02)
    assert 8 < len(connections) < 20, "for those under way, not for their number in a time"
    for connection in connections:
        connection.close()


def test_who_asks_too_much_is_told_to_wait_and_for_how_long(deployment):
    statuses = []
    while 429 not in statuses and len(statuses) < 100:
        answer = deployment.get("_stcore/upload_file/a/b", "PUT")
        statuses.append(answer.status)
    assert answer.status == 429
    assert answer.headers.get_all("Retry-After") == ["10"]
    assert answer.headers["Strict-Transport-Security"]
    assert "Vui lòng chờ một lát rồi thử lại" in answer.body.decode()
    assert "请稍候再试" in answer.body.decode()
    assert deployment.get("_stcore/health").status == 200, "whoever only looks is not meant"
    log = deployment.folder / "atlas.log"
    refused = wait_until(lambda: [line for line in log.read_text().splitlines() if " 429 PUT " in line])
    assert refused[-1].endswith(" 127.0.0.1"), "the log tells who it was"


@contextmanager
def under_load(deployment, paths: list[str], cookies: list[str]):
    """Ask for files without a break, one thread a visitor; yields the list of what went wrong."""
    wrong, ended = [], threading.Event()
    counts = dict.fromkeys(cookies, 0)

    def ask(cookie: str):
        while not ended.wait(0.02):
            for path in paths:
                try:
                    answer = deployment.get(path, Cookie=f"atlas_visitor={cookie}")
                except OSError as error:
                    wrong.append((path, error))
                else:
                    counts[cookie] += 1
                    wrong.extend([(path, answer.status)] * (answer.status != 200))

    threads = [threading.Thread(target=ask, args=(cookie,)) for cookie in cookies]
    for thread in threads:
        thread.start()
    try:
        yield wrong
    finally:
        ended.set()
        for thread in threads:
            thread.join(30)
    assert all(counts.values()), counts


@pytest.mark.timeout(300)  # on a busy machine; some 40 s otherwise
def test_killing_a_replica_under_load_moves_its_visitors_and_disturbs_no_other(arrive, deployment, atlas):
    pages = [arrive("?view=table")]
    victim = wait_until(lambda: deployment.replica_of(pages[0].visitor))
    while all(deployment.replica_of(page.visitor) is victim for page in pages):
        assert len(pages) < MOST_VISITORS
        pages.append(arrive("?view=table"))
    own = [page for page in pages if deployment.replica_of(page.visitor) is victim]
    others = [page for page in pages if page not in own]
    for page in pages:
        find(page, "malipo")
    before = {page: list(page.opened) for page in pages}
    with under_load(deployment, ["_stcore/health", "data/map.json"], [page.visitor for page in pages]) as wrong:
        victim.kill()
        for page in own:
            wait_until(lambda page=page: page.wait_for_timeout(100) or len(page.opened) > len(before[page]), 60)
        for page in others:
            find(page, "funing")
        for page in own:
            expect(search(page)).to_have_value("malipo")
            find(page, "funing")  # what is typed is in the address at once, whether or not there is a session
        found = len(Selection(q="funing").twinnings(atlas))
        for page in pages:
            expect(page.get_by_text(f"shown {found} of")).to_be_visible()
    assert wrong == [], "every request of every visitor was answered"
    for page in others:
        assert (page.closed, page.opened) == ([], before[page]), "the others kept their connection"
    for page in own:
        assert page.closed, "these had to connect again"
        expect(search(page)).to_have_value("funing")
        assert deployment.replica_of(page.visitor) in deployment.replicas
        assert deployment.replica_of(page.visitor) is not victim


def test_half_a_request_ends(half):
    half.settimeout(30)
    assert half.recv(1000)[:12] in (b"", b"HTTP/1.1 408")
