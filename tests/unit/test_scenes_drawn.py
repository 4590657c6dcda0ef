"""What stands on the stage: how wide it runs, that it keeps its room, and what it says."""

from dataclasses import replace

import pytest

from atlas.exports import scenes
from atlas.exports.scenes import board
from atlas.exports.scenes.board import Bar, Box, Image, Line, Room, Run, Table, Text
from atlas.model import readymade
from atlas.model.audience import released
from atlas.model.selection import Selection
from atlas.model.session import Decision, Delegation, Logo, Said, Scene, Session
from atlas.words import messages
from atlas.words.translator import Translator

EDUCATION = ("scholarship", "student_exchange", "language_training", "cadre_training", "vocational_training")


@pytest.mark.parametrize(
    ("text", "bold", "measured"),
    [  # at a size of 30, by Chromium in Noto Sans
        ("ưu tiên được hưởng", True, 305.2),
        ("34/34", True, 81.0),
        ("≥ 10", False, 72.1),
        ("“十二五”期间在广西的东盟国家学生", True, 476.7),
        ("Trường đại học Quảng Tây hợp tác với trường Việt Nam", False, 776.7),
        ("Trade of Yunnan with Vietnam in 2023 (billion US dollars)", False, 795.6),
    ],
)
def test_a_text_runs_as_wide_as_is_reckoned(text, bold, measured):
    assert 0.97 * measured < board.width_of(Run(text, 30, bold)) < 1.05 * measured


@pytest.mark.parametrize("text", ["Tổng số học bổng của Quảng Tây", "广西向广宁提供一百七十六个奖学金名额", "W" * 60])
def test_lines_keep_the_width_and_every_letter(text):
    run = Run(text, 30)
    lines = board.wrapped(run, 200)
    assert all(board.width_of(Run(line, 30)) <= 200 for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


KINDS = sorted(scenes.MAKERS)
SMALL = Room(0, 0, 1240, 560)  # as the brief of two pages has it
ASKED = [
    ("vi-zh", ("ha-giang",), "2024-06-30"),
    ("zh-vi", ("ha-giang",), None),
    ("en", ("tuyen-quang",), None),
    ("vi", ("quang-ninh",), None),
    ("zh-vi", ("quang-ninh",), None),
    ("en", ("cao-bang",), None),
    ("vi-zh", ("lang-son",), None),
    ("zh", (), None),
    ("vi-zh", (), None),
]


@pytest.fixture(scope="module")
def shared(atlas):
    return released(atlas, "both")


def a_session(language, provinces, asof, kind, **more):
    regions = () if provinces else ("guangxi",) if language == "zh" else ()
    selection = Selection(province=provinces, region=regions, asof=asof)
    return Session("own", language, selection=selection, scenes=(Scene(kind, **more),))


def texts(items):
    """The text with every line's box: left, top of its letters, right, bottom of its letters."""
    for item in items:
        if not isinstance(item, Text):
            continue
        boxes = []
        for run, line, base in board.set_lines(item):
            wide = board.width_of(Run(line, run.size, run.bold))
            left = item.room.x + (item.room.width - wide) * {"start": 0, "middle": 0.5, "end": 1}[item.align]
            if line:
                boxes.append((left, base - 0.75 * run.size, left + wide, base + 0.15 * run.size))
        yield item, boxes


def faults(items, room):
    """What is too small, what leaves its room, and what stands on another text."""
    found, placed = [], []
    for item, boxes in texts(items):
        found += [f"{run.size}: {run.text}" for run in item.runs if run.size < board.SOURCE]
        for left, top, right, bottom in boxes:
            said = item.runs[0].text[:40]
            if left < room.x - 2 or top < room.y - 2 or right > room.right + 2 or bottom > room.bottom + 2:
                found.append(f"outside at {left:.0f} {top:.0f} {right:.0f} {bottom:.0f}: {said}")
            for other, (x, y, to_x, to_y) in placed:
                if other is not item and left < to_x and x < right and top < to_y and y < bottom:
                    found.append(f"{said} stands on {other.runs[0].text[:40]}")
        placed += [(item, box) for box in boxes]
    for item in items:
        if isinstance(item, (Bar, Box, Image, Table)):
            place = item.room
            if min(place.x - room.x, place.y - room.y, room.right - place.right, room.bottom - place.bottom) < -2:
                found.append(f"{type(item).__name__} outside at {place}")
    return found


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("language", "provinces", "asof"), ASKED)
def test_a_scene_keeps_its_room_and_no_text_stands_on_another(shared, language, provinces, asof, kind):
    session = a_session(language, provinces, asof, kind)
    assert faults(scenes.boards(shared, session)[0].items, Room(0, 0, board.WIDTH, board.HEIGHT)) == []
    small = scenes.MAKERS[kind](scenes.context(shared, session), session.scenes[0], SMALL)
    assert faults(small.items if small else (), SMALL) == []


