"""Charts: one measure an axis, nothing drawn that no source says, and every value in the table as well."""

import colorsys
import json
import re
from dataclasses import replace
from datetime import date

import lxml.html
import pandas as pd
import pytest

from atlas import LANGUAGES
from atlas.cards import record
from atlas.charts import bars, counts, places, sessions, timelines
from atlas.charts.counts import outcomes, parts, statements
from atlas.charts.plot import image
from atlas.look import palette
from atlas.look.marks import LEVEL_STYLES
from atlas.look.text import wrap
from atlas.model import meetings, quality
from atlas.model.selection import Selection
from atlas.model.topics import DATES, EVERYTHING, LABOUR, MEETINGS, SCHOLARSHIPS, TRAINING
from atlas.words import values, vocabulary
from atlas.words.translator import IN_LISTS, Translator


@pytest.fixture
def english():
    return Translator("en")


def figures(atlas, **wanted) -> pd.DataFrame:
    rows = atlas.table("figures")
    for column, value in wanted.items():
        rows = rows[rows[column] == value]
    return rows


def lines(plot) -> list[bars.Line]:
    return plot.drawing.lines


def marks(line) -> list[tuple[float, float, str]]:
    return [(mark.start, mark.end, mark.sign) for mark in line.marks]


def units(atlas):
    rows = atlas.table("figures")
    return sorted(set(zip(rows["measure"], rows["rate"])))


def test_different_measures_never_share_an_axis(atlas, english):
    with pytest.raises(ValueError, match="permits"):
        statements(atlas, figures(atlas, programme="labour"), english, "title")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_figure_with_a_number_is_drawn_with_its_unit_and_date(atlas, language):
    translate = Translator(language)
    for measure, rate in units(atlas):
        rows = figures(atlas, measure=measure, rate=rate)
        plot = statements(atlas, rows, translate, "title")
        if plot is None:
            assert rows["value"].isna().all()
            continue
        drawn = lines(plot)
        assert len(drawn) == len(plot.table) == len(rows)
        for line, row in zip(drawn, atlas.records("figures", rows.index)):
            assert line.said == values.when(row, translate, IN_LISTS)
            assert line.records == (row["id"],)
            assert bool(line.marks) != pd.isna(row["value"])
            if line.marks and row["qualifier"] != "range":
                assert (line.marks[0].start, line.marks[0].end) == (0, row["value"])


def test_what_is_not_stated_has_words_and_no_mark(atlas, english):
    rows = figures(atlas, measure="persons", rate="total")
    unknown = set(rows.index[rows["value"].isna()])
    assert unknown
    for line, figure in zip(lines(statements(atlas, rows, english, "title")), rows.index):
        if figure in unknown:
            assert line.marks == ()
            assert line.value.startswith("number not stated")


def test_a_chart_without_any_number_is_no_chart(atlas, english):
    rows = atlas.table("figures")
    assert statements(atlas, rows[rows["value"].isna() & (rows["measure"] == "persons")], english, "x") is None
    for draw in (statements, parts, outcomes, timelines.periods):
        assert draw(atlas, rows.head(0), english, "x") is None


def test_a_range_is_drawn_as_a_range_and_a_minimum_as_open(atlas, english):
    rows = figures(atlas, measure="scholarships", rate="per_year")
    by_id = dict(zip(rows.index, lines(statements(atlas, rows, english, "title"))))
    assert marks(by_id["sch-four-provinces-guangxi-quota-2022"]) == [(18, 25, "range")]
    assert marks(by_id["sch-ha-giang-guangxi-quota-2011"]) == [(0, 10, "at_least")]
    assert marks(by_id["sch-guangxi-lang-son-quota-2021"]) == [(0, 5, "")]


def test_differences_between_sources_are_on_the_chart(atlas, english):
    rows = figures(atlas, measure="persons", rate="total", programme="labour")
    plot = statements(atlas, rows, english, "title")
    concerned = quality.differences(atlas, "figures", rows.index)
    assert len(concerned) >= 4
    for number, row in enumerate(atlas.records("discrepancies", concerned.index), start=1):
        assert plot.disputes[number - 1] == f"[{number}] sources differ: {row['title_en']}"
        for figure in set(row["figures"]) & set(rows.index):
            assert f"[{number}]" in dict(zip(rows.index, lines(plot)))[figure].value


