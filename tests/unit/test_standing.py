"""How many twinnings lost a unit: whoever is asked says the same, or names what else is counted."""

import re
from datetime import date

import pytest

from atlas.exports import geodata, tables
from atlas.maps import browser
from atlas.model import reform, standing
from atlas.model.selection import Selection
from atlas.words import sentences
from atlas.words.translator import Translator
from atlas.words.voice import Voice

SELECTIONS = [
    Selection(),
    Selection(province=("ha-giang",)),
    Selection(province=("quang-ninh",)),
    Selection(level=("village",)),
    Selection(asof="2025-06-30"),
    Selection(asof="2025-07-01"),
    Selection(asof="2019-12-31"),
    Selection(q="zzzz"),
]


@pytest.mark.parametrize("selection", SELECTIONS, ids=lambda one: str(one.chosen.to_query()))
def test_all_who_count_twinnings_that_lost_a_unit_agree(atlas, selection):
    rows, day = selection.twinnings(atlas), selection.day(atlas)
    counted = standing.count(atlas, rows.to_dict("records"), day)
    assert len(reform.abolished(atlas, selection)) == counted.twinnings
    voice, on = Voice("en"), day.isoformat()
    assert sum(bool(row[-1]) for row in tables.pairs(atlas, rows, voice, on).rows) == counted.signers
    assert len(tables.abolished(atlas, rows, voice, on)) == counted.units
    drawn = browser.browser_data(atlas)["twinnings"]
    assert sum(drawn[one].get("ended", "9999") < on for one in rows.index) == counted.signers
    exported = geodata.layers(atlas, selection)["twinnings"] if len(rows) else rows.assign(ended=None)
    assert exported["ended"].notna().sum() == counted.signers


def test_the_two_questions_are_named_with_their_relation(atlas):
    counted = standing.count(atlas, Selection().twinnings(atlas).to_dict("records"), date(2026, 1, 1))
    assert counted.signers > 40
    assert counted.villages > 10
    for language in ("vi", "zh", "en"):
        numbers = list(map(int, re.findall(r"\d+", sentences.relation(counted, Translator(language)))))
        assert sorted(numbers) == sorted([counted.twinnings, counted.signers, counted.villages])
