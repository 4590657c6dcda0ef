"""Scenes of meetings, agreements, twinnings and points agreed: their numbers are those of the pages."""

import re
from datetime import date

import pytest

from atlas.exports import scenes
from atlas.exports.scenes.board import STAGE, Box, Disc, Picture, Room, Table, Text
from atlas.model import commitments, meetings, reform
from atlas.model.audience import released
from atlas.model.selection import Selection
from atlas.model.session import Scene, Session

PAPER = Room(0, 0, 1240, 560)
BEFORE = "2024-12-31"


def made(atlas, kind, language="vi-zh", about=(), room=STAGE, **filters) -> Picture | None:
    session = Session("own", language, selection=Selection(**filters))
    scene = Scene(kind, about=about)
    return scenes.MAKERS[kind](scenes.context(released(atlas, "both"), session), scene, room)


def texts(picture: Picture) -> list[str]:
    """Everything that stands on the picture, cell by cell."""
    said = [run.text for item in picture.items if isinstance(item, Text) for run in item.runs]
    tables = [item for item in picture.items if isinstance(item, Table)]
    return said + [cell for table in tables for row in (table.heads, *table.rows) for cell in row]


def marks(picture: Picture) -> dict[str, Disc]:
    """The numbered marks of a strip by their number."""
    discs = {item.at: item for item in picture.items if isinstance(item, Disc)}
    inside = ((item.room.x + item.room.width / 2, item.room.y + item.room.height / 2, item.runs[0].text) for item in picture.items if isinstance(item, Text))  # fmt: skip
    return {text: discs[x, y] for x, y, text in inside if (x, y) in discs}


@pytest.mark.parametrize("filters", [{"province": ("quang-ninh",)}, {"region": ("guangxi",)}, {}])
def test_the_strip_marks_the_16th_session_and_leaves_the_17th_hollow(atlas, filters):
    picture = made(atlas, "series", **filters)
    shown = marks(picture)
    assert len(shown) >= 14
    assert {shown[str(number)].fill for number in (3, 4, 5, 6, *range(9, 17))} == {scenes.board.ACCENT}
    assert shown["17"].fill == scenes.board.PAPER
    assert {shown[number].fill for number in "78"} == {scenes.board.UNKNOWN}
    assert "7, 8" in texts(picture)
    assert re.findall(r"\d+", " ".join(picture.message)) == ["16", "17"] * 2


def test_nothing_is_announced_before_its_announcement_or_after_its_day(atlas):
    before = made(atlas, "series", "en", province=("lao-cai",), asof=BEFORE)
    assert before.message == ("Session no. 10 was held: Kunming, 12 Jun 2024",)
    assert "12" not in marks(before)
    assert "Announced" not in texts(before)
    ahead = made(atlas, "series", "en", province=("lao-cai",), asof="2025-12-31")
    assert ahead.message == ("Session no. 11 was held; no. 12 is announced for 2026",)
    assert "Announced" in texts(ahead)
    after = made(atlas, "series", "en", province=("lao-cai",), asof="2027-01-01")
    assert after.message == ("Session no. 11 was held; no source says that no. 12 was",)
    assert "Announced" not in texts(after)
    assert "12" in marks(after)


@pytest.mark.parametrize("province", ["ha-giang", "quang-ninh", "lao-cai"])
def test_the_last_session_of_a_strip_is_that_of_the_page_of_meetings(atlas, province):
    both = released(atlas, "both")
    series = set(Selection(province=(province,)).records(both, "events")["series"].dropna())
    rows = [row for row in both.records("events", both.table("events").index) if row["series"] in series]
    for row in meetings.last_held(rows, date.fromisoformat(atlas.version)):
        said = texts(made(atlas, "series", "en", (row["series"],), province=(province,)))
        assert f"{row['ordinal']}" in said
        assert any(row["date_from"][:4] in text and row["date_from"][8:10].lstrip("0") in text for text in said)


