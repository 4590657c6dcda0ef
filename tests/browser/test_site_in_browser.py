"""The atlas as one file in a real Chromium, from a disk and without any network."""

import random
from urllib.parse import parse_qs, urlencode

import pytest
from opencc import OpenCC

from atlas.exports.formats import export
from atlas.maps.browser import browser_data
from atlas.model.audience import released
from atlas.model.filters import TABLES
from atlas.model.names import names
from atlas.model.selection import CONFIDENCE, SPELLED, Selection
from atlas.model.spelling import fold, unaccented

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
    if draw.random() < 0.4:
        query["q"] = [draw.choice((typed(draw, spellings), "\\ {x} %s ' \" <b>", "x" * 101, "ﬀ ß İ Σς"))]
    return urlencode(query, doseq=True)


def test_it_chooses_the_same_records_as_the_pages_for_any_address(page, both):
    spellings = sorted({name for place in both.table("places").index for name in both.places.spellings(place)})
    draw = random.Random(22)
    queries = [asked(draw, both, spellings) for _ in range(SELECTIONS)]
    found = page.evaluate(
        "([queries, tables]) => queries.map((query) => tables.map((table) => atlasSite.ids(table, query)))",
        [queries, TABLES],
    )
    left = [sum(map(len, tables)) for tables in found]
    assert len(set(left)) > 100
    for query, tables in zip(queries, found):
        selection, _ = Selection.from_query(parse_qs(query), both)
        expected = [
            list(selection.twinnings(both).index),
            *(list(selection.records(both, one).index) for one in TABLES[1:]),
        ]
        assert tables == expected, query


def test_it_understands_every_name_as_the_pages_do(page, both):
    spellings = sorted({name for place in both.table("places").index for name in both.places.spellings(place)})
    draw = random.Random(7)
    texts = [*spellings, *(typed(draw, spellings) for _ in range(3000))]
    found = page.evaluate("(texts) => texts.map((text) => atlasSite.needles(text))", texts)
    wrong = [(text, one, known) for text, one in zip(texts, found) if (known := list(names(both).needles(text))) != one]
    assert wrong == []


def test_it_asks_for_nothing_and_has_no_error(page, both, path):
    page.goto(path.as_uri())
    page.wait_for_selector(LINES, state="attached")
    assert {one for one in page.asked if not one.startswith("data:")} == {path.as_uri()}
    assert page.errors == []
    located = {one for one, row in browser_data(both)["twinnings"].items() if "curve" in row}
    assert page.locator(LINES).count() == len(located & set(Selection().twinnings(both).index))
