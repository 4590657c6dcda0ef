"""Points on which sources disagree, as safe HTML: the statements side by side, and what the atlas uses."""

from markupsafe import Markup

from atlas.cards.facts import listed
from atlas.cards.source import sources
from atlas.model.atlas import Atlas
from atlas.model.gazetteer import LONGEST_SEARCH, fold
from atlas.words import naming, vocabulary
from atlas.words.translator import Translator

CONCERNED = ("twinnings", "agreements", "events", "figures", "places")


def html(atlas: Atlas, identifier: str, translate: Translator) -> Markup:
    """One discrepancy."""
    row = atlas.table("discrepancies").loc[identifier]
    statements = atlas.table("discrepancy_statements")
    said = Markup("").join(
        _statement(atlas, one, translate)
        for one in statements[statements["discrepancy"] == identifier].sort_values("ordinal").to_dict("records")
    )
    concerned = [naming.record_name(atlas, table, one, translate) for table in CONCERNED for one in row[table]]
    state = vocabulary.label(atlas, "discrepancies.status", row, translate)
    facts = [
        (translate("What the atlas uses"), translate.text(row, "used")),
        (translate("Concerns"), translate.join_long(concerned)),
    ]
    card = Markup("<article class='card'><h3>{} <small>({})</small></h3><div class='sides'>{}</div>{}</article>")
    return card.format(translate.text(row, "title"), state, said, listed(facts))


def _statement(atlas: Atlas, row: dict, translate: Translator) -> Markup:
    when = Markup("<small>{}</small><br>").format(translate.date(row["date"])) if row["date"] else ""
    cited = sources(atlas, row["sources"], translate)
    return Markup("<section>{}<strong>{}</strong>{}</section>").format(when, translate.text(row, "statement"), cited)


def found(atlas: Atlas, text: str, status: str | None, translate: Translator) -> list[str]:
    """Ids of the discrepancies of one status (any for None) whose texts or records hold what was searched for."""
    rows = atlas.table("discrepancies")
    if status:
        rows = rows[rows["status"] == status]
    if not (folded := fold(text[:LONGEST_SEARCH])):
        return list(rows.index)
    every = atlas.table("discrepancy_statements")
    statements = every.groupby("discrepancy")[translate.column("statement", every)].agg(" ".join)
    held = {
        identifier: [
            translate.text(row, "title"),
            translate.text(row, "used"),
            statements[identifier],
            *(naming.record_name(atlas, table, one, translate) for table in CONCERNED for one in row[table]),
        ]
        for identifier, row in rows.iterrows()
    }
    return [identifier for identifier, texts in held.items() if folded in fold(" ".join(texts))]
