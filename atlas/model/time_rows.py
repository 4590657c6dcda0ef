"""What two days or two periods are compared by: what was there by a day, what lies in a period, what came between.

Twinnings that are only planned are left out.
"""

from collections.abc import Callable, Iterable
from datetime import date, timedelta

import pandas as pd

from atlas.model import standing
from atlas.model.atlas import LEVELS, Atlas
from atlas.model.compared import NO_SOURCE, Comparison, Key, Section, Value, section
from atlas.model.figure_rows import by_definition, in_order
from atlas.model.periods import Period
from atlas.model.selection import Selection
from atlas.model.sides import Side
from atlas.records.dates import bounds

OPEN = ("agreed", "planned")  # states of what was not signed or held, as far as is known
TERMS = ("in_force", "no_end", "ended", "agreed", "planned")
UNITS = ("province", "district", "commune")
Rows = dict[str, pd.DataFrame]
Parts = tuple[tuple[Section, ...], tuple[Section, ...]]  # those of both sides, and what came between
Decide = Callable[[dict], bool | None]  # whether a record counts; None where its date leaves it open


def compare(atlas: Atlas, a: Side, b: Side, selection: Selection) -> Comparison:
    """Two days or two periods; the selection has no day and no years of its own."""
    twinnings = selection.twinnings(atlas)
    rows = {"twinnings": twinnings[twinnings["status"] != "planned"]} | {
        name: selection.records(atlas, name) for name in ("agreements", "events", "figures")
    }
    undated = {name: tuple(table.index[table["first"].isna() & table["last"].isna()]) for name, table in rows.items()}
    make = _of_days if a.kind == "day" else _of_periods
    sections, between = make(atlas, rows, selection, a, b)
    return Comparison(
        a, b, _filled(sections), {}, {name: ids for name, ids in undated.items() if ids}, _filled(between)
    )


def _of_days(atlas: Atlas, rows: Rows, selection: Selection, a: Side, b: Side) -> Parts:
    sections = (
        _standing(atlas, rows["twinnings"], a, b),
        _units(atlas, selection, a, b),
        _signed_by(rows["agreements"], a, b),
        _by(atlas, rows["events"], "events", "kind", "event", a, b),
    )
    first, last = sorted((a.day, b.day))
    span = Period("", first + timedelta(days=1), last) if first < last else None
    return sections, _between(atlas, rows, selection, span) if span else ()


def _of_periods(atlas: Atlas, rows: Rows, selection: Selection, a: Side, b: Side) -> Parts:
    sections = (
        _by(atlas, rows["twinnings"], "twinnings", "level", "twinning", a, b),
        _by(atlas, rows["agreements"], "agreements", "subject", "agreement", a, b),
        _by(atlas, rows["events"], "events", "kind", "event", a, b),
        *_figures(atlas, rows["figures"], a.period, b.period),
    )
    return sections, ()


def _filled(sections: Iterable[Section]) -> tuple[Section, ...]:
    return tuple(one for one in sections if one.rows)


def counted(rows: Iterable[dict], name: Callable[[dict], str], decide: Decide) -> dict[Key, Value]:
    """The ids of records by a name, those that count for certain and those that may."""
    found: dict[str, tuple[list[str], list[str]]] = {}
    for row in rows:
        decided = decide(row)
        if decided is not False:
            found.setdefault(name(row), ([], []))[decided is None].append(row["id"])
    return {(one,): Value(tuple(certain), tuple(possible)) for one, (certain, possible) in found.items()}


def _happens(period: Period) -> Decide:
    """Whether a record was signed or held in a period."""
    return lambda row: period.holds(row["signed_on"] if "signed_on" in row else row["first"])


def _by(atlas: Atlas, rows: pd.DataFrame, table: str, column: str, record: str, a: Side, b: Side) -> Section:
    """Records by what they have in a column; those that did not come about yet have rows of their own."""
    one, other = (_happened(rows.to_dict("records"), column, _happens(side.period)) for side in (a, b))
    names = atlas.schema.tables[table].field(column).categories
    return section(table, "count", record, one, other, ("all", *names, *OPEN))


def _happened(records: list[dict], column: str, decide: Decide) -> dict[Key, Value]:
    named = counted(records, lambda row: row["status"] if row["status"] in OPEN else row[column], decide)
    return {("all",): _whole(records, decide)} | named


def _whole(records: list[dict], decide: Decide) -> Value:
    """All that came about."""
    done = (row for row in records if row["status"] not in OPEN)
    return counted(done, lambda row: "all", decide).get(("all",), Value())


def _standing(atlas: Atlas, rows: pd.DataFrame, a: Side, b: Side) -> Section:
    """The twinnings that stood on each day; where the day of signature is not known, they are said to be so."""
    one, other = (_twinnings_on(atlas, rows.to_dict("records"), side.day) for side in (a, b))
    return section("standing", "count", "twinning", one, other, ("all", *LEVELS, "undated", "lost"))


def _twinnings_on(atlas: Atlas, rows: list[dict], day: date) -> dict[Key, Value]:
    by = Period("", date.min, day)
    dated = [row for row in rows if row["signed_on"]]
    lost = [row for row in rows if _possible(row, by) and standing.standing(atlas, row, day).ended]
    return {
        ("all",): counted(dated, lambda row: "all", lambda row: by.holds(row["since"])).get(("all",), Value()),
        **counted(dated, lambda row: row["level"], lambda row: by.holds(row["since"])),
        ("undated",): Value(tuple(row["id"] for row in rows if not row["signed_on"] and _possible(row, by))),
        ("lost",): Value(tuple(row["id"] for row in lost)),
    }


