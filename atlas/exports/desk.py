"""The desk for re-signing in words: how a twinning falls on a unit of today, what was signed, what both sides can do."""

from atlas import SPOKEN
from atlas.model.atlas import Atlas
from atlas.model.desk import Near, Tie, Unit
from atlas.words.translator import Translator


def formal(atlas: Atlas, place: str, language: str) -> str:
    """The name of a unit as a paper gives it: with the word for what it is, and the units above it."""
    if SPOKEN[language].han:
        return atlas.places.full_name(place, language)
    above = (atlas.places.name(one, language) for one in atlas.places.ancestors(place))
    return Translator(language).join((atlas.places.typed_name(place, language), *above))


def way(atlas: Atlas, tie: Tie, translate: Translator) -> str:
    """How a twinning came to the unit: through which former units, and by which legal acts as sources name them."""
    units = translate.join_long(_former(atlas, one, translate) for one in tie.former)
    said = {
        "successor": translate("stands in for {units}", units=units),
        "area": translate("has part of the area of {units}", units=units),
        "above": translate("is the unit above {units}; what holds that area today is not known", units=units),
    }[tie.way]
    return translate("{text}, by {acts}", text=said, acts=translate.join(tie.acts)) if tie.acts else said


def _former(atlas: Atlas, place: str, translate: Translator) -> str:
    name, day = formal(atlas, place, translate.language), translate.date(atlas.places[place]["valid_until"])
    return translate("{unit} (until {day})", unit=name, day=day)


def split(atlas: Atlas, tie: Tie, translate: Translator) -> str:
    """On which other units the twinning falls too; empty where on none."""
    if not tie.others:
        return ""
    names = translate.join(atlas.places.name(one, translate.language) for one in tie.others)
    return translate("{name}: {value}", name=others(tie, translate), value=names)


def others(tie: Tie, translate: Translator) -> str:
    """On how many other units it falls."""
    return translate.plural("falls on {n} other unit too", "falls on {n} other units too", len(tie.others))


def together(unit: Unit, translate: Translator) -> str:
    """How many twinnings of how many former units fall together on a unit; empty where none do."""
    if not unit.collide:
        return ""
    former = {one for tie in unit.collide for one in tie.former}
    return translate("{n} twinnings of {units} former units fall on it", n=len(unit.collide), units=len(former))


def divided(unit: Unit, translate: Translator) -> str:
    """How many twinnings of a unit fall on others too; empty where none do."""
    if not unit.split:
        return ""
    return translate.plural(
        "{n} twinning falls on other units too", "{n} twinnings fall on other units too", len(unit.split)
    )


def sharing(near: Near, name: str, translate: Translator) -> str:
    """A Chinese unit with the length of border that it shares."""
    return translate("{name} ({km} km)", name=name, km=near.km)


def along(near: Near, name: str, translate: Translator) -> str:
    """A Chinese township with its distance along the border."""
    return sharing(near, name, translate) if near.km else translate("{name} (opposite)", name=name)


def dates(atlas: Atlas, tie: Tie, translate: Translator) -> list[str]:
    """When a twinning was signed and renewed, as far as sources state it."""
    row = atlas.twinnings.loc[tie.twinning]
    day = translate.date(row["signed_on"]) if row["signed_on"] else ""
    said = [translate("signed {day}", day=day) if day else translate("the sources state no day of signature")]
    if row["renewed_on"]:
        said.append(translate("renewed {day}", day=translate.date(row["renewed_on"])))
    return said


def signed(atlas: Atlas, tie: Tie, translate: Translator) -> str:
    """When a twinning was signed and renewed, in which paper, and by which bodies, as far as sources state it."""
    row, said = atlas.twinnings.loc[tie.twinning], dates(atlas, tie, translate)
    if row["agreement"]:
        paper = atlas.table("agreements").loc[row["agreement"]]
        title, parties, when = translate.text(paper, "title"), translate.text(paper, "parties"), paper["signed_on"]
        if when and when not in (row["signed_on"], row["renewed_on"]):
            title = translate("{title} ({day})", title=title, day=translate.date(when))
        said.append(translate("{name}: {value}", name=title, value=parties) if parties else title)
    return translate.join_long(said)


def options(unit: Unit, name: str, translate: Translator) -> list[str]:
    """What both sides can agree on for a unit, without any recommendation."""
    found = [
        translate("Confirm that {unit} goes on with it, in the terms that were signed.", unit=name),
        translate("Sign anew, between {unit} and the Chinese side.", unit=name),
    ]
    if unit.split:
        found.append(translate("Where it falls on several units: name one of them, or sign with all together."))
    if unit.collide:
        found.append(translate("Where several fall on one unit: go on with each, or join them in one paper."))
    return [*found, translate("Leave the earlier paper as a record, without a new one.")]
