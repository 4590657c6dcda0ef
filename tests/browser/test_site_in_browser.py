"""The atlas as one file in a real Chromium, from a disk and without any network."""

import hashlib
import random
import re
from urllib.parse import parse_qs, urlencode

import pytest
from markupsafe import Markup
from opencc import OpenCC
from playwright.sync_api import expect

from atlas import LANGUAGES
from atlas.exports.formats import export
from atlas.exports.site import records
from atlas.maps.browser import browser_data
from atlas.model import agreed
from atlas.model.audience import released
from atlas.model.filters import TABLES
from atlas.model.names import names
from atlas.model.selection import CONFIDENCE, SPELLED, Selection
from atlas.model.spelling import fold, is_han, unaccented
from atlas.words import naming, postings
from atlas.words.languages import LANGUAGE_CODES
from atlas.words.search import TYPE_WORDS
from atlas.words.translator import Translator
from tests.browser.pages import too_wide, unnamed_controls, violations
from tests.unit.hostile_atlas import TEXTS, hostile

LINES = "path.atlas-twinning"
SELECTIONS = 500
READY = "html[data-ready]"


@pytest.fixture(scope="module")
def path(atlas, tmp_path_factory):
    """The file, in a folder with blanks and Chinese characters in its name."""
    folder = tmp_path_factory.mktemp("site") / "U 盘 của tôi"
    folder.mkdir()
    file = folder / "atlas 地图.html"
    file.write_bytes(export(atlas, "site", None, "vi"))
    file.chmod(0o444)
    folder.chmod(0o555)  # as on a stick that cannot be written to
    return file


@pytest.fixture(scope="module")
def page(browser, path):
    """The file as it opens; what it asks for, and errors, are kept."""
    context = browser.new_context(offline=True, viewport={"width": 1440, "height": 900})
    page = context.new_page()
    page.asked, page.errors = [], []
    page.on("request", lambda request: page.asked.append(request.url))
    page.on("pageerror", lambda error: page.errors.append(str(error)))
    page.on("console", lambda message: page.errors.append(message.text) if message.type == "error" else None)
    page.goto(path.as_uri())
    page.wait_for_selector(READY)
    yield page
    context.close()


@pytest.fixture(scope="module")
def both(atlas):
    """The atlas as the file has it."""
    return released(atlas, "both")


def typed(draw: random.Random, spellings: list[str]) -> str:
    """A name as somebody may type it."""
    name = draw.choice(spellings)
    form = draw.choice(
        (
            str,
            unaccented,
            str.upper,
            lambda text: text[: draw.randint(1, len(text))],
            lambda text: f"{draw.choice(('huyện', 'tinh', 'TP.', 'xã', 'x.', 'Thị trấn', 'cua khau'))} {text}",
            lambda text: f"{text} {draw.choice(('County', 'xian', 'Town', 'province', 'shi', '县', '自治县', '镇'))}",
            lambda text: OpenCC("s2t").convert(text),
            lambda text: f"{text}, {draw.choice(spellings)}",
            lambda text: f"{text} - {unaccented(draw.choice(spellings))}",
            lambda text: text.replace("i", "y"),
            lambda text: "".join(f"{one}{draw.randint(1, 5)}" for one in text.lower().split()),
            fold,
        )
    )
    return form(name)


def asked(draw: random.Random, atlas, spellings: list[str]) -> str:
    """A random address; some of its values name nothing."""
    days = (
        "1990-01-01",
        "2007-06-30",
        "2016-05-01",
        "2024-02-29",
        "2025-06-30",
        "2025-07-01",
        "2025-02-30",
        "1989-01-01",
    )
    years = [str(year) for year in (1980, *range(1990, 2029))]
    pool = {
        "province": [*atlas.province_slugs, "atlantis"],
        "region": [*atlas.region_slugs, "ha-giang"],
        "level": list(SPELLED),
        "confidence": CONFIDENCE,
        "from": years,
        "to": years,
        "undated": ("include", "only", "hide"),
        "asof": days,
        "seen": ("2015", "2021", "2024", "2026", "none", "never"),
    }
    query = {
        name: draw.choices(values, k=draw.randint(1, 3 if name in ("province", "region", "level") else 1))
        for name, values in pool.items()
        if draw.random() < 0.25
    }
    points = {name: values for name, values in agreed.known(atlas).items() if values and draw.random() < 0.1}
    query |= {name: draw.choices([*values, "nothing"], k=2) for name, values in points.items()}
    if draw.random() < 0.4:
        query["q"] = [draw.choice((typed(draw, spellings), "\\ {x} %s ' \" <b>", "x" * 101, "ﬀ ß İ Σς"))]
    return urlencode(query, doseq=True)


