"""The way of a fact, walked by clicking: a workbook of Mèo Vạc's records, filled in, checked, corrected, handed in, reviewed, entered.

The office speaks Vietnamese, the keeper Chinese.
"""

import io
import shutil
import subprocess

import openpyxl
import pytest
from playwright.sync_api import expect

from atlas import ROOT
from atlas.model import store
from atlas.words.translator import Translator
from tests.browser.pages import settled, violations
from tests.conftest import listen, running_server

FIRST = 3  # line of the first record
TIE = "twin-khau-vai-tianpeng"
say, tell = Translator("vi"), Translator("zh")  # the office, the keeper


@pytest.fixture
def records(tmp_path):
    """A clone of the records, with data/ as it is."""
    folder = tmp_path / "records"
    folder.mkdir()
    for name in ("seeds", "data"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "CITATION.cff", folder)
    for command in (["init", "-q"], ["add", "."], ["commit", "-qm", "Records"]):
        who = ["-c", "user.name=Keeper", "-c", "user.email=keeper@office.invalid"]
        subprocess.run(["git", *who, *command], cwd=folder, check=True)
    return folder


def place(sheet, column: str) -> int:
    return next(cell.column for cell in sheet[1] if cell.value == column)


def write(sheet, row: int, **cells: str) -> None:
    for column, value in cells.items():
        sheet.cell(row, place(sheet, column)).value = value


def row_of(sheet, identifier: str | None) -> int:
    """The line of a record; of None the first empty one."""
    lines = range(FIRST, sheet.max_row + 2)
    if identifier is None:
        return next(row for row in lines if not any(cell.value for cell in sheet[row]))
    return next(row for row in lines if sheet.cell(row, 1).value == identifier)


def filled(content: bytes, nonsense: bool) -> bytes:
    """Three changes, one of them a date as people write it, a new twinning with its source, and a row that means nothing."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    ties, members, sources = (book[name] for name in ("twinnings", "twinning_members", "sources"))
    write(ties, row_of(ties, "twin-meo-vac-funing"), last_confirmed="4/5/2026")
    write(ties, row_of(ties, "twin-meo-vac-napo"), status="unknown")
    write(ties, row_of(ties, "twin-pho-bang-donggan"), confidence="medium")
    letter = {"title": "Công văn về kết nghĩa", "publisher": "UBND xã Khâu Vai", "published": "2026-05-04"}
    write(sources, row_of(sources, None), id="letter-khau-vai", kind="official", language="vi", **letter)
    tie = {"level": "commune", "status": "active", "last_confirmed": "2026-05", "confidence": "medium"}
    write(ties, row_of(ties, None), id=TIE, sources="letter-khau-vai", **tie)
    for side, unit, name in (("VN", "vn-00802-2025", "Khâu Vai"), ("CN", "cn-532628105", "Điền Bồng")):
        write(members, row_of(members, None), twinning=TIE, side=side, place=unit, name_as_signed=name)
    if nonsense:
        write(ties, row_of(ties, None), id="???", level="xã", status="có", confidence="chắc", sources="không")
    changed = io.BytesIO()
    book.save(changed)
    return changed.getvalue()


def drop(page, content: bytes) -> None:
    file = {"name": "meo-vac.xlsx", "mimeType": "application/octet-stream", "buffer": content}
    page.locator("[data-testid=stFileUploaderDropzoneInput]").set_input_files(file)


def taken(page, button: str) -> bytes:
    with page.expect_download() as download:
        page.get_by_role("button", name=button, exact=True).click()
    with open(download.value.path(), "rb") as file:
        return file.read()


def test_an_office_keeps_its_records_by_clicking(browser, records, tmp_path):
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    settings = {"ATLAS_INBOX": str(inbox), "ATLAS_KEEPERS": "keeper", "ATLAS_RECORDS": str(records)}
    with running_server(**settings) as address:
        office = browser.new_context(extra_http_headers={"X-Remote-User": "khau-vai"}, accept_downloads=True)
        desk = browser.new_context(extra_http_headers={"X-Remote-User": "keeper"})
        try:
            _hand_in(listen(office.new_page()), address)
            _review(listen(desk.new_page()), address)
            _answered(office.pages[0])
        finally:
            office.close()
            desk.close()
    entered = store.load(records / "data")
    assert [member["place"] for member in entered.members[TIE]] == ["cn-532628105", "vn-00802-2025"]
    assert entered.twinnings.loc["twin-meo-vac-funing", "last_confirmed"] == "2026-05-04"
    assert entered.twinnings.loc["twin-meo-vac-napo", "status"] == "active"  # refused
    assert entered.version > store.load().version
    log = subprocess.run(["git", "log", "-1", "--format=%an %B"], cwd=records, capture_output=True, text=True).stdout
    assert "khau-vai" in log
    assert "letter-khau-vai" in log


def _hand_in(page, address: str) -> None:
    page.goto(f"{address}/contribute?lang=vi")
    settled(page)
    page.locator(".bar .find").fill("meo vac")
    page.locator(".units button", has_text="huyện").first.click()
    expect(page.locator(".chips button[data-set='id=']")).to_be_visible()
    settled(page)
    content = taken(page, say("Workbook with these records"))
    drop(page, filled(content, nonsense=True))
    errors = page.locator(".st-key-found-error td")
    expect(errors.filter(has_text="chắc")).to_be_visible()
    settled(page)
    assert violations(page, colours=False) == []
    copy = openpyxl.load_workbook(io.BytesIO(taken(page, say("Copy with remarks at the cells"))))
    line = row_of(copy["twinnings"], "???")
    assert copy["twinnings"].cell(line, place(copy["twinnings"], "confidence")).comment
    drop(page, filled(content, nonsense=False))
    expect(errors).to_have_count(0)
    page.get_by_role("button", name=say("Tick all")).click()
    page.get_by_role("button", name=say("Take the ticked readings and check again")).click()
    expect(page.locator(".st-key-hand-in-button button")).to_be_visible()
    page.locator(".st-key-hand-in-remark textarea").fill("Theo công văn của xã")
    page.locator(".st-key-hand-in-button button").click()
    expect(page.locator(".st-key-hand-in-button")).to_have_count(0)


def _review(page, address: str) -> None:
    page.goto(f"{address}/sources_and_data?lang=zh")
    settled(page)
    page.locator(".views a", has_text=tell("Review")).click()
    page.locator(".st-key-hand-ins a", has_text="meo-vac.xlsx").click()
    rows = page.locator(".reviewed tbody tr")
    expect(rows).to_have_count(7)
    settled(page)
    assert violations(page, colours=False) == []
    refused = rows.filter(has_text="twin-meo-vac-napo")
    refused.get_by_role("button", name=tell("Refuse")).click()
    refused.locator("input").fill("Nguồn nào?")
    page.get_by_role("button", name=tell("Accept all without conflict")).click()
    expect(page.locator(".reviewed button[aria-pressed=true]")).to_have_count(7)
    settled(page)
    page.locator(".st-key-enter-accepted button").click()
    expect(page.locator(".reviewed button[aria-pressed=true]")).to_have_count(1, timeout=90_000)
    assert page.errors == []


def _answered(page) -> None:
    """What the office is told."""
    page.locator(".views button", has_text=say("My hand-ins")).click()
    answers = page.locator("[data-testid=stExpander] td:last-child")
    expect(answers.filter(has_text=say("entered"))).to_have_count(6)
    expect(answers.filter(has_text="Nguồn nào?")).to_be_visible()
    assert page.errors == []
