"""The terms of a session or of a selection: places, bodies, titles of papers and fields, in each language that names them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from atlas.model import meetings
from atlas.model.atlas import Atlas
from atlas.model.spelling import fold

Basis = Literal["attested", "proposed", "not_stated", "worded"]
GROUPS = ("places", "bodies", "papers", "fields")
MADE = ("agreements", "events")  # tables whose records have titles


@dataclass(frozen=True)
class Term:
    """One term; a text is empty where no name in that language is known.

    group: one of :data:`GROUPS`; table, id: the record that has it, ``id`` the value where it is one of a column
    (``table.column``); basis: what its Chinese name rests on: a source prints it, a rule proposes it, no source is noted,
    or the atlas has worded the whole term in each language.
    """

    group: str
    table: str
    id: str
    vi: str
    zh: str
    pinyin: str
    en: str
    basis: Basis
    sources: tuple[str, ...] = ()

    def says(self, folded: str) -> bool:
        """Whether any of its names has a text in it that was folded, see :func:`atlas.model.spelling.fold`."""
        return any(folded in fold(name) for name in (self.vi, self.zh, self.pinyin, self.en))


def of_meetings(atlas: Atlas, ids: Iterable[str]) -> dict[str, pd.DataFrame]:
    """The rows of every table that belong to meetings, those held together with them, and the session before each.

    :param ids: of events; what is none is left out.
    """
    events = atlas.table("events")
    chosen = [one for one in ids if one in events.index]
    chosen += [found for one in chosen if (found := _before(atlas, one))]
    beside = events["held_with"].isin(chosen)
    chosen += [*events.index[beside], *events.loc[chosen, "held_with"].dropna()]
    rows = {"events": events.loc[list(dict.fromkeys(chosen))]}
    agreements, figures, commitments = (atlas.table(name) for name in ("agreements", "figures", "commitments"))
    held = rows["events"].index
    rows["agreements"] = agreements[agreements["event"].isin(held)]
    signed = rows["agreements"].index
    rows["figures"] = figures[figures["event"].isin(held) | figures["agreement"].isin(signed)]
    rows["commitments"] = commitments[commitments["event"].isin(held) | commitments["agreement"].isin(signed)]
    members, taking_part = atlas.table("twinning_members"), atlas.table("series_members")
    rows["twinning_members"] = members[members["twinning"].isin(rows["events"]["twinnings"].explode().dropna())]
    rows["series_members"] = taking_part[taking_part["series"].isin(rows["events"]["series"].dropna())]
    return rows


def _before(atlas: Atlas, event: str) -> str | None:
    (row,) = atlas.records("events", [event])
    if not row["series"]:
        return None
    events = atlas.table("events")
    mine = atlas.records("events", events.index[events["series"] == row["series"]])
    known = [one.event["id"] for one in meetings.sessions(mine, row["series"]) if one.event]
    at = known.index(event)
    return known[at - 1] if at else None


def places(atlas: Atlas, ids: Iterable[str]) -> Iterator[Term]:
    """Places, institutions among the bodies; the widest units first, each kind by its names."""
    kinds = atlas.schema.tables["places"].field("kind").enum
    rows = atlas.records("places", ids)
    for row in sorted(rows, key=lambda row: (kinds.index(row["kind"]), fold(row["name_vi"] or row["name_en"] or ""))):
        names = (row["name_vi"] or "", row["name_zh"] or "", row["name_pinyin"] or "", row["name_en"] or "")
        group = "bodies" if row["kind"] == "institution" else "places"
        basis: Basis = row["name_zh_basis"] or "not_stated"
        yield Term(group, "places", row["id"], *names, basis, row["name_zh_sources"] or row["sources"])


def bodies(atlas: Atlas, members: pd.DataFrame) -> Iterator[Term]:
    """The bodies that are twinned, each once."""
    found: dict[str, Term] = {}
    for row in members.to_dict("records"):
        if name := row["organisation_vi"]:
            zh, en = row["organisation_zh"] or "", row["organisation_en"] or ""
            sources = tuple(atlas.twinnings.at[row["twinning"], "sources"])
            found.setdefault(name, Term("bodies", "twinnings", row["twinning"], name, zh, "", en, "worded", sources))
    yield from found.values()


def papers(rows: dict[str, pd.DataFrame], tables: Iterable[str]) -> Iterator[Term]:
    """The titles of papers and meetings, the newest first."""
    for table in tables:
        date = "signed_on" if table == "agreements" else "date_from"
        for row in sorted(rows[table].to_dict("records"), key=lambda row: row[date] or "", reverse=True):
            titles = (row["title_vi"], row["title_zh"], "", row["title_en"])
            yield Term("papers", table, row["id"], *titles, "worded", row["sources"])


def fields(atlas: Atlas, figures: pd.DataFrame) -> Iterator[Term]:
    """The fields of study and themes of courses that figures name, in the order of the table."""
    named = set(figures["fields"].explode().dropna())
    for row in atlas.table("fields").to_dict("records"):
        if row["id"] in named:
            yield Term("fields", "fields", row["id"], row["name_vi"], row["name_zh"], "", row["name_en"], "worded")
