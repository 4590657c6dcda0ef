"""How the tests in a real browser run."""

import pytest

from tests.browser.pages import go_to
from tests.conftest import listen

FAILED = pytest.StashKey[bool]()


def pytest_collection_modifyitems(items):
    """Once more where one fails: on a busy machine a click may fall between two runs of a page and be lost."""
    for item in items:
        if "/browser/" in item.nodeid:
            item.add_marker(pytest.mark.flaky(reruns=1))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item):
    """Remember which test has failed, for :func:`browse`."""
    report = yield
    item.stash[FAILED] = report.failed
    return report


@pytest.fixture(scope="session")
def long_sessions():
    """The page of a visitor who goes on from test to test, once there is one."""
    return []


@pytest.fixture
def browse(visitors, server, long_sessions, request):
    """Go to an address in a session that goes on from test to test, for a third of what a new visitor costs.

    ``browse(path, size=(width, height))`` returns a Playwright page that is listened to, see
    :func:`tests.conftest.listen`; of what came before it keeps nothing but the choices that an address does not hold.
    """

    def opened(path: str, size: tuple[int, int] = (1440, 900)):
        if not long_sessions:
            long_sessions.append(listen(visitors("en-GB").new_page()))
            long_sessions[0].goto(server)
        page = long_sessions[0]
        page.set_viewport_size({"width": size[0], "height": size[1]})
        go_to(page, path)
        for kept in (page.hosts, page.errors, page.sent, page.received):
            kept.clear()
        return page

    yield opened
    if long_sessions and request.node.stash.get(FAILED, True):
        long_sessions.pop().close()