def numbers_of(drawn):
    said = [run.text for item in drawn.items if isinstance(item, Text) for run in item.runs]
    said += [part.said for item in drawn.items if isinstance(item, Bar) for part in item.segments]
    return " | ".join(said)


@pytest.mark.parametrize("language", ["vi-zh", "zh-vi", "vi", "zh", "en"])
def test_results_of_ha_giang_are_14_34_of_34_11_and_129(shared, language):
    drawn = scenes.boards(shared, a_session(language, ("ha-giang",), None, "message"))[0]
    said = numbers_of(drawn).split(" | ")
    assert [one for one in said if one in ("14", "34", "/34", "11", "129")] == ["14", "34", "/34", "11", "129"]
    assert all("34" in title for title in drawn.title)


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("vi", "176 học viên Quảng Ninh sang Quảng Tây học theo học bổng; 61 người đã tốt nghiệp"),
        ("zh", "广宁省176名学员获奖学金赴广西学习，其中61人已毕业"),
        ("en", "176 students from Quảng Ninh have studied in Guangxi on scholarships; 61 have graduated"),
    ],
)
def test_the_message_is_a_sentence_with_its_number(shared, language, title):
    drawn = scenes.boards(shared, a_session(language, ("quang-ninh",), None, "message", about=EDUCATION))[0]
    assert drawn.title == (title,)
    assert {"176", "61", "8"} <= set(numbers_of(drawn).split(" | "))


@pytest.mark.parametrize(
    ("language", "figure", "said"),
    [
        ("en", "cadre-ha-giang-baise-2017", "At least 70 officials from Hà Giang were trained in Baise"),
        ("zh", "lab-ha-giang-wenshan-2014", "河江省赴文山州务工至少2,000人次"),
        (
            "vi",
            "sch-four-provinces-guangxi-quota-2017",
            "Học bổng hằng năm của Quảng Tây cho mỗi tỉnh trong bốn tỉnh, từ năm 2017: 10–25",
        ),
    ],
)
def test_a_message_keeps_the_qualifier_of_its_number(shared, language, figure, said):
    translate = Translator(language)
    (row,) = shared.records("figures", [figure])
    assert messages.of_figure(shared, row, translate, translate.number) == said


def parts_of(drawn):
    return [[part.said for part in item.segments] for item in drawn.items if isinstance(item, Bar)]


@pytest.mark.parametrize("language", ["vi-zh", "zh-vi", "en"])
def test_scholarships_of_quang_ninh_are_two_bars_on_one_scale(shared, language):
    drawn = scenes.boards(shared, a_session(language, ("quang-ninh",), None, "parts", about=("scholarship",)))[0]
    assert parts_of(drawn) == [["157", "19"], ["61", "52", "14", "49"]]
    (scale,) = {item.most for item in drawn.items if isinstance(item, Bar)}
    assert scale == 176
    unknown = [item.segments[-1].colour for item in drawn.items if isinstance(item, Bar)]
    assert unknown[1] == board.UNKNOWN
    assert unknown[0] != board.UNKNOWN


