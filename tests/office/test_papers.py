"""Papers for Word as LibreOffice sets them: Chinese in a Chinese face, on a sane number of pages."""

import io
import re
import zipfile

import pytest

from atlas.exports.formats import KINDS, export
from atlas.model.selection import Selection
from tests.office.readers import fonts, pages, text

PAPERS = [name for name, kind in KINDS.items() if kind.suffix == "docx"]
HA_GIANG = Selection(province=("ha-giang",), asof="2026-01-01")
ELSEWHERE = ("CJKjp", "CJKkr")


def of(faces: set[str], regions: tuple[str, ...]) -> set[str]:
    return {face for face in faces if any(region in face for region in regions)}


def in_japanese(content: bytes) -> bytes:
    """The same paper as it would be if it did not say that its Chinese is Chinese."""
    changed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as paper, zipfile.ZipFile(changed, "w") as other:
        for name in paper.namelist():
            other.writestr(name, paper.read(name).replace(b'"zh-CN"', b'"ja-JP"'))
    return changed.getvalue()


@pytest.mark.parametrize("language", ["zh", "vi-zh", "zh-vi"])
def test_chinese_is_set_in_a_chinese_face(atlas, office, language):
    paper = export(atlas, "pairs-docx", HA_GIANG, language)
    found = fonts(office("paper.docx", paper) / "paper.pdf")
    assert of(found, ("CJKsc",))
    assert not of(found, ELSEWHERE)


def test_the_check_sees_a_paper_that_does_not_say_it_is_chinese(atlas, office):
    paper = in_japanese(export(atlas, "pairs-docx", HA_GIANG, "zh"))
    assert of(fonts(office("paper.docx", paper) / "paper.pdf"), ELSEWHERE)


@pytest.mark.parametrize(
    ("kind", "language", "most"),
    [("docx", "vi", 16), ("docx", "zh-vi", 30), ("pairs-docx", "zh-vi", 10), ("resigning-docx", "vi-zh", 14), ("commitments-docx", "zh", 50)],
)  # fmt: skip
def test_papers_have_a_sane_number_of_pages_and_their_numbers(atlas, office, kind, language, most):
    pdf = office("paper.docx", export(atlas, kind, HA_GIANG, language)) / "paper.pdf"
    count = pages(pdf)
    assert 1 < count <= most
    leaves = text(pdf).split("\f")
    for number in (2, count):
        lines = [line.strip() for line in leaves[number - 1].splitlines() if line.strip()]
        at_head = language.startswith("vi")
        assert re.sub(r"\s", "", lines[0 if at_head else -1]) == (f"{number}" if at_head else f"—{number}—")
