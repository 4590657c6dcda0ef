"""The page that compares two sides, without a browser: the same rows and scales, records behind numbers, bad input."""

import re

import lxml.html
import pytest

from atlas import LANGUAGES
from atlas.model.addresses import TABLES
from tests.app.test_pages import html_of, opened, state_of

PAIRS = [
    ("ha-giang", "cao-bang"),
    ("da-nang", "tuyen-quang"),
    ("guangxi", "wenshan"),
    ("2024-12-31", "2026-11-30"),
    ("2025-07-01", "2025-07-01"),
    ("2024-H1", "2025-H1"),
    ("1990", "2099"),
]


def compared(app) -> lxml.html.HtmlElement:
    assert not app.exception
    return lxml.html.fromstring(f"<div>{html_of(app)}</div>").find_class("compared")[0]


@pytest.mark.parametrize(("a", "b"), PAIRS)
def test_two_sides_of_any_kind_stand_in_the_same_rows(atlas, a, b):
    """Every record behind a number has an address, and no bar is longer than its scale."""
    for language in LANGUAGES:
        page = compared(opened("compare", lang=language, a=a, b=b))
        rows = page.xpath(".//*[contains(@class,'row')][not(contains(@class,'between'))]")
        assert all(len(row.find_class("cell")) == 2 for row in rows)
        assert all(cell.text_content().partition(": ")[2].strip() for row in rows for cell in row.find_class("cell"))
        for link in page.iter("a"):
            kind, identifier = re.fullmatch(r"(\w+)\?id=([^&]+)&lang=\w+", link.get("href")).groups()
            assert identifier in atlas.table(TABLES[kind]).index
        ends = [float(one) for one in re.findall(r"(?:left|width):([\d.e+-]+)%", lxml.html.tostring(page).decode())]
        assert all(0 <= end <= 100.001 for end in ends)


def test_bars_of_both_sides_have_one_scale():
    page = compared(opened("compare", lang="en", a="ha-giang", b="cao-bang"))
    widths = [
        float(re.search("width:([0-9.]+)%", cell.xpath(".//i")[0].get("style"))[1])
        for cell in page.find_class("row")[0].find_class("cell")
    ]
    assert widths == pytest.approx([100, 100 * 11 / 15], abs=0.1)


def test_swapping_shows_the_other_side_first():
    app = opened("compare", lang="en", a="ha-giang", b="cao-bang")
    assert "data-set='a=cao-bang&amp;b=ha-giang'" in html_of(app)
    heads = compared(app).find_class("heads")[0].find_class("side")
    assert [one.text for one in heads] == ["Hà Giang", "Cao Bằng"]


def test_what_only_may_count_stands_apart():
    page = compared(opened("compare", lang="en", a="2024-H1", b="2025-H1"))
    text = page.find_class("events")[0].find_class("row")[0].text_content()
    assert "23" in text
    assert "24 certain, 7 possible" in text
    assert "1 to 8" in text


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ({"province": "ha-giang"}, (1, "")),
        ({"province": ["ha-giang", "cao-bang"]}, (0, "Hà Giang")),
        ({"view": "day"}, (0, "30 June 2025")),
        ({"view": "period"}, (0, "first half of 2025")),
        ({"a": "2024"}, (0, "2024")),
        ({"amp;a": "ha-giang", "amp;b": "cao-bang"}, (0, "Hà Giang")),  # & written as in HTML
    ],
)
def test_what_is_not_chosen_comes_from_the_filters_or_is_usual(query, shown):
    app = opened("compare", lang="en", **query)
    waiting, first = shown
    assert len(app.info) == waiting
    if first:
        assert compared(app).find_class("heads")[0].find_class("side")[0].text == first


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("a", "b"), [("ha-gian", "cao-bang"), ("ha-giang", "guangxi"), ("2024-13", "x"), ("`<b>" * 2000, "2024")]
)
def test_what_cannot_be_compared_is_a_sentence_in_the_language(language, a, b):
    app = opened("compare", lang=language, a=a, b=b)
    assert not app.exception
    (said,) = (one.value for one in app.warning)
    assert "2024-H1" in said
    assert len(said) < 700
    assert "compared" not in html_of(app).split("class=")
    assert state_of(app).selection.lang == language


def test_the_page_of_a_province_leads_to_its_comparisons(atlas):
    page = lxml.html.fromstring(
        f"<div>{html_of(opened('province', lang='en', province='ha-giang', level='commune'))}</div>"
    )
    links = page.xpath("//a[starts-with(@href,'compare?')][contains(@href,'&b=')]/@href")
    assert len(links) == len(atlas.province_slugs) - 1
    assert "compare?lang=en&level=commune&a=ha-giang&b=cao-bang" in links
