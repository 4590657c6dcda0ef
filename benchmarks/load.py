"""Load: many visitors at once, most as raw sessions of Streamlit's websocket protocol, a few in real Chromium.

Each looks at the page for a while, then changes a filter, searches, switches the language or goes to another page, and
after some changes leaves for another to come. Visitors and server share the machine; more than a few browsers would
measure the browsers, therefore the others are the same sessions without one.

``python -m benchmarks.load --seconds 60 --visitors 50 --browsers 2`` runs for other than ten minutes or with others.
"""

import argparse
import asyncio
import os
import random
import re
import statistics
import time
from collections.abc import Awaitable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from html import unescape
from urllib.parse import parse_qs, urlencode, urlsplit
from urllib.request import urlopen

import psutil
from playwright.async_api import Error, async_playwright
from streamlit.proto.Alert_pb2 import Alert
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from atlas import LANGUAGES
from tests.browser.pages import DRAWN
from tests.conftest import chromium_options, finished, running_server

SERVER = "benchmarks/counting_server.py"
STAY = 12  # changes that a visitor makes before another comes in their place
PAUSE = (2.0, 8.0)  # seconds that a visitor looks at an answer
ARRIVAL = 30  # seconds within which all have come; never more than a tenth of the whole
PATIENCE = 60  # seconds for an answer
SAMPLES = 20  # of memory and sessions
REMEMBERED = 20  # seconds for which the server keeps the session of whoever has left
WORDS = ("meo vac", "Mèo Vạc", "富宁", "funing", "Hà Khẩu", "dongxing", "Mong Cai", "nowhere at all")
ACTIONS = {"filter": 7, "search": 2, "language": 1, "page": 1}  # and how often each is done
FILTERS = ("province", "region")


class Failed(Exception):
    """A page has shown an error, or an answer has not come."""


class Answers:
    """What the server says in one session."""

    def __init__(self):
        self.offered: dict[str, list[str]] = {}  # parameter of the address -> values that a filter of it offers
        self.pages: dict[str, str] = {}  # path -> hash of its script
        self.address = ""  # the parameters of the last run, as the server spells them
        self.failures: list[str] = []
        self.kept: dict[str, ForwardMsg] = {}  # large messages by hash, which the server need not send again

    def hear(self, data: bytes) -> bool:
        """Take a message; True when it is the last one of a run of the script."""
        message = ForwardMsg.FromString(data)
        if message.ref_hash:
            message = self.kept[message.ref_hash]
        elif message.metadata.cacheable:
            self.kept[message.hash] = message
        kind = message.WhichOneof("type")
        if kind == "delta" and message.delta.HasField("new_element"):
            self._drawn(message.delta.new_element)
        elif kind == "navigation":
            self.pages = {page.url_pathname: page.page_script_hash for page in message.navigation.app_pages}
        return finished(message)

    def _drawn(self, element) -> None:
        name = element.WhichOneof("type")
        content = getattr(element, name)
        if name == "exception" or (name == "alert" and content.format == Alert.ERROR):
            self.failures.append(str(content))
        if name == "html":
            self._read(content.body)

    def _read(self, html: str) -> None:
        if searched := re.search(r"data-live=(\w+)", html):  # the bar of filters
            self.offered = {searched[1]: []}
            for parameter, value in re.findall(r"data-toggle='(\w+)=([^']+)'", html):
                self.offered.setdefault(parameter, []).append(value)
        if spelled := re.search("data-address='(.*?)'", html):
            self.address = unescape(spelled[1])

    def raise_failures(self) -> None:
        """:raises Failed: the page has shown an error."""
        if self.failures:
            raise Failed("; ".join(self.failures))


class RawVisitor:
    """A session of Streamlit's websocket protocol, without a browser; made by :func:`visit`."""

    listener = Answers

    def __init__(self, socket, address: str, patience: float):
        self.socket = socket
        self.address = address
        self.patience = patience
        self.page = ""
        self.query: dict[str, list[str]] = {}  # the parameters of the address
        self.values: list[WidgetState] = []  # what the fields of the page hold
        self.answers = self.listener()
        self.received = 0  # bytes of the last answer

    async def open(self, page: str) -> None:
        """Go to a page by its path, with the parameters of the last one."""
        self.page = page
        self.answers.offered = {}
        await self._run()

    async def change(self, parameter: str, values: list[str]) -> None:
        """Set a parameter of the address, or take it out, as the script of the page does at a click."""
        self.query = self.query | {parameter: values}
        await self._run()

    def options(self, parameter: str) -> list[str]:
        """The values that a filter offers."""
        return self.answers.offered[parameter]

    async def act(self, action: str) -> None:
        """Do one of ``ACTIONS``."""
        if action == "page":
            await self.open(random.choice(list(self.answers.pages)))
        elif action == "language":
            await self.change("lang", [random.choice(LANGUAGES)])
        elif action == "search" and "q" in self.answers.offered:
            await self.change("q", [random.choice(WORDS)])
        elif names := [name for name in FILTERS if self.answers.offered.get(name)]:
            name = random.choice(names)
            await self.change(name, [random.choice(self.options(name))])
        else:  # a page without a bar of filters
            await self.open("")

    async def _run(self) -> None:
        """Have the script run, and read its answer to the end.

        :raises Failed: see there.
        """
        message = BackMsg()
        message.rerun_script.query_string = urlencode(self.query, doseq=True)
        message.rerun_script.page_script_hash = self.answers.pages.get(self.page, "")
        message.rerun_script.context_info.url = f"{self.address}/{self.page}"
        message.rerun_script.context_info.locale = "en-GB"
        message.rerun_script.cached_message_hashes.extend(self.answers.kept)
        message.rerun_script.widget_states.widgets.extend(self.values)
        await self.socket.send(message.SerializeToString())
        self.received = 0
        async with asyncio.timeout(self.patience):
            async for data in self.socket:
                self.received += len(data)
                if self.answers.hear(data):
                    break
        self.query = parse_qs(self.answers.address) or self.query
        self.answers.raise_failures()


