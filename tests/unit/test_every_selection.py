"""Whatever is filtered, nothing fails: charts, flows and lists of empty, undated, single and extreme selections."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from atlas import LANGUAGES
from atlas.charts import bars, counts, places, plot, sessions, timelines
from atlas.exports import resigning, scenes, tables
from atlas.exports.scenes import vector
from atlas.look import palette
from atlas.maps import flows
from atlas.model import desk, reform
from atlas.model.audience import AUDIENCES, released
from atlas.model.selection import Selection
from atlas.model.session import SCENE_KINDS, Scene, Session
from atlas.model.session_file import ABOUT
from atlas.model.topics import LABOUR, MEETINGS, SCHOLARSHIPS, TRAINING
from atlas.words import voice
from atlas.words.translator import Translator
from tests import addresses

DAYS = (None, "1990-01-01", "2005-07-01", "2007-06-01", "2013-12-31", "2025-06-30", "2025-07-01", "2100-12-31")
YEARS = (None, 1990, 1993, 2009, 2013, 2016, 2027)


def drawn(atlas, records: dict, translate: Translator) -> list[plot.Plot]:
    """Every chart that a page, a scene or a document makes of these records."""
    figures, events = records["figures"], records["events"]
    spans = [
        *timelines.agreement_spans(atlas.records("agreements", records["agreements"].index), translate, palette.GREY),
        *timelines.event_spans(atlas.records("events", events.index), translate, palette.GREY),
    ]
    made = [
        make(atlas, figures, translate, "title")
        for make in (counts.parts, counts.outcomes, timelines.periods, places.panels)
    ]
    made += [sessions.series(atlas, events, translate, "title", gaps) for gaps in (True, False)]
    made.append(timelines.timeline(spans, translate, "title"))
    places.matrix(atlas, figures, translate)
    for _, rows in figures.groupby(["measure", "rate"]):
        made.append(counts.statements(atlas, rows, translate, "title"))
        flows.legend(flows.flows(atlas, rows), translate)
    return [plot for plot in made if plot]


def some(*values) -> st.SearchStrategy:
    """None of the values in half of the cases."""
    return st.just(()) | st.sampled_from([(value,) for value in values])


@settings(max_examples=5000 if addresses.LONG else 30)
@given(
    place=some("ha-giang", "tuyen-quang", "lao-cai", "lai-chau", "quang-ninh", "hai-phong"),
    region=some("guangxi", "yunnan", "wenshan"),
    first=st.sampled_from(YEARS),
    last=st.sampled_from(YEARS),
    undated=st.sampled_from((None, "include", "only")),
    day=st.sampled_from(DAYS),
    language=st.sampled_from(LANGUAGES),
)
@example(place=(), region=(), first=None, last=None, undated="only", day=None, language="en")
@example(place=(), region=(), first=None, last=1993, undated="include", day=None, language="zh")
@example(place=(), region=(), first=2027, last=None, undated=None, day=None, language="vi")
@example(place=(), region=(), first=None, last=None, undated=None, day="2005-07-01", language="vi")
def test_every_chart_of_every_selection_is_drawn_or_left_out(atlas, place, region, first, last, undated, day, language):
    selection = Selection(province=place, region=region, year_from=first, year_to=last, undated=undated, asof=day)
    translate = Translator(language)
    for topic in (SCHOLARSHIPS, TRAINING, LABOUR, MEETINGS):
        records = topic.records(atlas, selection)
        for one in drawn(atlas, records, translate):
            if isinstance(one.drawing, dict):
                assert one.drawing["height"] > 0
            else:
                assert "<li>" in bars.html(one.drawing, one.title)
            assert len(one.table)
        sessions.html(atlas, records["events"], translate, str)
        tables.series(atlas, records["events"], voice.Voice(language), selection.day(atlas))
    listed = reform.abolished(atlas, selection)
    lost = {row.twinning for row in listed if any(atlas.places[place]["country"] == "VN" for place in row.ended)}
    assert {tie.twinning for unit in desk.units(atlas, selection) for tie in unit.ties} == lost
    assert len(resigning.table(atlas, listed, translate)) == len(listed)


@settings(max_examples=5000 if addresses.LONG else 40)
@given(
    data=st.data(),
    kind=st.sampled_from(SCENE_KINDS),
    query=addresses.queries(
        "province", "region", "level", "from", "to", "undated", "confidence", "asof", "seen", "changed", "q", most=4
    ),
    language=st.sampled_from(voice.LANGUAGES),
    audience=st.sampled_from(AUDIENCES),
)
def test_every_scene_of_every_selection_is_drawn_or_says_so(atlas, data, kind, query, language, audience):
    selection, _ = Selection.from_query(query, atlas)
    asked = scenes.context(released(atlas, audience), Session("own", language, audience, selection))
    known = st.sampled_from(_known(atlas, kind)).map(lambda one: (one,)) if kind in ABOUT else st.just(())
    about = data.draw(known if kind == "pair" else known | st.just(()))
    board = scenes.of_scene(asked, Scene(kind, about=about), 1)
    assert all(board.title)
    assert vector.svg(board).startswith("<svg")


def _known(atlas, kind: str) -> list[str]:
    """What a scene of a kind may be about."""
    tables, _, column = ABOUT[kind].partition(".")
    if column:
        return list(atlas.schema.tables[tables].field(column).categories)
    return [one for table in tables.split() for one in atlas.table(table).index]


def test_series_without_any_date_are_words_in_the_order_of_their_numbers(atlas):
    events = atlas.table("events")
    undated = events[events["date_from"].isna() & (events["series"] == "yunnan_joint_working_group")]
    assert len(undated) > 1
    english = Translator("en")
    assert sessions.series(atlas, undated, english, "title", gaps=False) is None
    mixed = events.loc[[*undated.index, "jwc-11-2020"]]
    plot = sessions.series(atlas, mixed, english, "title", gaps=False)
    lines = plot.spec["data"]["values"]
    assert [line["number"] for line in lines if "x" in line] == ["11"]
    assert any("no. 5" in line.get("name", "").replace("\n", " ") for line in lines)
    assert plot.table["Session"].tolist() == ["11", "5", "6"]


@pytest.mark.parametrize("gaps", [True, False])
def test_no_meeting_is_no_chart_and_no_words(atlas, gaps):
    none = atlas.table("events").head(0)
    assert sessions.series(atlas, none, Translator("en"), "title", gaps) is None
    assert sessions.html(atlas, none, Translator("en"), str, gaps=gaps) == ""
