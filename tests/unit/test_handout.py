"""The hand-out is one file that holds all of a selection and asks for nothing else."""

import json
import re
from html.parser import HTMLParser

import pytest

from atlas.exports import handout, tables
from atlas.exports.about import described, disclaimer
from atlas.exports.formats import export
from atlas.exports.rows import selected
from atlas.maps.browser import at_border
from atlas.model.selection import Selection
from atlas.model.session import Said, Scene, Session
from atlas.words.translator import Translator
from atlas.words.voice import Voice
from tests.unit.hostile_atlas import hostile

HA_GIANG = Selection(province=("ha-giang",), asof="2025-07-01")
LARGEST = 3_000_000


class Page(HTMLParser):
    """Tables (rows of texts), scripts by id, addresses that are fetched, and all tags of a page."""

    def __init__(self, content: bytes):
        super().__init__()
        self.tables, self.scripts, self.fetched, self.tags, self.text = [], {}, [], set(), ""
        self._cell, self._script = None, None
        self.feed(content.decode())

    def handle_starttag(self, tag, attributes):
        self.tags.add(tag)
        given = dict(attributes)
        if tag not in ("a", "meta"):
            self.fetched += [given[name] for name in ("src", "href", "data", "poster", "srcset") if name in given]
        if tag == "table":
            self.tables.append([])
        elif tag == "tr":
            self.tables[-1].append([])
        elif tag in ("td", "th"):
            self.tables[-1][-1].append("")
            self._cell = True
        elif tag == "br" and self._cell:
            self.tables[-1][-1][-1] += "\n"
        elif tag == "script":
            self._script = given.get("id", "")

    def handle_endtag(self, tag):
        if tag in ("td", "th"):
            self._cell = None
        elif tag == "script":
            self._script = None

    def handle_data(self, data):
        if self._script is not None:
            self.scripts[self._script] = self.scripts.get(self._script, "") + data
            return
        self.text += data
        if self._cell:
            self.tables[-1][-1][-1] += data


@pytest.fixture(scope="module")
def everything(atlas):
    return handout.html(atlas, None, "vi")


@pytest.fixture(scope="module")
def hostile_page(atlas):
    return handout.html(hostile(atlas), None, "vi-zh")


def test_everything_fits_into_three_megabytes(everything):
    assert len(everything) < LARGEST


@pytest.mark.parametrize("language", ["vi", "zh", "en", "vi-zh"])
def test_tables_hold_the_selected_rows(atlas, language):
    voice, rows = Voice(language), selected(atlas, HA_GIANG)
    page = Page(handout.html(atlas, HA_GIANG, language))
    found = {tuple(head[:-1]): [tuple(row[:-1]) for row in body] for head, *body in page.tables}
    twinnings = HA_GIANG.twinnings(atlas)
    for table in (
        tables.pairs(atlas, twinnings, voice, HA_GIANG.asof),
        tables.figures(atlas, rows["figures"], voice),
        tables.events(atlas, rows["events"], voice, HA_GIANG.day(atlas), outcomes=True),
        tables.agreements(atlas, rows["agreements"], voice),
        tables.discrepancies(atlas, rows["discrepancies"], voice),
    ):
        assert len(table) > 3
        assert found[table.heads] == list(table.rows)
    for one in language.split("-"):
        translate = Translator(one)
        for text in (
            described(atlas, HA_GIANG, translate),
            disclaimer(translate),
            translate.date(atlas.version),
            translate.date(HA_GIANG.asof),
            "CC-BY-4.0",
        ):
            assert text in page.text
    shown = json.loads(page.scripts["data-map"])
    assert set(shown["twinnings"]) == set(twinnings.index)


def test_it_asks_for_nothing(everything):
    assert Page(everything).fetched == []
    style = re.search(rb"<style>.*?</style>", everything, re.S)[0]
    assert not re.search(rb"url\(|@import", style)


def test_mirrors_are_not_linked(atlas, everything):
    mirrors = atlas.table("sources").query("kind == 'mirror'")["url"].dropna()
    assert len(mirrors)
    assert not any(f"href='{address}'" in everything.decode() for address in mirrors)


def test_every_mark_of_a_source_leads_to_it(everything):
    text = everything.decode()
    targets = set(re.findall(r"id='(source-\d+)'", text))
    assert set(re.findall(r"href='#(source-\d+)'", text)) == targets
    assert len(targets) > 300


def test_it_draws_the_map_of_the_version(atlas, everything):
    drawn = json.loads(Page(everything).scripts["data-map"])
    assert at_border(atlas) <= drawn["places"].keys(), "communes at the border are named there as well"
    for place, row in drawn["places"].items():
        assert row == atlas.drawn["places"][place]


def test_the_same_selection_gives_the_same_page(atlas):
    assert handout.html(atlas, HA_GIANG, "vi") == handout.html(atlas, HA_GIANG, "vi")


def test_hostile_texts_stay_text(hostile_page):
    page = Page(hostile_page)
    assert "<script>alert(1)</script>" in page.text
    assert "${alert(1)}" in page.text
    assert page.tags <= {
        *("html", "head", "meta", "title", "style", "body", "header", "main", "footer", "section", "aside", "template", "article"),
        *("h1", "h2", "h3", "h4", "p", "div", "span", "strong", "small", "br", "a", "dl", "dt", "dd", "ol", "ul", "li", "figure", "script", "details", "summary", "i"),
        *("table", "colgroup", "col", "thead", "tbody", "tr", "th", "td", "svg", "g", "path", "rect", "circle", "line", "text", "tspan", "defs", "clippath"),
    }  # fmt: skip
    assert not any("alert(1)" in text for name, text in page.scripts.items() if not name)
    for name, text in page.scripts.items():
        if name:
            assert json.loads(text)


@pytest.mark.parametrize(("audience", "told"), [("both", False), ("own", True)])
def test_what_the_presenter_noted_is_not_handed_to_the_other_side(atlas, audience, told):
    scenes = (Scene("text", message=Said(vi="Chào mừng"), notes="Ask them about the bridge."),)
    page = export(atlas, "html", None, "vi", session=Session("own", "vi", audience, scenes=scenes)).decode()
    assert "Chào mừng" in page
    assert ("Ask them about the bridge." in page) == told