@pytest.mark.parametrize("province", ["ha-giang", "tuyen-quang"])
def test_students_of_ha_giang_stand_above_six_cities_and_both_directions(shared, province):
    drawn = scenes.boards(shared, a_session("vi-zh", (province,), None, "parts", about=("scholarship",)))[0]
    said = numbers_of(drawn)
    assert parts_of(drawn) == [["108", "20", ""]]  # the last part is too narrow: its number stands at its name
    assert "1 Học nghề" in said
    for city in (
        "Nam Ninh 南宁市",
        "Liễu Châu 柳州市",
        "Quế Lâm 桂林市",
        "Khâm Châu 钦州市",
        "Ngô Châu 梧州市",
        "Bách Sắc 百色市",
    ):
        assert city in said
    assert {"129", "≥ 10", "2"} <= set(said.split(" | "))


def test_of_several_provinces_each_has_its_bars(shared):
    drawn = scenes.boards(shared, a_session("vi-zh", (), None, "parts", about=("scholarship",)))[0]
    assert {"Quảng Ninh", "Hà Giang", "Lạng Sơn"} <= set(numbers_of(drawn).split(" | "))
    assert drawn.title[1] == "广宁省176名学员获奖学金赴广西学习：本科157人、研究生19人"


VIETNAMESE, CHINESE = Said("Đoàn Quảng Ninh", "广宁省代表团"), Said("Đoàn Quảng Tây", "广西代表团")
DECIDED = Decision(Said("Tăng học bổng", "增加奖学金名额"), Said("Sở Giáo dục", "教育厅"), "2027-03", "agreed")


def a_meeting(language, kind, **more):
    scene = Scene(kind, message=Said("Một.\nHai.", "一。\n二。") if kind == "text" else Said())
    sides = {"vn": Delegation(VIETNAMESE, Logo(b"png", "image/png")), "cn": Delegation(CHINESE)}
    title = Said("Phiên họp lần thứ 17", "第十七次会晤")
    return Session("own", language, title=title, date="2026-12", place=Said("Hạ Long", "下龙"), scenes=(scene,), **sides, **more)  # fmt: skip


@pytest.mark.parametrize(("language", "host"), [("vi-zh", "Đoàn Quảng Ninh"), ("zh-vi", "广西代表团")])
def test_the_cover_has_the_host_at_the_left_and_no_day_that_is_not_known(shared, language, host):
    drawn = scenes.boards(shared, a_meeting(language, "cover"))[0]
    delegations = [item for item in drawn.items if isinstance(item, Text) and "Đoàn" in str(item.runs)]
    assert min(delegations, key=lambda item: item.room.x).runs[0].text == host
    assert len([item for item in drawn.items if isinstance(item, Image)]) == 1
    assert "2026年12月" in numbers_of(drawn)
    assert "日" not in numbers_of(drawn).split("数据")[0]


def test_decisions_are_a_table_and_fields_to_fill_in_before_there_are_any(shared):
    def rows(**more):
        drawn = scenes.boards(shared, a_meeting("vi-zh", "decisions", **more))[0]
        return next(item.rows for item in drawn.items if isinstance(item, Table))

    first, second = rows(decisions=(DECIDED, Decision(Said(vi="Ký lại"))))
    assert first == (
        "Tăng học bổng\n增加奖学金名额",
        "Sở Giáo dục\n教育厅",
        "tháng 3 năm 2027\n2027年3月",
        "đã thống nhất\n已商定",
    )
    assert second[0] == "Ký lại"
    assert second[1:3] == ("—", "—")
    assert {cell for row in rows() for cell in row} == {"—"}


@pytest.mark.parametrize("kind", ["cover", "text", "decisions"])
@pytest.mark.parametrize("length", [1, 60])
def test_words_that_were_typed_keep_their_room(shared, kind, length):
    much = Said(vi="Hội nghị công tác liên hợp " * length, zh="联合工作委员会会晤" * length)
    session = a_meeting("vi-zh", kind, decisions=(DECIDED, Decision(much, much)) * 9)
    session = replace(
        session, title=much, place=much, vn=Delegation(much), scenes=(Scene(kind, title=much, message=much),)
    )
    assert faults(scenes.boards(shared, session)[0].items, Room(0, 0, board.WIDTH, board.HEIGHT)) == []
    small = scenes.MAKERS[kind](scenes.context(shared, session), session.scenes[0], SMALL)
    assert faults(small.items, SMALL) == []
    assert all(item.room.bottom <= SMALL.bottom for item in small.items if isinstance(item, Table))


