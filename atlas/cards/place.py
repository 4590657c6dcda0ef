"""The card of a place: a unit of any day, a gate, an institution, with all that concerns it, as safe HTML."""

from collections.abc import Iterable, Iterator
from datetime import date

import pandas as pd
from markupsafe import Markup

from atlas.cards.facts import Fact, listed, section
from atlas.cards.linked import Linked
from atlas.cards.source import line, sources
from atlas.cards.succession import became
from atlas.model import coverage, relations
from atlas.words import naming, values, vocabulary


def inside(linked: Linked, place: str, day: date) -> Markup:
    """Names, what it is and was, what became of it, and everything in the atlas that concerns it."""
    atlas, translate = linked.atlas, linked.translate
    row = atlas.places[place]
    found = relations.concerning(atlas, place)
    parts = [
        _what(linked, row),
        Markup("")
        if atlas.places.exists(place, day)
        else Markup("<p class='ended'>{}</p>").format(became(linked, place)),
        listed([*_names(linked, row), *_facts(linked, row)]),
        Markup("<h4>{}</h4>{}").format(translate("Sources"), sources(linked, row["sources"])),
        *_concerning(linked, place, found),
        *_units(linked, place),
        _elsewhere(linked, place, found),
        *_totals(linked, place),
        _further_sources(linked, place, found),
    ]
    return Markup("").join(parts)


def _what(linked: Linked, row: dict) -> Markup:
    said = [
        naming.kind(linked.atlas, row["id"], linked.translate),
        vocabulary.label(linked.atlas, "places.gate_class", row, linked.translate),
        row["on_border"] and linked.translate("at the land border"),
    ]
    return Markup("<p class='what'>{}</p>").format(" · ".join(one for one in said if one))


def _names(linked: Linked, row: dict) -> list[Fact]:
    """The names in all scripts, each where one is known, and where the Chinese one comes from."""
    translate = linked.translate
    chinese = [linked.atlas.places.chinese_name(row["id"]), row["name_pinyin"]]
    basis = vocabulary.label(linked.atlas, "places.name_zh_basis", row, translate)
    return [
        (translate("Vietnamese name"), row["name_vi"]),
        (translate("Chinese name"), " · ".join(name for name in chinese if name)),
        (translate("English name"), row["name_en"]),
        (translate("Also known as"), translate.join_long(row["also_known_as"])),
        (translate("Other Chinese forms"), translate.join(row["name_zh_variants"])),
        (translate("Basis of the Chinese name"), basis),
        (translate("Sources of the Chinese name"), [line(linked, one) for one in row["name_zh_sources"]]),
    ]


def _facts(linked: Linked, row: dict) -> list[Fact]:
    atlas, translate, place = linked.atlas, linked.translate, row["id"]
    series = vocabulary.labels(atlas, "events.series", translate)
    return [
        (translate("Belongs to"), linked.places(atlas.places.ancestors(place))),
        (translate("Valid from"), row["valid_from"] and translate.date(row["valid_from"])),
        (translate("Valid until"), row["valid_until"] and translate.date(row["valid_until"])),
        (
            translate("Replaced by"),
            [
                _succession(linked, one, "successor")
                for one in relations.successions(atlas, "predecessor").get(place, ())
            ],
        ),
        (
            translate("Stands in for"),
            [
                _succession(linked, one, "predecessor")
                for one in relations.successions(atlas, "successor").get(place, ())
            ],
        ),
        (translate("Designation"), row["designation"]),
        (translate("Official code"), row["official_code"]),
        (translate("Position"), _position(linked, row)),
        (translate("Gates near, as the crow flies"), _gates(linked, place)),
        (
            translate("Takes part in"),
            [series[one] for one in relations.naming(atlas, "places", place, "series_members")],
        ),
    ]


def _succession(linked: Linked, row: dict, end: str) -> Markup:
    """The unit at one end of a succession, with its share, kind, day and legal act."""
    translate = linked.translate
    share = row["share"]
    said = [
        linked.whole(row[end]) or Markup.escape(translate("no successor unit at this level")),
        translate("{percent} %", percent=round(100 * share)) if pd.notna(share) else "",
        vocabulary.label(linked.atlas, "successions.kind", row, translate),
        translate.date(row["effective_on"]),
        row["legal_act"],
    ]
    return Markup(" · ").join(one for one in said if one)


def _position(linked: Linked, row: dict) -> str:
    if pd.isna(row["lat"]):
        return linked.translate("not stated")
    precision = vocabulary.label(linked.atlas, "places.coordinate_precision", row, linked.translate)
    return " · ".join(one for one in (f"{row['lat']:g}, {row['lon']:g}", precision) if one)


def _gates(linked: Linked, place: str) -> list[Markup]:
    translate, found = linked.translate, relations.gates_near(linked.atlas, place)
    pattern = Markup(translate("{name}: {value}", name="{}", value="{}"))
    away = (
        translate("{value} km", value=translate.number(round(far))) if far >= 0.5 else translate("less than 1 km")
        for _, far in found
    )
    return [pattern.format(linked.place(gate), far) for (gate, _), far in zip(found, away)]