def _possible(row: dict, by: Period) -> bool:
    """Whether a twinning may have stood by a day: before a unit of its own began, it did not."""
    return pd.isna(row["since"]) or by.holds(row["since"]) is not False


def _units(atlas: Atlas, selection: Selection, a: Side, b: Side) -> Section:
    units = _vietnamese(atlas, selection)
    one, other = (_existing(atlas, units, side.day) for side in (a, b))
    return section("units", "count", "place", one, other, UNITS)


def _existing(atlas: Atlas, units: list[dict], day: date) -> dict[Key, Value]:
    return counted(units, lambda row: row["kind"], lambda row: atlas.places.exists(row["id"], day))


def _vietnamese(atlas: Atlas, selection: Selection) -> list[dict]:
    """The Vietnamese units of the provinces selected, of all without any."""
    places = atlas.table("places")
    rows = places[(places["country"] == "VN") & places["kind"].isin(UNITS)].to_dict("records")
    wanted = set(selection.province)
    return [row for row in rows if not wanted or not atlas.places.slugs([row["id"]]).isdisjoint(wanted)]


def _signed_by(rows: pd.DataFrame, a: Side, b: Side) -> Section:
    """The agreements that were signed by each day, by whether their stated term ran then."""
    one, other = (_terms_on(rows.to_dict("records"), side.day) for side in (a, b))
    return section("agreements", "count", "agreement", one, other, ("all", *TERMS))


def _terms_on(rows: list[dict], day: date) -> dict[Key, Value]:
    by = Period("", date.min, day)

    def signed(row: dict) -> bool | None:
        return by.holds(row["signed_on"])

    return {("all",): _whole(rows, signed)} | counted(rows, lambda row: term(row, day), signed)


def by_term(rows: pd.DataFrame, day: date) -> dict[Key, Value]:
    """Agreements by whether their stated term runs on a day; a term until "2027" has ended when the whole year has."""
    found: dict[Key, list[str]] = {}
    for row in rows.to_dict("records"):
        found.setdefault((term(row, day),), []).append(row["id"])
    return {key: Value(tuple(ids)) for key, ids in found.items()}


def term(row: dict, day: date) -> str:
    """How an agreement stands on a day, one of :data:`TERMS`."""
    if row["status"] != "signed":
        return row["status"]
    if row["valid_until"] is None:
        return "no_end"
    return "in_force" if bounds(row["valid_until"])[1] >= day else "ended"


def _figures(atlas: Atlas, rows: pd.DataFrame, a: Period, b: Period) -> tuple[Section, ...]:
    """How many figures lie in each period, by programme and by how exact they are; and the figures themselves."""
    records = rows.to_dict("records")
    fields = atlas.schema.tables["figures"]
    made = []
    for name, column in (("programmes", "programme"), ("exactness", "qualifier")):
        one, other = (_lying_in(records, column, period) for period in (a, b))
        made.append(section(name, "count", "figure", one, other, fields.field(column).categories))
    longer, other = (_longer(records, period) for period in (a, b))
    inside, others = (
        by_definition(atlas, rows.loc[[row["id"] for row in records if counts_in(row, period) is True]])
        for period in (a, b)
    )
    return (
        *made,
        section("longer", "count", "figure", longer, other, ("longer",)),
        section("figures", "figures", "figure", inside, others, in_order(atlas), Value(reason=NO_SOURCE)),
    )


def _lying_in(records: list[dict], column: str, period: Period) -> dict[Key, Value]:
    return counted(records, lambda row: row[column], lambda row: counts_in(row, period))


def _longer(records: list[dict], period: Period) -> dict[Key, Value]:
    """The figures that count over a time which reaches into the period and beyond it."""
    found = tuple(
        row["id"] for row in records if (span := _time(row)) and period.touches(*span) and not period.spans(*span)
    )
    return {("longer",): Value(found)} if found else {}


def counts_in(row: dict, period: Period) -> bool | None:
    """Whether what a figure counts lies in a period: its own time, or the day as of which it is stated."""
    if span := _time(row):
        return period.spans(*span)
    return False if row["cumulative"] else period.holds(row["as_of"])


def _time(row: dict) -> tuple[date, date] | None:
    """The days over which a figure counts, on without an end where none is known; None where it stands for one day."""
    if not row["period_from"]:
        return bounds(row["period_to"]) if row["period_to"] and not row["cumulative"] else None
    first, last = bounds(row["period_from"]), row["period_to"] or row["as_of"]
    return first[0], max(first[1], bounds(last)[1]) if last else date.max


def _between(atlas: Atlas, rows: Rows, selection: Selection, span: Period) -> tuple[Section, ...]:
    """What came between two days: signed, held, begun and ended."""
    found = []
    for name, record in (("twinnings", "twinning"), ("agreements", "agreement"), ("events", "event")):
        listed = [row for row in rows[name].to_dict("records") if row["status"] not in OPEN]
        listed.sort(key=lambda row: row["first"] or "")
        value = counted(listed, lambda row: "between", _happens(span))
        found.append(section(name, "count", record, value, value, ("between",)))
    units = _vietnamese(atlas, selection)
    day = timedelta(days=1)
    # a unit ends with its last day: what it became begins on the next
    last = Period("", span.first - day, span.last - day)
    ended = counted(units, lambda row: f"{row['kind']}_ended", lambda row: last.holds(row["valid_until"]))
    begun = counted(units, lambda row: f"{row['kind']}_begun", lambda row: span.holds(row["valid_from"]))
    order = [f"{kind}_{what}" for kind in UNITS for what in ("ended", "begun")]
    return (*found, section("units", "count", "place", ended | begun, ended | begun, order))
