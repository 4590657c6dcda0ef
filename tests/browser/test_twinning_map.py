"""What a visitor of the map page sees and can do, in a real browser with every foreign host refused."""

import re
import subprocess
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from atlas.cards import record
from atlas.model import desk, reform
from atlas.model.selection import Selection
from atlas.words import naming, vocabulary
from atlas.words.translator import Translator
from tests.browser.pages import choose, go_to, search, settled, speak
from tests.conftest import wait_until

A_PA_CHAI, LUNG_CU, MONG_CAI, HO_CHI_MINH = (22.4, 102.15), (23.38, 105.32), (21.54, 108.0), (10.82, 106.63)


def map_of(page):
    return page.frame_locator("iframe[title*=folium]")


def curves(page):
    return map_of(page).locator("path.atlas-twinning")


def shown(page) -> int:
    """The first number of the count line, once the page has it."""
    line = page.locator(".st-key-selection-count")
    expect(line).to_contain_text(re.compile(r"\d"))
    return int(re.search(r"\d+", line.inner_text()).group())


def click_row(page, number: int) -> None:
    """Click the middle of a row of the list, as a person does, and wait for what follows."""
    row = page.locator(".records").first.locator("tbody tr[data-id]").nth(number)
    row.scroll_into_view_if_needed()
    box, before = row.bounding_box(), page.runs
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    settled(page, before)


def marked(page) -> list[int]:
    """The numbers of the rows that are shown as open, once all is drawn."""
    rows = page.locator(".records").first.locator("tbody tr[data-id]")
    return rows.evaluate_all("(rows) => rows.flatMap((row, at) => (row.querySelector('[aria-current]') ? [at] : []))")


def printed_sheets(page, folder) -> list[str]:
    """The text of each sheet that a page is printed on, see :func:`latin`."""
    page.emulate_media(media="print")
    page.pdf(path=folder / "page.pdf", format="A4")
    page.emulate_media(media="screen")
    text = subprocess.run(
        ["pdftotext", "-raw", folder / "page.pdf", "-"], capture_output=True, check=True, text=True
    ).stdout
    return list(map(latin, text.removesuffix("\f").split("\f")))


def latin(text: str) -> str:
    """A text without its blanks, without hyphens, of which the last of a line is lost when it is read from a PDF, and
    without Chinese, whose signs a PDF does not always name."""
    return re.sub(r"[-\s\u3000-\u9fff\uf900-\uffef]", "", text)


def view_of(page) -> list:
    return (
        map_of(page)
        .locator("body")
        .evaluate("() => [window.map.getZoom(), window.map.getCenter().lat, window.map.getCenter().lng]")
    )


@pytest.mark.parametrize(
    ("locale", "lang", "title", "legend", "size"),
    [
        ("vi-VN", "vi", "Bản đồ hợp tác biên giới Việt Nam – Trung Quốc", "Xã, hương, trấn", (1440, 900)),
        ("zh-CN", "zh-Hans", "中越边境合作地图", "乡镇", (1366, 768)),
        ("en-GB", "en", "Vietnam–China Border Cooperation Atlas", "Commune, township", (1440, 900)),
    ],
)
def test_opens_in_the_browsers_language_on_the_whole_border(visit, server, atlas, locale, lang, title, legend, size):
    page = visit("/", locale=locale, size=size)
    expect(page.get_by_text(title).first).to_be_visible()
    expect(map_of(page).get_by_role("button", name=legend)).to_be_visible()
    expect(curves(page).first).to_be_visible()
    wait_until(lambda: page.evaluate("document.documentElement.lang") == lang)

    friendship = atlas.twinnings[atlas.twinnings["level"] != "border_gate"]
    drawn = [
        row
        for row in friendship.to_dict("records")
        if all(any(map(atlas.places.position, row[side])) for side in ("vn", "cn"))
    ]
    assert shown(page) == len(friendship)
    assert len(drawn) >= len(friendship) - 1
    wait_until(lambda: curves(page).count() == len(drawn))

    box = page.locator("iframe[title*=folium]").bounding_box()
    assert box["width"] > 1.3 * box["height"]
    for lat, lon in (A_PA_CHAI, LUNG_CU, MONG_CAI):
        assert in_view(page, lat, lon)
    west, east = map_of(page).locator("body").evaluate("() => [map.getBounds().getWest(), map.getBounds().getEast()]")
    assert east - west < 1.25 * (MONG_CAI[1] - A_PA_CHAI[1]), "the border fills the width"
    assert not in_view(page, *HO_CHI_MINH)

    settled(page)
    page.sent.clear()
    map_of(page).locator("body").evaluate(
        "() => { window.map.setZoom(9, {animate: false}); window.map.panBy([80, 40], {animate: false}); }"
    )
    wait_until(lambda: view_of(page)[0] == 9)
    map_of(page).locator("body").evaluate("() => new Promise((done) => requestIdleCallback(done, {timeout: 2000}))")
    assert page.sent == [], "a move of the map asks the server for nothing"
    assert page.hosts == {server.removeprefix("http://")}
    assert page.errors == []


