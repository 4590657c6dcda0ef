"""Papers for Word are read back with python-docx: what stands in them, and how it is set."""

import io
import re
import zipfile
from dataclasses import replace
from functools import cache

import pytest
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.shared import Mm

from atlas import UnknownValue, cli
from atlas.exports.docx.paper import ordinal
from atlas.exports.foreign import DOCX, File, Refused
from atlas.exports.formats import KINDS, export
from atlas.look.text import HAN
from atlas.model import readymade, reform
from atlas.model.audience import released
from atlas.model.commitments import evidence
from atlas.model.selection import Selection
from atlas.model.session import Decision, Delegation, Said
from atlas.words import naming, vocabulary
from atlas.words.translator import Translator
from tests.unit.hostile_atlas import TEXTS, hostile

PAPERS = [name for name, kind in KINDS.items() if kind.suffix == "docx"]
UPRIGHT = ("docx", "letters-docx")
HA_GIANG = Selection(province=("ha-giang",), asof="2026-01-01")
LAI_CHAU = Selection(province=("lai-chau",), asof="2026-01-01")
MILLIMETRES = {"vi": (20, 20, 20, 30), "zh": (37, 26, 35, 28), "en": (20, 20, 20, 30)}


@pytest.fixture(scope="module")
def made(atlas):
    """``made(kind, language)``: a paper on Hà Giang, made once for all tests."""
    return cache(lambda kind, language: export(atlas, kind, HA_GIANG, language))


def opened(content: bytes):
    return Document(io.BytesIO(content))


def parts_of(content: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist() if name.endswith((".xml", ".rels"))}


REPORTED = {"paper": "Reported with the paper’s name", "matter": "Reported of the same matter only"}


def cells(document) -> list[tuple[str, ...]]:
    return [tuple(cell.text for cell in row.cells) for table in document.tables for row in table.rows]


def whole(document) -> str:
    return "\n".join([*(one.text for one in document.paragraphs), *("\n".join(row) for row in cells(document))])


def runs_of(document):
    yield from document.element.body.iter(qn("w:r"))


def letterhead(*paragraphs: str) -> bytes:
    document = Document()
    section = document.sections[0]
    section.left_margin = Mm(41)
    section.header.paragraphs[0].text = "VĂN PHÒNG THỬ"
    document.styles["Heading 1"].font.name = "Georgia"
    for text in paragraphs:
        document.add_paragraph(text)
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


@pytest.mark.parametrize("kind", PAPERS)
@pytest.mark.parametrize("language", ["vi", "zh", "en"])
def test_every_paper_is_in_the_form_of_its_first_language(made, kind, language):
    first = language.partition("-")[0]
    document = opened(made(kind, language))
    section = document.sections[0]
    across = section.orientation == WD_ORIENT.LANDSCAPE
    assert across == (kind not in UPRIGHT)
    size = (section.page_width, section.page_height)
    assert [round(one.mm) for one in (size[::-1] if across else size)] == [210, 297]
    margins = (section.top_margin, section.right_margin, section.bottom_margin, section.left_margin)
    if not across:
        assert [round(one.mm) for one in margins] == list(MILLIMETRES[first])
    normal = document.styles.element.find(qn("w:docDefaults"))
    fonts = normal.find(f".//{qn('w:rFonts')}")
    assert fonts.get(qn("w:ascii")) == {"en": "Arial"}.get(first, "Times New Roman")
    assert normal.find(f".//{qn('w:sz')}").get(qn("w:val")) == {"vi": "28", "zh": "32", "en": "26"}[first]
    title = document.styles["Title"].element
    assert title.find(f".//{qn('w:sz')}").get(qn("w:val")) == {"vi": "28", "zh": "44", "en": "28"}[first]
    assert (title.find(f".//{qn('w:caps')}") is not None) == (first == "vi")
    if first == "zh":
        assert title.find(f".//{qn('w:rFonts')}").get(qn("w:eastAsia")) == "方正小标宋简体"
        assert document.styles["Body Text"].paragraph_format.line_spacing.pt == 28


