"""The whole presentation: the scenes of a session as slides to talk from, the others and every table in full as an annex."""

import io
import zipfile
from collections.abc import Callable, Iterable
from datetime import datetime

from pptx.presentation import Presentation

from atlas.exports import scenes
from atlas.exports.archive import zipped
from atlas.exports.foreign import File
from atlas.exports.slides import annex, sections, template
from atlas.exports.slides.notes import behind, write
from atlas.exports.slides.page import Deck
from atlas.exports.tables import Table
from atlas.model.atlas import Atlas
from atlas.model.session import MOST_TO_TALK, Session
from atlas.words import vocabulary
from atlas.words.voice import Voice

Progress = Callable[[str, float], None]
SPOKEN = {"vi": "vi-VN", "zh": "zh-CN", "en": "en-GB"}  # as a presentation program calls a language


def pptx(
    atlas: Atlas,
    session: Session,
    progress: Progress = lambda step, share: None,
    design: File | None = None,
    listed: Iterable[Table] | None = None,
) -> bytes:
    """A deck of 16:9 slides: one for each scene, then the tables in full.

    The scenes after the twelfth and the tables are an annex, which the show passes over.

    :param atlas: as the readers may know it, see :func:`atlas.model.audience.released`.
    :param session: what the deck follows.
    :param design: an office's own template (PPTX), the atlas's if left out.
    :param listed: the tables of the annex, those of what the session is about if left out.
    :raises atlas.exports.foreign.Refused: the template is of no use.
    """
    voice = Voice(session.language)
    deck = empty(atlas, voice, design)
    context = scenes.context(atlas, session)
    for number, scene in enumerate(session.scenes):
        progress(vocabulary.scene_kinds(voice.first)[scene.kind], number / len(session.scenes) * 0.7)
        shown = scenes.of_scene(context, scene, number + 1)
        slide = deck.slide(shown)
        write(deck, slide, behind(atlas, voice, shown, scene, session.selection if number == 0 else None))
    talk = min(len(session.scenes), MOST_TO_TALK)
    progress(voice.first("Annex"), 0.7)
    annex.append(deck, atlas, voice, annex.of_session(atlas, session, voice) if listed is None else listed)
    divide(deck, talk, voice)
    progress(voice.first("Writing the file"), 0.95)
    return written(deck.file, atlas.version)


def empty(atlas: Atlas, voice: Voice, design: File | None = None) -> Deck:
    """A deck without slides."""
    file = template.opened(design)
    title = voice(lambda translate: translate("Vietnam–China Border Cooperation Atlas"), " · ")
    properties = file.core_properties
    properties.title = properties.author = properties.last_modified_by = title
    properties.subject = properties.keywords = properties.comments = properties.category = ""
    properties.created = properties.modified = datetime.fromisoformat(atlas.version)
    properties.language = voice.language
    template.with_chinese(file.notes_master.part)
    latin = next((one.language for one in voice.translators if one.language != "zh"), "en")
    return Deck(file, SPOKEN[latin], atlas.version)


def divide(deck: Deck, talk: int, voice: Voice) -> None:
    """The slides to talk from, and an annex that the show passes over."""
    named = voice(lambda translate: translate("Presentation"), " · ")
    rest = voice(lambda translate: translate("Annex"), " · ")
    sections.divide(deck.file, talk, (named, rest))


def written(file: Presentation, version: str) -> bytes:
    """The file with the data version for every date in it."""
    content = io.BytesIO()
    file.save(content)
    with zipfile.ZipFile(content) as archive:
        return zipped({name: archive.read(name) for name in archive.namelist()}, version)