def test_a_link_that_a_program_took_for_html_finds_the_same(visit, atlas):
    page = visit("/?lang=en&view=table&#38;province=tuyen-quang")
    wait_until(lambda: shown(page) == len(Selection(province=("tuyen-quang",)).twinnings(atlas)))


def test_search_finds_a_place_in_any_spelling(visit, atlas):
    page = visit("/?lang=en&view=table")
    everything = shown(page)
    for text in ("meo vac", "Mèo Vạc", "富宁", "funing", "Phú Ninh"):
        search(page, text)
        found = len(Selection(q=text).twinnings(atlas))
        assert 0 < found < everything
        page.wait_for_url(lambda url, text=text: parse_qs(urlsplit(url).query).get("q") == [text])
        wait_until(lambda found=found: shown(page) == found)
    search(page, "")
    wait_until(lambda: shown(page) == everything)


def resting_view(page) -> list:
    """The view once the map, which glides on after it has been dragged, has come to rest."""
    seen = [view_of(page)]

    def rests() -> bool:
        seen.append(view_of(page))
        return len(seen) > 3 and seen[-1] == seen[-2] == seen[-3]

    wait_until(rests)
    return seen[-1]


def in_view(page, lat: float, lon: float) -> bool:
    return map_of(page).locator("body").evaluate(f"() => window.map.getBounds().contains([{lat}, {lon}])")


def test_the_map_follows_the_filters_until_the_visitor_moves_it_and_a_button_leads_back(visit):
    page = visit("/?lang=en")
    expect(curves(page).first).to_be_visible()
    everything, all_curves = shown(page), curves(page).count()
    opening = view_of(page)[0]
    search(page, "lao cai")
    wait_until(lambda: view_of(page)[0] > opening)
    assert not in_view(page, *MONG_CAI)
    page.get_by_role("button", name="Clear all").click()
    wait_until(lambda: view_of(page)[0] == opening)
    assert shown(page) == everything
    search(page, "ho chi minh")
    wait_until(lambda: in_view(page, *HO_CHI_MINH))

    before = view_of(page)
    box = page.locator("iframe[title*=folium]").bounding_box()
    page.mouse.move(box["x"] + 100, box["y"] + 250)
    page.mouse.down()
    page.mouse.move(box["x"] + 200, box["y"] + 200, steps=5)
    wait_until(lambda: view_of(page) != before)
    moved = resting_view(page)
    page.mouse.up()  # a hand that rested lets the map lie
    search(page, "")
    wait_until(lambda: curves(page).count() == all_curves)
    assert view_of(page) == moved

    back = map_of(page).get_by_role("button", name="Whole border")
    assert back.bounding_box()["height"] >= 32
    back.focus()
    page.keyboard.press("Enter")
    wait_until(lambda: view_of(page)[0] == opening)
    assert in_view(page, *A_PA_CHAI)
    assert in_view(page, *MONG_CAI)
    search(page, "lao cai")
    wait_until(lambda: view_of(page)[0] > opening)


def test_a_place_with_several_twinnings_lists_them(visit, atlas):
    page = visit("/?lang=en&q=hekou")
    settled(page)
    there = [row["id"] for row in Selection(q="hekou").twinnings(atlas).to_dict("records") if "cn-532532" in row["cn"]]
    assert len(there) > 1
    runs = page.runs
    mark = map_of(page).get_by_role("button", name=f"Hekou. {len(there)} twinnings here", exact=False)
    choices = map_of(page).locator(".atlas-list").get_by_role("button")
    mark.click()
    expect(choices).to_have_count(len(there))
    assert [one.split("\n")[0] for one in choices.all_inner_texts()] == [
        naming.title(atlas, atlas.twinnings.loc[one], "en") for one in there
    ]
    choices.nth(1).click()
    expect(choices).to_have_count(0)
    expect(page).to_have_url(re.compile(f"pair={there[1]}(&|$)"))
    expect(page.locator(".st-key-record-card")).to_contain_text("Sources")
    settled(page, runs)
    assert page.runs == runs + 1, "the list itself asks the server for nothing"

    mark.focus()
    page.keyboard.press("Enter")
    expect(choices.first).to_be_focused()
    page.keyboard.press("Escape")
    expect(choices).to_have_count(0)
    expect(mark).to_be_focused()
    page.keyboard.press("Enter")
    expect(choices.first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(f"pair={there[0]}(&|$)"))


