"""Series of meetings: what is announced on a day, and to whom a session belongs."""

from datetime import date

import pytest

from atlas.exports import tables
from atlas.model import meetings
from atlas.model.selection import Selection
from atlas.words import voice


@pytest.fixture(scope="module")
def every(atlas) -> list[dict]:
    return atlas.records("events", atlas.table("events").index)


def ahead(every, day: str) -> list[str]:
    return [row["id"] for row in meetings.announced(every, date.fromisoformat(day), every)]


def test_what_is_announced_may_still_come(every):
    assert set(ahead(every, "2026-11-22")) == {"jwg-12-2026", "secretaries-conference-6-2026"}
    assert ahead(every, "2027-01-01") == []


def test_a_session_has_passed_with_the_meeting_at_which_it_was_to_be_held(every):
    assert "jwc-17-2026" in ahead(every, "2026-02-11")  # the day of the Spring Meeting
    assert "jwc-17-2026" not in ahead(every, "2026-02-12")


@pytest.fixture(scope="module")
def with_a_plan(every) -> list[dict]:
    """The sixth committee as if it were still planned, for December 2013."""
    plan = {"date_from": "2013-12", "status": "planned"}
    return [row | plan if row["id"] == "jwc-06-2013" else row for row in every]


def test_a_session_has_passed_with_its_month(with_a_plan):
    assert "jwc-06-2013" in ahead(with_a_plan, "2013-12-31")
    assert "jwc-06-2013" not in ahead(with_a_plan, "2014-01-01")


def test_a_session_has_passed_when_a_later_one_was_held(with_a_plan):
    planned = [row | {"date_from": "2026"} if row["id"] == "jwc-06-2013" else row for row in with_a_plan]
    day = date(2026, 1, 15)
    assert "jwc-06-2013" not in [row["id"] for row in meetings.announced(planned, day, planned)]
    alone = [row for row in planned if row["id"] == "jwc-06-2013"]
    assert [row["id"] for row in meetings.announced(alone, day, alone)] == ["jwc-06-2013"]
    assert meetings.announced(alone, day, planned) == []  # whatever filters have left


@pytest.mark.parametrize("province", ["quang-ninh", "lang-son", "cao-bang", "ha-giang", "tuyen-quang"])
def test_a_session_belongs_to_every_member_of_its_series(atlas, province):
    found = Selection(province=(province,)).records(atlas, "events").index
    assert "jwc-17-2026" in found  # its source names one province alone
    assert "jwg-12-2026" not in found or province in ("ha-giang", "tuyen-quang")


def test_every_session_is_found_under_every_member_of_its_time(atlas, every):
    for row in every:
        day = row["date_from"] or row["date_to"]
        for member in atlas.series_members.get(row["series"], ()):
            begun = not member["since"] or not day or member["since"] <= day
            if begun and (not member["until"] or (day and day <= member["until"])):
                slug = atlas.places[member["place"]]["slug"]
                side = "province" if atlas.places[member["place"]]["country"] == "VN" else "region"
                found = Selection(**{side: (slug,)}).records(atlas, "events").index
                assert row["id"] in found, (row["id"], slug)


def test_a_member_belongs_to_no_session_before_it_took_part(atlas):
    found = set(Selection(province=("hai-phong",)).records(atlas, "events").index)
    assert {"spring-meeting-2025", "spring-meeting-2026"} <= found
    assert not found & {"spring-meeting-2024", "jwc-17-2026"}


def test_an_undated_session_is_not_shown_before_the_one_that_precedes_it(atlas):
    assert "jwg-05-ha-giang" not in Selection(asof="2012-06-02").records(atlas, "events").index
    assert "jwg-05-ha-giang" in Selection(asof="2012-06-03").records(atlas, "events").index


def test_a_document_announces_what_the_page_announces(atlas, every):
    for day in ("2013-06-30", "2026-01-15", "2026-11-22", "2027-06-30"):
        table = tables.series(atlas, atlas.table("events"), voice.Voice("en"), date.fromisoformat(day))
        said = "; ".join(row[3] for row in table.rows if row[3])
        assert said.count("no. ") == len(ahead(every, day)), day
