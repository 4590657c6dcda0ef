"""The rows of papers in words: commitments by the paper in which they stand, and twinnings to be signed again."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace

import pandas as pd

from atlas.exports import resigning
from atlas.exports.tables import Table
from atlas.model import commitments, reform
from atlas.model.atlas import Atlas
from atlas.model.commitments import NO_EVIDENCE, SHOWN_BY
from atlas.model.reform import Abolished
from atlas.words import agreed as words
from atlas.words import naming, vocabulary
from atlas.words.translator import Translator
from atlas.words.voice import Voice

NOTHING = "–"
LINKS = ("paper", "matter")  # of evidence: it names the paper, or the same matter only
Say = Callable[[Translator], str | None]


def numbered(table: Table, voice: Voice) -> Table:
    """The same table with a first column that counts its rows."""
    head = voice(lambda translate: translate("No."))
    rows = tuple((str(number), *cells) for number, cells in enumerate(table.rows, start=1))
    return replace(table, heads=(head, *table.heads), widths=(7, *table.widths), rows=rows)


def by_paper(atlas: Atlas, rows: pd.DataFrame, voice: Voice, asof: str | None) -> list[Table]:
    """Commitments, a table for each paper or session in which they stand, the newest first; its title is the paper's.

    :param asof: the day (ISO 8601) after which nothing had been reported; all is told without one.
    """
    papers: dict[tuple[str, str], list[dict]] = {}
    for row in rows.to_dict("records"):
        key = ("agreements", row["agreement"]) if row["agreement"] else ("events", row["event"])
        papers.setdefault(key, []).append(row)
    newest = sorted(papers, key=lambda key: _dated(atlas, *key), reverse=True)
    return [_of_paper(atlas, key, papers[key], voice, asof) for key in newest]


def _dated(atlas: Atlas, table: str, record: str) -> str:
    return atlas.table(table).at[record, "signed_on" if table == "agreements" else "date_from"] or ""


def _of_paper(atlas: Atlas, key: tuple[str, str], rows: list[dict], voice: Voice, asof: str | None) -> Table:
    day = _dated(atlas, *key)

    def title(translate: Translator) -> str:
        name = naming.record_name(atlas, *key, translate)
        return translate("{title} ({day})", title=name, day=translate.date(day)) if day else name

    cells = [_cells(atlas, row, voice, asof) for row in rows]
    said: tuple[tuple[Say, int], ...] = (
        (lambda translate: translate("No."), 6),
        (lambda translate: translate("What was agreed"), 38),
        (lambda translate: translate("Who is responsible"), 20),
        (lambda translate: translate("Due"), 14),
        (lambda translate: translate("State"), 16),
        *((lambda translate, link=link: words.evidence(translate)[link], 28) for link in LINKS),
    )
    # a paper may number none of its points; where nothing is reported the state says so, and two columns would be empty
    shown = [at for at in range(len(said)) if any(row[at] != NOTHING for row in cells)]
    return Table(
        voice(title),
        tuple(voice(said[at][0]) for at in shown),
        tuple(said[at][1] for at in shown),
        tuple(tuple(row[at] for at in shown) for row in cells),
        tuple(row["id"] for row in rows),
        tuple(_sources(atlas, row, asof) for row in rows),
    )


def _cells(atlas: Atlas, row: dict, voice: Voice, asof: str | None) -> tuple[str, ...]:
    state = commitments.state_of(atlas, row["id"], asof)
    number = str(int(row["ordinal"])) if pd.notna(row["ordinal"]) else NOTHING
    return (
        number,
        voice(lambda translate: translate.text(row, "text")),
        voice(lambda translate: "\n".join(words.responsible(row, translate)) or translate("not stated")),
        voice(lambda translate: _due(row, translate)),
        voice(lambda translate: vocabulary.commitment_states(translate)[state]),
        *(voice(lambda translate, link=link: _told(atlas, row, link, asof, translate)) for link in LINKS),
    )


def _due(row: dict, translate: Translator) -> str:
    day = translate.date(row["due"]) if row["due"] else ""
    return translate.join_long(filter(None, (day, translate.text(row, "rhythm")))) or translate("not stated")


def _told(atlas: Atlas, row: dict, link: str, asof: str | None, translate: Translator) -> str:
    """What sources report of one commitment, of those that name the paper or of those that do not."""
    found = [one for one in commitments.evidence_by(atlas, row["id"], asof) if one["link"] == link]
    return "\n".join(words.reported(one, translate) for one in found) or NOTHING


def _sources(atlas: Atlas, row: dict, asof: str | None) -> tuple[str, ...]:
    told = commitments.evidence_by(atlas, row["id"], asof)
    return tuple(dict.fromkeys((*row["sources"], *(one for shown in told for one in shown["sources"]))))


def states(atlas: Atlas, ids: Iterable[str], voice: Voice, asof: str | None) -> Table:
    """How many commitments are in each state on a day, see :func:`by_paper`."""
    count = Counter(commitments.state_of(atlas, one, asof) for one in ids)
    found = tuple(one for one in (*SHOWN_BY, NO_EVIDENCE) if count[one])
    return Table(
        voice(lambda translate: translate("Commitments")),
        (voice(lambda translate: translate("State")), voice(lambda translate: translate("Commitments"))),
        (70, 30),
        tuple(
            (
                voice(lambda translate, one=one: vocabulary.commitment_states(translate)[one]),
                voice(lambda translate, one=one: translate.number(count[one])),
            )
            for one in found
        ),
        found,
        ((),) * len(found),
    )


def to_sign_again(atlas: Atlas, rows: list[Abolished], voice: Voice) -> list[tuple[Table, str]]:
    """A table for each case that has a twinning, and what the case means."""
    cases = ((case, listed) for case, listed in reform.by_case(rows).items() if listed)
    return [
        (_of_case(atlas, case, listed, voice), voice(lambda translate, case=case: resigning.explained(translate)[case]))
        for case, listed in cases
    ]


def _of_case(atlas: Atlas, case: str, rows: list[Abolished], voice: Voice) -> Table:
    columns = [resigning.columns(atlas, rows, translate) for translate in voice.translators]
    heads = tuple("\n".join(dict.fromkeys(names)) for names in zip(*columns))
    by_column = zip(*(one.values() for one in columns))
    cells = [["\n".join(dict.fromkeys(texts)) for texts in zip(*languages)] for languages in by_column]

    def name(translate: Translator) -> str:
        return translate("{name} ({n})", name=vocabulary.reform_cases(translate)[case], n=len(rows))

    sources = atlas.twinnings["sources"]
    table = Table(
        voice(name),
        heads,
        (24, 26, 22, 26, 14, 26),
        tuple(zip(*cells)),
        tuple(row.twinning for row in rows),
        tuple(sources[row.twinning] for row in rows),
    )
    return numbered(table, voice)
