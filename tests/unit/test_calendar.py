"""What falls due: counted by hand on made records, and as a calendar that its own library reads."""

import asyncio
import dataclasses
import json
import re
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from urllib.parse import urlencode

import icalendar
import pandas as pd
import pytest
from starlette.requests import Request

from atlas import LANGUAGES
from atlas.model import store
from atlas.model.calendar import by_period, due
from atlas.model.selection import Selection
from atlas.records.dates import bounds, today
from atlas.words import calendar as words
from atlas.words.translator import Translator
from server import calendar

MADE = {
    "agreements": [
        {"signed_on": "2016-02-29", "valid_until": "2027-03", "status": "signed"},
        {"signed_on": "2017", "valid_until": "2027", "status": "agreed"},
        {"signed_on": "2022-05", "valid_until": None, "status": "planned"},
    ],
    "events": [
        {"status": "planned", "date_from": "2027-03-30", "date_to": "2027-04-02", "series": None},
        {"status": "planned", "date_from": "2026", "date_to": None, "series": None},
        {"status": "held", "date_from": "2027-03-05", "date_to": None, "series": None},
        {"status": "planned", "date_from": None, "date_to": None, "series": None},
    ],
    "twinnings": [
        {"signed_on": "2017-04", "status": "active"},
        {"signed_on": "2022-06-16", "status": "lapsed"},
        {"signed_on": "2016-03-01", "status": "active"},
        {"signed_on": None, "status": "active"},
    ],
    "commitments": [{"due": "2027-03-31"}, {"due": "2027"}, {"due": None}],
}


@pytest.fixture(scope="module")
def made(atlas):
    """The first rows of each table with other days, and nothing else; papers and meetings of the commitments among them."""
    tables = dict(atlas.tables)
    for name, rows in MADE.items():
        table = tables[name].head(len(rows)).copy()
        for column in rows[0]:
            table[column] = pd.Series([row[column] for row in rows], index=table.index, dtype=object)
        tables[name] = table
    tables["commitments"]["agreement"] = tables["agreements"].index[0]
    tables["commitments"]["event"] = None
    return dataclasses.replace(atlas, tables=tables)


def listed(atlas, first: str, last: str) -> list[tuple]:
    """Kind, row of its table, day and years of all that falls due in a period."""
    found = due(atlas, Selection(), bounds(first)[0], bounds(last)[1])
    rows = {name: list(atlas.table(name).index) for name in MADE}
    return [(one.kind, rows[one.table].index(one.id), one.day, one.years) for one in found]


def test_a_year_is_counted_as_by_hand(made):
    assert listed(made, "2027", "2027") == [
        ("end", 1, "2027", None),
        ("commitment", 1, "2027", None),
        ("end", 0, "2027-03", None),
        ("session", 0, "2027-03-30", None),
        ("commitment", 0, "2027-03-31", None),
        ("anniversary", 0, "2027-04", 10),
        ("anniversary", 1, "2027-06-16", 5),
    ]


def test_what_has_no_day_lies_in_every_period_that_it_touches(made):
    assert [row[:2] for row in listed(made, "2027-04", "2027-04")] == [
        ("end", 1),
        ("commitment", 1),
        ("session", 0),  # begun in March
        ("anniversary", 0),
    ]
    assert [row[:2] for row in listed(made, "2026-12", "2026-12")] == [("session", 1)]
    assert listed(made, "2028", "2029") == []


def test_the_29_of_february_is_some_day_of_a_february_that_has_none(made):
    assert [row for row in listed(made, "2021", "2021") if row[0] == "anniversary"] == [
        ("anniversary", 0, "2021-02", 5),
        ("anniversary", 2, "2021-03-01", 5),
    ]
    assert ("anniversary", 0, "2036-02-29", 20) in listed(made, "2036", "2036")


def test_years_and_months_stand_before_their_days(made):
    found = by_period(due(made, Selection(), date(2026, 1, 1), date(2027, 12, 31)))
    assert {period: len(rows) for period, rows in found.items()} == {
        "2026": 1,
        "2026-02": 1,
        "2026-03": 1,
        "2027": 2,
        "2027-03": 3,
        "2027-04": 1,
        "2027-06": 1,
    }
    assert [one.day for one in found["2027-03"]] == ["2027-03", "2027-03-30", "2027-03-31"]


