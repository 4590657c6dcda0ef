"""Decks are opened with python-pptx."""

import io
import re
import zipfile
from collections import Counter
from dataclasses import replace
from functools import cache

import openpyxl
import pytest
from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE_TYPE
from pptx.oxml.ns import qn

from atlas.exports import slides, summary, tables
from atlas.exports.about import described, disclaimer
from atlas.exports.rows import selected
from atlas.exports.slides import layout, ooxml
from atlas.maps.drawing import draw
from atlas.model import scenes
from atlas.model.selection import Selection
from atlas.words.translator import Translator
from atlas.words.voice import Voice
from tests.unit.hostile_atlas import FORMULA, hostile

HA_GIANG = Selection(province=("ha-giang",), asof="2025-07-01")
LAI_CHAU = Selection(province=("lai-chau",))
CAO_BANG = Selection(province=("cao-bang",))


@pytest.fixture(scope="module", params=["vi", "zh", "en", "vi-zh"])
def language(request):
    return request.param


@pytest.fixture(scope="module")
def listed(atlas):
    """The usual scenes of a province, and two of a twinning."""
    return (*scenes.sequence(atlas, HA_GIANG), *scenes.sequence(atlas, LAI_CHAU, "pair")[3:5])


@pytest.fixture(scope="module")
def made(atlas, listed):
    """``made(language)``: the deck of these scenes, made once for all tests."""
    return cache(lambda language: slides.pptx(atlas, HA_GIANG, language, sequence=listed))


@pytest.fixture
def deck(made, language):
    return Presentation(io.BytesIO(made(language)))


def every_shape(shapes):
    for shape in shapes:
        yield shape
        if shape.shape_type == MSO_SHAPE_TYPE.GROUP:
            yield from every_shape(shape.shapes)


def tables_of(slides) -> dict[tuple[str, ...], list[tuple[str, ...]]]:
    """The rows of all tables by the heads of their columns."""
    found: dict[tuple[str, ...], list] = {}
    for slide in slides:
        for shape in slide.shapes:
            if shape.has_table:
                heads, *rows = [tuple(cell.text for cell in row.cells) for row in shape.table.rows]
                found.setdefault(heads, []).extend(rows)
    return found


def deck_heading(language: str) -> str:
    return Voice(language)(lambda translate: translate("Along the border"))


def text_of(slide) -> str:
    return "\n".join(shape.text_frame.text for shape in every_shape(slide.shapes) if shape.has_text_frame)


def test_slides_are_wide_and_have_titles_and_numbers(deck):
    assert deck.slide_width / deck.slide_height == pytest.approx(16 / 9, abs=0.001)
    assert all(slide.shapes.title.text_frame.text for slide in deck.slides)
    numbered = [slide for slide in deck.slides if 'type="slidenum"' in slide.shapes._spTree.xml]
    assert len(numbered) == len(deck.slides) - 1


def test_tables_hold_the_selected_rows(atlas, deck, language):
    rows, voice = selected(atlas, HA_GIANG), Voice(language)
    twinnings = HA_GIANG.twinnings(atlas)
    found = tables_of([slide for slide in deck.slides if slide._element.get("show") == "0"])
    expected = [
        tables.pairs(atlas, twinnings, voice, HA_GIANG.asof),
        tables.figures(atlas, rows["figures"], voice),
        tables.events(atlas, rows["events"], voice, HA_GIANG.day(atlas), outcomes=False),
        tables.agreements(atlas, rows["agreements"], voice),
        tables.discrepancies(atlas, rows["discrepancies"], voice),
        tables.totals(atlas, HA_GIANG, voice),
        tables.abolished(atlas, twinnings, voice, HA_GIANG.asof),
    ]
    for table in expected:
        assert len(table), table.title
        assert Counter(found[table.heads]) == Counter(table.rows), table.title


