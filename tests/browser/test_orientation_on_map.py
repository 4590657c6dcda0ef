"""Rivers and towns on the map: named where nothing else stands, in the languages that have a name for them."""

from playwright.sync_api import expect

from atlas.model.selection import Selection
from tests.browser.drawn_map import group_of, opener
from tests.conftest import wait_until

BOXES = """(all) => all.map((one) => one.firstChild.getBoundingClientRect()).map((box) => [box.left, box.top, box.right, box.bottom])"""
CAO_BANG = Selection(province=("cao-bang",))


def texts(page, kind: str) -> list[str]:
    return page.locator(f".atlas-label-{kind}").all_inner_texts()


def test_rivers_and_towns_are_named_where_nothing_else_stands(browser, atlas):
    page, show = opener(browser, atlas)
    named = {"vi": {"Sông Bằng", "Tả Giang"}, "zh": {"水口河", "左江"}, "en": {"Bằng River", "Zuo River"}}
    cities = {"vi": "TP. Cao Bằng", "zh": "高平市", "en": "Cao Bằng City"}
    for lang, rivers in named.items():
        show(group_of(atlas, CAO_BANG, lang))
        wait_until(lambda rivers=rivers: rivers <= set(texts(page, "river")))
        assert cities[lang] in texts(page, "town"), "a town stays one where its unit has ended"
        said = page.locator(".atlas-label").all_inner_texts()
        assert len(said) == len(set(said)), "nothing is named twice"
        boxes = page.locator(".atlas-label").evaluate_all(BOXES)
        assert not [
            (one, other)
            for number, one in enumerate(boxes)
            for other in boxes[number + 1 :]
            if one[0] + 1 < other[2] and one[2] > other[0] + 1 and one[1] + 4 < other[3] and one[3] > other[1] + 4
        ]
    assert "Sông Chảy" not in texts(page, "river")
    assert page.locator(".atlas-town").count() >= len(texts(page, "town")) > 0
    page.evaluate("map.setView([21.85, 106.76], 11)")  # communes have their names there
    expect(page.locator(".atlas-town")).to_have_count(0)
    page.context.close()
