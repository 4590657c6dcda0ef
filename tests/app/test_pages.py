"""Every page in every language, without a browser."""

import pytest
from streamlit.testing.v1 import AppTest

from atlas import LANGUAGES, ROOT
from ui import flow_view, state

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
