"""The page on which a session is prepared, without a browser."""

import gc
import json

import pytest

from atlas import LANGUAGES
from atlas.exports.scenes.board import Board
from atlas.model import session_file
from atlas.model.session import Session
from atlas.words.translator import Translator
from tests.app.test_pages import html_of, opened
from ui import presentation, session_scenes, session_store


def session_of(app) -> Session:
    return app.session_state[session_store.KEY]


def started(kind: str = "education", **query):
    app = opened("meeting_view", **({"lang": "en", "province": "quang-ninh"} | query))
    return app.button(key=f"start-{kind}").click().run()


def field(app, label: str):
    """The field of a label, whichever kind of field it is."""
    return next(one for one in (*app.text_input, *app.text_area, *app.number_input) if one.label == label)


def view(app, **query: str):
    for name, value in query.items():
        app.query_params[name] = value
    return app.run()


def scenes_of(app) -> str:
    return html_of(app).partition("<ol class=scene-list")[2].partition("</ol>")[0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_readymade_session_is_listed_with_its_messages(language):
    app = started(lang=language)
    assert not app.exception
    assert [scene.kind for scene in session_of(app).scenes][:3] == ["cover", "message", "parts"]
    assert session_of(app).language == ("zh-vi" if language == "zh" else "vi-zh")
    assert scenes_of(app).count("<li>") == 9
    assert "176" in scenes_of(app)
    said = Translator(language)("Own title")
    view(app, list="2")
    assert {one.label for one in app.text_input} >= {f"{said} (Tiếng Việt)", f"{said} (中文)"}


def test_scenes_follow_the_filters_until_one_is_edited():
    app = opened("meeting_view", lang="en", province="ha-giang")
    assert session_store.KEY not in app.session_state
    view(app, province="lai-chau", list="2")
    assert session_store.KEY not in app.session_state
    field(app, "Own title").input("What we achieved").run()
    assert session_of(app).selection.province == ("lai-chau",)
    assert session_of(app).scenes[1].title.en == "What we achieved"
    view(app, province="cao-bang")
    assert session_of(app).selection.province == ("lai-chau",)


def test_a_scene_is_worded_moved_left_out_and_added():
    app = view(started(), list="2")
    field(app, "Own title (Tiếng Việt)").input("  Kết quả chung\u202e ").run()
    field(app, "Notes for the presenter").input("Greet both sides.").run()
    field(app, "Minutes").set_value(7).run()
    scene = session_of(app).scenes[1]
    assert (scene.title.vi, scene.title.zh, scene.notes, scene.minutes) == ("Kết quả chung", "", "Greet both sides.", 7)
    assert "Minutes in all: 7" in html_of(app)
    app.button(key="scene-up-button").click().run()
    assert [one.kind for one in session_of(app).scenes[:2]] == ["message", "cover"]
    assert app.query_params["list"] == "1"
    app.button(key="scene-drop-button").click().run()
    assert [one.kind for one in session_of(app).scenes[:2]] == ["cover", "parts"]
    app.button(key="scene-add-text").click().run()
    assert [one.kind for one in session_of(app).scenes[:3]] == ["cover", "text", "parts"]
    assert field(app, "Text (Tiếng Việt)").value == ""


def test_what_a_session_is_stands_in_fields_of_its_languages():
    app = view(started(), view="about")
    assert field(app, "Vietnamese delegation (中文)").value == "广宁省代表团"
    field(app, "Date").input("11.2.2026").run()
    assert session_of(app).date == "2026-02-11"
    field(app, "Date").input("soon").run()
    assert session_of(app).date == "2026-02-11"
    assert any("This is no date" in one.value for one in app.warning)
    app.button_group[0].set_value("en").run()
    assert session_of(app).language == "en"
    assert {one.label for one in app.text_input} == {
        "Title",
        "Date",
        "Place",
        "Vietnamese delegation",
        "Chinese delegation",
    }


def test_decisions_are_written_down():
    app = view(started(), view="decisions")
    app.button(key="decision-added").click().run()
    field(app, "What (Tiếng Việt)").input("Mở lớp tiếng Trung").run()
    field(app, "Who (中文)").input("广西教育厅").run()
    field(app, "By when").input("2027").run()
    (decision,) = session_of(app).decisions
    assert (decision.what.vi, decision.who.zh, decision.by, decision.state) == (
        "Mở lớp tiếng Trung",
        "广西教育厅",
        "2027",
        "proposed",
    )
    app.button(key="decision-away-0").click().run()
    assert session_of(app).decisions == ()


def test_what_is_replaced_comes_back():
    app = view(started(), list="2")
    field(app, "Own title (Tiếng Việt)").input("Kết quả").run()
    app.button(key="start-committee").click().run()
    assert session_of(app).kind == "committee"
    app.button(key="session-back").click().run()
    assert session_of(app).scenes[1].title.vi == "Kết quả"


def test_more_scenes_than_a_session_can_hold_are_refused_in_words():
    app = opened("meeting_view", lang="en")
    app.button(key="start-own-pair").click().run()
    assert any("at most 60" in one.value for one in app.warning)
    assert session_store.KEY not in app.session_state


def test_many_scenes_are_drawn_beside_the_pages_and_look_the_same(monkeypatch):
    made = []

    def apart(make, *arguments):
        made.append(make.__name__)
        return make(*arguments)

    for module in (session_scenes, presentation):
        monkeypatch.setattr(module, "apart", apart)
    usual, here = started(), view(started(), scene="1")
    assert not made
    monkeypatch.setattr(session_store, "FEW", 3)
    assert scenes_of(started()) == scenes_of(usual)
    assert html_of(view(started(), scene="1")) == html_of(here)
    assert set(made) == {"titles", "drawn"}


def test_what_is_made_of_an_edited_session_stays_in_its_visit(atlas):
    app = started()
    view(app, list="2")
    field(app, "Own title (Tiếng Việt)").set_value("Chỉ của chúng tôi").run()
    assert "Chỉ của chúng tôi" in html_of(view(app, lang="vi"))
    kept = [answer for answer in gc.get_objects() if isinstance(answer, Board) and "Chỉ của chúng tôi" in answer.title]
    assert kept, "it is kept with the visit"
    del kept
    del app
    gc.collect()
    assert not [one for one in gc.get_objects() if isinstance(one, Board) and "Chỉ của chúng tôi" in one.title]


def test_a_twinning_can_be_chosen_for_a_scene_of_one():
    app = started("twinning", province="ha-giang")
    app.button(key="scene-add-pair").click().run()
    twinnings = next(one for one in app.selectbox if one.label == "Twinning")
    assert len(twinnings.options) == 15
    twinnings.select_index(3).run()
    assert len(session_of(app).scenes[1].about) == 1
    saved = json.loads(session_file.write(session_of(app)))
    assert saved["scenes"][1]["kind"] == "pair"
