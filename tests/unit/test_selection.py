"""Filters as a value: reading and writing addresses, and what they leave."""

import gc
import weakref
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atlas.look import marks
from atlas.model import coverage, spelling, store, topics
from atlas.model.atlas import forget
from atlas.model.selection import LAYERS, LEVELS, Selection
from atlas.model.spelling import fold
from atlas.words import vocabulary
from atlas.words.translator import Translator


def left(atlas, **query) -> set[str]:
    selection, ignored = Selection.from_query({name: [value] for name, value in query.items()}, atlas)
    assert not ignored
    return set(selection.twinnings(atlas).index)


def test_no_filter_leaves_every_twinning_but_no_paired_gate(atlas):
    assert left(atlas) == set(atlas.twinnings.index[atlas.twinnings["level"] != "border_gate"])
    assert left(atlas, level="border-gate") == set(atlas.twinnings.index[atlas.twinnings["level"] == "border_gate"])


@pytest.mark.parametrize("text", ["meo vac", "Mèo Vạc", "MEO VAC", "苗旺", "Me\u0300o Va\u0323c"])
def test_every_spelling_of_a_place_finds_the_same(atlas, text):
    assert left(atlas, q=text) >= {"twin-meo-vac-funing", "twin-meo-vac-napo"}


@pytest.mark.parametrize("text", ["富宁", "funing", "fu ning", "Fùníng", "Phú Ninh", "phu ninh"])
def test_every_spelling_of_a_chinese_place_finds_the_same(atlas, text):
    assert "twin-meo-vac-funing" in left(atlas, q=text)


def test_a_place_is_found_under_the_name_of_today(atlas):
    assert left(atlas, province="ha-giang") <= left(atlas, province="tuyen-quang")
    assert left(atlas, province="lao-cai-former") == left(atlas, province="lao-cai")


def test_years_leave_undated_twinnings_out_unless_asked(atlas):
    dated = left(atlas, **{"from": "2016", "to": "2016"})
    assert dated
    assert all(atlas.twinnings.at[twinning, "signed_on"].startswith("2016") for twinning in dated)
    undated = left(atlas, undated="only")
    assert atlas.twinnings.loc[list(undated), "signed_on"].isna().all()
    assert left(atlas, **{"from": "2016", "to": "2016", "undated": "include"}) == dated | undated


def records(atlas, table, **query) -> set[str]:
    selection, ignored = Selection.from_query({name: [value] for name, value in query.items()}, atlas)
    assert not ignored
    return set(selection.records(atlas, table).index)


@pytest.mark.parametrize(
    ("figure", "years"),
    [
        ("cadre-ha-giang-baise-2017", (2017, 2021)),  # since 2017, as of 2021
        ("cadre-cao-bang-baise-2019", (2019, 2019)),  # in 2019, stated in 2020
        ("coop-lang-son-missions-2020", (2020, 2026)),  # since 2020, nobody says until when
    ],
)
def test_a_figure_passes_in_every_year_that_its_period_touches(atlas, figure, years):
    first, last = years
    for year in range(2012, 2027):
        passes = figure in records(atlas, "figures", **{"from": str(year), "to": str(year)})
        assert passes == (first <= year <= last), year
    assert figure in records(atlas, "figures", **{"from": "2012", "to": "2027"})
    assert figure not in records(atlas, "figures", to=str(first - 1))
    assert figure not in records(atlas, "figures", undated="only")


def test_a_figure_without_a_period_passes_in_the_year_as_of_which_it_is_stated(atlas):
    figures = atlas.table("figures")
    rows = figures[figures["period_from"].isna() & figures["period_to"].isna()]
    for year in ("2016", "2024"):
        of_year = set(rows.index[rows["as_of"].fillna("").str.startswith(year)])
        assert of_year
        assert records(atlas, "figures", **{"from": year, "to": year}) & set(rows.index) == of_year


def test_an_event_passes_in_every_year_in_which_it_was_held(atlas):
    for year in ("2025", "2026"):
        assert "ambulance-green-lane-2025" in records(atlas, "events", **{"from": year, "to": year})
    assert "ambulance-green-lane-2025" not in records(atlas, "events", **{"from": "2024", "to": "2024"})


def test_before_a_day_nothing_had_been_signed_held_or_stated_after_it(atlas):
    asof = "2020-06-30"
    for table, column in (("agreements", "signed_on"), ("events", "date_from"), ("figures", "as_of")):
        rows = atlas.table(table)
        if "status" in rows:
            rows = rows[rows["status"] != "planned"]
        known = records(atlas, table, asof=asof) & set(rows.index)
        assert known == set(rows.index[rows[column].fillna(rows["first"]).fillna("") <= asof])
        assert known < set(rows.index)
        assert records(atlas, table, asof=date.today().isoformat()) == set(atlas.table(table).index)


def test_a_meeting_that_is_only_announced_is_known_from_its_announcement_on(atlas):
    source = atlas.table("sources").at["vnanet-2025-11-langson-guangxi", "published"]
    assert source.startswith("2025-11")
    assert "jwc-17-2026" in records(atlas, "events", asof="2025-12-01")
    assert "jwc-17-2026" not in records(atlas, "events", asof="2025-10-31")


