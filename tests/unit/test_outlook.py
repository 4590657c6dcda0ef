"""What lies ahead of a selection and what is open: counted from the records, and said in three languages."""

from dataclasses import replace
from datetime import date, timedelta

import lxml.html
import pytest

from atlas import LANGUAGES
from atlas.cards import session
from atlas.exports import rows, tables
from atlas.model import commitments, outlook, reform, standing
from atlas.model.outlook import Outlook
from atlas.model.selection import Selection
from atlas.records.dates import bounds
from atlas.words import outlook as words
from atlas.words.translator import Translator
from atlas.words.voice import Voice

NOTHING = Outlook((), (), (), (), (), 0, (), (), standing.Count(0, 0, 0))
DAY = "2026-11-29"


def of(atlas, province: str | None = None, **more) -> Outlook:
    return outlook.outlook(atlas, Selection(province=(province,) if province else (), asof=DAY, **more))


def paper(number: int, until: str | None) -> dict:
    titles = {f"title_{language}": f"A{number}" for language in LANGUAGES}
    return titles | {"id": f"a{number}", "valid_until": until}


def said(found: Outlook, language: str = "en") -> list[str]:
    return [sentence.text for sentence in words.open_points(found, Translator(language))]


def test_terms_end_with_the_last_day_that_their_date_can_mean():
    papers = [paper(number, until) for number, until in enumerate(("2025", "2026-11-28", "2026", "2027-11-30", None))]
    ending, ended = outlook.terms(papers, date(2026, 11, 29))
    assert [row["id"] for row in ending] == ["a2"]
    assert [row["id"] for row in ended] == ["a1", "a0"]
    ending, ended = outlook.terms(papers, date(2026, 12, 1))
    assert [row["id"] for row in ending] == ["a2", "a3"][::-1]


@pytest.mark.parametrize("province", [None, "ha-giang", "cao-bang", "da-nang"])
def test_what_is_open_is_counted_from_the_records(atlas, province):
    found = of(atlas, province)
    selection = Selection(province=(province,) if province else (), asof=DAY)
    assert found.lost.twinnings == len(reform.abolished(atlas, selection))
    papers = {
        one["id"]
        for table in ("agreements", "events")
        for record in selection.records(atlas, table).index
        for one in commitments.of_record(atlas, table, record)
        if one["agreement"] == record or one["event"] == record
    }
    assert set(found.commitments) == papers
    assert {one for one in papers if commitments.state_of(atlas, one) == "none"} == set(found.without_evidence)


def test_years_that_are_filtered_do_not_take_away_what_lies_ahead(atlas):
    assert of(atlas, year_from=2010, year_to=2012) == of(atlas)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, "No commitment of an agreement or meeting is on record."),
        ({"commitments": ("a",)}, "Sources report on the one commitment on record."),
        ({"commitments": ("a", "b")}, "Sources report on all 2 commitments on record."),
        (
            {"commitments": ("a",), "without_evidence": ("a",)},
            "No source found reports on the one commitment on record.",
        ),
        ({"commitments": tuple("abc"), "without_evidence": ("a",)}, "No source found reports on 1 of 3 commitments."),
        ({"ending": (paper(1, "2027"),)}, "1 agreement ends within a year: A1 (until 2027)"),
        (
            {"ending": (paper(1, "2027"), paper(2, "2026-12"), paper(3, "2026"))},
            "3 agreements end within a year: A1 (until 2027); and 2 more",
        ),
        ({"ended": (paper(1, "2020"),)}, "The stated term of 1 agreement has ended: A1 (until 2020)"),
        ({"lost": standing.Count(1, 0, 1)}, "In 1 twinning, a unit that signed has ended."),
        ({"lost": standing.Count(3, 1, 1)}, "In 1 twinning, a village goes on while its commune has ended."),
        ({}, "No stated term of an agreement has ended or ends within a year."),
        ({}, "No unit of a twinning has ended."),
    ],
)
def test_a_sentence_says_how_many_or_that_there_is_none(change, expected):
    assert expected in said(Outlook(**(vars(NOTHING) | change)))


