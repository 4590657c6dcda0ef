"""The hard rules: what must hold for the tables to be used.

Every rule takes the tables of text and yields what breaks it: table, line, column, value and what
was expected. What would need a table that could not be read is left out.
"""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import pairwise

import pandas as pd

from atlas import nearest
from atlas.records import cells, contradictions, promises
from atlas.records.counts import counted
from atlas.records.lines import ALWAYS, Breach, Span, cells_of, days, lines, listed, number
from atlas.records.loading import FALSE, TRUE, Tables, items
from atlas.records.said import Said, said

Rule = Callable[[Tables], Iterator[Breach]]

ORDERED_DATES = (
    ("places", "valid_from", "valid_until"),
    ("twinnings", "signed_on", "renewed_on"),
    ("twinnings", "signed_on", "last_confirmed"),
    ("agreements", "signed_on", "valid_until"),
    ("agreements", "valid_from", "valid_until"),
    ("events", "date_from", "date_to"),
    ("figures", "period_from", "period_to"),
    ("series_members", "since", "until"),
)

# The first column says nothing without the second.
COMPANIONS = (
    ("places", "lat", "lon"),
    ("places", "lon", "lat"),
    ("places", "lat", "coordinate_source"),
    ("places", "lat", "coordinate_precision"),
    ("places", "coordinate_source", "lat"),
    ("places", "coordinate_precision", "lat"),
    ("agreements", "valid_until_inferred", "valid_until"),
    ("agreements", "valid_until_inferred", "term"),
    ("places", "name_zh", "name_zh_basis"),
    ("places", "name_zh_basis", "name_zh"),
    ("places", "name_zh_sources", "name_zh"),
    ("places", "name_zh_variants", "name_zh"),
    ("events", "ordinal", "series"),
    ("events", "ordinal_inferred", "ordinal"),
    ("events", "date_to", "date_from"),
    ("events", "date_inferred", "date_from"),
    ("figures", "as_of_inferred", "as_of"),
)

CHAINS = (
    ("places", "id", "parent", said("a parent that does not lie in this place itself")),
    ("successions", "predecessor", "successor", said("a successor that does not lead back to the predecessor")),
    ("events", "id", "held_with", said("a meeting that is not held with this one itself")),
    ("figures", "id", "part_of", said("a total that is not part of this figure itself")),
)

COUNTRIES = (
    ("totals", "place", "VN"),
    ("totals", "counterpart", "CN"),
    ("agreements", "vn_places", "VN"),
    ("agreements", "cn_places", "CN"),
    ("events", "vn_places", "VN"),
    ("events", "cn_places", "CN"),
)


# for whom records may be that go into no paper for both sides
_NOT_BOTH = said("{one} or {other}", one="own", other="none")

MOST_LOOKED_UP = 20  # wrong ids of a column for which the nearest is named, since each is compared with all


def single_cells(tables: Tables) -> Iterator[Breach]:
    """Every cell is right by itself (see `atlas.records.cells`)."""
    for name, frame in tables.items():
        table = tables.package.tables[name]
        names = table.names
        for field in table.fields:
            texts = frame[field.name]
            wrong = {
                text: expected
                for text in texts.unique()
                if (expected := cells.expected(field, text, field.name in names))
            }
            if wrong:
                for row, text in texts[texts.isin(wrong)].items():
                    yield name, row, field.name, text, wrong[text]


def keys(tables: Tables) -> Iterator[Breach]:
    """Unique columns and primary keys hold each value once."""
    for name, frame in tables.items():
        table = tables.package.tables[name]
        unique = {(field.name,) for field in table.fields if field.unique} | {table.primary_key}
        for columns in sorted(unique):
            values = pd.Series(list(cells_of(frame, *columns)), index=frame.index, dtype=object)
            repeated = values[values.duplicated()]
            earliest = values[values.isin(repeated) & ~values.duplicated()]
            first = dict(zip(earliest, earliest.index))
            for row, value in repeated.items():
                expected = said("a value used once; line {line} has it", line=first[value])
                yield name, row, ", ".join(columns), ", ".join(value), expected


