"""Charts of figures, agreements and meetings: one theme, one palette, and what each chart says in a table as well.

A chart is a Vega-Lite specification made by Altair once per language, into which only the values are
put afterwards: building it anew costs 40 ms, putting values in costs none.
"""

import math
import re
import textwrap
import unicodedata
from collections.abc import Callable, Iterable
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property

import altair as alt
import pandas as pd
import vl_convert

from atlas import record_cards as words
from atlas.dates import bounds
from atlas.i18n import Translator
from atlas.meetings import Session, sessions
from atlas.store import Atlas

FONT = "'Segoe UI', 'Noto Sans', 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', sans-serif"
CHINESE_FONT = "'Noto Sans CJK SC', 'Microsoft YaHei', 'PingFang SC', sans-serif"
INK, FAINT, GREY = "#1d2830", "#51606b", "#5a5a5a"

# Okabe–Ito; a province and the one that took its place have one colour
PROVINCE_COLOURS = {
    "vn-22": "#0072b2",
    "vn-20": "#e69f00",
    "vn-04": "#009e73",
    "vn-02": "#d55e00",
    "vn-08-2025": "#d55e00",
    "vn-10": "#cc79a7",
    "vn-15-2025": "#cc79a7",
    "vn-12": "#56b4e9",
    "vn-11": "#8a6d00",
}
PROGRAMME_COLOURS = {
    "scholarship": "#0072b2",
    "student_exchange": "#56b4e9",
    "language_training": "#8a6d00",
    "cadre_training": "#cc79a7",
    "vocational_training": "#009e73",
    "labour": "#d55e00",
    "cooperation": GREY,
    "health": "#e69f00",
    "other": "#000000",
}
SERIES_COLOURS = {
    "spring_meeting": "#d55e00",
    "joint_working_committee": "#0072b2",
    "education_conference": "#e69f00",
    "yunnan_secretaries_conference": "#009e73",
    "yunnan_joint_working_group": "#cc79a7",
    "border_defence_exchange": "#56b4e9",
    "courts_conference": "#8a6d00",
    "procuracies_conference": "#4b3f8f",
    "justice_conference": "#8f2d56",
    "customs_talks_nanning": "#2f6f4f",
    "customs_talks_kunming": "#7fb069",
    "youth_meeting": "#c2185b",
}
DEGREES = ("undergraduate", "master", "doctoral", "postgraduate", "vocational", "language")
PART_COLOURS = {
    "undergraduate": "#0072b2",
    "master": "#e69f00",
    "doctoral": "#d55e00",
    "postgraduate": "#cc79a7",
    "vocational": "#009e73",
    "language": "#8a6d00",
    "graduated": "#009e73",
    "studying": "#56b4e9",
}
UNKNOWN = "#ffffff"
MARKS = {"exact": "circle", "about": "circle", "at_least": "triangle-right", "range": "circle"}
WRAP = 42  # narrow letters of 14 px that fit beside each other on a phone
LINE = 19
BAR = 26
# a Chinese character with the brackets and stops that belong to it, or a word of narrow letters
UNBREAKABLE = r"[（“《]*(?:[^\u2e80-\uffef\s]+|[\u2e80-\uffef]|\s)[，。、；：）”》]*\s*"
SHORT = 0.12  # years; a shorter span is a mark, since a bar of that length could not be seen
NARROW = 600  # pixels
DOWNLOAD_WIDTH = 900


@alt.theme.register("atlas", enable=True)
def theme() -> alt.theme.ThemeConfig:
    """How every chart looks: system fonts with Vietnamese and Chinese, nothing under 14 px."""
    text = {"fontSize": 14, "color": INK}
    return {
        "config": {
            "background": "#ffffff",
            "font": FONT,
            "view": {"stroke": None},
            "axis": {
                "labelFontSize": 14,
                "titleFontSize": 14,
                "titleFontWeight": "normal",
                "labelColor": INK,
                "titleColor": INK,
                "gridColor": "#dfe4e7",
                "domainColor": FAINT,
                "tickColor": FAINT,
                "labelOverlap": True,
            },
            "title": {"fontSize": 18, "subtitleFontSize": 14, "subtitleColor": FAINT, "anchor": "start", "color": INK},
            "text": text,
        }
    }