def test_a_part_of_which_no_source_says_what_became_is_drawn_last_and_without_colour(atlas, english):
    changed = atlas.table("figures").copy()
    graduated = changed.index[(changed["outcome"] == "graduated") & changed["part_of"].notna()]
    changed.loc[graduated, "outcome"] = "not_stated"
    unsaid = replace(atlas, tables=atlas.tables | {"figures": changed})
    plot = outcomes(unsaid, figures(unsaid, programme="scholarship"), english, "outcomes")
    assert "61" in set(plot.table["Persons"])
    (line,) = lines(plot)
    assert [mark.colour == palette.UNKNOWN for mark in line.marks] == [False, False, True, True]


def test_degrees_add_up_to_the_stated_total_and_the_rest_is_not_stated(atlas, english):
    rows = figures(atlas, programme="scholarship")
    degrees = parts(atlas, rows, english, "degrees")
    counts = degrees.table.groupby("What is counted")["Persons"].agg(lambda column: sorted(map(int, column)))
    assert counts.loc["Students from Quảng Ninh on Guangxi scholarships"] == [19, 157]
    assert counts.loc["Students from Hà Giang at universities of Guangxi"] == [1, 20, 108]
    became = outcomes(atlas, rows, english, "outcomes")
    assert dict(zip(became.table["Part"], became.table["Persons"])) == {
        "Graduated": "61",
        "Studying": "52",
        "Studying: Postgraduate": "14",
        "not stated (calculated)": "49",
    }
    (line,) = lines(became)
    assert line.name == "Quảng Ninh"
    assert line.value.startswith("176")
    assert [mark.end for mark in line.marks] == pytest.approx([61 / 176, 113 / 176, 127 / 176, 1])
    assert line.marks[-1].colour == palette.UNKNOWN
    assert "class=unknown" in bars.html(became.drawing, "outcomes")


def test_parts_without_a_stated_total_are_not_given_one(atlas, english):
    rows = figures(atlas, programme="scholarship")
    (line,) = (line for line in lines(parts(atlas, rows, english, "x")) if line.name == "Lạng Sơn")
    assert line.value.startswith("total not stated")
    assert [(mark.name, mark.said) for mark in line.marks] == [("Undergraduate", "105"), ("Master", "32")]


def test_cumulative_and_yearly_figures_are_never_joined_by_a_line(atlas, english):
    for plot in (
        timelines.periods(atlas, atlas.table("figures"), english, "x"),
        statements(atlas, figures(atlas, measure="persons", rate="total"), english, "x"),
        sessions.series(atlas, atlas.table("events"), english, "x"),
    ):
        drawn = set(re.findall(r'"mark": {[^}]*"type": "(\w+)"', json.dumps(plot.spec)))
        assert "text" in drawn
        assert not drawn & {"line", "area", "trail"}


def test_gaps_in_series_are_shown_as_gaps(atlas, english):
    events = atlas.table("events")
    found = meetings.sessions(atlas.records("events", events.index), "joint_working_committee")
    missing = [session.ordinal for session in found if session.event is None]
    assert missing == [2, 7, 8]
    plot = sessions.series(atlas, events, english, "series")
    rows = plot.table[plot.table["Series"] == "Joint Working Committee with Guangxi"]
    assert rows.loc[rows["Date"] == "not found in any source", "Session"].tolist() == ["2", "7", "8"]
    alone = sessions.series(atlas, events[events["series"] == "joint_working_committee"], english, "series")
    assert {line["number"] for line in alone.spec["data"]["values"] if line.get("hollow")} >= {"2", "7", "8"}


def test_a_session_without_a_date_stands_between_its_neighbours_and_says_so(atlas, english):
    events = atlas.table("events")
    plot = sessions.series(atlas, events[events["series"] == "yunnan_joint_working_group"], english, "series")
    group = plot.spec["data"]["values"]
    by_number = {line["number"]: line for line in group if "x" in line}
    assert by_number["4"]["x"] < by_number["5"]["x"] < by_number["6"]["x"] < by_number["7"]["x"]
    assert by_number["5"]["hollow"]


