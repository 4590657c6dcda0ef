"""Connections that wait for what does not come are ended; uvicorn would keep half a request, or an unread answer, for ever.

Streamlit starts uvicorn itself, which has chosen how it speaks HTTP before it reads the application, so that there is no
setting for it and the class is changed in place. Open pages are not meant: uvicorn asks whether they are still there.
"""

from asyncio import Transport
from collections.abc import Callable
from typing import Any
from weakref import ref

from uvicorn.protocols.http.auto import AutoHTTPProtocol

PATIENCE = 60.0  # seconds for a request to come as a whole, and for some of an answer to be read
MOST = 600  # connections of one address, of which the server keeps some 200 for open pages
HERE = ("127.0.0.1", "::1")  # a proxy that asks for everybody

_made: Any = AutoHTTPProtocol.connection_made


def end_silent_connections() -> None:
    """Watch every connection that is made from now on."""
    AutoHTTPProtocol.connection_made = _watched  # type: ignore[method-assign, assignment]


def _watched(connection: Any, transport: Transport) -> None:
    _made(connection, transport)
    who = connection.client and connection.client[0]
    others = sum(bool(one.client) and one.client[0] == who for one in connection.connections)
    if who not in HERE and others > MOST:
        transport.abort()
    else:
        connection.loop.call_later(PATIENCE, _look, ref(connection), lambda: None, 0)


def _look(which: ref, before: Callable[[], Any], unread: int) -> None:
    """End a connection on which nothing has come or gone since the look before.

    :param before: the request that it carried then, or None.
    :param unread: bytes that were still to be sent then.
    """
    connection = which()
    if connection is None or connection not in connection.connections:
        return  # it has ended, or become that of an open page
    request, left = connection.cycle, connection.transport.get_write_buffer_size()
    half = request is None or request.more_body or request.response_complete
    if (half and request is before()) or (left and left == unread):
        connection.transport.abort()
    else:
        connection.loop.call_later(PATIENCE, _look, which, ref(request), left)