@dataclass(frozen=True)
class Plot:
    """One chart with all that belongs to it.

    title: what is seen; spec: Vega-Lite without title and width; note: how to read it; sources: ids;
    table: its values in words; legend: (name, colour, mark) of each colour that means something.
    """

    title: str
    spec: dict
    note: str
    sources: tuple[str, ...]
    table: pd.DataFrame
    legend: tuple[tuple[str, str], ...] = ()

    @cached_property
    def alt(self) -> str:
        """What the chart shows, for those who do not see it: the title and the first values; the table has all."""
        rows = (": ".join(str(value) for value in row[:2]) for row in self.table.itertuples(index=False))
        return textwrap.shorten(f"{self.title}. {'; '.join(rows)}", 200, placeholder=" …")


def image(plot: Plot, source_line: str, kind: str, language: str, width: int = DOWNLOAD_WIDTH) -> bytes:
    """The chart with title, note, legend and source line as ``svg`` or ``png`` of a width in pixels; made on this machine alone."""
    spec = deepcopy(plot.spec)
    if language == "zh":
        # the converter takes one font for a line and leaves the choice of a Chinese one to chance
        spec["config"] = {**spec["config"], "font": CHINESE_FONT}
    below = [line for text in (plot.note, source_line) if text for line in wrap(text, width * 110 // DOWNLOAD_WIDTH)]
    spec["title"] = {"text": wrap(plot.title, width * 80 // DOWNLOAD_WIDTH), "subtitle": below, "subtitlePadding": 8}
    spec["width"] = width
    spec["padding"] = 20
    if plot.legend:
        names, colours = zip(*plot.legend)
        spec["layer"].append(_colour_legend(list(names), list(colours)))
    if kind == "svg":
        return vl_convert.vegalite_to_svg(spec).encode()
    return vl_convert.vegalite_to_png(spec, scale=2)


def _colour_legend(names: list[str], colours: list[str]) -> dict:
    return {
        "data": {"values": [{"name": name} for name in names]},
        "mark": {"type": "square", "opacity": 0},
        "encoding": {
            "color": {
                "field": "name",
                "type": "nominal",
                "scale": {"domain": names, "range": colours},
                "legend": {
                    "orient": "bottom",
                    "title": None,
                    "labelFontSize": 14,
                    "labelLimit": 400,
                    "columns": 3,
                    "symbolOpacity": 1,
                    "symbolStrokeColor": FAINT,
                    "symbolStrokeWidth": 1,
                    "symbolSize": 180,
                },
            }
        },
    }


def wrap(text: str, width: int = WRAP) -> list[str]:
    """Lines that fit a width in narrow letters; a Chinese character counts as two and may end a line."""
    if not any(map(_wide, text)):
        return textwrap.wrap(text, width) or [""]
    lines, line, length = [], "", 0
    for piece in re.findall(UNBREAKABLE, text):
        size = sum(1 + _wide(char) for char in piece.rstrip())
        if line and length + size > width:
            lines.append(line.rstrip())
            line, length = "", 0
        line, length = line + piece, length + sum(1 + _wide(char) for char in piece)
    return [*lines, line.rstrip()]


def _wide(char: str) -> bool:
    return unicodedata.east_asian_width(char) in "WF"


def province_of(atlas: Atlas, places: Iterable[str]) -> str | None:
    """The one border province that places belong to, None where there is none or more than one."""
    found = {unit for place in places for unit in atlas.places.lineage(place) if unit in PROVINCE_COLOURS}
    return found.pop() if len(found) == 1 else None


def colour(atlas: Atlas, row: dict) -> tuple[str, str | None]:
    """The colour of a figure, and the province that it stands for (None: several, or none named)."""
    province = province_of(atlas, (*row["origin"], *row["destination"], *row["provider_places"]))
    return PROVINCE_COLOURS.get(province, GREY), province


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
    unit = words.units(translate)[units.pop()]
    disputed = _numbered_differences(atlas, rows)
    values = rows[["value", "value_max"]].stack()
    logarithmic = len(values) > 0 and values.min() > 0 and values.max() / values.min() > 100
    lines, top, provinces = [], 0, []
    for row in atlas.records("figures", rows.index):
        shade, province = colour(atlas, row)
        provinces.append(province)
        names = wrap(translate.text(row, "title"))
        mark = "".join(f" [{number}]" for number in disputed.get(row["id"], ()))
        said = wrap(f"{words.amount(row, translate)}{mark} · {words.when(row, translate)}")
        known = not pd.isna(row["value"])
        place = top + LINE * (len(names) + len(said)) + 13
        lines.append(
            _labels(top, names, said)
            | {
                "y": place,
                "x": row["value"] if known else None,
                "x2": row["value_max"] if row["qualifier"] == "range" else None,
                "colour": shade,
                "about": True if row["qualifier"] == "about" else None,
                "shape": MARKS.get(row["qualifier"], "circle"),
                "source": translate.join(words.publishers(atlas, row["sources"])),
            }
        )
        top = place + (14 if known else 2) + 10
    axis = translate("{unit}, logarithmic scale", unit=unit) if logarithmic else unit
    spec = _filled(_statement_template(translate.language, axis, logarithmic), lines, top)
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
    names_of = words.outcomes(translate) | words.categories(translate)
    unit = words.units(translate)[("persons", "total")]
    concerned = every.loc[
        list({one for row in atlas.records("figures", rows.index) for one in (row["id"], row["part_of"]) if one})
    ]
    disputed = _numbered_differences(atlas, concerned)
    for (whole, *_), members in stacks.items():
        total = atlas.records("figures", [whole])[0] if isinstance(whole, str) else None
        if len({row["outcome" if by_outcome else "category"] for row in members}) < 2:
            continue
        members.sort(key=lambda row: list(PART_COLOURS).index(row["category" if not by_outcome else "outcome"]))
        head = translate.text(total, "title") if total else words.direction(atlas, members[0], translate)
        count = words.amount(total, translate) if total else translate("total not stated")
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
        when = words.when(total or members[0], translate)
        said = wrap(f"{count}{mark} · {when}")
        shares = wrap(" · ".join(translate("{name}: {value}", name=name, value=value) for name, _, value in segments))
        place = top + LINE * (len(names) + len(said) + len(shares)) + 8
        start = 0
        for position, (name, shade, value) in enumerate(segments):
            label = _labels(top, names, [*said, *shares]) if position == 0 else {}
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
    spec = _filled(_stack_template(translate.language, unit), lines, top)
    frame = pd.DataFrame(table, columns=[translate("What is counted"), translate("Part"), unit, translate("Time")])
    cited = tuple(dict.fromkeys(source for row in used for source in row["sources"]))
    note = " · ".join(_difference_notes(atlas, concerned, disputed, translate))
    return Plot(title, spec, note, cited, frame, tuple(legend.items()))


def part_name(row: dict, by_outcome: bool, names: dict[str, str], translate: Translator) -> str:
    """What the persons of a figure have in common, as a part of a total; ``names``: outcomes and categories in words."""
    if not by_outcome:
        return names[row["category"]]
    if row["category"] and row["category"] != "all":
        return translate("{outcome}: {degree}", outcome=names[row["outcome"]], degree=names[row["category"]])
    return names[row["outcome"]]


def part_colour(row: dict, by_outcome: bool) -> str:
    """The colour of a figure as a part of a total."""
    return PART_COLOURS[row["outcome"] if by_outcome and row["category"] not in DEGREES else row["category"]]


@dataclass(frozen=True)
class Span:
    """One line of a time line, from ``first`` to ``last`` (partial dates); without ``first`` it has words but no bar."""

    title: str
    said: str
    first: str | None
    last: str | None
    colour: str
    open_ended: bool
    sources: tuple[str, ...]


def periods(atlas: Atlas, rows: pd.DataFrame, translate: Translator, title: str) -> Plot | None:
    """Which time each figure counts, as a bar from its first to its last day. None when no row has a period."""
    spans, provinces = [], []
    for row in atlas.records("figures", rows.index):
        first = row["period_from"] or (None if row["cumulative"] else row["as_of"])
        if not first:
            continue
        shade, province = colour(atlas, row)
        provinces.append(province)
        last = row["period_to"] or row["as_of"]
        spans.append(
            Span(
                translate.text(row, "title"),
                f"{words.amount(row, translate)} · {words.when(row, translate)}",
                first,
                last,
                shade,
                not last,
                row["sources"],
            )
        )
    return timeline(spans, translate, title, province_legend(atlas, provinces, translate))


def pair_colour(atlas: Atlas, agreement: dict) -> tuple[str, str | None]:
    """The colour of an agreement by its Vietnamese side, and the province it stands for (None: several, or none)."""
    province = province_of(atlas, agreement["vn_places"])
    return PROVINCE_COLOURS.get(province, GREY), province


def agreement_spans(rows: list[dict], translate: Translator, shade: Callable[[dict], str]) -> list[Span]:
    """Agreements with the term that is stated for them; without one, with the day of their signature."""
    spans = []
    for row in rows:
        begin = (row["valid_from"], row["signed_on"]) if row["valid_until"] else (row["signed_on"], row["valid_from"])
        first = begin[0] or begin[1]
        term = translate.period(row["valid_from"], row["valid_until"]) if row["valid_until"] else ""
        said = [
            translate("signed {day}", day=translate.date(row["signed_on"]))
            if row["signed_on"]
            else translate("date of signature not stated"),
            translate("term {period}", period=term) if term else translate("end of term not stated"),
        ]
        spans.append(
            Span(
                translate.text(row, "title"),
                " · ".join(text for text in said if text),
                first,
                row["valid_until"],
                shade(row),
                bool(first) and not row["valid_until"],
                row["sources"],
            )
        )
    return spans


def event_spans(rows: list[dict], translate: Translator, shade: str) -> list[Span]:
    """Events on the days on which they were held."""
    return [
        Span(
            translate.text(row, "title"),
            words.event_date(row, translate),
            row["date_from"],
            row["date_to"] or row["date_from"],
            shade,
            False,
            row["sources"],
        )
        for row in rows
    ]


def timeline(
    spans: list[Span], translate: Translator, title: str, legend: tuple[tuple[str, str], ...] = ()
) -> Plot | None:
    """Spans under each other in the order of their beginning. None when there is none."""
    if not spans:
        return None
    lines, top = [], 0
    ordered = sorted(spans, key=lambda span: span.first or "9999")
    for span in ordered:
        names, said = wrap(span.title), wrap(span.said)
        place = top + LINE * (len(names) + len(said)) + 4
        begin = year(bounds(span.first)[0]) if span.first else None
        end = year(bounds(span.last or span.first)[1], 1) if span.first else None
        short = span.first is not None and end - begin < SHORT
        lines.append(
            _labels(top, names, said)
            | {
                "y": place + 6,
                "x": None if short else begin,
                "x2": end,
                "shape": "triangle-right" if span.open_ended else "diamond" if short else None,
                "colour": span.colour,
            }
        )
        top = place + (26 if span.first else 8)
    spec = _filled(_timeline_template(translate.language), lines, top)
    frame = pd.DataFrame([(span.title, span.said) for span in ordered], columns=[translate("Title"), translate("Time")])
    note = translate("triangle: end not stated") if any(span.open_ended for span in spans) else ""
    cited = tuple(dict.fromkeys(source for span in spans for source in span.sources))
    return Plot(title, spec, note, cited, frame, legend)


def series(atlas: Atlas, events: pd.DataFrame, translate: Translator, title: str, gaps: bool = True) -> Plot | None:
    """The series of meetings along the years, each meeting with its number; missing ones as hollow marks.

    A series of which no meeting has a date is words without marks. None when that is so of all: see
    :func:`undated_series`.

    :param gaps: whether numbers that no event has are shown; not sensible when filters have taken events away.
    """
    names = words.series(translate)
    records = atlas.records("events", events.index)
    lines, table, used = [], [], []
    top = 0
    for name, mine in _in_order(records, gaps).items():
        placed = _placed(mine)
        heading = wrap(names[name] if placed else _without_dates(name, mine, translate))
        place = top + LINE * len(heading) + 22
        lines.append({"name": "\n".join(heading), "y_name": top + LINE * len(heading) / 2 + 4})
        lines += [_session_mark(atlas, *one, translate) | {"y": place} for one in placed]
        for session in mine:
            table.append((names[name], _number(session), *_session_said(atlas, session, translate)))
            used += session.event["sources"] if session.event else ()
        top = place + 36 if placed else place - 6
    if not any("x" in line for line in lines):
        return None
    spec = _filled(_series_template(translate.language), lines, top)
    notes = [translate("number: session in its series")]
    if any(line.get("fill") == UNKNOWN for line in lines):
        notes.append(
            translate("hollow: only announced, undated or not found in any source, placed between its neighbours")
        )
    heads = ("Series", "Session", "Date", "Place", "Status")
    frame = pd.DataFrame(table, columns=list(heads)).set_axis(
        [
            translate("Series"),
            translate("Session"),
            translate("Date"),
            translate("Place"),
            translate("Status"),
        ],
        axis=1,
    )
    return Plot(title, spec, " · ".join(notes), tuple(dict.fromkeys(used)), frame)


def undated_series(atlas: Atlas, events: pd.DataFrame, translate: Translator) -> list[str]:
    """What there is of each series of which no meeting has a date: its name and its sessions in the order of their numbers."""
    listed = _in_order(atlas.records("events", events.index), gaps=False)
    return [_without_dates(name, mine, translate) for name, mine in listed.items() if not _placed(mine)]


def _in_order(records: list[dict], gaps: bool) -> dict[str, list[Session]]:
    found = {name: [one for one in sessions(records, name) if gaps or one.event] for name in SERIES_COLOURS}
    return {name: mine for name, mine in found.items() if mine}


def _without_dates(name: str, mine: list[Session], translate: Translator) -> str:
    listed = [words.session(one.event, translate) or translate.text(one.event, "title") for one in mine if one.event]
    return translate(
        "{series}, date unknown: {sessions}", series=words.series(translate)[name], sessions=translate.join(listed)
    )


def _session_mark(atlas: Atlas, session: Session, x: float, dated: bool, translate: Translator) -> dict:
    said, host, state = _session_said(atlas, session, translate)
    colour = SERIES_COLOURS[session.series]
    filled = dated and session.event["status"] == "held"
    return {
        "lower": (session.ordinal or 0) % 2,
        "x": x,
        "number": _number(session),
        "colour": colour,
        "fill": colour if filled else UNKNOWN,
        "ink": ink_on(colour) if filled else INK,
        "date": said if dated or not session.event else translate("date unknown"),
        "state": state,
        "host": host,
    }


def _number(session: Session) -> str:
    return "" if session.ordinal is None else str(session.ordinal)


def _session_said(atlas: Atlas, session: Session, translate: Translator) -> tuple[str, str, str]:
    """When and where a session was held or is announced, and which of both; a missing one has words for the first alone."""
    event = session.event
    if not event:
        return translate("not found in any source"), "", ""
    host = atlas.places.name(event["place"], translate.language) if event["place"] else translate("place not stated")
    return words.event_date(event, translate), host, words.event_status(event, translate)


def _placed(mine: list[Session]) -> list[tuple[Session, float, bool]]:
    """Where each session stands on the axis of years, and whether a source gives the date; nothing if none is dated."""
    known = {
        index: year(*_middle(session.event))
        for index, session in enumerate(mine)
        if session.event and session.event["date_from"]
    }
    return [(session, _between(known, index), index in known) for index, session in enumerate(mine)] if known else []


def _between(known: dict[int, float], index: int) -> float:
    """The place of a session on the axis of years: its own, or one between or beside those that have one."""
    if index in known:
        return known[index]
    before = max((other for other in known if other < index), default=None)
    after = min((other for other in known if other > index), default=None)
    if before is None:
        return known[after] - 0.6 * (after - index)
    if after is None:
        return known[before] + 0.6 * (index - before)
    return known[before] + (known[after] - known[before]) * (index - before) / (after - before)


def _middle(event: dict) -> tuple[date, float]:
    first, last = bounds(event["date_from"])
    return first, (last - first).days / 2


def year(day: date, more: float = 0) -> float:
    """A day, and so many days more, as a year with its fraction."""
    start = date(day.year, 1, 1)
    return round(day.year + ((day - start).days + more) / ((date(day.year + 1, 1, 1) - start).days), 3)


def figure_table(atlas: Atlas, rows: pd.DataFrame, translate: Translator) -> pd.DataFrame:
    """Figures in words: what is counted, value with qualifier, time, direction, sources."""
    records = atlas.records("figures", rows.index)
    return pd.DataFrame(
        {
            translate("What is counted"): [translate.text(row, "title") for row in records],
            translate("Value"): [words.amount(row, translate) for row in records],
            translate("Time"): [words.when(row, translate) for row in records],
            translate("From → to"): [words.direction(atlas, row, translate) for row in records],
        }
    )


def _labels(top: int, names: list[str], said: list[str]) -> dict:
    return {"name": "\n".join(names), "y_name": top + LINE / 2 + 4, "said": "\n".join(said)}


def ink_on(background: str) -> str:
    """Black or white, whichever is read on a colour (#rrggbb)."""
    red, green, blue = (int(background[place : place + 2], 16) for place in (1, 3, 5))
    return "#ffffff" if 0.299 * red + 0.587 * green + 0.114 * blue < 140 else "#000000"


def _sources(rows: pd.DataFrame) -> tuple[str, ...]:
    return tuple(dict.fromkeys(source for cited in rows["sources"] for source in cited))


def _numbered_differences(atlas: Atlas, rows: pd.DataFrame) -> dict[str, list[int]]:
    """The numbers of the discrepancies that concern each figure, counted from 1 in the order of the table."""
    numbers: dict[str, list[int]] = {}
    for number, concerned in enumerate(words.differences(atlas, "figures", rows["id"])["figures"], start=1):
        for figure in concerned:
            numbers.setdefault(figure, []).append(number)
    return numbers


def _difference_notes(atlas: Atlas, rows: pd.DataFrame, disputed: dict, translate: Translator) -> list[str]:
    if not disputed:
        return []
    found = atlas.records("discrepancies", words.differences(atlas, "figures", rows["id"]).index)
    return [
        translate("[{n}] sources differ: {title}", n=number, title=translate.text(row, "title"))
        for number, row in enumerate(found, start=1)
    ]


def _sharing(*layers: alt.Chart, **encoding) -> alt.LayerChart:
    """Layers with the same position and tooltip, which then travel once."""
    return alt.layer(*layers, encoding=alt.SharedEncoding(**encoding))


def _filled(template: dict, lines: list[dict], height: float) -> dict:
    return template | {"data": {"values": lines}, "height": math.ceil(height)}


@cache
def _tooltip(language: str, *fields: str) -> list[alt.Tooltip]:
    translate = Translator(language)
    titles = {
        "name": translate("Title"),
        "said": translate("Value and time"),
        "tip": translate("Title"),
        "value": translate("Value and time"),
        "source": translate("Source"),
        "number": translate("Session"),
        "date": translate("Date"),
        "state": translate("Status"),
        "host": translate("Place"),
    }
    return [alt.Tooltip(f"{field}:N", title=titles[field]) for field in fields]


def _number_axis(language: str, title: str, logarithmic: bool = False) -> alt.Axis:
    digits = "replace(format(datum.value, ',~f'), /,/g, '.')" if language == "vi" else "format(datum.value, ',~f')"
    return alt.Axis(
        labelExpr=digits,
        title=title,
        labelFlush=True,
        **({"values": [10**power for power in range(9)]} if logarithmic else {"tickCount": 5}),
    )


def _year_axis() -> alt.Axis:
    return alt.Axis(format="d", tickMinStep=1, title=None, labelFlush=True, labelSeparation=8)


def _texts(base: alt.Chart) -> list[alt.Chart]:
    left = alt.value(0)
    text = {"align": "left", "baseline": "middle", "lineBreak": "\n", "lineHeight": LINE, "tooltip": None}
    labelled = base.transform_filter("isValid(datum.name)")
    below = labelled.transform_calculate(y_said=f"datum.y_name + {LINE} * length(split(datum.name, '\\n'))")
    return [
        labelled.mark_text(**text, fontWeight="bold").encode(x=left, y=_pixels("y_name"), text="name:N"),
        below.mark_text(**text).encode(x=left, y=_pixels("y_said"), text="said:N"),
    ]


def _pixels(field: str) -> alt.Y:
    return alt.Y(f"{field}:Q", scale=None, axis=None)


def _raw(channel, field: str):
    return channel(f"{field}:N", scale=None, legend=None)


def _specification(*layers: alt.Chart | alt.LayerChart) -> dict:
    chart = alt.layer(
        *layers, data=alt.InlineData(values=[]), autosize=alt.AutoSizeParams(type="fit-x", contains="padding")
    )
    return {name: part for name, part in chart.to_dict().items() if name not in ("data", "datasets")}


@cache
def _statement_template(language: str, unit: str, logarithmic: bool) -> dict:
    scale = alt.Scale(type="log", padding=12) if logarithmic else alt.Scale(zero=True, nice=True)
    base = alt.Chart()
    x = alt.X("x:Q", scale=scale, axis=_number_axis(language, unit, logarithmic))
    hollow = alt.condition("datum.about", alt.value(UNKNOWN), alt.Fill("colour:N", scale=None, legend=None))
    ranges = (
        base.transform_filter("isValid(datum.x2)")
        .mark_bar(height=12, aria=False)
        .encode(x2="x2:Q", color=_raw(alt.Color, "colour"))
    )
    points = (
        base.transform_filter("isValid(datum.x) && !isValid(datum.x2)")
        .mark_point(size=190, strokeWidth=2.5, opacity=1)
        .encode(shape=_raw(alt.Shape, "shape"), stroke=_raw(alt.Stroke, "colour"), fill=hollow)
    )
    marks = _sharing(ranges, points, x=x, y=_pixels("y"), tooltip=_tooltip(language, "name", "said", "source"))
    return _specification(*_texts(base), marks)


@cache
def _stack_template(language: str, unit: str) -> dict:
    base = alt.Chart()
    bars = base.mark_bar(stroke=FAINT, strokeWidth=1, aria=False, height=BAR).encode(
        x=alt.X("x:Q", axis=_number_axis(language, unit)),
        x2="x2:Q",
        y=_pixels("y"),
        fill=_raw(alt.Fill, "colour"),
        tooltip=_tooltip(language, "tip", "value"),
    )
    return _specification(*_texts(base), bars)


@cache
def _timeline_template(language: str) -> dict:
    base = alt.Chart()
    x = alt.X("x:Q", scale=alt.Scale(zero=False, nice=False, padding=14), axis=_year_axis())
    bars = base.transform_filter("isValid(datum.x)").mark_bar(aria=False, height=12).encode(x=x, x2="x2:Q")
    points = (
        base.transform_filter("isValid(datum.shape)")
        .mark_point(size=170, opacity=1, filled=True)
        .encode(x="x2:Q", shape=_raw(alt.Shape, "shape"))
    )
    tooltip = _tooltip(language, "name", "said")
    marks = _sharing(bars, points, y=_pixels("y"), fill=_raw(alt.Fill, "colour"), tooltip=tooltip)
    return _specification(*_texts(base), marks)


@cache
def _series_template(language: str) -> dict:
    base = alt.Chart()
    x = alt.X("x:Q", scale=alt.Scale(zero=False, nice=False, padding=14), axis=_year_axis())
    # where there is little room, every second session moves down, so that neighbours do not cover each other
    met = base.transform_filter("isValid(datum.x)").transform_calculate(
        at=f"datum.y + (width < {NARROW} ? 22 * datum.lower : 0)"
    )
    tooltip = _tooltip(language, "number", "date", "host", "state")
    points = met.mark_point(size=520, strokeWidth=2, opacity=1).encode(
        x=x,
        y=_pixels("at"),
        stroke=_raw(alt.Stroke, "colour"),
        fill=_raw(alt.Fill, "fill"),
        strokeDash=alt.condition(f"datum.fill == '{UNKNOWN}'", alt.value([4, 3]), alt.value([1, 0])),
        tooltip=tooltip,
    )
    numbers = met.mark_text(fontSize=14, fontWeight="bold").encode(
        x=x, y=_pixels("at"), text="number:N", color=_raw(alt.Color, "ink"), tooltip=tooltip
    )
    return _specification(_texts(base)[0], points, numbers)
