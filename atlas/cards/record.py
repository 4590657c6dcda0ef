"""Figures, events and agreements in words, and their record cards as safe HTML."""

from markupsafe import Markup

from atlas.cards import commitment
from atlas.cards.facts import Fact, listed
from atlas.cards.source import sources
from atlas.model import meetings
from atlas.model.atlas import Atlas
from atlas.model.quality import differences
from atlas.records.dates import anniversary, today
from atlas.words import vocabulary
from atlas.words.naming import institution, title
from atlas.words.translator import Translator
from atlas.words.values import amount, direction, event_date, places, session, when

TABLES = ("figures", "events", "agreements")


def table_of(atlas: Atlas, record: str) -> str | None:
    """The table (figures, events or agreements) that has a record of this id, None when none has."""
    return atlas.record_tables.get(record)


def term(row: dict, translate: Translator) -> str:
    """The duration that a paper states, and whether its end was counted from it."""
    if not row["term"]:
        return ""
    n = int(row["term"][1:-1])
    text = (
        translate.plural("{n} year", "{n} years", n)
        if row["term"].endswith("Y")
        else translate.plural("{n} month", "{n} months", n)
    )
    return translate("{text} (the end is counted from it)", text=text) if row["valid_until_inferred"] else text


def _anniversary(atlas: Atlas, row: dict, translate: Translator) -> str:
    if row["status"] != "signed" or not row["signed_on"]:
        return ""
    found = anniversary(row["signed_on"], today(atlas.version))
    return translate("{years} years: {day}", years=found[0], day=translate.date(found[1])) if found else ""


def html(atlas: Atlas, record: str, translate: Translator) -> Markup:
    """The card of one figure, event or agreement: what it is, sources, what was agreed; then everything else.

    :raises KeyError: no table has a record of this id.
    """
    table = table_of(atlas, record)
    if table is None:
        raise KeyError(record)
    (row,) = atlas.records(table, [record])
    what, details = {"figures": _figure, "events": _event, "agreements": _agreement}[table](atlas, row, translate)
    details += [
        (
            translate("Sources differ"),
            [
                f"{translate.text(one, 'title')}: {translate.text(one, 'used')}"
                for one in atlas.records("discrepancies", differences(atlas, table, [record]).index)
            ],
        ),
        (translate("Confidence"), vocabulary.label(atlas, f"{table}.confidence", row, translate)),
        (translate("Note"), translate.text(row, "note")),
    ]
    return Markup("<article class='card'><strong>{}</strong>{}<h4>{}</h4>{}{}{}</article>").format(
        translate.text(row, "title"),
        listed(what),
        translate("Sources"),
        sources(atlas, row["sources"], translate),
        commitment.html(atlas, table, record, translate) if table != "figures" else "",
        listed(details),
    )


def _titles(atlas: Atlas, table: str, column: str, record: str, translate: Translator) -> list[str]:
    rows = atlas.table(table)
    return [translate.text(row, "title") for row in atlas.records(table, rows.index[rows[column] == record])]


def _one_title(atlas: Atlas, table: str, record: str | None, translate: Translator) -> str:
    return translate.text(atlas.records(table, [record])[0], "title") if record else ""


def _figure(atlas: Atlas, row: dict, translate: Translator) -> tuple[list[Fact], list[Fact]]:
    every = atlas.table("figures")
    return [
        (translate("Value"), amount(row, translate)),
        (translate("Time"), when(row, translate)),
        (translate("From → to"), direction(atlas, row, translate)),
    ], [
        (translate("Programme"), vocabulary.label(atlas, "figures.programme", row, translate)),
        (translate("Kind"), vocabulary.label(atlas, "figures.category", row, translate)),
        (translate("Outcome"), vocabulary.label(atlas, "figures.outcome", row, translate)),
        (
            translate("Part of"),
            f"{_one_title(atlas, 'figures', row['part_of'], translate)}: {amount(atlas.records('figures', [row['part_of']])[0], translate)}"
            if row["part_of"]
            else "",
        ),
        (
            translate("Of which"),
            [
                f"{translate.text(one, 'title')}: {amount(one, translate)}"
                for one in atlas.records("figures", every.index[every["part_of"] == row["id"]])
            ],
        ),
        (translate("Provider"), translate.text(row, "provider")),
        (translate("Places of the provider"), places(atlas, row["provider_places"], translate.language)),
        (
            translate("Fields and themes"),
            translate.join(translate.text(one, "name") for one in atlas.records("fields", row["fields"])),
        ),
        (translate("Institutions"), [institution(atlas, one) for one in row["institutions"]]),
        (translate("Agreement"), _one_title(atlas, "agreements", row["agreement"], translate)),
        (translate("Reported at"), _one_title(atlas, "events", row["event"], translate)),
    ]


