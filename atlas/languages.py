"""The languages that the atlas speaks, a row each.

What is said in them stands in catalogues, ``atlas/words/<code>.po``, and what CLDR knows of a language is asked of
Babel. English is the language of the message ids and stands in for whatever another language lacks.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Language:
    """One language.

    :param code: of two letters (ISO 639-1): in addresses, and at the end of its columns and files.
    :param name: what its speakers call it.
    :param locale: its locale in CLDR.
    :param long: how a day is written out, as a pattern of CLDR; None for the one that CLDR has.
    :param short: which parts a day has where there is little room, as a skeleton of CLDR.
    :param between: what stands between items that may have commas within themselves.
    :param chinese_first: whether the Chinese side is said first: readers' own country stands before the other.
    :param nearest: the languages whose names of places stand in for missing ones, in their order.
    :param han: whether it is written in Chinese characters.
    """

    code: str
    name: str
    locale: str
    long: str | None = None
    short: str = "yMMMd"
    between: str = "; "
    chinese_first: bool = False
    nearest: tuple[str, ...] = ("en", "vi", "zh")
    han: bool = False


ENGLISH = "en"
SPOKEN = {
    row.code: row
    for row in (
        Language("vi", "Tiếng Việt", "vi", long="d 'tháng' M 'năm' y", short="yMd"),
        Language("zh", "中文", "zh_Hans", between="；", chinese_first=True, nearest=("vi", "en"), han=True),
        Language(ENGLISH, "English", "en_GB"),
    )
}
LANGUAGES = tuple(SPOKEN)
