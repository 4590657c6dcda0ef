"""The whole presentation: a slide for each scene, then every table in full."""

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import pandas as pd
from pptx.presentation import Presentation
from pptx.util import Emu

from atlas.exports import tables
from atlas.exports.archive import zipped
from atlas.exports.rows import DATES, day, selected
from atlas.exports.slides import overview, sections, topics, twinnings
from atlas.exports.slides.layout import BOTTOM, INNER, LEFT, TOP, parts, template
from atlas.exports.slides.page import Deck
from atlas.exports.tables import Table
from atlas.model import scenes
from atlas.model.atlas import Atlas
from atlas.model.scenes import Scene
from atlas.model.selection import Selection
from atlas.words import vocabulary
from atlas.words.translator import Translator
from atlas.words.voice import Voice

Progress = Callable[[str, float], None]

MAKERS: dict[str, Callable[[Deck, Scene], None]] = {
    "title": overview.title,
    "results": overview.outcome,
    "map": twinnings.on_the_map,
    "border": twinnings.along_the_border,
    "pair": twinnings.one,
    "meetings": topics.meetings,
    "open": overview.left_open,
}
MOST_TO_TALK = 12  # slides


def pptx(
    atlas: Atlas,
    selection: Selection | None,
    language: str,
    progress: Progress = lambda step, share: None,
    sequence: tuple[Scene, ...] | None = None,
) -> bytes:
    """A deck of 16:9 slides: one for each scene, then the tables of all of them in full.

    The scenes after the twelfth and the tables are an annex, which the show passes over.

    :param language: one of :data:`atlas.words.voice.LANGUAGES`.
    :param sequence: the scenes; those of :func:`atlas.model.scenes.sequence` if left out.
    """
    listed = (sequence and scenes.known(atlas, sequence)) or scenes.sequence(atlas, selection)
    deck = empty(atlas, Voice(language))
    for number, scene in enumerate(listed):
        progress(vocabulary.scene_kinds(deck.voice.first)[scene.kind], number / len(listed) * 0.6)
        MAKERS.get(scene.kind, topics.topic)(deck, scene)
    annex = _annex(atlas, listed, deck.voice)
    for number, table in enumerate(annex):
        progress(table.title.replace("\n", " / "), 0.6 + number / len(annex) * 0.35)
        append(deck, table)
    talk = deck.say(lambda translate: translate("Presentation"), " · ")
    rest = deck.say(lambda translate: translate("Annex"), " · ")
    sections.divide(deck.file, min(len(listed), MOST_TO_TALK), (talk, rest))
    progress(deck.voice.first("Writing the file"), 0.95)
    return written(deck.file, atlas.version)


def empty(atlas: Atlas, voice: Voice) -> Deck:
    """A deck without slides."""
    file = template()
    title = voice(lambda translate: translate("Vietnam–China Border Cooperation Atlas"), " · ")
    properties = file.core_properties
    properties.title = properties.author = properties.last_modified_by = title
    properties.created = properties.modified = datetime.fromisoformat(atlas.version)
    properties.language = voice.language
    return Deck(atlas, voice, file)


def _annex(atlas: Atlas, listed: tuple[Scene, ...], voice: Voice) -> list[Table]:
    """Every table that the scenes summarise, a record only where it comes first; meetings and agreements at the end."""
    shown: dict[str, dict[str, None]] = {
        name: {} for name in ("twinnings", "figures", "events", "agreements", "discrepancies")
    }

    def fresh(name: str, rows: pd.DataFrame) -> pd.DataFrame:
        rows = rows[~rows.index.isin(shown[name])]
        shown[name].update(dict.fromkeys(rows.index))
        return rows

    made: list[Table] = []
    for scene in listed:
        on = day(atlas, scene.selection)
        if scene.kind == "map":
            made.append(tables.pairs(atlas, fresh("twinnings", scene.selection.twinnings(atlas)), voice, on))
        elif scene.kind in scenes.TOPICS:
            records = scenes.TOPICS[scene.kind].records(atlas, scene.selection)
            figures = tables.figures(atlas, fresh("figures", records["figures"]), voice)
            made.append(replace(figures, title=voice(lambda translate, scene=scene: _name(scene, translate))))
            if scene.kind == "meetings":
                made.append(tables.series(atlas, records["events"], voice, scene.selection.day(atlas)))
            for name in ("events", "agreements"):
                fresh(name, records[name])
        elif scene.kind == "open":
            rows = selected(atlas, scene.selection)
            made += [
                tables.abolished(atlas, atlas.twinnings.loc[rows["twinnings"].index], voice, on),
                tables.totals(atlas, scene.selection, voice),
                tables.discrepancies(atlas, fresh("discrepancies", rows["discrepancies"]), voice),
            ]
    events, agreements = (
        atlas.table(name).loc[list(shown[name])].sort_values(DATES[name], ascending=False, kind="stable")
        for name in ("events", "agreements")
    )
    last = max((scene.selection.day(atlas) for scene in listed), default=Selection().day(atlas))
    made += [tables.events(atlas, events, voice, last, outcomes=False), tables.agreements(atlas, agreements, voice)]
    return [table for table in made if len(table)]


def _name(scene: Scene, translate: Translator) -> str:
    return vocabulary.scene_kinds(translate)[scene.kind]


def append(deck: Deck, table: Table) -> None:
    """Slides with a table, as many as its rows need."""
    pages = list(parts(table, INNER.pt, Emu(BOTTOM - TOP).pt, deck.small))
    for number, part in enumerate(pages, start=1):
        page = deck.page(table.title, f"{number}/{len(pages)}" if len(pages) > 1 else "")
        page.table(part, LEFT, TOP, INNER, deck.small)
        page.notes(tables.cited([part]))


def written(file: Presentation, version: str) -> bytes:
    """The file with the data version for every date in it."""
    content = io.BytesIO()
    file.save(content)
    with zipfile.ZipFile(content) as archive:
        return zipped({name: archive.read(name) for name in archive.namelist()}, version)
