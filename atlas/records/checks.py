"""The soft checks: what the tables may say but a person should look at.

Every check takes the records and yields its remarks: table, row (None for the table as a whole),
column, value and message. The name of the check, hyphenated, is the remark's kind. Ages are counted
to the package's version date, so that no result depends on the day.
"""

import json
import math
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import shapely
from pyproj import Geod

from atlas import DATA
from atlas.records import doubts, repeats
from atlas.records.checked import Found, Records
from atlas.records.counts import counted
from atlas.records.dates import bounds
from atlas.records.problems import Remark, in_file_order
from atlas.records.reading import read
from atlas.records.said import Said, said
from atlas.records.schema import schema

STALE_AFTER_YEARS = 5
# By how much a position may be wrong, after what is said of it; the areas of today's units are made, not surveyed.
PRECISION_KM = {"surveyed": 0, "point": 0, "about_500_m": 0.5, "about_2_km": 2, "parent": 0}
AREAS_WITHIN_KM = 3.5
FAR_FROM_PARENT_KM = {
    "township": 40,
    "commune": 40,
    "district": 60,
    "county": 80,
    "prefecture": 200,
    "province": 250,
    "region": 500,
}

# A record is dated by any of these columns.
DATES = {
    "twinnings": ["signed_on"],
    "agreements": ["signed_on"],
    "events": ["date_from"],
    "figures": ["period_from", "period_to", "as_of"],
    "totals": ["as_of"],
    "commitment_evidence": ["date"],
}

# A part belongs to the first breakdown in which it says more than its total.
BREAKDOWNS = ("outcome", "category", "destination", "origin", "fields", "institutions")

_EARTH = Geod(ellps="WGS84")
_HAN = re.compile("[\u3400-\u9fff]")


def check(folder: str | Path, layers: Path = DATA / "layers") -> list[Remark]:
    """All soft remarks on the tables in a folder, by file, row and column.

    `layers` is a folder of GeoJSON files (WGS-84) whose features carry the id of a place; positions
    are compared with the areas found there. Raises InvalidRecords if the tables are not valid.
    """
    return doubtful(Records(schema(folder), read(folder), areas(layers)))


def doubtful(records: Records) -> list[Remark]:
    """All soft remarks on valid records, by file, row (their position after a header) and column."""
    remarks = []
    for find in CHECKS:
        kind = find.__name__.replace("_", "-")
        for name, index, column, value, message in find(records):
            # The header is line 1, and valid tables have one line a row.
            row = None if index is None else index + 2
            remarks.append(Remark(kind, records.package.tables[name].file, row, column, value, message))
    return in_file_order(remarks)


def parts_and_totals(records: Records) -> Iterator[Found]:
    """Parts of a figure that exceed it, leave a rest, or count something else.

    A single part is no breakdown and may leave a rest.
    """
    figures = records.tables["figures"].set_index("id", drop=False)
    lines = dict(zip(figures.index, range(len(figures))))
    breakdowns = defaultdict(list)
    for _, part in figures[figures["part_of"].notna()].iterrows():
        total = figures.loc[part["part_of"]]
        if (part["measure"], part["rate"]) != (total["measure"], total["rate"]):
            yield "figures", lines[part["id"]], "part_of", total["id"], said("this total has another measure or rate")
        elif part["qualifier"] != "not_stated":
            breakdowns[total["id"], _breakdown(part, total)].append(part)
    for (name, breakdown), parts in breakdowns.items():
        total = figures.loc[name]
        least, most = (math.fsum(ends) for ends in zip(*map(_range, parts)))
        total_least, total_most = _range(total)
        if least > total_most:
            yield "figures", lines[name], "value", f"{total_most:g}", _more(breakdown, least)
        elif most < total_least and len(parts) > 1:
            yield "figures", lines[name], "value", f"{total_least:g}", _less(breakdown, most, total_least)


def _more(breakdown: str, parts: float) -> Said:
    if not breakdown:
        return said("its parts add up to more, {parts:g}", parts=parts)
    return said("its parts by {breakdown} add up to more, {parts:g}", breakdown=breakdown, parts=parts)


def _less(breakdown: str, parts: float, total: float) -> Said:
    if not breakdown:
        return said("its parts add up to {parts:g} of {total:g}", parts=parts, total=total)
    values = {"breakdown": breakdown, "parts": parts, "total": total}
    return said("its parts by {breakdown} add up to {parts:g} of {total:g}", **values)


def _breakdown(part: pd.Series, total: pd.Series) -> str:
    silent = (None, (), "all", total["category"])
    return next((by for by in BREAKDOWNS if part[by] not in silent and part[by] != total[by]), "")