def drawn(atlas, events, translate, **more) -> lxml.html.HtmlElement:
    return lxml.html.fromstring(sessions.html(atlas, events, translate, "?record={}".format, **more))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_session_is_a_link_to_its_record_and_every_gap_is_shown_as_one(atlas, language):
    events, translate = atlas.table("events"), Translator(language)
    whole = drawn(atlas, events, translate, opened="jwc-16-2025")
    of_series = events.index[events["series"].notna()]
    assert sorted(link.get("href") for link in whole.iter("a")) == sorted(f"?record={one}" for one in of_series)
    (current,) = whole.xpath("//*[@aria-current]")
    assert (current.get("href"), current.text) == ("?record=jwc-16-2025", "16")
    rows = {row.findtext("h3"): row for row in whole.iter("section")}
    committee = rows[vocabulary.labels(atlas, "events.series", translate)["joint_working_committee"]]
    gaps = committee.find_class("gap")
    assert [gap.text for gap in gaps] == ["2", "7", "8"]
    assert all(translate("not found in any source") in gap.get("aria-label") for gap in gaps)
    announced = committee.find_class("said")
    assert [link.text for link in announced] == ["6", "17"]  # no source says that they were held
    assert not drawn(atlas, events, translate, gaps=False).find_class("gap")


def test_sessions_stand_in_the_order_of_their_dates_between_the_years(atlas, english):
    whole = drawn(atlas, atlas.table("events"), english)
    row = next(row for row in whole.iter("section") if row.findtext("h3") == "Joint Working Committee with Guangxi")
    lefts = [float(re.search(r"left:([\d.]+)%", mark.get("style"))[1]) for mark in row.find_class("track")[0]]
    assert lefts == sorted(lefts)
    assert all(0 <= left <= 100 for left in lefts)
    years = [int(year.text) for year in whole.find_class("axis-years")[0]]
    assert years == list(range(2007, 2028))


def test_series_without_a_date_are_words_with_links(atlas, english):
    events = atlas.table("events")
    undated = events["date_from"].isna() & (events["series"] == "yunnan_joint_working_group")
    (row,) = drawn(atlas, events[undated], english, gaps=False).iter("section")
    assert row.find_class("words")[0].text == "date unknown"
    assert [link.text for link in row.iter("a")] == ["5", "6"]
    assert sessions.html(atlas, events.head(0), english, str) == ""


def test_years_are_numbers_with_the_share_of_the_year():
    assert timelines.year(date(2024, 1, 1)) == 2024
    assert 2024.49 < timelines.year(date(2024, 7, 1)) < 2024.51
    assert timelines.year(date(2023, 12, 31), 1) == 2024


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("one two three", ["one two", "three"]),
        ("河江省赴百色培训的干部", ["河江省赴", "百色培训", "的干部"]),
        ("", [""]),
    ],
)
def test_lines_are_wrapped_by_the_width_of_their_characters(text, expected):
    assert wrap(text, 9) == expected


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ["svg", "png"])
def test_charts_are_saved_as_images_with_their_texts(atlas, language, kind):
    translate = Translator(language)
    plot = outcomes(atlas, figures(atlas, programme="scholarship"), translate, "Tên · 名称 · Title")
    content = image(plot, "Nguồn · 来源 · Source", kind, language)
    if kind == "png":
        assert content.startswith(b"\x89PNG")
        assert len(content) > 20_000
    else:
        assert content.startswith(b"<svg")
        for text in (
            "Tên · 名称 · Title",
            "Nguồn · 来源 · Source",
            vocabulary.labels(atlas, "figures.outcome", translate)["graduated"],
        ):
            assert text in content.decode()


def test_text_in_charts_is_large_enough_to_read_from_afar(atlas, english):
    plot = statements(atlas, figures(atlas, measure="permits", rate="total"), english, "x")
    sizes = [int(size) for size in re.findall(r'[fF]ontSize": (\d+)', json.dumps(plot.spec))]
    assert sizes
    assert min(sizes) >= 14


