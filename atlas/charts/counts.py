"""Charts of figures, agreements and meetings: one theme, one palette, and what each chart says in a table as well.

A chart is a Vega-Lite specification made by Altair once per language, into which only the values are
put afterwards: building it anew costs 40 ms, putting values in costs none.
"""

from collections.abc import Iterable

import pandas as pd

from atlas.charts.plot import Plot
from atlas.charts.templates import BAR, filled, labels, stack_template, statement_template
from atlas.look.palette import DEGREES, GREY, PART_COLOURS, PROVINCE_COLOURS, UNKNOWN, part_colour
from atlas.look.text import LINE, wrap
from atlas.model import quality
from atlas.model.atlas import Atlas
from atlas.words import values, vocabulary
from atlas.words.sentences import part_name, part_names
from atlas.words.translator import Translator

MARKS = {"exact": "circle", "about": "circle", "at_least": "triangle-right", "range": "circle"}


def province_of(atlas: Atlas, places: Iterable[str]) -> str | None:
    """The one border province that places belong to, None where there is none or more than one."""
    found = {unit for place in places for unit in atlas.places.lineage(place) if unit in PROVINCE_COLOURS}
    return found.pop() if len(found) == 1 else None


def colour(atlas: Atlas, row: dict) -> tuple[str, str | None]:
    """The colour of a figure, and the province that it stands for (None: several, or none named)."""
    province = province_of(atlas, (*row["origin"], *row["destination"], *row["provider_places"]))
    return PROVINCE_COLOURS[province] if province else GREY, province


def province_legend(
    atlas: Atlas, provinces: Iterable[str | None], translate: Translator
) -> tuple[tuple[str, str], ...]:
    """The names and colours of provinces; None is what no single province stands for."""
    present = set(provinces)
    named = {unit: colour for unit, colour in PROVINCE_COLOURS.items() if unit in present}
    by_colour: dict[str, list[str]] = {}
    for unit, shade in named.items():
        by_colour.setdefault(shade, []).append(atlas.places.name(unit, translate.language))
    legend = [(" / ".join(names), shade) for shade, names in by_colour.items()]
    if None in present:
        legend.append((translate("several provinces, or none named"), GREY))
    return tuple(legend)


def statements(atlas: Atlas, rows: pd.DataFrame, translate: Translator, title: str) -> Plot | None:
    """One line a figure: its value as a mark, or a bar for a range. ``rows`` must be of one measure and one rate.

    What no source counts has no mark but the words "number not stated". None when no row has a value.

    :raises ValueError: the rows are of several measures or rates.
    """
    if rows["value"].isna().all():
        return None
    units = set(zip(rows["measure"], rows["rate"]))
    if len(units) > 1:
        raise ValueError(f"one axis for {sorted(units)}")
    unit = vocabulary.units(atlas, translate)[units.pop()]
    disputed = _numbered_differences(atlas, rows)
    ends = rows[["value", "value_max"]].stack()
    logarithmic = len(ends) > 0 and ends.min() > 0 and ends.max() / ends.min() > 100
    lines, top, provinces = [], 0, []
    for row in atlas.records("figures", rows.index):
        shade, province = colour(atlas, row)
        provinces.append(province)
        names = wrap(translate.text(row, "title"))
        mark = "".join(f" [{number}]" for number in disputed.get(row["id"], ()))
        said = wrap(f"{values.amount(row, translate)}{mark} · {values.when(row, translate)}")
        known = not pd.isna(row["value"])
        place = top + LINE * (len(names) + len(said)) + 13
        lines.append(
            labels(top, names, said)
            | {
                "y": place,
                "x": row["value"] if known else None,
                "x2": row["value_max"] if row["qualifier"] == "range" else None,
                "colour": shade,
                "about": True if row["qualifier"] == "about" else None,
                "shape": MARKS.get(row["qualifier"], "circle"),
                "source": translate.join(values.publishers(atlas, row["sources"], translate)),
            }
        )
        top = place + (14 if known else 2) + 10
    axis = translate("{unit}, logarithmic scale", unit=unit) if logarithmic else unit
    spec = filled(statement_template(translate.language, axis, logarithmic), lines, top)
    notes = []
    if any(row["shape"] == "triangle-right" for row in lines):
        notes.append(translate("triangle: at least"))
    if (rows["qualifier"] == "about").any():
        notes.append(translate("ring: about"))
    if (rows["qualifier"] == "range").any():
        notes.append(translate("bar: from – to"))
    notes += _difference_notes(atlas, rows, disputed, translate)
    return Plot(
        title,
        spec,
        " · ".join(notes),
        _sources(rows),
        figure_table(atlas, rows, translate),
        province_legend(atlas, provinces, translate),
    )


def parts(atlas: Atlas, rows: pd.DataFrame, translate: Translator, title: str) -> Plot | None:
    """Numbers of persons by degree, one bar for each total that a source states, or for each pair of places without one.

    What the parts leave of an exact total is drawn as "not stated". None when no row is a part by degree.
    """
    return _stacks(atlas, rows[rows["category"].isin(DEGREES)], False, translate, title)


