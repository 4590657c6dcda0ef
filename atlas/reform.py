"""The working list for re-signing: twinnings whose unit ended, and what stands in for it.

Vietnam ended its districts and merged provinces and communes on 2025-07-01.
"""

from collections import Counter
from dataclasses import dataclass

import pandas as pd

from atlas.selection import Selection
from atlas.store import Atlas

REFORM = "2025-07-01"


@dataclass(frozen=True)
class Abolished:
    """One twinning that lost a signer.

    ended: the member places that no longer exist; successors: today's units that stand in for them;
    shared: how many of the twinnings listed also fall on one of these units;
    since: ids of events after the reform that concern the twinning, newest first.
    """

    twinning: str
    ended: tuple[str, ...]
    successors: tuple[str, ...]
    shared: int
    since: tuple[str, ...]

    @property
    def several_on_one(self) -> bool:
        """Whether another twinning falls on the same unit of today."""
        return self.shared > 1

    @property
    def one_on_several(self) -> bool:
        """Whether the twinning falls on more than one unit of today."""
        return len(self.successors) > 1


def abolished(atlas: Atlas, selection: Selection) -> list[Abolished]:
    """The selected twinnings with a member unit that ended before the day shown, in the order of the atlas."""
    rows = selection.twinnings(atlas)
    ended = {
        twinning: tuple(place for place in (*row["vn"], *row["cn"]) if not atlas.places.exists(place, selection.day(atlas)))
        for twinning, row in rows.to_dict("index").items()
    }
    ended = {twinning: places for twinning, places in ended.items() if places}
    successors = {
        twinning: tuple(dict.fromkeys(unit for place in places for unit in atlas.places.successors(place)))
        for twinning, places in ended.items()
    }
    falls_on = Counter(unit for units in successors.values() for unit in units)
    meetings = _meetings_since(atlas)
    return [
        Abolished(
            twinning,
            ended[twinning],
            successors[twinning],
            max((falls_on[unit] for unit in successors[twinning]), default=0),
            tuple(meetings.get(twinning, ())),
        )
        for twinning in ended
    ]


def _meetings_since(atlas: Atlas) -> dict[str, list[str]]:
    events = atlas.table("events")
    later = events[events["date_from"].fillna("") >= REFORM].sort_values("date_from", ascending=False)
    pairs = later.explode("twinnings").dropna(subset=["twinnings"])
    return pairs.groupby("twinnings", sort=False)["id"].agg(list).to_dict() if len(pairs) else {}


def table(atlas: Atlas, rows: list[Abolished], translate) -> pd.DataFrame:
    """The list as a table in the translator's language, one twinning a row, ready to show or export."""
    twinnings, events = atlas.twinnings, atlas.table("events")

    def names(places) -> str:
        return translate.join(atlas.places.full_name(place, translate.language) for place in places)

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
        ]
        return " · ".join(text for text in known if text) or translate("nothing documented")

    def remark(row: Abolished) -> str:
        remarks = [
            translate("{n} twinnings fall on one unit", n=row.shared) if row.several_on_one else "",
            translate("falls on {n} units", n=len(row.successors)) if row.one_on_several else "",
            "" if row.successors else translate("no successor unit at this level"),
        ]
        return " · ".join(text for text in remarks if text)

    return pd.DataFrame(
        {
            translate("Signed by"): [names(row.ended) for row in rows],
            translate("Today"): [names(row.successors) or "–" for row in rows],
            translate("Chinese side"): [names(twinnings.at[row.twinning, "cn"]) for row in rows],
            translate("Signed"): [translate.date(twinnings.at[row.twinning, "signed_on"]) for row in rows],
            translate("Known since the reform"): [renewal(row) for row in rows],
            translate("Remark"): [remark(row) for row in rows],
        }
    )
