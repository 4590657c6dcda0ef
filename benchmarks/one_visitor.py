"""One visitor against the others: what large messages, texts, files, sessions and bursts of exports cost them.

Each case is repeated for some seconds by a visitor in a process of its own, while another one changes a filter again and
again, or asks for a CSV. The others' change should take at most twice as long, the CSV ten seconds, and memory should be
back half a minute after the one has left.

``python -m benchmarks.one_visitor texts files`` runs some of the cases.
"""

import asyncio
import json
import statistics
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from multiprocessing import get_context
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import Request, urlopen

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.exceptions import ConnectionClosed

from benchmarks.load import SERVER, Answers, Failed, RawVisitor, resident, visit
from tests.conftest import running_server

SECONDS = 8  # of a case
LEFT = 30  # seconds after which memory should be back
CHANGES = 20  # of a filter, alone
MARKS = "\u0301\u0323"  # combining, which Unicode sorts in the square of their number
BOXES = (
    ("recognise", ""),
    ("meeting_view", "scenes"),
    ("meeting_view", "about"),
    ("meeting_view", "decisions"),
)  # page, part


class Fields(Answers):
    """Hears which fields, menus and files a page has."""

    def __init__(self):
        super().__init__()
        self.session = ""
        self.fields: dict[str, str] = {}  # id -> kind of element
        self.files: list[str] = []  # ids of what is made at a click

    def hear(self, data: bytes) -> bool:
        """As for all visitors; and what it says of fields."""
        message = ForwardMsg.FromString(data)
        self.session = message.new_session.initialize.session_id or self.session
        block = message.delta.add_block
        if block.popover.id:
            self.fields[block.popover.id] = "popover"
        return super().hear(data)

    def _drawn(self, element) -> None:
        name = element.WhichOneof("type")
        content = getattr(element, name)
        if identifier := getattr(content, "id", ""):
            self.fields[identifier] = name
        if file := getattr(content, "deferred_file_id", ""):
            self.files.append(file)
        if name != "alert":  # what is wrong with a text or a file is said, as it should be
            super()._drawn(element)

    def of(self, *kinds: str) -> list[str]:
        """The ids of the fields of some kinds."""
        return [one for one, kind in self.fields.items() if kind in kinds]


class Sender(RawVisitor):
    """A visitor who sends whatever a program can."""

    listener = Fields
    answers: Fields

    async def send(self, message: BackMsg) -> None:
        """Send a message, and wait for no answer."""
        await self.socket.send(message.SerializeToString())

    async def hold(self, page: str, **values) -> None:
        """Open a page with a value in some of its fields."""
        self.values = [WidgetState(id=one, **value) for one, value in values.items()]
        await self.open(page)

    async def open_menus(self) -> list[str]:
        """Open the menus of the page; the files that they offer."""
        await self.hold(self.page, **{one: {"bool_value": True} for one in self.answers.of("popover")})
        return self.answers.files

    async def file(self, name: str) -> None:
        """Ask for a file as a click does, and wait until it is made or refused."""
        message = BackMsg()
        message.backend_operation_request.request_id = name
        message.backend_operation_request.session_id = self.answers.session
        message.backend_operation_request.deferred_file.file_id = name
        await self.send(message)
        async for data in self.socket:
            answer = ForwardMsg.FromString(data)
            if answer.backend_operation_response.request_id == name:
                if answer.backend_operation_response.error_msg:
                    raise Failed(answer.backend_operation_response.error_msg)
                return

    async def upload(self, name: str, content: bytes) -> int:
        """Hand in a file; the status of the answer."""
        body = b'--x\r\nContent-Disposition: form-data; name="f"; filename="f"\r\n\r\n' + content + b"\r\n--x--\r\n"
        return await asyncio.to_thread(self._put, name, body)

    def _put(self, name: str, body: bytes) -> int:
        with urlopen(f"{self.address}/_stcore/health") as answer:
            cookie = answer.headers["Set-Cookie"].partition(";")[0]
        headers = {"Content-Type": "multipart/form-data; boundary=x", "Cookie": cookie,
                   "X-Xsrftoken": cookie.partition("=")[2]}  # fmt: skip
        address = f"{self.address}/_stcore/upload_file/{self.answers.session}/{name}"
        try:
            with urlopen(Request(address, body, headers, method="PUT")) as answer:
                return answer.status
        except HTTPError as refused:
            return refused.code


@asynccontextmanager
async def sender(address: str) -> AsyncIterator[Sender]:
    """A visitor whose connection may be ended."""
    with suppress(ConnectionClosed, Failed, TimeoutError):
        async with visit(address, visitors=Sender) as one:
            yield one


async def messages(address: str) -> None:
    """Messages of 20 and of 8 MB, of texts, fields, hashes, files and addresses."""
    state = {
        "20 MB": {"query_string": "a" * 19_900_000},
        "8 MB": {"widget_states": {"widgets": [{"id": "$$ID-a-pasted-list", "string_value": MARKS * 1_950_000}]}},
        "fields": {"widget_states": {"widgets": [{"id": "a"}] * 300_000}},
        "hashes": {"cached_message_hashes": ["a"] * 2_000_000},
        "address": {"query_string": "a&" * 3_000_000},
    }
    made = [BackMsg(rerun_script=one) for one in state.values()]
    made.append(BackMsg(file_urls_request={"file_names": ["a"] * 2_000_000}))
    for message in made:
        async with sender(address) as one, asyncio.timeout(2):
            await one.send(message)
            async for _ in one.socket:
                pass  # until the connection is ended