def test_the_title_says_what_the_deck_is(atlas, deck, language):
    first = text_of(deck.slides[0])
    for one in language.split("-"):
        translate = Translator(one)
        for text in (
            described(atlas, HA_GIANG, translate),
            disclaimer(translate),
            translate.date(HA_GIANG.asof),
            translate.date(atlas.version),
            "CC-BY-4.0",
        ):
            assert text in first
        assert disclaimer(translate) in text_of(deck.slides[3])


def test_slides_to_talk_from_can_be_read_from_afar(deck, listed, language):
    assert_legible(deck, len(listed), language)


@pytest.mark.parametrize("language", ["vi-zh", "en"])
def test_slides_on_everything_can_be_read_from_afar(atlas, language):
    talk = len(scenes.sequence(atlas, Selection()))
    assert_legible(Presentation(io.BytesIO(slides.pptx(atlas, Selection(), language))), talk, language)


def assert_legible(deck, talk: int, language: str) -> None:
    """Nothing on the first slides is smaller than 12 points, lies over the footer or outside, and each bar has its name."""
    for slide in list(deck.slides)[:talk]:
        title = slide.shapes.title.text_frame.text
        parts = [slide._element, *(shape.chart._chartSpace for shape in slide.shapes if shape.has_chart)]
        sizes = [int(size) for part in parts for size in part.xpath(".//@sz") if size.isdigit()]
        # the border unrolled is a sheet to look up on, of which a province is read from afar
        least = 700 if title == deck_heading(language) else 1200
        assert min(sizes) >= least, title
        for shape in slide.shapes:
            if not shape.is_placeholder:
                lowest = deck.slide_height if slide == deck.slides[0] else layout.BOTTOM
                assert shape.top + shape.height <= lowest + 12700, (title, shape.name)
                assert shape.left + shape.width <= layout.LEFT + layout.INNER + 12700 * 2, (title, shape.name)
            if shape.has_table:
                assert "\n…" not in "".join(cell.text for row in shape.table.rows for cell in row.cells)
            if shape.has_chart and "bar" in str(shape.chart.chart_type).lower():
                assert shape.chart._chartSpace.xpath(".//c:tickLblSkip/@val") == ["1"]


def test_every_shape_has_an_alternative_text(deck):
    for slide in deck.slides:
        for shape in every_shape(slide.shapes):
            if not shape.is_placeholder and not (shape.has_text_frame and shape.text_frame.text):
                described_as = shape._element.xpath(".//p:cNvPr")[0].get("descr")
                assert described_as, (slide.shapes.title.text_frame.text, shape.name)


def test_numbers_of_shapes_are_unique_on_each_slide(deck):
    for slide in deck.slides:
        numbers = slide.shapes._spTree.xpath(".//p:cNvPr/@id")
        assert len(numbers) == len(set(numbers))


def test_the_map_is_made_of_shapes_that_can_be_edited(atlas, deck):
    groups = [shape for shape in deck.slides[2].shapes if shape.shape_type == MSO_SHAPE_TYPE.GROUP]
    layers = {group.name: group for group in groups[0].shapes}
    assert {"land", "border", "cn-counties", "twinnings", "places", "names"} <= set(layers)
    assert all(
        shape.shape_type == MSO_SHAPE_TYPE.FREEFORM
        for name in ("land", "border", "twinnings")
        for shape in layers[name].shapes
    )
    curves = [shape for shape in layers["twinnings"].shapes if shape._element.findall(f".//{qn('a:quadBezTo')}")]
    inside = draw(atlas, list(HA_GIANG.twinnings(atlas).index), "vi", HA_GIANG.asof, 883, 533).inside
    assert len(curves) >= len(inside) > 5
    assert not [
        shape
        for slide in deck.slides
        for shape in every_shape(slide.shapes)
        if shape.shape_type == MSO_SHAPE_TYPE.PICTURE
    ]


def test_charts_carry_their_data(atlas, deck, language):
    charts = [shape.chart for slide in deck.slides for shape in slide.shapes if shape.has_chart]
    assert len(charts) >= 4
    for chart in charts:
        sheet = openpyxl.load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob)).active
        column = [row[1].value for row in sheet.iter_rows(min_row=2)]
        assert [float(value) for value in chart.plots[0].series[0].values] == column
    by_year = next(chart for chart in charts if chart.plots[0].categories[0].label.isdigit())
    held = selected(atlas, HA_GIANG)["events"]
    assert sum(by_year.plots[0].series[0].values) == ((held["status"] == "held") & held["date_from"].notna()).sum()


