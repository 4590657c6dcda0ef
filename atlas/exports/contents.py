"""What documents and scenes say of a selection: numbers, tables and sources, in one language or in two."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import pandas as pd

from atlas import cards, coverage, maps, meetings, wording
from atlas import record_cards as words
from atlas.dates import bounds
from atlas.exports.tables import day
from atlas.i18n import Translator
from atlas.selection import Selection
from atlas.store import Atlas

LANGUAGES = ("vi", "zh", "en", "vi-zh")


class Voice:
    """Says things in one language, or in two below each other.

    :param language: one of :data:`LANGUAGES`.
    """

    def __init__(self, language: str):
        self.language = language
        self.translators = tuple(Translator(one) for one in language.split("-"))

    @property
    def first(self) -> Translator:
        """The language that decides where only one can: the order of the two countries, and of columns."""
        return self.translators[0]

    def __call__(self, said: Callable[[Translator], str], between: str = "\n") -> str:
        """What ``said`` says in each language; once if it is the same."""
        return between.join(dict.fromkeys(text for one in self.translators if (text := said(one))))


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


def _table(title: str, columns: Iterable[tuple[str, int]], rows: Iterable[tuple[str, tuple, tuple[str, ...]]]) -> Table:
    heads, widths = zip(*columns)
    listed = list(rows)
    return Table(
        title,
        heads,
        widths,
        tuple(cells for _, cells, _ in listed),
        tuple(identifier for identifier, _, _ in listed),
        tuple(tuple(sources) for _, _, sources in listed),
    )


def pairs(atlas: Atlas, rows: pd.DataFrame, voice: Voice, on: str) -> Table:
    """Twinnings: both sides, level, signature, status, and which unit of theirs no longer exists on a day (ISO 8601)."""
    sides = [("VN", voice(lambda translate: translate("Vietnamese side"))), ("CN", voice(lambda translate: translate("Chinese side")))]
    if voice.first.language == "zh":
        sides.reverse()
    columns = [(title, 26) for _, title in sides] + [
        (voice(lambda translate: translate("Level")), 13),
        (voice(lambda translate: translate("Signed")), 14),
        (voice(lambda translate: translate("Status")), 12),
        (voice(lambda translate: translate("Units that no longer exist")), 24),
    ]
    return _table(
        voice(lambda translate: translate("Twinnings")),
        columns,
        (
            (
                row["id"],
                (
                    *(voice(lambda translate: cards.side(atlas, row["id"], side, translate.language)) for side, _ in sides),
                    voice(lambda translate: maps.level_names(translate)[row["level"]]),
                    voice(lambda translate: translate.date(row["signed_on"])),
                    voice(lambda translate: cards.statuses(translate)[row["status"]]),
                    voice(lambda translate: "; ".join(atlas.places.name(one, translate.language) for one in ended(atlas, row, on))),
                ),
                row["sources"],
            )
            for row in rows.to_dict("records")
        ),
    )  # fmt: skip


def ended(atlas: Atlas, twinning: dict, on: str) -> list[str]:
    """The units of a twinning that ended before a day (ISO 8601)."""
    return [
        place
        for place in (*twinning["vn"], *twinning["cn"])
        if (until := atlas.places[place]["valid_until"]) and bounds(until)[1].isoformat() < on
    ]


def abolished(atlas: Atlas, rows: pd.DataFrame, voice: Voice, on: str) -> Table:
    """The twinned units that ended before a day (ISO 8601), and what they are now part of."""
    concerned: dict[str, list[str]] = {}
    for row in rows.to_dict("records"):
        for place in ended(atlas, row, on):
            concerned.setdefault(place, []).append(row["id"])
    return _table(
        voice(lambda translate: translate("Twinned units that no longer exist")),
        [
            (voice(lambda translate: translate("Unit")), 30),
            (voice(lambda translate: translate("Until")), 16),
            (voice(lambda translate: translate("Now part of")), 30),
            (voice(lambda translate: translate("Twinning")), 34),
        ],
        (
            (
                place,
                (
                    voice(lambda translate: atlas.places.full_name(place, translate.language)),
                    voice(lambda translate: translate.date(atlas.places[place]["valid_until"])),
                    voice(
                        lambda translate: "; ".join(
                            atlas.places.full_name(one, translate.language) for one in atlas.places.successors(place)
                        )
                        or translate("no successor unit at this level")
                    ),
                    voice(lambda translate: "; ".join(maps.title(atlas, atlas.twinnings.loc[one], translate.language) for one in twinnings)),
                ),
                atlas.places[place]["sources"],
            )
            for place, twinnings in concerned.items()
        ),
    )  # fmt: skip


def figures(atlas: Atlas, rows: pd.DataFrame, voice: Voice) -> Table:
    """Figures with qualifier, time and direction."""
    return _table(
        voice(lambda translate: translate("Figures")),
        [
            (voice(lambda translate: translate("What is counted")), 40),
            (voice(lambda translate: translate("Value")), 18),
            (voice(lambda translate: translate("Time")), 26),
            (voice(lambda translate: translate("From → to")), 26),
        ],
        (
            (
                row["id"],
                (
                    voice(lambda translate: translate.text(row, "title")),
                    voice(lambda translate: words.amount(row, translate)),
                    voice(lambda translate: words.when(row, translate)),
                    voice(lambda translate: words.direction(atlas, row, translate)),
                ),
                row["sources"],
            )
            for row in rows.to_dict("records")
        ),
    )


def events(atlas: Atlas, rows: pd.DataFrame, voice: Voice) -> Table:
    """Meetings and courses, with what came of them."""
    return _table(
        voice(lambda translate: translate("Meetings and courses")),
        [
            (voice(lambda translate: translate("Date")), 15),
            (voice(lambda translate: translate("Title")), 34),
            (voice(lambda translate: translate("Place")), 16),
            (voice(lambda translate: translate("Outcomes")), 46),
        ],
        (
            (
                row["id"],
                (
                    voice(lambda translate: _event_date(row, translate)),
                    voice(lambda translate: translate.text(row, "title")),
                    voice(lambda translate: row["place"] and atlas.places.name(row["place"], translate.language)),
                    voice(lambda translate: translate.text(row, "outcomes")),
                ),
                row["sources"],
            )
            for row in rows.to_dict("records")
        ),
    )


def _event_date(row: dict, translate: Translator) -> str:
    said = words.event_date(row, translate)
    return said if row["status"] == "held" else translate("{date} (announced)", date=said)


def agreements(atlas: Atlas, rows: pd.DataFrame, voice: Voice) -> Table:
    """Agreements with their parties and term."""
    return _table(
        voice(lambda translate: translate("Agreements")),
        [
            (voice(lambda translate: translate("Signed")), 15),
            (voice(lambda translate: translate("Title")), 40),
            (voice(lambda translate: translate("Parties")), 36),
            (voice(lambda translate: translate("Valid")), 16),
            (voice(lambda translate: translate("Status")), 16),
        ],
        (
            (
                row["id"],
                (
                    voice(lambda translate: translate.date(row["signed_on"])),
                    voice(lambda translate: translate.text(row, "title")),
                    voice(lambda translate: translate.text(row, "parties")),
                    voice(
                        lambda translate: translate.period(row["valid_from"], row["valid_until"])
                        if row["valid_from"] or row["valid_until"]
                        else ""
                    ),
                    voice(lambda translate: words.agreement_statuses(translate)[row["status"]]),
                ),
                row["sources"],
            )
            for row in rows.to_dict("records")
        ),
    )


def series(atlas: Atlas, rows: pd.DataFrame, voice: Voice) -> Table:
    """The numbered series of meetings: how many sessions are documented, the last one held, and what is announced."""
    names = [words.series(translate) for translate in voice.translators]
    present = [name for name in names[0] if name in set(rows["series"])]

    def listed() -> Iterator[tuple[str, tuple, tuple[str, ...]]]:
        for name in present:
            mine = rows[rows["series"] == name].sort_values("date_from", na_position="first")
            held, planned = mine[mine["status"] == "held"], mine[mine["status"] != "held"]
            yield (
                name,
                (
                    voice(lambda translate: words.series(translate)[name]),
                    voice(lambda translate: translate.number(len(held))),
                    voice(lambda translate: _meeting(atlas, held.iloc[-1].to_dict(), translate) if len(held) else ""),
                    voice(lambda translate: "; ".join(_meeting(atlas, row, translate) for row in planned.to_dict("records"))),
                ),
                tuple(dict.fromkeys(source for cited in mine["sources"] for source in cited)),
            )  # fmt: skip

    return _table(
        voice(lambda translate: translate("Series of meetings")),
        [
            (voice(lambda translate: translate("Series")), 34),
            (voice(lambda translate: translate("Documented")), 14),
            (voice(lambda translate: translate("Last one held")), 30),
            (voice(lambda translate: translate("Announced")), 26),
        ],
        listed(),
    )


def _meeting(atlas: Atlas, row: dict, translate: Translator) -> str:
    place = row["place"] and atlas.places.name(row["place"], translate.language)
    return " · ".join(text for text in (words.session(row, translate), words.event_date(row, translate), place) if text)


def totals(atlas: Atlas, selection: Selection, voice: Voice) -> Table:
    """What sources say exists in all, and how much of it the atlas documents."""
    return _table(
        voice(lambda translate: translate("Stated by sources and documented in the atlas")),
        [
            (voice(lambda translate: translate("What is counted")), 46),
            (voice(lambda translate: translate("Stated")), 14),
            (voice(lambda translate: translate("As of")), 20),
            (voice(lambda translate: translate("Documented")), 14),
        ],
        (
            (
                one.total["id"],
                (
                    voice(lambda translate: translate.text(one.total, "label")),
                    voice(lambda translate: words.quantity(one.total, translate)),
                    voice(lambda translate: translate.date(one.total["as_of"])),
                    voice(lambda translate: translate.number(one.documented)),
                ),
                one.total["sources"],
            )
            for one in coverage.coverage(atlas, selection.province + selection.region)
        ),
    )


def discrepancies(atlas: Atlas, rows: pd.DataFrame, voice: Voice) -> Table:
    """Points on which sources disagree: every statement, and what the atlas uses."""
    statements = atlas.table("discrepancy_statements")
    said = {
        identifier: mine.sort_values("ordinal").to_dict("records")
        for identifier, mine in statements.groupby("discrepancy", sort=False)
    }
    return _table(
        voice(lambda translate: translate("Where sources disagree")),
        [
            (voice(lambda translate: translate("Point")), 28),
            (voice(lambda translate: translate("Statements")), 50),
            (voice(lambda translate: translate("What the atlas uses")), 32),
        ],
        (
            (
                row["id"],
                (
                    voice(lambda translate: f"{translate.text(row, 'title')} ({wording.discrepancy_states(translate)[row['status']]})"),
                    voice(lambda translate: "\n".join(f"– {translate.text(one, 'statement')}" for one in said[row["id"]])),
                    voice(lambda translate: translate.text(row, "used")),
                ),
                tuple(dict.fromkeys(source for one in said[row["id"]] for source in one["sources"])),
            )
            for row in rows.to_dict("records")
        ),
    )  # fmt: skip


def of_pair(atlas: Atlas, twinning: str, voice: Voice, on: str) -> Table:
    """What is known of one twinning, a line a fact."""
    row = atlas.twinnings.loc[twinning].to_dict()
    heads = {
        "VN": voice(lambda translate: translate("Vietnamese side")),
        "CN": voice(lambda translate: translate("Chinese side")),
    }
    order = ("CN", "VN") if voice.first.language == "zh" else ("VN", "CN")
    members = atlas.members[twinning]
    facts = [
        (
            heads[side],
            "\n".join(voice(lambda translate: _member(atlas, one, translate)) for one in members if one["side"] == side),
        )
        for side in order
    ]
    facts += [
        (voice(lambda translate: translate("Level")), voice(lambda translate: maps.level_names(translate)[row["level"]])),
        (voice(lambda translate: translate("Signed")), voice(lambda translate: translate.date(row["signed_on"]))),
        (
            voice(lambda translate: translate("Renewed")),
            voice(lambda translate: row["renewed_on"] and translate.date(row["renewed_on"])),
        ),
        (
            voice(lambda translate: translate("Agreement")),
            voice(
                lambda translate: row["agreement"]
                and translate.text(atlas.table("agreements").loc[row["agreement"]], "title")
            ),
        ),
        (voice(lambda translate: translate("Status")), voice(lambda translate: cards.statuses(translate)[row["status"]])),
        (
            voice(lambda translate: translate("Last confirmed")),
            voice(lambda translate: row["last_confirmed"] and translate.date(row["last_confirmed"])),
        ),
        (
            voice(lambda translate: translate("Units that no longer exist")),
            "\n".join(voice(lambda translate: _ended(atlas, place, translate)) for place in ended(atlas, row, on)),
        ),
        (voice(lambda translate: translate("Confidence")), voice(lambda translate: cards.confidences(translate)[row["confidence"]])),
        (voice(lambda translate: translate("Note")), voice(lambda translate: translate.text(row, "note"))),
    ]  # fmt: skip
    columns = [(voice(lambda translate: translate("Field")), 30), (voice(lambda translate: translate("Content")), 70)]
    title = voice(lambda translate: maps.title(atlas, row, translate.language))
    return _table(title, columns, ((twinning, fact, row["sources"]) for fact in facts if fact[1]))


def _member(atlas: Atlas, member: dict, translate: Translator) -> str:
    place = atlas.places.full_name(member["place"], translate.language)
    organisation = member[f"organisation_{translate.language}"]
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


def key_numbers(atlas: Atlas, rows: dict[str, pd.DataFrame], voice: Voice) -> list[tuple[str, str]]:
    """Label and number of what a selection holds.

    :param rows: see :func:`atlas.exports.tables.selected`.
    """
    twinnings = rows["twinnings"][rows["twinnings"]["level"] != "border_gate"]
    members = atlas.table("twinning_members")
    localities = members[members["twinning"].isin(twinnings.index)]["place"].nunique()
    return [
        (voice(lambda translate: translate("Twinnings")), voice(lambda translate: translate.number(len(twinnings)))),
        (voice(lambda translate: translate("Localities in them")), voice(lambda translate: translate.number(localities))),
        (voice(lambda translate: translate("Agreements")), voice(lambda translate: translate.number(len(rows["agreements"])))),
        (voice(lambda translate: translate("Meetings and courses")), voice(lambda translate: translate.number(len(rows["events"])))),
        (voice(lambda translate: translate("Figures")), voice(lambda translate: translate.number(len(rows["figures"])))),
        (voice(lambda translate: translate("Sources")), voice(lambda translate: translate.number(len(rows["sources"])))),
    ]  # fmt: skip


def years(rows: pd.DataFrame) -> list[tuple[int, int]]:
    """How many of the events that were held fall into each year from the first to the last; those without a date are left out."""
    dated = rows[(rows["status"] == "held") & rows["date_from"].notna()]
    count = dated["date_from"].str[:4].astype(int).value_counts()
    return [(year, int(count.get(year, 0))) for year in range(count.index.min(), count.index.max() + 1)] if len(count) else []


def comparable(rows: pd.DataFrame) -> pd.DataFrame:
    """The figures that one axis can show: those of the unit that most of them have, with a number, without the parts of others."""
    known = rows[rows["value"].notna() & rows["part_of"].isna() & ~rows["measure"].isin(("kilometres", "other"))]
    if known.empty:
        return known
    sizes = known.groupby(["measure", "rate"], sort=True).size()
    measure, rate = sizes.idxmax()
    return known[(known["measure"] == measure) & (known["rate"] == rate)]


def source(atlas: Atlas, identifier: str, translate: Translator) -> str:
    """One source in one line, with its address unless it is a copy of somebody else's page."""
    row = atlas.table("sources").loc[identifier]
    published = row["published"] and translate.date(row["published"])
    address = row["url"] if row["kind"] not in cards.UNLINKED else translate("copy on another site, not linked")
    return ". ".join(part for part in (row["title"], row["publisher"], published, address) if part)


def cited(tables: Iterable[Table]) -> list[str]:
    """The ids of the sources of all rows of tables, each once, in the order of their first use."""
    return list(dict.fromkeys(source for table in tables for sources in table.sources for source in sources))


def on(atlas: Atlas, selection: Selection) -> str:
    """The day of :func:`atlas.exports.tables.day`."""
    return day(atlas, selection)


def next_meetings(atlas: Atlas, rows: pd.DataFrame, voice: Voice, on: str) -> list[str]:
    """The announced sessions that may lie ahead on a day, one a line."""
    ahead = meetings.announced(rows, bounds(on)[0])
    return [voice(lambda translate: f"{translate.text(row, 'title')}: {words.event_date(row, translate)}") for row in ahead]
