"""LibreOffice opens what is written for Office, even where texts are hostile."""

import io

import openpyxl
import pandas as pd
from pptx import Presentation

from atlas.exports import excel
from atlas.exports.formats import export
from atlas.exports.rows import readable, selected
from atlas.model import readymade
from atlas.model.audience import released
from atlas.model.selection import Selection
from atlas.words.translator import Translator
from tests.office.readers import outside, pages, text
from tests.unit.hostile_atlas import hostile

HA_GIANG = Selection(province=("ha-giang",), asof="2025-06-30")
WITH_ANNEX = 'pdf:impress_pdf_Export:{"ExportHiddenSlides":{"type":"boolean","value":"true"}}'
EVERY_SHEET = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"


def read(folder, pattern: str) -> pd.DataFrame:
    (file,) = folder.glob(pattern)
    return pd.read_csv(file, dtype=str, keep_default_na=False)


def test_it_opens_a_hostile_deck(atlas, office):
    deck = export(hostile(atlas), "pptx", HA_GIANG, "vi-zh")
    made = office("deck.pptx", deck, WITH_ANNEX)
    assert pages(made / "deck.pdf") == len(Presentation(io.BytesIO(deck)).slides)


def test_it_shows_the_talk_alone_with_every_word_on_the_slide(atlas, office):
    known = released(atlas, "both")
    session = readymade.twinning(known, ("ha-giang",), "zh-vi")
    content = export(atlas, "pptx", None, "zh-vi", session=session)
    pdf = office("deck.pptx", content) / "deck.pdf"
    assert pages(pdf) == len(session.scenes) <= 12
    assert len(text(pdf).split()) > 500
    assert not outside(pdf)


def test_it_reads_every_row_of_the_workbook(atlas, office):
    translate = Translator("zh")
    content = export(atlas, "xlsx", HA_GIANG, "zh")
    made = office("book.xlsx", content, EVERY_SHEET)
    expected = readable(atlas, HA_GIANG, translate)
    sheets = openpyxl.load_workbook(io.BytesIO(content)).sheetnames[1:]
    for sheet, frame in zip(sheets, map(expected.get, excel.SHEETS), strict=True):
        rows = read(made, f"book-{sheet}.csv")
        assert set(rows.columns) == set(frame.columns)
        assert list(rows.iloc[:, 0]) == list(frame[rows.columns[0]].astype(str))


def test_it_reads_every_row_of_a_table(atlas, office):
    table = export(atlas, "csv", HA_GIANG, "zh", table="twinnings")
    rows = read(office("twinnings.csv", table, EVERY_SHEET), "twinnings*.csv")
    assert list(rows.iloc[:, 0]) == list(selected(atlas, HA_GIANG)["twinnings"]["id"])
