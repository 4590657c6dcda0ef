"""The list for re-signing in words."""

from collections.abc import Iterable

import pandas as pd

from atlas.model.atlas import Atlas
from atlas.model.reform import Abolished, is_since
from atlas.words import vocabulary
from atlas.words.naming import title
from atlas.words.translator import IN_LISTS, Translator


def columns(atlas: Atlas, rows: list[Abolished], translate: Translator) -> dict[str, list[str]]:
    """The list by its headings, one text a twinning, as it stands on the page."""
    twinnings, language = atlas.twinnings, translate.language

    def names(places: Iterable[str]) -> str:
        return translate.join(atlas.places.full_name(place, language) for place in places)

    return {
        translate("Signed by"): [names(row.ended) for row in rows],
        translate("Today"): [names(row.successors) or _on_its_area(atlas, row, translate) for row in rows],
        translate("Chinese side"): [names(twinnings.at[row.twinning, "cn"]) for row in rows],
        translate("What is to decide"): [_to_decide(atlas, row, translate) for row in rows],
        translate("Signed"): [translate.date(twinnings.at[row.twinning, "signed_on"], IN_LISTS) for row in rows],
        translate("Known since the reform"): [known_since(atlas, row, translate) for row in rows],
    }


def table(atlas: Atlas, rows: list[Abolished], translate: Translator) -> pd.DataFrame:
    """The list as a table to export, one twinning a row, each with its case."""
    cases = vocabulary.reform_cases(translate)
    named = {translate("Case"): [cases[row.case] for row in rows]}
    return pd.DataFrame(named | columns(atlas, rows, translate))


def explained(translate: Translator) -> dict[str, str]:
    """What each case means."""
    return {
        "one": translate("One unit of today stands in, for this twinning alone."),
        "several": translate("The area was divided: several units of today stand in."),
        "shared": translate("One unit of today stands in for the units of several twinnings."),
        "none": translate(
            "No unit of the same level stands in; those of today on its area are named where they are known."
        ),
    }


def _on_its_area(atlas: Atlas, row: Abolished, translate: Translator) -> str:
    units = translate.join(atlas.places.name(place, translate.language) for place in row.area)
    return translate("no unit of its level; its area today: {units}", units=units) if units else "–"


def _to_decide(atlas: Atlas, row: Abolished, translate: Translator) -> str:
    units = translate.join(atlas.places.name(place, translate.language) for place in row.successors)
    match row.case:
        case "one":
            said = [translate("Does {unit} go on with it?", unit=units)]
        case "several":
            said = [translate("Which of the {n} units goes on with it, or all together?", n=len(row.successors))]
            if row.several_on_one:
                said.append(translate("{n} twinnings fall on one of these units", n=row.shared))
        case "shared":
            said = [
                translate("Does {unit} go on with each of {n} twinnings, or are they joined?", unit=units, n=row.shared)
            ]
        case _:
            said = [translate("Who goes on with it, as no unit of its level does?")]
    if any(atlas.places[place]["kind"] == "village" for place in row.ended):
        said.append(translate("the village goes on, its commune ended"))
    return " · ".join(said)


def known_since(atlas: Atlas, row: Abolished, translate: Translator) -> str:
    """What sources after the reform say of a twinning: renewals, confirmations, meetings, links of the unit that stands in."""
    twinnings, events = atlas.twinnings, atlas.table("events")
    dates = {
        "renewed_on": lambda day: translate("renewed {day}", day=day),
        "last_confirmed": lambda day: translate("last confirmed {day}", day=day),
    }
    record = twinnings.loc[row.twinning]
    known = [say(translate.date(record[name])) for name, say in dates.items() if is_since(record[name])]
    known += [
        translate("{name}: {value}", name=translate.date(event["date_from"]), value=translate.text(event, "title"))
        for _, event in events.loc[list(row.since)].iterrows()
    ]
    known += [
        translate(
            "{link}: link of the unit that stands in, last confirmed {day}",
            link=title(atlas, twinnings.loc[one], translate.language),
            day=translate.date(twinnings.at[one, "last_confirmed"]),
        )
        for one in row.taken_up
    ]
    return " · ".join(known) or translate("nothing documented")
