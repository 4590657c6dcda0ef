"""What documents and scenes say of a selection in tables, and their sources, in one language or in two."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

import pandas as pd

from atlas.cards import source
from atlas.model import coverage, meetings
from atlas.model.atlas import Atlas
from atlas.model.selection import Selection
from atlas.model.session import Decision
from atlas.model.standing import ended
from atlas.words import naming, values, vocabulary
from atlas.words.languages import in_order
from atlas.words.translator import Translator
from atlas.words.voice import Voice


@dataclass(frozen=True)
class Table:
    """Rows in words. ``widths``: the columns' shares; ``ids``, ``sources``: the record of each row, and its sources' ids."""

    title: str
    heads: tuple[str, ...]
    widths: tuple[int, ...]
    rows: tuple[tuple[str, ...], ...]
    ids: tuple[str, ...]
    sources: tuple[tuple[str, ...], ...]

    def __len__(self) -> int:
        return len(self.rows)

    def first(self, most: int) -> "Table":
        """The same table with so many rows at most."""
        return Table(self.title, self.heads, self.widths, self.rows[:most], self.ids[:most], self.sources[:most])

    def filled(self) -> "Table":
        """The same table without the columns that are empty in every row."""
        kept = [at for at in range(len(self.heads)) if any(row[at] for row in self.rows)]
        return replace(
            self,
            heads=tuple(self.heads[at] for at in kept),
            widths=tuple(self.widths[at] for at in kept),
            rows=tuple(tuple(row[at] for at in kept) for row in self.rows),
        )

    def among(self, ids: Sequence[str]) -> "Table":
        """The same table with the rows of some records, in their order."""
        places = [self.ids.index(one) for one in ids]
        rows = tuple(self.rows[place] for place in places)
        return Table(self.title, self.heads, self.widths, rows, tuple(ids), tuple(self.sources[one] for one in places))


Column = tuple[Callable[[Translator], str], int, Callable[[dict, Translator], str | None]]


def _table(
    voice: Voice, title: Callable[[Translator], str], columns: list[Column], rows: pd.DataFrame | list[dict]
) -> Table:
    """A table of records with ``id`` and ``sources``; a column is its head, its width and what it says of a record."""
    records = rows.to_dict("records") if isinstance(rows, pd.DataFrame) else rows
    return Table(
        voice(title),
        tuple(voice(head) for head, _, _ in columns),
        tuple(width for _, width, _ in columns),
        tuple(tuple(voice(partial(cell, row)) for _, _, cell in columns) for row in records),
        tuple(row["id"] for row in records),
        tuple(row["sources"] for row in records),
    )


def pairs(atlas: Atlas, rows: pd.DataFrame, voice: Voice, on: str) -> Table:
    """Twinnings: both sides, level, signature, status, and which unit of theirs no longer exists on a day (ISO 8601)."""
    name = atlas.places.name
    vietnamese: Column = (
        lambda translate: translate("Vietnamese side"),
        26,
        lambda row, translate: naming.side(atlas, row["id"], "VN", translate.language),
    )
    chinese: Column = (
        lambda translate: translate("Chinese side"),
        26,
        lambda row, translate: naming.side(atlas, row["id"], "CN", translate.language),
    )
    columns: list[Column] = [
        *in_order(voice.first.language, vietnamese, chinese),
        (
            lambda translate: translate("Level"),
            13,
            lambda row, translate: vocabulary.label(atlas, "twinnings.level", row, translate),
        ),
        (lambda translate: translate("Signed"), 14, lambda row, translate: translate.date(row["signed_on"])),
        (
            lambda translate: translate("Status"),
            13,
            lambda row, translate: vocabulary.label(atlas, "twinnings.status", row, translate),
        ),
        (
            lambda translate: translate("Units that no longer exist"),
            24,
            lambda row, translate: translate.join(
                name(one, translate.language) for one in ended(atlas, row, date.fromisoformat(on))
            ),
        ),
    ]
    return _table(voice, lambda translate: translate("Twinnings"), columns, rows)


def abolished(atlas: Atlas, rows: pd.DataFrame, voice: Voice, on: str) -> Table:
    """The twinned units that ended before a day (ISO 8601), and what they are now part of."""
    concerned: dict[str, list[dict]] = {}
    for row in rows.to_dict("records"):
        for place in ended(atlas, row, date.fromisoformat(on)):
            concerned.setdefault(place, []).append(row)
    full_name = atlas.places.full_name
    columns: list[Column] = [
        (lambda translate: translate("Unit"), 30, lambda row, translate: full_name(row["id"], translate.language)),
        (lambda translate: translate("Until"), 20, lambda row, translate: translate.date(row["valid_until"])),
        (
            lambda translate: translate("Now part of"),
            30,
            lambda row, translate: (
                "; ".join(full_name(one, translate.language) for one in atlas.places.successors(row["id"]))
                or translate("no successor unit at this level")
            ),
        ),
        (
            lambda translate: translate("Twinning"),
            34,
            lambda row, translate: "; ".join(
                naming.title(atlas, one, translate.language) for one in concerned[row["id"]]
            ),
        ),
    ]
    units = [
        atlas.places[place] | {"id": place, "sources": atlas.table("places").at[place, "sources"]}
        for place in concerned
    ]
    return _table(voice, lambda translate: translate("Twinned units that no longer exist"), columns, units)


def figures(atlas: Atlas, rows: pd.DataFrame, voice: Voice) -> Table:
    """Figures with qualifier, time and direction."""
    columns: list[Column] = [
        (lambda translate: translate("What is counted"), 40, lambda row, translate: translate.text(row, "title")),
        (lambda translate: translate("Value"), 18, values.amount),
        (lambda translate: translate("Time"), 26, values.when),
        (lambda translate: translate("From → to"), 26, lambda row, translate: values.direction(atlas, row, translate)),
    ]
    return _table(voice, lambda translate: translate("Figures"), columns, rows)


def events(atlas: Atlas, rows: pd.DataFrame, voice: Voice, day: date, *, outcomes: bool) -> Table:
    """Meetings and courses as of a day, with what came of them if there is room for it."""
    every = atlas.records("events", atlas.table("events").index)
    ahead = {row["id"] for row in meetings.announced(every, day, every)}
    columns: list[Column] = [
        (lambda translate: translate("Date"), 16, partial(_event_date, ahead)),
        (lambda translate: translate("Title"), 34, lambda row, translate: translate.text(row, "title")),
        (lambda translate: translate("Place"), 16, partial(_place, atlas)),
        (lambda translate: translate("Outcomes"), 46, lambda row, translate: translate.text(row, "outcomes")),
    ]
    return _table(
        voice, lambda translate: translate("Meetings and courses"), columns if outcomes else columns[:-1], rows
    )


def _event_date(ahead: set[str], row: dict, translate: Translator) -> str:
    said = values.event_date(row, translate)
    if row["status"] == "held":
        return said
    if row["id"] in ahead:
        return translate("{date} (announced)", date=said)
    return translate("{date} (was announced; whether it was held is not known)", date=said)


def _place(atlas: Atlas, row: dict, translate: Translator) -> str:
    return atlas.places.name(row["place"], translate.language) if row["place"] else ""


def agreements(atlas: Atlas, rows: pd.DataFrame, voice: Voice) -> Table:
    """Agreements with their parties and term."""
    columns: list[Column] = [
        (lambda translate: translate("Signed"), 15, lambda row, translate: translate.date(row["signed_on"])),
        (lambda translate: translate("Title"), 40, lambda row, translate: translate.text(row, "title")),
        (lambda translate: translate("Parties"), 36, lambda row, translate: translate.text(row, "parties")),
        (lambda translate: translate("Valid"), 16, _term),
        (
            lambda translate: translate("Status"),
            16,
            lambda row, translate: vocabulary.label(atlas, "agreements.status", row, translate),
        ),
    ]
    return _table(voice, lambda translate: translate("Agreements"), columns, rows)


def _term(row: dict, translate: Translator) -> str:
    first, last = row["valid_from"], row["valid_until"]
    return translate.period(first, last) if first or last else ""


def series(atlas: Atlas, rows: pd.DataFrame, voice: Voice, day: date) -> Table:
    """The numbered series of meetings: how many sessions are documented, the last one held, and what is announced on a day."""
    every = atlas.records("events", atlas.table("events").index)
    ahead = meetings.announced(atlas.records("events", rows.index), day, every)
    records = []
    for name in vocabulary.labels(atlas, "events.series", voice.first):
        mine = rows[rows["series"] == name].sort_values("date_from", na_position="first")
        if len(mine):
            records.append(
                {
                    "id": name,
                    "held": mine[mine["status"] == "held"].to_dict("records"),
                    "planned": [row for row in ahead if row["series"] == name],
                    "sources": tuple(dict.fromkeys(source for cited in mine["sources"] for source in cited)),
                }
            )
    columns: list[Column] = [
        (
            lambda translate: translate("Series"),
            34,
            lambda row, translate: vocabulary.labels(atlas, "events.series", translate)[row["id"]],
        ),
        (lambda translate: translate("Documented"), 17, lambda row, translate: translate.number(len(row["held"]))),
        (
            lambda translate: translate("Last one held"),
            30,
            lambda row, translate: "".join(_meeting(atlas, one, translate) for one in row["held"][-1:]),
        ),
        (
            lambda translate: translate("Announced"),
            26,
            lambda row, translate: "; ".join(_meeting(atlas, one, translate) for one in row["planned"]),
        ),
    ]
    return _table(voice, lambda translate: translate("Series of meetings"), columns, records)


def _meeting(atlas: Atlas, row: dict, translate: Translator) -> str:
    said = (values.session(row, translate), values.event_date(row, translate), _place(atlas, row, translate))
    return " · ".join(text for text in said if text)


def totals(atlas: Atlas, selection: Selection, voice: Voice) -> Table:
    """What sources say exists in all, and how much of it the atlas documents."""
    found = coverage.coverage(atlas, selection.province + selection.region, selection.asof)
    columns: list[Column] = [
        (lambda translate: translate("What is counted"), 46, lambda row, translate: translate.text(row, "label")),
        (lambda translate: translate("Stated"), 14, values.quantity),
        (lambda translate: translate("As of"), 20, lambda row, translate: translate.date(row["as_of"])),
        (lambda translate: translate("Documented"), 17, lambda row, translate: translate.number(row["documented"])),
    ]
    return _table(
        voice,
        lambda translate: translate("Stated by sources and documented in the atlas"),
        columns,
        [one.total | {"documented": one.documented} for one in found],
    )


def discrepancies(atlas: Atlas, rows: pd.DataFrame, voice: Voice) -> Table:
    """Points on which sources disagree: every statement, and what the atlas uses."""
    statements = atlas.table("discrepancy_statements").sort_values("ordinal")
    said = {identifier: mine.to_dict("records") for identifier, mine in statements.groupby("discrepancy", sort=False)}
    records = [
        row | {"sources": tuple(dict.fromkeys(source for one in said[row["id"]] for source in one["sources"]))}
        for row in rows.to_dict("records")
    ]
    columns: list[Column] = [
        (lambda translate: translate("Point"), 28, partial(_point, atlas)),
        (
            lambda translate: translate("Statements"),
            50,
            lambda row, translate: "\n".join(f"– {translate.text(one, 'statement')}" for one in said[row["id"]]),
        ),
        (lambda translate: translate("What the atlas uses"), 32, lambda row, translate: translate.text(row, "used")),
    ]
    return _table(voice, lambda translate: translate("Where sources disagree"), columns, records)


def _point(atlas: Atlas, row: dict, translate: Translator) -> str:
    state = vocabulary.label(atlas, "discrepancies.status", row, translate)
    return f"{translate.text(row, 'title')} ({state})"


def of_pair(atlas: Atlas, twinning: str, voice: Voice, on: str) -> Table:
    """What is known of one twinning, a line a fact."""
    row = atlas.twinnings.loc[twinning].to_dict()
    agreement = atlas.table("agreements").loc[row["agreement"]].to_dict() if row["agreement"] else None
    facts = [
        *in_order(
            voice.first.language,
            (
                lambda translate: translate("Vietnamese side"),
                lambda translate: _members(atlas, twinning, "VN", translate),
            ),
            (
                lambda translate: translate("Chinese side"),
                lambda translate: _members(atlas, twinning, "CN", translate),
            ),
        ),
        (
            lambda translate: translate("Level"),
            lambda translate: vocabulary.label(atlas, "twinnings.level", row, translate),
        ),
        (lambda translate: translate("Signed"), lambda translate: translate.date(row["signed_on"])),
        (
            lambda translate: translate("Renewed"),
            lambda translate: row["renewed_on"] and translate.date(row["renewed_on"]),
        ),
        (lambda translate: translate("Agreement"), lambda translate: agreement and translate.text(agreement, "title")),
        (
            lambda translate: translate("Status"),
            lambda translate: vocabulary.label(atlas, "twinnings.status", row, translate),
        ),
        (
            lambda translate: translate("Last confirmed"),
            lambda translate: row["last_confirmed"] and translate.date(row["last_confirmed"]),
        ),
        (
            lambda translate: translate("Units that no longer exist"),
            lambda translate: "\n".join(
                _ended(atlas, place, translate) for place in ended(atlas, row, date.fromisoformat(on))
            ),
        ),
        (
            lambda translate: translate("Confidence"),
            lambda translate: vocabulary.label(atlas, "twinnings.confidence", row, translate),
        ),
        (lambda translate: translate("Note"), lambda translate: translate.text(row, "note")),
    ]
    said = [(voice(head), text) for head, fact in facts if (text := voice(fact))]
    return Table(
        voice(lambda translate: naming.title(atlas, row, translate.language)),
        (voice(lambda translate: translate("Item")), voice(lambda translate: translate("Content"))),
        (30, 70),
        tuple(said),
        (twinning,) * len(said),
        (row["sources"],) * len(said),
    )


def _members(atlas: Atlas, twinning: str, side: str, translate: Translator) -> str:
    return "\n".join(_member(atlas, one, translate) for one in atlas.members[twinning] if one["side"] == side)


def _member(atlas: Atlas, member: dict, translate: Translator) -> str:
    place = atlas.places.full_name(member["place"], translate.language)
    organisation = translate.text(member, "organisation")
    return f"{organisation} ({place})" if organisation else place


def _ended(atlas: Atlas, place: str, translate: Translator) -> str:
    after = translate.join(atlas.places.full_name(one, translate.language) for one in atlas.places.successors(place))
    until = translate.date(atlas.places[place]["valid_until"])
    said = (
        translate("until {day}, now part of {successors}", day=until, successors=after)
        if after
        else translate("until {day}, no successor unit at this level", day=until)
    )
    return f"{atlas.places.name(place, translate.language)}: {said}"


def sources(atlas: Atlas, ids: Iterable[str], translate: Translator) -> list[str]:
    """Each source in one line, with its address unless it is a copy of somebody else's page."""
    return [_source(row, translate) for row in atlas.table("sources").loc[list(ids)].to_dict("records")]