def _concerning(linked: Linked, place: str, found: dict[str, list[str]]) -> Iterator[Markup]:
    """The records that concern a place and what lies in it, by kind."""
    translate, atlas = linked.translate, linked.atlas
    heads = {
        "twinnings": translate("Twinnings"),
        "agreements": translate("Agreements"),
        "events": translate("Meetings and courses"),
        "figures": translate("Figures"),
    }
    for table, head in heads.items():
        yield section(head, linked.records(table, found[table]))
    yield section(translate("Commitments"), linked.records("commitments", relations.commitments_of(atlas, found)))
    points = relations.disputed(atlas, found, _inside(linked, place))
    yield section(translate("Where sources disagree"), linked.records("discrepancies", points))


def _units(linked: Linked, place: str) -> Iterator[Markup]:
    """What lies in a place, by kind, those of today that touch the border first; for a province, of those before it too."""
    places, translate = linked.atlas.places, linked.translate
    yield from _by_kind(linked, place)
    for former in _before(linked, place):
        yield from _by_kind(linked, former, places.name(former, translate.language))


def _before(linked: Linked, place: str) -> list[str]:
    """The provinces whose place a province took; none for other places, whose own lists have no end otherwise."""
    places = linked.atlas.places
    return places.predecessors(place) if places[place]["slug"] else []


def _inside(linked: Linked, place: str) -> list[str]:
    places = linked.atlas.places
    return [one for unit in (place, *_before(linked, place)) for one in (unit, *places.inside(unit))]


def _by_kind(linked: Linked, place: str, former: str = "") -> Iterator[Markup]:
    places, translate = linked.atlas.places, linked.translate
    kinds = vocabulary.labels(linked.atlas, "places.kind", translate)
    groups: dict[tuple[str, int], list[str]] = {(kind, part): [] for kind in kinds for part in range(3)}
    for unit in places.inside(place):
        row = places[unit]
        groups[row["kind"], 2 if row["valid_until"] else 0 if row["on_border"] else 1].append(unit)
    for (kind, part), members in groups.items():
        named = translate("{kind} of former {unit}", kind=kinds[kind], unit=former) if former else kinds[kind]
        ended = named if former else translate("{kind}, former", kind=named)
        head = (translate("{kind}, at the land border", kind=named), named, ended)[part]
        yield section(head[:1].upper() + head[1:], [_within(linked, place, unit) for unit in members])


def _within(linked: Linked, place: str, unit: str) -> Markup:
    """A unit as it is called within another: with the unit between them, since names repeat."""
    places, language = linked.atlas.places, linked.translate.language
    between = places[unit]["parent"]
    names = [places.name(one, language) for one in ([unit] if between == place else [unit, between])]
    return linked.link("places", unit, linked.translate.join(names))


def _elsewhere(linked: Linked, place: str, found: dict[str, list[str]]) -> Markup:
    """The places of the other side, institutions and others that the records of a place name."""
    here = set(_inside(linked, place))
    named = [one for one in relations.places_of(linked.atlas, found) if one not in here]
    return section(linked.translate("Other places that these records name"), list(map(linked.whole, named)))


def _stated(linked: Linked, place: str) -> list[coverage.Coverage]:
    """The totals that sources state of a place."""
    slug, named = linked.atlas.places[place]["slug"], relations.naming(linked.atlas, "places", place, "totals")
    rows = coverage.coverage(linked.atlas, (slug,) if slug else ())
    return [one for one in rows if slug or one.total["id"] in named]


def _totals(linked: Linked, place: str) -> Iterator[Markup]:
    """What sources say exists in all of a place, beside what the atlas documents of it."""
    translate = linked.translate
    pattern = translate("{name}: {value}", name="{}", value="{}")
    said = []
    for row in _stated(linked, place):
        text = translate(
            "stated {total}, documented here {n}", total=values.quantity(row.total, translate), n=row.documented
        )
        label = translate.text(row.total, "label")
        said.append(
            Markup("{}<br>{}").format(Markup(pattern).format(label, text), _cited(linked, row.total["sources"]))
        )
    yield section(translate("Documented against known totals"), said)


def _cited(linked: Linked, ids: Iterable[str]) -> Markup:
    return Markup("<small>{}</small>").format(Markup("; ").join(line(linked, one) for one in ids))


def _further_sources(linked: Linked, place: str, found: dict[str, list[str]]) -> Markup:
    """The sources on which rests what is said of a place, of what lies in it and of all that concerns it."""
    atlas, inside = linked.atlas, _inside(linked, place)
    promised = relations.commitments_of(atlas, found)
    evidence = atlas.table("commitment_evidence")
    resting = found | {
        "places": inside,
        "commitments": promised,
        "commitment_evidence": evidence.index[evidence["commitment"].isin(promised)].tolist(),
        "discrepancies": relations.disputed(atlas, found, inside),
        "totals": [one.total["id"] for one in _stated(linked, place)],
        "series_members": relations.naming(atlas, "places", place, "series_members"),
    }
    own = set(atlas.places[place]["sources"])
    ids = relations.sources_of(atlas, ((table, one) for table, found_in in resting.items() for one in found_in))
    return section(linked.translate("All sources"), [line(linked, one) for one in ids if one not in own])
