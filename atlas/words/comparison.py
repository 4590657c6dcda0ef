"""What a comparison says in words: its sides, its rows, what each side has in them and what may be said of the difference."""

from collections.abc import Mapping

from atlas.model import compared, figure_rows
from atlas.model.addresses import TABLES
from atlas.model.atlas import Atlas
from atlas.model.compared import Comparison, Row, Value
from atlas.model.sides import Side
from atlas.records.dates import today
from atlas.words import naming, values, vocabulary
from atlas.words.translator import IN_LISTS, Translator

Labels = Mapping[str, str]


def kinds(translate: Translator) -> dict[str, str]:
    """What can be compared."""
    return {
        "province": translate("Provinces"),
        "region": translate("Chinese sides"),
        "day": translate("Two days"),
        "period": translate("Two periods"),
    }


def side(atlas: Atlas, one: Side, translate: Translator) -> str:
    """The name of a side, told apart from all others of its kind."""
    match one.kind:
        case "day":
            return translate.date(one.text)
        case "period":
            first, last = (_period(text, translate) for text in one.period.ends)
            return first if first == last else translate("{first} to {last}", first=first, last=last)
    return atlas.places.full_name(atlas.places.by_slug[one.text], translate.language)


def _period(text: str, translate: Translator) -> str:
    year, part = text[:4], text[5:]
    match part[:1]:
        case "H":
            return (
                translate("first half of {year}", year=year)
                if part == "H1"
                else translate("second half of {year}", year=year)
            )
        case "Q":
            return translate("quarter {n} of {year}", n=part[1:], year=year)
    return translate.date(text)


def sections(translate: Translator) -> dict[str, str]:
    """The subjects of the rows."""
    return {
        "twinnings": translate("Twinnings"),
        "standing": translate("Twinnings"),
        "units": translate("Vietnamese units in the atlas"),
        "border": translate("At the border"),
        "totals": translate("Stated totals and what is documented of them"),
        "agreements": translate("Agreements"),
        "series": translate("Series of meetings"),
        "events": translate("Meetings and courses"),
        "programmes": translate("Figures, by programme"),
        "exactness": translate("Figures, by how exact they are"),
        "longer": translate("Figures of longer times"),
        "figures": translate("Figures"),
        "commitments": translate("Commitments"),
        "discrepancies": translate("Where sources disagree"),
        "sources": translate("Sources"),
    }


_COLUMNS = {
    "twinnings": ("twinnings.level",),
    "standing": ("twinnings.level",),
    "units": ("places.kind",),
    "agreements": ("agreements.subject", "agreements.status"),
    "series": ("events.series",),
    "events": ("events.kind",),
    "programmes": ("figures.programme",),
    "exactness": ("figures.qualifier",),
    "discrepancies": ("discrepancies.status",),
    "sources": ("sources.kind",),
}  # whose allowed values the rows of a section are, beside those that it has of its own


def label(atlas: Atlas, section: str, row: Row, kind: str, translate: Translator) -> str:
    """What a row counts.

    :param kind: what is compared, one of :data:`atlas.model.sides.KINDS`.
    """
    if section == "figures":
        return _definition(atlas, dict(zip(figure_rows.NAMES, row.key)), translate)
    if section == "totals":
        levels = vocabulary.labels(atlas, "twinnings.level", translate)
        measure = vocabulary.labels(atlas, "totals.measure", translate)[row.key[0]]
        return translate(
            "{name}: {value}", name=measure, value=translate.join(levels[one] for one in row.key[1].split())
        )
    (name,) = row.key
    if section == "commitments":
        return vocabulary.commitment_states(translate)[name]
    own = _all(section, kind, translate) if name == "all" else _own(section, translate).get(name)
    if own:
        return own
    known = {
        value: text
        for column in _COLUMNS[section]
        for value, text in vocabulary.labels(atlas, column, translate).items()
    }
    return known[name]


def _all(section: str, kind: str, translate: Translator) -> str:
    if section == "events":
        return translate("All that were held")
    if kind in ("day", "period"):
        return translate("All that were signed")
    return translate("All")


def _own(section: str, translate: Translator) -> Labels:
    """The rows that are no values of a column."""
    if section in ("twinnings", "standing"):
        return {
            "undated": translate("Date of signature unknown"),
            "lost": translate("A unit that signed, or its commune, has ended"),
        }
    return {
        "communes": translate("Border communes of today with a documented twinning"),
        "villages": translate("Only a village in it is twinned"),
        "counties": translate("Border counties with a documented twinning"),
        "in_force": translate("In force by their stated term"),
        "no_end": translate("No end stated"),
        "ended": translate("Stated term has ended"),
        "planned": translate("Announced"),
        "longer": translate("Their time reaches into the period and beyond it"),
        "confirmed": translate("A twinning last confirmed"),
        "newest": translate("Newest source"),
    }