def test_years_of_signature_level_and_confidence_leave_nothing_out_and_places_do(atlas):
    whole = due(atlas, Selection(), date(2026, 1, 1), date(2030, 12, 31))
    narrow = Selection(year_from=2001, year_to=2002, undated="only", level=("village",), confidence=("low",))
    assert due(atlas, narrow, date(2026, 1, 1), date(2030, 12, 31)) == whole
    some = due(atlas, Selection(province=("cao-bang",)), date(2026, 1, 1), date(2030, 12, 31))
    assert set(some) < set(whole)
    assert {one.kind for one in some} >= {"end", "anniversary"}


@pytest.fixture(scope="module")
def ask(atlas):
    """What the address answers: ``ask(lang="vi")``, further headers as ``headers``."""

    def asked(current=lambda: atlas, headers=(), **query):
        raw = [(name.encode(), value.encode()) for name, value in dict(headers).items()]
        (route,) = calendar.routes(current)
        scope = {"type": "http", "scheme": "https", "server": ("office.example", 443), "path": "/calendar.ics"}
        request = Request(scope | {"query_string": urlencode(query, doseq=True).encode(), "headers": raw})
        with ThreadPoolExecutor(1) as thread:  # a browser of other tests may have a loop in this one
            return thread.submit(asyncio.run, route.endpoint(request)).result()

    return asked


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_end_and_anniversary_is_in_the_calendar_that_its_library_reads(atlas, ask, language):
    answer = ask(lang=language)
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    read = icalendar.Calendar.from_ical(answer.body)
    assert not read.errors
    now = today(atlas.version).year
    first, last = date(now - 1, 1, 1), date(now + 10, 12, 31)
    ends = {
        f"end-{row['id']}"
        for row in atlas.table("agreements").to_dict("records")
        if row["valid_until"] and bounds(row["valid_until"])[1] >= first and bounds(row["valid_until"])[0] <= last
    }
    signed = [
        row
        for name in ("agreements", "twinnings")
        for row in atlas.table(name).to_dict("records")
        if row["signed_on"] and row["status"] not in ("planned", "agreed")
    ]
    round_years = {
        f"anniversary-{row['id']}-{years}"
        for row in signed
        for years in range(5, 200, 5)
        if now - 1 <= int(row["signed_on"][:4]) + years <= now + 10
    }
    uids = [str(event["UID"]).removesuffix("@border-cooperation-atlas") for event in read.events]
    assert len(uids) == len(set(uids))
    assert {uid for uid in uids if uid.startswith("end-")} == ends
    assert {uid for uid in uids if uid.startswith("anniversary-")} == round_years
    assert len(ends) >= 8
    assert len(round_years) >= 300
    assert read["X-WR-CALNAME"] == read["NAME"]
    assert {str(event["TRANSP"]) for event in read.events} == {"TRANSPARENT"}
    assert {name for event in read.events for name in event.categories} == set(
        words.kinds(Translator(language)).values()
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_month_is_a_month_and_a_year_a_year(atlas, ask, language):
    read = icalendar.Calendar.from_ical(ask(lang=language).body)
    shown = {str(event["UID"]): event for event in read.events}
    for uid, first, after in (
        ("end-agr-ha-giang-wenshan-programme-2021", date(2025, 1, 1), date(2026, 1, 1)),
        ("anniversary-agr-ha-giang-wenshan-programme-2021-5", date(2026, 5, 1), date(2026, 6, 1)),
        ("anniversary-agr-party-committees-guangxi-2022-5", date(2027, 2, 25), date(2027, 2, 26)),
    ):
        event = shown[f"{uid}@border-cooperation-atlas"]
        assert (event["DTSTART"].dt, event["DTEND"].dt) == (first, after)
        assert event["DTSTART"].params["VALUE"] == "DATE"
        time = words.some_day(str(first)[: 4 if after.year > first.year else 7], Translator(language))
        assert (time in event["SUMMARY"]) == (after - first > timedelta(days=1))
        assert event["URL"].startswith("https://office.example/agreement?id=agr-")
        assert event["URL"] in event["DESCRIPTION"]


def test_lines_are_folded_and_ended_as_programs_demand(ask):
    body = ask(lang="vi").body
    assert body.endswith(b"END:VCALENDAR\r\n")
    assert not re.search(rb"(?<!\r)\n", body)
    assert max(map(len, body.split(b"\r\n"))) <= 75
    for line in body.split(b"\r\n"):
        line.decode()  # no letter is cut in two


def test_the_same_version_gives_the_same_bytes_and_another_version_its_own_stamp(atlas, ask):
    first, again = ask(lang="zh"), ask(current=lambda: dataclasses.replace(atlas), lang="zh")
    assert first.body == again.body
    assert ask(lang="zh", headers={"if-none-match": first.headers["etag"]}).status_code == 304
    later = ask(current=lambda: dataclasses.replace(atlas, version="2026-12-24"), lang="zh")
    stamps = {event["DTSTAMP"].dt.date() for event in icalendar.Calendar.from_ical(later.body).events}
    assert stamps == {date(2026, 12, 24)}


def test_a_review_with_a_day_is_a_commitment_that_falls_due(atlas):
    found = due(atlas, Selection(province=("cao-bang",)), date(2017, 1, 1), date(2017, 12, 31))
    (review,) = (one for one in found if one.id == "women-cao-bang-guangxi-2016-01")
    assert (review.kind, review.day) == ("commitment", "2017-09")


def test_a_subscription_is_for_a_province_and_a_kind(ask):
    def uids(**query):
        return {str(event["UID"]) for event in icalendar.Calendar.from_ical(ask(lang="en", **query).body).events}

    whole, ends, place = uids(), uids(kind="end"), uids(province="ha-giang,cao-bang")
    assert {uid for uid in whole if uid.startswith("end-")} == ends
    assert uids(kind="end,session") == ends | {uid for uid in whole if uid.startswith("session-")}
    assert set() < place < whole
    assert uids(province="ha-giang") | uids(province="cao-bang") == place
    for spelled in ("Cao-Bang, ha-giang", "ha-giang，cao-bang", ["ha-giang", "cao-bang"]):  # as pages take them
        assert uids(province=spelled) == place
    assert set() < uids(q="funing") < whole
    name = icalendar.Calendar.from_ical(ask(lang="vi", province="cao-bang", kind="end").body)["NAME"]
    assert "Cao Bằng" in name
    assert uids(q="no such place at all") == set()


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"lang": "fr"}, "lang='fr': expected one of vi, zh, en"),
        ({"kind": "ends"}, "one or several, by commas, of session, end, commitment, anniversary"),
        ({"province": "cao-bangg"}, "cao-bang"),
        ({"region": ""}, "region=''"),
        ({"q": "x" * 101}, "1 to 100 characters"),
        ({"year": "2027"}, "no parameter but kind, lang, province, q, region"),
    ],
)
def test_what_is_not_understood_is_refused_with_a_sentence(ask, query, said):
    answer = ask(**query)
    assert answer.status_code == 400
    assert said in json.loads(answer.body)["description"]


def test_the_calendar_says_so_where_the_data_is_damaged(ask):
    def damaged():
        raise store.DamagedData("gone")

    assert ask(current=damaged).status_code == 503


def test_ten_thousand_items_are_all_in_the_calendar(atlas, ask):
    table = atlas.table("agreements")
    rows = [f"made-{n}" for n in range(10_000)]
    many = table.iloc[[0] * len(rows)].copy()
    many.index, many["id"], many["valid_until"], many["signed_on"] = rows, rows, "2027-03", None
    large = dataclasses.replace(atlas, tables=atlas.tables | {"agreements": many})
    body = ask(current=lambda: large, lang="en", kind="end").body
    assert body.count(b"BEGIN:VEVENT") == 10_000


def test_a_meeting_whose_time_has_passed_says_that_nothing_more_is_known(atlas):
    announced = [one for one in due(atlas, Selection(), date(2026, 1, 1), date(2026, 12, 31)) if one.kind == "session"]
    told = {one.id: words.said(atlas, one, Translator("en"))[-1] for one in announced}
    assert told["jwc-17-2026"] == "no source found says whether it was held"  # its occasion was the Spring Meeting
    assert told["jwg-12-2026"] == "place not stated"
