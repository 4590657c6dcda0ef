"""Every page in every language, without a browser."""

import json
import re
from datetime import date
from functools import cache
from html import unescape

import pytest
from streamlit.testing.v1 import AppTest

from atlas import LANGUAGES, ROOT
from atlas.cards import bar
from atlas.charts import sessions
from atlas.model.selection import Selection
from atlas.model.spelling import fold
from atlas.records.dates import today
from atlas.words import sentences
from atlas.words.translator import Translator
from ui import filters, flow_view, state

PAGES = sorted(path.stem for path in (ROOT / "pages").glob("*.py"))


def opened(page: str, **query: str | list[str]) -> AppTest:
    """A page at its address, the first of a visit."""
    app = AppTest.from_file(str(ROOT / "ui" / "shell.py"), default_timeout=60)
    if page != "twinning_map":
        app.switch_page(f"../pages/{page}.py")
    for name, value in query.items():
        app.query_params[name] = value
    return app.run()


@cache
def shown(page: str, language: str) -> AppTest:
    """A page in a language, run once for all tests that only look at it."""
    return opened(page, lang=language)


def state_of(app: AppTest) -> state.Visit:
    """What the page has read from its address."""
    return app.session_state["visit"]


def html_of(app: AppTest) -> str:
    return " ".join(str(element.proto.body) for element in app.get("html"))


def counted(app: AppTest) -> str:
    """The sentence of counts below the title."""
    return next(one.value for one in app.text if "·" in one.value)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", PAGES)
def test_every_page_opens_in_every_language(page, language):
    app = shown(page, language)
    assert not app.exception
    assert state_of(app).selection.lang == language
    assert len(app.title) == 1
    mark = sentences.proposed_names(Translator(language))
    assert [one.value for one in app.caption].count(mark) == (language == "zh")


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_pages_have_the_same_name(language):
    names = [shown(page, language).title[0].value for page in PAGES]
    assert len(set(names)) == len(PAGES)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", PAGES)
def test_a_selection_that_leaves_nothing_is_a_sentence_and_no_chart(page, language):
    app = opened(page, lang=language, q="zzzzzz")
    assert not app.exception
    assert not app.get("vega_lite_chart")
    if page in ("scholarships", "training", "labour", "meetings", "commitments", "province"):
        assert app.info
    elif page not in ("sources_and_data", "contribute", "help", "search"):
        assert app.info or app.caption


@pytest.mark.parametrize("page", PAGES)
def test_a_part_that_a_page_does_not_have_is_its_first_one(page):
    parts = dict.fromkeys(("view", "list", "unit"), "nonsense")
    app = opened(page, lang="en", **parts)
    assert not app.exception
    chosen = [re.findall("aria-pressed=true>(.*?)<", html_of(one)) for one in (app, shown(page, "en"))]
    assert chosen[0] == chosen[1]


def test_the_language_of_the_browser_stands_in_the_address():
    app = opened("twinning_map")
    assert "lang=en" in html_of(app)  # the element from which the browser takes its address


def test_every_pair_is_in_the_list(atlas):
    assert html_of(opened("twinning_map", lang="zh")).count("<tr data-id=") == len(Selection().twinnings(atlas))


def test_a_link_restores_the_selection_and_the_open_record(atlas):
    pair = atlas.twinnings[atlas.twinnings["level"] == "commune"].index[0]
    selection = Selection(province=("ha-giang",), level=("commune",))
    query = {"province": "ha-giang", "level": "commune", "q": "", "pair": pair, "labels": "bilingual"}
    app = opened("twinning_map", lang="vi", **query)
    assert counted(app).startswith(f"hiển thị {len(selection.twinnings(atlas))} ")
    assert "Nguồn" in re.search("<article class='card'>.*?</article>", html_of(app), re.DOTALL)[0]


def test_filter_by_todays_and_former_province_finds_the_same_pairs(atlas):
    former, today = (set(Selection(province=(slug,)).twinnings(atlas).index) for slug in ("ha-giang", "tuyen-quang"))
    assert len(former) > 10
    assert former <= today
    for slug, pairs in (("ha-giang", former), ("tuyen-quang", today)):
        assert int(counted(opened("twinning_map", lang="en", province=slug)).split()[1]) == len(pairs)


