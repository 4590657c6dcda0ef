"""The attributes of a Shapefile in the encodings that offices write, and the names in them.

Shapefiles do not say how their letters are written, or say it in a .cpg file that others have changed or lost. The names
of the units that the survey is about tell: the encoding is right in which the values are those names.

TCVN3 is the table VN3 of TCVN 5712:1993 (fonts "ABC", .VnTime), VNI the one of the fonts of VNI for Windows, in which a
letter is followed by the sign of its mark and tone.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass

import geopandas as gpd

from atlas.records.said import Said, said

Names = Mapping[str, Collection[str]]

_TCVN3 = "\xa0ĂÂÊÔƠƯĐăâêôơưđẰ\u0300\u0309\u0303\u0301\u0323àảãáạẲằẳẵắẴẮẦẨẪẤỀặầẩẫấậèỂẻẽéẹềểễếệìỉỄẾỒĩíịòỔỏõóọồổỗốộờởỡớợùỖủũúụừửữứựỳỷỹýỵỐ"
_TONES = ("", "\u0301", "\u0300", "\u0309", "\u0303", "\u0323")  # none, acute, grave, hook, tilde, dot
_VNI_SIGNS = {"\u0302": "âáàåãä", "\u0306": "êéèúüë", "": " ùøûõï"}  # on â, on ă, on others, each in the order of tones
_VNI_MARKS = {sign: mark + tone for mark, signs in _VNI_SIGNS.items() for sign, tone in zip(signs, _TONES)}
_VNI_MARKED = re.compile("(?<=[aeouyôöAEOUYÔÖ])[âáàåãäêéèúüëùøûõï]", re.IGNORECASE)
_VNI_LETTERS = str.maketrans("ôöñæóòîÔÖÑÆÓÒÎ", "ơưđỉĩịỵƠƯĐỈĨỊỴ")
_TYPE = re.compile(
    r"^(tỉnh|thành phố|thị xã|huyện|thị trấn|phường|xã|đặc khu|tp\.?|tx\.?|tt\.?|h\.|p\.|x\.)\s+(?=\D)|[省市县郡社坊乡镇]$"
)
_CODE_PAGE = re.compile(r"(?:ansi|cp|windows|oem|ms)?[ _-]*(\d{3,5})", re.IGNORECASE)


def _tcvn3(content: bytes) -> str:
    return unicodedata.normalize("NFC", "".join(chr(b) if b < 0xA0 else _TCVN3[b - 0xA0] for b in content))


def _vni(content: bytes) -> str:
    text = content.decode("latin-1")
    signs = [(found.start(), _VNI_MARKS[found[0].lower()]) for found in _VNI_MARKED.finditer(text)]
    letters = list(text.translate(_VNI_LETTERS))
    for at, marks in signs:
        letters[at] = marks
    return unicodedata.normalize("NFC", "".join(letters))


FONTS: dict[str, Callable[[bytes], str]] = {"TCVN3": _tcvn3, "VNI": _vni}
TRIED = ("UTF-8", "GB18030", "TCVN3", "VNI", "windows-1258")


@dataclass(frozen=True)
class Read:
    """Attributes as they are read, and what is to be said of it."""

    frame: gpd.GeoDataFrame
    remark: Said | None = None


def read(frame: gpd.GeoDataFrame, stated: tuple[str, str] | None, names: Names) -> Read:
    """The attributes in the encoding in which they are names of units, else in the one that is stated, else as they are.

    frame: its texts and the names of its columns hold a byte a sign (ISO 8859-1).
    stated: an encoding, and what states it.
    names: of the units that the survey may be about, by id.
    Raises LookupError where what is stated is no encoding.
    """
    encoding, states = stated or ("UTF-8", "nothing")
    as_stated = _told(frame, decoder(encoding))
    if all(text.isascii() for text in _texts(frame)):
        return Read(frame)
    known = set(by_name(names))
    least = _count(as_stated, known) if as_stated is not None else 0
    tried = {name: _told(frame, decoder(name)) for name in TRIED}
    counts = {name: _count(one, known) for name, one in tried.items() if one is not None}
    best = max(counts, key=lambda name: counts[name])
    if as_stated is not None and counts[best] <= least:
        return Read(as_stated)
    says = (
        said("{states} says {encoding} for the texts, which is wrong", states=states, encoding=encoding)
        if stated
        else said("nothing states the encoding of the texts")
    )
    if counts[best]:
        found = {"says": says, "encoding": best, "n": counts[best]}
        return Read(tried[best], said("{says}: read as {encoding}, in which {n} are names of units", **found))
    remark = said(
        "{says}, and in no other one they are names of units: they were not compared; state it with --encoding",
        says=says,
    )
    return Read(frame, remark)


def decoder(encoding: str) -> Callable[[bytes], str]:
    """What reads text in an encoding, by any of its usual names. Raises LookupError where there is none of that name."""
    plain = encoding.strip().upper().replace("ABC", "TCVN3")
    if plain in FONTS:
        return FONTS[plain]
    number = _CODE_PAGE.fullmatch(plain)
    known = "utf-8" if plain == "65001" else f"cp{number[1]}" if number else plain
    b"".decode(known)
    return lambda content: unicodedata.normalize("NFC", _whole(content, known))


def _whole(content: bytes, encoding: str) -> str:
    """The text; the name of a column is cut after ten bytes, in the middle of a letter perhaps."""
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        if len(content) == 10 and error.start >= 7:
            return content[: error.start].decode(encoding)
        raise


def _told(frame: gpd.GeoDataFrame, decode: Callable[[bytes], str]) -> gpd.GeoDataFrame | None:
    """The frame with its texts and the names of its columns decoded; None where the bytes are not of that encoding."""
    try:
        texts = frame.drop(columns="geometry").map(
            lambda value: decode(value.encode("latin-1")) if _text(value) else value
        )
        columns = [decode(str(column).encode("latin-1")) for column in texts.columns]
    except UnicodeError:
        return None
    return gpd.GeoDataFrame(texts.set_axis(columns, axis=1), geometry=frame.geometry, crs=frame.crs)


def _count(frame: gpd.GeoDataFrame, known: Collection[str]) -> int:
    """How many texts are names of units that only an encoding tells."""
    return sum(not text.isascii() and name_of(text) in known for text in _texts(frame))


def by_name(names: Names) -> dict[str, set[str]]:
    """The ids of the units that bear each name."""
    ids = defaultdict(set)
    for unit, own in names.items():
        for name in own:
            ids[name_of(name)].add(unit)
    return dict(ids)


def name_of(text: str) -> str:
    """A name as names are compared: without the word for the kind of unit."""
    return _TYPE.sub("", unicodedata.normalize("NFC", text).strip().lower())


def _texts(frame: gpd.GeoDataFrame) -> Iterable[str]:
    plain = frame.drop(columns="geometry")
    yield from map(str, plain.columns)
    for _, column in plain.items():
        yield from (value for value in column if _text(value))


def _text(value: object) -> bool:
    return isinstance(value, str)
