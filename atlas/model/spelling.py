"""How names are written: marks, letters that look alike, characters of both scripts, words that say what a unit is."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

LONGEST_SEARCH = 100  # characters; no place, title or publisher that is searched for is longer
# letters that have no decomposition in Unicode: with a stroke, eth, and the African and the retroflex d
STROKED = str.maketrans("đĐðÐɖƉ", "dDdDdD")
LOOKING_ALIKE = str.maketrans("ðɖ", "đđ")
TONES = "\u0300\u0301\u0303\u0309\u0323\u0304\u030c"  # of Vietnamese, and of pinyin
PEOPLES = "壮|瑶|苗|彝|哈尼|傣|拉祜|佤|白|回|布依|侗|仫佬|毛南|京|仡佬|水|藏|纳西|傈僳|景颇|布朗|阿昌|普米|怒|德昂|独龙|基诺|各"
# words of the same in Vietnamese and in English
PEOPLES_LATIN = frozenset((
    "cac", "dan", "toc", "nguoi", "va", "choang", "dao", "mieu", "mong", "di", "ha", "nhi", "thai", "la", "hu", "oa",
    "ngoa", "bach", "and", "various", "ethnic", "nationalities", "zhuang", "yao", "miao", "yi", "hani", "dai", "lahu",
    "wa", "bai", "gelao",
))  # fmt: skip


def fold(text: str) -> str:
    """Reduce a name to what search compares: lower case, no diacritics or tones, no spaces or punctuation, simplified.

    The time it takes grows with the length of the text and no faster; only what is as short as a name is kept.
    """
    return _kept(text) if len(text) <= LONGEST_SEARCH else _fold(text)


def _fold(text: str) -> str:
    return "".join(map(_letters, unaccented(text)))


_kept = lru_cache(maxsize=1 << 16)(_fold)  # most names are asked for again with every unit below them


def forget() -> None:
    """Forget the texts that were folded; visitors' words are among them."""
    _kept.cache_clear()
    words.cache_clear()


def unaccented(text: str) -> str:
    """A name without diacritics and tone marks, as it is typed on a plain keyboard."""
    return "".join(map(_base, text.translate(STROKED)))


@lru_cache(maxsize=1 << 14)
def _base(char: str) -> str:
    """A character without its marks; one by one, for Unicode sorts a run of marks in the square of its length."""
    return "".join(part for part in unicodedata.normalize("NFKD", char) if not unicodedata.combining(part))


@lru_cache(maxsize=1 << 14)
def _letters(char: str) -> str:
    """The letters and digits of a character without marks, in lower case; a traditional one simplified."""
    kept = "".join(part for part in char.casefold() if part.isalnum())
    return _simplified(kept) if is_han(kept) else kept


def _simplified(char: str) -> str:
    return _converter()(char)


@cache
def _converter() -> Callable[[str], str]:
    from opencc import OpenCC  # takes time to load, and nothing needs it before a Chinese character comes

    return OpenCC("t2s").convert


def is_han(text: str) -> bool:
    """Whether a text begins with a Chinese character."""
    return "\u2e80" <= text[:1] <= "\u9fff" or text[:1] >= "\U00020000"


@dataclass(frozen=True)
class Atom:
    """The smallest piece of a written name that is looked at: a Latin word or a Chinese character.

    ``key`` is the folded piece, ``written`` the piece as it stands, a dot after it included.
    """

    key: str
    written: str


_HAN = "\u2e80-\u9fff\U00020000-\U0003ffff"
_WORD = r"(?:[^\W_]|['’ʼ\u0300-\u036f])+"


def parts(text: str) -> list[tuple[Atom, ...]]:
    """What stands between commas, dashes and the like, as atoms; nothing empty."""
    composed = unicodedata.normalize("NFKC", text)
    found = (tuple(_atoms(part)) for part in re.split(r"[,;/|>、，；()（）]|[-‐-―~]+", composed))
    return [part for part in found if part]


def _atoms(text: str) -> Iterator[Atom]:
    for word in re.findall(rf"{_WORD}\.?", text):
        for written in re.findall(rf"[{_HAN}]|[^{_HAN}]+", word):
            if key := fold(written):
                yield Atom(key, written)