def test_several_series_stand_below_each_other_as_far_as_they_fit(atlas):
    about = ("joint_working_committee", "yunnan_joint_working_group", "spring_meeting")
    on_stage, on_paper = (made(atlas, "series", about=about, room=room) for room in (STAGE, PAPER))
    assert on_stage.message[0].startswith("2 ")
    assert "2" in on_stage.footnote[0]
    assert on_paper.message == made(atlas, "series", about=about[:1], room=PAPER).message


def test_a_series_of_which_no_session_passes_has_no_picture(atlas):
    assert made(atlas, "series", about=("customs_talks_kunming",), region=("guangxi",), asof="2005-01-01") is None


def papers(atlas, subjects=(), **filters):
    rows = Selection(**filters).records(released(atlas, "both"), "agreements")
    return rows[rows["subject"].isin(subjects)] if subjects else rows


def shown_papers(picture: Picture, rows) -> set[str]:
    said = set(texts(picture))
    return {
        row["id"] for row in rows.to_dict("records") if row["title_en"] in {text.replace("\n", " ") for text in said}
    }


def bars(picture: Picture) -> list[Box]:
    return [item for item in picture.items if isinstance(item, Box)]


@pytest.mark.parametrize("province", ["ha-giang", "quang-ninh", "cao-bang", "lang-son", "lao-cai"])
@pytest.mark.parametrize("asof", [BEFORE, None])
def test_agreements_are_as_many_as_the_page_lists(atlas, province, asof):
    rows = papers(atlas, province=(province,), asof=asof)
    picture = made(atlas, "agreements", "en", province=(province,), asof=asof)
    assert [int(one) for one in re.findall(r"\d+", picture.message[0])] == [
        len(rows),
        rows["valid_until"].notna().sum(),
    ]
    listed = [item for item in picture.items if isinstance(item, Disc)]
    assert picture.footnote[0].startswith(f"{len(listed) + len(bars(picture))} of {len(rows)} are shown")


def test_only_a_stated_term_has_a_bar_and_those_that_run_on_come_first(atlas):
    rows = papers(atlas, province=("quang-ninh",))
    picture = made(atlas, "agreements", "en", province=("quang-ninh",))
    shown = rows.loc[list(shown_papers(picture, rows))]
    assert set(shown.index) >= set(rows.index[rows["valid_until"].fillna("") >= atlas.version[:4]])
    assert len(bars(picture)) == shown["valid_until"].notna().sum() > 0
    assert "28 Sept 2025 – 2030 (end inferred)" in texts(picture)


def test_labour_has_its_undated_paper_and_two_figures_beside_it(atlas):
    picture = made(atlas, "agreements", "vi", ("labour",), province=("ha-giang",))
    assert picture.message == ("Lao động: 4 thỏa thuận; các nguồn không nêu thời hạn",)
    assert {"không nêu ngày ký", "ít nhất 2.000", "3.649"} <= set(texts(picture))
    assert not picture.footnote
    assert not bars(picture)


def test_no_agreement_on_a_subject_has_no_picture(atlas):
    assert made(atlas, "agreements", about=("media",), province=("lai-chau",)) is None


def table(picture: Picture) -> Table:
    (found,) = [item for item in picture.items if isinstance(item, Table)]
    return found


def test_clusters_of_ha_giang_say_what_is_counted_and_what_is_named(atlas):
    picture = made(atlas, "clusters", "vi-zh", province=("ha-giang",), asof=BEFORE)
    assert [re.findall(r"\d+", said) for said in picture.message] == [["14"], ["14"]]
    assert re.findall(r"\d+", picture.footnote[0]) == ["9", "26", "7"]
    assert len(table(picture).rows) == 9
    assert any("Lũng Cú 龙鼓乡" in row[0] and row[1] == "Đổng Cán 董干镇" for row in table(picture).rows)
    assert "—" in {row[2] for row in table(picture).rows}