async def texts(address: str) -> None:
    """A run of combining marks in every box of the pages, and in every parameter of their addresses."""
    async with sender(address) as one:
        for page, part in BOXES:
            one.query = {"view": [part]}
            one.answers.fields = {}
            await one.open(page)
            boxes = one.answers.of("text_input", "text_area")
            await one.hold(page, **{box: {"string_value": "a" + MARKS * 500_000} for box in boxes})
            one.values = []
        for name in ("q", "find", "asof", "province", "id", "view", "from", "record"):
            one.query = {name: ["a" + MARKS * 1_200]}
            await one.open("search" if name == "find" else "sources_and_data")
    long = quote("a" + MARKS * 7_000)
    for path in (f"search.json?q={long}", f"api/collections/twinnings/items?q={long}",
                 f"reconcile/suggest/entity?prefix={long}", "reconcile?queries=" + quote(json.dumps({"q": {"query": MARKS * 3_000}}))):  # fmt: skip
        with suppress(HTTPError):
            await asyncio.to_thread(lambda path=path: urlopen(f"{address}/{path}").read())


async def files(address: str) -> None:
    """Sixty files of 5 MB at once, of a visitor on the first page."""
    async with sender(address) as one:
        await asyncio.gather(*(one.upload(f"file{n}", b"a" * 5 * 2**20) for n in range(60)))


async def sessions(address: str) -> None:
    """Files of a session: of as many scenes with a map as it may have, of 200, and of 18,000 unknown values."""
    scene = {"kind": "map", "selection": {}}
    content = {"format": "border-cooperation-atlas-session", "version": 2, "kind": "own", "language": "vi-zh",
               "audience": "both", "selection": {}}  # fmt: skip
    unknown = {"selection": {"province": [f"unknown{n}" for n in range(300)]}}
    for scenes in ([scene] * 60, [scene] * 200, [scene | unknown] * 60):
        async with sender(address) as one:
            await one.open("meeting_view")
            given = json.dumps(content | {"scenes": scenes})
            kept = [box for box in one.answers.of("text_area") if box.endswith("-kept-session")]
            await one.hold("meeting_view", **{box: {"string_value": given} for box in kept})
            one.query = {"scene": ["1"]}
            await one.open("meeting_view")


async def exports(address: str) -> None:
    """Fifty clicks on a file in one burst; then the visitor leaves."""
    async with sender(address) as one:
        offered = await one.open_menus()
        for n in range(50):
            message = BackMsg()
            message.backend_operation_request.request_id = str(n)
            message.backend_operation_request.session_id = one.answers.session
            message.backend_operation_request.deferred_file.file_id = offered[n % len(offered)]
            await one.send(message)
        await asyncio.sleep(SECONDS)


CASES: dict[str, Callable[[str], Awaitable[None]]] = {
    one.__name__: one for one in (messages, texts, files, sessions, exports)
}


def repeat(name: str, address: str) -> None:
    """Do one of ``CASES`` again and again for some seconds."""

    async def again() -> None:
        end = time.monotonic() + SECONDS
        while time.monotonic() < end:
            await CASES[name](address)

    asyncio.run(again())


async def change(visitor: RawVisitor) -> float:
    """Seconds of a change of a filter."""
    provinces = visitor.options("province")
    now = visitor.query.get("province", [provinces[-1]])[0]
    start = time.perf_counter()
    await visitor.change("province", [provinces[(provinces.index(now) + 1) % len(provinces)]])
    return time.perf_counter() - start


async def table_of_another(address: str) -> float:
    """Seconds until another visitor has a CSV."""
    async with visit(address, visitors=Sender) as other:
        offered = await other.open_menus()
        start = time.perf_counter()
        await other.file(offered[1])  # after the workbook
        return time.perf_counter() - start


async def measure(name: str, address: str) -> str:
    """One line of the table."""
    async with visit(address) as visitor:
        await visitor.change("lang", ["vi"])
        alone = [await change(visitor) for _ in range(CHANGES)]
        before = top = resident(address)
        process = get_context("spawn").Process(target=repeat, args=(name, address))
        process.start()
        csv = asyncio.create_task(_later(address)) if name == "exports" else None
        meanwhile = []
        while process.is_alive():
            meanwhile.append(await change(visitor))
            top = max(top, resident(address))
            await asyncio.sleep(0.05)
        table = f"{await csv:.1f} s" if csv else ""
        await asyncio.sleep(LEFT)
        usual, slow = statistics.median(alone), statistics.median(meanwhile)
        return (
            f"| {name} | {usual * 1000:.0f} ms | {slow * 1000:.0f} ms | {slow / usual:.1f} | {max(meanwhile):.2f} s "
            f"| {before} MB | {top} MB | {resident(address)} MB | {table} |"
        )


async def usual(address: str) -> None:
    """Have the server load what it loads with its first pages and files."""
    async with visit(address, visitors=Sender) as one:
        for page, part in (*BOXES, ("search", ""), ("sources_and_data", "")):
            one.query = {"view": [part]}
            await one.open(page)
        one.query = {"scene": ["1"]}
        await one.open("meeting_view")
    await table_of_another(address)


async def _later(address: str) -> float:
    await asyncio.sleep(SECONDS / 4)  # when the burst has begun
    return await table_of_another(address)


def main() -> None:
    """Print what each case costs another visitor, and the server."""
    asked = sys.argv[1:] if __name__ == "__main__" else []
    print("| case | filter change alone | meanwhile | ratio | slowest | memory before | top | 30 s later | a CSV |")
    print("|---|---|---|---|---|---|---|---|---|")
    for name in asked or CASES:
        with running_server(SERVER) as address:
            asyncio.run(usual(address))
            print(asyncio.run(measure(name, address)), flush=True)


if __name__ == "__main__":
    main()
