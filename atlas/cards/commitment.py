"""What was agreed at a paper or session, and what the sources say became of it, as safe HTML."""

import pandas as pd
from markupsafe import Markup

from atlas.cards import source
from atlas.cards.facts import items
from atlas.model.atlas import Atlas
from atlas.model.commitments import evidence, of_record, state_of
from atlas.words import vocabulary
from atlas.words.languages import in_order
from atlas.words.translator import Translator


def html(atlas: Atlas, table: str, record: str, translate: Translator) -> Markup:
    """The commitments of an agreement or event as safe HTML, each with its state and evidence; empty when it has none."""
    rows = of_record(atlas, table, record)
    if not rows:
        return Markup("")
    points = Markup("").join(Markup("<li>{}</li>").format(_point(atlas, row, translate)) for row in rows)
    said = translate.plural("{n} commitment", "{n} commitments", len(rows))
    note = translate("“No evidence found” means that no source read so far reports on it, not that nothing was done.")
    if all(row["id"] in evidence(atlas) for row in rows):
        note = ""
    whole = Markup("<h4>{} · {}</h4><ul class='commitments'>{}</ul><small>{}</small>")
    return whole.format(translate("What was agreed"), said, points, note)


def _point(atlas: Atlas, row: dict, translate: Translator) -> Markup:
    number = f"{int(row['ordinal'])}. " if pd.notna(row["ordinal"]) else ""
    words = [
        vocabulary.label(atlas, "commitments.field", row, translate),
        row["due"] and translate("due {day}", day=translate.date(row["due"])),
        translate.text(row, "rhythm"),
        *(_responsible(row, side, translate) for side in in_order(translate.language, "vn", "cn")),
        vocabulary.label(atlas, "commitments.basis", row, translate),
        translate.text(row, "note"),
    ]
    shown = [_evidence(atlas, one, translate) for one in evidence(atlas).get(row["id"], ())]
    return Markup("{}{}<br><strong class='state'>{}</strong> <small>{} · {}</small>{}").format(
        number,
        translate.text(row, "text"),
        vocabulary.commitment_states(translate)[state_of(atlas, row["id"])],
        " · ".join(word for word in words if word),
        _cited(atlas, row["sources"], translate),
        items("ul", shown) if shown else "",
    )


def _responsible(row: dict, side: str, translate: Translator) -> str:
    named = translate.text(row, f"responsible_{side}")
    heads = {"vn": translate("Vietnamese side"), "cn": translate("Chinese side")}
    return translate("{name}: {value}", name=heads[side], value=named) if named else ""


def _evidence(atlas: Atlas, row: dict, translate: Translator) -> Markup:
    words = [
        vocabulary.label(atlas, "commitment_evidence.kind", row, translate),
        vocabulary.label(atlas, "commitment_evidence.link", row, translate),
        translate.text(row, "note"),
    ]
    text = translate.text(row, "text")
    if row["date"]:
        text = translate("{name}: {value}", name=translate.date(row["date"]), value=text)
    said = " · ".join(word for word in words if word)
    return Markup("{}<br><small>{} · {}</small>").format(text, said, _cited(atlas, row["sources"], translate))


def _cited(atlas: Atlas, ids: tuple[str, ...], translate: Translator) -> Markup:
    # what stands between items in a language is no markup, and the items are safe already
    return Markup(translate.join(source.publisher(row, translate) for row in atlas.records("sources", ids)))
