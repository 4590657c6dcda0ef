"""The list for re-signing in words."""

from collections.abc import Iterable

import pandas as pd

from atlas.model.atlas import Atlas
from atlas.model.reform import REFORM, Abolished
from atlas.words.naming import title
from atlas.words.translator import IN_LISTS, Translator


def _villages(atlas: Atlas, row: Abolished) -> bool:
    return any(atlas.places[place]["kind"] == "village" for place in row.ended)


def table(atlas: Atlas, rows: list[Abolished], translate: Translator) -> pd.DataFrame:
    """The list as a table in the translator's language, one twinning a row, ready to show or export."""
    twinnings, events = atlas.twinnings, atlas.table("events")

    def names(places: Iterable[str]) -> str:
        return translate.join(atlas.places.full_name(place, translate.language) for place in places)

    def short(places: Iterable[str]) -> str:
        return translate.join(atlas.places.name(place, translate.language) for place in places)

    def renewal(row: Abolished) -> str:
        record = twinnings.loc[row.twinning]
        known = [
            translate("renewed {day}", day=translate.date(record["renewed_on"]))
            if (record["renewed_on"] or "") >= REFORM
            else "",
            translate("last confirmed {day}", day=translate.date(record["last_confirmed"]))
            if (record["last_confirmed"] or "") >= REFORM
            else "",
            *(
                f"{translate.date(events.at[event, 'date_from'])}: {translate.text(events.loc[event], 'title')}"
                for event in row.since
            ),
            *(
                translate(
                    "{link}: link of the unit that stands in, last confirmed {day}",
                    link=title(atlas, twinnings.loc[one], translate.language),
                    day=translate.date(twinnings.at[one, "last_confirmed"]),
                )
                for one in row.taken_up
            ),
        ]
        return " · ".join(text for text in known if text) or translate("nothing documented")

    def remark(row: Abolished) -> str:
        remarks = [
            translate("{n} twinnings fall on one unit", n=row.shared) if row.several_on_one else "",
            translate("falls on {n} units", n=len(row.successors)) if row.one_on_several else "",
            "" if row.successors else translate("no successor unit at this level"),
            translate("its area today: {units}", units=short(row.area)) if row.area else "",
            translate("the village goes on, its commune ended") if _villages(atlas, row) else "",
        ]
        return " · ".join(text for text in remarks if text)

    return pd.DataFrame(
        {
            translate("Signed by"): [names(row.ended) for row in rows],
            translate("Today"): [names(row.successors) or "–" for row in rows],
            translate("Chinese side"): [names(twinnings.at[row.twinning, "cn"]) for row in rows],
            translate("Signed"): [translate.date(twinnings.at[row.twinning, "signed_on"], IN_LISTS) for row in rows],
            translate("Known since the reform"): [renewal(row) for row in rows],
            translate("Remark"): [remark(row) for row in rows],
        }
    )
