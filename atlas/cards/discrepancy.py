"""Points on which sources disagree, as safe HTML: the statements side by side, and what the atlas uses."""

from html import escape

from atlas.cards import source
from atlas.model.atlas import Atlas
from atlas.model.gazetteer import LONGEST_SEARCH, fold
from atlas.words import naming, vocabulary
from atlas.words.translator import Translator

CONCERNED = ("twinnings", "agreements", "events", "figures", "places")


def html(atlas: Atlas, identifier: str, translate: Translator) -> str:
    """One discrepancy; every text from the data is escaped."""
    row = atlas.table("discrepancies").loc[identifier]
    statements = atlas.table("discrepancy_statements")
    said = "".join(
        _statement(atlas, one, translate)
        for one in statements[statements["discrepancy"] == identifier].sort_values("ordinal").to_dict("records")
    )
    concerned = [naming.record_name(atlas, table, one, translate) for table in CONCERNED for one in row[table]]
    state = vocabulary.discrepancy_states(translate)[row["status"]]
    facts = [
        (translate("What the atlas uses"), translate.text(row, "used")),
        (translate("Concerns"), translate.join_long(concerned)),
    ]
    listed = "".join(f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>" for name, value in facts if value)
    return (
        f"<article class='card'><h3>{escape(translate.text(row, 'title'))} <small>({escape(state)})</small></h3>"
        f"<div class='sides'>{said}</div><dl>{listed}</dl></article>"
    )


def _statement(atlas: Atlas, row: dict, translate: Translator) -> str:
    when = f"<small>{escape(translate.date(row['date']))}</small><br>" if row["date"] else ""
    sources = "".join(f"<li>{source.source(atlas, one, translate)}</li>" for one in row["sources"])
    return f"<section>{when}<strong>{escape(translate.text(row, 'statement'))}</strong><ol>{sources}</ol></section>"


def found(atlas: Atlas, text: str, status: str | None, translate: Translator) -> list[str]:
    """Ids of the discrepancies of one status (any for None) whose texts or records hold what was searched for."""
    rows = atlas.table("discrepancies")
    if status:
        rows = rows[rows["status"] == status]
    if not (folded := fold(text[:LONGEST_SEARCH])):
        return list(rows.index)
    statements = (
        atlas.table("discrepancy_statements").groupby("discrepancy")[f"statement_{translate.language}"].agg(" ".join)
    )
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
