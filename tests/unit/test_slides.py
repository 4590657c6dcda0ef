"""Decks are opened with python-pptx; tests/office opens them with LibreOffice."""

import io
import re
import time
import zipfile
from collections import Counter
from dataclasses import replace
from functools import cache

import openpyxl
import pytest
from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE_TYPE
from pptx.oxml.ns import qn

from atlas.exports import scenes, slides, tables
from atlas.exports.about import disclaimer
from atlas.exports.rows import selected
from atlas.exports.scenes import board, commitments
from atlas.exports.scenes.board import Bar, Box, Disc, Line, Room, Run, Segment, Text
from atlas.exports.slides import annex, template
from atlas.exports.slides import deck as decks
from atlas.model import readymade
from atlas.model.audience import released
from atlas.model.selection import Selection
from atlas.model.session import Said, Scene, Session
from atlas.words.translator import Translator
from atlas.words.voice import Voice
from tests.unit.hostile_atlas import FORMULA, TEXTS, hostile

HA_GIANG = Selection(province=("ha-giang",), asof="2025-07-01")
SECTION = "{http://schemas.microsoft.com/office/powerpoint/2010/main}section"


@pytest.fixture(scope="module", params=["vi", "en", "zh-vi"])
def language(request):
    return request.param


@pytest.fixture(scope="module")
def session(atlas):
    """``session(language)``: everything on a province, for its own side, with what a presenter added."""
    known = released(atlas, "own")

    @cache
    def made(language: str) -> Session:
        own = readymade.own(known, HA_GIANG, language)
        first, second, *others = own.scenes
        more = [Scene("pair", about=(one,)) for one in own.selection.twinnings(known).index[:2]]
        said = replace(second, notes="Nói chậm\nrồi dừng", minutes=3)
        words = [Scene("text", message=Said(vi="Cảm ơn", zh="谢谢", en="Thanks"))] * 4
        return replace(own, audience="own", scenes=(first, said, *others, *more, *words))

    return made


@pytest.fixture(scope="module")
def made(atlas, session):
    """``made(language)``: the deck of this session, made once for all tests."""
    return cache(lambda language: slides.pptx(released(atlas, "own"), session(language)))


@pytest.fixture
def deck(made, language):
    return opened(made(language))


@pytest.fixture(scope="module")
def shown(atlas, session):
    """``shown(language)``: its scenes as they stand on the stage."""
    return cache(lambda language: scenes.boards(released(atlas, "own"), session(language)))


def opened(content: bytes):
    return Presentation(io.BytesIO(content))


def every_shape(shapes):
    for shape in shapes:
        yield shape
        if shape.shape_type == MSO_SHAPE_TYPE.GROUP:
            yield from every_shape(shape.shapes)


def tables_of(listed) -> dict[tuple[str, ...], list[tuple[str, ...]]]:
    """The rows of all tables by the heads of their columns."""
    found: dict[tuple[str, ...], list] = {}
    for slide in listed:
        for shape in slide.shapes:
            if shape.has_table:
                heads, *rows = [tuple(cell.text for cell in row.cells) for row in shape.table.rows]
                found.setdefault(heads, []).extend(rows)
    return found


def text_of(slide) -> str:
    return "\n".join(shape.text_frame.text for shape in every_shape(slide.shapes) if shape.has_text_frame)


def notes_of(slide) -> str:
    return slide.notes_slide.notes_text_frame.text


def talk_of(deck) -> list:
    return [slide for slide in deck.slides if slide._element.get("show") != "0"]


def annex_of(deck) -> list:
    return [slide for slide in deck.slides if slide._element.get("show") == "0"]


