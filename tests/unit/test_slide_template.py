"""The template of slides: the atlas's own, and that of an office."""

import io
import zipfile

import pytest
from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.util import Emu

from atlas import UnknownValue, cli
from atlas.exports import slides
from atlas.exports.foreign import File, Refused
from atlas.exports.formats import export
from atlas.exports.slides import own, template
from atlas.model.selection import Selection
from atlas.model.session import Scene, Session
from atlas.words.translator import Translator

SESSION = Session("own", "vi-zh", selection=Selection(province=("lai-chau",)), scenes=(Scene("cover"), Scene("map")))
RED = "C00000"


def parts_of(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_the_file_of_the_template_is_what_is_made():
    assert parts_of(template.OWN.read_bytes()) == parts_of(own.made())
    assert len(template.OWN.read_bytes()) < 40_000


@pytest.fixture
def office():
    """The template of an office: other sizes, a band and a face of its own, more layouts, old slides with notes."""
    file = Presentation(str(template.OWN))
    share = 9_144_000 / file.slide_width  # 10 inches wide, as many offices have it
    file.slide_width, file.slide_height = Emu(9_144_000), Emu(5_143_500)
    for holder in (file.slide_master, *file.slide_layouts):
        for shape in holder.shapes:
            shape.left, shape.top, shape.width, shape.height = (
                Emu(round(one * share)) for one in (shape.left, shape.top, shape.width, shape.height)
            )
    master = file.slide_master
    theme = master.part.part_related_by("http://schemas.openxmlformats.org/officeDocument/2006/relationships/theme")
    theme._blob = theme.blob.replace(b'"Arial"', b'"Times New Roman"').replace(b'"Microsoft YaHei"', b'""')
    theme._blob = theme.blob.replace(b"14212B", RED.encode())
    for number in range(3):
        slide = file.slides.add_slide(file.slide_layouts.get_by_name(template.SCENE))
        slide.shapes.title.text = f"Old slide {number}"
        slide.notes_slide.notes_text_frame.text = "Old notes"
    file.core_properties.author = "Somebody"
    return file


def saved(file) -> File:
    content = io.BytesIO()
    file.save(content)
    return File("office.potx", content.getvalue())


def layout(file, name: str):
    return file.slide_layouts.get_by_name(name)


def placeholder(holder, number: int):
    return next(one for one in holder.placeholders if one.placeholder_format.idx == number)


def test_an_offices_own_template_is_used(atlas, office):
    content = slides.pptx(atlas, SESSION, design=saved(office))
    deck = Presentation(io.BytesIO(content))
    assert (deck.slide_width, deck.slide_height) == (9_144_000, 5_143_500)
    texts = [slide.shapes.title.text_frame.text for slide in deck.slides]
    assert not [text for text in texts if "Old" in text]
    parts = parts_of(content)
    assert not [
        name for name, part in parts.items() if b"Old slide" in part or b"Old notes" in part or b"Somebody" in part
    ]
    assert len([name for name in parts if name.startswith("ppt/slides/slide")]) == len(deck.slides)
    theme = parts["ppt/theme/theme1.xml"]
    assert b'latin typeface="Times New Roman"' in theme
    assert b'ea typeface=""' not in theme, "Chinese would be set in a face that nobody chose"
    assert RED.encode() in theme
    for slide in deck.slides:
        for shape in slide.shapes:
            assert shape.left + shape.width <= deck.slide_width + 12700, shape.name
            assert shape.top + shape.height <= deck.slide_height + 12700, shape.name
    assert content == slides.pptx(atlas, SESSION, design=saved(office))


def test_a_template_without_a_place_for_notes_gets_one(atlas, office):
    for shape in list(office.notes_master.placeholders):
        shape._element.getparent().remove(shape._element)
    deck = Presentation(io.BytesIO(slides.pptx(atlas, SESSION, design=saved(office))))
    assert deck.slides[1].notes_slide.notes_text_frame.text


def test_a_template_that_fits_is_said_to(office, tmp_path, capsys):
    (tmp_path / "office.pptx").write_bytes(saved(office).content)
    assert cli.main(["template", "check", str(tmp_path / "office.pptx")]) == 0
    assert "it has all that it needs" in capsys.readouterr().out


def test_what_a_template_lacks_is_said_at_once(office, tmp_path, capsys):
    scene, chart, annex = (layout(office, name) for name in (template.SCENE, template.CHART, template.ANNEX))
    placeholder(scene, template.SOURCES)._element.getparent().remove(placeholder(scene, template.SOURCES)._element)
    placeholder(chart, template.CHARTS[0])._element.xpath(".//p:ph")[0].set("type", "pic")
    placeholder(annex, template.SOURCES).top = Emu(1_500_000)
    placeholder(layout(office, template.TABLE), 0).height = Emu(100_000)
    layout(office, template.COVER)._element.cSld.set("name", "Title Slide")
    (tmp_path / "office.pptx").write_bytes(saved(office).content)
    assert cli.main(["template", "check", str(tmp_path / "office.pptx")]) == 1
    said = capsys.readouterr().err.strip().splitlines()
    assert len(said) == 5
    assert all(line.startswith("office.pptx: ") for line in said)
    assert '"Atlas Cover" is missing; the file has: "Title Slide", "Atlas Scene"' in said[0]
    assert '"Atlas Scene", placeholder 20 (sources) is missing' in said[1]
    assert '"Atlas Chart", placeholder 30 (chart) is of another kind; expected: chart' in said[2]
    assert '"Atlas Table", placeholder 0 (title) is too small: 23.3 × 0.3 cm' in said[3]
    assert '"Atlas Annex", placeholder 20 (sources) reaches into the room of the picture: 4.2' in said[4]


@pytest.mark.parametrize("language", ["vi", "zh", "en"])
def test_faults_are_said_in_the_language_of_the_reader(office, language):
    layout(office, template.ANNEX)._element.cSld.set("name", "x")
    with pytest.raises(template.Unfit) as refused:
        template.opened(saved(office))
    translate = Translator(language)
    assert refused.value.said(translate).startswith("office.potx: ")
    assert "Atlas Annex" in refused.value.said(translate)
    if language != "en":
        assert "missing" not in refused.value.said(translate)


def test_slides_of_another_shape_are_refused_and_what_is_missing_beside_is_named(office):
    office.slide_height = Emu(6_858_000)
    layout(office, template.ANNEX)._element.cSld.set("name", "x")
    with pytest.raises(Refused, match=r"25\.40 × 19\.05 cm; expected the shape 16:9(.|\n)*Atlas Annex"):
        template.opened(saved(office))


def test_layouts_for_charts_and_tables_may_be_missing(atlas, office):
    for name in template.OPTIONAL:
        office.slide_layouts.remove(layout(office, name)) if not layout(office, name).used_by_slides else None
    assert slides.pptx(atlas, SESSION, design=saved(office))


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda parts: {"readme.txt": b"x"}, "expected a file of PowerPoint"),
        (lambda parts: parts | {"ppt/vbaProject.bin": b"x"}, "holds macros"),
        (lambda parts: parts | {"ppt/presentation.xml": b"<broken"}, "is damaged"),
        (lambda parts: {name: part for name, part in parts.items() if "slideMaster" not in name}, "is damaged"),
        (lambda parts: parts | {"ppt/media/bomb.png": b"0" * 130 * 2**20}, "is larger when unpacked"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_template_is_refused_in_a_sentence(tmp_path, capsys, change, sentence):
    path = tmp_path / "bad.pptx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in change(parts_of(template.OWN.read_bytes())).items():
            archive.writestr(name, part)
    assert cli.main(["template", "check", str(path)]) == 1
    said = capsys.readouterr().err
    assert sentence in said
    assert "Traceback" not in said


def test_a_template_is_for_what_has_one(atlas):
    given = File("office.pptx", b"")
    with pytest.raises(UnknownValue, match="expected one of pptx"):
        export(atlas, "svg", None, "vi", template=given)


def test_the_template_of_the_atlas_is_written_for_an_office(tmp_path):
    assert cli.main(["template", "write", str(tmp_path / "own.pptx")]) in (0, None)
    names = [one.name for one in Presentation(str(tmp_path / "own.pptx")).slide_layouts]
    assert names == list(template.LAYOUTS)
    kinds = {one.placeholder_format.idx: one.placeholder_format.type for one in Presentation(str(tmp_path / "own.pptx")).slide_layouts.get_by_name(template.CHART).placeholders}  # fmt: skip
    assert kinds[template.CHARTS[0]] == PP_PLACEHOLDER.CHART