@pytest.mark.parametrize("province", ["quang-ninh", "lang-son", "lao-cai"])
def test_clusters_are_the_communes_and_villages_of_the_page(atlas, province):
    rows = Selection(province=(province,), level=("commune", "village")).twinnings(released(atlas, "both"))
    picture = made(atlas, "clusters", "en", province=(province,))
    places = [{place for places in rows[side] for place in places} for side in ("vn", "cn")]
    assert [int(one) for one in re.findall(r"\d+", picture.message[0])] == [len(rows), *map(len, places)]
    assert len(table(picture).rows) == len(rows)


def test_a_chinese_session_has_its_own_side_first(atlas):
    picture = made(atlas, "clusters", "zh-vi", province=("ha-giang",))
    assert table(picture).heads[0].startswith("中方")
    assert any(row[0] == "董干镇 Đổng Cán" for row in table(picture).rows)


@pytest.mark.parametrize(
    "filters", [{}, {"region": ("guangxi",)}, {"asof": BEFORE}, {"province": ("ha-giang", "lao-cai")}]
)
def test_every_twinning_is_counted_once_in_the_sum_of_provinces(atlas, filters):
    both = released(atlas, "both")
    rows = Selection(**filters).twinnings(both)
    picture = made(atlas, "matrix", "zh", **filters)
    numbers = table(picture)
    assert numbers.rows[0][-1] == str(len(rows))
    assert [int(one) for one in numbers.rows[0][1:-1]] == [int(one) for one in rows["level"].value_counts()[sorted(rows["level"].unique(), key=list(both.schema.tables["twinnings"].field("level").categories).index)]]  # fmt: skip
    assert str(len(rows)) in re.findall(r"\d+", picture.message[0])
    for row in numbers.rows[1:]:
        slug = next((slug for slug in both.province_slugs if row[0].startswith(both.places.name(both.places.by_slug[slug], "zh"))), None)  # fmt: skip
        if slug and slug not in ("lao-cai", "bac-ninh", "hai-phong", "lam-dong"):
            assert row[-1] == str(len(Selection(**filters | {"province": (slug,)}).twinnings(both)))


def test_a_single_province_has_its_chinese_sides_as_columns(atlas):
    numbers = table(made(atlas, "matrix", "en", province=("ha-giang",)))
    assert numbers.heads == ("", "Guangxi", "Baise", "Wenshan", "All")
    assert ("Commune, township", "0", "0", "9", "9") in numbers.rows


def test_gates_are_counted_apart_and_an_unknown_province_is_said_to_be_so(atlas):
    picture = made(atlas, "matrix", "en", region=("yunnan",))
    assert "Province not stated" in {row[0] for row in table(picture).rows}
    assert "3 pairs of border gates are not counted." in made(atlas, "matrix", "en").footnote[0]
    nothing = made(atlas, "matrix", "en", province=("lai-chau", "hai-phong"), level=("commune",))
    assert nothing is None


def test_numbers_stay_whole_where_columns_are_too_narrow(atlas):
    stage, paper = (table(made(atlas, "matrix", "en", room=room)) for room in (STAGE, PAPER))
    assert len(stage.heads) == 9
    assert len(paper.heads) == 3
    assert "…" not in "".join(cell for row in paper.rows for cell in row)
    assert paper.rows[0][1] == stage.rows[0][-1]


@pytest.mark.parametrize("province", ["ha-giang", "tuyen-quang", "quang-ninh", "lao-cai", "cao-bang"])
def test_who_signs_again_is_the_sum_of_its_cases(atlas, province):
    listed = reform.abolished(released(atlas, "both"), Selection(province=(province,)))
    cases = [len(rows) for rows in reform.by_case(listed).values()]
    picture = made(atlas, "reform", "zh", province=(province,))
    assert (
        picture.message[0] == f"{len(listed)}项结好关系有一方单位已撤销：{' + '.join(str(one) for one in cases if one)}"
    )
    assert [int(text) for text in texts(picture) if text.isdigit()] == cases