def test_slides_are_wide_and_have_titles_numbers_and_layouts_with_names(deck):
    assert deck.slide_width / deck.slide_height == pytest.approx(16 / 9, abs=0.001)
    assert all(slide.shapes.title.text_frame.text for slide in deck.slides)
    numbered = [slide for slide in deck.slides if 'type="slidenum"' in slide.shapes._spTree.xml]
    assert len(numbered) == len(deck.slides) - 1
    assert {slide.slide_layout.name for slide in annex_of(deck)} >= {template.ANNEX}
    assert deck.slides[0].slide_layout.name == template.COVER


def test_the_title_is_the_message_in_each_language(shown, deck, language):
    for slide, one in list(zip(deck.slides, shown(language)))[1:]:
        paragraphs = slide.shapes.title.text_frame.paragraphs
        assert [paragraph.text for paragraph in paragraphs][: len(one.title)] == list(one.title)
        sizes = [paragraph.runs[0].font.size.pt for paragraph in paragraphs]
        assert sizes[: len(one.title)] == [26, 20][: len(one.title)]
        assert paragraphs[0].runs[0].font.bold is None, "the weight of a title is that of the template"


def test_the_annex_holds_the_selected_rows(atlas, session, deck, language):
    known, selection = released(atlas, "own"), session(language).selection
    rows, voice = selected(known, selection), Voice(language)
    twinnings = selection.twinnings(known)
    found = tables_of([slide for slide in deck.slides if slide.slide_layout.name == template.ANNEX])
    expected = [
        tables.pairs(known, twinnings, voice, HA_GIANG.asof),
        tables.figures(known, rows["figures"], voice),
        tables.events(known, rows["events"], voice, selection.day(known), outcomes=False),
        tables.agreements(known, rows["agreements"], voice),
        tables.discrepancies(known, rows["discrepancies"], voice),
        tables.totals(known, selection, voice),
        tables.abolished(known, twinnings, voice, HA_GIANG.asof),
    ]
    for table in expected:
        assert len(table), table.title
        assert Counter(found[table.heads]) == Counter(table.rows), table.title


def test_an_annex_is_about_what_the_session_is_about(atlas):
    known = released(atlas, "both")
    found = opened(slides.pptx(known, readymade.education(known, ("quang-ninh",), "en")))
    titles = [slide.shapes.title.text_frame.text for slide in annex_of(found)]
    assert any(title.startswith("Scholarships") for title in titles)
    assert not [title for title in titles if title.startswith(("Labour", "Twinnings", "Where sources disagree"))]


def test_the_annex_has_every_point_of_which_a_scene_shows_some(atlas):
    both = released(atlas, "both")
    session = readymade.committee(both, (), "vi-zh")
    (scene,) = (one for one in session.scenes if one.kind == "commitments")
    points = commitments.points(scenes.context(both, session), scene)
    listed = [one for table in annex.of_session(both, session, Voice("vi-zh")) for one in table.ids]
    assert len(points) > len(shown_rows(both, session, scene))
    assert {row["id"] for row in points} <= set(listed)


def shown_rows(atlas, session, scene) -> tuple:
    made = commitments.commitments(scenes.context(atlas, session), scene, board.STAGE)
    return next(one.rows for one in made.items if isinstance(one, board.Table))


def test_a_row_has_room_for_the_spaces_that_programs_set_between_scripts():
    text = "正在推进、2026年2月11日、仅涉同一事项"
    width = board.width_of(Run(text, board.NAME, bold=False)) + 2 * board.CELL[0] + 2

    def high(text: str) -> float:
        return board.table(Room(0, 0, width, 500), (1,), ("",), ((text,),), board.NAME).heights[1]

    assert high(text) > high("正在推进")
    assert high(text.replace("2026", "年年").replace("2", "年").replace("11", "年")) == high("正在推进")


def test_a_paper_for_both_sides_says_where_its_data_end_and_what_the_map_is_not(atlas, made, language):
    deck = opened(made(language))
    foot = text_of(annex_of(deck)[-1])
    for one in language.split("-"):
        translate = Translator(one)
        assert disclaimer(translate) in foot
        assert translate.date(atlas.version) in foot
        assert translate("Licence") in notes_of(deck.slides[0])