def outcomes(atlas: Atlas, rows: pd.DataFrame, translate: Translator, title: str) -> Plot | None:
    """What became of those whom a total counts; what no source says of the rest is drawn as "not stated"."""
    return _stacks(atlas, rows[rows["outcome"].notna() & rows["part_of"].notna()], True, translate, title)


def _stacks(atlas: Atlas, rows: pd.DataFrame, by_outcome: bool, translate: Translator, title: str) -> Plot | None:
    every = atlas.table("figures")
    counted = rows["value"].notna() & (rows["qualifier"] == "exact")
    rows = rows[counted & (rows["measure"] == "persons") & (rows["rate"] == "total")]
    stacks: dict[tuple, list[dict]] = {}
    for row in atlas.records("figures", rows.index):
        if row["part_of"] or row["cumulative"]:
            split = None if by_outcome else row["outcome"]
            stacks.setdefault((row["part_of"] or row["origin"], row["destination"], split), []).append(row)
    lines, top, used, table, legend = [], 0, [], [], {}
    names_of = part_names(atlas, translate)
    unit = vocabulary.units(atlas, translate)[("persons", "total")]
    concerned = every.loc[
        list({one for row in atlas.records("figures", rows.index) for one in (row["id"], row["part_of"]) if one})
    ]
    disputed = _numbered_differences(atlas, concerned)
    for (whole, *_), members in stacks.items():
        total = atlas.records("figures", [whole])[0] if isinstance(whole, str) else None
        if len({row["outcome" if by_outcome else "category"] for row in members}) < 2:
            continue
        members.sort(key=lambda row: list(PART_COLOURS).index(row["category" if not by_outcome else "outcome"]))
        head = translate.text(total, "title") if total else values.direction(atlas, members[0], translate)
        count = values.amount(total, translate) if total else translate("total not stated")
        used += [*([total] if total else []), *members]
        segments = [
            (part_name(row, by_outcome, names_of, translate), part_colour(row, by_outcome), row["value"])
            for row in members
        ]
        if total and total["qualifier"] == "exact":
            rest = total["value"] - sum(value for _, _, value in segments)
            if rest > 0:
                segments.append((translate("not stated (calculated)"), UNKNOWN, rest))
        names = wrap(head)
        numbers = {number for row in (total, *members) if row for number in disputed.get(row["id"], ())}
        mark = "".join(f" [{number}]" for number in sorted(numbers))
        when = values.when(total or members[0], translate)
        said = wrap(f"{count}{mark} · {when}")
        shares = wrap(" · ".join(translate("{name}: {value}", name=name, value=value) for name, _, value in segments))
        place = top + LINE * (len(names) + len(said) + len(shares)) + 8
        start = 0
        for position, (name, shade, value) in enumerate(segments):
            label = labels(top, names, [*said, *shares]) if position == 0 else {}
            lines.append(
                label
                | {
                    "y": place + BAR / 2,
                    "x": start,
                    "x2": start + value,
                    "colour": shade,
                    "tip": f"{head}: {name}",
                    "value": f"{translate.plural('{value} person', '{value} persons', int(value), value=value)} · {when}",
                }
            )
            legend[name] = shade
            table.append((head, name, translate.number(value), when))
            start += value
        top = place + BAR + 16
    if not lines:
        return None
    spec = filled(stack_template(translate.language, unit), lines, top)
    frame = pd.DataFrame(table, columns=[translate("What is counted"), translate("Part"), unit, translate("Time")])
    cited = tuple(dict.fromkeys(source for row in used for source in row["sources"]))
    note = " · ".join(_difference_notes(atlas, concerned, disputed, translate))
    return Plot(title, spec, note, cited, frame, tuple(legend.items()))


def figure_table(atlas: Atlas, rows: pd.DataFrame, translate: Translator) -> pd.DataFrame:
    """Figures in words: what is counted, value with qualifier, time, direction, sources."""
    records = atlas.records("figures", rows.index)
    return pd.DataFrame(
        {
            translate("What is counted"): [translate.text(row, "title") for row in records],
            translate("Value"): [values.amount(row, translate) for row in records],
            translate("Time"): [values.when(row, translate) for row in records],
            translate("From → to"): [values.direction(atlas, row, translate) for row in records],
        }
    )


def _sources(rows: pd.DataFrame) -> tuple[str, ...]:
    return tuple(dict.fromkeys(source for cited in rows["sources"] for source in cited))


def _numbered_differences(atlas: Atlas, rows: pd.DataFrame) -> dict[str, list[int]]:
    """The numbers of the discrepancies that concern each figure, counted from 1 in the order of the table."""
    numbers: dict[str, list[int]] = {}
    for number, concerned in enumerate(quality.differences(atlas, "figures", rows["id"])["figures"], start=1):
        for figure in concerned:
            numbers.setdefault(figure, []).append(number)
    return numbers


def _difference_notes(atlas: Atlas, rows: pd.DataFrame, disputed: dict, translate: Translator) -> list[str]:
    if not disputed:
        return []
    found = atlas.records("discrepancies", quality.differences(atlas, "figures", rows["id"]).index)
    return [
        translate("[{n}] sources differ: {title}", n=number, title=translate.text(row, "title"))
        for number, row in enumerate(found, start=1)
    ]