def _range(figure: pd.Series) -> tuple[float, float]:
    """Least and most that a figure can mean; an approximate one binds neither end."""
    value = figure["value"]
    return {
        "exact": (value, value),
        "at_least": (value, math.inf),
        "range": (value, figure["value_max"]),
    }.get(figure["qualifier"], (0, math.inf))


def copies_only(records: Records) -> Iterator[Found]:
    """Records whose every source is a copy or a machine translation."""
    kinds = dict(zip(records.tables["sources"]["id"], records.tables["sources"]["kind"]))
    for name, frame in records.tables.items():
        if "sources" in frame:
            for index, sources in frame["sources"].items():
                if {kinds[source] for source in sources} <= {"mirror", "machine_translation"}:
                    message = said("rests on copies or machine translations only")
                    yield name, index, "sources", ";".join(sources), message


def undated(records: Records) -> Iterator[Found]:
    """Records without any date; papers not yet signed need none."""
    for name, columns in DATES.items():
        frame = records.tables[name]
        without = frame[columns].isna().all(axis="columns")
        if name == "agreements":
            without &= frame["status"] == "signed"
        dates = tuple(records.package.tables[name].field(column).key for column in columns)
        for index, identifier in frame.loc[without, "id"].items():
            yield name, index, "id", identifier, said("has no date ({columns})", columns=dates)


def stale(records: Records) -> Iterator[Found]:
    """Standing figures and totals stated long ago; what is said of a closed period does not age."""
    for name in ("figures", "totals"):
        frame = records.tables[name][records.tables[name]["as_of"].notna()]
        if name == "figures":
            frame = frame[frame["cumulative"] | frame["period_to"].isna()]
        for index, stated in frame["as_of"].items():
            age = (records.package.version - bounds(stated)[1]).days
            if age > STALE_AFTER_YEARS * 365.25:
                yield name, index, "as_of", stated, said("is more than {years} years old", years=STALE_AFTER_YEARS)


def positions(records: Records) -> Iterator[Found]:
    """Places that lie outside their parent's area or, where that is unknown, far from its position."""
    places = records.tables["places"]
    by_id = places.set_index("id")
    for index, place in places[places["lat"].notna() & places["parent"].notna()].iterrows():
        name = place["parent"]
        parent = by_id.loc[name]
        position = f"{place['lat']}, {place['lon']}"
        if name in records.areas:
            point = shapely.Point(place["lon"], place["lat"])
            lon, lat = shapely.shortest_line(records.areas[name], point).coords[0]
            distance = _kilometres((place["lon"], place["lat"]), (lon, lat))
            if distance > AREAS_WITHIN_KM + PRECISION_KM[place["coordinate_precision"]]:
                message = said("lies {km:.0f} km outside {place}", km=distance, place=name)
                yield "places", index, "lat, lon", position, message
        elif parent["kind"] in FAR_FROM_PARENT_KM and not math.isnan(parent["lat"]):
            distance = _kilometres((place["lon"], place["lat"]), (parent["lon"], parent["lat"]))
            if distance > FAR_FROM_PARENT_KM[parent["kind"]]:
                message = said("lies {km:.0f} km from the position of {place}", km=distance, place=name)
                yield "places", index, "lat, lon", position, message


def shared_crossings(records: Records) -> Iterator[Found]:
    """Crossings of the two sides of which one point is known: it is that of the pair, and of neither side alone."""
    places = records.tables["places"]
    gates = places[(places["kind"] == "border_gate") & places["lat"].notna()]
    for (lat, lon), pair in gates.groupby(["lat", "lon"], sort=False):
        if pair["country"].nunique() > 1:
            message = said("is one point for this crossing and {others}", others=tuple(pair["id"].iloc[1:]))
            yield "places", pair.index[0], "lat, lon", f"{lat}, {lon}", message


def across_the_border(records: Records) -> Iterator[Found]:
    """Places that lie on the land of the other country."""
    places = records.tables["places"]
    for country, other in (("VN", "CN"), ("CN", "VN")):
        own, foreign = (records.areas.get(f"{side.lower()}-land") for side in (country, other))
        if own is None or foreign is None:
            continue
        placed = places[places["lat"].notna() & (places["country"] == country)]
        outside = placed[shapely.contains_xy(foreign, placed["lon"], placed["lat"])]
        for index, place in outside.iterrows():
            lon, lat = shapely.shortest_line(own, shapely.Point(place["lon"], place["lat"])).coords[0]
            distance = _kilometres((place["lon"], place["lat"]), (lon, lat))
            if distance > AREAS_WITHIN_KM + PRECISION_KM[place["coordinate_precision"]]:
                position = f"{place['lat']}, {place['lon']}"
                message = said("lies {km:.0f} km inside {country}", km=distance, country=other)
                yield "places", index, "lat, lon", position, message


def _kilometres(start: tuple[float, float], end: tuple[float, float]) -> float:
    return _EARTH.inv(*start, *end)[2] / 1000


