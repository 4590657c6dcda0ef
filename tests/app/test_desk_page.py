"""The desk for re-signing on the page after the reform, without a browser: a block a unit, letters, and the filters."""

import re

import lxml.html
import pytest

from atlas import LANGUAGES
from atlas.model import desk
from atlas.model.audience import released
from atlas.model.selection import Selection
from atlas.words.translator import Translator
from tests.app.test_pages import html_of, opened


def blocks(app) -> dict[str, lxml.html.HtmlElement]:
    assert not app.exception
    page = lxml.html.fromstring(f"<div>{html_of(app)}</div>")
    return {one.get("data-unit"): one for one in page.find_class("desk-unit")}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_unit_of_today_has_its_block_with_every_link(atlas, language):
    provinces = desk.by_province(desk.units(atlas, Selection()))
    for province in ("vn-20", "vn-08-2025"):  # one that has a renewed one, and one of many units
        app = opened("reform", lang=language, view="units", unit=atlas.places[province]["slug"])
        shown, units = blocks(app), provinces[province]
        assert list(shown) == [unit.place for unit in units]
        for unit in units:
            addresses = " ".join(link.get("href") for link in shown[unit.place].iter("a"))
            assert all(f"twinning?id={tie.twinning}&" in addresses for tie in unit.ties)
            near = [one.place for one in (*unit.sharing, *unit.townships)]
            assert all(f"place?id={one}&" in addresses for one in near)
            assert bool(shown[unit.place].find_class("desk-note")) != unit.renewed
        counts = dict(re.findall(r"data-count=(\w+)>(\d+)<", html_of(app)))
        renewed = sum(unit.renewed for unit in units)
        assert counts == {"open": str(len(units) - renewed), "drafted": "0", "renewed": str(renewed)}
        assert len(re.search("<div class=desk>.*", html_of(app), re.DOTALL)[0].encode()) < 60_000


def test_filters_hold_and_a_selection_before_the_reform_has_no_desk(atlas):
    app = opened("reform", lang="en", view="units", province="lang-son")
    units = desk.units(atlas, Selection(province=("lang-son",)))
    assert f"By unit of today ({len(units)})" in html_of(app)
    assert set(blocks(app)) == {unit.place for unit in units if unit.province == units[0].province}
    assert not blocks(opened("reform", lang="en", view="units", asof="2019-12-31"))


def test_letters_can_be_had_for_one_unit_for_a_province_and_for_all(atlas):
    app = opened("reform", lang="vi", view="units", unit="quang-ninh")
    units = [one for one in desk.units(released(atlas, "both"), Selection()) if one.province == "vn-22"]
    translate = Translator("vi")
    (choice,) = (one for one in app.selectbox if one.label == translate("Draft letters for"))
    assert choice.options[0] == translate("all units of {province}", province="Quảng Ninh")
    assert choice.options[-1] == translate("all units of the selection")
    assert len(choice.options) == len(units) + 2
