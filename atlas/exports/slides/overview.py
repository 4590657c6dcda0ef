"""The slides that open and close a talk: the title, the results, and what is open."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import partial

import pandas as pd
from pptx.chart.chart import Chart
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION
from pptx.util import Emu, Inches, Pt

from atlas.exports import pictures, summary, tables
from atlas.exports.about import about, described
from atlas.exports.rows import day, selected
from atlas.exports.slides.layout import INNER, LEFT, SMALLEST, TOP, clipped, text_height
from atlas.exports.slides.ooxml import C, Element, paragraph, rgb, write
from atlas.exports.slides.page import Deck, Page, only_bars
from atlas.look.palette import ACTION, FAINT, INK, REST, ink_on, part_colour
from atlas.model import results, standing
from atlas.model.results import Composition, Part
from atlas.model.scenes import Scene
from atlas.words import sentences

MOST_UNITS = {1: 8, 2: 4}  # rows, by number of languages
GAP = Inches(0.3)


def title(deck: Deck, scene: Scene) -> None:
    """What the deck is on, its key numbers, and under which terms."""
    atlas, selection, page = deck.atlas, scene.selection, deck.title_page()
    heading = scene.title or deck.say(lambda translate: translate("Vietnam–China Border Cooperation Atlas"))
    write(page.slide.shapes.title.text_frame, heading.split("\n"), 36, bold=True)
    lines = deck.say(lambda translate: described(atlas, selection, translate)).split("\n")
    below = [*lines, *scene.caption.split("\n")] if scene.caption else lines
    write(page.slide.placeholders[1].text_frame, below, 20, color=FAINT)
    numbers = summary.key_numbers(atlas, selected(atlas, selection), deck.voice)
    share = Emu(INNER // len(numbers))
    for place, (name, number) in enumerate(numbers):
        x = Emu(LEFT + share * place)
        page.text([number], x, Inches(4.25), share, Inches(0.7), 36, bold=True, color=ACTION)
        page.text(name.split("\n"), x, Inches(4.95), share, Inches(0.6), 14, color=FAINT)
    terms = deck.say(lambda translate: pictures.statement(atlas, selection, translate)).split("\n")
    page.text(terms, LEFT, Inches(6.2), INNER, Inches(0.9), SMALLEST, color=FAINT)
    said = [line for translate in deck.voice.translators for line in about(atlas, selection, translate)]
    page.notes([], [f"{name}: {text}" for name, text in said])


def outcome(deck: Deck, scene: Scene) -> None:
    """The headlines in figures, and the totals with their parts."""
    totals, compositions = results.of(deck.atlas, scene.selection)
    page = deck.page(deck.heading(scene), caption=scene.caption)
    numbers = summary.headlines(deck.atlas, scene.selection, deck.voice)
    width = Inches(4.6) if compositions else INNER
    step = Emu(int(page.height / max(len(numbers), 4)))
    for place, (number, label) in enumerate(numbers):
        y, lines = TOP + step * place, label.split("\n")
        page.text([number], LEFT, y, Inches(1.5), step, 40, bold=True, color=ACTION, middle=True)
        x, size = LEFT + Inches(1.6), 14 if len(lines) == 1 else 12
        page.text(lines, x, y, width - Inches(1.6), step, size, middle=True)
    if compositions:
        composed(page, compositions, (LEFT + width + GAP, TOP, INNER - width - GAP, page.height))
    cited = [source for row in (*(one.total for one in compositions), *totals) for source in row["sources"]]
    page.notes(list(dict.fromkeys(cited)))


def composed(page: Page, shown: list[Composition], box: tuple) -> None:
    """A bar for each total, made of its parts, with the number on each."""
    deck = page.deck

    def name_of(part: Part) -> str:
        return deck.say(partial(sentences.of_part, deck.atlas, part), " / ")

    parts = {name_of(part): part for one in shown for part in one.parts}
    drawn = shown[::-1]  # a bar chart begins at the bottom
    data = CategoryChartData(number_format="#,##0;;;")
    data.categories = [
        page.bar_label(deck.say(lambda translate, one=one: f"{_sum(one)}: {translate.text(one.total, 'title')}"))
        for one in drawn
    ]
    for name in parts:
        data.add_series(name, [sum(part.value for part in one.parts if name_of(part) == name) for one in drawn])
    said = deck.say(lambda translate: translate("Totals and their parts"), " / ")
    _stacked(page.chart(XL_CHART_TYPE.BAR_STACKED, data, box, said, []), list(parts.values()))


def _sum(one: Composition) -> str:
    """A total with its parts, as a sum; numbers that no language takes for others."""
    parts = " + ".join(summary.grouped(part.value) for part in one.parts)
    return f"{summary.grouped(one.total['value'])} = {parts}"


def _stacked(chart: Chart, parts: list[Part]) -> None:
    plot = chart.plots[0]
    sums = [sum(values) for values in zip(*(series.values for series in plot.series))]
    plot.overlap, plot.gap_width = 100, max(60, 260 - 70 * len(sums))
    only_bars(chart)
    chart.has_legend = True
    chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    for series, part in zip(plot.series, parts):
        fill = part_colour(part.row, part.by_outcome) if part.row else REST
        series.format.fill.fore_color.rgb = rgb(fill)
        labels = series.data_labels
        labels.show_value, labels.number_format, labels.number_format_is_linked = True, "#,##0;;;", False
        labels.font.size, labels.font.bold = Pt(16), True
        labels.font.color.rgb = rgb(ink_on(fill))
        for number, value in enumerate(series.values):
            if 0 < value * 20 < max(sums):  # the name of the bar has the number, for which this part is too narrow
                labels._element.insert(0, C.dLbl(C.idx(val=str(number)), C.delete(val="1")))


def left_open(deck: Deck, scene: Scene) -> None:
    """Which units ended, and on what sources disagree."""
    atlas, selection, on = deck.atlas, scene.selection, day(deck.atlas, scene.selection)
    rows = selected(atlas, selection)
    twinnings = atlas.twinnings.loc[rows["twinnings"].index]
    page = deck.page(deck.heading(scene), caption=scene.caption)
    abolished = tables.abolished(atlas, twinnings, deck.voice, on)
    x, width = LEFT, INNER
    if len(abolished):
        broad = Inches(7.6)
        abolished = replace(abolished, widths=(30, 27, 28, 33))
        page.fitted_table(abolished.first(MOST_UNITS[len(deck.voice.translators)]), LEFT, broad)
        x, width = LEFT + broad + GAP, INNER - broad - GAP
    disputed = rows["discrepancies"]
    points = _fitting(_points(deck, disputed, twinnings, on), Emu(width).pt - 15, page.height.pt)
    page.paragraphs(points, x, TOP, width, page.height)
    page.notes(tables.cited([abolished, tables.discrepancies(atlas, disputed, deck.voice)]))


def _points(deck: Deck, disputed: pd.DataFrame, twinnings: pd.DataFrame, on: str) -> Iterator[tuple[str, float, str]]:
    """Text, size and colour: how much is open, in sentences, and the first points on which sources disagree."""
    lost = standing.count(deck.atlas, twinnings.to_dict("records"), date.fromisoformat(on))
    undated = int(twinnings["signed_on"].isna().sum())
    undecided = disputed[disputed["status"] == "open"]
    points = [
        lambda translate: translate(
            "{n} of {all} twinnings lost a unit: {relation}.",
            n=lost.twinnings,
            all=len(twinnings),
            relation=sentences.relation(lost, translate),
        ),
        lambda translate: translate(
            "{n} of {all} twinnings have no known date of signature.", n=undated, all=len(twinnings)
        ),
    ]
    if len(disputed):
        points.append(
            lambda translate: translate(
                "Sources disagree on {n} points; {open} of them are left open.", n=len(disputed), open=len(undecided)
            )
        )
    for point in points:
        for text in deck.say(point).split("\n"):
            yield text, 14 if deck.bilingual else 18, INK
    for row in undecided.head(4).to_dict("records"):
        said = clipped(deck.say(lambda translate, row=row: translate.text(row, "title"), " / "), 150)
        yield f"– {said}", SMALLEST, FAINT


def _fitting(written: Iterator[tuple[str, float, str]], width: float, left: float) -> Iterator[Element]:
    """As many of some texts as a box of so many points holds."""
    for text, size, color in written:
        left -= text_height(text, width, size) + 6
        if left > 0:
            yield paragraph(text, size, False, color, after=6)
