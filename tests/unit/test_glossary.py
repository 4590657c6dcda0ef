"""The interpreter's glossary: whose terms they are, what is attested, and its files as others read them."""

import io

import openpyxl
import pytest
from docx import Document
from lxml import etree

from atlas import LANGUAGES
from atlas.exports import glossary, termbase
from atlas.exports.formats import export
from atlas.model.audience import released
from atlas.model.selection import Selection
from atlas.model.terms import GROUPS
from atlas.words.translator import Translator

SESSION = Selection(record=("secretaries-conference-5-2025",))
HA_GIANG = Selection(province=("ha-giang",))
# the core structure of ISO 30042:2019 in style DCA with the data categories of TBX-Basic that terms may have
STRUCTURE = """
<grammar xmlns="http://relaxng.org/ns/structure/1.0" ns="urn:iso:std:iso:30042:ed-2"
         datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes">
  <start><element name="tbx">
    <attribute name="type"><value>TBX-Basic</value></attribute>
    <attribute name="style"><value>dca</value></attribute>
    <ref name="lang"/>
    <element name="tbxHeader"><element name="fileDesc">
      <optional><element name="titleStmt"><element name="title"><text/></element></element></optional>
      <oneOrMore><element name="sourceDesc"><oneOrMore><element name="p"><text/></element></oneOrMore></element></oneOrMore>
    </element></element>
    <element name="text"><element name="body"><oneOrMore><ref name="conceptEntry"/></oneOrMore></element></element>
  </element></start>
  <define name="conceptEntry"><element name="conceptEntry">
    <attribute name="id"><data type="ID"/></attribute>
    <ref name="aux"/>
    <oneOrMore><element name="langSec">
      <ref name="lang"/><ref name="aux"/>
      <oneOrMore><element name="termSec">
        <element name="term"><data type="string"><param name="minLength">1</param></data></element>
        <zeroOrMore><element name="termNote"><choice>
          <group><attribute name="type"><value>partOfSpeech</value></attribute>
            <choice><value>noun</value><value>verb</value><value>adjective</value><value>adverb</value><value>properNoun</value><value>other</value></choice></group>
          <group><attribute name="type"><value>termType</value></attribute>
            <choice><value>fullForm</value><value>acronym</value><value>abbreviation</value><value>shortForm</value><value>variant</value><value>phrase</value></choice></group>
        </choice></element></zeroOrMore>
        <ref name="aux"/>
      </element></oneOrMore>
    </element></oneOrMore>
  </element></define>
  <define name="aux"><zeroOrMore><choice>
    <element name="descrip"><attribute name="type"><choice><value>subjectField</value><value>definition</value><value>context</value></choice></attribute><text/></element>
    <element name="admin"><attribute name="type"><choice><value>source</value><value>customerSubset</value><value>projectSubset</value></choice></attribute><text/></element>
    <element name="note"><text/></element>
  </choice></zeroOrMore></define>
  <define name="lang"><attribute name="xml:lang"><data type="language"/></attribute></define>
</grammar>
"""
NAMES = {"t": termbase.NAMESPACE}


@pytest.fixture(scope="module")
def structure():
    return etree.RelaxNG(etree.fromstring(STRUCTURE))


def ids(atlas, selection, group):
    return [one.id for one in glossary.of(atlas, selection) if one.group == group]


def test_a_session_has_its_places_bodies_papers_and_fields_with_those_of_the_session_before(atlas):
    papers = ids(atlas, SESSION, "papers")
    assert {"secretaries-conference-5-2025", "secretaries-conference-4-2024"} <= set(papers)
    assert "secretaries-conference-3-2023" not in papers
    events = atlas.table("events").loc[["secretaries-conference-5-2025", "secretaries-conference-4-2024"]]
    beside = set(events["held_with"].dropna())
    assert beside <= set(papers)
    agreements = atlas.table("agreements")
    assert set(agreements.index[agreements["event"].isin(events.index)]) <= set(papers)
    # members of the series
    assert {"cn-530000", "vn-11", "vn-12"} <= set(ids(atlas, SESSION, "places"))
    assert "yunnan_secretaries_conference" in ids(atlas, SESSION, "bodies")
    commitments = atlas.table("commitments")
    agreed = commitments[commitments["event"].isin(events.index) | commitments["agreement"].isin(papers)]
    assert set(agreed["field"]) - {"other"} <= set(ids(atlas, SESSION, "fields"))


def test_a_selection_has_the_terms_of_what_it_leaves(atlas):
    found = glossary.of(atlas, HA_GIANG)
    assert [one.group for one in found] == sorted((one.group for one in found), key=GROUPS.index)
    assert set(ids(atlas, HA_GIANG, "papers")) == set(HA_GIANG.records(atlas, "agreements").index)
    assert "vn-024" in ids(atlas, HA_GIANG, "places") or "vn-02" in ids(atlas, HA_GIANG, "places")
    assert len(found) < len(glossary.of(atlas, None))
    assert len({(one.table, one.id, one.vi) for one in found}) == len(found)