def _source(row: dict, translate: Translator) -> str:
    published = row["published"] and translate.date(row["published"])
    address = row["url"] if row["kind"] not in source.UNLINKED else translate("copy on another site, not linked")
    return ". ".join(part for part in (row["title"], row["publisher"], published, address) if part)


def decisions(listed: Sequence[Decision], voice: Voice) -> Table:
    """What was proposed or decided: what, who, by when, and its state."""
    columns: list[Column] = [
        (lambda translate: translate("What"), 40, lambda row, translate: row["one"].what.to(translate.language)),
        (lambda translate: translate("Who"), 24, lambda row, translate: row["one"].who.to(translate.language)),
        (lambda translate: translate("By when"), 14, lambda row, translate: row["one"].by and translate.date(row["one"].by)),
        (lambda translate: translate("State"), 14, lambda row, translate: vocabulary.decision_states(translate)[row["one"].state]),
    ]  # fmt: skip
    rows = [{"id": str(number), "sources": (), "one": one} for number, one in enumerate(listed, start=1)]
    return _table(voice, lambda translate: vocabulary.scene_kinds(translate)["decisions"], columns, rows)


def cited(tables: Iterable[Table]) -> list[str]:
    """The ids of the sources of all rows of tables, each once, in the order of their first use."""
    return list(dict.fromkeys(source for table in tables for sources in table.sources for source in sources))
