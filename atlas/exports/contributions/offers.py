"""What a cell is taken for: as it stands, as a reading that is offered, or as nothing that can be read."""

from dataclasses import dataclass

from atlas.exports.contributions.asked import ERROR, READING
from atlas.records.said import Said

FORM = "2016, 2016-05, 2016-05-13"  # of dates, by example


@dataclass(frozen=True, slots=True)
class Read:
    """What a cell is taken for; `kind` is None where it stands so, else what is to be said of it."""

    text: str
    kind: str | None = None
    message: Said | None = None


def refused(text: str, message: Said) -> Read:
    """Nothing can be read from a text; the message says what to do."""
    return Read(text, ERROR, message)


def offered(text: str, message: Said) -> Read:
    """A text in the form of the tables, to be confirmed."""
    return Read(text, READING, message)
