"""Every kind of file by its name, for the command line and the pages."""

from collections.abc import Callable

from atlas.exports import FORMATS, briefing, handout, pictures, slides
from atlas.exports.contents import LANGUAGES
from atlas.i18n import Translator
from atlas.scenes import Scene
from atlas.selection import Selection
from atlas.store import Atlas

Progress = Callable[[str, float], None]

DOCUMENTS = {
    "pptx": slides.pptx,
    "pdf": briefing.pdf,
    "html": handout.html,
    "png": lambda atlas, selection, language, progress: pictures.png(atlas, selection, language),
    "svg": lambda atlas, selection, language, progress: pictures.svg(atlas, selection, language),
}
KINDS = (*DOCUMENTS, *FORMATS)
MIME = {
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "pdf": "application/pdf",
    "html": "text/html",
    "png": "image/png",
    "svg": "image/svg+xml",
    **{name: kind.mime for name, kind in FORMATS.items()},
}


def export(
    atlas: Atlas,
    kind: str,
    selection: Selection | None,
    language: str,
    progress: Progress = lambda step, share: None,
    sequence: tuple[Scene, ...] | None = None,
    proposed_names: bool = True,
) -> bytes:
    """One file of a selection; the same selection of the same data gives the same bytes.

    :param kind: one of :data:`KINDS`.
    :param language: ``vi``, ``zh`` or ``en``; for documents and pictures also ``vi-zh``, both below each other.
    :param progress: called with the step, in the language, and the share that is done.
    :param sequence: the scenes of a presentation, if they are not the usual ones.
    :param proposed_names: whether places have Chinese names that are only proposed; without them the Vietnamese name stands.
    :raises ValueError: there is no such kind, or it cannot be made in this language.
    """
    if kind not in KINDS:
        raise ValueError(f'"{kind}": expected one of {", ".join(KINDS)}')
    languages = LANGUAGES if kind in DOCUMENTS else [one for one in LANGUAGES if "-" not in one]
    if language not in languages:
        raise ValueError(f'language "{language}" of {kind}: expected one of {", ".join(languages)}')
    if not proposed_names:
        atlas = atlas.without_proposed_names
    if kind == "pptx":
        return slides.pptx(atlas, selection, language, progress, sequence)
    if kind in DOCUMENTS:
        return DOCUMENTS[kind](atlas, selection, language, progress)
    return FORMATS[kind].make(atlas, selection, Translator(language))