def test_what_is_chosen_is_a_chip_that_takes_it_back_and_the_first_click_on_clear_takes_back_all(visit, atlas):
    page = visit("/?lang=en&view=table")
    everything = shown(page)
    choose(page, "province", "lang")
    expect(page).to_have_url(re.compile("province=lang-son(&|$)"))
    of_province = Selection(province=("lang-son",)).twinnings(atlas)
    wait_until(lambda: shown(page) == len(of_province) < everything)
    level = page.locator(".facet[data-facet=level]")
    level.locator("summary").click()
    choice = level.get_by_role("button", name="Prefecture")
    expect(choice.locator("b")).to_have_text(str((of_province["level"] == "prefecture").sum()))
    choice.click()
    wait_until(lambda: shown(page) == (of_province["level"] == "prefecture").sum())
    expect(choice).to_have_attribute("aria-pressed", "true")
    page.locator(".chips").get_by_role("button", name="Lạng Sơn").click()
    wait_until(lambda: shown(page) == len(Selection(level=("prefecture",)).twinnings(atlas)))
    expect(level.locator("summary b")).to_have_text("1")
    expect(page.locator(".facet[data-facet=province] summary b")).to_be_empty()
    # a click as a person makes it: where the button is while a filter is open above the page
    page.locator(".facet[data-facet=province] summary").click()
    button = page.locator(".chips .clear").bounding_box()
    page.keyboard.press("Escape")
    page.mouse.click(button["x"] + button["width"] / 2, button["y"] + button["height"] / 2)
    wait_until(lambda: shown(page) == everything)
    expect(page.locator(".chips button")).to_have_count(0)


def test_a_curve_opens_the_record_card_by_mouse_and_by_keyboard(visit):
    page = visit("/?lang=en&level=commune&province=ha-giang")
    card = page.locator(".st-key-record-card")
    expect(page.locator(".records tbody tr[data-id]").first).to_be_visible()
    curves(page).first.focus()
    curves(page).first.press("Enter")
    expect(card).to_contain_text("Sources")
    first = card.inner_text()
    curves(page).nth(3).dispatch_event("click")
    wait_until(lambda: card.inner_text() != first and "Sources" in card.inner_text())
    assert "pair=" in page.url


def test_a_level_of_the_legend_filters_and_a_second_click_takes_it_back(visit, atlas):
    page = visit("/?lang=en&province=lang-son")
    everything = shown(page)
    level = map_of(page).get_by_role("button", name="Village")
    number = len(Selection(province=("lang-son",), level=("village",)).twinnings(atlas))
    assert level.inner_text().endswith(str(number))
    level.click()
    wait_until(lambda: shown(page) == number)
    expect(level).to_have_attribute("aria-pressed", "true")
    expect(page).to_have_url(re.compile("level=village"))
    level.click()
    wait_until(lambda: shown(page) == everything)


def test_language_switch_keeps_filters_and_view_and_loses_no_click(visit):
    page = visit("/?province=lang-son&lang=vi")
    expect(curves(page).first).to_be_visible()
    count, view = shown(page), view_of(page)
    speak(page, "zh")
    expect(page.get_by_text("中越边境合作地图").first).to_be_visible()
    expect(page).to_have_url(re.compile("lang=zh"))
    for name in ("整条边界", "放大", "缩小"):
        expect(map_of(page).get_by_role("button", name=name, exact=True)).to_be_visible()
    assert shown(page) == count
    assert view_of(page) == view
    # what is clicked before the answer has come counts as well
    speak(page, "vi")
    page.locator(".chips button").first.click()
    expect(page.locator(".atlas-name")).to_contain_text("Việt Nam")
    wait_until(lambda: shown(page) > count)
    assert (parse_qs(urlsplit(page.url).query)) == {"lang": ["vi"]}