def test_the_two_questions_about_units_are_two_sentences():
    texts = said(Outlook(**(vars(NOTHING) | {"lost": standing.Count(16, 4, 9)})))
    assert texts[-2:] == [
        "In 16 twinnings, a unit that signed has ended.",
        "In 4 twinnings, a village goes on while its commune has ended.",
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_leads_somewhere_and_is_in_the_language_of_the_reader(atlas, language):
    translate = Translator(language)
    for province in (None, *atlas.province_slugs):
        found = of(atlas, province)
        sentences = words.coming(atlas, found, translate) + words.open_points(found, translate)
        assert len(sentences) >= 4
        assert {sentence.page for sentence in sentences} <= {"meetings", "province", "reform"}
        assert all("{" not in sentence.text for sentence in sentences)
        if language != "en":
            english = words.open_points(found, Translator("en"))
            assert not {one.text for one in english} & {one.text for one in sentences}


@pytest.mark.parametrize("day", ["2013-12-31", "2019-06-30", "2025-10-30", "2025-12-31", "2026-03-01", "2027-01-01"])
def test_nothing_is_announced_before_its_announcement_or_after_its_day(atlas, day):
    for province in (None, *atlas.province_slugs):
        selection = Selection(province=(province,) if province else (), asof=day)
        found = outlook.outlook(atlas, selection)
        for row in found.ahead:
            assert row["since"] <= day <= str(bounds(row["date_to"] or row["date_from"])[1]), row["id"]
        assert all(str(bounds(row["date_from"])[0]) <= day for row in (*found.last, *found.not_heard_of))
        assert not {row["id"] for row in found.ahead} & {row["id"] for row in found.not_heard_of}
        events = selection.records(atlas, "events")
        table = tables.events(atlas, events, Voice("en"), selection.day(atlas), outcomes=False)
        said = {one for one, row in zip(table.ids, table.rows) if row[0].endswith("(announced)")}
        assert said == {row["id"] for row in found.ahead}
        passed = {one for one, row in zip(table.ids, table.rows) if "(was announced;" in row[0]}
        assert passed == set(events.index[events["status"] == "planned"]) - said
        assert passed >= {row["id"] for row in found.not_heard_of}


@pytest.mark.parametrize(("table", "record"), [("twinnings", "twin-ha-long-guilin"), ("agreements", "agr-van-lang-pingxiang-tourism")])  # fmt: skip
def test_what_is_only_planned_is_not_shown_before_a_source_spoke_of_it(atlas, table, record):
    row = atlas.table(table).loc[record]
    (published,) = {atlas.table("sources").at[source, "published"] for source in row["sources"]}
    assert row["status"] == "planned"

    def shown(day: str) -> bool:
        selection = Selection(asof=day)
        return record in (selection.twinnings(atlas) if table == "twinnings" else selection.records(atlas, table)).index

    assert shown(published)
    assert not shown(str(bounds(published)[0] - timedelta(days=1)))


def test_what_became_of_a_commitment_is_not_known_before_it_was_reported(atlas):
    for commitment, days in atlas.table("commitment_evidence").groupby("commitment")["date"]:
        assert commitments.state_of(atlas, commitment, "1990-01-01") == commitments.NO_EVIDENCE
        assert commitments.state_of(atlas, commitment, days.max()) == commitments.state_of(atlas, commitment)
    listed = rows.selected(atlas, Selection(asof="2020-12-31"))["commitment_evidence"]
    assert len(listed)
    assert listed["date"].max() <= "2020-12-31"
    then, now = (outlook.outlook(atlas, Selection(asof=day)) for day in ("2020-12-31", DAY))
    earlier = set(then.commitments)
    assert set(then.without_evidence) > earlier & set(now.without_evidence)


def test_no_total_is_shown_before_it_was_stated(atlas):
    for day, expected in (("2021-04-30", set()), ("2021-05-31", {14, 34, 11, 3})):
        selection = Selection(province=("ha-giang",), asof=day)
        of_ha_giang = [
            row for row in rows.selected(atlas, selection)["totals"].to_dict("records") if row["place"] == "vn-02"
        ]
        assert {row["value"] for row in of_ha_giang} == expected
        ids = set(tables.totals(atlas, selection, Voice("en")).ids)
        assert {row["id"] for row in of_ha_giang} == {one for one in ids if one.startswith("total-ha-giang")}


def test_a_session_that_has_passed_is_not_announced(atlas):
    texts = [sentence.text for sentence in words.coming(atlas, of(atlas), Translator("en"))]
    assert [text.endswith("was announced for 2026; no source found says whether it was held.") for text in texts] == [
        False,
        False,
        True,
    ]
    assert "Joint Working Committee with Guangxi, no. 17" in texts[2]
    assert words.coming(atlas, of(atlas, "da-nang"), Translator("en")) == [
        words.Sentence("No next meeting of this selection is announced in the sources.", "meetings")
    ]


@pytest.mark.parametrize(
    "selection",
    [
        Selection(),
        Selection(asof="2019-02-03", region=("guangxi",)),
        Selection(year_from=2015, year_to=2019, undated="include", q="lang son"),
        Selection(undated="only", confidence=("high",), level=("commune", "border_gate")),
        Selection(changed="2026-11-22", seen="2024"),
    ],
)
def test_the_numbers_of_all_provinces_are_those_of_each(atlas, selection):
    numbers = outlook.by_unit(atlas, selection)
    for slug in atlas.province_slugs:
        own = replace(selection, province=(slug,))
        found = outlook.outlook(atlas, own)
        assert numbers(slug) == outlook.Numbers(
            len(own.twinnings(atlas)),
            *(len(own.records(atlas, name)) for name in ("agreements", "events", "figures")),
            len(found.without_evidence),
            found.lost.twinnings,
        )


def cards(atlas, province: str | None, language: str = "en") -> list[lxml.html.HtmlElement]:
    made = session.html(
        atlas,
        of(atlas, province),
        Translator(language),
        lambda page, changes: f"{page}?{changes.get('since') or ''.join(changes.get('record', ()))}",
    )
    return list(lxml.html.fromstring(made).iter("section"))


def test_the_outcomes_of_the_last_session_of_the_committee_are_one_click_away(atlas):
    last, coming = cards(atlas, None)
    (row,) = atlas.records("events", ["jwc-16-2025"])
    assert "Joint Working Committee with Guangxi, no. 16" in last.text_content()
    assert row["outcomes_en"] in last.text_content()
    hrefs = [link.get("href") for link in last.iter("a")]
    assert hrefs[:2] == ["meetings?jwc-16-2025", "commitments?jwc-16-2025"]
    assert "Joint Working Committee with Guangxi: no date of a next session is announced." in coming.text_content()
    assert "no. 12: announced for 2026" in coming.text_content()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_place_without_sessions_has_sentences_instead(atlas, language):
    last, coming = cards(atlas, "da-nang", language)
    assert not [*last.iter("a"), *coming.iter("a")]
    assert len(last.findtext("p")) > 5
    assert len(coming.findtext("p")) > 5


def test_a_province_at_yunnan_alone_has_its_own_committee(atlas):
    last, _ = cards(atlas, "lao-cai")
    assert last.text_content().startswith("Last sessionJoint Working Group with Yunnan, no. 11")
