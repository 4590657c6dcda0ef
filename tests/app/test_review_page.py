"""The page on which keepers review what was handed in, without a browser."""

import json
from dataclasses import replace

import pytest

from atlas import LANGUAGES
from atlas.words.translator import Translator
from server import inbox
from tests.app.hand_ins import CHANGE, CONFIRM, SOURCE, entries, put
from tests.app.test_pages import html_of, opened
from ui import ticks


def field(app):
    """What the script of the list writes into."""
    (found,) = [one for one in app.text_area if one.key.startswith("ticked-")]
    return found


def decided(app, decisions: dict[int, tuple[str, str]]):
    """Choose and remark in rows, as the script gathers it."""
    return field(app).set_value(json.dumps({str(row): list(one) for row, one in decisions.items()})).run()


@pytest.mark.parametrize("language", LANGUAGES)
def test_nobody_but_a_keeper_sees_what_was_handed_in(box, logged_in, atlas, language):
    hand_in = put(box, entries(atlas), remark="for keepers alone")
    translate = Translator(language)
    for name in (None, "officer", "keeperx"):
        logged_in(name)
        app = opened("review", lang=language, id=hand_in)
        assert not app.exception
        assert translate("This page is for the keepers of the atlas, when they are logged in.") in [
            one.value for one in app.info
        ]
        assert "for keepers alone" not in html_of(app)
        assert f"href='log-in-review?lang={language}'" in html_of(app)
        assert "href='review?" not in html_of(opened("sources_and_data", lang=language))
    logged_in("keeper")
    assert "for keepers alone" in html_of(opened("review", lang=language, id=hand_in))
    assert "href='review?" in html_of(opened("sources_and_data", lang=language))


def test_the_page_is_closed_where_nothing_is_configured(monkeypatch):
    monkeypatch.delenv("ATLAS_INBOX", raising=False)
    monkeypatch.setenv("ATLAS_KEEPERS", "keeper")
    app = opened("review", lang="en")
    assert not app.exception
    assert app.info


@pytest.mark.parametrize("language", LANGUAGES)
def test_hand_ins_that_wait_come_first_and_one_opens_by_its_address(box, logged_in, atlas, language):
    first = put(box, entries(atlas), by="first")
    second = put(box, entries(atlas)[:1], by="second")
    box.decide(second, {0: inbox.Decision(inbox.REFUSED)}, "keeper")
    logged_in("keeper")
    app = opened("review", lang=language)
    listed = html_of(app)
    assert listed.index("first") < listed.index("second")
    assert f"id={first}" in listed
    opened_one = html_of(opened("review", lang=language, id=first.lower()))  # as addresses are spelled
    assert "data-row=0" in opened_one
    assert "Letter &lt;b&gt;of the office" in opened_one
    assert "https://example.org/letter" in opened_one
    assert Translator(language)("Accept all without conflict") in opened_one


def test_decisions_are_kept_at_once_and_shown_again(box, logged_in, atlas):
    hand_in = put(box, entries(atlas))
    logged_in("keeper")
    app = decided(
        opened("review", lang="en", id=hand_in), {CHANGE: ("accepted", ""), SOURCE: ("refused", "Not public.")}
    )
    assert not app.exception
    assert box.get(hand_in).states == ("waiting", "accepted", "refused")
    assert box.get(hand_in).decision(SOURCE).remark == "Not public."
    again = opened("review", lang="en", id=hand_in)
    assert ticks.read(field(again).value) == {"1": ("accepted", ""), "2": ("refused", "Not public.")}
    decided(app, {SOURCE: ("refused", "Not public.")})  # taken back
    assert box.get(hand_in).states == ("waiting", "waiting", "refused")


def test_who_asks_back_says_what_is_missing(box, logged_in, atlas):
    hand_in = put(box, entries(atlas))
    logged_in("keeper")
    app = decided(opened("review", lang="en", id=hand_in), {CHANGE: ("asked back", ""), SOURCE: ("accepted", "")})
    assert box.get(hand_in).states == ("waiting", "waiting", "accepted")
    assert [one.value for one in app.warning] == ["Say in a remark what is missing, in line: 2"]
    app = decided(app, {CHANGE: ("asked back", "Which day?"), SOURCE: ("accepted", "")})
    assert not app.warning
    assert box.get(hand_in).states == ("waiting", "asked back", "accepted")