def test_page_numbers_stand_where_each_form_has_them(made):
    vietnamese = opened(made("docx", "vi"))
    (section, annex) = vietnamese.sections
    assert section.different_first_page_header_footer
    assert "PAGE" in section.header._element.xml
    assert "PAGE" not in section.first_page_header._element.xml
    assert not annex.different_first_page_header_footer
    chinese = opened(made("docx", "zh"))
    assert chinese.settings.odd_and_even_pages_header_footer
    odd, even = chinese.sections[0].footer.paragraphs[0], chinese.sections[0].even_page_footer.paragraphs[0]
    assert [re.sub(r"\d", "n", one.text) for one in (odd, even)] == ["— n —"] * 2
    assert [one._p.pPr.jc.get(qn("w:val")) for one in (odd, even)] == ["right", "left"]


@pytest.mark.parametrize("kind", PAPERS)
@pytest.mark.parametrize("language", ["zh", "vi-zh"])
def test_chinese_stands_in_a_chinese_face_and_no_theme_decides_it(made, kind, language):
    parts = parts_of(made(kind, language))
    assert not [name for name, text in parts.items() if re.search(r"w:\w+Theme\b", text) or "/theme" in name]
    document = opened(made(kind, language))
    found = 0
    for run in runs_of(document):
        text = "".join(one.text or "" for one in run.iter(qn("w:t")))
        fonts = run.find(f"{qn('w:rPr')}/{qn('w:rFonts')}")
        if not HAN.search(text):
            assert fonts is None or fonts.get(qn("w:hint")) is None, text
            continue
        found += 1
        assert not re.search(r"[A-Za-zÀ-ỹ]", text), "Latin letters stand in a run of their own"
        assert fonts.get(qn("w:eastAsia")) in parts["word/fontTable.xml"]
        assert fonts.get(qn("w:hint")) == "eastAsia"
        assert run.find(f"{qn('w:rPr')}/{qn('w:lang')}").get(qn("w:eastAsia")) == "zh-CN"
    assert found or language == "en"
    assert all(
        style.find(f".//{qn('w:rFonts')}").get(qn("w:eastAsia"))
        for style in document.styles.element.findall(qn("w:style"))
        if style.get(qn("w:type")) == "paragraph" and style.find(qn("w:basedOn")) is not None
    )
    assert "w:altName" in parts["word/fontTable.xml"]


@pytest.mark.parametrize("kind", PAPERS)
def test_heads_repeat_and_rows_stay_whole(made, kind):
    document = opened(made(kind, "vi-zh"))
    assert document.tables
    for table in document.tables:
        rows = table._tbl.tr_lst
        assert all(row.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None for row in rows)
        heads = [row for row in rows if row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None]
        assert heads in ([], rows[:1])
        assert len({len(row.cells) for row in table.rows}) == 1
        widths = [int(column.get(qn("w:w"))) for column in table._tbl.tblGrid.findall(qn("w:gridCol"))]
        section = document.sections[-1 if kind in UPRIGHT and len(widths) > 3 else 0]
        room = section.page_width - section.left_margin - section.right_margin
        assert sum(widths) * 635 <= room + 5 * 635
        assert min(widths) * 635 >= Mm(8)


@pytest.mark.parametrize("language", ["vi", "zh", "en", "zh-vi"])
def test_the_annex_names_every_twinning_once_with_its_sources(atlas, made, language):
    both = released(atlas, "both")
    document = opened(made("pairs-docx", language))
    ids = list(HA_GIANG.twinnings(both).index)
    rows = cells(document)[1:]
    assert [row[0] for row in rows] == [str(number) for number in range(1, len(ids) + 1)]
    first = language.partition("-")[0]
    sides = ("CN", "VN") if first == "zh" else ("VN", "CN")
    for row, twinning in zip(rows, ids):
        assert tuple(text.split("\n")[0] for text in row[1:3]) == tuple(
            naming.side(both, twinning, side, first) for side in sides
        )
        assert len(row[-1].split(", ")) == len(both.twinnings.at[twinning, "sources"])


def test_the_list_for_re_signing_holds_each_case_and_each_twinning(atlas, made):
    both = released(atlas, "both")
    listed = reform.abolished(both, HA_GIANG)
    document = opened(made("resigning-docx", "vi"))
    assert len(cells(document)) - len(document.tables) == len(listed) > 5
    said = whole(document)
    for case, rows in reform.by_case(listed).items():
        name = f"{vocabulary.reform_cases(Translator('vi'))[case]} ({len(rows)})"
        assert (name in said) == bool(rows)


