"""The view along the border, without a browser."""

import re
from html import unescape
from urllib.parse import unquote

import pytest

from atlas import LANGUAGES
from atlas.words import naming
from tests.app.test_pages import html_of, opened


def drawings(app) -> dict[str, str]:
    found = dict(re.findall(r" data-(lying|turned)='([^']*)'", html_of(app)))
    return {name: unquote(unescape(text)) for name, text in found.items()}


def blocks(block):
    """What is known of a block and of all blocks in it."""
    if children := getattr(block, "children", None):
        yield str(block.proto)
        for child in children.values():
            yield from blocks(child)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_border_is_drawn_lying_and_turned_with_tables_beside(atlas, language):
    app = opened("twinning_map", lang=language, view="border")
    assert not app.exception
    for svg in drawings(app).values():
        assert svg.startswith("<svg ")
        assert atlas.places.name("vn-00793", language) in svg
        assert 'data-of="twin-thuong-phung-xin-cai-son-vi-tianpeng"' in svg
    said = unescape(html_of(app))
    assert {"vi": "Cao Bằng: 1/21", "zh": "高平省：1/21", "en": "Cao Bằng: 1 of 21"}[language] in said
    far = next(one for one in atlas.twinnings.index if "ho-chi-minh" in one)
    assert f"data-set='pair={far}'" in said
    assert naming.pair(atlas, far, language) in said


def test_filters_the_day_and_both_languages_hold_along_the_border(atlas):
    svg = drawings(opened("twinning_map", view="border", province="cao-bang", labels="bilingual"))["lying"]
    assert "Trùng Khánh" in svg
    assert "重庆县" in svg
    assert "Lũng Cú" not in svg
    chinese = drawings(opened("twinning_map", view="border", province="cao-bang", labels="bilingual", lang="zh"))[
        "lying"
    ]
    assert "重庆县 Trùng Khánh" in chinese, "the reader's own language does not stand first, as it does on the map"
    before = opened("twinning_map", view="border", asof="2025-06-30", lang="en")
    assert "Hà Giang: 26 of 34" in unescape(html_of(before))
    nothing = opened("twinning_map", view="border", q="qqqq")
    assert not nothing.exception
    assert nothing.info


def test_the_record_that_is_open_covers_the_other_end_of_the_border(atlas):
    west, east = "twin-u-ma-ma-ni-tan-trai", next(one for one in atlas.twinnings.index if "mong-cai" in one)
    for pair, side in ((west, "right"), (east, "left")):
        app = opened("twinning_map", view="border", pair=pair, lang="en")
        assert f"strip-{side}" in " ".join(blocks(app.main))
