"""The papers of an office: briefing, twinnings, list and letters for re-signing, commitments, glossary, what changed."""

from collections.abc import Callable
from dataclasses import replace

import pandas as pd

from atlas import LANGUAGES
from atlas.exports import about, scenes, tables
from atlas.exports import glossary as terms
from atlas.exports.docx import boards, changed, letters, lists, sheet, styles
from atlas.exports.docx.paper import Paper
from atlas.exports.foreign import File
from atlas.exports.report import event, points
from atlas.exports.rows import DATES, day, selected
from atlas.exports.scenes.board import Context
from atlas.exports.tables import Table
from atlas.model import agreed, desk, reform
from atlas.model.agreed import Wanted
from atlas.model.atlas import Atlas
from atlas.model.session import Said, Session
from atlas.words import agreed as agreed_words
from atlas.words import changes as words
from atlas.words import sentences
from atlas.words.languages import in_order
from atlas.words.translator import Translator

MOST_PAIRS, MOST = 40, 10  # rows of a briefing's annex; the papers of their own have all


def briefing(atlas: Atlas, session: Session, template: File | None = None) -> bytes:
    """What a delegation has to know: what the scenes of a session say, with their tables, its decisions, and an annex.

    :param atlas: as the audience of the session may know it.
    :param session: the first of its languages decides the form.
    :param template: an office's letterhead, into which it is poured.
    :raises atlas.exports.foreign.Refused: the template cannot be used.
    """
    asked = scenes.context(atlas, session)
    paper = _begun(asked, lambda translate: translate("Briefing"), template, draft=True)
    boards.told(paper, asked)
    _section(paper, lists.numbered(tables.decisions(session.decisions, asked.voice), asked.voice))
    sheet.turn(paper)
    paper.text(styles.MARK, asked.voice(lambda translate: translate("Annex"), " · "), keep=True)
    for table, most in _annex(asked):
        _section(paper, table, most)
    return _ended(paper, asked)


def _annex(asked: Context) -> list[tuple[Table, int]]:
    """The tables of a briefing, and how many rows of each are shown, the newest."""
    atlas, voice, selection = asked.atlas, asked.voice, asked.session.selection
    rows = selected(atlas, selection)
    newest = {name: rows[name].sort_values(column, ascending=False, kind="stable") for name, column in DATES.items()}
    pairs = tables.pairs(atlas, selection.twinnings(atlas), voice, day(atlas, selection))
    return [
        (lists.numbered(pairs, voice), MOST_PAIRS),
        (tables.totals(atlas, selection, voice), MOST),
        (tables.figures(atlas, newest["figures"], voice), MOST),
        (tables.agreements(atlas, newest["agreements"], voice), MOST),
        (tables.events(atlas, newest["events"], voice, selection.day(atlas), outcomes=True), MOST),
        (tables.discrepancies(atlas, rows["discrepancies"], voice), MOST),
    ]


def pairs(atlas: Atlas, session: Session, template: File | None = None) -> bytes:
    """Every twinning of a session's selection as an annex, see :func:`briefing`."""
    asked = scenes.context(atlas, session)
    paper = _begun(asked, lambda translate: translate("List of twinnings"), template, across=True)
    rows = session.selection.twinnings(atlas)
    _count(paper, asked, lambda translate: translate.plural("{n} twinning", "{n} twinnings", len(rows)))
    listed = tables.pairs(atlas, rows, asked.voice, day(atlas, session.selection))
    paper.table(lists.numbered(listed, asked.voice))
    return _ended(paper, asked)


def resigning(atlas: Atlas, session: Session, template: File | None = None) -> bytes:
    """The twinnings that lost a unit, by what is to be decided, as an annex, see :func:`briefing`."""
    asked = scenes.context(atlas, session)
    paper = _begun(asked, lambda translate: translate("Twinnings to be signed again"), template, across=True)
    rows = reform.abolished(atlas, session.selection)
    _count(
        paper,
        asked,
        lambda translate: translate.plural("{n} twinning lost a unit", "{n} twinnings lost a unit", len(rows)),
    )
    for table, meaning in lists.to_sign_again(atlas, rows, asked.voice):
        paper.heading(table.title)
        paper.text(styles.BODY, meaning, keep=True)
        paper.table(table)
    return _ended(paper, asked)


