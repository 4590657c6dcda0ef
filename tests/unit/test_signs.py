"""Signs of life: which records show a contact in a year, when a twinning was last seen, and the filter by it."""

from dataclasses import replace

import pandas as pd
import pytest

from atlas import LANGUAGES
from atlas.cards import twinning as card
from atlas.exports.rows import readable
from atlas.model import signs
from atlas.model.audience import released
from atlas.model.selection import Selection
from atlas.words import vocabulary
from atlas.words.translator import Translator

TIE = "twin-phuc-hoa-longzhou"
PAPER = "agr-phuc-hoa-longzhou-2013"


def years(atlas, twinning=TIE, asof=None):
    return {year: [one.what for one in found] for year, found in signs.by_year(atlas, twinning, asof).items()}


def with_rows(atlas, **tables):
    """The atlas in which some tables have these rows alone; what is not given is not known."""
    made = {}
    for name, rows in tables.items():
        columns = atlas.table(name).columns
        filled = [dict.fromkeys(columns) | {"id": f"{name}-{n}"} | row for n, row in enumerate(rows)]
        frame = pd.DataFrame(filled, columns=columns, dtype=object)
        made[name] = frame.set_index("id", drop=False).rename_axis(None)
    return replace(atlas, tables=atlas.tables | made)


@pytest.fixture(scope="module")
def bare(atlas):
    """The tie with no date of its own and nothing that belongs to it."""
    row = {**atlas.twinnings.loc[TIE].to_dict(), "signed_on": None, "last_confirmed": None, "status": "unknown"}
    nothing = {name: [] for name in ("events", "agreements", "figures", "commitments", "commitment_evidence")}
    return with_rows(atlas, twinnings=[row], **nothing)


def test_the_years_of_a_twinning_are_those_that_a_count_by_hand_finds(atlas):
    found = years(atlas)
    assert list(found) == [2013, 2018, 2019, 2023]
    # the meeting at which it was signed, and the signature, which the paper does not count once more
    assert sorted(found[2013]) == ["met", "signed"]
    assert sorted(found[2018]) == ["met", "met", "reported"]
    assert sorted(found[2019]) == ["met", "reported"]
    assert sorted(found[2023]) == ["confirmed", "met", "reported"]
    assert signs.last_seen(atlas, TIE) == "2023-12-07"


def test_what_was_later_than_a_day_is_not_known_on_it(atlas):
    assert list(years(atlas, asof="2018-11-19")) == [2013, 2018]
    assert signs.last_seen(atlas, TIE, "2018-11-18") == "2013-09-04"
    # a meeting of three days that goes on
    assert signs.last_seen(atlas, TIE, "2018-11-19") == "2018-11-19"
    assert signs.last_seen(atlas, TIE, "2013-09-03") is None


def test_a_meeting_is_a_contact_in_every_year_that_it_touches_once_it_was_held(bare):
    def event(status, first, last):
        return {"twinnings": (TIE,), "status": status, "first": first, "last": last}

    atlas = with_rows(bare, events=[event("held", "2019-12", "2021-01-05"), event("planned", "2027", "2027")])
    assert years(atlas) == {2019: ["met"], 2020: ["met"], 2021: ["met"]}
    assert signs.last_seen(atlas, TIE) == "2021-01-05"
    assert not years(with_rows(bare, events=[event("held", None, None)]))
    other = event("held", "2019", "2019") | {"twinnings": ("twin-meo-vac-napo",)}
    assert not years(with_rows(bare, events=[other]))


def test_a_paper_is_a_contact_once_it_was_signed(bare):
    for status, found in (("signed", {2014: ["signed"]}), ("agreed", {}), ("planned", {})):
        atlas = with_rows(bare, agreements=[{"id": PAPER, "status": status, "signed_on": "2014-05"}])
        assert years(atlas) == found, status


def test_a_date_at_which_a_source_only_writes_of_a_twinning_is_no_contact(bare):
    row = bare.twinnings.loc[TIE].to_dict() | {"last_confirmed": "2015-05-18"}
    for status, found in (("unknown", {}), ("planned", {}), ("active", {2015: ["confirmed"]})):
        assert years(with_rows(bare, twinnings=[row | {"status": status}])) == found, status


def test_a_figure_under_the_paper_shows_the_years_of_its_period(bare):
    def figure(**row):
        given = {"agreement": PAPER, "event": None, "cumulative": False, "period_from": "2016", "period_to": "2017-06"}
        return with_rows(bare, figures=[given | row])

    assert years(figure()) == {2016: ["counted"], 2017: ["counted"]}
    assert not years(figure(cumulative=True))
    assert not years(figure(period_to=None))
    assert not years(figure(agreement=None))


