"""The page on which an office takes its records, has them checked and hands them in, without a browser."""

import io
import json
from concurrent.futures.process import BrokenProcessPool

import openpyxl
import pytest

from atlas import LANGUAGES
from atlas.exports.contributions.prefilled import prefilled
from atlas.words.translator import Translator
from tests.app.hand_ins import entries, put
from tests.app.test_pages import html_of, opened
from ui import contribute_view

UNIT = "vn-027"  # Mèo Vạc, a district until 2025
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FIRST = 3  # line of the first record


def filled(atlas, **cells: str) -> bytes:
    """The workbook of the unit, with cells of its first twinning changed."""
    book = openpyxl.load_workbook(io.BytesIO(prefilled(atlas, Translator("vi"), None, (UNIT,))))
    sheet = book["twinnings"]
    places = {cell.value: cell.column for cell in sheet[1]}
    for column, value in cells.items():
        sheet.cell(FIRST, places[column]).value = value
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def dropped(app, content: bytes, name: str = "filled.xlsx"):
    return app.file_uploader[0].upload(name, content, XLSX).run()


def labels(app) -> list[str]:
    return [one.proto.label for one in app.get("download_button")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_gives_both_workbooks_and_the_three_steps(language):
    app = opened("contribute", lang=language, province="cao-bang")
    translate = Translator(language)
    assert not app.exception
    assert labels(app) == [translate("Workbook with these records"), translate("Blank workbook")]
    assert [one.value for one in app.subheader] == [
        translate(text) for text in ("1. Take the workbook", "2. Check it", "3. Hand it in")
    ]
    assert any(one.value.startswith(translate("Twinnings")) and "·" in one.value for one in app.text)


def test_nothing_is_said_of_handing_in_where_there_is_no_inbox(monkeypatch):
    monkeypatch.delenv("ATLAS_INBOX", raising=False)
    app = opened("contribute", lang="en", view="own")
    assert not app.exception
    assert "My hand-ins" not in html_of(app)
    assert "Still true" not in html_of(app)
    assert app.file_uploader


def test_what_is_typed_offers_units_and_one_takes_the_place_of_filters():
    offered = html_of(opened("contribute", lang="vi", q="meo vac"))
    assert f"data-set='id={UNIT}&amp;q='" in offered
    app = opened("contribute", lang="vi", id=UNIT)
    assert "data-set='id='" in html_of(app)
    said = next(one.value for one in app.text if "·" in one.value)
    assert f"{Translator('vi')('Twinnings')}: 5" in said


def test_an_address_of_no_unit_or_committee_is_said():
    app = opened("contribute", lang="en", id="vn-nowhere", series="nonsense")
    assert not app.exception
    assert any("series=nonsense" in one.value and "id=vn-nowhere" in one.value for one in app.warning)


@pytest.mark.parametrize("language", LANGUAGES)
def test_errors_stand_at_their_cells_in_the_language_and_come_back_in_a_copy(atlas, language):
    translate = Translator(language)
    app = dropped(opened("contribute", lang=language), filled(atlas, confidence="sure"))
    assert not app.exception
    found = html_of(app)
    assert "<td>twinnings<td>H3<td>sure<td>" in found
    assert translate.plural("{n} error to correct", "{n} errors to correct", 1) in found
    assert app.error[0].value
    assert translate("Copy with remarks at the cells") in labels(app)


def test_a_date_is_a_reading_that_is_ticked_and_then_asked_for(atlas):
    app = dropped(opened("contribute", lang="en"), filled(atlas, last_confirmed="4/5/2026"))
    assert "4/5/2026 → <ins>2026-05-04</ins>" in html_of(app)
    (field,) = [one for one in app.text_area if one.key == "ticked-readings"]
    field.set_value(json.dumps({"twinnings!3!last_confirmed": ["yes", ""]}))
    app = app.button(key="take-readings").click().run()
    assert not app.exception
    assert "reading to confirm" not in html_of(app)
    assert "<ins>4 May 2026</ins>" in html_of(app)
    assert app.success[0].value.startswith("`filled.xlsx`: 0 new records · 1 changed")


def test_what_is_no_workbook_is_a_sentence_and_not_a_failure():
    app = dropped(opened("contribute", lang="en"), b"no workbook at all", "**letter** [x](y).pdf")
    assert app.error[0].value.startswith("`**letter** [x](y).pdf`: ")
    assert not app.exception
    assert "1 error to correct" in html_of(app)


@pytest.mark.parametrize("failure", [TimeoutError, MemoryError, BrokenProcessPool])
def test_a_file_that_takes_too_much_is_a_sentence_that_says_what_to_do(monkeypatch, failure):
    def fails(*_, **__):
        raise failure

    monkeypatch.setattr(contribute_view, "apart", fails)
    app = dropped(opened("contribute", lang="en"), b"")
    assert not app.exception
    assert [one.value.endswith("Split it, and hand it in in parts.") for one in app.error] == [True]


def test_a_file_is_handed_in_once_with_a_remark(box, logged_in, atlas):
    logged_in("officer")
    app = dropped(opened("contribute", lang="vi"), filled(atlas, confidence="low"))
    app.text_area(key="hand-in-remark").set_value("Theo báo cáo của xã")
    app = app.button(key="hand-in-button").click().run()
    assert not app.exception
    (kept,) = box.all()
    assert (kept.hand_in.by, kept.hand_in.name, kept.hand_in.remark) == (
        "officer",
        "filled.xlsx",
        "Theo báo cáo của xã",
    )
    assert [(one.kind, one.table, dict(one.cells)) for one in kept.hand_in.entries] == [
        ("changed", "twinnings", {"confidence": "low"})
    ]
    assert not [one for one in app.button if one.key == "hand-in-button"]


def test_without_a_log_in_nothing_can_be_handed_in(box, logged_in, atlas):
    logged_in(None)
    app = dropped(opened("contribute", lang="en"), filled(atlas, confidence="low"))
    assert not [one for one in app.button if one.key == "hand-in-button"]
    assert any("Whoever is logged in" in one.value for one in app.info)
    assert "href='log-in-contribute?lang=en'" in html_of(app)
    app = opened("contribute", lang="en", view="true")
    assert not [one for one in app.button if one.key == "still-true-button"]
    assert "href='log-in-contribute?lang=en'" in html_of(app)


def test_a_file_with_errors_cannot_be_handed_in(box, logged_in, atlas):
    logged_in("officer")
    app = dropped(opened("contribute", lang="en"), filled(atlas, confidence="sure"))
    assert not [one for one in app.button if one.key == "hand-in-button"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_ticked_as_still_true_is_handed_in_as_of_today(box, logged_in, atlas, language):
    logged_in("officer")
    app = opened("contribute", lang=language, view="true", id=UNIT)
    ids = ["twin-meo-vac-funing", "twin-meo-vac-napo"]
    assert all(f"data-row='{one}'" in html_of(app) for one in ids)
    (field,) = [one for one in app.text_area if one.key.startswith("ticked-still-true")]
    field.set_value(json.dumps({one: ["yes", ""] for one in ids}))
    app = app.button(key="still-true-button").click().run()
    assert not app.exception
    (kept,) = box.all()
    assert [(one.kind, one.id) for one in kept.hand_in.entries] == [("confirmed", one) for one in ids]
    assert all(one.given["last_confirmed"] == "2021-05" < one.cells["last_confirmed"] for one in kept.hand_in.entries)
    assert app.success
    assert [one.value for one in app.text_area if one.key.startswith("ticked-still-true")] == ["{}"]


def test_own_hand_ins_have_their_answers_and_can_be_withdrawn(box, logged_in, atlas):
    hand_in = put(box, entries(atlas), by="officer")
    put(box, entries(atlas), by="somebody-else", remark="of somebody else")
    logged_in("officer")
    app = opened("contribute", lang="en", view="own")
    assert "of somebody else" not in [one.value for one in app.text]
    app = app.button(key=f"withdraw-{hand_in}").click().run()
    assert box.get(hand_in).withdrawn
    assert "<b>withdrawn</b>" in html_of(app)