def test_it_chooses_the_same_records_as_the_pages_for_any_address(page, both):
    spellings = sorted({name for place in both.table("places").index for name in both.places.spellings(place)})
    draw = random.Random(22)
    queries = [asked(draw, both, spellings) for _ in range(SELECTIONS)]
    found = page.evaluate(
        "([queries, tables]) => queries.map((query) => tables.map((table) => atlasSite.ids(table, query)))",
        [queries, [*TABLES, "points"]],
    )
    left = [sum(map(len, tables)) for tables in found]
    assert len(set(left)) > 100
    for query, tables in zip(queries, found):
        selection, _ = Selection.from_query(parse_qs(query), both)
        expected = [
            list(selection.twinnings(both).index),
            *(list(selection.records(both, one).index) for one in TABLES[1:]),
        ]
        wanted, _ = agreed.Wanted.from_query(parse_qs(query), both)
        expected.append(list(agreed.found(both, selection, wanted).index))
        assert tables == expected, query


def test_it_understands_every_name_as_the_pages_do(page, both):
    spellings = sorted({name for place in both.table("places").index for name in both.places.spellings(place)})
    draw = random.Random(7)
    texts = [*draw.sample(spellings, 1000), *(typed(draw, spellings) for _ in range(700))]
    found = page.evaluate("(texts) => texts.map((text) => atlasSite.needles(text))", texts)
    wrong = [(text, one, known) for text, one in zip(texts, found) if (known := list(names(both).needles(text))) != one]
    assert wrong == []


def test_its_search_finds_what_that_of_the_pages_finds(page, both):
    spellings = sorted({name for place in both.table("places").index for name in both.places.spellings(place)})
    draw, everything = random.Random(5), postings.index(both)
    texts = ["meo vac 2016", "trade fair", "hữu nghị", "会谈 河江", "ubnd tinh lao cai", "a", "", "x" * 101]
    texts += [typed(draw, spellings) for _ in range(150)]
    found = page.evaluate("(texts) => Promise.all(texts.map((text) => atlasSite.find(text)))", texts)
    assert sum(map(bool, found)) > 100
    for text, kinds in zip(texts, found):
        asked = tuple(dict.fromkeys(names(both).phrases(text))) if 0 < len(text.strip()) <= 100 else ()
        if len(asked) == 1 and len(asked[0]) < 2 and not is_han(asked[0]):
            asked = ()
        ranks = everything.ask(asked, "".join(asked).replace(" ", "")) if asked else None
        if asked and (ranks == postings.NONE).all() and (kept := tuple(one for one in asked if one not in TYPE_WORDS)):
            ranks = everything.ask(kept, "".join(kept).replace(" ", ""))
        expected = {
            kind: [
                everything.documents[start + n][1]
                for n in ranks[start:end].argsort(kind="stable")
                if ranks[start + n] < postings.NONE
            ]
            for kind, (start, end) in (everything.ranges.items() if ranks is not None else ())
        }
        assert kinds == {kind: ids for kind, ids in expected.items() if ids}, text