def test_a_row_moves_the_map_to_its_pair_and_the_list_comes_back(visit):
    page = visit("/?lang=en&province=lao-cai")
    expect(curves(page).first).to_be_visible()
    settled(page)
    view, card, rows = view_of(page), page.locator(".st-key-record-card"), page.locator(".records tbody tr[data-id]")
    ids = rows.evaluate_all("(rows) => rows.map((row) => row.dataset.id)")
    click_row(page, 2)
    expect(card).to_contain_text("Sources")
    expect(card.locator(".walk")).to_contain_text(f"3 of {len(ids)}")
    assert parse_qs(urlsplit(page.url).query)["pair"] == [ids[2]]
    moved = wait_until(lambda: view_of(page) != view and view_of(page))
    page.get_by_role("button", name="Next record").click()
    expect(page).to_have_url(re.compile(f"pair={ids[3]}(&|$)"))
    expect(card.locator(".walk")).to_contain_text(f"4 of {len(ids)}")
    wait_until(lambda: view_of(page) != moved)
    before = page.runs
    page.get_by_role("button", name="‹ List").click()
    settled(page, before)
    expect(rows).to_have_count(len(ids))
    assert "pair=" not in page.url
    click_row(page, 2)
    # the map rests on whole pixels, so that from another view it comes to a point that is a little beside
    wait_until(lambda: view_of(page) == pytest.approx(moved, abs=0.01))
    page.go_back()
    expect(rows).to_have_count(len(ids))


@pytest.mark.parametrize(
    ("address", "key"),
    [
        ("?view=table&province=quang-ninh", "pair"),
        ("reform?province=quang-ninh", "pair"),
        ("scholarships?province=quang-ninh", "record"),
        ("training?province=quang-ninh", "record"),
        ("labour?province=ha-giang", "record"),
        ("meetings?view=events&province=quang-ninh", "record"),
        ("province?province=quang-ninh", "pair"),
        ("sources_and_data?", "record"),
    ],
)
def test_a_click_anywhere_on_a_row_of_any_list_opens_its_record(visit, address, key):
    page = visit(f"/{address}&lang=vi")
    settled(page)
    click_row(page, 1)
    assert marked(page) == [1]
    assert page.url.endswith(page.locator(".records tbody a[href^='?']").nth(1).get_attribute("href")[1:])
    assert f"&{key}=" in page.url
    expect(page.get_by_role("button", name="Đóng bản ghi")).to_be_in_viewport()  # at the head of the card
    click_row(page, 0)
    assert marked(page) == [0]
    click_row(page, 0)
    assert marked(page) == []
    assert f"{key}=" not in page.url


def test_the_list_for_signing_anew_and_a_pair_are_printed_whole(visit, atlas, tmp_path):
    page, translate = visit("/reform?lang=vi"), Translator("vi")
    settled(page)
    listed = reform.abolished(atlas, Selection())
    cells = Counter(latin(cell) for cell in page.locator(".records tbody td").all_inner_texts())
    assert page.locator(".records tbody tr").count() == len(listed)
    assert page.locator(".records:visible").count() == 1
    printed = "".join(printed_sheets(page, tmp_path))
    assert {cell for cell, times in cells.items() if printed.count(cell) < times} == set()
    for case, rows in reform.by_case(listed).items():
        assert latin(f"{vocabulary.reform_cases(translate)[case]} ({len(rows)})") in printed

    page.locator("[data-set='view=units']").click()
    units = page.locator(".desk-unit")
    first = units.first.locator(".desk-note")
    number = len(next(iter(desk.by_province(desk.units(atlas, Selection())).values())))
    expect(units).to_have_count(number)
    expect(page.locator("[data-count=open]")).to_have_text(str(number))
    first.click()
    expect(units.first.locator(".desk-state b")).to_have_text(translate("Letter drafted"))
    page.reload()
    expect(first).to_have_attribute("aria-pressed", "true")
    expect(page.locator("[data-count=drafted]")).to_have_text("1")
    expect(page.locator("[data-count=open]")).to_have_text(str(number - 1))
    first.click()
    expect(page.locator("[data-count=drafted]")).to_have_text("0")

    pair = max(atlas.twinnings.index, key=lambda one: len(atlas.twinnings.at[one, "sources"]))
    page = visit(f"/?lang=vi&pair={pair}")
    settled(page)
    card = page.locator(".st-key-record-card .card")
    first = card.locator("h4 + ol > li").first.bounding_box()
    assert first["y"] + first["height"] - card.bounding_box()["y"] < 400, "a source is above the fold of the panel"
    words = " ".join(card.locator("strong, p, dd, li").all_inner_texts()).split()
    (sheet,) = printed_sheets(page, tmp_path)
    assert [word for word in words if latin(word) not in sheet] == []
    assert latin(page.url) in sheet
    assert latin(translate.date(atlas.version)) in sheet

    longest = max(atlas.record_tables, key=lambda one: len(record.html(atlas, one, translate)))
    go_to(page, f"/meetings?lang=vi&record={longest}")
    (sheet,) = printed_sheets(page, tmp_path)
    assert latin(page.url) in sheet