def _event(atlas: Atlas, row: dict, translate: Translator) -> tuple[list[Fact], list[Fact]]:
    language = translate.language
    figures = atlas.table("figures")
    return [
        (translate("Date"), event_date(row, translate)),
        (translate("Status"), vocabulary.label(atlas, "events.status", row, translate)),
        (translate("Place"), row["place"] and atlas.places.full_name(row["place"], language)),
        (translate("Vietnamese side"), places(atlas, row["vn_places"], language)),
        (translate("Chinese side"), places(atlas, row["cn_places"], language)),
    ], [
        (translate("Series"), vocabulary.label(atlas, "events.series", row, translate)),
        (translate("Session"), session(row, translate)),
        (translate("Held together with"), _one_title(atlas, "events", row["held_with"], translate)),
        (translate("Kind"), vocabulary.label(atlas, "events.kind", row, translate)),
        (translate("Form"), vocabulary.label(atlas, "events.format", row, translate)),
        (
            translate("Members of the series"),
            places(atlas, meetings.members(atlas.table("series_members").to_dict("records"), row), language)
            if row["series"]
            else "",
        ),
        (translate("Route"), " → ".join(atlas.places.name(place, language) for place in row["route"])),
        (translate("Outcomes"), translate.text(row, "outcomes")),
        (translate("Signed there"), _titles(atlas, "agreements", "event", row["id"], translate)),
        (
            translate("Figures reported there"),
            [
                f"{translate.text(one, 'title')}: {amount(one, translate)}"
                for one in atlas.records("figures", figures.index[figures["event"] == row["id"]])
            ],
        ),
        (translate("Twinnings"), [_twinning(atlas, one, language) for one in row["twinnings"]]),
    ]


def _agreement(atlas: Atlas, row: dict, translate: Translator) -> tuple[list[Fact], list[Fact]]:
    language = translate.language
    twinnings = atlas.twinnings
    return [
        (translate("Subject"), vocabulary.label(atlas, "agreements.subject", row, translate)),
        (translate("Signed"), translate.date(row["signed_on"])),
        (translate("Status"), vocabulary.label(atlas, "agreements.status", row, translate)),
        (translate("Parties"), translate.text(row, "parties")),
    ], [
        (
            translate("Valid"),
            translate.period(row["valid_from"], row["valid_until"]) if row["valid_from"] or row["valid_until"] else "",
        ),
        (translate("Term"), term(row, translate)),
        (translate("Next anniversary"), _anniversary(atlas, row, translate)),
        (translate("Vietnamese side"), places(atlas, row["vn_places"], language)),
        (translate("Chinese side"), places(atlas, row["cn_places"], language)),
        (translate("Place"), row["place"] and atlas.places.full_name(row["place"], language)),
        (translate("Signed at"), _one_title(atlas, "events", row["event"], translate)),
        (translate("Figures under it"), _titles(atlas, "figures", "agreement", row["id"], translate)),
        (
            translate("Twinnings"),
            [_twinning(atlas, one, language) for one in twinnings.index[twinnings["agreement"] == row["id"]]],
        ),
    ]


def _twinning(atlas: Atlas, twinning: str, language: str) -> str:
    return title(atlas, atlas.records("twinnings", [twinning])[0], language)
