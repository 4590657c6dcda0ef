"""The report for the next session: what was agreed since a session, and what sources say of each point."""

from collections.abc import Iterable

import pandas as pd

from atlas import SPOKEN, AtlasError
from atlas.exports.about import about, described
from atlas.exports.excel import workbook
from atlas.model import agreed, commitments, parties, standing
from atlas.model.agreed import Wanted
from atlas.model.atlas import Atlas
from atlas.model.selection import Selection
from atlas.model.session import Delegation, Said, Scene, Session
from atlas.words import agreed as words
from atlas.words import naming, vocabulary
from atlas.words.languages import in_order
from atlas.words.translator import Translator
from atlas.words.voice import Voice


def points(atlas: Atlas, wanted: Wanted, selection: Selection) -> list[str]:
    """The ids of the commitments of a report, the newest paper first.

    :param wanted: which, among them the session since which they were agreed, see :func:`atlas.model.agreed.since`.
    """
    return list(agreed.found(atlas, selection, wanted).index)


def event(wanted: Wanted) -> str:
    """The id of the session since which a report tells."""
    if wanted.since is None:
        raise AtlasError("a report needs the session since which it tells", "name it as since")
    return wanted.since


def title(atlas: Atlas, wanted: Wanted, selection: Selection, translate: Translator) -> str:
    """What a report is called: since which session it tells, and which filters have left some of the points only."""
    said = words.since_title(atlas, event(wanted), translate)
    whole = points(atlas, Wanted(since=wanted.since), Selection(asof=selection.asof))
    if len(points(atlas, wanted, selection)) == len(whole):
        return said
    filters = [described(atlas, selection, translate)] if selection.restricts else []
    chosen = words.chosen(atlas, wanted, translate)
    filters += [translate("{name}: {value}", name=name, value=value) for name, value in chosen]
    return translate("{title}. Filters: {filters}", title=said, filters=translate.join_long(filters))


def session(atlas: Atlas, wanted: Wanted, selection: Selection, language: str) -> Session:
    """A session with one scene of all points of a report, and one for each paper of theirs, the newest first.

    :param atlas: as its readers may know it, see :func:`atlas.model.audience.released`.
    """
    (held,) = atlas.records("events", [event(wanted)])
    rows, day = agreed.found(atlas, selection, wanted), selection.day(atlas)
    papers = [tuple(part.index) for _, part in rows.groupby("paper", sort=False)]
    return Session(
        "own",
        language,
        selection=selection,
        title=Said(**{code: title(atlas, wanted, selection, Translator(code)) for code in SPOKEN}),
        vn=Delegation(parties.delegation(atlas, standing.all_of_today(atlas, held["vn_places"], day))),
        cn=Delegation(parties.delegation(atlas, standing.all_of_today(atlas, held["cn_places"], day))),
        scenes=(
            Scene("cover"),
            Scene("commitments", about=tuple(rows.index)),
            *(Scene("commitments", about=ids) for ids in papers if len(papers) > 1),
        ),
    )


def xlsx(atlas: Atlas, wanted: Wanted, selection: Selection, language: str) -> bytes:
    """A workbook with what it is, and a point a row with what sources say of it; in two languages each cell has both.

    :param language: one of :data:`atlas.words.voice.LANGUAGES`.
    """
    voice = Voice(language)
    ids = points(atlas, wanted, selection)
    said = [line for translate in voice.translators for line in _statements(atlas, wanted, ids, selection, translate)]
    spoken = [table(atlas, ids, selection, one, voice.first.language) for one in voice.translators]
    return workbook(atlas, said, {voice(lambda translate: translate("Commitments"), " "): spoken}, voice)


def _statements(
    atlas: Atlas, wanted: Wanted, ids: list[str], selection: Selection, translate: Translator
) -> list[tuple[str, str]]:
    head = translate("Report on commitments")
    said = words.since(atlas, agreed.since(atlas, event(wanted)), len(ids), translate)
    return [
        (head, title(atlas, wanted, selection, translate)),
        *((translate("Note"), text) for text in said),
        *about(atlas, selection, translate),
    ]


def table(
    atlas: Atlas, ids: Iterable[str], selection: Selection, translate: Translator, order: str | None = None
) -> pd.DataFrame:
    """Commitments in words, one a row, what sources report apart by whether they name the paper.

    :param ids: of commitments.
    :param order: the language whose order the two sides have, if it is another one.
    """
    rows = agreed.points(atlas)
    states = vocabulary.commitment_states(translate)
    heads = words.evidence(translate)
    sides = {"vn": translate("Responsible on the Vietnamese side"), "cn": translate("Responsible on the Chinese side")}
    made = []
    for row in atlas.records("commitments", ids):
        paper = rows.at[row["id"], "paper"]
        day = words.agreed_on(atlas, paper)
        known = commitments.evidence_by(atlas, row["id"], selection.asof)
        made.append(
            {
                translate("Agreed in"): naming.record_name(atlas, atlas.record_tables[paper], paper, translate),
                translate("Date"): translate.date(day) if day else translate("date unknown"),
                translate("No."): "" if pd.isna(row["ordinal"]) else str(int(row["ordinal"])),
                translate("What was agreed"): translate.text(row, "text"),
                translate("Field of cooperation"): vocabulary.label(atlas, "commitments.field", row, translate),
                **{
                    sides[side]: translate.text(row, f"responsible_{side}") or translate("not stated")
                    for side in in_order(order or translate.language, "vn", "cn")
                },
                translate("Due"): words.due(row, translate) or translate("not stated"),
                translate("State"): states[commitments.state_of(atlas, row["id"], selection.asof)],
                **{
                    head: "\n".join(words.reported(one, translate) for one in known if one["link"] == link)
                    for link, head in heads.items()
                },
                translate("Id"): row["id"],
            }
        )
    return pd.DataFrame(made)