def shown(page, address: str) -> str:
    """What a page of the file says."""
    page.goto(page.url.partition("#")[0] + address)
    page.wait_for_function("address => document.documentElement.dataset.shown === address", arg=address)
    return page.locator("body").inner_text()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_of_it_speaks_each_language(page, both, language):
    translate = Translator(language)
    twinning, point, source = (both.table(name).index[0] for name in ("twinnings", "commitments", "sources"))
    said = {
        f"#twinning_map?lang={language}&pair={twinning}": both.places.name(
            both.twinnings.at[twinning, "vn"][0], language
        ),
        f"#twinning/{twinning}?lang={language}": naming.pair(both, twinning, language),
        f"#commitment/{point}?lang={language}": both.table("commitments").at[point, f"text_{language}"],
        f"#source/{source}?lang={language}": both.table("sources").at[source, "title"],
        f"#commitments?lang={language}": translate("Commitments"),
        f"#border?lang={language}": translate("Along the border"),
        f"#table?lang={language}&province=atlantis": translate("Table"),
        f"#search?lang={language}&find=meo+vac": both.places.full_name(both.places.by_slug["ha-giang"], language),
        f"#about?lang={language}": translate.date(both.version),
        f"#twinning/none?lang={language}": translate("No such record"),
    }
    for address, text in said.items():
        assert text in shown(page, address), address
        assert page.locator("html").get_attribute("lang") == LANGUAGE_CODES[language]
    assert page.errors == []


def test_a_person_filters_opens_a_record_and_goes_back(page, both, path):
    page.goto(path.as_uri() + "#twinning_map?lang=en")
    page.locator(".bar .find").fill("meo vac")
    row = page.locator(".records tbody tr[data-id]")
    expect(row).to_have_count(3)
    row.first.click()
    expect(page.locator(".card")).to_contain_text("Mèo Vạc")
    page.get_by_role("link", name="Open page").click()
    expect(page.locator("h1")).to_contain_text("Mèo Vạc")
    page.go_back()
    page.go_back()
    expect(row).to_have_count(3)
    page.locator(".menu summary").click()
    page.get_by_role("button", name="中文").click()
    expect(page.locator(".chips")).to_contain_text("meo vac")
    expect(page.locator("h1")).to_have_text("地图")
    assert page.errors == []


def test_it_asks_for_nothing_and_has_no_error(page, both, path):
    page.goto(path.as_uri())
    page.wait_for_selector(LINES, state="attached")
    assert {one for one in page.asked if not one.startswith("data:")} == {path.as_uri()}
    assert page.errors == []
    located = {one for one, row in browser_data(both)["twinnings"].items() if "curve" in row}
    assert page.locator(LINES).count() == len(located & set(Selection().twinnings(both).index))


def damaged(content: bytes) -> dict[str, bytes]:
    """The file as it may arrive: cut at several places, and with one letter changed in its data and in its script."""
    cut = {f"cut at {share}": content[: int(len(content) * share)] for share in (0.02, 0.1, 0.5, 0.95, 0.9999)}
    changed = {}
    for name, mark in (("data", b"id='data-core'>"), ("script", b"function begin()")):
        at = content.index(mark) + len(mark) + 200
        changed[name] = content[:at] + (b"A" if content[at : at + 1] != b"A" else b"B") + content[at + 1 :]
    return cut | changed


SAID = ("không cho phép chạy", "Scripts are forbidden", "禁止运行脚本")
OLD = ("quá cũ", "too old", "版本过低")
DAMAGED = ("bị hỏng", "is damaged", "已损坏")


def test_a_damaged_file_says_so_in_three_languages(browser, path, tmp_path):
    page = browser.new_page()
    for name, content in damaged(path.read_bytes()).items():
        (tmp_path / "atlas.html").write_bytes(content)
        page.goto((tmp_path / "atlas.html").as_uri())
        page.wait_for_selector("html.fails-damaged")
        said = page.locator("#failed").inner_text()
        assert all(text in said for text in DAMAGED), name
        assert not any(text in said for text in OLD)
        assert page.locator("#failed").is_visible()
        assert page.locator("#site").count() == 0 or not page.locator("#site").is_visible()
    assert page.locator(".plain table").count() == 5  # what is whole of it is there to read
    page.close()


def test_without_scripts_and_in_an_old_browser_its_tables_are_there(browser, path, both):
    still = browser.new_context(java_script_enabled=False).new_page()
    old = browser.new_context().new_page()
    old.add_init_script("delete window.DecompressionStream")
    old.goto(path.as_uri())
    old.wait_for_selector("html.fails-old")
    still.goto(path.as_uri())
    for page, place, expected, others in ((still, "noscript", SAID, DAMAGED), (old, "body", OLD, DAMAGED)):
        said = page.locator(place).inner_text()
        assert all(text in said for text in expected)
        assert not any(text in said for text in (*others, *(SAID if page is old else OLD)))
        for name in ("twinnings", "agreements", "events"):
            assert naming.record_name(both, name, both.table(name).index[0], Translator("vi")).split(" – ")[0] in said
    still.context.close()
    old.context.close()


