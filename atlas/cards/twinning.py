"""The record card of a twinning: everything that is known of it, as safe HTML."""

from collections.abc import Iterator
from datetime import date

from markupsafe import Markup
from pandas import Series

from atlas.cards.facts import items, listed
from atlas.cards.source import sources
from atlas.model.atlas import Atlas
from atlas.model.gazetteer import PROPOSED
from atlas.words import vocabulary
from atlas.words.languages import in_order
from atlas.words.naming import side
from atlas.words.sentences import proposed_names
from atlas.words.translator import Translator


def html(atlas: Atlas, twinning: str, translate: Translator, day: date) -> Markup:
    """The card of one twinning as of a day: both sides, what it is, who stands in, sources; then everything else."""
    row = atlas.twinnings.loc[twinning]
    vietnamese = _side(atlas, twinning, "VN", translate("Vietnamese side"), translate)
    chinese = _side(atlas, twinning, "CN", translate("Chinese side"), translate)
    sides = Markup("").join(in_order(translate.language, vietnamese, chinese))
    # pages in Chinese say it below, for all names on them
    proposes = PROPOSED in sides and translate.language != "zh"
    parts = [
        Markup("<div class='sides'>{}</div>").format(sides),
        _what(atlas, row, translate),
        *_ends(atlas, twinning, translate, day),
        Markup("<h4>{}</h4>{}").format(translate("Sources"), sources(atlas, row["sources"], translate)),
        _details(atlas, twinning, translate),
        _other_twinnings(atlas, twinning, translate),
        _small(proposed_names(translate)) if proposes else Markup(""),
    ]
    return Markup("<article class='card'>{}</article>").format(Markup("").join(parts))


def _what(atlas: Atlas, row: Series, translate: Translator) -> Markup:
    """Level, signature and state of a twinning in one line."""
    signed = translate.date(row["signed_on"])
    said = [
        vocabulary.label(atlas, "twinnings.level", row, translate),
        translate("signed {day}", day=signed) if row["signed_on"] else translate("date of signature not stated"),
        vocabulary.label(atlas, "twinnings.status", row, translate),
    ]
    return Markup("<p class='what'>{}</p>").format(" · ".join(said))


def _details(atlas: Atlas, twinning: str, translate: Translator) -> Markup:
    row = atlas.twinnings.loc[twinning]
    placed = [
        translate(
            "{name}: {value}",
            name=atlas.places.name(place, translate.language),
            value=vocabulary.label(atlas, "places.coordinate_precision", atlas.places[place], translate),
        )
        for place in (*row["vn"], *row["cn"])
        if atlas.places[place]["coordinate_precision"] not in (None, "point")
    ]
    return listed(
        [
            (translate("Renewed"), row["renewed_on"] and translate.date(row["renewed_on"])),
            (translate("Last confirmed"), row["last_confirmed"] and translate.date(row["last_confirmed"])),
            (
                translate("Agreement"),
                row["agreement"] and translate.text(atlas.table("agreements").loc[row["agreement"]], "title"),
            ),
            (translate("Confidence"), vocabulary.label(atlas, "twinnings.confidence", row, translate)),
            (translate("Note"), translate.text(row, "note")),
            (translate("Position"), translate.join_long(placed)),
        ]
    )


def _side(atlas: Atlas, twinning: str, country: str, head: str, translate: Translator) -> Markup:
    members = (one for one in atlas.members[twinning] if one["side"] == country)
    said = Markup("").join(_member(atlas, member, translate) for member in members)
    return Markup("<section><h4>{}</h4>{}</section>").format(head, said)


def _small(text: str) -> Markup:
    return Markup("<small>{}</small>").format(text)


def _member(atlas: Atlas, member: dict, translate: Translator) -> Markup:
    place = member["place"]
    row = atlas.places[place]
    organisation = translate.text(member, "organisation")
    # with their types, as the first has it, or a city stands there twice
    vietnamese, english = (row[f"name_{one}"] and atlas.places.name(place, one) for one in ("vi", "en"))
    latin = row["name_pinyin"] or english
    spellings = [atlas.places.name(place, translate.language), vietnamese, atlas.places.chinese_name(place), latin]
    names = dict.fromkeys(name for name in spellings if name)
    above = [atlas.places.name(unit, translate.language) for unit in atlas.places.ancestors(place)]
    first, *more = [organisation, " · ".join(names)] if organisation else [" · ".join(names)]
    lines = [Markup("<strong>{}</strong>").format(first), *more, translate.join(above)]
    if member["name_as_signed"]:
        lines.append(_small(translate("as signed: {name}", name=member["name_as_signed"])))
    if row["gate_class"]:
        lines.append(_small(vocabulary.label(atlas, "places.gate_class", row, translate)))
    return Markup("<p>{}</p>").format(Markup("<br>").join(line for line in lines if line))


def _ends(atlas: Atlas, twinning: str, translate: Translator, day: date) -> Iterator[Markup]:
    """What became of each member that does not exist on a day, each beside its name."""
    for member in atlas.members[twinning]:
        if ended := _end_of(atlas, member["place"], translate, day):
            name = atlas.places.name(member["place"], translate.language)
            said = translate("{name}: {value}", name=name, value=ended)
            yield Markup("<p class='ended'>{}</p>").format(said)


def _end_of(atlas: Atlas, place: str, translate: Translator, day: date) -> str:
    """What became of a unit, or of the commune of a village, that does not exist on a day."""
    row = atlas.places[place]
    if not atlas.places.exists(place, day):
        return _ended(atlas, place, translate)
    if row["kind"] == "village" and row["parent"] and not atlas.places.exists(row["parent"], day):
        return f"{atlas.places.name(row['parent'], translate.language)}: {_ended(atlas, row['parent'], translate)}"
    return ""


def _ended(atlas: Atlas, place: str, translate: Translator) -> str:
    until = atlas.places[place]["valid_until"]
    if not until:
        return translate("not yet a unit on this day")
    day = translate.date(until)
    match atlas.places.successors(place):
        case []:
            units = [atlas.places.name(unit, translate.language) for unit in atlas.places.area_today(place)]
            ended = translate("until {day}, no successor unit at this level", day=day)
            area = translate("its area today: {units}", units=translate.join(units))
            return translate.join_long([ended, area] if units else [ended])
        case [unit]:
            whole = atlas.places.full_name(unit, translate.language)
            return translate("until {day}, now part of {successors}", day=day, successors=whole)
        case units:
            parts = translate.join(_part(atlas, place, unit, translate) for unit in units)
            return translate("until {day}, divided among {parts}", day=day, parts=parts)


def _part(atlas: Atlas, place: str, successor: str, translate: Translator) -> str:
    name, share = atlas.places.full_name(successor, translate.language), atlas.places.share(place, successor)
    if share is None:
        return translate("{unit} (share not known)", unit=name)
    return translate("{unit} ({percent} %)", unit=name, percent=round(100 * share))


def _other_twinnings(atlas: Atlas, twinning: str, translate: Translator) -> Markup:
    places = {*atlas.twinnings.at[twinning, "vn"], *atlas.twinnings.at[twinning, "cn"]}
    others = [
        f"{side(atlas, one, 'VN', translate.language)} – {side(atlas, one, 'CN', translate.language)}"
        for one, row in atlas.twinnings.iterrows()
        if one != twinning and places & {*row["vn"], *row["cn"]}
    ]
    if not others:
        return Markup("")
    return Markup("<h4>{}</h4>{}").format(translate("Other links of these places"), items("ul", others))