@pytest.mark.parametrize("language", ["vi-zh", "zh-vi"])
def test_a_course_is_a_route_of_four_numbered_cities(shared, language):
    drawn = scenes.boards(shared, a_session(language, ("quang-ninh",), None, "route"))[0]
    said = numbers_of(drawn).split(" | ")
    numbers = [one for one in said[:-1] if one in ("8", "10", "1", "2", "3", "4")]  # the last one is that of the scene
    assert numbers == ["8", "10", "4", "1", "2", "3", "4"]
    assert {"Bách Sắc", "百色市", "Quế Lâm", "Liễu Châu", "Nam Ninh"} <= set(said)
    assert sum("·" in one for one in said if "Cộng sản" in one or "giảm nghèo" in one or "Cải cách" in one) == 3
    assert any("8 người, 10 ngày, 4 thành phố" in title for title in drawn.title)


def test_of_a_route_between_partial_dates_no_day_is_counted(shared):
    events = shared.table("events").copy()
    events.loc["course-baise-party-building-2024", "date_to"] = "2024-11"
    changed = replace(shared, tables=shared.tables | {"events": events})
    drawn = scenes.boards(changed, a_session("en", ("quang-ninh",), None, "route"))[0]
    assert "days" not in drawn.title[0]
    assert "4 cities" in drawn.title[0]


def lines_of(drawn, colour):
    return [
        item.weight for item in drawn.items if isinstance(item, Line) and item.colour == colour and len(item.points) > 2
    ]


def test_students_of_ha_giang_flow_to_six_cities_without_numbers_and_to_guangxi_with_129(shared):
    drawn = scenes.boards(shared, a_session("vi-zh", ("ha-giang",), None, "flow", about=("scholarship",)))[0]
    assert "6 thành phố của Quảng Tây" in drawn.title[0]
    assert len(lines_of(drawn, board.RULE)) == 6
    (wide,) = lines_of(drawn, board.ACCENT)
    assert wide > max(lines_of(drawn, board.RULE))
    assert "129" in numbers_of(drawn).split(" | ")
    assert "Y khoa · 医学" in numbers_of(drawn)


def test_vocational_training_of_quang_ninh_names_its_six_sectors(shared):
    drawn = scenes.boards(shared, a_session("zh", ("quang-ninh",), None, "flow", about=("vocational_training",)))[0]
    sectors = {"信息技术", "旅游", "电子商务", "可再生能源", "物流", "半导体技术"}
    assert sectors <= set(numbers_of(drawn).split(" | "))
    assert lines_of(drawn, board.ACCENT) == []


@pytest.mark.parametrize("language", ["vi-zh", "zh-vi"])
@pytest.mark.parametrize(
    ("made", "province", "numbers"),
    [
        (readymade.education, "quang-ninh", {"176", "157", "19", "61"}),
        (readymade.twinning, "ha-giang", {"14", "34", "/34", "11", "129"}),
    ],
)
def test_the_first_three_scenes_of_a_session_hold_its_results(shared, made, province, numbers, language):
    drawn = scenes.boards(shared, made(shared, (province,), language))[:3]
    assert numbers <= {one for board_ in drawn for one in numbers_of(board_).split(" | ")}


@pytest.mark.parametrize("kind", ["message", "parts", "flow", "route"])
def test_papers_for_both_sides_hold_nothing_that_is_left_out(atlas, shared, kind):
    left_out = atlas.table("figures").index.difference(shared.table("figures").index)
    titles = {atlas.table("figures").at[one, "title_en"] for one in left_out}
    for provinces in ((), ("lang-son",), ("ha-giang",), ("quang-ninh",)):
        drawn = scenes.boards(shared, a_session("en", provinces, None, kind))[0]
        assert not titles & {*board.texts(drawn.items), *drawn.title}
        assert set(drawn.sources) <= set(shared.table("sources").index)
