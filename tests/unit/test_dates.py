"""Dates as people type them, and the anniversaries that follow from them."""

from datetime import date

import pytest

from atlas import LANGUAGES
from atlas.records.dates import anniversary, typed
from atlas.words.translator import Translator


@pytest.mark.parametrize(
    ("text", "partial"),
    [
        *((text, "2016") for text in ("2016", " 2016 ", "2016年", "２０１６", "năm 2016")),
        *((text, "2016-05") for text in ("5/2016", "05/2016", "2016-05", "2016/5", "5.2016", "2016年5月", "May 2016")),
        *((text, "2016-05") for text in ("tháng 5/2016", "tha\u0301ng 5 na\u0306m 2016")),
        *((text, "2016-05-01") for text in ("1/5/2016", "01.05.2016", "2016-5-1", "2016年5月1日", "ngày 1/5/2016")),
        *((text, "2016-05-01") for text in ("1 May 2016", "May 1, 2016")),
        *(
            (text, None)
            for text in ("", "abc", "16", "1/5/16", "31/2/2016", "13/2016", "2016/2017", "1/2016/5", "20160501")
        ),
    ],
)
def test_a_typed_date_is_understood_as_far_as_it_goes(text, partial):
    assert typed(text) == partial


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("partial", ["2016", "2016-05", "2016-12-31"])
def test_what_the_atlas_writes_can_be_typed(language, partial):
    assert typed(Translator(language).date(partial)) == partial


@pytest.mark.parametrize(
    ("signed", "day", "expected"),
    [
        ("2015-10-20", date(2025, 10, 20), (10, "2025-10-20")),  # on the day itself
        ("2015-10-20", date(2025, 10, 21), (15, "2030-10-20")),
        ("2014-12", date(2024, 12, 31), (10, "2024-12")),  # the month is not over
        ("2017", date(2026, 11, 22), (10, "2027")),
        ("2024-02-29", date(2026, 1, 1), None),
    ],
)
def test_the_next_anniversary_is_as_fine_as_the_date_of_signature(signed, day, expected):
    assert anniversary(signed, day) == expected
