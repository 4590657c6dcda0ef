"""A walk through the store: every record of every table is two clicks from the page of its province, or from an index.

The page of a province leads to that of the place (see tests/app/test_record_pages.py); its links are the second click.
"""

import re
from datetime import date
from functools import cache

import pytest
from markupsafe import escape

from atlas.cards import pages
from atlas.model import disagreements, meetings, relations, store
from atlas.model.addresses import KINDS, TABLES, record
from atlas.model.atlas import PLACE_COLUMNS
from atlas.words import naming, vocabulary
from atlas.words.translator import Translator

ENGLISH = Translator("en")
PROVINCES = store.load().province_slugs


@cache
def page(atlas, kind: str, identifier: str) -> str:
    return pages.html(atlas, kind, identifier, ENGLISH, date(2026, 1, 1), record)


def linked(atlas, kind: str, identifier: str) -> set[tuple[str, str]]:
    """Kind and id of every record to which a page leads."""
    return set(re.findall(r"href='(\w+)\?id=([^&']+)'", page(atlas, kind, identifier)))


def of_places(atlas, slugs: list[str]) -> set[tuple[str, str]]:
    places = [atlas.places.by_slug[slug] for slug in slugs]
    return {("place", one) for one in places}.union(*(linked(atlas, "place", one) for one in places))


@pytest.mark.parametrize("slug", PROVINCES)
def test_whatever_concerns_a_province_is_two_clicks_away(atlas, slug):
    here = linked(atlas, "place", atlas.places.by_slug[slug])
    concerned = {
        (kind, one)
        for kind, table in TABLES.items()
        if table in ("twinnings", *PLACE_COLUMNS)
        for one, slugs in atlas.table(table)["slugs"].items()
        if slug in slugs
    }
    concerned |= {("discrepancy", one) for one in disagreements.by_unit(atlas).get(slug, ())}
    concerned |= {("place", one) for one in atlas.places.inside(atlas.places.by_slug[slug])}
    promised = atlas.table("commitments")
    papers = {one for _, one in concerned}
    kept = promised["agreement"].isin(papers) | promised["event"].isin(papers)
    concerned |= {("commitment", one) for one in promised.index[kept]}
    concerned |= {
        ("source", source)
        for kind, one in concerned
        if kind not in ("source", "discrepancy")
        for source in atlas.table(TABLES[kind]).at[one, "sources"]
    } - {("source", one) for one in atlas.places[atlas.places.by_slug[slug]]["sources"]}
    assert concerned - here == set()


def test_no_record_stands_apart(atlas):
    """What concerns no Vietnamese province is reached from a Chinese region, from a country, or from a list."""
    reached = of_places(atlas, atlas.province_slugs) | of_places(atlas, atlas.region_slugs)
    reached |= linked(atlas, "place", "vn") | linked(atlas, "place", "cn")
    apart = {(kind, one) for kind, table in TABLES.items() for one in atlas.table(table).index} - reached
    # the index of sources has all sources and disagreements, the lists of the pages have what names no place at all
    for kind, one in apart:
        assert kind in ("source", "discrepancy") or not relations.places_of(atlas, {TABLES[kind]: [one]}), (kind, one)


def test_rows_without_a_page_are_shown_on_that_of_the_record_to_which_they_belong(atlas):
    shown = {
        ("commitment_evidence", "text_en"): lambda row: ("commitment", row["commitment"]),
        ("discrepancy_statements", "statement_en"): lambda row: ("discrepancy", row["discrepancy"]),
        ("successions", "legal_act"): lambda row: ("place", row["predecessor"]),
    }
    for (table, column), owner in shown.items():
        missing = [
            row[column]
            for row in atlas.table(table).to_dict("records")
            if row[column] and escape(row[column]) not in page(atlas, *owner(row))
        ]
        assert missing == [], table
    for row in atlas.table("successions").dropna(subset=["successor"]).to_dict("records"):
        assert ("place", row["successor"]) in linked(atlas, "place", row["predecessor"])
        assert ("place", row["predecessor"]) in linked(atlas, "place", row["successor"])
    for row in atlas.table("twinning_members").to_dict("records"):
        assert ("place", row["place"]) in linked(atlas, "twinning", row["twinning"])
    for row in atlas.table("figures").to_dict("records"):
        for field in row["fields"]:
            assert escape(naming.record_name(atlas, "fields", field, ENGLISH)) in page(atlas, "figure", row["id"])


def test_the_members_of_a_series_are_linked_from_its_sessions_and_the_totals_from_their_places(atlas):
    members = atlas.table("series_members").to_dict("records")
    for row in filter(lambda row: row["series"], atlas.table("events").to_dict("records")):
        assert {("place", one) for one in meetings.members(members, row)} <= linked(atlas, "event", row["id"])
    names = vocabulary.labels(atlas, "events.series", ENGLISH)
    for row in members:
        assert escape(names[row["series"]]) in page(atlas, "place", row["place"])
    for row in atlas.table("totals").to_dict("records"):
        if place := row["place"] or row["counterpart"]:
            assert escape(row["label_en"]) in page(atlas, "place", place)


PAIRS = {  # (table, column) -> the kind of the record that it names
    ("twinnings", "agreement"): "agreement",
    ("events", "twinnings"): "twinning",
    ("events", "held_with"): "event",
    ("agreements", "event"): "event",
    ("commitments", "agreement"): "agreement",
    ("commitments", "event"): "event",
    ("figures", "part_of"): "figure",
    ("figures", "agreement"): "agreement",
    ("figures", "event"): "event",
    ("figures", "institutions"): "place",
    ("discrepancies", "twinnings"): "twinning",
    ("discrepancies", "agreements"): "agreement",
    ("discrepancies", "events"): "event",
    ("discrepancies", "figures"): "figure",
    ("discrepancies", "places"): "place",
}


@pytest.mark.parametrize(("table", "column"), PAIRS)
def test_relations_lead_both_ways(atlas, table, column):
    kind, other = KINDS[table], PAIRS[table, column]
    named = [
        (row["id"], one)
        for row in atlas.table(table).to_dict("records")
        for one in (row[column] if isinstance(row[column], tuple) else filter(None, [row[column]]))
    ]
    assert named
    one_way = [pair for pair in named if (other, pair[1]) not in linked(atlas, kind, pair[0])]
    back = [pair for pair in named if (kind, pair[0]) not in linked(atlas, other, pair[1])]
    assert (one_way, back) == ([], [])


@pytest.mark.parametrize("kind", ["agreement", "event"])
def test_what_shows_the_state_of_a_commitment_is_linked_both_ways(atlas, kind):
    for row in atlas.table("commitment_evidence").dropna(subset=[kind]).to_dict("records"):
        assert (kind, row[kind]) in linked(atlas, "commitment", row["commitment"])
        assert ("commitment", row["commitment"]) in linked(atlas, kind, row[kind])