def slugs(tables: Tables) -> Iterator[Breach]:
    """Two places have the same slug only one after the other."""
    places = tables["places"]
    shared = places[(places["slug"] != "") & places.duplicated("slug", keep=False)]
    for slug, rows in shared.groupby("slug"):
        spans = sorted(
            (days(start)[0], days(end)[1], row) for row, (start, end) in lines(rows, "valid_from", "valid_until")
        )
        for (_, ended, _), (begun, _, row) in pairwise(spans):
            if begun <= ended:
                yield "places", row, "slug", slug, said("a slug that no other place has at that time")


def references(tables: Tables) -> Iterator[Breach]:
    """Whatever is referred to exists."""
    for name in tables:
        for field in tables.package.tables[name].fields:
            if field.references and field.references in tables:
                known = set(tables[field.references]["id"])
                wrong = [(row, item) for row, item in listed(tables, name, field.name) if item and item not in known]
                looked_up = {item for _, item in wrong[:MOST_LOOKED_UP]}
                near = {item: nearest(item, known) for item in looked_up}
                expected = said("an id in {file}", file=tables.package.tables[field.references].key)
                for row, item in wrong:
                    yield name, row, field.name, item, cells.or_near(expected, near.get(item))


def orders(tables: Tables) -> Iterator[Breach]:
    """No end before its start, as far as partial dates tell."""
    for name, start, end in ORDERED_DATES:
        for row, (first, last) in lines(tables[name], start, end):
            if days(first)[0] > days(last)[1]:
                column = tables.package.tables[name].field(start).key
                yield name, row, end, last, said("{column} ({day}) or later", column=column, day=first)


def companions(tables: Tables) -> Iterator[Breach]:
    """No half of a pair: a latitude without longitude, a position without source, a flag without its value."""
    for name, column, needed in COMPANIONS:
        nothing = ("", *FALSE) if column.endswith("_inferred") else ("",)
        for row, (value, companion) in lines(tables[name], column, needed):
            if value not in nothing and not companion:
                beside = tables.package.tables[name].field(needed).key
                yield name, row, column, value, said("a value of {column} beside it", column=beside)


def quantities(tables: Tables) -> Iterator[Breach]:
    """value, value_max and qualifier agree."""
    for name in ("figures", "totals"):
        for row, (value, upper, qualifier) in lines(tables[name], "value", "value_max", "qualifier"):
            if qualifier == "not_stated" and value:
                expected = said("no value where the qualifier is {qualifier}", qualifier=qualifier)
                yield name, row, "value", value, expected
            if qualifier != "not_stated" and not value:
                yield name, row, "value", value, said("a value where the qualifier is {qualifier}", qualifier=qualifier)
            if qualifier != "range" and upper:
                expected = said("no upper value unless the qualifier is {qualifier}", qualifier="range")
                yield name, row, "value_max", upper, expected
            if qualifier == "range" and not upper:
                yield name, row, "value_max", upper, said("the upper end of the range")
            if qualifier == "range" and value and upper and number(value) >= number(upper):
                yield name, row, "value_max", upper, said("more than {column} ({value})", column="value", value=value)


def wholes(tables: Tables) -> Iterator[Breach]:
    """Nothing is counted more often than it exists."""
    for row, (value, whole) in lines(tables["totals"], "value", "out_of"):
        if value and whole and number(value) > number(whole):
            yield "totals", row, "out_of", whole, said("{column} ({value}) or more", column="value", value=value)


def cycles(tables: Tables) -> Iterator[Breach]:
    """No place lies in itself or succeeds itself, no figure counts itself, over however many steps."""
    for name, start, end, expected in CHAINS:
        links = tables[name][[start, end]]
        links = links[(links[start] != "") & (links[end] != "")]
        while True:
            # Whatever has a loose end lies on no cycle; what remains in the end does.
            closed = links[links[start].isin(links[end]) & links[end].isin(links[start])]
            if len(closed) == len(links):
                break
            links = closed
        for row, value in links[end].items():
            yield name, row, end, value, expected


