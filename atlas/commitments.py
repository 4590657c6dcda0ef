"""What was agreed at a paper or session, and what the sources say became of it."""

from collections import defaultdict
from collections.abc import Iterable
from html import escape

import pandas as pd

from atlas import cards
from atlas.i18n import Translator
from atlas.store import Atlas, remembered

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


@remembered(1)
def evidence(atlas: Atlas) -> dict[str, list[dict]]:
    """The rows of ``commitment_evidence`` by commitment, the earliest first and those without a date last."""
    rows = atlas.table("commitment_evidence").to_dict("records")
    found = defaultdict(list)
    for row in sorted(rows, key=lambda row: row["date"] or "9999"):
        found[row["commitment"]].append(row)
    return dict(found)


def state_of(atlas: Atlas, commitment: str) -> str:
    """The state of one commitment, see :func:`state`."""
    return state(row["kind"] for row in evidence(atlas).get(commitment, ()))


def names_paper(atlas: Atlas, commitment: str) -> bool:
    """Whether any evidence on a commitment names its paper or session, and not the same matter only."""
    return any(row["link"] == "paper" for row in evidence(atlas).get(commitment, ()))


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


def states(translate: Translator) -> dict[str, str]:
    """The states of a commitment in words."""
    return {
        "done": translate("Done"),
        "under_way": translate("Under way"),
        "taken_up_again": translate("Taken up again later"),
        "replaced": translate("Replaced"),
        NO_EVIDENCE: translate("No evidence found"),
    }


def kinds(translate: Translator) -> dict[str, str]:
    """The kinds of evidence in words."""
    return {
        "done": translate("done"),
        "under_way": translate("under way"),
        "number_reported": translate("a number is reported"),
        "taken_up_again": translate("taken up again"),
        "replaced": translate("replaced"),
    }


def links(translate: Translator) -> dict[str, str]:
    """Whether evidence names the paper, in words."""
    return {
        "paper": translate("the source names the paper or session"),
        "matter": translate("the source reports the same matter only"),
    }


def bases(translate: Translator) -> dict[str, str]:
    """What a commitment was read in, in words."""
    return {
        "paper": translate("text of the paper"),
        "report": translate("report"),
        "draft": translate("draft of a paper"),
        "own_plan": translate("plan of one side"),
    }


def fields(translate: Translator) -> dict[str, str]:
    """The fields of commitments in words."""
    return {
        "trade_and_gates": translate("Trade and border gates"),
        "border_management": translate("Border management"),
        "people_to_people": translate("Exchange of people and organisations"),
        "culture_and_tourism": translate("Culture and tourism"),
        "health": translate("Health"),
        "twinning": translate("Twinning"),
        "agriculture": translate("Agriculture"),
        "transport": translate("Transport"),
        "crime": translate("Fight against crime"),
        "labour": translate("Labour"),
        "training": translate("Training"),
        "education": translate("Education"),
        "environment": translate("Environment"),
        "other": translate("Other"),
    }


def html(atlas: Atlas, table: str, record: str, translate: Translator) -> str:
    """The commitments of an agreement or event as safe HTML, each with its state and evidence; empty when it has none."""
    rows = of_record(atlas, table, record)
    if not rows:
        return ""
    points = "".join(f"<li>{_point(atlas, row, translate)}</li>" for row in rows)
    said = translate.plural("{n} commitment", "{n} commitments", len(rows))
    note = translate("“No evidence found” means that no source read so far reports on it, not that nothing was done.")
    if all(row["id"] in evidence(atlas) for row in rows):
        note = ""
    return (
        f"<h4>{escape(translate('What was agreed'))} · {escape(said)}</h4>"
        f"<ul class='commitments'>{points}</ul><small>{escape(note)}</small>"
    )


def _point(atlas: Atlas, row: dict, translate: Translator) -> str:
    number = f"{int(row['ordinal'])}. " if pd.notna(row["ordinal"]) else ""
    words = [
        fields(translate)[row["field"]],
        row["due"] and translate("due {day}", day=translate.date(row["due"])),
        translate.text(row, "rhythm"),
        _responsible(row, "cn" if translate.language == "zh" else "vn", translate),
        _responsible(row, "vn" if translate.language == "zh" else "cn", translate),
        bases(translate)[row["basis"]],
        translate.text(row, "note"),
    ]
    shown = "".join(f"<li>{_evidence(atlas, one, translate)}</li>" for one in evidence(atlas).get(row["id"], ()))
    return (
        f"{number}{escape(translate.text(row, 'text'))}<br>"
        f"<strong class='state'>{escape(states(translate)[state_of(atlas, row['id'])])}</strong> "
        f"<small>{escape(' · '.join(word for word in words if word))} · {_cited(atlas, row['sources'], translate)}</small>"
        + (f"<ul>{shown}</ul>" if shown else "")
    )


def _responsible(row: dict, side: str, translate: Translator) -> str:
    named = translate.text(row, f"responsible_{side}")
    heads = {"vn": translate("Vietnamese side"), "cn": translate("Chinese side")}
    return translate("{name}: {value}", name=heads[side], value=named) if named else ""


def _evidence(atlas: Atlas, row: dict, translate: Translator) -> str:
    words = [kinds(translate)[row["kind"]], links(translate)[row["link"]], translate.text(row, "note")]
    text = translate.text(row, "text")
    if row["date"]:
        text = translate("{name}: {value}", name=translate.date(row["date"]), value=text)
    said = escape(" · ".join(word for word in words if word))
    return f"{escape(text)}<br><small>{said} · {_cited(atlas, row['sources'], translate)}</small>"


def _cited(atlas: Atlas, ids: tuple[str, ...], translate: Translator) -> str:
    return translate.join(cards.publisher(row) for row in atlas.records("sources", ids))
