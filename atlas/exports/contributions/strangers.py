"""What a file is that somebody hands in, and its parts where it is a workbook; nothing of it is believed.

What is in the archive is counted before a library sees it: one short text may stand in thousands of cells, and a small
file may hold millions of them.
"""

import codecs
import io
import re
import struct
import zipfile
import zlib
from itertools import islice

from atlas.records.said import Said, said

LARGEST_FILE = 10 * 2**20
LARGEST_CONTENT = 60 * 2**20
MOST_PARTS = 200
MOST_CELLS = 400_000

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
# of Strict Open XML, and what everybody else calls the same
STRICT = (
    (b"http://purl.oclc.org/ooxml/spreadsheetml/main", b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
    (b"http://purl.oclc.org/ooxml/drawingml", b"http://schemas.openxmlformats.org/drawingml/2006"),
)
CELL = re.compile(rb"<(?:[\w.-]+:)?(?:c|si|row)[\s/>]")  # with and without a prefix of their namespace
DECLARED = (b"<!DOCTYPE", b"<!ENTITY")

_OLE, _ZIP, _END = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04", b"PK\x05\x06"
# beginnings of files, and what begins so
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*", b"\0\0\0 ftypheic", b"\0\0\0\x18ftypheic")
_ARCHIVES = (b"Rar!", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b", b"BZh", b"\xfd7zXZ")
_HIGH = re.compile(rb"[\x80-\xff]+")


class Unread(Exception):
    """A file of which nothing can be read; the message says what it is and what to do."""

    def __init__(self, message: Said):
        super().__init__(message)
        self.message = message


def parts(content: bytes, name: str) -> dict[str, bytes]:
    """The parts of a workbook by name; Strict Open XML is read as any other.

    :raises Unread: it is no workbook (.xlsx), a protected or damaged one, larger than allowed, or holds what may not be there.
    """
    if message := _no_archive(content, name):
        raise Unread(message)
    found = _unpacked(content)
    if message := _no_workbook(found, name):
        raise Unread(message)
    for part, data in found.items():
        if part.endswith((".xml", ".rels")) and any(mark in _narrow(data) for mark in DECLARED):
            raise Unread(
                said(
                    "The workbook declares entities (DOCTYPE), which no spreadsheet writes; make it anew from the blank one."
                )
            )
    cells = (cell for data in found.values() for cell in CELL.finditer(_narrow(data)))
    if next(islice(cells, MOST_CELLS, None), None):
        message = said(
            "The workbook has more than {most:,} cells; delete the rows and columns that are not needed, or hand it in in parts.",
            most=MOST_CELLS,
        )
        raise Unread(message)
    return {part: _usual(data) for part, data in found.items()}


def _no_archive(content: bytes, name: str) -> Said | None:
    """What a file is that is no archive; None for an archive."""
    if not content.strip(b"\0 \r\n\t"):
        return said("The file is empty; save the workbook again and choose the new file.")
    if len(content) > LARGEST_FILE:
        return said("The file is larger than {most} MB; hand it in in parts.", most=LARGEST_FILE // 2**20)
    if content.startswith(_OLE):
        return _compound(content, name)
    if content.startswith(_ZIP):
        if _END not in content:
            return said("The end of the file is missing, as after a broken download or copy; take the file again.")
        return None
    if content.startswith(b"%PDF"):
        return said("This is a PDF, not a workbook; hand in the workbook (.xlsx) that was filled in.")
    if content.startswith(_PICTURES) or (content.startswith(b"RIFF") and content[8:12] == b"WEBP"):
        return said("This is a picture, not a workbook; hand in the workbook (.xlsx) that was filled in.")
    if content.startswith(_ARCHIVES):
        return said("This is a packed archive; unpack it and hand in the workbook (.xlsx) that is in it.")
    return _text(content, name)


def _compound(content: bytes, name: str) -> Said:
    """What a file in the old format of Office is; its directory names its streams."""
    if _stream("EncryptedPackage") in content:
        return said(
            "The workbook is protected by a password; open it, remove the password (File, Info, Protect Workbook) and save it again."
        )
    if _suffix(name) == "et":
        return _et()
    if _stream("WordDocument") in content or _stream("PowerPoint Document") in content:
        return said("This is a text or slides, not a workbook; hand in the workbook (.xlsx) that was filled in.")
    return said("This is a workbook in the old format .xls; open it and save it as Excel Workbook (.xlsx).")


def _stream(name: str) -> bytes:
    return name.encode("utf-16-le")


def _et() -> Said:
    return said("This is a workbook in the format of WPS (.et); open it in WPS and save it as Excel file (.xlsx).")


def _suffix(name: str) -> str:
    return name.rpartition(".")[2].lower() if "." in name else ""


def _text(content: bytes, name: str) -> Said:
    """What a file of text is, or that nothing is known of it."""
    encoding = _encoding(content)
    if encoding is None:
        return said("This is no workbook; hand in the workbook (.xlsx) that was filled in.")
    start = content[:4_000].lower()
    if b"<html" in start or b"<table" in start or b"urn:schemas-microsoft-com:office:spreadsheet" in start:
        return said(
            "This is a web page or XML with the name of a workbook; open it and save it as Excel Workbook (.xlsx)."
        )
    return said(
        "This is a text or CSV file (in {encoding}), which loses what the workbook knows of dates and codes; copy its rows into the workbook (.xlsx).",
        encoding=encoding,
    )


def _encoding(content: bytes) -> str | None:
    """The encoding of a text, as people call it; None where it is no text."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "UTF-16"
    if b"\0" in content[:10_000]:
        return None
    try:
        content.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    else:
        return "UTF-8"
    # Chinese words stand in runs of bytes above 127, a Vietnamese letter with its mark stands among those below
    runs = [len(run) for run in _HIGH.findall(content[:100_000])]
    if sum(length for length in runs if length >= 4) * 2 > sum(runs):
        try:
            content.decode("gb18030")
        except UnicodeDecodeError:
            pass
        else:
            return "GB18030"
    printable = sum(byte > 31 or byte in b"\t\r\n" for byte in content[:10_000])
    return "Windows-1258" if printable > 0.98 * len(content[:10_000]) else None


def _unpacked(content: bytes) -> dict[str, bytes]:
    """The parts of the archive, each whole, counted before any is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            if len(entries) > MOST_PARTS or sum(entry.file_size for entry in entries) > LARGEST_CONTENT:
                raise Unread(
                    said(
                        "The workbook has more than {parts} parts or {most} MB when unpacked; make it anew from the blank one and copy only texts into it.",
                        parts=MOST_PARTS,
                        most=LARGEST_CONTENT // 2**20,
                    )
                )
            if any(entry.flag_bits & 1 for entry in entries):
                raise Unread(said("The archive is protected by a password; save the workbook without one."))
            return {entry.filename: archive.read(entry) for entry in entries if not entry.is_dir()}
    except (
        zipfile.BadZipFile,
        zlib.error,
        struct.error,
        EOFError,
        RuntimeError,
        ValueError,
        NotImplementedError,
        OSError,
    ):
        raise Unread(
            said(
                "The workbook is damaged; open it in a spreadsheet, let it be repaired, and save it as Excel Workbook (.xlsx)."
            )
        ) from None


def _no_workbook(found: dict[str, bytes], name: str) -> Said | None:
    """What an archive is that is no workbook (.xlsx), or why it may not be one; None where it is."""
    kind, types = found.get("mimetype", b""), found.get("[Content_Types].xml", b"")
    if _suffix(name) == "et":
        return _et()
    if b"opendocument.spreadsheet" in kind:
        return said("This is a workbook of LibreOffice (.ods); open it and save it as Excel 2007–365 (.xlsx).")
    if "xl/workbook.bin" in found:
        return said("This is a binary workbook (.xlsb); open it and save it as Excel Workbook (.xlsx).")
    if b"macroEnabled" in types or any(part.lower().endswith("vbaproject.bin") for part in found):
        return said(
            "The workbook has macros (.xlsm), which are not taken; save it as Excel Workbook (.xlsx), without them."
        )
    if b"spreadsheetml.template.main" in types:
        return said("This is a template (.xltx); open it and save it as Excel Workbook (.xlsx).")
    if kind or b"wordprocessingml" in types or b"presentationml" in types:
        return said("This is a text or slides, not a workbook; hand in the workbook (.xlsx) that was filled in.")
    if any(part.startswith(("xl/externalLinks/", "xl/connections")) for part in found):
        return said(
            "The workbook has links to other files, which are not followed; break them (Data, Edit Links) and save it again."
        )
    if WORKBOOK.encode() in types or any(part.lower() == "xl/workbook.xml" for part in found):
        return None
    if any(part.lower().endswith((".xlsx", ".xls", ".et", ".ods")) for part in found):
        return said("This is a packed archive; unpack it and hand in the workbook (.xlsx) that is in it.")
    return said("This is no workbook; hand in the workbook (.xlsx) that was filled in.")


def _narrow(data: bytes) -> bytes:
    """A part whose signs are counted, in characters of one byte where it has those of two."""
    wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or b"\0" in data[:4]
    return data.replace(b"\0", b"") if wide else data


def _usual(data: bytes) -> bytes:
    for strict, usual in STRICT:
        if strict in data:
            data = data.replace(strict, usual)
    return data
