"""What was agreed at a paper or session, and what the sources say became of it, as safe HTML."""

import pandas as pd
from markupsafe import Markup

from atlas.cards import source
from atlas.cards.facts import Fact, items, listed
from atlas.cards.linked import Linked
from atlas.model.atlas import Atlas
from atlas.model.commitments import evidence, of_record, state_of
from atlas.words import sentences, vocabulary
from atlas.words.languages import in_order
from atlas.words.translator import Translator


def listed_of(linked: Linked, table: str, record: str) -> Markup:
    """The commitments of an agreement or event as safe HTML, each with its state and evidence; empty when it has none."""
    atlas, translate = linked.atlas, linked.translate
    rows = of_record(atlas, table, record)
    if not rows:
        return Markup("")
    points = Markup("").join(Markup("<li>{}</li>").format(_point(linked, row)) for row in rows)
    said = translate.plural("{n} commitment", "{n} commitments", len(rows))
    note = "" if all(row["id"] in evidence(atlas) for row in rows) else sentences.no_evidence(translate)
    whole = Markup("<h4>{} · {}</h4><ul class='commitments'>{}</ul><small>{}</small>")
    return whole.format(translate("What was agreed"), said, points, note)


def _point(linked: Linked, row: dict) -> Markup:
    atlas, translate = linked.atlas, linked.translate
    number = f"{int(row['ordinal'])}. " if pd.notna(row["ordinal"]) else ""
    words = [
        vocabulary.label(atlas, "commitments.field", row, translate),
        row["due"] and translate("due {day}", day=translate.date(row["due"])),
        translate.text(row, "rhythm"),
        *(_responsible(row, side, translate) for side in in_order(translate.language, "vn", "cn")),
        vocabulary.label(atlas, "commitments.basis", row, translate),
        translate.text(row, "note"),
    ]
    shown = [_evidence(linked, one) for one in evidence(atlas).get(row["id"], ())]
    return Markup("{}{}<br><strong class='state'>{}</strong> <small>{} · {}</small>{}").format(
        number,
        linked.record("commitments", row["id"]),
        vocabulary.commitment_states(translate)[state_of(atlas, row["id"])],
        " · ".join(word for word in words if word),
        _cited(atlas, row["sources"], translate),
        items("ul", shown) if shown else "",
    )


def inside(linked: Linked, identifier: str) -> Markup:
    """One commitment: who is to do what by when, its state, and what sources report of it, by what they name."""
    atlas, translate = linked.atlas, linked.translate
    (row,) = atlas.records("commitments", [identifier])
    found = evidence(atlas).get(identifier, ())
    heads = {
        "paper": translate("Reported with the paper’s name"),
        "matter": translate("Reported of the same matter only"),
    }
    told = (
        Markup("<h4>{}</h4>{}").format(
            head, items("ul", [_evidence(linked, one, shows=True) for one in found if one["link"] == link])
        )
        for link, head in heads.items()
        if any(one["link"] == link for one in found)
    )
    return Markup("<p class='what'>{}</p>{}<h4>{}</h4>{}{}{}{}").format(
        vocabulary.commitment_states(translate)[state_of(atlas, identifier)],
        listed(_facts(linked, row)),
        translate("Sources"),
        source.sources(linked, row["sources"]),
        Markup("").join(told),
        "" if found else Markup("<small>{}</small>").format(sentences.no_evidence(translate)),
        listed(_beside(linked, row)),
    )


def _facts(linked: Linked, row: dict) -> list[Fact]:
    atlas, translate = linked.atlas, linked.translate
    sides = {"vn": translate("Responsible on the Vietnamese side"), "cn": translate("Responsible on the Chinese side")}
    (paper,) = atlas.records("agreements", [row["agreement"]]) if row["agreement"] else [None]
    (session,) = atlas.records("events", [row["event"]]) if row["event"] else [None]
    whose = paper or session or {"vn_places": (), "cn_places": ()}
    return [
        (translate("Agreed in"), linked.records("agreements", [row["agreement"]])[0] if paper else ""),
        (translate("Agreed at"), linked.records("events", [row["event"]])[0] if session else ""),
        (translate("Number"), str(int(row["ordinal"])) if pd.notna(row["ordinal"]) else ""),
        (translate("Field"), vocabulary.label(atlas, "commitments.field", row, translate)),
        *(
            (sides[side], translate.text(row, f"responsible_{side}"))
            for side in in_order(translate.language, "vn", "cn")
        ),
        (translate("Due"), translate.date(row["due"]) if row["due"] else translate("not stated")),
        (translate("How often"), translate.text(row, "rhythm")),
        (translate("Read in"), vocabulary.label(atlas, "commitments.basis", row, translate)),
        (translate("Vietnamese side"), linked.places(whose["vn_places"])),
        (translate("Chinese side"), linked.places(whose["cn_places"])),
        (translate("Confidence"), vocabulary.label(atlas, "commitments.confidence", row, translate)),
        (translate("Note"), translate.text(row, "note")),
    ]


def _beside(linked: Linked, row: dict) -> list[Fact]:
    """The points before and after one in the same paper or session."""
    table, record = ("agreements", row["agreement"]) if row["agreement"] else ("events", row["event"])
    ids = [one["id"] for one in of_record(linked.atlas, table, record)]
    at = ids.index(row["id"])
    before, after = ids[at - 1] if at else None, ids[at + 1] if at + 1 < len(ids) else None
    return [
        (linked.translate("Point before"), linked.record("commitments", before)),
        (linked.translate("Next point"), linked.record("commitments", after)),
    ]


def _responsible(row: dict, side: str, translate: Translator) -> str:
    named = translate.text(row, f"responsible_{side}")
    heads = {"vn": translate("Vietnamese side"), "cn": translate("Chinese side")}
    return translate("{name}: {value}", name=heads[side], value=named) if named else ""


def _evidence(linked: Linked, row: dict, shows: bool = False) -> Markup:
    """What a source reports; with the records that show it, where they are wanted."""
    atlas, translate = linked.atlas, linked.translate
    words = [
        vocabulary.label(atlas, "commitment_evidence.kind", row, translate),
        vocabulary.label(atlas, "commitment_evidence.link", row, translate),
        translate.text(row, "note"),
    ]
    text = translate.text(row, "text")
    if row["date"]:
        text = translate("{name}: {value}", name=translate.date(row["date"]), value=text)
    said = " · ".join(word for word in words if word)
    told = Markup("{}<br><small>{} · {}</small>").format(text, said, _cited(atlas, row["sources"], translate))
    if not shows:
        return told
    shown = [linked.record(table, row[column]) for table, column in (("agreements", "agreement"), ("events", "event"))]
    shown = [one for one in (*shown, *linked.records("figures", row["figures"])) if one]
    return told + items("ul", shown) if shown else told


def _cited(atlas: Atlas, ids: tuple[str, ...], translate: Translator) -> Markup:
    # what stands between items in a language is no markup, and the items are safe already
    return Markup(translate.join(source.publisher(row, translate) for row in atlas.records("sources", ids)))