def came(atlas: Atlas, section: str, row: Row, translate: Translator) -> str:
    """What a row of what came between two days counts."""
    kind, _, what = row.key[0].partition("_")
    if section == "units":
        name = vocabulary.labels(atlas, "places.kind", translate)[kind]
        return translate("{name}: ended", name=name) if what == "ended" else translate("{name}: begun", name=name)
    return {
        "twinnings": translate("Twinnings signed"),
        "agreements": translate("Agreements signed"),
        "events": translate("Meetings and courses held"),
    }[section]


def _definition(atlas: Atlas, key: Labels, translate: Translator) -> str:
    """What the figures of a row count, and how."""

    def named(column: str) -> str:
        value = key[column]
        return vocabulary.labels(atlas, f"figures.{column}", translate)[value] if value else ""

    unit = vocabulary.units(atlas, translate)[key["measure"], key["rate"]]
    times = {
        figure_rows.RUNNING: translate("since a date"),
        figure_rows.SPAN: translate("over a period"),
        figure_rows.MOMENT: translate("as of a date"),
        figure_rows.NO_TIME: translate("time not stated"),
    }
    directions = {"vn-cn": translate("Vietnam → China"), "cn-vn": translate("China → Vietnam")}
    parts = [
        *dict.fromkeys((named("programme"), unit)),
        named("category") if key["category"] != "all" else "",
        named("outcome"),
        directions.get(key["direction"], ""),
        translate("part of a total") if key["part"] else "",
        times[key["time"]],
    ]
    return translate.join_long(part for part in parts if part)


def nothing(value: Value, section: str, translate: Translator) -> str:
    """Why a side has nothing in a row; empty where it has something."""
    if value.reason == compared.NOT_APPLICABLE and section == "border":
        return translate("no part of the land border")
    reasons = {
        compared.NO_SOURCE: translate("no source found"),
        compared.NOT_APPLICABLE: translate("not applicable"),
        compared.UNKNOWN_DATE: translate("date unknown"),
    }
    return reasons.get(value.reason, "")


def said(atlas: Atlas, section: str, row: Row, value: Value, translate: Translator) -> str:
    """What a side has in a row, in one line; figures are joined."""
    if value.reason:
        return nothing(value, section, translate)
    match row.form:
        case "share":
            return translate("{n} of {all}", n=value.number, all=value.of)
        case "total":
            day = stated_on(atlas, value.total or "", translate)
            return translate("{value} ({time})", value=documented(atlas, value, translate), time=day)
        case "date":
            return translate.date(value.date)
        case "figures":
            return translate.join_long(figure(atlas, one, translate) for one in value.records)
    return translate.join_long([count(value, translate), *meetings(atlas, value, translate)])


def count(value: Value, translate: Translator) -> str:
    """How many there are; those that only may count are said apart."""
    if not value.most:
        return translate("none documented")
    if not value.possible:
        return translate.number(value.number)
    return translate("{n} certain, {m} possible", n=value.number, m=len(value.possible))


def stated_on(atlas: Atlas, total: str, translate: Translator) -> str:
    """The day as of which a total is stated."""
    (row,) = atlas.records("totals", [total])
    return (
        translate("as of {day}", day=translate.date(row["as_of"], IN_LISTS))
        if row["as_of"]
        else translate("as-of date not stated")
    )


def documented(atlas: Atlas, value: Value, translate: Translator) -> str:
    """How much of a stated total is documented."""
    (row,) = atlas.records("totals", [value.total or ""])
    return translate("{n} documented, {all} stated", n=value.of, all=values.quantity(row, translate))


def figure(atlas: Atlas, identifier: str, translate: Translator) -> str:
    """A figure with its time, and whom it concerns."""
    (row,) = atlas.records("figures", [identifier])
    return translate("{value} ({time})", value=values.amount(row, translate), time=figure_time(atlas, row, translate))


def figure_time(atlas: Atlas, row: dict, translate: Translator) -> str:
    """When a figure counts and from where to where."""
    return translate.join_long([values.when(row, translate, IN_LISTS), values.direction(atlas, row, translate)])


