"""Soft checks for what is well formed and yet doubtful: texts, names, and records that do not fit each other."""

from collections.abc import Iterator
from itertools import pairwise

from atlas.records import damage
from atlas.records.checked import Found, Records, before, conflict
from atlas.records.dates import bounds
from atlas.records.said import said

# Kinds of the members that a level of twinnings has; villages are also shown by the unit that they lie in.
LEVELS = {
    "province": {"province", "region", "prefecture"},
    "prefecture": {"prefecture", "province"},
    "district": {"district", "county", "prefecture"},
    "commune": {"commune", "township"},
    "village": {"village"},
}

# What a record is dated by; it can be known only from sources that are not older.
DATED = (
    ("twinnings", "signed_on"),
    ("twinnings", "renewed_on"),
    ("twinnings", "last_confirmed"),
    ("agreements", "signed_on"),
    ("events", "date_from"),
    ("commitment_evidence", "date"),
    ("figures", "as_of"),
    ("totals", "as_of"),
)
DATED_SOURCES = ("article", "official", "mirror", "machine_translation")

PLANNED = (("twinnings", "signed_on"), ("agreements", "signed_on"), ("events", "date_from"))

# Papers whose subject is none of a twinning.
OTHER_SUBJECTS = ("labour", "cadre_training", "justice", "tourism")


def damaged_texts(records: Records) -> Iterator[Found]:
    """Texts that may have lost letters or have been read in another encoding."""
    for name, table in records.package.tables.items():
        for field in table.fields:
            if field.free and not field.many and field.name not in table.names:
                for index, text in records.tables[name][field.name].dropna().items():
                    if message := damage.doubtful(text, field.name):
                        yield name, index, field.name, text, message


def traditional_characters(records: Records) -> Iterator[Found]:
    """Chinese texts and names with traditional characters, which other forms of a name may have."""
    from opencc import OpenCC  # takes time to load, and only the checks need it

    simplified = OpenCC("t2s").convert
    for name, table in records.package.tables.items():
        for column in table.columns:
            if column.endswith("_zh"):
                for index, text in records.tables[name][column].dropna().items():
                    if (converted := simplified(text)) != text:
                        pairs = dict.fromkeys((old, new) for old, new in zip(text, converted) if old != new)
                        found = tuple(said("{old} for {new}", old=old, new=new) for old, new in pairs)
                        yield name, index, column, text, said("has traditional characters: {found}", found=found)


def pinyin(records: Records) -> Iterator[Found]:
    """Pinyin that does not read the first characters of the Chinese name, in any of their readings."""
    from pypinyin import Style  # takes time to load, and only the checks need it
    from pypinyin import pinyin as readings

    for index, place in records.rows("places"):
        name, reading = place["name_zh"], place["name_pinyin"]
        if name and reading:
            known = [{_letters(one) for one in each} for each in readings(name, Style.TONE, heteronym=True)]
            if not _reads(_letters(reading), known):
                yield "places", index, "name_pinyin", reading, said("does not read {name}", name=name)


def _letters(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalpha())


def _reads(said: str, known: list[set[str]]) -> bool:
    """Whether syllables of the characters in a row, from the first on, make the whole."""
    left = {said}
    for readings in known:
        left = {rest.removeprefix(one) for rest in left for one in readings if rest.startswith(one)}
        if "" in left:
            return True
    return False


def levels(records: Records) -> Iterator[Found]:
    """Members of a kind that the level of their twinning does not have."""
    kinds = dict(zip(records.tables["places"]["id"], records.tables["places"]["kind"]))
    level = dict(zip(records.tables["twinnings"]["id"], records.tables["twinnings"]["level"]))
    for index, member in records.rows("twinning_members"):
        kind, of = kinds[member["place"]], level[member["twinning"]]
        if of in LEVELS and kind not in LEVELS[of]:
            message = said("is a {kind} in a twinning of the level {level}", kind=kind, level=of)
            yield "twinning_members", index, "place", member["place"], message


def papers_of_twinnings(records: Records) -> Iterator[Found]:
    """Twinnings that rest on a paper of another day, on another subject or between other places."""
    papers = {paper["id"]: paper for _, paper in records.rows("agreements")}
    kin, members = _kin(records), _members(records)
    for index, twinning in records.rows("twinnings"):
        paper = papers.get(twinning["agreement"])
        if paper is None:
            continue
        days = [day for day in (twinning["signed_on"], twinning["renewed_on"]) if day]
        if twinning["signed_on"] and all(conflict(day, paper["signed_on"]) for day in days):
            message = said("was signed on {day}, not {other}", day=paper["signed_on"], other=days[0])
            yield "twinnings", index, "agreement", paper["id"], message
        if paper["subject"] in OTHER_SUBJECTS and twinning["level"] != "organisation":
            message = said("is a paper on another subject, {subject}", subject=paper["subject"])
            yield "twinnings", index, "agreement", paper["id"], message
        places = paper["vn_places"] + paper["cn_places"]
        if places and not _meet(kin, members.get(twinning["id"], set()), places):
            yield "twinnings", index, "agreement", paper["id"], said("is a paper between other places")


