"""Marks of how records are sourced, what rests on a source, and where sources disagree."""

from dataclasses import replace

import pandas as pd
import pytest
from markupsafe import escape

from atlas import LANGUAGES, SEEDS, records
from atlas.cards import discrepancy
from atlas.model import disagreements, quality, relations
from atlas.model.atlas import Atlas
from atlas.words.translator import Translator

SOURCES = {
    "paper": ("Báo Hà Giang", "article"),
    "paper-again": ("Báo Hà Giang", "article"),
    "office": ("Sở Ngoại vụ", "official"),
    "nameless": (None, "article"),
    "nameless-too": (None, "article"),
    "copy": ("Elsewhere", "mirror"),
    "translation": ("Vietnam.vn", "machine_translation"),
}
CITED = {
    "two texts of one publisher": (("paper", "paper-again"), 1, "article"),
    "two publishers": (("paper", "office"), 2, "official"),
    "copies only": (("translation", "copy"), 0, "mirror"),
    "a machine translation only": (("translation",), 0, "machine_translation"),
    "a copy beside the press": (("copy", "paper"), 1, "article"),
    "unknown publishers count once": (("nameless", "nameless-too"), 1, "article"),
}


def small(cited, **facts) -> Atlas:
    sources = pd.DataFrame.from_dict(SOURCES, orient="index", columns=["publisher", "kind"], dtype=object)
    row = {"signed_on": None, "last_confirmed": None, "agreement": None, "sources": cited} | facts
    return Atlas(
        "2026-01-01", {"sources": sources, "twinnings": pd.DataFrame([row], index=["twin"], dtype=object)}, {}, {}
    )


@pytest.mark.parametrize(("cited", "number", "best"), CITED.values(), ids=CITED)
def test_independent_sources_and_best_kind(cited, number, best):
    marks = quality.quality(small(cited), "twinnings").loc["twin"]
    assert (marks["independent_sources"], marks["best_kind"]) == (number, best)


def test_completeness_is_the_share_of_the_main_facts():
    assert quality.quality(small(("paper",)), "twinnings")["completeness"]["twin"] == 0
    assert quality.quality(small(("paper",), signed_on="2016"), "twinnings")["completeness"]["twin"] == pytest.approx(
        1 / 3
    )
    assert (
        quality.quality(small(("paper",), signed_on="2016", last_confirmed="2024", agreement="a"), "twinnings")[
            "completeness"
        ]["twin"]
        == 1
    )


@pytest.mark.parametrize("table", quality.KEY_FIELDS)
def test_every_record_is_marked(atlas, table):
    marks = quality.quality(atlas, table)
    assert list(marks.index) == list(atlas.table(table).index)
    assert marks["completeness"].between(0, 1).all()
    assert marks["completeness"].nunique() > 1
    assert set(marks["best_kind"]) <= set(quality.KINDS)


def test_empty_lists_are_not_facts(atlas):
    events = atlas.table("events")
    marks = quality.quality(atlas, "events")
    bare = events[(events["vn_places"] == ()) & (events["cn_places"] == ())]
    assert (marks["completeness"][bare.index] <= 3 / 5 + 1e-9).all()


def test_every_source_shows_the_records_that_cite_it(atlas):
    found = quality.cited_by(atlas)
    assert set(found) == set(atlas.table("sources").index)
    for table in ("twinnings", "agreements", "events", "figures", "totals"):
        for identifier, sources in atlas.table(table)["sources"].items():
            assert all((table, identifier) in found[source] for source in sources)
    for row in atlas.table("discrepancy_statements").to_dict("records"):
        assert all(("discrepancies", row["discrepancy"]) in found[source] for source in row["sources"])
    assert all(len(set(cites)) == len(cites) for cites in found.values())


def test_a_position_rests_on_its_source(atlas):
    places = atlas.table("places")
    placed = places[places["coordinate_source"].notna()].iloc[0]
    assert ("places", placed["id"]) in quality.cited_by(atlas)[placed["coordinate_source"]]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_discrepancy_shows_all_statements_and_what_is_used(atlas, language):
    translate = Translator(language)
    statements = atlas.table("discrepancy_statements")
    for identifier, row in atlas.table("discrepancies").iterrows():
        html = discrepancy.html(atlas, identifier, translate)
        said = statements[statements["discrepancy"] == identifier]
        assert html.count("<section>") == len(said) >= 2
        assert escape(translate.text(row, "used")) in html
        assert all(escape(translate.text(one, "statement")) in html for one in said.to_dict("records"))


def test_a_copy_is_never_a_link(atlas):
    sources = atlas.table("sources")
    shown = "".join(discrepancy.html(atlas, one, Translator("en")) for one in atlas.table("discrepancies").index)
    copies = sources[(sources["kind"] == "mirror") & sources["url"].notna()]
    assert len(copies)
    assert not any(f"href='{escape(url)}'" in shown for url in copies["url"])
    assert "href='" in shown


def test_texts_of_a_discrepancy_are_escaped(atlas):
    changed = {name: frame.copy() for name, frame in atlas.tables.items()}
    identifier = changed["discrepancies"].index[0]
    for column in ("title_en", "used_en"):
        changed["discrepancies"].at[identifier, column] = "<img src=x onerror=alert(1)>"
    changed["discrepancy_statements"]["statement_en"] = "<script>alert(1)</script>"
    html = discrepancy.html(replace(atlas, tables=changed), identifier, Translator("en"))
    assert "<img" not in html
    assert "<script" not in html


def test_discrepancies_are_found_without_diacritics(atlas):
    translate, ids = Translator("vi"), list(atlas.table("discrepancies").index)
    assert discrepancy.found(atlas, "", ids, translate) == ids
    assert discrepancy.found(atlas, "", ids[:3], translate) == ids[:3]
    concerned = discrepancy.found(atlas, "mong cai", ids, translate)
    assert 0 < len(concerned) < len(ids)
    assert discrepancy.found(atlas, "mong cai", concerned[:1], translate) == concerned[:1]
    assert discrepancy.found(atlas, "qqqqqq", ids, translate) == []


def test_every_discrepancy_has_a_topic_and_is_found_by_the_provinces_it_concerns(atlas):
    ids, topics = set(atlas.table("discrepancies").index), disagreements.by_topic(atlas)
    assert set().union(*topics.values()) == ids
    assert all(topics.values())
    assert topics["places"].isdisjoint(set().union(*(topics[one] for one in disagreements.TOPICS[:-1])))
    assert set(disagreements.chosen(atlas, None, ())) == ids
    assert "ha-giang-crossings" in disagreements.chosen(atlas, "meetings", ("ha-giang",)) + disagreements.chosen(
        atlas, "places", ("tuyen-quang",)
    ), "a former province and that of today find the same"
    assert set(disagreements.chosen(atlas, "labour", ("ha-giang",))) < topics["labour"]
    assert disagreements.chosen(atlas, None, ("ha-giang",)) == disagreements.chosen(atlas, None, ("tuyen-quang",))


def test_whatever_has_a_card_has_an_id_of_its_own(atlas):
    tables = ("figures", "events", "agreements", "sources", "discrepancies")
    assert len(atlas.opens) == sum(len(atlas.table(name)) for name in tables)


def test_the_tables_that_cite_are_all_looked_at():
    """A new table that names sources needs an id or an owner."""
    for name, table in records.schema(SEEDS).tables.items():
        if any(field.references == "sources" for field in table.fields):
            assert "id" in table.columns or name in relations.OWNERS
