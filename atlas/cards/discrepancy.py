"""Points on which sources disagree, as safe HTML: the statements side by side, and what the atlas uses."""

from markupsafe import Markup

from atlas import LANGUAGES
from atlas.cards.facts import listed
from atlas.cards.source import sources
from atlas.model.atlas import Atlas, cached
from atlas.model.spelling import LONGEST_SEARCH, fold
from atlas.words import naming, vocabulary
from atlas.words.translator import Translator

CONCERNED = ("twinnings", "agreements", "events", "figures", "places")


def html(atlas: Atlas, identifier: str, translate: Translator) -> Markup:
    """One discrepancy: what the atlas uses and why, who says what, and what it concerns."""
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
    card = Markup(
        "<article class='card disagreement'><h3>{} <small>({})</small></h3><div class='sides'>{}</div>{}</article>"
    )
    return card.format(translate.text(row, "title"), state, said, listed(facts))


def _statement(atlas: Atlas, row: dict, translate: Translator) -> Markup:
    when = Markup("<small>{}</small><br>").format(translate.date(row["date"])) if row["date"] else ""
    cited = sources(atlas, row["sources"], translate)
    return Markup("<section>{}<strong>{}</strong>{}</section>").format(when, translate.text(row, "statement"), cited)


def found(atlas: Atlas, text: str, ids: list[str], translate: Translator) -> list[str]:
    """Those of the discrepancies whose texts or records hold what was searched for, in their order."""
    if not (folded := fold(text[:LONGEST_SEARCH])):
        return ids
    held = _texts(atlas, translate.language)
    return [identifier for identifier in ids if folded in held[identifier]]


@cached(len(LANGUAGES))
def _texts(atlas: Atlas, language: str) -> dict[str, str]:
    """What a search looks through, by id."""
    translate, rows = Translator(language), atlas.table("discrepancies")
    statements = atlas.table("discrepancy_statements").groupby("discrepancy")[f"statement_{language}"].agg(" ".join)
    return {
        identifier: fold(
            " ".join(
                [
                    translate.text(row, "title"),
                    translate.text(row, "used"),
                    statements[identifier],
                    *(naming.record_name(atlas, table, one, translate) for table in CONCERNED for one in row[table]),
                ]
            )
        )
        for identifier, row in rows.iterrows()
    }