@asynccontextmanager
async def visit(address: str, patience: float = PATIENCE, visitors: type[RawVisitor] = RawVisitor):
    """A :class:`RawVisitor` who has opened the first page, and waits so many seconds for every answer."""
    socket = f"ws://{urlsplit(address).netloc}/_stcore/stream"
    # no pings: a browser sends none
    async with connect(socket, subprotocols=["streamlit"], max_size=None, ping_interval=None) as connection:
        visitor = visitors(connection, address, patience)
        await visitor.open("")
        yield visitor


class ChromiumVisitor:
    """One session after the other in a tab of real Chromium; it hears what its browser receives."""

    def __init__(self, page):
        self.page = page
        self.answers = Answers()
        self._answered = asyncio.Event()
        page.on("websocket", lambda socket: socket.on("framereceived", self._receive))
        page.on("pageerror", lambda error: self.answers.failures.append(str(error)))

    def _receive(self, data: bytes | str) -> None:
        if isinstance(data, bytes) and self.answers.hear(data):
            self._answered.set()

    @asynccontextmanager
    async def visit(self, address: str):
        """Come as a new visitor, who sees the first page, and leave in the end."""
        self.answers = Answers()
        try:
            await self._answer(self.page.goto(address))
            yield self
        finally:
            await self.page.goto(f"{address}/healthz")

    async def act(self, action: str) -> None:
        """Do one of ``ACTIONS`` as a visitor does, until its answer is on screen."""
        page = self.page
        if action == "page":
            others = page.locator(".atlas-bar nav a:not([aria-current])")
            await self._answer(others.nth(random.randrange(4)).click())
        elif action == "language":
            menu = page.locator(".st-key-language")
            await menu.locator("summary").click()
            await self._answer(menu.locator("button[aria-pressed=false]").nth(random.randrange(2)).click())
        elif await page.locator("[data-facet=region]").count() == 0:  # sources have a search alone
            await self._answer(page.locator(".atlas-name").click())
        elif action == "search":
            box = page.locator(".bar .find")
            await box.fill(random.choice([word for word in WORDS if word != await box.input_value()]))
            await self._answer(box.press("Enter"))
        else:
            await self._choose(random.choice(FILTERS))

    async def _choose(self, name: str) -> None:
        """Choose a value of a filter, or take back the one that is chosen."""
        chosen = self.page.locator(f".chips [data-toggle^='{name}=']")
        if await chosen.count():
            await self._answer(chosen.first.click())
        else:
            facet = self.page.locator(f".facet[data-facet={name}]")
            await facet.locator("summary").click()
            await self._answer(facet.locator("li button").nth(random.randrange(5)).click())
            await self.page.keyboard.press("Escape")

    async def _answer(self, doing: Awaitable) -> None:
        """Do something and wait until the browser has drawn the answer.

        :raises Failed: see there.
        """
        self._answered.clear()
        await doing
        async with asyncio.timeout(PATIENCE):
            await self._answered.wait()
        await self.page.evaluate(DRAWN)
        self.answers.raise_failures()


@dataclass
class Outcome:
    """What came of a crowd of visitors."""

    times: dict[str, list[float]] = field(default_factory=dict)  # seconds of every change, by action
    failures: list[str] = field(default_factory=list)
    curve: list[tuple[float, int, int]] = field(default_factory=list)  # seconds, MB of memory, sessions held
    busy: float = 0  # how much of one processor the server took
    left: int = 0  # sessions held at the end, when everybody has gone


