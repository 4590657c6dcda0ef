"""Points on which sources disagree, as safe HTML: the statements side by side, and what the atlas uses."""

from markupsafe import Markup

from atlas import LANGUAGES
from atlas.cards.facts import listed
from atlas.cards.linked import Linked, To
from atlas.cards.source import sources
from atlas.model import quality
from atlas.model.atlas import Atlas, cached
from atlas.model.spelling import LONGEST_SEARCH, fold
from atlas.words import naming, vocabulary
from atlas.words.translator import Translator

CONCERNED = ("twinnings", "agreements", "events", "figures", "places")


def html(atlas: Atlas, identifier: str, translate: Translator, to: To | None = None) -> Markup:
    """The card of a discrepancy: its title, and all of :func:`inside`.

    :param to: makes the addresses of the pages of the records that it names.
    """
    linked = Linked(atlas, translate, to)
    head = Markup("<h3>{} <small>({})</small></h3>").format(
        linked.record("discrepancies", identifier), status(linked, identifier)
    )
    return Markup("<article class='card disagreement'>{}{}</article>").format(head, inside(linked, identifier))


def status(linked: Linked, identifier: str) -> str:
    """What the atlas makes of a point, in words."""
    row = linked.atlas.table("discrepancies").loc[identifier]
    return vocabulary.label(linked.atlas, "discrepancies.status", row, linked.translate)


def inside(linked: Linked, identifier: str) -> Markup:
    """What the atlas uses and why, who says what, and what it concerns."""
    atlas, translate = linked.atlas, linked.translate
    row = atlas.table("discrepancies").loc[identifier]
    statements = atlas.table("discrepancy_statements")
    said = Markup("").join(
        _statement(linked, one)
        for one in statements[statements["discrepancy"] == identifier].sort_values("ordinal").to_dict("records")
    )
    concerned = [linked.record(table, one) for table in CONCERNED for one in row[table]]
    facts = [
        (translate("What the atlas uses"), translate.text(row, "used")),
        (translate("Concerns"), Markup(translate.join_long(concerned))),
    ]
    return Markup("<div class='sides'>{}</div>{}").format(said, listed(facts))


def differences(linked: Linked, table: str, identifier: str) -> list[Markup]:
    """The points on which sources disagree about a record, each with what the atlas uses."""
    pattern = linked.translate("{name}: {value}", name="{}", value="{}")
    return [
        Markup(pattern).format(linked.record("discrepancies", one), linked.translate.text(row, "used"))
        for one, row in quality.differences(linked.atlas, table, [identifier]).iterrows()
    ]


def _statement(linked: Linked, row: dict) -> Markup:
    translate = linked.translate
    when = Markup("<small>{}</small><br>").format(translate.date(row["date"])) if row["date"] else ""
    cited = sources(linked, row["sources"])
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
