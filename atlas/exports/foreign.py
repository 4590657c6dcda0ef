"""An Office file of a stranger, such as an office's own template, is looked at before a library opens it."""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from atlas import ENGLISH, AtlasError
from atlas.words.translator import Translator

MEBIBYTE = 2**20
MOST_PARTS, LARGEST_CONTENT = 3_000, 120 * MEBIBYTE  # of an archive, when unpacked
LONGEST_NAME = 80  # characters that a sentence repeats
TYPES = "[Content_Types].xml"
# programs in any disguise: VBA, ActiveX, embedded objects, and what names itself as such
PROGRAMS = re.compile(
    r"vbaproject|vbadata|(^|/)activex/|oleobject|\.(docm|dotm|pptm|potm|xlsm|xlsb|exe)$", re.IGNORECASE
)
OLD_OR_LOCKED = b"\xd0\xcf\x11\xe0"  # a compound file: Office before 2007, or any Office file with a password
LINKED = ("hyperlink", "attachedTemplate")  # what may stand elsewhere: links, and a path that is never followed

Opened = TypeVar("Opened")


@dataclass(frozen=True)
class Form:
    """One kind of Office file.

    suffix: the end of its name; media: of its main part; template: the same in a template file, which is taken as well;
    program: what opens it; largest: bytes.
    """

    suffix: str
    media: str
    template: str
    program: str
    largest: int


@dataclass(frozen=True)
class File:
    """A file that somebody handed in."""

    name: str
    content: bytes


WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
SLIDES = "application/vnd.openxmlformats-officedocument.presentationml"
DOCX = Form("docx", f"{WORD}.document.main+xml", f"{WORD}.template.main+xml", "Word", 10 * MEBIBYTE)
PPTX = Form("pptx", f"{SLIDES}.presentation.main+xml", f"{SLIDES}.template.main+xml", "PowerPoint", 50 * MEBIBYTE)


class Refused(AtlasError):
    """A file that is not opened; :meth:`said` is the sentence that answers it.

    :param reason: a key of what :meth:`said` can say.
    """

    def __init__(self, reason: str, name: str, form: Form):
        self.reason, self.name, self.form = reason, name, form
        super().__init__(self.said(Translator(ENGLISH)))

    def __reduce__(self) -> tuple:
        return Refused, (self.reason, self.name, self.form)

    def said(self, translate: Translator) -> str:
        """What is wrong with which file, and what to do."""
        name, form = shown(self.name), self.form
        match self.reason:
            case "unread":
                said = translate("{file}: expected a file that can be read", file=name)
            case "large":
                most = form.largest // MEBIBYTE
                said = translate("{file}: expected at most {n} MB; make its pictures smaller", file=name, n=most)
            case "locked":
                said = translate(
                    "{file} is of an old format or protected by a password; save it as .{suffix} without a password",
                    file=name,
                    suffix=form.suffix,
                )
            case "swollen":
                said = translate(
                    "{file} is larger when unpacked than any template; save it anew in {program}",
                    file=name,
                    program=form.program,
                )
            case "programs":
                said = translate(
                    "{file} holds macros or other programs; save it as .{suffix} without them",
                    file=name,
                    suffix=form.suffix,
                )
            case "linked":
                said = translate(
                    "{file} takes pictures or texts from elsewhere; put them into the file itself", file=name
                )
            case "damaged":
                said = translate(
                    "{file} is damaged; open it in {program} and save it anew", file=name, program=form.program
                )
            case _:
                said = translate(
                    "{file}: expected a file of {program} (.{suffix})",
                    file=name,
                    program=form.program,
                    suffix=form.suffix,
                )
        return said


def shown(name: str) -> str:
    """The name of a file as a sentence may repeat it."""
    return "".join(filter(str.isprintable, name))[:LONGEST_NAME]


def read(path: Path, form: Form) -> bytes:
    """The content of a file that is not too large.

    :raises Refused: it is, or cannot be read.
    """
    try:
        if path.stat().st_size > form.largest:
            raise Refused("large", path.name, form)
        return path.read_bytes()
    except OSError:
        raise Refused("unread", path.name, form) from None


def opened(name: str, content: bytes, form: Form, open_with: Callable[[io.BytesIO], Opened]) -> Opened:
    """What a library makes of a stranger's file once it has passed every check.

    :param open_with: ``docx.Document`` or ``pptx.Presentation``. It is given the parts that were checked and nothing else.
    :raises Refused: the file is not of this form, too large (also when unpacked), locked, damaged, holds programs, or
        takes pictures or texts from elsewhere.
    """
    parts = _parts(name, content, form)
    plain = io.BytesIO()
    with zipfile.ZipFile(plain, "w", zipfile.ZIP_STORED) as archive:
        for part, data in parts.items():
            archive.writestr(part, data)
    try:
        return open_with(plain)
    except Exception:  # a stranger's file may be wrong in any way
        raise Refused("damaged", name, form) from None


def _parts(name: str, content: bytes, form: Form) -> dict[str, bytes]:
    """Every part of the file by its name; a template file has become a document."""

    def refused(reason: str) -> Refused:
        return Refused(reason, name, form)

    if len(content) > form.largest:
        raise refused("large")
    if content.startswith(OLD_OR_LOCKED):
        raise refused("locked")
    if not content.startswith(b"PK"):
        raise refused("other")
    try:
        parts = _unpacked(content)
    except (
        zipfile.BadZipFile,
        zlib.error,
        struct.error,
        NotImplementedError,
        RuntimeError,
        ValueError,
        EOFError,
        OSError,
    ):
        raise refused("damaged") from None
    except OverflowError:
        raise refused("swollen") from None
    types = parts.get(TYPES, b"")
    if b"macroenabled" in types.lower() or any(map(PROGRAMS.search, parts)):
        raise refused("programs")
    if form.media.encode() not in types and form.template.encode() not in types:
        raise refused("other")
    try:
        trees = {part: fromstring(data, forbid_dtd=True) for part, data in parts.items() if _is_xml(part)}
    except (ParseError, DefusedXmlException, ValueError, LookupError):
        raise refused("damaged") from None
    if any(_takes_from_elsewhere(tree) for part, tree in trees.items() if part.endswith(".rels")):
        raise refused("linked")
    return parts | {TYPES: types.replace(form.template.encode(), form.media.encode())}


def _unpacked(content: bytes) -> dict[str, bytes]:
    """:raises OverflowError: there is more in it than a template can hold; asked before anything is unpacked."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        entries = archive.infolist()
        if len(entries) > MOST_PARTS or sum(entry.file_size for entry in entries) > LARGEST_CONTENT:
            raise OverflowError
        # a part is never longer than the directory says: what is beyond is not read, and its sum is wrong
        return {entry.filename: archive.read(entry) for entry in entries if not entry.is_dir()}


def _is_xml(part: str) -> bool:
    return part.endswith((".xml", ".rels"))


def _takes_from_elsewhere(relationships: Any) -> bool:
    return any(
        one.get("TargetMode") == "External" and not one.get("Type", "").endswith(LINKED) for one in relationships
    )
