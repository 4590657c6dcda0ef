"""What a visitor of the pages on flows and meetings sees and can do, in a real browser with every foreign host refused."""

import re

from playwright.sync_api import expect

from tests.browser.pages import go_to, settled, too_wide
from tests.browser.test_twinning_map import map_of
from tests.conftest import wait_until


def chart(page):
    return page.locator(".bars, .series-chart").first


def card(page):
    return page.locator(".st-key-record-card")


def marks(page):
    return map_of(page).locator(".atlas-flow, .atlas-point")


def test_outcomes_of_a_session_are_one_click_or_key_away(visit):
    page = visit("/meetings?lang=en")
    expect(page.get_by_text("announced for 2026").first).to_be_visible()
    expect(marks(page).first).to_be_visible()
    expect(chart(page)).to_be_in_viewport()
    mark = page.locator(".series-chart a[aria-label^='no. 16']")
    assert mark.bounding_box()["y"] < 900
    mark.click()
    expect(card(page)).to_contain_text("Outcomes")
    expect(page).to_have_url(re.compile("record=jwc-16-2025"))
    page.locator(".close-record").click()
    expect(page.locator(".sessions")).to_contain_text("no date of a next session is announced")
    mark.focus()
    mark.press("Enter")
    expect(card(page)).to_contain_text("Outcomes")
    wait_until(lambda: mark.evaluate("(link) => link === document.activeElement"))  # where the keyboard was


def test_a_province_leads_to_what_it_counts(visit):
    page = visit("/province?lang=en", size=(390, 844))
    assert too_wide(page) <= 0
    page.locator(".st-key-provinces tr", has_text="Hà Giang").locator("td").nth(2).click()
    expect(page).to_have_url(re.compile("province=ha-giang"))
    settled(page)
    assert too_wide(page) <= 0
    page.locator(".outlook a", has_text="commitments").click()
    listed = page.locator(".st-key-province-lists .records")
    expect(listed).to_contain_text("No evidence found")
    expect(listed).to_be_in_viewport(ratio=0.9)  # the sentence leads to the list
    page.locator(".province-name summary").first.click()
    page.locator(".province-name .menu[open] a", has_text="Lạng Sơn").click()
    expect(page.locator(".province-name h2")).to_contain_text("Lạng Sơn")
    assert page.errors == []


def test_a_flow_says_what_it_counts_and_opens_its_record(visit):
    page = visit("/scholarships?lang=en&province=quang-ninh")
    expect(chart(page)).to_be_in_viewport()
    flow = map_of(page).locator(".atlas-flow[aria-label*='176 persons']").first
    expect(flow).to_be_visible()
    flow.focus()
    flow.press("Enter")
    expect(card(page)).to_contain_text("176 persons")
    expect(card(page).get_by_role("link").first).to_be_visible()


def test_a_destination_without_a_number_is_dashed_and_says_so(visit):
    page = visit("/scholarships?lang=en&province=ha-giang")
    flow = map_of(page).locator(".atlas-flow[aria-label*='Liuzhou']").first
    expect(flow).to_have_attribute("stroke-dasharray", re.compile(r"\d"))
    assert "number not stated" in flow.get_attribute("aria-label")


def test_the_map_keeps_its_frame_when_a_filter_changes(visit):
    page = visit("/labour?lang=en")
    expect(marks(page).first).to_be_visible()
    expect(chart(page)).to_be_in_viewport()
    map_of(page).locator("body").evaluate("() => { window.sameMap = true; window.map.setView([22, 107], 8); }")
    before = marks(page).count()
    page.get_by_role("searchbox").fill("河江")
    wait_until(lambda: 0 < marks(page).count() < before)
    assert map_of(page).locator("body").evaluate("() => window.sameMap && window.map.getZoom()") == 8


def test_the_route_of_the_study_tour_is_on_the_map(visit):
    page = visit("/training?lang=en&province=quang-ninh")
    expect(chart(page)).to_be_in_viewport()
    stop = map_of(page).locator("[aria-label*='Nanxishan Hospital']").first
    expect(stop).to_be_attached()
    stop.focus()
    stop.press("Enter")
    expect(card(page)).to_contain_text("Baise")


def test_an_open_record_is_in_the_address_and_comes_back_with_it(visit):
    page = visit("/labour?lang=en")
    page.locator(".views button", has_text="Agreements").click()
    expect(page).to_have_url(re.compile("list=agreements"))
    mark = marks(page).first
    expect(mark).to_be_visible()
    mark.focus()
    mark.press("Enter")
    expect(page).to_have_url(re.compile("record="))
    said = card(page).locator("article strong").first.inner_text()
    page.reload()
    expect(card(page)).to_contain_text(said)
    page.locator(".st-key-language summary").click()
    page.get_by_role("button", name="中文").click()
    expect(page.locator("html")).to_have_attribute("lang", re.compile("zh"))
    expect(page).to_have_url(re.compile("record="))


def test_a_link_to_a_meeting_frames_the_map_on_its_place(visit, atlas):
    event = atlas.table("events").loc["jwc-11-2020"]
    page = visit("/meetings?lang=en&record=jwc-11-2020")
    expect(card(page)).to_contain_text(event["title_en"])
    expect(marks(page).first).to_be_attached()
    lat, lon = atlas.places.position(event["place"])
    body = map_of(page).locator("body")
    wait_until(lambda: body.evaluate("() => window.map.getZoom()") >= 8)
    assert body.evaluate(f"() => window.map.getCenter().distanceTo([{lat}, {lon}])") < 50_000


def test_a_chart_can_be_taken_away_as_an_image(visit, tmp_path):
    page = visit("/scholarships?lang=vi")
    expect(chart(page)).to_be_attached()
    page.locator(".bars .name button", has_text="Quảng Ninh").first.click()
    expect(card(page)).to_contain_text("176")
    expect(card(page).locator("article").first).to_be_in_viewport()
    page.locator(".st-key-chart-totals-0 [data-testid=stExpander] summary").click()
    for kind, start in (("svg", b"<svg"), ("png", b"\x89PNG")):
        with page.expect_download() as download:
            page.locator(f".st-key-{kind}-totals-0 button").click()
        download.value.save_as(tmp_path / kind)
        assert (tmp_path / kind).read_bytes().startswith(start)
        assert download.value.suggested_filename.endswith(f"-vi.{kind}")
    page.locator(".st-key-downloads > * button").first.click()
    page.locator(".st-key-downloads-names").get_by_text("Tên tiếng Trung", exact=False).first.click()
    with page.expect_download() as download:
        page.locator(".st-key-downloads-csv button").first.click()
    assert download.value.suggested_filename.endswith(".zip")


def test_filters_stay_on_another_page_and_the_way_back_leads_to_those_of_then(visit):
    page = visit("/labour?lang=en&province=ha-giang")
    count = page.locator(".st-key-selection-count")
    expect(count).to_contain_text("figures")
    page.get_by_role("link", name="Provinces").click()
    expect(page.locator(".province-name")).to_contain_text("Hà Giang")
    expect(page).to_have_url(re.compile("/province.*province=ha-giang"))
    page.get_by_role("link", name="Meetings").first.click()
    page.get_by_role("searchbox").fill("ha giang")
    expect(page).to_have_url(re.compile("q=ha"))
    go_to(page, "/labour?lang=en&province=ha-giang")
    expect(page.locator(".panels")).to_be_visible()
    expect(page.get_by_role("searchbox")).to_have_value("")
    expect(page.locator(".chips")).to_contain_text("Hà Giang")
    assert "q=" not in page.url