def test_text_names_faces_that_have_its_letters(deck):
    for slide in deck.slides:
        for run in slide.shapes._spTree.iter(qn("a:r")):
            properties = run.find(qn("a:rPr"))
            assert properties.find(qn("a:latin")).get("typeface") == ooxml.LATIN
            assert properties.find(qn("a:ea")).get("typeface") == ooxml.EAST_ASIAN
            has_chinese = bool(re.search("[\u4e00-\u9fff]", run.findtext(qn("a:t"))))
            assert (properties.get("lang") == "zh-CN") >= has_chinese


def test_notes_name_the_sources(atlas, deck):
    notes = [slide.notes_slide.notes_text_frame.text for slide in deck.slides]
    cited = {source for sources in HA_GIANG.twinnings(atlas)["sources"] for source in sources}
    assert all(atlas.table("sources").at[one, "title"] in notes[2] for one in cited)
    mirrors = atlas.table("sources").query("kind == 'mirror'")["url"].dropna()
    assert not any(address in note for address in mirrors for note in notes)


def test_the_same_selection_gives_the_same_deck(atlas):
    made = [slides.pptx(atlas, LAI_CHAU, "vi-zh") for _ in range(2)]
    assert made[0] == made[1]
    with zipfile.ZipFile(io.BytesIO(made[0])) as opened:
        assert opened.testzip() is None
        assert {entry.date_time for entry in opened.infolist()} == {(*map(int, atlas.version.split("-")), 0, 0, 0)}
        assert atlas.version.encode() in opened.read("docProps/core.xml")


def test_scenes_of_levels_twinnings_and_captions(atlas):
    listed = scenes.sequence(atlas, LAI_CHAU, "pair") + scenes.sequence(atlas, LAI_CHAU, "level")[2:4]
    captioned = tuple(
        replace(scene, caption="Lời dẫn 说明", title="Tiêu đề riêng" if scene.kind == "map" else "") for scene in listed
    )
    deck = Presentation(io.BytesIO(slides.pptx(atlas, LAI_CHAU, "vi", sequence=captioned)))
    shown = list(deck.slides)[: len(captioned)]
    assert all("Lời dẫn 说明" in text_of(slide) for slide in shown)
    assert [slide.shapes.title.text_frame.text == "Tiêu đề riêng" for slide in shown] == [
        scene.kind == "map" for scene in captioned
    ]


@pytest.mark.parametrize(
    "selection", [Selection(q="qqqqqq"), Selection(level=("border_gate",)), Selection(province=("quang-nam",))]
)
def test_small_selections_make_a_deck_too(atlas, selection):
    deck = Presentation(io.BytesIO(slides.pptx(atlas, selection, "vi-zh")))
    assert len(deck.slides) >= 2


def test_progress_goes_from_nothing_to_nearly_all(atlas):
    shares = []
    slides.pptx(atlas, LAI_CHAU, "en", lambda step, share: shares.append(share) if step else pytest.fail("no step"))
    assert shares == sorted(shares)
    assert shares[0] == 0
    assert 0.9 < shares[-1] <= 1


def sections_of(deck) -> dict[str, list[int]]:
    """The numbers of the slides in each section, counted from 0."""
    place = {slide.slide_id: number for number, slide in enumerate(deck.slides)}
    found = deck.part._element.iter("{http://schemas.microsoft.com/office/powerpoint/2010/main}section")
    return {one.get("name"): [place[int(slide.get("id"))] for slide in one[0]] for one in found}


