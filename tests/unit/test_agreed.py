"""What was agreed, filtered and since a session: counted by hand on the records and on made ones; files of the report."""

import dataclasses
import io
import re
import zipfile
from collections import Counter
from html import escape

import openpyxl
import pytest

from atlas import LANGUAGES, UnknownValue
from atlas.cards import agreed as cards
from atlas.cards.linked import Linked
from atlas.exports import report
from atlas.exports.formats import REPORTS, export
from atlas.model import agreed, commitments
from atlas.model.agreed import Wanted
from atlas.model.audience import released
from atlas.model.selection import POINTS, Selection
from atlas.words import agreed as words
from atlas.words.translator import Translator

SIXTEENTH = "jwc-16-2025"
# what was agreed between Guangxi and the members of its committee since 19 February 2025, counted in the tables
SINCE = {
    "agr-quang-ninh-guangxi-1369-2025": 6,
    "agr-mong-cai-dongxing-smart-gate-2025": 8,
    "agr-quang-ninh-guangxi-smart-gate-2025": 2,
    "agr-culture-tourism-guangxi-2025": 4,
    "quang-ninh-fangchenggang-talks-2025": 5,
    "agr-ban-gioc-detian-talks-2025": 2,
    "agr-spring-meeting-2026": 7,
}


def put(atlas, table: str, column: str, values: dict):
    rows = atlas.table(table).copy()
    for one, value in values.items():
        rows.at[one, column] = value
    return dataclasses.replace(atlas, tables=atlas.tables | {table: rows})


def test_every_point_stands_once_in_its_paper_and_the_newest_papers_come_first(atlas):
    rows = agreed.points(atlas)
    assert sorted(rows.index) == sorted(atlas.table("commitments").index)
    papers = list(dict.fromkeys(rows["paper"]))
    assert len([one for one, other in zip(rows["paper"], rows["paper"][1:]) if one != other]) == len(papers) - 1
    days = [day or "" for day in rows["agreed"].groupby(rows["paper"], sort=False).first()]
    assert days == sorted(days, reverse=True)


@pytest.mark.parametrize(
    ("named", "side"), [("", "none"), ("vn", "vn"), ("cn", "cn"), ("vn cn", "both")]
)  # fmt: skip
def test_the_side_is_what_the_text_says(named, side):
    row = {f"responsible_{one}_{language}": None for one in ("vn", "cn") for language in LANGUAGES}
    assert agreed.side(row | {f"responsible_{one}_vi": "Sở" for one in named.split()}) == side


@pytest.mark.parametrize(
    ("selection", "wanted"),
    [
        (Selection(), Wanted()),
        (Selection(province=("cao-bang",)), Wanted(field=("health", "trade_and_gates"))),
        (Selection(region=("yunnan",), year_from=2015), Wanted(state=("none",))),
        (Selection(), Wanted(since=SIXTEENTH, side=("both", "none"))),
    ],
)
def test_each_choice_leaves_as_many_points_as_it_says(atlas, selection, wanted):
    counts = agreed.counts(atlas, selection, wanted)
    for name in POINTS:
        for value in agreed.known(atlas)[name]:
            left = agreed.found(atlas, selection, dataclasses.replace(wanted, **{name: (value,)}))
            assert counts[name].get(value, 0) == len(left), (name, value)


def test_numbers_of_the_whole_are_those_of_the_tables(atlas):
    rows, counts = atlas.table("commitments"), agreed.counts(atlas, Selection(), Wanted())
    assert counts["field"] == Counter(rows["field"])
    assert counts["state"] == Counter(commitments.state_of(atlas, one) for one in rows.index)
    assert sum(counts["paper"].values()) == sum(counts["side"].values()) == len(rows)
    held = rows["event"].fillna(rows["agreement"].map(atlas.table("agreements")["event"]))
    assert counts["session"] == Counter(held.dropna())


def test_what_an_address_asks_for_is_read_and_the_rest_named(atlas):
    asked = {"state": ["done", "broken"], "field": ["health"], "session": [""], "since": ["jwc-99"]}
    wanted, wrong = Wanted.from_query(asked, atlas)
    assert wanted == Wanted(state=("done",), field=("health",))
    assert wrong == [("state", "broken"), ("since", "jwc-99")]


