"""What the atlas wants to know of records: what has not been seen for long, is not known, is open, or rests on little."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from atlas.model import commitments, desk, outlook, quality, reform, signs, standing
from atlas.model.atlas import Atlas
from atlas.model.selection import Selection
from atlas.records.dates import bounds, today
from atlas.words import columns
from atlas.words.translator import Translator

Ids = Mapping[str, Collection[str]]

FRESH = 1  # years back in which a twinning that was seen is not asked for
PLANNED = (("twinnings", "signed_on"), ("agreements", "signed_on"), ("events", "date_from"))


@dataclass(frozen=True)
class Wish:
    """One thing asked of a record, in a sentence. ``known``: the partial date of what is known last, if any."""

    table: str
    id: str
    asked: str
    known: str = ""


def wanted(atlas: Atlas, records: Ids, translate: Translator) -> list[Wish]:
    """All that is asked of records: first what was last seen long ago, the oldest first.

    :param records: ids by table.
    """
    day = today(atlas.version)
    asking = (_not_seen, _ended, _terms, _planned, _promised, _differing, _unknown, _names, _copies)
    return [wish for ask in asking for wish in ask(atlas, records, day, translate)]


def _of(atlas: Atlas, records: Ids, table: str) -> list[dict]:
    return atlas.records(table, records.get(table, ()))


def _not_seen(atlas: Atlas, records: Ids, day: date, translate: Translator) -> Iterator[Wish]:
    ids = [row["id"] for row in _of(atlas, records, "twinnings") if row["status"] in ("active", "unknown")]
    for one, last in sorted(((one, signs.last_seen(atlas, one) or "") for one in ids), key=lambda seen: seen[1]):
        if not last:
            yield Wish("twinnings", one, translate("No source found gives the date of a contact; is it kept up?"))
        elif int(last[:4]) < day.year - FRESH:
            said = translate("Last seen in a source: {date}; is it still kept up?", date=translate.date(last))
            yield Wish("twinnings", one, said, last)


def _ended(atlas: Atlas, records: Ids, day: date, translate: Translator) -> Iterator[Wish]:
    mine = set(records.get("twinnings", ()))
    for row in reform.abolished(atlas, Selection()):
        if row.twinning in mine and not desk.renewed(atlas, row):
            units = row.successors or row.area
            named = translate.join_long(atlas.places.full_name(one, translate.language) for one in units)
            said = translate("A unit of it has ended; has it been signed again, and by whom?")
            if named:
                said += " " + translate("Standing in today: {units}.", units=named)
            (twinning,) = atlas.records("twinnings", [row.twinning])
            yield Wish("twinnings", row.twinning, said, standing.first_end(atlas, twinning, day) or "")


def _terms(atlas: Atlas, records: Ids, day: date, translate: Translator) -> Iterator[Wish]:
    _, ended = outlook.terms(_of(atlas, records, "agreements"), day)
    every = atlas.records("agreements", atlas.table("agreements").index)
    for row in reversed(ended):
        if not any(_follows(other, row) for other in every):
            until = translate.date(row["valid_until"])
            said = translate("Its term ended: {date}; has it been renewed or replaced?", date=until)
            yield Wish("agreements", row["id"], said, row["valid_until"])


def _follows(later: dict, row: dict) -> bool:
    """Whether a paper on the same subject between the same places was signed after another one."""
    same = all(not set(later[side]).isdisjoint(row[side]) for side in ("vn_places", "cn_places"))
    dated = later["signed_on"] and row["signed_on"]
    return bool(dated and same and later["subject"] == row["subject"] and later["signed_on"] > row["signed_on"])


def _planned(atlas: Atlas, records: Ids, day: date, translate: Translator) -> Iterator[Wish]:
    for table, column in PLANNED:
        for row in _of(atlas, records, table):
            planned = row["status"] == "planned" and row[column]
            if planned and bounds(planned)[1] < day:
                said = translate("Was planned for: {date}; did it take place, and when?", date=translate.date(planned))
                yield Wish(table, row["id"], said, planned)


def _promised(atlas: Atlas, records: Ids, day: date, translate: Translator) -> Iterator[Wish]:
    rows = [
        row
        for row in _of(atlas, records, "commitments")
        if commitments.state_of(atlas, row["id"]) == commitments.NO_EVIDENCE
    ]
    for row in sorted(rows, key=lambda row: row["due"] or "9999"):
        said = translate("No source found reports on it; what became of it?")
        if row["due"]:
            said += " " + translate("It was due: {date}.", date=translate.date(row["due"]))
        yield Wish("commitments", row["id"], said, row["due"] or "")


def _differing(atlas: Atlas, records: Ids, day: date, translate: Translator) -> Iterator[Wish]:
    for row in _of(atlas, records, "discrepancies"):
        if row["status"] == "open":
            yield Wish("discrepancies", row["id"], translate("Sources differ on it; what does your office know?"))


def _unknown(atlas: Atlas, records: Ids, day: date, translate: Translator) -> Iterator[Wish]:
    """What a reader asks first and no source tells; totals are asked for their day."""
    for table, groups in (quality.KEY_FIELDS | {"totals": (("as_of",),)}).items():
        for row in _of(atlas, records, table):
            missing = [group[0] for group in groups if all(_empty(row[column]) for column in group)]
            titles = [translate(columns.title(atlas.schema.tables[table].field(column))) for column in missing]
            if titles:
                yield Wish(table, row["id"], translate("Not known: {columns}.", columns=translate.join_long(titles)))


def _empty(value: object) -> bool:
    return value is None or value == () or value != value


def _names(atlas: Atlas, records: Ids, day: date, translate: Translator) -> Iterator[Wish]:
    for row in _of(atlas, records, "places"):
        if row["name_zh_basis"] == "proposed" and not atlas.places.ended(row["id"], day):
            said = translate("The Chinese name {name} is only proposed; which name is in use?", name=row["name_zh"])
            yield Wish("places", row["id"], said)


def _copies(atlas: Atlas, records: Ids, day: date, translate: Translator) -> Iterator[Wish]:
    for table in quality.KEY_FIELDS:
        best = quality.quality(atlas, table)["best_kind"]
        for one in records.get(table, ()):
            if best[one] in quality.COPIES:
                yield Wish(
                    table, one, translate("Only copies or machine translations are known; where is the original?")
                )