@lru_cache(maxsize=1 << 14)  # the same texts are looked at for one search after the other
def words(text: str) -> tuple[str, ...]:
    """The folded words of a text, and its runs of Chinese characters, in their order."""
    found = re.findall(_WORD, unicodedata.normalize("NFKC", text))
    runs = (fold(run) for word in found for run in re.findall(rf"[{_HAN}]+|[^{_HAN}]+", word))
    return tuple(filter(None, runs))


def joined(atoms: tuple[Atom, ...]) -> str:
    """The folded name that atoms make."""
    return "".join(atom.key for atom in atoms)


def marks(text: str) -> tuple[str, str] | None:
    """The letters of a name without its tones, and its tones in their order; None for a name without any marks.

    Names with one folding are told apart by it, and ``hoà`` is ``hòa``: it does not matter on which letter a tone stands.
    """
    plain = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", text).casefold()).translate(LOOKING_ALIKE)
    letters = "".join(char for char in plain if char not in TONES and (char.isalnum() or unicodedata.combining(char)))
    tones = "".join(char for char in plain if char in TONES)
    return (letters, tones) if tones or not letters.isascii() else None


@dataclass(frozen=True)
class Type:
    """What a word such as *huyện* or *County* says of a place: one of these kinds, of one of these designations.

    A Vietnamese unit has its designation in its own column, a Chinese one as the end of its name.
    """

    kinds: frozenset[str]
    designations: frozenset[str]


def _types(table: str) -> dict[str, Type]:
    found = {}
    for line in table.strip().splitlines():
        words, kinds, designations = (re.split(r"\s*,\s*", cell.strip()) for cell in line.split("|"))
        for word in words:
            found[word] = Type(frozenset(kinds), frozenset(designations) - {""})
    return found


# words | kinds | designations; each word folded, its parts with spaces between, a dot after a single letter
BEFORE = _types("""
tinh, t. | province | tỉnh, 省
thanh pho, tp, t. p. | province, district, prefecture, county | thành phố, 市
thi xa, tx, t. x. | district, county | thị xã, 市
huyen, h. | district, county | huyện, 县
quan, q., khu | county | 区
thi tran, tt, t. t. | commune, township | thị trấn, 镇
xa, x. | commune, township | xã, 乡
phuong, p. | commune | phường
dac khu | commune | đặc khu
tran | township | 镇
huong | township | 乡
chau, chau tu tri | prefecture | 州
khu tu tri | region | 区
huyen tu tri | county | 县
thon, ban, lang, xom | village |
cua khau, cua khau quoc te, cua khau chinh, cua khau song phuong, cua khau phu, ck | border_gate |
""")
AFTER = _types("""
province, sheng | province | tỉnh, 省
city, shi | province, district, prefecture, county | thành phố, 市
county, xian | district, county | huyện, 县
district | district, county | huyện, 区
qu | county | 区
town | district, commune, township | thị xã, thị trấn, 镇
township | commune, township | thị trấn, xã, 乡
commune | commune | xã
ward | commune | phường
special zone | commune | đặc khu
zhen | township | 镇
xiang | township | 乡
prefecture, autonomous prefecture, zizhizhou | prefecture | 州
autonomous region, zizhiqu | region | 区
autonomous county, zizhixian | county | 县
village, cun | village |
border gate, international border gate, port, crossing, kouan | border_gate |
""")
LATIN = BEFORE | AFTER
CHINESE = _types("""
省 | province | tỉnh, 省
市, 县级市, 地级市 | province, district, prefecture, county | thành phố, 市
地区 | prefecture |
市社 | district | thị xã
县 | district, county | huyện, 县
区 | county | 区
镇, 市镇 | commune, township | thị trấn, 镇
乡 | commune, township | xã, 乡
社 | commune | xã
坊 | commune | phường
特区 | commune | đặc khu
州, 自治州 | prefecture | 州
自治区 | region | 区
自治县 | county | 县
村, 屯 | village |
口岸 | border_gate |
""")
CHINESE_END = re.compile(
    rf"(?:(?:(?:{PEOPLES})族)+)?(自治[州县区])$|({'|'.join(sorted(CHINESE, key=len, reverse=True))})$"
)
LONGEST_TYPE = 4  # words
LONGEST_CHINESE = 40  # characters of a name, of an institution's as well
FEWEST = 2  # Chinese characters that a name has without its type


