"""Whether there is an inbox, who asks, and who keeps the records."""

import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from server.inbox.box import Inbox

INBOX, KEEPERS, RECORDS = "ATLAS_INBOX", "ATLAS_KEEPERS", "ATLAS_RECORDS"
WRITER = "ATLAS_STORE_WRITER"  # the shared store, as one who may write to it names it
HEADER = "X-Remote-User"
LONGEST_NAME = 100


def configured() -> Inbox | None:
    """The inbox that the environment variable ATLAS_INBOX names; without it nothing can be handed in."""
    folder = os.environ.get(INBOX)
    return Inbox(Path(folder)) if folder else None


def records_folder() -> Path | None:
    """The clone whose records accepted entries change, as the environment variable ATLAS_RECORDS names it."""
    folder = os.environ.get(RECORDS)
    return Path(folder) if folder else None


def asking(headers: Mapping[str, str]) -> str | None:
    """The name under which somebody has logged in, as the proxy says it; None for anybody else.

    The proxy drops what visitors send under the name of its header (deploy/nginx.conf). Without an inbox nobody has a name.

    :param headers: of the request; names in any case.
    """
    if not os.environ.get(INBOX):
        return None
    said = next((value for name, value in headers.items() if name.lower() == HEADER.lower()), "")
    with suppress(UnicodeError):
        said = said.encode("latin-1").decode("utf-8")  # headers are bytes; servers read them as Latin-1
    name = said.strip()
    # a blank would stand between two keepers; the rest cannot stand in the author of a commit
    readable = name.isprintable() and not any(one.isspace() or one in "<>" for one in name)
    return name if name and readable and len(name) <= LONGEST_NAME else None


def is_keeper(name: str | None) -> bool:
    """Whether somebody who has logged in decides what enters the records."""
    return name is not None and name in os.environ.get(KEEPERS, "").split()


def store() -> str | None:
    """The shared store to which new records are published, as ATLAS_STORE_WRITER names it."""
    return os.environ.get(WRITER) or None