@pytest.fixture(scope="module")
def phone(browser, path):
    """The file on a telephone."""
    context = browser.new_context(offline=True, viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page = context.new_page()
    yield page
    context.close()


def test_it_is_read_on_a_phone(phone, path):
    for address in ("#twinning_map", "#border", "#table", "#commitments", "#place/vn-ha-giang", "#search?find=ha"):
        phone.goto(path.as_uri() + address)
        phone.wait_for_selector(READY)
        assert too_wide(phone) <= 0, address
    phone.goto(path.as_uri() + "#twinning_map?lang=en")
    expect(phone.locator("#map")).to_be_hidden()
    phone.get_by_role("button", name="Map", exact=True).click()
    expect(phone.locator("#map")).to_be_visible()
    phone.get_by_role("button", name="List", exact=True).click()
    phone.locator(".records tbody tr[data-id]").first.click()
    expect(phone.locator(".card")).to_be_visible()


def test_axe_finds_nothing_serious_in_it(page, both):
    twinning = both.table("twinnings").index[0]
    found = []
    for address in (
        f"#twinning_map?lang=vi&pair={twinning}",
        "#border?lang=zh",
        "#commitments?lang=en&from=2015",
        f"#twinning/{twinning}?lang=en",
    ):
        shown(page, address)
        found += [(address, one) for one in violations(page)]
    assert found == []
    assert unnamed_controls(page) == []


def test_a_record_is_printed_on_one_sheet_with_its_address(page, both):
    twinning = both.table("twinnings").index[0]
    shown(page, f"#twinning/{twinning}?lang=vi")
    page.emulate_media(media="print")
    paper = page.pdf(prefer_css_page_size=True)
    text = page.locator("body").inner_text()
    page.emulate_media(media="screen")
    assert len(re.findall(rb"/Type\s*/Page\b", paper)) == 1
    assert f"#twinning/{twinning}" in text
    assert Translator("vi")("Along the border") not in text


def test_hostile_records_are_texts_in_it(atlas, browser, tmp_path, monkeypatch):
    real = records.pages.html  # those of places, which are many, have nothing of their own here
    monkeypatch.setattr(
        records.pages, "html", lambda atlas, kind, *more: Markup("") if kind == "place" else real(atlas, kind, *more)
    )
    found = released(hostile(atlas), "own")
    (tmp_path / "atlas.html").write_bytes(export(found, "site", None, "en", audience="own"))
    page = browser.new_page()
    page.hosts, page.errors = set(), []
    page.on("dialog", lambda dialog: page.errors.append(dialog.message))
    page.on("pageerror", lambda error: page.errors.append(str(error)))
    page.on("console", lambda message: page.errors.append(message.text) if message.type == "error" else None)
    page.goto((tmp_path / "atlas.html").as_uri())
    page.wait_for_selector(READY)
    for table, kind in (
        ("events", "event"),
        ("figures", "figure"),
        ("agreements", "agreement"),
        ("sources", "source"),
        ("twinnings", "twinning"),
        ("discrepancies", "discrepancy"),
    ):
        for one in found.table(table).index[: len(TEXTS)]:
            shown(page, f"#{kind}/{one}")
            assert page.locator("h1").inner_text() != Translator("en")("No such record")
            assert page.locator("main script, main style").count() == 0
    assert TEXTS[0] in shown(page, f"#event/{found.table('events').index[0]}")
    shown(page, "#search?find=alert")
    assert TEXTS[0] in page.locator("main").inner_text()
    shown(page, "#table")
    shown(page, "#twinning_map?q=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E")
    assert "<img src=x onerror=alert(1)>" in page.locator(".chips").inner_text()
    assert page.errors == []
    page.close()


def test_its_size_and_that_the_same_atlas_gives_the_same_file(atlas, path):
    content = path.read_bytes()
    assert len(content) < 4_000_000
    assert hashlib.sha256(export(atlas, "site", None, "vi")).digest() == hashlib.sha256(content).digest()