def test_degrees_are_shades_of_one_hue_and_no_level_of_twinnings_has_that_of_a_topic():
    def hue(colour: str) -> float:
        return colorsys.rgb_to_hls(*(int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)))[0] * 360

    study = hue(palette.STUDY)
    assert all(abs(hue(colour) - study) < 12 for colour in palette.PART_COLOURS.values())
    assert len({palette.PART_COLOURS[degree] for degree in palette.DEGREES}) == len(palette.DEGREES)
    levels = [hue(style["color"]) for level, style in LEVEL_STYLES.items() if level != "organisation"]
    for topic in (palette.STUDY, palette.TRAINING, palette.LABOUR):
        assert all(min(abs(hue(topic) - level), 360 - abs(hue(topic) - level)) > 15 for level in levels)


def test_every_value_in_words_says_its_qualifier_and_never_a_zero_for_the_unknown(atlas):
    for language in LANGUAGES:
        translate = Translator(language)
        for row in atlas.records("figures", atlas.table("figures").index):
            text = values.amount(row, translate)
            assert text
            if pd.isna(row["value"]):
                assert not any(char.isdigit() for char in text)
            elif row["qualifier"] == "range":
                assert "–".join(translate.number(row[end]) for end in ("value", "value_max")) in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_record_has_a_card_whose_text_is_escaped(atlas, language):
    translate = Translator(language)
    for table in record.TABLES:
        for one in atlas.table(table).index:
            html = record.html(atlas, one, translate)
            assert html.startswith("<article class='card'>")
            assert html.count("<li>") >= len(atlas.table(table).at[one, "sources"])


def test_hostile_text_in_a_record_stays_text(atlas, english):
    row = atlas.records("figures", ["sch-quang-ninh-guangxi"])[0]
    keep = row["note_en"]
    row["note_en"] = "<script>alert(1)</script>"
    try:
        assert "<script" not in record.html(atlas, "sch-quang-ninh-guangxi", english)
    finally:
        row["note_en"] = keep


def test_every_figure_is_on_exactly_one_page_and_every_event_and_agreement_on_the_page_of_meetings(atlas):
    pages = [SCHOLARSHIPS, TRAINING, LABOUR, MEETINGS]
    shown = [figure for page in pages for figure in page.records(atlas, Selection())["figures"].index]
    assert sorted(shown) == sorted(atlas.table("figures").index)
    for table in ("events", "agreements"):
        assert set(MEETINGS.records(atlas, Selection())[table].index) == set(atlas.table(table).index)
        assert set(EVERYTHING.records(atlas, Selection())[table].index) == set(atlas.table(table).index)


def test_records_come_newest_first_and_undated_last(atlas):
    for table, rows in EVERYTHING.records(atlas, Selection()).items():
        dates = rows[DATES[table]].tolist()
        known = [day for day in dates if day]
        assert known == sorted(known, reverse=True)
        assert dates == known + [None] * (len(dates) - len(known))


def test_a_figure_of_unknown_places_or_without_a_value_is_words_in_its_chart_and_on_its_card(atlas, english):
    rows = figures(atlas, measure="persons", rate="total").head(1).copy()
    rows["value"] = float("nan")
    assert statements(atlas, rows, english, "x") is None
    nowhere = {"origin": (), "destination": (), "provider_places": ()}
    assert values.direction(atlas, nowhere, english) == "not stated → not stated"


def test_a_paper_says_its_term_and_that_the_end_was_counted(atlas):
    (paper,) = atlas.records("agreements", ["agr-culture-tourism-guangxi-2025"])
    assert values.term(paper, Translator("en")) == "5 years (the end is counted from it)"
    assert values.term(paper | {"term": "P6M", "valid_until_inferred": False}, Translator("vi")) == "6 tháng"
    assert values.term(paper | {"term": None}, Translator("zh")) == ""


def test_a_monthly_stipend_is_no_total(atlas):
    (stipend,) = atlas.records("figures", ["sch-guangxi-university-stipend-master"])
    assert values.amount(stipend, Translator("en")) == "1,500 yuan a month"