def resigning_letters(
    atlas: Atlas, session: Session, template: File | None = None, units: tuple[str, ...] | None = None
) -> bytes:
    """A draft letter with its annex for each unit of today on which twinnings fall that lost one, see :func:`briefing`.

    :param units: the only ones whose letters are written; all if not given.
    """
    asked = scenes.context(atlas, session)
    title = asked.voice(lambda translate: translate("Proposal to confirm or to sign anew"), " · ")
    paper = sheet.opened(atlas, asked.voice, title, template)
    found = [one for one in desk.units(atlas, session.selection) if units is None or one.place in units]
    for at, unit in enumerate(found):
        letters.write(paper, unit, first=not at)
    if not found:
        paper.text(
            styles.BODY, asked.voice(lambda translate: translate("No unit of today stands in for one that signed."))
        )
    return _ended(paper, asked)


def commitments(atlas: Atlas, session: Session, template: File | None = None) -> bytes:
    """What was agreed and what became of it, a table a paper or meeting, see :func:`briefing`."""
    asked = scenes.context(atlas, session)
    paper = _begun(asked, lambda translate: translate("Report on commitments"), template, draft=True, across=True)
    _points(paper, asked, selected(atlas, session.selection)["commitments"])
    _section(paper, lists.numbered(tables.decisions(session.decisions, asked.voice), asked.voice))
    return _ended(paper, asked)


def glossary(atlas: Atlas, session: Session, template: File | None = None, meetings: tuple[str, ...] = ()) -> bytes:
    """The terms of a session's selection, or of meetings, in every language, as an annex, see :func:`briefing`.

    :param meetings: ids of the events whose terms are wanted.
    """
    selection = replace(session.selection, record=meetings)
    subject = {code: terms.scope(atlas, selection, Translator(code)) for code in LANGUAGES}
    named = replace(session, title=Said(**subject) if meetings else session.title)
    asked = scenes.context(atlas, named)
    paper = _begun(asked, lambda translate: translate("Glossary"), template, across=True)
    found = terms.of(atlas, selection)
    _count(paper, asked, lambda translate: translate.plural("{n} term", "{n} terms", len(found)))
    for table in terms.tables(atlas, found, asked.voice):
        _section(paper, lists.numbered(table.filled(), asked.voice) if len(table) else table)
    for translate in asked.voice.translators:
        paper.text(styles.NOTE, terms.note(translate))
    return _ended(paper, asked)


def changes(atlas: Atlas, session: Session, template: File | None = None) -> bytes:
    """What is new, changed and withdrawn since the last session, a table a kind of records, see :func:`briefing`."""
    asked = scenes.context(atlas, session)
    paper = _begun(asked, lambda translate: translate("What changed"), template, draft=True, across=True)
    found = changed.found(atlas, session.selection)
    if found is None:
        paper.text(
            styles.BODY, asked.voice(lambda translate: translate("No release of the records has been kept yet."))
        )
        return _ended(paper, asked)
    difference, told = found

    def counted(translate: Translator) -> str:
        days = " → ".join(translate.date(one.version) for one in (difference.before, difference.after))
        return f"{days} · {words.counted(told, translate)}"

    paper.text(styles.NOTE, asked.voice(counted), align="center", keep=True)
    for table in changed.tables(atlas, told, asked.voice):
        _section(paper, table)
    if worded := sum(one.kind == "changed" and not one.facts for one in told):
        said = asked.voice(
            lambda translate: translate.plural(
                "Of {n} record the wording changed.", "Of {n} records the wording changed.", worded
            )
        )
        paper.text(styles.NOTE, said)
    return _ended(paper, asked)


