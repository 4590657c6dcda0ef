"""The hard rules for what contradicts itself: two cells, or two rows, that cannot both be right."""

from collections import defaultdict
from collections.abc import Iterator

from atlas.records import damage
from atlas.records.dates import today
from atlas.records.lines import Breach, days, lines, number
from atlas.records.loading import Tables, items
from atlas.records.said import Said, said

# Digits of the codes of the two statistics offices.
CODES = {
    ("VN", "province"): 2,
    ("VN", "district"): 3,
    ("VN", "commune"): 5,
    ("CN", "province"): 6,
    ("CN", "region"): 6,
    ("CN", "prefecture"): 6,
    ("CN", "county"): 6,
    ("CN", "township"): 9,
    ("CN", "village"): 12,
}

# Degrees that hold both countries; the sea off Africa, where lost positions come to lie, is far outside.
LATITUDES, LONGITUDES = (3, 54), (73, 136)

# What is said to have happened or to have been printed, and the tables of what may also be planned.
HAPPENED = (
    ("sources", "published"),
    ("twinnings", "signed_on"),
    ("twinnings", "renewed_on"),
    ("twinnings", "last_confirmed"),
    ("agreements", "signed_on"),
    ("events", "date_from"),
    ("events", "date_to"),
    ("commitment_evidence", "date"),
    ("figures", "as_of"),
    ("totals", "as_of"),
    ("discrepancy_statements", "date"),
)
PLANNED = ("twinnings", "agreements", "events")

COUNTED = ("persons", "scholarships", "courses", "trips", "permits", "crossings", "pairs", "missions", "agreements")
PART_OF_ONE = 1e-6


def titles(tables: Tables) -> Iterator[Breach]:
    """Vietnamese titles of sources are not typed in an old font."""
    for row, (language, title) in lines(tables["sources"], "language", "title"):
        if language == "vi" and (expected := damage.vietnamese(title)):
            yield "sources", row, "title", title, expected


def codes(tables: Tables) -> Iterator[Breach]:
    """Official codes have all their digits, those in front too."""
    for row, (country, kind, code) in lines(tables["places"], "country", "kind", "official_code"):
        digits = CODES.get((country, kind))
        if code and digits and not (code.isascii() and code.isdigit() and len(code) == digits):
            expected = said("a code of {digits} digits, zeros in front written", digits=digits)
            if code.isdigit() and len(code) < digits:
                expected = said("{expected}, such as {example}", expected=expected, example=code.zfill(digits))
            yield "places", row, "official_code", code, expected


def positions(tables: Tables) -> Iterator[Breach]:
    """Positions lie in this part of the world."""
    for row, (lat, lon) in lines(tables["places"], "lat", "lon"):
        if not (abs(number(lat)) <= 90 and abs(number(lon)) <= 180):
            continue
        if not all(least <= number(text) <= most for text, (least, most) in ((lat, LATITUDES), (lon, LONGITUDES))):
            yield "places", row, "lat, lon", f"{lat}, {lon}", _near()


def _near() -> Said:
    (south, north), (west, east) = LATITUDES, LONGITUDES
    limits = {"south": south, "north": north, "west": west, "east": east}
    return said("a position in or near Vietnam and China, {south} to {north} and {west} to {east} degrees", **limits)


def future(tables: Tables) -> Iterator[Breach]:
    """What is said to have happened, or was printed, does not lie ahead."""
    day = today(tables.package.version.isoformat())
    for name, column in HAPPENED:
        planned = tables[name]["status"] == "planned" if name in PLANNED else [False] * len(tables[name])
        for (row, (text,)), may_lie_ahead in zip(lines(tables[name], column), planned):
            if text and day < days(text)[0] and not may_lie_ahead:
                expected = said("a day that is not ahead")
                if name in PLANNED:
                    expected = said("{expected} unless it is planned", expected=expected)
                yield name, row, column, text, expected


def gates(tables: Tables) -> Iterator[Breach]:
    """Border gates are paired with each other; neither they nor a country or an institution is twinned with a locality."""
    levels = dict(zip(tables["twinnings"]["id"], tables["twinnings"]["level"]))
    kinds = dict(zip(tables["places"]["id"], tables["places"]["kind"]))
    for row, (twinning, place) in lines(tables["twinning_members"], "twinning", "place"):
        level, kind = levels.get(twinning), kinds.get(place)
        if level and kind and (level == "border_gate") != (kind == "border_gate"):
            needed = said("a border gate") if level == "border_gate" else said("a locality, not a border gate")
            reason = {"twinning": twinning, "level": level}
            expected = said("{needed}, since the level of {twinning} is {level}", needed=needed, **reason)
            yield "twinning_members", row, "place", place, expected
        elif kind in ("country", "institution"):
            yield "twinning_members", row, "place", place, said("a locality, not a place of the kind {kind}", kind=kind)


def shares(tables: Tables) -> Iterator[Breach]:
    """What becomes of a unit is no more than all of it."""
    parts: dict[str, float] = defaultdict(float)
    for row, (place, share) in lines(tables["successions"], "predecessor", "share"):
        if share:
            parts[place] += number(share)
            if parts[place] > 1 + PART_OF_ONE:
                expected = said(
                    "shares of {place} that add up to 1 at most, not to {sum:g}", place=place, sum=parts[place]
                )
                yield "successions", row, "share", share, expected


def whole_numbers(tables: Tables) -> Iterator[Breach]:
    """Persons, and whatever else is counted, come in whole numbers; an average may not."""
    for column in ("value", "value_max"):
        for row, (measure, rate, text) in lines(tables["figures"], "measure", "rate", column):
            if text and measure in COUNTED and rate == "total" and number(text) % 1:
                yield "figures", row, column, text, said("a whole number of {measure}", measure=measure)


def ends(tables: Tables) -> Iterator[Breach]:
    """What goes from one place to another does not stay where it is."""
    fields = tables.package.tables["figures"]
    for row, (origin, destination) in lines(tables["figures"], "origin", "destination"):
        starts = items(fields.field("origin"), origin)
        if starts and set(starts) == set(items(fields.field("destination"), destination)):
            yield "figures", row, "destination", destination, said("another place than the origin")


RULES = (titles, codes, positions, future, gates, shares, whole_numbers, ends)
