"""Records that are handed in, for the pages of contributions."""

from atlas.exports.contributions.asked import CHANGED, CONFIRMED, NEW, Asked
from server import inbox

CONFIRM, CHANGE, SOURCE = range(3)  # the entries of :func:`entries`


def entries(atlas, twinning: str = "") -> list[Asked]:
    """A confirmation, a change of the same twinning, and a new source that the change names."""
    row = atlas.twinnings.loc[twinning] if twinning else atlas.twinnings[atlas.twinnings["status"] == "active"].iloc[0]
    cited = ";".join(row["sources"])
    return [
        Asked(CONFIRMED, "twinnings", row["id"], {"last_confirmed": "2026-11-30"}, {"last_confirmed": row["last_confirmed"]}),
        Asked(
            CHANGED,
            "twinnings",
            row["id"],
            {"confidence": "low", "sources": f"{cited};office-letter"},
            {"confidence": row["confidence"], "sources": cited},
            7,
        ),
        Asked(
            NEW,
            "sources",
            "office-letter",
            {"id": "office-letter", "title": "Letter <b>of the office", "url": "https://example.org/letter", "kind": "official"},
            {},
            5,
        ),
    ]  # fmt: skip


def put(box: inbox.Inbox, asked: list[Asked], by: str = "officer", remark: str = "") -> str:
    """Hand something in."""
    return box.put(inbox.handed_in(by, "filled.xlsx", remark, "vi", "2026-11-29", asked))
