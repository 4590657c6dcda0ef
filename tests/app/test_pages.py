"""Every page in every language, without a browser."""

from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from atlas import LANGUAGES, ROOT
from atlas.records.dates import today
from atlas.words import sentences
from atlas.words.translator import Translator
from ui import filters, flow_view, state

PAGES = sorted(path.stem for path in (ROOT / "pages").glob("*.py"))


def opened(page: str, **query: str) -> AppTest:
    app = AppTest.from_file(str(ROOT / "ui" / "shell.py"), default_timeout=60)
    for name, value in query.items():
        app.query_params[name] = value
    app.run()
    if page != "twinning_map":
        app.switch_page(f"../pages/{page}.py").run()
    return app


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", PAGES)
def test_every_page_opens_in_every_language(page, language):
    app = opened(page, lang=language)
    assert not app.exception
    assert app.session_state["lang"] == language
    assert len(app.title) == 1
    mark = sentences.proposed_names(Translator(language))
    assert [one.value for one in app.caption].count(mark) == (language == "zh")


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_pages_have_the_same_name(language):
    app = opened("twinning_map", lang=language)
    names = [app.title[0].value]
    for page in set(PAGES) - {"twinning_map"}:
        names.append(app.switch_page(f"../pages/{page}.py").run().title[0].value)
    assert len(set(names)) == len(PAGES)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", PAGES)
def test_a_selection_that_leaves_nothing_is_a_sentence_and_no_chart(page, language):
    app = opened(page, lang=language, q="zzzzzz")
    assert not app.exception
    assert not app.get("vega_lite_chart")
    if page in ("scholarships", "training", "labour", "meetings", "province"):
        assert app.info
    elif page not in ("sources_and_data", "contribute"):
        assert app.info or app.caption


def test_who_types_before_the_browser_has_the_new_address_is_heard():
    app = opened("twinning_map")
    assert "lang" in app.query_params
    app.query_params.clear()
    app.text_input(key="q").set_value("meo vac").run()
    assert app.session_state["q"] == "meo vac"
    assert "meo vac" in app.query_params["q"]


def test_going_back_brings_the_last_selection():
    app = opened("twinning_map")
    app.text_input(key="q").set_value("meo vac").run()
    del app.query_params["q"]
    app.run()
    assert app.session_state["q"] == ""


def test_an_address_that_was_escaped_or_appended_to_filters_without_a_notice(atlas):
    app = opened("twinning_map", **{"lang": "vi", "amp;province": "ha-giang", "from": "singlemessage", "fbclid": "x"})
    assert app.session_state["province"] == ["ha-giang"]
    assert not app.warning
    app.text_input(key="q").set_value("meo vac").run()
    assert dict(app.query_params) == {"lang": "vi", "province": "ha-giang", "q": "meo vac"}


@pytest.mark.parametrize(
    ("page", "query"),
    [
        ("meetings", {"undated": "only"}),
        ("meetings", {"undated": "include", "to": "1993"}),
        ("meetings", {"asof": "2005-01-01"}),
        ("meeting_view", {"scene": "2", "from": "2027"}),
        ("meeting_view", {"scene": "6", "undated": "only"}),
        ("scholarships", {"undated": "only", "part": "years"}),
    ],
)
def test_a_selection_without_dates_is_a_sentence(page, query):
    app = AppTest.from_file(str(ROOT / "ui" / "shell.py"), default_timeout=60)
    app.switch_page(f"../pages/{page}.py")
    for name, value in {"lang": "en", **query}.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    if page == "meetings":
        assert any("date unknown: no. " in info.value or "No meeting of a series" in info.value for info in app.info)


def test_after_a_page_has_failed_the_next_address_is_followed(monkeypatch):
    def fails_for(year: str):
        def count(*_):
            if state.selection().year_from == int(year):
                raise ZeroDivisionError

        return count

    app = opened("labour", lang="en")
    monkeypatch.setattr(flow_view, "count", fails_for("2016"))
    app.selectbox(key="from").set_value("2016").run()
    assert app.exception
    app.query_params["from"] = "2017"
    app.run()
    assert not app.exception
    assert app.session_state["from"] == "2017"


def typed_day(app: AppTest, text: str) -> None:
    """Type a day into its box; the page model itself knows only those that the box offers."""
    box = app.selectbox(key="asof")
    box.options.append(box.format_func(text))
    box.set_value(text).run()


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
    typed_day(app, text)
    assert app.session_state["asof"] == day
    assert app.query_params.get("asof") == day
    assert not app.warning
    notes = [one.value for one in app.text if "“" in one.value]
    assert len(notes) == (said is not None)
    assert all(note.startswith(said) for note in notes)
    app.selectbox(key="asof").set_value(None).run()
    assert not [one for one in app.text if "“" in one.value]


def test_a_year_that_is_not_over_is_read_as_today(atlas):
    app = opened("twinning_map", lang="en")
    now = today(atlas.version)
    typed_day(app, str(now.year))
    assert app.session_state["asof"] == now.isoformat()
    assert any("is not over yet" in one.value for one in app.text) == (now != date(now.year, 12, 31))


@pytest.mark.parametrize(
    "page", ["twinning_map", "reform", "scholarships", "training", "labour", "meetings", "province"]
)
def test_years_say_how_many_undated_records_they_leave_out_and_show_them(page):
    def counted(app: AppTest) -> str:
        return next(one.value for one in app.text if "·" in one.value)

    app = opened(page, lang="en", **{"from": "2016", "province": "lao-cai"})
    left_out = [button for button in app.button if button.key == "show-undated"]
    if not left_out:  # every record has a date
        undated = opened(page, lang="en", undated="only", province="lao-cai")
        assert "show-undated" not in [button.key for button in undated.button]
        return
    without = counted(app) if page != "province" else app.metric[0].value
    assert int(left_out[0].label.split()[0]) > 0
    assert "left out · Show" in left_out[0].label
    left_out[0].click().run()
    assert app.query_params["undated"] == "include"
    assert "show-undated" not in [button.key for button in app.button]
    assert (counted(app) if page != "province" else app.metric[0].value) != without


def test_the_map_counts_the_undated_twinnings_that_the_years_leave_out(atlas):
    app = opened("twinning_map", lang="en", **{"from": "2016"})
    friendly = atlas.twinnings[atlas.twinnings["level"] != "border_gate"]
    assert app.button(key="show-undated").label.startswith(f"{friendly['signed_on'].isna().sum()} records")


def test_a_search_is_cut_before_it_is_looked_for():
    app = opened("twinning_map", lang="en")
    app.text_input(key="q").set_value("x" * 5000).run()
    assert app.text_input(key="q").max_chars == 100
    assert len(app.session_state["q"]) <= 100


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "typed", ["ha giang", "hagiang", "Hà Giang", "河江", "langson", "fangchenggang", "phongthanhcang"]
)
def test_a_filter_finds_a_unit_by_each_of_its_spellings(atlas, language, typed):
    found = [label for label in filters.unit_labels(atlas, language).values() if typed.casefold() in label.casefold()]
    assert found


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_options_of_a_filter_have_the_same_label(atlas, language):
    for name, offered in filters.choices(atlas).items():
        labels = list(offered(Translator(language)).values())  # a former unit says into which it has gone
        assert len(labels) == len(set(labels)), name
