"""The pages on flows and meetings without a browser: everything can be reached, and nothing is drawn from nothing."""

import re
from collections import Counter
from html import unescape

import pytest
from markupsafe import escape
from streamlit.testing.v1 import AppTest

from atlas import LANGUAGES
from tests.app.test_pages import html_of, opened, state_of

PAGES = ("scholarships", "training", "labour", "meetings", "province")
KINDS = {
    "scholarships": ("figures", "events", "agreements"),
    "training": ("figures", "events", "agreements"),
    "labour": ("figures", "events", "agreements"),
    "meetings": ("series", "events", "agreements", "figures"),
    "province": ("twinnings", "figures", "events", "agreements"),
}
CHOICE = {"meetings": "view", "province": "view"}  # the parameter that chooses a list; "list" on the other pages


def cards_of(app: AppTest) -> list[str]:
    """The cards of records that are shown; that of a difference between sources has another head."""
    return re.findall("<article class='card'><(?:strong|div).*?</article>", html_of(app), re.DOTALL)


def rows_of(app: AppTest) -> list[list[str]]:
    """The texts of the list of records, a row each; none when it is not there."""
    bodies = [body for body in re.findall("<tbody>(.*?)</table>", html_of(app), re.DOTALL) if "<tr data-id=" in body]
    rows = bodies[0].split("<tr")[1:] if bodies else []
    return [[unescape(cell) for cell in row.split("<td>")[1:]] for row in rows]


def first_column(app: AppTest) -> list[str]:
    """The first column of the list of records without the word for what has changed, or nothing when it is not there."""
    return [re.sub(" <small class=changed.*?</small>", "", row[0]) for row in rows_of(app)]


def choose(app: AppTest, page: str, kind: str) -> AppTest:
    """Show another kind of records in the list of a page."""
    app.query_params[CHOICE.get(page, "list")] = kind
    return app.run()


def charts_of(app: AppTest) -> list[str]:
    """What each chart says of itself to those who do not see it."""
    drawn = [chart.proto.alt for chart in app.get("vega_lite_chart")]
    lists = re.findall("<ul aria-label='([^']*)'>|<div class=(?:panels) aria-label='([^']*)'", html_of(app))
    return drawn + [unescape(one or other) for one, other in lists]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", PAGES)
def test_every_page_has_charts_each_with_words_for_those_who_do_not_see_it(page, language):
    app = opened(page, lang=language, province="ha-giang", view="figures")
    assert not app.exception
    assert charts_of(app)
    assert all(charts_of(app))


@pytest.mark.parametrize("page", PAGES)
def test_the_list_shows_one_kind_of_record_at_a_time(page):
    app = opened(page, lang="en", province="ha-giang")
    seen = set()
    for kind in KINDS[page]:
        choose(app, page, kind)
        assert not app.exception
        seen.add(tuple(first_column(app)))
    assert len(seen) == len(KINDS[page])


def test_every_figure_event_and_agreement_is_in_the_list_of_some_page(atlas):
    reached = set()
    for page in ("scholarships", "training", "labour", "meetings"):
        app = opened(page, lang="en")
        for kind in KINDS[page]:
            reached |= set(first_column(choose(app, page, kind)))
    for table in ("figures", "events", "agreements"):
        assert set(atlas.table(table)["title_en"]) <= reached, table


def test_every_figure_event_and_agreement_has_an_address_that_opens_its_card(atlas):
    tables = ("figures", "events", "agreements")
    titles = Counter(str(escape(title)) for table in tables for title in atlas.table(table)["title_en"])
    cards = set()
    for page in ("scholarships", "training", "labour", "meetings"):
        app = opened(page, lang="en", record=sorted(atlas.record_tables))
        cards |= set(cards_of(app))
    assert Counter(re.search("<strong><a .*?>(.*?)</a></strong>", card)[1] for card in cards) == titles


@pytest.mark.parametrize("page", PAGES)
def test_no_card_is_open_and_the_address_names_none_until_one_is_chosen(page):
    app = opened(page, lang="en", province="ha-giang")
    assert not cards_of(app)


def test_an_unknown_record_is_ignored_with_a_notice():
    app = opened("labour", lang="en", record=["no-such-record", "lab-ha-giang-wenshan-2014"])
    assert any("record=no-such-record" in warning.value for warning in app.warning)
    assert state_of(app).selection.record == ("lab-ha-giang-wenshan-2014",)
    assert len(cards_of(app)) == 1


