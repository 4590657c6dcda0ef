"""The points of a paper or session as a list, each with who is responsible, until when, its state and its evidence."""

import pandas as pd
from markupsafe import Markup

from atlas.cards.facts import items
from atlas.cards.linked import Linked
from atlas.model import commitments, relations
from atlas.words import agreed as words
from atlas.words import naming, vocabulary


def name(linked: Linked, paper: str) -> str:
    """What a reader calls a paper or session."""
    return naming.record_name(linked.atlas, linked.atlas.record_tables[paper], paper, linked.translate)


def day(linked: Linked, paper: str) -> str:
    """The day of a paper or session in words."""
    translate = linked.translate
    found = words.agreed_on(linked.atlas, paper)
    return translate.date(found) if found else translate("date unknown")


def of_paper(linked: Linked, paper: str, ids: list[str], asof: str | None = None) -> Markup:
    """Some points of one paper or session under its name, as safe HTML.

    :param paper: id of an agreement or event.
    :param ids: of its commitments, in its order.
    :param asof: the day (ISO 8601) by which evidence is known; today if left out.
    """
    atlas, translate = linked.atlas, linked.translate
    table = atlas.record_tables[paper]
    (row,) = atlas.records(table, [paper])
    beside = [day(linked, paper), translate.plural("{n} point", "{n} points", len(ids))]
    if session := linked.record("events", row.get("event")):
        pattern = Markup(translate("{name}: {value}", name="{}", value="{}"))
        beside.append(pattern.format(translate("Agreed at"), session))
    twinned = linked.records("twinnings", relations.naming(atlas, table, paper, "twinnings"))
    rows = atlas.records("commitments", ids)
    points = Markup("").join(_point(linked, one, asof) for one in rows)
    numbered = any(pd.notna(one["ordinal"]) for one in rows)
    pairs = Markup("<details class=pairs><summary>{}</summary>{}</details>").format(
        translate.plural("{n} twinning", "{n} twinnings", len(twinned)), items("ul", twinned)
    )
    tag = "ol" if numbered else "ul"
    whole = Markup("<section><h2>{}</h2><p>{}</p><{}>{}</{}>{}</section>")
    return whole.format(
        linked.record(table, paper), Markup(" · ").join(beside), tag, points, tag, pairs if twinned else ""
    )


def _point(linked: Linked, row: dict, asof: str | None) -> Markup:
    atlas, translate = linked.atlas, linked.translate
    number = Markup(" value={}").format(int(row["ordinal"])) if pd.notna(row["ordinal"]) else ""
    state = vocabulary.commitment_states(translate)[commitments.state_of(atlas, row["id"], asof)]
    said = [
        vocabulary.label(atlas, "commitments.field", row, translate),
        translate.join(words.responsible(row, translate)),
        words.due(row, translate),
    ]
    told = commitments.evidence_by(atlas, row["id"], asof)
    evidence = Markup("").join(_reported(linked, told, link, head) for link, head in words.evidence(translate).items())
    whole = Markup("<li{}><a class=point href='{}'>{}</a> <b>{}</b> <small>{}</small>{}</li>")
    address = linked.to("commitment", row["id"]) if linked.to else ""
    return whole.format(number, address, translate.text(row, "text"), state, " · ".join(filter(None, said)), evidence)


def _reported(linked: Linked, rows: list[dict], link: str, head: str) -> Markup:
    """What sources report with the paper's name, or of the same matter only, with the records that show it."""
    found = [one for one in rows if one["link"] == link]
    if not found:
        return Markup("")
    return Markup("<div class={}><h3>{}</h3>{}</div>").format(
        link, head, items("ul", (_shown(linked, one) for one in found))
    )


def _shown(linked: Linked, row: dict) -> Markup:
    translate = linked.translate
    records = [
        linked.record(table, row[column]) for table, column in (("agreements", "agreement"), ("events", "event"))
    ]
    beside = [
        *filter(None, records),
        *(linked.record("figures", one) for one in row["figures"]),
        linked.publishers(row["sources"]),
    ]
    kind = vocabulary.label(linked.atlas, "commitment_evidence.kind", row, translate)
    return Markup("{} <small>{} · {}</small>").format(words.reported(row, translate), kind, linked.join(beside))