def meetings(atlas: Atlas, value: Value, translate: Translator) -> list[str]:
    """The last session of a series, and the next that is announced."""
    told = []
    if value.last:
        (row,) = atlas.records("events", [value.last])
        told.append(translate("last: {date}", date=values.event_date(row, translate, IN_LISTS)))
    if value.coming:
        (row,) = atlas.records("events", [value.coming])
        told.append(translate("announced: {date}", date=values.event_date(row, translate, IN_LISTS)))
    return told


def apart(atlas: Atlas, row: Row, uneven: bool, translate: Translator) -> str:
    """What may be said of the difference; why it is not said; empty where there is nothing to compare."""
    used = [one for value in (row.a, row.b) for one in value.records] if row.form == "figures" else []
    found = compared.difference(row, dict(zip(used, atlas.records("figures", used))), uneven)
    if isinstance(found, str):
        return {
            compared.SAME: translate("stated of both together"),
            compared.QUALIFIERS: translate("not exact numbers"),
            compared.TIMES: translate("different times"),
            compared.SEVERAL: translate("several numbers"),
            compared.WHOLES: translate("different wholes"),
        }.get(found, "")
    low, high = found
    if low == high:
        return translate.number(low) if low else translate("the same number")
    return translate("{low} to {high}", low=low, high=high)


def notices(atlas: Atlas, comparison: Comparison, translate: Translator) -> list[str]:
    """What is to be known of the numbers, each in a sentence: gaps, what counts on both sides, what has no date."""
    found = [translate("Numbers are of what is documented here; a smaller one may mean that fewer sources were found.")]
    a, b = comparison.a, comparison.b
    if a == b:
        found.append(translate("Both sides are the same."))
    if comparison.kind in ("province", "region"):
        return found + _common(comparison, translate)
    if comparison.uneven:
        found.append(
            translate(
                "The periods have {n} and {m} months: their numbers are not set against each other.",
                n=a.period.months,
                m=b.period.months,
            )
        )
    if comparison.kind == "period" and a != b and a.period.touches(b.period.first, b.period.last):
        found.append(translate("The periods overlap: what lies in both is counted in each."))
    if any(one.day > today(atlas.version) for one in (a, b)):
        found.append(
            translate(
                "The records end on {day}: of later days they know what was announced.",
                day=translate.date(atlas.version),
            )
        )
    return found + _undated(comparison, translate)


def _common(comparison: Comparison, translate: Translator) -> list[str]:
    listed = _counted({name: number for name, number in comparison.common.items() if number}, translate)
    return [translate("Concern both and are counted for each: {records}.", records=listed)] if listed else []


def _undated(comparison: Comparison, translate: Translator) -> list[str]:
    listed = _counted({name: len(ids) for name, ids in comparison.undated.items()}, translate)
    return [translate("Without any date, and so in no count by time: {records}.", records=listed)] if listed else []


def _counted(numbers: Mapping[str, int], translate: Translator) -> str:
    names = {
        "twinnings": lambda n: translate.plural("{n} twinning", "{n} twinnings", n),
        "agreements": lambda n: translate.plural("{n} agreement", "{n} agreements", n),
        "events": lambda n: translate.plural("{n} meeting or course", "{n} meetings or courses", n),
        "figures": lambda n: translate.plural("{n} figure", "{n} figures", n),
    }
    return translate.join(say(numbers[name]) for name, say in names.items() if name in numbers)


def title(atlas: Atlas, comparison: Comparison, translate: Translator) -> str:
    """Both sides in one line."""
    return translate("{a} and {b}", a=side(atlas, comparison.a, translate), b=side(atlas, comparison.b, translate))


def record(atlas: Atlas, kind: str, identifier: str, translate: Translator) -> str:
    """The name of a record behind a number, with its date where it has one."""
    (row,) = atlas.records(TABLES[kind], [identifier])
    match kind:
        case "figure":
            said = figure(atlas, identifier, translate)
            return translate("{name}: {value}", name=translate.text(row, "title"), value=said)
        case "agreement":
            date, name = translate.date(row["signed_on"], IN_LISTS), translate.text(row, "title")
        case "twinning":
            date, name = translate.date(row["signed_on"], IN_LISTS), naming.title(atlas, row, translate.language)
        case "event":
            date, name = values.event_date(row, translate, IN_LISTS), translate.text(row, "title")
        case "source":
            date, name = translate.date(row["published"], IN_LISTS), row["title"]
        case _:
            return naming.record_name(atlas, TABLES[kind], identifier, translate)
    return translate("{date}: {title}", date=date, title=name)
