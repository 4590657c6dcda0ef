"""Load: many visitors at once, as raw sessions of Streamlit's websocket protocol, without a browser.

Each looks at the page for a while, changes a filter, searches or goes to another page, and after some changes
leaves for another to come. ``python -m benchmarks.load --seconds 60 --visitors 50`` runs for other than ten
minutes or with other than 50 visitors.
"""

import argparse
import asyncio
import random
import re
import statistics
import time
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

import psutil
from streamlit.proto.Alert_pb2 import Alert
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import connect

from tests.conftest import running_server

STAY = 12  # changes that a visitor makes before another comes in their place
PAUSE = (2.0, 8.0)  # seconds that a visitor looks at an answer
PATIENCE = 60  # seconds for an answer
SAMPLES = 10  # of memory
WORDS = ("meo vac", "Mèo Vạc", "富宁", "funing", "Hà Khẩu", "dongxing", "Mong Cai", "nowhere at all")
ACTIONS = {"filter": 7, "search": 2, "page": 1}  # and how often each is done
FILTERS = ("province", "region")


class Failed(Exception):
    """A page has shown an error, or an answer has not come."""


class Visitor:
    """A session of Streamlit's websocket protocol, without a browser; made by :func:`visit`."""

    def __init__(self, socket, address: str, patience: float):
        self.socket = socket
        self.address = address
        self.patience = patience
        self.widgets: dict[str, tuple[str, object]] = {}  # key -> id and what the server has said of it
        self.pages: dict[str, str] = {}  # path -> hash of its script
        self.page = ""
        self.query = ""
        self.received = 0
        self.kept: dict[str, ForwardMsg] = {}  # large elements by hash, which the server need not send again

    async def open(self, page: str) -> None:
        """Go to a page by its path."""
        self.page = page
        await self._run()

    async def change(self, key: str, values: list[str]) -> None:
        """Set a widget by its key: texts typed, or labels of options chosen."""
        identifier, widget = self.widgets[key]
        state = WidgetState(id=identifier)
        if hasattr(widget, "options"):
            state.string_array_value.data.extend(values)
        else:
            state.string_value = values[0]
        await self._run(state)

    def options(self, key: str) -> list[str]:
        """The labels of the options of a widget."""
        return [getattr(option, "content", option) for option in self.widgets[key][1].options]

    async def _run(self, *changed: WidgetState) -> None:
        """Have the script run, and read its answer to the end.

        :raises Failed: see there.
        """
        message = BackMsg()
        message.rerun_script.query_string = self.query
        message.rerun_script.page_script_hash = self.pages.get(self.page, "")
        message.rerun_script.context_info.url = f"{self.address}/{self.page}"
        message.rerun_script.context_info.locale = "en-GB"
        message.rerun_script.widget_states.widgets.extend(changed)
        message.rerun_script.cached_message_hashes.extend(self.kept)
        await self.socket.send(message.SerializeToString())
        self.received = 0
        failures = []
        async with asyncio.timeout(self.patience):
            async for data in self.socket:
                self.received += len(data)
                answer = ForwardMsg.FromString(data)
                if answer.ref_hash:
                    answer = self.kept[answer.ref_hash]
                elif answer.metadata.cacheable:
                    self.kept[answer.hash] = answer
                kind = answer.WhichOneof("type")
                if kind == "delta" and answer.delta.HasField("new_element"):
                    failures += self._drawn(answer.delta.new_element)
                elif kind == "navigation":
                    self.pages = {page.url_pathname: page.page_script_hash for page in answer.navigation.app_pages}
                elif kind == "page_info_changed":
                    self.query = answer.page_info_changed.query_string
                elif kind == "script_finished" and answer.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY:
                    break
        if failures:
            raise Failed("; ".join(failures))

    def _drawn(self, element) -> list[str]:
        """Note a widget; what the element says of a failure."""
        name = element.WhichOneof("type")
        content = getattr(element, name)
        if name == "exception" or (name == "alert" and content.format == Alert.ERROR):
            return [str(content)]
        identifier = getattr(content, "id", "")
        if found := re.fullmatch(r"\$\$ID-[0-9a-f]+-(.+)", identifier):
            self.widgets[found[1]] = (identifier, content)
        return []


@asynccontextmanager
async def visit(address: str, patience: float = PATIENCE):
    """A :class:`Visitor` who has opened the first page, and waits so many seconds for every answer."""
    socket = f"ws://{urlsplit(address).netloc}/_stcore/stream"
    async with connect(socket, subprotocols=["streamlit"], max_size=None) as connection:
        visitor = Visitor(connection, address, patience)
        await visitor.open("")
        yield visitor


async def stay(address: str, end: float, times: dict[str, list[float]], failures: list[str]) -> None:
    """Visit again and again until ``end``; note the seconds of every change by action, and what failed."""
    while time.monotonic() < end:
        try:
            async with visit(address) as visitor:
                for _ in range(STAY):
                    await asyncio.sleep(random.uniform(*PAUSE))
                    if time.monotonic() > end:
                        return
                    (action,) = random.choices(list(ACTIONS), list(ACTIONS.values()))
                    start = time.perf_counter()
                    await act(visitor, action)
                    times[action].append(time.perf_counter() - start)
        except (Failed, TimeoutError, OSError) as failure:
            failures.append(repr(failure))


async def act(visitor: Visitor, action: str) -> None:
    """Do one of ``ACTIONS``."""
    if action == "page":
        await visitor.open(random.choice(list(visitor.pages)))
    elif "q" not in visitor.widgets:
        await visitor.open("")
    elif action == "search":
        await visitor.change("q", [random.choice(WORDS)])
    else:
        key = random.choice(FILTERS)
        await visitor.change(key, [random.choice(visitor.options(key))])


async def crowd(address: str, seconds: float, visitors: int) -> tuple[dict, list[str], list[int]]:
    """Let so many visitors stay for so long; the times of their changes, the failures, and the server's memory in MB."""
    times: dict[str, list[float]] = {action: [] for action in ACTIONS}
    failures: list[str] = []
    end = time.monotonic() + seconds
    tasks = [asyncio.create_task(stay(address, end, times, failures)) for _ in range(visitors)]
    memory = []
    for _ in range(SAMPLES):
        await asyncio.sleep(seconds / SAMPLES)
        memory.append(resident(address))
    await asyncio.gather(*tasks)
    return times, failures, memory


def resident(address: str) -> int:
    """Megabytes that the server at an address holds in memory."""
    port = urlsplit(address).port
    (server,) = {one.pid for one in psutil.net_connections("tcp4") if one.status == "LISTEN" and one.laddr.port == port}
    return psutil.Process(server).memory_info().rss // 1_000_000


def main() -> None:
    """Print counts, median and 95th percentile of every action, failures, and the curve of memory."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--visitors", type=int, default=50)
    asked = parser.parse_args()
    with running_server() as address:
        times, failures, memory = asyncio.run(crowd(address, asked.seconds, asked.visitors))
    print(f"{asked.visitors} visitors, {asked.seconds:.0f} s, failures: {len(failures)}", *failures[:5], sep="\n")
    print("| action | times | median | p95 |\n|---|---|---|---|")
    for action, seconds in times.items():
        slow = sorted(seconds)[round(0.95 * (len(seconds) - 1))]
        print(f"| {action} | {len(seconds)} | {statistics.median(seconds):.2f} s | {slow:.2f} s |")
    print("memory of the server, MB:", *memory)


if __name__ == "__main__":
    main()
