"""What can be compared: two provinces, two Chinese sides, two days or two periods; and how an address names them."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from atlas import AtlasError, meant
from atlas.model import periods
from atlas.model.atlas import Atlas
from atlas.model.periods import Period
from atlas.model.reform import REFORM
from atlas.model.selection import Selection, is_day
from atlas.model.spelling import LONGEST_SEARCH
from atlas.records.dates import today, typed

KINDS = ("province", "region", "day", "period")
EVER = Period("", date.min, date.max)
BEFORE_REFORM = date.fromisoformat(REFORM) - timedelta(days=1)


@dataclass(frozen=True)
class Side:
    """One of the two. ``text``: as an address spells it; ``period``: itself, or all that had been by a day."""

    kind: str
    text: str
    period: Period = EVER

    @property
    def day(self) -> date:
        """The day itself, or the last one of a period."""
        return self.period.last


class NotComparable(AtlasError):
    """Two sides that have no rows in common."""


def read(atlas: Atlas, text: str) -> Side | None:
    """The side that a text names: a slug, a day or a period, also as people type days; None for any other text."""
    text = text.strip()
    if len(text) > LONGEST_SEARCH:
        return None
    for kind, slugs in (("province", atlas.province_slugs), ("region", atlas.region_slugs)):
        if text in slugs:
            return Side(kind, text)
    if period := periods.read(text):
        return Side("period", period.text, period)
    day = text if is_day(text) else typed(text) or ""
    if is_day(day):
        return _day(date.fromisoformat(day))
    period = periods.read(day)
    return Side("period", period.text, period) if period else None


def both(atlas: Atlas, a: str, b: str) -> tuple[Side, Side]:
    """The sides that two texts name.

    :raises NotComparable: a text names none, or they are of different kinds.
    """
    first, second = read(atlas, a), read(atlas, b)
    if first is None or second is None:
        known = [*atlas.province_slugs, *atlas.region_slugs]
        wrong = [f'"{text}"{meant(text, known)}' for text, side in ((a, first), (b, second)) if side is None]
        raise NotComparable(
            f"{', '.join(wrong)}: expected two of {', '.join(atlas.province_slugs)}; two of "
            f"{', '.join(atlas.region_slugs)}; two days like 2024-12-31; or two periods like 2024, 2024-H1, 2024-Q3, "
            "2024-05 or 2016/2020"
        )
    if first.kind != second.kind:
        raise NotComparable(f'"{a}" is a {first.kind} and "{b}" a {second.kind}: expected two of one kind')
    return first, second


def usual(atlas: Atlas, kind: str) -> tuple[Side, Side] | None:
    """The sides with which a comparison of days or periods begins; places are for the visitor to choose."""
    day = today(atlas.version)
    match kind:
        case "day":
            return _day(BEFORE_REFORM), _day(day)
        case "period":
            before, last = periods.latest(day)
            return Side("period", before.text, before), Side("period", last.text, last)
    return None


def _day(day: date) -> Side:
    return Side("day", day.isoformat(), Period("", date.min, day))


def within(selection: Selection, side: Side) -> Selection:
    """What a side leaves of a selection; a side takes the place of the filter of its kind."""
    match side.kind:
        case "province":
            return replace(selection.chosen, province=(side.text,))
        case "region":
            return replace(selection.chosen, region=(side.text,))
    return replace(selection.chosen, asof=None, year_from=None, year_to=None, undated=None)
