"""A stranger's Office file is answered by a sentence, or opened with exactly the parts that were looked at."""

import io
import pickle
import zipfile

import pytest
from docx import Document
from pptx import Presentation

from atlas import LANGUAGES
from atlas.exports import foreign
from atlas.exports.foreign import DOCX, PPTX, Refused
from atlas.words.translator import Translator


def saved(document) -> bytes:
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


def parts_of(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: dict[str, bytes]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return content.getvalue()


def changed(parts: dict[str, bytes], part: str, before: bytes, after: bytes) -> bytes:
    assert before in parts[part]
    return packed(parts | {part: parts[part].replace(before, after)})


PLAIN = saved(Document())
PARTS = parts_of(PLAIN)
DIRECTORY = PLAIN.rindex(b"PK\x01\x02")
RELATIONSHIP = b'<Relationship Id="rX" Target="%s" TargetMode="External" Type="http://example.org/%s"/></Relationships>'
RELATED = "word/_rels/document.xml.rels"
HOSTILE = {
    "a picture": (b"\x89PNG\r\n\x1a\n", "expected a file of Word (.docx)"),
    "nothing": (b"", "expected a file of Word (.docx)"),
    "another archive": (packed({"a.txt": b"a"}), "expected a file of Word (.docx)"),
    "slides": (saved(Presentation()), "expected a file of Word (.docx)"),
    "too large": (b"PK" + b"0" * DOCX.largest, "expected at most 10 MB"),
    "an old or locked file": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "without a password"),
    "half a file": (PLAIN[: len(PLAIN) // 2], "is damaged"),
    "a part that ends early": (PLAIN[:2000] + b"\0" * 200 + PLAIN[2200:], "is damaged"),
    "broken XML": (packed(PARTS | {"word/document.xml": b"<w:document"}), "is damaged"),
    "XML with entities": (
        packed(PARTS | {"word/document.xml": b'<!DOCTYPE a [<!ENTITY a "aaaa">]><a>&a;</a>'}),
        "is damaged",
    ),
    "no main part": (packed({name: part for name, part in PARTS.items() if name != "word/document.xml"}), "is damaged"),
    "a bomb": (packed(PARTS | {f"word/media/{n}.png": b"\0" * 2**25 for n in range(4)}), "larger when unpacked"),
    "very many parts": (packed(PARTS | {f"word/media/{n}": b"" for n in range(3_100)}), "larger when unpacked"),
    "macros": (packed(PARTS | {"word/vbaProject.bin": b"\xd0\xcf"}), "holds macros"),
    "macros by their type alone": (
        changed(PARTS, foreign.TYPES, DOCX.media.encode(), b"application/vnd.ms-word.document.macroEnabled.main+xml"),
        "holds macros",
    ),
    "ActiveX": (packed(PARTS | {"word/activeX/activeX1.xml": b"<a/>"}), "holds macros"),
    "an embedded object": (packed(PARTS | {"word/embeddings/oleObject1.bin": b"\xd0\xcf"}), "holds macros"),
    "a picture that stands on a server": (
        changed(PARTS, RELATED, b"</Relationships>", RELATIONSHIP % (b"https://example.org/a.png", b"image")),
        "takes pictures or texts from elsewhere",
    ),
}


@pytest.mark.parametrize(("content", "said"), HOSTILE.values(), ids=HOSTILE)
def test_a_file_that_is_not_opened_is_answered_by_a_sentence(content, said):
    def must_not_open(file):
        if "is damaged" not in said:
            raise AssertionError("it was opened")
        return Document(file)

    with pytest.raises(Refused) as refused:
        foreign.opened("letter\u202e.docx", content, DOCX, must_not_open)
    assert said in str(refused.value)
    assert str(refused.value).startswith("letter.docx")
    assert str(pickle.loads(pickle.dumps(refused.value))) == str(refused.value)
    said_in = {refused.value.said(Translator(language)) for language in LANGUAGES}
    assert len(said_in) == len(LANGUAGES)


def test_links_and_the_path_of_ones_own_template_do_no_harm():
    for kind in (b"hyperlink", b"attachedTemplate"):
        content = changed(PARTS, RELATED, b"</Relationships>", RELATIONSHIP % (b"file:///C:/Normal.dotm", kind))
        assert foreign.opened("a.docx", content, DOCX, Document).paragraphs == []


def test_a_template_file_is_opened_like_a_document():
    document = changed(PARTS, foreign.TYPES, DOCX.media.encode(), DOCX.template.encode())
    foreign.opened("letterhead.dotx", document, DOCX, Document)
    parts = parts_of(saved(Presentation()))
    slides = changed(parts, foreign.TYPES, PPTX.media.encode(), PPTX.template.encode())
    assert foreign.opened("office.potx", slides, PPTX, Presentation).slide_layouts


def test_a_file_is_measured_before_it_is_read(tmp_path, monkeypatch):
    large = tmp_path / "large.docx"
    with large.open("wb") as file:
        file.truncate(200 * 2**20)
    with pytest.raises(Refused, match=r"large\.docx: expected at most 10 MB"):
        foreign.read(large, DOCX)
    with pytest.raises(Refused, match="expected a file that can be read"):
        foreign.read(tmp_path / "nowhere.docx", DOCX)
