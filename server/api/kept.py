"""Answers kept for whoever asks the same again, of one version of the data."""

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256

from starlette.requests import Request

from server.answers import Content, root

MOST = 500  # answers
LARGEST = 24 << 20  # bytes of all of them; compressed they are kept beside, which takes at most as much again


@dataclass(frozen=True)
class Answer:
    """A content of a kind, with its further headers."""

    content: Content
    mime: str
    headers: Mapping[str, str] = field(default_factory=dict)


class Kept:
    """The answers asked for last."""

    def __init__(self) -> None:
        self._answers: OrderedDict[bytes, Answer] = OrderedDict()
        self._size = 0

    def get(self, key: bytes) -> Answer | None:
        """The answer to a question, if it is kept."""
        if key in self._answers:
            self._answers.move_to_end(key)
        return self._answers.get(key)

    def keep(self, key: bytes, answer: Answer) -> None:
        """Keep an answer, and drop those that nobody has asked for the longest time."""
        self._answers[key] = answer
        self._size += len(answer.content.plain)
        while self._size > LARGEST or len(self._answers) > MOST:
            _, dropped = self._answers.popitem(last=False)
            self._size -= len(dropped.content.plain)


def key(request: Request, form: str) -> bytes | None:
    """What tells questions apart: the address as whoever asks sees it, and the format that is meant without ``f``.

    None for one with words of a visitor's own, which are not to be kept.
    """
    if "q" in request.query_params:
        return None
    return sha256("\n".join([root(request), request.url.path, request.url.query, form]).encode()).digest()