def test_the_report_tells_evidence_that_names_the_paper_from_that_on_the_same_matter(atlas):
    both = released(atlas, "both")
    selection = Selection(province=("cao-bang",))
    document = opened(export(atlas, "commitments-docx", selection, "en"))
    rows = {}  # the cells of each point by their heads
    for heads, *points in ([[cell.text for cell in row.cells] for row in one.rows] for one in document.tables):
        said = [dict(zip(heads, point)) for point in points if "What was agreed" in heads]
        rows |= {point["What was agreed"]: point for point in said}
        assert all(set(column) != {"–"} for head, column in zip(heads, zip(*points)) if head in REPORTED.values())
    table, told = both.table("commitments"), evidence(both)
    links = set()
    for one in readymade._Records(both, selection).commitments:
        row = rows[table.at[one, "text_en"]]
        for shown in told.get(one, ()):
            for link, head in REPORTED.items():
                assert (shown["text_en"] in row.get(head, "")) == (link == shown["link"])
            links.add(shown["link"])
        if table.at[one, "responsible_cn_en"]:
            assert table.at[one, "responsible_cn_en"] in row["Who is responsible"]
    assert links == {"paper", "matter"}


def test_sources_are_numbered_and_every_number_leads_to_one(made):
    document = opened(made("docx", "vi"))
    anchors = {link.get(qn("w:anchor")) for link in document.element.body.iter(qn("w:hyperlink"))} - {None}
    marks = {mark.get(qn("w:name")) for mark in document.element.body.iter(qn("w:bookmarkStart"))}
    assert anchors == marks == {f"source_{number}" for number in range(1, len(marks) + 1)}
    addresses = [rel.target_ref for rel in document.part.rels.values() if rel.reltype == RELATIONSHIP_TYPE.HYPERLINK]
    assert len(addresses) > 10
    assert all(address.startswith(("http://", "https://")) for address in addresses)


def test_a_paper_for_both_sides_holds_no_point_of_difference(atlas):
    title = Translator("vi")("Where sources disagree")
    own = export(atlas, "docx", HA_GIANG, "vi", audience="own")
    assert title in whole(opened(own))
    assert title not in whole(opened(export(atlas, "docx", HA_GIANG, "vi")))


def test_a_paper_says_what_it_is_and_claims_no_more(atlas, made):
    for language, mark in (("vi", "Dự thảo"), ("zh", "草案"), ("en", "Draft")):
        document = opened(made("docx", language))
        assert document.paragraphs[0].text == mark
        assert Translator(language).date(atlas.version) in whole(document)
        assert atlas.schema.licence in whole(document)
        head = "\n".join(one.text for one in document.paragraphs[:6]).upper()
        assert not re.search("CỘNG HÒA|ĐỘC LẬP|人民共和国|REPUBLIC", head)


@pytest.mark.parametrize("kind", PAPERS)
def test_the_same_input_gives_the_same_bytes_with_no_other_date(atlas, kind):
    content = export(atlas, kind, LAI_CHAU, "zh-vi")
    assert content == export(atlas, kind, LAI_CHAU, "zh-vi")
    properties = opened(content).core_properties
    assert properties.created.date().isoformat() == properties.modified.date().isoformat() == atlas.version
    assert "python-docx" not in properties.author + properties.comments


