"""What a browser may send over its connection."""

import asyncio
import time

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg

from server import messages
from server.messages import BoundedMessages, TooMuch, within_bounds


def typed(key: str, text: str) -> BackMsg:
    """The message of a browser in which a field holds a text."""
    message = BackMsg()
    message.rerun_script.query_string = "lang=vi"
    field = message.rerun_script.widget_states.widgets.add()
    field.id, field.string_value = f"$$ID-0123456789abcdef-{key}", text
    return message


@pytest.mark.parametrize(
    ("key", "kept"),
    [("pasted-list", messages.LONGEST_LIST), ("kept-session", 4_000_000), ("title-vi-0-0", 4000), ("None", 4000)],
)
@pytest.mark.parametrize("char", ["a", "\u0301", "界"])
def test_a_text_is_cut_one_character_after_its_longest(key, kept, char):
    message = typed(key, char * min(2 * kept, 7_000_000 // len(char.encode())))
    taken = BackMsg.FromString(within_bounds(message.SerializeToString()))
    (field,) = taken.rerun_script.widget_states.widgets
    (sent,) = message.rerun_script.widget_states.widgets
    assert field.string_value == sent.string_value[: kept + 1]
    assert (field.id, taken.rerun_script.query_string) == (sent.id, "lang=vi")


def test_what_pages_send_stays_as_it_is():
    message = typed("pasted-list", "Mèo Vạc\n" * 10_000)
    message.rerun_script.cached_message_hashes.extend(f"{number:064}" for number in range(1000))
    for number in range(500):
        field = message.rerun_script.widget_states.widgets.add()
        field.id, field.int_value = f"$$ID-{number:032}-minutes", number
    sent = message.SerializeToString()
    assert within_bounds(sent) == sent


def many(name: str) -> bytes:
    """A message of 8 MB at most with very many of something, or with a very long one."""
    message = BackMsg()
    state = message.rerun_script
    match name:
        case "fields":
            for _ in range(600_000):
                state.widget_states.widgets.add().id = "a"
        case "hashes":
            state.cached_message_hashes.extend(["a"] * 2_600_000)
        case "files":
            message.file_urls_request.file_names.extend(["a"] * 2_600_000)
        case "few files":
            message.file_urls_request.file_names.extend(["a" * 400] * 21)
        case "values":
            state.widget_states.widgets.add().string_array_value.data.extend(["a"] * 2_600_000)
        case "address":
            state.query_string = "a&" * 3_900_000
        case "short address":
            state.query_string = "a&" * 10_001
        case "url":
            state.context_info.url = "a" * 7_900_000
        case "bytes":
            state.widget_states.widgets.add().bytes_value = b"a" * 7_900_000
        case "size":
            typed_ = typed("pasted-list", "a" * 8_000_000)
            return typed_.SerializeToString()
        case "noise":
            return b"\xff" * 9_000
        case "cut":
            return typed("pasted-list", "a" * 9_000).SerializeToString()[:-1]
        case "groups":
            return b"\x0b" * 9_000
    return message.SerializeToString()


@pytest.mark.parametrize(
    "name",
    ["fields", "hashes", "files", "few files", "values", "address", "short address", "url", "bytes", "size", "noise", "cut",
     "groups"],
)  # fmt: skip
def test_what_no_page_sends_is_refused_within_a_moment(name):
    data = many(name)
    start = time.process_time()
    with pytest.raises(TooMuch):
        within_bounds(data)
    assert time.process_time() - start < 0.3


def test_a_connection_over_which_too_much_comes_is_ended():
    sent = []
    heard = []

    async def receive():
        return {"type": "websocket.receive", "bytes": many("few files")}

    async def send(message):
        sent.append(message)

    async def application(scope, receive, send):
        heard.append(await receive())

    asyncio.run(BoundedMessages(application)({"type": "websocket"}, receive, send))
    assert sent == [{"type": "websocket.close", "code": 1009}]
    assert heard == [{"type": "websocket.disconnect", "code": 1009}]
