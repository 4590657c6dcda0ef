"""The commitments of the file: what they are filtered by, and each paper with its points as HTML."""

from typing import Any

from markupsafe import escape

from atlas.cards import agreed as cards
from atlas.cards.linked import Linked
from atlas.model import agreed, commitments
from atlas.model.atlas import Atlas

NUMBER = "\ue002"  # where a script says how many points of a paper are shown


def rows(atlas: Atlas) -> dict[str, list]:
    """The columns that filters test, in the order of :func:`atlas.model.agreed.points`.

    ``states``: from which day on (a partial date, empty for the first) a point is in which state.
    """
    found, table = agreed.points(atlas), atlas.table("commitments")
    return {
        "id": list(found.index),
        **{name: list(found[name]) for name in ("agreement", "series", "session", "paper", "field", "side")},
        "event": [table.at[one, "event"] for one in found.index],
        "states": [_states(atlas, one) for one in found.index],
    }


def _states(atlas: Atlas, commitment: str) -> list[tuple[str, str]]:
    days = sorted({"", *(row["date"] or "" for row in commitments.evidence_by(atlas, commitment))})
    return [(day, commitments.state_of(atlas, commitment, day or "0000")) for day in days]


def papers(linked: Linked) -> dict[str, Any]:
    """Each paper or session that has points, with all of them, as HTML by its id."""
    of_paper = agreed.points(linked.atlas).groupby("paper", sort=False)
    return {paper: _paper(linked, str(paper), list(part.index)) for paper, part in of_paper}


def _paper(linked: Linked, paper: str, ids: list[str]) -> str:
    said = escape(linked.translate.plural("{n} point", "{n} points", len(ids)))
    return str(cards.of_paper(linked, paper, ids)).replace(said, NUMBER, 1)