def without_type(
    atoms: tuple[Atom, ...], front: Mapping[str, Type] = LATIN, back: Mapping[str, Type] = LATIN
) -> Iterator[tuple[tuple[Atom, ...], Type]]:
    """What may be left of a name when the words that say what it is are taken off, with what they say; nothing if there are none.

    What is typed with marks is a type word with the same marks only: *xã Phìn* is not *Xà Phìn*.

    :param front: the Latin words that may be taken off the front; those of one language stand before, of others after a name.
    :param back: those that may be taken off the back.
    """
    if is_han(atoms[-1].key):
        yield from _without_chinese_type(atoms)
        return
    for count in range(min(LONGEST_TYPE, len(atoms) - 1), 0, -1):
        for words, rest, table in ((atoms[:count], atoms[count:], front), (atoms[-count:], atoms[:-count], back)):
            if (found := table.get(_words(words))) and _may_be_type(words):
                yield rest, found
                if words[-1].key == "tri" or words[0].key == "autonomous":
                    yield from ((left, found) for left in _without_peoples(rest, at_front=rest[0] != atoms[0]))


def _without_peoples(atoms: tuple[Atom, ...], at_front: bool) -> Iterator[tuple[Atom, ...]]:
    """What is left of the name of an autonomous unit when its peoples are taken off, one word after the other."""
    ordered = atoms if at_front else atoms[::-1]
    for count, atom in enumerate(ordered[:-1], 1):
        if atom.key not in PEOPLES_LATIN:
            return
        yield atoms[count:] if at_front else atoms[:-count]


def begins_after(atoms: tuple[Atom, ...]) -> bool:
    """Whether what stands behind a name begins with a word that belongs to that name."""
    starts = range(1, min(LONGEST_TYPE, len(atoms)) + 1)
    return any(_words(atoms[:count]) in AFTER or joined(atoms[:count]) in CHINESE for count in starts)


def ends_before(atoms: tuple[Atom, ...]) -> bool:
    """Whether what stands in front of a name ends with a word that belongs to that name."""
    ends = range(1, min(LONGEST_TYPE, len(atoms)) + 1)
    return any(_words(atoms[-count:]) in BEFORE and _may_be_type(atoms[-count:]) for count in ends)


def _without_chinese_type(atoms: tuple[Atom, ...]) -> Iterator[tuple[tuple[Atom, ...], Type]]:
    if found := chinese_type(joined(atoms)):
        length, kind = found
        yield atoms[:length], kind


def chinese_type(name: str) -> tuple[int, Type] | None:
    """How many characters of a folded Chinese name stand before its type, with what that says; None where it has none."""
    end = CHINESE_END.search(name) if len(name) <= LONGEST_CHINESE else None
    if not end or end.start() < FEWEST or not all(map(is_han, name)):
        return None
    # what has one type already has no second
    return None if chinese_type(name[: end.start()]) else (end.start(), CHINESE[end[1] or end[2]])


def _words(atoms: tuple[Atom, ...]) -> str:
    return " ".join(f"{atom.key}." if len(atom.key) == 1 and atom.written[-1] == "." else atom.key for atom in atoms)


MARKED = {
    marks(word)
    for word in (
        "tỉnh", "thành phố", "thị xã", "huyện", "quận", "thị trấn", "xã", "phường", "đặc khu", "trấn", "hương", "châu",
        "châu tự trị", "khu tự trị", "huyện tự trị", "thôn", "bản", "làng", "xóm", "cửa khẩu", "cửa khẩu quốc tế",
        "cửa khẩu chính", "cửa khẩu song phương", "cửa khẩu phụ",
    )
}  # fmt: skip


def _may_be_type(atoms: tuple[Atom, ...]) -> bool:
    typed = marks(" ".join(atom.written for atom in atoms))
    return typed is None or typed in MARKED or _words(atoms) in AFTER


TYPE_KEYS = {re.sub("[ .]", "", word) for word in (*LATIN, *CHINESE)}
