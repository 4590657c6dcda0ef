"""The record card of a twinning: everything that is known of it, as safe HTML."""

from datetime import date
from html import escape

from atlas.cards.source import source
from atlas.model.atlas import Atlas
from atlas.model.gazetteer import PROPOSED
from atlas.words.naming import side
from atlas.words.sentences import proposed_names
from atlas.words.translator import Translator
from atlas.words.vocabulary import confidences, gate_classes, level_names, precisions, statuses


def html(atlas: Atlas, twinning: str, translate: Translator, day: date) -> str:
    """The card of one twinning as of a day; every text from the data is escaped."""
    row = atlas.twinnings.loc[twinning]
    order = ("CN", "VN") if translate.language == "zh" else ("VN", "CN")
    heads = {"VN": translate("Vietnamese side"), "CN": translate("Chinese side")}
    sides = "".join(
        f"<section><h4>{heads[country]}</h4>{''.join(_member(atlas, member, translate, day) for member in atlas.members[twinning] if member['side'] == country)}</section>"
        for country in order
    )
    facts = [
        (translate("Level"), level_names(translate)[row["level"]]),
        (translate("Signed"), translate.date(row["signed_on"])),
        (translate("Renewed"), row["renewed_on"] and translate.date(row["renewed_on"])),
        (translate("Status"), statuses(translate)[row["status"]]),
        (translate("Last confirmed"), row["last_confirmed"] and translate.date(row["last_confirmed"])),
        (
            translate("Agreement"),
            row["agreement"] and translate.text(atlas.table("agreements").loc[row["agreement"]], "title"),
        ),
        (translate("Confidence"), confidences(translate)[row["confidence"]]),
        (translate("Note"), translate.text(row, "note")),
    ]
    listed = "".join(f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>" for name, value in facts if value)
    sources = "".join(f"<li>{source(atlas, one, translate)}</li>" for one in row["sources"])
    others = _other_twinnings(atlas, twinning, translate)
    # pages in Chinese say it below, for all names on them
    mark = (
        f"<small>{escape(proposed_names(translate))}</small>"
        if PROPOSED in sides and translate.language != "zh"
        else ""
    )
    return f"<article class='card'><div class='sides'>{sides}</div>{mark}<dl>{listed}</dl><h4>{escape(translate('Sources'))}</h4><ol>{sources}</ol>{others}</article>"


def _member(atlas: Atlas, member: dict, translate: Translator, day: date) -> str:
    place = member["place"]
    row = atlas.places[place]
    organisation = member[f"organisation_{translate.language}"]
    # with their types, as the first has it, or a city stands there twice
    vietnamese, english = (row[f"name_{one}"] and atlas.places.name(place, one) for one in ("vi", "en"))
    latin = row["name_pinyin"] or english
    spellings = [atlas.places.name(place, translate.language), vietnamese, atlas.places.chinese_name(place), latin]
    names = dict.fromkeys(name for name in spellings if name)
    above = [atlas.places.name(unit, translate.language) for unit in atlas.places.ancestors(place)]
    named = escape(" · ".join(names))
    lines = [f"<strong>{escape(organisation)}</strong>", named] if organisation else [f"<strong>{named}</strong>"]
    lines.append(escape(translate.join(above)))
    if member["name_as_signed"]:
        lines.append(f"<small>{escape(translate('as signed: {name}', name=member['name_as_signed']))}</small>")
    if not atlas.places.exists(place, day):
        lines.append(f"<small class='ended'>{escape(_ended(atlas, place, translate))}</small>")
    elif row["kind"] == "village" and row["parent"] and not atlas.places.exists(row["parent"], day):
        commune = f"{atlas.places.name(row['parent'], translate.language)}: {_ended(atlas, row['parent'], translate)}"
        lines.append(f"<small class='ended'>{escape(commune)}</small>")
    if row["gate_class"]:
        lines.append(f"<small>{escape(gate_classes(translate)[row['gate_class']])}</small>")
    if row["coordinate_precision"] and row["coordinate_precision"] != "point":
        lines.append(f"<small>{escape(precisions(translate)[row['coordinate_precision']])}</small>")
    return f"<p>{'<br>'.join(line for line in lines if line)}</p>"


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


def _other_twinnings(atlas: Atlas, twinning: str, translate: Translator) -> str:
    places = {*atlas.twinnings.at[twinning, "vn"], *atlas.twinnings.at[twinning, "cn"]}
    others = [
        f"{side(atlas, one, 'VN', translate.language)} – {side(atlas, one, 'CN', translate.language)}"
        for one, row in atlas.twinnings.iterrows()
        if one != twinning and places & {*row["vn"], *row["cn"]}
    ]
    if not others:
        return ""
    return f"<h4>{escape(translate('Other links of these places'))}</h4><ul>{''.join(f'<li>{escape(one)}</li>' for one in others)}</ul>"