def test_an_open_end_is_a_triangle_and_a_short_span_a_mark(atlas, english):
    rows = atlas.records("agreements", atlas.table("agreements").index)
    spans = timelines.agreement_spans(rows, english, palette.GREY)
    ordered = sorted(spans, key=lambda span: span.first or "9999")
    drawn = lines(timelines.timeline(spans, english, "x"))
    assert len(drawn) == len(spans)
    assert any(span.open_ended for span in spans)
    for span, line in zip(ordered, drawn):
        assert bool(line.marks) == bool(span.first)
        assert [mark.sign == "at_least" for mark in line.marks] == [span.open_ended] * len(line.marks)


def test_time_lines_of_what_has_no_date_are_no_chart(atlas, english):
    rows = [row for row in atlas.records("agreements", atlas.table("agreements").index) if not row["signed_on"]]
    undated = [row for row in rows if not row["valid_from"]]
    assert undated
    assert timelines.timeline(timelines.agreement_spans(undated, english, palette.GREY), english, "x") is None


@pytest.mark.parametrize(("highest", "said"), [(1, "0 1"), (3, "0 1 2 3"), (176, "0 50 100 150 200"), (378_000, None)])
def test_an_axis_of_numbers_begins_at_zero_and_has_even_steps(english, highest, said):
    axis = bars.numbers(highest, "", english)
    assert axis.first == 0
    assert axis.last >= highest
    assert said is None or " ".join(axis.said) == said
    assert 2 <= len(axis.said) <= 6
    assert axis.share(axis.last * 2) == 1


def test_labour_has_a_scale_for_each_definition_at_each_place(atlas, english):
    plot = places.panels(atlas, figures(atlas, programme="labour"), english, "labour")
    panels = dict(plot.drawing.panels)
    approved = next(one for one in panels["Dongxing"] if "approved" in one.lines[0].name)
    assert [line.value.split(" [")[0] for line in approved.lines] == ["1,020 persons", "6,710 persons"]
    assert all(line.marks for line in approved.lines)
    for drawings in panels.values():
        for one in drawings:
            assert len(one.lines) > 1 or not one.lines[0].marks, "a bar that compares a number with nothing"
            kinds = {tuple(atlas.table("figures").loc[list(line.records), "measure"]) for line in one.lines}
            assert len(kinds) == 1
    assert sum(len(one.lines) for drawings in panels.values() for one in drawings) == len(plot.table)


def test_every_city_that_a_source_names_is_in_the_matrix_and_a_number_only_where_one_is_stated(atlas, english):
    html = places.matrix(atlas, SCHOLARSHIPS.figures(atlas), english)
    heads = re.findall("<th scope=col>([^<]*)", html)[1:]
    rows = {
        name: dict(zip(heads, (re.sub("<[^>]*>", "", f"<td{cell}") for cell in body.split("<td")[1:])))
        for name, body in re.findall("<th scope=row>([^<]*)</th>(.*?)</tr>", html, re.DOTALL)
    }
    assert rows["Hà Giang"]["Guangxi as a whole"] == "129"
    cities = {city for city, said in rows["Hà Giang"].items() if said == places.NAMED}
    assert cities == {"Nanning", "Liuzhou", "Guilin", "Qinzhou", "Wuzhou", "Baise"}
    assert rows["Quảng Ninh"]["Guangxi as a whole"] == "176"
    assert rows["Lạng Sơn"]["Guangxi as a whole"] == "105 + 32"
    assert rows["Lạng Sơn"]["Nanning"] == ""


def test_a_click_on_a_line_opens_what_it_counts_and_hostile_text_stays_text(atlas, english):
    row = atlas.records("figures", ["sch-quang-ninh-guangxi"])[0] | {"title_en": "<script>alert(1)</script>"}
    line = counts.line(row, row["title_en"], "'><b>", {}, english)
    html = bars.html(bars.Bars((line,), bars.numbers(176, "<i>", english)), "'><u>")
    assert "data-set='pair=&amp;record=sch-quang-ninh-guangxi'" in html
    assert not re.search("<(script|u>|i>)|'><b>", html)
