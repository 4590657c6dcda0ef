"""The record card of a twinning: everything that is known of it, as safe HTML."""

from datetime import date

from markupsafe import Markup

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
    """The card of one twinning as of a day."""
    row = atlas.twinnings.loc[twinning]
    vietnamese = _side(atlas, twinning, "VN", translate("Vietnamese side"), translate, day)
    chinese = _side(atlas, twinning, "CN", translate("Chinese side"), translate, day)
    sides = Markup("").join(in_order(translate.language, vietnamese, chinese))
    facts = [
        (translate("Level"), vocabulary.label(atlas, "twinnings.level", row, translate)),
        (translate("Signed"), translate.date(row["signed_on"])),
        (translate("Renewed"), row["renewed_on"] and translate.date(row["renewed_on"])),
        (translate("Status"), vocabulary.label(atlas, "twinnings.status", row, translate)),
        (translate("Last confirmed"), row["last_confirmed"] and translate.date(row["last_confirmed"])),
        (
            translate("Agreement"),
            row["agreement"] and translate.text(atlas.table("agreements").loc[row["agreement"]], "title"),
        ),
        (translate("Confidence"), vocabulary.label(atlas, "twinnings.confidence", row, translate)),
        (translate("Note"), translate.text(row, "note")),
    ]
    # pages in Chinese say it below, for all names on them
    proposes = PROPOSED in sides and translate.language != "zh"
    return Markup("<article class='card'><div class='sides'>{}</div>{}{}<h4>{}</h4>{}{}</article>").format(
        sides,
        _small(proposed_names(translate)) if proposes else "",
        listed(facts),
        translate("Sources"),
        sources(atlas, row["sources"], translate),
        _other_twinnings(atlas, twinning, translate),
    )


def _side(atlas: Atlas, twinning: str, country: str, head: str, translate: Translator, day: date) -> Markup:
    members = (one for one in atlas.members[twinning] if one["side"] == country)
    said = Markup("").join(_member(atlas, member, translate, day) for member in members)
    return Markup("<section><h4>{}</h4>{}</section>").format(head, said)


def _small(text: str) -> Markup:
    return Markup("<small>{}</small>").format(text)


def _member(atlas: Atlas, member: dict, translate: Translator, day: date) -> Markup:
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
    if ended := _end_of(atlas, place, translate, day):
        lines.append(Markup("<small class='ended'>{}</small>").format(ended))
    if row["gate_class"]:
        lines.append(_small(vocabulary.label(atlas, "places.gate_class", row, translate)))
    if row["coordinate_precision"] and row["coordinate_precision"] != "point":
        lines.append(_small(vocabulary.label(atlas, "places.coordinate_precision", row, translate)))
    return Markup("<p>{}</p>").format(Markup("<br>").join(line for line in lines if line))


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
