"""What offices hand in, what keepers decide of it, and how accepted rows become a commit of the records.

A hand-in is a folder of files that are written once and never changed: ``hand-in.json``, then ``0001.json``,
``0002.json`` … for what was decided.
"""

from server.inbox.box import Inbox
from server.inbox.configured import INBOX, RECORDS, WRITER, asking, configured, is_keeper, records_folder, store
from server.inbox.hand_in import (
    ACCEPTED,
    ASKED_BACK,
    DECIDED,
    ENTERED,
    REFUSED,
    STATES,
    WAITING,
    WITHDRAWN,
    Decision,
    HandIn,
    InboxRefused,
    Kept,
    Remembered,
    handed_in,
)

__all__ = [
    "ACCEPTED",
    "ASKED_BACK",
    "DECIDED",
    "ENTERED",
    "INBOX",
    "RECORDS",
    "REFUSED",
    "STATES",
    "WAITING",
    "WITHDRAWN",
    "WRITER",
    "Decision",
    "HandIn",
    "Inbox",
    "InboxRefused",
    "Kept",
    "Remembered",
    "asking",
    "configured",
    "handed_in",
    "is_keeper",
    "records_folder",
    "store",
]
