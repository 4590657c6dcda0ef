"""The pages on meetings and on one province without a browser: what is next, what is open, and every number a link."""

import re
from dataclasses import replace
from html import unescape

import lxml.html
import pytest

from atlas import LANGUAGES
from atlas.model import outlook
from atlas.model.selection import Selection
from atlas.model.topics import EVERYTHING, LABOUR, MEETINGS, SCHOLARSHIPS, TRAINING
from tests.app.test_flow_pages import cards_of, rows_of
from tests.app.test_pages import html_of, opened
from ui.links import FIRST


def page_of(app) -> lxml.html.HtmlElement:
    assert not app.exception
    return lxml.html.fromstring(f"<div>{html_of(app)}</div>")


def texts(app, name: str) -> list[str]:
    return [" ".join(one.text_content().split()) for one in page_of(app).find_class(name)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_series_stand_first_and_the_last_and_next_session_beside_them(atlas, language):
    app = opened("meetings", lang=language)
    page = page_of(app)
    (drawn,) = page.find_class("series-chart")
    assert "<table" in html_of(app).partition("series-chart")[2]  # the list stands below
    marks = [link.get("href") for link in drawn.iter("a")]
    series = atlas.table("events")["series"].notna().sum()
    assert len(marks) == series
    assert all(re.fullmatch(rf"meetings\?lang={language}&record=[^&]+", mark) for mark in marks)
    last, coming = page.find_class("sessions")[0]
    assert next(link.get("href") for link in last.iter("a")) == f"meetings?lang={language}&record=jwc-16-2025"
    assert len(list(coming.iter("li"))) > 2


def test_an_open_session_stands_in_place_of_the_last_and_next():
    app = opened("meetings", lang="en", record="jwc-16-2025")
    assert len(cards_of(app)) == 1
    page = page_of(app)
    assert not page.find_class("sessions")
    (mark,) = page.find_class("series-chart")[0].xpath(".//a[@aria-current]")
    assert mark.text == "16"


@pytest.mark.parametrize("view", ["series", "events", "agreements", "figures", "differences"])
def test_every_list_of_meetings_is_reached_by_its_address(atlas, view):
    app = opened("meetings", lang="en", view=view)
    records = MEETINGS.records(atlas, Selection())
    page = page_of(app)
    rows = page.xpath("//div[@class='records']//tbody/tr | //div[@class='points']/details")
    if view in records:
        assert len(rows) == len(records[view])
    assert rows
    pressed = [
        button.get("data-set")
        for button in page.xpath("//button[@aria-pressed='true'][starts-with(@data-set,'view=')]")
    ]
    assert pressed == [f"view={view}"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("query", [{"province": "da-nang"}, {"q": "zzzz"}, {"from": "1990", "to": "1990"}])
def test_meetings_without_any_record_say_so(query, language):
    app = opened("meetings", lang=language, **query)
    assert [len(one.value) > 10 for one in app.info] == [True]
    if "from" in query:  # years do not take away what lies ahead
        assert page_of(app).xpath("//div[@class='sessions']//a")
    else:
        assert all(len(text) > 10 for text in texts(app, "sessions"))


def test_all_provinces_are_listed_with_their_numbers(atlas):
    app = opened("province", lang="en")
    rows = page_of(app).xpath("//table[@data-parameter='province']//tr[@data-id]")
    assert [row.get("data-id") for row in rows] == atlas.province_slugs
    for slug, row in zip(atlas.province_slugs, rows):
        selection = Selection(province=(slug,))
        counted = [
            len(selection.twinnings(atlas)),
            *(len(EVERYTHING.records(atlas, selection)[name]) for name in ("agreements", "events", "figures")),
        ]
        assert [int(cell.text) for cell in row[1:5]] == counted
    app = opened("province", lang="en", province=["lang-son", "lao-cai"])
    rows = page_of(app).xpath("//table[@data-parameter='province']//tr[@data-id]")
    assert [row.get("data-id") for row in rows] == ["lang-son", "lao-cai"]


@pytest.mark.parametrize("province", ["ha-giang", "quang-ninh", "da-nang"])
def test_key_figures_count_the_records_that_they_lead_to(atlas, province):
    page = page_of(opened("province", lang="en", province=province))
    shown = [(int(link[0].text), unescape(link.get("href"))) for link in page.find_class("key-figures")[0].iter("a")]
    selection = Selection(province=(province,))
    meetings, promised = MEETINGS.records(atlas, selection), outlook.outlook(atlas, selection).commitments
    expected = [
        (len(selection.twinnings(atlas)), "./"),
        (len(meetings["agreements"]), "meetings"),
        (len(meetings["events"]), "meetings"),
        *(
            (len(topic.records(atlas, selection)["figures"]), name)
            for topic, name in ((SCHOLARSHIPS, "scholarships"), (TRAINING, "training"), (LABOUR, "labour"))
        ),
        (len(promised), "province"),
    ]
    assert [(n, to.partition("?")[0]) for n, to in shown[:-1]] == expected
    assert all(f"province={province}" in to for _, to in shown)
    commitments = page_of(opened("province", lang="en", province=province, view="commitments"))
    assert len(commitments.xpath("//tr[@data-id]")) == len(promised)
    points = page_of(opened("province", lang="en", province=province, view="differences"))
    assert len(points.xpath("//div[@class='points']/details")) == shown[-1][0]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("province", ["tuyen-quang", "da-nang"])
def test_what_is_next_and_open_are_sentences_that_lead_on(province, language):
    page = page_of(opened("province", lang=language, province=province))
    (block,) = page.find_class("outlook")
    assert len(list(block.iter("h2"))) == 2
    links = [link.get("href").partition("?")[0] for link in block.iter("a")]
    assert links[0] == "meetings"
    assert {"province", "reform"} <= set(links)
    assert FIRST not in links
    assert all(len(link.text_content()) > 8 for link in block.iter("a"))


@pytest.mark.parametrize("former", ["ha-giang", "tuyen-quang"])
def test_a_province_names_and_links_what_it_was_or_became(former):
    (name,) = page_of(opened("province", lang="en", province=former)).find_class("province-name")
    linked = [link.get("href") for link in name.xpath("./p/a")]
    other = {"ha-giang": ["tuyen-quang"], "tuyen-quang": ["ha-giang", "tuyen-quang-former"]}[former]
    assert linked == [f"province?lang=en&province={slug}" for slug in other]


def test_a_row_opens_its_record_beside_the_list(atlas):
    pair = Selection(province=("ha-giang",)).twinnings(atlas).index[0]
    app = opened("province", lang="en", province="ha-giang", pair=pair)
    assert len(cards_of(app)) == 1
    assert rows_of(app)
    app = opened("province", lang="en", province="ha-giang", record="agr-party-committees-guangxi-2022")
    assert len(cards_of(app)) == 1
    assert "data-set='view=agreements' aria-pressed=true" in html_of(app)


def test_filters_count_and_narrow_the_page_of_a_province(atlas):
    selection = Selection(province=("ha-giang",), level=("commune",))
    page = page_of(opened("province", lang="en", province="ha-giang", level="commune"))
    first = page.find_class("key-figures")[0][0][0]
    assert int(first[0].text) == len(selection.twinnings(atlas)) < len(replace(selection, level=()).twinnings(atlas))
