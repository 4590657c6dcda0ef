"""Sessions that are offered ready-made: which scenes they have, in which order, and what they are called."""

import pytest

from atlas import UnknownValue
from atlas.exports import scenes
from atlas.exports.scenes import board
from atlas.model import agreed, audience, readymade
from atlas.model.selection import Selection
from atlas.model.session import MOST_TO_TALK, Said, Scene


@pytest.fixture(scope="module")
def released(atlas):
    return audience.released(atlas, "both")


def kinds(session) -> list[str]:
    return [scene.kind for scene in session.scenes]


def test_education_of_quang_ninh_is_told_in_nine_scenes(released):
    session = readymade.education(released, ("quang-ninh",), "vi-zh")
    assert kinds(session) == [
        "cover", "message", "parts", "flow", "route", "message", "agreements", "series", "decisions",
    ]  # fmt: skip
    assert session.title == Said(
        "Quảng Ninh – Quảng Tây: giáo dục và đào tạo",
        "广西壮族自治区—广宁省：教育与培训合作",
        "Quảng Ninh – Guangxi: education and training",
    )
    assert session.vn.name.vi == "Đoàn tỉnh Quảng Ninh"
    assert session.vn.name.zh == "广宁省代表团"
    assert session.cn.name.vi == "Đoàn Khu tự trị dân tộc Choang Quảng Tây"
    assert session.cn.name.zh == "广西壮族自治区代表团"
    assert session.date == ""
    assert not session.place


def test_twinned_communities_of_ha_giang_are_told_in_ten_scenes(released):
    session = readymade.twinning(released, ("ha-giang",), "vi-zh")
    assert kinds(session) == [
        "cover", "message", "map", "unrolled", "clusters", "parts", "agreements", "commitments", "reform", "decisions",
    ]  # fmt: skip
    assert session.selected(session.scenes[2]).level == ("commune",)


def test_a_province_that_has_ended_sends_the_delegation_of_the_one_that_took_its_place(released):
    assert readymade.twinning(released, ("ha-giang",), "vi", "2024-12-31").vn.name.vi == "Đoàn tỉnh Hà Giang"
    assert readymade.twinning(released, ("ha-giang",), "vi").vn.name.vi == "Đoàn tỉnh Tuyên Quang"


def test_before_the_reform_nobody_signs_again(released):
    assert "reform" not in kinds(readymade.twinning(released, ("ha-giang",), "vi", "2024-12-31"))


def test_the_committee_is_its_members_in_twelve_scenes(released):
    session = readymade.committee(released, (), "vi-zh")
    assert kinds(session) == [
        "cover", "message", "unrolled", "matrix", "parts", "message", "agreements", "series", "commitments", "reform",
        "decisions", "series",
    ]  # fmt: skip
    assert set(session.selection.province) == {"cao-bang", "lang-son", "quang-ninh", "tuyen-quang"}
    assert session.selection.region == ("guangxi",)
    assert "lần thứ 17 " in session.title.vi
    assert "第17次" in session.title.zh
    former = readymade.committee(released, (), "vi-zh", "2024-12-31")
    assert "ha-giang" in former.selection.province
    assert "tuyen-quang" not in former.selection.province
    assert "lần thứ 16 " in former.title.vi


def test_the_committee_goes_through_all_that_was_agreed_since_its_last_session(released):
    def about(*asked):
        session = readymade.committee(released, *asked)
        (scene,) = (one for one in session.scenes if one.kind == "commitments")
        return session.selection, scene.about

    selection, papers = about((), "vi-zh")
    points = agreed.found(released, selection, agreed.Wanted(since="jwc-16-2025"))
    assert set(papers) == set(points["paper"])
    assert len(points) == 34
    assert {"agr-spring-meeting-2026", "quang-ninh-fangchenggang-talks-2025"} <= set(papers)
    _, yunnan = about(("yunnan",), "vi")
    assert set(yunnan) == {"secretaries-conference-5-2025", "agr-dien-bien-puer-2025"}
    selection, before = about((), "vi", "2025-03-31")  # nothing has been agreed since the 16th that is known that day
    days = agreed.points(released).loc[lambda rows: rows["paper"].isin(before), "agreed"]
    assert days.max() <= "2025-03-31"


def test_a_session_is_dated_only_while_its_announcement_lies_ahead(released):
    """The 17th was to be held with a meeting of February 2026, and no source reports it."""
    ahead = readymade.committee(released, (), "vi", "2025-12-31")
    assert (ahead.date, ahead.place.zh) == ("2026", "南宁市")
    assert readymade.committee(released, (), "vi", "2026-06-30").date == ""
    assert readymade.committee(released, (), "vi", "2025-06-30").date == ""  # nobody had announced it yet


def test_members_decide_which_committee_meets(released):
    session = readymade.committee(released, ("lao-cai", "lai-chau", "dien-bien"), "zh-vi")
    assert session.selection.region == ("yunnan",)
    assert "联合工作组" in session.title.zh


@pytest.mark.parametrize("make", [readymade.education, readymade.twinning, readymade.committee])
def test_every_province_has_a_session_that_fits_a_talk(released, make):
    for slug in released.province_slugs:
        session = make(released, (slug,), "vi-zh")
        assert 2 <= len(session.scenes) <= MOST_TO_TALK
        assert all(scene.about for scene in session.scenes if scene.kind == "route")
        assert session.title.vi
        assert session.title.zh
        assert session.title.en
        assert session.vn.name.zh


def test_an_unknown_member_is_refused_with_the_one_that_was_meant(released):
    with pytest.raises(UnknownValue, match="quang-ninh"):
        readymade.education(released, ("quang-nin",), "vi")


def test_a_selection_has_only_the_scenes_of_which_there_is_a_record(released):
    assert kinds(readymade.own(released, Selection(q="qqqqqq"), "vi")) == ["cover", "decisions"]


def test_one_scene_a_level_and_one_a_twinning_on_demand(released):
    chosen = Selection(province=("ha-giang",), lang="vi", pair="any")
    rows = chosen.twinnings(released)
    levels = [s.selection.level for s in readymade.own(released, chosen, "vi", "level").scenes if s.selection]
    assert levels == [(level,) for level in dict.fromkeys(rows["level"])]
    pairs = [scene for scene in readymade.own(released, chosen, "vi", "pair").scenes if scene.kind == "pair"]
    assert pairs == [Scene("pair", about=(one,)) for one in rows.index]


def test_no_ready_made_session_of_a_province_has_a_scene_without_a_record(released):
    empty = []
    for slug in sorted(released.province_slugs):
        for make in (readymade.education, readymade.twinning):
            session = make(released, (slug,), "vi")
            asked = scenes.context(released, session)
            empty += [(slug, one.kind) for one in session.scenes if scenes.picture(asked, one, board.STAGE) is None]
    assert empty == []