def test_nothing_on_slides_is_too_small_or_outside(deck):
    talk = talk_of(deck)
    for slide in deck.slides:
        title = slide.shapes.title.text_frame.text
        parts = [slide._element, *(shape.chart._chartSpace for shape in slide.shapes if shape.has_chart)]
        sizes = [int(size) for part in parts for size in part.xpath(".//@sz") if size.isdigit()]
        assert min(sizes) >= (1200 if slide in talk else 1050), title
        for shape in slide.shapes:
            right, bottom = shape.left + shape.width, shape.top + shape.height
            assert shape.left >= 0, (title, shape.name)
            assert shape.top >= 0, (title, shape.name)
            assert right <= deck.slide_width + 12700, (title, shape.name)
            assert bottom <= deck.slide_height + 12700, (title, shape.name)
            if shape.has_table:
                heights = sum(row.height for row in shape.table.rows)
                assert shape.top + heights <= 960 * 6350 + 12700, title


def test_a_table_on_a_slide_has_the_heights_that_were_measured(made):
    deck = opened(made("zh-vi"))
    (frame,) = (shape for shape in annex_of(deck)[-1].shapes if shape.has_table)
    row = next(iter(frame.table.rows))
    lines = [paragraph for cell in row.cells for paragraph in cell.text_frame.paragraphs]
    assert {line.line_spacing.pt for line in lines} == {round(10.5 * board.LEADING, 2)}


def test_every_shape_has_an_alternative_text_or_only_adorns(deck):
    for slide in deck.slides:
        for shape in every_shape(slide.shapes):
            if not shape.is_placeholder and not (shape.has_text_frame and shape.text_frame.text):
                properties = shape._element.xpath(".//p:cNvPr")[0]
                adorns = "decorative" in properties.xml if len(properties) else False
                assert properties.get("descr") or adorns, (slide.shapes.title.text_frame.text, shape.name)


def test_numbers_of_shapes_are_unique_on_each_slide(deck):
    for slide in deck.slides:
        numbers = slide.shapes._spTree.xpath(".//p:cNvPr/@id")
        assert len(numbers) == len(set(numbers))


def test_no_empty_placeholder_is_left(deck):
    for slide in deck.slides:
        assert [shape.name for shape in slide.placeholders if shape.has_text_frame and not shape.text_frame.text] == []


def test_the_map_is_made_of_shapes_that_can_be_edited(atlas, session, deck, language):
    at = [scene.kind for scene in session(language).scenes].index("map")
    groups = [shape for shape in deck.slides[at].shapes if shape.shape_type == MSO_SHAPE_TYPE.GROUP]
    group = max(groups, key=lambda one: one.width)
    layers = {one.name: one for one in group.shapes}
    assert {"land", "border", "twinnings", "places", "names"} <= set(layers)
    curves = [shape for shape in layers["twinnings"].shapes if shape._element.findall(f".//{qn('a:quadBezTo')}")]
    assert len(curves) > 5
    assert not [
        shape
        for slide in deck.slides
        for shape in every_shape(slide.shapes)
        if shape.shape_type == MSO_SHAPE_TYPE.PICTURE
    ]


def test_text_names_its_language_and_the_faces_of_the_template(deck):
    for slide in deck.slides:
        for run in (*slide.shapes._spTree.iter(qn("a:r")), *slide.notes_slide.shapes._spTree.iter(qn("a:r"))):
            properties = run.find(qn("a:rPr"))
            named = [properties.find(qn(f"a:{kind}")) for kind in ("latin", "ea")]
            assert [one.get("typeface") for one in named if one is not None] in ([], ["+mn-lt", "+mn-ea"])
            has_chinese = bool(re.search("[\u4e00-\u9fff]", run.findtext(qn("a:t"))))
            assert (properties.get("lang") == "zh-CN") >= has_chinese
    for master in (deck.slide_master, deck.notes_master):
        theme = master.part.part_related_by("http://schemas.openxmlformats.org/officeDocument/2006/relationships/theme")
        faces = re.findall(rb'<a:(latin|ea) typeface="([^"]*)"', theme.blob)[:4]
        assert faces == [(b"latin", b"Arial"), (b"ea", b"Microsoft YaHei")] * 2