@pytest.mark.parametrize(
    ("link", "agreement", "event", "found"),
    [
        ("paper", PAPER, None, {2020: ["reported"]}),
        ("matter", PAPER, None, {}),
        ("paper", "agr-of-others", None, {}),
        # a point of the meeting itself, and one of a paper of others that was signed there
        ("paper", None, "meeting", {2020: ["reported"]}),
        ("paper", "agr-of-others", "meeting", {}),
    ],
)
def test_what_sources_report_is_a_contact_where_they_name_the_paper_or_meeting(bare, link, agreement, event, found):
    meeting = {"id": "meeting", "twinnings": (TIE,), "status": "held", "first": "2012", "last": "2012"}
    atlas = with_rows(
        bare,
        events=[meeting],
        commitments=[{"id": "point", "agreement": agreement, "event": event}],
        commitment_evidence=[{"commitment": "point", "link": link, "date": "2020-03"}],
    )
    assert years(atlas) == {2012: ["met"]} | found


def test_every_year_rests_on_a_record_that_can_be_opened(atlas):
    for twinning in atlas.twinnings.index:
        for one in signs.of(atlas, twinning):
            assert one.id in atlas.table(one.table).index
            assert one.first[:4] <= one.last[:4] <= atlas.version[:4]


def test_a_paper_for_both_sides_knows_no_contact_that_is_not_for_both(atlas):
    event = "quang-hoa-longzhou-anniversary-2023"
    events = atlas.table("events").copy()
    events.loc[event, "release"] = "own"
    kept = [one.id for one in signs.of(released(replace(atlas, tables=atlas.tables | {"events": events}), "both"), TIE)]
    assert event in [one.id for one in signs.of(atlas, TIE)]
    assert event not in kept


def test_the_filter_leaves_what_was_last_seen_before_a_year(atlas):
    def left(seen, **more):
        selection, ignored = Selection.from_query({"seen": [seen]} | more, atlas)
        assert not ignored
        assert selection.to_query()["seen"] == [seen]
        return set(selection.twinnings(atlas).index)

    before = left("2016")
    assert {"twin-lang-son-city-chongzuo", "twin-sa-pa-pingbian", "twin-tuyen-quang-city-malipo"} <= before
    assert all(signs.last_seen(atlas, one) < "2016" for one in before)
    assert TIE in left("2024") - left("2023")
    # on the last day of 2018 nothing was known of the talks of 2019
    assert TIE in left("2019", asof=["2018-12-31"]) - left("2019")
    friendly = set(atlas.twinnings.index[atlas.twinnings["level"] != "border_gate"])
    latest = str(int(atlas.version[:4]) + 1)
    assert left("none") | left(latest) == friendly
    assert not left("none") & left(latest)
    assert all(not signs.of(atlas, one) for one in left("none"))


def test_the_choices_count_what_they_leave(atlas):
    choices = signs.choices(2026)
    assert choices == ("2026", "2025", "2024", "2023", "2021", "2016", "none")
    counted = signs.counted(atlas, Selection().twinnings(atlas).index, choices, None)
    for seen in choices:
        assert counted[seen] == len(Selection(seen=seen).twinnings(atlas)), seen


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_card_says_when_it_was_last_seen_and_what_each_year_shows(atlas, language):
    translate, day = Translator(language), pd.Timestamp("2026-11-30").date()
    html = card.html(atlas, TIE, translate, day)
    assert translate("Last seen in a source") in html
    assert translate.date("2023-12-07") in html
    assert html.count("class=on") == 4
    assert html.count("<i") == 14  # from 2013 to 2026
    assert translate.text(atlas.table("events").loc["phuc-hoa-longzhou-talks-2019"], "title") in html
    assert translate.plural("Contact in {n} year", "Contact in {n} years", 4) in html
    early = card.html(atlas, TIE, translate, pd.Timestamp("2012-01-01").date())
    assert translate("No source found that gives the date of a contact.") in early
    assert "seen-years" not in early
    assert vocabulary.seen("none", translate) != vocabulary.seen("2019", translate)


def test_tables_to_take_away_say_when_each_twinning_was_last_seen(atlas):
    rows = readable(atlas, None, Translator("en"))["twinnings"].set_index("Id")
    assert rows.at[TIE, "Last seen in a source"] == "2023-12-07"
    assert rows.at["twin-van-toc-lihuo", "Last seen in a source"] == ""
