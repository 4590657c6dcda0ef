"""What was agreed at a paper or session, and what the sources say became of it."""

from collections import defaultdict
from collections.abc import Iterable

from atlas.model.atlas import Atlas, cached

NO_EVIDENCE = "none"
# the state that a kind of evidence shows; the first that any evidence shows is that of the commitment
SHOWN_BY = {
    "replaced": ("replaced",),
    "done": ("done",),
    "under_way": ("under_way", "number_reported"),
    "taken_up_again": ("taken_up_again",),
}


def state(kinds: Iterable[str]) -> str:
    """The state of a commitment by the kinds of its evidence: a key of :data:`SHOWN_BY`, or :data:`NO_EVIDENCE`.

    A number that is reported shows that the matter is under way, not that it is done.
    """
    found = set(kinds)
    return next((name for name, shown in SHOWN_BY.items() if not found.isdisjoint(shown)), NO_EVIDENCE)


@cached(1)
def evidence(atlas: Atlas) -> dict[str, list[dict]]:
    """The rows of ``commitment_evidence`` by commitment, the earliest first and those without a date last."""
    rows = atlas.table("commitment_evidence").to_dict("records")
    found = defaultdict(list)
    for row in sorted(rows, key=lambda row: row["date"] or "9999"):
        found[row["commitment"]].append(row)
    return dict(found)


def evidence_by(atlas: Atlas, commitment: str, asof: str | None = None) -> list[dict]:
    """What sources had reported of one commitment by a day (ISO 8601), the earliest first; all without a day."""
    # a partial date is a prefix of the days it covers, so text order is date order
    return [row for row in evidence(atlas).get(commitment, ()) if not asof or (row["date"] or "") <= asof]


def state_of(atlas: Atlas, commitment: str, asof: str | None = None) -> str:
    """The state of one commitment, see :func:`state`.

    :param asof: the day (ISO 8601) by which it was known; of today if left out.
    """
    return state(row["kind"] for row in evidence_by(atlas, commitment, asof))


def of_record(atlas: Atlas, table: str, record: str) -> list[dict]:
    """The commitments of an agreement or event, in the order of the table.

    Those of a paper are also those of the session at which it was signed.

    :param table: ``agreements`` or ``events``.
    """
    rows = atlas.table("commitments")
    if table == "agreements":
        return rows[rows["agreement"] == record].to_dict("records")
    papers = atlas.table("agreements")
    signed = papers.index[papers["event"] == record]
    return rows[(rows["event"] == record) | rows["agreement"].isin(signed)].to_dict("records")