def test_a_session_gives_title_place_date_delegations_and_decisions(atlas):
    session = readymade.own(released(atlas, "both"), HA_GIANG, "vi-zh")
    session = replace(
        session,
        title=Said("Hội đàm thử", "测试会谈"),
        place=Said("Hà Giang", "河江"),
        date="2026-12-15",
        vn=Delegation(Said("Đoàn Việt Nam", "越方代表团")),
        cn=Delegation(Said("Đoàn Trung Quốc", "中方代表团")),
        decisions=(Decision(Said("Mở lớp học", "开办课程"), Said("Sở Ngoại vụ"), "2027-03", "agreed"),),
    )
    document = opened(export(atlas, "docx", None, "en", session=session))
    head = "\n".join(one.text for one in document.paragraphs[:5])
    for text in ("Hội đàm thử", "测试会谈", "Hà Giang", "15 tháng 12 năm 2026", "2026年12月15日"):
        assert text in head
    rows = cells(document)
    assert ("Đoàn Việt Nam\n越方代表团", "Đoàn Trung Quốc\n中方代表团") in rows
    (decision,) = [row for row in rows if row[1] == "Mở lớp học\n开办课程"]
    assert decision[2:4] == ("Sở Ngoại vụ", "tháng 3 năm 2027\n2027年3月")
    assert document.inline_shapes


@pytest.mark.parametrize("kind", PAPERS)
def test_hostile_texts_stay_text(atlas, kind):
    changed = hostile(atlas)
    for place, one in enumerate(TEXTS):
        changed.tables["commitments"].iloc[place, atlas.table("commitments").columns.get_loc("text_vi")] = one
    text = whole(opened(export(changed, kind, Selection(), "vi-zh", audience="own")))
    for one in ("<script>alert(1)</script>", "bell \ufffd and half a pair \ufffd of surrogates", "x" * 200):
        assert one in text


def test_a_letterhead_keeps_its_head_margins_and_styles(atlas):
    template = File("giấy.docx", letterhead("Trên", "{{ body }}", "Dưới"))
    document = opened(export(atlas, "docx", HA_GIANG, "vi-zh", template=template))
    texts = [one.text for one in document.paragraphs]
    assert document.sections[0].header.paragraphs[0].text == "VĂN PHÒNG THỬ"
    assert [round(one.left_margin.mm) for one in document.sections] == [41]
    assert document.styles["Heading 1"].font.name == "Georgia"
    assert texts.index("Trên") < texts.index("Dự thảo · 草案") < texts.index("Dưới") == len(texts) - 1
    assert "{{ body }}" not in texts
    assert {"Title", "Heading 1"} <= {one.style.name for one in document.paragraphs}
    for run in runs_of(document):
        if HAN.search("".join(one.text or "" for one in run.iter(qn("w:t")))):
            assert run.find(f"{qn('w:rPr')}/{qn('w:rFonts')}").get(qn("w:eastAsia"))


def test_without_its_place_a_letterhead_is_filled_at_the_end(atlas):
    template = File("a.docx", letterhead("Trên"))
    texts = [one.text for one in opened(export(atlas, "pairs-docx", HA_GIANG, "vi", template=template)).paragraphs]
    assert texts[:2] == ["Trên", "Phụ lục"]


def test_a_template_that_cannot_be_used_is_refused(atlas, tmp_path, capsys):
    with pytest.raises(Refused, match="expected a file of Word"):
        export(atlas, "docx", HA_GIANG, "vi", template=File("a.docx", b"%PDF-1.7"))
    with pytest.raises(UnknownValue, match="docx"):
        export(atlas, "svg", HA_GIANG, "vi", template=File("a.docx", letterhead()))
    large = tmp_path / "large.docx"
    with large.open("wb") as file:
        file.truncate(DOCX.largest + 1)
    asked = ["export", "pairs-docx", str(tmp_path / "a.docx"), "--province", "lai-chau", "--template", str(large)]
    assert cli.main(asked) == 1
    assert "large.docx: expected at most 10 MB" in capsys.readouterr().err
    large.write_bytes(letterhead("Trên"))
    assert cli.main(asked) == 0
    assert opened((tmp_path / "a.docx").read_bytes()).paragraphs[0].text == "Trên"


@pytest.mark.parametrize(
    ("number", "vietnamese", "chinese"),
    [(1, "I. ", "一、"), (4, "IV. ", "四、"), (10, "X. ", "十、"), (19, "XIX. ", "十九、"), (42, "XLII. ", "四十二、"), (105, "CV. ", "一百零五、")],
)  # fmt: skip
def test_headings_are_counted_as_each_language_counts(number, vietnamese, chinese):
    assert ordinal(number, "vi") == vietnamese
    assert ordinal(number, "zh") == chinese
    assert ordinal(number, "en") == f"{number}. "