def validity(tables: Tables) -> Iterator[Breach]:
    """No unit is used at a time when it did not exist, as far as partial dates tell."""
    places = cells_of(tables["places"], "id", "valid_from", "valid_until")
    lives = {place: _between(start, end) for place, start, end in places}
    for name, column, row, place, (first, last) in _dated_uses(tables):
        start, end = lives.get(place, ALWAYS)
        if first > end or last < start:
            yield name, row, column, place, _that_existed(start, end)


def _that_existed(start: date, end: date) -> Said:
    if start > date.min and end < date.max:
        return said("a unit that existed then; this one is valid from {start} until {end}", start=start, end=end)
    if start > date.min:
        return said("a unit that existed then; this one is valid from {start}", start=start)
    return said("a unit that existed then; this one is valid until {end}", end=end)


def _dated_uses(tables: Tables) -> Iterator[tuple[str, str, int, str, Span]]:
    """Table, column, line and place of every dated use of a unit, with the days that it can mean."""
    signed = {twinning: days(day) for twinning, day in cells_of(tables["twinnings"], "id", "signed_on")}
    for name, columns, dates, span in (
        ("places", ["parent"], ["valid_from", "valid_until"], _between),
        ("successions", ["predecessor"], ["effective_on"], _eve),
        ("successions", ["successor"], ["effective_on"], days),
        ("twinning_members", ["place"], ["twinning"], lambda twinning: signed.get(twinning, ALWAYS)),
        ("agreements", ["vn_places", "cn_places", "place"], ["signed_on"], days),
        ("events", ["vn_places", "cn_places", "place", "route"], ["date_from", "date_to"], _held),
        ("series_members", ["place"], ["since", "until"], _between),
        (
            "figures",
            ["origin", "destination", "provider_places", "institutions"],
            ["period_from", "period_to", "as_of", "cumulative"],
            _counted,
        ),
    ):
        spans = {row: span(*values) for row, values in lines(tables[name], *dates)}
        for column in columns:
            for row, place in listed(tables, name, column):
                yield name, column, row, place, spans[row]


def _between(start: str, end: str) -> Span:
    return days(start)[0], days(end)[1]


def _held(start: str, end: str) -> Span:
    return _between(start, end or start)


def _eve(day: str) -> Span:
    """The day before the one on which a unit was succeeded, and that one."""
    first, last = days(day)
    return (first - timedelta(days=1) if first > date.min else first), last


def _counted(start: str, end: str, stated: str, cumulative: str) -> Span:
    """Days that a figure speaks of: its period, or what lies before its date, or that date alone."""
    if start or end:
        return _between(start, end or stated)
    first, last = days(stated)
    return (date.min if cumulative in TRUE else first), last


def sides(tables: Tables) -> Iterator[Breach]:
    """Both sides of a twinning have members, and every place stands on its country's side."""
    if "twinning_members" in tables:
        members = set(cells_of(tables["twinning_members"], "twinning", "side"))
        for row, twinning in tables["twinnings"]["id"].items():
            missing = [side for side in ("VN", "CN") if (twinning, side) not in members]
            if missing:
                side = said("{one} and {other}", one="VN", other="CN") if len(missing) > 1 else missing[0]
                expected = said(
                    "members of {side} in {file}", side=side, file=tables.package.tables["twinning_members"].key
                )
                yield "twinnings", row, "id", twinning, expected
    countries: dict[str, str] = dict(zip(tables["places"]["id"], tables["places"]["country"]))
    for row, (side, place) in lines(tables["twinning_members"], "side", "place"):
        if countries.get(place, side) != side:
            yield "twinning_members", row, "side", side, said("the country of {place}", place=place)
    for row, (country, parent) in lines(tables["places"], "country", "parent"):
        if countries.get(parent, country) != country:
            yield "places", row, "parent", parent, said("a place of {country}", country=country)
    for name, column, country in COUNTRIES:
        for row, place in listed(tables, name, column):
            if countries.get(place, country) != country:
                yield name, row, column, place, said("places of {country} only", country=country)


