"""A comparison as slides: the sides at one glance, then every row in tables."""

from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION
from pptx.util import Emu, Inches, Pt

from atlas.exports.slides import deck as decks
from atlas.exports.slides import sections
from atlas.exports.slides.layout import INNER, LEFT, SMALLEST, TOP
from atlas.exports.slides.ooxml import rgb
from atlas.exports.slides.page import Deck, Page
from atlas.exports.tables import Table
from atlas.look.palette import FAINT, LINE
from atlas.model.atlas import Atlas
from atlas.model.compared import Comparison, Row, Section, Value
from atlas.model.selection import Selection
from atlas.words import comparison as words
from atlas.words.translator import Translator
from atlas.words.voice import Voice

WIDTHS, SUBJECT = (44, 30, 30, 18), 26  # shares of the columns, and of that of the subjects before them
CHARTED = {"period": "events"}  # the subject that is drawn, by what is compared; of others the first
FEWEST_ROWS = 5  # at one glance; with fewer there is room for all
GAP = Inches(0.3)
MOST_BARS = {1: 8, 2: 6}  # categories of the chart, by number of languages
NAMED = ("all", "in_force", "ended")  # rows whose subject is said with them
LEADING = ("all", "undated", "lost", "communes", "counties", "in_force", "ended", "confirmed", "newest")


def of_comparison(atlas: Atlas, comparison: Comparison, selection: Selection | None, language: str) -> bytes:
    """A slide with the numbers of both sides as bars and in a table, then all rows, which the show passes over.

    :param language: one of :data:`atlas.words.voice.LANGUAGES`.
    """
    deck = decks.empty(atlas, Voice(language))
    _glance(deck, comparison)
    if len(table := _table(deck, comparison)):
        decks.append(deck, table)
    talk = deck.say(lambda translate: translate("Presentation"), " · ")
    rest = deck.say(lambda translate: translate("Annex"), " · ")
    sections.divide(deck.file, 1, (talk, rest))
    return decks.written(deck.file, atlas.version)


def _glance(deck: Deck, comparison: Comparison) -> None:
    page = deck.page(deck.say(lambda translate: words.title(deck.atlas, comparison, translate)))
    drawn = [one for one in comparison.sections if one.name == CHARTED.get(comparison.kind)] or comparison.sections[:1]
    width = Emu(INNER * 9 // 20)
    for section in drawn:
        _bars(page, comparison, section, (LEFT, TOP, width, page.height))
    table = _table(deck, comparison, LEADING)
    if len(table) < FEWEST_ROWS:
        table = _table(deck, comparison)
    if len(table):
        page.fitted_table(table, LEFT + width + GAP, Emu(INNER - GAP - width))
    said = (words.notices(deck.atlas, comparison, translate) for translate in deck.voice.translators)
    page.notes([], [text for texts in said for text in texts])


def _bars(page: Page, comparison: Comparison, section: Section, box: tuple) -> None:
    """Both sides beside each other in each row that counts; what only may count is in the table."""
    deck = page.deck
    rows = [row for row in section.rows if row.form == "count"][: MOST_BARS[len(deck.voice.translators)]][::-1]
    data = CategoryChartData(number_format="#,##0")
    data.categories = [page.bar_label(_label(deck, section, row, comparison)) for row in rows]
    for side, value in ((comparison.b, "b"), (comparison.a, "a")):  # a bar chart begins at the bottom
        name = deck.say(lambda translate, side=side: words.side(deck.atlas, side, translate), " / ")
        data.add_series(name, [getattr(row, value).number for row in rows])
    name = deck.say(lambda translate: words.sections(translate)[section.name], " / ")
    said = deck.say(
        lambda translate: translate("Bars show what counts for certain; a smaller number may mean fewer sources.")
    )
    notes = [name, *said.split("\n")]
    chart = page.chart(XL_CHART_TYPE.BAR_CLUSTERED, data, box, name, notes + [""] * len(notes))
    chart.has_legend = True
    chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    plot = chart.plots[0]
    plot.gap_width, plot.overlap = 60, -10
    plot.has_data_labels = True
    for series, colour in zip(plot.series, (LINE, FAINT)):  # neither side stands out
        series.format.fill.fore_color.rgb = rgb(colour)
    plot.data_labels.font.size = Pt(SMALLEST)


def _label(deck: Deck, section: Section, row: Row, comparison: Comparison) -> str:
    return deck.say(lambda translate: words.label(deck.atlas, section.name, row, comparison.kind, translate))


def _table(deck: Deck, comparison: Comparison, leading: tuple[str, ...] = ()) -> Table:
    """All rows in words, each with its subject; only some of them if they are to lead."""
    atlas = deck.atlas
    found = [(one, row) for one in comparison.sections for row in one.rows if not leading or row.key[0] in leading]
    subject = (deck.say(lambda translate: translate("Subject")),)
    heads = (
        deck.say(lambda translate: translate("What is counted")),
        *(
            deck.say(lambda translate, one=one: words.side(atlas, one, translate))
            for one in (comparison.a, comparison.b)
        ),
        deck.say(lambda translate: translate("Difference")),
    )
    return Table(
        deck.say(lambda translate: words.title(atlas, comparison, translate)),
        heads if leading else subject + heads,
        WIDTHS if leading else (SUBJECT, *WIDTHS),
        tuple(_cells(deck, section, row, comparison, bool(leading)) for section, row in found),
        tuple(" ".join((section.name, *row.key)) for section, row in found),
        tuple(() for _ in found),
    )


def _cells(deck: Deck, section: Section, row: Row, comparison: Comparison, leading: bool) -> tuple[str, ...]:
    atlas = deck.atlas

    def label(translate: Translator) -> str:
        said = words.label(atlas, section.name, row, comparison.kind, translate)
        if not leading or row.key[0] not in NAMED:
            return said
        return translate("{name}: {value}", name=words.sections(translate)[section.name], value=said)

    def cell(value: Value) -> str:
        return deck.say(lambda translate: words.said(atlas, section.name, row, value, translate))

    apart = deck.say(lambda translate: words.apart(atlas, row, comparison.uneven, translate))
    cells = (deck.say(label), cell(row.a), cell(row.b), apart)
    return cells if leading else (deck.say(lambda translate: words.sections(translate)[section.name]), *cells)
