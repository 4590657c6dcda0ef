"""Commitments: their state follows from the evidence, every wrong row is named, and pages and files have them."""

import dataclasses
import io
import re
import zipfile

import pytest
from records_package import ROWS, written
from test_records_broken import cell, cells, messages

from atlas import LANGUAGES, build
from atlas.cards import record
from atlas.exports.formats import export
from atlas.exports.rows import selected
from atlas.model import commitments
from atlas.model.audience import released
from atlas.model.selection import Selection
from atlas.records import check
from atlas.words import vocabulary
from atlas.words.translator import Translator

HA_GIANG = Selection(province=("ha-giang",))


@pytest.mark.parametrize(
    ("kinds", "state"),
    [
        ([], "none"),
        (["taken_up_again"], "taken_up_again"),
        (["taken_up_again", "number_reported"], "under_way"),
        (["under_way", "taken_up_again"], "under_way"),
        (["number_reported", "done"], "done"),
        (["done", "replaced"], "replaced"),
    ],
)
def test_the_state_is_that_of_the_strongest_evidence(kinds, state):
    assert commitments.state(kinds) == commitments.state(reversed(kinds)) == state


def test_every_commitment_stands_in_a_paper_or_session_and_has_a_state(atlas):
    rows = atlas.table("commitments")
    papers = {row["agreement"] or row["event"] for row in rows.to_dict("records")}
    assert len(rows) >= 240
    assert len(papers) >= 75
    assert len(atlas.table("commitment_evidence")) >= 120
    counts = build.statistics(atlas)["commitments_by_state"]
    assert sum(counts.values()) == len(rows)
    without = set(rows.index) - set(atlas.table("commitment_evidence")["commitment"])
    assert counts["none"] == len(without) > 0


def test_what_the_commune_papers_of_ha_giang_promise_are_commitments(atlas):
    points = commitments.of_record(atlas, "agreements", "agr-commune-twinning-model-ha-giang")
    assert {"seed-hagiang-2024"} == {source for point in points for source in point["sources"]}
    said = " ".join(point["text_vi"] for point in points)
    for promise in (
        "hữu nghị",
        "thăm hỏi",
        "phát triển kinh tế",
        "văn hóa",
        "ba văn kiện",
        "tội phạm",
        "lao động",
        "qua lại",
    ):
        assert promise in said, promise


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_card_of_a_paper_has_its_points_with_state_evidence_and_sources(atlas, language):
    translate = Translator(language)
    card = record.html(atlas, "agr-tra-linh-longbang-2019", translate)
    first, second = commitments.of_record(atlas, "agreements", "agr-tra-linh-longbang-2019")
    assert card.index(translate.text(first, "text")) < card.index(translate.text(second, "text"))
    assert card.count(vocabulary.commitment_states(translate)["done"]) >= 2
    for one in commitments.evidence(atlas)[first["id"]]:
        assert translate.text(one, "text") in card
        assert vocabulary.labels(atlas, "commitment_evidence.link", translate)[one["link"]] in card
    assert "https://en.vietnamplus.vn/" in card


