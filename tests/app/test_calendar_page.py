"""The page of what falls due, without a browser: any period, kinds, what has no day, and what is too much for one list."""

import dataclasses
import re
from datetime import date
from html import unescape
from types import SimpleNamespace

import pytest

from atlas import LANGUAGES
from atlas.model.calendar import by_period, due
from atlas.model.selection import Selection
from atlas.records.dates import bounds, today
from atlas.words import calendar as words
from atlas.words.translator import Translator
from server import source
from tests.app.test_pages import counted, html_of, opened, shown
from ui.calendar_view import LISTED


def entries(app) -> list[tuple[str, str]]:
    """The kind of page and the id of every record that the list leads to, in its order."""
    return re.findall(r"<a href='(\w+)\?id=([\w-]+)[^']*'>[^<]*</a><small>", html_of(app))


def heads(app) -> dict[str, int]:
    return {name: int(n) for name, n in re.findall(r"<section><h2>(.*?) <span>(\d+)</span>", html_of(app))}


@pytest.mark.parametrize("language", LANGUAGES)
def test_this_month_and_the_twelve_after_it_are_listed_by_month(atlas, language):
    app, now, translate = shown("calendar", language), today(atlas.version), Translator(language)
    after = f"{now.year + 1}-{now.month:02}"
    found = due(atlas, Selection(), now.replace(day=1), bounds(after)[1])
    assert [identifier for _, identifier in entries(app)] == [one.id for one in found]
    months = {name: len(rows) for name, rows in by_period(found).items()}
    assert list(heads(app).values()) == list(months.values())
    assert [name for name in heads(app) if str(now.year) in name and len(name) > 4]
    assert counted(app).startswith(translate.plural("{n} entry", "{n} entries", len(found)))
    for one in found:
        assert words.name(atlas, one, translate) in unescape(html_of(app))


def test_what_has_a_month_or_a_year_alone_stands_apart_before_the_days():
    app = opened("calendar", lang="en", since="2027", until="2027")
    assert next(iter(heads(app))) == "2027, month not stated"
    text = html_of(app)
    year = text[text.index("2027, month not stated") : text.index("</section>")]
    assert (
        len(re.findall("<li class=whole><span>some day in 2027</span>", year)) == heads(app)["2027, month not stated"]
    )
    for section in re.findall("<section>(.*?)</section>", text):
        marks = re.findall("<li( class=whole)?>", section)
        assert marks == sorted(marks, reverse=True)


def test_a_kind_and_a_place_narrow_the_list_and_the_calendar_to_subscribe_to(atlas):
    app = opened("calendar", lang="en", since="2026", until="2030", list="end", province="cao-bang")
    found = due(atlas, Selection(province=("cao-bang",)), date(2026, 1, 1), date(2030, 12, 31))
    ends = [one.id for one in found if one.kind == "end"]
    assert [identifier for _, identifier in entries(app)] == ends
    assert ends
    assert f"data-set='list=end' aria-pressed=true>Ends of agreements ({len(ends)})<" in html_of(app)
    addresses = set(re.findall(r"calendar\.ics\?[^']*", unescape(html_of(app))))
    assert addresses == {"calendar.ics?lang=en&province=cao-bang&kind=end"}


@pytest.mark.parametrize(
    ("asked", "shown_as", "wrong"),
    [
        ({"since": "2027-03", "until": "2027-05"}, "March 2027 – May 2027", False),
        ({"since": "2028"}, "January 2028 – January 2029", False),
        ({"until": "2020-02"}, "February 2020", False),
        ({"since": "5/2027", "until": "2027年6月"}, "May 2027 – June 2027", False),
        ({"since": "2027", "until": "2026"}, "January 2027 – January 2028", True),
        ({"since": "soon", "until": "2031"}, " – December 2031", True),
        ({"since": "9999"}, "", True),
    ],
)
def test_a_period_is_read_as_people_write_it_or_named_in_a_sentence(asked, shown_as, wrong):
    app = opened("calendar", lang="en", **asked)
    assert not app.exception
    assert shown_as in counted(app)
    assert bool(app.warning) == wrong
    if wrong:
        assert "is no end of a period" in app.warning[0].value


def test_years_of_other_pages_leave_nothing_out_and_the_page_says_so():
    app = opened("calendar", lang="en", **{"from": "2001", "to": "2002"})
    assert entries(app) == entries(shown("calendar", "en"))
    said = "they leave nothing out here"
    assert any(said in one.value for one in app.caption)
    assert not any(said in one.value for one in shown("calendar", "en").caption)


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_empty_period_says_so(language):
    app = opened("calendar", lang=language, since="1950", until="1951")
    assert not entries(app)
    assert re.search("1950年? – 1951", app.info[0].value)


def test_of_ten_thousand_entries_the_first_are_listed_and_the_years_of_all_others_are_named(monkeypatch, atlas):
    table = atlas.table("agreements")
    days = ["2027-03-05"] * 9_000 + ["2029"] * 1_000
    many = table.iloc[[0] * len(days)].copy()
    many.index = many["id"] = [f"made-{n:05}" for n in range(len(days))]
    many["valid_until"], many["signed_on"] = days, None
    large = dataclasses.replace(atlas, tables=atlas.tables | {"agreements": many})
    served = SimpleNamespace(published=SimpleNamespace(atlas=large), lost_since=None)
    monkeypatch.setattr(source, "_source", lambda: served)
    app = opened("calendar", lang="en", since="2027", until="2030", list="end")
    assert len(entries(app)) == LISTED
    assert heads(app) == {"March 2027": 9_000}
    assert any(f"first {LISTED} of 10,000" in one.value for one in app.caption)
    assert "since=2029&amp;until=2029'>2029 (1,000)<" in html_of(app)
    assert len(html_of(app)) < 200_000
