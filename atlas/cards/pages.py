"""What the page of a record says under its name, as safe HTML: its card, and whatever else of the atlas belongs to it."""

from collections.abc import Callable, Iterable
from datetime import date

from markupsafe import Markup

from atlas.cards import commitment, discrepancy, place, record, source, twinning
from atlas.cards.facts import listed, section
from atlas.cards.linked import Linked, To
from atlas.model import quality, relations
from atlas.model.addresses import KINDS, TABLES
from atlas.model.atlas import Atlas
from atlas.words import naming
from atlas.words.translator import Translator


def html(
    atlas: Atlas, kind: str, identifier: str, translate: Translator, day: date, to: To | None, foot: str = ""
) -> Markup:
    """Everything on a record, as of a day.

    :param kind: one of :data:`atlas.model.addresses.TABLES`.
    :param to: makes the addresses of the pages of the records that it names.
    :param foot: what stands below it.
    :raises KeyError: there is no such record.
    """
    linked, table = Linked(atlas, translate, to), TABLES[kind]
    parts: dict[str, Callable[[], Iterable[Markup]]] = {
        "twinning": lambda: [twinning.inside(linked, identifier, day), *_of_twinning(linked, identifier)],
        "place": lambda: [place.inside(linked, identifier, day)],
        "commitment": lambda: [commitment.inside(linked, identifier)],
        "source": lambda: _of_source(linked, identifier),
        "discrepancy": lambda: [
            Markup("<p class='what'>{}</p>").format(discrepancy.status(linked, identifier)),
            discrepancy.inside(linked, identifier),
        ],
    }
    made = parts.get(kind, lambda: [record.inside(linked, table, identifier), *_shown(linked, table, identifier)])
    return Markup("<article class='card whole{}'>{}{}</article>").format(
        " disagreement" if kind == "discrepancy" else "", Markup("").join(made()), foot
    )


def _of_twinning(linked: Linked, identifier: str) -> Iterable[Markup]:
    """The meetings, figures and commitments of a twinning, and the sources of all that belongs to it, each with its use."""
    atlas, translate = linked.atlas, linked.translate
    (row,) = atlas.records("twinnings", [identifier])
    found = {
        "agreements": [row["agreement"]] if row["agreement"] else [],
        "events": relations.naming(atlas, "twinnings", identifier, "events"),
    }
    yield section(translate("Meetings"), linked.records("events", found["events"]))
    yield section(translate("What was agreed"), linked.records("commitments", relations.commitments_of(atlas, found)))
    used: dict[str, list[Markup]] = {}
    for table, ids in found.items():
        for one in ids:
            for cited in atlas.records(table, [one])[0]["sources"]:
                used.setdefault(cited, []).append(linked.record(table, one))
    for member in (*row["vn"], *row["cn"]):
        for cited in (*atlas.places[member]["sources"], *atlas.places[member]["name_zh_sources"]):
            used.setdefault(cited, []).append(linked.place(member))
    others = [one for one in used if one not in row["sources"]]
    yield section(
        translate("Sources of what belongs to it"),
        [
            Markup("{}<br><small>{}</small>").format(source.line(linked, one), linked.join(dict.fromkeys(used[one])))
            for one in others
        ],
    )


def _shown(linked: Linked, table: str, identifier: str) -> Iterable[Markup]:
    """What a paper, meeting or figure shows of earlier commitments, and which later ones took up its own."""
    atlas, translate = linked.atlas, linked.translate
    evidence = atlas.table("commitment_evidence")
    shows = relations.naming(atlas, table, identifier, "commitment_evidence")
    before = list(dict.fromkeys(evidence.loc[shows, "commitment"]))
    yield section(translate("Shows what became of"), linked.records("commitments", before))
    if table == "agreements":
        own = relations.naming(atlas, table, identifier, "commitments")
        later = evidence[evidence["commitment"].isin(own)]["agreement"].dropna()
        yield section(
            translate("Later papers that take up its points"), linked.records("agreements", dict.fromkeys(later))
        )


def _of_source(linked: Linked, identifier: str) -> Iterable[Markup]:
    """A source, what it says where others say otherwise, and everything that rests on it."""
    atlas, translate = linked.atlas, linked.translate
    (row,) = atlas.records("sources", [identifier])
    yield Markup("<p class='what'>{}</p>").format(source.source(atlas, identifier, translate))
    yield listed([(translate("Address"), row["url"]), (translate("Note"), row["note"])])
    statements = atlas.table("discrepancy_statements")
    said = [
        Markup("{}<br>{}").format(translate.text(one, "statement"), linked.record("discrepancies", one["discrepancy"]))
        for one in statements.to_dict("records")
        if identifier in one["sources"]
    ]
    yield section(translate("What it says where sources disagree"), said)
    by_table: dict[str, list[str]] = {}
    for table, one in quality.cited_by(atlas)[identifier]:
        by_table.setdefault(table, []).append(one)
    for table, ids in by_table.items():
        yield section(translate(atlas.schema.tables[table].title), resting(linked, table, ids))


def resting(linked: Linked, table: str, ids: list[str]) -> list[Markup]:
    """The names of records that rest on a source, as links; those without a page lead to the record to which they belong."""
    if table in KINDS:
        return linked.records(table, ids)
    if table == "commitment_evidence":
        return [
            linked.link("commitments", row["commitment"], linked.translate.text(row, "text"))
            for row in linked.atlas.table(table).loc[ids].to_dict("records")
        ]
    return [Markup.escape(naming.record_name(linked.atlas, table, one, linked.translate)) for one in ids]
