"""The hard rules for commitments and the evidence on them."""

from collections.abc import Iterator

from atlas.records.dates import bounds
from atlas.records.loading import Tables

Breach = tuple[str, int, str, str, str]


def papers(tables: Tables) -> Iterator[Breach]:
    """A commitment stands in a paper or was agreed at a session, and where both are named, the paper is of that session."""
    signed_at = dict(zip(tables["agreements"]["id"], tables["agreements"]["event"]))
    for row, (agreement, event) in _lines(tables, "commitments", "agreement", "event"):
        if not agreement and not event:
            yield "commitments", row, "agreement", "", "the paper (agreement) or the session (event) of this point"
        signed = signed_at.get(agreement)
        if event and signed and event != signed:
            yield "commitments", row, "event", event, f"{signed}, the event of {agreement}"


def repeated(tables: Tables) -> Iterator[Breach]:
    """No paper has a point twice, and no source reports the same of a commitment twice."""
    for name, what, columns in (
        ("commitments", "a point that this paper or session has once", ("agreement", "event", "text_en")),
        ("commitment_evidence", "evidence that is listed once", ("commitment", "date", "kind", "sources")),
    ):
        seen: dict[tuple[str, ...], int] = {}
        for row, values in _lines(tables, name, *columns):
            if values[-1] and (first := seen.setdefault(values, row)) != row:
                yield name, row, columns[-1], values[-1], f"{what}; line {first} has it"


def times(tables: Tables) -> Iterator[Breach]:
    """Nothing is due or done before it was agreed, as far as partial dates tell."""
    days = {one: day for name, column in _DATED for one, day in zip(tables[name]["id"], tables[name][column])}
    agreed = {}
    for row, (commitment, agreement, event, due) in _lines(tables, "commitments", "id", "agreement", "event", "due"):
        agreed[commitment] = days.get(agreement) or days.get(event) or ""
        if _before(due, agreed[commitment]):
            yield "commitments", row, "due", due, f"the day of the paper or session ({agreed[commitment]}) or later"
    for row, (commitment, day) in _lines(tables, "commitment_evidence", "commitment", "date"):
        begun = agreed.get(commitment, "")
        if _before(day, begun):
            yield "commitment_evidence", row, "date", day, f"the day of the paper or session ({begun}) or later"


def later_papers(tables: Tables) -> Iterator[Breach]:
    """What takes a commitment up again or replaces it is named, and is another paper or session than its own."""
    own = {
        commitment: {agreement, event} - {""}
        for _, (commitment, agreement, event) in _lines(tables, "commitments", "id", "agreement", "event")
    }
    for row, (commitment, kind, agreement, event) in _lines(
        tables, "commitment_evidence", "commitment", "kind", "agreement", "event"
    ):
        if kind not in ("taken_up_again", "replaced"):
            continue
        if not agreement and not event:
            yield "commitment_evidence", row, "agreement", "", f"the later paper or session, since the kind is {kind}"
        for column, named in (("agreement", agreement), ("event", event)):
            if named in own.get(commitment, ()):
                yield (
                    "commitment_evidence",
                    row,
                    column,
                    named,
                    "another paper or session than the one of the commitment",
                )


RULES = (papers, repeated, times, later_papers)

_DATED = (("agreements", "signed_on"), ("events", "date_from"))


def _lines(tables: Tables, name: str, *columns: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    frame = tables[name]
    return zip(frame.index, zip(*(frame[column] for column in columns)))


def _before(day: str, other: str) -> bool:
    try:
        return bool(day and other) and bounds(day)[1] < bounds(other)[0]
    except ValueError:  # which the rule for single cells reports
        return False