def test_an_open_record_stays_when_the_language_changes():
    app = opened("labour", lang="en", record="lab-ha-giang-wenshan-2014")
    app.query_params["lang"] = "zh"
    assert len(cards_of(app.run())) == 1


def test_a_filter_that_leaves_the_open_record_out_closes_it():
    app = opened("labour", lang="en", record="lab-ha-giang-wenshan-2014")
    app.query_params["province"] = "quang-ninh"
    assert not cards_of(app.run())


def test_a_link_turns_list_and_map_to_its_record():
    app = opened("scholarships", lang="en", record="sch-guangxi-lang-son-quota-2021")
    assert "data-set='unit=scholarships-per_year' aria-pressed=true" in html_of(app)
    app = opened("meetings", lang="en", record="1369-life-express-opening-2016")
    assert "data-set='view=events' aria-pressed=true" in html_of(app)
    app = opened("meetings", lang="en", record="jwc-11-2020")
    assert "data-set='view=series' aria-pressed=true" in html_of(app)


def test_an_old_link_to_a_twinning_opens_its_card_on_the_page_of_a_province(atlas):
    pair = atlas.twinnings.index[atlas.twinnings["level"] == "commune"][0]
    province = next(slug for slug in atlas.province_slugs if slug in atlas.twinnings.at[pair, "slugs"])
    app = opened("province", lang="en", province=province, pair=pair)
    assert len(cards_of(app)) == 1


@pytest.mark.parametrize("page", ["labour", "meetings"])
def test_a_day_leaves_out_what_came_after_it_and_is_named(atlas, page):
    now, then = opened(page, lang="en"), opened(page, lang="en", asof="2016-06-30")
    assert len(first_column(then)) < len(first_column(now))
    assert any("as of 30 June 2016" in text.value for text in then.text)
    assert not any("announced for 2026" in text.value for text in then.text)


def test_a_unit_that_no_figure_of_the_selection_has_is_a_sentence():
    app = opened("labour", lang="en", province="quang-ninh")
    assert any("counted in this unit" in text.value for text in app.caption)


@pytest.mark.parametrize("table", ["figures", "events", "agreements"])
def test_an_open_record_shows_its_card_with_every_source(atlas, table):
    for row in atlas.records(table, atlas.table(table).index[::25]):
        app = AppTest.from_function(_card, default_timeout=30)
        app.query_params["record"] = row["id"]
        app.run()
        assert not app.exception
        shown = html_of(app)
        assert row["title_en"].split(",")[0].split("&")[0] in shown
        for source in row["sources"]:
            assert atlas.table("sources").at[source, "title"][:12].split("&")[0].split("'")[0].split('"')[0] in shown


def _card():
    from atlas.model.selection import Selection
    from atlas.model.topics import EVERYTHING
    from atlas.words.translator import Translator
    from ui import flow_view, state

    state.begin()
    atlas = state.atlas()
    flow_view.card(atlas, EVERYTHING.records(atlas, Selection()), Translator("en"))


@pytest.mark.parametrize("year", ["1066", "9999", "20x6"])
def test_a_year_out_of_range_is_ignored_with_a_notice(year):
    app = opened("labour", lang="en", **{"from": year})
    assert not app.exception
    assert any("not understood" in warning.value for warning in app.warning)
    assert charts_of(app)


def test_years_leave_only_figures_of_these_years():
    app = opened("labour", **{"lang": "en", "from": "2024", "to": "2024"})
    assert not app.exception
    titles = first_column(app)
    assert titles
    assert "Vietnamese cross-border workers in Dongxing, March 2016" not in titles


@pytest.mark.parametrize("province", ["ha-giang", "quang-ninh"])
def test_totals_with_their_parts_come_first_on_the_page_of_scholarships(province):
    app = opened("scholarships", lang="en", province=province)
    html = html_of(app)
    assert html.index("Students on scholarships, by degree") < html.index("class=matrix") < html.index("class=records")
    assert charts_of(app)[0] == "Students on scholarships, by degree"


@pytest.mark.parametrize(("province", "kind"), [("quang-ninh", "agreements"), ("ha-giang", "figures")])
def test_a_page_opens_on_the_first_list_that_holds_anything(atlas, province, kind):
    app = opened("labour", lang="en", province=province)
    assert f"data-set='list={kind}' aria-pressed=true" in html_of(app)
    assert set(first_column(app)) <= set(atlas.table(kind)["title_en"])
    assert first_column(app)
