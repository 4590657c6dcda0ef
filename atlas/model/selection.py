"""What a visitor has filtered: a frozen value, read from and written to URL parameters, applied to an atlas."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from atlas import LANGUAGES
from atlas.model import changes, filters, signs
from atlas.model.atlas import LEVELS, Atlas, cached
from atlas.model.spelling import LONGEST_SEARCH
from atlas.records.dates import bounds, today

CONFIDENCE = ("high", "medium", "low")
LAYERS = ("crossings", "study")
FIRST_YEAR = 1990
SEVERAL = ("province", "region", "level", "confidence", "record", "layers")
ONE = ("lang", "from", "to", "undated", "pair", "labels", "asof", "seen", "changed")
PARAMETERS = (*SEVERAL, *ONE, "q")
FIELDS = {"from": "year_from", "to": "year_to"}  # of a selection, where they are not called as the parameter is
# by these a page is told which of its parts, which record, which two sides or which period to show, and what to search for
VIEWS = ("view", "list", "unit", "id", "find", "a", "b", "since", "until")
# the filters of points that were agreed, which only their page has
POINTS = ("series", "session", "paper", "field", "side", "state")
LOST = "no-page"  # names what was asked for as a page and is none
SPELLING = {level: level.replace("_", "-") for level in LEVELS}  # in addresses
SPELLED = {spelled: level for level, spelled in SPELLING.items()}


@dataclass(frozen=True)
class Selection:
    """One state of the filters. Empty tuples and None mean no restriction.

    province, region: slugs of units; level: levels of twinning;
    year_from, year_to: years of signature, or years that a meeting or a figure's period touches, both included;
    undated: ``include`` or ``only`` for records without a date (they are left out when years are chosen and this is None);
    pair: id of the twinning whose card is open; record: ids of the figures, events, agreements, sources and discrepancies whose cards are open;
    seen: a year before which twinnings were last seen in a source, or :data:`atlas.model.signs.NEVER`;
    changed: a release of the records, since which a record is new or has changed;
    asof: the day for which units are shown, and after which nothing had been signed, held or stated; None for today;
    layers: what the map shows beside the selection.
    """

    lang: str | None = None
    province: tuple[str, ...] = ()
    region: tuple[str, ...] = ()
    level: tuple[str, ...] = ()
    year_from: int | None = None
    year_to: int | None = None
    undated: str | None = None
    confidence: tuple[str, ...] = ()
    q: str = ""
    pair: str | None = None
    record: tuple[str, ...] = ()
    labels: str | None = None
    asof: str | None = None
    layers: tuple[str, ...] = ()
    seen: str | None = None
    changed: str | None = None

    @classmethod
    def from_query(cls, query: Mapping[str, Sequence[str]], atlas: Atlas) -> tuple["Selection", list[tuple[str, str]]]:
        """Read URL parameters.

        :param query: parameter name -> values; unknown names are ignored.
        :return: the selection, and (parameter, value) of everything known by name whose value was not understood.
        """
        ignored: list[tuple[str, str]] = []

        def keep(name: str, allowed: Any) -> tuple[str, ...]:
            values = tuple(dict.fromkeys(value for value in query.get(name, ()) if value))
            ignored.extend((name, value) for value in values if value not in allowed)
            return tuple(value for value in values if value in allowed)

        def only(name: str, allowed: Any) -> str | None:
            first, *others = keep(name, allowed) or (None,)
            ignored.extend((name, str(other)) for other in others)
            return first

        years = {str(year) for year in range(FIRST_YEAR, today(atlas.version).year + 2)}
        year_from, year_to = (int(year) if (year := only(name, years)) else None for name in ("from", "to"))
        if year_from and year_to and year_from > year_to:
            ignored.append(("to", str(year_to)))
            year_to = None
        asof = only("asof", _ValidDays())
        q = next(iter(query.get("q", ())), "") or ""
        if len(q) > LONGEST_SEARCH:
            ignored.append(("q", q))
            q = ""
        return cls(
            lang=only("lang", LANGUAGES),
            province=keep("province", atlas.province_slugs),
            region=keep("region", atlas.region_slugs),
            level=tuple(SPELLED[level] for level in keep("level", SPELLED)),
            year_from=year_from,
            year_to=year_to,
            undated=only("undated", ("include", "only")),
            confidence=keep("confidence", CONFIDENCE),
            q=q.strip(),
            pair=only("pair", atlas.twinnings.index),
            record=keep("record", atlas.opens),
            labels=only("labels", ("bilingual",)),
            asof=asof,
            layers=keep("layers", LAYERS),
            seen=only("seen", {*years, signs.NEVER}),
            changed=only("changed", _Releases(atlas)),
        ), ignored

    def to_query(self) -> dict[str, list[str]]:
        """URL parameters that restore this selection; what is not restricted is left out."""
        names = {field: name for name, field in FIELDS.items()}
        values = {names.get(field.name, field.name): getattr(self, field.name) for field in fields(self)}
        values["level"] = tuple(SPELLING[level] for level in self.level)
        return {
            name: [str(one) for one in (value if isinstance(value, tuple) else (value,))]
            for name, value in values.items()
            if value
        }

    def day(self, atlas: Atlas) -> date:
        """The day for which units are shown."""
        return date.fromisoformat(self.asof) if self.asof else today(atlas.version)

    @property
    def chosen(self) -> "Selection":
        """What decides which records are shown, without what only changes how."""
        return replace(self, lang=None, pair=None, record=(), labels=None, layers=())

    @property
    def filters(self) -> "Selection":
        """The filters alone."""
        return replace(self.chosen, asof=None)

    @property
    def restricts(self) -> bool:
        """Whether any filter is set."""
        return self.filters != Selection()

    @property
    def left_undated(self) -> "Selection | None":
        """What chooses the undated records that the years leave out; None when they leave none out."""
        if (self.year_from is None and self.year_to is None) or self.undated:
            return None
        return replace(self, year_from=None, year_to=None, undated="only")

    def twinnings(self, atlas: Atlas, *columns: str) -> pd.DataFrame:
        """The twinnings that pass all filters and stood on the day shown, in the order of the atlas.

        Paired gates come only when their level is chosen. Others get the same rows: nobody may change them.

        :param columns: the only ones that are wanted, where copying all would take most of the time; all without any.
        """
        return _twinnings(atlas, self.chosen, columns)

    def records(self, atlas: Atlas, table: str) -> pd.DataFrame:
        """The rows of agreements, events or figures that pass the filters of place, year and text and that existed then.

        Others get the same rows: nobody may change them.
        """
        return _records(atlas, self.chosen, table)

    def passes(self, atlas: Atlas, table: str) -> np.ndarray:
        """For every row of a table whether it passes the filters that concern it and existed on the day shown."""
        return filters.passes(atlas, table, lambda name: getattr(self, FIELDS.get(name, name)))


# the same selection is asked for by several parts of a page, and again by every other page and visitor
@cached(50)
def _twinnings(atlas: Atlas, selection: Selection, columns: tuple[str, ...]) -> pd.DataFrame:
    rows, mask = atlas.twinnings, selection.passes(atlas, "twinnings")
    return rows[list(columns or rows.columns)][mask]


@cached(50)
def _records(atlas: Atlas, selection: Selection, table: str) -> pd.DataFrame:
    return atlas.table(table)[selection.passes(atlas, table)]


class _ValidDays:
    """The days that ``asof`` may name."""

    __contains__ = staticmethod(lambda text: is_day(text))


@dataclass(frozen=True)
class _Releases:
    """The releases that ``changed`` may name, which are read only when it names one."""

    atlas: Atlas

    def __contains__(self, text: str) -> bool:
        return text in changes.versions(self.atlas)


def is_day(text: str) -> bool:
    """Whether a text is one whole day, YYYY-MM-DD, from 1990 on."""
    try:
        first, last = bounds(text)
    except ValueError:
        return False
    return first == last and first.year >= FIRST_YEAR