def languages(tables: Tables) -> Iterator[Breach]:
    """A text stands in all three languages or in none; a place has a name."""
    for name, frame in tables.items():
        for columns in tables.package.tables[name].texts:
            for row, given in lines(frame, *columns):
                if any(given) and not all(given):
                    for column, text in zip(columns, given):
                        if not text:
                            yield name, row, column, "", said("this text in all three languages or in none")
    for row, (place, *names) in lines(tables["places"], "id", "name_vi", "name_zh", "name_en"):
        if not any(names):
            yield "places", row, "id", place, said("a name in at least one language")


def chinese_names(tables: Tables) -> Iterator[Breach]:
    """An attested name has a source; another form is another one."""
    columns = ("name_zh", "name_zh_basis", "name_zh_sources", "name_zh_variants")
    variants = tables.package.tables["places"].field("name_zh_variants")
    for row, (name, basis, sources, others) in lines(tables["places"], *columns):
        if basis == "attested" and not sources:
            yield "places", row, "name_zh_sources", "", said("a source that prints this name, since it is attested")
        if basis == "not_stated" and sources:
            expected = said("{one} or {other} where sources are named", one="attested", other="proposed")
            yield "places", row, "name_zh_basis", basis, expected
        if name and name in items(variants, others):
            yield "places", row, "name_zh_variants", others, said("other forms than {name}", name=name)


def statements(tables: Tables) -> Iterator[Breach]:
    """A discrepancy has at least two statements."""
    if "discrepancy_statements" in tables:
        counts = tables["discrepancy_statements"]["discrepancy"].value_counts()
        for row, discrepancy in tables["discrepancies"]["id"].items():
            if counts.get(discrepancy, 0) < 2:
                expected = said(
                    "two statements or more in {file}", file=tables.package.tables["discrepancy_statements"].key
                )
                yield "discrepancies", row, "id", discrepancy, expected


def releases(tables: Tables) -> Iterator[Breach]:
    """What is only a lead, counts people who crossed in breach of the rules, or is disputed goes into no paper for both sides."""
    for name in ("events", "figures"):
        for row, (release, confidence) in lines(tables[name], "release", "confidence"):
            if release == "both" and confidence == "low":
                yield name, row, "release", release, said("{allowed} for a record of low confidence", allowed=_NOT_BOTH)
    for row, (release, programme) in lines(tables["figures"], "release", "programme"):
        if release == "both" and programme == "other":
            expected = said(
                "{allowed} for a figure of the programme {programme}", allowed=_NOT_BOTH, programme=programme
            )
            yield "figures", row, "release", release, expected
    for row, release in tables["discrepancies"]["release"].items():
        if release == "both":
            yield "discrepancies", row, "release", release, said("{allowed} for a discrepancy", allowed=_NOT_BOTH)


def counts(tables: Tables) -> Iterator[Breach]:
    """No table and no key column has lost rows or cells that it had."""
    for name, column, count, found in counted(tables.package, tables):
        if found < count.floor:
            values = {"least": count.floor, "found": found}
            expected = (
                said("at least {least:,} filled cells, found {found:,}", **values)
                if column
                else said("at least {least:,} rows, found {found:,}", **values)
            )
            yield name, None, column, None, expected


RULES: tuple[Rule, ...] = (
    single_cells,
    keys,
    slugs,
    references,
    orders,
    companions,
    quantities,
    wholes,
    cycles,
    validity,
    sides,
    languages,
    chinese_names,
    statements,
    releases,
    *promises.RULES,
    *contradictions.RULES,
    counts,
)