def test_what_another_keeper_has_decided_meanwhile_stays(box, logged_in, atlas):
    hand_in = put(box, entries(atlas))
    logged_in("keeper")
    app = decided(opened("review", lang="en", id=hand_in), {CHANGE: ("accepted", "")})
    box.decide(
        hand_in, {CONFIRM: inbox.Decision(inbox.REFUSED, "No."), CHANGE: inbox.Decision(inbox.REFUSED)}, "other-keeper"
    )
    app = decided(app, {CHANGE: ("accepted", ""), SOURCE: ("accepted", "")})  # the page has not heard of the other yet
    assert box.get(hand_in).states == ("refused", "refused", "accepted")
    assert ticks.read(field(app).value) == {"0": ("refused", "No."), "1": ("refused", ""), "2": ("accepted", "")}


def test_whoever_has_ceased_to_be_a_keeper_decides_nothing(box, logged_in, atlas):
    hand_in = put(box, entries(atlas))
    logged_in("keeper")
    app = opened("review", lang="en", id=hand_in)
    logged_in(None)
    app = decided(app, {CHANGE: ("accepted", "")})
    assert box.get(hand_in).states == ("waiting",) * 3
    assert "data-row" not in html_of(app)


def test_conflicts_are_marked_and_accepted_only_one_by_one(box, logged_in, atlas):
    confirmed, changed, source = entries(atlas)
    stands = changed.given["confidence"]
    seen = replace(changed, given=changed.given | {"confidence": "medium" if stands != "medium" else "high"})
    hand_in = put(box, [confirmed, seen, source])
    put(box, [replace(source, cells=source.cells | {"title": "Another"})], by="second-officer")
    logged_in("keeper")
    app = opened("review", lang="en", id=hand_in)
    rows = html_of(app)
    assert "data-row=0>" in rows
    assert "data-row=1 data-conflict=1" in rows
    assert "changed since from" in rows
    assert "data-row=2 data-conflict=1" in rows
    assert "Several new records have this id, from: officer, second-officer" in rows.replace(
        "second-officer, officer", "officer, second-officer"
    )
    decided(app, {CHANGE: ("accepted", "")})
    assert box.get(hand_in).decision(CHANGE).standing == {"confidence": stands}
    ended = put(box, [replace(changed, cells={"status": "lapsed"}, given={"status": "active"})], by="third-officer")
    assert "Status: others ask for another value (third-officer: Lapsed)" in html_of(
        opened("review", lang="en", id=hand_in)
    )
    assert "Status: others ask for another value (officer: Still true)" in html_of(
        opened("review", lang="en", id=ended)
    )


def test_a_confirmation_names_the_office_that_stands_for_it(box, logged_in, atlas):
    hand_in = put(box, entries(atlas)[:1])
    logged_in("keeper")
    app = decided(opened("review", lang="en", id=hand_in), {CONFIRM: ("accepted", "")})
    assert box.get(hand_in).decision(CONFIRM).office == ""
    (office,) = [one for one in app.text_input if one.key.startswith("review-office")]
    office.set_value("Foreign Affairs Office of Tuyên Quang").run()
    assert box.get(hand_in).decision(CONFIRM).office == "Foreign Affairs Office of Tuyên Quang"


def test_two_hundred_changes_are_one_block_that_decisions_do_not_send_again(box, logged_in, atlas):
    rows = atlas.table("commitments").to_dict("records")[:200]
    confidence = [{"confidence": row["confidence"]} for row in rows]
    changed = [
        replace(entries(atlas)[CHANGE], table="commitments", id=row["id"], cells={"confidence": "low"}, given=given)
        for row, given in zip(rows, confidence)
    ]
    hand_in = put(box, changed)
    logged_in("keeper")
    app = opened("review", lang="en", id=hand_in)
    assert html_of(app).count("data-row=") == 200
    assert len(app.button) + len(app.text_input) + len(app.text_area) < 5
    before = html_of(app)
    app = decided(app, {7: ("accepted", "")})
    assert box.get(hand_in).counted["accepted"] == 1
    block = before[before.index("<div class=ticks") :]
    assert block.partition("</table>")[0] in html_of(app)  # the same block, which a browser keeps and is not sent again
