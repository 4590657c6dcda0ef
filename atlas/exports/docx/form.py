"""What a paper has to look like: the form of Vietnamese and of Chinese offices, and the same without an office's face.

Vietnamese: Decree 30/2020/NĐ-CP, Annex I. Chinese: GB/T 9704-2012. Both are forms for papers that an office issues; a
draft has their sheet, type and numbers of pages, and neither national title nor number nor seal. Their faces are named
for machines that have them and never shipped; what stands in for them is named beside them.
"""

from dataclasses import dataclass, replace
from typing import Literal

MILLIMETRE = 1440 / 25.4  # twentieths of a point
SHEET = (210, 297)  # A4, millimetres


@dataclass(frozen=True)
class Face:
    """A typeface with what may stand in for it; ``han`` whether it has Chinese characters."""

    name: str
    instead: tuple[str, ...] = ()
    han: bool = False


TIMES, ARIAL = Face("Times New Roman", ("Liberation Serif",)), Face("Arial", ("Liberation Sans",))
SONG = Face("宋体", ("SimSun", "Source Han Serif SC", "Noto Serif CJK SC"), True)
FANG_SONG = Face("仿宋", ("FangSong", "仿宋_GB2312", "STFangsong", "宋体", "Noto Serif CJK SC"), True)
HEI = Face("黑体", ("SimHei", "STHeiti", "Noto Sans CJK SC"), True)
TITLE_SONG = Face("方正小标宋简体", ("FZXiaoBiaoSong-B05S", "小标宋", "宋体", "Noto Serif CJK SC"), True)
YA_HEI = Face("微软雅黑", ("Microsoft YaHei", "PingFang SC", "Noto Sans CJK SC"), True)


@dataclass(frozen=True)
class Form:
    """The measures of one form.

    margins: top, right, bottom, left, in millimetres; on_side: the same on a sheet across;
    latin: the face of Latin letters, None for that of an office's template; han, han_title, han_head: faces of Chinese
    texts, titles and headings; body, title, head, small: points, 0 for those of a template; leading: points from line to
    line, None for single lines; characters: by how many a first line is indented, 0 for half an inch;
    number: where the page number stands; capitals: whether a title stands in them.
    """

    margins: tuple[float, float, float, float]
    on_side: tuple[float, float, float, float]
    latin: Face | None
    han: Face
    han_title: Face
    han_head: Face
    body: float
    title: float
    head: float
    small: float
    leading: float | None
    characters: int
    number: Literal["top", "outer"]
    capitals: bool

    @property
    def faces(self) -> tuple[Face, ...]:
        """All that it names, each once."""
        named = (self.latin, self.han, self.han_title, self.han_head)
        return tuple(dict.fromkeys(face for face in named if face))

    def within(self) -> "Form":
        """The same in an office's own template, which has face and size of its text."""
        return replace(self, latin=None, body=0, leading=None)


VIETNAMESE = Form(
    margins=(20, 20, 20, 30),
    on_side=(20, 20, 20, 30),
    latin=TIMES,
    han=SONG,
    han_title=SONG,
    han_head=SONG,
    body=14,
    title=14,
    head=14,
    small=11,
    leading=None,
    characters=0,
    number="top",
    capitals=True,
)
CHINESE = Form(
    margins=(37, 26, 35, 28),
    on_side=(28, 37, 26, 35),  # bound at the upper edge
    latin=TIMES,
    han=FANG_SONG,
    han_title=TITLE_SONG,
    han_head=HEI,
    body=16,
    title=22,
    head=16,
    small=10.5,
    leading=28,
    characters=2,
    number="outer",
    capitals=False,
)
ENGLISH = replace(VIETNAMESE, latin=ARIAL, han=YA_HEI, han_title=YA_HEI, han_head=YA_HEI, body=13, title=14, head=13, small=10, capitals=False)  # fmt: skip
FORMS = {"vi": VIETNAMESE, "zh": CHINESE}


def of(language: str) -> Form:
    """The form of whoever reads a language first."""
    return FORMS.get(language.partition("-")[0], ENGLISH)
