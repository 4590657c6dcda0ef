"""Records that somebody names otherwise than by their ids."""

from collections.abc import Collection, Mapping
from datetime import date
from functools import cached_property

import pandas as pd

from atlas.model import store
from atlas.model.atlas import Atlas
from atlas.model.recognition import CLEARLY, SURE, recognise
from atlas.model.spelling import fold
from atlas.records.addresses import same
from atlas.records.lines import ALWAYS, Span, days

# what a table's records are called, beside their ids
CALLED = {
    "sources": ("title",),
    "agreements": ("title_vi", "title_zh", "title_en"),
    "events": ("title_vi", "title_zh", "title_en"),
    "figures": ("title_vi", "title_zh", "title_en"),
    "fields": ("name_vi", "name_zh", "name_en"),
}
# what dates a row, for the places in it
DATED = ("signed_on", "effective_on", "date_from", "period_from", "as_of", "since", "valid_from")
SIDES = (("vn_", "VN"), ("cn_", "CN"))


class Named:
    """The ids that there are, with those that a workbook brings, and what their records are called.

    :param tables: the records as they stand, cells as texts.
    :param brought: ids of the workbook, by table.
    """

    def __init__(self, tables: Mapping[str, pd.DataFrame], brought: Mapping[str, Collection[str]]):
        self.tables = tables
        self._ids = {
            name: {*frame["id"], *brought.get(name, ())} for name, frame in tables.items() if "id" in frame.columns
        }
        self._called: dict[str, dict[str, set[str]]] = {}
        self.signed = dict(
            zip(tables["twinnings"]["id"], tables["twinnings"]["signed_on"])
        )  # and those of the workbook

    @cached_property
    def atlas(self) -> Atlas:
        """The built atlas, which knows places by their names."""
        return store.load()

    @cached_property
    def _countries(self) -> dict[str, str]:
        return dict(zip(self.tables["places"]["id"], self.tables["places"]["country"]))

    def has(self, table: str, text: str) -> bool:
        """Whether a text is an id of a table."""
        return text in self._ids[table]

    def find(self, table: str, text: str, of: str, column: str, row: Mapping[str, str]) -> list[str]:
        """The ids that a text may mean, where several are as good.

        :param of: the table in whose column it stands, in a row of which some cells are known.
        """
        if table == "places":
            span = self._days(row)
            return self._places(text, _country(of, column, row), span[1] if span else None)
        if table == "sources" and text.startswith(("http://", "https://")):
            addresses = self.tables["sources"][["id", "url"]].itertuples(index=False)
            return [record for record, address in addresses if address and same(address) == same(text)]
        return sorted(self._names(table).get(fold(text), ()))

    def instead(self, place: str, row: Mapping[str, str]) -> list[str]:
        """The units that stood in for one that did not exist when a row says; none where it did or nothing is known."""
        span, places = self._days(row), self.atlas.places
        if span is None or place not in places or any(places.exists(place, day) for day in span):
            return []
        others = places.successors(place) if places.ended(place, span[0]) else places.predecessors(place)
        return [other for other in others if any(places.exists(other, day) for day in span)]

    def _days(self, row: Mapping[str, str]) -> Span | None:
        """The days that a row can mean by what dates it."""
        text = self.signed.get(row.get("twinning", ""), "") or next((row[name] for name in DATED if row.get(name)), "")
        return None if days(text) == ALWAYS else days(text)

    def _places(self, text: str, country: str, day: date | None) -> list[str]:
        found = [
            one
            for one in recognise(self.atlas, text, day=day)
            if self._countries.get(one.place) and country in ("", self._countries[one.place])
        ]
        sure = [one for one in found if one.score >= SURE and one.reason not in ("misspelling", "other_parent")]
        return [one.place for one in sure if one.score > sure[0].score - CLEARLY]

    def _names(self, table: str) -> dict[str, set[str]]:
        if table not in self._called:
            known: dict[str, set[str]] = {}
            frame = self.tables[table]
            for column in CALLED.get(table, ()):
                for record, name in zip(frame["id"], frame[column]):
                    if name:
                        known.setdefault(fold(name), set()).add(record)
            self._called[table] = known
        return self._called[table]


def _country(table: str, column: str, row: Mapping[str, str]) -> str:
    side = next((country for prefix, country in SIDES if column.startswith(prefix)), "")
    return side or row.get("side", "") or (row.get("country", "") if table == "places" else "")
