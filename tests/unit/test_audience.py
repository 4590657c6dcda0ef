"""What a paper for both sides leaves out, in every kind of document."""

import dataclasses
import io
import json
import re

import numpy as np
import pytest
from pptx import Presentation

from atlas.exports import formats
from atlas.exports.rows import selected
from atlas.maps import leaflet
from atlas.model import audience
from atlas.model.selection import Selection

LANG_SON = Selection(province=("lang-son",))


@pytest.fixture(scope="module")
def both(atlas):
    return audience.released(atlas, "both")


def test_nothing_doubtful_or_internal_is_for_both(atlas, both):
    for name in ("twinnings", "agreements", "events", "figures"):
        rows = both.table(name)
        assert 0 < len(rows) < len(atlas.table(name))
        assert "low" not in set(rows["confidence"])
    assert "other" not in set(both.table("figures")["programme"])
    assert both.table("discrepancies").empty
    assert both.table("discrepancy_statements").empty


def test_all_else_that_is_released_is(atlas, both):
    figures = atlas.table("figures")
    kept = figures[
        (figures["confidence"] != "low") & (figures["programme"] != "other") & (figures["release"] == "both")
    ]
    assert list(both.table("figures").index) == list(kept.index)
    own = audience.released(atlas, "own")
    for name in ("figures", "events", "discrepancies"):
        assert list(own.table(name).index) == list(atlas.table(name).query("release != 'none'").index)
    assert len(own.twinnings) == len(atlas.twinnings)


@pytest.mark.parametrize("audience_", audience.AUDIENCES)
def test_no_cell_of_any_table_names_what_is_left_out(atlas, audience_):
    known = audience.released(atlas, audience_)
    gone = {name: set(rows.index) - set(known.table(name).index) for name, rows in atlas.tables.items() if "id" in rows}
    assert gone["figures"]
    assert gone["discrepancies"]
    for name, table in atlas.schema.tables.items():
        for field in table.fields:
            if field.references in gone:
                told = set(known.table(name)[field.name].explode().dropna())
                assert not told & gone[field.references], (name, field.name)


def test_a_source_that_only_hidden_records_cite_is_left_out(atlas, both):
    """Its title would say what was hidden."""
    hidden = {"vna-en-2019-langson-illegal", "tienphong-2017-illegal-labour"}
    assert hidden <= set(atlas.table("sources").index)
    assert not hidden & set(both.table("sources").index)
    assert {"seed-quangninh-2025", "seed-hagiang-2024"} <= set(both.table("sources").index)


def test_no_part_stands_as_a_total_because_its_total_is_left_out(atlas, both):
    parts = atlas.table("figures")["part_of"].dropna()
    kept = parts[parts.index.isin(both.table("figures").index)]
    assert len(kept) > 20
    assert both.table("figures").loc[kept.index, "part_of"].notna().all()


def test_no_record_refers_to_what_is_left_out(both):
    figures, agreements, events = (both.table(name) for name in ("figures", "agreements", "events"))
    assert set(figures["part_of"].dropna()) <= set(figures.index)
    assert set(both.twinnings["agreement"].dropna()) <= set(agreements.index)
    assert set(figures["event"].dropna()) <= set(events.index)
    assert set(both.table("twinning_members")["twinning"]) == set(both.twinnings.index)


def test_a_column_that_says_who_may_see_a_record_is_followed(atlas):
    figures = atlas.table("figures").copy()
    names = figures.index[figures["confidence"] == "high"][:4]
    figures["release"] = None  # of a data set that says nothing
    figures.loc[names, "release"] = ["both", "own", "none", None]
    marked = dataclasses.replace(atlas, tables=atlas.tables | {"figures": figures})
    seen = {one: names.isin(audience.released(marked, one).table("figures").index) for one in audience.AUDIENCES}
    assert list(seen["both"]) == [True, False, False, True]
    assert list(seen["own"]) == [True, True, False, True]


def text_of(kind: str, content: bytes) -> str:
    if kind == "html":
        return content.decode()
    deck = Presentation(io.BytesIO(content))
    texts = (text.text or "" for slide in deck.slides for text in slide.element.iter() if text.tag.endswith("}t"))
    return "\n".join(texts)


@pytest.mark.parametrize("kind", ["pptx", "html"])
def test_papers_are_for_both_unless_they_are_for_ones_own_side(atlas, kind):
    rows = selected(atlas, LANG_SON)
    figures, disputed = rows["figures"], rows["discrepancies"]
    internal = figures[(figures["programme"] == "other") | (figures["confidence"] == "low")]
    secrets = [*internal["title_en"], *disputed["title_en"]]
    assert len(internal) > 2
    assert len(disputed) > 2

    def found(**more) -> list[str]:
        text = re.sub(r"\s+", " ", text_of(kind, formats.export(atlas, kind, LANG_SON, "en", **more)))
        return [one for one in secrets if one in text or one.replace("&", "&amp;") in text]

    assert found() == []
    assert len(found(audience="own")) > len(secrets) // 2


def test_tables_hold_all_unless_they_are_for_both(atlas):
    everything = formats.export(atlas, "csv", LANG_SON, "en", table="figures").decode()
    for_both = formats.export(atlas, "csv", LANG_SON, "en", table="figures", audience="both").decode()
    title = "Irregular exits through Lạng Sơn"
    assert title in everything
    assert title not in for_both


def test_a_map_for_both_sides_shows_their_twinnings(atlas, both):
    """The browser has all twinnings, also those that are left out."""
    rows = LANG_SON.twinnings(both)
    group = leaflet.selection_group(
        both, rows.index, language="vi", labels=None, day=LANG_SON.day(both), selected=None, frame="", framed=[]
    )
    shown = json.loads(next(iter(group._children.values())).argument)["shown"]
    bits = np.unpackbits(np.frombuffer(bytes.fromhex(shown), np.uint8))
    assert [one for one, bit in zip(atlas.drawn["twinnings"], bits) if bit] == list(rows.index)
