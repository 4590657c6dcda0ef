"""Charts of figures: their values as bars, totals with their parts, and what each chart says in a table as well."""

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace

import pandas as pd

from atlas.charts.bars import SIGNS, Axis, Bars, Line, Mark, numbers, shares
from atlas.charts.plot import Plot
from atlas.look.palette import DEGREES, PART_COLOURS, PROGRAMME_COLOURS, UNKNOWN, part_colour
from atlas.model import quality
from atlas.model.atlas import Atlas
from atlas.words import values, vocabulary
from atlas.words.sentences import part_name, part_names
from atlas.words.translator import IN_LISTS, Translator

ORDER = {part: place for place, part in enumerate(PART_COLOURS)}


def province_of(atlas: Atlas, places: Iterable[str]) -> str | None:
    """The one Vietnamese province that places belong to, None where there is none or more than one."""
    named = {unit for place in places for unit in atlas.places.lineage(place)}
    found = {
        unit for unit in named if (atlas.places[unit]["country"], atlas.places[unit]["kind"]) == ("VN", "province")
    }
    return found.pop() if len(found) == 1 else None


def statements(atlas: Atlas, rows: pd.DataFrame, translate: Translator, title: str) -> Plot | None:
    """One line a figure: its value as a bar with a sign for its qualifier. ``rows`` must be of one measure and one rate.

    What no source counts has no mark but the words "number not stated". None when no row has a value.

    :raises ValueError: the rows are of several measures or rates.
    """
    if rows["value"].isna().all():
        return None
    units = set(zip(rows["measure"], rows["rate"]))
    if len(units) > 1:
        raise ValueError(f"one axis for {sorted(units)}")
    disputed = numbered_differences(atlas, rows)
    lines = tuple(
        line(row, translate.text(row, "title"), values.when(row, translate, IN_LISTS), disputed, translate)
        for row in atlas.records("figures", rows.index)
    )
    axis = numbers(
        rows[["value", "value_max"]].max(axis=None), vocabulary.units(atlas, translate)[units.pop()], translate
    )
    return Plot(
        title,
        Bars(lines, axis),
        " · ".join(signs(rows, translate)),
        cited(rows),
        figure_table(atlas, rows, translate),
        programme_legend(atlas, rows["programme"], translate),
        disputes(atlas, rows, disputed, translate),
    )


def line(row: dict, name: str, said: str, disputed: dict[str, list[int]], translate: Translator) -> Line:
    """One figure as a line of a chart."""
    known = not pd.isna(row["value"])
    value = values.quantity(row, translate) if known else translate("number not stated")
    colour, sign = PROGRAMME_COLOURS[row["programme"]], row["qualifier"] if row["qualifier"] in SIGNS else ""
    start, end = (row["value"], row["value_max"]) if row["qualifier"] == "range" else (0, row["value"])
    marks = (Mark(start, end, colour, sign=sign),) if known else ()
    return Line(name, said, marks, value + _numbers_of(disputed, (row,)), (row["id"],))


def _numbers_of(disputed: dict[str, list[int]], rows: Iterable[dict]) -> str:
    found = {number for row in rows for number in disputed.get(row["id"], ())}
    return "".join(f" [{number}]" for number in sorted(found))


def signs(rows: pd.DataFrame, translate: Translator) -> list[str]:
    """What the signs at the ends of bars mean, those that the figures need."""
    meanings = {
        "at_least": translate("at least"),
        "about": translate("about"),
        "range": translate("from – to"),
    }
    used = set(rows["qualifier"][rows["value"].notna()])
    return [f"{SIGNS[name]} {meaning}" for name, meaning in meanings.items() if name in used]


def programme_legend(atlas: Atlas, programmes: Iterable[str], translate: Translator) -> tuple[tuple[str, str], ...]:
    """The names and colours of programmes in the order of the vocabulary, if they are several."""
    present = set(programmes)
    named = vocabulary.labels(atlas, "figures.programme", translate).items()
    legend = tuple((name, PROGRAMME_COLOURS[programme]) for programme, name in named if programme in present)
    return legend if len(legend) > 1 else ()


def parts(atlas: Atlas, rows: pd.DataFrame, translate: Translator, title: str) -> Plot | None:
    """Numbers of persons by degree, one bar for each total that a source states, or for each pair of places without one.

    What the parts leave of an exact total is drawn as "not stated". None when no row is a part by degree.
    """
    found = _stacks(atlas, rows[rows["category"].isin(DEGREES)], False, translate)
    if not found:
        return None
    unit = vocabulary.units(atlas, translate)[("persons", "total")]
    axis = numbers(max(stack.drawn for stack in found), unit, translate)
    return _stacked(atlas, found, [stack.line for stack in found], axis, translate, title)


def outcomes(atlas: Atlas, rows: pd.DataFrame, translate: Translator, title: str) -> Plot | None:
    """What became of those whom a total counts, as shares of it; of whom no source says, is drawn as "not stated"."""
    found = _stacks(atlas, rows[rows["outcome"].notna() & rows["part_of"].notna()], True, translate)
    if not found:
        return None
    lines = [
        replace(
            stack.line,
            marks=tuple(
                replace(mark, start=mark.start / stack.drawn, end=mark.end / stack.drawn) for mark in stack.line.marks
            ),
        )
        for stack in found
    ]
    return _stacked(atlas, found, lines, shares(translate), translate, title)