def test_an_empty_result_says_what_to_loosen():
    app = opened("twinning_map", lang="en", q="zzzz", province="lang-son")
    (said,) = (one.value for one in app.info if one.value.startswith("No twinning passes all filters together"))
    assert "Vietnamese province" in said


def test_unknown_and_hostile_values_are_ignored_with_a_notice():
    hostile = {"province": "<img src=x onerror=alert(1)>", "level": "nonsense", "pair": "${7*7}", "from": "20000"}
    app = opened("twinning_map", lang="vi", **hostile)
    assert [one.value for one in app.warning if "đã bị bỏ qua" in one.value and "level=nonsense" in one.value]
    assert counted(app) == counted(opened("twinning_map", lang="vi"))


def test_going_back_brings_the_last_selection():
    app = opened("twinning_map", lang="en")
    before = counted(app)
    app.query_params["q"] = "meo vac"
    assert counted(app.run()) != before
    del app.query_params["q"]
    assert counted(app.run()) == before


def test_an_address_that_was_escaped_or_appended_to_filters_without_a_notice(atlas):
    others = {"from": "singlemessage", "scene": "126", "fbclid": "x"}
    app = opened("twinning_map", **{"lang": "vi", "amp;province": "ha-giang。", **others})
    assert state_of(app).selection.province == ("ha-giang",)
    assert not app.warning
    assert "class=atlas-bar" in html_of(app)
    assert "data-address='lang=vi&amp;province=ha-giang&amp;scene=126'" in html_of(app)


@pytest.mark.parametrize(
    ("page", "query"),
    [
        ("meetings", {"undated": "only"}),
        ("meetings", {"undated": "include", "to": "1993"}),
        ("meetings", {"asof": "2005-01-01"}),
        ("meeting_view", {"scene": "2", "from": "2027"}),
        ("meeting_view", {"scene": "6", "undated": "only"}),
        ("scholarships", {"undated": "only", "view": "years"}),
    ],
)
def test_a_selection_without_dates_is_a_sentence(page, query):
    app = opened(page, **{"lang": "en", **query})
    assert not app.exception
    if page == "meetings":
        assert "class='words'>date unknown<a" in html_of(app) or "No meeting of a series" in app.info[0].value


@pytest.mark.parametrize(
    ("page", "room", "part"),
    [
        ("labour", flow_view, "count"),
        ("meetings", sessions, "html"),
        ("labour", state, "_read"),
        ("reform", filters, "show"),
    ],
)
def test_after_a_page_has_failed_the_next_address_is_followed(monkeypatch, page, room, part):
    def fails(*_, **__):
        raise ZeroDivisionError

    def failed(**query: str) -> bool:
        app.query_params.clear()
        app.query_params.update({"lang": "en", **query})
        return bool(app.run().exception)

    app = opened(page, lang="en")
    before = counted(app)
    for mended in ({"from": "2017"}, {}, {"from": "2016"}):  # another filter, back, and the same once more
        with monkeypatch.context() as broken:
            broken.setattr(room, part, fails)
            assert failed(**{"from": "2016"})
        assert not failed(**mended)
        assert state_of(app).selection.year_from == (int(mended["from"]) if mended else None)
        assert (counted(app) == before) == (not mended)


