"""Figures, events and agreements in words, and their record cards as safe HTML."""

from markupsafe import Markup

from atlas.cards import commitment
from atlas.cards.discrepancy import differences
from atlas.cards.facts import Fact, listed
from atlas.cards.linked import Linked, To
from atlas.cards.source import sources
from atlas.model import meetings, relations
from atlas.model.atlas import Atlas
from atlas.records.dates import anniversary, today
from atlas.words import vocabulary
from atlas.words.naming import institution
from atlas.words.translator import Translator
from atlas.words.values import amount, event_date, session, term, when

TABLES = ("figures", "events", "agreements")


def table_of(atlas: Atlas, record: str) -> str | None:
    """The table (figures, events or agreements) that has a record of this id, None when none has."""
    return atlas.record_tables.get(record)


def _anniversary(atlas: Atlas, row: dict, translate: Translator) -> str:
    if row["status"] != "signed" or not row["signed_on"]:
        return ""
    found = anniversary(row["signed_on"], today(atlas.version))
    return translate("{years} years: {day}", years=found[0], day=translate.date(found[1])) if found else ""


def html(atlas: Atlas, record: str, translate: Translator, to: To | None = None) -> Markup:
    """The card of one figure, event or agreement: its title and all of :func:`inside`.

    :param to: makes the addresses of the pages of the records that it names.
    :raises KeyError: no table has a record of this id.
    """
    table, linked = table_of(atlas, record), Linked(atlas, translate, to)
    if table is None:
        raise KeyError(record)
    card = Markup("<article class='card'><strong>{}</strong>{}</article>")
    return card.format(linked.record(table, record), inside(linked, table, record))


def inside(linked: Linked, table: str, record: str) -> Markup:
    """What a record is, its sources, what was agreed; then everything else."""
    atlas, translate = linked.atlas, linked.translate
    (row,) = atlas.records(table, [record])
    what, details = {"figures": _figure, "events": _event, "agreements": _agreement}[table](linked, row)
    details += [
        (translate("Sources differ"), differences(linked, table, record)),
        (translate("Confidence"), vocabulary.label(atlas, f"{table}.confidence", row, translate)),
        (translate("Note"), translate.text(row, "note")),
    ]
    return Markup("{}<h4>{}</h4>{}{}{}").format(
        listed(what),
        translate("Sources"),
        sources(linked, row["sources"]),
        commitment.listed_of(linked, table, record) if table != "figures" else "",
        listed(details),
    )


def _naming(linked: Linked, own: str, record: str, table: str, column: str) -> list[Markup]:
    """The records of a table that name this one, of the table ``own``, in a column."""
    return linked.records(table, relations.naming(linked.atlas, own, record, table, column))


def _figure(linked: Linked, row: dict) -> tuple[list[Fact], list[Fact]]:
    atlas, translate = linked.atlas, linked.translate
    ends = [linked.places(row[side]) or translate("not stated") for side in ("origin", "destination")]
    return [
        (translate("Value"), amount(row, translate)),
        (translate("Time"), when(row, translate)),
        (translate("From → to"), Markup(" → ").join(ends)),
    ], [
        (translate("Programme"), vocabulary.label(atlas, "figures.programme", row, translate)),
        (translate("Kind"), vocabulary.label(atlas, "figures.category", row, translate)),
        (translate("Outcome"), vocabulary.label(atlas, "figures.outcome", row, translate)),
        (translate("Part of"), linked.records("figures", [row["part_of"]])[0] if row["part_of"] else ""),
        (translate("Of which"), _naming(linked, "figures", row["id"], "figures", "part_of")),
        (translate("Provider"), translate.text(row, "provider")),
        (translate("Places of the provider"), linked.places(row["provider_places"])),
        (
            translate("Fields and themes"),
            translate.join(translate.text(one, "name") for one in atlas.records("fields", row["fields"])),
        ),
        (
            translate("Institutions"),
            [linked.link("places", one, institution(atlas, one)) for one in row["institutions"]],
        ),
        (translate("Agreement"), linked.record("agreements", row["agreement"])),
        (translate("Reported at"), linked.record("events", row["event"])),
    ]


def _event(linked: Linked, row: dict) -> tuple[list[Fact], list[Fact]]:
    atlas, translate = linked.atlas, linked.translate
    taking_part = meetings.members(atlas.series_members.get(row["series"], ()), row) if row["series"] else []
    return [
        (translate("Date"), event_date(row, translate)),
        (translate("Status"), vocabulary.label(atlas, "events.status", row, translate)),
        (translate("Place"), linked.whole(row["place"])),
        (translate("Vietnamese side"), linked.places(row["vn_places"])),
        (translate("Chinese side"), linked.places(row["cn_places"])),
    ], [
        (translate("Series"), vocabulary.label(atlas, "events.series", row, translate)),
        (translate("Session"), session(row, translate)),
        *_beside(linked, row),
        (translate("Held together with"), linked.records("events", _held_with(atlas, row))),
        (translate("Kind"), vocabulary.label(atlas, "events.kind", row, translate)),
        (translate("Form"), vocabulary.label(atlas, "events.format", row, translate)),
        (translate("Members of the series"), linked.places(taking_part)),
        (translate("Route"), Markup(" → ").join(map(linked.place, row["route"]))),
        (translate("Outcomes"), translate.text(row, "outcomes")),
        (translate("Signed there"), _naming(linked, "events", row["id"], "agreements", "event")),
        (translate("Figures reported there"), _naming(linked, "events", row["id"], "figures", "event")),
        (translate("Twinnings"), linked.records("twinnings", row["twinnings"])),
    ]


def _held_with(atlas: Atlas, row: dict) -> list[str]:
    others = relations.naming(atlas, "events", row["id"], "events", "held_with")
    return [one for one in (row["held_with"], *others) if one]


def _beside(linked: Linked, row: dict) -> list[Fact]:
    """The sessions before and after one in its series; a number of which no source tells is said to be so."""
    translate = linked.translate
    if not row["series"]:
        return []
    rows = linked.atlas.table("events")
    mine = linked.atlas.records("events", rows.index[rows["series"] == row["series"]])
    every = meetings.sessions(mine, row["series"])
    at = next(at for at, one in enumerate(every) if one.event and one.event["id"] == row["id"])

    def told(found: meetings.Session) -> Markup:
        if found.event:
            return linked.records("events", [found.event["id"]])[0]
        return Markup.escape(translate("no. {n}: no source found", n=found.ordinal))

    return [
        (translate("Session before"), told(every[at - 1]) if at else ""),
        (translate("Next session"), told(every[at + 1]) if at + 1 < len(every) else ""),
    ]


def _agreement(linked: Linked, row: dict) -> tuple[list[Fact], list[Fact]]:
    atlas, translate = linked.atlas, linked.translate
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
        (translate("Vietnamese side"), linked.places(row["vn_places"])),
        (translate("Chinese side"), linked.places(row["cn_places"])),
        (translate("Place"), linked.whole(row["place"])),
        (translate("Signed at"), linked.record("events", row["event"])),
        (translate("Figures under it"), _naming(linked, "agreements", row["id"], "figures", "agreement")),
        (translate("Twinnings"), _naming(linked, "agreements", row["id"], "twinnings", "agreement")),
    ]
