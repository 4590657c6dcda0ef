"""The numbers that documents and scenes show of a selection: key numbers, headlines, years, and figures of one unit."""

from collections.abc import Callable
from functools import partial

import pandas as pd

from atlas.model import results
from atlas.model.atlas import Atlas
from atlas.model.selection import Selection
from atlas.words import values
from atlas.words.translator import Translator
from atlas.words.voice import Voice

MOST_HEADLINES = 4


def key_numbers(atlas: Atlas, rows: dict[str, pd.DataFrame], voice: Voice) -> list[tuple[str, str]]:
    """Label and number of what a selection holds.

    :param rows: see :func:`atlas.exports.rows.selected`.
    """
    twinnings = rows["twinnings"][rows["twinnings"]["level"] != "border_gate"]
    members = atlas.table("twinning_members")
    localities = members[members["twinning"].isin(twinnings.index)]["place"].nunique()
    return [
        (voice(lambda translate: translate("Twinnings")), voice(lambda translate: translate.number(len(twinnings)))),
        (voice(lambda translate: translate("Localities in them")), voice(lambda translate: translate.number(localities))),
        (voice(lambda translate: translate("Agreements")), voice(lambda translate: translate.number(len(rows["agreements"])))),
        (voice(lambda translate: translate("Meetings and courses")), voice(lambda translate: translate.number(len(rows["events"])))),
        (voice(lambda translate: translate("Figures")), voice(lambda translate: translate.number(len(rows["figures"])))),
        (voice(lambda translate: translate("Sources")), voice(lambda translate: translate.number(len(rows["sources"])))),
    ]  # fmt: skip


def years(rows: pd.DataFrame) -> list[tuple[int, int]]:
    """How many of the events that were held fall into each year from the first to the last; those without a date are left out."""
    dated = rows[(rows["status"] == "held") & rows["date_from"].notna()]
    count = dated["date_from"].str[:4].astype(int).value_counts()
    return (
        [(year, int(count.get(year, 0))) for year in range(count.index.min(), count.index.max() + 1)]
        if len(count)
        else []
    )


def headlines(atlas: Atlas, selection: Selection, voice: Voice) -> list[tuple[str, str]]:
    """Number and label of the results of a selection: persons whose parts are known, then totals of twinnings."""
    totals, compositions = results.of(atlas, selection)
    counted = {one.total["id"]: one.total for one in compositions}.values()
    stated: list[tuple[dict, Callable[..., str]]] = [(row, partial(_counted, row)) for row in counted]
    stated += [(row, lambda translate, row=row: translate.text(row, "label")) for row in totals]
    return [(number(row, voice), voice(said)) for row, said in stated[:MOST_HEADLINES]]


def _counted(row: dict, translate: Translator) -> str:
    return f"{translate.text(row, 'title')} ({values.when(row, translate)})"


def number(row: dict, voice: Voice) -> str:
    """A value with its qualifier once for all languages: with thin spaces, which none of them takes for a decimal sign."""
    if len(voice.translators) == 1:
        return values.quantity(row, voice.first)
    value = grouped(row["value"])
    if row["qualifier"] == "range":
        return f"{value}–{grouped(row['value_max'])}"
    return {"at_least": "≥ ", "about": "≈ "}.get(row["qualifier"], "") + value


def grouped(value: float) -> str:
    """A number in groups of three digits with thin spaces between them."""
    return f"{value:,.10g}".replace(",", "\u2009")


def comparable(rows: pd.DataFrame) -> pd.DataFrame:
    """The figures that one axis can show: those of the unit that most of them have, with a number, without the parts of others."""
    known = rows[rows["value"].notna() & rows["part_of"].isna() & ~rows["measure"].isin(("kilometres", "other"))]
    if known.empty:
        return known
    sizes = known.groupby(["measure", "rate"], sort=True).size()
    measure, rate = sizes.idxmax()
    return known[(known["measure"] == measure) & (known["rate"] == rate)]