def twinnings_of_events(records: Records) -> Iterator[Found]:
    """Events that concern a twinning between other places than those that took part."""
    kin, members = _kin(records), _members(records)
    for index, event in records.rows("events"):
        places = (*event["vn_places"], *event["cn_places"], *filter(None, [event["place"]]))
        for twinning in event["twinnings"]:
            if places and not _meet(kin, members.get(twinning, set()), places):
                yield "events", index, "twinnings", twinning, said("is a twinning between other places")


def _members(records: Records) -> dict[str, set[str]]:
    members: dict[str, set[str]] = {}
    for _, member in records.rows("twinning_members"):
        members.setdefault(member["twinning"], set()).add(member["place"])
    return members


def _kin(records: Records) -> dict[str, set[str]]:
    """Every place with the units that it lies in and that came before or after it, as far as the province."""
    near: dict[str, set[str]] = {}
    for _, place in records.rows("places"):
        near[place["id"]] = {place["parent"]} if place["parent"] and place["kind"] != "province" else set()
    for _, step in records.rows("successions"):
        if step["successor"]:
            near[step["predecessor"]].add(step["successor"])
    return near


def _meet(near: dict[str, set[str]], places: set[str], others: tuple[str, ...]) -> bool:
    return bool(_reached(near, places) & _reached(near, set(others)))


def _reached(near: dict[str, set[str]], places: set[str]) -> set[str]:
    found, ways = set(places), list(places)
    while ways:
        new = near.get(ways.pop(), set()) - found
        found |= new
        ways += new
    return found - {"vn", "cn"}


def planned_and_past(records: Records) -> Iterator[Found]:
    """Plans whose day has passed, so that they were carried out or not."""
    for name, column in PLANNED:
        for index, row in records.rows(name):
            day = (row.get("date_to") if name == "events" else None) or row[column]
            if row["status"] == "planned" and day and bounds(day)[1] < records.package.version:
                message = said("has passed, and the status is still {status}", status="planned")
                yield name, index, column, row[column], message


def later_than_sources(records: Records) -> Iterator[Found]:
    """Days that lie after everything was printed that the record rests on."""
    printed = {
        source["id"]: source["published"] if source["kind"] in DATED_SOURCES else None
        for _, source in records.rows("sources")
    }
    for name, column in DATED:
        for index, row in records.rows(name):
            days = [printed[source] for source in row["sources"]]
            if row[column] and row.get("status") != "planned" and all(before(day, row[column]) for day in days):
                message = said("is later than its sources, the last of {day}", day=max(map(str, days)))
                yield name, index, column, row[column], message


def valid_before_signed(records: Records) -> Iterator[Found]:
    """Papers that are valid from a day before they were signed."""
    for index, paper in records.rows("agreements"):
        if before(paper["valid_from"], paper["signed_on"]):
            message = said("is before the paper was signed ({day})", day=paper["signed_on"])
            yield "agreements", index, "valid_from", paper["valid_from"], message


def order_of_sessions(records: Records) -> Iterator[Found]:
    """Sessions of a series that stand before an earlier one."""
    events = records.tables["events"]
    events = events[events["series"].notna() & events["ordinal"].notna() & events["date_from"].notna()]
    for series, held in events.groupby("series"):
        rows = zip(held["ordinal"], held.index, held["date_from"])
        for (number, _, earlier), (_, index, day) in pairwise(sorted(rows)):
            if before(day, earlier):
                session = {"number": int(number), "series": series, "day": earlier}
                message = said("is before session {number} of {series} ({day})", **session)
                yield "events", index, "date_from", day, message


def larger_parts(records: Records) -> Iterator[Found]:
    """Parts that are given roughly and are still more than their total."""
    figures = {figure["id"]: figure for _, figure in records.rows("figures")}
    for index, part in records.rows("figures"):
        total = figures.get(part["part_of"])
        if total is None or total["qualifier"] == "at_least" or "about" not in (part["qualifier"], total["qualifier"]):
            continue
        most = total["value_max"] if total["qualifier"] == "range" else total["value"]
        if part["value"] > most:
            message = said("is more than the {most:g} of its total, {total}", most=most, total=total["id"])
            yield "figures", index, "value", f"{part['value']:g}", message


CHECKS = (
    damaged_texts,
    traditional_characters,
    pinyin,
    levels,
    papers_of_twinnings,
    twinnings_of_events,
    planned_and_past,
    later_than_sources,
    valid_before_signed,
    order_of_sessions,
    larger_parts,
)