def test_the_card_of_a_session_has_the_points_of_the_papers_signed_there(atlas):
    of_session = commitments.of_record(atlas, "events", "jwc-10-2019")
    assert of_session == commitments.of_record(atlas, "agreements", "agr-jwc-10-2019")
    assert of_session[0]["text_en"] in record.html(atlas, "jwc-10-2019", Translator("en"))
    assert "commitments" not in record.html(atlas, "labour-talks-ha-giang-baise-2017", Translator("en"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_evidence_is_explained_where_it_is_said(atlas, language):
    translate = Translator(language)
    none = vocabulary.commitment_states(translate)["none"]
    cards = {
        one: record.html(atlas, one, translate)
        for one in ("agr-quan-ba-malipo-councils-2023", "agr-phuc-hoa-longzhou-2013")
    }
    assert cards["agr-quan-ba-malipo-councils-2023"].count(none) == 5  # four points and the explanation
    assert none not in cards["agr-phuc-hoa-longzhou-2013"]


def test_evidence_comes_in_the_order_of_time(atlas):
    for rows in commitments.evidence(atlas).values():
        days = [row["date"] or "9999" for row in rows]
        assert days == sorted(days)


@pytest.mark.parametrize("table", ["commitments", "commitment_evidence"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_allowed_value_has_words(atlas, table, language):
    translate = Translator(language)
    for field in atlas.schema.tables[table].fields:
        if field.enum:
            words = vocabulary.of_field(field, translate)
            assert set(words) == set(field.enum)
            assert all(words.values())
            assert len(set(words.values())) == len(words)


def test_exports_hold_the_commitments_of_the_papers_and_sessions_selected(atlas):
    rows = selected(atlas, HA_GIANG)
    kept = rows["commitments"]
    assert 0 < len(kept) < len(atlas.table("commitments"))
    assert all(
        row["agreement"] in rows["agreements"].index or row["event"] in rows["events"].index
        for row in kept.to_dict("records")
    )
    shown = atlas.table("commitment_evidence")
    assert set(rows["commitment_evidence"].index) == set(shown.index[shown["commitment"].isin(kept.index)])
    assert {source for cited in kept["sources"] for source in cited} <= set(rows["sources"].index)


@pytest.mark.parametrize("language", LANGUAGES)
def test_csv_says_the_state_in_words(atlas, language):
    translate = Translator(language)
    with zipfile.ZipFile(io.BytesIO(export(atlas, "csv", None, language))) as opened:
        text = opened.read("commitments.csv").decode("utf-8-sig")
    assert translate("State") in text.splitlines()[0]
    for state in ("done", "under_way", "none"):
        assert vocabulary.commitment_states(translate)[state] in text
    assert not re.search(r"under_way|trade_and_gates|own_plan", text)


P, E = "commitments", "commitment_evidence"
BROKEN = {
    "neither paper nor session": (
        cell(P, 0, "agreement", ""),
        'commitments.csv:2 agreement "": expected the paper (agreement) or the session (event) of this point',
    ),
    "unknown paper": (
        cell(P, 0, "agreement", "agr-none"),
        'commitments.csv:2 agreement "agr-none": expected an id in agreements.csv',
    ),
    "unknown session": (
        cell(P, 1, "event", "jwc-99"),
        'commitments.csv:3 event "jwc-99": expected an id in events.csv',
    ),
    "paper of another session": (
        cells(("agreements", 0, "event", "jwc-1"), (P, 0, "event", "jwc-2")),
        'commitments.csv:2 event "jwc-2": expected jwc-1, the event of agr-twinning',
    ),
    "point 0": (cell(P, 0, "ordinal", "0"), 'commitments.csv:2 ordinal "0": expected at least 1'),
    "number in words": (
        cell(P, 0, "ordinal", "first"),
        'commitments.csv:2 ordinal "first": expected a whole number in digits, without separators',
    ),
    "no text in Chinese": (cell(P, 0, "text_zh", ""), 'commitments.csv:2 text_zh "": expected a value'),
    "responsible in one language only": (
        cells((P, 0, "responsible_vn_zh", ""), (P, 0, "responsible_vn_en", "")),
        'commitments.csv:2 responsible_vn_en "": expected this text in all three languages or in none',
        'commitments.csv:2 responsible_vn_zh "": expected this text in all three languages or in none',
    ),
    "how often in two languages": (
        cell(P, 0, "rhythm_vi", ""),
        'commitments.csv:2 rhythm_vi "": expected this text in all three languages or in none',
    ),
    "no field": (cell(P, 0, "field", ""), 'commitments.csv:2 field "": expected a value'),
    "field in other words": (
        cell(P, 1, "field", "roads"),
        'commitments.csv:3 field "roads": expected one of trade_and_gates, border_management, people_to_people, culture_and_tourism, health, twinning, agriculture, transport, crime, labour, training, education, environment, other',
    ),
    "due in words": (
        cell(P, 1, "due", "end of 2012"),
        'commitments.csv:3 due "end of 2012": expected YYYY, YYYY-MM or YYYY-MM-DD',
    ),
    "due on 30 February": (
        cell(P, 1, "due", "2012-02-30"),
        'commitments.csv:3 due "2012-02-30": expected a day from 01 to 29 in 2012-02',
    ),
    "due before the session": (
        cell(P, 1, "due", "2009-10"),
        'commitments.csv:3 due "2009-10": expected the day of the paper or session (2009-11-03) or later',
    ),
    "basis that is none": (
        cell(P, 0, "basis", "memory"),
        'commitments.csv:2 basis "memory": expected one of paper, report, draft, own_plan',
    ),
    "no source": (cell(P, 0, "sources", ""), 'commitments.csv:2 sources "": expected a value'),
    "unknown source": (
        cell(P, 0, "sources", "hearsay"),
        'commitments.csv:2 sources "hearsay": expected an id in sources.csv',
    ),
    "confidence in numbers": (
        cell(P, 0, "confidence", "1"),
        'commitments.csv:2 confidence "1": expected one of high, medium, low',
    ),
    "the same point twice": (
        lambda rows: rows[P].append(rows[P][0] | {"id": "twinning-visits-again"}),
        'commitments.csv:4 text_en "Visits every year": expected a point that this paper or session has once; line 2 has it',
    ),
    "id used twice": (
        cell(P, 1, "id", "twinning-visits"),
        'commitment_evidence.csv:3 commitment "jwc-road": expected an id in commitments.csv',
        'commitments.csv:3 id "twinning-visits": expected a value used once; line 2 has it',
    ),
    "evidence on nothing": (cell(E, 0, "commitment", ""), 'commitment_evidence.csv:2 commitment "": expected a value'),
    "evidence on an unknown commitment": (
        cell(E, 0, "commitment", "visits"),
        'commitment_evidence.csv:2 commitment "visits": expected an id in commitments.csv',
    ),
    "evidence of no kind": (
        cell(E, 0, "kind", "broken"),
        'commitment_evidence.csv:2 kind "broken": expected one of done, under_way, number_reported, taken_up_again, replaced',
    ),
    "evidence that does not say whether it names the paper": (
        cell(E, 0, "link", ""),
        'commitment_evidence.csv:2 link "": expected a value',
    ),
    "evidence before the paper": (
        cell(E, 0, "date", "2016-04-30"),
        'commitment_evidence.csv:2 date "2016-04-30": expected the day of the paper or session (2016-05) or later',
    ),
    "evidence without a text": (cell(E, 0, "text_vi", ""), 'commitment_evidence.csv:2 text_vi "": expected a value'),
    "evidence without a source": (cell(E, 0, "sources", ""), 'commitment_evidence.csv:2 sources "": expected a value'),
    "unknown figure": (
        cell(E, 0, "figures", "visits"),
        'commitment_evidence.csv:2 figures "visits": expected an id in figures.csv',
    ),
    "taken up again, but nowhere": (
        cell(E, 1, "agreement", ""),
        'commitment_evidence.csv:3 agreement "": expected the later paper or session, since the kind is taken_up_again',
    ),
    "replaced, but by nothing": (
        cell(E, 0, "kind", "replaced"),
        'commitment_evidence.csv:2 agreement "": expected the later paper or session, since the kind is replaced',
    ),
    "replaced by its own paper": (
        cells((E, 0, "kind", "replaced"), (E, 0, "agreement", "agr-twinning")),
        'commitment_evidence.csv:2 agreement "agr-twinning": expected another paper or session than the one of the commitment',
    ),
    "the same evidence twice": (
        lambda rows: rows[E].append(rows[E][0] | {"id": "twinning-visits-2"}),
        'commitment_evidence.csv:4 sources "paper": expected evidence that is listed once; line 2 has it',
    ),
}


@pytest.mark.parametrize("case", BROKEN.values(), ids=BROKEN)
def test_broken(tmp_path, case):
    change, *expected = case
    assert messages(written(tmp_path, change)) == expected


def test_a_state_cannot_be_typed(tmp_path):
    folder = written(tmp_path)
    lines = (folder / "commitments.csv").read_text("utf-8").splitlines()
    typed = [f"{line},{'done' if number else 'state'}" for number, line in enumerate(lines)]
    (folder / "commitments.csv").write_text("\n".join(typed), "utf-8")
    assert messages(folder) == ['commitments.csv:1 "state": expected no column that the schema does not have']


def test_missing_tables_are_named_alone(tmp_path):
    folder = written(tmp_path)
    (folder / "commitments.csv").unlink()
    assert messages(folder) == ["commitments.csv: expected a file that can be read"]


def test_what_is_allowed(tmp_path):
    """A session without a paper, a due date within the year of the paper, evidence without a date."""
    change = cells((P, 0, "due", "2016"), (E, 0, "date", ""), (E, 1, "date", "2009-11"))
    assert messages(written(tmp_path, change)) == []
    assert ROWS[P][1].get("agreement") is None


def test_a_commitment_that_was_due_and_of_which_nothing_is_known_is_listed(tmp_path):
    folder = written(tmp_path, lambda rows: rows[E].pop(1))
    assert [str(one).rpartition("/")[2] for one in check(folder, folder) if one.kind == "overdue"] == [
        'commitments.csv:3 due "2012": was due, and no evidence was found'
    ]
    (tmp_path / "known").mkdir()
    assert not [one for one in check(written(tmp_path / "known"), folder) if one.kind == "overdue"]


@pytest.mark.parametrize("audience", ["both", "own"])
def test_papers_tell_no_evidence_on_what_they_leave_out(atlas, audience):
    changed = dict(atlas.tables)
    for name, one in (("figures", "cadre-ha-giang-baise-2017"), ("events", "jwc-11-2020"), ("events", "jwc-10-2019")):
        changed[name] = changed[name].copy()
        changed[name].loc[one, "release"] = "none"
    changed["agreements"] = changed["agreements"].drop("agr-jwc-10-2019")
    told = released(dataclasses.replace(atlas, tables=changed), audience)
    evidence, shown = atlas.table("commitment_evidence"), set(told.table("commitment_evidence").index)
    hidden = evidence["figures"].map(lambda ids: "cadre-ha-giang-baise-2017" in ids) | evidence["event"].isin(
        ["jwc-11-2020", "jwc-10-2019"]
    )
    gone = set(atlas.table("commitments").index) - set(told.table("commitments").index)
    assert gone == {f"jwc-10-2019-{number:02}" for number in range(1, 11)}
    assert hidden.any()
    assert shown == set(evidence.index[~hidden & ~evidence["commitment"].isin(gone)])


def test_hostile_texts_are_shown_and_not_obeyed(atlas):
    text = "<script>alert(1)</script> & 'x'"
    changed = {name: atlas.table(name).copy() for name in (P, E)}
    changed[P].loc["cao-bang-guangxi-2019-01", ["text_en", "rhythm_en", "responsible_vn_en", "note_en"]] = text
    changed[E].loc["cao-bang-guangxi-2019-01-e1", ["text_en", "note_en"]] = text
    card = record.html(
        dataclasses.replace(atlas, tables=atlas.tables | changed), "agr-tra-linh-longbang-2019", Translator("en")
    )
    assert "<script>" not in card
    assert card.count("&lt;script&gt;alert(1)&lt;/script&gt; &amp; &#39;x&#39;") == 6
