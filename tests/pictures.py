"""Small grey pictures of every scene of ready-made sessions, kept to see what a change does to them: ``python -m tests.pictures``.

A change of records or of the drawing changes them; whoever means it looks at the scenes and writes them anew.
"""

import io
from pathlib import Path

import vl_convert
from markupsafe import escape
from PIL import Image

from atlas.exports import scenes
from atlas.exports.scenes import vector
from atlas.look.text import CHINESE_FONT, FONT
from atlas.model import readymade, store
from atlas.model.atlas import Atlas
from atlas.model.audience import released
from atlas.model.session import Session

FOLDER = Path(__file__).with_name("pictures")
SIZE = (96, 54)  # pixels of a scene


def sessions(atlas: Atlas) -> dict[str, Session]:
    """Sessions A, B and C, each in another order of languages."""
    both = released(atlas, "both")
    return {
        "education-quang-ninh": readymade.education(both, ("quang-ninh",), "vi-zh"),
        "twinning-ha-giang-2024": readymade.twinning(both, ("ha-giang",), "zh-vi", "2024-12-31"),
        "twinning-ha-giang": readymade.twinning(both, ("ha-giang",), "vi-zh"),
        "committee": readymade.committee(both, (), "en"),
    }


def drawn(atlas: Atlas, session: Session) -> list[Image.Image]:
    """Each scene of a session as a small grey picture."""
    return [_small(str(vector.svg(board))) for board in scenes.boards(released(atlas, "both"), session)]


def _small(svg: str) -> Image.Image:
    # the converter takes one face for a line with several
    one_face = svg.replace(str(escape(FONT)), str(escape(CHINESE_FONT))).replace(
        "width='100%' height='100%'", "width='960' height='540'"
    )
    picture = Image.open(io.BytesIO(vl_convert.svg_to_png(one_face)))
    paper = Image.new("RGBA", picture.size, "white")
    paper.alpha_composite(picture.convert("RGBA"))
    return paper.convert("L").resize(SIZE, Image.Resampling.BOX)


def kept(name: str) -> list[Image.Image]:
    """The pictures of a session that were kept, one below the other in a file."""
    sheet = Image.open(FOLDER / f"{name}.png")
    broad, high = SIZE
    return [sheet.crop((0, top, broad, top + high)) for top in range(0, sheet.height, high)]


def main() -> None:
    """Write the pictures anew."""
    atlas = store.load()
    FOLDER.mkdir(exist_ok=True)
    for name, session in sessions(atlas).items():
        pictures = drawn(atlas, session)
        sheet = Image.new("L", (SIZE[0], SIZE[1] * len(pictures)))
        for number, picture in enumerate(pictures):
            sheet.paste(picture, (0, SIZE[1] * number))
        sheet.save(FOLDER / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main()
