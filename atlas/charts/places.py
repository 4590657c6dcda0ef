"""Figures by place: which province has how many persons in which city, and small charts by place and definition."""

import re
from collections.abc import Iterable
from dataclasses import replace

import pandas as pd
from markupsafe import Markup

from atlas.charts import counts
from atlas.charts.bars import Bars, Panels, numbers, opening
from atlas.charts.plot import Plot
from atlas.model.atlas import Atlas
from atlas.words import values
from atlas.words.translator import IN_LISTS, Translator

NAMED = "✓"  # in place of a number, where a source names the city alone
COUNTRIES = ("vn", "cn")
DATES = r"-(\d{4}|\d{2}|q\d)(?=-|$)"  # in an id


def panels(atlas: Atlas, rows: pd.DataFrame, translate: Translator, title: str) -> Plot | None:
    """Small charts by place and, within a place, by what is counted: each with a scale of its own.

    A number that has no other of its kind beside it is words without a bar, for a bar would compare it with nothing.
    None when no row has a value.
    """
    rows = rows[rows["value"].notna()]
    if rows.empty:
        return None
    disputed = counts.numbered_differences(atlas, rows)
    found: dict[str, dict[tuple, list[dict]]] = {}
    for row in atlas.records("figures", rows.index):
        found.setdefault(_where(atlas, row, translate), {}).setdefault(_definition(row), []).append(row)
    ordered = sorted(found.items(), key=lambda one: -sum(map(len, one[1].values())))
    drawn = Panels(
        tuple(
            (place, tuple(_scaled(members, disputed, translate) for members in definitions.values()))
            for place, definitions in ordered
        )
    )
    scale = translate("A bar compares only numbers of one kind at one place; every other number stands alone.")
    compared = any(line.marks for _, drawings in drawn.panels for drawing in drawings for line in drawing.lines)
    return Plot(
        title,
        drawn,
        " · ".join([*counts.signs(rows, translate), scale]) if compared else "",
        counts.cited(rows),
        counts.figure_table(atlas, rows, translate),
        disputes=counts.disputes(atlas, rows, disputed, translate),
    )


def _scaled(members: list[dict], disputed: dict[str, list[int]], translate: Translator) -> Bars:
    lines = []
    for row in sorted(members, key=lambda row: (row["as_of"] or "", row["period_to"] or "")):
        line = counts.line(
            row, translate.text(row, "title"), values.when(row, translate, IN_LISTS), disputed, translate
        )
        value = line.value.replace(values.quantity(row, translate), values.amount(row, translate), 1)
        lines.append(replace(line, value=value, marks=line.marks if len(members) > 1 else ()))
    highest = max(row["value_max"] if row["qualifier"] == "range" else row["value"] for row in members)
    return Bars(tuple(lines), numbers(highest, "", translate))


def _where(atlas: Atlas, row: dict, translate: Translator) -> str:
    """Where a figure counts: between a province and a place, or at the place alone."""
    origin = [place for place in row["origin"] if place not in COUNTRIES or not row["destination"]]
    ends = [values.places(atlas, places, translate.language) for places in (origin, row["destination"]) if places]
    return " – ".join(ends) or translate("place not stated")


def _definition(row: dict) -> tuple:
    """What is the same in figures that may share a scale; the id of a figure names what it counts, and when."""
    same = ("origin", "destination", "measure", "rate", "cumulative")
    return (*(row[name] for name in same), re.sub(DATES, "", row["id"]))


def matrix(atlas: Atlas, rows: pd.DataFrame, translate: Translator) -> Markup:
    """Persons by the Vietnamese province they are from and the Chinese place they are at, a cell opens its figures.

    A place that is named without a number has a mark; a cell is empty where no source names the place. Empty when no
    figure is of that kind.
    """
    cells: dict[tuple[str, ...], dict[str, list[dict]]] = {}
    every = atlas.table("figures")
    for row in atlas.records("figures", rows.index):
        if _from_province_to_city(atlas, row, every):
            cells.setdefault(row["origin"], {}).setdefault(_city(atlas, row["destination"][0]), []).append(row)
    if not cells:
        return Markup("")
    used = {city: len(atlas.places.ancestors(city)) for row in cells.values() for city in row}
    cities = sorted(used, key=lambda city: (used[city] > 0, city))
    names = {
        city: atlas.places.name(city, translate.language)
        if used[city]
        else translate("{place} as a whole", place=atlas.places.name(city, translate.language))
        for city in cities
    }
    heads = Markup("").join(Markup("<th scope=col>{}</th>").format(names[city]) for city in cities)
    ordered = sorted(cells.items(), key=lambda one: -max(_largest(figures) for figures in one[1].values()))
    body = Markup("").join(
        Markup("<tr><th scope=row>{}</th>{}</tr>").format(
            values.places(atlas, origin, translate.language),
            Markup("").join(_cell(row.get(city, []), names[city], translate) for city in cities),
        )
        for origin, row in ordered
    )
    corner = translate("From \u2193 to \u2192")
    whole = "<table class=matrix><thead><tr><th scope=col>{}</th>{}</tr></thead><tbody>{}</tbody></table>"
    return Markup(whole).format(corner, heads, body)


def _from_province_to_city(atlas: Atlas, row: dict, every: pd.DataFrame) -> bool:
    if (row["measure"], row["rate"]) != ("persons", "total") or len(row["destination"]) != 1 or not row["origin"]:
        return False
    if row["part_of"] and every.at[row["part_of"], "destination"] == row["destination"]:
        return False  # a degree or an outcome, which its total counts already
    kinds = {(atlas.places[place]["country"], atlas.places[place]["kind"]) for place in row["origin"]}
    (to,) = row["destination"]
    return kinds == {("VN", "province")} and to not in COUNTRIES and atlas.places[to]["country"] == "CN"


def _city(atlas: Atlas, place: str) -> str:
    return next(one for one in atlas.places.lineage(place) if atlas.places[one]["kind"] != "institution")


def _largest(figures: Iterable[dict]) -> float:
    return max((row["value"] for row in figures if not pd.isna(row["value"])), default=0)


def _cell(figures: list[dict], head: str, translate: Translator) -> Markup:
    if not figures:
        return Markup("<td>")
    times: dict[tuple, list[dict]] = {}
    for row in figures:
        if not pd.isna(row["value"]):
            times.setdefault((row["period_from"], row["period_to"], row["as_of"]), []).append(row)
    said = Markup("<br>").join(
        " + ".join(values.quantity(row, translate) for row in sorted(together, key=lambda row: -row["value"]))
        for together in times.values()
    )
    title = "\n".join(
        f"{translate.text(row, 'title')}: {values.amount(row, translate)}, {values.when(row, translate, IN_LISTS)}"
        for row in figures
    )
    cell = Markup("<td data-head='{}' title='{}'>{}</td>")
    return cell.format(head, title, opening(said or NAMED, [row["id"] for row in figures], title))