def test_successors_stand_beside_those_who_signed(atlas):
    rows = table(made(atlas, "reform", "vi", province=("ha-giang",))).rows
    assert ("thị trấn Đồng Văn", "xã Đồng Văn", "Điền Bồng", "Một đơn vị kế thừa") in rows


@pytest.mark.parametrize("filters", [{}, {"region": ("guangxi",)}])
def test_who_signs_again_by_province(atlas, filters):
    listed = reform.abolished(released(atlas, "both"), Selection(**filters))
    numbers = table(made(atlas, "reform", "en", **filters))
    assert [int(one) for one in numbers.rows[0][1:]] == [
        *(len(rows) for rows in reform.by_case(listed).values()),
        len(listed),
    ]
    assert numbers.rows[0][0] == "All"
    assert len(numbers.rows) > 6


def test_before_the_reform_nobody_signs_again(atlas):
    assert made(atlas, "reform", province=("ha-giang",), asof=BEFORE) is None


def test_points_of_a_session_are_counted_with_those_of_which_sources_tell(atlas):
    both = released(atlas, "both")
    rows = commitments.of_record(both, "events", "jwc-10-2019")
    told = [row for row in rows if commitments.state_of(both, row["id"]) != commitments.NO_EVIDENCE]
    picture = made(atlas, "commitments", "en", ("jwc-10-2019",))
    assert picture.message == (f"Session no. 10: {len(rows)} points agreed; sources tell of {len(told)}",)
    assert picture.footnote[0].startswith("The paper is named: 0; same matter only: 6.")
    states = [row[-1] for row in table(picture).rows]
    assert sum(state.startswith("Under way, ") for state in states) == len(told)
    assert "No evidence found" in states


def test_points_that_do_not_fit_are_those_without_evidence(atlas):
    picture = made(atlas, "commitments", "vi-zh", ("spring-meeting-2017", "jwc-09-2018", "jwc-10-2019"))
    assert "Chưa tìm thấy minh chứng" not in " ".join(texts(picture))
    assert re.findall(r"\d+", picture.message[0]) == ["28", "18"]


def test_a_scene_that_names_no_session_shows_the_last_one(atlas):
    ready = {"province": ("lao-cai",), "asof": BEFORE}
    assert made(atlas, "commitments", "vi", province=("quang-ninh",)).message[0].startswith("Kỳ họp lần thứ 11: ")
    assert made(atlas, "commitments", "vi", **ready).message[0].startswith("Kỳ họp lần thứ 10: ")
    assert made(atlas, "commitments", "vi", **ready).subtitle == ("Nhóm Công tác liên hợp với Vân Nam", "12/6/2024")
    assert made(atlas, "commitments", "vi", province=("quang-ninh",), asof="2008-01-01") is None


def test_reports_after_the_day_shown_are_not_known_yet(atlas):
    before, after = (made(atlas, "commitments", "en", ("jwc-10-2019",), asof=day) for day in ("2019-04-01", None))
    assert before.message[0].endswith("no source found tells of them yet")
    assert after.message[0].endswith("sources tell of 6")


def test_who_is_to_do_every_point_is_said_once(atlas):
    picture = made(atlas, "commitments", "en", ("agr-commune-twinning-model-ha-giang",))
    assert table(picture).heads == ("What was agreed", "State")
    assert sum(text.startswith("Who, by when: ") for text in texts(picture)) == 1
    assert "paper named" in " ".join(texts(picture))


def test_a_strip_has_the_sessions_that_were_held_without_the_members_chosen(atlas):
    picture = made(atlas, "series", "en", ("border_defence_exchange",), province=("cao-bang",))
    concerned = numbers_of(atlas, "border_defence_exchange", province=("cao-bang",))
    assert {"1", "2", "3", "4", "5", "6", "7", "8", "9", "10"} <= set(marks(picture)) != set(concerned)


def numbers_of(atlas, series, **filters):
    rows = Selection(**filters).records(released(atlas, "both"), "events")
    return [str(number) for number in rows[rows["series"] == series]["ordinal"]]