@pytest.mark.parametrize("each", [None, "pair"])
def test_a_talk_has_twelve_slides_at_most_and_the_annex_is_hidden(atlas, made, listed, each):
    if each:
        listed = scenes.sequence(atlas, CAO_BANG, each)
        content = slides.pptx(atlas, CAO_BANG, "vi-zh", sequence=listed)
    deck = Presentation(io.BytesIO(content if each else made("vi-zh")))
    assert (len(listed) > 12) == bool(each)
    talk, annex = sections_of(deck).values()
    assert list(sections_of(deck)) == ["Trình bày · 演示", "Phụ lục · 附件"]
    assert talk == list(range(min(len(listed), 12)))
    assert [*talk, *annex] == list(range(len(deck.slides)))
    hidden = [number for number, slide in enumerate(deck.slides) if slide._element.get("show") == "0"]
    assert hidden == annex


@pytest.mark.parametrize(
    ("province", "texts"),
    [("quang-ninh", {"176", "157", "19", "61"}), ("ha-giang", {"129", "34", "34/34", "14", "11", "108", "20"})],
)
def test_the_first_slides_show_what_was_achieved(atlas, made, province, texts):
    of_ha_giang = province in HA_GIANG.province
    content = made("vi-zh") if of_ha_giang else slides.pptx(atlas, Selection(province=(province,)), "vi-zh")
    deck = Presentation(io.BytesIO(content))
    first = list(deck.slides)[:3]
    said = set(re.findall(r"\d+/\d+|\d+", "\n".join(map(text_of, first))))
    charts = [shape.chart for slide in first for shape in slide.shapes if shape.has_chart]
    drawn = {f"{value:g}" for chart in charts for series in chart.plots[0].series for value in series.values}
    assert texts <= said | drawn


def test_a_number_of_a_thousand_is_one_number_in_two_languages(atlas):
    figures = atlas.table("figures").copy()
    figures.loc["sch-ha-giang-guangxi", "value"] = 1234.0
    changed = replace(atlas, tables=atlas.tables | {"figures": figures})
    deck = Presentation(io.BytesIO(slides.pptx(changed, HA_GIANG, "vi-zh")))
    results = deck.slides[1]
    assert "1\u2009234" in text_of(results)
    chart = next(shape.chart for shape in results.shapes if shape.has_chart)
    assert sum(series.values[0] for series in chart.plots[0].series) == 1234


@pytest.fixture(scope="module")
def hostile_deck(atlas):
    return slides.pptx(hostile(atlas), HA_GIANG, "vi-zh")


def test_hostile_texts_stay_text(atlas, hostile_deck):
    deck = Presentation(io.BytesIO(hostile_deck))
    texts = [cell for rows in tables_of(deck.slides).values() for row in rows for cell in row]
    notes = "".join(slide.notes_slide.notes_text_frame.text for slide in deck.slides)
    assert any("<script>alert(1)</script>" in text for text in texts) or "<script>alert(1)</script>" in notes
    for slide in deck.slides:
        for shape in slide.shapes:
            assert shape.top + shape.height <= deck.slide_height + 12700, (
                slide.shapes.title.text_frame.text,
                shape.name,
            )
            if shape.has_chart:
                book = openpyxl.load_workbook(io.BytesIO(shape.chart.part.chart_workbook.xlsx_part.blob))
                assert not [cell for row in book.active for cell in row if cell.data_type == "f"]


def test_a_formula_in_a_chart_is_text(atlas):
    changed = hostile(atlas)
    row = summary.comparable(scenes.TOPICS["labour"].records(atlas, Selection())["figures"]).index[0]
    for language in ("vi", "zh", "en"):
        changed.tables["figures"].loc[row, f"title_{language}"] = FORMULA
        changed.tables["figures"].loc[row, "value"] = 10**9
    deck = Presentation(io.BytesIO(slides.pptx(changed, None, "en", sequence=(scenes.Scene("labour", Selection()),))))
    chart = next(shape.chart for shape in deck.slides[0].shapes if shape.has_chart)
    sheet = openpyxl.load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob)).active
    cells = [cell for line in sheet for cell in line if isinstance(cell.value, str) and FORMULA in cell.value]
    assert cells
    assert {cell.data_type for cell in cells} == {"s"}
