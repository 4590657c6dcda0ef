"""What is left of a visitor who has gone: nothing, soon."""

import asyncio
import ctypes
import gc
from contextlib import suppress

from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import runtime
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from atlas.exports.scenes import board
from atlas.model.atlas import forget
from server import uploads

SOONER = 1  # seconds before Streamlit cannot name a session any more, and would hold it until others end
EVERY = 5  # seconds between two times that memory is given back


class Leaving:
    """ASGI middleware that drops the files of a visitor when the connection ends, and all else some seconds later."""

    def __init__(self, app: ASGIApp, patience: float):
        """See visitors off.

        :param patience: seconds for a browser to connect again, as Streamlit knows them.
        """
        self.app = app
        self.patience = max(0, patience - SOONER)
        self._giving_back: asyncio.TimerHandle | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on a connection, and see its visitor off."""
        if scope["type"] != "websocket":
            await self.app(scope, receive, send)
            return
        sessions: list[str] = []

        async def told(message: Message) -> None:
            if not sessions and message["type"] == "websocket.send":
                sessions.extend(
                    filter(None, [ForwardMsg.FromString(message["bytes"]).new_session.initialize.session_id])
                )
            await send(message)

        try:
            await self.app(scope, receive, told)
        finally:
            uploads.drop_of_those_gone()
            for session in sessions:
                asyncio.get_running_loop().call_later(self.patience, self._forget, session)

    def _forget(self, session: str) -> None:
        if runtime.exists() and not runtime.get_instance().is_active_session(session):
            runtime.get_instance().close_session(session)
            if self._giving_back is None:
                self._giving_back = asyncio.get_running_loop().call_later(EVERY, self._give_back)

    def _give_back(self) -> None:
        self._giving_back = None
        forget()
        board.forget()
        give_back()


def give_back() -> None:
    """Return the memory of what is needed no more to the system, where its library of C can."""
    gc.collect()  # what sessions hold refers to itself
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).malloc_trim(0)
