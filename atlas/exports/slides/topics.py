"""The slides of a topic: its largest figures, its latest records, its meetings by year and series."""

from collections.abc import Iterator
from dataclasses import replace

import pandas as pd
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION
from pptx.util import Emu, Inches

from atlas.exports import summary, tables
from atlas.exports.rows import DATES
from atlas.exports.slides.layout import INNER, LEFT, SMALLEST, TOP, clipped
from atlas.exports.slides.ooxml import Element, paragraph, write
from atlas.exports.slides.overview import composed
from atlas.exports.slides.page import NOTE_LINE, Deck, Page, only_bars
from atlas.look.palette import INK
from atlas.model import results, scenes
from atlas.model.scenes import Scene
from atlas.words import values, vocabulary

MOST_BARS = {1: 7, 2: 4}  # by number of languages
MOST_COMPOSITIONS, BARS_BELOW = 2, {1: 3, 2: 1}  # totals with their parts, and the bars that stand below them
MOST_LATEST = {1: 3, 2: 2}


def topic(deck: Deck, scene: Scene) -> None:
    """The largest figures of a topic in bars, and its latest records."""
    records = scenes.TOPICS[scene.kind].records(deck.atlas, scene.selection)
    page = deck.page(deck.heading(scene), caption=scene.caption)
    shown = results.compositions(deck.atlas, records["figures"])[:MOST_COMPOSITIONS]
    rows = summary.comparable(records["figures"].drop(index={one.total["id"] for one in shown}))
    top, width = TOP, Inches(8.4)
    if shown:
        height = Emu(page.height // 2 if len(rows) else page.height)
        composed(page, shown, (LEFT, TOP, width, height))
        top += height
    if len(rows):
        most = (BARS_BELOW if shown else MOST_BARS)[len(deck.voice.translators)]
        _figures(page, rows, most, (LEFT, top, width, Emu(page.bottom - top)))
    if shown or len(rows):
        _latest(page, records, Inches(9.2), Inches(3.63))
    else:
        _latest(page, records, LEFT, INNER)
    page.notes(tables.cited([tables.figures(deck.atlas, records["figures"], deck.voice)]))


def _figures(page: Page, rows: pd.DataFrame, most: int, box: tuple) -> None:
    """A bar for each of the largest of some figures of one unit, with its value in words beside it."""
    deck = page.deck
    shown = rows.sort_values("value", ascending=False, kind="stable").head(most).iloc[::-1]
    unit = (shown["measure"].iloc[0], shown["rate"].iloc[0])
    name = deck.say(lambda translate: vocabulary.units(deck.atlas, translate)[unit], " / ")
    data = CategoryChartData(number_format="#,##0")
    data.categories = [
        page.bar_label(
            deck.say(lambda translate, row=row: f"{translate.text(row, 'title')} ({values.when(row, translate)})")
        )
        for row in shown.to_dict("records")
    ]
    data.add_series(name, [float(value) for value in shown["value"]])
    chart = page.chart(XL_CHART_TYPE.BAR_CLUSTERED, data, box, name, _note(deck, shown, len(rows), unit))
    points = chart.plots[0].series[0].points
    for number, row in enumerate(shown.to_dict("records")):
        label = points[number].data_label
        label.position = XL_LABEL_POSITION.OUTSIDE_END
        quantity = deck.say(lambda translate, row=row: values.quantity(row, translate), " / ")
        write(label.text_frame, [quantity], SMALLEST)
    chart.plots[0].gap_width = max(60, 400 - 60 * len(shown))
    only_bars(chart)


def _note(deck: Deck, shown: pd.DataFrame, count: int, unit: tuple[str, str]) -> list[str]:
    lines = deck.say(
        lambda translate: translate(
            "{unit}: the {n} largest of {all} figures; all are in the tables at the end.",
            unit=vocabulary.units(deck.atlas, translate)[unit],
            n=len(shown),
            all=count,
        )
    ).split("\n")
    if (shown["qualifier"] == "range").any():
        lines += deck.say(lambda translate: translate("A bar shows the lower end of a range.")).split("\n")
    return lines


def _latest(page: Page, records: dict[str, pd.DataFrame], x: int, width: int) -> None:
    """How many records of each kind there are, and the latest ones."""
    page.paragraphs(_lines(page.deck, records), x, TOP, width, page.height)


def _lines(deck: Deck, records: dict[str, pd.DataFrame]) -> Iterator[Element]:
    heads = {
        "agreements": lambda translate: translate("Agreements"),
        "events": lambda translate: translate("Meetings and courses"),
        "figures": lambda translate: translate("Figures"),
    }
    for name, head in heads.items():
        rows, column = records[name], DATES[name]
        count = deck.voice.first.number(len(rows))
        yield paragraph(f"{deck.say(head, ' / ')}: {count}", 14, True, INK, after=6)
        dated = rows[rows[column].notna()] if name != "figures" else rows.head(0)
        for row in dated.head(MOST_LATEST[len(deck.voice.translators)]).to_dict("records"):
            said = deck.say(
                lambda translate, row=row, column=column: (
                    f"{translate.date(row[column])}: {translate.text(row, 'title')}"
                )
            )
            for line in said.split("\n"):
                yield paragraph(clipped(line, 130), SMALLEST, False, INK, after=6)


def meetings(deck: Deck, scene: Scene) -> None:
    """Meetings by year in columns, and their series."""
    records = scenes.TOPICS["meetings"].records(deck.atlas, scene.selection)
    events = records["events"]
    page = deck.page(deck.heading(scene), caption=scene.caption)
    by_year = summary.years(events)
    if by_year:
        _years(page, by_year, len(events), Inches(4.9))
    table = tables.series(deck.atlas, events, deck.voice, scene.selection.day(deck.atlas))
    leading = results.leading_series(deck.atlas, events, scene.selection)
    table = replace(table.among(leading), widths=(33, 17, 40, 17))
    x, width, below = Inches(5.6), Inches(7.23), NOTE_LINE * len(deck.voice.translators)
    if len(table):
        part = page.fitted_table(table, x, width, below)
        if len(part) < len(table):
            said = deck.say(
                lambda translate: translate(
                    "{n} of {all} series; all are in the tables at the end.", n=len(part), all=len(table)
                )
            )
            page.note(said.split("\n"), x, page.bottom - below, width)
    else:
        _latest(page, records, x, width)
    page.notes(tables.cited([table]))


def _years(page: Page, by_year: list[tuple[int, int]], count: int, width: int) -> None:
    deck = page.deck
    name = deck.say(lambda translate: translate("Meetings and courses held, by year"), " / ")
    data = CategoryChartData(number_format="0")
    data.categories = [str(year) for year, _ in by_year]
    data.add_series(name, [held for _, held in by_year])
    dated = sum(held for _, held in by_year)
    note = deck.say(
        lambda translate: translate(
            "{n} of {all} documented meetings and courses were held on a known date.", n=dated, all=count
        )
    ).split("\n")
    note += [""] * len(note)  # a program may break lines earlier
    box = (LEFT, TOP, width, page.height)
    page.chart(XL_CHART_TYPE.COLUMN_CLUSTERED, data, box, name, note).plots[0].gap_width = 40