def test_the_report_since_the_sixteenth_session_has_all_that_its_parties_agreed_since(atlas):
    found = agreed.since(atlas, SIXTEENTH)
    papers = agreed.points(atlas)["paper"]
    assert found.own == ()
    assert Counter(papers[list(found.later)]) == SINCE
    assert set(papers[list(found.unsure)]) == {"agr-quang-ninh-guangxi-1369-2025"}  # February 2025, without a day
    assert {"women-cao-bang-guangxi-2014-01", "justice-cao-bang-guangxi-01"} <= set(found.undated)
    in_whole = agreed.found(atlas, Selection(), Wanted(since=SIXTEENTH))
    assert len(in_whole) == 34
    assert len(agreed.found(atlas, Selection(province=("lang-son",)), Wanted(since=SIXTEENTH))) == sum(
        "lang-son" in slugs for slugs in in_whole["slugs"]
    )


def test_a_session_that_agreed_points_has_them_first_and_none_that_is_older(atlas):
    found = agreed.since(atlas, "jwc-10-2019")
    assert list(found.own) == [row["id"] for row in commitments.of_record(atlas, "events", "jwc-10-2019")]
    assert len(found.own) == 10
    days = agreed.points(atlas)["agreed"]
    assert all(days[one] >= "2019-03" or days[one] == "2019" for one in found.ids)
    assert len(set(found.ids)) == len(found.ids)


@pytest.mark.parametrize(
    ("signed", "part"),
    [("2025-02-18", None), ("2025-02-19", "later"), ("2025-02", "unsure"), ("2025", "unsure"), (None, "undated")],
)
def test_a_day_before_the_session_is_left_out_and_a_partial_one_counts_if_it_may_be_later(atlas, signed, part):
    made = put(atlas, "agreements", "signed_on", {"agr-spring-meeting-2026": signed})
    made = put(made, "events", "date_from", {"spring-meeting-2026": signed})
    found = agreed.since(made, SIXTEENTH)
    parts = {name for name in ("later", "unsure", "undated") if "spring-2026-01" in getattr(found, name)}
    assert parts == {None: set(), "unsure": {"later", "unsure"}}.get(part, {part})


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_session_without_a_day_says_that_it_cannot_be_told(atlas, language):
    found = agreed.since(atlas, "jwc-06-2013")
    assert found.ids == found.own
    assert len(words.since(atlas, found, len(found.ids), Translator(language))) == 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_commitment_and_all_its_evidence_is_in_the_lists(atlas, language):
    linked = Linked(atlas, Translator(language), lambda kind, one: f"{kind}?id={one}")
    rows = agreed.points(atlas)
    html = "".join(cards.of_paper(linked, paper, list(part.index)) for paper, part in rows.groupby("paper"))
    assert sorted(re.findall(r"class=point href='commitment\?id=([^']+)'", html)) == sorted(rows.index)
    evidence = atlas.table("commitment_evidence").to_dict("records")
    reports: Counter[str] = Counter()
    for part in re.split(r"(?=<div class=(?:paper|matter)>)", html)[1:]:
        reports[re.match(r"<div class=(\w+)>", part)[1]] += part.partition("</div>")[0].count("<li>")
    assert reports == Counter(one["link"] for one in evidence)
    for one in evidence:
        for kind, ids in (("agreement", [one["agreement"]]), ("event", [one["event"]]), ("figure", one["figures"])):
            assert all(f"{kind}?id={other}'" in html for other in ids if other)


def test_evidence_that_came_after_the_day_shown_is_left_out(atlas):
    linked = Linked(atlas, Translator("en"))
    ids = [row["id"] for row in commitments.of_record(atlas, "agreements", "agr-tra-linh-longbang-2019")]
    assert "Reported" in cards.of_paper(linked, "agr-tra-linh-longbang-2019", ids)
    before = cards.of_paper(linked, "agr-tra-linh-longbang-2019", ids, "2020-01-01")
    assert "Reported" not in before
    assert before.count("No evidence found") == len(ids)


def plain(text: str) -> str:
    return re.sub(r"\s", "", escape(text, quote=False))