def test_notes_are_what_to_say_then_minutes_then_sources(atlas, shown, deck, language):
    said, one = notes_of(deck.slides[1]), shown(language)[1]
    assert said.startswith("\n".join((*one.title, "Nói chậm", "rồi dừng")))
    assert said.index("Nói chậm") < said.index("3 ")
    for slide, one in zip(deck.slides, shown(language)):
        listed = atlas.table("sources").loc[list(one.sources)]
        assert all(title in notes_of(slide) for title in listed["title"])
        linked = listed[listed["kind"] != "mirror"]["url"].dropna()
        assert all(address in notes_of(slide) for address in linked)
    every = "\n".join(map(notes_of, deck.slides))
    mirrors = atlas.table("sources").query("kind == 'mirror'")["url"].dropna()
    assert not any(address in every for address in mirrors)


def test_the_same_session_gives_the_same_deck(atlas, made, session):
    content, began = made("zh-vi"), time.process_time()
    assert slides.pptx(released(atlas, "own"), session("zh-vi")) == content
    assert time.process_time() - began < 4, "seconds"
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        assert {entry.date_time for entry in archive.infolist()} == {(*map(int, atlas.version.split("-")), 0, 0, 0)}
        assert atlas.version.encode() in archive.read("docProps/core.xml")


def sections_of(deck) -> dict[str, list[int]]:
    """The numbers of the slides in each section, counted from 0."""
    place = {slide.slide_id: number for number, slide in enumerate(deck.slides)}
    return {
        one.get("name"): [place[int(slide.get("id"))] for slide in one[0]] for one in deck.part._element.iter(SECTION)
    }


def test_a_talk_has_twelve_slides_at_most_and_the_annex_is_hidden(made, session):
    deck = opened(made("zh-vi"))
    assert len(session("zh-vi").scenes) > 12
    talk, annex = sections_of(deck).values()
    assert list(sections_of(deck)) == ["演示 · Trình bày", "附件 · Phụ lục"]
    assert talk == list(range(12))
    assert [*talk, *annex] == list(range(len(deck.slides)))
    assert [number for number, slide in enumerate(deck.slides) if slide._element.get("show") == "0"] == annex


def test_a_session_without_scenes_or_records_makes_a_deck_too(atlas):
    known = released(atlas, "both")
    assert not talk_of(opened(slides.pptx(known, Session("committee", "vi-zh", selection=Selection(q="qqqqqq")))))
    nothing = Session("own", "en", selection=Selection(q="qqqqqq"), scenes=(Scene("map"),))
    deck = opened(slides.pptx(known, nothing))
    assert "No record of this kind passes the filters." in text_of(deck.slides[0])


def test_progress_goes_from_nothing_to_nearly_all(atlas, session):
    shares = []
    slides.pptx(atlas, session("en"), lambda step, share: shares.append(share) if step else pytest.fail("no step"))
    assert shares == sorted(shares)
    assert shares[0] == 0
    assert 0.9 < shares[-1] <= 1


def put(atlas, *items):
    """The slide of a board with a title and some things below it."""
    deck = decks.empty(atlas, Voice("vi-zh"))
    title = Text(scenes.HEAD, board.runs(("Ba kết quả", "三项成果"), board.TITLE, board.SECOND))
    deck.slide(board.Board("text", ("Ba kết quả", "三项成果"), (title, *items)))
    return opened(decks.written(deck.file, atlas.version)).slides[0]


