"""No page fails, whatever its address asks and however little the atlas holds; without a browser."""

import re
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from atlas import LANGUAGES, ROOT
from server import source
from tests import addresses
from tests.app.test_pages import html_of
from tests.unit.reduced_atlas import reduced
from ui import links

RECORDS = ("agreements", "commitments", "discrepancies", "events", "fields", "figures", "series_members", "totals")
EXTREME = (
    {"undated": "only"},
    {"undated": "include", "to": "1993", "province": "lao-cai"},
    {"from": "2027", "region": "wenshan"},
    {"asof": "1990-01-01", "q": "zzzz"},
    {"asof": "9999-12-31", "province": ["ha-giang", "tuyen-quang"], "level": "border-gate", "confidence": "low"},
)


@pytest.fixture(scope="module")
def visitor() -> AppTest:
    """One who goes from page to page in one session."""
    return AppTest.from_file(str(ROOT / "ui" / "shell.py"), default_timeout=60)


def visit(visitor: AppTest, page: str, query: dict) -> AppTest:
    """The visitor goes to a page at an address; it must not fail."""
    visitor._page_hash = calc_hash("" if page == links.FIRST else page)  # pages of records have no files to switch to
    visitor.query_params.clear()
    visitor.query_params.update(query)
    visitor.run()
    assert not visitor.exception, (page, query)
    return visitor


@pytest.mark.parametrize("query", EXTREME, ids=str)
def test_no_page_fails_on_an_extreme_selection(visitor, query):
    for number, page in enumerate(addresses.PAGES):
        visit(visitor, page, query | {"lang": LANGUAGES[number % 3]})


@settings(max_examples=5000 if addresses.LONG else 25)
@given(page=st.sampled_from(addresses.PAGES), query=addresses.queries())
def test_no_page_fails_whatever_its_address_asks(visitor, page, query):
    visit(visitor, page, query)


UNDATED = dict.fromkeys(
    ("events.date_from", "events.date_to", "agreements.signed_on", "twinnings.signed_on", "figures.as_of")
) | dict.fromkeys(("events.date_inferred", "figures.as_of_inferred"), False)
POOR = {
    "nothing recorded": {"emptied": [*RECORDS, "twinnings", "successions", "sources"]},
    "no figures, events, commitments": {"emptied": ["figures", "events", "commitments"]},
    "nothing dated": {"put": UNDATED},
}


@pytest.fixture(scope="module", params=POOR)
def poor(atlas, request):
    return reduced(atlas, **POOR[request.param])


def test_no_page_fails_on_an_atlas_that_holds_little(monkeypatch, poor):
    shown = SimpleNamespace(published=SimpleNamespace(atlas=poor), lost_since=None)
    monkeypatch.setattr(source, "_source", lambda: shown)
    visitor = AppTest.from_file(str(ROOT / "ui" / "shell.py"), default_timeout=60)
    for number, page in enumerate(addresses.PAGES):
        visit(visitor, page, {"lang": LANGUAGES[number % 3]})
    for page in ("twinning_map", "province", "meetings", "compare"):
        visit(visitor, page, {"lang": "en", "asof": "2016-06-30", "q": "meo vac", "view": "period"})
    if poor.table("figures").empty:
        for page in ("scholarships", "training", "labour", "meetings"):
            assert re.search("No (figure|meeting)", words(visit(visitor, page, {"lang": "en"}))), page


def words(app: AppTest) -> str:
    return " ".join([html_of(app), *(one.value for one in (*app.info, *app.caption))])
