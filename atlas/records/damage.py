"""Texts that were damaged on their way here: read in a wrong encoding, typed in an old font, with look-alike or lost letters.

Old Vietnamese fonts (TCVN3, also called ABC; VNI) give letters to the codes of other signs. Read as Unicode their texts
show those signs: in TCVN3 ``V¹c`` for Vạc, in VNI ``Vaïc``.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import partial

from atlas.records.said import Said, said

UNREADABLE = re.compile(
    "[\x00-\x1f\x7f-\x9f"
    # without width of their own: soft hyphen, joiners, fillers, directions, variants, blank Braille
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u2800\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U000e0000-\U000e0fff"
    # lost, private, or no characters at all
    "\ufffc-\uffff\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef\U000f0000-\U0010ffff"
    + "".join(chr(plane << 16 | end) for plane in range(1, 15) for end in (0xFFFE, 0xFFFF))
    + "]"
)

_HAN = "\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003fffd"
_LATIN = "A-Za-zªºÀ-ÖØ-öø-ʯḀ-ỿ"
HAN = re.compile(f"[{_HAN}]")
_NO_HAN = re.compile(f"[^\\W\\d_{_HAN}]")
_NO_LATIN = re.compile(f"[^\\W\\d_{_LATIN}]")
_NEITHER = re.compile(f"[^\\W\\d_{_HAN}{_LATIN}]")
_FULL_WIDTH = re.compile("[Ａ-Ｚａ-ｚ]")
_LOOKS_LIKE_D = re.compile("[ÐðƉɖƊ]")
# Cyrillic, Greek, Armenian, Georgian and other letters with the shapes of Latin ones, in a word with those.
_OTHER = "Ͱ-ϿЀ-ԯ԰-֏Ⴀ-ჿᎠ-ᏽⲀ-⳿ꓐ-ꓽ\U0001d400-\U0001d7ff"
_TWO_ALPHABETS = re.compile(f"[{_LATIN}][\\w]*[{_OTHER}]|[{_OTHER}][\\w]*[{_LATIN}]")

_PLACEHOLDER = re.compile(
    r"n\.?\s?/\s?a\.?|#(n/a|ref!|value!|name\?|null!|div/0!|num!)|t\.?b\.?[acd]\.?|to ?do"
    r"|to be (added|announced|confirmed|determined)"
    r"|nan|null|none|nil|nothing|unknown|undefined|unspecified|not (known|available|applicable|stated|specified)"
    r"|no (data|information|name)|idem|ditto|see above|as above|same as above"
    r"|không|(chưa|không) (rõ|biết|có|xác định|ghi|đặt tên)|(chưa|không) (rõ|có) (tên|thông tin|dữ liệu|số liệu)"
    r"|(đang|chờ|sẽ) (cập nhật|bổ sung|xác minh)|như trên|để trống|khuyết"
    r"|[不未](详|明|知|填)|无|没有|暂无|暂缺|缺|空|空白|待[定补查填]|待(补充|确认|更新|核实|填写)|未(命名|说明|注明|填写)"
    r"|不(清楚|适用|知道)|同上|见上|略|无(名|数据|资料|信息)"
    r"|(?P<one>[^\W\d_])(?P=one){2,}|[\W_]+",
    re.IGNORECASE,
)
_IN_NAMES = re.compile(f"[^{_HAN}{_LATIN}0-9 '’\"“”‘()（）,，、./·・—–&+№-]")
_TCVN3 = re.compile("[A-Za-z][¨©«¬®µ¶·¸¹»¼½¾][A-Za-zÀ-ÿ]|[A-Za-z][µ¸¹]|[§®][A-Za-zÀ-ÿµ¸-¾]")
_VNI = re.compile(
    "[aA][âáàãêéèúùõøûïåäüëÂÁÀÃÊÉÈÚÙÕØÛÏÅÄÜË]|[eE][ùõâáàãøûïåäÙÕÂÁÀÃØÛÏÅÄ]|[oO][ùõâøûïåäÙÕÂØÛÏÅÄ]"
    "|[uUyY][ùõøûïÙÕØÛÏ]|[ôÔöÖ][ùõøûïÙÕØÛÏ]|[ñÑ][a-zA-ZöôÖÔ]"
)
_VIETNAMESE = "aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵđ"
# What texts are written with; one that holds nothing else needs no closer look.
_PLAIN = re.compile(
    f"[ -~{_VIETNAMESE}{_VIETNAMESE.upper()}āēīōūǖǎěǐǒǔǚǘǜü\u3400-\u9fff“”‘’–—…（），。；：、！？《》〈〉「」％]*"
)
_NOT_VIETNAMESE = re.compile(f"(?![{_VIETNAMESE}{_VIETNAMESE.upper()}])[À-ÖØ-öø-ʯḀ-ỿ]")
_WORD = re.compile(r"[^\W\d_]+")
_LOST = re.compile(r"[^\W\d_]\?[^\W\d_]|\?\?|(?<![^\s(])\?[^\W\d_]")
_SCRIPTS_TOUCH = re.compile(f"[{_HAN}][a-zà-ỹ]|[a-zà-ỹ][{_HAN}]")

_CHANGED = re.compile("[^\x00-\x7f]+")
_LONGEST_PLACEHOLDER = 30
_HAN_RUN = re.compile("[\u2e80-\u9fff]{3,}")
_SINGLE_BYTES = ("cp1252", "latin-1", "cp1258", "cp1251", "mac_roman", "cp437", "cp850")
_QUOTES = "“”‘’«»…–—"
_WORDS = re.compile(f"[{_HAN}{_LATIN}\u2000-\u206f\u3000-\u303f\uff00-\uffef]+")


def expected(text: str, column: str, name: bool = False) -> Said | None:
    """What a text of one column should have been; None if nothing shows damage that can only be wrong.

    :param text: composed (NFC), not empty; columns are known by the ends of their names: ``_vi``, ``_en``, ``_pinyin``, ``_zh``.
    :param name: whether it is the name of a place.
    """
    if len(text) <= _LONGEST_PLACEHOLDER and _PLACEHOLDER.fullmatch(text):
        return said("nothing where it is not known, not a word or sign in its place")
    if name and column.startswith("name_zh") and (text.isascii() or _NO_HAN.search(text)):
        return said("a name in Chinese characters")
    if repaired := _mended(text, _HAN_RUN, ("gb18030",)):
        return said("text in its own encoding; this seems to have been {text}", text=repaired)
    if not plain(text) and (reason := _expected_of_rare(text, column)):
        return reason
    if column.endswith("_vi") and (reason := vietnamese(text)):
        return reason
    return _expected_name(text, column) if name else None


def plain(text: str) -> bool:
    """Whether a text is written with everyday letters, characters and signs alone."""
    return bool(_PLAIN.fullmatch(text))


def _expected_of_rare(text: str, column: str) -> Said | None:
    if found := _LOOKS_LIKE_D.search(text):
        return said("Đ or đ (U+0110, U+0111), not the look-alike {letter}", letter=_named(found[0]))
    if _FULL_WIDTH.search(text):
        return said("letters of normal width")
    if found := _TWO_ALPHABETS.search(text):
        return said("words in one alphabet, without the look-alike {letter}", letter=_named(_strange(found[0])))
    if repaired := _mended(text, _CHANGED, _SINGLE_BYTES):
        return said("text in its own encoding; this seems to have been {text}", text=repaired)
    if column.endswith("_vi") and (reason := vietnamese(text)):
        return reason
    if column.endswith(("_vi", "_en", "_zh", "name_as_signed")) and (found := _NEITHER.search(text)):
        return said("Latin letters or Chinese characters, not {letter}", letter=_named(found[0]))
    return None


def _expected_name(text: str, column: str) -> Said | None:
    if column in ("name_vi", "name_en", "name_pinyin") and _NO_LATIN.search(text):
        return said("a name in Latin letters")
    if _LOST.search(text) or "?" in text:
        return said("a name with all its letters, none lost as ?")
    if found := _IN_NAMES.search(text):
        return said("a name of letters, digits and the signs of names, not {letter}", letter=_named(found[0]))
    if column == "name_vi" and (found := _NOT_VIETNAMESE.search(text)):
        return said("letters of the Vietnamese alphabet, not {letter}", letter=_named(found[0]))
    if column == "name_vi" and any(_capital_inside(word) for word in _WORD.findall(text)):
        return said("capitals at the beginning of words only")
    return None


def _capital_inside(word: str) -> bool:
    return word[1:] != word[1:].lower() and not word.isupper()


def vietnamese(text: str) -> Said | None:
    """What a Vietnamese text should have been where it was typed in an old font; None otherwise."""
    for pattern, font in ((_TCVN3, "TCVN3"), (_VNI, "VNI")):
        if pattern.search(text):
            return said("Vietnamese in Unicode; this seems to be typed in a font of {font}", font=font)
    return None


def _mended(text: str, runs: re.Pattern, encodings: Iterable[str]) -> str | None:
    """What a text was before its UTF-8 was read in another encoding; None where nothing shows that it was."""
    for encoding in encodings:
        read = runs.sub(partial(_again, encoding), text)
        if read != text:
            return read
    return None


def _again(encoding: str, found: re.Match) -> str:
    """Signs read as UTF-8 after all, without one that was cut at their end; as they are if that gives no names or words."""
    # a quotation mark beside a letter may give another letter by chance; with two letters it hardly does
    for run, least in ((found[0], "\u0800"), (found[0].strip(_QUOTES), "")):
        read = _decoded(run, encoding)
        if read and len(read) < len(run) and max(read) > least and _WORDS.fullmatch(read):
            return read
    return found[0]


def _decoded(run: str, encoding: str) -> str:
    try:
        data = run.encode(encoding)
    except UnicodeError:
        return ""
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        return data[: error.start].decode() if error.reason == "unexpected end of data" else ""


def doubtful(text: str, column: str) -> Said | None:
    """What may be damage in a text that is no name; None where there is none."""
    if _LOST.search(text):
        return said("may have lost letters, which became ?")
    if column.endswith("_vi") and not text.isascii():
        if found := _NOT_VIETNAMESE.search(text):
            return said("has a letter that Vietnamese does not have, {letter}", letter=_named(found[0]))
        if _SCRIPTS_TOUCH.search(text):
            return said("has Chinese characters inside a word")
    return None


def _strange(text: str) -> str:
    return next(letter for letter in text if re.match(f"[{_OTHER}]", letter))


def _named(letter: str) -> str:
    return f"{letter} (U+{ord(letter):04X} {unicodedata.name(letter, '')})".replace(" )", ")")