@pytest.mark.parametrize(
    ("text", "day", "said"),
    [
        ("2016", "2016-12-31", "“2016” is read as its last day, 31 December 2016."),
        ("5/2016", "2016-05-31", "“5/2016” is read as its last day, 31 May 2016."),
        ("2016年5月", "2016-05-31", "“2016年5月” is read as its last day, 31 May 2016."),
        ("1/5/2016", "2016-05-01", "“1/5/2016” is read as 1 May 2016."),
        ("2016-05-01", "2016-05-01", None),
        ("Today", None, None),
        ("31/2/2016", "2024-02-29", "“31/2/2016” is no day from 1990 on. The day stays as it was: 29 February 2024."),
        ("1989", "2024-02-29", "“1989” is no day from 1990 on."),
        ("9" * 1000, "2024-02-29", "“9999999999999999999999999999999999999999” is no day"),
    ],
)
def test_a_typed_day_is_shown_as_it_was_read_or_the_day_stays(text, day, said):
    app = opened("twinning_map", lang="en", asof="2024-02-29")
    app.query_params["asof"] = text
    app.run()
    assert state_of(app).selection.asof == day
    assert not app.warning
    notes = [unescape(one) for one in re.findall("day-said role=status>(.*?)<", html_of(app))]
    assert len(notes) == (said is not None)
    assert all(note.startswith(said) for note in notes)
    del app.query_params["asof"]
    assert "class=day-said" not in html_of(app.run())


def test_a_year_that_is_not_over_is_read_as_today(atlas):
    now = today(atlas.version)
    app = opened("twinning_map", lang="en", asof=str(now.year))
    assert state_of(app).selection.asof == now.isoformat()
    assert ("is not over yet" in html_of(app)) == (now != date(now.year, 12, 31))


@pytest.mark.parametrize(
    "page", ["twinning_map", "reform", "scholarships", "training", "labour", "meetings", "commitments", "province"]
)
def test_years_say_how_many_undated_records_they_leave_out_and_show_them(page):
    app = opened(page, lang="en", **{"from": "2016", "province": "lao-cai"})
    left_out = re.search("class=show-undated data-set='undated=include'>(.*?)<", html_of(app))
    if not left_out:  # every record has a date
        assert "class=show-undated" not in html_of(opened(page, lang="en", undated="only", province="lao-cai"))
        return
    without = counted(app)
    assert int(left_out[1].split()[0]) > 0
    assert "left out · Show" in left_out[1]
    app.query_params["undated"] = "include"
    app.run()
    assert "class=show-undated" not in html_of(app)
    assert counted(app) != without


def test_the_map_counts_the_undated_twinnings_that_the_years_leave_out(atlas):
    app = opened("twinning_map", lang="en", **{"from": "2016"})
    friendly = atlas.twinnings[atlas.twinnings["level"] != "border_gate"]
    assert f">{friendly['signed_on'].isna().sum()} records without a date are left out" in html_of(app)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_that_there_is_not_is_named_on_the_first(language):
    app = opened("twinning_map", lang=language, **{"no-page": "`compaer`"})
    assert "`no-page=compaer`" in app.warning[0].value


def test_a_search_that_is_too_long_is_refused_with_a_notice():
    app = opened("twinning_map", lang="en", q="x" * 5000)
    assert "maxlength=100" in html_of(app)
    assert not state_of(app).selection.q
    assert app.warning


def test_each_choice_says_what_it_would_leave(atlas):
    app = opened("twinning_map", lang="en", province="ha-giang")
    counts = json.loads(unescape(re.search("data-counts='(.*?)'", html_of(app))[1]))
    for name, value in (("province", "lang-son"), ("level", "commune"), ("confidence", "high")):
        narrowed = opened("twinning_map", lang="en", **({"province": "ha-giang"} | {name: value}))
        assert counts[name].get(value, 0) == int(counted(narrowed).split()[1])


def test_the_gates_that_are_left_out_unless_they_are_chosen_are_counted_as_a_choice():
    counts = json.loads(unescape(re.search("data-counts='(.*?)'", html_of(opened("twinning_map", lang="en")))[1]))
    chosen = opened("twinning_map", lang="en", level="border-gate")
    assert counts["level"]["border-gate"] == int(counted(chosen).split()[1]) > 0


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "typed", ["ha giang", "hagiang", "Hà Giang", "河江", "langson", "fangchenggang", "phongthanhcang"]
)
def test_a_filter_finds_a_unit_by_each_of_its_spellings(atlas, language, typed):
    found = [label for label in bar.unit_labels(atlas, language).values() if fold(typed) in fold(label)]
    assert found


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_options_of_a_filter_have_the_same_label(atlas, language):
    labels = list(bar.unit_labels(atlas, language).values())  # a former unit says into which it has gone
    assert len(labels) == len(set(labels))
