"""Files that visitors hand in, bounded for each visitor and for all together."""

import re
from http import HTTPStatus

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit import runtime
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.uploaded_file_manager import UploadedFileRec

ADDRESS = re.compile("/_stcore/upload_file/([^/]+)/([^/]+)")  # session, file
LARGEST = 10 * 2**20  # bytes: of an office's template, a workbook; server.maxUploadSize is the same in MB
FRAMING = 2**16  # bytes of a request beside the file
MOST_FILES = 6  # of a visitor: the fields for files of the page with most of them, and as many again
MOST_BYTES = 2 * LARGEST  # of a visitor
MOST_BYTES_OF_ALL = 200 * 2**20


class BoundedUploads:
    """ASGI middleware that takes files of visitors within bounds, the oldest of whose files go for the newest.

    Streamlit would keep any number for as long as the visitor is there. Pages have read a file when the next one comes.
    """

    def __init__(self, app: ASGIApp):
        self.app = app
        self.coming: dict[tuple[str, str], int] = {}  # bytes of what is under way

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what is no file, and a file for which there is room."""
        found = ADDRESS.fullmatch(scope["path"]) if scope["type"] == "http" and scope["method"] == "PUT" else None
        if not found:
            await self.app(scope, receive, send)
            return
        length = Headers(scope=scope).get("content-length", "")
        status = self._refused(found[1], length)
        if status:
            await PlainTextResponse(status.phrase, status)(scope, receive, send)
            return
        key = (found[1], found[2])
        self.coming[key] = int(length)
        try:
            await self.app(scope, receive, send)
        finally:
            self.coming.pop(key, None)

    def _refused(self, session: str, length: str) -> HTTPStatus | None:
        """Why a file is not taken, if it is not; where it is, its visitor's oldest files have made room for it."""
        if not re.fullmatch("[0-9]{1,12}", length, re.ASCII):
            return HTTPStatus.LENGTH_REQUIRED
        size = int(length)
        if size > LARGEST + FRAMING:
            return HTTPStatus.REQUEST_ENTITY_TOO_LARGE
        if not runtime.get_instance().is_active_session(session):
            return HTTPStatus.BAD_REQUEST
        coming = [one for (owner, _), one in self.coming.items() if owner == session]
        if len(coming) >= MOST_FILES or sum(coming) + size > MOST_BYTES:
            return HTTPStatus.TOO_MANY_REQUESTS
        _make_room(session, MOST_FILES - len(coming) - 1, MOST_BYTES - sum(coming) - size)
        if sum(map(_held, list(_files()))) + sum(self.coming.values()) + size > MOST_BYTES_OF_ALL:
            return HTTPStatus.SERVICE_UNAVAILABLE
        return None


def drop_of_those_gone() -> None:
    """Free the files of visitors who are not there any more."""
    for session in [one for one in list(_files()) if not runtime.get_instance().is_active_session(one)]:
        _manager().remove_session_files(session)


def _manager() -> MemoryUploadedFileManager:
    found = runtime.get_instance().uploaded_file_mgr
    assert isinstance(found, MemoryUploadedFileManager)
    return found


def _files() -> dict[str, dict[str, UploadedFileRec]]:
    """The files that are held, by session and id; a script may take some away meanwhile."""
    return _manager().file_storage


def _held(session: str) -> int:
    return sum(len(one.data) for one in list(_files().get(session, {}).values()))


def _make_room(session: str, files: int, size: int) -> None:
    """Drop a visitor's oldest files until so many, of so many bytes, are left."""
    for oldest in list(_files().get(session, {})):
        if len(_files()[session]) <= files and _held(session) <= size:
            return
        _manager().remove_file(session, oldest)