async def stay(visiting, begin: float, end: float, outcome: Outcome, where: str = "") -> None:
    """Visit again and again from ``begin`` to ``end``; ``visiting`` makes the context of one visit."""
    await asyncio.sleep(begin - time.monotonic())
    while time.monotonic() < end:
        try:
            async with visiting() as visitor:
                for _ in range(STAY):
                    await asyncio.sleep(random.uniform(*PAUSE))
                    (action,) = random.choices(list(ACTIONS), list(ACTIONS.values()))
                    start = time.perf_counter()
                    await visitor.act(action)
                    outcome.times.setdefault(action + where, []).append(time.perf_counter() - start)
                    if time.monotonic() > end:
                        return
        except (Failed, TimeoutError, OSError, ConnectionClosed, Error) as failure:
            outcome.failures.append(repr(failure))
            await asyncio.sleep(random.uniform(*PAUSE))


async def crowd(address: str, seconds: float, visitors: int, browsers: int) -> Outcome:
    """Let so many visitors stay for so long, some of them in Chromium, and wait until the server may forget them."""
    outcome = Outcome()
    async with visit(address):
        start = time.monotonic()  # what a process loads with its first page is no load of visitors
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(**chromium_options())
        give_way()
        visits = [(partial(visit, address), "")] * (visitors - browsers)
        for _ in range(browsers):
            context = await browser.new_context(locale="en-GB", viewport={"width": 1440, "height": 900})
            visitor = ChromiumVisitor(await context.new_page())
            visits.append((partial(visitor.visit, address), " in Chromium"))
        begin, used = time.monotonic(), server_process(address).cpu_times().user
        tasks = [
            asyncio.create_task(
                stay(visiting, begin + random.uniform(0, min(ARRIVAL, seconds / 10)), begin + seconds, outcome, where)
            )
            for visiting, where in visits
        ]
        for _ in range(SAMPLES):
            await asyncio.sleep(seconds / SAMPLES)
            outcome.curve.append((time.monotonic() - start, resident(address), await held(address)))
        await asyncio.gather(*tasks)
    outcome.busy = (server_process(address).cpu_times().user - used) / (time.monotonic() - begin)
    await asyncio.sleep(REMEMBERED)
    for _ in range(PATIENCE * 10):
        outcome.left = await held(address)
        if outcome.left <= 1:  # Streamlit holds the last one until the next visitor comes
            break
        await asyncio.sleep(0.1)
    outcome.curve.append((time.monotonic() - start, resident(address), outcome.left))
    return outcome


def give_way() -> None:
    """Let the server go before the browsers, which in truth are on machines of their own."""
    for process in psutil.Process().children(recursive=True):
        with suppress(psutil.NoSuchProcess):  # processes and threads of a browser come and go
            if "chrom" in process.name():
                for thread in process.threads():
                    with suppress(ProcessLookupError):
                        os.setpriority(os.PRIO_PROCESS, thread.id, 10)


async def held(address: str) -> int:
    """How many sessions the server holds in memory."""
    with await asyncio.to_thread(urlopen, f"{address}/held", timeout=10 * PATIENCE) as answer:
        return int(answer.read())


def resident(address: str) -> int:
    """Megabytes that the server at an address holds in memory."""
    return server_process(address).memory_info().rss // 1_000_000


def server_process(address: str) -> psutil.Process:
    """The process that serves an address of this machine."""
    port = urlsplit(address).port
    (server,) = {one.pid for one in psutil.net_connections("tcp4") if one.status == "LISTEN" and one.laddr.port == port}
    return psutil.Process(server)


def measure(seconds: float, visitors: int, browsers: int) -> Outcome:
    """What comes of a crowd of visitors on a server of their own."""
    with running_server(SERVER, STREAMLIT_SERVER_DISCONNECTED_SESSION_TTL=str(REMEMBERED)) as address:
        return asyncio.run(crowd(address, seconds, visitors, browsers))


def main() -> None:
    """Print counts, median and 95th percentile of every action, failures, and the curve of memory and sessions."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--visitors", type=int, default=50)
    parser.add_argument("--browsers", type=int, default=2, help="how many of the visitors use Chromium")
    asked = parser.parse_args()
    outcome = measure(asked.seconds, asked.visitors, asked.browsers)
    print(f"{asked.visitors} visitors, {asked.browsers} of them in Chromium, {asked.seconds:.0f} s")
    print(f"failures: {len(outcome.failures)}", *outcome.failures[:5], sep="\n")
    print(f"the server took {outcome.busy:.2f} of a processor")
    print("\n| action | times | median | p95 |\n|---|---|---|---|")
    changes = [seconds for action, times in outcome.times.items() if action.startswith("filter") for seconds in times]
    for action, seconds in [*sorted(outcome.times.items()), ("filter, all visitors", changes)]:
        slow = sorted(seconds)[round(0.95 * (len(seconds) - 1))]
        print(f"| {action} | {len(seconds)} | {statistics.median(seconds):.2f} s | {slow:.2f} s |")
    print("\n| second | memory of the server | sessions held |\n|---|---|---|")
    for second, memory, sessions in outcome.curve:
        print(f"| {second:.0f} | {memory} MB | {sessions} |")
    print(f"\nsessions held when all had gone: {outcome.left}")


if __name__ == "__main__":
    main()
