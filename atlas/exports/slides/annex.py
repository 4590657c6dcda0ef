"""The annex of a deck: every table that its scenes summarise, in full."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

import pandas as pd

from atlas.exports import pictures, scenes, tables
from atlas.exports.about import disclaimer
from atlas.exports.docx import lists
from atlas.exports.rows import DATES, day, selected
from atlas.exports.scenes import board, commitments
from atlas.exports.scenes.board import Board, Run, Text
from atlas.exports.slides import template
from atlas.exports.slides.notes import sources, write
from atlas.exports.slides.page import Deck
from atlas.exports.tables import Table
from atlas.model.atlas import Atlas
from atlas.model.session import Kind, Session
from atlas.model.topics import LABOUR, MEETINGS, SCHOLARSHIPS, TRAINING, Topic
from atlas.words.translator import Translator
from atlas.words.voice import Voice

TOPICS: dict[str, tuple[Topic, Callable[[Translator], str]]] = {
    "scholarships": (SCHOLARSHIPS, lambda translate: translate("Scholarships and students")),
    "training": (TRAINING, lambda translate: translate("Training of officials and vocational training")),
    "labour": (LABOUR, lambda translate: translate("Labour")),
    "meetings": (MEETINGS, lambda translate: translate("Meetings")),
}
SHOWN: dict[Kind, tuple[str, ...]] = {
    "education": ("scholarships", "training"),
    "twinning": ("twinnings", "scholarships", "training", "labour"),
    "committee": ("twinnings", *TOPICS),
    "own": ("twinnings", *TOPICS),
}
SIZE = {1: 24, 2: 21}  # of the text, by number of languages
TITLE, HIGHEST_TITLE = (40, 32), 110
LINES = (30, 12, 6, 3, 1)  # of a language in a cell, the most that a slide of its own has room for
ROOM = board.Room(board.STAGE.x, 180, board.STAGE.width, board.STAGE.bottom - 180)


def of_session(atlas: Atlas, session: Session, voice: Voice) -> list[Table]:
    """The tables of what a session is about, a record only where it comes first; meetings, agreements and commitments at the end."""
    selection, shown = session.selection, SHOWN[session.kind]
    on, rows = day(atlas, selection), selected(atlas, selection)
    made: list[Table] = []
    if "twinnings" in shown:
        twinnings = atlas.twinnings.loc[rows["twinnings"].index]
        made += [tables.pairs(atlas, twinnings, voice, on), tables.abolished(atlas, twinnings, voice, on), tables.totals(atlas, selection, voice)]  # fmt: skip
    seen: dict[str, dict[str, None]] = {name: {} for name in ("figures", *DATES)}

    def fresh(name: str, found: pd.DataFrame) -> pd.DataFrame:
        found = found[~found.index.isin(seen[name])]
        seen[name].update(dict.fromkeys(found.index))
        return found

    for kind, (topic, named) in TOPICS.items():
        if kind not in shown:
            continue
        records = topic.records(atlas, selection)
        figures = tables.figures(atlas, fresh("figures", records["figures"]), voice)
        made.append(replace(figures, title=voice(named)))
        if kind == "meetings":
            made.append(tables.series(atlas, records["events"], voice, selection.day(atlas)))
        for name in ("events", "agreements"):
            fresh(name, records[name])
    events, agreements = (
        atlas.table(name).loc[list(seen[name])].sort_values(DATES[name], ascending=False, kind="stable")
        for name in ("events", "agreements")
    )
    made += [
        tables.events(atlas, events, voice, selection.day(atlas), outcomes=False),
        tables.agreements(atlas, agreements, voice),
    ]
    asked = scenes.context(atlas, session)
    promised = [row for one in session.scenes if one.kind == "commitments" for row in commitments.points(asked, one)]
    points = atlas.table("commitments").loc[list(dict.fromkeys(row["id"] for row in promised))]
    made += lists.by_paper(atlas, points, voice, selection.asof)
    if "meetings" in shown:
        made.append(tables.discrepancies(atlas, rows["discrepancies"], voice))
    return [table for table in made if len(table)]


def append(deck: Deck, atlas: Atlas, voice: Voice, listed: Iterable[Table]) -> None:
    """Slides with tables, each as many as its rows need, and their sources behind them."""
    said = voice(lambda translate: _origin(atlas, translate)).split("\n")
    foot = tuple(Run(line, board.SOURCE, colour=board.QUIET) for line in said)
    furniture = (
        Text(scenes.FOOT, board.clipped(foot, scenes.FOOT.width, scenes.FOOT.height), anchor="bottom"),
        Text(scenes.NUMBER, (Run("", board.SOURCE),)),
    )
    for table in listed:
        pages = list(_pages(table, SIZE[len(voice.translators)]))
        first = 0
        for number, shown in enumerate(pages, start=1):
            head, *others = table.title.split("\n")
            of = f" ({number}/{len(pages)})" if len(pages) > 1 else ""
            title = board.runs((f"{head}{of}", *others), *TITLE)
            items = (Text(scenes.HEAD, board.clipped(title, ROOM.width, HIGHEST_TITLE)), shown, *furniture)
            slide = deck.slide(Board("table", tuple(run.text for run in title), items), template.ANNEX)
            part = slice(first, first := first + len(shown.rows))
            cited = dict.fromkeys(source for sources in table.sources[part] for source in sources)
            write(deck, slide, sources(atlas, voice, cited))


def _pages(table: Table, size: float) -> Iterator[board.Table]:
    """A table in parts that fit a slide; a row that is too long for a slide of its own is cut."""
    left = table.rows
    while left:
        found = (board.table(ROOM, table.widths, table.heads, left, size, lines) for lines in LINES)
        shown = next(part for part in found if part.rows)
        yield shown
        left = left[len(shown.rows) :]


def _origin(atlas: Atlas, translate: Translator) -> str:
    version = translate("Data version {day}", day=translate.date(atlas.version))
    names = pictures.names_proposed(atlas, translate)
    return " · ".join((version, atlas.schema.licence, disclaimer(translate), *names))
