"""A presentation as it is held: prepared, turned by the keyboard or a presenter's remote, saved and loaded again."""

import json
import re

import pytest
from playwright.sync_api import expect

from atlas import scenes
from atlas.selection import Selection
from tests.browser.test_twinning_map import curves
from tests.conftest import wait_until


@pytest.fixture
def sequence(atlas):
    return scenes.sequence(atlas, Selection(province=("ha-giang",)))


def turned_to(page, number: int, total: int) -> None:
    expect(page.get_by_text(f"{number} of {total}", exact=True)).to_be_visible()
    expect(page).to_have_url(re.compile(rf"[?&]scene={number}(&|$)"))


def test_a_sequence_is_presented_by_the_keyboard(visit, sequence):
    page = visit("/meeting_view?lang=en&province=ha-giang", size=(1920, 1080))
    page.get_by_role("button", name="Start").click()
    turned_to(page, 1, len(sequence))
    expect(page.get_by_test_id("stHeader")).to_be_hidden()
    expect(page.get_by_test_id("stSidebar")).to_be_hidden()
    for key, number in [("ArrowRight", 2), ("PageDown", 3), ("ArrowLeft", 2), ("PageUp", 1), (" ", 2)]:
        page.keyboard.press(key)
        turned_to(page, number, len(sequence))
    expect(curves(page).first).to_be_visible()
    # the remote works too after the presenter has clicked into the map, which is a frame of its own
    page.locator("iframe[title*=folium]").click(position={"x": 40, "y": 300})
    page.keyboard.press("PageDown")
    turned_to(page, 3, len(sequence))
    for number in range(4, len(sequence) + 1):
        page.keyboard.press("PageDown")
        turned_to(page, number, len(sequence))
    expect(page.get_by_role("button", name="Next")).to_be_disabled()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Start")).to_be_visible()
    expect(page).not_to_have_url(re.compile("scene="))
    assert page.errors == []


def test_a_link_opens_the_scene_with_two_languages(visit, sequence):
    page = visit("/meeting_view?lang=vi&province=ha-giang&labels=bilingual&scene=1")
    expect(page.locator("h1.scene-cover")).to_contain_text("中越边境合作地图")
    expect(page.locator(".scene-cover")).to_contain_text("Bản đồ hợp tác biên giới")
    expect(page.get_by_text(f"1/{len(sequence)}").or_(page.get_by_text(str(len(sequence)))).first).to_be_visible()


def test_a_sequence_is_ordered_captioned_saved_and_loaded(visit, sequence, tmp_path):
    page = visit("/meeting_view?lang=en&province=ha-giang")
    page.locator(".st-key-down-0 button").click()
    second = page.locator(".st-key-scene-row-1")
    expect(second).to_contain_text("2. Title")
    second.get_by_role("textbox").fill("For the delegations")
    second.get_by_role("textbox").press("Enter")
    file = tmp_path / "scenes.json"

    def saved() -> str:
        with page.expect_download() as download:
            page.get_by_role("button", name="Save the sequence").click()
        download.value.save_as(file)
        return json.loads(file.read_text("utf-8"))["scenes"][1]["caption"]

    wait_until(lambda: saved() == "For the delegations")

    again = visit("/meeting_view?lang=en")
    again.locator(".st-key-load-sequence input[type=file]").set_input_files(file)
    expect(again.locator(".st-key-scene-row-1").get_by_role("textbox")).to_have_value("For the delegations")
    expect(again.locator(".st-key-scene-row-0")).to_contain_text("Hà Giang")


def test_a_file_that_is_no_sequence_is_refused_in_words(visit, tmp_path):
    file = tmp_path / "scenes.json"
    file.write_text("{", "utf-8")
    page = visit("/meeting_view?lang=en")
    page.locator(".st-key-load-sequence input[type=file]").set_input_files(file)
    expect(page.get_by_text("The sequence was not loaded")).to_be_visible()
