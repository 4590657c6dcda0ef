"""A session as a secretary prepares it: started, edited, saved, opened, and kept by the browser over a reload."""

import io
import json

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.browser.pages import settled
from tests.conftest import wait_until


@pytest.fixture
def opened(visit):
    """Visit the page; what the browser keeps is taken away before and after."""
    page = visit("/meeting_view?lang=en&province=quang-ninh")
    page.evaluate("localStorage.clear()")
    yield page
    page.evaluate("localStorage.clear()")


def kept(page) -> str:
    return page.evaluate("localStorage.getItem('atlas-session')") or ""


def part(page, name: str) -> None:
    before = page.runs
    page.locator(".views").get_by_role("button", name=name).click()
    settled(page, before)


def logo() -> bytes:
    content = io.BytesIO()
    Image.new("RGB", (60, 40), "#c76a00").save(content, "PNG")
    return content.getvalue()


def test_a_session_is_edited_saved_opened_and_outlives_a_reload(opened, tmp_path):
    page = opened
    page.get_by_role("button", name="Education and training").click()
    rows = page.locator(".scene-list button")
    expect(rows).to_have_count(9)
    rows.nth(1).click()
    title = page.get_by_label("Own title (Tiếng Việt)")
    title.click()
    page.keyboard.type("Kết quả chung")
    page.keyboard.press("Tab")
    expect(page.get_by_label("Own title (中文)")).to_be_focused()
    page.keyboard.type("共同成果")
    page.keyboard.press("Tab")
    expect(rows.nth(1)).to_contain_text("Kết quả chung")
    expect(page.locator(".scene-preview")).to_have_attribute("alt", "Kết quả chung 共同成果")
    assert (
        page.locator(".scene-preview").evaluate("(picture) => picture.decode().then(() => picture.naturalWidth)")
        == 1920
    )
    part(page, "Title, delegations, languages")
    page.locator(".st-key-logo-vn input[type=file]").set_input_files(
        {"name": "logo.png", "mimeType": "image/png", "buffer": logo()}
    )
    expect(page.locator(".st-key-logo-vn img")).to_be_visible()
    page.locator(".st-key-logo-cn input[type=file]").set_input_files(
        {"name": "logo.png", "mimeType": "image/png", "buffer": b"<svg xmlns='http://www.w3.org/2000/svg'/>"}
    )
    expect(page.get_by_text("The logo is no PNG or JPEG picture")).to_be_visible()
    file = tmp_path / "session.json"
    with page.expect_download() as download:
        page.get_by_role("button", name="Save the session").click()
    download.value.save_as(file)
    saved = json.loads(file.read_text("utf-8"))
    assert saved["scenes"][1]["title"] == {"vi": "Kết quả chung", "zh": "共同成果"}
    assert saved["vn"]["logo"]
    # a reload, which loses all that the server knew, loses nothing
    wait_until(lambda: "共同成果" in kept(page) and json.loads(kept(page))["vn"].get("logo"))
    page.reload()
    expect(page.locator(".st-key-logo-vn img")).to_be_visible()
    part(page, "Scenes")
    expect(page.get_by_label("Own title (中文)")).to_have_value("共同成果")
    # a file that cannot be used leaves the session; one that can takes its place
    page.get_by_text("Start another session").click()
    box = page.locator(".st-key-load-session input[type=file]")
    box.set_input_files({"name": "session.json", "mimeType": "application/json", "buffer": b"{"})
    expect(page.get_by_text("The session was not opened")).to_be_visible()
    expect(rows.nth(1)).to_contain_text("Kết quả chung")
    page.get_by_role("button", name="Scenes of the selection").click()
    wait_until(lambda: kept(page) == "")
    expect(rows.nth(1)).not_to_contain_text("Kết quả chung")
    page.locator(".st-key-load-session input[type=file]").set_input_files(file)
    expect(rows.nth(1)).to_contain_text("Kết quả chung")
    page.get_by_role("button", name="Present", exact=True).click()
    expect(page.locator(".stage-picture")).to_contain_text("Đoàn tỉnh Quảng Ninh")
    page.keyboard.press("PageDown")
    expect(page.locator(".stage-picture")).to_contain_text("Kết quả chung")
    page.keyboard.press("Escape")
    expect(rows.nth(1)).to_contain_text("Kết quả chung")
    assert page.errors == []


def test_every_scene_has_its_picture_beside_it(opened):
    page = opened
    page.get_by_role("button", name="Twinned communities").click()
    rows = page.locator(".scene-list button")
    expect(rows).to_have_count(10)
    for number in range(10):
        before = page.runs
        rows.nth(number).click()
        if number:
            settled(page, before)
        picture = page.locator(".scene-preview")
        assert picture.evaluate("(picture) => picture.decode().then(() => picture.naturalWidth)") == 1920, number + 1


def test_a_kept_session_that_is_damaged_is_refused_in_words(opened):
    opened.evaluate("localStorage.setItem('atlas-session', '{')")
    opened.reload()
    expect(opened.get_by_text("is of no use any more")).to_be_visible()
    wait_until(lambda: kept(opened) == "")
