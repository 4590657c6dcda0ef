"""Border Cooperation Atlas: local cooperation across the Vietnam–China land border.

The library behind the pages. No module here imports Streamlit.
"""

import difflib
import os
import tomllib
from collections.abc import Iterable
from pathlib import Path

from atlas.languages import ENGLISH, LANGUAGES, SPOKEN

__all__ = [
    "DATA",
    "ENGLISH",
    "LANGUAGES",
    "ROOT",
    "SEEDS",
    "SPOKEN",
    "VERSION",
    "AtlasError",
    "UnknownValue",
    "meant",
    "nearest",
]

ROOT = Path(__file__).resolve().parent.parent
SEEDS = ROOT / "seeds"
DATA = Path(os.environ.get("ATLAS_DATA", ROOT / "data"))
VERSION: str = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]  # of the code


class AtlasError(Exception):
    """What a user, or whoever keeps the server, can mend; the message says how. Whatever else is raised is a bug.

    :param reason: what is wrong.
    :param remedy: what to do, if it is not what its kind always says.
    """

    remedy = ""

    def __init__(self, reason: str, remedy: str | None = None):
        super().__init__(reason)
        if remedy is not None:
            self.remedy = remedy

    def __str__(self) -> str:
        return "; ".join(text for text in (self.args[0], self.remedy) if text)

    def __reduce__(self) -> tuple:
        # another process takes it as it is: kinds of it are made of other things than their message
        return _again, (type(self), self.args, self.__dict__)


def _again(kind: type[AtlasError], args: tuple, held: dict) -> AtlasError:
    error = kind.__new__(kind, *args)
    error.__dict__.update(held)
    return error


class UnknownValue(AtlasError):
    """What was asked for is none of what there is; the message lists that and names the nearest."""

    @classmethod
    def of(cls, name: str, value: str, known: Iterable[str]) -> "UnknownValue":
        """That a parameter of this name has none of the values known."""
        known = list(known)
        return cls(f'{name} "{value}": expected one of {", ".join(known)}{meant(value, known)}')


def meant(value: str, known: Iterable[str]) -> str:
    """The end of a message that names the nearest known value; empty when none is near."""
    near = nearest(value, known)
    return f'; did you mean "{near}"?' if near else ""


def nearest(value: str, known: Iterable[str]) -> str | None:
    """The known value that is nearest to another; None when none is near."""
    return next(iter(difflib.get_close_matches(value, list(known), n=1, cutoff=0.75)), None)