def ended_without_succession(records: Records) -> Iterator[Found]:
    """Units that ended and of which nothing says what took their place."""
    places = records.tables["places"]
    ended = places["valid_until"].notna() & ~places["id"].isin(records.tables["successions"]["predecessor"])
    for index, place in places.loc[ended, "id"].items():
        yield "places", index, "id", place, said("ended, and no succession says what followed")


def members_without_position(records: Records) -> Iterator[Found]:
    """Twinned localities that the map cannot show."""
    places, members = records.tables["places"], records.tables["twinning_members"]
    unplaced = places.loc[places["lat"].isna(), "id"]
    for index, place in members.loc[members["place"].isin(unplaced), "place"].items():
        yield "twinning_members", index, "place", place, said("has no coordinates")


def low_confidence(records: Records) -> Iterator[Found]:
    """Records that are no more than a lead."""
    for name, frame in records.tables.items():
        if "confidence" in frame:
            for index, identifier in frame.loc[frame["confidence"] == "low", "id"].items():
                yield name, index, "id", identifier, said("has low confidence")


def sessions(records: Records) -> Iterator[Found]:
    """Sessions of a series without a record, and numbers that two records claim."""
    events = records.tables["events"]
    events = events[events["series"].notna() & events["ordinal"].notna()]
    for series, numbered in events.groupby("series"):
        known = set(numbered["ordinal"])
        missing = tuple(str(number) for number in range(1, max(known)) if number not in known)
        if missing:
            yield "events", None, "ordinal", series, said("no record of session {numbers}", numbers=missing)
    for index, event in events[events.duplicated(["series", "ordinal"])].iterrows():
        message = said("another record is this session of {series} too", series=event["series"])
        yield "events", index, "ordinal", str(event["ordinal"]), message


def chinese_texts(records: Records) -> Iterator[Found]:
    """Texts meant to be Chinese without a Chinese character."""
    for name, table in records.package.tables.items():
        for column in (column for columns in table.texts for column in columns if column.endswith("_zh")):
            for index, text in records.tables[name][column].dropna().items():
                if not _HAN.search(text):
                    yield name, index, column, text, said("has no Chinese character")


def overdue(records: Records) -> Iterator[Found]:
    """Commitments that were due by the version of the records and of which no evidence was found."""
    rows = records.tables["commitments"]
    silent = rows["due"].notna() & ~rows["id"].isin(records.tables["commitment_evidence"]["commitment"])
    for index, due in rows.loc[silent, "due"].items():
        if bounds(due)[1] < records.package.version:
            yield "commitments", index, "due", due, said("was due, and no evidence was found")


def names_without_source(records: Records) -> Iterator[Found]:
    """Chinese names that are in use, though nothing says where they were read."""
    places = records.tables["places"]
    for index, name in places.loc[places["name_zh_basis"] == "not_stated", "name_zh"].items():
        yield "places", index, "name_zh", name, said("has no source that prints it")


def more_than_expected(records: Records) -> Iterator[Found]:
    """Tables and columns that have grown beyond their ceiling, as they do when rows are repeated."""
    for name, column, count, found in counted(records.package, records.tables):
        if found > count.ceiling:
            values = {"found": found, "ceiling": count.ceiling}
            message = (
                said("filled cells: {found:,}, more than the ceiling of {ceiling:,}", **values)
                if column
                else said("rows: {found:,}, more than the ceiling of {ceiling:,}", **values)
            )
            yield name, None, column, None, message


def uncited_sources(records: Records) -> Iterator[Found]:
    """Sources that no record rests on."""
    cited: set[str] = set()
    for name, table in records.package.tables.items():
        for field in table.fields:
            if field.references == "sources":
                column = records.tables[name][field.name]
                cited.update(column.explode().dropna() if field.many else column.dropna())
    sources = records.tables["sources"]["id"]
    for index, source in sources[~sources.isin(cited)].items():
        yield "sources", index, "id", source, said("is cited by no record")


CHECKS = (
    parts_and_totals,
    copies_only,
    undated,
    stale,
    positions,
    shared_crossings,
    across_the_border,
    ended_without_succession,
    members_without_position,
    low_confidence,
    sessions,
    chinese_texts,
    overdue,
    names_without_source,
    more_than_expected,
    uncited_sources,
    *repeats.CHECKS,
    *doubts.CHECKS,
)


def areas(layers: Path) -> dict[str, shapely.Geometry]:
    """The areas of a folder of GeoJSON files (WGS-84) by the id of their place."""
    found: dict[str, shapely.Geometry] = {}
    for path in sorted(layers.glob("*.geojson")):
        for feature in json.loads(path.read_text(encoding="utf-8"))["features"]:
            geometry = shapely.geometry.shape(feature["geometry"])
            if geometry.area:
                found[feature["properties"]["id"]] = geometry
    return found
