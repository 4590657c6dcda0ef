"""The whole atlas as one HTML file: opened from a USB stick with no server, no network and no request."""

from collections.abc import Callable

from atlas.exports.site import content, page, plain
from atlas.model.atlas import Atlas
from atlas.model.selection import Selection
from atlas.words.translator import Translator

Progress = Callable[[str, float], None]


def html(atlas: Atlas, selection: Selection, language: str, progress: Progress = lambda step, share: None) -> bytes:
    """The file; the same atlas gives the same bytes.

    :param atlas: as its readers may know it, see :func:`atlas.model.audience.released`.
    :param selection: what is chosen when it opens; it holds everything.
    :param language: in which it opens; it speaks all three.
    """
    translate = Translator(language)
    progress(translate("Tables"), 0.1)
    tables = plain.tables(atlas, translate)
    progress(translate("Records"), 0.3)
    data = content.packed(atlas)
    progress(translate("Writing the file"), 0.8)
    return page.written(selection, language, tables, data)
