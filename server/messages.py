"""What a visitor's browser sends over its connection, bounded before anything is done with it."""

import logging
from collections.abc import Iterator
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState

from atlas.model.session_file import LARGEST_FILE

log = logging.getLogger(__name__)

LARGEST = 8_000_000  # bytes: the longest text and all else that a page holds
SMALL = 8_000  # bytes of a message in which nothing can be too much
MOST_PARTS = 10_000  # fields, each with its name and value, and hashes of what the browser still has
LARGEST_PART = 200_000  # bytes of what is no text of a field
LONGEST_LIST = 1_000_000  # characters of names that are pasted, a hundred for each line that is looked up
LONG = {"pasted-list": LONGEST_LIST, "kept-session": LARGEST_FILE}  # by the key of the field
LONGEST = 4_000  # characters of any other text; notes of a scene have as many
LONGEST_QUERY = 20_000  # characters after the question mark of an address; servers on its way take fewer
MOST_FILES = 20
VARIABLE, SIZED, FIXED = 0, 2, {1: 8, 5: 4}  # how a part is written, and its bytes
INNER = ("rerun_script", "widget_states", "widgets")  # parts that have parts


class TooMuch(Exception):
    """A message that no page of the atlas sends."""


class BoundedMessages:
    """ASGI middleware that cuts texts in messages of browsers, and ends connections over which comes what no page sends.

    Streamlit would take up to 20 MB, of any number of fields, files and hashes, and go through each in Python.
    """

    def __init__(self, app: ASGIApp):
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on a connection, with what is received in bounds."""
        if scope["type"] != "websocket":
            await self.app(scope, receive, send)
            return

        async def bounded() -> Message:
            message = await receive()
            if message["type"] != "websocket.receive" or not message.get("bytes"):
                return message
            try:
                return dict(message) | {"bytes": within_bounds(message["bytes"])}
            except TooMuch as reason:
                log.warning("a connection is ended: %s", reason)
                await send({"type": "websocket.close", "code": 1009})
                return {"type": "websocket.disconnect", "code": 1009}

        await self.app(scope, bounded, send)


def within_bounds(data: bytes) -> bytes:
    """A message (a BackMsg of Streamlit) with its texts cut one character after their longest, so that pages can say so.

    :raises TooMuch: no page of the atlas sends it.
    """
    if len(data) <= SMALL:
        return data
    _at_most(LARGEST, len(data), "bytes")
    for number, _ in enumerate(_parts(memoryview(data), BackMsg.DESCRIPTOR), 1):
        _at_most(MOST_PARTS, number, "parts")
    try:
        message = BackMsg.FromString(data)
    except Exception as error:  # of a library that the atlas does not name itself
        raise TooMuch(error) from None
    _at_most(MOST_FILES, len(message.file_urls_request.file_names), "files")
    _at_most(LONGEST_QUERY, len(message.rerun_script.query_string), "characters of an address")
    cut = [_cut(widget) for widget in message.rerun_script.widget_states.widgets]
    return message.SerializeToString() if any(cut) else data


def _parts(data: memoryview, form: Any) -> Iterator[None]:
    """Go through the parts of a message as it is written, for reading very many would stop all other visitors.

    Its form: https://protobuf.dev/programming-guides/encoding/

    :param form: the descriptor of the message.
    """
    at = 0
    while at < len(data):
        tag, at = _number(data, at)
        size = FIXED.get(tag & 7)
        if tag & 7 == VARIABLE:
            size = _number(data, at)[1] - at
        elif tag & 7 == SIZED:
            size, at = _number(data, at)
        if size is None or at + size > len(data):
            raise TooMuch("no message")
        yield
        field = form.fields_by_number.get(tag >> 3)
        name = field.name if field else ""
        if field and name in INNER:
            yield from _parts(data[at : at + size], field.message_type)
        elif name != "string_value":
            _at_most(LARGEST_PART, size, "bytes of a part")
        at += size


def _number(data: memoryview, at: int) -> tuple[int, int]:
    """A number of variable length, and where it ends."""
    found = 0
    for shift, byte in enumerate(data[at : at + 10]):
        found |= (byte & 127) << 7 * shift
        if byte < 128:
            return found, at + shift + 1
    raise TooMuch("no message")


def _cut(widget: WidgetState) -> bool:
    """Whether the text of a field had to be cut."""
    # an id of Streamlit ends with the key, see streamlit.elements.lib.utils
    longest = next((most for key, most in LONG.items() if widget.id.endswith(f"-{key}")), LONGEST)
    if len(widget.string_value) <= longest + 1:
        return False
    widget.string_value = widget.string_value[: longest + 1]
    return True


def _at_most(most: int, found: int, of: str) -> None:
    if found > most:
        raise TooMuch(f"{found} {of}, {most} at most")