def test_bars_are_charts_with_their_data_on_one_scale(atlas):
    bars = [
        (Segment(157.0, board.ACCENT, "157", "đại học\n本科"), Segment(19.0, board.COUNTERPART, "19", FORMULA)),
        (Segment(2000.0, board.DONE, "2\u2009000+", "ít nhất"), Segment(3.0, board.UNKNOWN, "", "hẹp")),
    ]
    drawn = [Bar(Room(400, 300 + 150 * n, 1400, 80), parts, 2003.0, "Theo bậc\n按层次") for n, parts in enumerate(bars)]
    slide = put(atlas, *drawn)
    frames = [shape for shape in slide.shapes if shape.has_chart]
    assert slide.slide_layout.name == template.CHART
    assert [frame.placeholder_format.idx for frame in frames] == list(template.CHARTS[:2])
    for frame, bar in zip(frames, drawn):
        chart, plot = frame.chart, frame.chart.plots[0]
        assert (frame.left, frame.width) == (400 * 6350, 1400 * 6350)
        assert [series.values[0] for series in plot.series] == [part.value for part in bar.segments]
        assert chart.value_axis.maximum_scale == 2003
        assert not chart.value_axis.visible
        cells = [
            cell
            for row in openpyxl.load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob)).active
            for cell in row
        ]
        assert [cell.value for cell in cells if isinstance(cell.value, int | float)] == [
            part.value for part in bar.segments
        ]
        assert {cell.data_type for cell in cells if isinstance(cell.value, str)} == {"s"}
        assert "157" in frame._element.xpath(".//p:cNvPr/@descr")[0] or bar is drawn[1]
    codes = frames[1].chart._chartSpace.xpath(".//c:dLbls/c:numFmt/@formatCode")
    assert codes == ['" 2\u2009000+"'], "what is more than a number is said as it is, what has no room not at all"


def test_tables_texts_and_marks_are_what_a_program_can_edit(atlas):
    rows = tuple((f"Xã {n}\n社 {n}", "21/5/2015") for n in range(4))
    table = board.table(board.STAGE, (70, 30), ("Cụm\n片区", "Ký\n签署"), rows)
    slide = put(
        atlas,
        table,
        Text(Room(80, 800, 300, 60), (Run("Đã làm 已完成", board.LABEL, True, board.DONE),)),
        Line(((80, 900), (400, 900), (500, 950)), board.ACCENT, 6, arrow=True, dashed=True),
        Disc((700, 900), 20, None, board.DONE),
        Box(Room(800, 850, 200, 80), board.UNKNOWN, board.QUIET, radius=20),
    )
    (frame,) = (shape for shape in slide.shapes if shape.has_table)
    assert frame.placeholder_format.idx == template.TABLES[0]
    assert frame.top == 220 * 6350
    assert [row.height for row in frame.table.rows] == [round(height * 6350) for height in table.heights]
    assert frame.table.cell(1, 0).text == "Xã 0\n社 0"
    (text,) = (shape for shape in slide.shapes if shape.has_text_frame and shape.text_frame.text.startswith("Đã"))
    assert [run.font._rPr.get("lang") for run in text.text_frame.paragraphs[0].runs] == ["vi-VN", "zh-CN"]
    assert "tailEnd" in slide.shapes._spTree.xml
    assert 'prst="roundRect"' in slide.shapes._spTree.xml


def test_hostile_texts_stay_text(atlas):
    words = scenes.Scene("text") if hasattr(scenes, "Scene") else Scene("text")
    session = readymade.own(hostile(atlas), HA_GIANG, "vi-zh")
    content = slides.pptx(
        hostile(atlas), replace(session, scenes=(*session.scenes, replace(words, notes="\n".join(TEXTS))))
    )
    deck = opened(content)
    said = "".join(cell for rows in tables_of(deck.slides).values() for row in rows for cell in row)
    said += "".join(map(notes_of, deck.slides))
    assert "<script>alert(1)</script>" in said
    for slide in deck.slides:
        for shape in slide.shapes:
            assert shape.top + shape.height <= deck.slide_height + 12700, shape.name