@dataclass(frozen=True)
class _Stack:
    """A total with its parts as one line of a chart; ``drawn``: what they add up to; ``used``: the figures."""

    line: Line
    head: str
    when: str
    drawn: float
    used: tuple[dict, ...]


def _stacks(atlas: Atlas, rows: pd.DataFrame, by_outcome: bool, translate: Translator) -> list[_Stack]:
    counted = rows["value"].notna() & (rows["qualifier"] == "exact")
    rows = rows[counted & (rows["measure"] == "persons") & (rows["rate"] == "total")]
    groups: dict[tuple, list[dict]] = {}
    for row in atlas.records("figures", rows.index):
        if row["part_of"] or row["cumulative"]:
            split = None if by_outcome else row["outcome"]
            groups.setdefault((row["part_of"] or row["origin"], row["destination"], split), []).append(row)
    found = []
    for (whole, *_), members in groups.items():
        if len({row["outcome" if by_outcome else "category"] for row in members}) < 2:
            continue
        members.sort(key=lambda row: ORDER.get(row["outcome" if by_outcome else "category"], len(ORDER)))
        total = atlas.records("figures", [whole])[0] if isinstance(whole, str) else None
        found.append(_stack(atlas, total, members, by_outcome, translate))
    return sorted(found, key=lambda stack: -stack.drawn)


def _stack(atlas: Atlas, total: dict | None, members: list[dict], by_outcome: bool, translate: Translator) -> _Stack:
    names = part_names(atlas, translate)
    segments = [
        (part_name(row, by_outcome, names, translate), part_colour(row, by_outcome), row["value"]) for row in members
    ]
    drawn = math.fsum(value for _, _, value in segments)
    if total and total["qualifier"] == "exact" and total["value"] > drawn:
        segments.append((translate("not stated (calculated)"), UNKNOWN, total["value"] - drawn))
        drawn = total["value"]
    marks, start = [], 0
    for name, shade, value in segments:
        marks.append(Mark(start, start + value, shade, name, translate.number(value)))
        start += value
    used = (*([total] if total else []), *members)
    when = values.when(used[0], translate, IN_LISTS)
    province = province_of(atlas, used[0]["origin"])
    head = translate.text(total, "title") if total else values.direction(atlas, members[0], translate)
    name = atlas.places.name(province, translate.language) if province else head
    value = values.quantity(total, translate) if total else translate("total not stated")
    opened = tuple(row["id"] for row in ([total] if total else members))  # the card of a total has its parts
    return _Stack(Line(name, when, tuple(marks), value, opened), head, when, drawn, used)


def _stacked(
    atlas: Atlas, found: list[_Stack], lines: list[Line], axis: Axis, translate: Translator, title: str
) -> Plot:
    concerned = atlas.table("figures").loc[list({row["id"] for stack in found for row in stack.used})]
    disputed = numbered_differences(atlas, concerned)
    drawn = tuple(
        replace(line, value=line.value + _numbers_of(disputed, stack.used)) for line, stack in zip(lines, found)
    )
    table = pd.DataFrame(
        [(stack.head, mark.name, mark.said, stack.when) for stack in found for mark in stack.line.marks],
        columns=[
            translate("What is counted"),
            translate("Part"),
            vocabulary.units(atlas, translate)[("persons", "total")],
            translate("Time"),
        ],
    )
    sources = tuple(dict.fromkeys(source for stack in found for row in stack.used for source in row["sources"]))
    points = disputes(atlas, concerned, disputed, translate)
    return Plot(title, Bars(drawn, axis), "", sources, table, disputes=points)


def figure_table(atlas: Atlas, rows: pd.DataFrame, translate: Translator) -> pd.DataFrame:
    """Figures in words: what is counted, value with qualifier, time, direction, sources."""
    records = atlas.records("figures", rows.index)
    return pd.DataFrame(
        {
            translate("What is counted"): [translate.text(row, "title") for row in records],
            translate("Value"): [values.amount(row, translate) for row in records],
            translate("Time"): [values.when(row, translate) for row in records],
            translate("From → to"): [values.direction(atlas, row, translate) for row in records],
        },
        dtype=object,
    )


def cited(rows: pd.DataFrame) -> tuple[str, ...]:
    """The sources of records, each once."""
    return tuple(dict.fromkeys(source for cited in rows["sources"] for source in cited))


def numbered_differences(atlas: Atlas, rows: pd.DataFrame) -> dict[str, list[int]]:
    """The numbers of the discrepancies that concern each figure, counted from 1 in the order of the table."""
    numbers: dict[str, list[int]] = {}
    for number, concerned in enumerate(quality.differences(atlas, "figures", rows["id"])["figures"], start=1):
        for figure in concerned:
            numbers.setdefault(figure, []).append(number)
    return numbers


def disputes(atlas: Atlas, rows: pd.DataFrame, disputed: dict, translate: Translator) -> tuple[str, ...]:
    """The points on which sources disagree about figures, by their numbers of :func:`numbered_differences`."""
    if not disputed:
        return ()
    found = atlas.records("discrepancies", quality.differences(atlas, "figures", rows["id"]).index)
    return tuple(
        translate("[{n}] sources differ: {title}", n=number, title=translate.text(row, "title"))
        for number, row in enumerate(found, start=1)
    )
