"""What a browser may send over its connection."""

import time

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState, ContextInfo
from streamlit.proto.Common_pb2 import FileURLsRequest, StringArray
from streamlit.proto.WidgetStates_pb2 import WidgetState, WidgetStates

from server import messages
from server.messages import BoundedMessages, TooMuch, within_bounds
from tests.conftest import awaited


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


def asking(**parts) -> bytes:
    """A message that has a page run."""
    message = BackMsg()
    message.rerun_script.MergeFrom(ClientState(**parts))
    return message.SerializeToString()


def files(names: list[str]) -> bytes:
    return BackMsg(file_urls_request=FileURLsRequest(file_names=names)).SerializeToString()


def fields(*listed: WidgetState) -> bytes:
    return asking(widget_states=WidgetStates(widgets=listed))


# messages of 8 MB at most with very many of something, or with something very long; and what is no message
TOO_MUCH = {
    "fields": lambda: fields(*[WidgetState(id="a")] * 600_000),
    "hashes": lambda: asking(cached_message_hashes=["a"] * 2_600_000),
    "files": lambda: files(["a"] * 2_600_000),
    "few files": lambda: files(["a" * 400] * 21),
    "values": lambda: fields(WidgetState(id="a", string_array_value=StringArray(data=["a"] * 2_600_000))),
    "bytes": lambda: fields(WidgetState(id="a", bytes_value=b"a" * 7_900_000)),
    "address": lambda: asking(query_string="a&" * 3_900_000),
    "short address": lambda: asking(query_string="a&" * 10_001),
    "url": lambda: asking(context_info=ContextInfo(url="a" * 7_900_000)),
    "size": lambda: typed("pasted-list", "a" * 8_000_000).SerializeToString(),
    "cut": lambda: typed("pasted-list", "a" * 9_000).SerializeToString()[:-1],
    "noise": lambda: b"\xff" * 9_000,
    "groups": lambda: b"\x0b" * 9_000,
}


@pytest.mark.parametrize("name", TOO_MUCH)
def test_what_no_page_sends_is_refused_within_a_moment(name):
    data = TOO_MUCH[name]()
    start = time.process_time()
    with pytest.raises(TooMuch):
        within_bounds(data)
    assert time.process_time() - start < 0.3


def test_a_connection_over_which_too_much_comes_is_ended():
    sent = []
    heard = []

    async def receive():
        return {"type": "websocket.receive", "bytes": files(["a" * 400] * 21)}

    async def send(message):
        sent.append(message)

    async def application(scope, receive, send):
        heard.append(await receive())

    awaited(BoundedMessages(application)({"type": "websocket"}, receive, send))
    assert sent == [{"type": "websocket.close", "code": 1009}]
    assert heard == [{"type": "websocket.disconnect", "code": 1009}]
