"""The page on commitments, without a browser: every point and all evidence reachable, counts, the report, bad input."""

import json
import re
from html import unescape

import lxml.html
import pytest

from atlas import LANGUAGES
from atlas.model import agreed, commitments
from tests.app.test_pages import counted, html_of, opened, state_of

SIXTEENTH = "jwc-16-2025"


def page(app) -> lxml.html.HtmlElement:
    assert not app.exception
    return lxml.html.fromstring(f"<div>{html_of(app)}</div>")


def points(app) -> list[str]:
    """The commitments whose pages the points of the page open."""
    return [re.search("id=([^&]+)", link.get("href"))[1] for link in page(app).find_class("point")]


def offered(app) -> dict[str, dict[str, int]]:
    return json.loads(unescape(re.search("data-counts='(.*?)'", html_of(app))[1]))


def test_every_commitment_is_on_the_page_or_one_click_away(atlas):
    app = opened("commitments", lang="en")
    assert counted(app).startswith("247 commitments · 80 meetings and papers · sources tell of 90 · ")
    further = page(app).xpath("//section[@class='further']//button/@data-set")
    counts, rows = offered(app)["paper"], agreed.points(atlas)
    named = [one.removeprefix("paper=") for one in further]
    assert [*dict.fromkeys(rows["paper"][points(app)]), *named] == list(dict.fromkeys(rows["paper"]))
    assert len(points(app)) + sum(counts[one] for one in named) == len(rows)
    for paper in (named[0], named[-1]):
        app.query_params["paper"] = paper
        assert points(app.run()) == list(rows.index[rows["paper"] == paper])


@pytest.mark.parametrize(
    ("query", "left"),
    [
        ({"state": "done"}, 13),
        ({"state": ["done", "under_way"]}, 77),
        ({"side": "both"}, 52),
        ({"side": "none"}, 176),
        ({"field": "health"}, 15),
        ({"series": "joint_working_committee"}, 27),
        ({"session": "jwc-10-2019"}, 10),
        ({"paper": "agr-tra-linh-longbang-2019"}, 2),
        ({"since": SIXTEENTH}, 34),
        ({"since": SIXTEENTH, "field": "culture_and_tourism"}, None),
    ],
)
def test_each_filter_leaves_what_the_records_have(query, left):
    app = opened("commitments", lang="en", **query)
    number = int(counted(app).split()[0])
    assert number == left or left is None
    for name, values in query.items():
        if name != "since":
            assert number == sum(offered(app)[name][one] for one in ([values] if isinstance(values, str) else values))
            assert page(app).xpath(f"//div[contains(@class,'chips')]/button[starts-with(@data-toggle,'{name}=')]")
    assert state_of(app).to_query() == {"lang": ["en"]} | {
        name: [values] if isinstance(values, str) else values for name, values in query.items()
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_report_since_the_sixteenth_says_that_it_has_none_of_its_own_and_lists_what_came_later(atlas, language):
    app = opened("commitments", lang=language, since=SIXTEENTH)
    own, later, unsure = (one.text for one in page(app).find_class("report")[0].xpath("p"))
    assert not re.search("[1-9] ", own.replace("16", "").replace("2025", "").replace("19", ""))
    assert "34" in later
    assert "6" in unsure
    found = agreed.since(atlas, SIXTEENTH)
    assert points(app) == list(found.ids)[: len(points(app))]
    undated = set(agreed.points(atlas)["paper"][list(found.undated)])
    links = page(app).xpath("//div[@class='report']//details//a/@href")
    assert {re.search("paper=([^&]+)", one)[1] for one in links} == undated


def test_the_province_and_the_field_of_a_number_are_those_that_it_filters_by():
    cells = page(opened("commitments", lang="vi")).xpath("//section[@class='by-field']//button")
    assert len(cells) > 50
    for cell in (cells[0], cells[-1]):
        query = dict(one.split("=") for one in cell.get("data-set").split("&"))
        assert counted(opened("commitments", lang="vi", **query)).startswith(f"{cell.text} cam kết")


def test_evidence_is_told_apart_with_its_sources(atlas):
    app = opened("commitments", lang="zh", paper="agr-tra-linh-longbang-2019")
    whole = page(app)
    ids = points(app)
    links = [one["link"] for point in ids for one in commitments.evidence(atlas).get(point, ())]
    for link in ("paper", "matter"):
        listed = whole.xpath(f"//section//div[@class='{link}']/ul/li")
        assert len(listed) == links.count(link) > 0
        assert all(item.xpath(".//a[starts-with(@href,'source?')]") for item in listed)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "query", [{"since": "jwc-99"}, {"state": "broken"}, {"session": "<img src=x>"}, {"paper": "`" + "x" * 5000}]
)
def test_what_names_nothing_is_a_sentence_and_everything_is_shown(language, query):
    app = opened("commitments", lang=language, **query)
    assert not app.exception
    (said,) = (one.value for one in app.warning)
    assert next(iter(query)) in said
    assert len(said) < 300
    assert counted(app) == counted(opened("commitments", lang=language))


def test_a_session_without_a_day_is_a_sentence():
    app = opened("commitments", lang="en", since="jwc-06-2013")
    assert "No source states its day" in html_of(app)
    assert app.info
