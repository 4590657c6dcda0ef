"""Replicas behind a real nginx with the configuration of deploy/."""

import gzip
import http.client
import json
import threading
from contextlib import contextmanager
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import expect

from atlas import DATA
from atlas.model.selection import Selection
from tests.conftest import listen, wait_until
from tests.deploy.conftest import deployed

MOST_VISITORS = 15


@pytest.fixture(scope="module")
def deployment():
    with deployed(STREAMLIT_SERVER_ALLOWED_HOSTS="127.0.0.1") as deployment:
        yield deployment


@pytest.fixture
def arrive(browser, deployment):
    """A function that opens a page for a new visitor; its ``closed`` counts connections that broke, ``failed`` lists answers of 400 and more."""
    contexts = []

    def opened(path: str = ""):
        context = browser.new_context(locale="en-GB", viewport={"width": 1280, "height": 900})
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


def get(address: str, **headers: str):
    return urlopen(
        Request(address, headers={name.replace("_", "-"): value for name, value in headers.items()}), timeout=20
    )


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
    page = arrive()
    first = deployment.replica_of(page.visitor)
    assert first
    for text in ("malipo", "hagiang"):
        find(page, text)
        page.reload()
        expect(search(page)).to_have_value(text)
    assert deployment.replica_of(page.visitor) is first
    with get(deployment.address, Cookie=f"atlas_visitor={page.visitor}") as answer:
        assert answer.headers["Set-Cookie"] is None or "atlas_visitor" not in answer.headers["Set-Cookie"]


def test_a_made_up_cookie_is_replaced(deployment):
    with get(deployment.address, Cookie="atlas_visitor=x;y") as answer:
        assert "atlas_visitor=" in answer.headers["Set-Cookie"]
        assert "HttpOnly" in answer.headers["Set-Cookie"]


def test_files_come_compressed_and_stay_in_the_browser(deployment):
    manifest = json.loads((DATA / "manifest.json").read_bytes())
    address = f"{deployment.address}data/map.json?v={manifest['files']['map.json'][:12]}"
    with get(address, Accept_Encoding="gzip") as answer:
        assert answer.headers["Content-Encoding"] == "gzip"
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert gzip.decompress(answer.read()) == (DATA / "map.json").read_bytes()
    with get(deployment.address, Accept_Encoding="gzip") as page:
        assert page.headers["Content-Encoding"] == "gzip"
        assert page.headers["Cache-Control"] == "no-cache"


def test_another_host_name_gets_no_answer(deployment):
    connection = http.client.HTTPConnection("127.0.0.1", deployment.port, timeout=10)
    connection.request("GET", "/atlas/", headers={"Host": "somewhere.example"})
    with pytest.raises(http.client.RemoteDisconnected):
        connection.getresponse()


@pytest.mark.parametrize(
    ("host", "origin", "status"),
    [
        ("127.0.0.1", "http://127.0.0.1", 101),
        ("somewhere.example", "http://somewhere.example", 403),
        ("127.0.0.1", "http://somewhere.example", 403),
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
    connection = http.client.HTTPConnection("127.0.0.1", deployment.port, timeout=10)
    connection.request("GET", "/atlas?lang=vi")
    answer = connection.getresponse()
    assert (answer.status, answer.headers["Location"].split("/", 3)[3]) == (302, "atlas/?lang=vi")


def test_a_large_body_is_refused(deployment):
    connection = http.client.HTTPConnection("127.0.0.1", deployment.port, timeout=10)
    connection.request("POST", "/atlas/_stcore/upload_file/a/b", headers={"Content-Length": str(7 * 2**20)})
    assert connection.getresponse().status == 413


@contextmanager
def under_load(addresses: list[str], cookies: list[str]):
    """Ask for files without a break, one thread a visitor; yields the list of what went wrong."""
    wrong, ended = [], threading.Event()
    counts = dict.fromkeys(cookies, 0)

    def ask(cookie: str):
        while not ended.wait(0.02):
            for address in addresses:
                try:
                    with get(address, Cookie=f"atlas_visitor={cookie}") as answer:
                        answer.read()
                        counts[cookie] += 1
                except OSError as error:
                    wrong.append((address, error))

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
    pages = [arrive("?view=table")]  # without a map, which takes most of a visit
    victim = wait_until(lambda: deployment.replica_of(pages[0].visitor))
    while all(deployment.replica_of(page.visitor) is victim for page in pages):
        assert len(pages) < MOST_VISITORS
        pages.append(arrive("?view=table"))
    own = [page for page in pages if deployment.replica_of(page.visitor) is victim]
    others = [page for page in pages if page not in own]
    for page in pages:
        find(page, "malipo")
    before = {page: list(page.opened) for page in pages}
    files = [deployment.address + name for name in ("_stcore/health", "data/map.json")]
    with under_load(files, [page.visitor for page in pages]) as wrong:
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