@pytest.mark.parametrize("province", ["quang-ninh", "lang-son", "cao-bang", "tuyen-quang"])
def test_a_session_is_found_under_every_member_of_its_series(atlas, province):
    assert "jwc-17-2026" in records(atlas, "events", province=province, asof="2025-12-01")


def test_a_member_that_joined_later_has_no_part_in_earlier_sessions(atlas):
    found = records(atlas, "events", q="Hải Phòng")
    assert {"spring-meeting-2025", "spring-meeting-2026"} <= found
    assert not found & {"spring-meeting-2024", "jwc-16-2025"}


def test_several_records_can_be_open(atlas):
    selection, ignored = Selection.from_query({"record": ["jwc-11-2020", "gone", "sch-ha-giang-guangxi"]}, atlas)
    assert selection.record == ("jwc-11-2020", "sch-ha-giang-guangxi")
    assert ignored == [("record", "gone")]
    assert not selection.restricts
    assert selection.to_query() == {"record": list(selection.record)}


def test_region_and_prefecture(atlas):
    assert left(atlas, region="baise") < left(atlas, region="guangxi")
    assert not left(atlas, region="guangxi") & left(atlas, region="yunnan")


@pytest.mark.parametrize(
    ("name", "value"),
    [("province", "<script>"), ("level", "border_gate"), ("from", "1989"), ("to", "abc"), ("asof", "2025-02-30"), ("asof", "1989-01-01"),
     ("pair", "${7*7}"), ("lang", "qq"), ("labels", "both"), ("undated", "yes"), ("q", "x" * 101), ("confidence", "")],
)  # fmt: skip
def test_what_is_not_understood_is_named_and_ignored(atlas, name, value):
    selection, ignored = Selection.from_query({name: [value]}, atlas)
    assert selection == Selection()
    assert ignored == ([(name, value)] if value else [])


def test_years_in_the_wrong_order_are_named(atlas):
    selection, ignored = Selection.from_query({"from": ["2020"], "to": ["2010"]}, atlas)
    assert (selection.year_from, selection.year_to, ignored) == (2020, None, [("to", "2010")])


def test_next_year_is_the_last_that_can_be_chosen(atlas):
    assert Selection.from_query({"to": [str(date.today().year + 1)]}, atlas)[1] == []
    assert Selection.from_query({"to": [str(date.today().year + 2)]}, atlas)[1]


@given(data=st.data())
def test_an_address_restores_the_selection(atlas, data):
    query = data.draw(
        st.fixed_dictionaries(
            {},
            optional={
                "lang": st.sampled_from(["vi", "zh", "en"]).map(lambda one: [one]),
                "province": st.lists(st.sampled_from(atlas.province_slugs), unique=True),
                "region": st.lists(st.sampled_from(atlas.region_slugs), unique=True),
                "level": st.lists(st.sampled_from(LEVELS).map(lambda one: one.replace("_", "-")), unique=True),
                "from": st.integers(1990, 2005).map(lambda year: [str(year)]),
                "to": st.integers(2005, 2027).map(lambda year: [str(year)]),
                "q": st.text(max_size=100).map(lambda text: [text]),
                "asof": st.dates(date(1990, 1, 1), date(2090, 1, 1)).map(lambda day: [day.isoformat()]),
            },
        )
    )
    selection, ignored = Selection.from_query(query, atlas)
    assert not ignored
    assert Selection.from_query(selection.to_query(), atlas) == (selection, [])


@given(
    query=st.dictionaries(
        st.sampled_from(["lang", "province", "region", "level", "from", "to", "q", "pair", "asof"]),
        st.lists(st.text(max_size=30), max_size=3),
    )
)
def test_no_address_is_an_error(atlas, query):
    Selection.from_query(query, atlas)[0].twinnings(atlas)


def test_every_layer_that_an_address_may_name_has_a_mark_and_a_name():
    assert set(LAYERS) == set(marks.MARKS) == set(vocabulary.layer_names(Translator("en")))


def test_what_is_remembered_of_a_version_goes_with_it():
    old = store.load()
    for make in (Selection().twinnings, lambda atlas: topics.LABOUR.records(atlas, Selection()), coverage.coverage):
        assert len(make(old)) == len(make(old)) > 0
    gone = weakref.ref(old)
    del old
    gc.collect()
    assert gone() is None


def test_what_visitors_search_for_can_be_forgotten(atlas):
    words = "Hữu Nghị nhớ mãi"
    asked, usual = Selection(q=words), Selection(province=("ha-giang",))
    found, shown = asked.twinnings(atlas), usual.twinnings(atlas)
    assert asked.twinnings(atlas) is found, "it is asked for by several parts of a page"
    fold(words)
    forget()
    assert asked.twinnings(atlas) is not found
    assert usual.twinnings(atlas) is shown, "what all visitors share stays"
    asked = weakref.ref(asked)
    forget()
    gc.collect()
    assert asked() is None
    misses = spelling._kept.cache_info().misses
    fold(words)
    assert spelling._kept.cache_info().misses == misses + 1
