"""Dates as people type them."""

import pytest

from atlas import LANGUAGES
from atlas.dates import typed
from atlas.i18n import Translator


@pytest.mark.parametrize(
    ("text", "partial"),
    [
        *((text, "2016") for text in ("2016", " 2016 ", "2016年", "２０１６", "năm 2016")),
        *((text, "2016-05") for text in ("5/2016", "05/2016", "2016-05", "2016/5", "5.2016", "2016年5月", "May 2016")),
        *((text, "2016-05") for text in ("tháng 5/2016", "tha\u0301ng 5 na\u0306m 2016")),
        *((text, "2016-05-01") for text in ("1/5/2016", "01.05.2016", "2016-5-1", "2016年5月1日", "ngày 1/5/2016")),
        *((text, "2016-05-01") for text in ("1 May 2016", "May 1, 2016")),
        *((text, None) for text in ("", "abc", "16", "1/5/16", "31/2/2016", "13/2016", "2016/2017", "1/2016/5", "20160501")),
    ],
)
def test_a_typed_date_is_understood_as_far_as_it_goes(text, partial):
    assert typed(text) == partial


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("partial", ["2016", "2016-05", "2016-12-31"])
def test_what_the_atlas_writes_can_be_typed(language, partial):
    assert typed(Translator(language).date(partial)) == partial