def texts(kind: str, content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as opened:
        names = [name for name in opened.namelist() if re.search(r"(document|slide\d+|sharedStrings)\.xml$", name)]
        return re.sub(r"<[^>]+>|\s", "", "".join(opened.read(name).decode() for name in names))


@pytest.mark.parametrize("kind", REPORTS)
def test_the_report_is_a_file_of_all_points(atlas, kind):
    content = export(atlas, kind, None, "vi-zh", reported=Wanted(since=SIXTEENTH), audience="both")
    said = texts(kind, content)
    assert "34" in said
    for row in atlas.records("commitments", agreed.since(released(atlas, "both"), SIXTEENTH).ids):
        for text in (row["text_vi"], row["text_zh"]):
            assert plain(text) in said, row["id"]
    for paper in SINCE:
        (row,) = atlas.records(atlas.record_tables[paper], [paper])
        assert plain(row["title_vi"]) in said, paper
    assert export(atlas, kind, None, "vi-zh", reported=Wanted(since=SIXTEENTH), audience="both") == content


def test_filters_that_take_nothing_away_are_not_in_the_title(atlas):
    members = Selection(province=("cao-bang", "lang-son", "quang-ninh", "tuyen-quang"))
    made, some = (
        report.title(atlas, Wanted(since=SIXTEENTH), one, Translator("en"))
        for one in (members, Selection(province=("quang-ninh",)))
    )
    assert "Filters" not in made
    assert some.endswith("Filters: Vietnamese province: Quảng Ninh")


def test_a_title_of_many_filters_is_no_obstacle(atlas):
    every = Selection(province=tuple(atlas.province_slugs), region=tuple(atlas.region_slugs), q="quang ninh")
    said = texts("docx", export(atlas, "docx", every, "vi-zh", reported=Wanted(since=SIXTEENTH), audience="both"))
    assert plain("Hà Giang") in said


@pytest.mark.parametrize("kind", REPORTS)
def test_the_report_follows_the_filters_of_the_page_and_says_so(atlas, kind):
    known, selection = released(atlas, "both"), Selection(province=("quang-ninh",))
    wanted = Wanted(since=SIXTEENTH, field=("transport",), state=("under_way",))
    kept = agreed.found(known, selection, wanted)
    others = agreed.found(known, Selection(), Wanted(since=SIXTEENTH)).index.difference(kept.index)
    assert 0 < len(kept) < len(others)
    said = texts(kind, export(atlas, kind, selection, "vi", reported=wanted, audience="both"))
    rows = atlas.table("commitments")["text_vi"]
    assert all(plain(text) in said for text in rows[kept.index])
    assert not [text for text in rows[others] if plain(text) in said]
    translate = Translator("vi")
    field, state = (words.facets(atlas, translate)[name] for name in ("field", "state"))
    filters = f"{field[0]}: {field[1]['transport']}; {state[0]}: {state[1]['under_way']}"
    assert plain(filters) in said
    assert plain("Quảng Ninh") in said
    none = texts(
        kind, export(atlas, kind, None, "vi", reported=Wanted(since=SIXTEENTH, side=("both",)), audience="both")
    )
    assert plain(words.facets(atlas, translate)["side"][1]["both"]) in none


def test_the_workbook_has_a_row_a_point_that_passes_the_filters(atlas):
    known = released(atlas, "both")
    content = export(
        atlas, "xlsx", Selection(province=("lang-son",)), "en", reported=Wanted(since=SIXTEENTH), audience="both"
    )
    rows = list(openpyxl.load_workbook(io.BytesIO(content)).worksheets[1].values)
    kept = agreed.found(known, Selection(province=("lang-son",)), Wanted(since=SIXTEENTH))
    assert [row[-1] for row in rows[1:]] == list(kept.index)
    at = rows[0].index("Reported with the paper’s name")
    told = [row for row in commitments.evidence(known).get(rows[1][-1], ()) if row["link"] == "paper"]
    assert (rows[1][at] or "").count("\n") == max(len(told) - 1, 0)


def test_a_report_since_no_session_names_what_there_is(atlas):
    with pytest.raises(UnknownValue, match=r'since "jwc-16-2024": expected one of .*did you mean "jwc-16-2025"'):
        export(atlas, "docx", None, "en", reported=Wanted(since="jwc-16-2024"))