def test_another_day_shows_the_units_of_that_day(visit, atlas):
    """A twinning of a unit abolished on 2025-07-01: its mark filled before, hollow after; names, areas and list follow the day."""
    before = "2025-06-30"
    row = next(
        row
        for row in atlas.twinnings.to_dict("records")
        if row["level"] == "commune"
        and any(atlas.places[place]["valid_until"] == before for place in row["vn"])
        and all(atlas.places.position(place) for place in (*row["vn"], *row["cn"]))
    )
    page = visit(f"/?lang=en&pair={row['id']}&asof={before}")
    curve = map_of(page).locator("path.atlas-twinning[stroke-opacity='0.9']")
    expect(curve).to_have_count(1)
    ended, successors = map_of(page).locator(".atlas-ended"), map_of(page).locator(".atlas-successor")
    ended_before, before_reform = ended.count(), successors.count()
    card = page.locator(".st-key-record-card")
    expect(card).to_contain_text("Sources")
    expect(card).not_to_contain_text("now part of")
    layers = "() => Object.entries(window.map.atlas.groups).filter(([, g]) => window.map.hasLayer(g)).map(([id]) => id)"
    assert "vn-districts-2024" in map_of(page).locator("body").evaluate(layers)

    page.locator(".facet[data-facet=more] summary").click()
    day = page.get_by_label("Units as of").and_(page.get_by_role("textbox"))
    day.fill("2016")
    day.press("Enter")
    expect(page.locator(".day-said")).to_contain_text("“2016” is read as its last day, 31 December 2016.")
    expect(page).to_have_url(re.compile("asof=2016-12-31"))
    day.fill("20x6")
    day.press("Enter")
    expect(page.locator(".day-said")).to_contain_text("“20x6” is no day")
    expect(page).to_have_url(re.compile("asof=2016-12-31"))
    expect(page.locator(".chips")).to_contain_text("as of 31 December 2016")
    page.locator(".facet[data-facet=more]").get_by_role("button", name="Today").click()
    wait_until(lambda: ended.count() > ended_before)
    wait_until(lambda: successors.count() > before_reform)
    expect(card).to_contain_text("now part of")
    drawn = map_of(page).locator("body").evaluate(layers)
    assert "vn-communes-2025" in drawn
    assert "vn-districts-2024" not in drawn
    successor = atlas.places.name(atlas.places.successors(next(iter(row["vn"])))[0], "en")
    expect(card).to_contain_text(successor)


def test_crossings_and_places_of_study_can_be_shown_as_well(visit):
    page = visit("/?level=province&layers=crossings&lang=en")
    crossing = map_of(page).locator("[aria-label*='international crossing']").first
    expect(crossing).to_be_attached()
    assert "Thanh Thủy" in map_of(page).locator("[aria-label*='surveyed position']").first.get_attribute("aria-label")
    expect(page.locator(".st-key-layer-crossings")).to_be_visible()
    page.locator(".facet[data-facet=more] summary").click()
    page.get_by_role("button", name="Cities and institutions of study").click()
    expect(map_of(page).locator("[aria-label*='Guangxi Minzu University']").first).to_be_attached()
    expect(page).to_have_url(re.compile("layers=crossings&layers=study"))


class Portal(BaseHTTPRequestHandler):
    """Another site: an empty page under any address."""

    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        """Say nothing."""


def test_a_page_of_another_site_may_read_open_data_and_nothing_else(tab, server):
    with ThreadingHTTPServer(("127.0.0.1", 0), Portal) as portal:
        Thread(target=portal.serve_forever).start()
        tab.goto(f"http://127.0.0.1:{portal.server_port}/")  # a site of its own, since its port is another one
        portal.shutdown()
    # with a header that has browsers ask before they read
    read = """(address) => fetch(address, {headers: {"If-None-Match": 'W/"x"'}}).then((answer) => answer.status, () => 0)"""
    expected = {"/api?f=json": 200, "/data/map.json": 200, "/api/x": 404, "/": 0, "/version": 0}
    assert {path: tab.evaluate(read, server + path) for path in expected} == expected