def test_attested_and_proposed_names_are_told_apart(atlas):
    places = atlas.table("places")
    for one in glossary.of(atlas, None):
        if one.table == "places":
            assert one.basis == (places.at[one.id, "name_zh_basis"] or "not_stated")
            assert glossary.chinese(one).endswith("＊") == (one.basis == "proposed" and bool(one.zh))
        else:
            assert one.basis == "worded"
    found = glossary.of(atlas.without_proposed_names, None)
    assert "proposed" not in {one.basis for one in found}


@pytest.mark.parametrize("text", ["Mèo Vạc", "meo vac", "苗旺"])
def test_a_term_is_found_by_any_of_its_names(atlas, text):
    found = glossary.of(atlas, Selection(q=text))
    assert "vn-027" in [one.id for one in found]
    assert len(found) < 30
    assert glossary.of(atlas, Selection(q="no such term")) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_workbook_has_every_term_with_its_names(atlas, language):
    translate, found = Translator(language), glossary.of(atlas, SESSION)
    book = openpyxl.load_workbook(io.BytesIO(export(atlas, "glossary-xlsx", SESSION, language, audience="own")))
    head, *rows = book.worksheets[1].values
    assert len(rows) == len(found)
    at = head.index(translate("Chinese name"))
    assert [row[at] or "" for row in rows] == [glossary.chinese(one) for one in found]
    assert head[1] == translate("Chinese name" if language == "zh" else "Vietnamese name")
    assert any(
        translate.text(atlas.table("events").loc[SESSION.record[0]], "title") in str(row)
        for row in book.worksheets[0].values
    )


def test_two_languages_stand_in_one_workbook(atlas):
    book = openpyxl.load_workbook(io.BytesIO(export(atlas, "glossary-xlsx", SESSION, "zh-vi", audience="own")))
    head, first, *_ = book.worksheets[1].values
    assert head[1] == "\n".join(Translator(one)("Chinese name") for one in ("zh", "vi"))
    assert "\n" not in first[1]


@pytest.mark.parametrize("selection", [SESSION, HA_GIANG, None])
def test_the_term_base_has_the_structure_of_the_standard(atlas, structure, selection):
    root = etree.fromstring(export(atlas, "glossary-tbx", selection, "vi", audience="own"))
    structure.assertValid(root)
    found = glossary.of(released(atlas, "own"), selection)
    entries = root.findall(".//t:conceptEntry", NAMES)
    assert len(entries) == len(found)
    for entry, term in zip(entries, found):
        said = {
            one.get(termbase.LANGUAGE): one.findtext(".//t:term", namespaces=NAMES)
            for one in entry.iterfind("t:langSec", NAMES)
        }
        expected = {"vi": term.vi, "zh-Hans": term.zh, "zh-Latn-pinyin": term.pinyin, "en": term.en}
        assert said == {language: name for language, name in expected.items() if name}
    proposed = glossary.bases(Translator("vi"))["proposed"]
    marked = [one for one in root.iterfind(".//t:note", NAMES) if one.text == proposed]
    assert len(marked) == sum(one.basis == "proposed" and bool(one.zh) for one in found)


def test_a_term_base_that_breaks_the_standard_is_not_valid(atlas, structure):
    root = etree.fromstring(export(atlas, "glossary-tbx", SESSION, "en"))
    section = root.find(".//t:termSec", NAMES)
    section.insert(0, section[-1])
    assert not structure.validate(root)


@pytest.mark.parametrize("language", [*LANGUAGES, "vi-zh"])
def test_the_paper_has_a_table_for_each_group(atlas, language):
    document = Document(io.BytesIO(export(atlas, "glossary-docx", SESSION, language, audience="own")))
    cells = {cell.text for table in document.tables for row in table.rows for cell in row.cells}
    for one in glossary.of(atlas, SESSION):
        assert {one.vi, glossary.chinese(one)} - {""} <= cells
    title = Translator(language[:2]).text(atlas.table("events").loc[SESSION.record[0]], "title")
    assert any(title in paragraph.text for paragraph in document.paragraphs)


def test_a_file_for_both_sides_names_nothing_that_is_not_for_both(atlas):
    events = atlas.table("events")
    internal = events.index[(events["release"] == "own") | (events["confidence"] == "low")]
    hidden = Selection(record=(internal[0],))
    own = export(atlas, "glossary-tbx", hidden, "en", audience="own").decode()
    both = export(atlas, "glossary-tbx", hidden, "en").decode()
    title = events.at[internal[0], "title_en"].replace("&", "&amp;")
    assert title in own
    assert title not in both
