"""The hard rules for commitments and the evidence on them."""

from collections.abc import Iterator

from atlas.records.dates import bounds
from atlas.records.lines import Breach
from atlas.records.loading import Tables
from atlas.records.said import Said, said


def papers(tables: Tables) -> Iterator[Breach]:
    """A commitment stands in a paper or was agreed at a session, and where both are named, the paper is of that session."""
    signed_at = dict(zip(tables["agreements"]["id"], tables["agreements"]["event"]))
    for row, (agreement, event) in _lines(tables, "commitments", "agreement", "event"):
        if not agreement and not event:
            expected = said("the paper (agreement) or the session (event) of this point")
            yield "commitments", row, "agreement", "", expected
        signed = signed_at.get(agreement)
        if event and signed and event != signed:
            expected = said("{event}, the event of {agreement}", event=signed, agreement=agreement)
            yield "commitments", row, "event", event, expected


def repeated(tables: Tables) -> Iterator[Breach]:
    """No paper has a point twice, and no source reports the same of a commitment twice."""
    for name, what, columns in (
        ("commitments", said("a point that this paper or session has once"), ("agreement", "event", "text_en")),
        ("commitment_evidence", said("evidence that is listed once"), ("commitment", "date", "kind", "sources")),
    ):
        seen: dict[tuple[str, ...], int] = {}
        for row, values in _lines(tables, name, *columns):
            if values[-1] and (first := seen.setdefault(values, row)) != row:
                yield name, row, columns[-1], values[-1], said("{what}; line {line} has it", what=what, line=first)


def times(tables: Tables) -> Iterator[Breach]:
    """Nothing is due or done before it was agreed, as far as partial dates tell."""
    days = {one: day for name, column in _DATED for one, day in zip(tables[name]["id"], tables[name][column])}
    agreed = {}
    for row, (commitment, agreement, event, due) in _lines(tables, "commitments", "id", "agreement", "event", "due"):
        agreed[commitment] = days.get(agreement) or days.get(event) or ""
        if _before(due, agreed[commitment]):
            yield "commitments", row, "due", due, _not_before(agreed[commitment])
    for row, (commitment, day) in _lines(tables, "commitment_evidence", "commitment", "date"):
        begun = agreed.get(commitment, "")
        if _before(day, begun):
            yield "commitment_evidence", row, "date", day, _not_before(begun)


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
            expected = said("the later paper or session, since the kind is {kind}", kind=kind)
            yield "commitment_evidence", row, "agreement", "", expected
        for column, named in (("agreement", agreement), ("event", event)):
            if named in own.get(commitment, ()):
                expected = said("another paper or session than the one of the commitment")
                yield "commitment_evidence", row, column, named, expected


RULES = (papers, repeated, times, later_papers)

_DATED = (("agreements", "signed_on"), ("events", "date_from"))


def _lines(tables: Tables, name: str, *columns: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    frame = tables[name]
    return zip(frame.index, zip(*(frame[column] for column in columns)))


def _not_before(day: str) -> Said:
    return said("the day of the paper or session ({day}) or later", day=day)


def _before(day: str, other: str) -> bool:
    try:
        return bool(day and other) and bounds(day)[1] < bounds(other)[0]
    except ValueError:  # which the rule for single cells reports
        return False
