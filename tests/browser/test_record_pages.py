"""The pages of records, as they are read, followed and printed."""

import re

import pytest
from playwright.sync_api import expect

from atlas import LANGUAGES
from atlas.model.addresses import TABLES
from atlas.words import naming
from atlas.words.translator import Translator
from tests.browser.pages import go_to, settled, unnamed_controls, violations
from tests.browser.test_reading import faults, in_english
from tests.browser.test_twinning_map import latin, printed_sheets

# of each kind one that is long
LONG = {
    "twinning": "twin-quang-ninh-guangxi-party-committees",
    "place": "vn-08-2025",
    "agreement": "agr-jwc-10-2019",
    "event": "jwc-10-2019",
    "commitment": "cadre-2017-01",
    "source": "vietnamadminunits",
    "figure": "sch-ha-giang-guangxi",
    "discrepancy": "honghe-friendly-villages",
}
PAIR = "twin-tran-phu-dongxing-town"


def test_a_record_of_each_kind_can_be_read_and_printed_on_one_sheet(visit, atlas, tmp_path):
    page, found = visit("/place?id=no-such-place&lang=zh"), []
    settled(page)
    for number, (kind, identifier) in enumerate(LONG.items()):
        language = LANGUAGES[number % len(LANGUAGES)]
        go_to(page, f"/{kind}?id={identifier}&lang={language}")
        name = naming.record_name(atlas, TABLES[kind], identifier, Translator(language))
        expect(page.locator("h1")).to_have_text(name)
        assert page.title().startswith(f"{name} – ")
        found += [(kind, said) for said in violations(page, colours=not number)]
        found += [(kind, "unnamed", element) for element in unnamed_controls(page)]
        if language != "en":
            found += [(kind, "in English", text) for text in in_english(page, language)]
        for size in ((390, 844), (1440, 900)):
            found += [(kind, *fault) for fault in faults(page, size, f"/{kind}")]
        sheets = printed_sheets(page, tmp_path)
        if len(sheets) != 1 or latin(name) not in sheets[0] or latin(identifier) not in sheets[0]:
            found.append((kind, "printed", sheets))
    assert not found, "\n".join(map(str, found))
    assert page.errors == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_address_of_a_pair_leads_to_its_source_its_unit_of_today_and_its_township_in_one_click(
    visit, atlas, language
):
    page, translate = visit(f"/twinning?id={PAIR}&lang={language}&asof=2026-01-01"), Translator(language)
    settled(page)
    row = atlas.twinnings.loc[PAIR]
    (today,) = atlas.places.successors(row["vn"][0])
    for table, one in (("sources", row["sources"][0]), ("places", today), ("places", row["cn"][0])):
        page.locator(f".card a[href*='id={one}&']").first.click()
        expect(page.locator("h1")).to_have_text(naming.record_name(atlas, table, one, translate))
        page.go_back()
        expect(page.locator("h1")).to_have_text(naming.pair(atlas, PAIR, language))


def test_a_pair_is_opened_from_the_list_and_its_page_from_there(visit, atlas):
    page = visit("/?lang=en&q=meo+vac")
    settled(page)
    page.locator(".st-key-panel .records tbody tr[data-id]").first.click()
    page.locator(".walk a").click()
    expect(page).to_have_url(re.compile("/twinning[?]id=twin-"))
    expect(page.locator(".atlas-bar [aria-current]")).to_have_text("Map")
    page.locator(".st-key-actions a").click()
    expect(page.locator(".st-key-panel .card")).to_be_visible()


def test_names_in_a_list_lead_to_their_pages_and_the_rest_of_a_row_opens_its_record(visit, atlas):
    page = visit("/reform?lang=en")
    settled(page)
    row = page.locator(".case[data-shown] .records tbody tr[data-id]").first
    unit = row.locator("a[href^='place?']").first
    name = unit.inner_text()
    loaded = page.evaluate("performance.timeOrigin")
    unit.click()
    expect(page.locator("h1")).to_have_text(name)
    assert page.evaluate("performance.timeOrigin") == loaded, "the page is loaded anew"
    page.go_back()
    row.locator("td").last.click()
    expect(page.locator(".st-key-record-card .card")).to_be_visible()