def report(atlas: Atlas, session: Session, wanted: Wanted) -> bytes:
    """What was agreed since a session and what became of it, as :func:`commitments` lists it.

    :param session: of :func:`atlas.exports.report.session`.
    :param wanted: which points, and since which session.
    """
    asked = scenes.context(atlas, session)
    paper = _begun(asked, lambda translate: translate("Report on commitments"), None, draft=True, across=True)
    found, ids = agreed.since(atlas, event(wanted)), points(atlas, wanted, session.selection)
    for at, _ in enumerate(agreed_words.since(atlas, found, len(ids), asked.voice.first)):
        said = asked.voice(lambda translate, at=at: agreed_words.since(atlas, found, len(ids), translate)[at])
        paper.text(styles.BODY, said)
    _points(paper, asked, atlas.table("commitments").loc[ids])
    return _ended(paper, asked)


def _points(paper: Paper, asked: Context, rows: pd.DataFrame) -> None:
    """How many commitments there are in each state, and a table of them for each paper or meeting."""
    _count(paper, asked, lambda translate: translate.plural("{n} commitment", "{n} commitments", len(rows)))
    asof = asked.session.selection.asof
    paper.table(lists.states(asked.atlas, rows["id"], asked.voice, asof))
    paper.text(styles.NOTE, asked.voice(sentences.no_evidence))
    for table in lists.by_paper(asked.atlas, rows, asked.voice, asof):
        _section(paper, table)


def _begun(
    asked: Context, kind: Callable[[Translator], str], template: File | None, draft: bool = False, across: bool = False
) -> Paper:
    """A paper with its head: what it is, of what, when, where and who meets."""
    session, voice = asked.session, asked.voice
    name, subject = voice(kind), voice(lambda translate: _subject(asked, translate))
    paper = sheet.opened(asked.atlas, voice, f"{name} – {subject}".replace("\n", " · "), template, across)
    paper.text(styles.MARK, voice(lambda translate: translate("Draft") if draft else translate("Annex"), " · "))
    paper.strong(styles.TITLE, name)
    paper.strong(styles.SUBTITLE, subject)
    if where := voice(lambda translate: _where_and_when(session, translate)):
        paper.text(styles.NOTE, where, align="center")
    if draft:
        _delegations(paper, session)
    return paper


def _subject(asked: Context, translate: Translator) -> str:
    typed = asked.session.title.to(translate.language)
    return typed or about.described(asked.atlas, asked.session.selection, translate)


def _where_and_when(session: Session, translate: Translator) -> str:
    when = translate.date(session.date) if session.date else ""
    return translate.join(filter(None, (session.place.to(translate.language), when)))


def _delegations(paper: Paper, session: Session) -> None:
    """Both delegations beside each other."""
    sides = in_order(paper.voice.first.language, session.vn, session.cn)
    if not any(side.name for side in sides):
        return
    heads = in_order(
        paper.voice.first.language,
        paper.voice(lambda translate: translate("Vietnamese side")),
        paper.voice(lambda translate: translate("Chinese side")),
    )
    names = tuple(paper.voice(lambda translate, side=side: side.name.to(translate.language)) for side in sides)
    paper.grid([paper.width / 2] * 2, tuple(heads), [names])


def _section(paper: Paper, table: Table, most: int | None = None) -> None:
    """A table under its title, with its first rows and how many there are where that is not all."""
    if not len(table):
        return
    paper.heading(table.title)
    part = table.first(most or len(table))
    paper.table(part)
    if len(part) < len(table):
        said = paper.voice(
            lambda translate: translate(
                "{n} of {all} are shown; the workbook and the hand-out have all.", n=len(part), all=len(table)
            )
        )
        paper.text(styles.NOTE, said)


def _count(paper: Paper, asked: Context, said: Callable[[Translator], str]) -> None:
    """How many rows there are, and for which day."""
    on = day(asked.atlas, asked.session.selection)

    def line(translate: Translator) -> str:
        units = translate("units as of {day}", day=translate.date(on))
        return f"{said(translate)} · {units}"

    paper.text(styles.NOTE, asked.voice(line), align="center", keep=True)


def _ended(paper: Paper, asked: Context) -> bytes:
    """The file; its sources and what it is stand at the end."""
    paper.sources()
    paper.heading(asked.voice(lambda translate: translate("About this file")))
    for translate in asked.voice.translators:
        for label, text in about.about(asked.atlas, asked.session.selection, translate):
            paper.text(styles.NOTE, translate("{name}: {value}", name=label, value=text))
    return paper.written()
